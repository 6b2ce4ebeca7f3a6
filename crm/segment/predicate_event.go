package segment

import "strings"

// The SQL of fields about buying in sales. The times of the events come along as
// arguments, mall by mall and apart from one another, so that an order is found
// once; each time is one stretch of the index of sales by shop and instant. A
// fence keeps it so: Postgres does not know how short the stretches are, and
// would hold all orders against all times.

// eventOrders is what stands after FROM for the orders in a condition's events,
// as o; "" where there is no time.
func (b *builder) eventOrders(c *Condition, within Interval) string {
	var rows []string
	for _, m := range b.times(c, within) {
		rows = append(rows, "("+b.arg(m.Mall)+"::text, "+b.arg(Multirange(m.Times))+"::tstzmultirange)")
	}
	if len(rows) == 0 {
		return ""
	}
	return "(VALUES " + strings.Join(rows, ", ") + ") AS m (mall, times) JOIN shops AS h ON h.mall = m.mall" +
		" CROSS JOIN LATERAL unnest(m.times) AS e (time)" +
		" CROSS JOIN LATERAL (SELECT o.customer_id FROM orders AS o WHERE o.shop_id = h.id AND o.ordered_at >= lower(e.time) AND o.ordered_at < upper(e.time)" +
		" AND " + ordersInForce + " OFFSET 0) AS o"
}

// sqlEventShare counts who bought in no event for 0; who never bought meets
// nothing.
func sqlEventShare(b *builder, c *Condition) predicate {
	orders := b.eventOrders(c, Interval{})
	if orders == "" && !c.satisfiedByZero() {
		return predicate{sql: "FALSE"}
	}
	in := "(SELECT o.customer_id, count(*) AS n FROM " + orders + " GROUP BY o.customer_id) AS t"
	if c.Mall != "" {
		return sqlEventShareOnMall(b, c, orders, in)
	}
	b.join("stats")
	if orders == "" {
		return predicate{sql: "s.orders_count > 0"}
	}
	share := "SELECT 1 FROM " + in + " WHERE t.customer_id = c.id AND "
	compare := b.compare("t.n * 100 / nullif(s.orders_count, 0)", c)
	if c.satisfiedByZero() {
		return predicate{sql: "(s.orders_count > 0 AND NOT EXISTS (" + share + "NOT (" + compare + ")))"}
	}
	return predicate{exists: true, sql: share + compare}
}

func sqlEventShareOnMall(b *builder, c *Condition, orders, in string) predicate {
	all := "(SELECT a.customer_id, sum(a.orders_count)::bigint AS n FROM customer_mall_stats AS a WHERE a.mall = " + b.arg(c.Mall) +
		" GROUP BY a.customer_id HAVING sum(a.orders_count) > 0) AS a"
	sql := "SELECT 1 FROM " + all
	switch {
	case orders == "":
		return predicate{exists: true, sql: sql + " WHERE a.customer_id = c.id"}
	case c.satisfiedByZero():
		sql += " LEFT JOIN " + in + " ON t.customer_id = a.customer_id"
	default:
		sql += " JOIN " + in + " ON t.customer_id = a.customer_id"
	}
	return predicate{exists: true, sql: sql + " WHERE a.customer_id = c.id AND " + b.compare("coalesce(t.n, 0) * 100 / a.n", c)}
}

func sqlEventOrder(b *builder, c *Condition) predicate {
	s := b.spanSaid(c)
	orders := b.eventOrders(c, Interval{s.from, s.until})
	if orders == "" {
		return predicate{sql: "FALSE"}
	}
	return predicate{exists: true, sql: grouped("SELECT o.customer_id FROM " + orders + " GROUP BY o.customer_id")}
}

// sqlFirstInEvent asks of the first order, and of its mall; who never bought
// meets neither.
func sqlFirstInEvent(b *builder, c *Condition) predicate {
	b.join("stats")
	var cases []string
	for _, m := range b.times(c, Interval{}) {
		cases = append(cases, " WHEN "+b.arg(m.Mall)+" THEN "+b.arg(Multirange(m.Times))+"::tstzmultirange")
	}
	in := "FALSE"
	if len(cases) > 0 {
		in = "coalesce(s.first_order_at <@ CASE s.first_mall" + strings.Join(cases, "") + " END, FALSE)"
	}
	if c.Bool {
		return predicate{sql: in}
	}
	return predicate{sql: "(s.first_order_at IS NOT NULL AND NOT " + in + ")"}
}
