package mall

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/meguri-crm/meguri/crm/gid"
)

// Telling is what a program, or its file, says of one order of a shop. Of an
// order that is there nil stays as it is; of a new one it is the default.
type Telling struct {
	OrderNo    string
	Status     *OrderStatus // PLACED
	OrderedAt  *time.Time   // a new order needs it
	ShippedAt  *time.Time
	Cancelled  *time.Time // when; nil of a cancelled one: now
	Currency   *string    // the shop's
	Shipping   *int64
	Fee        *int64
	Tax        *int64
	ShopCoupon *int64
	MallCoupon *int64
	PointsUsed *int64
	Total      *int64   // goods, shipping and fees
	Codes      []string // of coupons
	Gift       *bool
	Buyer      Buyer  // who it is stays, once known
	CustomerID int64  // of a buyer who is known by it; 0: the Buyer tells
	Lines      []Line // all there are; a new order needs them

	Unread RecordErrors // fields of a file that could not be read; such an order is refused, with what else is wrong with it
}

// OrderLine is the one column of a file of orders in JSON lines.
const OrderLine = "ORDER JSON"

// Required is the code of a field that is not there; of the API, as all codes of
// what a telling says.
const Required = "REQUIRED"

// OrderLines is a file of orders of a shop of the merchant's own, an object of
// the API's fields per line: a program that tells its orders one by one tells all
// of them by the same names. docs/orders.md tells every field.
// Source: this product's own (UpsertOrderInput of the API).
type OrderLines struct{}

// Name is the format's stable name.
func (OrderLines) Name() string { return "ORDER_LINES" }

// Kind is orders.
func (OrderLines) Kind() string { return OrdersKind }

// BindTable finds the one column there is.
func (OrderLines) BindTable(header []string) (TableDecoder, error) {
	if !slices.Equal(header, []string{OrderLine}) {
		return nil, missingColumns([]string{OrderLine})
	}
	return orderLines{}, nil
}

type orderLines struct{}

// toldOrder is a line as it is written.
type toldOrder struct {
	OrderNo     string       `json:"orderNo"`
	Status      *OrderStatus `json:"status"`
	OrderedAt   *time.Time   `json:"orderedAt"`
	ShippedAt   *time.Time   `json:"shippedAt"`
	CancelledAt *time.Time   `json:"cancelledAt"`
	Currency    *string      `json:"currency"`
	Shipping    *int64       `json:"shipping"`
	Fees        *int64       `json:"fees"`
	Tax         *int64       `json:"tax"`
	ShopCoupon  *int64       `json:"shopCoupon"`
	MallCoupon  *int64       `json:"mallCoupon"`
	PointsUsed  *int64       `json:"pointsUsed"`
	Total       *int64       `json:"total"`
	CouponCodes []string     `json:"couponCodes"`
	Gift        *bool        `json:"gift"`
	Buyer       toldBuyer    `json:"buyer"`
	Lines       []toldLine   `json:"lines"`
}

type toldBuyer struct {
	CustomerID  string `json:"customerId"`
	MemberID    string `json:"memberId"`
	Email       string `json:"email"`
	LineID      string `json:"lineId"`
	FamilyName  string `json:"familyName"`
	GivenName   string `json:"givenName"`
	FamilyKana  string `json:"familyKana"`
	GivenKana   string `json:"givenKana"`
	Phone       string `json:"phone"`
	PostalCode  string `json:"postalCode"`
	Prefecture  string `json:"prefecture"`
	City        string `json:"city"`
	AddressLine string `json:"addressLine"`
}

type toldLine struct {
	LineKey   string `json:"lineKey"`
	SKU       string `json:"sku"`
	Name      string `json:"name"`
	Option    string `json:"option"`
	UnitPrice *int64 `json:"unitPrice"`
	Quantity  *int64 `json:"quantity"`
	Amount    *int64 `json:"amount"`
	TaxRate   *int   `json:"taxRate"`
}

// Row implements TableDecoder. What cannot be read of an order goes along with
// it, so that whoever takes it tells all that is wrong with it; of a line that is
// no object, or in which hardly anything can be read, nothing else is told.
func (orderLines) Row(rec []string) (Row, error) {
	var o toldOrder
	var unread RecordErrors
	text := strings.TrimPrefix(cell(rec, 0), "\ufeff")
	if err := decodeLine(text, &o); err != nil {
		o = toldOrder{}
		if unread = misfits(text, &o, OrderLine); unread[0].Column == OrderLine || len(unread) == maxFaults {
			return Row{}, unread
		}
	}
	t, wrong := o.telling()
	for _, p := range wrong {
		if !unread.Cover(p.Column) {
			unread = append(unread, p)
		}
	}
	t.Unread = unread[:min(len(unread), maxFaults)]
	return Row{Order: &t}, nil
}

// statuses are the words for how far an order has come.
var statuses = []OrderStatus{Placed, Shipped, Completed, Cancelled}

func (o toldOrder) telling() (t Telling, wrong RecordErrors) {
	t = Telling{
		OrderNo: o.OrderNo, Status: o.Status, OrderedAt: utc(o.OrderedAt), ShippedAt: utc(o.ShippedAt), Cancelled: utc(o.CancelledAt),
		Currency: o.Currency, Shipping: o.Shipping, Fee: o.Fees, Tax: o.Tax, ShopCoupon: o.ShopCoupon, MallCoupon: o.MallCoupon,
		PointsUsed: o.PointsUsed, Total: o.Total, Codes: o.CouponCodes, Gift: o.Gift,
	}
	if o.Status != nil && !slices.Contains(statuses, *o.Status) {
		wrong = append(wrong, &Problem{Code: UnknownStatus, Column: "status", Detail: "PLACED, SHIPPED, COMPLETED, CANCELLED"})
	}
	b := o.Buyer
	if b.CustomerID == "" {
		t.Buyer = Buyer{
			MemberID: b.MemberID, Mail: b.Email, LineID: b.LineID, FamilyName: b.FamilyName, GivenName: b.GivenName, FamilyKana: b.FamilyKana,
			GivenKana: b.GivenKana, Phone: b.Phone, PostalCode: b.PostalCode, Prefecture: b.Prefecture, City: b.City, Address: b.AddressLine,
		}
	} else {
		var err error
		if t.CustomerID, err = gid.Decode("Customer", b.CustomerID); err != nil {
			wrong = append(wrong, &Problem{Code: "INVALID_ID", Column: "buyer.customerId"})
		}
	}
	if o.Lines != nil {
		t.Lines = make([]Line, len(o.Lines))
	}
	for i, l := range o.Lines {
		if l.UnitPrice == nil {
			wrong = append(wrong, &Problem{Code: Required, Column: "lines." + strconv.Itoa(i) + ".unitPrice"})
			l.UnitPrice = new(int64)
		}
		t.Lines[i] = l.line()
	}
	return t, wrong
}

func (l toldLine) line() Line {
	line := Line{Key: l.LineKey, SKU: l.SKU, Name: l.Name, Option: l.Option, UnitPrice: *l.UnitPrice, Quantity: 1, TaxRate: -1}
	if l.Quantity != nil {
		line.Quantity = *l.Quantity
	}
	line.Amount = line.UnitPrice * line.Quantity
	if l.Amount != nil {
		line.Amount = *l.Amount
	}
	if l.TaxRate != nil {
		line.TaxRate = *l.TaxRate
	}
	return line
}

// utc is the instant as the API reads it.
func utc(at *time.Time) *time.Time {
	if at == nil {
		return nil
	}
	t := at.UTC()
	return &t
}
