package points

import (
	"context"
	"testing"
	"time"

	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/db"
)

// merge does what the merge of two customers does to the ledger: orders move,
// the points follow, and what changed is settled.
func (l *ledger) merge(id, from, to int64) {
	l.t.Helper()
	must(l.t, db.RunInTx(context.Background(), l.db, func(ctx context.Context, tx db.Tx) error {
		var orders []int64
		if err := tx.NewRaw(`WITH ended AS (UPDATE customers SET merged_into = ? WHERE id = ?)
			UPDATE orders SET customer_id = ? WHERE customer_id = ? RETURNING id`, to, from, to, from).Scan(ctx, &orders); err != nil {
			return err
		}
		if err := l.MergeInto(ctx, tx, id, from, to); err != nil {
			return err
		}
		return l.SettleOrders(ctx, tx, orders)
	}))
}

// undo undoes it; orders are those that go back.
func (l *ledger) undo(id, from, to int64, orders ...int64) {
	l.t.Helper()
	must(l.t, db.RunInTx(context.Background(), l.db, func(ctx context.Context, tx db.Tx) error {
		if _, err := tx.NewRaw(`UPDATE customers SET merged_into = NULL WHERE id = ?`, from).Exec(ctx); err != nil {
			return err
		}
		for _, o := range orders {
			if _, err := tx.NewRaw(`UPDATE orders SET customer_id = ? WHERE id = ?`, from, o).Exec(ctx); err != nil {
				return err
			}
		}
		if err := l.UndoMerge(ctx, tx, id, from, to); err != nil {
			return err
		}
		return l.SettleOrders(ctx, tx, orders)
	}))
}

func (l *ledger) hold(customer, amount int64, key string) db.PointHold {
	l.t.Helper()
	_, h, err := l.Hold(context.Background(), nil, HoldRequest{CustomerID: customer, Amount: amount, For: time.Hour, Key: key, Cause: Cause{Reason: "API"}})
	must(l.t, err)
	return h
}

func (l *ledger) capture(customer, hold, amount int64, key string) (Receipt, error) {
	r, _, err := l.Capture(context.Background(), nil, CloseRequest{CustomerID: customer, HoldID: hold, Amount: amount, Key: key})
	return r, err
}

func TestMergeHandsEverythingOver(t *testing.T) {
	l := newLedger(t)
	a, b := l.member(), l.member()
	soon, late := l.clock.Now().Add(48*time.Hour), l.clock.Now().AddDate(0, 6, 0)
	_, err := l.grant(a, 100, "a", &late)
	must(t, err)
	_, err = l.grant(b, 50, "b", &soon)
	must(t, err)
	l.settle(l.order("B-1", placed{customer: b, goods: 3000}))
	h := l.hold(b, 20, "h")
	l.merge(1, b, a)
	l.want(b, 0, 0, 0, 0)
	l.want(a, 130, 30, 20, 0)
	if open := l.id(`SELECT count(*) FROM point_lots WHERE customer_id = $1`, b); open != 0 {
		t.Errorf("%d lots stayed with the merged customer", open)
	}
	if at, err := l.Balance(context.Background(), a); err != nil || at.ExpiringNextAmount != 30 || !at.ExpiringNextOn.Equal(soon) {
		t.Errorf("expires next: %+v, %v; want the 30 that came over at %v", at, err, soon)
	}
	if _, err := l.capture(b, h.ID, 15, "c"); err != nil { // by the id that the shop was given
		t.Errorf("capturing a hold that came over: %v", err)
	}
	l.want(a, 135, 30, 0, 0)
	spent, err := l.redeem(b, 10, "for the survivor")
	must(t, err)
	if spent.Booking.CustomerID != a {
		t.Errorf("a booking for the merged customer went to %d, want the survivor", spent.Booking.CustomerID)
	}
	l.want(a, 125, 30, 0, 0)
}

func TestKeysHoldAcrossMergeAndUndo(t *testing.T) {
	l := newLedger(t)
	a, b := l.member(), l.member()
	first, err := l.grant(b, 50, "k1", nil)
	must(t, err)
	replays := func(when string, customer, amount int64, key string, want int64) {
		t.Helper()
		if r, err := l.grant(customer, amount, key, nil); err != nil || !r.Replayed || r.Booking.ID != want {
			t.Errorf("%s: %+v, %v; want booking %d replayed", when, r, err, want)
		}
	}
	l.merge(1, b, a)
	replays("a key of before, for the merged", b, 50, "k1", first.Booking.ID)
	replays("a key of before, for the survivor", a, 50, "k1", first.Booking.ID)
	if _, err := l.grant(a, 51, "k1", nil); !fault.Is(err, fault.Conflict) {
		t.Errorf("another request under a key of before: %v", err)
	}
	second, err := l.grant(b, 7, "k2", nil)
	must(t, err)
	replays("a key used since, for the survivor", a, 7, "k2", second.Booking.ID)
	l.undo(1, b, a)
	replays("after the undo, for whom it was asked", b, 7, "k2", second.Booking.ID)
	replays("after the undo, of before", b, 50, "k1", first.Booking.ID)
	if r, err := l.grant(a, 50, "k1", nil); err != nil || r.Replayed { // two people again
		t.Errorf("a key of another person: %+v, %v", r, err)
	}
	l.want(b, 50, 0, 0, 0)
	l.want(a, 57, 0, 0, 0)
}

