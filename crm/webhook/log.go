package webhook

import (
	"context"
	"time"

	"github.com/uptrace/bun"

	"github.com/meguri-crm/meguri/crm/access"
	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/db"
)

// Narrow is which deliveries of an endpoint are asked for; zero values narrow nothing.
type Narrow struct {
	Status string
	Kind   Kind
}

// Deliveries lists deliveries of an endpoint, the newest first, with their
// events and attempts; before is the id after which the page begins, 0: none.
func (s *Service) Deliveries(ctx context.Context, endpoint int64, n Narrow, before int64, limit int) ([]*db.WebhookDelivery, error) {
	var rows []*db.WebhookDelivery
	q := logged(s.DB.NewSelect().Model(&rows)).Where("delivery.endpoint_id = ?", endpoint)
	if n.Status != "" {
		q = q.Where("delivery.status = ?", n.Status)
	}
	if n.Kind != "" {
		q = q.Where("event.kind = ?", n.Kind)
	}
	if before != 0 {
		q = q.Where("delivery.id < ?", before)
	}
	err := q.Order("delivery.id DESC").Limit(int64(limit)).Scan(ctx)
	return rows, db.Fault(err)
}

// Delivery is one delivery with its event and attempts. Errors: fault.NotFound.
func (s *Service) Delivery(ctx context.Context, id int64) (*db.WebhookDelivery, error) {
	row := new(db.WebhookDelivery)
	err := logged(s.DB.NewSelect().Model(row)).Where("delivery.id = ?", id).Scan(ctx)
	return row, db.Fault(err)
}

func logged(q *bun.SelectQuery) *bun.SelectQuery {
	return q.Relation("Event").Relation("Tries", func(q *bun.SelectQuery) *bun.SelectQuery { return q.Order("attempt.id") })
}

// Try sends an endpoint an event of the kind ping, as anything else is sent.
// Errors: fault.NotFound; fault.Precondition STOPPED.
func (s *Service) Try(ctx context.Context, endpoint int64) (*db.WebhookDelivery, error) {
	d := &db.WebhookDelivery{EndpointID: endpoint}
	err := s.waken(ctx, endpoint, "webhook.try", func(ctx context.Context, tx db.Tx, now time.Time) (map[string]any, error) {
		e := &db.WebhookEvent{Kind: string(Ping), At: now, Told: []byte("{}")}
		if _, err := tx.NewInsert().Model(e).Exec(ctx); err != nil {
			return nil, err
		}
		d.EventID, d.NextAt, d.CreatedAt = e.ID, now, now
		_, err := tx.NewInsert().Model(d).Returning("*").Exec(ctx)
		return nil, err
	})
	if err != nil {
		return nil, err
	}
	return s.Delivery(ctx, d.ID)
}

// Replay sends a delivery that has ended once more, under the same webhook-id.
// Errors: fault.NotFound; fault.Precondition STOPPED, WAITING.
func (s *Service) Replay(ctx context.Context, id int64) (*db.WebhookDelivery, error) {
	d, err := s.Delivery(ctx, id)
	if err != nil {
		return nil, err
	}
	err = s.waken(ctx, d.EndpointID, "webhook.replay", func(ctx context.Context, tx db.Tx, now time.Time) (map[string]any, error) {
		n, err := replay(ctx, tx, now, "endpoint_id = ? AND id = ? AND status <> 'WAITING'", d.EndpointID, id)
		if err == nil && n == 0 {
			err = fault.New(fault.Precondition, "it is on its way").WithCode("WAITING")
		}
		return map[string]any{"deliveries": n}, err
	})
	if err != nil {
		return nil, err
	}
	return s.Delivery(ctx, id)
}

// ReplayDead sends again what lies dead of an endpoint and happened since.
// Errors: as Replay.
func (s *Service) ReplayDead(ctx context.Context, endpoint int64, since time.Time) (n int64, err error) {
	err = s.waken(ctx, endpoint, "webhook.replay", func(ctx context.Context, tx db.Tx, now time.Time) (map[string]any, error) {
		n, err = replay(ctx, tx, now, "endpoint_id = ? AND status = 'DEAD' AND EXISTS (SELECT FROM webhook_events e WHERE e.id = event_id AND e.at >= ?)", endpoint, since)
		return map[string]any{"deliveries": n}, err
	})
	return n, err
}

// replay makes deliveries wait as if they were new.
func replay(ctx context.Context, tx db.Tx, now time.Time, where string, args ...any) (int64, error) {
	done, err := tx.NewUpdate().Model((*db.WebhookDelivery)(nil)).Set("status = 'WAITING', attempts = 0, ended_at = NULL, next_at = ?0, created_at = ?0", now).
		Where(where, args...).Exec(ctx)
	if err != nil {
		return 0, db.Fault(err)
	}
	return done.RowsAffected()
}

// waken changes what waits for an active endpoint and makes it due, also when it
// was thought to be down.
func (s *Service) waken(ctx context.Context, endpoint int64, action string, apply func(ctx context.Context, tx db.Tx, now time.Time) (map[string]any, error)) error {
	err := db.RunInTx(ctx, s.DB, func(ctx context.Context, tx db.Tx) error {
		row, err := lock(ctx, tx, endpoint)
		if err != nil {
			return err
		}
		if row.Status == Stopped {
			return fault.New(fault.Precondition, "the endpoint is stopped: resume it first").WithCode("STOPPED")
		}
		now := s.Clock.Now()
		detail, err := apply(ctx, tx, now)
		if err != nil {
			return db.Fault(err)
		}
		row.NextAt = now
		if _, err := tx.NewUpdate().Model(row).WherePK().Column("next_at").Exec(ctx); err != nil {
			return db.Fault(err)
		}
		return access.Audit(ctx, tx, access.Entry{Action: action, ObjectKind: kindEndpoint, ObjectID: endpoint, Detail: detail})
	})
	if err == nil {
		s.workers.Poke()
	}
	return err
}
