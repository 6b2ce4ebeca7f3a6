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
}
