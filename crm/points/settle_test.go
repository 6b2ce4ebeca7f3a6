package points

import (
	"context"
	"fmt"
	"reflect"
	"testing"
	"time"

	"github.com/meguri-crm/meguri/db"
)

func (l *ledger) cancel(order int64) {
	l.t.Helper()
	l.exec(`UPDATE orders SET status = 'CANCELLED', cancelled_at = $2, net_sales = 0 WHERE id = $1`, order, l.clock.Now())
	l.settle(order)
}

func (l *ledger) set(change func(*Settings)) {
	l.t.Helper()
	set := DefaultSettings()
	change(&set)
	must(l.t, l.UpdateSettings(context.Background(), l.db, set))
}

func TestOrderEarnsPendingThenUsable(t *testing.T) {
	l := newLedger(t)
	c := l.member()
	o := l.order("A-1", placed{customer: c, goods: 10_050, coupon: 50})
	l.settle(o)
	l.settle(o)
	l.want(c, 0, 100, 0, 0)
	l.clock.Advance(60 * 24 * time.Hour)
	l.want(c, 0, 100, 0, 0) // not shipped: the return window has not opened

	shipped := l.clock.Now()
	l.exec(`UPDATE orders SET status = 'SHIPPED', shipped_at = $2 WHERE id = $1`, o, shipped)
	l.settle(o)
	usable := DefaultSettings().UsableAt(shipped, tokyo)
	l.clock.T = usable.Add(-time.Second)
	l.want(c, 0, 100, 0, 0)
	if _, err := l.redeem(c, 1, "early"); codeOf(err) != "INSUFFICIENT_POINTS" {
		t.Errorf("spending pending points: %v", err)
	}
	l.clock.T = usable
	if _, err := l.redeem(c, 30, "r"); err != nil { // before the job has run
		t.Errorf("spending points that have become usable: %v", err)
	}
	l.want(c, 70, 0, 0, 0)
	l.settle(o)
	l.want(c, 70, 0, 0, 0)
}

func TestWhoAndWhatEarns(t *testing.T) {
	l := newLedger(t)
	joined := l.id(`INSERT INTO customers (member_since, member_via) VALUES ($1, 'APP') RETURNING id`, l.clock.Now())
	guest := l.id(`INSERT INTO customers DEFAULT VALUES RETURNING id`)
	yesterday := l.clock.Now().Add(-24 * time.Hour)
	before := l.order("before", placed{customer: joined, goods: 5000, at: yesterday})
	l.settle(
		before,
		l.order("dollars", placed{customer: joined, goods: 5000, currency: "USD"}),
		l.order("guest", placed{customer: guest, goods: 5000}),
		l.order("adjustment", placed{customer: joined, goods: 5000, kind: "ADJUSTMENT"}),
		l.order("plain", placed{customer: joined, goods: 5000}),
	)
	l.want(joined, 0, 50, 0, 0)
	l.want(guest, 0, 0, 0, 0)
	l.set(func(s *Settings) {
		s.EarnBeforeJoining = true
		s.Rates["USD"] = Rate{PerAmount: 100, Points: 2}
	})
	l.settle(before, l.order("dollars again", placed{customer: joined, goods: 5000, currency: "USD"}))
	l.want(joined, 0, 50+50+100, 0, 0)
	old := l.order("long ago", placed{customer: joined, goods: 5000, at: l.clock.Now().AddDate(-1, 0, -2)})
	l.settle(old)
	l.want(joined, 0, 200, 0, 0) // its points would have expired yesterday
}

