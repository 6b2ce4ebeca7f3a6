package mall

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// ShopifyOrders is Shopify's order export: UTF-8, one row per item, everything
// that is of the order only on its first row.
//
// What is particular: items have no id, so that a line is known by its place;
// postcodes and phones carry a leading ' against spreadsheets; prefectures are
// codes (JP-13); Subtotal is after all discounts; what was refunded is taken
// off the goods, because a return has no row of its own; Shipping … is the
// recipient and never the buyer.
// Source: Shopify's help on exporting orders; see the project's notes on malls.
type ShopifyOrders struct{}

// Name is the format's stable name.
func (ShopifyOrders) Name() string { return "SHOPIFY_ORDERS" }

// Mall is Shopify.
func (ShopifyOrders) Mall() Mall { return Shopify }

// Needs are the columns of its layout.
func (ShopifyOrders) Needs() []Need { return shopifyLayout.needs() }

var shopifyLayout = layout{
	order: []string{"Name", "Created at", "Financial Status"},
	goods: []string{"Lineitem name", "Lineitem quantity"},
	money: []string{"Currency", "Subtotal", "Shipping", "Total", "Discount Amount", "Lineitem price"},
	buyer: []string{"Email", "Billing Name"},
	marks: []string{"Financial Status", "Lineitem name", "Lineitem quantity", "Lineitem price"},
}

// Bind finds the columns in header.
func (ShopifyOrders) Bind(header []string) (Decoder, error) {
	s, err := newOrderSheet(header, shopifyLayout)
	if err != nil {
		return nil, err
	}
	return &shopifyDecoder{sheet: s}, nil
}

type shopifyDecoder struct {
	*sheet
	digits int // of the currency of the order under way: its later rows do not tell it
}

func (d *shopifyDecoder) OrderNo(rec []string) (string, error) {
	return d.needed(rec, "Name", MissingOrderNo)
}

func (d *shopifyDecoder) Order(_ string, rec []string) (Order, error) {
	o := Order{Kind: Sale, Currency: strings.ToUpper(d.cell(rec, "Currency")), Buyer: d.buyer(rec)}
	o.Gift = otherName(d.cell(rec, "Shipping Name"), d.cell(rec, "Billing Name"))
	var err error
	if o.OrderedAt, err = d.orderedAt(rec, "Created at"); err != nil {
		return Order{}, err
	}
	if o.ShippedAt, err = d.time(rec, "Fulfilled at"); err != nil {
		return Order{}, err
	}
	if o.CancelledAt, err = d.time(rec, "Cancelled at"); err != nil {
		return Order{}, err
	}
	var ok bool
	if d.digits, ok = minorDigits(o.Currency); !ok {
		return Order{}, &Problem{Code: BadAmount, Column: "Currency", Detail: "no ISO 4217 currency"}
	}
	if o.Status, err = d.status(rec, o); err != nil {
		return Order{}, err
	}
	if code := d.cell(rec, "Discount Code"); code != "" {
		o.CouponCodes = splitCodes(code)
	}
	return o, d.orderMoney(rec, &o)
}

// shopifyStates are the states of the payment.
var shopifyStates = []string{"pending", "authorized", "partially_paid", "paid", "partially_refunded", "refunded", "voided", "expired"}

// status takes money that went back whole for a cancellation.
func (d *shopifyDecoder) status(rec []string, o Order) (OrderStatus, error) {
	state := d.cell(rec, "Financial Status")
	switch {
	case state != "" && !slices.Contains(shopifyStates, state):
		return "", d.unknownStatus("Financial Status", shopifyStates...)
	case !o.CancelledAt.IsZero(), state == "refunded", state == "voided":
		return Cancelled, nil
	case d.cell(rec, "Fulfillment Status") == "fulfilled", !o.ShippedAt.IsZero():
		return Shipped, nil
	}
	return Placed, nil
}

// orderMoney makes goods what they cost before discounts, so that goods less
// discounts are Shopify's own Subtotal, less what was refunded of it.
func (d *shopifyDecoder) orderMoney(rec []string, o *Order) error {
	var subtotal, refunded int64
	err := d.moneys(rec, d.digits, target{"Subtotal", &subtotal}, target{"Refunded Amount", &refunded}, target{"Shipping", &o.Shipping},
		target{"Taxes", &o.Tax}, target{"Discount Amount", &o.ShopCoupon})
	if err != nil {
		return err
	}
	o.ShopCoupon = abs(o.ShopCoupon)
	goods := subtotal + o.ShopCoupon - min(abs(refunded), max(subtotal, 0))
	o.Goods = &goods
	if o.Total, err = d.money(rec, "Total", d.digits); err != nil {
		return err
	}
	return d.taxes(rec, o)
}

// percent is the rate in the name of a tax: 消費税 10%, JCT 8%.
var percent = regexp.MustCompile(`(\d{1,2}(?:\.\d+)?)\s*[%％]`)

func (d *shopifyDecoder) taxes(rec []string, o *Order) error {
	for i := 1; i <= 5; i++ {
		n := strconv.Itoa(i)
		rate := percent.FindStringSubmatch(d.cell(rec, "Tax "+n+" Name"))
		if rate == nil {
			continue
		}
		var tax int64
		if err := d.moneys(rec, d.digits, target{"Tax " + n + " Value", &tax}); err != nil {
			return err
		}
		bp, err := basisPoints(rate[1] + "%")
		if err != nil {
			return &Problem{Code: BadAmount, Column: "Tax " + n + " Name", Detail: err.Error()}
		}
		o.taxed(bp, tax)
	}
	return nil
}

func (d *shopifyDecoder) buyer(rec []string) Buyer {
	unquoted := func(columns ...string) string { return strings.TrimPrefix(d.first(rec, columns...), "'") }
	b := Buyer{
		Mail: d.cell(rec, "Email"), Phone: unquoted("Phone", "Billing Phone"), PostalCode: unquoted("Billing Zip"),
		Prefecture: prefecture(d.first(rec, "Billing Province Name", "Billing Province")), City: d.cell(rec, "Billing City"),
		Address: strings.TrimSpace(d.cell(rec, "Billing Address1") + " " + d.cell(rec, "Billing Address2")), Country: d.cell(rec, "Billing Country"),
	}
	b.FamilyName, b.GivenName = splitName(d.cell(rec, "Billing Name"))
	return b
}

func (d *shopifyDecoder) Line(rec []string) (Line, error) {
	l := Line{SKU: d.cell(rec, "Lineitem sku"), Name: d.cell(rec, "Lineitem name"), TaxRate: -1}
	var err error
	if l.Quantity, err = d.quantity(rec, "Lineitem quantity"); err != nil {
		return Line{}, err
	}
	if l, err = priced(l, d.cell(rec, "Lineitem price"), d.digits); err != nil {
		return Line{}, &Problem{Code: BadAmount, Column: "Lineitem price", Detail: err.Error()}
	}
	return l, nil
}
