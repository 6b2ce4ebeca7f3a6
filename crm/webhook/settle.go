package webhook

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"time"

	"github.com/uptrace/bun"

	"github.com/meguri-crm/meguri/crm/access"
	"github.com/meguri-crm/meguri/crm/alert"
	"github.com/meguri-crm/meguri/crm/lease"
	"github.com/meguri-crm/meguri/db"
)

// settle writes what came of a batch: the deliveries, their log, and how the
// endpoint does. What was sent counts even when the work is stopped meanwhile.
// Errors: lease.ErrLost, lease.ErrStopped.
func (w *worker) settle(ctx context.Context, outcomes []*outcome) error {
	if len(outcomes) == 0 {
		return ctx.Err()
	}
	ctx = context.WithoutCancel(ctx)
	var stopped error
	err := db.RunInTx(ctx, w.s.DB, func(ctx context.Context, tx db.Tx) error {
		err := w.s.endpoints().Renew(ctx, tx, w.row.ID, w.owner)
		if errors.Is(err, lease.ErrStopped) {
			stopped, err = err, nil
		}
		if err != nil {
			return err
		}
		if err := w.write(ctx, tx, outcomes); err != nil {
			return err
		}
		return w.judge(ctx, tx, outcomes)
	})
	if err != nil {
		return err
	}
	return stopped
}

func (w *worker) write(ctx context.Context, tx db.Tx, outcomes []*outcome) error {
	now := w.s.Clock.Now()
	attempts := make([]*db.WebhookAttempt, len(outcomes))
	deliveries := make([]*db.WebhookDelivery, len(outcomes))
	for i, o := range outcomes {
		attempts[i] = &db.WebhookAttempt{DeliveryID: o.of.ID, At: o.at, TookMS: int(o.took.Milliseconds()), Answer: o.answer}
		if o.status != 0 {
			attempts[i].HTTPStatus = &o.status
		}
		if o.trouble != "" {
			attempts[i].Trouble = &o.trouble
		}
		deliveries[i] = w.after(o, now)
	}
	if _, err := tx.NewInsert().Model(&attempts).Exec(ctx); err != nil {
		return db.Fault(err)
	}
	// Staff may have replayed one meanwhile; what was sent counts all the same.
	values := tx.NewValues(&deliveries).Column("id", "status", "attempts", "next_at", "ended_at")
	_, err := tx.NewUpdate().With("n", values).Model((*db.WebhookDelivery)(nil)).TableExpr("n").
		Set("status = n.status, attempts = n.attempts, next_at = n.next_at, ended_at = n.ended_at").
		Where("delivery.id = n.id").Exec(ctx)
	return db.Fault(err)
}

// after is a delivery after an attempt.
func (w *worker) after(o *outcome, now time.Time) *db.WebhookDelivery {
	d := *o.of
	d.Attempts++
	switch {
	case o.trouble == "":
		d.Status, d.EndedAt = Delivered, &now
	case d.Attempts > len(pauses), now.Sub(d.CreatedAt) >= triedFor:
		d.Status, d.EndedAt = Dead, &now
	default:
		pause := max(pauses[d.Attempts-1], o.after)
		pause += time.Duration(w.s.Chance() * float64(pause) / 10) // not all at once when the endpoint is back
		d.NextAt = now.Add(pause)
	}
	return &d
}

// judge notes how the endpoint does. One that says it is gone (410) is stopped.
func (w *worker) judge(ctx context.Context, tx db.Tx, outcomes []*outcome) error {
	now := w.s.Clock.Now()
	took := slices.ContainsFunc(outcomes, func(o *outcome) bool { return o.trouble == "" })
	gone := slices.ContainsFunc(outcomes, func(o *outcome) bool { return o.status == http.StatusGone })
	switch {
	case took:
		w.row.Failures, w.row.FailingSince, w.row.DeliveredAt = 0, nil, &now
	default:
		w.row.Failures += len(outcomes)
		if w.row.FailingSince == nil {
			w.row.FailingSince = &now
		}
	}
	columns := []string{"failures", "failing_since", "delivered_at"}
	if gone {
		why := Gone
		w.row.Status, w.row.StoppedWhy = Stopped, &why
		columns = append(columns, "status", "stopped_why")
		if err := access.Audit(ctx, tx, access.Entry{Action: "webhook.gone", ObjectKind: kindEndpoint, ObjectID: w.row.ID}); err != nil {
			return err
		}
	}
	_, err := tx.NewUpdate().Model(w.row).WherePK().Column(columns...).Exec(ctx)
	return db.Fault(err)
}

// SweepJob gives up what cannot be delivered and forgets what is old; its
// handler calls Sweep.
type SweepJob struct{}

// Kind names the job.
func (SweepJob) Kind() string { return "webhook.sweep" }

// kept is how long events, deliveries and their log are kept.
const kept = 30 * 24 * time.Hour

// sweepBatch bounds one transaction of the sweeping.
const sweepBatch = 5_000

// Sweep gives up what has waited for a day for an endpoint that is down, and
// removes what is older than 30 days.
func (s *Service) Sweep(ctx context.Context) error {
	now := s.Clock.Now()
	err := again(ctx, s.DB, `UPDATE webhook_deliveries d SET status = 'DEAD', ended_at = ?1
		WHERE id IN (SELECT w.id FROM webhook_deliveries w JOIN webhook_endpoints e ON e.id = w.endpoint_id
			WHERE w.status = 'WAITING' AND w.created_at < ?2 AND e.status = 'ACTIVE' AND e.failing_since < ?2 LIMIT ?0)`, now, now.Add(-triedFor))
	if err != nil {
		return err
	}
	return again(ctx, s.DB, `DELETE FROM webhook_events WHERE id IN (SELECT e.id FROM webhook_events e
		WHERE e.at < ?1 AND NOT EXISTS (SELECT FROM webhook_deliveries d WHERE d.event_id = e.id AND d.created_at > ?1) ORDER BY e.id LIMIT ?0)`, now.Add(-kept))
}

// again runs a statement in batches (?0) until it changes nothing.
func again(ctx context.Context, d bun.IDB, statement string, args ...any) error {
	for {
		done, err := d.NewRaw(statement, append([]any{sweepBatch}, args...)...).Exec(ctx)
		if err != nil {
			return db.Fault(err)
		}
		if n, err := done.RowsAffected(); err != nil || n == 0 {
			return err
		}
	}
}

// tellTroubled is how long an endpoint fails before staff is told.
const tellTroubled = time.Hour

// Failing are the endpoints that take nothing, and those that said they are gone.
func (s *Service) Failing(ctx context.Context) ([]alert.Cause, error) {
	var rows []*db.WebhookEndpoint
	err := s.DB.NewSelect().Model(&rows).Where("status = 'ACTIVE' AND failing_since < ? OR stopped_why = 'GONE'", s.Clock.Now().Add(-tellTroubled)).
		Order("id").Limit(alert.MaxCauses).Scan(ctx)
	if err != nil {
		return nil, db.Fault(err)
	}
	causes := make([]alert.Cause, len(rows))
	for i, r := range rows {
		figures := map[string]any{"gone": r.Status == Stopped}
		if r.FailingSince != nil {
			figures["since"] = r.FailingSince.UTC().Format(time.RFC3339)
		}
		causes[i] = alert.Of(kindEndpoint, r.ID, r.Name, alert.Critical, figures)
	}
	return causes, nil
}
