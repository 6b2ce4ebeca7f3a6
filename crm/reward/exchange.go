package reward

import (
	"context"
	"fmt"

	"github.com/uptrace/bun"

	"github.com/meguri-crm/meguri/crm/access"
	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/crm/offer"
	"github.com/meguri-crm/meguri/crm/points"
	"github.com/meguri-crm/meguri/db"
)

// The states of an exchange.
const (
	Ordered    = "ORDERED"
	HandedOver = "HANDED_OVER"
	Cancelled  = "CANCELLED"
)

// Exchange spends a customer's points on a reward. An offer is issued at once, a
// gift waits to be handed over. The same key again gives the first exchange.
// Errors: fault.NotFound (customer, reward); fault.Precondition ARCHIVED,
// INSUFFICIENT_POINTS, OUT_OF_STOCK, TOO_OFTEN, OFFER_OVER, POOL_DRY;
// fault.Conflict IDEMPOTENCY_KEY_REUSED.
func (s *Service) Exchange(ctx context.Context, customerID, rewardID int64, key string) (row *db.RewardExchange, err error) {
	err = db.RunInTx(ctx, s.DB, func(ctx context.Context, tx db.Tx) error {
		row, err = s.exchange(ctx, tx, customerID, rewardID, key)
		return err
	})
	return row, db.Fault(err)
}

func (s *Service) exchange(ctx context.Context, tx db.Tx, customerID, rewardID int64, key string) (*db.RewardExchange, error) {
	of := new(db.Reward)
	if err := tx.NewSelect().Model(of).Where("id = ?", rewardID).Scan(ctx); err != nil {
		return nil, db.Fault(err)
	}
	cause := byCaller(ctx)
	cause.Reason, cause.Detail = "REWARD", map[string]any{"reward": rewardID}
	r, err := s.Points.Redeem(ctx, &tx, points.SpendRequest{CustomerID: customerID, Amount: of.Points, Key: key, Cause: cause})
	if err != nil {
		return nil, err
	}
	if r.Replayed {
		return s.earlier(ctx, tx, r.Booking, rewardID)
	}
	row := &db.RewardExchange{
		CustomerID: r.Booking.CustomerID, RewardID: rewardID, Points: of.Points, BookedFor: r.Booking.CustomerID, BookingID: r.Booking.ID,
		Status: Ordered, OrderedAt: s.Clock.Now(),
	}
	if err := s.take(ctx, tx, row); err != nil {
		return nil, err
	}
	if of.OfferID != nil {
		if row.Code, err = offer.Give(ctx, tx, *of.OfferID, row.CustomerID, row.OrderedAt); err != nil {
			return nil, err
		}
		row.Status, row.ClosedAt = HandedOver, &row.OrderedAt
	}
	if _, err := tx.NewInsert().Model(row).ExcludeColumn("id").Returning("id").Exec(ctx); err != nil {
		return nil, db.Fault(err)
	}
	return row, note(ctx, tx, "reward.exchange", row)
}

// earlier is the exchange that a booking was made for.
func (s *Service) earlier(ctx context.Context, tx db.Tx, b db.PointBooking, rewardID int64) (*db.RewardExchange, error) {
	row := new(db.RewardExchange)
	if err := tx.NewSelect().Model(row).Where("booked_for = ? AND booking_id = ?", b.CustomerID, b.ID).Scan(ctx); err != nil {
		return nil, db.Fault(err)
	}
	if row.RewardID != rewardID {
		return nil, fault.New(fault.Conflict, "the idempotency key was used for another request").WithCode("IDEMPOTENCY_KEY_REUSED").At("idempotencyKey")
	}
	return row, nil
}

// take takes one out of the stock, locks the reward, and counts what the customer had of it.
func (s *Service) take(ctx context.Context, tx db.Tx, row *db.RewardExchange) error {
	of := new(db.Reward)
	if err := tx.NewSelect().Model(of).Where("id = ?", row.RewardID).For("UPDATE").Scan(ctx); err != nil {
		return db.Fault(err)
	}
	switch {
	case of.ArchivedAt != nil:
		return archived()
	case of.Points != row.Points: // changed since it was read: what was booked is not the price
		return fault.New(fault.Unavailable, "the reward was changed at this moment")
	case of.Stock != nil && *of.Stock == 0:
		return fault.New(fault.Precondition, "none of it is left").WithCode("OUT_OF_STOCK").At("rewardId")
	}
	if of.PerCustomer != nil {
		had, err := tx.NewSelect().Model((*db.RewardExchange)(nil)).Where("reward_id = ? AND customer_id = ? AND status <> 'CANCELLED'", of.ID, row.CustomerID).Count(ctx)
		if err != nil {
			return db.Fault(err)
		}
		if had >= int64(*of.PerCustomer) {
			return fault.New(fault.Precondition, "the customer has had as many as each may").WithCode("TOO_OFTEN").At("rewardId").With("max", *of.PerCustomer)
		}
	}
	_, err := tx.NewRaw(`UPDATE rewards SET stock = stock - 1 WHERE id = ? AND stock IS NOT NULL`, of.ID).Exec(ctx)
	return db.Fault(err)
}