func TestALotKeepsItsRule(t *testing.T) {
	l := newLedger(t)
	c := l.member()
	l.reached(c, "GOLD", l.clock.Now().AddDate(0, -1, 0))
	o := l.order("A-1", placed{customer: c, goods: 1000})
	l.settle(o)
	l.want(c, 0, 15, 0, 0)
	l.reached(c, "REGULAR", l.clock.Now())
	l.set(func(s *Settings) { s.Rates["JPY"] = Rate{PerAmount: 100, Points: 5} })
	l.exec(`UPDATE orders SET goods_amount = 600 WHERE id = $1`, o)
	l.settle(o)
	l.want(c, 0, 9, 0, 0)
	l.exec(`UPDATE orders SET goods_amount = 1200 WHERE id = $1`, o)
	l.settle(o)
	l.want(c, 0, 18, 0, 0)
	l.settle(l.order("A-2", placed{customer: c, goods: 1000}))
	l.want(c, 0, 18+50, 0, 0)
}

func TestCancellationTakesBackWhatWasEarned(t *testing.T) {
	l := newLedger(t)
	c := l.member()
	shipped := l.clock.Now().AddDate(0, 0, -20)
	pending := l.order("pending", placed{customer: c, goods: 10_000})
	usable := l.order("usable", placed{customer: c, goods: 20_000, at: shipped, shipped: &shipped, status: "SHIPPED"})
	l.settle(pending, usable)
	l.want(c, 200, 100, 0, 0)
	l.cancel(pending)
	l.want(c, 200, 0, 0, 0)
	_, err := l.redeem(c, 150, "r")
	must(t, err)
	l.cancel(usable) // 150 of it are spent
	l.want(c, 0, 0, 0, 150)
	l.cancel(usable)
	l.want(c, 0, 0, 0, 150)
	_, err = l.grant(c, 100, "g1", nil)
	must(t, err)
	l.want(c, 0, 0, 0, 50) // the next points pay the debt off
	_, err = l.grant(c, 100, "g2", nil)
	must(t, err)
	l.want(c, 50, 0, 0, 0)
	if _, err := l.redeem(c, 51, "r2"); codeOf(err) != "INSUFFICIENT_POINTS" {
		t.Errorf("spending what paid a debt: %v", err)
	}
}

func TestAnOrderThatMovesTakesItsPointsAlong(t *testing.T) {
	l := newLedger(t)
	from, to := l.member(), l.member()
	o := l.order("A-1", placed{customer: from, goods: 10_000})
	l.settle(o)
	l.exec(`UPDATE orders SET customer_id = $2 WHERE id = $1`, o, to)
	l.settle(o)
	l.settle(o)
	l.want(from, 0, 0, 0, 0)
	l.want(to, 0, 100, 0, 0)
}

func TestShortfallForgiven(t *testing.T) {
	l := newLedger(t)
	c := l.member()
	l.set(func(s *Settings) { s.Shortfall = ShortfallForgive })
	shipped := l.clock.Now().AddDate(0, 0, -20)
	o := l.order("A-1", placed{customer: c, goods: 20_000, at: shipped, shipped: &shipped, status: "SHIPPED"})
	l.settle(o)
	_, err := l.redeem(c, 200, "r")
	must(t, err)
	_, err = l.grant(c, 30, "g", nil)
	must(t, err)
	l.cancel(o)
	l.want(c, 0, 0, 0, 0)
	if loss := l.id(`SELECT -sum(amount)::bigint FROM point_entries WHERE account = 'ADJUSTED'`); loss != 170 {
		t.Errorf("the books show a loss of %d, want 170", loss)
	}
	l.settle(o)
	l.want(c, 0, 0, 0, 0)
}

