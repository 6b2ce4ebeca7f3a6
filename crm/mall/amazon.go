package mall

import (
	"slices"
	"strings"
)

// AmazonOrders is Amazon's all orders report (flat file): tab-separated without
// quoting, CP932 or UTF-8, one row per item. It names no buyer at all:
// [AmazonUnshipped] does, for the orders the shop ships itself.
//
// What is particular: item-price is of the whole line, tax included; shipping,
// wrapping and the shop's promotions are told line by line and add up; what is
// not decided (Pending) or cancelled has empty prices; items have no id, so
// that a line is known by its SKU; parcels that Amazon only ships for another
// channel (sales-channel Non-Amazon) stand in it and are no sales; the address
// is the recipient's and says nothing of the buyer.
// Source: Amazon's report documentation and public readers; see the project's notes on malls.
type AmazonOrders struct{}

// Name is the format's stable name.
func (AmazonOrders) Name() string { return "AMAZON_ORDERS" }

// Mall is Amazon.
func (AmazonOrders) Mall() Mall { return Amazon }

// Needs are the columns of its layout.
func (AmazonOrders) Needs() []Need { return amazonOrdersLayout.needs() }

var amazonOrdersLayout = layout{
	order: []string{"amazon-order-id", "purchase-date", "order-status"},
	goods: []string{"sku", "quantity"},
	money: []string{"currency", "item-price", "shipping-price", "item-promotion-discount"},
	marks: []string{"amazon-order-id", "item-price", "shipping-price", "item-promotion-discount"},
}

// Bind finds the columns in header.
func (AmazonOrders) Bind(header []string) (Decoder, error) {
	s, err := newOrderSheet(header, amazonOrdersLayout)
	if err != nil {
		return nil, err
	}
	return &amazonDecoder{
		sheet: s, id: "amazon-order-id", count: "quantity", key: "order-item-id",
		share: Share{Facts: true, Lines: true}, companion: Companion{AmazonUnshipped{}.Name(), false},
	}, nil
}

// AmazonUnshipped is Amazon's 未出荷 (unshipped) or new orders report of orders
// the shop ships itself: the buyers, with an address that Amazon lent them, of
// which one says nothing outside Amazon. The unshipped report of Japan has no
// prices; a report that has them (new orders) tells whole orders until the all
// orders report says more.
// Source: as [AmazonOrders].
type AmazonUnshipped struct{}

// Name is the format's stable name.
func (AmazonUnshipped) Name() string { return "AMAZON_UNSHIPPED" }

// Mall is Amazon.
func (AmazonUnshipped) Mall() Mall { return Amazon }

// Needs are the columns of its layout.
func (AmazonUnshipped) Needs() []Need { return amazonUnshippedLayout.needs() }

var amazonUnshippedLayout = layout{
	order: []string{"order-id", "order-item-id", "purchase-date"},
	goods: []string{"sku", "quantity-purchased"},
	buyer: []string{"buyer-email", "buyer-name"},
	marks: []string{"order-item-id", "quantity-purchased", "buyer-email"},
}

// Bind finds the columns in header.
func (AmazonUnshipped) Bind(header []string) (Decoder, error) {
	s, err := newOrderSheet(header, amazonUnshippedLayout)
	if err != nil {
		return nil, err
	}
	d := &amazonDecoder{sheet: s, id: "order-id", count: "quantity-purchased", key: "order-item-id", share: Share{Buyer: true}}
	if s.has("item-price") && s.has("currency") {
		d.share = Share{Facts: true, Lines: true, Buyer: true}
	}
	d.companion = Companion{AmazonOrders{}.Name(), !d.share.Facts}
	return d, nil
}

// AmazonShipments is Amazon's report of what it sent from its own warehouses
// (FBA, 出荷レポート): one row per item of a parcel, with money and with the
// buyer as far as Amazon still tells him.
//
// What is particular: an item that leaves in two parcels has two rows, so that a
// line is known by the parcel's item (shipment-item-id), and the order was sent
// when its first row was; parcels for other channels stand in it and are no sales; an order of which a part has been sent
// lacks the rest, so that the all orders report goes before it where both are
// there, and takes the day of sending from here.
// Source: as [AmazonOrders], and a public list of the report's columns.
type AmazonShipments struct{}

// Name is the format's stable name.
func (AmazonShipments) Name() string { return "AMAZON_SHIPMENTS" }

// Mall is Amazon.
func (AmazonShipments) Mall() Mall { return Amazon }

// Needs are the columns of its layout.
func (AmazonShipments) Needs() []Need { return amazonShipmentsLayout.needs() }

var amazonShipmentsLayout = layout{
	order: []string{"amazon-order-id", "purchase-date", "shipment-date"},
	goods: []string{"shipment-item-id", "sku", "quantity-shipped"},
	money: []string{"currency", "item-price"},
	marks: []string{"amazon-order-id", "shipment-item-id", "quantity-shipped"},
}

