package intake

import (
	"crypto/sha256"
	"encoding/json"
	"strconv"
	"strings"
	"time"

	"github.com/meguri-crm/meguri/crm/customer"
	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/crm/mall"
)

// Bounds of what a program tells of an order. Money times a quantity fits.
const (
	maxOrderNo   = 100
	maxLines     = 500
	maxText      = 500
	maxQuantity  = 1_000_000
	maxMoney     = 1_000_000_000_000 // minor unit
	maxRate      = 10_000            // basis points
	maxCodes     = 20
	maxCodeBytes = 64
	firstYear    = 2000
)

// toldLine is a line on its way into the database, by the names of toldColumns.
type toldLine struct {
	Head      int64  `json:"head"`
	Place     int    `json:"place"`
	Key       string `json:"line_key"`
	SKU       string `json:"sku"`
	Name      string `json:"name"`
	Option    string `json:"option"`
	UnitPrice int64  `json:"unit_price"`
	Quantity  int64  `json:"quantity"`
	Amount    int64  `json:"amount"`
	TaxRate   *int   `json:"tax_rate"`
}

const toldColumns = `head bigint, place int, line_key text, sku text, name text, option text, unit_price bigint, quantity bigint, amount bigint, tax_rate int`

// stagedAs is the order as the stage of a file would hold it, under a head.
func (t *toldOrder) stagedAs(b *batch, head int64) (*staged, error) {
	content, err := json.Marshal(struct {
		mall.Order
		Lines []mall.Line
	}{t.order, t.lines})
	if err != nil {
		return nil, err
	}
	hash := sha256.Sum256(content)
	e := customer.NewEvidence(b.shop.ID, mall.Mall(b.shop.Mall), t.order.Buyer, t.order.OrderedAt)
	n := int64(len(t.lines))
	o := &staged{
		canon: head, no: t.no, order: t.order, heads: []int64{head}, bases: []int64{0}, places: n, lines: n, hash: hash[:], evidence: &e, named: t.named,
	}
	for i, l := range t.lines {
		row := toldLine{
			Head: head, Place: i + 1, Key: l.Key, SKU: l.SKU, Name: l.Name, Option: l.Option, UnitPrice: l.UnitPrice, Quantity: l.Quantity, Amount: l.Amount,
		}
		if row.Key == "" {
			row.Key = strconv.Itoa(i + 1)
		}
		if l.TaxRate >= 0 {
			row.TaxRate = &l.TaxRate
		}
		o.rows = append(o.rows, row)
		o.sums.quantity += l.Quantity
		o.sums.amount += l.Amount
	}
	return o, nil
}

// lineOf is the place of a line that comes back, of which so many are left.
func (t *toldOrder) lineOf(r ReturnedLine, field string) (at int, err error) {
	at = -1
	for i, l := range t.lines {
		if r.Key != "" && l.Key == r.Key || r.Key == "" && l.SKU == r.SKU {
			if at >= 0 {
				return at, fault.New(fault.Invalid, "several lines have this SKU: name one by its key").WithCode("LINE_AMBIGUOUS").At(field + ".sku")
			}
			at = i
		}
	}
	switch {
	case r.Key == "" && r.SKU == "":
		return at, fault.Required(field + ".lineKey")
	case at < 0:
		return at, fault.New(fault.Invalid, "the order has no such line").WithCode("LINE_UNKNOWN").At(field)
	case r.Quantity < 1 || r.Quantity > maxQuantity:
		return at, fault.Outside(field+".quantity", 1, maxQuantity)
	case r.Quantity > t.lines[at].Quantity:
		left := t.lines[at].Quantity
		return at, fault.New(fault.Invalid, "only %d of it are left", left).WithCode("RETURNED_TOO_MUCH").At(field+".quantity").With("left", left)
	}
	return at, nil
}

// less takes goods that came back off an order whose goods came to so much. Tax
// goes down with them; coupons of the shop stay, but are never more than what
// is left of the goods.
func less(o *mall.Order, amount, goods int64) {
	if o.Goods != nil {
		left := *o.Goods - amount
		o.Goods = &left
	}
	if o.Total != nil {
		left := max(*o.Total-amount, 0)
		o.Total = &left
	}
	if goods > 0 {
		o.Tax = o.Tax * (goods - amount) / goods
		rates := map[int]int64{}
		for rate, tax := range o.TaxBreakdown {
			rates[rate] = tax * (goods - amount) / goods
		}
		o.TaxBreakdown = rates
	}
	o.ShopCoupon = min(o.ShopCoupon, max(goods-amount, 0))
}

