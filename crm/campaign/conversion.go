package campaign

import (
	"context"
	"slices"
	"time"

	"github.com/uptrace/bun"
	"github.com/uptrace/bun/dialect/pgdialect"

	"github.com/meguri-crm/meguri/crm/offer"
	"github.com/meguri-crm/meguri/db"
)

// Via is how an order is known to come from a message.
type Via string

// The ways, surest first.
const (
	ViaCode  Via = "CODE"  // it names the code the message brought
	ViaClick Via = "CLICK" // the customer clicked in the message in the days before
)

// Conversions credits orders to messages.
type Conversions struct{}

// CreditOrders brings conversions in line with orders as they stand in tx, with
// the figures and the uses of offer codes. A sale is credited to one message at
// most: the one whose code it names, else the one clicked last within the
// campaign's conversion days before the order. Who is cancelled, changed or gone
// takes the credit back. It works from the state, so that calling it again
// changes nothing; the number of statements does not depend on the number of
// orders. Orders that are older than every campaign cost next to nothing. Orders
// of people in a comparison, written to or held out, are kept for it as well.
func (c Conversions) CreditOrders(ctx context.Context, tx db.Tx, orderIDs []int64) error {
	orderIDs, err := creditable(ctx, tx, orderIDs)
	if err != nil || len(orderIDs) == 0 {
		return err
	}
	if err := offer.Use(ctx, tx, orderIDs); err != nil {
		return err
	}
	before, err := conversionsOf(ctx, tx, orderIDs)
	if err != nil {
		return err
	}
	after, err := credits(ctx, tx, orderIDs)
	if err != nil {
		return err
	}
	if err := settle(ctx, tx, before, after); err != nil {
		return err
	}
	return settleTrials(ctx, tx, orderIDs)
}

// creditable are the orders that a campaign may have brought, or that are
// credited or have used a code already.
func creditable(ctx context.Context, tx bun.IDB, orderIDs []int64) ([]int64, error) {
	if len(orderIDs) == 0 {
		return nil, nil
	}
	var ids []int64
	err := tx.NewRaw(`
		SELECT o.id FROM orders o
		WHERE o.id = ANY(?0::bigint[]) AND (o.coupon_codes <> '{}' OR o.ordered_at >= (SELECT min(sent_at) FROM campaigns))
		UNION SELECT v.order_id FROM conversions v WHERE v.order_id = ANY(?0::bigint[])
		UNION SELECT t.order_id FROM trial_orders t WHERE t.order_id = ANY(?0::bigint[])
		UNION SELECT o.id FROM orders o JOIN member_offers m ON m.used_shop_id = o.shop_id AND m.used_order_no = o.order_no WHERE o.id = ANY(?0::bigint[]) AND o.status = 'CANCELLED'
		UNION SELECT c.used_order_id FROM offer_codes c WHERE c.used_order_id = ANY(?0::bigint[])`, pgdialect.Array(orderIDs)).Scan(ctx, &ids)
	return ids, db.Fault(err)
}

func conversionsOf(ctx context.Context, tx bun.IDB, orderIDs []int64) ([]*credit, error) {
	var list []*credit
	err := tx.NewRaw(`
		SELECT v.customer_id, v.order_id, v.campaign_id, v.delivery_id, v.variant_id, v.message_id, m.mall AS destination, v.mall, v.via, v.currency, v.sales, v.at
		FROM conversions v JOIN messages m ON m.id = v.message_id
		WHERE v.order_id = ANY(?::bigint[]) ORDER BY v.order_id FOR UPDATE OF v`, pgdialect.Array(orderIDs)).Scan(ctx, &list)
	return list, db.Fault(err)
}

// credit is one order credited to one message.
type credit struct {
	db.Conversion `bun:",extend"`
	Destination   string // whose variant the message was
}

func (c *credit) place() place {
	return place{c.CampaignID, c.DeliveryID, c.VariantID, c.Destination}
}

// attributionSQL finds the message of each sale: by a pool code, whoever used it;
// by a code the customer's own message brought; by his last click. A message
// counts for orders after it was sent.
const attributionSQL = `
WITH sale AS (
    SELECT o.customer_id, o.id, o.ordered_at, o.currency, net_sales(o, d) AS net_sales, o.coupon_codes, s.mall
    FROM orders o JOIN shops s ON s.id = o.shop_id JOIN net_sales_definitions d ON d.state = 'IN_FORCE'
    WHERE o.id = ANY(?::bigint[]) AND o.kind = 'SALE' AND o.status <> 'CANCELLED'
), named AS (
    SELECT sale.id AS order_id, 1 AS rank, 'CODE' AS via, c.message_id, sale.ordered_at
    FROM sale JOIN offer_codes c ON c.used_order_id = sale.id WHERE c.message_id IS NOT NULL
    UNION ALL
    SELECT sale.id, 2, 'CODE', m.id, m.sent_at
    FROM sale JOIN messages m ON m.customer_id = sale.customer_id AND m.offer_code <> '' AND m.offer_code = ANY(sale.coupon_codes) AND m.mall = sale.mall
    WHERE m.campaign_id IS NOT NULL AND m.sent_at <= sale.ordered_at
    UNION ALL
    SELECT sale.id, 3, 'CLICK', m.id, e.occurred_at
    FROM sale
    JOIN events e ON e.customer_id = sale.customer_id AND e.kind = 'message.clicked' AND e.occurred_at <= sale.ordered_at AND e.occurred_at > sale.ordered_at - ? * interval '1 day'
    JOIN messages m ON m.customer_id = e.customer_id AND m.id = e.ref_id
    JOIN campaigns c ON c.id = m.campaign_id AND e.occurred_at > sale.ordered_at - c.conversion_days * interval '1 day'
), best AS (
    SELECT DISTINCT ON (order_id) order_id, via, message_id FROM named ORDER BY order_id, rank, ordered_at DESC, message_id DESC
)
SELECT sale.customer_id, sale.id AS order_id, m.campaign_id, m.delivery_id, m.variant_id, m.id AS message_id, m.mall AS destination,
       sale.mall, best.via, sale.currency, sale.net_sales AS sales, sale.ordered_at AS at
FROM best JOIN sale ON sale.id = best.order_id JOIN messages m ON m.id = best.message_id
WHERE m.campaign_id IS NOT NULL ORDER BY sale.id`

