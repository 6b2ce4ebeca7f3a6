package db

import (
	"encoding/json"
	"time"

	"github.com/uptrace/bun"
)

// Shop is a row of shops.
type Shop struct {
	bun.BaseModel `bun:"table:shops,alias:shop"`

	ID         int64 `bun:",pk,autoincrement"`
	Code       string
	Name       string
	Mall       string
	Currency   string    `bun:",nullzero,default:'JPY'"`
	URL        string    `bun:"url"`
	MoreURLs   []string  `bun:"more_urls,array,nullzero,default:'{}'"` // of the shop's own site
	CreatedAt  time.Time `bun:",nullzero,default:now()"`
	ArchivedAt *time.Time
}

// Customer is a row of customers.
type Customer struct {
	bun.BaseModel `bun:"table:customers,alias:customer"`

	ID          int64 `bun:",pk,autoincrement"`
	Anonymous   bool
	FamilyName  string
	GivenName   string
	FamilyKana  string
	GivenKana   string
	Email       string
	Phone       string
	PostalCode  string
	Prefecture  string
	City        string
	AddressLine string
	Country     string     `bun:",nullzero,default:'JP'"`
	Gender      string     `bun:",nullzero,default:'UNKNOWN'"`
	BirthDate   *time.Time `bun:"type:date"`

	BirthDateToldAt *time.Time // by himself; nil: never

	SearchText  string
	HintPhone   *int64 // hashes of what others may share; see crm/customer
	HintAddress *int64
	MemberSince *time.Time
	MemberVia   *string
	MergedInto  *int64
	ErasedAt    *time.Time // nothing of the person is left
	CreatedAt   time.Time  `bun:",nullzero,default:now()"`
	UpdatedAt   time.Time  `bun:",nullzero,default:now()"`
}

// Identity is a row of identities: one appearance of a customer on a shop.
type Identity struct {
	bun.BaseModel `bun:"table:identities,alias:identity"`

	CustomerID  int64  `bun:",pk"`
	ID          int64  `bun:",autoincrement"` // for merges; unique by its sequence
	ShopID      int64  `bun:",pk"`
	Kind        string `bun:",pk"`
	Value       string `bun:",pk"`
	Reason      string
	Score       int
	ImportID    *int64
	FirstSeenAt time.Time
	LastSeenAt  time.Time

	MergedAs *string `bun:",scanonly"` // reason of the merge that brought it to this customer
}

// IdentityKey is a row of identity_keys, which makes an identity unique across customers.
type IdentityKey struct {
	bun.BaseModel `bun:"table:identity_keys,alias:identity_key"`

	Kind       string `bun:",pk"`
	ShopID     int64  `bun:",pk"`
	Value      string `bun:",pk"`
	CustomerID int64
	LearnedBy  *int64 // hash of the key that decided when this one came
}

// Consent is a row of consents, which are only ever added; a merge may hand them on.
type Consent struct {
	bun.BaseModel `bun:"table:consents,alias:consent"`

	CustomerID   int64 `bun:",pk"`
	ID           int64 `bun:",pk,autoincrement"`
	Channel      string
	Purpose      string `bun:",nullzero,default:'MARKETING'"`
	State        string
	OriginShopID int64
	OccurredAt   time.Time
	Method       string
	Wording      string
	Evidence     json.RawMessage `bun:"type:jsonb,nullzero,default:'{}'"`
	RecordedAt   time.Time       `bun:",nullzero,default:now()"`
	RecordedBy   *int64
}
