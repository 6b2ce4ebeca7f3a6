package access

import (
	"context"
	"crypto/sha256"
	"errors"
	"sync"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/meguri-crm/meguri/crm/clock"
	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/db"
)

// SessionCheckEvery is how long a node trusts what it last read of a session: a
// session that was ended, or a role that was taken away, counts everywhere
// after that at the latest.
const SessionCheckEvery = 5 * time.Second

// Bounds of the two caches. Each holds at most twice as many entries.
const (
	tokenCacheSize   = 8192
	sessionCacheSize = 2048
)

// Verifier turns access tokens into principals. Signatures are checked once per
// token and node, and the session of a staff token once per SessionCheckEvery;
// expiry is checked each time. Tokens of customers carry no session and need no
// query. It is safe for concurrent use.
type Verifier struct {
	keys     *Keyring
	clock    clock.Clock
	db       *db.DB
	tokens   generations[[sha256.Size]byte, Principal]
	sessions generations[int64, sessionState]
}

type sessionState struct {
	standing  bool
	role      Role
	checkedAt time.Time
}

// NewVerifier makes a verifier with empty caches.
func NewVerifier(d *db.DB, c clock.Clock, keys *Keyring) *Verifier {
	v := &Verifier{keys: keys, clock: c, db: d}
	v.tokens.size, v.sessions.size = tokenCacheSize, sessionCacheSize
	return v
}

// Verify is the principal behind a token, with the scopes its role has now.
// Errors: fault.Unauthenticated with code TOKEN_INVALID, TOKEN_EXPIRED or
// SESSION_ENDED; fault.Unavailable when the session cannot be looked up.
func (v *Verifier) Verify(ctx context.Context, token string) (Principal, error) {
	now := v.clock.Now()
	sum := sha256.Sum256([]byte(token))
	p, known := v.tokens.get(sum)
	if !known {
		var err error
		if p, err = v.keys.open(token, now); err != nil {
			return Principal{}, err
		}
		v.tokens.put(sum, p)
	}
	if !now.Before(p.ExpiresAt) {
		return Principal{}, tokenExpired()
	}
	if p.Kind != ActorStaff {
		return p, nil
	}
	return v.underSession(ctx, p, now)
}

// Recheck asks again whether a long-lived caller may go on, e.g. behind a
// WebSocket. Errors are those of Verify.
func (v *Verifier) Recheck(ctx context.Context, p Principal) (Principal, error) {
	now := v.clock.Now()
	if !now.Before(p.ExpiresAt) {
		return Principal{}, tokenExpired()
	}
	if p.Kind != ActorStaff {
		return p, nil
	}
	return v.underSession(ctx, p, now)
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
