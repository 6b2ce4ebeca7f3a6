package offer

import (
	"context"

	"github.com/uptrace/bun"
	"github.com/uptrace/bun/dialect/pgdialect"

	"github.com/meguri-crm/meguri/db"
)

// Use books on the codes of pools which orders used them: the first sale that
// names a code on the mall of its offer. It looks at the orders as they stand
// in tx, so that a cancelled or vanished order gives its codes back, and calling
// it again changes nothing. What was redeemed on an order is given back with it. Set-based; orders come by the batch.
func Use(ctx context.Context, tx bun.IDB, orderIDs []int64) error {
	if err := giveBack(ctx, tx, orderIDs); err != nil {
		return err
	}
	ids := pgdialect.Array(orderIDs)
	if _, err := tx.NewRaw(`
		UPDATE offer_codes c SET used_at = NULL, used_order_id = NULL
		FROM unnest(?::bigint[]) AS v (order_id)
		LEFT JOIN orders o ON o.id = v.order_id AND o.kind = 'SALE' AND o.status <> 'CANCELLED'
		WHERE c.used_order_id = v.order_id AND (o.id IS NULL OR NOT c.code = ANY(o.coupon_codes))`, ids).Exec(ctx); err != nil {
		return db.Fault(err)
	}
	_, err := tx.NewRaw(`
		UPDATE offer_codes c SET used_at = used.ordered_at, used_order_id = used.id
		FROM (SELECT DISTINCT ON (f.id, named.code) f.id AS offer_id, named.code, o.ordered_at, o.id
		      FROM orders o
		      CROSS JOIN LATERAL unnest(o.coupon_codes) AS named (code)
		      JOIN shops s ON s.id = o.shop_id
		      JOIN offer_codes k ON k.code = named.code
		      JOIN offers f ON f.id = k.offer_id AND f.mall = s.mall
		      WHERE o.id = ANY(?::bigint[]) AND o.kind = 'SALE' AND o.status <> 'CANCELLED'
		      ORDER BY f.id, named.code, o.ordered_at, o.id) used
		WHERE c.offer_id = used.offer_id AND c.code = used.code AND c.used_order_id IS NULL`, ids).Exec(ctx)
	return db.Fault(err)
}
