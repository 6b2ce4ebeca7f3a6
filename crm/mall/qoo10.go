package mall

import "strings"

// Qoo10Orders is the delivery list of Qoo10 (QSM 配送管理): one row per item,
// each with an order number (注文番号) of its own; what was bought at once shares
// a cart number (カート番号), which is the order here, so that three items bought
// together are one purchase.
//
// What is particular: prices stand per row, discounts too; the address is the
// recipient's, and the buyer is named with phones only; currencies are told.
// Source: the project's notes on malls (1.8) and public readers of the list. Not
// found: what parts 割引額 into the shop's and Qoo10's. It is taken for the
// shop's, so that sales are never overstated. The cost of sending is not in the
// list (送料の決済 says who pays).
type Qoo10Orders struct{}

// Name is the format's stable name.
func (Qoo10Orders) Name() string { return "QOO10_ORDERS" }

// Mall is Qoo10.
func (Qoo10Orders) Mall() Mall { return Qoo10 }

// Needs are the columns of its layout.
func (Qoo10Orders) Needs() []Need { return qoo10Layout.needs() }

var qoo10Layout = layout{
	order: []string{"配送状態", "注文番号", "カート番号", "注文日"},
	goods: []string{"商品名", "数量"},
	money: []string{"販売価格"},
	buyer: []string{"購入者名"},
	marks: []string{"配送状態", "カート番号", "購入者名"},
}

// Bind finds the columns in header.
func (Qoo10Orders) Bind(header []string) (Decoder, error) {
	s, err := newOrderSheet(header, qoo10Layout)
	if err != nil {
		return nil, err
	}
	return &qoo10Decoder{s}, nil
}

type qoo10Decoder struct{ *sheet }

// Share is everything: discounts are told line by line, so that an order is put
// together from its lines.
func (*qoo10Decoder) Share() Share         { return Share{Facts: true, Lines: true, Buyer: true} }
func (*qoo10Decoder) Companion() Companion { return Companion{} }

func (d *qoo10Decoder) OrderNo(rec []string) (string, error) {
	if cart := d.cell(rec, "カート番号"); cart != "" {
		return cart, nil
	}
	return d.needed(rec, "注文番号", MissingOrderNo)
}

func (d *qoo10Decoder) Order(_ string, rec []string) (Order, error) {
	o := Order{Kind: Sale, Currency: d.currency(rec), Buyer: d.buyer(rec)}
	o.Gift = otherName(d.cell(rec, "受取人名"), d.cell(rec, "購入者名")) || strings.EqualFold(d.cell(rec, "ギフト注文"), "Y")
	var err error
	if o.OrderedAt, err = d.orderedAt(rec, "注文日"); err != nil {
		return Order{}, err
	}
	if o.ShippedAt, err = d.time(rec, "発送日"); err != nil {
		return Order{}, err
	}
	o.Status = stateOf(d.cell(rec, "配送状態"), o.ShippedAt)
	return o, nil
}

// currency is that of Japan unless the list says otherwise.
func (d *qoo10Decoder) currency(rec []string) string {
	if c := strings.ToUpper(d.cell(rec, "通貨")); c != "" {
		return c
	}
	return "JPY"
}

func (d *qoo10Decoder) buyer(rec []string) Buyer {
	var b Buyer
	for _, column := range []string{"購入者携帯電話番号", "購入者電話番号"} {
		phone := d.cell(rec, column)
		if b.Phone == "" && strings.Trim(strings.TrimPrefix(phone, "+81"), "-0 ") != "" { // +81- is a phone that nobody gave
			b.Phone = phone
		}
	}
	b.FamilyName, b.GivenName = splitName(d.cell(rec, "購入者名"))
	b.FamilyKana, b.GivenKana = splitName(d.cell(rec, "購入者名(フリガナ)"))
	return b
}

func (d *qoo10Decoder) Line(rec []string) (Line, error) {
	l := Line{
		SKU:  d.first(rec, "オプションコード", "販売者商品コード", "商品番号"),
		Name: d.cell(rec, "商品名"), Option: d.cell(rec, "オプション情報"), TaxRate: -1,
	}
	digits, ok := minorDigits(d.currency(rec))
	if !ok {
		return Line{}, d.problem(BadAmount, "通貨", errCurrency)
	}
	var err error
	if l.Key, err = d.needed(rec, "注文番号", MissingValue); err != nil {
		return Line{}, err
	}
	if err := d.moneys(rec, digits, target{"割引額", &l.Charges.ShopCoupon}); err != nil {
		return Line{}, err
	}
	l.Charges.ShopCoupon = abs(l.Charges.ShopCoupon)
	return d.priced(rec, l, "数量", "販売価格", digits)
}
