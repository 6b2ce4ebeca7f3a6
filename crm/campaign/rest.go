package campaign

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/uptrace/bun"
	"github.com/uptrace/bun/dialect/pgdialect"

	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/crm/policy"
	"github.com/meguri-crm/meguri/db"
)

// Rest is who got nothing of a campaign for want of a code, and what could be
// sent to them now.
type Rest struct {
	People int64
	Codes  int64   // left for them: of each pool, at most as many as wait for it
	Offers []int64 // whose pools they wait for
	// Until is when the campaign's orders stop counting, and with it the time to
	// send to them; nil while mails go out.
	Until *time.Time
}

// restSQL counts the people who wait, by the pool they wait for.
const restSQL = `
SELECT v.offer_id, w.people, (SELECT count(*) FROM offer_codes o WHERE o.offer_id = v.offer_id AND o.customer_id IS NULL) AS "left"
FROM (
    SELECT m.variant_id, count(*) AS people FROM messages m JOIN customers c ON c.id = m.customer_id AND c.merged_into IS NULL
    WHERE m.delivery_id = ?0 AND m.delivery_month = ?1 AND m.status = 'SUPPRESSED' AND m.reason = ?2 GROUP BY m.variant_id
) w JOIN campaign_variants v ON v.id = w.variant_id WHERE v.offer_id IS NOT NULL ORDER BY v.offer_id`

// Rest is the rest of a campaign; nil when there is none.
func (s *Service) Rest(ctx context.Context, row *db.Campaign) (*Rest, error) {
	if row.SentAt == nil {
		return nil, nil //nolint:nilnil // nil is the rest of what was never sent
	}
	d, err := dryDelivery(ctx, s.DB, row.ID)
	if d == nil || err != nil {
		return nil, err
	}
	var pools []struct{ OfferID, People, Left int64 }
	if err := s.DB.NewRaw(restSQL, d.ID, d.DeliveryMonth, reasonNoCode).Scan(ctx, &pools); err != nil || len(pools) == 0 {
		return nil, db.Fault(err)
	}
	rest := &Rest{Until: restUntil(row, d)}
	for _, p := range pools {
		rest.People += p.People
		rest.Codes += min(p.People, p.Left)
		rest.Offers = append(rest.Offers, p.OfferID)
	}
	return rest, nil
}

// dryDelivery is the delivery of a campaign whose pools ran dry; nil when there
// is none. The figures tell, because messages are many.
func dryDelivery(ctx context.Context, idb bun.IDB, campaignID int64) (*db.Delivery, error) {
	var rows []*db.Delivery
	err := idb.NewSelect().Model(&rows).ExcludeColumn("content").Where("campaign_id = ?", campaignID).
		Where(`EXISTS (SELECT FROM campaign_counters k WHERE k.campaign_id = delivery.campaign_id AND k.delivery_id = delivery.id
			AND k.metric = ? AND k.label = ? AND k.value > 0)`, Suppressed, reasonNoCode).Order("id DESC").Limit(1).Scan(ctx)
	if err != nil || len(rows) == 0 {
		return nil, db.Fault(err)
	}
	return rows[0], nil
}

func restUntil(row *db.Campaign, d *db.Delivery) *time.Time {
	if d.FinishedAt == nil {
		return nil
	}
	until := d.FinishedAt.AddDate(0, 0, row.ConversionDays)
	return &until
}

// SendRest lets a campaign go on with those who got nothing for want of a code,
// after codes were added. What it says stays as it was frozen; exclusions and
// the gate are asked again about each, who was drawn to get nothing still gets
// nothing, and as everybody has one message that is changed, nobody gets two.
// Errors: fault.NotFound; fault.Conflict (STALE_VERSION); fault.Precondition
// (NOT_SENT, NO_REST, REST_CLOSED once its orders have stopped counting), or
// FINDINGS_BLOCK with the codes of the findings, NO_CODES among them.
func (s *Service) SendRest(ctx context.Context, id int64, version int) (*db.Campaign, error) {
	row := new(db.Campaign)
	err := db.RunInTx(ctx, s.DB, func(ctx context.Context, tx db.Tx) error {
		if err := lock(ctx, tx, row, id); err != nil {
			return err
		}
		d, err := s.mayGoOn(ctx, tx, row, version)
		if err != nil {
			return err
		}
		return s.goOn(ctx, tx, row, d)
	})
	if err != nil {
		return nil, err
	}
	return row, nil
}

// mayGoOn answers with the delivery that has a rest, locked.
func (s *Service) mayGoOn(ctx context.Context, tx db.Tx, row *db.Campaign, version int) (*db.Delivery, error) {
	if row.Version != version {
		return nil, staleVersion(row)
	}
	if row.Status != string(StatusSent) && row.Status != string(StatusSending) {
		return nil, fault.New(fault.Precondition, "the campaign is %s", row.Status).WithCode("NOT_SENT").With("status", row.Status)
	}
	d, err := dryDelivery(ctx, tx, row.ID)
	if err != nil {
		return nil, err
	}
	if d == nil {
		return nil, fault.New(fault.Precondition, "nobody waits for a code").WithCode("NO_REST")
	}
	if err := tx.NewSelect().Model(d).WherePK().For("UPDATE").Scan(ctx); err != nil {
		return nil, db.Fault(err)
	}
	if d.Status != string(Done) && d.Status != string(Sending) {
		return nil, fault.New(fault.Precondition, "the delivery is %s", d.Status).WithCode("NOT_SENT").With("status", d.Status)
	}
	if until := restUntil(row, d); until != nil && s.Clock.Now().After(*until) {
		return nil, fault.New(fault.Precondition, "orders of the campaign have stopped counting").WithCode("REST_CLOSED")
	}
	return d, s.mayBeSentYet(ctx, tx, row)
}

