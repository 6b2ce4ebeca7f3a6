package world

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/meguri-crm/meguri/crm/mall"
)

// giftee is whom presents go to: never a buyer.
var giftee = struct{ family, given, phone string }{"贈田", "寿", "090-0990-0000"}

func word4(words map[mall.OrderStatus]string, o *Order, at time.Time) string {
	return words[o.state(at)]
}

var rakutenStates = map[mall.OrderStatus]string{
	mall.Placed: "発送待ち", mall.Shipped: "発送済", mall.Completed: "支払手続き済", mall.Cancelled: "キャンセル確定",
}

// rakutenRows writes an order as Rakuten's RMS does: what is of the order stands
// on each of its lines.
func rakutenRows(r *rows, p *Person, o *Order) {
	const layout = "2006-01-02 15:04:05"
	total := o.goods() + o.shipping()
	r.set("注文番号", o.no)
	r.set("ステータス", word4(rakutenStates, o, r.now))
	r.set("注文日時", r.time(o.at, layout))
	r.set("注文日", r.time(o.at, time.DateOnly))
	r.set("注文時間", r.time(o.at, time.TimeOnly))
	if o.state(r.now) != mall.Cancelled {
		r.set("発送完了報告日時", r.time(o.shippedAt, layout))
	}
	r.set("支払方法名", "クレジットカード")
	r.set("配送方法", "宅配便")
	r.set("楽天会員フラグ", "1")
	r.set("商品合計金額", yen(o.goods()))
	r.set("送料合計", yen(o.shipping()))
	r.set("代引料合計", "-9999")
	r.set("合計金額", yen(total))
	r.set("請求金額", yen(total-o.shopCoupon-o.mallCoupon-o.pointsUsed))
	r.set("ポイント利用額", yen(o.pointsUsed))
	r.set("クーポン利用総額", yen(o.shopCoupon+o.mallCoupon))
	r.set("店舗発行クーポン利用額", yen(o.shopCoupon))
	r.set("楽天発行クーポン利用額", yen(o.mallCoupon))
	r.set("店舗発行クーポンコード", o.coupon)
	rakutenPeople(r, p, o)
	order := slices.Clone(r.cell)
	for n, l := range o.lines {
		r.next(order)
		r.set("商品明細ID", fmt.Sprintf("%s-%d", o.no, n+1))
		r.set("商品名", l.product.Name)
		r.set("商品番号", l.product.SKU)
		r.set("商品管理番号", strings.ToLower(l.product.SKU))
		r.set("単価", yen(l.product.Price))
		r.set("個数", yen(l.quantity))
		r.set("商品税率", fmt.Sprintf("0.%02d", l.product.tax()))
		r.end()
	}
}

func rakutenPeople(r *rows, p *Person, o *Order) {
	family := p.familyOn(mall.Rakuten)
	r.set("注文者郵便番号1", part(p.home.postal, 0))
	r.set("注文者郵便番号2", part(p.home.postal, 1))
	r.set("注文者住所都道府県", p.home.prefecture)
	r.set("注文者住所郡市区", p.home.city)
	r.set("注文者住所それ以降の住所", p.streetOn(mall.Rakuten))
	r.set("注文者姓", family)
	r.set("注文者名", p.given.kanji)
	r.set("注文者姓カナ", p.family.kana)
	r.set("注文者名カナ", p.given.kana)
	for i, column := range []string{"注文者電話番号1", "注文者電話番号2", "注文者電話番号3"} {
		r.set(column, part(p.phone, i))
	}
	r.set("注文者メールアドレス", p.mailOn(mall.Rakuten))
	r.set("注文者性別", p.gender)
	r.set("送付先一致フラグ", "1")
	r.set("送付先姓", family)
	r.set("送付先名", p.given.kanji)
	if o.gift {
		r.set("送付先一致フラグ", "0")
		r.set("送付先姓", giftee.family)
		r.set("送付先名", giftee.given)
		r.set("のし", "内のし")
	}
}

var yahooStates = map[mall.OrderStatus]string{mall.Placed: "2", mall.Shipped: "2", mall.Completed: "5", mall.Cancelled: "4"}

