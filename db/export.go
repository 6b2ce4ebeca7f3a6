package db

import (
	"time"

	"github.com/uptrace/bun"
)

// Export is a row of exports: a file of objects that somebody asked for.
type Export struct {
	bun.BaseModel `bun:"table:exports,alias:export"`

	ID           int64 `bun:",pk,autoincrement"`
	Kind         string
	ChangedSince *time.Time
	ShopID       *int64
	SegmentID    *int64
	ActorKind    string
	ActorID      int64
	Status       string `bun:",nullzero,default:'QUEUED'"`
	ErrorCode    *string
	Estimated    *int64
	Objects      int64
	Size         int64 // bytes of the lines
	Packed       int64 // bytes of the parts
	Checksum     int64 // CRC-32 of the lines
	Parts        int
	Place        []string `bun:",array"`
	LeaseOwner   *string
	LeaseUntil   *time.Time
	CreatedAt    time.Time
	StartedAt    *time.Time
	FinishedAt   *time.Time
	ExpiresAt    *time.Time
}
