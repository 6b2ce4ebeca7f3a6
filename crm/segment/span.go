package segment

import "time"

// The last order is what lists are ordered by, and what most rules speak of. All
// that is said of it in one place becomes one stretch of the index that the list
// is read along, so that a list under a rule begins where the rule does.

// lastOrder is the expression of that index: who never ordered comes first.
const lastOrder, neverOrdered = "coalesce(s.last_order_at, '-infinity')", "'-infinity'"

// span is the stretch that a last order may lie in: from on, before until, where
// they are given; never lets those in who never ordered, too.
type span struct {
	from, until time.Time
	never       bool
}

// and is what lies in both; of nil, the other.
func (s *span) and(o span) *span {
	if s == nil {
		return &o
	}
	if o.from.Before(s.from) {
		o.from = s.from
	}
	if o.until.IsZero() || !s.until.IsZero() && s.until.Before(o.until) {
		o.until = s.until
	}
	o.never = o.never && s.never
	return &o
}

// spanOf is what a node says of the last order on any mall, where that is all it
// says and one stretch has it.
func (b *builder) spanOf(n *Node, negated bool) (span, bool) {
	if n.Not != nil {
		return b.spanOf(n.Not, !negated)
	}
	c := n.Condition
	if c == nil || c.Field != "last_order" || c.Mall != "" || negated && c.Op == During {
		return span{}, false
	}
	s := b.spanSaid(c)
	if negated { // one end is open: the other changes sides
		s = span{from: s.until, until: s.from, never: true}
	}
	return s, true
}

func (b *builder) spanSaid(c *Condition) span {
	switch c.Op {
	case WithinDays:
		return span{from: b.day(-c.Numbers[0])}
	case BeforeDays:
		return span{until: b.day(-c.Numbers[0])}
	case Since:
		return span{from: b.midnight(c.Dates[0])}
	case Before:
		return span{until: b.midnight(c.Dates[0])}
	}
	return span{from: b.midnight(c.Dates[0]), until: b.midnight(c.Dates[1].Next())}
}

// recent is a span in SQL. It is never NULL.
func (b *builder) recent(s span) string {
	b.join("stats")
	above, below := lastOrder+" > "+neverOrdered, ""
	if !s.from.IsZero() {
		above = lastOrder + " >= " + b.arg(s.from)
	}
	if !s.until.IsZero() {
		below = lastOrder + " < " + b.arg(s.until)
	}
	switch {
	case s.never && s.from.IsZero():
		return below
	case s.never && below == "":
		return "(" + above + " OR s.last_order_at IS NULL)"
	case s.never:
		return "(" + above + " AND " + below + " OR s.last_order_at IS NULL)"
	case below == "":
		return above
	}
	return "(" + above + " AND " + below + ")"
}
