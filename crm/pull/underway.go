package pull

import (
	"context"
	"time"

	"github.com/meguri-crm/meguri/crm/underway"
	"github.com/meguri-crm/meguri/db"
)

// Underway are the first pulls of shops that run or wait for their turn: they
// take hours. Later ones are over before anybody looks.
func (s *Service) Underway(ctx context.Context) ([]underway.Job, error) {
	var rows []struct {
		ID                int64
		Name              string
		StartedAt         time.Time
		Fetched, Expected int64
		Waiting           bool
	}
	err := s.DB.NewRaw(`SELECT c.id, s.name, p.started_at, p.fetched, p.expected, c.lease_until IS NULL OR c.lease_until < now() AS waiting
		FROM pulls p JOIN pull_connections c ON c.id = p.connection_id JOIN shops s ON s.id = c.shop_id
		WHERE p.status = ? AND p.first AND c.status = ? ORDER BY p.id LIMIT ?`, open, active, underway.Max).Scan(ctx, &rows)
	jobs := make([]underway.Job, len(rows))
	for i, r := range rows {
		jobs[i] = underway.Job{Kind: underway.Pull, SubjectKind: "MallConnection", SubjectID: r.ID, Name: r.Name, Waiting: r.Waiting, StartedAt: r.StartedAt}
		jobs[i].Progress = underway.Share(r.Fetched, r.Expected)
	}
	return jobs, db.Fault(err)
}
