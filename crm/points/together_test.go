package points

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"reflect"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/db"
)

// What is booked together must be what is booked alone. Two members get the same
// random requests; the second one is taken for one who was part of a merge,
// whose bookings are made alone.
func TestTogetherAgreesWithAlone(t *testing.T) {
	l := newLedger(t)
	together, alone := l.member(), l.member()
	rnd := rand.New(rand.NewPCG(7, 7))
	l.exec(`INSERT INTO point_accounts (customer_id, updated_at) VALUES ($1, '2020-01-01'), ($2, '2020-01-01')`, together, alone)
	l.exec(`UPDATE point_accounts SET kin = true WHERE customer_id = $1`, alone)
	ctx := context.Background()
	holds := map[int64]int64{}
	both := func(what string, do func(customer int64) error) {
		t.Helper()
		a, b := do(together), do(alone)
		if codeOf(a) != codeOf(b) {
			t.Fatalf("%s: together says %v, alone %v", what, a, b)
		}
		x, y := l.state(together), l.state(alone)
		if !reflect.DeepEqual(x, y) {
			t.Fatalf("%s: together leaves\n%v\nalone\n%v", what, x, y)
		}
	}
	for i := range 400 {
		l.clock.Advance(time.Duration(rnd.IntN(50)) * time.Hour)
		amount, key := int64(1+rnd.IntN(100)), fmt.Sprint(rnd.IntN(i+1), "-", i%2)
		expires := l.clock.Now().Add(time.Duration(1+rnd.IntN(400)) * time.Hour).Truncate(24 * time.Hour).Add(24 * time.Hour)
		usable := l.clock.Now().Add(time.Duration(rnd.IntN(20)) * time.Minute)
		switch rnd.IntN(8) {
		case 0, 1:
			both("grant", func(c int64) error {
				r := GrantRequest{CustomerID: c, Amount: amount, Key: key, ExpiresAt: &expires, Cause: Cause{Reason: "STAFF"}}
				if amount%3 == 0 {
					r.UsableAt = &usable
				}
				_, err := l.Grant(ctx, nil, r)
				return err
			})
		case 2, 3:
			both("redeem", func(c int64) error { _, err := l.redeem(c, amount, key); return err })
		case 4:
			both("deduct", func(c int64) error {
				_, err := l.Deduct(ctx, nil, SpendRequest{CustomerID: c, Amount: amount, Key: key, Cause: Cause{Reason: "STAFF"}})
				return err
			})
		case 5:
			both("hold", func(c int64) error {
				_, h, err := l.Hold(ctx, nil, HoldRequest{CustomerID: c, Amount: amount, For: 70 * time.Hour, Key: key, Cause: Cause{Reason: "API"}})
				if err == nil {
					holds[c] = h.ID
				}
				return err
			})
		case 6:
			both("capture", func(c int64) error {
				_, _, err := l.Capture(ctx, nil, CloseRequest{CustomerID: c, HoldID: holds[c], Amount: amount / 3, Key: key, Cause: Cause{Reason: "API"}})
				return err
			})
		default:
			both("release", func(c int64) error {
				_, _, err := l.Release(ctx, nil, CloseRequest{CustomerID: c, HoldID: holds[c], Key: key, Cause: Cause{Reason: "API"}})
				return err
			})
		}
	}
	n := l.id(`SELECT count(*) FROM point_bookings WHERE customer_id = $1`, together)
	if tally := l.Tally(); n < 100 || tally.Booked < n/2 || tally.Spoiled > 0 { // what time brings is booked beside
		t.Errorf("%d bookings were made, and of both members %+v", n, tally)
	}
	l.inOrder()
}

