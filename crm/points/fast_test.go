package points

import (
	"context"
	"fmt"
	"math/rand/v2"
	"reflect"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/meguri-crm/meguri/db"
)

// The database functions for the common bookings must do what the book does.
// Two members get the same random requests; before each, the second one's
// account is marked as due, which makes his bookings take the general way.
func TestTheFastWayAgreesWithTheBook(t *testing.T) {
	l := newLedger(t)
	fast, general := l.member(), l.member()
	rnd := rand.New(rand.NewPCG(7, 7))
	ctx := context.Background()
	both := func(what string, do func(customer int64) error) {
		t.Helper()
		l.exec(`UPDATE point_accounts SET due_at = '2000-01-01' WHERE customer_id = $1`, general)
		a, b := do(fast), do(general)
		if codeOf(a) != codeOf(b) {
			t.Fatalf("%s: the fast way says %v, the book %v", what, a, b)
		}
		x, y := l.state(fast), l.state(general)
		if !reflect.DeepEqual(x, y) {
			t.Fatalf("%s: the fast way leaves\n%v\nthe book\n%v", what, x, y)
		}
	}
	for i := range 250 {
		l.clock.Advance(time.Duration(rnd.IntN(50)) * time.Hour)
		amount, key := int64(1+rnd.IntN(100)), fmt.Sprint(rnd.IntN(i+1), "-", i%2)
		expires := l.clock.Now().Add(time.Duration(1+rnd.IntN(400)) * time.Hour).Truncate(24 * time.Hour).Add(24 * time.Hour)
		usable := l.clock.Now().Add(time.Duration(rnd.IntN(20)) * time.Minute)
		switch rnd.IntN(6) {
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
		default:
			both("hold", func(c int64) error {
				_, _, err := l.Hold(ctx, nil, HoldRequest{CustomerID: c, Amount: amount, For: time.Hour, Key: key, Cause: Cause{Reason: "API"}})
				return err
			})
		}
	}
	if n := l.id(`SELECT count(*) FROM point_bookings WHERE customer_id = $1`, fast); n < 100 {
		t.Errorf("only %d bookings were made", n)
	}
	l.inOrder()
}

// state is what the ledger keeps of a customer, without ids and without due_at,
// which the fast way may leave too early.
func (l *ledger) state(customer int64) []string {
	l.t.Helper()
	rows, err := l.db.Pool.Query(context.Background(), `
		SELECT format('account %s %s %s %s %s %s', available, pending, held, debt, expiring_next_on, expiring_next_amount) FROM point_accounts WHERE customer_id = $1
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
