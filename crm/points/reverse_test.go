package points

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/meguri-crm/meguri/db"
)

// reverse gives back a part of some spending of the kin, as the service does.
func (w *walk) reverse(amount int64, set Settings) {
	var spent []*line
	for _, k := range w.kin() {
		for _, l := range k.b.lines {
			if l.Kind == "REDEEM" || l.Kind == "CAPTURE" {
				spent = append(spent, l)
			}
		}
	}
	if len(spent) == 0 {
		return
	}
	of := spent[w.rnd.IntN(len(spent))]
	var there int64
	left := w.leftOf(of)
	for _, p := range left {
		there += p.amount
	}
	parts, err := lastSpentFirst(left, amount)
	if (err == nil) != (amount <= there) {
		w.t.Errorf("reversing %d of %d: %v", amount, there, err)
	}
	w.giveBack(of, parts, set)
}

func (w *walk) giveBack(of *line, parts []posting, set Settings) {
	for _, p := range parts {
		if w.back[of] == nil {
			w.back[of] = map[*lot]int64{}
		}
		w.back[of][p.lot] += p.amount
		for _, k := range w.kin() {
			if k.b.account.CustomerID == p.lot.CustomerID {
				at := maxTime(w.now, k.b.account.UpdatedAt)
				k.b.advance(at)
				c := w.cause("REVERSAL")
				c.ShopID, c.OrderNo = of.ShopID, of.OrderNo
				k.b.restore(at, []posting{p}, endOfDay(at, 0, set.RestoreGraceDays, tokyo), c)
			}
		}
	}
}

// leftOf is what a line spent and nobody gave back.
func (w *walk) leftOf(of *line) (left []posting) {
	net := map[*lot]int64{}
	if of.OrderNo != nil {
		for _, p := range w.spentOn(*of.OrderNo) {
			net[p.lot] = p.amount
		}
	}
	for _, p := range of.postings {
		if p.account != redeemed {
			continue
		}
		n := p.amount
		for _, k := range w.kin() {
			n -= k.back[of][p.lot]
		}
		if of.OrderNo != nil {
			n = min(n, net[p.lot])
		}
		if n > 0 {
			left = append(left, posting{lot: p.lot, amount: n})
		}
	}
	return left
}

func (l *ledger) reverse(r Receipt, amount int64, key string) (Receipt, error) {
	return l.Reverse(context.Background(), nil, ReverseRequest{
		CustomerID: r.Booking.CustomerID, BookingID: r.Booking.ID, Amount: amount, Key: key, Cause: Cause{Reason: "REVERSAL"},
	})
}

// lots are what remains, by the idempotency key of the grant.
func (l *ledger) lots(customer int64) map[string]int64 {
	l.t.Helper()
	rows, err := l.db.Pool.Query(context.Background(), `SELECT b.idempotency_key, t.remaining FROM point_lots t
		JOIN point_bookings b ON b.id = t.booking_id WHERE t.customer_id = $1`, customer)
	must(l.t, err)
	found := map[string]int64{}
	var key string
	var n int64
	for rows.Next() {
		must(l.t, rows.Scan(&key, &n))
		found[key[len("request:"):]] = n
	}
	return found
}

func (l *ledger) wantLots(customer int64, want map[string]int64) {
	l.t.Helper()
	if got := l.lots(customer); !maps.Equal(got, want) {
		l.t.Errorf("the lots hold %v, want %v", got, want)
	}
}

