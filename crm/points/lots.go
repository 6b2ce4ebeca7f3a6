package points

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/meguri-crm/meguri/db"
)

// LotLeft is what is left of the points of one grant, for its owner to read.
type LotLeft struct {
	ID        int64
	Remaining int64 // without what is reserved for checkouts
	EarnedAt  time.Time
	UsableAt  *time.Time // nil: when its order is shipped and the return window has closed
	ExpiresAt *time.Time // nil: never
	Usable    bool       // now
	Reason    string     // of the booking that made it; "" for one that came over with a merge
	OrderID   *int64
}

// LotCursor is a place among the lots of a customer.
type LotCursor struct {
	ExpiresAt *time.Time `json:"e"` // nil: among those that never expire
	ID        int64      `json:"i"`
}

// LotsLeft are the lots of a customer of which something is left, as of now, in
// the order of their end, those without one last; after the cursor (nil: from the
// first), at most limit. Merges are not followed.
func (s *Service) LotsLeft(ctx context.Context, customer int64, after *LotCursor, limit int) ([]LotLeft, error) {
	from := LotCursor{ExpiresAt: new(time.Time)}
	if after != nil {
		from = *after
	}
	rows, err := s.db.Pool.Query(ctx, `SELECT l.id, l.remaining - l.held AS remaining, l.earned_at, l.usable_at, l.expires_at,
			l.status = 'USABLE' OR coalesce(l.usable_at <= $2, false) AS usable, coalesce(b.reason, '') AS reason, l.order_id
		FROM point_lots l LEFT JOIN LATERAL (SELECT reason FROM point_bookings b WHERE b.id = l.booking_id AND b.customer_id = l.customer_id) b ON true
		WHERE l.customer_id = $1 AND l.status <> 'DONE' AND l.remaining > l.held AND (l.expires_at IS NULL OR l.expires_at > $2)
			AND (coalesce(l.expires_at, 'infinity'), l.id) > (coalesce($3, 'infinity'::timestamptz), $4)
		ORDER BY coalesce(l.expires_at, 'infinity'), l.id LIMIT $5`, customer, s.clock.Now(), from.ExpiresAt, from.ID, limit)
	if err != nil {
		return nil, db.Fault(err)
	}
	lots, err := pgx.CollectRows(rows, pgx.RowToStructByNameLax[LotLeft])
	return lots, db.Fault(err)
}

// Earned is what an order has brought its customer.
type Earned struct {
	OrderID int64
	Points  int64      // less what was taken back
	Pending int64      // of them, not usable yet
	Usable  *time.Time // when they will be; nil: nothing is pending, or it waits for the shipment
}

// EarnedOn is what orders of a customer have earned, by order; those that earned
// nothing are not in it.
func (s *Service) EarnedOn(ctx context.Context, customer int64, orders []int64) (map[int64]Earned, error) {
	rows, err := s.db.Pool.Query(ctx, `SELECT order_id, sum(amount - clawed_back)::bigint AS points,
			coalesce(sum(remaining) FILTER (WHERE waits), 0)::bigint AS pending, max(usable_at) FILTER (WHERE waits AND remaining > 0) AS usable
		FROM (SELECT *, status = 'PENDING' AND coalesce(usable_at > $3, true) AS waits FROM point_lots WHERE customer_id = $1 AND order_id = ANY($2::bigint[])) l
		GROUP BY order_id`, customer, orders, s.clock.Now())
	if err != nil {
		return nil, db.Fault(err)
	}
	list, err := pgx.CollectRows(rows, pgx.RowToStructByNameLax[Earned])
	byOrder := make(map[int64]Earned, len(list))
	for _, e := range list {
		byOrder[e.OrderID] = e
	}
	return byOrder, db.Fault(err)
}
