package insight

import (
	"context"
	"slices"
	"time"

	"github.com/meguri-crm/meguri/crm/fault"
)

// Windows are the days within which a next order counts, that one can choose from.
var Windows = []int{30, 60, 90, 180}

// steps are how many transitions from one order to the next are followed.
const steps = 4

// MaxCategories is how many categories stand by themselves; the others, and
// customers whose first products have none, are one row.
const MaxCategories = 12

// Conversion is who came back after the first order, and after the next ones.
// A window is over for somebody when its last day has gone by; only those are in
// rates, so that nobody counts as lost who still has time.
type Conversion struct {
	Taken

	From, To   time.Time // days of first orders
	Window     int       // days
	F2         Rate      // of those whose window is over, with a second order within it
	Again      Rate      // of all of the period, with a second order to this day; Previous is not told
	MedianDays *int64    // from the first order to the second, of those who have one
	Cohorts    []Cohort  // by month of the first order, the oldest first
	Steps      []Step
	ByMall     []MallRate     // by mall of the first order, the largest first
	ByCategory []CategoryRate // by category of products in the first order; one may be in several
}

// Cohort is who ordered first in one month.
type Cohort struct {
	Month  time.Time // its first day
	First  People
	Within []Within // of Windows
	Again  People   // a second order to this day, however late
}

// Within is who had a second order within so many days.
type Within struct {
	Days     int
	People   People
	Complete bool // the window is over for all of the month
}

// Step is from one order to the next: F1 to F2 is 1.
type Step struct {
	Order int
	Rate  Rate // of those whose window since that order is over; Previous is never known
}

// MallRate is the F2 rate of one mall's first orders.
type MallRate struct {
	Mall       string
	Rate       Rate
	MedianDays *int64
}

// CategoryRate is the F2 rate by what the first order held.
type CategoryRate struct {
	Category string // "": none of those that stand by themselves
	Rate     Rate
}

// Conversion computes who came back after first orders of the last months.
// Errors: fault.Invalid for a window that is not one of Windows, or a period of
// no months or of more than MaxMonths.
func (s *Service) Conversion(ctx context.Context, months, window int) (*Conversion, error) {
	if !slices.Contains(Windows, window) {
		return nil, fault.New(fault.Invalid, "the window is 30, 60, 90 or 180 days").WithCode("WINDOW_INVALID").At("window")
	}
	if err := checkMonths(months); err != nil {
		return nil, err
	}
	return answered[*Conversion](ctx, s, question{Report: "conversion", Period: months, Within: window})
}

func (s *Service) conversion(ctx context.Context, months, window int) (*Conversion, error) {
	p := s.span(months)
	q := conversionQuery{span: p, window: window, over: p.today.AddDate(0, 0, -window)}
	if err := s.snapshot(ctx, q.queue); err != nil {
		return nil, err
	}
	q.fold()
	return q.answer(), nil
}

func (q *conversionQuery) answer() *Conversion {
	c := &Conversion{From: q.from, To: q.today, Window: q.window, MedianDays: q.median, Steps: q.followed(), ByCategory: q.byCategory()}
	var overBefore, hitBefore int64
	for month, row := range q.months {
		if month < q.span.months {
			overBefore, hitBefore = overBefore+row.Over, hitBefore+row.Hit
			continue
		}
		c.F2.Of.Count, c.F2.Hit.Count = c.F2.Of.Count+row.Over, c.F2.Hit.Count+row.Hit
	}
	c.F2 = q.rate(c.F2.Of.Count, c.F2.Hit.Count)
	c.F2.Previous = basisPoints(hitBefore, overBefore)
	all := during("first_order", q.from, q.until)
	c.Again = Rate{Of: People{Rule: rule(all)}, Hit: People{Rule: rule(all, atLeast("orders", 2))}}
	for i := range q.span.months {
		cohort := q.cohort(i)
		c.Again.Of.Count, c.Again.Hit.Count = c.Again.Of.Count+cohort.First.Count, c.Again.Hit.Count+cohort.Again.Count
		c.Cohorts = append(c.Cohorts, cohort)
	}
	for _, row := range q.malls {
		rate := q.rate(row.Over, row.Hit, anyOf("first_mall", row.Mall))
		rate.Previous = basisPoints(row.HitBefore, row.OverBefore)
		c.ByMall = append(c.ByMall, MallRate{Mall: row.Mall, Rate: rate, MedianDays: row.Median})
	}
	return c
}

// rate is who came back within the window of those whose window is over.
func (q *conversionQuery) rate(over, hit int64, more ...condition) Rate {
	of := append([]condition{during("first_order", q.from, q.over)}, more...)
	return Rate{Of: People{over, rule(of...)}, Hit: People{hit, rule(append(of, atMost("days_to_second", q.window))...)}}
}

// cohort is the nth month of the period.
func (q *conversionQuery) cohort(n int) Cohort {
	month, next := q.from.AddDate(0, n, 0), q.from.AddDate(0, n+1, 0)
	row := q.months[n+q.span.months]
	first := during("first_order", month, next)
	c := Cohort{Month: month, First: People{row.First, rule(first)}, Again: People{row.Again, rule(first, atLeast("orders", 2))}}
	for i, n := range []int64{row.In30, row.In60, row.In90, row.In180} {
		c.Within = append(c.Within, Within{
			Days: Windows[i], People: People{n, rule(first, atMost("days_to_second", Windows[i]))},
			Complete: !next.AddDate(0, 0, Windows[i]).After(q.today),
		})
	}
	return c
}

func (q *conversionQuery) followed() []Step {
	nth := []string{"first_order", "second_order", "third_order", "fourth_order"}
	gaps := []string{"days_to_second", "days_to_third", "days_to_fourth", "days_to_fifth"}
	list := make([]Step, steps)
	for i := range list {
		of := []condition{during("first_order", q.from, q.until), before(nth[i], q.over)}
		list[i] = Step{Order: i + 1, Rate: Rate{
			Of:  People{q.steps[2*i], rule(of...)},
			Hit: People{q.steps[2*i+1], rule(append(of, atMost(gaps[i], q.window))...)},
		}}
	}
	return list
}

func (q *conversionQuery) byCategory() []CategoryRate {
	var named []string
	for _, row := range q.categories {
		if row.Category != "" {
			named = append(named, row.Category)
		}
	}
	var list []CategoryRate
	for _, row := range q.categories {
		held := during("first_order", q.from, q.over)
		switch {
		case row.Category != "":
			held["categories"] = []string{row.Category}
		case row.Over == 0:
			continue
		case len(named) > 0:
			held["categories"] = named
			held = not(held)
		}
		list = append(list, CategoryRate{Category: row.Category, Rate: q.rate(row.Over, row.Hit, held)})
	}
	return list
}
