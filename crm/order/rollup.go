// Package order owns normalised orders and the rollups kept from them.
//
// It promises that customer_stats and customer_mall_stats equal what a fresh
// count over the orders gives, at every commit, under concurrent imports: the
// rollups of a customer are recomputed under a lock on their row, in the
// transaction that changed the orders. Anonymous customers, who stand for all
// the strangers of a shop, have empty ones. How a file becomes orders is left
// to crm/intake.
package order

import (
	"context"

	"github.com/uptrace/bun"
	"github.com/uptrace/bun/dialect/pgdialect"

	"github.com/meguri-crm/meguri/db"
)

// BaseCurrency is the merchant's currency. Sums over shops count orders in it
// only: figures never add currencies.
const BaseCurrency = "JPY"

// Recompute brings the rollups of these customers up to their orders. The rows
// are locked in the order of their ids until tx ends, so that of two
// transactions that change one customer's orders the second sees what the
// first has written.
func Recompute(ctx context.Context, tx bun.IDB, customerIDs []int64) error {
	known, err := named(ctx, tx, customerIDs)
	if err != nil || len(known) == 0 {
		return err
	}
	if err := db.ExecPrepared(ctx, tx, lockRollups, known); err != nil {
		return err
	}
	return db.ExecPrepared(ctx, tx, recompute, known, BaseCurrency)
}

// Rehomed is Recompute for customers that orders have left, or whose orders are
// gone: what was their only one on a mall takes the mall's rollup along.
func Rehomed(ctx context.Context, tx bun.IDB, customerIDs []int64) error {
	if err := Recompute(ctx, tx, customerIDs); err != nil {
		return err
	}
	_, err := tx.NewRaw(dropMalls, pgdialect.Array(customerIDs)).Exec(ctx)
	return db.Fault(err)
}

// named leaves anonymous customers out.
func named(ctx context.Context, tx bun.IDB, customerIDs []int64) (ids []int64, err error) {
	if len(customerIDs) == 0 {
		return nil, nil
	}
	err = tx.NewRaw("SELECT id FROM customers WHERE id = ANY (?::bigint[]) AND NOT anonymous ORDER BY id", pgdialect.Array(customerIDs)).Scan(ctx, &ids)
	return ids, db.Fault(err)
}

// Of its own, because a row that waits for a lock is read again but a statement's view of other tables is not.
const lockRollups = `SELECT 1 FROM customer_stats WHERE customer_id = ANY ($1::bigint[]) ORDER BY customer_id FOR UPDATE`

