package points

import (
	"context"
	"errors"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/db"
)

// MaxHold is the longest time points may be reserved for.
const MaxHold = 7 * 24 * time.Hour

// HoldRequest asks for points to be reserved for a checkout.
type HoldRequest struct {
	CustomerID int64
	Amount     int64
	For        time.Duration // up to MaxHold; then the hold lapses and the points are back
	Key        string
	Cause      Cause
}

// Hold reserves points, those that expire first first. They cannot expire
// while they are held. A nil tx means a transaction of its own.
// Errors: as of Redeem; fault.Invalid for a time that is out of bounds.
func (s *Service) Hold(ctx context.Context, tx *db.Tx, r HoldRequest) (Receipt, db.PointHold, error) {
	return s.holdLogged(ctx, tx, r, "")
}

func (s *Service) holdLogged(ctx context.Context, tx *db.Tx, r HoldRequest, audited string) (Receipt, db.PointHold, error) {
	if err := checkAmount(r.Amount); err != nil {
		return Receipt{}, db.PointHold{}, err
	}
	if r.For < time.Minute || r.For > MaxHold {
		return Receipt{}, db.PointHold{}, fault.New(fault.Invalid, "a hold lasts 1 to %d minutes", MaxHold/time.Minute).At("minutes")
	}
	cause, err := r.Cause.identified(r.Key, "HOLD", r.Amount, r.For)
	if err != nil {
		return Receipt{}, db.PointHold{}, err
	}
	return s.book(ctx, tx, &request{
		customer: r.CustomerID, cause: cause, who: anyone, makesHold: true, audited: audited,
		do: func(o opened, _ *hold) (*line, error) { return o.reserve(o.now, r.Amount, o.now.Add(r.For), cause) },
	})
}

// CloseRequest asks for an open hold to be captured or released.
type CloseRequest struct {
	CustomerID int64
	HoldID     int64
	Amount     int64 // to capture; 0 = all of it. Release takes no amount
	Key        string
	Cause      Cause
}

// Capture spends all or a part of a hold; the rest is back at once.
// Errors: fault.NotFound (hold), fault.Precondition HOLD_EXPIRED, HOLD_CLOSED
// or HOLD_TOO_SMALL, fault.Conflict IDEMPOTENCY_KEY_REUSED.
func (s *Service) Capture(ctx context.Context, tx *db.Tx, r CloseRequest) (Receipt, db.PointHold, error) {
	return s.captureLogged(ctx, tx, r, "")
}

func (s *Service) captureLogged(ctx context.Context, tx *db.Tx, r CloseRequest, audited string) (Receipt, db.PointHold, error) {
	if r.Amount != 0 {
		if err := checkAmount(r.Amount); err != nil {
			return Receipt{}, db.PointHold{}, err
		}
	}
	cause, err := r.Cause.identified(r.Key, "CAPTURE", r.HoldID, r.Amount)
	if err != nil {
		return Receipt{}, db.PointHold{}, err
	}
	return s.book(ctx, tx, &request{
		customer: r.CustomerID, hold: r.HoldID, cause: cause, who: anyone, audited: audited,
		do: func(o opened, h *hold) (*line, error) {
			if h == nil {
				return nil, noHold()
			}
			return o.capture(o.now, h, r.Amount, cause.ofOrder(h))
		},
	})
}

// Release gives a hold back. Errors: as of Capture.
func (s *Service) Release(ctx context.Context, tx *db.Tx, r CloseRequest) (Receipt, db.PointHold, error) {
	return s.releaseLogged(ctx, tx, r, "")
}

func (s *Service) releaseLogged(ctx context.Context, tx *db.Tx, r CloseRequest, audited string) (Receipt, db.PointHold, error) {
	cause, err := r.Cause.identified(r.Key, "RELEASE", r.HoldID)
	if err != nil {
		return Receipt{}, db.PointHold{}, err
	}
	return s.book(ctx, tx, &request{
		customer: r.CustomerID, hold: r.HoldID, cause: cause, who: anyone, audited: audited,
		do: func(o opened, h *hold) (*line, error) {
			if h == nil {
				return nil, noHold()
			}
			return o.release(o.now, h, cause.ofOrder(h))
		},
	})
}

// ofOrder lets a capture hang on the order that the hold was made for.
func (c Cause) ofOrder(h *hold) Cause {
	if c.OrderNo == nil {
		c.ShopID, c.OrderNo = h.ShopID, h.OrderNo
	}
	return c
}

// beginHold begins on the customer who has the hold id, which is not the one
// asked for where a merge or its undo has taken it on. Errors: fault.NotFound.
func (s *Service) beginHold(ctx context.Context, q querier, customer, id int64, cause Cause) (opened, *Receipt, error) {
	w := wanted{holds: []int64{id}}
	o, done, err := s.begin(ctx, q, customer, cause, w, anyone)
	if err != nil || done != nil || o.holdByID(id) != nil {
		return o, done, err
	}
	kin, err := kinOf(ctx, q, []int64{customer})
	if err != nil {
		return o, nil, err
	}
	var holder int64
	err = q.QueryRow(ctx, `SELECT customer_id FROM point_holds WHERE customer_id = ANY($1::bigint[]) AND id = $2`, kin, id).Scan(&holder)
	if errors.Is(err, pgx.ErrNoRows) {
		return o, nil, noHold()
	}
	if err != nil {
		return o, nil, db.Fault(err)
	}
	if o, done, err = s.begin(ctx, q, holder, cause, w, anyone); err == nil && done == nil && o.holdByID(id) == nil {
		err = noHold()
	}
	o.asked = customer
	return o, done, err
}

func (b *book) holdByID(id int64) *hold {
	for _, h := range b.holds {
		if id != 0 && h.ID == id {
			return h
		}
	}
	return nil
}

func noHold() error {
	return fault.New(fault.NotFound, "there is no such hold").At("holdId")
}

// findHold is the hold that a booking was about. It may have gone over to holder
// by a merge since.
func findHold(ctx context.Context, q querier, of db.PointBooking, holder int64) (db.PointHold, error) {
	rows, err := q.Query(ctx, `SELECT `+holdColumns+` FROM point_holds WHERE customer_id IN ($1, $3) AND id = $2`, of.CustomerID, of.HoldID, holder)
	if err != nil {
		return db.PointHold{}, db.Fault(err)
	}
	h, err := pgx.CollectOneRow(rows, pgx.RowToStructByNameLax[db.PointHold])
	if errors.Is(err, pgx.ErrNoRows) {
		return h, noHold()
	}
	return h, db.Fault(err)
}