func TestCancellationGivesBackWhatWasSpent(t *testing.T) {
	l := newLedger(t)
	ctx := context.Background()
	c := l.member()
	soon, late := l.clock.Now().Add(time.Hour), l.clock.Now().AddDate(0, 6, 0)
	_, err := l.grant(c, 50, "soon", &soon)
	must(t, err)
	_, err = l.grant(c, 100, "late", &late)
	must(t, err)
	no := "A-1"
	cause := Cause{Reason: "API", ShopID: &l.shop, OrderNo: &no}
	_, h, err := l.Hold(ctx, nil, HoldRequest{CustomerID: c, Amount: 60, For: time.Hour, Key: "h", Cause: cause})
	must(t, err)
	_, _, err = l.Capture(ctx, nil, CloseRequest{CustomerID: c, HoldID: h.ID, Key: "c"})
	must(t, err)
	_, err = l.Redeem(ctx, nil, SpendRequest{CustomerID: c, Amount: 15, Key: "r", Cause: cause})
	must(t, err)
	l.want(c, 75, 0, 0, 0)
	o := l.order(no, placed{customer: c, goods: 1000}) // comes in after the checkout
	l.settle(o)
	l.clock.Advance(48 * time.Hour)
	l.cancel(o)
	l.want(c, 150, 0, 0, 0)
	a, err := l.Balance(ctx, c)
	must(t, err)
	grace := endOfDay(l.clock.Now(), 0, DefaultSettings().RestoreGraceDays, tokyo)
	if a.ExpiringNextAmount != 50 || !a.ExpiringNextOn.Equal(grace) {
		t.Errorf("expires next: %d at %v; want the 50 whose day had gone by at %v", a.ExpiringNextAmount, a.ExpiringNextOn, grace)
	}
	l.settle(o)
	l.want(c, 150, 0, 0, 0)
	l.clock.T = grace
	l.want(c, 100, 0, 0, 0)
}

func TestReturnThatNamesNoOrder(t *testing.T) {
	l := newLedger(t)
	c := l.member()
	l.settle(l.order("A-1", placed{customer: c, goods: 5000}), l.order("A-2", placed{customer: c, goods: 3000}))
	l.clock.Advance(time.Hour)
	r := l.order("R-1", placed{customer: c, goods: -4000, kind: "RETURN"})
	l.settle(r)
	l.settle(r)
	l.want(c, 0, 40, 0, 0)
	l.settle(l.order("R-2", placed{customer: c, goods: -90_000, kind: "RETURN"}))
	l.want(c, 0, 0, 0, 0) // never more than the orders earned
}

func TestSettlingManyOrdersAtOnce(t *testing.T) {
	l := newLedger(t)
	var orders []int64
	var members []int64
	for i := range 300 {
		if i%3 == 0 {
			members = append(members, l.member())
		}
		orders = append(orders, l.order(fmt.Sprintf("N-%d", i), placed{customer: members[len(members)-1], goods: int64(100 * (i + 1))}))
	}
	count := func(orders []int64) (n int64) {
		err := db.RunInTx(context.Background(), l.db, func(ctx context.Context, tx db.Tx) error {
			if err := l.SettleOrders(ctx, tx, orders); err != nil {
				return err
			}
			return tx.NewRaw(`SELECT count(*) FROM point_bookings WHERE xmin::text::bigint = pg_current_xact_id()::text::bigint`).Scan(ctx, &n)
		})
		must(t, err)
		return n
	}
	if n := count(orders); n != 300 {
		t.Errorf("%d bookings in the transaction, want 300", n)
	}
	if n := count(orders); n != 0 {
		t.Errorf("%d bookings on the second call, want none", n)
	}
	for i, m := range members {
		first := int64(3*i + 1)
		l.wantPending(m, first+first+1+first+2)
	}
	l.inOrder()
}

func (l *ledger) wantPending(customer, pending int64) {
	l.t.Helper()
	a, err := l.Balance(context.Background(), customer)
	must(l.t, err)
	if a.Pending != pending {
		l.t.Errorf("pending %d, want %d", a.Pending, pending)
	}
}

