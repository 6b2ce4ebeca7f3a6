package access

import (
	"context"
	"crypto/sha256"
	"errors"
	"strings"
	"sync"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/meguri-crm/meguri/crm/clock"
	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/db"
)

// SessionCheckEvery is how long a node trusts what it last read of a session, of a
// partner client or of tokens that were taken back. StreamCheckEvery is how often it
// asks that about the caller of an open stream. So what was taken away counts
// everywhere within five seconds, for streams, too.
const (
	SessionCheckEvery = 2 * time.Second
	StreamCheckEvery  = 3 * time.Second
)

// Bounds of the caches. Each holds at most twice as many entries.
const (
	tokenCacheSize   = 8192
	sessionCacheSize = 2048
	clientCacheSize  = 512
)

// Verifier turns access tokens into principals. Signatures are checked once per
// token and node, and what a token hangs on, a session or a partner client, once
// per SessionCheckEvery; expiry is checked each time. It is safe for concurrent use.
type Verifier struct {
	keys     *Keyring
	clock    clock.Clock
	db       *db.DB
	tokens   generations[[sha256.Size]byte, Principal]
	sessions generations[int64, sessionState]
	clients  generations[int64, clientState]

	revocations revocations
	federation  Federation // nil: only our own tokens hold
}

type sessionState struct {
	standing  bool
	role      Role
	checkedAt time.Time
}

// NewVerifier makes a verifier with empty caches.
func NewVerifier(d *db.DB, c clock.Clock, keys *Keyring) *Verifier {
	v := &Verifier{keys: keys, clock: c, db: d}
	v.tokens.size, v.sessions.size, v.clients.size = tokenCacheSize, sessionCacheSize, clientCacheSize
	return v
}

// Verify is the principal behind a token, with the scopes its role or its client
// has now. Errors: fault.Unauthenticated with code TOKEN_INVALID, TOKEN_EXPIRED,
// SESSION_ENDED, CLIENT_ENDED or TOKEN_REVOKED; fault.Unavailable when what the token hangs on
// cannot be looked up.
func (v *Verifier) Verify(ctx context.Context, token string) (Principal, error) {
	now := v.clock.Now()
	sum := sha256.Sum256([]byte(token))
	p, known, err := v.known(ctx, sum)
	if err != nil {
		return Principal{}, err
	}
	if !known {
		if p, err = v.open(ctx, token, now); err != nil {
			return Principal{}, err
		}
		v.tokens.put(sum, p)
	}
	return v.standing(ctx, p, now)
}

// Recheck asks again whether a long-lived caller may go on, e.g. behind a
// WebSocket. Errors are those of Verify.
func (v *Verifier) Recheck(ctx context.Context, p Principal) (Principal, error) {
	return v.standing(ctx, p, v.clock.Now())
}

// standing is the principal as far as what his token hangs on stands now.
func (v *Verifier) standing(ctx context.Context, p Principal, now time.Time) (Principal, error) {
	switch {
	case !now.Before(p.ExpiresAt):
		return Principal{}, tokenExpired()
	case p.Kind == ActorStaff:
		return v.underSession(ctx, p, now)
	case p.Kind == ActorClient:
		return v.underClient(ctx, p, now)
	}
	p, err := v.underIssuer(ctx, p, now)
	if err != nil {
		return Principal{}, err
	}
	return v.underCustomer(ctx, p, now)
}

// underIssuer holds a customer's token to who issued it, where that was not the
// merchant himself.
func (v *Verifier) underIssuer(ctx context.Context, p Principal, now time.Time) (Principal, error) {
	switch {
	case p.foreign.id != 0:
		return p, v.underFederation(ctx, p)
	case p.client.id != 0:
		return v.underClient(ctx, p, now)
	}
	return p, nil
}

func (v *Verifier) underSession(ctx context.Context, p Principal, now time.Time) (Principal, error) {
	s, known := v.sessions.get(p.SessionID)
	if !known || now.Sub(s.checkedAt) >= SessionCheckEvery {
		var err error
		if s, err = v.readSession(ctx, p, now); err != nil {
			return Principal{}, err
		}
		v.sessions.put(p.SessionID, s)
	}
	if !s.standing {
		return Principal{}, fault.New(fault.Unauthenticated, "this session has ended").WithCode("SESSION_ENDED")
	}
	p.Role = s.role
	p.Scopes &= s.role.Scopes()
	return p, nil
}

func (v *Verifier) readSession(ctx context.Context, p Principal, now time.Time) (sessionState, error) {
	s := sessionState{checkedAt: now}
	err := v.db.Pool.QueryRow(ctx, `
		SELECT session.revoked_at IS NULL AND session.expires_at > $3 AND staff.disabled_at IS NULL, staff.role
		FROM staff_sessions session JOIN staff ON staff.id = session.staff_id
		WHERE session.id = $1 AND session.staff_id = $2`, p.SessionID, p.ID, now).Scan(&s.standing, &s.role)
	if err != nil && !errors.Is(err, pgx.ErrNoRows) {
		return sessionState{}, db.Fault(err)
	}
	return s, nil
}

type clientState struct {
	standing  bool
	version   int
	scopes    ScopeSet
	allowance Allowance
	checkedAt time.Time
}

// underClient holds a client to what it may do now, and a customer's token to
// whether the client that issued it stands and may still issue any: who got hold
// of a secret, or of a client, can have issued tokens of everybody.
func (v *Verifier) underClient(ctx context.Context, p Principal, now time.Time) (Principal, error) {
	c, known := v.clients.get(p.client.id)
	if !known || now.Sub(c.checkedAt) >= SessionCheckEvery {
		var err error
		if c, err = v.readClient(ctx, p.client.id, now); err != nil {
			return Principal{}, err
		}
		v.clients.put(p.client.id, c)
	}
	if !c.standing || c.version != p.client.version || p.Kind == ActorCustomer && !c.scopes.Has(ScopeTokensIssue) {
		return Principal{}, fault.New(fault.Unauthenticated, "the client of this token has ended it").WithCode("CLIENT_ENDED")
	}
	if p.Kind == ActorClient {
		p.Scopes &= c.scopes
		p.Allowance = c.allowance
	}
	return p, nil
}

func (v *Verifier) readClient(ctx context.Context, id int64, now time.Time) (clientState, error) {
	c, scopes := clientState{checkedAt: now}, []string{}
	err := v.db.Pool.QueryRow(ctx, `
		SELECT disabled_at IS NULL, token_version, scopes, maximum_cost, restore_rate FROM api_clients WHERE id = $1`, id).
		Scan(&c.standing, &c.version, &scopes, &c.allowance.Maximum, &c.allowance.Restore)
	if err != nil && !errors.Is(err, pgx.ErrNoRows) {
		return clientState{}, db.Fault(err)
	}
	c.scopes = parseScopes(strings.Join(scopes, " ")) & clientScopes
	return c, nil
}

// generations is a bounded cache: when the young half is full, it becomes the
// old half and what was old is forgotten. Reads share a lock.
type generations[K comparable, V any] struct {
	size       int
	mu         sync.RWMutex
	young, old map[K]V
}

func (g *generations[K, V]) get(key K) (V, bool) {
	g.mu.RLock()
	defer g.mu.RUnlock()
	if v, ok := g.young[key]; ok {
		return v, true
	}
	v, ok := g.old[key]
	return v, ok
}

func (g *generations[K, V]) put(key K, value V) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.young == nil || len(g.young) >= g.size {
		g.old, g.young = g.young, make(map[K]V, g.size/8)
	}
	g.young[key] = value
}
