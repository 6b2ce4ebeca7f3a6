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

	SecondStep   bool `bun:",scanonly"` // the sign-in asks for a code
	OpenSessions int  `bun:",scanonly"`
}

// StaffInvite is an invitation to become staff; open until it is accepted or revoked.
type StaffInvite struct {
	bun.BaseModel `bun:"table:staff_invites,alias:invite"`

	ID         int64 `bun:",pk,autoincrement"`
	Email      string
	Role       string
	Locale     string
	InvitedBy  *int64
	Nonce      []byte
	KeyHash    []byte
	CreatedAt  time.Time
	ExpiresAt  time.Time
	MailedAt   *time.Time
	Refusal    string
	AcceptedAt *time.Time
	StaffID    *int64
	RevokedAt  *time.Time
}

// PasswordReset is a request for a new password; StaffID is nil for an address
// that nobody has.
type PasswordReset struct {
	bun.BaseModel `bun:"table:password_resets,alias:reset"`

	ID        int64 `bun:",pk,autoincrement"`
	StaffID   *int64
	Nonce     []byte
	KeyHash   []byte
	CreatedAt time.Time
	ExpiresAt time.Time
	UsedAt    *time.Time
}

// StaffTOTP is the second step of a person's sign-in, asked for once confirmed.
type StaffTOTP struct {
	bun.BaseModel `bun:"table:staff_totp,alias:totp"`

	StaffID     int64  `bun:",pk"`
	Secret      []byte // sealed
	CreatedAt   time.Time
	ConfirmedAt *time.Time
	LastStep    int64
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
