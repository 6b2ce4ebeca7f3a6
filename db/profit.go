package db

import (
	"time"

	"github.com/uptrace/bun"
)

// FeeRate is a row of fee_rates: what a mall takes of an order from a day on.
type FeeRate struct {
	bun.BaseModel `bun:"table:fee_rates,alias:fee_rate"`

	ID            int64 `bun:",pk,autoincrement"`
	Mall          string
	ShopID        *int64 // nil: every shop on the mall
	Kind          string
	Basis         string    // NET_SALES, TOTAL
	Rate          int       // basis points
	Amount        int64     // per order
	EffectiveFrom time.Time `bun:"type:date"`
	Estimated     bool
	Source        string
	CheckedOn     *time.Time `bun:"type:date"`
	Note          string
	CreatedAt     time.Time `bun:",nullzero,default:now()"`
	CreatedBy     *int64
	WithdrawnAt   *time.Time
}
