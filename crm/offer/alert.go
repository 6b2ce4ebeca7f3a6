package offer

import (
	"context"

	"github.com/meguri-crm/meguri/crm/alert"
	"github.com/meguri-crm/meguri/db"
)

// A pool is low below this share of its codes, and below this many whatever its
// size.
const (
	lowShare = 10 // a tenth
	lowCodes = 20
)

// namedCampaigns is how many campaigns an alert names; of more it says how many.
const namedCampaigns = 3

// Low reports whether a pool from which codes have gone out holds few more, or
// one holds none at all.
func (f Figures) Low() bool {
	return f.Left == 0 || f.Left < f.Total && f.Left < max(f.Total/lowShare, lowCodes)
}

// LowPools are the code pools of campaigns that are being sent which hold few
// codes, and those of scheduled ones which hold fewer than these may need: the
// members of the segment as last counted. The campaigns are named, those that
// are being sent first.
func (s *Service) LowPools(ctx context.Context) ([]alert.Cause, error) {
	var pools []struct {
		ID, Total, Free, Needed, Count int64
		Name                           string
		Campaigns                      []string `bun:",array"`
	}
	err := s.DB.NewRaw(`
		WITH used AS (
			SELECT v.offer_id, coalesce(max(g.member_count) FILTER (WHERE c.status = 'SCHEDULED'), 0) AS needed, bool_or(c.status <> 'SCHEDULED') AS sending,
				count(DISTINCT c.id) AS count, (array_agg(c.name ORDER BY c.status = 'SCHEDULED', c.scheduled_at, c.id))[:?3] AS campaigns
			FROM campaigns c JOIN campaign_variants v ON v.campaign_id = c.id LEFT JOIN segments g ON g.id = c.segment_id
			WHERE c.status IN ('SCHEDULED', 'SENDING', 'PAUSED') AND c.archived_at IS NULL AND v.offer_id IS NOT NULL
			GROUP BY v.offer_id
		), pools AS (
			SELECT o.id, o.name, u.needed, u.sending, u.count, u.campaigns, (SELECT count(*) FROM offer_codes WHERE offer_id = o.id) AS total
			FROM used u JOIN offers o ON o.id = u.offer_id WHERE o.proof = 'CODE_POOL' AND o.archived_at IS NULL
		), least_of AS (
			SELECT *, greatest(needed, CASE WHEN sending THEN least(greatest(total / ?0, ?1), total) ELSE 0 END, 1) AS wanted FROM pools
		)
		SELECT p.id, p.name, p.needed, p.total, p.count, p.campaigns, f.free FROM least_of p CROSS JOIN LATERAL (
			SELECT count(*) AS free FROM (SELECT FROM offer_codes WHERE offer_id = p.id AND customer_id IS NULL LIMIT p.wanted) AS counted) AS f
		WHERE f.free < p.wanted ORDER BY f.free, p.id LIMIT ?2`,
		lowShare, lowCodes, alert.MaxCauses, namedCampaigns).Scan(ctx, &pools)
	causes := make([]alert.Cause, len(pools))
	for i, p := range pools {
		severity := alert.Warning
		if p.Free == 0 {
			severity = alert.Critical
		}
		causes[i] = alert.Of("Offer", p.ID, p.Name, severity, map[string]any{
			"left": p.Free, "total": p.Total, "needed": p.Needed, "campaigns": p.Campaigns, "moreCampaigns": p.Count - int64(len(p.Campaigns)),
		})
	}
	return causes, db.Fault(err)
}
