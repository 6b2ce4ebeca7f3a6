package policy

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"
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
	EvidenceNo  string     // under which the mall approved it
	ValidUntil  *time.Time // the last day; nil: as long as content and rule stay
	CreatedAt   time.Time
	CreatedBy   *int64 // staff
}

// OverridesOf are the overrides in force on day for a content of a campaign.
func OverridesOf(ctx context.Context, idb bun.IDB, campaignID int64, contentHash []byte, day time.Time) ([]Override, error) {
	return db.Prepared(ctx, idb, pgx.RowToStructByPos[Override], `
		SELECT id, campaign_id, rule_id, rule_version, reason, evidence_no, valid_until, created_at, created_by FROM policy_overrides
		WHERE campaign_id = $1 AND content_hash = $2 AND withdrawn_at IS NULL AND (valid_until IS NULL OR valid_until >= $3) ORDER BY id`,
		campaignID, contentHash, day)
}

func overrideOf(row *db.PolicyOverride) Override {
	return Override{
		ID: row.ID, CampaignID: row.CampaignID, RuleID: row.RuleID, RuleVersion: row.RuleVersion, Reason: row.Reason,
		EvidenceNo: row.EvidenceNo, ValidUntil: row.ValidUntil, CreatedAt: row.CreatedAt, CreatedBy: row.CreatedBy,
	}
}

// Exemption is an override as a report tells it: with the name of who gave it,
// and when it was taken back.
type Exemption struct {
	Override
	By          string
	WithdrawnAt *time.Time
}

// ExemptionsOf are all overrides of a campaign, those taken back too, oldest
// first.
func ExemptionsOf(ctx context.Context, idb bun.IDB, campaignID int64) ([]Exemption, error) {
	var rows []struct {
		db.PolicyOverride `bun:",extend"`
		By                string
	}
	err := idb.NewSelect().Model(&rows).ColumnExpr("policy_override.*").
		ColumnExpr("coalesce((SELECT s.name FROM staff s WHERE s.id = policy_override.created_by), '') AS by").
		Where("policy_override.campaign_id = ?", campaignID).Order("policy_override.id").Scan(ctx)
	list := make([]Exemption, len(rows))
	for i := range rows {
		list[i] = Exemption{overrideOf(&rows[i].PolicyOverride), rows[i].By, rows[i].WithdrawnAt}
	}
	return list, db.Fault(err)
}
