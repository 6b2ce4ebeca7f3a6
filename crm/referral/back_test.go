package referral_test

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/meguri-crm/meguri/crm/customer"
	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/crm/points"
	"github.com/meguri-crm/meguri/crm/referral"
	"github.com/meguri-crm/meguri/db"
)

func (w *world) merging() *customer.Service {
	return customer.New(w.d, w.clock, nil).WithFollowing(customer.Following{Ledger: w.points})
}

func (w *world) merge(stay, gone int64) *db.Merge {
	w.t.Helper()
	w.exec(`UPDATE customers SET phone = '', email = '', family_name = '', given_name = '' WHERE id IN ($1, $2)`, stay, gone)
	m, err := w.merging().Merge(w.t.Context(), customer.MergeRequest{SurvivorID: stay, MergedID: gone})
	if err != nil {
		w.t.Fatal(err)
	}
	return m
}

func (w *world) undo(m *db.Merge) {
	w.t.Helper()
	if _, err := w.merging().Undo(w.t.Context(), customer.UndoRequest{SurvivorID: m.CustomerID, MergeID: m.ID, Distinct: true}); err != nil {
		w.t.Fatal(err)
	}
}

func (w *world) cancel(order int64) {
	w.t.Helper()
	w.exec(`UPDATE orders SET status = 'CANCELLED', cancelled_at = now(), net_sales = 0 WHERE id = $1`, order)
}

func (w *world) stand(order, goods int64) {
	w.t.Helper()
	w.exec(`UPDATE orders SET status = 'SHIPPED', cancelled_at = NULL, goods_amount = $2, net_sales = $2 WHERE id = $1`, order, goods)
}

// have wants what two have, less what they owe.
func (w *world) have(by, want, friend, his int64) {
	w.t.Helper()
	for who, n := range map[int64]int64{by: want, friend: his} {
		account, err := w.points.Balance(w.t.Context(), who)
		if err != nil {
			w.t.Fatal(err)
		}
		if got := account.Available - account.Debt; got != n {
			w.t.Errorf("customer %d has %d points, want %d", who, got, n)
		}
	}
}

// sound wants books that are true, and nothing left to be looked at.
func (w *world) sound() {
	w.t.Helper()
	if wrong, err := w.points.Verify(w.t.Context()); err != nil || len(wrong) > 0 {
		w.t.Errorf("the books: %v %+v", err, wrong)
	}
	if n := w.insert(`SELECT count(*) FROM referral_looks`); n != 0 {
		w.t.Errorf("%d looks are left", n)
	}
}

// When the order is cancelled or comes back after both were rewarded, both lose their
// points, spent ones too; and have them again when it stands again or another counts.
func TestRewardsAreTakenBackWithTheOrder(t *testing.T) {
	w := newWorld(t)
	by := w.member()
	row := w.brought(by)
	first := w.order(row.CustomerID, 3000, 1, 1)
	w.on(20)
	w.is(row.ID, referral.Rewarded)
	if _, err := w.points.Redeem(t.Context(), nil, points.SpendRequest{CustomerID: by, Amount: 400, Key: "spent", Cause: points.Cause{Reason: "API"}}); err != nil {
		t.Fatal(err)
	}
	w.cancel(first)
	for day := range 2 {
		w.on(30 + day)
		got := w.is(row.ID, referral.TakenBack, "ORDER_GONE")
		if !got.ChangedAt.Equal(now.AddDate(0, 0, 30)) || got.ReferrerPoints != 500 || got.FriendPoints != 300 || got.RewardedAt == nil {
			t.Errorf("%+v", got)
		}
		w.have(by, -400, row.CustomerID, 0)
	}
	if f, err := w.Figures(t.Context(), nil, nil); err != nil || f.Rewarded != 0 || f.TakenBack != 1 || f.ReferrerPoints != 0 || f.FriendPoints != 0 {
		t.Errorf("figures %+v, %v", f, err)
	}
	w.stand(first, 3000)
	w.on(32)
	w.is(row.ID, referral.Rewarded)
	w.have(by, 100, row.CustomerID, 300)

	w.stand(first, 1000) // a part came back, and it is large enough
	w.on(33)
	w.is(row.ID, referral.Rewarded)
	w.stand(first, 999)
	w.on(34)
	w.is(row.ID, referral.TakenBack, "TOO_SMALL")
	w.have(by, -400, row.CustomerID, 0)
	w.order(row.CustomerID, 5000, 40, 41) // only the first order counts
	w.on(60)
	w.is(row.ID, referral.TakenBack, "TOO_SMALL")
	w.cancel(first) // now that was the first
	w.on(61)
	w.is(row.ID, referral.Rewarded)
	w.have(by, 100, row.CustomerID, 300)

	w.exec(`DELETE FROM orders WHERE customer_id = $1`, row.CustomerID) // the import of it is undone
	w.on(62)
	w.is(row.ID, referral.TakenBack, "ORDER_GONE")
	w.order(row.CustomerID, 5000, 70, 75)
	w.on(76)
	if got := w.is(row.ID, referral.TakenBack, "ORDER_GONE"); got.DueAt == nil || !got.DueAt.Equal(now.AddDate(0, 0, 89)) {
		t.Errorf("due %v, want 14 days after shipment", got.DueAt)
	}
	w.on(200)
	w.is(row.ID, referral.Rewarded)
	w.have(by, 100, row.CustomerID, 300)
	w.sound()
	var kinds []string
	if err := w.d.NewRaw(`SELECT kind || coalesce(' ' || (data->>'reason'), '') FROM events WHERE ref_id = ? AND customer_id = ? AND kind IN ('referral.rewarded', 'referral.takenBack') ORDER BY occurred_at`,
		row.ID, by).Scan(t.Context(), &kinds); err != nil {
		t.Fatal(err)
	}
	if want := []string{
		"referral.rewarded", "referral.takenBack ORDER_GONE", "referral.rewarded", "referral.takenBack TOO_SMALL",
		"referral.rewarded", "referral.takenBack ORDER_GONE", "referral.rewarded",
	}; !slices.Equal(kinds, want) {
		t.Errorf("the timeline tells %q, want %q", kinds, want)
	}
}

