package offer

import (
	"context"

	"github.com/uptrace/bun/dialect/pgdialect"

	"github.com/meguri-crm/meguri/crm/order"
	"github.com/meguri-crm/meguri/db"
)

// Results is what an offer brought, as the orders stand.
type Results struct {
	Orders    int64
	Customers int64
	Sales     int64 // net, minor unit of order.BaseCurrency
}

// Results counts, per offer, the orders on its mall that used it: those that
// name its shared code from its first day on, or those that used a code of its
// pool. Offers that nobody used, and those without codes, are left out.
func (s *Service) Results(ctx context.Context, offerIDs []int64) (map[int64]Results, error) {
	var rows []struct {
		OfferID int64
		Results
	}
	err := s.DB.NewRaw(`
		SELECT f.id AS offer_id, count(*) AS orders, count(DISTINCT o.customer_id) AS customers,
		       coalesce(sum(o.net_sales) FILTER (WHERE o.currency = ?), 0)::bigint AS sales
		FROM offers f CROSS JOIN LATERAL (
			SELECT o.id, o.customer_id, net_sales(o, d) AS net_sales, o.currency
			FROM orders o JOIN shops s ON s.id = o.shop_id AND s.mall = f.mall JOIN net_sales_definitions d ON d.state = 'IN_FORCE'
			WHERE f.proof = 'SHARED_CODE' AND o.coupon_codes <> '{}' AND o.coupon_codes @> ARRAY[f.shared_code]::text[]
			  AND o.kind = 'SALE' AND o.status <> 'CANCELLED' AND o.ordered_at >= f.starts_at
			UNION
			SELECT o.id, o.customer_id, net_sales(o, d), o.currency
			FROM offer_codes c JOIN orders o ON o.id = c.used_order_id JOIN net_sales_definitions d ON d.state = 'IN_FORCE'
			WHERE f.proof = 'CODE_POOL' AND c.offer_id = f.id AND c.used_order_id IS NOT NULL
		) o
		WHERE f.id = ANY(?::bigint[]) GROUP BY f.id`, order.BaseCurrency, pgdialect.Array(offerIDs)).Scan(ctx, &rows)
	if err != nil {
		return nil, db.Fault(err)
	}
	results := make(map[int64]Results, len(rows))
	for _, r := range rows {
		results[r.OfferID] = r.Results
	}
	return results, nil
}
