package segment

import (
	"slices"
	"strings"
	"time"
)

// Event is something that comes again and that people buy in: a sale of a mall,
// a season, the merchant's own days.
type Event struct {
	Code  string // as rules write it
	Words Words
	Mall  string // said with its name; "": none
	// Sale says that it changes what people buy: where a rule names no event, all
	// sales are meant.
	Sale  bool
	Times []EventTime // in any order
}

// EventTime is one time of an event.
type EventTime struct {
	Mall string // "": every mall
	Interval
}

// Interval is from an instant until before another.
type Interval struct{ From, Until time.Time }

// eventChoices names the events; where the name does not say the mall, the mall
// follows it.
func eventChoices(events []Event) []Choice {
	malls := mallChoices()
	list := make([]Choice, len(events))
	for i, e := range events {
		words, mall := e.Words, wordsOf(malls, e.Mall)
		if e.Mall != "" && !strings.Contains(words.JA, mall.JA) {
			words.JA += "（" + mall.JA + "）"
		}
		if e.Mall != "" && !strings.Contains(words.EN, mall.EN) {
			words.EN += " (" + mall.EN + ")"
		}
		list[i] = Choice{e.Code, words}
	}
	return list
}

// MallTimes are times of events on one mall.
type MallTimes struct {
	Mall  string
	Times []Interval // apart from one another, in their order
}

// times are when the events of a condition are.
func (b *builder) times(c *Condition, within Interval) []MallTimes {
	return TimesOf(b.events, c.Events, c.Mall, within)
}

// TimesOf are when those of the events are that codes name, or with none named
// the sales, mall by mall; on one mall, if it is not "". What does not touch
// within is left out.
func TimesOf(events []Event, codes []string, mall string, within Interval) (list []MallTimes) {
	for _, m := range mallChoices() {
		if mall != "" && mall != m.Value {
			continue
		}
		var all []Interval
		for _, e := range events {
			if meant := e.Sale && len(codes) == 0 || slices.Contains(codes, e.Code); !meant {
				continue
			}
			for _, t := range e.Times {
				if i := t.within(within); (t.Mall == "" || t.Mall == m.Value) && i.From.Before(i.Until) {
					all = append(all, i)
				}
			}
		}
		if all = apart(all); len(all) > 0 {
			list = append(list, MallTimes{m.Value, all})
		}
	}
	return list
}

// within is the part of an interval that lies in another; a zero end is open.
func (i Interval) within(o Interval) Interval {
	if i.From.Before(o.From) {
		i.From = o.From
	}
	if !o.Until.IsZero() && o.Until.Before(i.Until) {
		i.Until = o.Until
	}
	return i
}

// apart sorts intervals and makes one of those that touch.
func apart(all []Interval) (list []Interval) {
	slices.SortFunc(all, func(a, b Interval) int { return a.From.Compare(b.From) })
	for _, i := range all {
		last := len(list) - 1
		switch {
		case last < 0 || list[last].Until.Before(i.From):
			list = append(list, i)
		case list[last].Until.Before(i.Until):
			list[last].Until = i.Until
		}
	}
	return list
}

// Multirange writes intervals as Postgres reads them.
func Multirange(times []Interval) string {
	parts := make([]string, len(times))
	for i, t := range times {
		parts[i] = "[" + t.From.UTC().Format(time.RFC3339) + "," + t.Until.UTC().Format(time.RFC3339) + ")"
	}
	return "{" + strings.Join(parts, ",") + "}"
}
