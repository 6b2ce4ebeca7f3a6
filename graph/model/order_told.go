package model

import (
	"github.com/meguri-crm/meguri/crm/gid"
	"github.com/meguri-crm/meguri/crm/intake"
	"github.com/meguri-crm/meguri/crm/mall"
)

// Tellings maps what a program tells of orders. Errors: fault.Invalid at the id
// that is none.
func (in UpsertOrdersInput) Tellings() (shopID int64, orders []mall.Telling, err error) {
	if shopID, err = gid.Decode("Shop", in.ShopID); err != nil {
		return 0, nil, err
	}
	orders = make([]mall.Telling, len(in.Orders))
	for i, o := range in.Orders {
		if orders[i], err = o.telling(); err != nil {
			return 0, nil, err
		}
	}
	return shopID, orders, nil
}

func (in UpsertOrderInput) telling() (mall.Telling, error) {
	t := mall.Telling{
		OrderNo: in.OrderNo, Status: (*mall.OrderStatus)(in.Status), OrderedAt: in.OrderedAt, ShippedAt: in.ShippedAt, Cancelled: in.CancelledAt,
		Currency: in.Currency, Shipping: in.Shipping, Fee: in.Fees, Tax: in.Tax, ShopCoupon: in.ShopCoupon, MallCoupon: in.MallCoupon,
		PointsUsed: in.PointsUsed, Total: in.Total, Codes: in.CouponCodes, Gift: in.Gift,
	}
	if in.Lines != nil {
		t.Lines = make([]mall.Line, len(in.Lines))
	}
	for i, l := range in.Lines {
		t.Lines[i] = l.line()
	}
	err := in.Buyer.onto(&t)
	return t, err
}

func (in UpsertOrderLineInput) line() mall.Line {
	l := mall.Line{
		Key: in.LineKey, SKU: in.Sku, Name: in.Name, Option: in.Option, UnitPrice: in.UnitPrice, Quantity: in.Quantity, Amount: in.UnitPrice * in.Quantity, TaxRate: -1,
	}
	if in.Amount != nil {
		l.Amount = *in.Amount
	}
	if in.TaxRate != nil {
		l.TaxRate = *in.TaxRate
	}
	return l
}

// onto names who ordered; nil names nobody. Errors: fault.Invalid at the id.
func (in *OrderBuyerInput) onto(t *mall.Telling) (err error) {
	if in == nil {
		return nil
	}
	if in.CustomerID != nil {
		t.CustomerID, err = gid.Decode("Customer", *in.CustomerID)
		return err
	}
	b := &t.Buyer
	for field, given := range map[*string]*string{
		&b.MemberID: in.MemberID, &b.Mail: in.Email, &b.LineID: in.LineID, &b.FamilyName: in.FamilyName, &b.GivenName: in.GivenName,
		&b.FamilyKana: in.FamilyKana, &b.GivenKana: in.GivenKana, &b.Phone: in.Phone, &b.PostalCode: in.PostalCode, &b.Prefecture: in.Prefecture,
		&b.City: in.City, &b.Address: in.AddressLine,
	} {
		if given != nil {
			*field = *given
		}
	}
	return nil
}

// NewUpsertedOrders maps what became of orders.
func NewUpsertedOrders(told []intake.Told) []*UpsertedOrder {
	results := make([]*UpsertedOrder, len(told))
	for i, t := range told {
		r := &UpsertedOrder{OrderNo: t.OrderNo, Outcome: OrderOutcome(t.Outcome), UserErrors: newUserErrorsAt("orders", i, t.Faults)}
		if t.OrderID != 0 {
			id := gid.EncodePair("Order", t.CustomerID, t.OrderID)
			r.OrderID = &id
			if !t.Stranger {
				customer := gid.Encode("Customer", t.CustomerID)
				r.CustomerID = &customer
			}
		}
		results[i] = r
	}
	return results
}

// Return maps goods that come back. Errors: fault.Invalid at the id.
func (in ReturnOrderLinesInput) Return() (shopID int64, r intake.Return, err error) {
	r.OrderNo = in.OrderNo
	if in.ReturnedAt != nil {
		r.At = *in.ReturnedAt
	}
	for _, l := range in.Lines {
		r.Lines = append(r.Lines, intake.ReturnedLine{Key: l.LineKey, SKU: l.Sku, Quantity: l.Quantity})
	}
	shopID, err = gid.Decode("Shop", in.ShopID)
	return shopID, r, err
}
