package server

import (
	"context"
	"time"

	"github.com/meguri-crm/meguri/crm/calendar"
	"github.com/meguri-crm/meguri/crm/clock"
	"github.com/meguri-crm/meguri/crm/segment"
)

// segmentCalendar tells segments of the malls' sales.
type segmentCalendar struct {
	calendar *calendar.Service
	clock    clock.Clock
}

// ownEvent is the code under which rules speak of the merchant's own days.
const ownEvent = "OWN"

// SegmentEvents implements segment.Calendar. What is only known to be somewhere
// in a period has no times. Sales are the large ones of malls and all that the
// merchant entered; seasons, and days that come several times a month, may be
// named but are no sales.
func (c segmentCalendar) SegmentEvents(ctx context.Context, since time.Time) ([]segment.Event, error) {
	occurrences, rules, err := c.calendar.History(ctx, calendar.Day(since), calendar.Day(c.clock.Now()))
	if err != nil {
		return nil, err
	}
	events := make([]segment.Event, len(rules), len(rules)+1)
	at := make(map[string]*segment.Event, len(rules))
	for i, r := range rules {
		events[i] = segment.Event{Code: r.Code, Words: segment.Words{JA: r.Name, EN: r.NameEN}, Mall: r.Mall, Sale: r.Mall != "" && r.Major}
		at[r.Code] = &events[i]
	}
	own := &segment.Event{Code: ownEvent, Words: segment.Words{JA: "自店の予定", EN: "Own events"}, Sale: true}
	for _, o := range occurrences {
		e := own
		if o.Rule != nil {
			e = at[o.Rule.Code]
		}
		if !o.Approximate {
			e.Times = append(e.Times, segment.EventTime{Mall: o.Mall, Interval: segment.Interval{From: o.StartsAt, Until: o.EndsAt.Add(time.Minute)}})
		}
	}
	return append(events, *own), nil
}