// yahooRows writes an order as ストアクリエイターPro does: without its items.
func yahooRows(r *rows, p *Person, o *Order) {
	family := p.familyOn(mall.Yahoo)
	r.set("OrderId", o.no)
	r.set("OrderTime", r.time(o.at, "2006/01/02 15:04:05"))
	r.set("OrderStatus", word4(yahooStates, o, r.now))
	r.set("BillName", p.fullName(mall.Yahoo))
	r.set("BillLastName", family)
	r.set("BillFirstName", p.given.kanji)
	if !p.noKana && (p.oldPhone == "" || !o.at.Before(p.changed)) {
		r.set("BillLastNameKana", kanaOn(mall.Yahoo, p.family.kana))
		r.set("BillFirstNameKana", kanaOn(mall.Yahoo, p.given.kana))
	}
	r.set("BillZipCode", undivided(p.home.postal))
	r.set("BillPrefecture", p.home.prefecture)
	r.set("BillCity", p.home.city)
	r.set("BillAddress1", p.streetOn(mall.Yahoo))
	r.set("BillMailAddress", p.mailOn(mall.Yahoo))
	r.set("BillPhoneNumber", undivided(p.phoneOn(o)))
	r.set("ShipLastName", family)
	r.set("ShipFirstName", p.given.kanji)
	if o.gift {
		r.set("ShipLastName", giftee.family)
		r.set("ShipFirstName", giftee.given)
		r.set("ShipPhoneNumber", giftee.phone)
	}
	if o.state(r.now) != mall.Cancelled {
		r.set("ShipDate", r.time(o.shippedAt, "2006/01/02"))
	}
	r.set("PayMethodName", "PayPay")
	r.set("ShipCharge", yen(o.shipping()))
	r.set("PayCharge", "0")
	r.set("GiftWrapCharge", "0")
	r.set("Discount", "0")
	r.set("UsePoint", yen(o.pointsUsed))
	r.set("ItemCouponDiscount", yen(o.shopCoupon))
	r.set("ShippingCouponDiscount", "0")
	r.set("TotalMallCouponDiscount", yen(o.mallCoupon))
	r.set("TotalPrice", yen(o.goods()+o.shipping()-o.shopCoupon-o.mallCoupon-o.pointsUsed))
	r.end()
}

// yahooItemRows writes the items of an order. The shop's coupon is told of the
// first line, whose price is lower by it.
func yahooItemRows(r *rows, _ *Person, o *Order) {
	for n, l := range o.lines {
		r.set("OrderId", o.no)
		r.set("LineId", yen(int64(n+1)))
		r.set("Quantity", yen(l.quantity))
		r.set("ItemId", strings.ToLower(l.product.SKU))
		r.set("SubCode", l.product.SKU)
		r.set("Title", l.product.Name)
		r.set("UnitPrice", yen(l.product.Price))
		r.set("OriginalPrice", yen(l.product.Price))
		r.set("CouponDiscount", "0")
		if n == 0 && o.coupon != "" {
			r.set("CouponId", o.coupon)
		}
		r.end()
	}
}

var amazonStates = map[mall.OrderStatus]string{mall.Placed: "Unshipped", mall.Shipped: "Shipped", mall.Completed: "Shipped", mall.Cancelled: "Cancelled"}

// amazonRows writes the all orders report, which names nobody and empties what
// is cancelled.
func amazonRows(r *rows, p *Person, o *Order) {
	for n, l := range o.lines {
		r.set("amazon-order-id", o.no)
		r.set("purchase-date", o.at.UTC().Format(time.RFC3339))
		r.set("last-updated-date", r.now.UTC().Format(time.RFC3339))
		r.set("order-status", word4(amazonStates, o, r.now))
		r.set("fulfillment-channel", "Merchant")
		if p.nameless {
			r.set("fulfillment-channel", "Amazon")
		}
		r.set("sales-channel", "Amazon.co.jp")
		r.set("product-name", l.product.Name)
		r.set("sku", l.product.SKU)
		r.set("ship-country", "JP")
		r.set("quantity", "0")
		if o.state(r.now) != mall.Cancelled {
			r.set("quantity", yen(l.quantity))
			r.set("currency", "JPY")
			r.set("item-price", yen(l.product.Price*l.quantity))
			r.set("item-tax", "0")
			r.set("shipping-price", "0")
			r.set("item-promotion-discount", "0")
			if n == 0 {
				r.set("shipping-price", yen(o.shipping()))
				r.set("item-promotion-discount", yen(o.shopCoupon))
			}
		}
		r.end()
	}
}

// unshippedRows writes the buyer of an order that the merchant ships himself,
// once: when it is new.
func unshippedRows(r *rows, p *Person, o *Order) {
	if p.nameless || o.at.Before(r.from) {
		return
	}
	for n, l := range o.lines {
		r.set("order-id", o.no)
		r.set("order-item-id", fmt.Sprintf("%s%02d", undivided(o.no)[6:], n+1))
		r.set("purchase-date", o.at.Format(time.RFC3339))
		r.set("buyer-email", p.mailOn(mall.Amazon))
		r.set("buyer-name", p.fullName(mall.Amazon))
		r.set("buyer-phone-number", p.phone)
		r.set("sku", l.product.SKU)
		r.set("product-name", l.product.Name)
		r.set("quantity-purchased", yen(l.quantity))
		r.set("recipient-name", p.fullName(mall.Amazon))
		if o.gift {
			r.set("recipient-name", giftee.family+" "+giftee.given)
		}
		r.set("ship-postal-code", p.home.postal)
		r.set("ship-state", p.home.prefecture)
		r.set("ship-city", p.home.city)
		r.set("ship-address-1", p.streetOn(mall.Amazon))
		r.set("ship-country", "JP")
		r.end()
	}
}
