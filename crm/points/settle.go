package points

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/db"
)

// order is what the ledger needs to know of an order that came in, changed or
// was cancelled.
type order struct {
	CustomerID  int64
	ID          int64
	ShopID      int64
	OrderNo     string
	Kind        string
	Status      string
	OrderedAt   time.Time
	ShippedAt   *time.Time
	Currency    string
	Goods       int64
	Shipping    int64
	Fees        int64
	ShopCoupon  int64
	PointsUsed  int64
	MemberSince *time.Time
	Stage       string // he had when he placed it, and its multiplier
	StageID     int64  // 0: none
	Multiplier  int64
	Mall        string
	BirthMonth  int  // 0: not known
	Moved       bool // the order is another customer's now; this is for the one who had it
	Kin         bool // the customer has ever been part of a merge

	spent []posting // what was spent on it and not given back yet, by lot
	taken int64     // of a return: what it has clawed back already
	back  []Back    // of a sale: what of its goods the books know to have come back

	lines    []Line    // of a sale that stands
	segments []segment // that a rule asks for, and he is in
	form     int64     // of a joining
	promised time.Time // of something done: when it was told what it brings; zero: then
}

func (o order) amounts() Amounts {
	return Amounts{Goods: o.Goods, Shipping: o.Shipping, Fees: o.Fees, ShopCoupon: o.ShopCoupon, PointsUsed: o.PointsUsed}
}

func (o order) purchase() Purchase { return Purchase{Amounts: o.amounts(), Lines: o.lines} }

func (o order) cancelled() bool { return o.Status == "CANCELLED" }

// handedOver is when the return window opens: at the shipment, or with the sale
// where a completed one names no shipment. Nil: not yet.
func (o order) handedOver() *time.Time {
	if o.ShippedAt == nil && o.Status == "COMPLETED" {
		return &o.OrderedAt
	}
	return o.ShippedAt
}

func (o order) cause(reason, key string, args ...any) Cause {
	return Cause{Reason: reason, ShopID: &o.ShopID, OrderID: &o.ID, key: fmt.Sprintf("order:%d:", o.ID) + fmt.Sprintf(key, args...)}
}

// SettleOrders brings the ledger in line with orders as they are now, in the
// transaction that wrote them. What was spent on an order is given back into the
// lots it came from, whoever of those merged with the customer has them now. It works from the state, not from what changed:
// an order has earned what its money is worth by the rule that its first lot
// keeps, and by those versions of the programme's rules that it fell under then;
// what is missing is granted, what is too much is clawed back, and a
// cancelled order also gives back what was spent on it. Goods that came back take
// back what they earned, line by line (Rule.Keep), and the booking says which; what
// of it has expired meanwhile is gone, and not taken a second time;
// what is free of a cap then is for orders that first earn later. Calling it again does
// nothing. Only members earn, on orders placed since they joined (a setting) and
// since the books of a former system were closed, by the multiplier of the stage
// that the history has for that instant. A stage that a former system told of
// stands there since it began; one that purchases gave stands there since it was
// reckoned, so that orders taken in together do not earn by what they lead to.
// Of a time before the history it is the lowest.
//
// The number of statements does not depend on the number of orders. The point
// accounts of all customers concerned are locked until the transaction ends.
func (s *Service) SettleOrders(ctx context.Context, tx db.Tx, orderIDs []int64) error {
	if len(orderIDs) == 0 {
		return nil
	}
	return db.Fault(tx.Pgx(func(q pgx.Tx) error {
		orders, books, err := s.lockFor(ctx, q, orderIDs)
		if err != nil || len(orders) == 0 {
			return err
		}
		p, err := s.programmeFor(ctx, q, orders, books, ofOrders, toGive)
		if err != nil {
			return err
		}
		now := s.clock.Now()
		for _, o := range orders {
			b := books[o.CustomerID]
			b.zone = s.zone
			at := maxTime(now, b.account.UpdatedAt)
			b.advance(at)
			if err := b.settle(at, o, p); err != nil {
				return err
			}
			giveBackSpent(books, now, o, p.Settings, s.zone)
		}
		if err := p.used.save(ctx, q); err != nil {
			return err
		}
		return save(ctx, q, slices.Collect(maps.Values(books)))
	}))
}

