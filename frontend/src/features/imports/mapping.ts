/** The fields of an order that a column can fill, as the server names them, in the groups of the form. */
const fieldGroups = {
  order: ['orderNo', 'orderedAt', 'status', 'shippedAt', 'couponCode'],
  line: ['sku', 'name', 'option', 'quantity', 'unitPrice', 'amount'],
  money: ['shipping', 'fee', 'shopCoupon', 'mallCoupon', 'pointsUsed', 'total'],
  buyer: [
    'memberId',
    'mail',
    'fullName',
    'familyName',
    'givenName',
    'familyKana',
    'givenKana',
    'phone',
    'postalCode',
    'prefecture',
    'city',
    'address',
    'gender',
    'birthDate',
  ],
} as const;

/** The same for files of customers, where a row is a person. */
const personGroups = {
  person: [...fieldGroups.buyer.slice(0, 3), 'lineId', ...fieldGroups.buyer.slice(3, 5), 'fullKana', ...fieldGroups.buyer.slice(5)],
  consent: ['mailConsent', 'smsConsent', 'postalConsent', 'consentedAt'],
} as const;

type OrderField = (typeof fieldGroups)[keyof typeof fieldGroups][number];
type PersonField = (typeof personGroups)[keyof typeof personGroups][number];
export type MappingField = OrderField | PersonField;

/** What a row of the file is. */
export type MappingKind = 'ORDERS' | 'CUSTOMERS';

/** The groups of the form for files of a kind. */
export const groupsOf = (kind: MappingKind): [keyof typeof fieldGroups | keyof typeof personGroups, readonly MappingField[]][] =>
  kind === 'ORDERS'
    ? [
        ['order', fieldGroups.order],
        ['line', fieldGroups.line],
        ['money', fieldGroups.money],
        ['buyer', fieldGroups.buyer],
      ]
    : [
        ['person', personGroups.person],
        ['consent', personGroups.consent],
      ];

/** Without these no order can be read; of the last two, one is enough. */
const requiredFields: readonly MappingField[] = ['orderNo', 'orderedAt', 'quantity'];
const priceFields: readonly MappingField[] = ['unitPrice', 'amount'];
/** By one of these a person is known. */
const knownBy: readonly MappingField[] = ['memberId', 'mail', 'lineId', 'phone'];

/** Whether the form marks a field as needed: alone, or as one of several of which one is enough. */
export function isRequired(kind: MappingKind, field: MappingField, columns: MappingDraft['columns']): boolean {
  const oneOf = (fields: readonly MappingField[]) => fields.includes(field) && !fields.some((other) => other !== field && columns[other]);
  return kind === 'ORDERS' ? requiredFields.includes(field) || oneOf(priceFields) : oneOf(knownBy);
}

export const orderStates = ['PLACED', 'SHIPPED', 'COMPLETED', 'CANCELLED'] as const;
type OrderState = (typeof orderStates)[number];

/** What the form holds. */
export interface MappingDraft {
  kind: MappingKind;
  name: string;
  currency: string;
  columns: Partial<Record<MappingField, string>>;
  /** The state of an order where no column tells it. */
  state: OrderState;
  /** What each word of the state column means. */
  states: Record<string, OrderState>;
}

