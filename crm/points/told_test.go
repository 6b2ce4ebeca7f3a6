package points

import (
	"context"
	"testing"
	"time"

	"github.com/meguri-crm/meguri/crm/mall"
	"github.com/meguri-crm/meguri/db"
)

func (l *ledger) tell(importID int64, told ...Told) (booked int64) {
	l.t.Helper()
	must(l.t, db.RunInTx(context.Background(), l.db, func(ctx context.Context, tx db.Tx) (err error) {
		booked, _, err = l.BookTold(ctx, tx, importID, told, nil)
		return err
	}))
	return booked
}

func (l *ledger) untell(importID int64, customers ...int64) {
	l.t.Helper()
	must(l.t, db.RunInTx(context.Background(), l.db, func(ctx context.Context, tx db.Tx) error { return l.UndoTold(ctx, tx, importID, customers) }))
}

// days is the instant so many days ago.
func (l *ledger) days(ago int) time.Time { return l.clock.Now().AddDate(0, 0, -ago) }

// former is what a former system did: a welcome that is gone by now but for what
// was spent of it, and a gift that lives.
func (l *ledger) former(c int64) []Told {
	return []Told{
		{CustomerID: c, Key: "1:join", Action: mall.PointAction{Kind: mall.PointsGrant, Amount: 500, At: l.days(300), ExpiresAt: l.days(100)}},
		{CustomerID: c, Key: "1:spend", Action: mall.PointAction{Kind: mall.PointsRedeem, Amount: 200, At: l.days(200)}},
		{CustomerID: c, Key: "1:gift", Action: mall.PointAction{Kind: mall.PointsGrant, Amount: 70, At: l.days(50), ExpiresAt: l.days(-40)}},
	}
}

func TestToldPointsAreBookedOnceAtTheirInstants(t *testing.T) {
	l := newLedger(t)
	c := l.member()
	if n := l.tell(1, l.former(c)...); n != 3 {
		t.Errorf("%d booked", n)
	}
	if n := l.tell(2, l.former(c)...); n != 0 {
		t.Errorf("%d booked again", n)
	}
	l.want(c, 70, 0, 0, 0)
	for ago, want := range map[int]int64{250: 500, 150: 300, 90: 0, 10: 70} {
		then, err := l.BalanceAt(context.Background(), c, l.days(ago))
		if must(t, err); then.Available != want {
			t.Errorf("%d days ago %d, want %d", ago, then.Available, want)
		}
	}
	l.untell(1, c)
	l.want(c, 0, 0, 0, 0) // what was spent has come back into its lot, and was taken with the rest of it
	l.untell(1, c)
	l.want(c, 0, 0, 0, 0)
}

func TestUndoneSpendingsGiveTheirGrantsBackFirst(t *testing.T) {
	l := newLedger(t)
	c := l.member()
	l.tell(1, Told{CustomerID: c, Key: "g", Action: mall.PointAction{Kind: mall.PointsGrant, Amount: 500, At: l.days(30), Never: true}},
		Told{CustomerID: c, Key: "d", Action: mall.PointAction{Kind: mall.PointsDeduct, Amount: 120, At: l.days(20)}},
		Told{CustomerID: c, Key: "r", Action: mall.PointAction{Kind: mall.PointsRedeem, Amount: 450, At: l.days(10)}})
	l.want(c, 0, 0, 0, 70)
	l.untell(1, c)
	l.want(c, 0, 0, 0, 0)
}

func TestWhatIsOwedIsPaidByOrdersThatComeLater(t *testing.T) {
	l := newLedger(t)
	c := l.member()
	l.tell(1, Told{CustomerID: c, Key: "r", Action: mall.PointAction{Kind: mall.PointsRedeem, Amount: 30, At: l.days(10)}})
	l.want(c, 0, 0, 0, 30)
	shipped := l.days(40)
	l.settle(l.order("A-1", placed{customer: c, goods: 5000, at: shipped, shipped: &shipped}))
	l.want(c, 20, 0, 0, 0)
	l.untell(1, c)
	l.want(c, 50, 0, 0, 0) // it was paid off: it comes back as points of today
}

func TestAnOpeningClosesTheBooks(t *testing.T) {
	l := newLedger(t)
	c := l.member()
	early, late := l.days(40), l.days(20)
	l.tell(1, Told{CustomerID: c, Key: "o", Action: mall.PointAction{Kind: mall.PointsOpening, Amount: 800, At: l.days(30), ExpiresAt: l.days(-300)}})
	l.settle(l.order("before", placed{customer: c, goods: 10_000, at: early, shipped: &early}),
		l.order("after", placed{customer: c, goods: 10_000, at: late, shipped: &late}))
	l.want(c, 900, 0, 0, 0)
	l.clock.Advance(301 * 24 * time.Hour)
	l.want(c, 100, 0, 0, 0)
}

func TestAnOrderEarnsByTheStageOfItsDay(t *testing.T) {
	l := newLedger(t)
	c := l.member()
	l.reached(c, "GOLD", l.days(20))
	early, late := l.days(25), l.days(15)
	l.settle(l.order("late", placed{customer: c, goods: 1000, at: late, shipped: &late}))
	l.settle(l.order("early", placed{customer: c, goods: 1000, at: early, shipped: &early}))
	l.want(c, 25, 0, 0, 0)
}
