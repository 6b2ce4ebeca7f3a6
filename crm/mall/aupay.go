package mall

import "strings"

// AuPayOrders is the order CSV of au PAY マーケット (Wowma! for Business): one row
// per item, the columns named like those of its API.
//
// What is particular: what is of the order stands on every row of it; names and
// addresses are one cell each; there are two mail addresses, of which one may be
// the mall's relay: the other one is taken; sender… is the recipient.
// Source: the project's notes on malls (1.7) and a public reader of its API. Not
// found: who pays for couponTotalPrice. It is taken for the shop, so that sales
// are never overstated; and the words of orderStatus beyond those below, where
// shipStatus and shipDate decide.
type AuPayOrders struct{}

// Name is the format's stable name.
func (AuPayOrders) Name() string { return "AU_PAY_ORDERS" }

// Mall is au PAY.
func (AuPayOrders) Mall() Mall { return AuPay }

// Needs are the columns of its layout.
func (AuPayOrders) Needs() []Need { return auPayLayout.needs() }

var auPayLayout = layout{
	order: []string{"orderId", "orderDetailId", "orderDate", "orderStatus"},
	goods: []string{"itemName", "unit"},
	money: []string{"itemPrice|totalItemPrice"},
	buyer: []string{"ordererName"},
	marks: []string{"orderDetailId", "ordererName", "itemPrice|totalItemPrice"},
}

// Bind finds the columns in header.
func (AuPayOrders) Bind(header []string) (Decoder, error) {
	s, err := newOrderSheet(header, auPayLayout)
	if err != nil {
		return nil, err
	}
	return &auPayDecoder{s}, nil
}

type auPayDecoder struct{ *sheet }

func (d *auPayDecoder) OrderNo(rec []string) (string, error) {
	return d.needed(rec, "orderId", MissingOrderNo)
}

func (d *auPayDecoder) Order(_ string, rec []string) (Order, error) {
	o := Order{Kind: Sale, Currency: "JPY", Buyer: d.buyer(rec), Gift: otherName(d.cell(rec, "senderName"), d.cell(rec, "ordererName"))}
	var err error
	if o.OrderedAt, err = d.orderedAt(rec, "orderDate"); err != nil {
		return Order{}, err
	}
	if o.ShippedAt, err = d.time(rec, "shipDate|shippingDate"); err != nil {
		return Order{}, err
	}
	if o.CancelledAt, err = d.time(rec, "cancelDate"); err != nil {
		return Order{}, err
	}
	o.Status = d.status(rec, o)
	var wrapping, auPoints int64
	err = d.moneys(rec, 0, target{"postagePrice", &o.Shipping}, target{"chargePrice", &o.Fee}, target{"totalGiftWrappingPrice", &wrapping},
		target{"couponTotalPrice", &o.ShopCoupon}, target{"usePoint", &o.PointsUsed}, target{"useAuPointPrice", &auPoints})
	if err != nil {
		return Order{}, err
	}
	o.Fee += wrapping
	o.ShopCoupon, o.PointsUsed = abs(o.ShopCoupon), abs(o.PointsUsed)+abs(auPoints)
	o.CouponCodes = splitCodes(d.cell(rec, "couponKey"))
	o.Total, err = d.money(rec, "totalPrice", 0)
	return o, err
}

func (d *auPayDecoder) status(rec []string, o Order) OrderStatus {
	if !o.CancelledAt.IsZero() || strings.EqualFold(d.cell(rec, "cancelStatus"), "Y") {
		return Cancelled
	}
	s := stateOf(d.cell(rec, "orderStatus"), o.ShippedAt)
	if s == Placed && strings.EqualFold(d.cell(rec, "shipStatus"), "Y") {
		return Shipped
	}
	return s
}

func (d *auPayDecoder) buyer(rec []string) Buyer {
	b := Buyer{
		Mail: ownMail(d.cell(rec, "rawMailAddress"), d.cell(rec, "mailAddress")), Phone: d.first(rec, "ordererPhoneNumber1", "ordererPhoneNumber2"),
		PostalCode: d.cell(rec, "ordererZipCode"),
	}
	b.Prefecture, b.Address = splitAddress(d.cell(rec, "ordererAddress"))
	b.FamilyName, b.GivenName = splitName(d.cell(rec, "ordererName"))
	b.FamilyKana, b.GivenKana = splitName(d.cell(rec, "ordererKana"))
	return b
}

func (d *auPayDecoder) Line(rec []string) (Line, error) {
	l := Line{
		Key: d.cell(rec, "orderDetailId"), SKU: d.first(rec, "itemCode", "itemManagementId", "lotnumber"),
		Name: d.cell(rec, "itemName"), Option: d.cell(rec, "itemOption"),
	}
	var err error
	if l.TaxRate, err = d.taxRate(rec, "taxRate"); err != nil {
		return Line{}, err
	}
	return d.sold(rec, l, "unit", "itemPrice", "totalItemPrice", 0)
}

// ownMail is the first of some addresses that no mall has lent; where all are
// lent, the first there is.
func ownMail(addresses ...string) string {
	first := ""
	for _, a := range addresses {
		if a == "" {
			continue
		}
		if _, domain, _ := strings.Cut(strings.ToLower(a), "@"); !IsRelayDomain(domain) {
			return a
		}
		if first == "" {
			first = a
		}
	}
	return first
}
