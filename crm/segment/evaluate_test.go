package segment_test

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/meguri-crm/meguri/crm/segment"
)

// person is a customer as the naive evaluator sees one: raw facts, no rollups.
type person struct {
	id        int64
	anonymous bool
	merged    bool
	member    bool
	since     time.Time // as a member
	stage     string
	gender    string
	home      string     // prefecture
	keys      []int64    // the shops of his keys; 0: any
	household int64      // 0: none that is known
	together  int64      // customers of it
	friends   []referral // whom he brought
	broughtBy []referral // at most one
	acts      []deed
	mails     []mail
	birth     *time.Time
	available int64
	reserved  int64 // pending and held
	own       []booking
	booked    []booking // his own, and those of who was merged into him
	rose      []rise    // the history of his stages, oldest first
	orders    []order
	lots      []lot
	consents  []consent // oldest first
	knowing   knowing
}

type order struct {
	mall     string
	currency string
	at       time.Time
	net      int64
	sale     bool // not cancelled, not a return
	coupon   bool
	skus     []string
}

// deed is a behaviour; the category goes with the product.
type deed struct {
	action string
	sku    string
	at     time.Time
}

type referral struct {
	at     time.Time
	counts bool // not refused, void, or of one person
}

type mail struct{ sent, opened, clicked *time.Time }

type lot struct {
	usable    bool
	remaining int64
	expires   *time.Time
}

type consent struct {
	mall    string // of the one shop on it
	channel string
	given   bool
}

// categoryOf is the category of each product.
var categoryOf = map[string]string{"TEA-01": "お茶", "TEA-02": "お茶", "CUP-01": "器", "": ""}

// matches is what a rule means, said as plainly as possible; the compiled SQL
// must agree with it.
func (p *person) matches(n *segment.Node, now time.Time) bool {
	if p.anonymous || p.merged {
		return false
	}
	return p.holds(n, now)
}

func (p *person) holds(n *segment.Node, now time.Time) bool {
	switch {
	case n.Not != nil:
		return !p.holds(n.Not, now)
	case n.Condition != nil:
		return p.meets(n.Condition, now)
	case n.Any != nil:
		return slices.ContainsFunc(n.Any, func(c *segment.Node) bool { return p.holds(c, now) })
	}
	return !slices.ContainsFunc(n.All, func(c *segment.Node) bool { return !p.holds(c, now) })
}

func (p *person) meets(c *segment.Condition, now time.Time) bool {
	if strings.HasPrefix(c.Field, "property.") || c.Field == "tag" || c.Field == "earn_rule" {
		return p.keeps(c, now)
	}
	switch c.Field {
	case "orders":
		return number(c, int64(len(p.sales(c.Mall))))
	case "net_sales":
		var sum int64
		for _, o := range p.orders {
			if o.currency == "JPY" && (c.Mall == "" || o.mall == c.Mall) {
				sum += o.net
			}
		}
		return number(c, sum)
	case "last_order":
		return dated(c, p.sales(c.Mall), now)
	case "first_order":
		sales := p.sales("")
		return len(sales) > 0 && sales[0].about(c) && meetsDate(c, sales[0].at, now)
	case "second_order", "third_order", "fourth_order", "days_to_second", "days_to_third", "days_to_fourth", "days_to_fifth":
		return p.wentOn(c, now)
	case "second_mall", "next_mall", "crossed", "days_to_cross":
		return p.crossed(c, now)
	case "points_outstanding", "points_expiry", "points_lasting", "points_expired":
		return p.left(c, now)
	case "order_date":
		return slices.ContainsFunc(p.sales(c.Mall), func(o order) bool { return o.about(c) && meetsDate(c, o.at, now) })
	case "first_price", "average_order", "coupon_share", "order_interval", "overdue", "first_mall":
		return p.habit(c, now)
	case "event_share", "event_order", "first_in_event":
		return p.boughtInEvents(c, now)
	case "joinable":
		return slices.Contains(p.keys, 0) == c.Bool
	case "viewed", "carted", "favourited", "searched", "visits", "carted_not_bought", "viewed_not_bought":
		return p.behaved(c, now)
	case "mails_sent", "mails_opened", "mails_clicked":
		return number(c, p.answered(c, now))
	case "consent":
		return p.agreed(c)
	case "member_since":
		return p.member && meetsDate(c, p.since, now)
	case "age":
		return p.birth != nil && number(c, age(*p.birth, now))
	case "friends_brought":
		return number(c, p.brought(c, now))
	case "brought":
		return slices.ContainsFunc(p.broughtBy, func(r referral) bool { return r.counts }) == c.Bool
	case "household":
		return number(c, max(1, p.together))
	case "gender":
		return slices.Contains(c.Texts, p.gender)
	case "prefecture":
		return slices.Contains(c.Texts, p.home) == (c.Op == segment.AnyOf)
	case "region":
		return slices.Contains(c.Texts, regionOf[p.home]) == (c.Op == segment.AnyOf)
	case "segment":
		return p.inSegments(c)
	case "malls":
		return p.bought(c)
	case "sku":
		return p.hasSKU(c, now) == (c.Op == segment.AnyOf)
	case "member":
		return p.member == c.Bool
	case "stage":
		return slices.Contains(c.Texts, p.stageOn(c)) == (c.Op == segment.AnyOf)
	case "points":
		return number(c, p.points(c, now))
	case "mail_consent":
		return p.consented(c.Mall) == c.Bool
	}
	return p.bornIn(c, now)
}

