import type { MappingField } from './mapping';

/**
 * What columns are headed with in the files of registers, cart systems, sales
 * management and member lists, by field; of several that a file has, the first
 * here is meant. They are compared plain: without spaces, honorifics and units,
 * and with No as 番号. Receivers of parcels are nobody's buyers and not here.
 */
export const commonHeadings: Partial<Record<MappingField, readonly string[]>> = {
  orderNo: [
    ...['注文番号', '受注番号', '注文ID', '受注ID', '注文コード', '受注コード', '注文管理番号', '受注管理番号', 'オーダー番号', 'オーダーID', '購入番号', '購入ID', '申込番号', '予約番号'],
    ...['伝票番号', '伝票ID', '伝票コード', '売上番号', '売上ID', '売上伝票番号', '販売番号', '販売ID', '納品番号', '納品書番号', '請求書番号'],
    ...['取引番号', '取引ID', 'レシート番号', 'レシートID', '会計番号', '会計ID', '精算番号', 'トランザクションID', '管理番号'],
    ...['OrderNo', 'OrderId', 'OrderNumber', 'InvoiceNo', 'InvoiceNumber', 'TransactionId', 'TransactionNo', 'ReceiptNo', 'ReceiptNumber', 'SalesNo'],
  ],
  orderedAt: [
    ...['注文日時', '受注日時', '購入日時', '売上日時', '販売日時', '取引日時', '会計日時', '精算日時', '決済日時', 'レシート日時', '申込日時', 'オーダー日時'],
    ...['注文日', '注文日付', '注文年月日', '受注日', '受注日付', '受注年月日', '購入日', '購入日付', '購入年月日', '申込日', 'オーダー日'],
    ...['売上日', '売上日付', '売上年月日', '販売日', '販売日付', '取引日', '取引日付', '会計日', '会計日付', '精算日', '伝票日付', '伝票日', 'レシート日付', '計上日', '営業日', '来店日', '日時', '日付', '年月日'],
    ...['OrderDate', 'OrderedAt', 'OrderTime', 'InvoiceDate', 'PurchaseDate', 'PurchasedAt', 'SalesDate', 'SoldAt', 'TransactionDate', 'Date'],
  ],
  status: ['注文状態', '注文ステータス', '受注状態', '受注ステータス', '処理状況', '対応状況', '状態', 'ステータス', '状況', 'OrderStatus', 'Status'],
  shippedAt: ['発送日時', '出荷日時', '発送日', '出荷日', '発送完了日', '出荷完了日', '配送日', 'ShippedAt', 'ShipDate', 'ShippingDate'],
  couponCode: ['クーポンコード', 'クーポン番号', '利用クーポンコード', 'クーポンID', 'CouponCode', 'DiscountCode'],
  sku: [
    ...['商品コード', '商品番号', 'SKU', 'SKUコード', 'SKU番号', '商品管理番号', '商品ID', '品番', '型番', '品目コード', '独自商品コード', '自社商品コード', 'アイテムコード'],
    ...['JANコード', 'JAN', 'バーコード', 'StockCode', 'ProductCode', 'ProductId', 'ItemCode', 'ItemId', 'ItemNumber'],
  ],
  name: ['商品名', '品名', '商品名称', '商品', '品目', '品目名', '明細名', 'アイテム名', '摘要', 'ProductName', 'ItemName', 'Description', 'Title'],
  option: ['オプション', '項目・選択肢', 'バリエーション', 'バリエーション名', '選択肢', '規格', '規格名', 'サイズ・カラー', 'カラー・サイズ', 'SKU情報', 'Option', 'Variation', 'Variant'],
  quantity: ['数量', '個数', '注文数', '注文数量', '受注数', '受注数量', '購入数', '購入数量', '購入個数', '販売数', '販売数量', '販売点数', '売上数', '売上数量', '点数', 'Quantity', 'Qty'],
  unitPrice: ['単価', '販売単価', '商品単価', '売上単価', '受注単価', '購入単価', '売価', '販売価格', '商品価格', '価格', '税込単価', 'UnitPrice', 'Price', 'SellingPrice'],
  amount: ['明細金額', '売上金額', '販売金額', '小計', '商品小計', '明細小計', '税込金額', '金額', '売上', '売上額', '商品金額', 'Amount', 'LineTotal', 'Subtotal'],
  discount: ['明細値引', '明細値引額', '商品値引', '商品値引額', '単品値引', '値引', '値引き', '値引額', '値引き額', '値引金額', '割引', '割引額', '割引金額', 'Discount', 'DiscountAmount', 'LineDiscount'],
  shipping: ['送料', '送料合計', '配送料', '配送料金', 'ShipCharge', 'Shipping', 'ShippingFee', 'ShippingCharge'],
  fee: ['手数料', '代引手数料', '決済手数料', '代引料', '手数料合計', 'PayCharge', 'Fee', 'Charge'],
  shopCoupon: [
    ...['店舗クーポン', 'ストアクーポン', 'クーポン値引', 'クーポン値引額', 'クーポン割引', 'クーポン割引額', 'クーポン利用額', 'クーポン金額', '値引合計', '値引合計額', '割引合計', '割引合計額', '小計値引', '伝票値引', 'レシート値引', '会員割引'],
    ...['CouponDiscount', 'TotalDiscount', 'CouponAmount'],
  ],
  mallCoupon: ['モールクーポン', 'モールクーポン値引', 'モールクーポン利用額', 'MallCoupon'],
  pointsUsed: ['利用ポイント', 'ポイント利用額', 'ポイント利用', '使用ポイント', '使用ポイント数', '利用ポイント数', 'ポイント値引', 'ポイント使用', 'ポイント支払額', 'UsePoint', 'PointsUsed', 'UsedPoint'],
  total: ['合計金額', '請求金額', '総合計', '支払金額', '支払合計', '注文合計', '注文金額', '受注金額', '購入金額', '合計', '総額', '税込合計', '領収金額', 'TotalPrice', 'Total', 'GrandTotal'],
  memberId: [
    ...['会員ID', '会員番号', '会員コード', '会員カード番号', 'カード番号', 'ポイントカード番号', '顧客番号', '顧客ID', '顧客コード', 'お客様番号', 'お客様ID', 'お客様コード', 'ユーザーID', '得意先コード', '購入者ID', '注文者ID'],
    ...['MemberId', 'MemberNo', 'CustomerID', 'CustomerNo', 'CustomerCode', 'UserId'],
  ],
  joinedAt: [
    ...['会員登録日', '会員登録日時', '入会日', '入会日時', '会員入会日', '入会年月日', '加入日', '会員開始日', 'カード発行日', '登録日', '登録日時', '登録年月日', '新規登録日', '顧客登録日'],
    ...['MemberSince', 'JoinedAt', 'JoinDate', 'RegisteredAt', 'RegistrationDate', 'SignupDate', 'CreatedAt'],
  ],
  mail: ['メールアドレス', 'メールアドレス1', 'メアド', 'Eメール', 'Eメールアドレス', 'PCメールアドレス', 'メール', 'PCメール', 'Email', 'EmailAddress', 'MailAddress', 'BillMailAddress', 'Mail'],
  lineId: ['LINEID', 'LINEユーザーID', 'LineUserId'],
  fullName: ['氏名', '名前', '注文者氏名', '注文者名', '購入者名', '購入者氏名', '顧客名', 'お客様名', 'お客様氏名', '会員名', '会員氏名', '得意先名', '注文者', '購入者', '氏名漢字', 'BillName', 'CustomerName', 'BuyerName', 'FullName', 'Name'],
  familyName: ['姓', '苗字', '氏名姓', '名前姓', 'LastName', 'BillLastName', 'FamilyName', 'Surname'],
  givenName: ['名', '氏名名', '名前名', '注文者名前', 'FirstName', 'BillFirstName', 'GivenName'],
  fullKana: ['フリガナ', 'ふりがな', '氏名カナ', '氏名フリガナ', 'カナ', 'カナ氏名', '名前カナ', '名前フリガナ', '注文者名カナ', 'お客様名カナ', '会員名カナ', '顧客名カナ', 'NameKana', 'FullNameKana'],
  familyKana: ['セイ', '姓カナ', '姓フリガナ', 'フリガナ姓', 'フリガナセイ', '氏名フリガナ姓', '氏名フリガナセイ', 'カナ姓', 'LastNameKana', 'BillLastNameKana', 'FamilyNameKana'],
  givenKana: ['メイ', '名カナ', '名フリガナ', 'フリガナ名', 'フリガナメイ', '氏名フリガナ名', '氏名フリガナメイ', 'カナ名', 'FirstNameKana', 'BillFirstNameKana', 'GivenNameKana'],
  phone: ['電話番号', '電話番号1', '電話', 'TEL', 'TEL1', '携帯電話番号', '携帯番号', '携帯電話', '携帯', '連絡先電話番号', 'Phone', 'PhoneNumber', 'BillPhoneNumber', 'Mobile'],
  postalCode: ['郵便番号', '〒', 'ZipCode', 'PostalCode', 'BillZipCode', 'Zip', 'PostCode'],
  prefecture: ['都道府県', '都道府県名', '県名', 'Prefecture', 'BillPrefecture', 'State', 'Province'],
  city: ['市区町村', '市区町村名', '郡市区', '市区郡', 'City', 'BillCity'],
  address: ['住所', '住所1', 'それ以降の住所', '番地', '町域・番地', '町名・番地', '町名番地', '住所2', 'Address', 'Address1', 'BillAddress1'],
  gender: ['性別', 'Gender', 'Sex'],
  birthDate: ['生年月日', '誕生日', 'BirthDate', 'Birthday', 'DateOfBirth'],
  mailConsent: [
    ...['メルマガ', 'メルマガ購読', 'メルマガ受信', 'メルマガ受信可否', 'メルマガ配信', 'メルマガ希望', 'メルマガ可否', 'メールマガジン', 'メール配信', 'メール配信可否', 'メール配信希望', 'メール受信', 'メール許諾', 'DMメール'],
    ...['AcceptsEmailMarketing', 'AcceptsMarketing', 'Newsletter', 'EmailOptIn'],
  ],
  smsConsent: ['SMS配信', 'SMS受信', 'SMS配信可否', 'SMS受信可否', 'SMS許諾', 'AcceptsSMSMarketing', 'SMSOptIn'],
  postalConsent: ['DM希望', 'DM送付', 'DM可否', 'DM送付可否', 'DM発送', '郵送DM', '郵便DM', 'ダイレクトメール'],
  consentedAt: ['同意日', '同意日時', 'メルマガ登録日', 'メルマガ登録日時', '購読開始日', '購読日', '配信登録日', 'ConsentedAt', 'OptInDate', 'SubscribedAt'],
};

/** Whose a column is, of fields of the buyer: 注文者電話番号 is a 電話番号. */
const owners = ['注文者', '購入者', '買主', '買い手', '依頼主', '注文主', '客様', '顧客', '会員', 'ユーザー', '請求先', '得意先', 'customer', 'buyer', 'billing', 'bill', 'member', 'user'];

/** A heading as it is compared. */
export const plain = (heading: string): string =>
  heading
    .normalize('NFKC')
    .toLowerCase()
    .replace(/\((税込み?|税抜き?|円|¥|必須|任意|半角|全角|漢字|yyyy.*)\)|\[.*\]|【.*】/g, '')
    .replace(/[\s_\-‐－.:・/()'"“”■◆●※]/g, '')
    .replace(/^(ご|御|お(?=名前|客様|支払|電話|申込))/, '')
    .replace(/(?<=[^ -~])(no|ナンバー)$/, '番号');

/** A heading of the buyer without whose it is; undefined: it does not say. */
export function ownerless(heading: string): string | undefined {
  const word = plain(heading);
  const owner = owners.find((one) => word.startsWith(one) && word.length > one.length);
  return owner && plain(word.slice(owner.length).replace(/^の/, ''));
}
