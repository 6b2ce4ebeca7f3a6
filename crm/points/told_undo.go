package points

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/meguri-crm/meguri/db"
)

// UndoTold takes back by counter-bookings what BookTold has booked for these
// customers, or whoever they were merged into, with an import: what was spent is
// given back into the lots it came from, and then what was granted is clawed
// back; what of it has expired meanwhile is taken from nobody. Nothing is removed,
// and nothing taken back twice.
func (s *Service) UndoTold(ctx context.Context, tx db.Tx, importID int64, customers []int64) error {
	if len(customers) == 0 {
		return nil
	}
	return db.Fault(tx.Pgx(func(q pgx.Tx) error {
		kin, err := kinOf(ctx, q, customers)
		if err != nil {
			return err
		}
		told, err := toldBy(ctx, q, importID, kin)
		if err != nil || len(told) == 0 {
			return err
		}
		books, err := lock(ctx, q, kin, s.clock.Now(), wanted{lots: lotsIn(told)})
		if err != nil {
			return err
		}
		set, err := s.readSettings(ctx, q)
		if err != nil {
			return err
		}
		u := undoingTold{books: books, now: s.clock.Now(), set: set, zone: s.zone, why: importUndone(importID)}
		for _, t := range told {
			u.takeBack(t)
		}
		if err := save(ctx, q, slices.Collect(maps.Values(books))); err != nil {
			return err
		}
		if err := unused(ctx, q, importID, kin); err != nil {
			return err
		}
		return reopen(ctx, q, kin, kin)
	}))
}

// unused frees what rules gave for actions that an import told of.
func unused(ctx context.Context, q querier, importID int64, kin []int64) error {
	_, err := q.Exec(ctx, `DELETE FROM earn_uses e USING point_bookings b WHERE e.customer_id = ANY($1::bigint[]) AND e.source LIKE 'told:%'
		AND b.customer_id = ANY($1::bigint[]) AND b.idempotency_key = e.source AND b.detail->>'import' = ($2::bigint)::text`, kin, importID)
	return db.Fault(err)
}

// takenBack asks for the bookings that UndoTold has taken back, of the customers
// that follow.
const takenBack = `SELECT split_part(u.idempotency_key, ':', 2)::bigint FROM point_bookings u WHERE u.idempotency_key LIKE 'untold:%' AND u.customer_id = ANY`

// reopen has the books of customers begin where the latest opening says that was
// booked for them, or for who is merged into them, and is not taken back.
// customers are locked; kin is all who were ever merged with them.
func reopen(ctx context.Context, q querier, customers, kin []int64) error {
	_, err := q.Exec(ctx, `WITH RECURSIVE family AS (
			SELECT c AS holder, c AS id FROM unnest($1::bigint[]) AS c
			UNION SELECT f.holder, m.from_id FROM family f JOIN point_merges m ON m.customer_id = f.id AND m.undone_at IS NULL
		), opened AS (
			SELECT f.holder, max((b.detail->>'opened')::timestamptz) AS at FROM family f
			LEFT JOIN point_bookings b ON b.customer_id = f.id AND b.idempotency_key LIKE 'told:%' AND b.id NOT IN (`+takenBack+`($2::bigint[]))
			GROUP BY f.holder
		)
		UPDATE point_accounts a SET opened_at = o.at FROM opened o WHERE a.customer_id = o.holder AND a.opened_at IS DISTINCT FROM o.at`, customers, kin)
	return db.Fault(err)
}

// toldBooking is a booking of an import, with what it moved, by lot; 0: what was owed.
type toldBooking struct {
	CustomerID, ID int64
	Kind           string
	Holder         int64 // who has the customer's points now
	LotID          int64
	Amount         int64
	Expired        int64 // of the lot of an award, when it was read; the books know what has expired since
}

