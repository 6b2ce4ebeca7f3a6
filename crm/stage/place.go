package stage

import "time"

// Held is where somebody stood before.
type Held struct {
	At     int // index of the step that his purchases gave him
	LostOn Day // since when too little counts for it; zero: it was kept

	ByHand int // index of a step that he was given by hand; 0: none
	Until  Day // the last day of ByHand; zero: no end
}

// Standing is where somebody is on a ladder on a day.
type Standing struct {
	Step   Step
	Earned int // index of the step that his purchases give him
	LostOn Day // since when too little counts for it; zero: it is kept
	ByHand bool

	Counts  Amounts // in the window of Next; at the top, of Step
	Next    *Step   // the next step that can be reached; nil at the top
	Missing Amounts // to Next

	// By is the last day on which all of Counts still counts, so that Missing is
	// enough; from the day after, older orders have left the window. Where
	// nothing counts yet (Open is true) it is the last day on which a purchase
	// made today would. NoDay where nothing ever stops to count.
	By   Day
	Open bool

	// Loss is what happens to Step without another purchase; nil: it stays.
	Loss *Loss

	// Review is the first day on which the standing may be another without a
	// purchase; zero when it never is.
	Review Day
}

// Loss is a stage that will be lost.
type Loss struct {
	On      Day // the first day without it
	To      Step
	Missing Amounts // what keeps it, bought by By
	By      Day
}

// Place finds the standing on today of somebody who was at held. A purchase
// counts from its day on, in a rolling window until the day before the same day
// WindowMonths later.
//
// A step is reached at once. It is lost on the first review after GraceDays
// from the day on which too little counts to keep it, unless enough counts again
// by then.
func (l Ladder) Place(deeds []Deed, today Day, held Held) Standing {
	earned, lost := l.settle(deeds, today, held)
	s := Standing{Earned: earned, LostOn: lost}
	shown := earned
	if held.ByHand > earned && (held.Until == Day{} || !held.Until.Before(today)) {
		shown, s.ByHand = held.ByHand, true
	}
	s.Step = l.Steps[shown]
	l.progress(&s, shown, deeds, today)
	s.Loss = l.loss(shown, s, deeds, today, held)
	s.Review = l.review(s, deeds, today, held)
	return s
}

// settle finds the step that the purchases give, and since when too little
// counts for it.
func (l Ladder) settle(deeds []Deed, today Day, held Held) (at int, lost Day) {
	up := l.reached(deeds, today)
	at = min(held.At, len(l.Steps)-1)
	if up >= at {
		return up, Day{}
	}
	if l.Fall == FallNever || l.keeps(at, deeds, today) {
		return at, Day{}
	}
	if lost = held.LostOn; lost == (Day{}) {
		lost = l.lostOn(at, deeds, today)
	}
	for due := l.due(lost); !today.Before(due); due = l.due(lost) {
		if l.Fall == FallOneStep {
			at--
		} else {
			at = l.kept(at, deeds, today)
		}
		if l.keeps(at, deeds, today) {
			return at, Day{}
		}
		lost = due.AddDays(1) // a step at a time, each at a review of its own
	}
	return at, lost
}

// due is the review at which a step goes for which too little counts since lost.
func (l Ladder) due(lost Day) Day { return l.Rules.Review.on(lost.AddDays(l.GraceDays)) }

// lostOn is the first day since which too little counts for a step, as far as the
// windows tell; today, when an order was taken back.
func (l Ladder) lostOn(at int, deeds []Deed, today Day) Day {
	lost := today
	turns := l.turns(deeds, today.AddMonths(-2))
	for i := len(turns) - 1; i >= 0; i-- {
		if today.Before(turns[i]) {
			continue
		}
		if l.keeps(at, deeds, turns[i].AddDays(-1)) {
			return turns[i]
		}
	}
	return lost
}

// progress works out what is missing to the next step that can be reached.
func (l Ladder) progress(s *Standing, shown int, deeds []Deed, today Day) {
	for i := shown + 1; i < len(l.Steps); i++ {
		if next := l.Steps[i]; next.Reach != (Amounts{}) {
			w := l.in(next, deeds, today, 0)
			s.Next, s.Counts, s.Missing, s.Open = &next, w.sum, missing(w.sum, next.Reach), !w.any
			s.By = l.by(next, w, today)
			return
		}
	}
	s.Counts = l.in(l.Steps[shown], deeds, today, 0).sum
}

func (l Ladder) by(next Step, w window, today Day) Day {
	switch l.Window {
	case WindowCalendarYear:
		return lastOfYear(today)
	case WindowSinceJoining:
		return NoDay
	case WindowRolling:
	}
	if !w.any {
		w.first = today
	}
	return LastDay(w.first, next.WindowMonths)
}

// NoDay stands for a day that never comes.
var NoDay = Day{9999, time.December, 31}

func lastOfYear(d Day) Day { return Day{d.Year, time.December, 31} }

// LastDay is the last day on which a purchase of the day from counts in a window
// of months.
func LastDay(from Day, months int) Day { return from.AddMonths(months).AddDays(-1) }

// loss foresees when the step shown goes, and what keeps it.
func (l Ladder) loss(shown int, s Standing, deeds []Deed, today Day, held Held) *Loss {
	if s.ByHand {
		return l.lossByHand(shown, deeds, held)
	}
	if s.Earned == 0 || l.Fall == FallNever {
		return nil
	}
	lost := s.LostOn
	if lost == (Day{}) {
		for _, turn := range l.turns(deeds, today) {
			if !l.keeps(s.Earned, deeds, turn) {
				lost = turn
				break
			}
		}
	}
	if lost == (Day{}) {
		return nil
	}
	on := l.due(lost)
	to := s.Earned - 1
	if l.Fall == FallToEarned {
		to = l.kept(s.Earned, deeds, on)
	}
	step := l.Steps[s.Earned]
	loss := &Loss{On: on, To: l.Steps[max(to, 0)], Missing: missing(l.in(step, deeds, on, 0).sum, step.Keep), By: on.AddDays(-1)}
	if l.Window == WindowCalendarYear { // what is bought in the year before counts on 1 January
		if today.Before(lost) {
			loss.By = earliest(loss.By, lost.AddDays(-1))
		}
		loss.Missing = missing(l.in(step, deeds, loss.By, 0).sum, step.Keep)
	}
	return loss
}

// lossByHand is the end of what was given by hand: what the purchases give by
// then, or what they must be for it.
func (l Ladder) lossByHand(shown int, deeds []Deed, held Held) *Loss {
	if held.Until == (Day{}) {
		return nil
	}
	on := held.Until.AddDays(1)
	step := l.Steps[shown]
	after, _ := l.settle(deeds, on, Held{At: held.At, LostOn: held.LostOn})
	return &Loss{On: on, To: l.Steps[after], Missing: missing(l.in(step, deeds, on, 0).sum, step.Reach), By: held.Until}
}

// review is the next day on which the standing may change by itself.
func (l Ladder) review(s Standing, deeds []Deed, today Day, held Held) Day {
	var next Day
	if turns := l.turns(deeds, today); len(turns) > 0 {
		next = turns[0]
	}
	if s.LostOn != (Day{}) {
		next = earliest(next, l.due(s.LostOn))
	}
	if held.ByHand > 0 && held.Until != (Day{}) && !held.Until.Before(today) {
		next = earliest(next, held.Until.AddDays(1))
	}
	return next
}
