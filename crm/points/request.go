package points

import (
	"context"
	"errors"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/meguri-crm/meguri/crm/access"
	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/db"
)

// request is a booking that somebody asks for: what it does to the book of a
// customer, once that is locked and brought up to now.
type request struct {
	customer  int64
	hold      int64 // to be captured or released; 0: none
	cause     Cause
	who       admission
	makesLot  bool
	makesHold bool
	audited   string // the action in the audit log; empty: whoever calls sees to that
	// do writes the line, or refuses and changes nothing.
	do func(o opened, h *hold) (*line, error)
}

// book books what is asked for, and answers with the hold that it is about, if
// any. Without a transaction of the caller's it is booked together with what
// others ask for at the same time.
func (s *Service) book(ctx context.Context, tx *db.Tx, r *request) (Receipt, db.PointHold, error) {
	if tx == nil {
		return s.together(ctx, r)
	}
	var a *turn
	err := tx.Pgx(func(q pgx.Tx) error {
		a = &turn{request: r, ctx: ctx}
		if err := s.bookAll(ctx, q, []*turn{a}); err != nil {
			return err
		}
		if a.alone {
			a.receipt, a.after, a.err = s.bookAlone(ctx, q, r)
		}
		return a.err
	})
	return a.receipt, a.after, db.Fault(err)
}

// bookAlone books by the way that knows of everything: of customers who were
// merged or are not known, and of keys that were used before.
func (s *Service) bookAlone(ctx context.Context, q querier, r *request) (rc Receipt, after db.PointHold, err error) {
	o, done, err := s.beginFor(ctx, q, r)
	if err != nil {
		return rc, after, err
	}
	if done != nil {
		if done.Booking.HoldID != nil {
			after, err = findHold(ctx, q, done.Booking, o.account.CustomerID)
		}
		return *done, after, err
	}
	l, err := r.do(o, o.holdByID(r.hold))
	if err != nil {
		return rc, after, err
	}
	rc, err = o.finish(ctx, q, l)
	return rc, l.heldAs(), err
}

func (s *Service) beginFor(ctx context.Context, q querier, r *request) (opened, *Receipt, error) {
	if r.hold != 0 {
		return s.beginHold(ctx, q, r.customer, r.hold, r.cause)
	}
	return s.begin(ctx, q, r.customer, r.cause, wanted{}, r.who)
}

// aloneInTx is bookAlone in a transaction of its own, with its line in the audit log.
func (s *Service) aloneInTx(ctx context.Context, r *request) (rc Receipt, after db.PointHold, err error) {
	err = db.RunInTx(ctx, s.db, func(ctx context.Context, tx db.Tx) error {
		if err := tx.Pgx(func(q pgx.Tx) (err error) {
			rc, after, err = s.bookAlone(ctx, q, r)
			return err
		}); err != nil || rc.Replayed || r.audited == "" {
			return err
		}
		return access.Audit(ctx, tx, auditLine(r.audited, rc))
	})
	return rc, after, db.Fault(err)
}

func auditLine(action string, r Receipt) access.Entry {
	return access.Entry{
		Action: action, ObjectKind: "Customer", ObjectID: r.Booking.CustomerID,
		Detail: map[string]any{"booking": r.Booking.ID, "amount": r.Booking.Amount},
	}
}

// heldAs is the hold that a line is about, as it is after it.
func (l *line) heldAs() (h db.PointHold) {
	if l.hold != nil {
		h = l.hold.PointHold
	}
	return h
}

// run books in tx, or in a transaction of its own.
func (s *Service) run(ctx context.Context, tx *db.Tx, do func(querier) (Receipt, error)) (r Receipt, err error) {
	in := func(tx db.Tx) error {
		return tx.Pgx(func(q pgx.Tx) error {
			r, err = do(q)
			return err
		})
	}
	if tx != nil {
		return r, db.Fault(in(*tx))
	}
	err = db.RunInTx(ctx, s.db, func(_ context.Context, tx db.Tx) error { return in(tx) })
	return r, db.Fault(err)
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
