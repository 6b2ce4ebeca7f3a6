package insight

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"
)

// Circulation is how customers go from mall to mall. Somebody crosses once: with
// the first order on a mall that is not the mall of the first order.
type Circulation struct {
	Taken

	From, To time.Time // days of crossings
	Currency string    // of sales
	// Rate is of all who have ever bought the ones who bought on two malls or
	// more; Previous is what it was when the period began.
	Rate    Rate
	Origins []Origin   // by mall of the first order, the largest first
	Cells   []Crossing // of the period; pairs without any are left out
	Overlap []Overlap  // each pair once, and each mall with itself
	Months  []MonthEnd // the rate at the end of each month, the oldest first
	One     Worth      // of customers of one mall
	Several Worth      // of two malls or more
	Covered []Coverage // by mall, the most orders first
}

// Origin is who began on one mall, whenever.
type Origin struct {
	Mall string
	Rate Rate // of all of them the ones who have bought on another mall; Previous as of the period's beginning
}

// Crossing is who went from one mall to another in the period.
type Crossing struct {
	From, To   string
	People     People
	MedianDays int64 // from the first order to the first one on the other mall
	NetSales   int64 // of these people on the other mall to this day, base currency
}

// Overlap is who has bought on both of two malls, in any order; of a mall with
// itself, who has bought there.
type Overlap struct {
	A, B   string
	People People
}

// Coverage is how much of what a mall sold is of people who can be known again on
// another mall.
type Coverage struct {
	Mall     string
	Orders   int64 // sales that are not cancelled
	Nameless int64 // of these, by nobody who is named
	Joinable int64 // of these, by customers with a key that holds on every shop
	People   People
	Known    People // of People, those with such a key
}

// MonthEnd is how the circulation rate stood at the end of a day.
type MonthEnd struct {
	Day  time.Time
	Rate Rate // Previous is not told
}

// Worth is what customers have brought, on all malls together.
type Worth struct {
	People   People
	Orders   int64
	NetSales int64 // base currency
}

// Circulation computes who went from mall to mall in the last months.
// Errors: fault.Invalid for a period of no months or of more than MaxMonths.
func (s *Service) Circulation(ctx context.Context, months int) (*Circulation, error) {
	if err := checkMonths(months); err != nil {
		return nil, err
	}
	return answered[*Circulation](ctx, s, question{Report: "circulation", Period: months})
}

func (s *Service) circulation(ctx context.Context, months int) (*Circulation, error) {
	p := s.span(months)
	q := circulationQuery{span: p, currency: s.currency}
	if err := s.snapshot(ctx, q.queue); err != nil {
		return nil, err
	}
	return q.answer(), nil
}

type circulationQuery struct {
	span
	currency string
	origins  []originRow
	cells    []crossingRow
	overlap  []overlapRow
	months   []crossedRow
	worth    []worthRow
	covered  []coverageRow
}

type originRow struct {
	Mall                                   string
	People, Crossed, Before, CrossedBefore int64
}

type crossingRow struct {
	From, To         string
	People           int64
	Median, NetSales int64
}

type overlapRow struct {
	A, B   string
	People int64
}

// crossedRow is who began, and who crossed, before the end of a month.
type crossedRow struct{ People, Crossed int64 }

type coverageRow struct {
	Mall                                      string
	Orders, Nameless, Joinable, People, Known int64
}

type worthRow struct {
	Several                  bool
	People, Orders, NetSales int64
}

