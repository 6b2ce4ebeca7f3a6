package db

import (
	"time"

	"github.com/uptrace/bun"
)

// MallEventRule is a row of mall_event_rules: how a sale or a season comes back.
type MallEventRule struct {
	bun.BaseModel `bun:"table:mall_event_rules,alias:mall_event_rule"`

	Code       string  `bun:",pk"`
	Mall       *string // nil: a season, of no mall
	Name       string
	NameEN     string `bun:"name_en"`
	Kind       string
	Major      bool
	Months     []int `bun:",array"`
	Days       []int `bun:",array"`
	Weekday    *int
	Nth        int
	FirstDay   *int
	LastDay    *int
	OffsetDays int
	LengthDays int
	StartsTime string     `bun:"type:time"` // HH:MM:SS
	EndsTime   string     `bun:"type:time"`
	ValidFrom  *time.Time `bun:"type:date"`
	ValidTo    *time.Time `bun:"type:date"`
	Certainty  string
	Source     string
	ReviewedOn time.Time `bun:"type:date"`
}

// MallEventOccurrence is a row of mall_event_occurrences: what was announced,
// called off or entered by staff.
type MallEventOccurrence struct {
	bun.BaseModel `bun:"table:mall_event_occurrences,alias:mall_event_occurrence"`

	ID          int64 `bun:",pk,autoincrement"`
	RuleCode    *string
	PredictedOn *time.Time `bun:"type:date"`
	Mall        *string
	Name        string
	StartsAt    time.Time
	EndsAt      time.Time
	Status      string
	Source      string
	CreatedAt   time.Time `bun:",nullzero,default:now()"`
	UpdatedAt   time.Time `bun:",nullzero,default:now()"`
	CreatedBy   *int64
}
