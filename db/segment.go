package db

import (
	"encoding/json"
	"time"

	"github.com/uptrace/bun"
)

// Segment is a named rule over customers.
type Segment struct {
	bun.BaseModel `bun:"table:segments,alias:sg"`

	ID          int64 `bun:",pk,autoincrement"`
	Name        string
	Description string
	Rule        json.RawMessage `bun:"type:jsonb"`
	Fixed       bool            // its people are those of segment_picks; the rule names itself
	MemberCount *int64          // when last computed
	ComputedAt  *time.Time
	CreatedAt   time.Time
	UpdatedAt   time.Time
	CreatedBy   *int64
	ArchivedAt  *time.Time
}