// jam lets the ledger wait for two members, so that what is asked for meanwhile
// is booked in one transaction once free is called.
func (l *ledger) jam() (free func()) {
	l.t.Helper()
	ctx := context.Background()
	a, b := l.member(), l.member()
	for _, c := range []int64{a, b} {
		_, err := l.grant(c, 1, "first", nil)
		must(l.t, err)
	}
	tx, err := l.db.Pool.Begin(ctx)
	must(l.t, err)
	_, err = tx.Exec(ctx, `SELECT FROM point_accounts WHERE customer_id IN ($1, $2) FOR UPDATE`, a, b)
	must(l.t, err)
	var wg sync.WaitGroup
	for _, c := range []int64{a, b} {
		wg.Go(func() {
			_, err := l.grant(c, 1, "second", nil)
			if err != nil {
				l.t.Error(err)
			}
		})
		l.until("the transactions wait", func(u *queue) bool { return u.working > 0 && len(u.waiting) == 0 })
	}
	l.until("both are busy", func(u *queue) bool { return u.working == atOnce && len(u.waiting) == 0 })
	return func() {
		must(l.t, tx.Rollback(ctx))
		wg.Wait()
	}
}

func (l *ledger) until(what string, reached func(*queue) bool) {
	l.t.Helper()
	for deadline := time.Now().Add(time.Minute); time.Now().Before(deadline); time.Sleep(time.Millisecond) {
		l.queue.mu.Lock()
		ok := reached(&l.queue)
		l.queue.mu.Unlock()
		if ok {
			return
		}
	}
	l.t.Fatal("never: ", what)
}

// Of those who are booked together one that is refused spoils none of the others,
// a repeated one is booked once, and who has given up is not booked.
func TestOneTransactionForMany(t *testing.T) {
	l := newLedger(t)
	rich, poor, stranger := l.member(), l.member(), l.id(`INSERT INTO customers (family_name) VALUES ('山') RETURNING id`)
	_, err := l.grant(rich, 100, "start", nil)
	must(t, err)
	_, err = l.grant(poor, 5, "start", nil)
	must(t, err)
	free := l.jam()
	before := l.Tally()

	gaveUp, giveUp := context.WithCancel(context.Background())
	var wg sync.WaitGroup
	want := func(code string, ask func() error) {
		at := 0
		l.until("", func(u *queue) bool { at = len(u.waiting); return true })
		wg.Go(func() {
			if err := ask(); codeOf(err) != code {
				t.Errorf("%v, want %q", err, code)
			}
		})
		l.until("it waits", func(u *queue) bool { return len(u.waiting) > at })
	}
	want("", func() error { _, err := l.redeem(rich, 60, "a"); return err })
	want("INSUFFICIENT_POINTS", func() error { _, err := l.redeem(poor, 6, "a"); return err })
	want("INSUFFICIENT_POINTS", func() error { _, err := l.redeem(rich, 60, "b"); return err }) // after the 60 before it
	want("", func() error { _, err := l.redeem(rich, 60, "a"); return err })                    // the very same again
	want("IDEMPOTENCY_KEY_REUSED", func() error { _, err := l.redeem(rich, 61, "start"); return err })
	want("NOT_A_MEMBER", func() error { _, err := l.grant(stranger, 1, "a", nil); return err })
	want("", func() error { _, err := l.grant(poor, 7, "b", nil); return err })
	want("", func() error { _, err := l.redeem(poor, 12, "c"); return err }) // which the grant before it made possible
	want("CANCELED", func() error {
		_, err := l.Grant(gaveUp, nil, GrantRequest{CustomerID: rich, Amount: 1000, Key: "never", Cause: Cause{Reason: "STAFF"}})
		if errors.Is(err, context.Canceled) {
			return fault.New(fault.Unavailable, "given up").WithCode("CANCELED")
		}
		return err
	})
	giveUp()
	free()
	wg.Wait()

	l.want(rich, 40, 0, 0, 0)
	l.want(poor, 0, 0, 0, 0)
	after := l.Tally()
	if booked, took := after.Booked-before.Booked, after.Transactions-before.Transactions; booked != 5 || took != 3 || after.Spoiled != 0 { // the two of the jam among them
		t.Errorf("%d booked in %d transactions, %d spoiled", booked, took, after.Spoiled)
	}
	l.inOrder()
}