// The orders are read once for both rollups, in the order in which the arrays
// hold them. A row that would stay as it is is not written: an order that is told
// again because it was shipped changes none. What was worked out for a definition
// of net sales that is coming is worked out again.
const recompute = `
WITH sold AS MATERIALIZED (
	SELECT o.customer_id, o.id, o.ordered_at, o.currency, net_sales(o, d) AS net_sales, s.mall,
		o.kind = 'SALE' AND o.status <> 'CANCELLED' AS stands, o.kind = 'SALE' AND o.status = 'CANCELLED' AS cancelled,
		o.shop_coupon <> 0 OR o.mall_coupon <> 0 OR o.coupon_codes <> '{}' AS coupon
	FROM orders o JOIN shops s ON s.id = o.shop_id JOIN net_sales_definitions d ON d.state = 'IN_FORCE'
	WHERE o.customer_id = ANY ($1)
	ORDER BY o.customer_id, o.ordered_at, o.id
), outdated AS (
	DELETE FROM net_sales_coming WHERE customer_id = ANY ($1)
), by_mall AS (
	INSERT INTO customer_mall_stats AS m (customer_id, mall, currency, orders_count, net_sales, first_order_at, last_order_at)
	SELECT customer_id, mall, currency, count(*) FILTER (WHERE stands), sum(net_sales),
		min(ordered_at) FILTER (WHERE stands), max(ordered_at) FILTER (WHERE stands)
	FROM sold GROUP BY customer_id, mall, currency
	ON CONFLICT (customer_id, mall, currency) DO UPDATE SET
		orders_count = excluded.orders_count, net_sales = excluded.net_sales,
		first_order_at = excluded.first_order_at, last_order_at = excluded.last_order_at
	WHERE (m.orders_count, m.net_sales, m.first_order_at, m.last_order_at)
		IS DISTINCT FROM (excluded.orders_count, excluded.net_sales, excluded.first_order_at, excluded.last_order_at)
), fresh AS (
	SELECT customer_id, count(*) FILTER (WHERE stands) AS orders_count, count(*) FILTER (WHERE cancelled) AS cancelled_count,
		coalesce(sum(net_sales) FILTER (WHERE currency = $2), 0)::bigint AS net_sales,
		array_agg(id ORDER BY ordered_at, id) FILTER (WHERE stands) AS ids,
		array_agg(ordered_at ORDER BY ordered_at, id) FILTER (WHERE stands) AS times,
		array_agg(mall ORDER BY ordered_at, id) FILTER (WHERE stands) AS in_turn,
		(array_agg(CASE WHEN currency = $2 THEN net_sales END ORDER BY ordered_at, id) FILTER (WHERE stands))[1] AS first_net_sales,
		coalesce(array_agg(DISTINCT mall ORDER BY mall) FILTER (WHERE stands), '{}') AS malls,
		count(*) FILTER (WHERE stands AND coupon) AS coupon_orders
	FROM sold GROUP BY customer_id
)
UPDATE customer_stats c SET
	orders_count = n.orders_count, cancelled_count = n.cancelled_count, net_sales = n.net_sales, first_order_at = n.times[1],
	last_order_at = n.last_order_at, first_mall = n.in_turn[1], first_net_sales = n.first_net_sales, malls = n.malls, coupon_orders = n.coupon_orders,
	first_order_id = n.ids[1], second_order_at = n.times[2], third_order_at = n.times[3], fourth_order_at = n.times[4], fifth_order_at = n.times[5],
	second_mall = n.in_turn[2], next_mall = other.mall, next_mall_at = other.at, updated_at = now()
FROM (
	SELECT touched.customer_id, coalesce(f.orders_count, 0) AS orders_count, coalesce(f.cancelled_count, 0) AS cancelled_count,
		coalesce(f.net_sales, 0) AS net_sales, f.times[cardinality(f.times)] AS last_order_at, f.first_net_sales,
		coalesce(f.malls, '{}') AS malls, coalesce(f.coupon_orders, 0) AS coupon_orders, f.ids, f.times, f.in_turn
	FROM unnest($1::bigint[]) AS touched (customer_id) LEFT JOIN fresh f ON f.customer_id = touched.customer_id
) n
LEFT JOIN LATERAL (
	SELECT m.mall, m.at FROM unnest(n.in_turn, n.times) WITH ORDINALITY AS m (mall, at, n)
	WHERE cardinality(n.malls) > 1 AND m.mall <> n.in_turn[1] ORDER BY m.n LIMIT 1) AS other ON true
WHERE c.customer_id = n.customer_id AND
	(c.orders_count, c.cancelled_count, c.net_sales, c.first_order_at, c.last_order_at, c.first_mall, c.first_net_sales, c.malls, c.coupon_orders,
		c.first_order_id, c.second_order_at, c.third_order_at, c.fourth_order_at, c.fifth_order_at, c.second_mall, c.next_mall, c.next_mall_at)
	IS DISTINCT FROM (n.orders_count, n.cancelled_count, n.net_sales, n.times[1], n.last_order_at, n.in_turn[1], n.first_net_sales, n.malls, n.coupon_orders,
		n.ids[1], n.times[2], n.times[3], n.times[4], n.times[5], n.in_turn[2], other.mall, other.at)`

const dropMalls = `
DELETE FROM customer_mall_stats m WHERE m.customer_id = ANY (?) AND NOT EXISTS (
	SELECT 1 FROM orders o JOIN shops s ON s.id = o.shop_id
	WHERE o.customer_id = m.customer_id AND s.mall = m.mall AND o.currency = m.currency)`
