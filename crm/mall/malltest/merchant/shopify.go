package merchant

import (
	"strings"
	"time"

	"github.com/meguri-crm/meguri/crm/mall"
)

func shopifyRows(w *writer, o Order) []map[string]string {
	var rows []map[string]string
	for i, l := range o.Lines {
		row := map[string]string{}
		if i == 0 {
			row = shopifyOrder(w, o)
		}
		row["Name"], row["Email"] = o.No, o.buyer.mail
		row["Lineitem quantity"], row["Lineitem name"], row["Lineitem sku"], row["Lineitem price"] = number(l.Quantity), l.Name, l.SKU, number(l.Price)
		rows = append(rows, row)
	}
	return rows
}

// shopifyOrder is what stands on an order's first row only.
func shopifyOrder(w *writer, o Order) map[string]string {
	p, h := o.buyer.person, o.buyer.person.home
	full := w.spelled(p.family) + " " + w.spelled(p.given)
	if undivided := strings.ReplaceAll(full, " ", ""); len([]rune(undivided)) > 2 && w.chance(20) {
		full = undivided
	}
	subtotal := o.Goods + o.Refunded - o.ShopCoupon
	row := map[string]string{
		"Created at": o.At.Format("2006-01-02 15:04:05 -0700"), "Currency": "JPY", "Financial Status": "paid", "Fulfillment Status": "unfulfilled",
		"Subtotal": number(subtotal), "Shipping": number(o.Shipping), "Taxes": number(o.Tax), "Total": number(subtotal + o.Shipping),
		"Discount Code": o.Code, "Discount Amount": number(o.ShopCoupon), "Refunded Amount": number(o.Refunded),
		"Billing Name": full, "Billing Zip": "'" + h.zip[:3] + "-" + h.zip[3:], "Billing Province": h.code, "Billing City": h.city,
		"Billing Address1": w.street(h), "Billing Country": "JP", "Shipping Name": full,
	}
	if o.buyer.phone != "" {
		row["Billing Phone"] = "'+81" + strings.TrimPrefix(o.buyer.phone, "0")
	}
	if o.Gift {
		row["Shipping Name"], row["Shipping Phone"] = "贈田 次郎", "'+81655550199"
	}
	switch o.Status {
	case mall.Cancelled:
		row["Cancelled at"] = o.At.Add(24 * time.Hour).Format("2006-01-02 15:04:05 -0700")
	case mall.Shipped:
		row["Fulfillment Status"], row["Fulfilled at"] = "fulfilled", o.At.Add(24*time.Hour).Format("2006-01-02 15:04:05 -0700")
	}
	if o.Refunded > 0 {
		row["Financial Status"] = "partially_refunded"
	}
	return row
}