// What the database refuses for one of them is booked for all others, one by one.
func TestASpoiledTransactionIsBookedOneByOne(t *testing.T) {
	l := newLedger(t)
	a, b := l.member(), l.member()
	free := l.jam()
	var wg sync.WaitGroup
	wg.Go(func() {
		_, err := l.Grant(context.Background(), nil, GrantRequest{CustomerID: a, Amount: 10, Key: "bad", Cause: Cause{Reason: "STAFF", ActorKind: "NOBODY"}})
		if err == nil {
			t.Error("what the database must refuse was taken")
		}
	})
	for n := range 10 {
		wg.Go(func() {
			if _, err := l.grant(b, 10, fmt.Sprint(n), nil); err != nil {
				t.Error(err)
			}
		})
	}
	l.until("all wait", func(u *queue) bool { return len(u.waiting) == 11 })
	free()
	wg.Wait()
	l.want(a, 0, 0, 0, 0)
	l.want(b, 100, 0, 0, 0)
	l.inOrder()
}

// Thirty-two who book on one account at the same time all come through, most of
// them in the transactions of others.
func TestManyBookOnOneAccount(t *testing.T) {
	l := newLedger(t)
	hot := l.member()
	_, err := l.grant(hot, 1_000_000, "start", nil)
	must(t, err)
	const writers, rounds = 32, 12
	var wg sync.WaitGroup
	for w := range writers {
		wg.Go(func() {
			for n := range rounds {
				key := fmt.Sprint(w, "-", n)
				_, err := l.grant(hot, 10, "g"+key, nil)
				if err == nil {
					_, err = l.redeem(hot, 3, "r"+key)
				}
				var h db.PointHold
				if err == nil {
					_, h, err = l.Hold(context.Background(), nil, HoldRequest{CustomerID: hot, Amount: 5, For: time.Hour, Key: "h" + key, Cause: Cause{Reason: "API"}})
				}
				if err == nil {
					_, err = l.capture(hot, h.ID, 2, "c"+key)
				}
				if err != nil {
					t.Error(err)
					return
				}
			}
		})
	}
	wg.Wait()
	l.want(hot, 1_000_000+writers*rounds*(10-3-2), 0, 0, 0)
	if tally := l.Tally(); tally.Booked < 4*writers*rounds || tally.Transactions > tally.Booked/4 || tally.Spoiled > 0 {
		t.Errorf("%+v", tally)
	}
	l.inOrder()
}

// state is what the ledger keeps of a customer, without ids.
func (l *ledger) state(customer int64) []string {
	l.t.Helper()
	rows, err := l.db.Pool.Query(context.Background(), `
		SELECT format('account %s %s %s %s %s %s %s', available, pending, held, debt, expiring_next_on, expiring_next_amount, due_at) FROM point_accounts WHERE customer_id = $1
		UNION ALL (SELECT format('lot %s %s %s %s %s %s %s', amount, remaining, held, status, earned_at, usable_at, expires_at) FROM point_lots WHERE customer_id = $1 ORDER BY id)
		UNION ALL (SELECT format('booking %s %s %s %s %s %s', b.kind, b.amount, b.available_after, b.occurred_at, e.account, e.amount)
			FROM point_bookings b JOIN point_entries e ON e.customer_id = b.customer_id AND e.booking_id = b.id
			WHERE b.customer_id = $1 ORDER BY b.id, e.account, e.lot_id)
		UNION ALL (SELECT format('event %s %s', kind, data) FROM events WHERE customer_id = $1 ORDER BY id)`, customer)
	if err != nil {
		l.t.Fatal(err)
	}
	out, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil {
		l.t.Fatal(err)
	}
	return out
}

// A booking inside a caller's transaction is undone with it.
func TestBookingInACallersTransaction(t *testing.T) {
	l := newLedger(t)
	c := l.member()
	undone := fmt.Errorf("undone")
	err := db.RunInTx(context.Background(), l.db, func(ctx context.Context, tx db.Tx) error {
		for i := range 3 {
			if _, err := l.Grant(ctx, &tx, GrantRequest{CustomerID: c, Amount: 10, Key: fmt.Sprint(i), Cause: Cause{Reason: "STAFF"}}); err != nil {
				return err
			}
		}
		return undone
	})
	if err != undone { //nolint:errorlint // the very error
		t.Fatal(err)
	}
	l.want(c, 0, 0, 0, 0)
}
