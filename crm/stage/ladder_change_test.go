package stage

import (
	"context"
	"errors"
	"reflect"
	"slices"
	"testing"
	"time"

	"github.com/meguri-crm/meguri/crm/access"
	"github.com/meguri-crm/meguri/crm/fault"
)

func (w *world) exec(sql string, args ...any) {
	w.t.Helper()
	if _, err := w.db.Pool.Exec(context.Background(), sql, args...); err != nil {
		w.t.Fatal(err)
	}
}

func (w *world) member() int64 {
	w.t.Helper()
	return w.id(`INSERT INTO customers (member_since, member_via) VALUES ('2025-01-01', 'APP') RETURNING id`)
}

func (w *world) on(customer int64, stage string) *Place {
	w.t.Helper()
	places, err := w.Places(context.Background(), []int64{customer})
	if err != nil || len(places) != 1 {
		w.t.Fatalf("%d places, %v", len(places), err)
	}
	if places[0].Stage.Code != stage {
		w.t.Errorf("on %s, want %s", places[0].Stage.Code, stage)
	}
	return places[0]
}

func (w *world) review(want int) {
	w.t.Helper()
	if n, err := w.ReviewDue(context.Background()); n != want || err != nil {
		w.t.Errorf("%d reviewed, %v; want %d", n, err, want)
	}
}

func (w *world) ladder() *Current {
	w.t.Helper()
	l, err := w.Current(context.Background())
	if err != nil {
		w.t.Fatal(err)
	}
	return l
}

func code(err error) string {
	var f *fault.Error
	if !errors.As(err, &f) {
		return ""
	}
	return f.CodeOrKind() + " " + f.Field
}

func TestAStageByHand(t *testing.T) {
	w := newWorld(t)
	ctx := access.WithCaller(context.Background(), &access.Caller{Principal: access.Principal{Kind: access.ActorStaff, ID: 7}})
	c, guest := w.member(), w.id(`INSERT INTO customers DEFAULT VALUES RETURNING id`)
	w.order(c, "RAKUTEN", "JPY", w.clock.Now(), 20000)
	w.recompute(c)
	gold, silver := w.ladder().Steps[2].ID, w.ladder().Steps[1].ID
	yesterday, until := w.clock.Now().AddDate(0, 0, -1), time.Date(2026, 4, 30, 0, 0, 0, 0, time.UTC)
	for want, r := range map[string]GiveRequest{
		"REASON_REQUIRED reason":   {CustomerID: c, StageID: gold, Note: " "},
		"DAY_GONE until":           {CustomerID: c, StageID: gold, Note: "お詫び", Until: &yesterday},
		"STAGE_NOT_HIGHER stageId": {CustomerID: c, StageID: silver, Note: "お詫び"},
		"NOT_FOUND stageId":        {CustomerID: c, StageID: 99, Note: "お詫び"},
		"NOT_A_MEMBER customerId":  {CustomerID: guest, StageID: gold, Note: "お詫び"},
		"NOT_FOUND ":               {CustomerID: 1 << 40, StageID: gold, Note: "お詫び"},
	} {
		if err := w.Give(ctx, r); code(err) != want {
			t.Errorf("%+v: %v, want %s", r, err, want)
		}
	}
	if err := w.Give(ctx, GiveRequest{CustomerID: c, StageID: gold, Until: &until, Note: "お詫び"}); err != nil {
		t.Fatal(err)
	}
	p := w.on(c, "GOLD")
	if p.ByHand == nil || p.ByHand.Earned.Code != "SILVER" || !p.ByHand.Until.Equal(until) || p.Loss == nil || p.Loss.To.Code != "SILVER" {
		t.Errorf("given by hand: %+v, loss %+v", p.ByHand, p.Loss)
	}
	h, err := w.History(ctx, c)
	if err != nil || h[0].Reason != ReasonStaff || h[0].Note != "お詫び" || *h[0].ActorID != 7 || h[0].ActorKind != "STAFF" || !h[0].Until.Equal(until) {
		t.Errorf("history %+v, %v", h[0], err)
	}
	if n := w.id(`SELECT count(*) FROM audit_log WHERE action = 'stage.give' AND actor_id = 7 AND object_id = $1`, c); n != 1 {
		t.Errorf("%d lines in the audit log, want 1", n)
	}
	w.clock.T = time.Date(2026, 4, 30, 15, 0, 0, 0, time.UTC) // May has begun in Tokyo
	w.on(c, "SILVER")
	w.review(1)
	if p := w.on(c, "SILVER"); p.ByHand != nil {
		t.Errorf("still by hand: %+v", p)
	}
	if got := w.history(c); got[0] != ReasonReview {
		t.Errorf("history %v", got)
	}
	if err := w.TakeBack(ctx, c, "終了"); code(err) != "NOTHING_GIVEN " {
		t.Errorf("taking back nothing: %v", err)
	}
	if err := w.Give(ctx, GiveRequest{CustomerID: c, StageID: gold, Note: "VIP"}); err != nil {
		t.Fatal(err)
	}
	w.on(c, "GOLD")
	if err := w.TakeBack(ctx, c, "終了"); err != nil {
		t.Fatal(err)
	}
	w.on(c, "SILVER")
}

