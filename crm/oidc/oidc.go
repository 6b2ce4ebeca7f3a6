// Package oidc accepts the tokens that the merchant's own OpenID provider gives
// its shoppers, so that his app needs no token of ours besides.
//
// It owns the providers and what of their tokens is believed, their keys, and
// whom a token means. It promises that nothing of a token is used before its
// signature, algorithm, issuer, audience and times hold, but for the issuer's
// name, which only chooses whose keys to try; that keys are fetched over https
// and seldom, however many tokens with made-up key ids come; that a change of
// a provider counts on every node within RecheckEvery; and that a first-seen
// subject becomes a customer exactly as the provider's setting says. It leaves
// what a customer may do to crm/access, and who is who to crm/customer.
package oidc

import (
	"context"
	"log/slog"
	"net/http"
	"sync"
	"sync/atomic"
	"time"

	"github.com/meguri-crm/meguri/crm/clock"
	"github.com/meguri-crm/meguri/crm/customer"
	"github.com/meguri-crm/meguri/db"
)

// RecheckEvery is how long a node goes by what it last read of the providers.
const RecheckEvery = 5 * time.Second

// Customers finds and makes people.
type Customers interface {
	Lookup(ctx context.Context, n customer.Named) (int64, error)
	CreateIn(ctx context.Context, tx db.Tx, m customer.Meeting, others *customer.Others) (*db.Customer, error)
	CompleteIn(ctx context.Context, tx db.Tx, id int64, m customer.Meeting) (*db.Customer, error)
	Enroll(ctx context.Context, id int64, via string) (*db.Customer, error)
}

// Service knows the providers.
type Service struct {
	db     *db.DB
	clock  clock.Clock
	people Customers
	log    *slog.Logger
	http   *http.Client

	inForce atomic.Pointer[providers]
	reading sync.Mutex // held by who reads the providers

	mu   sync.Mutex
	keys map[int64]*keySet // by provider
}

// providers are those in force, by what their tokens call them.
type providers struct {
	byName    map[string]*db.TokenIssuer
	byID      map[int64]*db.TokenIssuer
	checkedAt time.Time
}

// New makes the service; transport fetches keys (nil: the default one).
func New(d *db.DB, c clock.Clock, people Customers, log *slog.Logger, transport http.RoundTripper) *Service {
	return &Service{db: d, clock: c, people: people, log: log, http: newClient(transport), keys: map[int64]*keySet{}}
}

// Close ends the fetching of keys.
func (s *Service) Close() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for id, set := range s.keys {
		set.stop()
		delete(s.keys, id)
	}
}

// current are the providers in force, as of RecheckEvery ago at most.
func (s *Service) current(ctx context.Context) (*providers, error) {
	now := s.clock.Now()
	if p := s.inForce.Load(); p != nil && now.Sub(p.checkedAt) < RecheckEvery {
		return p, nil
	}
	s.reading.Lock()
	defer s.reading.Unlock()
	if p := s.inForce.Load(); p != nil && now.Sub(p.checkedAt) < RecheckEvery {
		return p, nil
	}
	var rows []*db.TokenIssuer
	if err := s.db.NewSelect().Model(&rows).Where("disabled_at IS NULL").Scan(ctx); err != nil {
		return nil, db.Fault(err)
	}
	p := &providers{byName: map[string]*db.TokenIssuer{}, byID: map[int64]*db.TokenIssuer{}, checkedAt: now}
	for _, row := range rows {
		p.byName[row.Issuer], p.byID[row.ID] = row, row
	}
	s.inForce.Store(p)
	return p, nil
}

// Stands reports whether what a provider was at version still holds.
func (s *Service) Stands(ctx context.Context, id int64, version int) (bool, error) {
	p, err := s.current(ctx)
	if err != nil {
		return false, err
	}
	row, ok := p.byID[id]
	return ok && row.Version == version, nil
}