// loadOrders reads the orders of members and of others who have points, by
// customer and time. An order that has moved to another customer is there once
// more for the one it was taken from, as a cancelled one.
func loadOrders(ctx context.Context, q querier, ids []int64) ([]*order, error) {
	rows, err := q.Query(ctx, `
		SELECT o.whose AS customer_id, o.moved, coalesce(a.kin, false) AS kin, o.id, o.shop_id, o.order_no, o.kind, CASE WHEN o.moved THEN 'CANCELLED' ELSE o.status END AS status,
			o.ordered_at, o.shipped_at, o.currency,
			o.goods_amount AS goods, o.shipping_amount AS shipping, o.fee_amount AS fees, o.shop_coupon, o.points_used,
			c.member_since, coalesce(s.code, '') AS stage, coalesce(s.point_multiplier, 10000)::bigint AS multiplier,
			coalesce(s.id, 0) AS stage_id, sh.mall, coalesce(extract(month FROM c.birth_date), 0)::int AS birth_month
		FROM (
			SELECT customer_id AS whose, false AS moved, * FROM orders WHERE id = ANY($1::bigint[])
			UNION ALL
			SELECT l.customer_id, true, o.* FROM (SELECT DISTINCT customer_id, order_id FROM point_lots WHERE order_id = ANY($1::bigint[])) l
			JOIN orders o ON o.id = l.order_id AND o.customer_id <> l.customer_id
		) o
		JOIN customers c ON c.id = o.whose AND NOT c.anonymous
		JOIN shops sh ON sh.id = o.shop_id
		LEFT JOIN point_accounts a ON a.customer_id = c.id
		LEFT JOIN LATERAL (SELECT h.to_stage FROM stage_changes h WHERE h.customer_id = c.id AND h.at <= o.ordered_at
			ORDER BY h.at DESC, h.id DESC LIMIT 1) h ON true
		LEFT JOIN stages s ON s.id = coalesce(h.to_stage, (SELECT id FROM stages WHERE archived_at IS NULL ORDER BY position LIMIT 1))
		WHERE c.member_since IS NOT NULL OR a.customer_id IS NOT NULL
		ORDER BY o.whose, o.ordered_at, o.id`, ids)
	if err != nil {
		return nil, db.Fault(err)
	}
	orders, err := pgx.CollectRows(rows, pgx.RowToAddrOfStructByNameLax[order])
	return orders, db.Fault(err)
}

// lockFor loads orders, and locks and loads the books of their customers and of
// all who were ever merged with those, with all that the orders ever earned, took
// back or spent. Where a merge may have been committed while we waited for an
// account, the orders are read again.
func (s *Service) lockFor(ctx context.Context, q querier, ids []int64) (orders []*order, books map[int64]*book, err error) {
	for {
		if orders, err = loadOrders(ctx, q, ids); err != nil || len(orders) == 0 {
			return nil, nil, err
		}
		customers, err := concerned(ctx, q, orders)
		if err != nil {
			return nil, nil, err
		}
		missing := slices.ContainsFunc(customers, func(c int64) bool { return books[c] == nil })
		if !missing {
			break
		}
		if books, err = lock(ctx, q, customers, s.clock.Now(), wanted{orders: ids}); err != nil {
			return nil, nil, err
		}
		if !slices.ContainsFunc(customers, func(c int64) bool { return books[c].account.Kin }) {
			break
		}
	}
	if err := loadSpent(ctx, q, books, orders); err != nil {
		return nil, nil, err
	}
	if err := loadBack(ctx, q, books, orders); err != nil {
		return nil, nil, err
	}
	return orders, books, loadTaken(ctx, q, books, orders)
}