func credits(ctx context.Context, tx bun.IDB, orderIDs []int64) ([]*credit, error) {
	var list []*credit
	err := tx.NewRaw(attributionSQL, pgdialect.Array(orderIDs), maxConversionDays).Scan(ctx, &list)
	return list, db.Fault(err)
}

// settle stores what has changed, and counts the difference.
func settle(ctx context.Context, tx bun.IDB, before, after []*credit) error {
	before, after = changes(before, after)
	if len(before)+len(after) == 0 {
		return nil
	}
	figures := newTally()
	var orders, messages []int64
	for _, c := range before {
		figures.add(c.place(), Sales, c.Currency, -c.Sales)
		orders, messages = append(orders, c.OrderID), append(messages, c.MessageID)
	}
	rows := make([]*db.Conversion, len(after))
	for i, c := range after {
		figures.add(c.place(), Sales, c.Currency, c.Sales)
		rows[i], messages = &c.Conversion, append(messages, c.MessageID)
	}
	if len(orders) > 0 {
		if _, err := tx.NewRaw(`DELETE FROM conversions WHERE order_id = ANY(?::bigint[])`, pgdialect.Array(orders)).Exec(ctx); err != nil {
			return db.Fault(err)
		}
	}
	if len(rows) > 0 {
		if _, err := tx.NewInsert().Model(&rows).Exec(ctx); err != nil {
			return db.Fault(err)
		}
	}
	if err := markConverted(ctx, tx, messages, figures); err != nil {
		return err
	}
	if err := figures.write(ctx, tx); err != nil {
		return err
	}
	return notifyAll(ctx, tx, figures)
}

// changes leaves out the orders that stand as they stood.
func changes(before, after []*credit) (gone, fresh []*credit) {
	same := func(a, b *credit) bool {
		return a.CustomerID == b.CustomerID && a.OrderID == b.OrderID && a.MessageID == b.MessageID && a.Via == b.Via &&
			a.Currency == b.Currency && a.Sales == b.Sales && a.At.Equal(b.At)
	}
	in := func(list []*credit, c *credit) bool {
		i, ok := slices.BinarySearchFunc(list, c, func(a, b *credit) int { return int(a.OrderID - b.OrderID) })
		return ok && same(list[i], c)
	}
	for _, c := range before {
		if !in(after, c) {
			gone = append(gone, c)
		}
	}
	for _, c := range after {
		if !in(before, c) {
			fresh = append(fresh, c)
		}
	}
	return gone, fresh
}

// markConverted says on messages when their first order came, or that there is
// none any more. They are locked in order first: two batches may bring orders
// of one message.
func markConverted(ctx context.Context, tx bun.IDB, messages []int64, figures *tally) error {
	slices.Sort(messages)
	ids := pgdialect.Array(slices.Compact(messages))
	var rows []struct {
		CampaignID, DeliveryID, VariantID int64
		Mall                              string
		Was, Now                          *time.Time
	}
	if _, err := tx.NewRaw(`SELECT 1 FROM messages WHERE id = ANY(?::bigint[]) ORDER BY customer_id, delivery_id FOR UPDATE`, ids).Exec(ctx); err != nil {
		return db.Fault(err)
	}
	err := tx.NewRaw(`
		WITH known AS (
		    SELECT m.customer_id, m.delivery_id, m.delivery_month, m.converted_at AS was, (SELECT min(v.at) FROM conversions v WHERE v.message_id = m.id) AS now
		    FROM messages m WHERE m.id = ANY(?::bigint[])
		)
		UPDATE messages m SET converted_at = known.now FROM known
		WHERE m.customer_id = known.customer_id AND m.delivery_id = known.delivery_id AND m.delivery_month = known.delivery_month
		  AND known.was IS DISTINCT FROM known.now
		RETURNING m.campaign_id, m.delivery_id, m.variant_id, m.mall, known.was, known.now`, ids).Scan(ctx, &rows)
	if err != nil {
		return db.Fault(err)
	}
	for _, r := range rows {
		p := place{r.CampaignID, r.DeliveryID, r.VariantID, r.Mall}
		if r.Was != nil {
			figures.addAt(p, Converted, *r.Was, -1)
		}
		if r.Now != nil {
			figures.addAt(p, Converted, *r.Now, 1)
		}
	}
	return nil
}
