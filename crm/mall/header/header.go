// Package header holds the header rows of the files of orders as the malls write
// them today.
//
// It is for whoever writes such files: the demo merchant, and the merchant of
// known truth in tests. Readers do not need it, as they go by the columns they
// find.
package header

import "strings"

// Row is a header row, its columns separated by commas.
type Row string

// Columns are the names of the columns, in order.
func (r Row) Columns() []string { return strings.Split(string(r), ",") }

// Rakuten are the columns of the order CSV of Rakuten RMS.
const Rakuten Row = "" +
	"注文番号,ステータス,サブステータスID,サブステータス,注文日時,注文日,注文時間,キャンセル期限日," +
	"注文確認日時,注文確定日時,発送指示日時,発送完了報告日時,支払方法名,クレジットカード支払い方法," +
	"クレジットカード支払い回数,配送方法,配送区分,注文種別,複数送付先フラグ,送付先一致フラグ,離島フラグ," +
	"楽天確認中フラグ,警告表示タイプ,楽天会員フラグ,購入履歴修正有無フラグ,商品合計金額,消費税合計,送料合計," +
	"代引料合計,請求金額,合計金額,ポイント利用額,クーポン利用総額,店舗発行クーポン利用額," +
	"楽天発行クーポン利用額,注文者郵便番号1,注文者郵便番号2,注文者住所都道府県,注文者住所郡市区," +
	"注文者住所それ以降の住所,注文者姓,注文者名,注文者姓カナ,注文者名カナ,注文者電話番号1,注文者電話番号2," +
	"注文者電話番号3,注文者メールアドレス,注文者性別,申込番号,申込お届け回数,送付先ID,送付先送料," +
	"送付先代引料,送付先消費税合計,送付先商品合計金額,送付先合計金額,のし,送付先郵便番号1,送付先郵便番号2," +
	"送付先住所都道府県,送付先住所郡市区,送付先住所それ以降の住所,送付先姓,送付先名,送付先姓カナ," +
	"送付先名カナ,送付先電話番号1,送付先電話番号2,送付先電話番号3,商品明細ID,商品ID,商品名,商品番号," +
	"商品管理番号,単価,個数,送料込別,税込別,代引手数料込別,項目・選択肢,ポイント倍率,納期情報,在庫タイプ," +
	"ラッピングタイトル1,ラッピング名1,ラッピング料金1,ラッピング税込別1,ラッピング種類1,ラッピングタイトル2," +
	"ラッピング名2,ラッピング料金2,ラッピング税込別2,ラッピング種類2,お届け時間帯,お届け日指定,担当者," +
	"ひとことメモ,メール差込文 (お客様へのメッセージ),ギフト配送希望,コメント,利用端末,メールキャリアコード," +
	"あす楽希望フラグ,医薬品受注フラグ,楽天スーパーDEAL商品受注フラグ,メンバーシッププログラム受注タイプ," +
	"決済手数料,注文者負担金合計,店舗負担金合計,外税合計,決済手数料税率,ラッピング税率1,ラッピング税額1," +
	"ラッピング税率2,ラッピング税額2,送付先外税合計,送付先送料税率,送付先代引料税率,商品税率,商品毎税込価格," +
	"10%税率,10%請求金額,10%請求額に対する税額,10%合計金額,10%決済手数料,10%クーポン割引額,10%利用ポイント数,8%税率," +
	"8%請求金額,8%請求額に対する税額,8%合計金額,8%決済手数料,8%クーポン割引額,8%利用ポイント数,0%税率,0%請求金額," +
	"0%請求額に対する税額,0%合計金額,0%決済手数料,0%クーポン割引額,0%利用ポイント数,単品配送フラグ," +
	"購入時配送会社,領収書発行回数,領収書初回発行日時,領収書最終発行日時,支払い期限日,支払い方法変更期限日," +
	"返金手続き期限日,店舗発行クーポンコード,店舗発行クーポン名,楽天発行クーポンコード,楽天発行クーポン名," +
	"警告表示タイプ詳細,SKU管理番号,システム連携用SKU番号,SKU情報"

