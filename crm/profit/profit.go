// Package profit owns what orders leave: net sales less cost of goods, less fees,
// less points.
//
// It promises that an order whose cost is not known for every line is left out
// of profit and counted, so that unknown never passes for nothing; that each
// order is reckoned with the costs and fees of its own day; and that currencies
// are never added up. Costs are crm/product's, fees crm/fee's, orders and points
// belong to their own nouns; it only reads them.
//
// Of one order that is not cancelled:
//
//	profit = net sales − cost − fees − points
//
// What counts as net sales is left to crm/sales. Cost is quantity times cost per
// line; goods sent back bring theirs back. Fees are the rates of the mall or the
// shop; amounts per order are not charged for returns.
// Points are those granted for the order and not taken back, one each to a minor
// unit of the base currency.
package profit

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/meguri-crm/meguri/db"
)

// Figures are sums over orders in one currency, in its minor unit. All amounts
// but Sales are of the orders whose cost is known.
type Figures struct {
	Currency string
	Orders   int64 // sales
	Costed   int64 // of these, with a known cost of every line
	Sales    int64 // net, of all orders
	// Of those with known cost; KnownSales - Cost - Fees - Points is Profit.
	KnownSales, Coupons, Cost, Fees, Points, Profit int64
	// Estimated: at least one of the fees is a figure to begin with.
	Estimated bool
}

// Known reports whether anything can be said of profit.
func (f Figures) Known() bool { return f.Costed > 0 }

// Part is the figures of a part of something, such as a campaign's variant.
type Part struct {
	Key int64
	Figures
}

// Service reckons profit.
type Service struct {
	DB *db.DB
	// Zone is the merchant's: orders belong to its days.
	Zone *time.Location
	// Base is the currency that points are worth.
	Base string
}

// OfCampaign is the profit of the orders credited to a campaign, by variant and
// currency, in their order.
func (s *Service) OfCampaign(ctx context.Context, campaignID int64) ([]Part, error) {
	return s.read(ctx, `SELECT v.customer_id, v.order_id, v.variant_id FROM conversions v WHERE v.campaign_id = $1`, campaignID)
}

// OfCustomer is the profit of a customer's orders, by currency.
func (s *Service) OfCustomer(ctx context.Context, customerID int64) ([]Figures, error) {
	parts, err := s.read(ctx, `SELECT o.customer_id, o.id, 0::bigint FROM orders o WHERE o.customer_id = $1`, customerID)
	return Total(parts), err
}

// Total adds parts up by currency, in the order in which these appear.
func Total(parts []Part) []Figures {
	var totals []Figures
	at := map[string]int{}
	for _, p := range parts {
		i, known := at[p.Currency]
		if !known {
			i, at[p.Currency] = len(totals), len(totals)
			totals = append(totals, Figures{Currency: p.Currency})
		}
		t := &totals[i]
		t.Orders, t.Costed = t.Orders+p.Orders, t.Costed+p.Costed
		t.Sales, t.KnownSales, t.Coupons = t.Sales+p.Sales, t.KnownSales+p.KnownSales, t.Coupons+p.Coupons
		t.Cost, t.Fees, t.Points, t.Profit = t.Cost+p.Cost, t.Fees+p.Fees, t.Points+p.Points, t.Profit+p.Profit
		t.Estimated = t.Estimated || p.Estimated
	}
	return totals
}

// figuresSQL reckons chosen orders (customer, order, part), each by itself: a
// join of what is known of all of them would be planned for one order and go
// through every pair of them. $2 is the zone, $3 the currency of
// points. Fees are of what malls charge them on, whatever counts as net sales.
const figuresSQL = `, o AS MATERIALIZED (
    SELECT c.part, o.customer_id, o.id, o.shop_id, s.mall, o.kind, o.currency, (o.ordered_at AT TIME ZONE $2)::date AS day,
           net_sales(o, d) AS sales, o.net_sales, o.total_amount, o.shop_coupon
    FROM chosen c JOIN orders o ON o.customer_id = c.customer_id AND o.id = c.id JOIN shops s ON s.id = o.shop_id JOIN net_sales_definitions d ON d.state = 'IN_FORCE'
    WHERE o.status <> 'CANCELLED'
), each AS (
    SELECT o.part, o.currency, o.kind, o.sales, o.shop_coupon, o.kind = 'ADJUSTMENT' OR g.known AS known, g.cost,
           coalesce(c.fees, 0) AS fees, coalesce(p.points, 0) AS points, coalesce(c.estimated, false) AS estimated
    FROM o CROSS JOIN LATERAL (
        SELECT coalesce(bool_and(k.cost IS NOT NULL), false) AS known,
               coalesce(sum(CASE o.kind WHEN 'SALE' THEN l.quantity WHEN 'RETURN' THEN -abs(l.quantity) ELSE 0 END * k.cost), 0) AS cost
        FROM order_lines l LEFT JOIN LATERAL (
            SELECT k.cost FROM product_costs k WHERE k.sku = l.sku AND k.currency = o.currency AND k.valid_from <= o.day
            ORDER BY k.valid_from DESC LIMIT 1) k ON true
        WHERE l.customer_id = o.customer_id AND l.order_id = o.id) g
    CROSS JOIN LATERAL (
        SELECT bool_or(f.estimated) AS estimated,
               sum(round(CASE f.basis WHEN 'TOTAL' THEN o.total_amount ELSE o.net_sales END * f.rate::numeric / 10000)
                   + CASE WHEN o.kind = 'SALE' THEN f.amount ELSE 0 END) AS fees
        FROM (
            SELECT DISTINCT ON (f.kind) f.basis, f.rate, f.amount, f.estimated FROM fee_rates f
            WHERE f.mall = o.mall AND (f.shop_id IS NULL OR f.shop_id = o.shop_id) AND f.effective_from <= o.day AND f.withdrawn_at IS NULL
            ORDER BY f.kind, f.shop_id NULLS LAST, f.effective_from DESC) f
        WHERE o.kind <> 'ADJUSTMENT') c
    CROSS JOIN LATERAL (
        SELECT sum(l.amount - l.clawed_back) AS points FROM point_lots l WHERE l.order_id = o.id AND o.currency = $3) p
)
SELECT part, currency, count(*) FILTER (WHERE kind = 'SALE'), count(*) FILTER (WHERE kind = 'SALE' AND known), sum(sales)::bigint,
       coalesce(sum(sales) FILTER (WHERE known), 0)::bigint, coalesce(sum(shop_coupon) FILTER (WHERE known), 0)::bigint,
       coalesce(sum(cost) FILTER (WHERE known), 0)::bigint, coalesce(sum(fees) FILTER (WHERE known), 0)::bigint,
       coalesce(sum(points) FILTER (WHERE known), 0)::bigint,
       coalesce(sum(sales - cost - fees - points) FILTER (WHERE known), 0)::bigint, coalesce(bool_or(estimated) FILTER (WHERE known), false)
FROM each GROUP BY part, currency ORDER BY part, currency`

func (s *Service) read(ctx context.Context, chosen string, id int64) ([]Part, error) {
	sql := `WITH chosen (customer_id, id, part) AS (` + chosen + `)` + figuresSQL
	return db.Prepared(ctx, s.DB, scanPart, sql, id, s.Zone.String(), s.Base)
}

func scanPart(row pgx.CollectableRow) (p Part, err error) {
	err = row.Scan(&p.Key, &p.Currency, &p.Orders, &p.Costed, &p.Sales, &p.KnownSales, &p.Coupons, &p.Cost, &p.Fees, &p.Points, &p.Profit, &p.Estimated)
	return p, err
}
