package access

import (
	"context"
	"sync"
	"sync/atomic"
	"time"

	"github.com/uptrace/bun"
	"github.com/uptrace/bun/dialect/pgdialect"

	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/db"
)

// EndCustomerTokens takes back all tokens of customers, and of those who were
// merged into them, in the transaction of what makes it necessary; every node
// refuses them within SessionCheckEvery. Tokens that are issued later work.
func EndCustomerTokens(ctx context.Context, tx bun.IDB, customers []int64, now time.Time) error {
	_, err := tx.NewRaw(`
		WITH RECURSIVE person AS (
			SELECT unnest(?0::bigint[]) AS id UNION SELECT c.id FROM customers c JOIN person p ON c.merged_into = p.id)
		INSERT INTO customer_token_versions AS v (customer_id, version, revoked_at) SELECT id, 1, ?1 FROM person
		ON CONFLICT (customer_id) DO UPDATE SET version = v.version + 1, revoked_at = excluded.revoked_at`,
		pgdialect.Array(customers), now).Exec(ctx)
	return db.Fault(err)
}

// RevokeCustomerTokens is EndCustomerTokens as an act of the caller.
func (s *Service) RevokeCustomerTokens(ctx context.Context, customerID int64) error {
	return db.RunInTx(ctx, s.db, func(ctx context.Context, tx db.Tx) error {
		if err := EndCustomerTokens(ctx, tx, []int64{customerID}, s.clock.Now()); err != nil {
			return err
		}
		return Audit(ctx, tx, Entry{Action: "customer.revoke_tokens", ObjectKind: "Customer", ObjectID: customerID})
	})
}

// revocation is up to when the tokens of a customer are taken back: those of an
// older version, or, where a token bears none, issued no later than at.
type revocation struct {
	version int
	at      time.Time
}

// revocations are those of the last MaxTokenTTL, read at once: older ones are
// about tokens that have ended by themselves. So a request of a customer costs
// no statement, and a node one every SessionCheckEvery while customers come.
type revocations struct {
	mu   sync.Mutex // held by who reads them
	last atomic.Pointer[revoked]
}

type revoked struct {
	of        map[int64]revocation
	checkedAt time.Time
}

// underCustomer refuses tokens that were taken back.
func (v *Verifier) underCustomer(ctx context.Context, p Principal, now time.Time) (Principal, error) {
	all, err := v.revoked(ctx, now)
	if err != nil {
		return Principal{}, err
	}
	r, some := all.of[p.ID]
	if some && (p.issuedAt.IsZero() && p.version < r.version || !p.issuedAt.IsZero() && !p.issuedAt.After(r.at)) {
		return Principal{}, fault.New(fault.Unauthenticated, "this token was taken back").WithCode("TOKEN_REVOKED")
	}
	return p, nil
}

func (v *Verifier) revoked(ctx context.Context, now time.Time) (*revoked, error) {
	fresh := func() *revoked {
		if r := v.revocations.last.Load(); r != nil && now.Sub(r.checkedAt) < SessionCheckEvery {
			return r
		}
		return nil
	}
	if r := fresh(); r != nil {
		return r, nil
	}
	v.revocations.mu.Lock()
	defer v.revocations.mu.Unlock()
	if r := fresh(); r != nil {
		return r, nil
	}
	r, err := v.readRevoked(ctx, now)
	if err == nil {
		v.revocations.last.Store(r)
	}
	return r, err
}

func (v *Verifier) readRevoked(ctx context.Context, now time.Time) (*revoked, error) {
	r := &revoked{of: map[int64]revocation{}, checkedAt: now}
	rows, err := v.db.Pool.Query(ctx, `SELECT customer_id, version, revoked_at FROM customer_token_versions WHERE revoked_at > $1`, now.Add(-MaxTokenTTL-time.Hour))
	if err != nil {
		return nil, db.Fault(err)
	}
	defer rows.Close()
	for rows.Next() {
		var id int64
		var one revocation
		if err := rows.Scan(&id, &one.version, &one.at); err != nil {
			return nil, db.Fault(err)
		}
		r.of[id] = one
	}
	return r, db.Fault(rows.Err())
}
