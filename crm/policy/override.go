package policy

import (
	"context"
	"time"

	"github.com/uptrace/bun"

	"github.com/meguri-crm/meguri/db"
)

// Override lifts one rule, in the version that spoke, for one content of one
// campaign.
type Override struct {
	ID          int64
	CampaignID  int64
	RuleID      string
	RuleVersion int
	Reason      string
	EvidenceNo  string // under which the mall approved it
	CreatedAt   time.Time
	CreatedBy   *int64 // staff
}

// OverridesOf are the overrides in force for a content of a campaign.
func OverridesOf(ctx context.Context, idb bun.IDB, campaignID int64, contentHash []byte) ([]Override, error) {
	var rows []*db.PolicyOverride
	err := idb.NewSelect().Model(&rows).Where("campaign_id = ? AND content_hash = ? AND withdrawn_at IS NULL", campaignID, contentHash).
		Order("id").Scan(ctx)
	if err != nil {
		return nil, db.Fault(err)
	}
	overrides := make([]Override, len(rows))
	for i, row := range rows {
		overrides[i] = overrideOf(row)
	}
	return overrides, nil
}

func overrideOf(row *db.PolicyOverride) Override {
	return Override{
		ID: row.ID, CampaignID: row.CampaignID, RuleID: row.RuleID, RuleVersion: row.RuleVersion, Reason: row.Reason,
		EvidenceNo: row.EvidenceNo, CreatedAt: row.CreatedAt, CreatedBy: row.CreatedBy,
	}
}
