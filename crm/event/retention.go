package event

import (
	"context"
	"time"

	"github.com/meguri-crm/meguri/db"
)

// How long behaviours are kept. Facts of other nouns (orders, points, messages,
// consents) stay in the stream for good.
const (
	// KeepBehaviour is how long what customers did is kept: a year and a month,
	// so that a season can be held against the one before.
	KeepBehaviour = MaxAge
	// KeepVisitor is how long what a visitor did waits for being told who it was.
	KeepVisitor = 90 * 24 * time.Hour
)

// SweepJob asks for Sweep.
type SweepJob struct{}

// Kind names the job.
func (SweepJob) Kind() string { return "event.sweep" }

// sweepStep is how many rows go in one transaction, so that a sweep that has
// much to do holds no lock for long.
const sweepStep = 20_000

// Sweep removes behaviours that were kept long enough, with their counts and
// keys. A key goes no earlier than events that old are refused, so that nothing
// can come in twice.
func (s *Service) Sweep(ctx context.Context) error {
	now := s.clock.Now()
	actions, kinds := actionsAndKinds() // with all of them named, the indexes by kind serve
	for _, step := range []struct {
		sql  string
		args []any
	}{
		{
			`DELETE FROM events WHERE (customer_id, occurred_at, id) IN
				(SELECT customer_id, occurred_at, id FROM events WHERE kind = ANY ($1) AND occurred_at < $2 LIMIT $3)`,
			[]any{kinds, now.Add(-KeepBehaviour), sweepStep},
		},
		{
			`DELETE FROM customer_behaviour WHERE ctid = ANY (ARRAY(SELECT ctid FROM customer_behaviour WHERE kind = ANY ($1) AND day < $2 LIMIT $3))`,
			[]any{actions, dayIn(now.Add(-KeepBehaviour), s.zone), sweepStep},
		},
		{
			`DELETE FROM visitor_events WHERE ctid = ANY (ARRAY(SELECT ctid FROM visitor_events WHERE occurred_at < $1 LIMIT $2))`,
			[]any{now.Add(-KeepVisitor), sweepStep},
		},
		{
			`DELETE FROM event_keys WHERE ctid = ANY (ARRAY(SELECT ctid FROM event_keys WHERE occurred_at < $1 LIMIT $2))`,
			[]any{now.Add(-MaxAge - 24*time.Hour), sweepStep},
		},
	} {
		if err := s.sweep(ctx, step.sql, step.args); err != nil {
			return err
		}
	}
	return nil
}

// sweep repeats a step until it finds little left.
func (s *Service) sweep(ctx context.Context, sql string, args []any) error {
	for {
		tag, err := s.db.Pool.Exec(ctx, sql, args...)
		if err != nil || tag.RowsAffected() < sweepStep {
			return db.Fault(err)
		}
	}
}
