package points

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/uptrace/bun"

	"github.com/meguri-crm/meguri/db"
)

// Balances are the accounts of customers as of now, with whatever time brought
// about and the periodic job has not booked yet. A customer without points is
// not in the map; nor is a merge followed.
func (s *Service) Balances(ctx context.Context, customers []int64) (map[int64]db.PointAccount, error) {
	rows, err := s.db.Pool.Query(ctx, `SELECT `+accountColumns+` FROM point_accounts WHERE customer_id = ANY($1::bigint[])`, customers)
	if err != nil {
		return nil, db.Fault(err)
	}
	accounts, err := pgx.CollectRows(rows, pgx.RowToStructByNameLax[db.PointAccount])
	if err != nil {
		return nil, db.Fault(err)
	}
	out := make(map[int64]db.PointAccount, len(accounts))
	now := s.clock.Now()
	var due []int64
	for _, a := range accounts {
		out[a.CustomerID] = a
		if a.DueAt != nil && !a.DueAt.After(now) {
			due = append(due, a.CustomerID)
		}
	}
	if len(due) == 0 {
		return out, nil
	}
	books, err := peek(ctx, s.db.Pool, due)
	if err != nil {
		return nil, err
	}
	for id, b := range books {
		b.advance(now)
		b.total()
		out[id] = b.account
	}
	return out, nil
}

// Balance is the account of one customer as of now, all zero without points.
func (s *Service) Balance(ctx context.Context, customer int64) (db.PointAccount, error) {
	accounts, err := s.Balances(ctx, []int64{customer})
	if a, ok := accounts[customer]; ok {
		return a, err
	}
	return db.PointAccount{CustomerID: customer}, err
}

// BalanceAt replays the entries up to the instant t: what the customer had then.
// The dates of expiry are not replayed.
func (s *Service) BalanceAt(ctx context.Context, customer int64, t time.Time) (db.PointAccount, error) {
	a := db.PointAccount{CustomerID: customer, UpdatedAt: t}
	err := s.db.Pool.QueryRow(ctx, `
		SELECT coalesce(sum(e.amount) FILTER (WHERE e.account = 'AVAILABLE'), 0)::bigint, coalesce(sum(e.amount) FILTER (WHERE e.account = 'PENDING'), 0)::bigint,
			coalesce(sum(e.amount) FILTER (WHERE e.account = 'HELD'), 0)::bigint, coalesce(-sum(e.amount) FILTER (WHERE e.account = 'DEBT'), 0)::bigint
		FROM point_bookings b JOIN point_entries e ON e.customer_id = b.customer_id AND e.booking_id = b.id
		WHERE b.customer_id = $1 AND b.occurred_at <= $2`, customer, t).Scan(&a.Available, &a.Pending, &a.Held, &a.Debt)
	return a, db.Fault(err)
}

// History is a page of the bookings of a customer, the newest first, of those
// with an id below before (0: from the newest on). It reads limit+1 rows at
// most, so that the caller sees whether more follow.
func (s *Service) History(ctx context.Context, idb bun.IDB, customer, before int64, limit int) ([]*db.PointBooking, error) {
	var rows []*db.PointBooking
	q := idb.NewSelect().Model(&rows).Where("customer_id = ?", customer).OrderExpr("id DESC").Limit(int64(limit) + 1)
	if before > 0 {
		q = q.Where("id < ?", before)
	}
	return rows, db.Fault(q.Scan(ctx))
}

// BookingByID is one line of the ledger.
// Errors: fault.NotFound.
func (s *Service) BookingByID(ctx context.Context, idb bun.IDB, customer, id int64) (*db.PointBooking, error) {
	row := new(db.PointBooking)
	err := idb.NewSelect().Model(row).Where("customer_id = ? AND id = ?", customer, id).Scan(ctx)
	return row, db.Fault(err)
}

// Change is what a booking added to or took from what the customer has:
// available, pending and held together, less the debt. A move between them
// changes nothing.
func Change(b *db.PointBooking) int64 {
	switch b.Kind {
	case "GRANT", "RESTORE":
		return b.Amount
	case "REDEEM", "ADJUST", "CAPTURE", "EXPIRE", "CLAWBACK":
		return -b.Amount
	default:
		return 0
	}
}
