package points

import (
	"context"
	"errors"
	"reflect"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/meguri-crm/meguri/db"
)

const (
	accountColumns = `customer_id, available, pending, held, debt, expiring_next_on, expiring_next_amount, due_at, updated_at, kin, opened_at`
	bookingColumns = `customer_id, id, kind, amount, available_after, occurred_at, idempotency_key, request_hash, reason, note,
		shop_id, order_no, order_id, lot_id, hold_id, actor_kind, actor_id, detail, outstanding`
	lotColumns = `customer_id, id, booking_id, amount, remaining, held, clawed_back, status, earned_at, usable_at, expires_at, order_id, rule, parent_id,
		origin, rolling_months, rolling_to`
	holdColumns = `customer_id, id, amount, captured, status, allocations, created_at, expires_at, shop_id, order_no`
)

// wanted is what a load takes along beside the accounts and what is open.
type wanted struct {
	orders []int64 // lots that these orders earned, also when done
	lots   []int64 // these lots, also when done
	holds  []int64 // these holds, also when closed
}

// lock locks the accounts of customers, which are made where they are missing,
// and loads their books. customers must be sorted.
func lock(ctx context.Context, q querier, customers []int64, now time.Time, w wanted) (map[int64]*book, error) {
	batch := &pgx.Batch{}
	batch.Queue(`INSERT INTO point_accounts (customer_id, updated_at) SELECT unnest($1::bigint[]), $2 ON CONFLICT DO NOTHING`, customers, now)
	batch.Queue(`SELECT `+accountColumns+` FROM point_accounts WHERE customer_id = ANY($1::bigint[]) ORDER BY customer_id FOR UPDATE`, customers)
	queueOpen(batch, customers, w)
	w.queueExpired(batch, customers)
	res := q.SendBatch(ctx, batch)
	if _, err := res.Exec(); err != nil {
		return nil, errors.Join(db.Fault(err), res.Close())
	}
	books, err := readBooks(res)
	if err == nil {
		err = w.readExpired(books, res)
	}
	return books, errors.Join(err, res.Close())
}

// queueExpired asks what has expired of the lots that are asked for.
func (w wanted) queueExpired(batch *pgx.Batch, customers []int64) {
	if len(w.orders)+len(w.lots) > 0 {
		batch.Queue(`SELECT l.customer_id, l.id, gone.amount FROM point_lots l
			CROSS JOIN LATERAL (SELECT sum(amount)::bigint AS amount FROM point_entries WHERE lot_id = l.id AND account = 'EXPIRED') gone
			WHERE l.customer_id = ANY($1::bigint[]) AND (l.order_id = ANY($2::bigint[]) OR l.id = ANY($3::bigint[])) AND l.remaining < l.amount AND gone.amount > 0`,
			customers, nonNil(w.orders), nonNil(w.lots))
	}
}

func (w wanted) readExpired(books map[int64]*book, res pgx.BatchResults) error {
	if len(w.orders)+len(w.lots) == 0 {
		return nil
	}
	rows, err := res.Query()
	if err != nil {
		return db.Fault(err)
	}
	var customer, id, amount int64
	_, err = pgx.ForEachRow(rows, []any{&customer, &id, &amount}, func() error {
		books[customer].lotByID(id).expired = amount
		return nil
	})
	return db.Fault(err)
}

// holdAccounts locks the accounts of customers who have one, for what has to be read
// before it is known which lots lock is to load. customers must be sorted.
func holdAccounts(ctx context.Context, q querier, customers []int64) error {
	_, err := q.Exec(ctx, `SELECT FROM point_accounts WHERE customer_id = ANY($1::bigint[]) ORDER BY customer_id FOR UPDATE`, customers)
	return db.Fault(err)
}

// peek loads the books of customers without a lock, to be read and thrown away.
func peek(ctx context.Context, q querier, customers []int64) (map[int64]*book, error) {
	batch := &pgx.Batch{}
	batch.Queue(`SELECT `+accountColumns+` FROM point_accounts WHERE customer_id = ANY($1::bigint[])`, customers)
	queueOpen(batch, customers, wanted{})
	res := q.SendBatch(ctx, batch)
	books, err := readBooks(res)
	return books, errors.Join(err, res.Close())
}

func queueOpen(batch *pgx.Batch, customers []int64, w wanted) {
	if len(w.orders)+len(w.lots) == 0 {
		batch.Queue(`SELECT `+lotColumns+` FROM point_lots WHERE customer_id = ANY($1::bigint[]) AND status <> 'DONE' ORDER BY id`, customers)
		queueHolds(batch, customers, w)
		return
	}
	batch.Queue(`SELECT `+lotColumns+` FROM point_lots WHERE customer_id = ANY($1::bigint[]) AND status <> 'DONE'
		UNION ALL SELECT `+lotColumns+` FROM point_lots WHERE customer_id = ANY($1::bigint[]) AND order_id = ANY($2::bigint[]) AND status = 'DONE'
		UNION ALL SELECT `+lotColumns+` FROM point_lots WHERE customer_id = ANY($1::bigint[]) AND id = ANY($3::bigint[]) AND status = 'DONE'
			AND (order_id = ANY($2::bigint[])) IS NOT TRUE
		ORDER BY id`, customers, nonNil(w.orders), nonNil(w.lots))
	queueHolds(batch, customers, w)
}

func queueHolds(batch *pgx.Batch, customers []int64, w wanted) {
	batch.Queue(`SELECT `+holdColumns+` FROM point_holds WHERE customer_id = ANY($1::bigint[]) AND (status = 'OPEN' OR id = ANY($2::bigint[]))
		ORDER BY id`, customers, nonNil(w.holds))
}

