package points

import (
	"context"
	"encoding/json"
	"fmt"
	"testing"
	"time"

	"github.com/meguri-crm/meguri/db"
)

// rule makes a rule of the merchant.
func (l *ledger) rule(r EarnRule) EarnRule {
	l.t.Helper()
	r.Name, r.ID, r.Version, r.Currency = "rule", 0, 0, "JPY"
	made, err := Desk{l.Service}.CreateRule(context.Background(), r)
	must(l.t, err)
	return made
}

func (l *ledger) line(order, customer int64, sku string, amount int64) {
	l.t.Helper()
	l.exec(`INSERT INTO order_lines (customer_id, order_id, line_key, sku, unit_price, quantity, amount) VALUES ($1, $2, $3, $3, $4, 1, $4)`, customer, order, sku, amount)
}

// given is what a rule has given, by the rows that caps are counted by.
func (l *ledger) given(rule int64) int64 {
	l.t.Helper()
	by, err := l.GivenBy(context.Background(), []int64{rule})
	must(l.t, err)
	return by[rule].Points
}

func TestAnOrderKeepsTheRulesItEarnedUnder(t *testing.T) {
	l := newLedger(t)
	desk := Desk{l.Service}
	c := l.member()
	twice := l.rule(times(0, 20_000, Conditions{MinAmount: 1000}))
	o := l.order("A-1", placed{customer: c, goods: 2000})
	l.settle(o)
	l.want(c, 0, 40, 0, 0)

	twice.Multiplier = 50_000
	five, err := desk.UpdateRule(context.Background(), twice)
	must(t, err)
	later := l.order("A-2", placed{customer: c, goods: 2000, at: l.clock.Now().Add(-time.Hour)}) // placed before the change, or the rule
	l.settle(o, later)
	l.want(c, 0, 40+20, 0, 0)

	l.exec(`UPDATE orders SET goods_amount = 900 WHERE id = $1`, o) // too little for the rule
	l.settle(o)
	l.want(c, 0, 9+20, 0, 0)
	if got := l.given(twice.ID); got != 0 {
		t.Errorf("the rule gave %d, want nothing: all was taken back", got)
	}
	l.exec(`UPDATE orders SET goods_amount = 3000 WHERE id = $1`, o)
	l.settle(o)
	l.settle(o)
	l.want(c, 0, 60+20, 0, 0) // twice, as when it was placed

	_, err = desk.StopRule(context.Background(), five.ID)
	must(t, err)
	l.clock.Advance(time.Minute)
	l.settle(l.order("A-3", placed{customer: c, goods: 1000}), o)
	l.want(c, 0, 60+20+10, 0, 0)
	l.exec(`UPDATE orders SET goods_amount = 1000 WHERE id = $1`, o)
	l.settle(o)
	l.want(c, 0, 20+20+10, 0, 0)

	var kept Rule
	var raw []byte
	must(t, l.db.Pool.QueryRow(context.Background(), `SELECT rule FROM point_lots WHERE order_id = $1 ORDER BY id LIMIT 1`, o).Scan(&raw))
	must(t, json.Unmarshal(raw, &kept))
	if len(kept.Under) != 1 || kept.Under[0].Rule != twice.ID || kept.Under[0].Version != 1 || len(kept.Parts) != 2 || kept.Parts[1].Points != 20 {
		t.Errorf("the lot keeps %+v", kept)
	}
}

func TestRulesByOccasion(t *testing.T) {
	l := newLedger(t)
	c := l.id(`INSERT INTO customers (member_since, member_via, birth_date) VALUES ('2025-01-01', 'SITE', '1990-04-30') RETURNING id`)
	entered, left := l.id(`INSERT INTO segments (name, rule) VALUES ('in', '{}') RETURNING id`), l.id(`INSERT INTO segments (name, rule) VALUES ('late', '{}') RETURNING id`)
	l.exec(`INSERT INTO segment_members (customer_id, segment_id, entered_at) VALUES ($1, $2, $4), ($1, $3, $5)`, c, entered, left, l.clock.Now().Add(-time.Hour), l.clock.Now().Add(time.Hour))
	gold := l.id(`SELECT id FROM stages WHERE code = 'GOLD'`)
	l.exec(`INSERT INTO products (sku, category, seen_at) VALUES ('tea', 'drinks', now())`)

	l.rule(bonus(0, 1, PerOrder, Conditions{BirthMonth: true}))
	l.rule(bonus(0, 10, PerOrder, Conditions{Segments: []int64{entered}}))
	l.rule(bonus(0, 100, PerOrder, Conditions{Segments: []int64{left}}))
	l.rule(bonus(0, 1000, PerOrder, Conditions{Stages: []int64{gold}}))
	l.rule(bonus(0, 10_000, PerLine, Conditions{Categories: []string{"drinks"}}))
	l.rule(bonus(0, 100_000, PerOrder, Conditions{Malls: []string{"RAKUTEN"}}))
	o := l.order("A-1", placed{customer: c, goods: 2000})
	l.line(o, c, "tea", 1500)
	l.line(o, c, "cup", 500)
	l.settle(o)
	l.want(c, 0, 20+1+10+10_000, 0, 0)

	l.reached(c, "GOLD", l.clock.Now().Add(-time.Minute))
	l.settle(l.order("A-2", placed{customer: c, goods: 2000}))
	l.want(c, 0, 10_031+30+1+10+1000, 0, 0) // gold earns once and a half
	l.exec(`DELETE FROM segment_members`)
	l.exec(`UPDATE customers SET birth_date = NULL`)
	l.settle(o)
	l.want(c, 0, 11_072, 0, 0) // what he fell under then holds
}

