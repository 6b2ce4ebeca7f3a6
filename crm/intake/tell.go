package intake

import (
	"context"
	"encoding/json"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/uptrace/bun/dialect/pgdialect"

	"github.com/meguri-crm/meguri/crm/customer"
	"github.com/meguri-crm/meguri/crm/event"
	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/crm/mall"
	"github.com/meguri-crm/meguri/crm/order"
	"github.com/meguri-crm/meguri/db"
	"github.com/meguri-crm/meguri/db/partition"
)

// Outcome is what became of an order that a program told.
type Outcome string

// The outcomes.
const (
	Created   Outcome = "CREATED"
	Updated   Outcome = "UPDATED"
	Unchanged Outcome = "UNCHANGED"
	Refused   Outcome = "REFUSED"
)

// Told is an order after a program has told of it.
type Told struct {
	OrderNo    string
	Outcome    Outcome
	CustomerID int64          // 0 of a refused one; the shop's stranger where nobody is named
	OrderID    int64          // 0 of a refused one
	Stranger   bool           // nobody is named
	Faults     []*fault.Error // of a refused one: all that is wrong, at fields of the Telling
}

// Return is goods of one order that come back.
type Return struct {
	OrderNo string
	Lines   []ReturnedLine
	At      time.Time // zero: now
}

// ReturnedLine is how many of a line come back. It is named by its key, or by the
// SKU that no other line of the order has.
type ReturnedLine struct {
	Key, SKU string
	Quantity int64
}

// ReadyFor makes room for what happened at the instants that orders tell, before
// the transaction that takes them.
func (s *Service) ReadyFor(ctx context.Context, orders []mall.Telling) error {
	now := s.clock.Now()
	from, to := now, now
	for _, o := range orders {
		for _, at := range []*time.Time{o.OrderedAt, o.ShippedAt, o.Cancelled} {
			if at != nil && at.Before(from) && at.Year() >= firstYear {
				from = *at
			}
		}
	}
	return partition.Between(ctx, s.db, from, to)
}

// Join merges whom orders have shown to be one, once their transaction is done.
func (s *Service) Join(ctx context.Context) error { return s.hooks.join(ctx) }

// Tell takes orders in that a program tells, in tx, as it takes in those of a
// file: who bought, rollups, events, points and stages. Orders that are in order
// are taken whatever is wrong with others. The shop is one of the merchant's own:
// other malls tell of their orders themselves.
// Errors: fault.NotFound; fault.Precondition SHOP_ARCHIVED, MALL_TELLS_ITSELF;
// customer.ErrRace, after which the whole may be done again.
func (s *Service) Tell(ctx context.Context, tx db.Tx, shopID int64, orders []mall.Telling) ([]Told, error) {
	b, err := s.telling(ctx, tx, shopID)
	if err != nil {
		return nil, err
	}
	j, err := b.judge(ctx, orders)
	if err != nil {
		return nil, err
	}
	seen := map[string]bool{}
	for i, t := range j.orders {
		if seen[t.OrderNo] {
			j.refuse(i, fault.New(fault.Invalid, "the order is told twice").WithCode("REPEATED").At("orderNo"))
		}
		seen[t.OrderNo] = true
	}
	return b.takeTold(ctx, j)
}

// judged is what is told of orders, beside what stands and what is wrong with it.
type judged struct {
	orders []mall.Telling
	there  map[string]*toldOrder
	known  map[int64]int64 // customers that are named by their ids
	told   []Told
}

// refuse notes what else is wrong with an order.
func (j *judged) refuse(i int, f *fault.Error) { j.told[i].Faults = append(j.told[i].Faults, f) }

// refused says that something is wrong with an order.
func (j *judged) refused(i int) bool { return len(j.told[i].Faults) > 0 }

// judge finds out what is wrong with what is told of orders, each by itself.
func (b *batch) judge(ctx context.Context, orders []mall.Telling) (*judged, error) {
	j := &judged{orders: slices.Clone(orders), told: make([]Told, len(orders))}
	numbers := make([]string, len(orders))
	for i := range j.orders {
		numbers[i] = strings.TrimSpace(orders[i].OrderNo)
		j.orders[i].OrderNo = numbers[i]
	}
	var err error
	if j.there, err = b.standing(ctx, numbers); err != nil {
		return nil, err
	}
	if j.known, err = b.survivors(ctx, orders); err != nil {
		return nil, err
	}
	for i, t := range j.orders {
		j.told[i] = Told{OrderNo: t.OrderNo, Outcome: Refused, Faults: faultsOf(t, j.there[t.OrderNo] == nil, b.now)}
		if t.CustomerID != 0 && j.known[t.CustomerID] == 0 {
			j.refuse(i, fault.New(fault.NotFound, "there is no such customer").WithCode("CUSTOMER_UNKNOWN").At("buyer.customerId"))
		}
	}
	return j, nil
}

