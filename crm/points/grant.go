package points

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/db"
)

// GrantRequest asks for points that no order earned.
type GrantRequest struct {
	CustomerID int64
	Amount     int64
	UsableAt   *time.Time // nil: at once
	ExpiresAt  *time.Time // nil: as the settings say
	Origin     Origin     // empty: free
	Key        string     // idempotency key, unique per customer
	Cause      Cause
}

// Grant gives points to a member. A nil tx means a transaction of its own.
// Errors: fault.Invalid (amount, expiry, key), fault.NotFound (customer),
// fault.Precondition NOT_A_MEMBER, fault.Conflict IDEMPOTENCY_KEY_REUSED.
func (s *Service) Grant(ctx context.Context, tx *db.Tx, r GrantRequest) (Receipt, error) {
	return s.grantLogged(ctx, tx, r, "")
}

func (s *Service) grantLogged(ctx context.Context, tx *db.Tx, r GrantRequest, audited string) (Receipt, error) {
	if err := checkAmount(r.Amount); err != nil {
		return Receipt{}, err
	}
	what := []any{"GRANT", r.Amount, text(r.UsableAt), text(r.ExpiresAt)}
	if r.Origin == Paid { // the hashes of others stay what they were
		what = append(what, r.Origin)
	}
	cause, err := r.Cause.identified(r.Key, what...)
	if err != nil {
		return Receipt{}, err
	}
	set, err := s.current(ctx)
	if err != nil {
		return Receipt{}, err
	}
	now := s.clock.Now()
	t := Terms{EarnedAt: now, UsableAt: r.UsableAt, ExpiresAt: r.ExpiresAt, Rule: []byte("{}"), Origin: r.Origin}
	if t.UsableAt == nil {
		t.UsableAt = &now
	}
	if t.ExpiresAt == nil {
		stage, err := s.stageFor(ctx, tx, set, r.CustomerID)
		if err != nil {
			return Receipt{}, err
		}
		t = t.expiring(set, stage, s.zone)
	}
	rc, _, err := s.book(ctx, tx, &request{
		customer: r.CustomerID, cause: cause, who: membersOnly, makesLot: true, audited: audited,
		do: func(o opened, _ *hold) (*line, error) {
			if t.neverUsable(o.now) {
				return nil, fault.New(fault.Invalid, "points must be usable before they expire").At("expiresOn")
			}
			return o.grant(o.now, r.Amount, t, cause), nil
		},
	})
	return rc, err
}

// Origin says whether points were given or bought.
type Origin string

// The origins. Bought points are a prepaid means of payment (資金決済法).
const (
	Free Origin = "FREE"
	Paid Origin = "PAID"
)

// expiring are the terms with the last day that the settings give points of a
// member on stage, and with how it moves.
func (t Terms) expiring(set Settings, stage string, zone *time.Location) Terms {
	t.ExpiresAt = set.ExpiresAt(t.EarnedAt, stage, zone)
	if set.Expiry == ExpireAfterActivity {
		l := set.lifetime(stage)
		t.Rolls = &l
	}
	return t
}

// stageFor is the code of the customer's stage where the settings let points
// live by it, else "".
func (s *Service) stageFor(ctx context.Context, tx *db.Tx, set Settings, customer int64) (code string, err error) {
	if !set.byMonths() || len(set.StageMonths) == 0 {
		return "", nil
	}
	read := func(q querier) error {
		return q.QueryRow(ctx, `SELECT coalesce((SELECT s.code FROM member_stages m JOIN stages s ON s.id = m.stage_id WHERE m.customer_id = $1), '')`, customer).Scan(&code)
	}
	if tx == nil {
		err = read(s.db.Pool)
	} else {
		err = tx.Pgx(func(q pgx.Tx) error { return read(q) })
	}
	return code, db.Fault(err)
}

// neverUsable reports whether the points would be gone before, or as soon as,
// they can be used.
func (t Terms) neverUsable(now time.Time) bool {
	return t.ExpiresAt != nil && (!t.ExpiresAt.After(now) || t.UsableAt != nil && !t.ExpiresAt.After(*t.UsableAt))
}

// SpendRequest asks for points to be taken from the balance.
type SpendRequest struct {
	CustomerID int64
	Amount     int64
	Key        string
	Cause      Cause // ShopID with OrderNo lets a cancellation give the points back
}

// Redeem spends points of the customer at once.
// Errors: fault.Invalid (amount, key), fault.NotFound (customer),
// fault.Precondition INSUFFICIENT_POINTS, fault.Conflict IDEMPOTENCY_KEY_REUSED.
func (s *Service) Redeem(ctx context.Context, tx *db.Tx, r SpendRequest) (Receipt, error) {
	return s.spendLogged(ctx, tx, r, "REDEEM", redeemed, "")
}

// Deduct takes points away by hand; errors as of Redeem.
func (s *Service) Deduct(ctx context.Context, tx *db.Tx, r SpendRequest) (Receipt, error) {
	return s.spendLogged(ctx, tx, r, "ADJUST", adjusted, "")
}

func (s *Service) spendLogged(ctx context.Context, tx *db.Tx, r SpendRequest, kind, counter, audited string) (Receipt, error) {
	if err := checkAmount(r.Amount); err != nil {
		return Receipt{}, err
	}
	cause, err := r.Cause.identified(r.Key, kind, r.Amount)
	if err != nil {
		return Receipt{}, err
	}
	rc, _, err := s.book(ctx, tx, &request{
		customer: r.CustomerID, cause: cause, who: anyone, audited: audited,
		do: func(o opened, _ *hold) (*line, error) { return o.spend(o.now, kind, counter, r.Amount, cause) },
	})
	return rc, err
}
