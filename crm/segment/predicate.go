package segment

import "strconv"

// The SQL of each catalog field. Shared rules: everybody has a row in
// customer_stats, and who has none in another rollup has the figure 0; grouped
// subqueries stand as derived tables inside
// EXISTS, so that the planner makes one hashed join of them at the top of a
// rule and pushes the customer down into them under an OR.

func sqlOrders(b *builder, c *Condition) predicate {
	if c.Mall == "" {
		return b.stat("s.orders_count", c)
	}
	mall := b.arg(c.Mall)
	compare := b.compare("sum(t.orders_count)", c)
	having, not := compare, false
	if c.satisfiedByZero() {
		having, not = "NOT ("+compare+")", true
	}
	return predicate{exists: true, not: not, sql: grouped("SELECT t.customer_id FROM customer_mall_stats AS t WHERE t.mall = " + mall +
		" GROUP BY t.customer_id HAVING " + having)}
}

func sqlNetSales(b *builder, c *Condition) predicate {
	if c.Mall == "" {
		return b.stat("s.net_sales", c)
	}
	sql := "SELECT 1 FROM customer_mall_stats AS t WHERE t.customer_id = c.id AND t.mall = " + b.arg(c.Mall) +
		" AND t.currency = " + b.arg(b.currency) + " AND "
	compare := b.compare("t.net_sales", c)
	if c.satisfiedByZero() {
		return predicate{exists: true, not: true, sql: sql + "NOT (" + compare + ")"}
	}
	return predicate{exists: true, sql: sql + compare}
}

func sqlLastOrder(b *builder, c *Condition) predicate {
	if c.Mall == "" {
		return predicate{sql: b.recent(b.spanSaid(c))}
	}
	mall := b.arg(c.Mall)
	return predicate{exists: true, sql: grouped("SELECT t.customer_id FROM customer_mall_stats AS t WHERE t.mall = " + mall +
		" GROUP BY t.customer_id HAVING " + b.dates("max(t.last_order_at)", c))}
}

func sqlMalls(b *builder, c *Condition) predicate {
	b.join("stats")
	switch c.Op {
	case AllOf:
		return predicate{sql: "s.malls @> " + b.arg(c.Texts) + "::text[]"}
	case NoneOf:
		return predicate{sql: "s.malls && " + b.arg(c.Texts) + "::text[]", not: true}
	case CountLeast, CountAtMost:
		return b.stat("cardinality(s.malls)", c)
	}
	return predicate{sql: "s.malls && " + b.arg(c.Texts) + "::text[]"}
}

func sqlSKU(b *builder, c *Condition) predicate {
	sql := "SELECT 1 FROM order_lines AS l JOIN orders AS o ON o.customer_id = l.customer_id AND o.id = l.order_id" +
		" WHERE l.customer_id = c.id AND l.sku = ANY(" + b.arg(c.Texts) + "::text[])" +
		" AND o.kind = 'SALE' AND o.status <> 'CANCELLED'"
	if c.Days != nil {
		sql += " AND o.ordered_at >= " + b.arg(b.day(-*c.Days))
	}
	return predicate{exists: true, not: c.Op == NoneOf, sql: sql}
}

// sqlMember asks an index that holds the members who count, without their profiles.
func sqlMember(_ *builder, c *Condition) predicate {
	return predicate{exists: true, not: !c.Bool, sql: "SELECT 1 FROM customers AS t WHERE t.id = c.id" +
		" AND t.member_since IS NOT NULL AND NOT t.anonymous AND t.merged_into IS NULL"}
}

// members is being a member where nobody else can meet the rule: the index of
// sqlMember then is all that the rule is asked of.
func (b *builder) members() string {
	b.join("profile")
	return "c.member_since IS NOT NULL"
}

func sqlStage(b *builder, c *Condition) predicate {
	if c.AsOf != nil {
		return sqlStageAsOf(b, c)
	}
	b.join("stage")
	return predicate{sql: "g.code = ANY(" + b.arg(c.Texts) + "::text[])", not: c.Op == NoneOf}
}

