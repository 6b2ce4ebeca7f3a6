package insight

import (
	"encoding/json"
	"time"
)

// People is how many customers a figure counts, with the rule of crm/segment
// that finds exactly them on the same day.
type People struct {
	Count int64
	Rule  json.RawMessage
}

// Rate is how many of some people did something.
type Rate struct {
	Of, Hit People
	// Previous is the share in basis points one period earlier; nil: there was nobody.
	Previous *int64
}

// Share is Hit by Of in basis points, rounded half up; nil: there is nobody.
func (r Rate) Share() *int64 { return basisPoints(r.Hit.Count, r.Of.Count) }

// basisPoints is a part of a whole, rounded half up; nil for a part of nothing.
func basisPoints(part, whole int64) *int64 {
	if whole == 0 {
		return nil
	}
	share := (part*20000 + whole) / (2 * whole)
	return &share
}

// condition is a leaf of a rule, or a group.
type condition map[string]any

// rule writes the rule of whom all conditions hold for.
func rule(conditions ...condition) json.RawMessage {
	raw, _ := json.Marshal(condition{"all": conditions}) // of texts and numbers
	return raw
}

func is(field, op string, value any) condition {
	return condition{"field": field, "op": op, "value": value}
}

func atLeast(field string, n int64) condition { return is(field, "gte", n) }

func atMost(field string, n int) condition { return is(field, "lte", n) }

func anyOf(field string, values ...string) condition { return is(field, "any_of", values) }

func noneOf(field string, values ...string) condition { return is(field, "none_of", values) }

func not(c condition) condition { return condition{"not": c} }

// before is earlier than a day.
func before(field string, d time.Time) condition { return is(field, "before", d.Format(time.DateOnly)) }

// during is from one day to the day before another. A period that ends before
// it begins has nobody in it, which the operator "during" has no word for.
func during(field string, from, until time.Time) condition {
	last := until.AddDate(0, 0, -1)
	if last.Before(from) {
		return condition{"all": []condition{is(field, "since", from.Format(time.DateOnly)), before(field, until)}}
	}
	return is(field, "during", []string{from.Format(time.DateOnly), last.Format(time.DateOnly)})
}

// asOf asks of the end of a day.
func (c condition) asOf(d time.Time) condition {
	c["as_of"] = d.Format(time.DateOnly)
	return c
}