// Words that columns of order files are commonly headed with, by field; compared without spaces and case.
const commonHeaders: Partial<Record<MappingField, readonly string[]>> = {
  orderNo: ['注文番号', '受注番号', '注文ID', 'OrderNo', 'OrderId', 'OrderNumber', 'InvoiceNo'],
  orderedAt: ['注文日時', '注文日', '受注日時', '受注日', 'OrderDate', 'OrderedAt', 'OrderTime', 'InvoiceDate'],
  status: ['状態', 'ステータス', '注文状態', '注文ステータス', '受注状態', 'Status', 'OrderStatus'],
  shippedAt: ['発送日', '出荷日', '発送日時', 'ShippedAt', 'ShipDate'],
  couponCode: ['クーポンコード', 'CouponCode'],
  sku: ['商品コード', '商品番号', 'SKU', '商品管理番号', 'StockCode', 'ProductCode', 'ItemId'],
  name: ['商品名', '品名', 'Description', 'ProductName', 'ItemName', 'Title'],
  option: ['オプション', '項目・選択肢', 'バリエーション', 'Option'],
  quantity: ['数量', '個数', '注文数', 'Quantity', 'Qty'],
  unitPrice: ['単価', '価格', '販売価格', 'UnitPrice', 'Price'],
  amount: ['金額', '小計', '明細金額', 'Amount', 'LineTotal'],
  shipping: ['送料', 'ShipCharge', 'Shipping'],
  fee: ['手数料', '代引手数料', 'PayCharge', 'Fee'],
  shopCoupon: ['店舗クーポン', 'ストアクーポン', 'クーポン値引'],
  mallCoupon: ['モールクーポン'],
  pointsUsed: ['利用ポイント', 'ポイント利用額', '使用ポイント', 'UsePoint'],
  total: ['合計', '合計金額', '請求金額', 'TotalPrice', 'Total'],
  memberId: ['会員ID', '会員番号', '顧客番号', '顧客ID', 'CustomerID', 'MemberId', 'UserId'],
  mail: ['メールアドレス', 'メール', 'Eメール', 'Email', 'MailAddress', 'BillMailAddress'],
  fullName: ['氏名', '注文者氏名', '注文者名', 'お名前', 'BillName', 'Name', 'FullName'],
  familyName: ['姓', '注文者姓', 'LastName', 'BillLastName', 'FamilyName'],
  givenName: ['名', '注文者名前', 'FirstName', 'BillFirstName', 'GivenName'],
  familyKana: ['セイ', '姓カナ', 'LastNameKana', 'BillLastNameKana'],
  givenKana: ['メイ', '名カナ', 'FirstNameKana', 'BillFirstNameKana'],
  phone: ['電話番号', 'TEL', 'Phone', 'PhoneNumber', 'BillPhoneNumber'],
  postalCode: ['郵便番号', 'ZipCode', 'PostalCode', 'BillZipCode'],
  prefecture: ['都道府県', 'Prefecture', 'BillPrefecture'],
  city: ['市区町村', '郡市区', 'City', 'BillCity'],
  address: ['住所', 'それ以降の住所', '番地', 'Address', 'BillAddress1'],
  fullKana: ['フリガナ', '氏名カナ', '氏名(カナ)', 'カナ', 'NameKana', 'FullNameKana'],
  lineId: ['LINE ID', 'LINEユーザーID', 'LineUserId'],
  mailConsent: ['メルマガ', 'メルマガ購読', 'メルマガ受信', 'メルマガ受信可否', 'メール配信', 'AcceptsEmailMarketing', 'AcceptsMarketing', 'Newsletter'],
  smsConsent: ['SMS配信', 'SMS受信', 'AcceptsSMSMarketing'],
  postalConsent: ['DM希望', 'DM送付', 'ダイレクトメール'],
  consentedAt: ['同意日', '同意日時', '登録日', '購読開始日', 'ConsentedAt'],
  gender: ['性別', 'Gender', 'Sex'],
  birthDate: ['生年月日', '誕生日', 'BirthDate', 'Birthday'],
};

const plain = (header: string) => header.replace(/[\s_＿-]/g, '').toLowerCase();

/** Guesses what the rows of a file are: orders have a number. */
export const guessKind = (header: readonly string[]): MappingKind =>
  guessColumns(header, 'ORDERS').orderNo === undefined ? 'CUSTOMERS' : 'ORDERS';

/** Guesses which column fills which field by its heading; no column is given twice. */
export function guessColumns(header: readonly string[], kind: MappingKind): MappingDraft['columns'] {
  const taken = new Set<string>();
  const columns: MappingDraft['columns'] = {};
  for (const field of groupsOf(kind).flatMap(([, fields]) => fields)) {
    const wanted = new Set((commonHeaders[field] ?? []).map(plain));
    const found = header.find((column) => !taken.has(column) && wanted.has(plain(column)));
    if (found === undefined) continue;
    columns[field] = found;
    taken.add(found);
  }
  return columns;
}

// What the content of a column looks like that fills a field; fields that may hold anything are not here.
const date = /^\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}|^\d{1,2}[-/]\d{1,2}[-/]\d{2,4}|^\d{8}$/;
const money = /^[-¥￥$▲−]?\s*[\d,]+(\.\d+)?円?$/;
const contents: Partial<Record<MappingField, RegExp>> = {
  orderedAt: date,
  shippedAt: date,
  consentedAt: date,
  birthDate: date,
  quantity: /^-?\d+$/,
  unitPrice: money,
  amount: money,
  shipping: money,
  fee: money,
  shopCoupon: money,
  mallCoupon: money,
  pointsUsed: money,
  total: money,
  mail: /^[^@\s]+@[^@\s]+\.[^@\s]+$/,
  phone: /^'?\+?[\d\s()-]{9,}$/,
  postalCode: /^'?〒?\d{3}-?\d{4}$/,
};