func sqlPoints(b *builder, c *Condition) predicate {
	if c.Days == nil {
		b.join("points")
		return predicate{sql: b.compare(orZero("p.available", c), c)}
	}
	from, to := b.arg(b.now.UTC()), b.arg(b.day(*c.Days+1))
	compare := b.compare("sum(t.remaining)", c)
	having, not := compare, false
	if c.satisfiedByZero() {
		having, not = "NOT ("+compare+")", true
	}
	return predicate{exists: true, not: not, sql: grouped("SELECT t.customer_id FROM point_lots AS t WHERE t.status = 'USABLE'" +
		" AND t.expires_at > " + from + " AND t.expires_at < " + to +
		" GROUP BY t.customer_id HAVING " + having)}
}

// sqlMailConsent looks for a consent that no later word of the same shop supersedes.
func sqlMailConsent(b *builder, c *Condition) predicate {
	shop := ""
	if c.Mall != "" {
		shop = " AND t.origin_shop_id IN (SELECT h.id FROM shops AS h WHERE h.mall = " + b.arg(c.Mall) + ")"
	}
	return predicate{exists: true, not: !c.Bool, sql: "SELECT 1 FROM consents AS t WHERE t.customer_id = c.id" +
		" AND t.channel = 'MAIL' AND t.purpose = 'MARKETING' AND t.state = 'GIVEN'" + shop +
		" AND NOT EXISTS (SELECT 1 FROM consents AS n WHERE n.customer_id = t.customer_id AND n.channel = 'MAIL' AND n.purpose = 'MARKETING'" +
		" AND n.origin_shop_id = t.origin_shop_id AND (n.occurred_at, n.id) > (t.occurred_at, t.id))"}
}

func sqlBirthMonth(b *builder, c *Condition) predicate {
	b.join("profile")
	var months []int64
	switch today := b.now.In(b.zone).Month(); c.Op {
	case ThisMonth:
		months = []int64{int64(today)}
	case NextMonth:
		months = []int64{int64(today%12 + 1)}
	default:
		for _, t := range c.Texts {
			n, _ := strconv.ParseInt(t, 10, 64) // a choice of the catalog: always a number
			months = append(months, n)
		}
	}
	return predicate{sql: "extract(month FROM c.birth_date) = ANY(" + b.arg(months) + "::bigint[])"}
}

// stat compares a figure of customer_stats that is never NULL.
func (b *builder) stat(expr string, c *Condition) predicate {
	b.join("stats")
	return predicate{sql: b.compare(expr, c)}
}

// orZero reads a missing figure as 0 only where that can matter, so that the
// other comparisons stay plain enough for an index and an inner join.
func orZero(expr string, c *Condition) string {
	if c.satisfiedByZero() {
		return "coalesce(" + expr + ", 0)"
	}
	return expr
}

func (b *builder) compare(expr string, c *Condition) string {
	switch c.Op {
	case AtLeast, CountLeast:
		return expr + " >= " + b.arg(c.Numbers[0])
	case AtMost, CountAtMost:
		return expr + " <= " + b.arg(c.Numbers[0])
	case Between:
		return expr + " BETWEEN " + b.arg(c.Numbers[0]) + " AND " + b.arg(c.Numbers[1])
	}
	return expr + " = " + b.arg(c.Numbers[0])
}

func (b *builder) dates(expr string, c *Condition) string {
	switch c.Op {
	case WithinDays:
		return expr + " >= " + b.arg(b.day(-c.Numbers[0]))
	case BeforeDays:
		return expr + " < " + b.arg(b.day(-c.Numbers[0]))
	case Since:
		return expr + " >= " + b.arg(b.midnight(c.Dates[0]))
	case Before:
		return expr + " < " + b.arg(b.midnight(c.Dates[0]))
	}
	return "(" + expr + " >= " + b.arg(b.midnight(c.Dates[0])) + " AND " + expr + " < " + b.arg(b.midnight(c.Dates[1].Next())) + ")"
}

// grouped turns a grouped subquery over customers into the body of an EXISTS.
func grouped(sql string) string {
	return "SELECT 1 FROM (" + sql + ") AS t WHERE t.customer_id = c.id"
}
