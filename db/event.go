package db

import (
	"time"

	"github.com/uptrace/bun"
)

// WriteKey is a row of write_keys: what pages of a shop send events with.
type WriteKey struct {
	bun.BaseModel `bun:"table:write_keys,alias:write_key"`

	ID        int64 `bun:",pk,autoincrement"`
	ShopID    int64
	Key       string
	Origins   []string `bun:",array"`
	CreatedAt time.Time
	CreatedBy *int64
	RevokedAt *time.Time
}
