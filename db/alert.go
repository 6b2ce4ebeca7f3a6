package db

import (
	"encoding/json"
	"time"

	"github.com/uptrace/bun"
)

// Alert is a row of alerts.
type Alert struct {
	bun.BaseModel `bun:"table:alerts,alias:alert"`

	ID             int64 `bun:",pk,autoincrement"`
	Kind           string
	Cause          string
	Severity       string
	SubjectKind    string
	SubjectID      *int64
	SubjectName    string
	Figures        json.RawMessage `bun:"type:jsonb"`
	Times          int
	FirstSeenAt    time.Time
	LastSeenAt     time.Time
	ResolvedAt     *time.Time
	AcknowledgedAt *time.Time
	AcknowledgedBy *int64
}

// AlertMail is a row of alert_mails: somebody was told.
type AlertMail struct {
	bun.BaseModel `bun:"table:alert_mails,alias:alert_mail"`

	AlertID int64 `bun:",pk"`
	StaffID int64 `bun:",pk"`
	SentAt  time.Time
}

// LedgerCheck is a row of ledger_checks.
type LedgerCheck struct {
	bun.BaseModel `bun:"table:ledger_checks,alias:ledger_check"`

	ID            int64 `bun:",pk,autoincrement"`
	StartedAt     time.Time
	FinishedAt    time.Time
	Bookings      int64
	Entries       int64
	EntriesSum    int64
	Accounts      int64
	Lots          int64
	Outstanding   int64
	Discrepancies json.RawMessage `bun:"type:jsonb"`
}