// mayBeSentYet holds what the campaign says to the rules and offers of today.
func (s *Service) mayBeSentYet(ctx context.Context, tx db.Tx, row *db.Campaign) error {
	p, err := s.loadPlan(ctx, tx, row)
	if err != nil {
		return err
	}
	findings, err := s.checkVariants(ctx, p)
	if err != nil {
		return err
	}
	if policy.Blocks(findings) {
		return blocked(findings)
	}
	return nil
}

// goOn has the engine expand the delivery again.
func (s *Service) goOn(ctx context.Context, tx db.Tx, row *db.Campaign, d *db.Delivery) error {
	d.Rest, d.Status, d.ExpandedTo, d.AudienceAt, d.FinishedAt = true, string(Expanding), 0, nil, nil
	if err := saveDelivery(ctx, tx, d, "rest", "status", "expanded_to", "audience_at", "finished_at"); err != nil {
		return err
	}
	row.Status, row.FinishedAt = string(StatusSending), nil
	if err := saveState(ctx, tx, row, s.Clock.Now()); err != nil {
		return err
	}
	if err := s.Queue.Enqueue(ctx, tx, Wake{}); err != nil {
		return db.Fault(err)
	}
	return audit(ctx, tx, "campaign.send_rest", row.ID, map[string]any{"delivery": d.ID})
}

// takeRest makes those who got no code the audience.
func takeRest(ctx context.Context, tx bun.IDB, row *db.Delivery) error {
	_, err := tx.NewRaw(`INSERT INTO delivery_audience (customer_id, delivery_id)
		SELECT m.customer_id, m.delivery_id FROM messages m JOIN customers c ON c.id = m.customer_id AND c.merged_into IS NULL
		WHERE m.delivery_id = ? AND m.delivery_month = ? AND m.status = 'SUPPRESSED' AND m.reason = ?
		ON CONFLICT DO NOTHING`, row.ID, row.DeliveryMonth, reasonNoCode).Exec(ctx)
	return db.Fault(err)
}

// reviseMessagesSQL changes only what still tells of a missing code, so that a
// message that went out is never touched.
const reviseMessagesSQL = `
WITH v AS (
    SELECT * FROM unnest($5::bigint[], $6::bigint[], $7::text[], $8::bigint[], $9::text[], $10::text[], $11::text[], $12::bigint[], $13::text[], $14::text[])
      AS v (customer_id, variant_id, mall, origin_shop_id, origin_mall, status, reason, reason_ref, findings, offer_code)
), was AS MATERIALIZED (
    SELECT m.customer_id, m.variant_id, m.mall FROM messages m JOIN v ON v.customer_id = m.customer_id
    WHERE m.delivery_id = $1 AND m.delivery_month = $2 AND m.status = 'SUPPRESSED' AND m.reason = $3
    ORDER BY m.customer_id FOR UPDATE OF m
)
UPDATE messages m
SET variant_id = v.variant_id, mall = v.mall, origin_shop_id = nullif(v.origin_shop_id, 0), origin_mall = v.origin_mall,
    status = v.status, reason = v.reason, reason_ref = nullif(v.reason_ref, 0), findings = nullif(v.findings, '')::jsonb, offer_code = v.offer_code,
    in_trial = $4::boolean AND v.status IN ('QUEUED', 'HELD_OUT'), due_at = CASE WHEN v.status = 'QUEUED' THEN now() END
FROM v JOIN was ON was.customer_id = v.customer_id
WHERE m.customer_id = v.customer_id AND m.delivery_id = $1 AND m.delivery_month = $2
RETURNING m.customer_id, m.id, was.variant_id, was.mall`

// reviseMessages writes what is decided now into the messages of those who got
// no code.
func reviseMessages(ctx context.Context, tx db.Tx, row *db.Delivery, content *Snapshot, verdicts []verdict) (map[int64]written, error) {
	columns, err := columnsOf(verdicts)
	if err != nil {
		return nil, err
	}
	trial := content.HoldoutRate > 0
	args := append([]any{row.ID, row.DeliveryMonth, reasonNoCode, trial}, columns...)
	revised := make(map[int64]written, len(verdicts))
	var joined []int64
	err = tx.Pgx(func(p pgx.Tx) error {
		rows, err := p.Query(ctx, reviseMessagesSQL, args...)
		if err != nil {
			return err
		}
		var customer, id, variant int64
		var mall string
		_, err = pgx.ForEachRow(rows, []any{&customer, &id, &variant, &mall}, func() error {
			revised[customer] = written{ID: id, Was: &place{*row.CampaignID, row.ID, variant, mall}}
			joined = append(joined, customer)
			return nil
		})
		return err
	})
	if err != nil || !trial {
		return revised, db.Fault(err)
	}
	return revised, settleSince(ctx, tx, joined, *row.ExpandedAt)
}

// settleSince brings what customers have ordered since an instant into trials
// they have just joined, of which those orders knew nothing.
func settleSince(ctx context.Context, tx bun.IDB, customers []int64, since time.Time) error {
	var orders []int64
	err := tx.NewRaw(`SELECT id FROM orders WHERE customer_id = ANY(?::bigint[]) AND ordered_at >= ? ORDER BY id`,
		pgdialect.Array(customers), since).Scan(ctx, &orders)
	if err != nil || len(orders) == 0 {
		return db.Fault(err)
	}
	return settleTrials(ctx, tx, orders)
}
