package segment

// The SQL of fields about how and when somebody buys. A figure that would
// divide by nothing is NULL, which is a no.

const ordersInForce = "o.kind = 'SALE' AND o.status <> 'CANCELLED'"

func sqlFirstOrder(b *builder, c *Condition) predicate {
	b.join("stats")
	product := b.products("l", c)
	if product == "" {
		return predicate{sql: b.dates("s.first_order_at", c)}
	}
	return predicate{sql: "(" + b.dates("s.first_order_at", c) +
		" AND EXISTS (SELECT 1 FROM order_lines AS l WHERE l.customer_id = c.id AND l.order_id = s.first_order_id AND " + product + "))"}
}

func sqlOrderDate(b *builder, c *Condition) predicate {
	sql := "SELECT 1 FROM orders AS o WHERE o.customer_id = c.id AND " + ordersInForce
	if product := b.products("l", c); product != "" {
		sql = "SELECT 1 FROM order_lines AS l JOIN orders AS o ON o.customer_id = l.customer_id AND o.id = l.order_id" +
			" WHERE l.customer_id = c.id AND " + product + " AND " + ordersInForce
	}
	if c.Mall != "" {
		sql += " AND o.shop_id IN (SELECT h.id FROM shops AS h WHERE h.mall = " + b.arg(c.Mall) + ")"
	}
	return predicate{exists: true, sql: sql + " AND " + b.dates("o.ordered_at", c)}
}

// products narrows rows with a column sku to the condition's products; of order
// lines, whose alias is l, categories are those of the products. "" narrows nothing.
func (b *builder) products(alias string, c *Condition) string {
	skus, categories := "", ""
	if len(c.SKUs) > 0 {
		skus = alias + ".sku = ANY(" + b.arg(c.SKUs) + "::text[])"
	}
	if len(c.Categories) > 0 {
		categories = "category = ANY(" + b.arg(c.Categories) + "::text[])"
		if alias == "l" {
			categories = "l.sku IN (SELECT k.sku FROM products AS k WHERE k." + categories + ")"
		} else {
			categories = alias + "." + categories
		}
	}
	if skus != "" && categories != "" {
		return "(" + skus + " OR " + categories + ")"
	}
	return skus + categories
}

func sqlFirstPrice(b *builder, c *Condition) predicate {
	b.join("stats")
	return predicate{sql: b.compare("s.first_net_sales", c)}
}

func sqlAverageOrder(b *builder, c *Condition) predicate {
	b.join("stats")
	return predicate{sql: b.compare("s.net_sales / nullif(s.orders_count, 0)", c)}
}

func sqlCouponShare(b *builder, c *Condition) predicate {
	b.join("stats")
	return predicate{sql: b.compare("s.coupon_orders * 100 / nullif(s.orders_count, 0)", c)}
}

func sqlOrderInterval(b *builder, c *Condition) predicate {
	b.join("stats")
	return predicate{sql: b.compare("floor(extract(epoch FROM s.last_order_at - s.first_order_at) / nullif(86400 * (s.orders_count - 1), 0))", c)}
}

// sqlOverdue is (now − last) ÷ mean interval in percent, as one fraction.
func sqlOverdue(b *builder, c *Condition) predicate {
	b.join("stats")
	since := "extract(epoch FROM " + b.arg(b.now.UTC()) + "::timestamptz - s.last_order_at)"
	return predicate{sql: b.compare("floor(100 * "+since+" * (s.orders_count - 1) / nullif(extract(epoch FROM s.last_order_at - s.first_order_at), 0))", c)}
}

func sqlFirstMall(b *builder, c *Condition) predicate {
	b.join("stats")
	return predicate{sql: "s.first_mall = ANY(" + b.arg(c.Texts) + "::text[])", not: c.Op == NoneOf}
}