// faultsOf are all that is wrong with what is told of an order, by itself.
func faultsOf(t mall.Telling, isNew bool, now time.Time) (all []*fault.Error) {
	c := &checks{unread: t.Unread}
	for _, p := range t.Unread {
		c.found = append(c.found, fault.New(fault.Invalid, "%s", p.Detail).WithCode(p.Code).At(p.Column))
	}
	c.text("orderNo", t.OrderNo, true, maxOrderNo)
	if isNew && t.OrderedAt == nil {
		c.add(fault.Required("orderedAt"))
	}
	if isNew && t.Lines == nil || t.Lines != nil && len(t.Lines) == 0 {
		c.add(fault.Required("lines"))
	}
	c.time("orderedAt", t.OrderedAt, now)
	c.time("shippedAt", t.ShippedAt, now)
	c.time("cancelledAt", t.Cancelled, now)
	if t.Cancelled != nil && (t.Status == nil || *t.Status != mall.Cancelled) {
		c.add(fault.New(fault.Invalid, "only a cancelled order was cancelled").WithCode("NOT_CANCELLED").At("cancelledAt"))
	}
	if t.Currency != nil {
		if _, ok := mall.MinorDigits(*t.Currency); !ok {
			c.add(fault.New(fault.Invalid, "there is no such currency").WithCode("CURRENCY_UNKNOWN").At("currency"))
		}
	}
	for _, m := range []struct {
		field  string
		amount *int64
	}{
		{"shipping", t.Shipping}, {"fees", t.Fee}, {"tax", t.Tax}, {"shopCoupon", t.ShopCoupon}, {"mallCoupon", t.MallCoupon}, {"pointsUsed", t.PointsUsed}, {"total", t.Total},
	} {
		if m.amount != nil {
			c.within(m.field, *m.amount, 0, maxMoney)
		}
	}
	c.within("couponCodes", int64(len(t.Codes)), 0, maxCodes)
	for i, code := range t.Codes {
		c.text("couponCodes."+strconv.Itoa(i), code, true, maxCodeBytes)
	}
	c.buyer(t.Buyer)
	if mall.BrokenMail(nil, nil, t.Buyer) != nil {
		c.add(fault.New(fault.Invalid, "this is no mail address").WithCode("INVALID_EMAIL").At("buyer.email"))
	}
	c.lines(t.Lines)
	return c.found
}

// checks gather what is wrong.
type checks struct {
	found  []*fault.Error
	unread mall.RecordErrors // of these fields nothing else is wrong
}

func (c *checks) add(f *fault.Error) {
	if !c.unread.Cover(f.Field) {
		c.found = append(c.found, f)
	}
}

func (c *checks) within(field string, n, least, most int64) {
	if n < least || n > most {
		c.add(fault.Outside(field, least, most))
	}
}

func (c *checks) time(field string, at *time.Time, now time.Time) {
	if at != nil && (at.After(now.Add(clocksDiffer)) || at.Year() < firstYear) {
		c.add(fault.New(fault.Invalid, "this is in the future, or before the year 2000").WithCode("OUT_OF_RANGE").At(field))
	}
}

func (c *checks) text(field, s string, needed bool, most int) {
	if f := fault.WrongText(field, s, needed, most); f != nil {
		c.add(f)
	}
}

func (c *checks) buyer(b mall.Buyer) {
	for _, said := range []struct{ field, text string }{
		{"memberId", b.MemberID},
		{"email", b.Mail},
		{"lineId", b.LineID},
		{"familyName", b.FamilyName},
		{"givenName", b.GivenName},
		{"familyKana", b.FamilyKana},
		{"givenKana", b.GivenKana},
		{"phone", b.Phone},
		{"postalCode", b.PostalCode},
		{"prefecture", b.Prefecture},
		{"city", b.City},
		{"addressLine", b.Address},
	} {
		c.text("buyer."+said.field, said.text, false, maxText)
	}
}

func (c *checks) lines(lines []mall.Line) {
	c.within("lines", int64(len(lines)), 0, maxLines)
	keys := map[string]bool{}
	for i, l := range lines {
		at, key := "lines."+strconv.Itoa(i)+".", l.Key
		if key == "" {
			key = strconv.Itoa(i + 1)
		}
		if keys[key] {
			c.add(fault.New(fault.Invalid, "the order has a line with this key already").WithCode("REPEATED").At(at + "lineKey"))
		}
		keys[key] = true
		if strings.TrimSpace(l.SKU+l.Name) == "" {
			c.add(fault.Required(at + "name"))
		}
		c.text(at+"lineKey", l.Key, false, maxOrderNo)
		c.text(at+"sku", l.SKU, false, maxText)
		c.text(at+"name", l.Name, false, maxText)
		c.text(at+"option", l.Option, false, maxText)
		c.within(at+"quantity", l.Quantity, 1, maxQuantity)
		c.within(at+"unitPrice", l.UnitPrice, 0, maxMoney)
		c.within(at+"amount", l.Amount, 0, maxMoney)
		c.within(at+"taxRate", int64(l.TaxRate), -1, maxRate)
	}
}
