package stage

import (
	"math/rand/v2"
	"slices"
	"testing"
)

func rules(change func(*Rules)) Rules {
	r := DefaultRules()
	change(&r)
	return r
}

// three is a ladder whose gold asks for spend or orders, and for less to keep it.
func three(r Rules) Ladder {
	return ladder(r,
		Step{ID: 1, Position: 1},
		Step{ID: 2, Position: 2, Reach: Amounts{Spend: 20000}},
		Step{ID: 3, Position: 3, Reach: Amounts{Spend: 50000, Orders: 5}, Keep: Amounts{Spend: 30000, Orders: 3}},
	)
}

func TestWhatReachesAStage(t *testing.T) {
	anyOf, allOf := three(DefaultRules()), three(rules(func(r *Rules) { r.Match = MatchAll }))
	five := []Deed{{day("2026-01-10"), Amounts{Spend: 21000, Orders: 5}}}
	both := []Deed{{day("2026-01-10"), Amounts{Spend: 50000, Orders: 5}}}
	byPoints := ladder(DefaultRules(), Step{ID: 1, Position: 1}, Step{ID: 2, Position: 2, Reach: Amounts{Points: 100}})
	invited := ladder(DefaultRules(), Step{ID: 1, Position: 1}, Step{ID: 2, Position: 2}, Step{ID: 3, Position: 3, Reach: Amounts{Spend: 10}})
	for _, tt := range []struct {
		name    string
		ladder  Ladder
		deeds   []Deed
		at      int64
		missing Amounts
	}{
		{"any amount is enough", anyOf, five, 3, Amounts{}},
		{"all amounts are wanted", allOf, five, 2, Amounts{Spend: 29000}},
		{"all amounts are there", allOf, both, 3, Amounts{}},
		{"points alone", byPoints, []Deed{{day("2026-01-10"), Amounts{Spend: 900, Points: 60}}}, 1, Amounts{Points: 40}},
		{"points reach it", byPoints, []Deed{{day("2026-01-10"), Amounts{Points: 100}}}, 2, Amounts{}},
		{"a stage by invitation is passed over", invited, nil, 1, Amounts{Spend: 10}},
		{"and not reached on the way", invited, []Deed{spent("2026-01-10", 10)}, 3, Amounts{}},
	} {
		got := tt.ladder.Place(tt.deeds, day("2026-02-01"), Held{})
		if got.Step.ID != tt.at || got.Missing != tt.missing {
			t.Errorf("%s: stage %d, %+v missing; want %d, %+v", tt.name, got.Step.ID, got.Missing, tt.at, tt.missing)
		}
	}
}

func TestWhenAStageIsLost(t *testing.T) {
	gold := []Deed{spent("2026-01-10", 50000)}
	faded := []Deed{spent("2026-01-10", 50000), spent("2026-06-01", 25000)}
	kept := []Deed{spent("2026-01-10", 50000), spent("2026-06-01", 30000)}
	grace := three(rules(func(r *Rules) { r.GraceDays = 30 }))
	monthly := three(rules(func(r *Rules) { r.Review, r.GraceDays = ReviewMonthly, 10 }))
	step := three(rules(func(r *Rules) { r.Fall = FallOneStep; r.Review = ReviewMonthly }))
	never := three(rules(func(r *Rules) { r.Fall = FallNever }))
	for _, tt := range []struct {
		name   string
		ladder Ladder
		deeds  []Deed
		today  string
		held   Held
		at     int64
		loss   string // on; "" = none
		to     int64
		need   int64 // spend that keeps it
	}{
		{"foreseen", three(DefaultRules()), gold, "2026-12-31", Held{At: 2}, 3, "2027-01-10", 1, 30000},
		{"lost on the day", three(DefaultRules()), gold, "2027-01-10", Held{At: 2}, 1, "", 0, 0},
		{"less keeps it", three(DefaultRules()), kept, "2027-01-10", Held{At: 2}, 3, "2027-06-01", 1, 30000},
		{"too little keeps it", three(DefaultRules()), faded, "2027-01-10", Held{At: 2}, 2, "2027-06-01", 1, 20000},
		{"what is missing to keep it", three(DefaultRules()), faded, "2026-12-31", Held{At: 2}, 3, "2027-01-10", 2, 5000},
		{"days of grace", grace, faded, "2027-02-08", Held{At: 2, LostOn: day("2027-01-10")}, 3, "2027-02-09", 2, 5000},
		{"found late, grace counts from the day it was lost", grace, faded, "2027-01-20", Held{At: 2}, 3, "2027-02-09", 2, 5000},
		{"grace is over", grace, faded, "2027-02-09", Held{At: 2, LostOn: day("2027-01-10")}, 2, "2027-07-01", 1, 20000},
		{"enough in the days of grace", grace, append(faded, spent("2027-01-20", 5000)), "2027-02-09", Held{At: 2, LostOn: day("2027-01-10")}, 3, "2027-07-01", 1, 25000},
		{"only at the review", monthly, gold, "2027-01-31", Held{At: 2, LostOn: day("2027-01-10")}, 3, "2027-02-01", 1, 30000},
		{"at the review", monthly, gold, "2027-02-01", Held{At: 2, LostOn: day("2027-01-10")}, 1, "", 0, 0},
		{"a step at a time", step, gold, "2027-02-01", Held{At: 2, LostOn: day("2027-01-10")}, 2, "2027-03-01", 1, 20000},
		{"and the next", step, gold, "2027-03-01", Held{At: 1, LostOn: day("2027-02-02")}, 1, "", 0, 0},
		{"two reviews were missed", step, gold, "2027-03-05", Held{At: 2, LostOn: day("2027-01-10")}, 1, "", 0, 0},
		{"never", never, gold, "2028-01-10", Held{At: 2}, 3, "", 0, 0},
		{"cancelled: today", three(DefaultRules()), nil, "2026-03-01", Held{At: 2}, 1, "", 0, 0},
		{"cancelled, with grace", grace, nil, "2026-03-01", Held{At: 2}, 3, "2026-03-31", 1, 30000},
		{"a stage that is gone counts as the lowest", three(DefaultRules()), gold, "2026-03-01", Held{At: 0}, 3, "2027-01-10", 1, 30000},
	} {
		got := tt.ladder.Place(tt.deeds, day(tt.today), tt.held)
		if got.Step.ID != tt.at {
			t.Errorf("%s: stage %d, want %d", tt.name, got.Step.ID, tt.at)
		}
		switch l := got.Loss; {
		case tt.loss == "" && l != nil, tt.loss != "" && l == nil:
			t.Errorf("%s: loss %+v, want %q", tt.name, l, tt.loss)
		case l != nil && (l.On != day(tt.loss) || l.To.ID != tt.to || l.Missing.Spend != tt.need || l.By != day(tt.loss).AddDays(-1)):
			t.Errorf("%s: %+v; want on %s, to %d, %d missing", tt.name, l, tt.loss, tt.to, tt.need)
		}
	}
}