// takeTold takes in the orders with which nothing is wrong.
func (b *batch) takeTold(ctx context.Context, j *judged) ([]Told, error) {
	all := make([]*staged, len(j.orders))
	for i, t := range j.orders {
		if j.refused(i) || j.told[i].Outcome != Refused {
			continue
		}
		now := onto(j.there[t.OrderNo], t, b.shop)
		now.named = j.known[t.CustomerID]
		var err error
		if all[i], err = now.stagedAs(b, int64(i+1)); err != nil {
			return nil, err
		}
	}
	return j.told, b.tell(ctx, all, j.told)
}

// ReturnLines takes goods of an order back: what is left of it is what it earns
// by, so that points are clawed back as when a file tells fewer lines. An order
// of which nothing is left is cancelled.
// Errors: as of Tell; fault.NotFound ORDER_UNKNOWN; fault.Precondition NOT_A_SALE,
// ORDER_CANCELLED; fault.Invalid LINE_UNKNOWN, LINE_AMBIGUOUS, RETURNED_TOO_MUCH
// with left, OUT_OF_RANGE, REQUIRED.
func (s *Service) ReturnLines(ctx context.Context, tx db.Tx, shopID int64, r Return) (Told, error) {
	b, err := s.telling(ctx, tx, shopID)
	if err != nil {
		return Told{}, err
	}
	r.OrderNo = strings.TrimSpace(r.OrderNo)
	there, err := b.standing(ctx, []string{r.OrderNo})
	if err != nil {
		return Told{}, err
	}
	left, gone, err := r.from(there[r.OrderNo], b.now)
	if err != nil {
		return Told{}, err
	}
	only, err := left.stagedAs(b, 1)
	if err != nil {
		return Told{}, err
	}
	told := []Told{{OrderNo: r.OrderNo}}
	if err := b.tell(ctx, []*staged{only}, told); err != nil {
		return Told{}, err
	}
	gone.CustomerID, gone.RefID, gone.ShopID = told[0].CustomerID, told[0].OrderID, b.shop.ID
	return told[0], event.Append(ctx, tx, gone)
}

// telling is the batch of a program's orders.
func (s *Service) telling(ctx context.Context, tx db.Tx, shopID int64) (*batch, error) {
	b := &batch{s: s, imp: new(db.Import), shop: new(db.Shop), now: s.clock.Now().Truncate(time.Microsecond), tx: tx}
	if err := tx.NewSelect().Model(b.shop).Where("id = ?", shopID).Scan(ctx); err != nil {
		return nil, missing(err, "shopId", "there is no such shop")
	}
	if b.shop.ArchivedAt != nil {
		return nil, fault.New(fault.Precondition, "the shop is archived").WithCode("SHOP_ARCHIVED").At("shopId")
	}
	if err := tellable(b.shop); err != nil {
		return nil, err
	}
	return b, customer.Together(ctx, tx)
}

// tellable says that programs may tell orders of a shop.
func tellable(shop *db.Shop) error {
	if slices.Contains(mall.Own, mall.Mall(shop.Mall)) {
		return nil
	}
	return fault.New(fault.Precondition, "orders of this mall come in its own files or from its service").
		WithCode("MALL_TELLS_ITSELF").At("shopId").With("mall", shop.Mall)
}

// tell applies what is staged, and says what became of each order.
func (b *batch) tell(ctx context.Context, all []*staged, told []Told) error {
	var rows []toldLine
	for _, o := range all {
		if o != nil {
			b.orders = append(b.orders, o)
			rows = append(rows, o.rows...)
		}
	}
	if len(b.orders) == 0 {
		return nil
	}
	content, err := json.Marshal(rows)
	if err != nil {
		return err
	}
	b.toldLines = string(content)
	for _, step := range []func(context.Context) error{
		b.compare, b.assign, b.insertKeys, b.insertOrders, b.insertLines, b.change, b.noteDoubts, b.follow,
	} {
		if err := step(ctx); err != nil {
			return err
		}
	}
	for i, o := range all {
		if o == nil {
			continue
		}
		t := &told[i]
		t.CustomerID, t.OrderID, t.Stranger, t.Outcome = o.customerID, o.orderID, o.customerID == b.anonymous, Unchanged
		if slices.Contains(b.fresh, o) {
			t.Outcome = Created
		} else if o.touched {
			t.Outcome = Updated
		}
	}
	return nil
}