func TestReversalGoesBackIntoTheSameLots(t *testing.T) {
	l := newLedger(t)
	c := l.member()
	soon, late := l.clock.T.AddDate(0, 1, 0), l.clock.T.AddDate(0, 2, 0)
	_, err := l.grant(c, 100, "soon", &soon)
	must(t, err)
	_, err = l.grant(c, 100, "late", &late)
	must(t, err)
	r, err := l.redeem(c, 150, "r")
	must(t, err)
	l.wantLots(c, map[string]int64{"soon": 0, "late": 50})

	first, err := l.reverse(r, 30, "back")
	must(t, err)
	l.wantLots(c, map[string]int64{"soon": 0, "late": 80}) // as if 120 had been spent
	again, err := l.reverse(r, 30, "back")
	must(t, err)
	if !again.Replayed || again.Booking.ID != first.Booking.ID {
		t.Errorf("the same request again gave %+v", again)
	}
	if _, err := l.reverse(r, 31, "back"); codeOf(err) != "IDEMPOTENCY_KEY_REUSED" {
		t.Errorf("another request under the key: %v", err)
	}
	if _, err := l.reverse(r, 121, "much"); codeOf(err) != "REVERSED_TOO_MUCH" {
		t.Errorf("more than is left: %v", err)
	}
	if _, err := l.reverse(first, 1, "no spending"); codeOf(err) != "NOT_REVERSIBLE" {
		t.Errorf("a reversal of a reversal: %v", err)
	}
	_, err = l.reverse(r, 0, "rest")
	must(t, err)
	l.wantLots(c, map[string]int64{"soon": 100, "late": 100})
	if _, err := l.reverse(r, 0, "none left"); codeOf(err) != "REVERSED_TOO_MUCH" {
		t.Errorf("nothing is left: %v", err)
	}
	l.want(c, 200, 0, 0, 0)
	l.inOrder()
}

func TestReversalOfACaptureLetsAnExpiredLotLiveOn(t *testing.T) {
	l := newLedger(t)
	l.set(func(s *Settings) { s.RestoreGraceDays = 3 })
	c := l.member()
	end := l.clock.T.AddDate(0, 0, 2)
	_, err := l.grant(c, 100, "lot", &end)
	must(t, err)
	h := l.hold(c, 80, "h")
	r, err := l.capture(c, h.ID, 60, "cap")
	must(t, err)
	l.clock.T = l.clock.T.AddDate(0, 0, 10)
	_, err = l.reverse(r, 50, "back")
	must(t, err)
	l.want(c, 50, 0, 0, 0)
	a, err := l.Balance(t.Context(), c)
	must(t, err)
	if want := endOfDay(l.clock.T, 0, 3, tokyo); a.ExpiringNextOn == nil || !a.ExpiringNextOn.Equal(want) || a.ExpiringNextAmount != 50 {
		t.Errorf("expires %v (%d), want %v", a.ExpiringNextOn, a.ExpiringNextAmount, want)
	}
	l.clock.T = l.clock.T.AddDate(0, 0, 5)
	l.want(c, 0, 0, 0, 0)
	_, err = l.reverse(r, 10, "rest")
	must(t, err)
	l.want(c, 10, 0, 0, 0)
	l.inOrder()
}

func TestReversalPaysADebtOffFirst(t *testing.T) {
	l := newLedger(t)
	c := l.member()
	shipped := l.clock.T.AddDate(0, 0, -20)
	o := l.order("A1", placed{customer: c, goods: 10_000, at: shipped, shipped: &shipped})
	l.settle(o)
	r, err := l.redeem(c, 100, "r")
	must(t, err)
	l.cancel(o)
	l.want(c, 0, 0, 0, 100)
	_, err = l.reverse(r, 70, "back")
	must(t, err)
	l.want(c, 0, 0, 0, 30)
	_, err = l.grant(c, 50, "next", nil)
	must(t, err)
	l.want(c, 20, 0, 0, 0)
	l.inOrder()
}

// A cancelled order gives back what was spent on it, less what was reversed; and
// afterwards there is nothing left to reverse.
func TestReversalAndCancellationGiveBackOnce(t *testing.T) {
	l := newLedger(t)
	c := l.member()
	_, err := l.grant(c, 500, "g", nil)
	must(t, err)
	no := "B7"
	r, err := l.Redeem(t.Context(), nil, SpendRequest{CustomerID: c, Amount: 300, Key: "r", Cause: Cause{Reason: "API", ShopID: &l.shop, OrderNo: &no}})
	must(t, err)
	o := l.order(no, placed{customer: c, goods: 100})
	l.settle(o)
	_, err = l.reverse(r, 120, "back")
	must(t, err)
	l.cancel(o)
	l.want(c, 500, 0, 0, 0)
	if _, err := l.reverse(r, 0, "again"); codeOf(err) != "REVERSED_TOO_MUCH" {
		t.Errorf("after the cancellation: %v", err)
	}
	l.inOrder()
}