// HandOver says that a gift was handed over. Saying so twice changes nothing.
// Errors: fault.NotFound; fault.Precondition CANCELLED.
func (s *Service) HandOver(ctx context.Context, id int64) (*db.RewardExchange, error) {
	return s.close(ctx, id, func(ctx context.Context, tx db.Tx, row *db.RewardExchange) error {
		if row.Status == Cancelled {
			return fault.New(fault.Precondition, "the exchange is cancelled").WithCode("CANCELLED").At("id")
		}
		if row.Status == HandedOver {
			return nil
		}
		return s.end(ctx, tx, row, HandedOver, "reward.hand_over")
	})
}

// Cancel gives the points back into their lots and the gift back into the stock.
// A code stays with the customer, who must not have used it. Cancelling twice
// changes nothing.
// Errors: fault.NotFound; fault.Precondition CODE_USED, REVERSED_TOO_MUCH when the
// points were given back otherwise.
func (s *Service) Cancel(ctx context.Context, id int64, why string) (*db.RewardExchange, error) {
	return s.close(ctx, id, func(ctx context.Context, tx db.Tx, row *db.RewardExchange) error {
		if row.Status == Cancelled {
			return nil
		}
		used, err := tx.NewSelect().Table("offer_codes").Where(`code = ? AND code <> '' AND used_at IS NOT NULL
			AND offer_id = (SELECT offer_id FROM rewards WHERE id = ?)`, row.Code, row.RewardID).Exists(ctx)
		if err != nil {
			return db.Fault(err)
		}
		if used {
			return fault.New(fault.Precondition, "the code has been used").WithCode("CODE_USED").At("id")
		}
		if _, err := tx.NewRaw(`UPDATE rewards SET stock = stock + 1 WHERE id = ? AND stock IS NOT NULL`, row.RewardID).Exec(ctx); err != nil {
			return db.Fault(err)
		}
		return s.end(ctx, tx, row, Cancelled, "reward.cancel")
	}, why)
}

// close books what gives points back before it locks the exchange and the reward,
// as the order of locks asks.
func (s *Service) close(ctx context.Context, id int64, do func(context.Context, db.Tx, *db.RewardExchange) error, why ...string) (*db.RewardExchange, error) {
	row := new(db.RewardExchange)
	err := db.RunInTx(ctx, s.DB, func(ctx context.Context, tx db.Tx) error {
		if err := tx.NewSelect().Model(row).Where("id = ?", id).Scan(ctx); err != nil {
			return db.Fault(err)
		}
		if len(why) > 0 && row.Status != Cancelled {
			if err := s.giveBack(ctx, tx, row, why[0]); err != nil {
				return err
			}
		}
		if err := tx.NewSelect().Model(row).Where("id = ?", id).For("UPDATE").Scan(ctx); err != nil {
			return db.Fault(err)
		}
		return do(ctx, tx, row)
	})
	return row, db.Fault(err)
}

func (s *Service) giveBack(ctx context.Context, tx db.Tx, row *db.RewardExchange, why string) error {
	cause := byCaller(ctx)
	cause.Reason, cause.Note, cause.Detail = "REVERSAL", why, map[string]any{"reward": row.RewardID}
	_, err := s.Points.Reverse(ctx, &tx, points.ReverseRequest{
		CustomerID: row.BookedFor, BookingID: row.BookingID, Amount: row.Points, Key: fmt.Sprintf("reward-cancel:%d", row.ID), Cause: cause,
	})
	return err
}

func (s *Service) end(ctx context.Context, tx db.Tx, row *db.RewardExchange, status, action string) error {
	now := s.Clock.Now()
	row.Status, row.ClosedAt, row.ClosedBy = status, &now, access.From(ctx).StaffID()
	if _, err := tx.NewUpdate().Model(row).WherePK().Column("status", "closed_at", "closed_by").Exec(ctx); err != nil {
		return db.Fault(err)
	}
	return note(ctx, tx, action, row)
}

func note(ctx context.Context, tx db.Tx, action string, row *db.RewardExchange) error {
	return access.Audit(ctx, tx, access.Entry{Action: action, ObjectKind: "Customer", ObjectID: row.CustomerID, Detail: map[string]any{
		"reward": row.RewardID, "points": row.Points, "booking": row.BookingID,
	}})
}

// byCaller is a cause in the name of who asks.
func byCaller(ctx context.Context) points.Cause {
	caller := access.From(ctx)
	c := points.Cause{ActorKind: string(caller.Kind)}
	if caller.ID != 0 {
		c.ActorID = &caller.ID
	}
	return c
}

// Filter narrows the exchanges; the zero value is all of them.
type Filter struct {
	Status     []string
	RewardID   *int64
	CustomerID *int64
}

// Exchanges is a page of the exchanges, the newest first: limit of those with an
// id below before (0: from the newest on).
func (s *Service) Exchanges(ctx context.Context, f Filter, before int64, limit int) ([]*db.RewardExchange, error) {
	rows := []*db.RewardExchange{}
	q := s.DB.NewSelect().Model(&rows).Order("id DESC").Limit(int64(limit))
	if before > 0 {
		q = q.Where("id < ?", before)
	}
	if len(f.Status) > 0 {
		q = q.Where("status IN (?)", bun.List(f.Status))
	}
	if f.RewardID != nil {
		q = q.Where("reward_id = ?", *f.RewardID)
	}
	if f.CustomerID != nil {
		q = q.Where("customer_id = ?", *f.CustomerID)
	}
	return rows, db.Fault(q.Scan(ctx))
}