func (q *circulationQuery) queue(b *pgx.Batch) {
	collect(b.Queue(`SELECT s.first_mall, count(*), count(s.next_mall), count(*) FILTER (WHERE s.first_order_at < $1), count(*) FILTER (WHERE s.next_mall_at < $1)
		FROM customer_stats AS s WHERE s.first_order_at IS NOT NULL GROUP BY s.first_mall ORDER BY 2 DESC, 1`, q.at(q.from)), &q.origins)

	collect(b.Queue(`SELECT s.first_mall, s.next_mall, count(*), percentile_disc(0.5) WITHIN GROUP (ORDER BY `+gap("s.first_order_at", "s.next_mall_at")+`), coalesce(sum(t.net_sales), 0)::bigint
		FROM customer_stats AS s LEFT JOIN customer_mall_stats AS t ON t.customer_id = s.customer_id AND t.mall = s.next_mall AND t.currency = $3
		WHERE s.next_mall_at >= $1 AND s.next_mall_at < $2 GROUP BY 1, 2 ORDER BY 1, 2`, q.at(q.from), q.at(q.until), q.currency), &q.cells)

	collect(b.Queue(`SELECT a.mall, b.mall, sum(g.n)::bigint FROM (SELECT s.malls, count(*) AS n FROM customer_stats AS s WHERE s.malls <> '{}' GROUP BY s.malls) AS g,
			unnest(g.malls) AS a (mall), unnest(g.malls) AS b (mall) WHERE a.mall <= b.mall GROUP BY 1, 2 ORDER BY 1, 2`), &q.overlap)

	ends := make([]time.Time, 0, q.span.months)
	for _, end := range q.ends() {
		ends = append(ends, q.at(end))
	}
	collect(b.Queue(`WITH ends AS (SELECT e.until, e.n FROM unnest($1::timestamptz[]) WITH ORDINALITY AS e (until, n)),
			began AS MATERIALIZED (SELECT width_bucket(s.first_order_at, $1::timestamptz[]) AS n, count(*) AS people FROM customer_stats AS s WHERE s.first_order_at IS NOT NULL GROUP BY 1),
			crossed AS MATERIALIZED (SELECT width_bucket(s.next_mall_at, $1::timestamptz[]) AS n, count(*) AS people FROM customer_stats AS s WHERE s.next_mall_at IS NOT NULL GROUP BY 1)
		SELECT coalesce((SELECT sum(g.people) FROM began AS g WHERE g.n < e.n), 0)::bigint, coalesce((SELECT sum(x.people) FROM crossed AS x WHERE x.n < e.n), 0)::bigint
		FROM ends AS e ORDER BY e.n`, ends), &q.months)

	collect(b.Queue(`SELECT cardinality(s.malls) > 1, count(*), sum(s.orders_count), sum(s.net_sales)::bigint FROM customer_stats AS s WHERE s.first_order_at IS NOT NULL GROUP BY 1`), &q.worth)

	collect(b.Queue(`WITH joinable AS MATERIALIZED (SELECT DISTINCT k.customer_id FROM identity_keys AS k WHERE k.shop_id = 0),
			named AS (SELECT m.mall, sum(m.orders)::bigint AS orders, coalesce(sum(m.orders) FILTER (WHERE j.customer_id IS NOT NULL), 0)::bigint AS joinable, count(*) AS people, count(j.customer_id) AS known
				FROM (SELECT t.customer_id, t.mall, sum(t.orders_count) AS orders FROM customer_mall_stats AS t GROUP BY 1, 2 HAVING sum(t.orders_count) > 0) AS m
				LEFT JOIN joinable AS j ON j.customer_id = m.customer_id GROUP BY m.mall),
			nameless AS (SELECT h.mall, count(*) AS orders FROM customers AS c JOIN orders AS o ON o.customer_id = c.id JOIN shops AS h ON h.id = o.shop_id WHERE c.anonymous AND `+sale+` GROUP BY h.mall)
		SELECT mall, coalesce(n.orders, 0) + coalesce(x.orders, 0), coalesce(x.orders, 0), coalesce(n.joinable, 0), coalesce(n.people, 0), coalesce(n.known, 0)
		FROM named AS n FULL JOIN nameless AS x USING (mall) ORDER BY 2 DESC, 1`), &q.covered)
}

func (q *circulationQuery) answer() *Circulation {
	c := &Circulation{From: q.from, To: q.today, Currency: q.currency}
	var all originRow
	for _, row := range q.origins {
		all.People, all.Crossed = all.People+row.People, all.Crossed+row.Crossed
		all.Before, all.CrossedBefore = all.Before+row.Before, all.CrossedBefore+row.CrossedBefore
		c.Origins = append(c.Origins, Origin{Mall: row.Mall, Rate: row.rate(anyOf("first_mall", row.Mall))})
	}
	c.Rate = all.rate()
	for _, row := range q.cells {
		c.Cells = append(c.Cells, Crossing{
			From: row.From, To: row.To, MedianDays: row.Median, NetSales: row.NetSales,
			People: People{row.People, rule(anyOf("first_mall", row.From), anyOf("next_mall", row.To), during("crossed", q.from, q.until))},
		})
	}
	for _, row := range q.overlap {
		both := is("malls", "all_of", []string{row.A, row.B})
		if row.A == row.B {
			both = anyOf("malls", row.A)
		}
		c.Overlap = append(c.Overlap, Overlap{A: row.A, B: row.B, People: People{row.People, rule(both)}})
	}
	for i, end := range q.ends() {
		began, crossed := before("first_order", end), before("crossed", end)
		c.Months = append(c.Months, MonthEnd{Day: end.AddDate(0, 0, -1), Rate: Rate{
			Of: People{q.months[i].People, rule(began)}, Hit: People{q.months[i].Crossed, rule(crossed)},
		}})
	}
	for _, row := range q.covered {
		there := anyOf("malls", row.Mall)
		c.Covered = append(c.Covered, Coverage{
			Mall: row.Mall, Orders: row.Orders, Nameless: row.Nameless, Joinable: row.Joinable,
			People: People{row.People, rule(there)}, Known: People{row.Known, rule(there, is("joinable", "is", true))},
		})
	}
	c.One.People.Rule, c.Several.People.Rule = rule(is("malls", "count_gte", 1), is("malls", "count_lte", 1)), rule(is("malls", "count_gte", 2))
	for _, row := range q.worth {
		w := &c.One
		if row.Several {
			w = &c.Several
		}
		w.People.Count, w.Orders, w.NetSales = row.People, row.Orders, row.NetSales
	}
	return c
}

func (row originRow) rate(began ...condition) Rate {
	of := append([]condition{atLeast("orders", 1)}, began...)
	return Rate{
		Of:       People{row.People, rule(of...)},
		Hit:      People{row.Crossed, rule(append(began[:len(began):len(began)], is("malls", "count_gte", 2))...)},
		Previous: basisPoints(row.CrossedBefore, row.Before),
	}
}
