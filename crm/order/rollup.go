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
	ids := pgdialect.Array(known)
	for _, step := range []struct {
		sql  string
		args []any
	}{
		{lockRollups, []any{ids}},
		{recomputeTotals, []any{ids, BaseCurrency}},
		{recomputeMalls, []any{ids}},
	} {
		if _, err := tx.NewRaw(step.sql, step.args...).Exec(ctx); err != nil {
			return db.Fault(err)
		}
	}
	return nil
}

// Rehomed is Recompute for customers that orders have left: what was their only
// one on a mall takes the mall's rollup along.
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
const lockRollups = `SELECT 1 FROM customer_stats WHERE customer_id = ANY (?) ORDER BY customer_id FOR UPDATE`

// The arrays that are aggregated in one order share one sort.
const recomputeTotals = `
WITH fresh AS (
	SELECT o.customer_id,
		count(*) FILTER (WHERE o.kind = 'SALE' AND o.status <> 'CANCELLED') AS orders_count,
		count(*) FILTER (WHERE o.kind = 'SALE' AND o.status = 'CANCELLED') AS cancelled_count,
		coalesce(sum(o.net_sales) FILTER (WHERE o.currency = ?1), 0)::bigint AS net_sales,
		max(o.ordered_at) FILTER (WHERE o.kind = 'SALE' AND o.status <> 'CANCELLED') AS last_order_at,
		array_agg(o.id ORDER BY o.ordered_at, o.id) FILTER (WHERE o.kind = 'SALE' AND o.status <> 'CANCELLED') AS ids,
		array_agg(o.ordered_at ORDER BY o.ordered_at, o.id) FILTER (WHERE o.kind = 'SALE' AND o.status <> 'CANCELLED') AS times,
		array_agg(s.mall ORDER BY o.ordered_at, o.id) FILTER (WHERE o.kind = 'SALE' AND o.status <> 'CANCELLED') AS in_turn,
		(array_agg(CASE WHEN o.currency = ?1 THEN o.net_sales END ORDER BY o.ordered_at, o.id) FILTER (WHERE o.kind = 'SALE' AND o.status <> 'CANCELLED'))[1] AS first_net_sales,
		coalesce(array_agg(DISTINCT s.mall ORDER BY s.mall) FILTER (WHERE o.kind = 'SALE' AND o.status <> 'CANCELLED'), '{}') AS malls,
		count(*) FILTER (WHERE o.kind = 'SALE' AND o.status <> 'CANCELLED'
			AND (o.shop_coupon <> 0 OR o.mall_coupon <> 0 OR o.coupon_codes <> '{}')) AS coupon_orders
	FROM orders o JOIN shops s ON s.id = o.shop_id
	WHERE o.customer_id = ANY (?0)
	GROUP BY o.customer_id
)
UPDATE customer_stats c SET
	orders_count = coalesce(f.orders_count, 0), cancelled_count = coalesce(f.cancelled_count, 0),
	net_sales = coalesce(f.net_sales, 0), first_order_at = f.times[1], last_order_at = f.last_order_at,
	first_mall = f.in_turn[1], first_net_sales = f.first_net_sales, malls = coalesce(f.malls, '{}'), coupon_orders = coalesce(f.coupon_orders, 0),
	first_order_id = f.ids[1], second_order_at = f.times[2], third_order_at = f.times[3], fourth_order_at = f.times[4], fifth_order_at = f.times[5],
	second_mall = f.in_turn[2], next_mall = other.mall, next_mall_at = other.at, updated_at = now()
FROM unnest(?0::bigint[]) AS touched (customer_id)
LEFT JOIN fresh f ON f.customer_id = touched.customer_id
LEFT JOIN LATERAL (
	SELECT m.mall, m.at FROM unnest(f.in_turn, f.times) WITH ORDINALITY AS m (mall, at, n)
	WHERE cardinality(f.malls) > 1 AND m.mall <> f.in_turn[1] ORDER BY m.n LIMIT 1) AS other ON true
WHERE c.customer_id = touched.customer_id`

const recomputeMalls = `
INSERT INTO customer_mall_stats (customer_id, mall, currency, orders_count, net_sales, first_order_at, last_order_at)
SELECT o.customer_id, s.mall, o.currency,
	count(*) FILTER (WHERE o.kind = 'SALE' AND o.status <> 'CANCELLED'), sum(o.net_sales),
	min(o.ordered_at) FILTER (WHERE o.kind = 'SALE' AND o.status <> 'CANCELLED'),
	max(o.ordered_at) FILTER (WHERE o.kind = 'SALE' AND o.status <> 'CANCELLED')
FROM orders o JOIN shops s ON s.id = o.shop_id
WHERE o.customer_id = ANY (?)
GROUP BY o.customer_id, s.mall, o.currency
ON CONFLICT (customer_id, mall, currency) DO UPDATE SET
	orders_count = excluded.orders_count, net_sales = excluded.net_sales,
	first_order_at = excluded.first_order_at, last_order_at = excluded.last_order_at`

const dropMalls = `
DELETE FROM customer_mall_stats m WHERE m.customer_id = ANY (?) AND NOT EXISTS (
	SELECT 1 FROM orders o JOIN shops s ON s.id = o.shop_id
	WHERE o.customer_id = m.customer_id AND s.mall = m.mall AND o.currency = m.currency)`
