package db

import (
	"encoding/json"
	"time"

	"github.com/uptrace/bun"
)

// Candidate is a row of identity_candidates: two customers who may be one.
type Candidate struct {
	bun.BaseModel `bun:"table:identity_candidates,alias:candidate" json:"-"`

	CustomerID   int64 `bun:",pk"` // the smaller id
	OtherID      int64 `bun:",pk"`
	Reason       string
	Score        int
	Agree        []string `bun:",array"`
	Differ       []string `bun:",array"`
	Household    bool
	Status       string
	DecidedScore *int
	DecidedAs    *string
	DecidedAt    *time.Time
	DecidedBy    *int64
	CreatedAt    time.Time
	UpdatedAt    time.Time
}

// Merge is a row of customer_merges.
type Merge struct {
	bun.BaseModel `bun:"table:customer_merges,alias:merge"`

	CustomerID       int64 `bun:",pk"` // the one who stays
	ID               int64 `bun:",pk,autoincrement"`
	MergedID         int64
	Reason           string
	Score            int
	Agree            []string        `bun:",array"`
	Differ           []string        `bun:",array"`
	ProfileBefore    json.RawMessage `bun:"type:jsonb"`
	ProfileAfter     json.RawMessage `bun:"type:jsonb"`
	CandidatesBefore json.RawMessage `bun:"type:jsonb"`
	OrdersCount      int
	MergedAt         time.Time
	MergedBy         *int64
	SettledAt        *time.Time
	UndoneAt         *time.Time
	UndoneBy         *int64
	BatchID          *int64 // of candidates accepted at once
}

// CandidateBatch is a row of candidate_batches: candidates accepted at once.
type CandidateBatch struct {
	bun.BaseModel `bun:"table:candidate_batches,alias:candidate_batch"`

	ID         int64 `bun:",pk,autoincrement"`
	MinScore   int
	Pairs      int
	Merged     int
	LeftOver   int
	Undone     int
	Status     string
	CreatedAt  time.Time
	CreatedBy  *int64
	FinishedAt *time.Time
	UndoneAt   *time.Time
	UndoneBy   *int64
}
