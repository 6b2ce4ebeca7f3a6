package stage

import (
	"slices"
	"time"
)

// Amounts is what a stage asks for, or what counts towards it.
type Amounts struct {
	Spend  int64 // net sales, minor unit of the base currency
	Orders int64
	Points int64 // earned with purchases, less what was taken back
}

func (a Amounts) plus(b Amounts) Amounts {
	return Amounts{a.Spend + b.Spend, a.Orders + b.Orders, a.Points + b.Points}
}

// Match says how many of the amounts that a stage asks for must be reached.
type Match string

// The ways to match. An amount of 0 is not asked for.
const (
	MatchAny Match = "ANY"
	MatchAll Match = "ALL"
)

// Window says which purchases count.
type Window string

// The windows. With the calendar year, what was reached in a year holds until
// the end of the next one.
const (
	WindowRolling      Window = "ROLLING"       // of the stage's WindowMonths
	WindowCalendarYear Window = "CALENDAR_YEAR" // of the merchant's zone
	WindowSinceJoining Window = "SINCE_JOINING"
)

// Fall says where somebody goes who does not keep his stage.
type Fall string

// The ways to fall.
const (
	FallOneStep  Fall = "ONE_STEP"
	FallToEarned Fall = "TO_EARNED"
	FallNever    Fall = "NEVER"
)

// Review says on which days stages are lost. They are reached on any day.
type Review string

// The reviews.
const (
	ReviewDaily   Review = "DAILY"
	ReviewMonthly Review = "MONTHLY" // the first of a month
	ReviewYearly  Review = "YEARLY"  // 1 January
)

// on is the first review on the day or after it.
func (r Review) on(d Day) Day {
	switch {
	case r == ReviewMonthly && d.Day > 1:
		return Day{d.Year, d.Month, 1}.AddMonths(1)
	case r == ReviewYearly && (d.Day > 1 || d.Month > time.January):
		return Day{d.Year + 1, time.January, 1}
	default:
		return d
	}
}

// Rules hold for all stages of a ladder.
type Rules struct {
	Window    Window `json:"window" field:"window" validate:"oneof=ROLLING CALENDAR_YEAR SINCE_JOINING"`
	Match     Match  `json:"match" field:"match" validate:"oneof=ANY ALL"`
	Fall      Fall   `json:"fall" field:"fall" validate:"oneof=ONE_STEP TO_EARNED NEVER"`
	Review    Review `json:"review" field:"review" validate:"oneof=DAILY MONTHLY YEARLY"`
	GraceDays int    `json:"graceDays" field:"graceDays" validate:"min=0,max=366"` // between the day on which too little counts and the review
}

// DefaultRules is what holds until the merchant says otherwise: a stage is lost
// on the day on which too little counts for it.
func DefaultRules() Rules {
	return Rules{Window: WindowRolling, Match: MatchAny, Fall: FallToEarned, Review: ReviewDaily}
}

// Step is one stage of a ladder.
type Step struct {
	ID           int64
	Code, Name   string
	Position     int
	Reach        Amounts  // what reaches it; one above the lowest that asks for nothing is given by hand only
	Keep         Amounts  // what keeps it, at most Reach
	WindowMonths int      // of WindowRolling
	Multiplier   int64    // of points, basis points
	Benefits     []string // what it brings beside them, in the merchant's own words
}

// Ladder is the stages from the lowest to the highest, and their rules.
type Ladder struct {
	Steps []Step
	Rules
}

// met reports whether have reaches what is needed; nothing needed is never met.
func (r Rules) met(have, need Amounts) bool {
	asked, reached := 0, 0
	for _, a := range [][2]int64{{have.Spend, need.Spend}, {have.Orders, need.Orders}, {have.Points, need.Points}} {
		if a[1] > 0 {
			asked++
			if a[0] >= a[1] {
				reached++
			}
		}
	}
	return asked > 0 && reached > 0 && (r.Match == MatchAny || reached == asked)
}

