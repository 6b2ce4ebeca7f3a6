package db

import (
	"time"

	"github.com/uptrace/bun"
)

// Offer is a row of offers. Value is in the minor unit, in basis points, or a
// multiplier in basis points, by Kind.
type Offer struct {
	bun.BaseModel `bun:"table:offers,alias:offer"`

	ID         int64 `bun:",pk,autoincrement"`
	Name       string
	Mall       string
	Kind       string
	Value      int64
	Proof      string
	SharedCode string
	StartsAt   time.Time
	EndsAt     time.Time
	Terms      string
	CreatedAt  time.Time `bun:",nullzero,default:now()"`
	UpdatedAt  time.Time `bun:",nullzero,default:now()"`
	ArchivedAt *time.Time

	ForMembers  bool
	MinStageID  *int64 // the lowest stage whose members may take it; nil: every member
	MemberLimit *int64 // how many members may take it; nil: any number
}

// OfferCode is a row of offer_codes: one code of a pool, free while CustomerID
// is nil.
type OfferCode struct {
	bun.BaseModel `bun:"table:offer_codes,alias:offer_code"`

	OfferID     int64  `bun:",pk"`
	Code        string `bun:",pk"`
	CustomerID  *int64
	MessageID   *int64
	IssuedAt    *time.Time
	UsedAt      *time.Time
	UsedOrderID *int64
}