func TestVerifyFindsWhatIsWrong(t *testing.T) {
	l := newLedger(t)
	c := l.member()
	_, err := l.grant(c, 100, "g", nil)
	must(t, err)
	_, err = l.redeem(c, 10, "r")
	must(t, err)
	l.inOrder()
	spoil := map[string]string{
		"available":       `UPDATE point_accounts SET available = available + 1`,
		"pending":         `UPDATE point_accounts SET pending = 1`,
		"holds":           `UPDATE point_accounts SET held = 1`,
		"lot":             `UPDATE point_lots SET remaining = remaining - 1`,
		"lot held":        `UPDATE point_lots SET held = 1`,
		"running balance": `ALTER TABLE point_bookings DISABLE TRIGGER USER; UPDATE point_bookings SET available_after = 7 WHERE kind = 'GRANT'`,
	}
	for what, sql := range spoil {
		d := newLedger(t)
		m := d.member()
		_, err := d.grant(m, 100, "g", nil)
		must(t, err)
		if _, err := d.db.ExecContext(context.Background(), sql); err != nil {
			t.Fatal(err)
		}
		found, err := d.Verify(context.Background())
		must(t, err)
		seen := false
		for _, f := range found {
			seen = seen || f.What == what && f.CustomerID == m
		}
		if !seen {
			t.Errorf("%s: the check reports %v", what, found)
		}
	}
	for _, sql := range []string{
		`UPDATE point_entries SET amount = 1`, `DELETE FROM point_entries`, `UPDATE point_bookings SET note = 'x'`, `DELETE FROM point_bookings`,
		`INSERT INTO point_entries (customer_id, booking_id, account, amount) VALUES (1, 1, 'AVAILABLE', 5)`,
	} {
		if _, err := l.db.Pool.Exec(context.Background(), sql); err == nil {
			t.Errorf("the database allows %s", sql)
		}
	}
}

// lines gives an order lines, of so many pieces at 133 yen each.
func (l *ledger) lines(order, customer int64, pieces map[string]int64) {
	l.t.Helper()
	l.exec(`DELETE FROM order_lines WHERE order_id = $1`, order)
	var goods int64
	for sku, n := range pieces {
		if n > 0 {
			l.exec(`INSERT INTO order_lines (customer_id, order_id, line_key, sku, unit_price, quantity, amount) VALUES ($1, $2, $3, $3, 133, $4, 133 * $4::bigint)`, customer, order, sku, n)
		}
		goods += 133 * n
	}
	l.exec(`UPDATE orders SET goods_amount = $2, net_sales = $2 WHERE id = $1`, order, goods)
	l.settle(order)
}

// Goods that come back take back what they earned, and the books say which.
func TestReturnsTakeBackLineByLine(t *testing.T) {
	l := newLedger(t)
	c := l.member()
	l.rule(times(0, 50_000, Conditions{SKUs: []string{"tea"}}))
	o := l.order("A-1", placed{customer: c})
	l.lines(o, c, map[string]int64{"tea": 3, "cup": 5}) // 1064 yen: 10, and 15 more for tea
	l.want(c, 0, 25, 0, 0)
	l.lines(o, c, map[string]int64{"tea": 3, "cup": 3})
	l.want(c, 0, 23, 0, 0) // a cup earned 1.25; the broken one stays
	l.lines(o, c, map[string]int64{"tea": 2})
	l.want(c, 0, 13, 0, 0)
	l.lines(o, c, map[string]int64{"tea": 2, "cup": 1}) // one was sent after all
	l.want(c, 0, 15, 0, 0)
	l.cancel(o)
	l.want(c, 0, 0, 0, 0)

	history, err := l.History(context.Background(), c, 0, 20)
	must(t, err)
	var refs []BookingRef
	for _, b := range history {
		refs = append(refs, BookingRef{b.CustomerID, b.ID})
	}
	told, err := l.LinesOf(context.Background(), refs)
	must(t, err)
	sums := map[string]LineTold{}
	for _, ref := range refs {
		for _, one := range told[ref] {
			s := sums[one.SKU]
			sums[one.SKU] = LineTold{Quantity: s.Quantity + one.Quantity, Points: s.Points + one.Points}
		}
	}
	if len(sums) != 2 || sums["tea"] != (LineTold{}) || sums["cup"] != (LineTold{}) {
		t.Errorf("what bookings tell of lines does not come to nothing: %+v", told)
	}
	var bookings [][]LineTold
	for _, ref := range refs {
		bookings = append(bookings, told[ref])
	}
	want := [][]LineTold{ // the newest first; the cancellation takes from two lots
		{{Key: "cup", SKU: "cup", Quantity: -1, Points: -2}, {Key: "tea", SKU: "tea", Quantity: -2, Points: -13}},
		nil,
		{{Key: "cup", SKU: "cup", Quantity: 1, Points: 2}},
		{{Key: "cup", SKU: "cup", Quantity: -3, Points: -4}, {Key: "tea", SKU: "tea", Quantity: -1, Points: -6}},
		{{Key: "cup", SKU: "cup", Quantity: -2, Points: -2}},
		{{Key: "cup", SKU: "cup", Quantity: 5, Points: 6}, {Key: "tea", SKU: "tea", Quantity: 3, Points: 19}},
	}
	if !reflect.DeepEqual(bookings, want) {
		t.Errorf("the bookings tell\n%+v\nwant\n%+v", bookings, want)
	}
	heir := l.member()
	l.merge(1, c, heir)
	inHisName := BookingRef{heir, refs[0].ID}
	again, err := l.LinesOf(context.Background(), []BookingRef{inHisName})
	if err != nil || !reflect.DeepEqual(again[inHisName], want[0]) {
		t.Errorf("asked for in the name of the survivor: %+v (%v)", again, err)
	}
}

