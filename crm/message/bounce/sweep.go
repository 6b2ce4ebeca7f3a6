package bounce

import (
	"context"
	"time"

	"github.com/meguri-crm/meguri/db"
)

// How long reports are kept: one about nothing that was found only to be
// counted, and so that it counts once; one about a message thrice as long as
// soft bounces look back, so that an answer to "why is this address suppressed"
// outlives the question.
const (
	keepUnmatched = 30 * 24 * time.Hour
	keepMatched   = 3 * softWindow
)

// sweepStep is how many rows go in one statement, so that a sweep that has much
// to do holds no lock for long.
const sweepStep = 20_000

// SweepJob is the daily reminder to forget old reports; its handler calls Sweep.
type SweepJob struct{}

// Kind names the job.
func (SweepJob) Kind() string { return "bounce.sweep" }

// Sweep deletes reports that nothing looks at any more. What they led to stays.
func (s *Service) Sweep(ctx context.Context) error {
	now := s.Clock.Now()
	if err := s.sweep(ctx, "customer_id IS NULL AND received_at < ?", now.Add(-keepUnmatched)); err != nil {
		return err
	}
	return s.sweep(ctx, "received_at < ?", now.Add(-keepMatched))
}

func (s *Service) sweep(ctx context.Context, which string, before time.Time) error {
	for {
		gone, err := s.DB.NewRaw(`DELETE FROM bounces WHERE id = ANY (ARRAY(SELECT id FROM bounces WHERE `+which+` LIMIT ?))`, before, sweepStep).Exec(ctx)
		if err != nil {
			return db.Fault(err)
		}
		if n, err := gone.RowsAffected(); n < sweepStep || err != nil {
			return db.Fault(err)
		}
	}
}