// Yahoo are the columns of Yahoo's order file.
const Yahoo Row = "" +
	"OrderId,ParentOrderId,DeviceType,IsAffiliate,FspLicenseCode,FspLicenseName,OrderTime,OrderTimeUnixEpoch,UsePointType,OrderStatus,StoreStatus,Referer," +
	"EntryPoint,Clink,SuspectMessage,IsItemCoupon,IsShippingCoupon,ShipName,ShipFirstName,ShipLastName,ShipAddress1,ShipAddress2,ShipCity,ShipPrefecture," +
	"ShipZipCode,ShipNameKana,ShipFirstNameKana,ShipLastNameKana,ShipSection1Field,ShipSection1Value,ShipSection2Field,ShipSection2Value,ShipPhoneNumber," +
	"ShipEmgPhoneNumber,ShipMethod,ShipMethodName,ShipRequestDate,ShipRequestTime,ShipNotes,ArriveType,ShipInvoiceNumber1,ShipInvoiceNumber2,ShipUrl," +
	"ShipDate,GiftWrapType,NeedBillSlip,NeedDetailedSlip,NeedReceipt,Option1Field,Option1Value,Option2Field,Option2Value,GiftWrapMessage,BillName," +
	"BillFirstName,BillLastName,BillAddress1,BillAddress2,BillCity,BillPrefecture,BillZipCode,BillNameKana,BillFirstNameKana,BillLastNameKana," +
	"BillSection1Field,BillSection1Value,BillSection2Field,BillSection2Value,BillPhoneNumber,BillEmgPhoneNumber,BillMailAddress,PayMethod,PayMethodName," +
	"PayKind,CardPayCount,CardPayType,SettleStatus,SettleId,PayNo,PayNoIssueDate,PayDate,BuyerComments,AgeConfirm,QuantityDetail,ShipCharge,PayCharge," +
	"GiftWrapCharge,Discount,UsePoint,GetPoint,Total,TotalPrice,ShippingCouponDiscount,ItemCouponDiscount,TotalMallCouponDiscount,Id"

// YahooItems are the columns of Yahoo's item file.
const YahooItems Row = "" +
	"OrderId,LineId,Quantity,ItemId,SubCode,Title,ItemOptionName,ItemOptionValue,SubCodeOption,InscriptionName,InscriptionValue,UnitPrice,UnitGetPoint," +
	"LineSubTotal,LineGetPoint,PointFspCode,Condition,CouponId,CouponDiscount,OriginalPrice,IsGetPointFix,GetPointFixDate,ReleaseDate,GetPointType,Jan," +
	"ProductId,Id"

// Amazon are the columns of Amazon's all orders report.
const Amazon Row = "" +
	"amazon-order-id,merchant-order-id,purchase-date,last-updated-date,order-status,fulfillment-channel,sales-channel,order-channel,url,ship-service-level," +
	"product-name,sku,asin,item-status,quantity,currency,item-price,item-tax,shipping-price,shipping-tax,gift-wrap-price,gift-wrap-tax," +
	"item-promotion-discount,ship-promotion-discount,ship-city,ship-state,ship-postal-code,ship-country,promotion-ids,is-business-order," +
	"purchase-order-number,price-designation"

// AmazonUnshipped are the columns of Amazon's unshipped report.
const AmazonUnshipped Row = "" +
	"order-id,order-item-id,purchase-date,payments-date,reporting-date,promise-date,days-past-promise,buyer-email,buyer-name,buyer-phone-number,sku," +
	"product-name,quantity-purchased,quantity-shipped,quantity-to-ship,ship-service-level,recipient-name,ship-address-1,ship-address-2,ship-address-3," +
	"ship-city,ship-state,ship-postal-code,ship-country,payment-method,cod-collectible-amount,already-paid,payment-method-fee,scheduled-delivery-start-date," +
	"scheduled-delivery-end-date,points-granted,is-prime"

// Shopify are the columns of Shopify's order export.
const Shopify Row = "" +
	"Name,Email,Financial Status,Paid at,Fulfillment Status,Fulfilled at,Accepts Marketing,Currency,Subtotal,Shipping,Taxes,Total,Discount Code," +
	"Discount Amount,Shipping Method,Created at,Lineitem quantity,Lineitem name,Lineitem price,Lineitem compare at price,Lineitem sku," +
	"Lineitem requires shipping,Lineitem taxable,Lineitem fulfillment status,Billing Name,Billing Street,Billing Address1,Billing Address2,Billing Company," +
	"Billing City,Billing Zip,Billing Province,Billing Country,Billing Phone,Shipping Name,Shipping Street,Shipping Address1,Shipping Address2," +
	"Shipping Company,Shipping City,Shipping Zip,Shipping Province,Shipping Country,Shipping Phone,Notes,Note Attributes,Cancelled at,Payment Method," +
	"Payment Reference,Refunded Amount,Vendor,Outstanding Balance,Employee,Location,Device ID,Id,Tags,Risk Level,Source,Lineitem discount,Tax 1 Name," +
	"Tax 1 Value,Tax 2 Name,Tax 2 Value,Tax 3 Name,Tax 3 Value,Tax 4 Name,Tax 4 Value,Tax 5 Name,Tax 5 Value,Phone,Receipt Number,Duties," +
	"Billing Province Name,Shipping Province Name,Payment ID,Payment Terms Name,Next Payment Due At,Payment References"
