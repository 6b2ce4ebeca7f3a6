package mall

import (
	"errors"
	"maps"
	"slices"
	"strings"
	"time"
)

// mappingDecoder reads the records of one file by a mapping.
type mappingDecoder struct {
	mapping Mapping
	header  []string
	zone    *time.Location
	order   dateOrder
	digits  int // of the mapping's currency
	at      map[Field]int
	line    lineColumns // looked up once: a file has many more lines than orders
}

type lineColumns struct{ key, sku, name, option, quantity, unitPrice, amount, discount int }

func (d *mappingDecoder) OrderNo(rec []string) (string, error) {
	no := cell(rec, d.at[FieldOrderNo])
	if no == "" {
		return "", d.problem(MissingOrderNo, FieldOrderNo, "")
	}
	return no, nil
}

func (d *mappingDecoder) Order(orderNo string, rec []string) (Order, error) {
	o := Order{Kind: d.kind(orderNo), Currency: d.mapping.Currency, Buyer: d.buyer(rec)}
	digits := d.digits
	if c := d.cell(rec, FieldCurrency); c != "" {
		o.Currency = strings.ToUpper(c)
		var ok bool
		if digits, ok = minorDigits(o.Currency); !ok || digits != d.digits {
			return Order{}, d.problem(BadAmount, FieldCurrency, "this currency cannot be mixed with "+d.mapping.Currency)
		}
	}
	var err error
	if o.OrderedAt, err = d.time(rec, FieldOrderedAt); err != nil {
		return Order{}, err
	}
	if o.OrderedAt.IsZero() {
		return Order{}, d.problem(MissingValue, FieldOrderedAt, "")
	}
	if o.ShippedAt, err = d.time(rec, FieldShippedAt); err != nil {
		return Order{}, err
	}
	if o.CancelledAt, err = d.time(rec, FieldCancelledAt); err != nil {
		return Order{}, err
	}
	if o.Status, err = d.status(rec, o); err != nil {
		return Order{}, err
	}
	if err := d.money(rec, &o, digits); err != nil {
		return Order{}, err
	}
	if code := d.cell(rec, FieldCouponCode); code != "" {
		o.CouponCodes = splitCodes(code)
	}
	return o, nil
}

func (d *mappingDecoder) kind(orderNo string) OrderKind {
	switch m := d.mapping; {
	case m.ReturnPrefix != "" && strings.HasPrefix(orderNo, m.ReturnPrefix):
		return Return
	case m.AdjustmentPrefix != "" && strings.HasPrefix(orderNo, m.AdjustmentPrefix):
		return Adjustment
	}
	return Sale
}

func (d *mappingDecoder) status(rec []string, o Order) (OrderStatus, error) {
	if !o.CancelledAt.IsZero() {
		return Cancelled, nil
	}
	word := d.cell(rec, FieldStatus)
	if word == "" {
		if !o.ShippedAt.IsZero() && d.mapping.Status.Default == Placed {
			return Shipped, nil
		}
		return d.mapping.Status.Default, nil
	}
	s, ok := d.mapping.Status.Values[word]
	if !ok {
		return "", d.problem(UnknownStatus, FieldStatus, strings.Join(slices.Sorted(maps.Keys(d.mapping.Status.Values)), ", "))
	}
	return s, nil
}

func (d *mappingDecoder) money(rec []string, o *Order, digits int) error {
	for _, t := range []struct {
		field Field
		into  *int64
	}{
		{FieldShipping, &o.Shipping},
		{FieldFee, &o.Fee},
		{FieldTax, &o.Tax},
		{FieldShopCoupon, &o.ShopCoupon},
		{FieldMallCoupon, &o.MallCoupon},
		{FieldPointsUsed, &o.PointsUsed},
	} {
		v, err := d.amount(rec, t.field, digits)
		if err != nil {
			return err
		}
		if v != nil {
			*t.into = *v
		}
	}
	// Discounts are written with and without a minus sign.
	if o.Kind == Sale {
		o.ShopCoupon, o.MallCoupon, o.PointsUsed = abs(o.ShopCoupon), abs(o.MallCoupon), abs(o.PointsUsed)
	}
	var err error
	if o.Goods, err = d.amount(rec, FieldGoods, digits); err != nil {
		return err
	}
	o.Total, err = d.amount(rec, FieldTotal, digits)
	return err
}

func (d *mappingDecoder) Line(rec []string) (Line, error) {
	c := d.line
	l := Line{Key: cell(rec, c.key), SKU: cell(rec, c.sku), Name: cell(rec, c.name), Option: cell(rec, c.option), TaxRate: -1}
	q, err := parseDecimal(cell(rec, c.quantity))
	if err == nil {
		l.Quantity, err = q.integer()
	}
	if err != nil {
		return Line{}, d.problem(BadQuantity, FieldQuantity, err.Error())
	}
	price, amount := cell(rec, c.unitPrice), cell(rec, c.amount)
	if price == "" && amount == "" {
		return Line{}, d.problem(BadAmount, FieldUnitPrice, "neither a price nor an amount")
	}
	if price != "" {
		if l, err = priced(l, price, d.digits); err != nil {
			return Line{}, d.problem(BadAmount, FieldUnitPrice, err.Error())
		}
	}
	if amount != "" {
		if l, err = totalled(l, amount, d.digits, price == ""); err != nil {
			return Line{}, d.problem(BadAmount, FieldAmount, err.Error())
		}
		return l, nil
	}
	return d.reduced(rec, l)
}

