// Package partner is what programs of partners do that takes more than one noun:
// tokens for their signed-in shoppers, customers with everything known of them,
// orders and what comes back of them, offers at a till, products and stock.
//
// It owns how a program names a customer and what one call of it may bring. It
// promises that a customer's token is given for one customer who exists, and
// that what is sent twice is there once. How orders are taken in is crm/intake's,
// what is known of products crm/product's, who may use an offer crm/offer's. Who
// the program is, and tokens themselves, are crm/access's; who is who is
// crm/customer's.
package partner

import (
	"context"
	"time"

	"github.com/meguri-crm/meguri/crm/customer"
	"github.com/meguri-crm/meguri/crm/once"
	"github.com/meguri-crm/meguri/crm/referral"
	"github.com/meguri-crm/meguri/db"
)

// memberVia is how somebody became a member whom a program enrolled.
const memberVia = "API"

// Customers finds and changes people.
type Customers interface {
	Lookup(ctx context.Context, n customer.Named) (int64, error)
	Enroll(ctx context.Context, id int64, via string) (*db.Customer, error)
	Update(ctx context.Context, id int64, p customer.Profile) (*db.Customer, error)
	Record(ctx context.Context, w customer.Word) (*db.Consent, *db.Customer, error)
	ConsentsInForce(ctx context.Context, customerIDs []int64) (map[int64][]db.Consent, error)
}

// Referrals takes down who sent somebody.
type Referrals interface {
	Refer(ctx context.Context, tx *db.Tx, friend int64, code string, way referral.Way) (*db.Referral, error)
}

// Tokens are those of customers.
type Tokens interface {
	CustomerToken(ctx context.Context, customerID int64, ttl time.Duration) (string, error)
	RevokeCustomerTokens(ctx context.Context, customerID int64) error
}

// Clock tells the time.
type Clock interface{ Now() time.Time }

// Service serves programs of partners.
type Service struct {
	Customers  Customers
	Entries    Entries
	Properties Properties
	Tokens     Tokens
	Referrals  Referrals
	Clock      Clock
	Once       *once.Service
	Orders     Orders
	Offers     Offers
	Goods      Goods
}

// Token is an access token of a customer.
type Token struct {
	CustomerID int64
	Value      string
	ExpiresAt  time.Time
}

// IssueToken gives the program a token of a shopper whom it has signed in, and
// makes him a member where enroll says so. Errors: as of customer.Lookup;
// fault.Invalid OUT_OF_RANGE at ttlSeconds.
func (s *Service) IssueToken(ctx context.Context, n customer.Named, enroll bool, ttl time.Duration) (*Token, error) {
	id, err := s.Customers.Lookup(ctx, n)
	if err != nil {
		return nil, err
	}
	if enroll {
		if _, err := s.Customers.Enroll(ctx, id, memberVia); err != nil {
			return nil, err
		}
	}
	expires := s.Clock.Now().Add(ttl)
	value, err := s.Tokens.CustomerToken(ctx, id, ttl)
	if err != nil {
		return nil, err
	}
	return &Token{CustomerID: id, Value: value, ExpiresAt: expires}, nil
}

// RevokeTokens takes all tokens of a customer back and tells who it was.
// Errors: as of customer.Lookup.
func (s *Service) RevokeTokens(ctx context.Context, n customer.Named) (int64, error) {
	id, err := s.Customers.Lookup(ctx, n)
	if err != nil {
		return 0, err
	}
	return id, s.Tokens.RevokeCustomerTokens(ctx, id)
}
