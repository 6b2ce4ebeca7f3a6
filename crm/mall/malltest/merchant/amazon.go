package merchant

import (
	"fmt"
	"time"

	"github.com/meguri-crm/meguri/crm/mall"
)

var amazonStates = map[mall.OrderStatus]string{mall.Placed: "Unshipped", mall.Shipped: "Shipped", mall.Cancelled: "Cancelled"}

func amazonRows(_ *writer, o Order) []map[string]string {
	var rows []map[string]string
	for i, l := range o.Lines {
		row := map[string]string{
			"amazon-order-id": o.No, "purchase-date": o.At.UTC().Format(time.RFC3339), "order-status": amazonStates[o.Status],
			"sales-channel": "Amazon.co.jp", "fulfillment-channel": "Merchant", "sku": l.SKU, "product-name": l.Name, "quantity": number(l.Quantity),
			"ship-city": "さいたま市", "ship-postal-code": "330-0001",
		}
		if o.byMall {
			row["fulfillment-channel"] = "Amazon"
		}
		if o.Status != mall.Cancelled {
			row["currency"], row["item-price"] = "JPY", number(l.Amount())
			row["shipping-price"], row["gift-wrap-price"], row["item-tax"], row["item-promotion-discount"] = "0", "0", "0", "0"
		}
		if i == 0 && o.Status != mall.Cancelled { // what is of the order stands on any of its lines
			row["shipping-price"], row["ship-promotion-discount"] = number(o.Shipping+100), "100"
			row["gift-wrap-price"], row["item-tax"], row["item-promotion-discount"] = number(o.Fee), number(o.Tax), number(-o.ShopCoupon)
		}
		rows = append(rows, row)
	}
	return rows
}

func unshippedRows(w *writer, o Order) []map[string]string {
	if o.byMall {
		return nil
	}
	p := o.buyer.person
	buyer := w.spelled(p.family) + " " + w.spelled(p.given)
	mail := o.buyer.mail
	if w.chance(20) {
		mail = fmt.Sprintf("a%012d+case%d@marketplace.amazon.co.jp", p.id, w.rng.IntN(1000))
	}
	var rows []map[string]string
	for i, l := range o.Lines {
		row := map[string]string{
			"order-id": o.No, "order-item-id": fmt.Sprintf("%s%d", o.No[4:11], i), "purchase-date": o.At.Format(time.RFC3339),
			"buyer-email": mail, "buyer-name": buyer, "buyer-phone-number": w.spoiltPhone(o.buyer.phone), "sku": l.SKU, "product-name": l.Name,
			"quantity-purchased": number(l.Quantity), "recipient-name": buyer,
		}
		if o.Gift {
			row["recipient-name"] = "贈田 次郎"
		}
		rows = append(rows, row)
	}
	return rows
}
