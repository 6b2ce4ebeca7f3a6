package points

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/meguri-crm/meguri/db"
)

// dying lets the process die at the n-th statement that writes to the books, and
// be dead at all that follow; 0 brings it back.
func (l *ledger) dying() (at func(n int64)) {
	l.exec(`CREATE SEQUENCE written`)
	l.exec(`CREATE TABLE dies_at (n bigint)`)
	l.exec(`INSERT INTO dies_at VALUES (0)`)
	l.exec(`CREATE FUNCTION die() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
		IF nextval('written') >= (SELECT n FROM dies_at WHERE n > 0) THEN RAISE EXCEPTION 'the process died' USING ERRCODE = 'admin_shutdown'; END IF;
		RETURN NULL; END $$`)
	for _, table := range []string{"point_accounts", "point_bookings", "point_entries", "point_lots", "point_holds", "point_reversals", "point_key_aliases", "point_merges", "point_awards_undone", "earn_uses", "events"} {
		l.exec(`CREATE TRIGGER die AFTER INSERT OR UPDATE ON ` + table + ` FOR EACH STATEMENT EXECUTE FUNCTION die()`)
	}
	return func(n int64) {
		l.exec(`SELECT setval('written', 1, false)`)
		l.exec(`UPDATE dies_at SET n = $1`, n)
	}
}

// Whatever is booked, and at whichever statement the process dies, the books are
// those of before; and asking again books it once.
func TestADeathAtAnyStatementLeavesTheBooksTrue(t *testing.T) {
	l := newLedger(t)
	ctx := context.Background()
	c, other := l.member(), l.member()
	end := l.clock.T.AddDate(0, 0, 40)
	for i := range 4 {
		_, err := l.grant(c, 300, fmt.Sprint("g", i), &end)
		must(t, err)
	}
	_, err := l.grant(other, 50, "g", nil)
	must(t, err)
	spent, err := l.redeem(c, 350, "spent")
	must(t, err)
	toCapture, toRelease := l.hold(c, 100, "h1"), l.hold(c, 100, "h2")
	shipped := l.clock.T.AddDate(0, 0, -20)
	sale := l.order("S1", placed{customer: c, goods: 50_000, at: shipped, shipped: &shipped})
	l.settle(sale)
	l.action(ActionMail, 70, 0, Conditions{})
	l.action(ActionReferral, 80, 0, Conditions{})
	brought := Act{CustomerID: c, Action: ActionReferral, Ref: "friend", Cause: Cause{Reason: "TAKEN_BACK"}}
	goods := l.order("S2", placed{customer: c, at: shipped, shipped: &shipped})
	l.lines(goods, c, map[string]int64{"tea": 30, "cup": 40})
	l.merge(1, other, c) // from here on every booking is of kin, with the alias that this takes
	dieAt := l.dying()

	for _, op := range []struct {
		name string
		book func() error
	}{
		{"grant", func() error { _, err := l.grant(c, 10, "crash", nil); return err }},
		{"grant under the merged name", func() error { _, err := l.grant(other, 10, "alias", nil); return err }},
		{"paid grant", func() error {
			_, err := l.Grant(ctx, nil, GrantRequest{CustomerID: c, Amount: 70, Origin: Paid, Key: "paid", Cause: Cause{Reason: "STAFF"}})
			return err
		}},
		{"redeem", func() error { _, err := l.redeem(c, 320, "redeem"); return err }},
		{"deduct", func() error {
			_, err := l.Deduct(ctx, nil, SpendRequest{CustomerID: c, Amount: 20, Key: "deduct", Cause: Cause{Reason: "STAFF"}})
			return err
		}},
		{"hold", func() error {
			_, _, err := l.Hold(ctx, nil, HoldRequest{CustomerID: c, Amount: 60, For: time.Hour, Key: "hold", Cause: Cause{Reason: "API"}})
			return err
		}},
		{"partial capture", func() error { _, err := l.capture(c, toCapture.ID, 40, "capture"); return err }},
		{"release", func() error {
			_, _, err := l.Release(ctx, nil, CloseRequest{CustomerID: c, HoldID: toRelease.ID, Key: "release"})
			return err
		}},
		{"partial reversal", func() error { _, err := l.reverse(spent, 120, "reverse"); return err }},
		{"award", func() error {
			_, _, err := l.Award(ctx, nil, Act{CustomerID: c, Action: ActionMail, Ref: "mail"})
			return err
		}},
		{"award that is taken back", func() error { // he never agreed
			return db.RunInTx(ctx, l.db, func(ctx context.Context, tx db.Tx) error { return l.UndoAwards(ctx, tx, 1, []int64{c}) })
		}},
		{"award of an act", func() error {
			return l.amongPeople(func(ctx context.Context, tx db.Tx) error { _, err := l.AwardAll(ctx, tx, []Act{brought}); return err })
		}},
		{"award of an act that is taken back", func() error {
			return l.amongPeople(func(ctx context.Context, tx db.Tx) error { return l.TakeBackAwards(ctx, tx, []Act{brought}) })
		}},
		{"goods that come back", func() error {
			return db.RunInTx(ctx, l.db, func(ctx context.Context, tx db.Tx) error {
				if _, err := tx.NewRaw(`WITH gone AS (DELETE FROM order_lines WHERE order_id = ?0 AND sku = 'cup')
					UPDATE orders SET goods_amount = 133 * 30, net_sales = 133 * 30 WHERE id = ?0`, goods).Exec(ctx); err != nil {
					return err
				}
				return l.SettleOrders(ctx, tx, []int64{goods})
			})
		}},
		{"cancelled order", func() error {
			return db.RunInTx(ctx, l.db, func(ctx context.Context, tx db.Tx) error {
				if _, err := tx.NewRaw(`UPDATE orders SET status = 'CANCELLED', cancelled_at = ?, net_sales = 0 WHERE id = ?`, l.clock.Now(), sale).Exec(ctx); err != nil {
					return err
				}
				return l.SettleOrders(ctx, tx, []int64{sale})
			})
		}},
		{"what time brings", func() error { l.clock.T = end.Add(time.Hour); _, err := l.BookDue(ctx); return err }},
	} {
		t.Run(op.name, func(t *testing.T) {
			before, deaths := l.state(c), 0
			for n := int64(1); ; n++ {
				dieAt(n)
				err := op.book()
				dieAt(0)
				if err == nil {
					break
				}
				if deaths++; deaths > 200 || !strings.Contains(fmt.Sprint(errors.Unwrap(err), err), "died") {
					t.Fatalf("at statement %d: %v", n, err)
				}
				if after := l.state(c); !slices.Equal(after, before) {
					t.Fatalf("after the death at statement %d: %v, want %v", n, after, before)
				}
				l.inOrder()
			}
			if deaths < 3 {
				t.Errorf("%d deaths show nothing", deaths)
			}
			booked := l.state(c)
			if slices.Equal(booked, before) {
				t.Error("nothing was booked")
			}
			l.inOrder()
			must(t, op.book()) // the same request again, or time that has gone by
			if again := l.state(c); !slices.Equal(again, booked) {
				t.Errorf("asked again: %v, want %v", again, booked)
			}
		})
	}
}