// sales are the orders that count, the oldest first.
func (p *person) sales(mall string) []order {
	sales := slices.DeleteFunc(slices.Clone(p.orders), func(o order) bool { return !o.sale || mall != "" && o.mall != mall })
	slices.SortStableFunc(sales, func(a, b order) int { return a.at.Compare(b.at) })
	return sales
}

func number(c *segment.Condition, n int64) bool {
	switch c.Op {
	case segment.AtLeast, segment.CountLeast:
		return n >= c.Numbers[0]
	case segment.AtMost, segment.CountAtMost:
		return n <= c.Numbers[0]
	case segment.Between:
		return n >= c.Numbers[0] && n <= c.Numbers[1]
	}
	return n == c.Numbers[0]
}

// daysAgo counts calendar days in Tokyo; today is 0.
func daysAgo(at, now time.Time) int64 {
	midnight := func(t time.Time) time.Time {
		y, m, d := t.In(tokyo).Date()
		return time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
	}
	return int64(midnight(now).Sub(midnight(at)) / (24 * time.Hour))
}

func dated(c *segment.Condition, sales []order, now time.Time) bool {
	return len(sales) > 0 && meetsDate(c, sales[len(sales)-1].at, now)
}

func meetsDate(c *segment.Condition, last, now time.Time) bool {
	day := last.In(tokyo).Format(time.DateOnly)
	switch c.Op {
	case segment.WithinDays:
		return daysAgo(last, now) <= c.Numbers[0]
	case segment.BeforeDays:
		return daysAgo(last, now) > c.Numbers[0]
	case segment.Since:
		return day >= c.Dates[0].String()
	case segment.Before:
		return day < c.Dates[0].String()
	}
	return day >= c.Dates[0].String() && day <= c.Dates[1].String()
}

func (p *person) bought(c *segment.Condition) bool {
	malls := map[string]bool{}
	for _, o := range p.sales("") {
		malls[o.mall] = true
	}
	hits := 0
	for _, m := range c.Texts {
		if malls[m] {
			hits++
		}
	}
	switch c.Op {
	case segment.AnyOf:
		return hits > 0
	case segment.AllOf:
		return hits == len(c.Texts)
	case segment.NoneOf:
		return hits == 0
	}
	return number(c, int64(len(malls)))
}

func (p *person) hasSKU(c *segment.Condition, now time.Time) bool {
	return slices.ContainsFunc(p.sales(""), func(o order) bool {
		inPeriod := c.Days == nil || daysAgo(o.at, now) <= *c.Days
		return inPeriod && slices.ContainsFunc(o.skus, func(s string) bool { return slices.Contains(c.Texts, s) })
	})
}

func (p *person) points(c *segment.Condition, now time.Time) int64 {
	if c.Days == nil {
		return p.available
	}
	var sum int64
	for _, l := range p.lots {
		if l.usable && l.expires != nil && l.expires.After(now) && -daysAgo(*l.expires, now) <= *c.Days {
			sum += l.remaining
		}
	}
	return sum
}

func (p *person) consented(mall string) bool {
	inForce := map[string]bool{}
	for _, c := range p.consents {
		if c.channel == "MAIL" {
			inForce[c.mall] = c.given
		}
	}
	for m, given := range inForce {
		if given && (mall == "" || m == mall) {
			return true
		}
	}
	return false
}

func (p *person) bornIn(c *segment.Condition, now time.Time) bool {
	if p.birth == nil {
		return false
	}
	month := int(p.birth.Month())
	switch today := int(now.In(tokyo).Month()); c.Op {
	case segment.ThisMonth:
		return month == today
	case segment.NextMonth:
		return month == today%12+1
	}
	return slices.Contains(c.Texts, strconv.Itoa(month))
}
