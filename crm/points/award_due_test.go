package points

import (
	"context"
	"encoding/json"
	"fmt"
	"testing"
	"time"

	"github.com/meguri-crm/meguri/crm/gid"
	"github.com/meguri-crm/meguri/crm/mall"
	segments "github.com/meguri-crm/meguri/crm/segment"
	"github.com/meguri-crm/meguri/db"
)

// action makes a rule of an action that holds from the day before on.
func (l *ledger) action(a Action, points, validDays int64, c Conditions) EarnRule {
	l.t.Helper()
	c.From = Day(l.days(400).Format(time.DateOnly))
	return l.rule(EarnRule{Kind: EarnAction, Action: a, Points: points, ValidDays: validDays, Conditions: c})
}

func (l *ledger) awardDue(since time.Time) int {
	l.t.Helper()
	n, err := l.AwardDue(context.Background(), since)
	must(l.t, err)
	return n
}

// What the database knows of members is awarded once, by rules with their own terms.
func TestAwardDue(t *testing.T) {
	l := newLedger(t)
	birthday := l.days(3)
	c := l.id(`INSERT INTO customers (member_since, member_via, birth_date) VALUES ($1, 'SITE', $2) RETURNING id`, l.days(10), birthday.AddDate(-30, 0, 0))
	l.id(`INSERT INTO customers (birth_date) VALUES ($1) RETURNING id`, birthday.AddDate(-30, 0, 0)) // no member
	l.exec(`INSERT INTO consents (customer_id, channel, state, origin_shop_id, occurred_at, method, wording) VALUES ($1, 'LINE', 'GIVEN', $2, $3, 'STAFF', 'w')`, c, l.shop, l.days(5))
	l.action(ActionJoin, 500, 0, Conditions{})
	l.action(ActionLine, 200, 0, Conditions{})
	gift := l.action(ActionBirthday, 300, 60, Conditions{})

	if n := l.awardDue(l.days(31)); n != 3 {
		t.Errorf("%d awards, want those of joining, LINE and the birthday", n)
	}
	if n := l.awardDue(l.days(31)); n != 0 {
		t.Errorf("%d awards a second time", n)
	}
	l.want(c, 1000, 0, 0, 0)
	var ends time.Time
	must(t, l.db.Pool.QueryRow(context.Background(), `SELECT expires_at FROM point_lots WHERE customer_id = $1 AND amount = 300`, c).Scan(&ends))
	if want := endOfDay(birthday, 0, 60, l.zone); !ends.Equal(want) {
		t.Errorf("the birthday's points end at %v, want %v", ends, want)
	}
	rc, b, err := l.Award(context.Background(), nil, Act{CustomerID: c, Action: ActionBirthday, Ref: "again"})
	if must(t, err); rc.Booking.ID != 0 || len(b.Not) != 1 || b.Not[0].Rule != gift.ID || b.Not[0].Why != UsedUp {
		t.Errorf("a second birthday in a year: %+v, %+v", rc.Booking, b)
	}
}

// The people whom a rule gave something are those whom a segment finds by it.
func TestPeopleOfARuleAreFoundByIt(t *testing.T) {
	l := newLedger(t)
	joined := l.action(ActionJoin, 500, 0, Conditions{})
	line := l.action(ActionLine, 200, 0, Conditions{})
	for n := range int64(3) {
		c := l.id(`INSERT INTO customers (member_since, member_via) VALUES ($1, 'SITE') RETURNING id`, l.days(10))
		l.exec(`INSERT INTO customer_stats (customer_id) VALUES ($1)`, c)
		if n == 0 {
			l.exec(`INSERT INTO consents (customer_id, channel, state, origin_shop_id, occurred_at, method, wording) VALUES ($1, 'LINE', 'GIVEN', $2, $3, 'STAFF', 'w')`, c, l.shop, l.days(5))
		}
	}
	l.awardDue(l.days(31))
	given, err := l.GivenBy(context.Background(), []int64{joined.ID, line.ID})
	must(t, err)
	people := segments.New(segments.Config{DB: l.db, Clock: l.clock, Zone: l.zone, Currency: "JPY"})
	for rule, want := range map[int64]int64{joined.ID: 3, line.ID: 1} {
		found, err := people.Preview(context.Background(), json.RawMessage(fmt.Sprintf(`{"field":"earn_rule","op":"any_of","value":[%q]}`, gid.Encode("EarnRule", rule))), 0)
		if must(t, err); found.Count != want || given[rule].People != want {
			t.Errorf("rule %d gave %d people something, a segment finds %d; want %d", rule, given[rule].People, found.Count, want)
		}
	}
}