// An order that is cancelled at the moment at which its referral is rewarded takes the
// points back with it.
func TestAnOrderIsCancelledWhileItIsRewarded(t *testing.T) {
	w := newWorld(t)
	by := w.member()
	row := w.brought(by)
	order := w.order(row.CustomerID, 3000, 1, 1)
	tx, err := w.d.Pool.Begin(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = tx.Rollback(context.Background()) }() // after a commit it does nothing
	if _, err := tx.Exec(t.Context(), `UPDATE orders SET status = 'CANCELLED', cancelled_at = now(), net_sales = 0 WHERE id = $1`, order); err != nil {
		t.Fatal(err)
	}
	w.on(20) // nobody can know of it yet
	w.is(row.ID, referral.Rewarded)
	if err := tx.Commit(t.Context()); err != nil {
		t.Fatal(err)
	}
	w.on(21)
	w.is(row.ID, referral.TakenBack, "ORDER_GONE")
	w.have(by, 0, row.CustomerID, 0)
	w.sound()
}

// What looks odd when points are to be given again waits for staff, as at first; and
// what staff has refused stays refused.
func TestAnotherOrderIsJudgedAnew(t *testing.T) {
	w := newWorld(t)
	by := w.member()
	row := w.brought(by)
	first := w.order(row.CustomerID, 3000, 1, 1)
	w.on(20)
	w.cancel(first)
	w.exec(`UPDATE customers SET hint_phone = 77 WHERE id IN ($1, $2)`, by, row.CustomerID)
	w.order(row.CustomerID, 3000, 21, 21)
	w.on(22)
	if got := w.is(row.ID, referral.TakenBack, "ORDER_GONE"); got.DueAt == nil {
		t.Error("the other order is not seen")
	}
	w.on(23)
	if got := w.is(row.ID, referral.Flagged, "SAME_PHONE"); got.RewardedAt != nil || got.ReferrerPoints != 0 {
		t.Errorf("%+v", got)
	}
	if _, err := w.Refuse(t.Context(), row.ID, "同じ方です"); err != nil {
		t.Fatal(err)
	}
	w.stand(first, 3000)
	w.on(60)
	w.is(row.ID, referral.Refused, "SAME_PHONE")
	w.have(by, 0, row.CustomerID, 0)
	w.sound()
}

// Who turn out to be one person bring nothing, also afterwards; when the merge is undone
// the referral stands again.
func TestUndoneMergesLetReferralsStandAgain(t *testing.T) {
	w := newWorld(t)
	for _, c := range []struct {
		name string
		stay func(row *db.Referral) (stay, gone int64)
	}{
		{"the referrer stays", func(r *db.Referral) (int64, int64) { return r.ReferrerID, r.CustomerID }},
		{"the friend stays", func(r *db.Referral) (int64, int64) { return r.CustomerID, r.ReferrerID }},
	} {
		t.Run(c.name, func(t *testing.T) {
			w.t = t
			w.on(0)
			rewarded, waiting := w.brought(w.member()), w.brought(w.member())
			w.order(rewarded.CustomerID, 2000, 1, 1)
			w.on(20)
			w.is(rewarded.ID, referral.Rewarded)
			one, other := w.merge(c.stay(rewarded)), w.merge(c.stay(waiting))
			w.on(21)
			w.is(rewarded.ID, referral.TakenBack, "SELF")
			w.is(waiting.ID, referral.Void, "SELF")
			w.have(one.CustomerID, 0, other.CustomerID, 0)
			w.undo(one)
			w.undo(other)
			w.on(22)
			w.is(rewarded.ID, referral.Rewarded)
			w.is(waiting.ID, referral.Waiting)
			w.have(rewarded.ReferrerID, 500, rewarded.CustomerID, 300)
			w.order(waiting.CustomerID, 2000, 22, 22)
			w.on(40)
			w.is(waiting.ID, referral.Rewarded)
			w.have(waiting.ReferrerID, 500, waiting.CustomerID, 300)
			w.sound()
		})
	}
}

