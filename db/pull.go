package db

import (
	"encoding/json"
	"time"

	"github.com/uptrace/bun"
)

// PullConnection is a row of pull_connections: how one shop's orders are pulled.
type PullConnection struct {
	bun.BaseModel `bun:"table:pull_connections,alias:pull_connection"`

	ID           int64 `bun:",pk,autoincrement"`
	ShopID       int64
	Service      string
	Status       string            `bun:",nullzero,default:'ACTIVE'"`
	Settings     map[string]string `bun:"type:jsonb"`
	Sealed       []byte            `json:"-"`
	EnteredAt    time.Time
	ExpiresAt    *time.Time
	ExpiresKnown bool
	CheckedAt    *time.Time
	EveryMinutes int
	FirstFrom    time.Time
	PulledTo     *time.Time
	NextAt       time.Time
	Failures     int
	Trouble      json.RawMessage `bun:"type:jsonb,nullzero"`
	TroubleSince *time.Time
	LeaseOwner   *string
	LeaseUntil   *time.Time
	CreatedAt    time.Time
	CreatedBy    *int64
}

// Pull is a row of pulls: one pull of one span.
type Pull struct {
	bun.BaseModel `bun:"table:pulls,alias:pull"`

	ID           int64 `bun:",pk,autoincrement"`
	ConnectionID int64
	Status       string `bun:",nullzero,default:'OPEN'"`
	First        bool
	FromAt       time.Time
	ToAt         time.Time
	Cursor       json.RawMessage `bun:"type:jsonb,nullzero"`
	Fetched      int64
	Known        int64
	Expected     int64
	Pending      int
	Complete     bool
	StartedAt    time.Time
	FinishedAt   *time.Time
}
