package referral

import (
	"context"
	"time"

	"github.com/meguri-crm/meguri/crm/alert"
	"github.com/meguri-crm/meguri/db"
)

// Undecided are the referrals that staff should look at, all as one cause: until
// somebody has decided, nobody gets points for them.
func (s *Service) Undecided(ctx context.Context) ([]alert.Cause, error) {
	var flagged struct {
		Count int64
		Since *time.Time
	}
	err := s.DB.NewRaw(`SELECT count(*) AS count, min(changed_at) AS since FROM referrals WHERE status = 'FLAGGED'`).Scan(ctx, &flagged)
	if err != nil || flagged.Count == 0 {
		return nil, db.Fault(err)
	}
	days := int64(s.Clock.Now().Sub(*flagged.Since) / (24 * time.Hour))
	return []alert.Cause{{Severity: alert.Warning, Figures: map[string]any{"referrals": flagged.Count, "days": days}}}, nil
}