// Who was merged into somebody who was brought already is one who was brought once;
// parted again, each was.
func TestUndoneMergesOfFriendsLetEachStandAgain(t *testing.T) {
	w := newWorld(t)
	first, second := w.brought(w.member()), w.brought(w.member())
	w.order(first.CustomerID, 2000, 1, 1)
	w.on(20)
	w.is(first.ID, referral.Rewarded)
	m := w.merge(second.CustomerID, first.CustomerID)
	w.order(second.CustomerID, 2000, 20, 20)
	w.on(40)
	w.is(first.ID, referral.Rewarded) // its order is the survivor's now
	w.is(second.ID, referral.Void, "REPEATED")
	w.undo(m)
	w.on(41)
	w.is(first.ID, referral.Rewarded)
	w.is(second.ID, referral.Rewarded)
	w.have(first.CustomerID, 300, second.CustomerID, 300)
	w.sound()
}

// Sixteen at once move referrals on while their orders are cancelled and stand again,
// points are spent and people merged: in the end each side has its points or has not.
func TestSixteenAtOnceTakeBackOnce(t *testing.T) {
	w := newWorld(t)
	const friends = 24
	var referrers, orders []int64
	var rows []*db.Referral
	for i := range friends {
		if i%2 == 0 {
			referrers = append(referrers, w.member())
		}
		row := w.brought(referrers[i/2])
		rows, orders = append(rows, row), append(orders, w.order(row.CustomerID, 2000, 1, 1))
	}
	w.on(20)
	var wg sync.WaitGroup
	for i := range 16 {
		wg.Go(func() {
			for try := range 6 {
				at := (i*6 + try) % friends
				if i%2 == 0 {
					w.flip(orders[at])
				}
				if _, err := w.Advance(context.Background()); err != nil && !fault.Is(err, fault.Unavailable) && !fault.Is(err, fault.Conflict) {
					t.Errorf("advance: %v", err)
				}
				_, _ = w.points.Redeem(context.Background(), nil, points.SpendRequest{CustomerID: rows[at].CustomerID, Amount: 10, Key: fmt.Sprintf("%d-%d", i, try), Cause: points.Cause{Reason: "API"}})
			}
		})
	}
	wg.Wait()
	w.exec(`UPDATE orders SET status = 'CANCELLED', cancelled_at = now() WHERE id = ANY ($1)`, orders[:friends/2])
	w.exec(`UPDATE orders SET status = 'SHIPPED', cancelled_at = NULL WHERE id = ANY ($1)`, orders[friends/2:])
	w.on(21)
	w.clock.Advance(time.Minute)
	w.on(22)
	for i, row := range rows {
		got := w.standing(row.ID)
		spent := w.insert(`SELECT coalesce(sum(amount), 0)::bigint FROM point_bookings WHERE customer_id = $1 AND kind = 'REDEEM'`, row.CustomerID)
		want, points := referral.TakenBack, int64(0)
		if i >= friends/2 {
			want, points = referral.Rewarded, 300
		}
		if got.Status != string(want) {
			t.Errorf("referral %d is %s, want %s", row.ID, got.Status, want)
		}
		w.have(row.CustomerID, points-spent, row.CustomerID, points-spent)
	}
	for i, by := range referrers {
		want := int64(0)
		if 2*i >= friends/2 {
			want = 1000
		}
		w.have(by, want, by, want)
	}
	w.sound()
}

// flip lets an order be cancelled, or stand again.
func (w *world) flip(order int64) {
	_, err := w.d.Pool.Exec(context.Background(), `UPDATE orders SET status = CASE status WHEN 'CANCELLED' THEN 'SHIPPED' ELSE 'CANCELLED' END,
		cancelled_at = CASE status WHEN 'CANCELLED' THEN NULL ELSE now() END WHERE id = $1`, order)
	if err != nil {
		w.t.Errorf("order %d: %v", order, err)
	}
}
