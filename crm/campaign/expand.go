package campaign

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/uptrace/bun"

	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/crm/offer"
	"github.com/meguri-crm/meguri/crm/segment"
	"github.com/meguri-crm/meguri/db"
)

// reasonNoCode refuses a customer for whom the pool has no code left.
const reasonNoCode = "NO_CODE_LEFT"

// expandStep does one chunk of one delivery that is not expanded yet, or books
// one chunk of one that was cancelled.
func (e *Engine) expandStep(ctx context.Context) (worked bool, err error) {
	list, err := e.active(ctx, Expanding, DeliveryCancelled)
	if err != nil {
		return false, err
	}
	for _, d := range list {
		step := e.expand
		if d.Status == DeliveryCancelled {
			step = e.withdraw
		}
		if worked, err = step(ctx, d); worked || err != nil {
			return worked, err
		}
	}
	return false, nil
}

// onDelivery runs fn in a transaction that holds the delivery's row, if the
// delivery is in the state given and no other engine has it. The row's lock is
// the lease: it ends with the connection, and at the latest after the server's
// idle limit, so that a dead engine holds nobody up. fn and with it the chunk
// happen wholly or not at all, whenever the process is killed.
func (e *Engine) onDelivery(ctx context.Context, d delivery, fn func(context.Context, db.Tx, *db.Delivery) error) (worked bool, err error) {
	notified := func() {}
	err = db.RunInTx(ctx, e.DB, func(ctx context.Context, tx db.Tx) error {
		if _, err := tx.ExecContext(ctx, `SET LOCAL idle_in_transaction_session_timeout = '10s'`); err != nil {
			return err
		}
		var rows []*db.Delivery
		err := tx.NewSelect().Model(&rows).Where("id = ? AND status = ? AND finished_at IS NULL", d.ID, d.Status).For("UPDATE SKIP LOCKED").Scan(ctx)
		if err != nil || len(rows) == 0 {
			return db.Fault(err)
		}
		worked = true
		if err := fn(ctx, tx, rows[0]); err != nil {
			return err
		}
		notified, err = e.notices.inTx(ctx, tx, d.CampaignID)
		return err
	})
	if err != nil {
		return false, err
	}
	notified()
	return worked, nil
}

// expand takes the audience down first, then turns it into messages chunk by
// chunk.
func (e *Engine) expand(ctx context.Context, d delivery) (worked bool, err error) {
	sendable := false
	worked, err = e.onDelivery(ctx, d, func(ctx context.Context, tx db.Tx, row *db.Delivery) error {
		content, err := e.plans.content(row)
		if err != nil {
			return err
		}
		if row.AudienceAt == nil {
			return e.takeAudience(ctx, tx, row, content.SegmentID)
		}
		ids, err := nextOfAudience(ctx, tx, row)
		if err != nil {
			return err
		}
		if len(ids) == 0 {
			sendable = true
			return e.expanded(ctx, tx, row)
		}
		return e.expandChunk(ctx, tx, row, content, ids)
	})
	if err == nil && sendable {
		e.Wake()
	}
	return worked, err
}

// takeAudience keeps who the segment means at this instant, so that the rule
// may change and customers may move in and out while the delivery goes on.
func (e *Engine) takeAudience(ctx context.Context, tx db.Tx, row *db.Delivery, segmentID int64) error {
	sql, args, err := e.Audience.Members(ctx, segmentID)
	if err != nil {
		return err
	}
	err = tx.Pgx(func(p pgx.Tx) error {
		if _, err := p.Exec(ctx, segment.RuleSettings, pgx.QueryExecModeSimpleProtocol); err != nil {
			return err
		}
		_, err := p.Exec(ctx, fmt.Sprintf(
			`INSERT INTO delivery_audience (customer_id, delivery_id) SELECT member.id, %d FROM (%s) AS member (id) ON CONFLICT DO NOTHING`, row.ID, sql), args...)
		return err
	})
	if err != nil {
		return db.Fault(err)
	}
	now := e.Clock.Now()
	row.AudienceAt = &now
	return saveDelivery(ctx, tx, row, "audience_at")
}

func nextOfAudience(ctx context.Context, tx bun.IDB, row *db.Delivery) ([]int64, error) {
	var ids []int64
	err := tx.NewRaw(`SELECT customer_id FROM delivery_audience WHERE delivery_id = ? AND customer_id > ? ORDER BY customer_id LIMIT ?`,
		row.ID, row.ExpandedTo, chunk).Scan(ctx, &ids)
	return ids, db.Fault(err)
}

func (e *Engine) expanded(ctx context.Context, tx bun.IDB, row *db.Delivery) error {
	now := e.Clock.Now()
	row.ExpandedAt, row.Status = &now, string(Sending)
	if err := saveDelivery(ctx, tx, row, "expanded_at", "status"); err != nil {
		return err
	}
	return dropAudience(ctx, tx, row.ID)
}

func dropAudience(ctx context.Context, tx bun.IDB, deliveryID int64) error {
	_, err := tx.NewRaw(`DELETE FROM delivery_audience WHERE delivery_id = ?`, deliveryID).Exec(ctx)
	return db.Fault(err)
}

func saveDelivery(ctx context.Context, tx bun.IDB, row *db.Delivery, columns ...string) error {
	_, err := tx.NewUpdate().Model(row).Column(columns...).WherePK().Exec(ctx)
	return db.Fault(err)
}

