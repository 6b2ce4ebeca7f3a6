import { commonHeadings, ownerless, plain } from './headings';

/** The fields of an order that a column can fill, as the server names them, in the groups of the form. */
const fieldGroups = {
  order: ['orderNo', 'orderedAt', 'status', 'shippedAt', 'couponCode'],
  line: ['sku', 'name', 'option', 'quantity', 'unitPrice', 'amount', 'discount'],
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
  person: ['memberId', 'joinedAt', 'mail', 'fullName', 'lineId', 'familyName', 'givenName', 'fullKana', ...fieldGroups.buyer.slice(5)],
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

/** The usual headings of each field as they are compared, in the order they are meant. */
const usual = new Map(
  Object.entries(commonHeadings).map(([field, words]) => [field, [...new Set(words.map(plain))]] as [string, readonly string[]]),
);

/** Whether a column is headed as a field usually is. */
export const isHeaded = (field: MappingField, column: string): boolean => {
  const words = usual.get(field) ?? [];
  return words.includes(plain(column)) || words.includes(ownerless(column) ?? '');
};

/** Fields that are of a person, whose columns may say before it whose they are. */
const personal: readonly MappingField[] = fieldGroups.buyer;

/** The column of a file that is headed as a field usually is; `also` the headings once more without whose they are. */
function headed(field: MappingField, header: readonly string[], taken: ReadonlySet<string>, also: boolean): string | undefined {
  const bare = also ? ownerless : plain;
  const words = header.map((column) => (taken.has(column) ? undefined : bare(column)));
  for (const word of usual.get(field) ?? []) {
    const at = words.indexOf(word);
    if (at >= 0 && !(field === 'fullName' && halfOfName(word, words))) return header[at];
  }
  return undefined;
}

/** 注文者名 is a given name where 注文者姓 stands beside it. */
const halfOfName = (word: string, words: readonly (string | undefined)[]): boolean =>
  word.endsWith('名') && ['姓', '苗字', '氏'].some((family) => words.includes(`${word.slice(0, -1)}${family}`));

/** Guesses which column fills which field by its heading; no column is given twice. */
export function guessColumns(header: readonly string[], kind: MappingKind): MappingDraft['columns'] {
  const taken = new Set<string>();
  const columns: MappingDraft['columns'] = {};
  const fields = groupsOf(kind).flatMap(([, all]) => all);
  for (const also of [false, true]) {
    for (const field of also ? fields.filter((one) => personal.includes(one)) : fields) {
      const found = columns[field] === undefined ? headed(field, header, taken, also) : undefined;
      if (found === undefined) continue;
      columns[field] = found;
      taken.add(found);
    }
  }
  return columns;
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

/** The mapping as the server keeps it; properties are the columns of custom properties, by their keys. */
export function toDefinition(draft: MappingDraft, properties: Record<string, string[]> = {}): Record<string, unknown> {
  const fields = new Set<string>(groupsOf(draft.kind).flatMap(([, all]) => all));
  const chosen = Object.entries(draft.columns).filter(([field, column]) => column && fields.has(field));
  const columns = Object.fromEntries(chosen.map(([field, column]) => [field, [column]]));
  if (draft.kind === 'CUSTOMERS') {
    return { name: draft.name.trim(), kind: 'CUSTOMERS', columns, ...(Object.keys(properties).length > 0 ? { properties } : {}) };
  }
  return {
    name: draft.name.trim(),
    currency: draft.currency,
    columns,
    status: { default: draft.state, ...(draft.columns.status ? { values: draft.states } : {}) },
  };
}

/** The column of a file by which a mapping of customers tells since when they are members. */
export function joinedColumnOf(definition: unknown, header: readonly string[]): string | undefined {
  const columns = (definition as { columns?: { joinedAt?: readonly string[] } } | undefined)?.columns?.joinedAt ?? [];
  return columns.find((column) => header.includes(column));
}
