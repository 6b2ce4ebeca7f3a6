package campaign

import (
	"context"

	"github.com/uptrace/bun"

	"github.com/meguri-crm/meguri/db"
)

// withdrawSQL takes back what waits. What a worker had in hand when its lease
// ended may have been sent: it is named uncertain instead.
const withdrawSQL = `
WITH due AS (
    SELECT m.customer_id FROM messages m
    WHERE m.delivery_id = ?0 AND m.delivery_month = ?1 AND (m.status = 'QUEUED' OR m.status = 'SENDING' AND m.due_at <= now())
    ORDER BY m.customer_id LIMIT ?2 FOR UPDATE SKIP LOCKED
)
UPDATE messages m
SET status = CASE WHEN m.status = 'QUEUED' AND NOT m.uncertain THEN 'CANCELLED' ELSE 'UNCERTAIN' END,
    reason = CASE WHEN m.status = 'QUEUED' AND NOT m.uncertain THEN '' ELSE ?3 END,
    uncertain = m.uncertain OR m.status = 'SENDING',
    sent_at = CASE WHEN m.status = 'SENDING' OR m.uncertain THEN ?4::timestamptz END,
    due_at = NULL, lease_owner = NULL
FROM due WHERE m.customer_id = due.customer_id AND m.delivery_id = ?0 AND m.delivery_month = ?1
RETURNING m.customer_id, m.id, m.variant_id, m.mall, m.offer_code, m.attempts, m.uncertain, m.status, m.reason`

// withdraw books one chunk of a cancelled delivery, and closes it once nothing
// of it waits or is in anybody's hand.
func (e *Engine) withdraw(ctx context.Context, d delivery) (worked bool, err error) {
	moved := false
	_, err = e.onDelivery(ctx, d, func(ctx context.Context, tx db.Tx, row *db.Delivery) error {
		results, err := e.withdrawChunk(ctx, tx, d)
		if err != nil {
			return err
		}
		moved = len(results) > 0
		if moved {
			return nil
		}
		return e.closeWithdrawn(ctx, tx, d, row)
	})
	return moved && err == nil, err
}

func (e *Engine) withdrawChunk(ctx context.Context, tx bun.IDB, d delivery) ([]result, error) {
	now := e.Clock.Now()
	var results []result
	if err := tx.NewRaw(withdrawSQL, d.ID, d.DeliveryMonth, chunk, reasonUnknown, now).Scan(ctx, &results); err != nil {
		return nil, db.Fault(err)
	}
	if err := e.releaseCodes(ctx, tx, d, results); err != nil {
		return nil, err
	}
	return results, outcomeFigures(d, results, now).write(ctx, tx)
}

func (e *Engine) closeWithdrawn(ctx context.Context, tx bun.IDB, d delivery, row *db.Delivery) error {
	if left, err := hasWork(ctx, tx, d); left || err != nil {
		return err
	}
	now := e.Clock.Now()
	row.FinishedAt = &now
	if err := saveDelivery(ctx, tx, row, "finished_at"); err != nil {
		return err
	}
	return dropAudience(ctx, tx, d.ID)
}