// expandChunk writes one message per customer with the gate's outcome, hands
// out codes, counts, and moves expanded_to, all in tx.
func (e *Engine) expandChunk(ctx context.Context, tx db.Tx, row *db.Delivery, content *Snapshot, ids []int64) error {
	recipients, err := judge(ctx, tx, e.Gate, content, ids)
	if err != nil {
		return err
	}
	codes, err := takeCodes(ctx, tx, recipients)
	if err != nil {
		return err
	}
	created, err := insertMessages(ctx, tx, row, recipients, codes, e.Clock.Now())
	if err != nil {
		return err
	}
	if err := e.issueCodes(ctx, tx, recipients, codes, created); err != nil {
		return err
	}
	row.ExpandedTo = ids[len(ids)-1]
	if err := saveDelivery(ctx, tx, row, "expanded_to"); err != nil {
		return err
	}
	figures := newTally()
	for i, r := range recipients {
		if _, ok := created[r.CustomerID]; !ok {
			continue
		}
		p := place{*row.CampaignID, row.ID, r.Variant.ID, r.Variant.Mall}
		figures.add(p, Audience, "", 1)
		if reason := refusal(r, codes[i]); reason != "" {
			figures.add(p, Suppressed, reason, 1)
		} else {
			figures.add(p, Queued, "", 1)
		}
	}
	return figures.write(ctx, tx)
}

// refusal is why a recipient gets nothing, or "".
func refusal(r recipient, code string) string {
	if reason := r.Reason(); reason != "" {
		return reason
	}
	if r.Variant.pooled() && code == "" {
		return reasonNoCode
	}
	return ""
}

// takeCodes finds a code for each recipient who may be written to, by place in
// recipients: his own from the pool, or the shared one.
func takeCodes(ctx context.Context, tx bun.IDB, recipients []recipient) ([]string, error) {
	codes := make([]string, len(recipients))
	wanting := map[*SnapshotVariant][]int{}
	for i, r := range recipients {
		switch {
		case !r.Allowed():
		case r.Variant.pooled():
			wanting[r.Variant] = append(wanting[r.Variant], i)
		default:
			codes[i] = r.Variant.sharedCode()
		}
	}
	for variant, places := range wanting {
		taken, err := offer.Take(ctx, tx, variant.Offer.ID, len(places))
		if err != nil {
			return nil, err
		}
		for n, code := range taken {
			codes[places[n]] = code
		}
	}
	return codes, nil
}

const insertMessagesSQL = `
INSERT INTO messages (customer_id, delivery_id, delivery_month, campaign_id, variant_id, mall, origin_shop_id, origin_mall, status, reason, findings, offer_code, due_at, created_at)
SELECT v.customer_id, $1, $2, $3, v.variant_id, v.mall, nullif(v.origin_shop_id, 0), v.origin_mall,
       CASE WHEN v.reason = '' THEN 'QUEUED' ELSE 'SUPPRESSED' END, v.reason, nullif(v.findings, '')::jsonb, v.offer_code,
       CASE WHEN v.reason = '' THEN now() END, $4
FROM unnest($5::bigint[], $6::bigint[], $7::text[], $8::bigint[], $9::text[], $10::text[], $11::text[], $12::text[])
  AS v (customer_id, variant_id, mall, origin_shop_id, origin_mall, reason, findings, offer_code)
ON CONFLICT DO NOTHING
RETURNING customer_id, id`

// insertMessages answers with the message id per customer. Who has a message of
// this delivery already, which only a merge of customers can bring about, is
// left out.
func insertMessages(ctx context.Context, tx db.Tx, row *db.Delivery, recipients []recipient, codes []string, now time.Time) (map[int64]int64, error) {
	n := len(recipients)
	customers, variants, origins := make([]int64, n), make([]int64, n), make([]int64, n)
	malls, originMalls, reasons, findings := make([]string, n), make([]string, n), make([]string, n), make([]string, n)
	for i, r := range recipients {
		customers[i], variants[i], malls[i] = r.CustomerID, r.Variant.ID, r.Variant.Mall
		origins[i], originMalls[i] = r.OriginShopID, r.OriginMall
		reasons[i] = refusal(r, codes[i])
		if len(r.Refusals) > 1 {
			all, err := json.Marshal(r.Refusals)
			if err != nil {
				return nil, fault.Wrap(fault.Internal, err, "the reasons cannot be kept")
			}
			findings[i] = string(all)
		}
	}
	created := make(map[int64]int64, n)
	err := tx.Pgx(func(p pgx.Tx) error {
		rows, err := p.Query(ctx, insertMessagesSQL, row.ID, row.DeliveryMonth, *row.CampaignID, now,
			customers, variants, malls, origins, originMalls, reasons, findings, codes)
		if err != nil {
			return err
		}
		var customer, id int64
		_, err = pgx.ForEachRow(rows, []any{&customer, &id}, func() error {
			created[customer] = id
			return nil
		})
		return err
	})
	return created, db.Fault(err)
}

// issueCodes books the pool codes of the messages that were created.
func (e *Engine) issueCodes(ctx context.Context, tx bun.IDB, recipients []recipient, codes []string, created map[int64]int64) error {
	issued := map[int64][]offer.Issued{}
	for i, r := range recipients {
		id, ok := created[r.CustomerID]
		if !ok || codes[i] == "" || !r.Variant.pooled() {
			continue
		}
		issued[r.Variant.Offer.ID] = append(issued[r.Variant.Offer.ID], offer.Issued{Code: codes[i], CustomerID: r.CustomerID, MessageID: id})
	}
	for offerID, list := range issued {
		if err := e.Offers.Issue(ctx, tx, offerID, list); err != nil {
			return err
		}
	}
	return nil
}
