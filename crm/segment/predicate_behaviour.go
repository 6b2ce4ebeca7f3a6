package segment

// The SQL of fields about behaviour and answers to mails. "At least one" needs
// no sum and stays a plain EXISTS, which an index answers alone.

func sqlAction(action string) func(*builder, *Condition) predicate {
	return func(b *builder, c *Condition) predicate {
		where := "t.kind = " + b.arg(action)
		if product := b.products("t", c); product != "" {
			where += " AND " + product
		}
		if c.Days != nil {
			where += " AND t.day >= " + b.date(-*c.Days)
		}
		return b.counted("customer_behaviour", where, "sum(t.events)", c)
	}
}

func sqlVisits(b *builder, c *Condition) predicate {
	where := "t.kind = ANY(" + b.arg(everyAction) + "::text[])"
	if c.Days != nil {
		where += " AND t.day >= " + b.date(-*c.Days)
	}
	return b.counted("customer_behaviour", where, "count(DISTINCT t.day)", c)
}

func sqlMails(column string) func(*builder, *Condition) predicate {
	return func(b *builder, c *Condition) predicate {
		where := "t." + column + " IS NOT NULL"
		if c.Days != nil {
			where = "t." + column + " >= " + b.arg(b.day(-*c.Days))
		}
		return b.counted("messages", where, "count(*)", c)
	}
}

// counted compares a figure over a customer's rows of a table that meet where;
// no rows are the figure 0.
func (b *builder) counted(table, where, figure string, c *Condition) predicate {
	plain := predicate{exists: true, sql: "SELECT 1 FROM " + table + " AS t WHERE t.customer_id = c.id AND " + where}
	switch {
	case c.Op == AtLeast && c.Numbers[0] == 1:
		return plain
	case (c.Op == AtMost || c.Op == Equal) && c.Numbers[0] == 0:
		plain.not = true
		return plain
	}
	having, not := b.compare(figure, c), false
	if c.satisfiedByZero() {
		having, not = "NOT ("+having+")", true
	}
	return predicate{exists: true, not: not, sql: grouped("SELECT t.customer_id FROM " + table + " AS t WHERE " + where + " GROUP BY t.customer_id HAVING " + having)}
}

// sqlNotBought looks for a product that was acted on and not bought since. What
// went into the cart and out again was not left there. Of some days there are few
// acts among all that was ever bought: the fence has each of them looked up, and
// not everything hashed, whatever the plan.
func sqlNotBought(action string) func(*builder, *Condition) predicate {
	return func(b *builder, c *Condition) predicate {
		sql, fence := "SELECT 1 FROM customer_behaviour AS t WHERE t.customer_id = c.id AND t.kind = "+b.arg(action)+" AND t.sku <> ''", ""
		if product := b.products("t", c); product != "" {
			sql += " AND " + product
		}
		if c.Days != nil {
			sql += " AND t.day >= " + b.date(-*c.Days)
			fence = " OFFSET 0"
		}
		sql += " AND NOT EXISTS (SELECT 1 FROM order_lines AS l JOIN orders AS o ON o.customer_id = l.customer_id AND o.id = l.order_id" +
			" WHERE l.customer_id = t.customer_id AND l.sku = t.sku AND " + ordersInForce + " AND o.ordered_at >= t.last_at" + fence + ")"
		if action == "CART_ADD" {
			sql += " AND NOT EXISTS (SELECT 1 FROM customer_behaviour AS r WHERE r.customer_id = t.customer_id" +
				" AND r.kind = 'CART_REMOVE' AND r.sku = t.sku AND r.last_at >= t.last_at" + fence + ")"
		}
		return predicate{exists: true, not: !c.Bool, sql: sql}
	}
}
