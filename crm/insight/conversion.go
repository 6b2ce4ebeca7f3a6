package insight

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

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
	p, err := s.span(months)
	if err != nil {
		return nil, err
	}
	q := conversionQuery{span: p, window: window, over: p.today.AddDate(0, 0, -window)}
	if err := s.snapshot(ctx, q.queue); err != nil {
		return nil, err
	}
	return q.answer(), nil
}

// conversionQuery is the statements of a Conversion and what they found.
// Rollups of customers without a name and of merged ones are empty, so that
// nobody needs to be left out here.
type conversionQuery struct {
	span
	window int
	over   time.Time // first orders before this day have a window that is over

	months     []cohortRow
	median     *int64
	steps      [2 * steps]int64
	malls      []mallRateRow
	categories []categoryRow
}

type cohortRow struct {
	N                              int // of the month, from the first of the period before
	First, In30, In60, In90, In180 int64
	Again, Over, Hit               int64
}

type mallRateRow struct {
	Mall                             string
	Over, Hit, OverBefore, HitBefore int64
	Median                           *int64
}

type categoryRow struct {
	Category  string
	Over, Hit int64
}

// gap is the days from one order to a later one, in SQL; $1 is the zone.
func gap(from, to string) string {
	return "((" + to + " AT TIME ZONE $1)::date - (" + from + " AT TIME ZONE $1)::date)"
}

// toSecond is the gap from the first order to the second.
func toSecond() string { return gap("s.first_order_at", "s.second_order_at") }

// OFFSET 0 keeps the days of a subquery from being worked out again for each
// figure that is taken of them.
func (q *conversionQuery) queue(b *pgx.Batch) {
	zone := q.zone.String()
	collect(b.Queue(`SELECT width_bucket(first, $6::timestamptz[]) - 1, count(*), count(*) FILTER (WHERE days <= 30), count(*) FILTER (WHERE days <= 60),
			count(*) FILTER (WHERE days <= 90), count(*) FILTER (WHERE days <= 180), count(days), count(*) FILTER (WHERE first < $4), count(*) FILTER (WHERE first < $4 AND days <= $5)
		FROM (SELECT s.first_order_at AS first, `+toSecond()+` AS days FROM customer_stats AS s WHERE s.first_order_at >= $2 AND s.first_order_at < $3 OFFSET 0) AS s GROUP BY 1`,
		zone, q.at(q.before), q.at(q.until), q.at(q.over), q.window, q.begins(q.before, 2*q.span.months)), &q.months)

	b.Queue(`SELECT percentile_disc(0.5) WITHIN GROUP (ORDER BY `+toSecond()+`) FROM customer_stats AS s
		WHERE s.first_order_at >= $2 AND s.first_order_at < $3 AND s.second_order_at IS NOT NULL`, zone, q.at(q.from), q.at(q.until)).
		QueryRow(func(row pgx.Row) error { return row.Scan(&q.median) })

	at := []string{"s.first_order_at", "s.second_order_at", "s.third_order_at", "s.fourth_order_at", "s.fifth_order_at"}
	counts, into := make([]string, steps), make([]any, 0, 2*steps)
	for i := range steps {
		counts[i] = "count(*) FILTER (WHERE " + at[i] + " < $4), count(*) FILTER (WHERE " + at[i] + " < $4 AND " + gap(at[i], at[i+1]) + " <= $5)"
		into = append(into, &q.steps[2*i], &q.steps[2*i+1])
	}
	b.Queue("SELECT "+strings.Join(counts, ", ")+" FROM customer_stats AS s WHERE s.first_order_at >= $2 AND s.first_order_at < $3",
		zone, q.at(q.from), q.at(q.until), q.at(q.over), q.window).
		QueryRow(func(row pgx.Row) error { return row.Scan(into...) })

	collect(b.Queue(`SELECT s.first_mall, count(*) FILTER (WHERE now), count(*) FILTER (WHERE now AND hit), count(*) FILTER (WHERE NOT now), count(*) FILTER (WHERE NOT now AND hit),
			percentile_disc(0.5) WITHIN GROUP (ORDER BY s.days) FILTER (WHERE now AND days IS NOT NULL)
		FROM (SELECT s.first_mall, s.first_order_at >= $3 AS now, `+toSecond()+` AS days, coalesce(`+toSecond()+` <= $5, false) AS hit
			FROM customer_stats AS s WHERE s.first_order_at >= $2 AND s.first_order_at < $4 OFFSET 0) AS s
		GROUP BY s.first_mall ORDER BY 2 DESC, 1`, zone, q.at(q.before), q.at(q.from), q.at(q.over), q.window), &q.malls)
	q.queueCategories(b)
}

// queueCategories looks at the lines of first orders. Who is in none of the
// largest categories is in the row without a name.
func (q *conversionQuery) queueCategories(b *pgx.Batch) {
	collect(b.Queue(`WITH first AS MATERIALIZED (
			SELECT s.customer_id, s.first_order_id, coalesce(`+toSecond()+` <= $4, false) AS hit FROM customer_stats AS s WHERE s.first_order_at >= $2 AND s.first_order_at < $3
		), held AS MATERIALIZED (
			SELECT DISTINCT f.customer_id, p.category, f.hit
			FROM first AS f JOIN order_lines AS l ON l.customer_id = f.customer_id AND l.order_id = f.first_order_id JOIN products AS p ON p.sku = l.sku
			WHERE p.category <> ''
		), largest AS (
			SELECT h.category, count(*) AS n, count(*) FILTER (WHERE h.hit) AS hits FROM held AS h GROUP BY h.category ORDER BY 2 DESC, 1 LIMIT $5
		)
		SELECT category, n, hits FROM largest
		UNION ALL SELECT '', count(*), count(*) FILTER (WHERE f.hit) FROM first AS f
			WHERE NOT EXISTS (SELECT FROM held AS h JOIN largest AS g ON g.category = h.category WHERE h.customer_id = f.customer_id)
		ORDER BY 2 DESC, 1`, q.zone.String(), q.at(q.from), q.at(q.over), q.window, MaxCategories), &q.categories)
}

func (q *conversionQuery) answer() *Conversion {
	c := &Conversion{From: q.from, To: q.today, Window: q.window, MedianDays: q.median, Steps: q.followed(), ByCategory: q.byCategory()}
	var overBefore, hitBefore int64
	for _, row := range q.months {
		if row.N < q.span.months {
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
	var row cohortRow
	if i := slices.IndexFunc(q.months, func(r cohortRow) bool { return r.N == n+q.span.months }); i >= 0 {
		row = q.months[i]
	}
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
