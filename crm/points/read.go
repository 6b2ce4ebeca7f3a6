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

// BalanceAt replays the entries up to the instant t: what the customer had then,
// with what time brought about by t and the periodic job has not booked yet. The
// dates of expiry are not replayed.
func (s *Service) BalanceAt(ctx context.Context, customer int64, t time.Time) (db.PointAccount, error) {
	a := db.PointAccount{CustomerID: customer, UpdatedAt: t}
	err := s.db.Pool.QueryRow(ctx, `
		SELECT coalesce(sum(e.amount) FILTER (WHERE e.account = 'AVAILABLE'), 0)::bigint, coalesce(sum(e.amount) FILTER (WHERE e.account = 'PENDING'), 0)::bigint,
			coalesce(sum(e.amount) FILTER (WHERE e.account = 'HELD'), 0)::bigint, coalesce(-sum(e.amount) FILTER (WHERE e.account = 'DEBT'), 0)::bigint
		FROM point_bookings b JOIN point_entries e ON e.customer_id = b.customer_id AND e.booking_id = b.id
		WHERE b.customer_id = $1 AND b.occurred_at <= $2`, customer, t).Scan(&a.Available, &a.Pending, &a.Held, &a.Debt)
	if err != nil {
		return a, db.Fault(err)
	}
	books, err := peek(ctx, s.db.Pool, []int64{customer})
	if b := books[customer]; err == nil && b != nil && b.account.DueAt != nil && !b.account.DueAt.After(t) {
		before := b.account
		b.advance(t)
		a.Available, a.Pending = a.Available+b.account.Available-before.Available, a.Pending+b.account.Pending-before.Pending
		a.Held, a.Debt = a.Held+b.account.Held-before.Held, a.Debt+b.account.Debt-before.Debt
	}
	return a, err
}

// History is a page of the bookings of a customer and of those merged into him,
// the newest first: limit of those with an id below before (0: from the newest on).
func (s *Service) History(ctx context.Context, customer, before int64, limit int) ([]*db.PointBooking, error) {
	family, err := s.Family(ctx, customer)
	if err != nil {
		return nil, err
	}
	var rows []*db.PointBooking
	q := s.db.NewSelect().Model(&rows).Where("customer_id IN (?)", bun.List(family)).OrderExpr("id DESC").Limit(int64(limit))
	if before > 0 {
		q = q.Where("id < ?", before)
	}
	if err := q.Scan(ctx); err != nil {
		return nil, db.Fault(err)
	}
	return rows, s.NameOrders(ctx, rows)
}

// BookingByID is one line of the ledger.
// Errors: fault.NotFound.
func (s *Service) BookingByID(ctx context.Context, customer, id int64) (*db.PointBooking, error) {
	row := new(db.PointBooking)
	if err := s.db.NewSelect().Model(row).Where("customer_id = ? AND id = ?", customer, id).Scan(ctx); err != nil {
		return nil, db.Fault(err)
	}
	return row, s.NameOrders(ctx, []*db.PointBooking{row})
}

// NameOrders gives bookings the number of the order that they hang on: those of a
// spending have it, of an order that need not have come in; what an order earned
// names its row.
func (s *Service) NameOrders(ctx context.Context, bookings []*db.PointBooking) error {
	var orders []int64
	for _, b := range bookings {
		if b.OrderNo == nil && b.OrderID != nil {
			orders = append(orders, *b.OrderID)
		}
	}
	if len(orders) == 0 {
		return nil
	}
	rows, err := s.db.Pool.Query(ctx, "SELECT id, order_no FROM orders WHERE id = ANY ($1)", orders)
	if err != nil {
		return db.Fault(err)
	}
	numbers := make(map[int64]string, len(orders))
	var id int64
	var no string
	if _, err = pgx.ForEachRow(rows, []any{&id, &no}, func() error { numbers[id] = no; return nil }); err != nil {
		return db.Fault(err)
	}
	for _, b := range bookings {
		if b.OrderNo == nil && b.OrderID != nil {
			if no, there := numbers[*b.OrderID]; there {
				b.OrderNo = &no
			}
		}
	}
	return nil
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

// Family is the customer and all who are merged into him.
func (s *Service) Family(ctx context.Context, customer int64) ([]int64, error) {
	family := []int64{}
	err := s.db.NewRaw(`WITH RECURSIVE family AS (
			SELECT ?::bigint AS id UNION SELECT m.from_id FROM family f JOIN point_merges m ON m.customer_id = f.id AND m.undone_at IS NULL)
		SELECT id FROM family`, customer).Scan(ctx, &family)
	return family, db.Fault(err)
}

// LeftToReverse is what Reverse would still give back of spendings among the
// bookings of one customer and his kin, by id; what has nothing left is not there.
func (s *Service) LeftToReverse(ctx context.Context, bookings []*db.PointBooking) (map[int64]int64, error) {
	var customers, ids []int64
	for _, b := range bookings {
		if Reversible(b) {
			customers, ids = append(customers, b.CustomerID), append(ids, b.ID)
		}
	}
	left := map[int64]int64{}
	if len(ids) == 0 {
		return left, nil
	}
	kin, err := kinOf(ctx, s.db.Pool, customers)
	if err != nil {
		return nil, err
	}
	rows, err := s.db.Pool.Query(ctx, `SELECT booking_id, sum(amount)::bigint FROM (`+leftToReverse+`) l WHERE amount > 0 GROUP BY 1`, customers, ids, kin)
	if err != nil {
		return nil, db.Fault(err)
	}
	var id, amount int64
	_, err = pgx.ForEachRow(rows, []any{&id, &amount}, func() error { left[id] = amount; return nil })
	return left, db.Fault(err)
}

// OpenHolds are the holds of the customer that wait to be captured, the one that
// lapses first first.
func (s *Service) OpenHolds(ctx context.Context, customer int64) ([]db.PointHold, error) {
	rows := []db.PointHold{}
	err := s.db.NewSelect().Model(&rows).Where("customer_id = ? AND status = 'OPEN' AND expires_at > ?", customer, s.clock.Now()).
		OrderExpr("expires_at, id").Limit(listed).Scan(ctx)
	return rows, db.Fault(err)
}

// OpenLots are the lots of the customer that hold points, as of the last
// booking, in the order of spending; those that wait come last.
func (s *Service) OpenLots(ctx context.Context, customer int64) ([]db.PointLot, error) {
	rows := []db.PointLot{}
	err := s.db.NewSelect().Model(&rows).Where("customer_id = ? AND status <> 'DONE' AND (expires_at IS NULL OR expires_at > ?)", customer, s.clock.Now()).
		OrderExpr("status = 'PENDING', expires_at NULLS LAST, earned_at, id").Limit(listed).Scan(ctx)
	return rows, db.Fault(err)
}

// listed bounds lists that are shown whole.
const listed = 500

// EndOf is the instant at which a last day ends in the merchant's zone; nil for none.
func (s *Service) EndOf(day *time.Time) *time.Time {
	if day == nil {
		return nil
	}
	y, m, d := day.Date()
	end := EndOfDay(y, m, d, s.zone)
	return &end
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
