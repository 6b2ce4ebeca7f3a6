package stage

import (
	"testing"
	"time"
)

var four = ladder(DefaultRules(),
	Step{ID: 1, Name: "レギュラー", Position: 1},
	Step{ID: 2, Name: "シルバー", Position: 2, Reach: Amounts{Spend: 20000}},
	Step{ID: 3, Name: "ゴールド", Position: 3, Reach: Amounts{Spend: 50000}},
	Step{ID: 4, Name: "プラチナ", Position: 4, Reach: Amounts{Spend: 120000}},
)

// ladder makes one whose steps have windows of twelve months, and are kept by what
// reaches them, where they do not say otherwise.
func ladder(r Rules, steps ...Step) Ladder {
	for i := range steps {
		if steps[i].WindowMonths == 0 {
			steps[i].WindowMonths = 12
		}
		if steps[i].Keep == (Amounts{}) {
			steps[i].Keep = steps[i].Reach
		}
	}
	return Ladder{Steps: steps, Rules: r}
}

func spent(on string, amount int64) Deed {
	return Deed{day(on), Amounts{Spend: amount, Orders: min(max(amount, 0), 1)}}
}

func day(s string) Day {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		panic(err)
	}
	return DayOf(t, time.UTC)
}

func TestPlace(t *testing.T) {
	short := ladder(DefaultRules(), Step{ID: 1, Position: 1}, Step{ID: 5, Name: "直近", Position: 2, Reach: Amounts{Spend: 10000}, WindowMonths: 1})
	tests := []struct {
		name    string
		ladder  Ladder
		deeds   []Deed
		today   string
		at      int64
		missing int64
		by      string
		review  string
	}{
		{"nothing yet: the window opens with a purchase today", four, nil, "2026-04-01", 1, 20000, "2027-03-31", ""},
		{"one yen short", four, []Deed{spent("2026-01-01", 19999)}, "2026-04-01", 1, 1, "2026-12-31", "2027-01-01"},
		{"exactly there", four, []Deed{spent("2026-01-01", 20000)}, "2026-04-01", 2, 30000, "2026-12-31", "2027-01-01"},
		{"the last day of the window", four, []Deed{spent("2026-01-01", 20000)}, "2026-12-31", 2, 30000, "2026-12-31", "2027-01-01"},
		{"the day after it", four, []Deed{spent("2026-01-01", 20000)}, "2027-01-01", 1, 20000, "2027-12-31", ""},
		{"several steps at once", four, []Deed{spent("2026-01-01", 60000), spent("2026-02-01", 60000)}, "2026-02-01", 4, 0, "", "2027-01-01"},
		{"a return counts against it", four, []Deed{spent("2026-01-01", 50000), spent("2026-02-01", -1)}, "2026-03-01", 2, 1, "2026-12-31", "2027-01-01"},
		{"a return leaves the window too", four, []Deed{spent("2026-02-01", 50000), spent("2026-01-01", -1)}, "2026-03-01", 2, 1, "2027-01-31", "2027-01-01"},
		{"what was cancelled does not hold the window open", four, []Deed{spent("2026-01-01", 0), spent("2026-03-01", 100)}, "2026-03-02", 1, 19900, "2027-02-28", "2027-03-01"},
		{"a leap day counts to the day before the last of February", four, []Deed{spent("2028-02-29", 20000)}, "2029-02-27", 2, 30000, "2029-02-27", "2029-02-28"},
		{"a short month", short, []Deed{spent("2026-01-31", 4000)}, "2026-02-27", 1, 6000, "2026-02-27", "2026-02-28"},
		{"every window has its own spend", short, []Deed{spent("2026-01-10", 50000), spent("2026-03-01", 10)}, "2026-03-02", 1, 9990, "2026-03-31", "2026-04-01"},
	}
	for _, tt := range tests {
		got := tt.ladder.Place(tt.deeds, day(tt.today), Held{})
		if got.Step.ID != tt.at || got.Missing.Spend != tt.missing {
			t.Errorf("%s: stage %d with %d missing, want %d with %d", tt.name, got.Step.ID, got.Missing, tt.at, tt.missing)
		}
		if tt.by != "" && got.By != day(tt.by) {
			t.Errorf("%s: by %v, want %s", tt.name, got.By, tt.by)
		}
		if (tt.by == "") != (got.Next == nil) {
			t.Errorf("%s: next %v", tt.name, got.Next)
		}
		if want := tt.review; want == "" && got.Review != (Day{}) || want != "" && got.Review != day(want) {
			t.Errorf("%s: review %v, want %q", tt.name, got.Review, want)
		}
	}
}

// By and Review must be the truth: nothing changes before Review, and buying
// what is missing on By reaches the next stage.
func FuzzPlace(f *testing.F) {
	f.Add(int64(19999), int64(-500), uint16(3), uint16(200), uint16(210))
	f.Fuzz(func(t *testing.T, a, b int64, dayA, dayB, on uint16) {
		start := day("2026-01-01")
		today := start.AddDays(int(on % 800))
		deeds := []Deed{{start.AddDays(int(dayA) % (int(on%800) + 1)), Amounts{Spend: a % 100000}}, {start.AddDays(int(dayB) % (int(on%800) + 1)), Amounts{Spend: b % 100000}}}
		at := four.Place(deeds, today, Held{})
		if at.Next != nil && at.Counts.Spend >= 0 {
			bought := append([]Deed{{at.By, at.Missing}}, deeds...)
			negative := deeds[0].Spend < 0 || deeds[1].Spend < 0 // a return that falls out first only makes it more
			if got := four.Place(bought, at.By, Held{}); got.Step.Position < at.Next.Position && !negative {
				t.Errorf("buying %+v on %v: stage %d, want %d", at.Missing, at.By, got.Step.Position, at.Next.Position)
			}
		}
		if at.Review == (Day{}) {
			return
		}
		before := four.Place(deeds, at.Review.AddDays(-1), Held{})
		if before.Step.ID != at.Step.ID || before.Counts != at.Counts {
			t.Errorf("the standing changed before the review of %v: %+v, then %+v", at.Review, at, before)
		}
	})
}
