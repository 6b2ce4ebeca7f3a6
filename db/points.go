package db

import (
	"encoding/json"
	"time"

	"github.com/uptrace/bun"
)

// PointAccount is a customer's balance: the sum of the entries, kept with them.
type PointAccount struct {
	bun.BaseModel `bun:"table:point_accounts,alias:pa"`

	CustomerID         int64 `bun:",pk"`
	Available          int64
	Pending            int64
	Held               int64
	Debt               int64
	ExpiringNextOn     *time.Time
	ExpiringNextAmount int64
	DueAt              *time.Time // when time next changes something
	UpdatedAt          time.Time
	Kin                bool       // has ever been part of a merge
	OpenedAt           *time.Time // the books of a former system were closed then: earlier orders earn nothing
}

// PointBooking is one immutable line of the ledger.
type PointBooking struct {
	bun.BaseModel `bun:"table:point_bookings,alias:pb"`

	CustomerID     int64 `bun:",pk"`
	ID             int64 `bun:",pk"`
	Kind           string
	Amount         int64
	AvailableAfter int64
	OccurredAt     time.Time
	IdempotencyKey string
	RequestHash    []byte
	Reason         string
	Note           string
	ShopID         *int64
	OrderNo        *string
	OrderID        *int64
	LotID          *int64
	HoldID         *int64
	ActorKind      string
	ActorID        *int64
	Detail         json.RawMessage `bun:"type:jsonb"`
	Outstanding    int64           // what it did to available, pending and held points together
}

// PointEntry is one posting of a booking.
type PointEntry struct {
	bun.BaseModel `bun:"table:point_entries,alias:pe"`

	CustomerID int64  `bun:",pk"`
	BookingID  int64  `bun:",pk"`
	Account    string `bun:",pk"`
	LotID      int64  `bun:",pk"`
	Amount     int64
}

// PointLot is what is left of one grant.
type PointLot struct {
	bun.BaseModel `bun:"table:point_lots,alias:pl"`

	CustomerID int64 `bun:",pk"`
	ID         int64 `bun:",pk"`
	BookingID  int64
	Amount     int64
	Remaining  int64 // held ones count
	Held       int64
	ClawedBack int64
	Status     string // PENDING, USABLE, DONE
	EarnedAt   time.Time
	UsableAt   *time.Time
	ExpiresAt  *time.Time
	OrderID    *int64
	Rule       json.RawMessage `bun:"type:jsonb"`
	// Of points that live by activity: how many months after the last one, to the
	// end of what (DAY, MONTH, QUARTER, YEAR). Nil: their last day stands.
	RollingMonths *int
	RollingTo     *string
	Origin        string // FREE, PAID
	ParentID      *int64 // of a part that a hold had reserved when its lot went to another customer
}

// PointHold is a reservation for a checkout.
type PointHold struct {
	bun.BaseModel `bun:"table:point_holds,alias:ph"`

	CustomerID  int64 `bun:",pk"`
	ID          int64 `bun:",pk"`
	Amount      int64
	Captured    int64
	Status      string                // OPEN, CAPTURED, RELEASED, LAPSED
	Allocations []PointHoldAllocation `bun:"type:jsonb"`
	CreatedAt   time.Time
	ExpiresAt   time.Time
	ShopID      *int64
	OrderNo     *string
}

// PointHoldAllocation is what a hold took from one lot.
type PointHoldAllocation struct {
	Lot    int64 `json:"lot"`
	Amount int64 `json:"amount"`
}

// EarnRuleVersion is a version of a rule by which points are earned. Never changed.
type EarnRuleVersion struct {
	bun.BaseModel `bun:"table:earn_rule_versions,alias:ev"`

	ID         int64 `bun:",pk,autoincrement"`
	RuleID     int64
	Version    int64
	Name       string
	Enabled    bool
	Definition json.RawMessage `bun:"type:jsonb"`
	CreatedAt  time.Time
	ActorKind  string
	ActorID    *int64
}