func nonNil(ids []int64) []int64 {
	if ids == nil {
		return []int64{}
	}
	return ids
}

func readBooks(res pgx.BatchResults) (map[int64]*book, error) {
	accounts, err := collect[db.PointAccount](res)
	if err != nil {
		return nil, err
	}
	return readBooksOf(accounts, res)
}

func readBooksOf(accounts []db.PointAccount, res pgx.BatchResults) (map[int64]*book, error) {
	lots, err := collect[db.PointLot](res)
	if err != nil {
		return nil, err
	}
	holds, err := collect[db.PointHold](res)
	if err != nil {
		return nil, err
	}
	books := make(map[int64]*book, len(accounts))
	for _, a := range accounts {
		books[a.CustomerID] = &book{account: a, loaded: a}
	}
	byID := addLots(books, lots)
	for _, row := range holds {
		if b := books[row.CustomerID]; b != nil {
			h := &hold{PointHold: row, loaded: row}
			for _, part := range row.Allocations {
				h.took = append(h.took, byID[part.Lot]) // nil only when the hold is closed
			}
			b.holds = append(b.holds, h)
		}
	}
	return books, nil
}

// addLots puts loaded lots into their books, those that are not there yet.
func addLots(books map[int64]*book, rows []db.PointLot) map[int64]*lot {
	byID := make(map[int64]*lot, len(rows))
	for _, row := range rows {
		b := books[row.CustomerID]
		if b == nil || b.lotByID(row.ID) != nil {
			continue
		}
		byID[row.ID] = &lot{PointLot: row, loaded: row}
		b.lots = append(b.lots, byID[row.ID])
	}
	return byID
}

func collect[T any](res pgx.BatchResults) ([]T, error) {
	rows, err := res.Query()
	if err != nil {
		return nil, db.Fault(err)
	}
	out, err := pgx.CollectRows(rows, pgx.RowToStructByNameLax[T])
	return out, db.Fault(err)
}

// findByKey is the booking that customer has under key, if any.
func findByKey(ctx context.Context, q querier, customer int64, key string) (found db.PointBooking, ok bool, err error) {
	rows, err := q.Query(ctx, `SELECT `+bookingColumns+` FROM point_bookings WHERE customer_id = $1 AND idempotency_key = $2`, customer, key)
	if err != nil {
		return found, false, db.Fault(err)
	}
	found, err = pgx.CollectOneRow(rows, pgx.RowToStructByNameLax[db.PointBooking])
	if errors.Is(err, pgx.ErrNoRows) {
		return found, false, nil
	}
	return found, err == nil, db.Fault(err)
}

// save writes what the books have become, in one round trip after the one that
// takes the ids. Nothing is written for a book in which nothing changed.
func save(ctx context.Context, q querier, books []*book) error {
	w, err := writesOf(ctx, q, books, ids{})
	if err != nil {
		return err
	}
	batch := &pgx.Batch{}
	if w.queue(batch); batch.Len() == 0 {
		return nil
	}
	return db.Fault(q.SendBatch(ctx, batch).Close())
}

// writes is what a set of books adds and changes.
type writes struct {
	lines        []*line
	newLots      []*lot
	changedLots  []*lot
	newHolds     []*hold
	changedHolds []*hold
	accounts     []*db.PointAccount
}

// writesOf gathers what books add and change. drawn are ids that were taken for
// it; what is missing is taken now.
func writesOf(ctx context.Context, q querier, books []*book, drawn ids) (*writes, error) {
	w := &writes{}
	for _, b := range books {
		b.total()
		w.gather(b)
	}
	return w, w.number(ctx, q, drawn)
}

func (s *writes) gather(b *book) {
	if n := len(b.lines); n > 0 {
		b.account.UpdatedAt = maxTime(b.account.UpdatedAt, b.lines[n-1].OccurredAt)
	}
	if !reflect.DeepEqual(b.account, b.loaded) {
		s.accounts = append(s.accounts, &b.account)
	}
	s.lines = append(s.lines, b.lines...)
	for _, l := range b.lots {
		switch {
		case l.born != nil:
			s.newLots = append(s.newLots, l)
		case l.changed():
			s.changedLots = append(s.changedLots, l)
		}
	}
	for _, h := range b.holds {
		switch {
		case h.born != nil:
			s.newHolds = append(s.newHolds, h)
		case h.changed():
			s.changedHolds = append(s.changedHolds, h)
		}
	}
}

// number gives new lines, lots and holds their ids, in the order in which they
// were written.
func (s *writes) number(ctx context.Context, q querier, drawn ids) error {
	drawn, err := drawn.upTo(ctx, q, counts{len(s.lines), len(s.newLots), len(s.newHolds)})
	if err != nil {
		return err
	}
	for i, l := range s.lines {
		l.ID = drawn.bookings[i]
	}
	for i, l := range s.newLots {
		l.ID, l.BookingID = drawn.lots[i], l.born.ID
	}
	for i, h := range s.newHolds {
		h.ID = drawn.holds[i]
	}
	for _, h := range slices.Concat(s.newHolds, s.changedHolds) {
		h.nameLots()
	}
	for _, l := range s.lines {
		if l.lot != nil {
			l.LotID = &l.lot.ID
		}
		if l.hold != nil {
			l.HoldID = &l.hold.ID
		}
	}
	return nil
}

func maxTime(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}
