package points

import (
	"context"
	"slices"
	"testing"

	"github.com/meguri-crm/meguri/db"
)

// awardAll awards acts in a transaction that holds what it must.
func (l *ledger) awardAll(acts ...Act) (given []int64) {
	l.t.Helper()
	must(l.t, l.amongPeople(func(ctx context.Context, tx db.Tx) (err error) {
		given, err = l.AwardAll(ctx, tx, acts)
		return err
	}))
	return given
}

func (l *ledger) takeAwardsBack(acts ...Act) {
	l.t.Helper()
	must(l.t, l.amongPeople(func(ctx context.Context, tx db.Tx) error { return l.TakeBackAwards(ctx, tx, acts) }))
}

func (l *ledger) amongPeople(do func(context.Context, db.Tx) error) error {
	return db.RunInTx(context.Background(), l.db, func(ctx context.Context, tx db.Tx) error {
		if _, err := tx.NewRaw("SELECT pg_advisory_xact_lock_shared(?)", int64(db.PeopleLock)).Exec(ctx); err != nil {
			return err
		}
		return do(ctx, tx)
	})
}

// What acts were awarded is taken back once, also what was spent of it, in all its lots,
// and is free of caps; the same acts earn again, as often as that.
func TestAwardsOfActsAreTakenBackAndGivenAgain(t *testing.T) {
	l := newLedger(t)
	l.set(func(s *Settings) { s.Shortfall = ShortfallDebt })
	desk := Desk{Service: l.Service}
	for _, r := range []EarnRule{
		{Name: "紹介", Kind: EarnAction, Action: ActionReferral, Points: 500, Caps: Caps{Person: 600}},
		{Name: "紹介のおまけ", Kind: EarnAction, Action: ActionReferral, Points: 50, ValidDays: 10},
	} {
		_, err := desk.CreateRule(context.Background(), r)
		must(t, err)
	}
	c, other := l.member(), l.member()
	act := func(ref string) Act {
		return Act{CustomerID: c, Action: ActionReferral, Ref: ref, Cause: Cause{Reason: "TAKEN_BACK", Detail: map[string]any{"referral": 7}}}
	}
	gives := func(want ...int64) {
		t.Helper()
		if got := l.awardAll(act("a"), act("b")); !slices.Equal(got, want) {
			t.Errorf("awarded %v, want %v", got, want)
		}
	}
	gives(550, 150) // the rule gives one person 600
	gives(0, 0)
	_, err := l.redeem(c, 400, "spent")
	must(t, err)
	l.takeAwardsBack(act("a"), act("never"))
	l.want(c, 0, 0, 0, 250)
	if n := l.id(`SELECT count(*) FROM point_bookings WHERE kind = 'CLAWBACK' AND reason = 'TAKEN_BACK' AND detail->>'referral' = '7' AND detail ? 'booking'`); n != 2 {
		t.Errorf("%d bookings tell why", n)
	}
	l.takeAwardsBack(act("a"))
	l.want(c, 0, 0, 0, 250)
	gives(550, 0)
	l.want(c, 300, 0, 0, 0)

	l.merge(1, c, other) // what goes with the points is found where they are
	l.takeAwardsBack(act("a"))
	l.want(other, 0, 0, 0, 250)
	l.undo(1, c, other)
	gives(550, 0)
	l.takeAwardsBack(act("a"), act("b"))
	l.takeAwardsBack(act("a"), act("b"))
	gives(550, 150)
	if n := l.id(`SELECT sum(amount * CASE kind WHEN 'GRANT' THEN 1 ELSE -1 END)::bigint FROM point_bookings WHERE kind IN ('GRANT', 'CLAWBACK')`); n != 700 {
		t.Errorf("%d points stand in the end, want 700", n)
	}
	if wrong, err := l.Verify(context.Background()); err != nil || len(wrong) > 0 {
		t.Errorf("the books: %v %+v", err, wrong)
	}
}

// What has expired meanwhile is not taken back a second time.
func TestAwardsThatHaveExpiredAreNotTakenBack(t *testing.T) {
	l := newLedger(t)
	l.action(ActionReferral, 100, 5, Conditions{})
	c := l.member()
	act := Act{CustomerID: c, Action: ActionReferral, Ref: "a", Cause: Cause{Reason: "TAKEN_BACK"}}
	l.awardAll(act)
	_, err := l.redeem(c, 30, "spent")
	must(t, err)
	_, err = l.grant(c, 1000, "more", nil)
	must(t, err)
	l.clock.T = l.clock.T.AddDate(0, 0, 7)
	_, err = l.BookDue(context.Background())
	must(t, err)
	l.want(c, 1000, 0, 0, 0)
	l.takeAwardsBack(act)
	l.want(c, 970, 0, 0, 0)
}
