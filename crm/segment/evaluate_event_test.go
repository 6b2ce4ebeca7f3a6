package segment_test

import (
	"slices"
	"time"

	"github.com/meguri-crm/meguri/crm/segment"
)

// inEvent reports whether an order of a mall was placed in one of the events a
// condition means.
func inEvent(c *segment.Condition, o order) bool {
	return slices.ContainsFunc(someEvents, func(e segment.Event) bool {
		if len(c.Events) == 0 && !e.Sale || len(c.Events) > 0 && !slices.Contains(c.Events, e.Code) {
			return false
		}
		return slices.ContainsFunc(e.Times, func(i segment.EventTime) bool {
			return (i.Mall == "" || i.Mall == o.mall) && !o.at.Before(i.From) && o.at.Before(i.Until)
		})
	})
}

func (p *person) boughtInEvents(c *segment.Condition, now time.Time) bool {
	sales := p.sales(c.Mall)
	if len(sales) == 0 {
		return false
	}
	switch c.Field {
	case "first_in_event":
		return inEvent(c, sales[0]) == c.Bool
	case "event_order":
		return slices.ContainsFunc(sales, func(o order) bool { return inEvent(c, o) && meetsDate(c, o.at, now) })
	}
	var in int64
	for _, o := range sales {
		if inEvent(c, o) {
			in++
		}
	}
	return number(c, in*100/int64(len(sales)))
}
