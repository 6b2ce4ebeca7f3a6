package points

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"
)

// aPointApiece: every piece of an order earns a point at once, for a month.
func (l *ledger) aPointApiece() {
	l.set(func(s *Settings) {
		s.Release, s.ExpiryMonths, s.Rates["JPY"] = ReleaseAtOnce, 1, Rate{PerAmount: 133, Points: 1}
	})
}

// tookBack are the bookings that took back, the oldest first: what they took, and
// what had expired of it.
func (l *ledger) tookBack(customers ...int64) (took [][2]int64) {
	l.t.Helper()
	rows, err := l.db.Pool.Query(context.Background(), `SELECT b.amount, -coalesce(sum(e.amount) FILTER (WHERE e.account = 'EXPIRED'), 0)::bigint
		FROM point_bookings b JOIN point_entries e ON e.customer_id = b.customer_id AND e.booking_id = b.id
		WHERE b.customer_id = ANY($1) AND b.kind = 'CLAWBACK' GROUP BY b.id, b.amount ORDER BY b.id`, customers)
	must(l.t, err)
	for rows.Next() {
		var one [2]int64
		must(l.t, rows.Scan(&one[0], &one[1]))
		took = append(took, one)
	}
	must(l.t, rows.Err())
	return took
}

// What has expired before the goods came back is not taken a second time: not from
// other lots, and not as a debt. What was spent is.
func TestWhatHasExpiredIsNotTakenTwice(t *testing.T) {
	type left = map[string]int64
	for name, one := range map[string]struct {
		spent int64      // of the 100 that the order earned, before the others expired
		left  []left     // the pieces after each return; nil: cancelled
		took  [][2]int64 // by each, and what of it had expired
	}{
		"whole, all expired":         {0, []left{nil}, [][2]int64{{0, 100}}},
		"whole, partly spent":        {40, []left{nil}, [][2]int64{{40, 60}}},
		"whole, all spent":           {100, []left{nil}, [][2]int64{{100, 0}}},
		"in part, less than expired": {40, []left{{"tea": 60, "cup": 10}}, [][2]int64{{0, 30}}},
		"in part, more than expired": {70, []left{{"tea": 60}}, [][2]int64{{10, 30}}},
		"line by line, then all":     {70, []left{{"tea": 60, "cup": 20}, {"tea": 30, "cup": 20}, nil}, [][2]int64{{0, 20}, {20, 10}, {50, 0}}},
		"sent after all, too late":   {70, []left{{"tea": 60, "cup": 20}, {"tea": 60, "cup": 40}, nil}, [][2]int64{{0, 20}, {70, 10}}},
	} {
		for _, other := range []int64{0, 200} { // points that he has beside them
			t.Run(fmt.Sprint(name, other), func(t *testing.T) {
				l := newLedger(t)
				c := l.member()
				l.aPointApiece()
				o := l.order("A-1", placed{customer: c})
				l.lines(o, c, left{"tea": 60, "cup": 40})
				l.want(c, 100, 0, 0, 0)
				if one.spent > 0 {
					_, err := l.redeem(c, one.spent, "r")
					must(t, err)
				}
				l.clock.T = l.clock.T.AddDate(0, 2, 0)
				if other > 0 {
					_, err := l.grant(c, other, "other", nil)
					must(t, err)
				}
				for _, pieces := range one.left {
					if pieces == nil {
						l.cancel(o)
					} else {
						l.lines(o, c, pieces)
					}
					l.settle(o)
				}
				took := l.tookBack(c)
				if !slices.Equal(took, one.took) {
					t.Errorf("took %v, want %v", took, one.took)
				}
				for _, n := range took {
					other -= n[0]
				}
				l.want(c, max(other, 0), 0, 0, max(-other, 0))
			})
		}
	}
}

// What a checkout has reserved of points that are taken back does not expire with
// them when it is given up.
func TestAClawbackLeavesAHoldToOtherPoints(t *testing.T) {
	for _, late := range []bool{false, true} { // the order is cancelled after its points have expired
		l := newLedger(t)
		c := l.member()
		l.aPointApiece()
		o := l.order("A-1", placed{customer: c})
		l.lines(o, c, map[string]int64{"tea": 100})
		nextYear := l.clock.T.AddDate(1, 0, 0)
		_, err := l.grant(c, 50, "other", &nextYear)
		must(t, err)
		var end time.Time
		must(t, l.db.Pool.QueryRow(context.Background(), `SELECT expires_at FROM point_lots WHERE order_id = $1`, o).Scan(&end))
		l.clock.T = end.Add(-30 * time.Minute)
		l.hold(c, 20, "lapses")
		spent := l.hold(c, 20, "spent")
		if late {
			l.clock.T = end.Add(10 * time.Minute)
		}
		l.cancel(o)
		l.want(c, 10, 0, 40, 0)
		_, err = l.capture(c, spent.ID, 15, "capture")
		must(t, err)
		l.clock.T = end.Add(2 * time.Hour)
		l.want(c, 35, 0, 0, 0)
	}
}

// Whoever of the kin had the points as they expired.
func TestWhatHasExpiredIsKnownAcrossAMerge(t *testing.T) {
	l := newLedger(t)
	a, b := l.member(), l.member()
	l.aPointApiece()
	o, p := l.order("A-1", placed{customer: a}), l.order("A-2", placed{customer: a})
	l.lines(o, a, map[string]int64{"tea": 100})
	l.lines(p, a, map[string]int64{"tea": 30})
	l.clock.T = l.clock.T.AddDate(0, 2, 0)
	l.merge(1, a, b) // it expires in his books as they are closed
	_, err := l.grant(b, 50, "g", nil)
	must(t, err)
	l.cancel(o)
	l.want(b, 50, 0, 0, 0)
	l.undo(1, a, b, o, p)
	l.cancel(p)
	l.want(a, 0, 0, 0, 0)
	l.want(b, 50, 0, 0, 0)
	if took := l.tookBack(a, b); !slices.Equal(took, [][2]int64{{0, 100}, {0, 30}}) {
		t.Errorf("took %v", took)
	}
}