/** Fields whose content is like no other's: a column without a usual heading is guessed by it. */
const telling: readonly MappingField[] = ['mail', 'postalCode'];

/** How far the content of a column agrees with the field it is given to: told by heading and content, by one of them, or against the content. */
type Certainty = 'BOTH' | 'HEADING' | 'CONTENT' | 'ODD' | 'CHOSEN';

const filledCells = (column: string, header: readonly string[], sample: readonly (readonly string[])[]): string[] => {
  const at = header.indexOf(column);
  return at < 0 ? [] : sample.map((row) => (row[at] ?? '').trim()).filter((cell) => cell !== '');
};

/** How sure it is that a column fills a field. */
export function certainty(field: MappingField, column: string, header: readonly string[], sample: readonly (readonly string[])[]): Certainty {
  const usual = (commonHeaders[field] ?? []).some((word) => plain(word) === plain(column));
  const cells = filledCells(column, header, sample);
  const pattern = contents[field];
  if (!pattern || cells.length === 0) return usual ? 'HEADING' : 'CHOSEN';
  const fits = cells.filter((cell) => pattern.test(cell.normalize('NFKC'))).length >= cells.length * 0.8;
  if (!fits) return 'ODD';
  return usual ? 'BOTH' : 'CONTENT';
}

/** What stands in a column, at most three contents that differ. */
export const examples = (column: string, header: readonly string[], sample: readonly (readonly string[])[]): string[] =>
  [...new Set(filledCells(column, header, sample))].slice(0, 3);

/** Adds columns that only their content tells. */
export function guessByContent(
  columns: MappingDraft['columns'],
  kind: MappingKind,
  header: readonly string[],
  sample: readonly (readonly string[])[],
): MappingDraft['columns'] {
  const fields = groupsOf(kind).flatMap(([, all]) => all);
  const found = { ...columns };
  for (const field of telling) {
    if (found[field] || !fields.includes(field)) continue;
    const taken = new Set(Object.values(found));
    found[field] = header.find((column) => !taken.has(column) && certainty(field, column, header, sample) === 'CONTENT');
  }
  return found;
}

// What the usual words of a state column mean; the rest is for a person to say.
const commonStates: [RegExp, OrderState][] = [
  [/キャンセル|取消|cancel/i, 'CANCELLED'],
  [/完了|complete/i, 'COMPLETED'],
  [/発送済|出荷済|配送中|shipped/i, 'SHIPPED'],
];

/** The words that the state column holds in the sample, each with what it probably means. */
export function guessStates(words: readonly string[]): Record<string, OrderState> {
  return Object.fromEntries(
    [...new Set(words.filter((word) => word !== ''))].map((word) => [
      word,
      commonStates.find(([pattern]) => pattern.test(word))?.[1] ?? 'PLACED',
    ]),
  );
}

/** Which required fields have no column yet. */
export function missingFields(columns: MappingDraft['columns'], kind: MappingKind): MappingField[] {
  if (kind === 'CUSTOMERS') return knownBy.some((field) => columns[field]) ? [] : ['mail'];
  const missing = requiredFields.filter((field) => !columns[field]);
  return priceFields.some((field) => columns[field]) ? missing : [...missing, 'unitPrice'];
}

/** The mapping as the server keeps it. */
export function toDefinition(draft: MappingDraft): Record<string, unknown> {
  const fields = new Set<string>(groupsOf(draft.kind).flatMap(([, all]) => all));
  const chosen = Object.entries(draft.columns).filter(([field, column]) => column && fields.has(field));
  const columns = Object.fromEntries(chosen.map(([field, column]) => [field, [column]]));
  if (draft.kind === 'CUSTOMERS') return { name: draft.name.trim(), kind: 'CUSTOMERS', columns };
  return {
    name: draft.name.trim(),
    currency: draft.currency,
    columns,
    status: { default: draft.state, ...(draft.columns.status ? { values: draft.states } : {}) },
  };
}