// A rule that was made after somebody joined, and names no first day, does not mean him.
func TestAwardDueKeepsToTheVersionOfTheTime(t *testing.T) {
	l := newLedger(t)
	c := l.id(`INSERT INTO customers (member_since, member_via) VALUES ($1, 'SITE') RETURNING id`, l.days(1))
	l.rule(EarnRule{Kind: EarnAction, Action: ActionJoin, Points: 500})
	l.awardDue(l.days(31))
	l.want(c, 0, 0, 0, 0)
}

// Rules with different lengths of life make a lot each, under one award.
func TestAwardOfRulesWithOwnTerms(t *testing.T) {
	l := newLedger(t)
	c := l.member()
	l.action(ActionSurvey, 10, 30, Conditions{})
	l.action(ActionSurvey, 5, 0, Conditions{})
	l.action(ActionSurvey, 1, 30, Conditions{})
	act := Act{CustomerID: c, Action: ActionSurvey, Ref: "1"}
	_, b, err := l.Award(context.Background(), nil, act)
	must(t, err)
	again, _, err := l.Award(context.Background(), nil, act)
	if must(t, err); b.Total != 16 || !again.Replayed {
		t.Errorf("given %+v, again %+v", b, again)
	}
	var lots int
	must(t, l.db.Pool.QueryRow(context.Background(), `SELECT count(*) FROM point_lots WHERE customer_id = $1 AND amount IN (11, 5)`, c).Scan(&lots))
	if l.want(c, 16, 0, 0, 0); lots != 2 {
		t.Errorf("%d lots, want one of 11 and one of 5", lots)
	}
}

// A file tells what was done; how many points it is worth the rules say, and an
// undone import frees them.
func TestToldAwards(t *testing.T) {
	l := newLedger(t)
	c := l.member()
	rule := l.action(ActionLine, 200, 0, Conditions{})
	told := Told{CustomerID: c, Names: []string{"1"}, Key: "line", Action: mall.PointAction{Kind: mall.PointsAward, Action: "LINE_SUBSCRIPTION", At: l.days(40)}}
	l.tell(1, told)
	l.tell(2, told)
	l.want(c, 200, 0, 0, 0)
	if then, err := l.BalanceAt(context.Background(), c, l.days(39)); err != nil || then.Available != 200 {
		t.Errorf("the day after: %+v, %v", then, err)
	}
	if _, b, err := l.Award(context.Background(), nil, Act{CustomerID: c, Action: ActionLine, Ref: "line"}); err != nil || b.Total != 0 {
		t.Errorf("once more by hand: %+v, %v", b, err)
	}
	l.untell(1, c)
	l.want(c, 0, 0, 0, 0)
	if got := l.given(rule.ID); got != 0 {
		t.Errorf("an undone import has given %d", got)
	}
	l.tell(3, told)
	l.want(c, 200, 0, 0, 0)
}