func TestUndoGivesBackWhatRemains(t *testing.T) {
	l := newLedger(t)
	a, b := l.member(), l.member()
	soon, late := l.clock.Now().Add(48*time.Hour), l.clock.Now().AddDate(0, 6, 0)
	_, err := l.grant(a, 100, "a", &late)
	must(t, err)
	_, err = l.grant(b, 80, "b", &soon)
	must(t, err)
	old := l.hold(b, 20, "old") // before the merge: goes back
	l.merge(1, b, a)
	_, err = l.redeem(a, 10, "spent") // from what came over, because it expires first
	must(t, err)
	young := l.hold(a, 60, "young") // 50 of what came over, 10 of the survivor's own
	l.want(a, 90, 0, 80, 0)
	l.undo(1, b, a)
	l.want(b, 0, 0, 20, 0)
	l.want(a, 90, 0, 60, 0)
	if _, err := l.capture(a, young.ID, 0, "c1"); err != nil {
		t.Errorf("capturing the survivor's hold: %v", err)
	}
	if _, err := l.capture(a, old.ID, 5, "c2"); err != nil { // by the id it had while they were merged
		t.Errorf("capturing the hold that went back: %v", err)
	}
	if r, err := l.capture(a, old.ID, 5, "c2"); err != nil || !r.Replayed {
		t.Errorf("capturing it again: %+v, %v", r, err)
	}
	l.want(a, 90, 0, 0, 0)
	l.want(b, 15, 0, 0, 0)
	l.clock.Advance(49 * time.Hour)
	l.want(b, 0, 0, 0, 0) // the dates went along
	l.want(a, 90, 0, 0, 0)
}

func TestOrdersFollowTheMerge(t *testing.T) {
	l := newLedger(t)
	ctx := context.Background()
	a, b := l.member(), l.member()
	shipped := l.clock.Now().AddDate(0, 0, -20)
	sold := placed{customer: b, goods: 10_000, at: shipped, shipped: &shipped, status: "SHIPPED"}
	earned := l.order("B-1", sold)
	l.settle(earned)
	no := "B-2"
	_, err := l.Redeem(ctx, nil, SpendRequest{CustomerID: b, Amount: 60, Key: "r", Cause: Cause{Reason: "API", ShopID: &l.shop, OrderNo: &no}})
	must(t, err)
	spentOn := l.order(no, placed{customer: b, goods: 500})
	l.settle(spentOn)
	l.merge(1, b, a)
	l.want(a, 40, 5, 0, 0)
	l.cancel(spentOn) // gives back what b spent, takes back what it earned
	l.want(a, 100, 0, 0, 0)
	l.cancel(earned)
	l.cancel(earned)
	l.want(a, 0, 0, 0, 0)
	l.want(b, 0, 0, 0, 0)

	kept := l.order("B-3", sold)
	l.exec(`UPDATE orders SET customer_id = $2 WHERE id = $1`, kept, a)
	l.settle(kept)
	l.want(a, 100, 0, 0, 0)
	l.undo(1, b, a, earned, spentOn, kept) // an order of b that came in meanwhile goes back with its points
	l.want(a, 0, 0, 0, 0)
	l.want(b, 100, 0, 0, 0)
	l.cancel(kept)
	l.cancel(spentOn)
	l.want(b, 0, 0, 0, 0)
}

func TestCancellationAfterAnUndoFindsWhereItWasSpent(t *testing.T) {
	l := newLedger(t)
	a, b := l.member(), l.member()
	soon, late := l.clock.Now().AddDate(0, 1, 0), l.clock.Now().AddDate(0, 6, 0)
	_, err := l.grant(a, 30, "a", &soon)
	must(t, err)
	_, err = l.grant(b, 30, "b", &late)
	must(t, err)
	l.merge(1, b, a)
	no := "B-9"
	_, err = l.Redeem(context.Background(), nil, SpendRequest{CustomerID: b, Amount: 50, Key: "r", Cause: Cause{Reason: "API", ShopID: &l.shop, OrderNo: &no}})
	must(t, err)
	o := l.order(no, placed{customer: a, goods: 50})
	l.settle(o)
	l.undo(1, b, a, o)
	l.want(a, 0, 0, 0, 0)
	l.want(b, 10, 0, 0, 0) // settling the order that went back gives nothing back
	l.cancel(o)
	l.want(a, 30, 0, 0, 0) // into the lots it came from
	l.want(b, 30, 0, 0, 0)
	l.cancel(o)
	l.want(a, 30, 0, 0, 0)
}

