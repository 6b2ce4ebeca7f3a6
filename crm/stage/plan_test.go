package stage

import (
	"context"
	"slices"
	"testing"
	"time"

	"github.com/meguri-crm/meguri/crm/access"
)

// The world begins at noon of 1 April 2026 in Tokyo.

func (w *world) held() []*HeldLadder {
	w.t.Helper()
	held, err := w.Held(context.Background())
	if err != nil {
		w.t.Fatal(err)
	}
	return held
}

func TestPlannedLadderHoldsFromItsDay(t *testing.T) {
	w := newWorld(t)
	staff := w.id(`INSERT INTO staff (email, name, role, password_hash) VALUES ('m@example.com', '巡', 'MANAGER', 'x') RETURNING id`)
	ctx := access.As(context.Background(), access.Principal{Kind: access.ActorStaff, ID: staff})
	ada := w.member()
	w.order(ada, "OWN_SITE", "JPY", w.clock.Now(), 15_000)
	w.recompute(ada)
	w.on(ada, "REGULAR")

	easier := w.ladder().Ladder
	easier.Steps = slices.Clone(easier.Steps)
	silver := &easier.Steps[1]
	silver.Reach.Spend, silver.Keep.Spend = 10_000, 10_000
	silver.Benefits = []string{"送料無料", "先行販売"}
	version := w.ladder().Version
	for _, day := range []Day{w.Today(), w.Today().AddDays(-1), w.Today().AddDays(maxAhead + 1)} {
		if got := code(w.Plan(ctx, easier, version, day)); got != "PLAN_DAY startsOn" {
			t.Errorf("planned for %v: %q", day, got)
		}
	}
	if err := w.Plan(ctx, easier, version, day("2026-04-10")); err != nil {
		t.Fatal(err)
	}
	if err := w.Plan(ctx, easier, version, day("2026-04-03")); err != nil { // in the place of the other
		t.Fatal(err)
	}
	planned, err := w.Planned(ctx)
	if err != nil || planned == nil || dayOfDate(*planned.StartsOn) != day("2026-04-03") || planned.MadeBy == nil || *planned.MadeBy != staff {
		t.Fatalf("planned %+v, %v", planned, err)
	}
	if got := code(w.Save(ctx, w.ladder().Ladder, version)); got != "LADDER_PLANNED " {
		t.Errorf("saved beside a plan: %q", got)
	}

	w.clock.T = time.Date(2026, 4, 2, 14, 59, 0, 0, time.UTC) // the last minute before the day in Tokyo
	w.review(0)
	w.on(ada, "REGULAR")
	if len(w.held()) != 1 {
		t.Errorf("%d ladders held before the day", len(w.held()))
	}
	w.clock.T = w.clock.T.Add(time.Minute)
	w.review(1)
	w.review(0)
	if benefits := w.on(ada, "SILVER").Stage.Benefits; !slices.Equal(benefits, silver.Benefits) {
		t.Errorf("benefits %q", benefits)
	}
	if now := w.ladder(); now.Version != version+1 || now.Steps[1].Reach.Spend != 10_000 {
		t.Errorf("version %d, %+v", now.Version, now.Steps[1])
	}
	if left, err := w.Planned(ctx); left != nil || err != nil {
		t.Errorf("still planned: %+v, %v", left, err)
	}
	held := w.held()
	if len(held) != 2 || !held[0].HeldFrom.Equal(w.clock.T) || held[0].Ladder.Steps[1].Reach.Spend != 10_000 || held[1].Ladder.Steps[1].Reach.Spend != 20_000 {
		t.Errorf("held %+v", held)
	}
	if err := w.Save(ctx, w.ladder().Ladder, version+1); err != nil {
		t.Errorf("saved after the plan: %v", err)
	}
}

func TestPlannedLadderWithdrawn(t *testing.T) {
	w := newWorld(t)
	ctx := context.Background()
	if got := code(w.Withdraw(ctx)); got != "NOT_FOUND " {
		t.Errorf("withdrew nothing: %q", got)
	}
	l := w.ladder()
	l.GraceDays = 30
	if got := code(w.Plan(ctx, l.Ladder, l.Version+1, day("2026-05-01"))); got != "LADDER_CHANGED " {
		t.Errorf("planned from another version: %q", got)
	}
	if err := w.Plan(ctx, l.Ladder, l.Version, day("2026-05-01")); err != nil {
		t.Fatal(err)
	}
	if err := w.Withdraw(ctx); err != nil {
		t.Fatal(err)
	}
	w.clock.T = time.Date(2026, 5, 2, 0, 0, 0, 0, time.UTC)
	w.review(0)
	if now := w.ladder(); now.GraceDays != 0 || len(w.held()) != 1 {
		t.Errorf("grace of %d days after it was withdrawn, %d ladders", now.GraceDays, len(w.held()))
	}
}

func TestBenefitsOfAStage(t *testing.T) {
	w := newWorld(t)
	l := w.ladder().Ladder
	for _, wrong := range [][]string{{" "}, {string(make([]rune, maxBenefit+1))}, slices.Repeat([]string{"送料無料"}, maxBenefits+1)} {
		l.Steps[1].Benefits = wrong
		if got := code(l.Validate()); got != "STAGE_BENEFITS stages.1.benefits" {
			t.Errorf("%d benefits: %q", len(wrong), got)
		}
	}
}