// toldBy is what an import has booked and nobody has taken back, spendings first:
// what they give back is part of what the grants lose.
func toldBy(ctx context.Context, q querier, importID int64, customers []int64) ([]toldBooking, error) {
	rows, err := q.Query(ctx, `WITH RECURSIVE who AS (
			SELECT id, id AS holder FROM customers WHERE id = ANY($2::bigint[])
			UNION SELECT w.id, c.merged_into FROM who w JOIN customers c ON c.id = w.holder WHERE c.merged_into IS NOT NULL
		)
		SELECT b.customer_id, b.id, b.kind, w.holder, e.lot_id, abs(e.amount)::bigint AS amount
		FROM point_bookings b
		JOIN point_entries e ON e.customer_id = b.customer_id AND e.booking_id = b.id AND e.account IN ('ISSUED', 'REDEEMED', 'ADJUSTED')
		JOIN who w ON w.id = b.customer_id
		JOIN customers h ON h.id = w.holder AND h.merged_into IS NULL
		WHERE b.customer_id = ANY($2::bigint[]) AND b.idempotency_key LIKE 'told:%' AND b.detail->>'import' = ($1::bigint)::text
			AND NOT EXISTS (SELECT FROM point_bookings u WHERE u.customer_id = ANY($2::bigint[])
				AND u.idempotency_key IN ('untold:' || b.id || ':' || e.lot_id, 'untold:' || b.id || ':' || e.lot_id || ':paid'))
		ORDER BY w.holder, b.kind = 'GRANT', b.id, e.lot_id`, importID, customers)
	if err != nil {
		return nil, db.Fault(err)
	}
	found, err := pgx.CollectRows(rows, pgx.RowToStructByNameLax[toldBooking])
	return found, db.Fault(err)
}

// counter is the account that a spending was booked against.
func (t toldBooking) counter() string {
	if t.Kind == "ADJUST" {
		return adjusted
	}
	return redeemed
}

func lotsIn(told []toldBooking) []int64 {
	var ids []int64
	for _, t := range told {
		if t.LotID != 0 {
			ids = append(ids, t.LotID)
		}
	}
	return ids
}

// undoingTold takes bookings back for one reason.
type undoingTold struct {
	books map[int64]*book
	now   time.Time
	set   Settings
	zone  *time.Location
	why   Cause
}

func importUndone(id int64) Cause {
	return Cause{Reason: "IMPORT_UNDONE", Detail: map[string]any{"import": id}}
}

func (u undoingTold) takeBack(t toldBooking) {
	b := u.books[t.Holder]
	b.zone = u.zone
	at := maxTime(u.now, b.account.UpdatedAt)
	b.advance(at)
	c := u.why
	c.key, c.Detail = fmt.Sprintf("untold:%d:%d", t.ID, t.LotID), map[string]any{"booking": t.ID}
	maps.Copy(c.Detail, u.why.Detail)
	of := b.lotByID(t.LotID)
	switch {
	case t.Kind == "GRANT":
		if of == nil {
			return // the lot went with one of the family who was parted since
		}
		if amount := of.Amount - of.ClawedBack; amount > 0 {
			b.clawback(at, of, amount, min(of.expired, amount), u.set.Shortfall, c)
		}
	case of != nil:
		u.restore(b, of, at, t, c)
	case t.LotID == 0:
		u.forgive(b, at, t, c)
	}
}

// restore gives a part of a spending back into the lot it came from. A lot whose
// last day has gone by lives on for the days of grace.
func (u undoingTold) restore(b *book, of *lot, at time.Time, t toldBooking, c Cause) {
	if of.ExpiresAt != nil && !of.ExpiresAt.After(at) {
		grace := endOfDay(at, 0, u.set.RestoreGraceDays, u.zone)
		of.ExpiresAt = &grace
	}
	l := b.write("RESTORE", at, c)
	b.post(l, t.counter(), of, -t.Amount)
	b.makeUsable(l, of, t.Amount)
	b.end(l, t.Amount)
}

// forgive takes off the debt that a spending made; what of it is paid off
// meanwhile comes back as points of today.
func (u undoingTold) forgive(b *book, at time.Time, t toldBooking, c Cause) {
	amount := t.Amount
	if owed := min(b.account.Debt, amount); owed > 0 {
		l := b.write("RESTORE", at, c)
		b.post(l, t.counter(), nil, -owed)
		b.post(l, debt, nil, owed)
		b.end(l, owed)
		amount -= owed
		c.key += ":paid"
	}
	if amount > 0 {
		b.grant(at, amount, Terms{EarnedAt: at, UsableAt: &at, Rule: []byte("{}")}.expiring(u.set, "", u.zone), c)
	}
}
