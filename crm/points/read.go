package points

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/uptrace/bun"

	"github.com/meguri-crm/meguri/db"
)

// Balances are the accounts of customers, in their order, as of now: with
// whatever time brought about and the periodic job has not booked yet. A
// customer without points has an account of zeros. Merges are not followed.
func (s *Service) Balances(ctx context.Context, customers []int64) ([]db.PointAccount, error) {
	rows, err := s.db.Pool.Query(ctx, `SELECT `+accountColumns+` FROM point_accounts WHERE customer_id = ANY($1::bigint[])`, customers)
	if err != nil {
		return nil, db.Fault(err)
	}
	accounts, err := pgx.CollectRows(rows, pgx.RowToStructByNameLax[db.PointAccount])
	if err != nil {
		return nil, db.Fault(err)
	}
	found := make(map[int64]db.PointAccount, len(accounts))
	now := s.clock.Now()
	var due []int64
	for _, a := range accounts {
		found[a.CustomerID] = a
		if a.DueAt != nil && !a.DueAt.After(now) {
			due = append(due, a.CustomerID)
		}
	}
	if len(due) > 0 {
		books, err := peek(ctx, s.db.Pool, due)
		if err != nil {
			return nil, err
		}
		for id, b := range books {
			b.advance(now)
			b.total()
			found[id] = b.account
		}
	}
	out := make([]db.PointAccount, len(customers))
	for i, id := range customers {
		out[i] = found[id]
		out[i].CustomerID = id
	}
	return out, nil
}

// Balance is the account of one customer as of now, all zero without points.
func (s *Service) Balance(ctx context.Context, customer int64) (db.PointAccount, error) {
	accounts, err := s.Balances(ctx, []int64{customer})
	if err != nil {
		return db.PointAccount{}, err
	}
	return accounts[0], nil
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

// History is a page of the bookings of a customer and of those merged into him,
// the newest first: limit of those with an id below before (0: from the newest on).
func (s *Service) History(ctx context.Context, customer, before int64, limit int) ([]*db.PointBooking, error) {
	family := []int64{customer}
	if err := s.db.NewRaw(`WITH RECURSIVE family AS (
			SELECT from_id FROM point_merges WHERE customer_id = ? AND undone_at IS NULL
			UNION SELECT m.from_id FROM family f JOIN point_merges m ON m.customer_id = f.from_id AND m.undone_at IS NULL)
		SELECT from_id FROM family UNION ALL SELECT ?`, customer, customer).Scan(ctx, &family); err != nil {
		return nil, db.Fault(err)
	}
	var rows []*db.PointBooking
	q := s.db.NewSelect().Model(&rows).Where("customer_id IN (?)", bun.List(family)).OrderExpr("id DESC").Limit(int64(limit))
	if before > 0 {
		q = q.Where("id < ?", before)
	}
	return rows, db.Fault(q.Scan(ctx))
}

// BookingByID is one line of the ledger.
// Errors: fault.NotFound.
func (s *Service) BookingByID(ctx context.Context, customer, id int64) (*db.PointBooking, error) {
	row := new(db.PointBooking)
	err := s.db.NewSelect().Model(row).Where("customer_id = ? AND id = ?", customer, id).Scan(ctx)
	return row, db.Fault(err)
}

// Change is what a booking added to or took from what the customer has:
// available, pending and held together, less the debt. A move between them
// changes nothing.
func Change(b *db.PointBooking) int64 {
	switch b.Kind {
	case "GRANT", "RESTORE", "TRANSFER_IN", "DEBT_OUT":
		return b.Amount
	case "REDEEM", "ADJUST", "CAPTURE", "EXPIRE", "CLAWBACK", "TRANSFER_OUT", "DEBT_IN":
		return -b.Amount
	default:
		return 0
	}
}

// HoldByID is one hold of the customer, wherever merges have taken it.
// Errors: fault.NotFound.
func (s *Service) HoldByID(ctx context.Context, customer, id int64) (*db.PointHold, error) {
	kin, err := kinOf(ctx, s.db.Pool, []int64{customer})
	if err != nil {
		return nil, err
	}
	row := new(db.PointHold)
	err = s.db.NewSelect().Model(row).Where("customer_id IN (?) AND id = ?", bun.List(kin), id).Scan(ctx)
	return row, db.Fault(err)
}
