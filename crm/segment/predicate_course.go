package segment

// The SQL of fields about the course of purchases and about points over time.

func sqlNthOrder(nth nthOrder) func(*builder, *Condition) predicate {
	return func(b *builder, c *Condition) predicate {
		b.join("stats")
		return predicate{sql: b.dates(nth.column, c)}
	}
}

func sqlDaysToNth(nth nthOrder) func(*builder, *Condition) predicate {
	return func(b *builder, c *Condition) predicate {
		b.join("stats")
		return predicate{sql: b.compare(b.daysBetween(nth.before, nth.column), c)}
	}
}

func sqlMallColumn(column string) func(*builder, *Condition) predicate {
	return func(b *builder, c *Condition) predicate {
		b.join("stats")
		return predicate{sql: column + " = ANY(" + b.arg(c.Texts) + "::text[])", not: c.Op == NoneOf}
	}
}

func sqlCrossed(b *builder, c *Condition) predicate {
	b.join("stats")
	return predicate{sql: b.dates("s.next_mall_at", c)}
}

func sqlDaysToCross(b *builder, c *Condition) predicate {
	b.join("stats")
	return predicate{sql: b.compare(b.daysBetween("s.first_order_at", "s.next_mall_at"), c)}
}

// sqlJoinable looks for a key that holds on every shop. Most people have several:
// the fence lets an index that is in their order tell them once each, where
// Postgres would rather hash all keys.
func sqlJoinable(_ *builder, c *Condition) predicate {
	return predicate{exists: true, not: !c.Bool, sql: "SELECT 1 FROM (SELECT DISTINCT k.customer_id FROM identity_keys AS k WHERE k.shop_id = 0 OFFSET 0) AS t WHERE t.customer_id = c.id"}
}

// daysBetween counts from one instant's day to another's.
func (b *builder) daysBetween(from, to string) string {
	zone := b.arg(b.zone.String())
	return "((" + to + " AT TIME ZONE " + zone + ")::date - (" + from + " AT TIME ZONE " + zone + ")::date)"
}

// survivors say whom the rows of merged customers count for: bookings stay with
// who they were made for.
const survivors = " LEFT JOIN (SELECT m.id, survivor_of(m.id) AS now FROM customers AS m WHERE m.merged_into IS NOT NULL) AS k ON k.id = t.customer_id"

// sqlPointsOutstanding reads the account and, for a past day, takes back what the
// ledger has booked since: people look at months that have just ended.
// What happens at midnight, as points expire, still belongs to the day that ends.
func sqlPointsOutstanding(b *builder, c *Condition) predicate {
	if c.AsOf == nil {
		b.join("points")
		return predicate{sql: b.compare(orZero("p.available + p.pending + p.held", c), c)}
	}
	until := b.arg(b.midnight(c.AsOf.Next()))
	having, not := b.compare("sum(t.points)", c), false
	if c.satisfiedByZero() {
		having, not = "NOT ("+having+")", true
	}
	return predicate{exists: true, not: not, sql: grouped("SELECT coalesce(k.now, t.customer_id) AS customer_id FROM (" +
		"SELECT p.customer_id, p.available + p.pending + p.held AS points FROM point_accounts AS p" +
		" UNION ALL SELECT g.customer_id, -sum(g.outstanding)::bigint FROM point_bookings AS g" +
		" WHERE g.occurred_at > " + until + " AND g.outstanding <> 0 GROUP BY g.customer_id) AS t" + survivors +
		" GROUP BY coalesce(k.now, t.customer_id) HAVING " + having)}
}

// lastDays are the days that end with an instant: midnight belongs to the day
// that it ends, which is how points expire.
func (b *builder) lastDays(expr string, c *Condition) string {
	switch c.Op {
	case WithinDays:
		return expr + " > " + b.arg(b.day(-c.Numbers[0]))
	case BeforeDays:
		return expr + " <= " + b.arg(b.day(-c.Numbers[0]))
	case Since:
		return expr + " > " + b.arg(b.midnight(c.Dates[0]))
	case Before:
		return expr + " <= " + b.arg(b.midnight(c.Dates[0]))
	}
	return "(" + expr + " > " + b.arg(b.midnight(c.Dates[0])) + " AND " + expr + " <= " + b.arg(b.midnight(c.Dates[1].Next())) + ")"
}

func sqlPointsExpiry(b *builder, c *Condition) predicate {
	return predicate{exists: true, sql: "SELECT 1 FROM point_lots AS t WHERE t.customer_id = c.id AND t.status <> 'DONE' AND " +
		b.lastDays("t.expires_at", c)}
}

func sqlPointsLasting(_ *builder, c *Condition) predicate {
	return predicate{exists: true, not: !c.Bool, sql: "SELECT 1 FROM point_lots AS t WHERE t.customer_id = c.id AND t.status <> 'DONE' AND t.expires_at IS NULL"}
}

func sqlPointsExpired(b *builder, c *Condition) predicate {
	return predicate{exists: true, sql: grouped("SELECT coalesce(k.now, t.customer_id) AS customer_id FROM point_bookings AS t" + survivors +
		" WHERE t.kind = 'EXPIRE' AND " + b.lastDays("t.occurred_at", c))}
}

// sqlStageAsOf takes the last change up to the end of a day.
func sqlStageAsOf(b *builder, c *Condition) predicate {
	return predicate{exists: true, not: c.Op == NoneOf, sql: grouped("SELECT h.customer_id FROM (" +
		"SELECT DISTINCT ON (t.customer_id) t.customer_id, t.to_stage FROM stage_changes AS t WHERE t.at < " + b.arg(b.midnight(c.AsOf.Next())) +
		" ORDER BY t.customer_id, t.at DESC, t.id DESC) AS h JOIN stages AS g ON g.id = h.to_stage WHERE g.code = ANY(" + b.arg(c.Texts) + "::text[])")}
}