// missing is what have lacks of need.
func missing(have, need Amounts) Amounts {
	return Amounts{max(need.Spend-have.Spend, 0), max(need.Orders-have.Orders, 0), max(need.Points-have.Points, 0)}
}

// Deed is what counts of one day.
type Deed struct {
	Day Day
	Amounts
}

// window is what counts for a step on a day.
type window struct {
	sum   Amounts
	first Day // the earliest day with a purchase that counts
	any   bool
}

// in is what counts for step on the day on, of the year back years ago where
// the window is a calendar year.
func (l Ladder) in(step Step, deeds []Deed, on Day, back int) (w window) {
	for _, d := range deeds {
		if d.Amounts == (Amounts{}) || !l.counts(step, d.Day, on, back) {
			continue
		}
		w.sum = w.sum.plus(d.Amounts)
		if bought := d.Spend > 0 || d.Orders > 0 || d.Points > 0; bought && (!w.any || d.Day.Before(w.first)) {
			w.first, w.any = d.Day, true
		}
	}
	return w
}

func (l Ladder) counts(step Step, deed, on Day, back int) bool {
	switch l.Window {
	case WindowCalendarYear:
		return deed.Year == on.Year-back
	case WindowSinceJoining:
		return true
	default:
		return on.Before(deed.AddMonths(step.WindowMonths))
	}
}

// holds reports whether on the day on enough counts for need.
func (l Ladder) holds(step Step, need Amounts, deeds []Deed, on Day) bool {
	return l.met(l.in(step, deeds, on, 0).sum, need) ||
		l.Window == WindowCalendarYear && l.met(l.in(step, deeds, on, 1).sum, need)
}

// reached is the highest step that is reached on the day on.
func (l Ladder) reached(deeds []Deed, on Day) (at int) {
	for i, step := range l.Steps {
		if l.holds(step, step.Reach, deeds, on) {
			at = i
		}
	}
	return at
}

// kept is the highest step up to at that is kept on the day on; the lowest is.
func (l Ladder) kept(at int, deeds []Deed, on Day) int {
	for ; at > 0; at-- {
		if l.keeps(at, deeds, on) {
			break
		}
	}
	return at
}

func (l Ladder) keeps(at int, deeds []Deed, on Day) bool {
	return at == 0 || l.holds(l.Steps[at], l.Steps[at].Keep, deeds, on) || l.holds(l.Steps[at], l.Steps[at].Reach, deeds, on)
}

// turns are the days after from on which something that counted until then does
// not count any more, in their order.
func (l Ladder) turns(deeds []Deed, from Day) []Day {
	var days []Day
	switch l.Window {
	case WindowCalendarYear:
		days = []Day{{from.Year + 1, time.January, 1}, {from.Year + 2, time.January, 1}}
	case WindowRolling:
		for _, d := range deeds {
			for _, step := range l.Steps {
				if out := d.Day.AddMonths(step.WindowMonths); d.Amounts != (Amounts{}) && from.Before(out) {
					days = append(days, out)
				}
			}
		}
	case WindowSinceJoining:
	}
	slices.SortFunc(days, Day.Compare)
	return slices.Compact(days)
}

// longest is the longest window of the ladder, in months.
func (l Ladder) longest() int {
	months := 0
	for _, s := range l.Steps {
		months = max(months, s.WindowMonths)
	}
	return months
}

// asksForPoints reports whether points decide on any step.
func (l Ladder) asksForPoints() bool {
	return slices.ContainsFunc(l.Steps, func(s Step) bool { return s.Reach.Points > 0 })
}

// index is where the stage id is on the ladder; ok is false for one that is not.
func (l Ladder) index(id int64) (i int, ok bool) {
	i = slices.IndexFunc(l.Steps, func(s Step) bool { return s.ID == id })
	return max(i, 0), i >= 0
}

// NextReview is the first review after the day.
func (l Ladder) NextReview(after Day) Day { return l.Rules.Review.on(after.AddDays(1)) }
