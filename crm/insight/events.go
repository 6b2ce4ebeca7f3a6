package insight

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/meguri-crm/meguri/crm/segment"
)

// Calendar tells when the malls' events were; see segment.Calendar.
type Calendar interface {
	SegmentEvents(ctx context.Context, since time.Time) ([]segment.Event, error)
}

// UseCalendar has the analysis of events know them; without, nothing is one.
func (s *Service) UseCalendar(c Calendar) { s.calendar = c }

// Events is how much of the business hangs on the malls' events. A sale is, as
// in rules that name no event, a large sale of the order's mall or a day of the
// merchant's own. Orders are those that are not cancelled.
type Events struct {
	Taken

	From, To    time.Time // days of orders, and of first orders
	Currency    string    // of net sales
	Total       EventShare
	ByMall      []EventShare // the most orders first
	Months      []EventMonth // the oldest first
	Each        []EventRow   // every event with an order, the most orders first
	First       EventFirst
	FirstByMall []EventFirst // the most customers first
}

// EventShare is what was bought in sales, on one mall or on all of them.
type EventShare struct {
	Mall                string // "": all
	Orders, InSale      int64
	NetSales, NetInSale int64 // base currency; returns are not taken off
	// Buyers is of who ordered in the period the ones who did in a sale.
	Buyers Rate
}

// EventMonth is what was bought in sales within a month.
type EventMonth struct {
	Month          time.Time // its first day
	Orders, InSale int64
	People         People // who bought in a sale
}

// EventRow is one event, all of its times in the period together.
type EventRow struct {
	Code, Name, NameEN string
	Mall               string // "": of no mall
	Sale               bool   // counts as a sale
	Times              int
	Orders, NetSales   int64
	People             People
}

// EventFirst is who came back, by whether the first order was placed in a sale.
type EventFirst struct {
	Mall        string // of the first order; "": any
	Sale, Other Rate   // with a second order to this day
}

// Events computes how much of the last months was bought in sales.
// Errors: fault.Invalid for a period of no months or of more than MaxMonths.
func (s *Service) Events(ctx context.Context, months int) (*Events, error) {
	if err := checkMonths(months); err != nil {
		return nil, err
	}
	return answered[*Events](ctx, s, question{Report: "events", Period: months})
}

func (s *Service) events(ctx context.Context, months int) (*Events, error) {
	p := s.span(months)
	var known []segment.Event
	if s.calendar != nil {
		var err error
		if known, err = s.calendar.SegmentEvents(ctx, p.at(p.from)); err != nil {
			return nil, err
		}
	}
	within := segment.Interval{From: p.at(p.from), Until: p.at(p.until)}
	sales := inSales(segment.TimesOf(known, nil, "", within))
	codes, malls, times := timesOfEach(known, within)
	var shares []shareRow
	var each []eachRow
	var firsts []firstRow
	err := s.snapshot(ctx, func(b *pgx.Batch) {
		collect(b.Queue(sharesSQL(sales), s.currency, within.From, within.Until), &shares)
		collect(b.Queue(eachSQL, s.currency, codes, malls, times), &each)
		collect(b.Queue(firstsSQL(sales), within.From, within.Until), &firsts)
	})
	if err != nil {
		return nil, err
	}
	e := &Events{From: p.from, To: p.today, Currency: s.currency, ByMall: []EventShare{}, Months: []EventMonth{}, Each: []EventRow{}, FirstByMall: []EventFirst{}}
	e.addShares(p, shares)
	e.addEach(p, known, within, each)
	e.addFirsts(p, firsts)
	return e, nil
}

// inSales is SQL for an instant on a mall being within the times of sales; the
// words for both are put in by the caller.
func inSales(times []segment.MallTimes) func(mall, at string) string {
	return func(mall, at string) string {
		if len(times) == 0 {
			return "false"
		}
		var cases strings.Builder
		for _, m := range times {
			cases.WriteString(" WHEN '" + m.Mall + "' THEN '" + segment.Multirange(m.Times) + "'::tstzmultirange") // our own words and instants
		}
		return "coalesce(" + at + " <@ CASE " + mall + cases.String() + " END, false)"
	}
}

// timesOfEach are the times of events, mall by mall, as the columns of a table.
func timesOfEach(known []segment.Event, within segment.Interval) (codes, malls, times []string) {
	for _, e := range known {
		for _, m := range segment.TimesOf(known, []string{e.Code}, "", within) {
			codes, malls, times = append(codes, e.Code), append(malls, m.Mall), append(times, segment.Multirange(m.Times))
		}
	}
	return codes, malls, times
}

type shareRow struct {
	Mall                         string
	Month                        *time.Time
	People                       bool // of the figures below the last two are told, else the others
	Orders, InSale, Net, NetSale int64
	Of, Hit                      int64
}