func TestAnotherLadder(t *testing.T) {
	w := newWorld(t)
	ctx := context.Background()
	var members []int64
	for _, spent := range []int64{0, 15000, 25000, 60000} {
		c := w.member()
		w.order(c, "OWN_SITE", "JPY", w.clock.Now(), spent)
		members = append(members, c)
	}
	w.recompute(members...)
	now := w.ladder()
	next := Ladder{Rules: now.Rules, Steps: slices.Clone(now.Steps)}
	next.Steps[1].Reach, next.Steps[1].Keep = Amounts{Spend: 10000, Orders: 3}, Amounts{Spend: 8000, Orders: 2}
	next.Steps[2].Reach, next.Steps[2].Keep = Amounts{Spend: 70000}, Amounts{Spend: 65000}
	next.Steps[3] = Step{Name: "ダイヤ", Position: 4, Reach: Amounts{Spend: 500000}, Keep: Amounts{Spend: 500000}, WindowMonths: 12, Multiplier: 30000}

	trial, err := w.Try(ctx, next, Rate{PerAmount: 100, Points: 1})
	if err != nil {
		t.Fatal(err)
	}
	id := func(i int) int64 { return now.Steps[i].ID }
	want := []Move{{id(0), 0, 1, members[:1]}, {id(0), 1, 1, members[1:2]}, {id(1), 1, 1, members[2:3]}, {id(2), 1, 1, members[3:]}}
	if !reflect.DeepEqual(trial.Moves, want) || trial.Members != 4 {
		t.Errorf("moves %+v, want %+v", trial.Moves, want)
	}
	if now, then := int64(150+250*5/4+600*3/2), int64((150+250+600)*5/4-1); trial.PointsNow != now || trial.PointsThen != then {
		t.Errorf("points %d and %d, want %d and %d", trial.PointsNow, trial.PointsThen, now, then)
	}

	if err := w.Save(ctx, next, 5); code(err) != "LADDER_CHANGED " {
		t.Errorf("saving over another version: %v", err)
	}
	if err := w.Save(ctx, next, now.Version); err != nil {
		t.Fatal(err)
	}
	if n, err := w.Unplaced(ctx); n != 4 || err != nil {
		t.Errorf("%d to be placed, %v; want 4", n, err)
	}
	w.review(4)
	w.review(0)
	for i, stage := range []string{"REGULAR", "SILVER", "SILVER", "SILVER"} { // as the trial said
		w.on(members[i], stage)
	}
	if got := w.history(members[3]); got[0] != ReasonLadder {
		t.Errorf("history %v, want the ladder as the reason", got)
	}
	saved := w.ladder()
	if got := saved.Steps[3]; got.Name != "ダイヤ" || got.ID == id(3) || got.Code == "" || saved.Version != now.Version+1 || saved.Steps[1].Keep != next.Steps[1].Keep {
		t.Errorf("saved %+v", saved)
	}
}

// A crowd is told of from some of it: of people who are alike that is the truth.
func TestALadderIsTriedOnSomeOfACrowd(t *testing.T) {
	w := newWorld(t)
	var members []int64
	for range 24 {
		c := w.member()
		w.order(c, "OWN_SITE", "JPY", w.clock.Now(), 15000)
		members = append(members, c)
	}
	w.recompute(members...)
	now := w.ladder()
	next := Ladder{Rules: now.Rules, Steps: slices.Clone(now.Steps)}
	next.Steps[1].Reach, next.Steps[1].Keep = Amounts{Spend: 10000}, Amounts{Spend: 10000}
	whole, err := w.Try(context.Background(), next, Rate{PerAmount: 100, Points: 1})
	if err != nil || whole.Estimated || whole.Members != len(members) {
		t.Fatalf("%+v, %v: all are to be tried", whole, err)
	}

	w.triedWhole = 10
	part := trial{Service: w.Service, now: now, then: Current{Ladder: next}, today: DayOf(w.clock.Now(), w.zone), oneOf: w.oneOf(len(members)), moves: map[[2]int64]*Move{}}
	if n, _, err := part.batch(context.Background(), 0); err != nil || n == 0 || n == len(members) || n != part.tried {
		t.Errorf("%d tried of %d, %v: want some", n, len(members), err)
	}
	estimate, err := w.Try(context.Background(), next, Rate{PerAmount: 100, Points: 1})
	if err != nil {
		t.Fatal(err)
	}
	if !estimate.Estimated || estimate.Members != whole.Members || !slices.EqualFunc(estimate.Moves, whole.Moves, estimates) ||
		estimate.PointsNow != whole.PointsNow || estimate.PointsThen != whole.PointsThen {
		t.Errorf("of some %+v, of all %+v", estimate, whole)
	}
}