func TestCalendarYear(t *testing.T) {
	l := three(rules(func(r *Rules) { r.Window = WindowCalendarYear }))
	gold := []Deed{spent("2026-05-10", 50000)}
	for _, tt := range []struct {
		today   string
		deeds   []Deed
		at      int64
		by      string
		missing int64 // to the next stage
		loss    string
		need    int64
		lossBy  string
	}{
		{"2026-05-09", nil, 1, "2026-12-31", 20000, "", 0, ""},
		{"2026-05-10", gold, 3, "", 0, "2028-01-01", 30000, "2027-12-31"}, // the year it was reached in and the next
		{"2027-12-31", gold, 3, "", 0, "2028-01-01", 30000, "2027-12-31"},
		{"2028-01-01", gold, 1, "2028-12-31", 20000, "", 0, ""},
		{"2027-06-01", append(gold, spent("2027-05-01", 30000)), 3, "", 0, "2029-01-01", 30000, "2028-12-31"},
	} {
		got := l.Place(tt.deeds, day(tt.today), Held{At: 2})
		if got.Step.ID != tt.at || got.Missing.Spend != tt.missing || tt.by != "" && got.By != day(tt.by) {
			t.Errorf("%s: stage %d, %d missing by %v; want %d, %d, %s", tt.today, got.Step.ID, got.Missing.Spend, got.By, tt.at, tt.missing, tt.by)
		}
		if tt.loss == "" != (got.Loss == nil) || got.Loss != nil && (got.Loss.On != day(tt.loss) || got.Loss.Missing.Spend != tt.need || got.Loss.By != day(tt.lossBy)) {
			t.Errorf("%s: loss %+v, want %s, %d, %s", tt.today, got.Loss, tt.loss, tt.need, tt.lossBy)
		}
	}
	ever := three(rules(func(r *Rules) { r.Window = WindowSinceJoining }))
	if got := ever.Place([]Deed{spent("2019-05-10", 20000)}, day("2026-01-01"), Held{}); got.Step.ID != 2 || got.By != NoDay || got.Loss != nil || got.Review != (Day{}) {
		t.Errorf("since joining: %+v", got)
	}
}

