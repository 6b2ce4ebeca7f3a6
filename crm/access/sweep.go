package access

import (
	"context"

	"github.com/meguri-crm/meguri/db"
)

// keepEndedDays is how long a session that has ended can still be looked at.
const keepEndedDays = 30

// SweepJob is the daily reminder to forget what is over; its handler calls Sweep.
type SweepJob struct{}

// Kind names the job.
func (SweepJob) Kind() string { return "access.sweep" }

// Sweep deletes sessions that ended long ago, with their refresh tokens, requests
// for passwords that are over, and attempts that no limit counts any more. The
// audit log stays.
func (s *Service) Sweep(ctx context.Context) error {
	now := s.clock.Now()
	_, err := s.db.NewDelete().Model((*db.StaffSession)(nil)).
		Where("coalesce(revoked_at, expires_at) < ?", now.AddDate(0, 0, -keepEndedDays)).Exec(ctx)
	if err != nil {
		return db.Fault(err)
	}
	_, err = s.db.NewDelete().Model((*db.PasswordReset)(nil)).Where("expires_at < ?", now.AddDate(0, 0, -keepEndedDays)).Exec(ctx)
	if err != nil {
		return db.Fault(err)
	}
	_, err = s.db.NewRaw(`DELETE FROM sign_in_throttles WHERE window_starts < ?`, now.Add(-longestWindow)).Exec(ctx)
	return db.Fault(err)
}
