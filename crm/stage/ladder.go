package stage

import (
	"cmp"
	"slices"
	"time"
)

// Step is one stage of a ladder.
type Step struct {
	ID           int64
	Code, Name   string
	Position     int
	Threshold    int64 // spend that reaches it, minor unit of the base currency
	WindowMonths int
	Multiplier   int64 // of points, basis points
}

// Ladder is the stages from the lowest to the highest.
type Ladder []Step

// Day is a day of the merchant's calendar.
type Day struct {
	Year  int
	Month time.Month
	Day   int
}

// DayOf is the day that t falls on in zone.
func DayOf(t time.Time, zone *time.Location) Day {
	y, m, d := t.In(zone).Date()
	return Day{y, m, d}
}

// Start is the instant at which the day begins in zone.
func (d Day) Start(zone *time.Location) time.Time {
	return time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, zone).UTC()
}

// AddDays is the day n days later.
func (d Day) AddDays(n int) Day {
	return DayOf(time.Date(d.Year, d.Month, d.Day+n, 12, 0, 0, 0, time.UTC), time.UTC)
}

// AddMonths is the same day of the month n months later, or the last day of a
// month that is too short, as Postgres adds months to a date.
func (d Day) AddMonths(n int) Day {
	first := time.Date(d.Year, d.Month+time.Month(n), 1, 12, 0, 0, 0, time.UTC)
	last := first.AddDate(0, 1, -1).Day()
	return Day{first.Year(), first.Month(), min(d.Day, last)}
}

// Compare orders days.
func (d Day) Compare(o Day) int {
	return cmp.Or(cmp.Compare(d.Year, o.Year), cmp.Compare(d.Month, o.Month), cmp.Compare(d.Day, o.Day))
}

// Spend is the net sales of one day.
type Spend struct {
	Day    Day
	Amount int64
}

// Standing is where somebody is on a ladder on a day.
type Standing struct {
	Step  Step
	Spend int64 // in the window of Next; at the top, of Step

	Next    *Step // nil at the top
	Missing int64 // spend to Next; 0 at the top

	// By is the last day on which all of Spend still counts, so that Missing is
	// enough; from the day after, older orders have left the window. Where
	// nothing counts yet (Open is true) it is the last day on which a purchase
	// made today would.
	By   Day
	Open bool

	// Review is the first day on which something that counts in any window does
	// not count any more; the zero Day when nothing ever falls out.
	Review Day
}

// Place finds the standing on today: the highest step whose threshold the spend
// in its window reaches, or the lowest step. A purchase counts from its day
// until the day before the same day WindowMonths later.
//
// Where somebody stands follows from the spend and the day alone, not from
// where he stood before.
func (l Ladder) Place(spends []Spend, today Day) Standing {
	at := 0
	for i, step := range l {
		if step.in(spends, today).sum >= step.Threshold {
			at = i
		}
	}
	s := Standing{Step: l[at], Review: l.review(spends, today)}
	if at+1 == len(l) {
		s.Spend = l[at].in(spends, today).sum
		return s
	}
	next := l[at+1]
	w := next.in(spends, today)
	s.Next, s.Spend, s.Missing = &next, w.sum, next.Threshold-w.sum
	s.Open = !w.any
	if s.Open {
		w.first = today
	}
	s.By = LastDay(w.first, next.WindowMonths)
	return s
}

// LastDay is the last day on which a purchase of the day from counts in a window
// of months.
func LastDay(from Day, months int) Day { return from.AddMonths(months).AddDays(-1) }

// window is what counts for a step.
type window struct {
	sum   int64
	first Day // the earliest day with a purchase that counts
	any   bool
}

func (s Step) in(spends []Spend, today Day) (w window) {
	for _, p := range spends {
		if p.Amount == 0 || p.Day.AddMonths(s.WindowMonths).Compare(today) <= 0 {
			continue
		}
		w.sum += p.Amount
		if p.Amount > 0 && (!w.any || p.Day.Compare(w.first) < 0) {
			w.first, w.any = p.Day, true
		}
	}
	return w
}

func (l Ladder) review(spends []Spend, today Day) (first Day) {
	for _, step := range l {
		for _, p := range spends {
			out := p.Day.AddMonths(step.WindowMonths)
			if p.Amount != 0 && out.Compare(today) > 0 && (first == Day{} || out.Compare(first) < 0) {
				first = out
			}
		}
	}
	return first
}

// longest is the longest window of the ladder, in months.
func (l Ladder) longest() int {
	months := 0
	for _, s := range l {
		months = max(months, s.WindowMonths)
	}
	return months
}

func (l Ladder) sorted() Ladder {
	slices.SortFunc(l, func(a, b Step) int { return cmp.Compare(a.Position, b.Position) })
	return l
}
