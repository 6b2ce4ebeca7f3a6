package order

import (
	"context"

	"github.com/uptrace/bun"

	"github.com/meguri-crm/meguri/db"
)

// ByComingDefinition works out what the rollups of these customers will be by
// the coming definition of net sales, and keeps it apart. The rows of the rollups
// are locked as Recompute locks them, so that orders that change meanwhile take
// it away again.
func ByComingDefinition(ctx context.Context, tx bun.IDB, customerIDs []int64) error {
	known, err := named(ctx, tx, customerIDs)
	if err != nil || len(known) == 0 {
		return err
	}
	if err := db.ExecPrepared(ctx, tx, lockRollups, known); err != nil {
		return err
	}
	return db.ExecPrepared(ctx, tx, byComing, known, BaseCurrency)
}

// Sums as in recompute.
const byComing = `
WITH sold AS MATERIALIZED (
	SELECT o.customer_id, o.id, o.ordered_at, o.currency, net_sales(o, d) AS net_sales, s.mall, o.kind = 'SALE' AND o.status <> 'CANCELLED' AS stands
	FROM orders o JOIN shops s ON s.id = o.shop_id JOIN net_sales_definitions d ON d.state = 'COMING'
	WHERE o.customer_id = ANY ($1)
)
INSERT INTO net_sales_coming AS n (customer_id, mall, currency, net_sales, first_net_sales)
SELECT customer_id, mall, currency, sum(net_sales), NULL FROM sold GROUP BY customer_id, mall, currency
UNION ALL
SELECT c.id, '', '', coalesce(sum(net_sales) FILTER (WHERE currency = $2), 0),
	(array_agg(CASE WHEN currency = $2 THEN net_sales END ORDER BY ordered_at, sold.id) FILTER (WHERE stands))[1]
FROM unnest($1::bigint[]) AS c (id) LEFT JOIN sold ON sold.customer_id = c.id GROUP BY c.id
ON CONFLICT (customer_id, mall, currency) DO UPDATE SET net_sales = excluded.net_sales, first_net_sales = excluded.first_net_sales`

// TakeComing puts what was worked out in the place of the rollups. The caller
// keeps everybody off who recomputes them.
func TakeComing(ctx context.Context, tx bun.IDB) error {
	for _, sql := range []string{
		`UPDATE customer_stats s SET net_sales = n.net_sales, first_net_sales = n.first_net_sales, updated_at = now() FROM net_sales_coming n
			WHERE n.customer_id = s.customer_id AND n.mall = '' AND (s.net_sales, s.first_net_sales) IS DISTINCT FROM (n.net_sales, n.first_net_sales)`,
		`UPDATE customer_mall_stats s SET net_sales = n.net_sales FROM net_sales_coming n
			WHERE n.customer_id = s.customer_id AND n.mall = s.mall AND n.currency = s.currency AND s.net_sales <> n.net_sales`,
		`DELETE FROM net_sales_coming`,
	} {
		if _, err := tx.ExecContext(ctx, sql); err != nil {
			return db.Fault(err)
		}
	}
	return nil
}