// An opening whose points have all expired is out of force with its import, and may
// be told again.
func TestAnOpeningThatHasExpiredIsTakenBack(t *testing.T) {
	l := newLedger(t)
	c := l.member()
	opening := l.opening(c, "1", 800, 30)
	opening.Action.Never, opening.Action.ExpiresAt = false, l.days(-10)
	l.tell(1, opening)
	sale := l.days(40)
	early := l.order("before", placed{customer: c, goods: 10_000, at: sale, shipped: &sale})
	l.settle(early)
	l.want(c, 800, 0, 0, 0)
	l.clock.T = l.clock.T.AddDate(0, 0, 20) // nobody has looked at the books since
	l.untell(1, c)
	l.untell(1, c)
	l.settle(early)
	l.want(c, 100, 0, 0, 0)
	if took := l.tookBack(c); !slices.Equal(took, [][2]int64{{0, 800}}) {
		t.Errorf("took %v", took)
	}
	if n := l.tell(2, opening); n != 1 {
		t.Errorf("%d booked again", n)
	}
	l.want(c, 100, 0, 0, 0)
}

// Goods that come back leave their owner, and the books, as they would stand had he
// never bought them, whenever they come back and whatever he spent and let expire
// before. Where points were reserved for checkouts, less may expire than would have,
// and never more: of which lot they are is decided anew.
func TestGoodsThatComeBackHadNeverEarned(t *testing.T) {
	late, inPart, reserved := 0, 0, 0
	for seed := range uint64(2000) {
		rnd := rand.New(rand.NewPCG(seed, 5))
		set := DefaultSettings()
		set.Release, set.ExpiryMonths = ReleaseAtOnce, 1
		as, without := newWalk(t, rnd, 1, new(int64)), newWalk(t, rnd, 1, new(int64))
		both := []*walk{as, without}
		bought := 1 + rnd.Int64N(100)
		kept := rnd.Int64N(bought)
		joined := time.Time{}
		for _, w := range both {
			w.b.grant(w.now, 10_000, Terms{EarnedAt: w.now, UsableAt: &w.now}, w.cause("STAFF"))
			w.orders = []*order{{CustomerID: 1, ID: 1, ShopID: 1, OrderNo: "1", Kind: "SALE", OrderedAt: w.now, Currency: "JPY", MemberSince: &joined, Multiplier: 10000}}
		}
		as.orders[0].Goods, without.orders[0].Goods = bought*100, kept*100
		for _, w := range both {
			w.settle(w.orders[0], set)
			w.number()
		}
		for left := bought; left > kept || as.now.Month() < time.April; {
			gap, amount, what := time.Duration(rnd.IntN(200))*time.Hour, 1+rnd.Int64N(40), rnd.IntN(7-3*int(seed%2))
			until, closed := time.Duration(1+rnd.IntN(168))*time.Hour, rnd.Int64N(40)
			for _, w := range both {
				w.now = w.now.Add(gap)
				w.b.advance(w.now)
				switch what {
				case 0, 1:
					w.spend(amount)
				case 2:
					if w == as && left > kept {
						left -= min(amount, left-kept)
						w.orders[0].Goods = left * 100
						w.settle(w.orders[0], set)
					}
				case 3, 4:
					if _, err := w.b.reserve(w.now, amount, w.now.Add(until), w.cause("API")); err != nil {
						t.Error(err)
					}
				case 5:
					if n := len(w.b.holds); n > 0 && w.b.holds[n-1].Status == holdOpen {
						if _, err := w.b.capture(w.now, w.b.holds[n-1], min(closed, w.b.holds[n-1].Amount), w.cause("API")); err != nil {
							t.Error(err)
						}
					}
				}
				w.number()
				w.check()
			}
		}
		spared := without.posted(expired) - as.posted(expired)
		if spared < 0 || spared > 0 && len(as.b.holds) == 0 {
			t.Errorf("seed %d: %d have expired, and would have %d", seed, as.posted(expired), without.posted(expired))
		}
		for account, more := range map[string]int64{available: spared, held: 0, debt: 0, redeemed: 0, adjusted: 0} {
			if is, want := as.posted(account), without.posted(account); is != want+more {
				t.Errorf("seed %d: %d are %s, and would be %d, and %d more", seed, is, account, want, more)
			}
		}
		if len(as.b.holds) > 0 && spared == 0 {
			reserved++
		}
		for _, l := range as.b.lines {
			for _, p := range l.postings {
				if l.Kind == "CLAWBACK" && p.account == expired {
					late++
					if l.Amount > 0 {
						inPart++
					}
				}
			}
		}
	}
	if late < 100 || inPart < 100 || reserved < 100 {
		t.Errorf("%d claw-backs of what had expired, %d of them in part, %d with holds: the run shows little", late, inPart, reserved)
	}
}

// posted is what all lines come to on an account.
func (w *walk) posted(account string) (sum int64) {
	for _, l := range w.b.lines {
		for _, p := range l.postings {
			if p.account == account {
				sum += p.amount
			}
		}
	}
	return sum
}