func TestGivenByHand(t *testing.T) {
	l := three(DefaultRules())
	bought := []Deed{spent("2026-01-10", 20000)}
	held := Held{At: 1, ByHand: 2, Until: day("2026-06-30")}
	got := l.Place(bought, day("2026-06-30"), held)
	if got.Step.ID != 3 || !got.ByHand || got.Earned != 1 || got.Review != day("2026-07-01") {
		t.Errorf("on the last day: %+v", got)
	}
	if loss := got.Loss; loss == nil || loss.On != day("2026-07-01") || loss.To.ID != 2 || loss.Missing != (Amounts{Spend: 30000, Orders: 4}) || loss.By != day("2026-06-30") {
		t.Errorf("its end: %+v", got.Loss)
	}
	if got := l.Place(bought, day("2026-07-01"), held); got.Step.ID != 2 || got.ByHand {
		t.Errorf("the day after: %+v", got)
	}
	if got := l.Place(bought, day("2026-07-01"), Held{At: 1, ByHand: 2}); got.Step.ID != 3 || got.Loss != nil {
		t.Errorf("for good: %+v", got)
	}
	if got := l.Place([]Deed{spent("2026-01-10", 50000)}, day("2026-02-01"), Held{At: 1, ByHand: 1}); got.Step.ID != 3 || got.ByHand {
		t.Errorf("more was earned: %+v", got)
	}
}

// Whatever the rules: nothing changes before Review without a purchase; what is
// foreseen comes on its day; buying what keeps a stage keeps it; buying what is
// missing reaches the next.
func TestForesightIsTrue(t *testing.T) {
	for seed := range uint64(3000) {
		rnd := rand.New(rand.NewPCG(seed, 5))
		l := three(Rules{
			Window: []Window{WindowRolling, WindowCalendarYear, WindowSinceJoining}[rnd.IntN(3)], Match: []Match{MatchAny, MatchAll}[rnd.IntN(2)],
			Fall: []Fall{FallOneStep, FallToEarned, FallNever}[rnd.IntN(3)], Review: []Review{ReviewDaily, ReviewMonthly, ReviewYearly}[rnd.IntN(3)],
			GraceDays: rnd.IntN(2) * rnd.IntN(60),
		})
		today := day("2026-01-01").AddDays(rnd.IntN(800))
		var deeds []Deed
		for range rnd.IntN(6) {
			deeds = append(deeds, Deed{today.AddDays(-rnd.IntN(400)), Amounts{Spend: rnd.Int64N(30000), Orders: 1 + rnd.Int64N(2)}})
		}
		s := l.Place(deeds, today, Held{At: rnd.IntN(3)})
		held := Held{At: s.Earned, LostOn: s.LostOn}
		if again := l.Place(deeds, today, held); again.Step.ID != s.Step.ID || again.LostOn != s.LostOn {
			t.Fatalf("seed %d: placed at %d, and then at %d", seed, s.Step.ID, again.Step.ID)
		}
		if s.Review != (Day{}) {
			if before := l.Place(deeds, s.Review.AddDays(-1), held); before.Step.ID != s.Step.ID || before.Counts != s.Counts || before.LostOn != s.LostOn {
				t.Fatalf("seed %d: %+v became %+v before the review", seed, s, before)
			}
		}
		if s.Next != nil && s.By != NoDay {
			if got := l.Place(append(deeds, Deed{s.By, s.Missing}), s.By, held); got.Step.Position < s.Next.Position {
				t.Fatalf("seed %d: buying %+v on %v reaches %d, want %d", seed, s.Missing, s.By, got.Step.ID, s.Next.ID)
			}
		}
		if s.Loss != nil {
			checkLoss(t, seed, l, deeds, today, s, held)
		}
		if t.Failed() {
			return
		}
	}
}

// checkLoss goes through the reviews, as the job does, without a purchase and with
// the one that keeps the stage.
func checkLoss(t *testing.T, seed uint64, l Ladder, deeds []Deed, today Day, s Standing, held Held) {
	if got := follow(l, deeds, nil, today, s.Loss.On, held); got.Step.ID != s.Loss.To.ID {
		t.Fatalf("seed %d: foreseen was %+v; on the day the stage is %d", seed, s.Loss, got.Step.ID)
	}
	if got := follow(l, deeds, nil, today, s.Loss.On.AddDays(-1), held); got.Step.ID != s.Step.ID {
		t.Fatalf("seed %d: foreseen was %+v; the stage was lost before", seed, s.Loss)
	}
	bought := []Deed{{s.Loss.By, s.Loss.Missing}}
	if got := follow(l, deeds, bought, today, s.Loss.On, held); got.Step.Position < s.Step.Position {
		t.Fatalf("seed %d: buying %+v on %v does not keep stage %d: %d", seed, s.Loss.Missing, s.Loss.By, s.Step.ID, got.Step.ID)
	}
}

// follow places somebody at each review, and when he buys, until a day.
func follow(l Ladder, deeds, bought []Deed, from, until Day, held Held) Standing {
	for at := from; ; {
		known := deeds
		next := until
		for _, b := range bought {
			if !at.Before(b.Day) {
				known = append(slices.Clone(known), b)
			} else {
				next = earliest(next, b.Day)
			}
		}
		s := l.Place(known, at, held)
		held = Held{At: s.Earned, LostOn: s.LostOn}
		if !at.Before(until) {
			return s
		}
		at = earliest(next, s.Review)
	}
}
