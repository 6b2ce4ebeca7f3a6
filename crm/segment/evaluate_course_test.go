package segment_test

import (
	"slices"
	"time"

	"github.com/meguri-crm/meguri/crm/segment"
)

// booking is a line of the ledger: what it added to a balance.
type booking struct {
	at      time.Time
	amount  int64
	expired bool
}

// rise is a change of stage, up or down.
type rise struct {
	at time.Time
	to string
}

// wentOn is about the orders after the first.
func (p *person) wentOn(c *segment.Condition, now time.Time) bool {
	nth := map[string]int{
		"second_order": 2, "third_order": 3, "fourth_order": 4, "days_to_second": 2, "days_to_third": 3, "days_to_fourth": 4, "days_to_fifth": 5,
	}[c.Field]
	sales := p.sales("")
	if len(sales) < nth {
		return false
	}
	at := sales[nth-1].at
	if c.Op.Shape() == segment.ShapeNumber || c.Op.Shape() == segment.ShapeNumberRange {
		return number(c, daysAgo(sales[nth-2].at, at))
	}
	return meetsDate(c, at, now)
}

// crossed is about the malls after the first.
func (p *person) crossed(c *segment.Condition, now time.Time) bool {
	sales := p.sales("")
	var second, next *order
	for i := range sales {
		if i == 1 {
			second = &sales[i]
		}
		if next == nil && sales[i].mall != sales[0].mall {
			next = &sales[i]
		}
	}
	on := func(o *order) bool {
		return (o != nil && slices.Contains(c.Texts, o.mall)) == (c.Op == segment.AnyOf)
	}
	switch c.Field {
	case "second_mall":
		return on(second)
	case "next_mall":
		return on(next)
	case "crossed":
		return next != nil && meetsDate(c, next.at, now)
	}
	return next != nil && number(c, daysAgo(sales[0].at, next.at))
}

// left is about points that are left, and those that are gone.
func (p *person) left(c *segment.Condition, now time.Time) bool {
	open := slices.DeleteFunc(slices.Clone(p.lots), func(l lot) bool { return l.remaining == 0 })
	switch c.Field {
	case "points_expiry":
		return slices.ContainsFunc(open, func(l lot) bool { return l.expires != nil && meetsDate(c, l.expires.Add(-time.Microsecond), now) })
	case "points_lasting":
		return slices.ContainsFunc(open, func(l lot) bool { return l.expires == nil }) == c.Bool
	case "points_expired":
		return slices.ContainsFunc(p.booked, func(b booking) bool { return b.expired && meetsDate(c, b.at.Add(-time.Microsecond), now) })
	}
	if c.AsOf == nil {
		return number(c, p.available+p.reserved)
	}
	var balance int64
	for _, b := range p.booked {
		if !b.at.After(endOf(c.AsOf)) {
			balance += b.amount
		}
	}
	return number(c, balance)
}

// stageOn is the stage at the end of the day a condition speaks of.
func (p *person) stageOn(c *segment.Condition) string {
	if c.AsOf == nil {
		return p.stage
	}
	stage := ""
	for _, r := range p.rose {
		if r.at.Before(endOf(c.AsOf)) {
			stage = r.to
		}
	}
	return stage
}

func endOf(d *segment.Date) time.Time {
	return time.Date(d.Year, d.Month, d.Day+1, 0, 0, 0, 0, tokyo)
}
