package db

import (
	"encoding/json"
	"time"

	"github.com/uptrace/bun"
)

// PrivacyRequest is a row of privacy_requests, without its file.
type PrivacyRequest struct {
	bun.BaseModel `bun:"table:privacy_requests,alias:request"`

	CustomerID    int64     `bun:",pk"`
	ID            int64     `bun:",pk,autoincrement"`
	Kind          string    // EXPORT, ERASURE
	AskedVia      string    // MAIL, PHONE, STORE, LETTER, OTHER
	AskedOn       time.Time `bun:"type:date"`
	DueOn         time.Time `bun:"type:date"`
	Status        string    // OPEN, WORKING, DONE, REFUSED, FAILED
	CreatedAt     time.Time
	CreatedBy     *int64
	DecidedAt     *time.Time
	DecidedBy     *int64
	Refusal       string
	Steps         int
	StepsDone     int
	Outcome       json.RawMessage `bun:"type:jsonb,nullzero,default:'{}'"`
	FileExpiresAt *time.Time
}

// RetentionRun is a row of retention_runs.
type RetentionRun struct {
	bun.BaseModel `bun:"table:retention_runs,alias:run"`

	ID      int64 `bun:",pk,autoincrement"`
	RanAt   time.Time
	Removed json.RawMessage `bun:"type:jsonb"`
}
