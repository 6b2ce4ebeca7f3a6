package db

import (
	"encoding/json"
	"time"

	"github.com/uptrace/bun"
)

// Staff is a person who works with Meguri.
type Staff struct {
	bun.BaseModel `bun:"table:staff,alias:staff"`

	ID           int64 `bun:",pk,autoincrement"`
	Email        string
	Name         string
	Role         string
	PasswordHash string
	Locale       string
	CreatedAt    time.Time  `bun:",nullzero,default:now()"`
	UpdatedAt    time.Time  `bun:",nullzero,default:now()"`
	LastSignInAt *time.Time `bun:"last_sign_in_at"`
	DisabledAt   *time.Time
}

// StaffSession is one sign-in: the family its refresh tokens belong to.
type StaffSession struct {
	bun.BaseModel `bun:"table:staff_sessions,alias:session"`

	ID            int64 `bun:",pk,autoincrement"`
	StaffID       int64
	CreatedAt     time.Time
	LastUsedAt    time.Time
	ExpiresAt     time.Time
	RevokedAt     *time.Time
	RevokedReason *string
	UserAgent     string
	IP            string
}

// RefreshToken is one link of a session's chain; only the hash of the token is kept.
type RefreshToken struct {
	bun.BaseModel `bun:"table:refresh_tokens,alias:token"`

	TokenHash []byte `bun:",pk"`
	SessionID int64
	IssuedAt  time.Time
	UsedAt    *time.Time
}

// AuditEntry is one change and who made it. It is never updated.
type AuditEntry struct {
	bun.BaseModel `bun:"table:audit_log,alias:entry"`

	ID         int64     `bun:",pk,autoincrement"`
	At         time.Time `bun:",nullzero,default:now()"`
	ActorKind  string
	ActorID    *int64
	Action     string
	ObjectKind string
	ObjectID   *int64
	Detail     json.RawMessage `bun:"type:jsonb"`
	RequestID  string
}
