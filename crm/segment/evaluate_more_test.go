package segment_test

import (
	"slices"
	"time"

	"github.com/meguri-crm/meguri/crm/segment"
)

// about reports whether an order holds what a condition is narrowed to.
func (o order) about(c *segment.Condition) bool {
	if len(c.SKUs)+len(c.Categories) == 0 {
		return true
	}
	return slices.ContainsFunc(o.skus, func(sku string) bool { return named(c, sku) })
}

func named(c *segment.Condition, sku string) bool {
	return len(c.SKUs)+len(c.Categories) == 0 || slices.Contains(c.SKUs, sku) || slices.Contains(c.Categories, categoryOf[sku])
}

func (p *person) habit(c *segment.Condition, now time.Time) bool {
	sales := p.sales("")
	if len(sales) == 0 {
		return c.Field == "first_mall" && c.Op == segment.NoneOf
	}
	n, first, last := int64(len(sales)), sales[0], sales[len(sales)-1]
	span := last.at.Sub(first.at)
	switch c.Field {
	case "first_mall":
		return slices.Contains(c.Texts, first.mall) == (c.Op == segment.AnyOf)
	case "first_price":
		return first.currency == "JPY" && number(c, first.net)
	case "average_order":
		var sum int64
		for _, o := range p.orders {
			if o.currency == "JPY" {
				sum += o.net
			}
		}
		return number(c, sum/n)
	case "coupon_share":
		used := int64(0)
		for _, o := range sales {
			if o.coupon {
				used++
			}
		}
		return number(c, used*100/n)
	case "order_interval":
		return n > 1 && number(c, int64(span/time.Duration(n-1)/(24*time.Hour)))
	}
	return n > 1 && span > 0 && number(c, overdue(now.Sub(last.at), span, n-1))
}

// overdue is floor(100 × since × gaps ÷ span) without overflow.
func overdue(since, span time.Duration, gaps int64) int64 {
	us := func(d time.Duration) int64 { return d.Microseconds() }
	percent := 100 * us(since) * gaps
	floor := percent / us(span)
	if percent%us(span) < 0 {
		floor--
	}
	return floor
}

func (p *person) behaved(c *segment.Condition, now time.Time) bool {
	var did []deed
	for _, d := range p.acts {
		if (c.Days == nil || daysAgo(d.at, now) <= *c.Days) && named(c, d.sku) {
			did = append(did, d)
		}
	}
	only := func(action string) []deed {
		return slices.DeleteFunc(slices.Clone(did), func(d deed) bool { return d.action != action })
	}
	switch c.Field {
	case "visits":
		days := map[string]bool{}
		for _, d := range did {
			days[d.at.In(tokyo).Format(time.DateOnly)] = true
		}
		return number(c, int64(len(days)))
	case "carted_not_bought":
		return slices.ContainsFunc(only("CART_ADD"), p.abandoned) == c.Bool
	case "viewed_not_bought":
		return slices.ContainsFunc(only("VIEW"), p.abandoned) == c.Bool
	}
	return number(c, int64(len(only(map[string]string{"viewed": "VIEW", "carted": "CART_ADD", "favourited": "FAVOURITE", "searched": "SEARCH"}[c.Field]))))
}

// abandoned reports whether what was done to a product was neither undone nor
// followed by buying it.
func (p *person) abandoned(d deed) bool {
	if d.sku == "" {
		return false
	}
	bought := slices.ContainsFunc(p.sales(""), func(o order) bool { return !o.at.Before(d.at) && slices.Contains(o.skus, d.sku) })
	removed := d.action == "CART_ADD" && slices.ContainsFunc(p.acts, func(r deed) bool {
		return r.action == "CART_REMOVE" && r.sku == d.sku && !r.at.Before(d.at)
	})
	return !bought && !removed
}

func (p *person) answered(c *segment.Condition, now time.Time) (n int64) {
	for _, m := range p.mails {
		at := map[string]*time.Time{"mails_sent": m.sent, "mails_opened": m.opened, "mails_clicked": m.clicked}[c.Field]
		if at != nil && (c.Days == nil || daysAgo(*at, now) <= *c.Days) {
			n++
		}
	}
	return n
}

// brought counts whom he brought.
func (p *person) brought(c *segment.Condition, now time.Time) (n int64) {
	for _, r := range p.friends {
		if r.counts && (c.Days == nil || daysAgo(r.at, now) <= *c.Days) {
			n++
		}
	}
	return n
}

func (p *person) agreed(c *segment.Condition) bool {
	type key struct{ channel, mall string }
	inForce := map[key]bool{}
	for _, w := range p.consents {
		inForce[key{w.channel, w.mall}] = w.given
	}
	hits := 0
	for _, channel := range c.Texts {
		for k, given := range inForce {
			if given && k.channel == channel && (c.Mall == "" || k.mall == c.Mall) {
				hits++
				break
			}
		}
	}
	switch c.Op {
	case segment.AllOf:
		return hits == len(c.Texts)
	case segment.NoneOf:
		return hits == 0
	}
	return hits > 0
}

func age(birth, now time.Time) int64 {
	today := now.In(tokyo)
	years := int64(today.Year() - birth.Year())
	if today.YearDay() != birth.YearDay() && today.Format("0102") < birth.Format("0102") {
		years--
	}
	return years
}

var regionOf = map[string]string{"東京都": "KANTO", "大阪府": "KINKI", "京都府": "KINKI"}

func (p *person) inSegments(c *segment.Condition) bool {
	hits := 0
	for _, id := range c.Texts {
		twice := len(p.sales("")) >= 2
		switch {
		case id == "everybody", id == "twice" && twice, id == "goldTwice" && twice && p.stage == "GOLD":
			hits++
		}
	}
	switch c.Op {
	case segment.AllOf:
		return hits == len(c.Texts)
	case segment.NoneOf:
		return hits == 0
	}
	return hits > 0
}
