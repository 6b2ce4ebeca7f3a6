package insight

import (
	"cmp"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
)

// conversionQuery is the statements of a Conversion and what they found.
// Rollups of customers without a name and of merged ones are empty, so that
// nobody needs to be left out here.
type conversionQuery struct {
	span
	window int
	over   time.Time // first orders before this day have a window that is over
	cells  []courseCell
	held   []categoryRow

	months     map[int]cohortRow // from the first of the period before
	median     *int64
	steps      [2 * steps]int64
	malls      []mallRateRow
	categories []categoryRow
}

// courseCell is how many customers went the same way: in which month and on
// which mall they ordered first, whether their window is over, and after how
// many days they came back. Steps are those of them whose window after the
// second, third and fourth order is over, and who ordered again within it.
type courseCell struct {
	Month int // from the first of the period before
	Mall  string
	Over  bool
	Days  *int64 // nil: no second order
	First int64
	Steps [2 * (steps - 1)]int64
}

type cohortRow struct {
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

// gap is the days from one order to a later one, in SQL under the merchant's zone.
func gap(from, to string) string { return "(" + to + "::date - " + from + "::date)" }

// toSecond is the gap from the first order to the second.
func toSecond() string { return gap("s.first_order_at", "s.second_order_at") }

// queue asks for everything that hangs on the course of purchases in one pass
// over the rollups; fold takes it apart.
func (q *conversionQuery) queue(b *pgx.Batch) {
	at := []string{"s.second_order_at", "s.third_order_at", "s.fourth_order_at", "s.fifth_order_at"}
	counts := make([]string, 0, 2*(steps-1))
	for i := range steps - 1 {
		over := at[i] + " < $4"
		counts = append(counts, "count(*) FILTER (WHERE "+over+")", "count(*) FILTER (WHERE "+over+" AND "+gap(at[i], at[i+1])+" <= $5)")
	}
	b.Queue(`SELECT width_bucket(s.first_order_at, $1::timestamptz[]) - 1, s.first_mall, s.first_order_at < $4, `+toSecond()+`, count(*), ARRAY[`+strings.Join(counts, ", ")+`]
		FROM customer_stats AS s WHERE s.first_order_at >= $2 AND s.first_order_at < $3 GROUP BY 1, 2, 3, 4`,
		q.begins(q.before, 2*q.span.months), q.at(q.before), q.at(q.until), q.at(q.over), q.window).
		Query(func(rows pgx.Rows) error {
			var c courseCell
			into := c.Steps[:]
			_, err := pgx.ForEachRow(rows, []any{&c.Month, &c.Mall, &c.Over, &c.Days, &c.First, &into}, func() error {
				copy(c.Steps[:], into)
				q.cells = append(q.cells, c)
				return nil
			})
			return err
		})
	q.queueCategories(b)
}

// queueCategories looks at the lines of first orders. The row without a name
// holds those who are in one of the largest categories at least.
func (q *conversionQuery) queueCategories(b *pgx.Batch) {
	collect(b.Queue(`WITH held AS MATERIALIZED (
			SELECT s.customer_id, p.category, coalesce(`+toSecond()+` <= $3, false) AS hit
			FROM customer_stats AS s JOIN order_lines AS l ON l.customer_id = s.customer_id AND l.order_id = s.first_order_id JOIN products AS p ON p.sku = l.sku
			WHERE s.first_order_at >= $1 AND s.first_order_at < $2 AND p.category <> '' GROUP BY 1, 2, 3
		), largest AS MATERIALIZED (
			SELECT h.category, count(*) AS n, count(*) FILTER (WHERE h.hit) AS hits FROM held AS h GROUP BY h.category ORDER BY 2 DESC, 1 LIMIT $4
		)
		SELECT g.category, g.n, g.hits FROM largest AS g
		UNION ALL SELECT '', count(*), count(*) FILTER (WHERE k.hit)
			FROM (SELECT h.customer_id, h.hit FROM held AS h WHERE h.category IN (SELECT g.category FROM largest AS g) GROUP BY 1, 2) AS k`,
		q.at(q.from), q.at(q.over), q.window, MaxCategories), &q.held)
}

// fold adds the cells up to the figures they belong to.
func (q *conversionQuery) fold() {
	q.months = map[int]cohortRow{}
	malls := map[string]*mallRateRow{}
	days := daysCount{}
	daysOf := map[string]daysCount{}
	var over, hit int64
	for _, c := range q.cells {
		within := c.Days != nil && *c.Days <= int64(q.window)
		q.months[c.Month] = q.months[c.Month].plus(c, within)
		current := c.Month >= q.span.months
		if current {
			days.add(c)
		}
		if c.Over {
			if malls[c.Mall] == nil {
				malls[c.Mall], daysOf[c.Mall] = &mallRateRow{Mall: c.Mall}, daysCount{}
			}
			malls[c.Mall].add(c, current, within)
		}
		if c.Over && current {
			daysOf[c.Mall].add(c)
			over += c.First
			hit += c.hit(within)
		}
		if current {
			for i, n := range c.Steps {
				q.steps[i+2] += n
			}
		}
	}
	q.steps[0], q.steps[1] = over, hit
	q.median = days.median()
	for mall, row := range malls {
		row.Median = daysOf[mall].median()
		q.malls = append(q.malls, *row)
	}
	slices.SortFunc(q.malls, func(a, b mallRateRow) int { return cmp.Or(cmp.Compare(b.Over, a.Over), cmp.Compare(a.Mall, b.Mall)) })
	q.foldCategories(over, hit)
}

// foldCategories makes of those who are in the largest categories those who are
// in none.
func (q *conversionQuery) foldCategories(over, hit int64) {
	for _, row := range q.held {
		if row.Category == "" {
			row.Over, row.Hit = over-row.Over, hit-row.Hit
		}
		q.categories = append(q.categories, row)
	}
	slices.SortFunc(q.categories, func(a, b categoryRow) int {
		return cmp.Or(cmp.Compare(b.Over, a.Over), cmp.Compare(a.Category, b.Category))
	})
}

func (c courseCell) hit(within bool) int64 {
	if within {
		return c.First
	}
	return 0
}

func (r cohortRow) plus(c courseCell, within bool) cohortRow {
	r.First += c.First
	if c.Days != nil {
		r.Again += c.First
		for i, n := range []*int64{&r.In30, &r.In60, &r.In90, &r.In180} {
			if *c.Days <= int64(Windows[i]) {
				*n += c.First
			}
		}
	}
	if c.Over {
		r.Over += c.First
		r.Hit += c.hit(within)
	}
	return r
}

func (r *mallRateRow) add(c courseCell, current, within bool) {
	if current {
		r.Over += c.First
		r.Hit += c.hit(within)
	} else {
		r.OverBefore += c.First
		r.HitBefore += c.hit(within)
	}
}

// daysCount is how many came back after so many days.
type daysCount map[int64]int64

func (d daysCount) add(c courseCell) {
	if c.Days != nil {
		d[*c.Days] += c.First
	}
}

// median is the day by which half of them were back; nil: nobody was.
func (d daysCount) median() *int64 {
	var all, back int64
	for _, n := range d {
		all += n
	}
	for _, day := range slices.Sorted(maps.Keys(d)) {
		if back += d[day]; 2*back >= all {
			return &day
		}
	}
	return nil
}
