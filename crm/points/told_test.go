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
		{CustomerID: c, Names: []string{"1"}, Key: "join", Action: mall.PointAction{Kind: mall.PointsGrant, Amount: 500, At: l.days(300), ExpiresAt: l.days(100)}},
		{CustomerID: c, Names: []string{"1"}, Key: "spend", Action: mall.PointAction{Kind: mall.PointsRedeem, Amount: 200, At: l.days(200)}},
		{CustomerID: c, Names: []string{"1"}, Key: "gift", Action: mall.PointAction{Kind: mall.PointsGrant, Amount: 70, At: l.days(50), ExpiresAt: l.days(-40)}},
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
	l.tell(1, Told{CustomerID: c, Names: []string{"1"}, Key: "g", Action: mall.PointAction{Kind: mall.PointsGrant, Amount: 500, At: l.days(30), Never: true}},
		Told{CustomerID: c, Names: []string{"1"}, Key: "d", Action: mall.PointAction{Kind: mall.PointsDeduct, Amount: 120, At: l.days(20)}},
		Told{CustomerID: c, Names: []string{"1"}, Key: "r", Action: mall.PointAction{Kind: mall.PointsRedeem, Amount: 450, At: l.days(10)}})
	l.want(c, 0, 0, 0, 70)
	l.untell(1, c)
	l.want(c, 0, 0, 0, 0)
}

func TestWhatIsOwedIsPaidByOrdersThatComeLater(t *testing.T) {
	l := newLedger(t)
	c := l.member()
	l.tell(1, Told{CustomerID: c, Names: []string{"1"}, Key: "r", Action: mall.PointAction{Kind: mall.PointsRedeem, Amount: 30, At: l.days(10)}})
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
	l.tell(1, Told{CustomerID: c, Names: []string{"1"}, Key: "o", Action: mall.PointAction{Kind: mall.PointsOpening, Amount: 800, At: l.days(30), ExpiresAt: l.days(-300)}})
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

// opening is a balance that was brought in, so many days ago.
func (l *ledger) opening(c int64, name string, amount int64, ago int) Told {
	return Told{CustomerID: c, Names: []string{name}, Key: "open", Action: mall.PointAction{Kind: mall.PointsOpening, Amount: amount, At: l.days(ago), Never: true}}
}

func (l *ledger) sold(no string, customer int64, ago int) int64 {
	at := l.days(ago)
	return l.order(no, placed{customer: customer, goods: 10_000, at: at, shipped: &at})
}

func TestAnActionIsBookedOnceHoweverTheMemberIsCalled(t *testing.T) {
	l := newLedger(t)
	c := l.member()
	gift := func(names, known []string) Told {
		return Told{CustomerID: c, Names: names, Known: known, Key: "gift", Action: mall.PointAction{Kind: mall.PointsGrant, Amount: 100, At: l.days(5), Never: true}}
	}
	for _, step := range []struct {
		what         string
		importID     int64
		names, known []string
		booked       int64
	}{
		{"by his mail", 1, []string{"mail"}, nil, 1},
		{"by his number, too", 2, []string{"number", "mail"}, nil, 0},
		{"by his number alone", 3, []string{"number"}, []string{"mail"}, 0},
		{"another of the same file who was merged with him", 1, []string{"other"}, []string{"mail"}, 1},
		{"and once more", 4, []string{"other"}, []string{"mail"}, 0},
	} {
		if n := l.tell(step.importID, gift(step.names, step.known)); n != step.booked {
			t.Errorf("%s: %d booked, want %d", step.what, n, step.booked)
		}
	}
	other := gift([]string{"mail"}, nil)
	other.CustomerID = l.member()
	if n := l.tell(5, other); n != 1 {
		t.Errorf("%d booked of somebody else with that mail", n)
	}
	l.want(c, 200, 0, 0, 0)
}

func TestUndoingOneFileLeavesTheOpeningOfAnother(t *testing.T) {
	l := newLedger(t)
	c := l.member()
	l.tell(1, l.opening(c, "1", 800, 30))
	late := l.opening(c, "1", 50, 10)
	late.Key = "late"
	l.tell(2, late, Told{CustomerID: c, Names: []string{"1"}, Key: "gift", Action: mall.PointAction{Kind: mall.PointsGrant, Amount: 7, At: l.days(5), Never: true}})
	l.untell(2, c)
	l.settle(l.sold("before", c, 40), l.sold("between", c, 20))
	l.want(c, 900, 0, 0, 0)
	l.untell(1, c)
	l.settle(l.sold("long before", c, 45))
	l.want(c, 200, 0, 0, 0)
}

func TestAnOpeningGoesWithWhoIsParted(t *testing.T) {
	l := newLedger(t)
	a, b := l.member(), l.member()
	l.tell(1, l.opening(b, "b", 500, 30))
	l.merge(1, b, a)
	l.undo(1, b, a)
	l.settle(l.sold("A-1", a, 40), l.sold("B-1", b, 40))
	l.want(a, 100, 0, 0, 0)
	l.want(b, 500, 0, 0, 0)
}

func TestUndoingAFileOfTheMergedLeavesTheOpeningOfTheSurvivor(t *testing.T) {
	l := newLedger(t)
	a, b := l.member(), l.member()
	l.tell(1, l.opening(a, "a", 500, 30))
	l.tell(2, l.opening(b, "b", 300, 10))
	l.merge(1, b, a)
	l.untell(2, b)
	l.settle(l.sold("A-1", a, 40), l.sold("A-2", a, 20))
	l.want(a, 600, 0, 0, 0)
}

// TestAnUndoingUnderWay has not come to everybody: what still stands is not
// booked a second time.
func TestAnUndoingUnderWay(t *testing.T) {
	l := newLedger(t)
	reached, waiting := l.member(), l.member()
	id := l.id(`WITH u AS (INSERT INTO uploads (name) VALUES ('members.jsonl') RETURNING id)
		INSERT INTO imports (shop_id, upload_id, file_name, format, fingerprint, status, mode, undo_begun_at)
		SELECT $1, id, 'members.jsonl', 'MEMBERS', '', 'STOPPED', 'UNDO', now() FROM u RETURNING id`, l.shop)
	l.tell(id, l.opening(reached, "r", 100, 5), l.opening(waiting, "w", 100, 5))
	l.untell(id, reached)
	if n := l.tell(id+1, l.opening(reached, "r", 100, 5), l.opening(waiting, "w", 100, 5)); n != 1 {
		t.Errorf("%d booked again, want what is taken back only", n)
	}
	l.want(reached, 100, 0, 0, 0)
	l.want(waiting, 100, 0, 0, 0)
}

func TestAForgivenDebtGoesBackWhereItCameFrom(t *testing.T) {
	l := newLedger(t)
	c := l.member()
	l.tell(1, Told{CustomerID: c, Names: []string{"1"}, Key: "d", Action: mall.PointAction{Kind: mall.PointsDeduct, Amount: 40, At: l.days(5)}})
	l.want(c, 0, 0, 0, 40)
	l.untell(1, c)
	l.want(c, 0, 0, 0, 0)
	if n := l.id(`SELECT count(*) FROM (SELECT FROM point_entries WHERE account IN ('REDEEMED', 'ADJUSTED') GROUP BY account HAVING sum(amount) <> 0) wrong`); n != 0 {
		t.Errorf("%d accounts keep what was taken back", n)
	}
}
