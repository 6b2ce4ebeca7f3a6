package campaign

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/uptrace/bun"
	"github.com/uptrace/bun/dialect/pgdialect"

	"github.com/meguri-crm/meguri/crm/campaign/experiment"
	"github.com/meguri-crm/meguri/crm/live"
	"github.com/meguri-crm/meguri/crm/order"
	"github.com/meguri-crm/meguri/db"
)

// A campaign with a holdout is a trial: everybody who could have been written
// to is in it, in the arm he was drawn for, whatever became of his mail. An
// order counts for either arm when it was placed, on any mall, between the end
// of the expansion, before which no mail goes out, and the campaign's conversion
// days after the last one went.

// trialsSQL lists the trials whose window meets the orders given.
const trialsSQL = `
SELECT d.id, d.campaign_id, d.delivery_month, d.expanded_at AS opens_at, d.finished_at + c.conversion_days * interval '1 day' AS closes_at
FROM deliveries d JOIN campaigns c ON c.id = d.campaign_id,
     (SELECT min(ordered_at) AS first, max(ordered_at) AS last FROM (SELECT ordered_at FROM orders WHERE id = ANY(?::bigint[]) OFFSET 0) given) o
WHERE c.holdout_rate > 0 AND d.expanded_at <= o.last AND (d.finished_at IS NULL OR d.finished_at + c.conversion_days * interval '1 day' > o.first)
ORDER BY d.id`

type trial struct {
	ID, CampaignID int64
	DeliveryMonth  time.Time
	OpensAt        time.Time
	ClosesAt       *time.Time // nil: not all is sent
}

// settleTrialSQL brings the orders of one trial in line with orders as they
// stand, and answers whether anything changed.
const settleTrialSQL = `
WITH fresh AS (
    SELECT o.customer_id, o.id AS order_id, m.campaign_id, m.status = 'HELD_OUT' AS held_out,
           o.kind = 'SALE' AND o.status <> 'CANCELLED' AS bought, o.currency, net_sales(o, d) AS sales
    FROM orders o JOIN net_sales_definitions d ON d.state = 'IN_FORCE' JOIN messages m ON m.customer_id = o.customer_id AND m.delivery_id = ?1 AND m.delivery_month = ?2 AND m.in_trial
    WHERE o.id = ANY(?0::bigint[]) AND o.ordered_at >= ?3 AND (?4::timestamptz IS NULL OR o.ordered_at < ?4)
), gone AS (
    DELETE FROM trial_orders t WHERE t.order_id = ANY(?0::bigint[]) AND t.campaign_id = ?5
      AND NOT EXISTS (SELECT 1 FROM fresh f WHERE f.customer_id = t.customer_id AND f.order_id = t.order_id) RETURNING 1
), put AS (
    INSERT INTO trial_orders AS t (customer_id, order_id, campaign_id, held_out, bought, currency, sales)
    SELECT customer_id, order_id, campaign_id, held_out, bought, currency, sales FROM fresh
    ON CONFLICT ON CONSTRAINT trial_orders_pkey DO UPDATE
    SET held_out = excluded.held_out, bought = excluded.bought, currency = excluded.currency, sales = excluded.sales
    WHERE (t.held_out, t.bought, t.currency, t.sales) IS DISTINCT FROM (excluded.held_out, excluded.bought, excluded.currency, excluded.sales) RETURNING 1
)
SELECT EXISTS (SELECT 1 FROM gone) OR EXISTS (SELECT 1 FROM put)`

// settleTrials keeps the orders of people in trials. Merchants without a running
// trial pay two small statements for it.
func settleTrials(ctx context.Context, tx bun.IDB, orderIDs []int64) error {
	ids := pgdialect.Array(orderIDs)
	var trials []trial
	if err := tx.NewRaw(trialsSQL, ids).Scan(ctx, &trials); err != nil {
		return db.Fault(err)
	}
	running := make([]int64, len(trials))
	for i, t := range trials {
		running[i] = t.CampaignID
		var changed bool
		if err := tx.NewRaw(settleTrialSQL, ids, t.ID, t.DeliveryMonth, t.OpensAt, t.ClosesAt, t.CampaignID).Scan(ctx, &changed); err != nil {
			return db.Fault(err)
		}
		if !changed {
			continue
		}
		if err := live.Notify(ctx, tx, live.Campaign, t.CampaignID); err != nil {
			return err
		}
	}
	return dropTrialOrders(ctx, tx, orderIDs, running)
}