// Who was merged and parted since has his lots back, and what is reversed goes there.
func TestReversalFindsTheLotsAcrossMerges(t *testing.T) {
	l := newLedger(t)
	a, b := l.member(), l.member()
	_, err := l.grant(a, 100, "a", nil)
	must(t, err)
	l.merge(1, a, b)
	r, err := l.redeem(b, 80, "r")
	must(t, err)
	l.undo(1, a, b)
	l.want(a, 20, 0, 0, 0)
	back, err := l.reverse(r, 50, "back")
	must(t, err)
	l.want(a, 70, 0, 0, 0)
	l.want(b, 0, 0, 0, 0)
	again, err := l.reverse(r, 50, "back")
	must(t, err)
	if !again.Replayed || again.Booking.ID != back.Booking.ID {
		t.Errorf("again: %+v", again)
	}
	l.inOrder()
}

func TestManyReversalsAtOnceGiveBackNoMoreThanWasSpent(t *testing.T) {
	l := newLedger(t)
	c := l.member()
	_, err := l.grant(c, 100, "g", nil)
	must(t, err)
	r, err := l.redeem(c, 100, "r")
	must(t, err)
	var wg sync.WaitGroup
	results := make([]error, 16)
	for i := range results {
		wg.Go(func() { _, results[i] = l.reverse(r, 15, fmt.Sprint(i)) })
	}
	wg.Wait()
	done := 0
	for _, err := range results {
		if err == nil {
			done++
		} else if codeOf(err) != "REVERSED_TOO_MUCH" {
			t.Error(err)
		}
	}
	if done != 6 {
		t.Errorf("%d of 16 reversals of 15 of 100 were booked, want 6", done)
	}
	l.want(c, 90, 0, 0, 0)
	l.inOrder()
}

func TestPaidPointsStayPaid(t *testing.T) {
	l := newLedger(t)
	a, b := l.member(), l.member()
	end := l.clock.T.Add(48 * time.Hour)
	_, err := l.Grant(t.Context(), nil, GrantRequest{CustomerID: a, Amount: 100, Origin: Paid, ExpiresAt: &end, Key: "paid", Cause: Cause{Reason: "STAFF"}})
	must(t, err)
	_, err = l.grant(a, 50, "free", nil)
	must(t, err)
	l.hold(a, 30, "h")
	l.merge(1, a, b)
	rows, err := l.db.Pool.Query(t.Context(), `SELECT origin, sum(remaining)::bigint FROM point_lots WHERE customer_id = $1 GROUP BY 1 ORDER BY 1`, b)
	must(t, err)
	var got []string
	for rows.Next() {
		var origin string
		var n int64
		must(t, rows.Scan(&origin, &n))
		got = append(got, fmt.Sprint(origin, n))
	}
	if want := []string{"FREE50", "PAID100"}; !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
}

// What ends while a reversal waits for the account is gone: only what comes back
// gets the days of grace.
func TestAReversalThatWaitsSeesWhatEndsMeanwhile(t *testing.T) {
	l := newLedger(t)
	now := &atomic.Pointer[time.Time]{}
	now.Store(&l.clock.T)
	l.Service = New(l.db, clockOf(func() time.Time { return *now.Load() }), tokyo)
	c := l.member()
	end := l.clock.T.Add(time.Hour)
	_, err := l.grant(c, 100, "g", &end)
	must(t, err)
	spent, err := l.redeem(c, 40, "r")
	must(t, err)
	done := make(chan error)
	must(t, db.RunInTx(context.Background(), l.db, func(ctx context.Context, tx db.Tx) error {
		if _, err := tx.NewRaw(`SELECT FROM point_accounts FOR UPDATE`).Exec(ctx); err != nil {
			return err
		}
		go func() {
			_, err := l.reverse(spent, 0, "reverse")
			done <- err
		}()
		l.untilOneWaits()
		later := end.Add(time.Minute)
		now.Store(&later)
		return nil
	}))
	must(t, <-done)
	l.want(c, 40, 0, 0, 0)
}

// clockOf is a clock that asks.
type clockOf func() time.Time

func (c clockOf) Now() time.Time { return c() }