// What a cap per day had cut fills up what comes back; what is free then is for
// orders that come in later.
func TestACapThatHadCutIsFilledUpFirst(t *testing.T) {
	l := newLedger(t)
	c := l.member()
	capped := l.rule(capped(times(0, 30_000, Conditions{}), Caps{Day: 20}))
	first := l.order("A-1", placed{customer: c})
	l.lines(first, c, map[string]int64{"tea": 6, "cup": 6}) // 1596 yen: 15, and 30 more, cut to 20
	second := l.order("A-2", placed{customer: c})
	l.lines(second, c, map[string]int64{"tea": 2}) // 2, and nothing is left
	l.want(c, 0, 35+2, 0, 0)
	l.lines(first, c, map[string]int64{"tea": 6}) // 7, and 15 of the rule stay
	l.want(c, 0, 22+2, 0, 0)
	l.settle(second)
	l.want(c, 0, 22+2, 0, 0) // never more than when it first earned
	if got := l.given(capped.ID); got != 15 {
		t.Errorf("the rule gave %d, want 15", got)
	}
	third := l.order("A-3", placed{customer: c})
	l.lines(third, c, map[string]int64{"tea": 4}) // 5, and 10 cut to the 5 that are free
	l.want(c, 0, 22+2+5+5, 0, 0)
}

// A return that comes after the points were spent is owed or forgiven, line by line.
func TestAReturnAfterThePointsWereSpent(t *testing.T) {
	for _, shortfall := range []Shortfall{ShortfallDebt, ShortfallForgive} {
		l := newLedger(t)
		c := l.member()
		l.set(func(s *Settings) { s.Shortfall, s.Release = shortfall, ReleaseAtOnce })
		o := l.order("A-1", placed{customer: c})
		l.lines(o, c, map[string]int64{"tea": 6, "cup": 6})
		l.want(c, 15, 0, 0, 0)
		_, err := l.redeem(c, 12, "r")
		must(t, err)
		l.lines(o, c, map[string]int64{"tea": 6})
		owed := int64(5) // cups had earned 8
		if shortfall == ShortfallForgive {
			owed = 0
		}
		l.want(c, 0, 0, 0, owed)
		l.lines(o, c, map[string]int64{"tea": 6})
		l.cancel(o)
		if shortfall == ShortfallDebt {
			owed = 12
		}
		l.want(c, 0, 0, 0, owed)
	}
}

// Of an order with a single piece a lot does not keep what it was of.
func TestLinesOfASinglePiece(t *testing.T) {
	told, err := (&Service{}).tellLines(context.Background(), nil, []byte(`{"parts":[{"kind":"BASE","points":16}]}`))
	if err != nil || told != nil {
		t.Errorf("told %v, %v, want nothing", told, err)
	}
}
