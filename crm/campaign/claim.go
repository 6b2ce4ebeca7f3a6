package campaign

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/uptrace/bun"
	"github.com/uptrace/bun/dialect/pgdialect"

	"github.com/meguri-crm/meguri/db"
)

// claimed is one message a lane has in hand.
type claimed struct {
	CustomerID int64
	ID         int64
	VariantID  int64
	Mall       string
	OfferCode  string
	Attempts   int  // this one included
	Uncertain  bool // the outcome of an earlier attempt was lost
}

// claimSQL takes the messages that are due: those that wait, and those whose
// worker let its lease end. The latter may have been sent, and are marked so.
// Instants are the database's, which all engines share.
const claimSQL = `
WITH due AS (
    SELECT m.customer_id FROM messages m
    WHERE m.delivery_id = $1 AND m.delivery_month = $2 AND m.status IN ('QUEUED', 'SENDING') AND m.due_at <= now()
      AND EXISTS (SELECT 1 FROM deliveries d WHERE d.id = $1 AND d.status = 'SENDING')
    ORDER BY m.due_at, m.customer_id LIMIT $3 FOR UPDATE OF m SKIP LOCKED
)
UPDATE messages m
SET status = 'SENDING', lease_owner = $4, due_at = now() + $5 * interval '1 second',
    attempts = m.attempts + 1, uncertain = m.uncertain OR m.status = 'SENDING'
FROM due WHERE m.customer_id = due.customer_id AND m.delivery_id = $1 AND m.delivery_month = $2
RETURNING m.customer_id, m.id, m.variant_id, m.mall, m.offer_code, m.attempts, m.uncertain`

func (e *Engine) claim(ctx context.Context, d delivery) ([]claimed, error) {
	if d.RatePerMinute != nil {
		return e.claimThrottled(ctx, d)
	}
	return e.claimUpTo(ctx, e.DB.Pool, d, batchSize)
}

// querier is a pool or a transaction.
type querier interface {
	Query(ctx context.Context, sql string, args ...any) (pgx.Rows, error)
}

func (e *Engine) claimUpTo(ctx context.Context, q querier, d delivery, limit int) ([]claimed, error) {
	rows, err := q.Query(ctx, claimSQL, d.ID, d.DeliveryMonth, limit, e.Owner, e.lease().Seconds())
	if err != nil {
		return nil, db.Fault(err)
	}
	batch, err := pgx.CollectRows(rows, pgx.RowToStructByPos[claimed])
	return batch, db.Fault(err)
}

// keep prolongs the lease of a batch until the returned function is called.
func (e *Engine) keep(ctx context.Context, d delivery, batch []claimed) (stop func()) {
	ctx, cancel := context.WithCancel(ctx)
	done := make(chan struct{})
	go func() {
		defer close(done)
		ticker := time.NewTicker(e.lease() / 4)
		defer ticker.Stop()
		for {
			select {
			case <-ctx.Done():
				return
			case <-ticker.C:
				if err := e.prolong(ctx, d, batch); err != nil && ctx.Err() == nil {
					e.Log.WarnContext(ctx, "the lease of a batch could not be prolonged", "delivery", d.ID, "error", err)
				}
			}
		}
	}()
	return func() {
		cancel()
		<-done
	}
}

func (e *Engine) prolong(ctx context.Context, d delivery, batch []claimed) error {
	_, err := e.DB.NewRaw(`
		UPDATE messages SET due_at = now() + ? * interval '1 second'
		WHERE delivery_id = ? AND delivery_month = ? AND customer_id = ANY(?::bigint[]) AND status = 'SENDING' AND lease_owner = ?`,
		e.lease().Seconds(), d.ID, d.DeliveryMonth, pgdialect.Array(customerIDs(batch)), e.Owner).Exec(ctx)
	return db.Fault(err)
}

func customerIDs(batch []claimed) []int64 {
	ids := make([]int64, len(batch))
	for i, m := range batch {
		ids[i] = m.CustomerID
	}
	return ids
}

// finish closes a delivery that has nothing left to send, and its campaign with
// the last one. The campaign's row is locked first, as everywhere.
func (e *Engine) finish(ctx context.Context, d delivery) error {
	if left, err := hasWork(ctx, e.DB, d); left || err != nil {
		return err
	}
	now := e.Clock.Now()
	return db.RunInTx(ctx, e.DB, func(ctx context.Context, tx db.Tx) error {
		row := new(db.Campaign)
		if err := lock(ctx, tx, row, d.CampaignID); err != nil {
			return err
		}
		done, err := tx.NewRaw(`UPDATE deliveries SET status = 'DONE', finished_at = ? WHERE id = ? AND status = 'SENDING'`, now, d.ID).Exec(ctx)
		if err != nil {
			return db.Fault(err)
		}
		if n, err := done.RowsAffected(); n == 0 || err != nil {
			return err
		}
		open, err := tx.NewSelect().Model((*db.Delivery)(nil)).Where("campaign_id = ? AND finished_at IS NULL", d.CampaignID).Exists(ctx)
		if err != nil || open {
			return db.Fault(err)
		}
		row.Status, row.FinishedAt = string(StatusSent), &now
		return saveState(ctx, tx, row, now)
	})
}

// hasWork reports whether a message of the delivery still waits for its
// outcome. Expanded deliveries only lose such messages, so that a no is final.
func hasWork(ctx context.Context, idb bun.IDB, d delivery) (bool, error) {
	var left bool
	err := idb.NewRaw(`SELECT EXISTS (SELECT 1 FROM messages WHERE delivery_id = ? AND delivery_month = ? AND status IN ('QUEUED', 'SENDING'))`,
		d.ID, d.DeliveryMonth).Scan(ctx, &left)
	return left, db.Fault(err)
}
