package db

import (
	"time"

	"github.com/uptrace/bun"
)

// Reward is what points can be exchanged for.
type Reward struct {
	bun.BaseModel `bun:"table:rewards,alias:rw"`

	ID          int64 `bun:",pk,autoincrement"`
	Name        string
	Description string
	Kind        string // GIFT, OFFER
	Points      int64
	OfferID     *int64
	Stock       *int64
	PerCustomer *int
	CreatedAt   time.Time
	ArchivedAt  *time.Time
}

// RewardExchange is one exchange of points for a reward.
type RewardExchange struct {
	bun.BaseModel `bun:"table:reward_exchanges,alias:re"`

	CustomerID int64 `bun:",pk"`
	ID         int64 `bun:",pk,autoincrement"`
	RewardID   int64
	Points     int64
	BookedFor  int64
	BookingID  int64
	Status     string // ORDERED, HANDED_OVER, CANCELLED
	Code       string
	OrderedAt  time.Time
	ClosedAt   *time.Time
	ClosedBy   *int64
}

// PointAdjustment is a file of points to be given and taken.
type PointAdjustment struct {
	bun.BaseModel `bun:"table:point_adjustments,alias:pj"`

	ID            int64 `bun:",pk,autoincrement"`
	FileName      string
	Status        string // DRAFT, WAITING, APPROVED, BOOKED, REJECTED
	Lines         int
	Bad           int
	Granted       int64
	Taken         int64
	NeedsApproval bool
	Done          int
	Refused       int
	CreatedAt     time.Time
	CreatedBy     *int64
	SubmittedAt   *time.Time
	DecidedAt     *time.Time
	DecidedBy     *int64
	DecisionNote  string
	BookedAt      *time.Time
}

// PointAdjustmentLine is one line of such a file.
type PointAdjustmentLine struct {
	bun.BaseModel `bun:"table:point_adjustment_lines,alias:pjl"`

	AdjustmentID int64 `bun:",pk"`
	LineNo       int   `bun:",pk"`
	CustomerID   *int64
	Who          string
	Amount       int64
	Reason       string
	ExpiresOn    *time.Time
	Origin       string
	State        string // READY, BAD, BOOKED, REFUSED
	Code         string
	BookingID    *int64
}
