package mall

import (
	"slices"
	"time"
)

// OrderKind tells sales from what takes them back.
type OrderKind string

// The kinds of order.
const (
	Sale       OrderKind = "SALE"
	Return     OrderKind = "RETURN"     // goods sent back; names no sale
	Adjustment OrderKind = "ADJUSTMENT" // a correction of money without goods
)

// OrderStatus is how far an order has come.
type OrderStatus string

// The states of an order.
const (
	Placed    OrderStatus = "PLACED"
	Shipped   OrderStatus = "SHIPPED"
	Completed OrderStatus = "COMPLETED"
	Cancelled OrderStatus = "CANCELLED"
)

// Order is what a file says about an order as a whole. Money is in the minor
// unit of Currency; a nil amount means that the file has no such column.
type Order struct {
	Kind        OrderKind
	Status      OrderStatus
	OrderedAt   time.Time
	ShippedAt   time.Time // zero: unknown or not yet
	CancelledAt time.Time // zero: unknown, even when Status is Cancelled
	Currency    string

	Goods        *int64 // nil: the sum of the lines
	Shipping     int64
	Fee          int64
	Tax          int64
	TaxBreakdown map[int]int64 // rate in basis points -> tax
	ShopCoupon   int64
	MallCoupon   int64
	PointsUsed   int64  // as money
	Total        *int64 // nil: goods, shipping and fees

	CouponCodes []string
	Gift        bool // sent to somebody else
	Buyer       Buyer
}

// Line is one item of an order.
type Line struct {
	Key       string // the mall's id of the line; "" = its place within the order
	SKU       string
	Name      string
	Option    string
	UnitPrice int64
	Quantity  int64
	Amount    int64
	TaxRate   int  // basis points; -1: the file has none
	Rounded   bool // the price was finer than the minor unit
	// Charges are money of the order that the file tells line by line; only
	// formats that tell orders in halves have them.
	Charges Charges `json:",omitzero"`
}

// Charges are a line's shares in the money of its order.
type Charges struct {
	Shipping, Fee, Tax, ShopCoupon int64
	Coupon                         string `json:",omitempty"` // its code
}

// charge adds a line's shares to the order.
func (o *Order) charge(c Charges) {
	o.Shipping += c.Shipping
	o.Fee += c.Fee
	o.Tax += c.Tax
	o.ShopCoupon += c.ShopCoupon
	if c.Coupon != "" && !slices.Contains(o.CouponCodes, c.Coupon) {
		o.CouponCodes = append(o.CouponCodes, c.Coupon)
	}
}

// Buyer is who ordered, as written in the file; never the recipient of a gift.
// Every field may be empty.
type Buyer struct {
	MemberID   string `json:"memberId,omitempty"`
	Mail       string `json:"mail,omitempty"`
	LineID     string `json:"lineId,omitempty"`
	FamilyName string `json:"familyName,omitempty"`
	GivenName  string `json:"givenName,omitempty"`
	FamilyKana string `json:"familyKana,omitempty"`
	GivenKana  string `json:"givenKana,omitempty"`
	Phone      string `json:"phone,omitempty"`
	PostalCode string `json:"postalCode,omitempty"`
	Prefecture string `json:"prefecture,omitempty"`
	City       string `json:"city,omitempty"`
	Address    string `json:"address,omitempty"` // below the city
	Country    string `json:"country,omitempty"`
	Gender     string `json:"gender,omitempty"` // as written: 男, F, female …
	BirthDate  string `json:"birthDate,omitempty"`
}

// Empty reports that the file names no buyer at all.
func (b Buyer) Empty() bool { return b == Buyer{} }

// taxed notes the tax at a rate, in basis points; none is not noted.
func (o *Order) taxed(rate int, tax int64) {
	if tax == 0 {
		return
	}
	if o.TaxBreakdown == nil {
		o.TaxBreakdown = map[int]int64{}
	}
	o.TaxBreakdown[rate] += tax
}