// What a form promises is a rule: made, changed and stopped by it, and refused
// where rules for everybody give more.
func TestPromiseJoining(t *testing.T) {
	l := newLedger(t)
	ctx := context.Background()
	desk := Desk{l.Service}
	at := Entrance{Form: 7, Shop: l.shop, Title: "店頭"}
	promise := func(points int64) error {
		return db.RunInTx(ctx, l.db, func(ctx context.Context, tx db.Tx) error { return desk.PromiseJoining(ctx, tx, at, points) })
	}
	gives := func(want int64) {
		t.Helper()
		l.clock.Advance(time.Second)
		if got, err := l.JoiningPoints(ctx, at); err != nil || got != want {
			t.Errorf("a new member gets %d, want %d (%v)", got, want, err)
		}
	}
	must(t, promise(500))
	gives(500)
	if elsewhere, err := l.JoiningPoints(ctx, Entrance{Form: 8, Shop: l.shop}); err != nil || elsewhere != 0 {
		t.Errorf("by another form %d, %v", elsewhere, err)
	}
	must(t, promise(300))
	gives(300)
	l.rule(EarnRule{Kind: EarnAction, Action: ActionJoin, Points: 100})
	gives(400)
	must(t, promise(250))
	gives(250)
	if err := promise(50); codeOf(err) != "JOINING_GIVES_MORE" {
		t.Errorf("less than everybody gets: %v", err)
	}
	must(t, promise(100))
	gives(100)
	c := l.member()
	_, b, err := l.Award(ctx, nil, Act{CustomerID: c, Action: ActionJoin, Ref: "join", ShopID: l.shop, Form: 7})
	if must(t, err); b.Total != 100 {
		t.Errorf("awarded %d", b.Total)
	}
}

// Two imports that told of the same thing and are undone at the same time take its
// award back once.
func TestAwardsAreTakenBackOnce(t *testing.T) {
	l := newLedger(t)
	c := l.id(`INSERT INTO customers (member_since, member_via) VALUES ($1, 'SITE') RETURNING id`, l.days(10))
	l.action(ActionLine, 200, 0, Conditions{})
	_, _, err := l.Award(context.Background(), nil, Act{CustomerID: c, Action: ActionLine, Ref: "line"})
	must(t, err)
	l.want(c, 200, 0, 0, 0)

	undo := func(importID int64, before func()) error {
		return db.RunInTx(context.Background(), l.db, func(ctx context.Context, tx db.Tx) error {
			err := l.UndoAwards(ctx, tx, importID, []int64{c})
			before()
			return err
		})
	}
	second := make(chan error)
	must(t, undo(1, func() {
		go func() { second <- undo(2, func() {}) }()
		l.untilOneWaits()
	}))
	must(t, <-second)
	l.want(c, 0, 0, 0, 0)
}

// Who parted from somebody whose award was taken back and given again keeps his own,
// and gets no second one.
func TestAwardsOfKinAreNumberedTogether(t *testing.T) {
	l := newLedger(t)
	l.action(ActionLine, 200, 0, Conditions{})
	a, b := l.member(), l.member()
	award := func(c, want int64) {
		t.Helper()
		_, _, err := l.Award(context.Background(), nil, Act{CustomerID: c, Action: ActionLine, Ref: "line"})
		must(t, err)
		l.want(c, want, 0, 0, 0)
	}
	takeBack := func(c int64) {
		t.Helper()
		must(t, db.RunInTx(context.Background(), l.db, func(ctx context.Context, tx db.Tx) error { return l.UndoAwards(ctx, tx, 1, []int64{c}) }))
	}
	award(b, 200)
	takeBack(b)
	award(b, 200) // his second
	award(a, 200)
	l.merge(1, a, b)
	l.want(b, 400, 0, 0, 0)
	l.undo(1, a, b)
	award(a, 200)
	award(b, 200)

	takeBack(a) // and his kin's
	l.want(b, 0, 0, 0, 0)
	award(a, 200) // the third of the kin
	award(a, 200)
	if n := l.awardDue(l.days(31)); n != 0 {
		t.Errorf("%d awards for facts that are not there", n)
	}
	l.exec(`INSERT INTO consents (customer_id, channel, state, origin_shop_id, occurred_at, method, wording) VALUES ($1, 'LINE', 'GIVEN', $2, $3, 'STAFF', 'w')`, b, l.shop, l.days(5))
	if n := l.awardDue(l.days(31)); n != 1 {
		t.Errorf("%d awards, want that of the consent", n)
	}
	if n := l.awardDue(l.days(31)); n != 0 {
		t.Errorf("%d awards a second time", n)
	}
}