// Bind finds the columns in header.
func (AmazonShipments) Bind(header []string) (Decoder, error) {
	s, err := newOrderSheet(header, amazonShipmentsLayout)
	if err != nil {
		return nil, err
	}
	return &amazonDecoder{
		sheet: s, id: "amazon-order-id", count: "quantity-shipped", key: "shipment-item-id",
		share: Share{Facts: true, Lines: true, Buyer: true}, companion: Companion{AmazonOrders{}.Name(), false},
	}, nil
}

// amazonDecoder reads all three reports: they name the same things alike but for
// the order's number, the line's and the quantity.
type amazonDecoder struct {
	*sheet
	id, count, key string
	share          Share
	companion      Companion
}

func (d *amazonDecoder) Share() Share         { return d.share }
func (d *amazonDecoder) Companion() Companion { return d.companion }

func (d *amazonDecoder) OrderNo(rec []string) (string, error) {
	return d.needed(rec, d.id, MissingOrderNo)
}

func (d *amazonDecoder) Order(_ string, rec []string) (Order, error) {
	if strings.HasPrefix(d.cell(rec, "sales-channel"), "Non-Amazon") {
		return Order{}, &Problem{Code: OtherChannel, Column: "sales-channel"}
	}
	o := Order{Kind: Sale, Currency: d.currency(rec)}
	var err error
	if o.Status, err = d.status(rec); err != nil {
		return Order{}, err
	}
	if o.OrderedAt, err = d.orderedAt(rec, "purchase-date"); err != nil {
		return Order{}, err
	}
	if o.ShippedAt, err = d.time(rec, "shipment-date"); err != nil {
		return Order{}, err
	}
	if !o.ShippedAt.IsZero() {
		o.Status = Shipped
	}
	if d.share.Buyer {
		o.Buyer = Buyer{Mail: d.cell(rec, "buyer-email"), Phone: d.cell(rec, "buyer-phone-number")}
		o.Buyer.FamilyName, o.Buyer.GivenName = splitName(d.cell(rec, "buyer-name"))
		o.Gift = otherName(d.cell(rec, "recipient-name"), d.cell(rec, "buyer-name"))
	}
	return o, nil
}

// currency is empty in the report while prices are.
func (d *amazonDecoder) currency(rec []string) string {
	if c := strings.ToUpper(d.cell(rec, "currency")); c != "" {
		return c
	}
	return "JPY"
}

// amazonStates are the states of an order; more may follow the word, as in
// "Shipped - Delivered to Buyer".
var amazonStates = []string{"Pending", "PendingAvailability", "Unshipped", "PartiallyShipped", "Shipped", "Shipping", "Complete", "Cancelled", "Canceled", "Unfulfillable", "InvoiceUnconfirmed"}

// status reads order-status. Reports without the column hold what waits.
func (d *amazonDecoder) status(rec []string) (OrderStatus, error) {
	word := strings.ToLower(d.cell(rec, "order-status"))
	begins := func(state string) bool { return strings.HasPrefix(word, strings.ToLower(state)) }
	switch {
	case begins("cancel"):
		return Cancelled, nil
	case begins("shipped"), begins("complete"):
		return Shipped, nil
	case word == "" || slices.ContainsFunc(amazonStates, begins):
		return Placed, nil
	}
	return "", d.unknownStatus("order-status", amazonStates...)
}

func (d *amazonDecoder) Line(rec []string) (Line, error) {
	l := Line{Key: d.cell(rec, d.key), SKU: d.cell(rec, "sku"), Name: d.cell(rec, "product-name"), TaxRate: -1}
	digits, ok := minorDigits(d.currency(rec))
	if !ok {
		return Line{}, &Problem{Code: BadAmount, Column: "currency", Detail: errCurrency.Error()}
	}
	var err error
	if l.Quantity, err = d.quantity(rec, d.count); err != nil {
		return Line{}, err
	}
	c := &l.Charges
	var off, shippingTax, wrappingTax int64
	err = d.moneys(rec, digits, target{"item-price", &l.Amount}, target{"shipping-price", &c.Shipping}, target{"gift-wrap-price", &c.Fee},
		target{"item-tax", &c.Tax}, target{"shipping-tax", &shippingTax}, target{"gift-wrap-tax", &wrappingTax},
		target{"item-promotion-discount", &c.ShopCoupon}, target{"ship-promotion-discount", &off})
	if err != nil {
		return Line{}, err
	}
	c.Tax += shippingTax + wrappingTax
	c.ShopCoupon = abs(c.ShopCoupon)
	c.Shipping -= min(abs(off), c.Shipping) // a promotion of shipping takes nothing off the goods
	if l.Quantity != 0 {
		l.UnitPrice = l.Amount / l.Quantity
	}
	return l, nil
}
