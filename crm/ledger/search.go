package ledger

import (
	"context"
	"time"

	"github.com/uptrace/bun"

	"github.com/meguri-crm/meguri/db"
)

// Filter narrows the ledger; the zero value is all of it.
type Filter struct {
	CustomerID *int64 // with who is merged into him
	OrderNo    string // of whatever shop
	From, To   *time.Time
	Kinds      []string
	ActorKinds []string
	ActorID    *int64
	Min, Max   *int64 // of the points that a booking is about
}

// Place is where a page begins: behind the booking of that instant and id.
type Place struct {
	At time.Time `json:"at"`
	ID int64     `json:"id"`
}

// PlaceOf is the place of a booking in the ledger.
func PlaceOf(b *db.PointBooking) Place { return Place{b.OccurredAt, b.ID} }

// Search is a page of the ledger of all customers, the newest first: limit
// bookings behind after, or the first ones.
func (s *Service) Search(ctx context.Context, f Filter, after *Place, limit int) ([]*db.PointBooking, error) {
	rows := []*db.PointBooking{}
	q := s.db.NewSelect().Model(&rows).OrderExpr("occurred_at DESC, id DESC").Limit(int64(limit))
	if err := s.narrow(ctx, q, f); err != nil {
		return nil, err
	}
	if after != nil {
		q = q.Where("(occurred_at, id) < (?, ?)", after.At, after.ID)
	}
	if err := q.Scan(ctx); err != nil {
		return nil, db.Fault(err)
	}
	return rows, s.points.NameOrders(ctx, rows)
}

func (s *Service) narrow(ctx context.Context, q *bun.SelectQuery, f Filter) error {
	if f.CustomerID != nil {
		family, err := s.points.Family(ctx, *f.CustomerID)
		if err != nil {
			return err
		}
		q.Where("customer_id IN (?)", bun.List(family))
	}
	if f.OrderNo != "" { // what an order earned names the order, what is spent on it the number
		q.Where("(order_no = ?0 OR order_id IN (SELECT id FROM orders WHERE order_no = ?0))", f.OrderNo)
	}
	if f.From != nil {
		q.Where("occurred_at > ?", *f.From)
	}
	if f.To != nil {
		q.Where("occurred_at <= ?", *f.To)
	}
	if len(f.Kinds) > 0 {
		q.Where("kind IN (?)", bun.List(f.Kinds))
	}
	if len(f.ActorKinds) > 0 {
		q.Where("actor_kind IN (?)", bun.List(f.ActorKinds))
	}
	if f.ActorID != nil {
		q.Where("actor_kind = 'STAFF' AND actor_id = ?", *f.ActorID)
	}
	if f.Min != nil {
		q.Where("amount >= ?", *f.Min)
	}
	if f.Max != nil {
		q.Where("amount <= ?", *f.Max)
	}
	return nil
}