// concerned is the customers of orders with all their kin, sorted.
func concerned(ctx context.Context, q querier, orders []*order) ([]int64, error) {
	var customers []int64
	kin := false
	for _, o := range orders {
		customers, kin = append(customers, o.CustomerID), kin || o.Kin
	}
	if kin {
		return kinOf(ctx, q, customers)
	}
	return slices.Compact(customers), nil // they come sorted
}

// loadTaken finds what returns have clawed back already, from whomever of the kin.
func loadTaken(ctx context.Context, q querier, books map[int64]*book, orders []*order) error {
	byID := map[int64]*order{}
	for _, o := range orders {
		if o.Kind == "RETURN" && !o.Moved {
			byID[o.ID] = o
		}
	}
	if len(byID) == 0 {
		return nil
	}
	rows, err := q.Query(ctx, `SELECT order_id, sum(amount)::bigint FROM point_bookings
		WHERE customer_id = ANY($1::bigint[]) AND order_id = ANY($2::bigint[]) AND kind = 'CLAWBACK' GROUP BY order_id`,
		slices.Sorted(maps.Keys(books)), slices.Sorted(maps.Keys(byID)))
	if err != nil {
		return db.Fault(err)
	}
	var id, amount int64
	_, err = pgx.ForEachRow(rows, []any{&id, &amount}, func() error {
		byID[id].taken = amount
		return nil
	})
	return db.Fault(err)
}

// settle brings the book in line with what one order earned.
func (b *book) settle(at time.Time, o *order, p *programme) error {
	switch o.Kind {
	case "SALE":
		return b.settleSale(at, o, p)
	case "RETURN":
		b.settleReturn(at, o, p.Settings)
	}
	return nil
}

func (b *book) settleSale(at time.Time, o *order, p *programme) error {
	lots := b.lotsOf(o.ID)
	rule, earns, err := ruleOf(o, lots, p.Settings)
	if err != nil {
		return err
	}
	if opened := b.account.OpenedAt; len(lots) == 0 && opened != nil && o.OrderedAt.Before(*opened) {
		earns = false
	}
	var granted, taken int64
	for _, l := range lots {
		granted, taken = granted+l.Amount, taken+l.ClawedBack
	}
	var worth Breakdown
	if earns && !o.cancelled() {
		if worth, err = p.work(o, len(lots) == 0, &rule); err != nil {
			return err
		}
	}
	usable := p.ReleasedAt(o.OrderedAt, o.handedOver(), p.zone)
	stands := len(lots) > 0
	switch missing := worth.Total - (granted - taken); {
	case missing > 0:
		t := Terms{EarnedAt: o.OrderedAt, UsableAt: usable}.expiring(p.Settings, rule.Stage, p.zone)
		c := o.cause("ORDER", "grant:%d:%d", granted, at.UnixMicro()).telling(o.cameBack(p, rule, lots))
		stands = b.earn(at, missing, rule, t, c) || stands
	case missing < 0:
		reason := "RETURN"
		switch {
		case o.cancelled():
			reason = "CANCELLATION"
		case !earns:
			if reason = "IMPORT_UNDONE"; o.Kin {
				reason = "MERGE_UNDONE"
			}
		}
		var back []Back
		if earns {
			back = o.cameBack(p, rule, lots)
		}
		b.takeBack(at, o, lots, -missing, p.Shortfall, reason, back)
	}
	if stands {
		p.used.note(o, rule.Under, worth.Parts, p.zone)
	}
	b.reschedule(at, lots, usable)
	return nil
}

// ruleOf is the rule of the order's first lot, or the one in force where the
// order has earned nothing yet. An order that earned because its customer was
// merged with a member, or was made one by a file, earns nothing once that is undone.
func ruleOf(o *order, lots []*lot, set Settings) (r Rule, earns bool, err error) {
	early := o.MemberSince == nil || o.OrderedAt.Before(*o.MemberSince)
	if len(lots) > 0 {
		if r, err = lots[0].rule(); err != nil {
			return r, false, err
		}
		newest, err := lots[len(lots)-1].rule()
		if err != nil {
			return r, false, err
		}
		r.Sold = newest.Sold
		return r, !early || o.MemberSince != nil && (r.BeforeJoining || set.EarnBeforeJoining), nil
	}
	if early && (o.MemberSince == nil || !set.EarnBeforeJoining) {
		return r, false, nil
	}
	r, earns = set.RuleFor(o.Currency, o.Stage, o.Multiplier)
	r.BeforeJoining = early
	return r, earns, nil
}