func TestDebtsAcrossMerges(t *testing.T) {
	l := newLedger(t)
	a, b := l.member(), l.member()
	owe := func(customer, amount int64, no string) {
		t.Helper()
		shipped := l.clock.Now().AddDate(0, 0, -20)
		o := l.order(no, placed{customer: customer, goods: amount * 100, at: shipped, shipped: &shipped, status: "SHIPPED"})
		l.settle(o)
		_, err := l.redeem(customer, amount, no)
		must(t, err)
		l.cancel(o)
	}
	owe(b, 80, "B-1")
	_, err := l.grant(a, 30, "a", nil)
	must(t, err)
	l.merge(1, b, a)
	l.want(a, 0, 0, 0, 50) // usable points pay
	_, err = l.grant(a, 10, "more", nil)
	must(t, err)
	l.want(a, 0, 0, 0, 40)
	l.undo(1, b, a)
	l.want(a, 0, 0, 0, 0)
	l.want(b, 0, 0, 0, 40)

	owe(a, 20, "A-1")
	_, err = l.grant(b, 100, "b", nil)
	must(t, err)
	l.merge(2, b, a)
	l.want(a, 40, 0, 0, 0) // what comes over pays the survivor's debt
	l.undo(2, b, a)
	l.want(b, 40, 0, 0, 0)
	l.want(a, 0, 0, 0, 0)
}

func TestChainsOfMerges(t *testing.T) {
	l := newLedger(t)
	a, b, c := l.member(), l.member(), l.member()
	for customer, amount := range map[int64]int64{a: 10, b: 20, c: 40} {
		_, err := l.grant(customer, amount, "g", nil)
		must(t, err)
	}
	h := l.hold(c, 5, "h")
	l.merge(1, c, b)
	l.merge(2, b, a)
	l.want(a, 65, 0, 5, 0)
	_, err := l.capture(c, h.ID, 0, "c")
	must(t, err)
	if err := db.RunInTx(context.Background(), l.db, func(ctx context.Context, tx db.Tx) error { return l.MergeInto(ctx, tx, 3, c, a) }); !fault.Is(err, fault.Conflict) {
		t.Errorf("merging a merged customer: %v", err)
	}
	l.undo(1, c, b) // the first, while the second stands
	l.want(c, 35, 0, 0, 0)
	l.want(a, 30, 0, 0, 0)
	l.undo(2, b, a)
	l.want(a, 10, 0, 0, 0)
	l.want(b, 20, 0, 0, 0)
	if err := db.RunInTx(context.Background(), l.db, func(ctx context.Context, tx db.Tx) error { return l.UndoMerge(ctx, tx, 2, b, a) }); codeOf(err) != "NOT_MERGED" {
		t.Errorf("undoing twice: %v", err)
	}
	l.merge(4, a, c) // and once more, the other way round
	l.want(c, 45, 0, 0, 0)
	l.undo(4, a, c)
	l.want(a, 10, 0, 0, 0)
	l.want(c, 35, 0, 0, 0)
}

func TestVerifyFindsWhatAMergeLeftBehind(t *testing.T) {
	l := newLedger(t)
	a, b := l.member(), l.member()
	_, err := l.grant(b, 50, "b", nil)
	must(t, err)
	l.merge(1, b, a)
	l.inOrder()
	l.exec(`WITH half AS (INSERT INTO point_bookings (customer_id, kind, amount, available_after, occurred_at, idempotency_key, reason, detail, outstanding)
			SELECT $1, 'TRANSFER_OUT', 50, 0, now(), 'half', 'MERGE', '{"merge": 2}', -50 RETURNING id)
		INSERT INTO point_entries (customer_id, booking_id, account, lot_id, amount)
		SELECT $1, half.id, side.account, l.id, side.amount FROM half, point_lots l, (VALUES ('AVAILABLE', -50), ('TRANSFERRED', 50)) side (account, amount)`, a)
	l.exec(`UPDATE point_accounts SET available = 1 WHERE customer_id = $1`, b)
	found, err := l.Verify(context.Background())
	must(t, err)
	seen := map[string]bool{}
	for _, f := range found {
		seen[f.What] = true
	}
	for _, what := range []string{"transfers", "merged", "lot"} {
		if !seen[what] {
			t.Errorf("%s: the check reports %v", what, found)
		}
	}
}

func TestHistoryFollowsAMerge(t *testing.T) {
	l := newLedger(t)
	ctx := context.Background()
	a, b := l.member(), l.member()
	_, err := l.grant(b, 50, "b", nil)
	must(t, err)
	_, err = l.grant(a, 10, "a", nil)
	must(t, err)
	l.merge(1, b, a)
	shown := func(customer int64) (total int64, lines int) {
		t.Helper()
		rows, err := l.History(ctx, customer, 0, 50)
		must(t, err)
		for _, r := range rows {
			total += Change(r)
		}
		return total, len(rows)
	}
	if total, lines := shown(a); total != 60 || lines != 4 {
		t.Errorf("the survivor's history has %d lines that come to %d, want both grants and the pair, 60", lines, total)
	}
	l.undo(1, b, a)
	if total, lines := shown(a); total != 10 || lines != 3 {
		t.Errorf("after the undo %d lines, %d; want 3, 10", lines, total)
	}
	if total, _ := shown(b); total != 50 {
		t.Errorf("after the undo the other's history comes to %d, want 50", total)
	}
}
