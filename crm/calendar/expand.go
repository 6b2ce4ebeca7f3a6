package calendar

import (
	"slices"
	"time"
)

// reach is how long before a day an event may begin that is still on then.
const reach = 62 * 24 * time.Hour

// Expand is what rules predict between two days, both included and given as
// midnight UTC: whatever is on at some time between them, by its beginning. It
// asks neither a clock nor a database.
func Expand(rules []Rule, from, to time.Time) []Occurrence {
	var list []Occurrence
	for i := range rules {
		r := &rules[i]
		// A relative one may begin in the month before the one it is told from.
		for month := monthOf(from.Add(-reach)); !month.After(to.AddDate(0, 1, 0)); month = month.AddDate(0, 1, 0) {
			if len(r.Months) > 0 && !slices.Contains(r.Months, int(month.Month())) {
				continue
			}
			for _, s := range r.spans(month) {
				if r.holds(s.first) && touches(s.first, s.last, from, to) {
					list = append(list, r.occurrence(s))
				}
			}
		}
	}
	order(list)
	return list
}

// span is the days of one occurrence, both included.
type span struct{ first, last time.Time }

// spans is what a rule says of a month, given by its first day.
func (r *Rule) spans(month time.Time) []span {
	switch r.Kind {
	case DayOfMonth:
		var list []span
		for _, day := range r.Days {
			// A month without the day has no such occurrence: no 30th of February.
			if on := month.AddDate(0, 0, day-1); on.Month() == month.Month() {
				list = append(list, span{on, on})
			}
		}
		return list
	case NthWeekday:
		var list []span
		for _, on := range weekdays(month, r.Weekday, r.Nth) {
			list = append(list, span{on, on})
		}
		return list
	case Relative:
		var list []span
		for _, on := range weekdays(month, r.Weekday, r.Nth) {
			first := on.AddDate(0, 0, r.Offset)
			list = append(list, span{first, first.AddDate(0, 0, r.Length-1)})
		}
		return list
	default: // AnnualRange, and Announced where it has a window
		if r.First == 0 {
			return nil
		}
		last := month.AddDate(0, 0, r.Last-1)
		if r.Last < r.First {
			last = month.AddDate(0, 1, r.Last-1)
		}
		return []span{{month.AddDate(0, 0, r.First-1), last}}
	}
}

// weekdays is the nth weekday of a month (-1: its last), or all of them for 0.
func weekdays(month time.Time, weekday time.Weekday, nth int) []time.Time {
	var all []time.Time
	ahead := (int(weekday) - int(month.Weekday()) + 7) % 7
	for on := month.AddDate(0, 0, ahead); on.Month() == month.Month(); on = on.AddDate(0, 0, 7) {
		all = append(all, on)
	}
	switch {
	case nth == 0:
		return all
	case nth < 0:
		return all[len(all)-1:]
	case nth > len(all):
		return nil
	}
	return all[nth-1 : nth]
}

// holds reports whether the rule is in force on a day.
func (r *Rule) holds(day time.Time) bool {
	return (r.ValidFrom.IsZero() || !day.Before(r.ValidFrom)) && (r.ValidTo.IsZero() || !day.After(r.ValidTo))
}

func (r *Rule) occurrence(s span) Occurrence {
	last := s.last
	if r.Ends <= r.Starts && last.Equal(s.first) {
		last = last.AddDate(0, 0, 1) // a night: 20:00 to 01:59
	}
	return Occurrence{
		Key: Key{Rule: r.Code, On: s.first}, Rule: r, Mall: r.Mall, Name: r.Name, NameEN: r.NameEN,
		StartsAt: at(s.first, r.Starts), EndsAt: at(last, r.Ends),
		Status: Predicted, Approximate: r.Kind == Announced, Source: r.Source,
	}
}

// Overlay puts what is stored in the place of what was predicted. Stored keys
// are those of the predictions they stand in for, where there are any.
func Overlay(predicted, stored []Occurrence) []Occurrence {
	known := make(map[Key]bool, len(stored))
	for _, o := range stored {
		known[o.Key] = true
	}
	list := slices.Clone(stored)
	for _, o := range predicted {
		if !known[o.Key] {
			list = append(list, o)
		}
	}
	order(list)
	return list
}

// order sorts by beginning, the big ones first, then the longer ones.
func order(list []Occurrence) {
	slices.SortStableFunc(list, func(a, b Occurrence) int {
		if c := a.StartsAt.Compare(b.StartsAt); c != 0 {
			return c
		}
		if a.Major() != b.Major() {
			if a.Major() {
				return -1
			}
			return 1
		}
		return b.EndsAt.Compare(a.EndsAt)
	})
}

func touches(first, last, from, to time.Time) bool { return !last.Before(from) && !first.After(to) }

func monthOf(day time.Time) time.Time {
	return time.Date(day.Year(), day.Month(), 1, 0, 0, 0, 0, time.UTC)
}