func (l *lot) rule() (r Rule, err error) {
	if err := json.Unmarshal(l.Rule, &r); err != nil {
		return r, fault.Wrap(fault.Internal, err, "the rule of lot %d cannot be read", l.ID)
	}
	return r, nil
}

// earn grants what an order is worth beyond what it was. An order so old that its
// points would be gone already earns none.
func (b *book) earn(at time.Time, amount int64, rule Rule, t Terms, c Cause) (earned bool) {
	if t.ExpiresAt != nil && !t.ExpiresAt.After(at) {
		return false
	}
	t.Rule, _ = json.Marshal(rule) // figures and words always marshal
	b.grant(at, amount, t, c)
	return true
}

// takeBack claws amount back from the lots of an order, the newest first: of each
// what has expired before what was kept or spent, as if the order had earned so
// much less from the beginning. What came back stands in the booking that takes
// most of it.
func (b *book) takeBack(at time.Time, o *order, lots []*lot, amount int64, s Shortfall, reason string, back []Back) {
	var parts []posting
	var most int64
	for _, l := range slices.Backward(lots) {
		if n := min(amount, l.Amount-l.ClawedBack); n > 0 {
			parts = append(parts, posting{lot: l, amount: n})
			amount, most = amount-n, max(most, n)
		}
	}
	for _, p := range parts {
		c := o.cause(reason, "clawback:%d:%d", p.lot.ID, p.lot.ClawedBack)
		if p.amount == most {
			c, back = c.telling(back), nil
		}
		b.clawback(at, p.lot, p.amount, min(p.lot.expired, p.amount), s, c)
	}
}

// reschedule lets the pending lots of an order mature when its return window
// closes; shipment may become known, or be corrected, after the grant.
func (b *book) reschedule(at time.Time, lots []*lot, usable *time.Time) {
	for _, l := range lots {
		if l.Status != lotPending {
			continue
		}
		l.UsableAt = usable
		if usable != nil && !usable.After(at) {
			b.mature(at, l)
			b.expirePast(at)
		}
	}
}

// settleReturn takes back what a return is worth that names no order, from what
// earlier orders of the customer earned, the latest first. It takes only what
// is left of them: no debt comes from a return whose sale is not known.
func (b *book) settleReturn(at time.Time, o *order, set Settings) {
	rule, earns := set.RuleFor(o.Currency, o.Stage, o.Multiplier)
	if !earns || o.cancelled() || o.MemberSince == nil {
		return
	}
	back := o.amounts()
	back = Amounts{Goods: -back.Goods, Shipping: -back.Shipping, Fees: -back.Fees, ShopCoupon: -back.ShopCoupon, PointsUsed: -back.PointsUsed}
	rest := rule.Earn(back) - o.taken
	lots := slices.Clone(b.lots)
	slices.SortStableFunc(lots, func(x, y *lot) int { return y.EarnedAt.Compare(x.EarnedAt) })
	for _, l := range lots {
		n := min(rest, l.free(), l.Amount-l.ClawedBack)
		if n > 0 && l.OrderID != nil && !l.EarnedAt.After(o.OrderedAt) {
			b.clawback(at, l, n, 0, ShortfallForgive, o.cause("RETURN", "return:%d", o.taken))
			rest, o.taken = rest-n, o.taken+n
		}
	}
}

// lotsOf are the lots an order earned, in the order in which they were granted.
func (b *book) lotsOf(orderID int64) []*lot {
	var lots []*lot
	for _, l := range b.lots {
		if l.OrderID != nil && *l.OrderID == orderID {
			lots = append(lots, l)
		}
	}
	slices.SortStableFunc(lots, func(x, y *lot) int { return int(min(max(x.rank()-y.rank(), -1), 1)) })
	return lots
}
