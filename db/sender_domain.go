package db

import (
	"time"

	"github.com/uptrace/bun"
)

// SenderDomain is a row of sender_domains.
type SenderDomain struct {
	bun.BaseModel `bun:"table:sender_domains,alias:sender_domain"`

	ID           int64 `bun:",pk,autoincrement"`
	Domain       string
	BounceDomain string
	CreatedAt    time.Time `bun:",nullzero,default:now()"`
}

// DKIMKey is a row of dkim_keys.
type DKIMKey struct {
	bun.BaseModel `bun:"table:dkim_keys,alias:dkim_key"`

	ID         int64 `bun:",pk,autoincrement"`
	DomainID   int64
	Algorithm  string
	Selector   string
	PublicKey  []byte
	PrivateKey []byte // encrypted
	Active     bool
	CreatedAt  time.Time `bun:",nullzero,default:now()"`
}

// Suppression is a row of suppressions: somebody who must not be written to, by
// the hash of his address, his member's number or his phone (Channel).
type Suppression struct {
	bun.BaseModel `bun:"table:suppressions,alias:suppression"`

	ID         int64 `bun:",autoincrement"`
	Channel    string
	ValueHash  []byte
	Reason     string
	At         time.Time
	Source     string
	CustomerID *int64     // whose address it was, where known
	Status     string     // enhanced code of the bounce
	OptedOutAt *time.Time // when the address last said no, whatever the reason is now
	ImportID   *int64     // of the list that told it last; nil: no list did
}

// Bounce is a row of bounces: one report about one message, or about none that
// could be found.
type Bounce struct {
	bun.BaseModel `bun:"table:bounces,alias:bounce"`

	ID            int64 `bun:",pk,autoincrement"`
	ReceivedAt    time.Time
	Digest        []byte
	Kind          string
	Status        string
	CustomerID    *int64
	DeliveryID    *int64
	DeliveryMonth *time.Time `bun:"type:date"`
	ValueHash     []byte
	Suppressed    bool
}