func TestCapsHold(t *testing.T) {
	l := newLedger(t)
	one, other := l.member(), l.member()
	daily := l.rule(capped(bonus(0, 60, PerOrder, Conditions{}), Caps{Day: 100, Person: 150}))
	all := l.rule(capped(bonus(0, 1000, PerOrder, Conditions{}), Caps{Total: 2500}))
	first, second := l.order("A-1", placed{customer: one, goods: 100}), l.order("A-2", placed{customer: one, goods: 100})
	l.settle(first, second, l.order("B-1", placed{customer: other, goods: 100}))
	l.want(one, 0, 2+100+2000, 0, 0)
	l.want(other, 0, 1+60+500, 0, 0)
	if got := l.given(all.ID); got != 2500 {
		t.Errorf("the budget of 2500 gave %d", got)
	}
	l.clock.Advance(24 * time.Hour)
	l.settle(l.order("A-3", placed{customer: one, goods: 100}))
	l.want(one, 0, 2102+1+50, 0, 0) // 150 are all there are for one person

	l.cancel(first) // 60 of the day and 1000 of the budget are free again
	l.settle(second)
	l.want(one, 0, 1+40+1000+51, 0, 0) // for new orders, not for those that earned
	if got := l.given(daily.ID); got != 40+60+50 {
		t.Errorf("given %d, want 150", got)
	}
	l.settle(l.order("A-4", placed{customer: one, goods: 100}))
	l.want(one, 0, 1092+1+50+1000, 0, 0)
}

// The total is not exceeded however many transactions earn at the same time.
func TestABudgetHoldsUnderConcurrency(t *testing.T) {
	l := newLedger(t)
	all := l.rule(capped(bonus(0, 70, PerOrder, Conditions{}), Caps{Total: 500}))
	orders := make([]int64, 16)
	for i := range orders {
		orders[i] = l.order(fmt.Sprint("A-", i), placed{customer: l.member(), goods: 100})
	}
	done := make(chan error)
	for _, o := range orders {
		go func() {
			done <- db.RunInTx(context.Background(), l.db, func(ctx context.Context, tx db.Tx) error { return l.SettleOrders(ctx, tx, []int64{o}) })
		}()
	}
	for range orders {
		must(t, <-done)
	}
	if got := l.given(all.ID); got != 500 {
		t.Errorf("given %d, want 500", got)
	}
	l.inOrder()
}

func TestPointsLiveByActivity(t *testing.T) {
	l := newLedger(t)
	l.set(func(s *Settings) { s.Expiry, s.ExpiryMonths, s.ExpiryTo = ExpireAfterActivity, 2, EndOfMonth })
	c := l.member()
	ends := func(want ...string) {
		t.Helper()
		rows, err := l.db.Pool.Query(context.Background(), `SELECT expires_at FROM point_lots WHERE customer_id = $1 AND status <> 'DONE' ORDER BY id`, c)
		must(t, err)
		defer rows.Close()
		var got []string
		for rows.Next() {
			var at time.Time
			must(t, rows.Scan(&at))
			got = append(got, LastDay(at, tokyo).Format(time.DateOnly))
		}
		if fmt.Sprint(got) != fmt.Sprint(want) {
			t.Errorf("last days %v, want %v", got, want)
		}
	}
	_, err := l.grant(c, 100, "g1", nil) // 1 April
	must(t, err)
	ends("2026-06-30")
	fixed := l.clock.Now().AddDate(0, 0, 90)
	_, err = l.grant(c, 10, "fixed", &fixed)
	must(t, err)
	l.clock.T = time.Date(2026, 5, 20, 3, 0, 0, 0, time.UTC)
	l.settle(l.order("A-1", placed{customer: c, goods: 5000}))
	ends("2026-07-31", "2026-06-30", "2026-07-31")
	l.clock.T = time.Date(2026, 6, 3, 3, 0, 0, 0, time.UTC)
	_, err = l.redeem(c, 5, "r")
	must(t, err)
	ends("2026-08-31", "2026-06-30", "2026-08-31")
	l.clock.T = time.Date(2026, 7, 10, 3, 0, 0, 0, time.UTC)
	l.want(c, 100, 50, 0, 0) // what had a last day of its own is gone
	l.set(func(s *Settings) { s.HasRolled = true })
	_, err = l.redeem(c, 5, "r2") // what was earned by activity goes on living by it
	must(t, err)
	ends("2026-09-30", "2026-09-30")
	l.clock.T = time.Date(2026, 10, 1, 0, 0, 0, 0, tokyo)
	l.want(c, 0, 50, 0, 0)
	l.inOrder()
}

