package db

import (
	"encoding/json"
	"time"

	"github.com/uptrace/bun"
)

// PolicyRule is a row of policy_rules: one version of one rule.
type PolicyRule struct {
	bun.BaseModel `bun:"table:policy_rules,alias:policy_rule"`

	ID            string          `bun:",pk"`
	Version       int             `bun:",pk"`
	EffectiveFrom time.Time       `bun:"type:date"`
	Scope         json.RawMessage `bun:"type:jsonb"`
	Condition     string
	Params        json.RawMessage `bun:"type:jsonb,nullzero,default:'{}'"`
	Severity      string
	Override      string
	Message       json.RawMessage `bun:"type:jsonb"`
	Remedy        json.RawMessage `bun:"type:jsonb"`
	Sources       []string        `bun:",array"`
	Certainty     string
	ReviewedOn    time.Time `bun:"type:date"`
	Enabled       bool
	Note          string
	CreatedAt     time.Time `bun:",nullzero,default:now()"`
	CreatedBy     *int64
}

// PolicyReview is a row of policy_reviews: a version was held against its
// sources.
type PolicyReview struct {
	bun.BaseModel `bun:"table:policy_reviews,alias:policy_review"`

	ID         int64 `bun:",pk,autoincrement"`
	RuleID     string
	Version    int
	ReviewedOn time.Time `bun:"type:date"`
	Note       string
	CreatedAt  time.Time `bun:",nullzero,default:now()"`
	CreatedBy  *int64
}

// PolicyOverride is a row of policy_overrides: a rule lifted for one content of
// one campaign.
type PolicyOverride struct {
	bun.BaseModel `bun:"table:policy_overrides,alias:policy_override"`

	ID          int64 `bun:",pk,autoincrement"`
	CampaignID  int64
	RuleID      string
	RuleVersion int
	ContentHash []byte
	Reason      string
	EvidenceNo  string
	ValidUntil  *time.Time `bun:"type:date"`
	CreatedAt   time.Time  `bun:",nullzero,default:now()"`
	CreatedBy   *int64
	WithdrawnAt *time.Time
	WithdrawnBy *int64
}
