package points

import (
	"context"
	"errors"
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

// Grant gives points to a member. A nil tx means a transaction of its own,
// which then is one round trip in the ordinary case.
// Errors: fault.Invalid (amount, expiry, key), fault.NotFound (customer),
// fault.Precondition NOT_A_MEMBER, fault.Conflict IDEMPOTENCY_KEY_REUSED.
func (s *Service) Grant(ctx context.Context, tx *db.Tx, r GrantRequest) (Receipt, error) {
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
	fast := func(q querier) (string, Receipt, error) {
		return scanFast(q.Query(ctx, `SELECT f.outcome, (f.booking).* FROM point_grant($1, $2, $3, $4, $5, $6, $7, $8, $9::text::jsonb, $10, $11, $12, $13, $14, $15, $16, $17::text::jsonb) f`,
			r.CustomerID, now, cause.key, cause.hash, r.Amount, t.EarnedAt, t.UsableAt, t.ExpiresAt, string(t.Rule),
			cause.Reason, cause.Note, cause.ShopID, cause.OrderNo, cause.OrderID, cause.actorKind(), cause.ActorID, string(cause.detail())))
	}
	general := func(q querier) (Receipt, error) {
		b, done, err := s.begin(ctx, q, r.CustomerID, cause, wanted{}, membersOnly)
		if done != nil || err != nil {
			return deref(done), err
		}
		if t.neverUsable(b.now) {
			return Receipt{}, fault.New(fault.Invalid, "points must be usable before they expire").At("expiresOn")
		}
		return b.finish(ctx, q, b.grant(b.now, r.Amount, t, cause))
	}
	if set.rolls() {
		fast = nil // which moves no last days
	}
	if t.neverUsable(now) || t.Origin == Paid {
		fast = nil // it knows free points only; a repeated request has its first result all the same, which the general way finds before it refuses
	}
	return s.run(ctx, tx, fast, general)
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
	return s.spend(ctx, tx, r, "REDEEM", redeemed)
}

// Deduct takes points away by hand; errors as of Redeem.
func (s *Service) Deduct(ctx context.Context, tx *db.Tx, r SpendRequest) (Receipt, error) {
	return s.spend(ctx, tx, r, "ADJUST", adjusted)
}

func (s *Service) spend(ctx context.Context, tx *db.Tx, r SpendRequest, kind, counter string) (Receipt, error) {
	if err := checkAmount(r.Amount); err != nil {
		return Receipt{}, err
	}
	cause, err := r.Cause.identified(r.Key, kind, r.Amount)
	if err != nil {
		return Receipt{}, err
	}
	fast := func(q querier) (string, Receipt, error) {
		return scanFast(q.Query(ctx, `SELECT f.outcome, (f.booking).* FROM point_spend($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15::text::jsonb) f`,
			r.CustomerID, s.clock.Now(), cause.key, cause.hash, r.Amount, kind, counter,
			cause.Reason, cause.Note, cause.ShopID, cause.OrderNo, cause.OrderID, cause.actorKind(), cause.ActorID, string(cause.detail())))
	}
	general := func(q querier) (Receipt, error) {
		b, done, err := s.begin(ctx, q, r.CustomerID, cause, wanted{}, anyone)
		if done != nil || err != nil {
			return deref(done), err
		}
		l, err := b.spend(b.now, kind, counter, r.Amount, cause)
		if err != nil {
			return Receipt{}, err
		}
		return b.finish(ctx, q, l)
	}
	set, err := s.current(ctx)
	if err != nil {
		return Receipt{}, err
	}
	if set.rolls() {
		fast = nil
	}
	return s.run(ctx, tx, fast, general)
}

// run tries the fast way, then the general one, in tx or in a transaction of
// its own. fast may be nil.
func (s *Service) run(ctx context.Context, tx *db.Tx, fast func(querier) (string, Receipt, error), general func(querier) (Receipt, error)) (r Receipt, err error) {
	both := func(q querier) error {
		outcome := outcomeGeneral
		if fast != nil {
			outcome, r, err = fast(q)
		}
		if err == nil && outcome == outcomeGeneral {
			r, err = general(q)
		}
		return err
	}
	if tx != nil {
		err = tx.Pgx(func(q pgx.Tx) error { return both(q) })
		return r, db.Fault(err)
	}
	if fast != nil {
		outcome, r, err := fast(s.db.Pool)
		if err != nil || outcome != outcomeGeneral {
			return r, err
		}
		fast = nil
	}
	err = db.RunInTx(ctx, s.db, func(_ context.Context, tx db.Tx) error {
		return tx.Pgx(func(q pgx.Tx) error { return both(q) })
	})
	return r, db.Fault(err)
}

const outcomeGeneral = "GENERAL"

// scanFast reads what point_grant and point_spend answer.
func scanFast(rows pgx.Rows, err error) (outcome string, r Receipt, _ error) {
	if err != nil {
		return "", r, db.Fault(err)
	}
	type answer struct {
		Outcome string
		db.PointBooking
	}
	a, err := pgx.CollectOneRow(rows, func(row pgx.CollectableRow) (answer, error) {
		var a answer
		if row.RawValues()[1] == nil { // no booking
			return a, row.Scan(append([]any{&a.Outcome}, make([]any, len(row.RawValues())-1)...)...)
		}
		b := &a.PointBooking
		return a, row.Scan(&a.Outcome, &b.CustomerID, &b.ID, &b.Kind, &b.Amount, &b.AvailableAfter, &b.OccurredAt, &b.IdempotencyKey, &b.RequestHash,
			&b.Reason, &b.Note, &b.ShopID, &b.OrderNo, &b.OrderID, &b.LotID, &b.HoldID, &b.ActorKind, &b.ActorID, &b.Detail, &b.Outstanding)
	})
	if err != nil {
		return "", r, db.Fault(err)
	}
	if a.Outcome == "REUSED" {
		return a.Outcome, r, keyReused()
	}
	return a.Outcome, Receipt{Booking: a.PointBooking, Replayed: a.Outcome == "REPLAYED"}, nil
}

// opened is a locked book at the instant of the booking.
type opened struct {
	*book
	now   time.Time
	asked int64 // the customer who was asked for
}

type admission bool

const (
	membersOnly admission = true
	anyone      admission = false
)

// begin locks the book of a customer, or of the one that survived a merge,
// brings it up to now and looks for an earlier result of the key. done is that
// result. When a merge was committed while we waited for the account, that of the
// survivor is locked beside it; should the merge be undone at the same moment,
// the database may end one of the two as Unavailable.
func (s *Service) begin(ctx context.Context, q querier, customer int64, c Cause, w wanted, who admission) (o opened, done *Receipt, err error) {
	o.asked = customer
	customer, member, err := settled(ctx, q, customer)
	if err != nil {
		return o, nil, err
	}
	if who == membersOnly && !member {
		return o, nil, fault.New(fault.Precondition, "only members of the loyalty program get points").WithCode("NOT_A_MEMBER").At("customerId")
	}
	books, err := lock(ctx, q, []int64{customer}, s.clock.Now(), w)
	if err != nil {
		return o, nil, err
	}
	o.book = books[customer]
	o.zone = s.zone
	earlier, found, err := o.findByKey(ctx, q, c)
	switch {
	case err != nil:
		return o, nil, err
	case found && string(earlier.RequestHash) != string(c.hash):
		return o, nil, keyReused()
	case found:
		return o, &Receipt{Booking: earlier, Replayed: true}, nil
	}
	o.now = maxTime(s.clock.Now(), o.account.UpdatedAt)
	o.advance(o.now)
	return o, nil, nil
}

// settled is resolve while nobody is merged, until the transaction ends: the
// account that is locked next is the survivor's for good, and no other.
func settled(ctx context.Context, q querier, customer int64) (survivor int64, member bool, err error) {
	if _, err := q.Exec(ctx, "SELECT pg_advisory_xact_lock_shared($1)", int64(db.PeopleLock)); err != nil {
		return 0, false, db.Fault(err)
	}
	return resolve(ctx, q, customer)
}

// resolve follows merges to the customer that survived.
// Errors: fault.NotFound; fault.Precondition for the stand-in of orders without a buyer.
func resolve(ctx context.Context, q querier, customer int64) (survivor int64, member bool, err error) {
	var anonymous bool
	err = q.QueryRow(ctx, `WITH RECURSIVE chain AS (
			SELECT id, merged_into, anonymous, member_since FROM customers WHERE id = $1
			UNION SELECT c.id, c.merged_into, c.anonymous, c.member_since FROM chain JOIN customers c ON c.id = chain.merged_into)
		SELECT id, anonymous, member_since IS NOT NULL FROM chain WHERE merged_into IS NULL`, customer).Scan(&survivor, &anonymous, &member)
	if errors.Is(err, pgx.ErrNoRows) {
		return 0, false, fault.New(fault.NotFound, "there is no such customer").At("customerId")
	}
	if err == nil && anonymous {
		err = fault.New(fault.Precondition, "this customer stands for buyers who are not known").WithCode("CUSTOMER_ANONYMOUS").At("customerId")
	}
	return survivor, member, db.Fault(err)
}

// findByKey is the earlier result of a request, if any.
func (o opened) findByKey(ctx context.Context, q querier, c Cause) (db.PointBooking, bool, error) {
	if o.asked != o.account.CustomerID || o.account.Kin {
		return findAmongKin(ctx, q, o.asked, o.account.CustomerID, c.key, c.hash)
	}
	return findByKey(ctx, q, o.asked, c.key)
}

// finish saves the book and makes the receipt of its line.
func (o opened) finish(ctx context.Context, q querier, l *line) (Receipt, error) {
	if err := save(ctx, q, []*book{o.book}); err != nil {
		return Receipt{}, err
	}
	if o.asked != l.CustomerID {
		if _, err := q.Exec(ctx, `INSERT INTO point_key_aliases (customer_id, idempotency_key, booked_for, booking_id) VALUES ($1, $2, $3, $4)`,
			o.asked, l.IdempotencyKey, l.CustomerID, l.ID); err != nil {
			return Receipt{}, db.Fault(err)
		}
	}
	return Receipt{Booking: l.PointBooking}, nil
}

func deref(r *Receipt) Receipt {
	if r == nil {
		return Receipt{}
	}
	return *r
}