// toldOrder is a whole order as it stands in the database, or is to.
type toldOrder struct {
	no    string
	order mall.Order
	lines []mall.Line
	named int64 // the customer, where a program names him by his id; 0: it does not

	importID  *int64 // the import that told of it last; nil: none, or a program
	updatedAt time.Time
}

// standing are the orders of these numbers that are there, by number, locked.
func (b *batch) standing(ctx context.Context, numbers []string) (map[string]*toldOrder, error) {
	slices.Sort(numbers)
	var keys []db.OrderKey
	err := b.tx.NewRaw(`SELECT shop_id, order_no, customer_id, order_id FROM order_keys
		WHERE shop_id = ? AND order_no = ANY (?::text[]) ORDER BY order_no FOR UPDATE`, b.shop.ID, pgdialect.Array(numbers)).Scan(ctx, &keys)
	if err != nil || len(keys) == 0 {
		return nil, db.Fault(err)
	}
	refs := make([]order.Ref, len(keys))
	for i, k := range keys {
		refs[i] = order.Ref{CustomerID: k.CustomerID, ID: k.OrderID}
	}
	rows, err := order.ByRefs(ctx, b.tx, refs)
	if err != nil {
		return nil, err
	}
	lines, err := order.LinesOf(ctx, b.tx, refs)
	if err != nil {
		return nil, err
	}
	there := make(map[string]*toldOrder, len(keys))
	for i, k := range keys {
		if there[k.OrderNo], err = standing(rows[refs[i]], lines[refs[i]]); err != nil {
			return nil, err
		}
	}
	return there, nil
}

// standing is an order of the database as a file would tell it.
func standing(row db.Order, rows []db.OrderLine) (*toldOrder, error) {
	t := &toldOrder{no: row.OrderNo, importID: row.ImportID, updatedAt: row.UpdatedAt, order: mall.Order{
		Kind: mall.OrderKind(row.Kind), Status: mall.OrderStatus(row.Status), OrderedAt: row.OrderedAt, ShippedAt: orZero(row.ShippedAt),
		CancelledAt: orZero(row.CancelledAt), Currency: row.Currency, Shipping: row.ShippingAmount, Fee: row.FeeAmount, Tax: row.TaxAmount,
		ShopCoupon: row.ShopCoupon, MallCoupon: row.MallCoupon, PointsUsed: row.PointsUsed, CouponCodes: row.CouponCodes, Gift: row.Gift,
	}}
	if err := json.Unmarshal(row.TaxBreakdown, &t.order.TaxBreakdown); err != nil {
		return nil, err
	}
	if len(t.order.TaxBreakdown) == 0 {
		t.order.TaxBreakdown = nil // as of an order that is told for the first time
	}
	var goods int64
	for _, l := range rows {
		rate := -1
		if l.TaxRate != nil {
			rate = *l.TaxRate
		}
		t.lines = append(t.lines, mall.Line{
			Key: l.LineKey, SKU: l.SKU, Name: l.Name, Option: l.Option, UnitPrice: l.UnitPrice, Quantity: l.Quantity, Amount: l.Amount, TaxRate: rate,
		})
		goods += l.Amount
	}
	if row.GoodsAmount != goods {
		t.order.Goods = &row.GoodsAmount
	}
	if row.TotalAmount != row.GoodsAmount+row.ShippingAmount+row.FeeAmount {
		t.order.Total = &row.TotalAmount
	}
	return t, nil
}

func orZero(at *time.Time) time.Time {
	if at == nil {
		return time.Time{}
	}
	return *at
}

// survivors are the customers that orders name by their ids.
func (b *batch) survivors(ctx context.Context, orders []mall.Telling) (map[int64]int64, error) {
	var ids []int64
	for _, t := range orders {
		if t.CustomerID != 0 {
			ids = append(ids, t.CustomerID)
		}
	}
	known := map[int64]int64{}
	if len(ids) == 0 {
		return known, nil
	}
	var rows []struct{ ID, Survivor int64 }
	err := b.tx.NewRaw("SELECT id, survivor_of(id) AS survivor FROM customers WHERE id = ANY (?::bigint[]) AND NOT anonymous", pgdialect.Array(ids)).Scan(ctx, &rows)
	for _, r := range rows {
		known[r.ID] = r.Survivor
	}
	return known, db.Fault(err)
}