// Points that a checkout has reserved live by activity too, where they are parted
// from the lot that they were reserved of.
func TestPartedPointsLiveByActivity(t *testing.T) {
	l := newLedger(t)
	l.set(func(s *Settings) { s.Expiry, s.ExpiryMonths, s.ExpiryTo = ExpireAfterActivity, 2, EndOfMonth })
	a, b := l.member(), l.member()
	_, err := l.grant(a, 100, "g", nil) // 1 April: until the end of June
	must(t, err)
	l.merge(1, a, b)
	h := l.hold(b, 30, "h")
	l.undo(1, a, b)
	_, err = l.capture(b, h.ID, 10, "c")
	must(t, err)
	l.clock.T = time.Date(2026, 6, 20, 3, 0, 0, 0, time.UTC)
	for _, who := range []int64{a, b} {
		_, err = l.redeem(who, 5, "r") // until the end of August
		must(t, err)
	}
	l.clock.T = time.Date(2026, 8, 20, 3, 0, 0, 0, time.UTC)
	l.want(a, 65, 0, 0, 0)
	l.want(b, 15, 0, 0, 0)
	l.clock.T = time.Date(2026, 9, 1, 0, 0, 0, 0, tokyo)
	l.want(a, 0, 0, 0, 0)
	l.want(b, 0, 0, 0, 0)
}

// What is given back into a lot that was empty while its owner was active lives as
// long as the points that were there.
func TestPointsGivenBackLiveByActivity(t *testing.T) {
	l := newLedger(t)
	l.set(func(s *Settings) { s.Expiry, s.ExpiryMonths, s.ExpiryTo = ExpireAfterActivity, 2, EndOfMonth })
	reverses, cancels, rests, no := l.member(), l.member(), l.member(), "A-1"
	o := l.order(no, placed{customer: cancels, goods: 10}) // which earns nothing
	other := "B-1"
	of := l.order(other, placed{customer: rests, goods: 10})
	for _, c := range []int64{reverses, cancels, rests} {
		_, err := l.grant(c, 100, "g", nil) // 1 April: until the end of June
		must(t, err)
	}
	spent, err := l.redeem(reverses, 100, "r")
	must(t, err)
	_, err = l.Redeem(context.Background(), nil, SpendRequest{CustomerID: cancels, Amount: 100, Key: "r", Cause: Cause{Reason: "API", ShopID: &l.shop, OrderNo: &no}})
	must(t, err)
	_, err = l.Redeem(context.Background(), nil, SpendRequest{CustomerID: rests, Amount: 100, Key: "r", Cause: Cause{Reason: "API", ShopID: &l.shop, OrderNo: &other}})
	must(t, err)
	l.clock.T = time.Date(2026, 5, 20, 3, 0, 0, 0, time.UTC)
	for _, c := range []int64{reverses, cancels} {
		_, err := l.grant(c, 50, "h", nil) // until the end of July
		must(t, err)
	}
	_, err = l.reverse(spent, 0, "back")
	must(t, err)
	l.exec(`UPDATE orders SET status = 'CANCELLED', cancelled_at = $1, net_sales = 0`, l.clock.Now())
	l.settle(o, of) // together
	l.want(rests, 100, 0, 0, 0)
	l.clock.T = time.Date(2026, 7, 1, 0, 0, 0, 0, tokyo)
	l.want(rests, 0, 0, 0, 0) // what others did is nothing to him
	for _, c := range []int64{reverses, cancels} {
		l.clock.T = time.Date(2026, 7, 31, 3, 0, 0, 0, time.UTC)
		l.want(c, 150, 0, 0, 0)
		l.clock.T = time.Date(2026, 8, 1, 0, 0, 0, 0, tokyo)
		l.want(c, 0, 0, 0, 0)
	}
	l.inOrder()
}

func TestPointsOfAStageLiveLonger(t *testing.T) {
	l := newLedger(t)
	l.set(func(s *Settings) { s.Release, s.StageMonths = ReleaseAtOnce, map[string]int{"GOLD": 24} })
	c := l.member()
	l.settle(l.order("A-1", placed{customer: c, goods: 1000}))
	l.reached(c, "GOLD", l.clock.Now())
	l.settle(l.order("A-2", placed{customer: c, goods: 1000}))
	l.want(c, 25, 0, 0, 0)
	l.clock.T = l.clock.Now().AddDate(1, 0, 2)
	l.want(c, 15, 0, 0, 0)
	l.clock.T = l.clock.Now().AddDate(1, 0, 0)
	l.want(c, 0, 0, 0, 0)
}