// sharesSQL adds up orders by mall, by month and altogether, and counts who
// placed them.
func sharesSQL(sales func(mall, at string) string) string {
	return `WITH bought AS MATERIALIZED (
			SELECT o.customer_id, h.mall, date_trunc('month', o.ordered_at)::date AS month, count(*) AS orders, count(*) FILTER (WHERE e.sale) AS in_sale,
				coalesce(sum(net_sales(o, d)) FILTER (WHERE o.currency = $1), 0)::bigint AS net,
				coalesce(sum(net_sales(o, d)) FILTER (WHERE o.currency = $1 AND e.sale), 0)::bigint AS net_sale
			FROM orders AS o JOIN shops AS h ON h.id = o.shop_id JOIN net_sales_definitions AS d ON d.state = 'IN_FORCE'
			CROSS JOIN LATERAL (SELECT ` + sales("h.mall", "o.ordered_at") + ` AS sale) AS e
			WHERE ` + sale + ` AND o.ordered_at >= $2 AND o.ordered_at < $3 GROUP BY 1, 2, 3
		), named AS MATERIALIZED (
			SELECT b.* FROM bought AS b WHERE ` + notNobody("b.customer_id") + `
		)
		SELECT coalesce(b.mall, ''), b.month, false, sum(b.orders)::bigint, sum(b.in_sale)::bigint, sum(b.net)::bigint, sum(b.net_sale)::bigint, 0::bigint, 0::bigint
		FROM bought AS b GROUP BY GROUPING SETS ((b.mall), (b.month), ()) HAVING count(*) > 0
		UNION ALL SELECT n.mall, NULL, true, 0, 0, 0, 0, count(*), count(*) FILTER (WHERE n.in_sale > 0)
		FROM (SELECT n.mall, sum(n.in_sale) AS in_sale FROM named AS n GROUP BY n.customer_id, n.mall) AS n GROUP BY n.mall
		UNION ALL SELECT '', n.month, true, 0, 0, 0, 0, count(*), count(*) FILTER (WHERE n.in_sale > 0)
		FROM (SELECT n.month, sum(n.in_sale) AS in_sale FROM named AS n GROUP BY n.customer_id, n.month) AS n GROUP BY n.month
		UNION ALL SELECT '', NULL, true, 0, 0, 0, 0, count(*), count(*) FILTER (WHERE n.in_sale > 0)
		FROM (SELECT sum(n.in_sale) AS in_sale FROM named AS n GROUP BY n.customer_id) AS n`
}

func (e *Events) addShares(p span, rows []shareRow) {
	malls, months := map[string]*EventShare{}, map[time.Time]*EventMonth{}
	share := func(mall string) *EventShare {
		if malls[mall] == nil {
			malls[mall] = &EventShare{Mall: mall, Buyers: buyersIn(p, mall, 0, 0)}
		}
		return malls[mall]
	}
	month := func(first time.Time) *EventMonth {
		if months[first] == nil {
			months[first] = &EventMonth{Month: first}
		}
		return months[first]
	}
	for _, r := range rows {
		switch {
		case r.Month != nil && r.People:
			end := slices.MinFunc([]time.Time{r.Month.AddDate(0, 1, 0), p.until}, time.Time.Compare)
			month(*r.Month).People = People{r.Hit, rule(during("event_order", *r.Month, end))}
		case r.Month != nil:
			m := month(*r.Month)
			m.Orders, m.InSale = r.Orders, r.InSale
		case r.People:
			share(r.Mall).Buyers = buyersIn(p, r.Mall, r.Of, r.Hit)
		default:
			m := share(r.Mall)
			m.Orders, m.InSale, m.NetSales, m.NetInSale = r.Orders, r.InSale, r.Net, r.NetSale
		}
	}
	e.Total = *share("")
	for mall, m := range malls {
		if mall != "" {
			e.ByMall = append(e.ByMall, *m)
		}
	}
	slices.SortFunc(e.ByMall, func(a, b EventShare) int { return most(a.Orders, b.Orders, a.Mall, b.Mall) })
	for at := p.from; at.Before(p.until); at = at.AddDate(0, 1, 0) {
		m := month(at)
		if m.People.Rule == nil {
			end := slices.MinFunc([]time.Time{at.AddDate(0, 1, 0), p.until}, time.Time.Compare)
			m.People.Rule = rule(during("event_order", at, end))
		}
		e.Months = append(e.Months, *m)
	}
}

// buyersIn is who ordered on a mall ("": on any), and who of them did in a sale.
func buyersIn(p span, mall string, of, hit int64) Rate {
	bought, inSale := during("order_date", p.from, p.until), during("event_order", p.from, p.until)
	if mall != "" {
		bought["mall"], inSale["mall"] = mall, mall
	}
	return Rate{Of: People{of, rule(bought)}, Hit: People{hit, rule(inSale)}}
}

