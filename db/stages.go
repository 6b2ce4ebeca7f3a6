package db

import (
	"encoding/json"
	"time"

	"github.com/uptrace/bun"
)

// Stage is a step of the ladder. Thresholds of 0 are not asked for.
type Stage struct {
	bun.BaseModel `bun:"table:stages,alias:s"`

	ID              int64 `bun:",pk,autoincrement"`
	Code            string
	Name            string
	Position        int
	SpendThreshold  int64 // base currency, minor unit
	OrderThreshold  int64
	PointThreshold  int64  // points earned with purchases
	KeepSpend       *int64 // nil: as much as reaches it
	KeepOrders      *int64
	KeepPoints      *int64
	WindowMonths    int
	PointMultiplier int64    // basis points
	Benefits        []string `bun:",array"` // in the merchant's own words
	ArchivedAt      *time.Time
}

// MemberStage is where a member stands on the ladder.
type MemberStage struct {
	bun.BaseModel `bun:"table:member_stages,alias:ms"`

	CustomerID    int64 `bun:",pk"`
	StageID       int64
	EarnedStageID *int64 // what the purchases give, where another was given by hand; nil: StageID
	Since         time.Time
	LostOn        *time.Time `bun:"type:date"` // since when too little counts to keep it
	ByHandStageID *int64
	ByHandUntil   *time.Time `bun:"type:date"` // nil: for good
	Spend         int64
	Orders        int64
	Points        int64
	NextStageID   *int64 // nil at the top
	Missing       *int64 // spend to the next stage
	MissingOrders int64
	MissingPoints int64
	NextBy        *time.Time `bun:"type:date"` // the last day on which all of Spend counts; nil: nothing does yet, or there is no such day
	FallsTo       *int64     // nil: he keeps his stage
	FallsOn       *time.Time `bun:"type:date"`
	KeepBy        *time.Time `bun:"type:date"` // the last day on which the three below keep it
	KeepSpend     int64
	KeepOrders    int64
	KeepPoints    int64
	ReviewAt      *time.Time
	LadderVersion int64 // of the ladder he was placed by
}

// StageChange is one line of the history of a member's stage.
type StageChange struct {
	bun.BaseModel `bun:"table:stage_changes,alias:sc"`

	CustomerID int64 `bun:",pk"`
	ID         int64 `bun:",pk,autoincrement"`
	FromStage  *int64
	ToStage    int64
	At         time.Time
	Reason     string
	Spend      int64
	Orders     int64
	Points     int64
	Note       string
	Until      *time.Time `bun:"type:date"` // of a stage given by hand
	ActorKind  string
	ActorID    *int64
	ImportID   *int64 // that told the stage; nil: it came about here
}

// StageLadder is a ladder that holds, held or is planned.
type StageLadder struct {
	bun.BaseModel `bun:"table:stage_ladders,alias:sl"`

	ID          int64           `bun:",pk,autoincrement"`
	Ladder      json.RawMessage `bun:"type:jsonb"` // stage.Ladder
	MadeAt      time.Time
	MadeBy      *int64     // staff; nil: nobody of the staff
	StartsOn    *time.Time `bun:"type:date"` // the day it was planned for; nil: it held at once
	HeldFrom    *time.Time // nil: not yet
	WithdrawnAt *time.Time // a plan that was given up
}
