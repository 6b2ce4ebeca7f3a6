package campaign

import (
	"context"
	"time"

	"github.com/meguri-crm/meguri/crm/underway"
	"github.com/meguri-crm/meguri/db"
)

// Underway are the campaigns that are being sent. How far one is cannot be said
// before its audience is told apart.
func (s *Service) Underway(ctx context.Context) ([]underway.Job, error) {
	var rows []struct {
		ID, Audience, Queued int64
		Name                 string
		SentAt               time.Time
		Expanding            bool
	}
	err := s.DB.NewRaw(`
		SELECT c.id, c.name, coalesce(c.sent_at, c.updated_at) AS sent_at,
			EXISTS (SELECT FROM deliveries d WHERE d.campaign_id = c.id AND (d.expanded_at IS NULL OR d.rest) AND d.finished_at IS NULL) AS expanding,
			coalesce(f.audience, 0) AS audience, coalesce(f.queued, 0) AS queued
		FROM campaigns c LEFT JOIN LATERAL (
			SELECT (sum(value) FILTER (WHERE metric = 'AUDIENCE'))::bigint AS audience, (sum(value) FILTER (WHERE metric = 'QUEUED'))::bigint AS queued
			FROM campaign_counters WHERE campaign_id = c.id AND metric IN ('AUDIENCE', 'QUEUED')) f ON true
		WHERE c.status = 'SENDING' AND c.archived_at IS NULL ORDER BY c.id LIMIT ?`, underway.Max).Scan(ctx, &rows)
	jobs := make([]underway.Job, len(rows))
	for i, r := range rows {
		jobs[i] = underway.Job{Kind: underway.Send, SubjectKind: "Campaign", SubjectID: r.ID, Name: r.Name, StartedAt: r.SentAt}
		if !r.Expanding {
			jobs[i].Progress = underway.Share(r.Audience-r.Queued, r.Audience)
		}
	}
	return jobs, db.Fault(err)
}
