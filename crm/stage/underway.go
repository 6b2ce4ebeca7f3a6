package stage

import (
	"context"
	"time"

	"github.com/meguri-crm/meguri/crm/underway"
	"github.com/meguri-crm/meguri/db"
)

// Underway is the placing of members by a ladder that was changed, while any of
// them is not placed by it yet.
func (s *Service) Underway(ctx context.Context) ([]underway.Job, error) {
	left, err := s.Unplaced(ctx)
	if err != nil || left == 0 {
		return nil, err
	}
	var since struct {
		Members   int
		UpdatedAt time.Time
	}
	err = s.db.NewRaw(`SELECT (SELECT count(*) FROM member_stages) AS members, updated_at FROM settings WHERE key = ?`, settingsKey).Scan(ctx, &since)
	progress := 1 - float64(left)/float64(max(since.Members, 1))
	return []underway.Job{{Kind: underway.Stages, Progress: &progress, Waiting: progress == 0, StartedAt: since.UpdatedAt}}, db.Fault(err)
}
