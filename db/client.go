package db

import (
	"time"

	"github.com/uptrace/bun"
)

// APIClient is a partner client: a program that calls the API in its own name.
type APIClient struct {
	bun.BaseModel `bun:"table:api_clients,alias:client"`

	ID           int64  `bun:",pk,autoincrement"`
	ClientID     string // its name in OAuth
	Name         string
	Scopes       []string `bun:",array"`
	MaximumCost  int
	RestoreRate  int
	TokenVersion int
	CreatedBy    *int64
	CreatedAt    time.Time `bun:",nullzero,default:now()"`
	UpdatedAt    time.Time `bun:",nullzero,default:now()"`
	LastUsedAt   *time.Time
	DisabledAt   *time.Time

	Secrets []*APIClientSecret `bun:"rel:has-many,join:id=client_id"` // the live ones
}

// APIClientSecret is a secret of a partner client, of which only the hash is kept.
type APIClientSecret struct {
	bun.BaseModel `bun:"table:api_client_secrets,alias:secret"`

	ID         int64 `bun:",pk,autoincrement"`
	ClientID   int64 // row of api_clients
	Slot       int
	Hash       []byte
	Hint       string
	CreatedBy  *int64
	CreatedAt  time.Time
	LastUsedAt *time.Time
	RevokedAt  *time.Time
}

// APIClientUsage is what a client asked for on one day.
type APIClientUsage struct {
	bun.BaseModel `bun:"table:api_client_usage,alias:usage"`

	ClientID  int64     `bun:",pk"`
	Day       time.Time `bun:",pk"`
	Requests  int64
	Cost      int64
	Throttled int64
	Failed    int64
	// Deprecated are requests that used what is deprecated.
	Deprecated int64
}

// TokenIssuer is an OIDC provider whose tokens are accepted for customers.
type TokenIssuer struct {
	bun.BaseModel `bun:"table:token_issuers,alias:issuer"`

	ID          int64 `bun:",pk,autoincrement"`
	Issuer      string
	Name        string
	JWKSURL     string   `bun:"jwks_url"`
	Audiences   []string `bun:",array"`
	Algorithms  []string `bun:",array"`
	SkewSeconds int
	ShopID      int64
	MemberClaim string
	FirstSeen   string
	Enroll      bool
	Version     int
	CreatedBy   *int64
	CreatedAt   time.Time
	UpdatedAt   time.Time
	DisabledAt  *time.Time
}
