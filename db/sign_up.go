package db

import (
	"encoding/json"
	"time"

	"github.com/uptrace/bun"
)

// SignUpForm is a row of sign_up_forms.
type SignUpForm struct {
	bun.BaseModel `bun:"table:sign_up_forms,alias:form"`

	ID         int64 `bun:",pk,autoincrement"`
	ShopID     int64
	Slug       string
	Version    int
	CreatedAt  time.Time
	ArchivedAt *time.Time
}

// SignUpFormVersion is a row of sign_up_form_versions, which are only ever added.
type SignUpFormVersion struct {
	bun.BaseModel `bun:"table:sign_up_form_versions,alias:version"`

	FormID    int64           `bun:",pk"`
	Version   int             `bun:",pk"`
	Content   json.RawMessage `bun:"type:jsonb"`
	CreatedAt time.Time
	CreatedBy *int64
}

// SignUp is a row of sign_ups: a form that somebody sent.
type SignUp struct {
	bun.BaseModel `bun:"table:sign_ups,alias:sign_up"`

	ID          int64 `bun:",pk,autoincrement"`
	FormID      int64
	FormVersion int
	AddressHash []byte
	Answers     json.RawMessage `bun:"type:jsonb,nullzero"`
	Locale      string
	IP          string `bun:"ip"`
	CreatedAt   time.Time
	ExpiresAt   time.Time
	Mails       int
	MailedAt    *time.Time
	Refusal     string
	ConfirmedAt *time.Time
	CustomerID  *int64
}
