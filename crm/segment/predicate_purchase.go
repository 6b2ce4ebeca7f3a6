package segment

import (
	"strings"
	"time"
)

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
	product := b.products("l", c)
	if product == "" {
		return b.ordered(c)
	}
	sql := "SELECT 1 FROM order_lines AS l JOIN orders AS o ON o.customer_id = l.customer_id AND o.id = l.order_id" +
		" WHERE l.customer_id = c.id AND " + product + " AND " + ordersInForce
	return predicate{exists: true, sql: sql + b.onMall(c) + " AND " + b.dates("o.ordered_at", c)}
}

// onMall narrows orders to the condition's mall.
func (b *builder) onMall(c *Condition) string {
	if c.Mall == "" {
		return ""
	}
	return " AND o.shop_id IN (SELECT h.id FROM shops AS h WHERE h.mall = " + b.arg(c.Mall) + ")"
}

// inShops names the shops of the condition's mall, or all, by which an index of
// orders begins.
func (b *builder) inShops(c *Condition) string {
	if c.Mall == "" {
		return " AND o.shop_id IN (SELECT h.id FROM shops AS h)"
	}
	return b.onMall(c)
}

// short is a period with so few of all orders that their index is read sooner
// than the rollups of everybody.
const short = 100 * 24 * time.Hour

// ordered asks for an order in a period. Of a short one the index of sales by
// shop and instant has whom it means. Otherwise the rollups know the instants of
// the first orders and of the last; the orders themselves are only asked about
// who has more, where the period lies between.
func (b *builder) ordered(c *Condition) predicate {
	said := b.spanSaid(c)
	if !said.from.IsZero() && !said.until.IsZero() && said.until.Sub(said.from) <= short {
		return predicate{exists: true, sql: "SELECT 1 FROM orders AS o WHERE o.customer_id = c.id AND " + ordersInForce + b.inShops(c) +
			" AND o.ordered_at >= " + b.arg(said.from) + " AND o.ordered_at < " + b.arg(said.until)}
	}
	known := []string{"s.first_order_at", "s.second_order_at", "s.third_order_at", "s.fourth_order_at", "s.fifth_order_at", "s.last_order_at"}
	of := ""
	if c.Mall == "" {
		b.join("stats")
	} else {
		of = "SELECT 1 FROM customer_mall_stats AS t WHERE t.customer_id = c.id AND t.mall = " + b.arg(c.Mall) + " AND "
		known = []string{"t.first_order_at", "t.last_order_at"}
	}
	first, last := known[0], known[len(known)-1]
	switch {
	case said.until.IsZero():
		return predicate{exists: of != "", sql: of + last + " >= " + b.arg(said.from)}
	case said.from.IsZero():
		return predicate{exists: of != "", sql: of + first + " < " + b.arg(said.until)}
	}
	from, until := b.arg(said.from), b.arg(said.until)
	inside := []string{last + " < " + until, first + " >= " + from}
	for _, at := range known[1 : len(known)-1] {
		inside = append(inside, at+" >= "+from+" AND "+at+" < "+until)
	}
	// With LIMIT it stays a question per customer, and is not answered for everybody before it is asked.
	between := known[len(known)-2] + " < " + from + " AND (SELECT TRUE FROM orders AS o WHERE o.customer_id = c.id AND " + ordersInForce +
		b.onMall(c) + " AND o.ordered_at >= " + from + " AND o.ordered_at < " + until + " LIMIT 1)"
	return predicate{exists: of != "", sql: of + "(" + first + " < " + until + " AND " + last + " >= " + from +
		" AND (" + strings.Join(append(inside, between), " OR ") + "))"}
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