// onto is an order as it stands once a program has told of it.
func onto(before *toldOrder, t mall.Telling, shop *db.Shop) *toldOrder {
	now := toldOrder{no: t.OrderNo, order: mall.Order{Kind: mall.Sale, Status: mall.Placed, Currency: shop.Currency, CouponCodes: []string{}}}
	if before != nil {
		now = *before
	}
	o := &now.order
	put(&o.Status, t.Status)
	put(&o.OrderedAt, t.OrderedAt)
	put(&o.ShippedAt, t.ShippedAt)
	put(&o.CancelledAt, t.Cancelled)
	put(&o.Currency, t.Currency)
	put(&o.Shipping, t.Shipping)
	put(&o.Fee, t.Fee)
	put(&o.ShopCoupon, t.ShopCoupon)
	put(&o.MallCoupon, t.MallCoupon)
	put(&o.PointsUsed, t.PointsUsed)
	put(&o.Gift, t.Gift)
	if o.Status != mall.Cancelled {
		o.CancelledAt = time.Time{}
	}
	if t.Tax != nil && *t.Tax != o.Tax {
		o.Tax, o.TaxBreakdown = *t.Tax, nil
	}
	if t.Codes != nil {
		o.CouponCodes = t.Codes
	}
	if t.Lines != nil {
		now.lines, o.Goods = t.Lines, nil
	}
	if t.Lines != nil || t.Shipping != nil || t.Fee != nil {
		o.Total = nil
	}
	if t.Total != nil {
		o.Total = t.Total
	}
	o.Buyer = t.Buyer
	return &now
}

func put[T any](to, from *T) {
	if from != nil {
		*to = *from
	}
}

// from is what is left of an order, and what is told of what came back.
func (r Return) from(before *toldOrder, now time.Time) (left *toldOrder, gone event.Event, err error) {
	if before == nil {
		return nil, gone, fault.New(fault.NotFound, "the shop has no such order").WithCode("ORDER_UNKNOWN").At("orderNo")
	}
	if ordered := before.order.OrderedAt; r.At.IsZero() && ordered.After(now) { // by the clock of the shop
		r.At = ordered
	} else if r.At.IsZero() {
		r.At = now
	}
	switch {
	case before.order.Kind != mall.Sale:
		return nil, gone, fault.New(fault.Precondition, "only goods of a sale come back").WithCode("NOT_A_SALE").At("orderNo")
	case before.order.Status == mall.Cancelled:
		return nil, gone, fault.New(fault.Precondition, "the order is cancelled").WithCode("ORDER_CANCELLED").At("orderNo")
	case len(r.Lines) == 0:
		return nil, gone, fault.Required("lines")
	case r.At.After(now.Add(clocksDiffer)), r.At.Before(before.order.OrderedAt):
		return nil, gone, fault.New(fault.Invalid, "goods come back after they were ordered, and not in the future").WithCode("OUT_OF_RANGE").At("returnedAt")
	}
	after := *before
	after.lines = slices.Clone(before.lines)
	var quantity, amount, goods int64
	for i, l := range r.Lines {
		at, err := after.lineOf(l, "lines."+strconv.Itoa(i))
		if err != nil {
			return nil, gone, err
		}
		line := &after.lines[at]
		back := line.Amount * l.Quantity / line.Quantity
		line.Quantity, line.Amount = line.Quantity-l.Quantity, line.Amount-back
		quantity, amount = quantity+l.Quantity, amount+back
	}
	for _, l := range before.lines {
		goods += l.Amount
	}
	after.lines = slices.DeleteFunc(after.lines, func(l mall.Line) bool { return l.Quantity == 0 })
	if len(after.lines) == 0 {
		after.lines, after.order.Status, after.order.CancelledAt = before.lines, mall.Cancelled, r.At
	} else {
		less(&after.order, amount, goods)
	}
	return &after, event.Event{Kind: event.OrderReturned, OccurredAt: r.At, Data: map[string]any{
		"orderNo": before.no, "goods": -amount, "currency": before.order.Currency, "quantity": -quantity,
	}}, nil
}