// most sorts larger numbers first, and by name what is alike.
func most(a, b int64, nameA, nameB string) int {
	if a != b {
		if a > b {
			return -1
		}
		return 1
	}
	return strings.Compare(nameA, nameB)
}

type eachRow struct {
	Code                string
	Orders, Net, People int64
}

// eachSQL adds up the orders of each event: each time is one stretch of the
// index of sales by shop and instant. The fence keeps it so: Postgres does not
// know how short the stretches are, and would hold all orders against all times.
const eachSQL = `WITH bought AS MATERIALIZED (
		SELECT m.code, o.customer_id, count(*) AS orders, coalesce(sum(o.net), 0)::bigint AS net
		FROM unnest($2::text[], $3::text[], $4::text[]) AS m (code, mall, times) JOIN shops AS h ON h.mall = m.mall
		CROSS JOIN LATERAL unnest(m.times::tstzmultirange) AS e (time)
		CROSS JOIN LATERAL (
			SELECT o.customer_id, CASE WHEN o.currency = $1 THEN net_sales(o, d) END AS net
			FROM orders AS o JOIN net_sales_definitions AS d ON d.state = 'IN_FORCE'
			WHERE o.shop_id = h.id AND o.ordered_at >= lower(e.time) AND o.ordered_at < upper(e.time) AND ` + sale + ` OFFSET 0
		) AS o
		GROUP BY 1, 2
	)
	SELECT b.code, sum(b.orders)::bigint, sum(b.net)::bigint, count(*) FILTER (WHERE nobody.id IS NULL)
	FROM bought AS b LEFT JOIN customers AS nobody ON nobody.id = b.customer_id AND (nobody.anonymous OR nobody.merged_into IS NOT NULL)
	GROUP BY b.code`

func (e *Events) addEach(p span, known []segment.Event, within segment.Interval, rows []eachRow) {
	for _, r := range rows {
		i := slices.IndexFunc(known, func(k segment.Event) bool { return k.Code == r.Code })
		k := known[i]
		row := EventRow{Code: k.Code, Name: k.Words.JA, NameEN: k.Words.EN, Mall: k.Mall, Sale: k.Sale, Orders: r.Orders, NetSales: r.Net}
		for _, t := range k.Times {
			if t.From.Before(within.Until) && t.Until.After(within.From) {
				row.Times++
			}
		}
		who := during("event_order", p.from, p.until)
		who["events"] = []string{k.Code}
		row.People = People{r.People, rule(who)}
		e.Each = append(e.Each, row)
	}
	slices.SortFunc(e.Each, func(a, b EventRow) int { return most(a.Orders, b.Orders, a.Code, b.Code) })
}

type firstRow struct {
	Mall      string
	Sale      bool
	Of, Again int64
}

// firstsSQL counts first orders by mall and whether they were placed in a sale.
func firstsSQL(sales func(mall, at string) string) string {
	return `SELECT coalesce(f.first_mall, ''), f.sale, count(*), count(*) FILTER (WHERE f.again)
		FROM (SELECT s.first_mall, s.second_order_at IS NOT NULL AS again, ` + sales("s.first_mall", "s.first_order_at") + ` AS sale
			FROM customer_stats AS s WHERE s.first_order_at >= $1 AND s.first_order_at < $2) AS f
		GROUP BY GROUPING SETS ((f.first_mall, f.sale), (f.sale))`
}

func (e *Events) addFirsts(p span, rows []firstRow) {
	malls := map[string]*EventFirst{}
	first := func(mall string) *EventFirst {
		if malls[mall] == nil {
			malls[mall] = &EventFirst{Mall: mall, Sale: backAfter(p, mall, true, 0, 0), Other: backAfter(p, mall, false, 0, 0)}
		}
		return malls[mall]
	}
	first("")
	for _, r := range rows {
		f, back := first(r.Mall), backAfter(p, r.Mall, r.Sale, r.Of, r.Again)
		if r.Sale {
			f.Sale = back
		} else {
			f.Other = back
		}
	}
	e.First = *malls[""]
	for mall, f := range malls {
		if mall != "" {
			e.FirstByMall = append(e.FirstByMall, *f)
		}
	}
	all := func(f EventFirst) int64 { return f.Sale.Of.Count + f.Other.Of.Count }
	slices.SortFunc(e.FirstByMall, func(a, b EventFirst) int { return most(all(a), all(b), a.Mall, b.Mall) })
}

// backAfter is who came back of those whose first order was placed in a sale, or
// was not.
func backAfter(p span, mall string, inSale bool, of, again int64) Rate {
	conditions := []condition{during("first_order", p.from, p.until), is("first_in_event", "is", inSale)}
	if mall != "" {
		conditions = append(conditions, anyOf("first_mall", mall))
	}
	return Rate{Of: People{of, rule(conditions...)}, Hit: People{again, rule(append(slices.Clone(conditions), atLeast("orders", 2))...)}}
}