// estimates says whether an estimated move is of as many members as a whole one,
// and knows some of its people and nobody else.
func estimates(estimate, whole Move) bool {
	strangers := slices.ContainsFunc(estimate.Customers, func(id int64) bool { return !slices.Contains(whole.Customers, id) })
	return estimate.From == whole.From && estimate.To == whole.To && estimate.Members == whole.Members && !strangers &&
		len(estimate.Customers) > 0 && len(estimate.Customers) < len(whole.Customers)
}

func TestALadderThatMakesNoSense(t *testing.T) {
	l := three(DefaultRules())
	for i := range l.Steps {
		l.Steps[i].Name = string(rune('A' + i))
	}
	if err := l.Validate(); err != nil {
		t.Fatal(err)
	}
	for want, spoil := range map[string]func(*Ladder){
		"window":                   func(l *Ladder) { l.Window = "WEEK" },
		"graceDays":                func(l *Ladder) { l.GraceDays = 367 },
		"stages":                   func(l *Ladder) { l.Steps = nil },
		"stages.0.spend":           func(l *Ladder) { l.Steps[0].Reach.Spend = 1 },
		"stages.1.name":            func(l *Ladder) { l.Steps[1].Name = "A" },
		"stages.2.keepOrders":      func(l *Ladder) { l.Steps[2].Keep.Orders = 6 },
		"stages.1.keepSpend":       func(l *Ladder) { l.Steps[1].Keep.Spend = 0 },
		"stages.1.windowMonths":    func(l *Ladder) { l.Steps[1].WindowMonths = 0 },
		"stages.1.pointMultiplier": func(l *Ladder) { l.Steps[1].Multiplier = -1 },
	} {
		bad := Ladder{Rules: l.Rules, Steps: slices.Clone(l.Steps)}
		spoil(&bad)
		var f *fault.Error
		if err := bad.Validate(); !errors.As(err, &f) || f.Kind != fault.Invalid || f.Field != want {
			t.Errorf("%v, want it at %s", err, want)
		}
	}
}

func TestStagesAcrossAMerge(t *testing.T) {
	w := newWorld(t)
	stay, gone := w.member(), w.member()
	w.order(stay, "RAKUTEN", "JPY", w.clock.Now(), 30000)
	moving := w.order(gone, "OWN_SITE", "JPY", w.clock.Now(), 25000)
	w.recompute(stay, gone)
	until := w.clock.Now().AddDate(0, 1, 0)
	if err := w.Give(context.Background(), GiveRequest{CustomerID: gone, StageID: w.ladder().Steps[3].ID, Until: &until, Note: "VIP"}); err != nil {
		t.Fatal(err)
	}
	w.on(gone, "PLATINUM")
	w.exec(`UPDATE orders SET customer_id = $2 WHERE id = $1`, moving, stay)
	w.exec(`UPDATE customers SET merged_into = $2 WHERE id = $1`, gone, stay)
	w.recompute(stay, gone)
	if p := w.on(stay, "PLATINUM"); p.ByHand == nil || p.ByHand.Earned.Code != "GOLD" {
		t.Errorf("what was given came over: %+v, want above the gold that both earned", p.ByHand)
	}
	if got := w.history(stay); got[0] != ReasonMerge {
		t.Errorf("history %v", got)
	}
	if n := w.id(`SELECT count(*) FROM member_stages WHERE customer_id = $1`, gone); n != 0 {
		t.Error("the merged customer still has a stage")
	}
	w.recompute(stay, gone) // an order of the survivor, named with both

	w.exec(`UPDATE orders SET customer_id = $2 WHERE id = $1`, moving, gone)
	w.exec(`UPDATE customers SET merged_into = NULL WHERE id = $1`, gone)
	w.recompute(stay, gone)
	w.on(gone, "PLATINUM")
	if p := w.on(stay, "SILVER"); p.ByHand != nil {
		t.Errorf("the survivor keeps %+v", p.ByHand)
	}
	if got := w.history(stay); got[0] != ReasonMergeUndone {
		t.Errorf("history %v", got)
	}
}
