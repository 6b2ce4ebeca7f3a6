package signup

import (
	"context"

	"github.com/meguri-crm/meguri/db"
)

// SweepJob is the reminder to forget forms that nobody has confirmed; its
// handler calls Sweep.
type SweepJob struct{}

// Kind names the job.
func (SweepJob) Kind() string { return "signup.sweep" }

// Sweep deletes forms that were not confirmed in time, with all that was
// written on them.
func (s *Service) Sweep(ctx context.Context) error {
	_, err := s.DB.NewRaw("DELETE FROM sign_ups WHERE confirmed_at IS NULL AND created_at < ?", s.Clock.Now().Add(-keepWaiting)).Exec(ctx)
	return db.Fault(err)
}