// reduced takes what was off the line from its price. It is written with and
// without a minus sign, and never makes a sale of a return.
func (d *mappingDecoder) reduced(rec []string, l Line) (Line, error) {
	off, err := d.amount(rec, FieldDiscount, d.digits)
	if err != nil || off == nil {
		return l, err
	}
	l.Amount -= sign(l.Amount) * min(abs(*off), abs(l.Amount))
	return l, nil
}

// priced fills price and amount of a line; the amount is rounded once, from the exact price.
func priced(l Line, price string, digits int) (Line, error) {
	p, err := parseDecimal(price)
	if err != nil {
		return l, err
	}
	if l.UnitPrice, l.Rounded, err = p.minor(digits); err != nil {
		return l, err
	}
	product, err := p.times(l.Quantity)
	if err != nil {
		return l, err
	}
	l.Amount, _, err = product.minor(digits)
	return l, err
}

// totalled fills the amount of a line from the file, and the price when the file has none.
func totalled(l Line, amount string, digits int, pricing bool) (Line, error) {
	a, err := parseDecimal(amount)
	if err != nil {
		return l, err
	}
	var rounded bool
	if l.Amount, rounded, err = a.minor(digits); err != nil {
		return l, err
	}
	l.Rounded = l.Rounded || rounded
	if pricing && l.Quantity != 0 {
		l.UnitPrice = l.Amount / l.Quantity
	}
	return l, nil
}

func (d *mappingDecoder) buyer(rec []string) Buyer {
	b := Buyer{
		MemberID: d.cell(rec, FieldMemberID), Mail: d.cell(rec, FieldMail), Phone: d.cell(rec, FieldPhone),
		FamilyName: d.cell(rec, FieldFamilyName), GivenName: d.cell(rec, FieldGivenName),
		FamilyKana: d.cell(rec, FieldFamilyKana), GivenKana: d.cell(rec, FieldGivenKana),
		PostalCode: d.cell(rec, FieldPostalCode), Prefecture: d.cell(rec, FieldPrefecture),
		City: d.cell(rec, FieldCity), Address: d.cell(rec, FieldAddress),
		Gender: d.cell(rec, FieldGender), BirthDate: d.cell(rec, FieldBirthDate),
	}
	if b.FamilyName == "" && b.GivenName == "" {
		b.FamilyName, b.GivenName = splitName(d.cell(rec, FieldFullName))
	}
	if b.FamilyKana == "" && b.GivenKana == "" {
		b.FamilyKana, b.GivenKana = splitName(d.cell(rec, FieldFullKana))
	}
	return b
}

// splitName parts a full name at its first space; Japanese exports write the family name first.
func splitName(full string) (family, given string) {
	family, given, _ = strings.Cut(strings.Join(strings.Fields(full), " "), " ")
	return family, given
}

// splitCodes parts coupon codes written in one cell; nil where there are none.
func splitCodes(s string) []string {
	if s == "" {
		return nil
	}
	return strings.FieldsFunc(s, func(r rune) bool { return strings.ContainsRune(",;|/ 、\n", r) })
}

func (d *mappingDecoder) cell(rec []string, f Field) string { return cell(rec, d.at[f]) }

func (d *mappingDecoder) time(rec []string, f Field) (time.Time, error) {
	s := d.cell(rec, f)
	if s == "" {
		return time.Time{}, nil
	}
	t, err := parseTime(s, d.order, d.zone)
	if err != nil {
		return time.Time{}, d.problem(BadDate, f, err.Error())
	}
	return t, nil
}

func (d *mappingDecoder) amount(rec []string, f Field, digits int) (*int64, error) {
	s := d.cell(rec, f)
	if s == "" {
		return nil, nil //nolint:nilnil // nil is the amount of a column that is not there
	}
	v, err := parseDecimal(s)
	if err != nil {
		return nil, d.problem(BadAmount, f, err.Error())
	}
	minor, _, err := v.minor(digits)
	if err != nil {
		return nil, d.problem(BadAmount, f, err.Error())
	}
	return &minor, nil
}

func (d *mappingDecoder) problem(code string, f Field, detail string) error {
	column := string(f)
	if i := d.at[f]; i >= 0 && i < len(d.header) {
		column = d.header[i]
	}
	return &Problem{Code: code, Column: column, Detail: detail}
}

// AsProblem is the problem in err, if it is one.
func AsProblem(err error) (*Problem, bool) {
	var p *Problem
	ok := errors.As(err, &p)
	return p, ok
}
