package amazon

import (
	"encoding/json"
	"fmt"

	"github.com/meguri-crm/meguri/crm/mall"
	"github.com/meguri-crm/meguri/crm/pull/source"
)

var (
	ordersFormat = mall.AmazonOrders{}.Name()
	buyersFormat = mall.AmazonUnshipped{}.Name()

	orderColumns = []string{
		"amazon-order-id", "purchase-date", "last-updated-date", "order-status", "fulfillment-channel", "sales-channel", "sku", "product-name", "asin", "quantity", "currency",
		"item-price", "item-tax", "shipping-price", "shipping-tax", "gift-wrap-price", "gift-wrap-tax", "item-promotion-discount", "ship-promotion-discount",
	}
	buyerColumns = []string{
		"order-id", "order-item-id", "purchase-date", "buyer-email", "buyer-name", "buyer-phone-number", "sku", "product-name", "quantity-purchased", "recipient-name",
	}

	states = map[source.Text]string{
		"PENDING": "Pending", "PENDING_AVAILABILITY": "Pending", "UNSHIPPED": "Unshipped", "PARTIALLY_SHIPPED": "PartiallyShipped", "SHIPPED": "Shipped",
		"CANCELLED": "Cancelled", "UNFULFILLABLE": "Unfulfillable",
	}
)

type order struct {
	OrderID, CreatedTime, LastUpdatedTime source.Text
	SalesChannel                          struct{ ChannelName, MarketplaceName source.Text }
	Fulfillment                           struct{ FulfillmentStatus, FulfilledBy source.Text }
	Buyer                                 *struct{ BuyerName, BuyerEmail source.Text }
	Recipient                             *struct{ DeliveryAddress struct{ Name source.Text } }
	OrderItems                            []item
}

type item struct {
	OrderItemID, QuantityOrdered source.Text
	Product                      struct{ Asin, Title, SellerSku source.Text }
	Proceeds                     struct{ Breakdowns []breakdown }
}

type breakdown struct {
	Type               source.Text
	Subtotal           money
	DetailedBreakdowns []struct {
		Subtype source.Text
		Value   money
	}
}

type money struct{ Amount, CurrencyCode source.Text }

// written is an answer's i-th order as rows of the reports, one for each item.
func written(raw json.RawMessage, i int, buyers bool) source.Order {
	where := fmt.Sprintf("orders[%d]", i)
	var o order
	if err := json.Unmarshal(raw, &o); err != nil {
		var known struct{ OrderID source.Text }
		_ = json.Unmarshal(raw, &known) // its number may be readable all the same
		return source.Unreadable(ordersFormat, "amazon-order-id", known.OrderID.String(), where, source.Misshapen(err))
	}
	no := o.OrderID.String()
	if len(o.OrderItems) == 0 {
		return source.Unreadable(ordersFormat, "amazon-order-id", no, where+".orderItems", "no items")
	}
	told := source.Order{No: no}
	for _, l := range o.OrderItems {
		told.Rows = append(told.Rows, source.Row{Format: ordersFormat, Cells: o.cells(l)})
	}
	if buyers && o.Buyer != nil && o.Buyer.BuyerName+o.Buyer.BuyerEmail != "" {
		for _, l := range o.OrderItems {
			told.Rows = append(told.Rows, source.Row{Format: buyersFormat, Cells: o.buyer(l)})
		}
	}
	return told
}

func (o order) cells(l item) map[string]string {
	cells := map[string]string{
		"amazon-order-id": o.OrderID.String(), "purchase-date": o.CreatedTime.String(), "order-status": states[o.Fulfillment.FulfillmentStatus],
		"fulfillment-channel": map[source.Text]string{"AMAZON": "Amazon", "MERCHANT": "Merchant"}[o.Fulfillment.FulfilledBy], "sales-channel": o.channel(),
		"sku": l.Product.SellerSku.String(), "product-name": l.Product.Title.String(), "asin": l.Product.Asin.String(), "quantity": l.QuantityOrdered.String(),
	}
	for _, b := range l.Proceeds.Breakdowns {
		b.fill(cells)
	}
	return cells
}

// channel is as the report has it: its reader leaves other channels' parcels out.
func (o order) channel() string {
	if o.SalesChannel.ChannelName == "NON_AMAZON" {
		return "Non-Amazon"
	}
	return o.SalesChannel.MarketplaceName.String()
}

// fill writes a part of an item's proceeds into its column.
func (b breakdown) fill(cells map[string]string) {
	if cells["currency"] == "" {
		cells["currency"] = b.Subtotal.CurrencyCode.String()
	}
	switch b.Type {
	case "ITEM":
		cells["item-price"] = b.Subtotal.Amount.String()
	case "SHIPPING":
		cells["shipping-price"] = b.Subtotal.Amount.String()
	case "GIFT_WRAP":
		cells["gift-wrap-price"] = b.Subtotal.Amount.String()
	case "TAX":
		b.share(cells, map[source.Text]string{"ITEM": "item-tax", "SHIPPING": "shipping-tax", "GIFT_WRAP": "gift-wrap-tax"}, "item-tax")
	case "DISCOUNT":
		b.share(cells, map[source.Text]string{"ITEM": "item-promotion-discount", "SHIPPING": "ship-promotion-discount"}, "item-promotion-discount")
	}
}

// share writes the details of a part; one without details goes into a column whole.
func (b breakdown) share(cells map[string]string, columns map[source.Text]string, whole string) {
	if len(b.DetailedBreakdowns) == 0 {
		cells[whole] = b.Subtotal.Amount.String()
	}
	for _, d := range b.DetailedBreakdowns {
		if column, ok := columns[d.Subtype]; ok {
			cells[column] = d.Value.Amount.String()
		}
	}
}

func (o order) buyer(l item) map[string]string {
	cells := map[string]string{
		"order-id": o.OrderID.String(), "order-item-id": l.OrderItemID.String(), "purchase-date": o.CreatedTime.String(), "buyer-email": o.Buyer.BuyerEmail.String(),
		"buyer-name": o.Buyer.BuyerName.String(), "sku": l.Product.SellerSku.String(), "product-name": l.Product.Title.String(), "quantity-purchased": l.QuantityOrdered.String(),
	}
	if o.Recipient != nil {
		cells["recipient-name"] = o.Recipient.DeliveryAddress.Name.String()
	}
	return cells
}
