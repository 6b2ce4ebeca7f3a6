package db

import (
	"time"

	"github.com/uptrace/bun"
)

// MailChange is a row of mail_changes: another mail address that somebody gave.
type MailChange struct {
	bun.BaseModel `bun:"table:mail_changes,alias:mail_change"`

	CustomerID  int64   `bun:",pk"`
	ID          int64   `bun:",pk,autoincrement"`
	Address     *string // nil once it is his
	AddressHash []byte
	Former      *string // which is still to be told of it
	Locale      string
	CreatedAt   time.Time
	ExpiresAt   time.Time
	MailedAt    *time.Time
	Refusal     string
	ConfirmedAt *time.Time
}
