package merchant

import (
	"strings"

	"github.com/meguri-crm/meguri/crm/mall"
)

var yahooStates = map[mall.OrderStatus]string{mall.Placed: "2", mall.Shipped: "2", mall.Completed: "5", mall.Cancelled: "4"}

func yahooRows(w *writer, o Order) []map[string]string {
	p, h := o.buyer.person, o.buyer.person.home
	family, given := w.spelled(p.family), w.spelled(p.given)
	onLines := lineCoupon(o) * o.Lines[0].Quantity
	row := map[string]string{
		"OrderId": o.No, "OrderTime": o.At.Format("2006/01/02 15:04:05"), "OrderStatus": yahooStates[o.Status],
		"BillLastName": family, "BillFirstName": given, "BillName": family + " " + given,
		"BillLastNameKana": halfKana.Replace(p.family.kana), "BillFirstNameKana": halfKana.Replace(p.given.kana),
		"BillZipCode": strings.TrimPrefix(h.zip, "0"), "BillPrefecture": h.prefecture, "BillCity": h.city, "BillAddress1": w.street(h),
		"BillMailAddress": o.buyer.mail, "BillPhoneNumber": "000-0000-0000", "ShipLastName": family, "ShipFirstName": given,
		"ShipCharge": number(o.Shipping), "PayCharge": number(o.Fee), "UsePoint": number(o.Points), "GiftWrapCharge": "0", "ShippingCouponDiscount": "0",
		"ItemCouponDiscount": number(onLines), "Discount": number(o.ShopCoupon - onLines), "TotalMallCouponDiscount": number(o.MallCoupon),
	}
	if o.buyer.phone != "" {
		row["BillPhoneNumber"] = w.spoiltPhone(o.buyer.phone)
	}
	if w.chance(30) { // a template with the name in one column
		row["BillLastName"], row["BillFirstName"], row["ShipLastName"], row["ShipFirstName"] = "", "", "", ""
		row["ShipName"] = row["BillName"]
	}
	if o.Gift {
		row["ShipName"], row["ShipLastName"], row["ShipFirstName"], row["ShipPhoneNumber"] = "贈田 次郎", "贈田", "次郎", "06-5555-0199"
	}
	if o.Status == mall.Shipped {
		row["ShipDate"] = o.At.AddDate(0, 0, 1).Format("2006/01/02")
	}
	return []map[string]string{row}
}

// lineCoupon is what the shop's coupon takes off each piece of an order's first
// line; the rest of it is taken off the order.
func lineCoupon(o Order) int64 {
	if o.Code == "" {
		return 0
	}
	return min(o.ShopCoupon/o.Lines[0].Quantity/2, o.Lines[0].Price)
}

func yahooItemRows(_ *writer, o Order) []map[string]string {
	var rows []map[string]string
	for i, l := range o.Lines {
		row := map[string]string{
			"OrderId": o.No, "LineId": l.Key, "ItemId": "page-" + l.SKU, "SubCode": l.SKU, "Title": l.Name, "Quantity": number(l.Quantity),
			"UnitPrice": number(l.Price), "OriginalPrice": number(l.Price), "CouponDiscount": "0",
		}
		if off := lineCoupon(o); i == 0 && o.Code != "" {
			row["UnitPrice"], row["CouponDiscount"], row["CouponId"] = number(l.Price-off), number(off), o.Code
		}
		rows = append(rows, row)
	}
	return rows
}
