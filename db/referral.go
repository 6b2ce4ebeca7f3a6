package db

import (
	"time"

	"github.com/uptrace/bun"
)

// Referral is a row of referrals: a friend whom a member brought.
type Referral struct {
	bun.BaseModel `bun:"table:referrals,alias:referral"`

	CustomerID     int64 `bun:",pk"` // the friend
	ID             int64 `bun:",pk,autoincrement"`
	ReferrerID     int64
	Code           string
	Way            string
	ReferredAt     time.Time
	OrderBy        time.Time
	MinAmount      int64
	WaitDays       int
	FirstOrder     bool
	Status         string
	Reason         string
	Flags          []string `bun:",array"`
	OrderID        *int64
	DueAt          *time.Time
	ApprovedAt     *time.Time
	DecidedAt      *time.Time
	DecidedBy      *int64
	DecisionNote   string
	RewardedAt     *time.Time
	ReferrerPoints int64
	FriendPoints   int64
	ChangedAt      time.Time
}
