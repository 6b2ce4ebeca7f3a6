package world

import (
	_ "embed"
	"fmt"
	"strings"
	"time"

	"github.com/meguri-crm/meguri/crm/mall"
	"github.com/meguri-crm/meguri/crm/mall/header"
)

// shopifyRows writes an order of the own site as Shopify does: what is of the
// order stands on its first line only.
func shopifyRows(r *rows, p *Person, o *Order) {
	for n, l := range o.lines {
		if n == 0 {
			shopifyOrder(r, p, o)
		}
		r.set("Name", o.no)
		r.set("Email", p.Mail)
		r.set("Lineitem quantity", yen(l.quantity))
		r.set("Lineitem name", l.product.Name)
		r.set("Lineitem price", yen(l.product.Price))
		r.set("Lineitem sku", l.product.SKU)
		r.set("Vendor", "茶舗めぐり")
		r.end()
	}
}

func shopifyOrder(r *rows, p *Person, o *Order) {
	const layout = "2006-01-02 15:04:05 -0700"
	subtotal := o.goods() - o.shopCoupon
	r.set("Financial Status", "paid")
	r.set("Fulfillment Status", "unfulfilled")
	switch o.state(r.now) {
	case mall.Cancelled:
		r.set("Cancelled at", r.time(o.cancelledAt, layout))
	case mall.Shipped, mall.Completed:
		r.set("Fulfillment Status", "fulfilled")
		r.set("Fulfilled at", r.time(o.shippedAt, layout))
	case mall.Placed:
	}
	if back := o.refundedBy(r.now); back > 0 {
		r.set("Financial Status", "partially_refunded")
		if back == subtotal+o.shipping() {
			r.set("Financial Status", "refunded")
		}
		r.set("Refunded Amount", yen(back))
	}
	r.set("Paid at", r.time(o.at, layout))
	r.set("Created at", r.time(o.at, layout))
	r.set("Currency", "JPY")
	r.set("Subtotal", yen(subtotal))
	r.set("Shipping", yen(o.shipping()))
	r.set("Taxes", "0")
	r.set("Total", yen(subtotal+o.shipping()))
	r.set("Discount Code", o.coupon)
	r.set("Discount Amount", yen(o.shopCoupon))
	name := p.fullName(mall.OwnSite)
	r.set("Billing Name", name)
	r.set("Billing Address1", p.streetOn(mall.OwnSite))
	r.set("Billing City", p.home.city)
	r.set("Billing Zip", "'"+p.home.postal)
	r.set("Billing Province Name", p.home.prefecture)
	r.set("Billing Country", "JP")
	r.set("Billing Phone", "'+81"+strings.TrimPrefix(undivided(p.phone), "0"))
	r.set("Shipping Name", name)
	if o.gift {
		r.set("Shipping Name", giftee.family+" "+giftee.given)
	}
}

// tillMapping is the file of the mapping that reads what the till exports.
const tillMapping = "kyoto_pos.mapping.json"

//go:embed kyoto_pos.mapping.json
var tillMappingJSON []byte

// tillHeader are the columns of the till in Kyoto.
const tillHeader header.Row = "取引番号,明細番号,取引日時,会員番号,商品コード,商品名,単価,数量,値引,クーポンコード,担当"

// tillRows writes a sale of the till, which knows nobody but by his card.
func tillRows(r *rows, p *Person, o *Order) {
	for n, l := range o.lines {
		r.set("取引番号", o.no)
		r.set("明細番号", yen(int64(n+1)))
		r.set("取引日時", r.time(o.at, "2006/01/02 15:04"))
		if !p.nameless && !p.Joined.IsZero() {
			r.set("会員番号", p.cardNo())
		}
		r.set("商品コード", l.product.SKU)
		r.set("商品名", l.product.Name)
		r.set("単価", yen(l.product.Price))
		r.set("数量", yen(l.quantity))
		if n == 0 && o.shopCoupon > 0 {
			r.set("値引", yen(o.shopCoupon))
			r.set("クーポンコード", o.coupon)
		}
		r.set("担当", fmt.Sprintf("%02d", 1+p.No%4))
		r.spoil(o)
		r.end()
	}
}

// spoil leaves what the till sometimes writes.
func (r *rows) spoil(o *Order) {
	switch o.spoilt {
	case 1:
		r.set("数量", "ふたつ")
	case 2:
		r.set("取引日時", o.at.In(Japan).Format("2006/01")+"/32 10:00")
	case 3:
		r.set("単価", "未定")
	}
}

// newer reports whether an instant lies between two ticks.
func newer(t, from, to time.Time) bool { return !t.Before(from) && t.Before(to) }
