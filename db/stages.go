package db

import (
	"time"

	"github.com/uptrace/bun"
)

// Stage is a step of the ladder.
type Stage struct {
	bun.BaseModel `bun:"table:stages,alias:s"`

	ID              int64 `bun:",pk,autoincrement"`
	Code            string
	Name            string
	Position        int
	SpendThreshold  int64 // base currency, minor unit
	WindowMonths    int
	PointMultiplier int64 // basis points
}

// MemberStage is where a member stands on the ladder.
type MemberStage struct {
	bun.BaseModel `bun:"table:member_stages,alias:ms"`

	CustomerID  int64 `bun:",pk"`
	StageID     int64
	Since       time.Time
	Spend       int64
	NextStageID *int64     // nil at the top
	Missing     *int64     // to the next stage
	NextBy      *time.Time `bun:"type:date"` // the last day on which all of Spend counts; nil: nothing does yet
	ReviewAt    *time.Time
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
}