// dropTrialOrders forgets orders that no running trial counts any more: deleted
// ones, and those whose date was corrected.
func dropTrialOrders(ctx context.Context, tx bun.IDB, orderIDs, running []int64) error {
	var campaigns []int64
	err := tx.NewRaw(`
		WITH gone AS (DELETE FROM trial_orders WHERE order_id = ANY(?::bigint[]) AND campaign_id <> ALL(?::bigint[]) RETURNING campaign_id)
		SELECT DISTINCT campaign_id FROM gone ORDER BY campaign_id`, pgdialect.Array(orderIDs), pgdialect.Array(running)).Scan(ctx, &campaigns)
	if err != nil {
		return db.Fault(err)
	}
	for _, id := range campaigns {
		if err := live.Notify(ctx, tx, live.Campaign, id); err != nil {
			return err
		}
	}
	return nil
}

// Group is one arm of a trial as people read it.
type Group struct {
	People int64
	Buyers int64
	Sales  int64 // net, minor unit of the base currency
}

// Lift is what a campaign brought beyond what would have been bought anyway.
type Lift struct {
	Treated, HeldOut Group
	Conversion       experiment.Lift // of the shares of people who bought
	Sales            experiment.Lift // of net sales per person, minor unit
	Currency         string
	ClosesAt         *time.Time // when orders stop counting; nil while mails go out
}

// trialStateSQL is one row when the campaign is a trial whose arms are fixed.
const trialStateSQL = `
SELECT d.finished_at + c.conversion_days * interval '1 day'
FROM campaigns c JOIN deliveries d ON d.campaign_id = c.id
WHERE c.id = $1 AND c.holdout_rate > 0 AND d.expanded_at IS NOT NULL ORDER BY d.id DESC LIMIT 1`

// trialArmsSQL adds up each person's orders, then the people of each arm.
const trialArmsSQL = `
SELECT held_out, count(*) FILTER (WHERE bought), coalesce(sum(sales), 0)::float8, coalesce(sum(sales * sales), 0)::float8
FROM (
    SELECT customer_id, held_out, bool_or(bought) AS bought, coalesce(sum(sales) FILTER (WHERE currency = $2), 0)::float8 AS sales
    FROM trial_orders WHERE campaign_id = $1 GROUP BY customer_id, held_out
) person GROUP BY held_out`

func queueLift(batch *pgx.Batch, campaignID int64) {
	batch.Queue(trialStateSQL, campaignID)
	batch.Queue(trialArmsSQL, campaignID, order.BaseCurrency)
}

// scanLift reads what queueLift asked for; nil without a trial, or before its
// arms are fixed.
func scanLift(results pgx.BatchResults, treated, heldOut int64) (*Lift, error) {
	state, err := results.Query()
	if err != nil {
		return nil, err
	}
	closes, err := pgx.CollectRows(state, pgx.RowTo[*time.Time])
	if err != nil {
		return nil, err
	}
	rows, err := results.Query()
	if err != nil {
		return nil, err
	}
	arms := map[bool]experiment.Arm{}
	var held bool
	var buyers int64
	var sum, squares float64
	_, err = pgx.ForEachRow(rows, []any{&held, &buyers, &sum, &squares}, func() error {
		arms[held] = experiment.Arm{Buyers: buyers, Sum: sum, Squares: squares}
		return nil
	})
	if err != nil || len(closes) == 0 {
		return nil, err
	}
	t, h := arms[false], arms[true]
	t.People, h.People = treated, heldOut
	return &Lift{
		Treated: groupOf(t), HeldOut: groupOf(h), Conversion: experiment.Conversion(t, h), Sales: experiment.Sales(t, h),
		Currency: order.BaseCurrency, ClosesAt: closes[0],
	}, nil
}

func groupOf(a experiment.Arm) Group {
	return Group{People: a.People, Buyers: a.Buyers, Sales: int64(a.Sum)}
}
