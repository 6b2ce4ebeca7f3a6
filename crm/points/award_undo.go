package points

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/meguri-crm/meguri/db"
)

// dueActions are those that AwardDue awards.
var dueActions = []Action{ActionJoin, ActionMail, ActionLine, ActionBirthday}

// nextAward asks for the number, in the key of an award for one thing, that no award
// has which was taken back from a customer or his kin. The key of the first has none.
func nextAward(customer, key string) string {
	return fmt.Sprintf(`SELECT coalesce(max(u.number) + 1, 0) FROM point_awards_undone u WHERE u.award = %s AND u.customer_id IN (%s)`, key, kinIDs(customer))
}

// keysUpTo asks for the keys of the award of number 0 to next, as an array.
func keysUpTo(key, next string) string {
	return fmt.Sprintf(`SELECT array_agg(%s || CASE WHEN g.n > 0 THEN E'\x1e' || g.n ELSE '' END) FROM generate_series(0, %s) g (n)`, key, next)
}

// numberIn is the number in the key of an award.
func numberIn(key string) string {
	return fmt.Sprintf(`coalesce(nullif(split_part(%s, E'\x1e', 2), '')::int, 0)`, key)
}

// awardNumber is what the number of an award adds to its key, as in keysUpTo.
func awardNumber(n int64) string {
	if n == 0 {
		return ""
	}
	return "\x1e" + strconv.FormatInt(n, 10)
}

// takenBackAward tells whether booking b is an award that was taken back.
const takenBackAward = `EXISTS (SELECT FROM point_awards_undone u WHERE u.customer_id = b.customer_id AND u.booking_id = b.id)`

// numberedAward gives the cause of an award the key of the one that stands for who was
// asked for or for holder, who has his points and whose account is locked, or for who
// is merged into them; or else of the next.
func numberedAward(ctx context.Context, q querier, asked, holder int64, c Cause) (Cause, error) {
	var n int64
	err := q.QueryRow(ctx, `WITH RECURSIVE family AS (
			SELECT unnest(ARRAY[$1::bigint, $2::bigint]) AS id
			UNION SELECT m.from_id FROM family f JOIN point_merges m ON m.customer_id = f.id AND m.undone_at IS NULL),
		next (n) AS (`+nextAward("$2::bigint", "$3::text")+`),
		keys (all_of) AS MATERIALIZED (`+keysUpTo("$3::text", "(SELECT n FROM next)")+`),
		known AS (
			SELECT b.idempotency_key AS key, b.customer_id, b.id FROM family f JOIN point_bookings b ON b.customer_id = f.id AND b.idempotency_key = ANY ((SELECT all_of FROM keys)::text[])
			UNION ALL SELECT a.idempotency_key, a.booked_for, a.booking_id FROM family f
				JOIN point_key_aliases a ON a.customer_id = f.id AND a.idempotency_key = ANY ((SELECT all_of FROM keys)::text[]))
		SELECT coalesce((SELECT max(`+numberIn("b.key")+`) FROM known b WHERE NOT `+takenBackAward+`), (SELECT n FROM next))`, asked, holder, c.key).Scan(&n)
	c.key += awardNumber(n)
	return c, db.Fault(err)
}

// UndoAwards takes back what AwardDue, or a form, gave these customers, or whoever
// they were merged into, for what is not so any more now that an import is undone:
// that they joined, agreed or had their birthday as members. What of it has expired
// is gone already. Known again, the same earns again.
//
// It runs in the transaction that undoes the import, after memberships and consents.
func (s *Service) UndoAwards(ctx context.Context, tx db.Tx, importID int64, customers []int64) error {
	if len(customers) == 0 {
		return nil
	}
	return db.Fault(tx.Pgx(func(q pgx.Tx) error {
		kin, err := kinOf(ctx, q, customers)
		if err != nil {
			return err
		}
		if err := holdAccounts(ctx, q, kin); err != nil { // another import that is undone may take the same awards back
			return err
		}
		gone, err := s.goneAwards(ctx, q, kin)
		if err != nil || len(gone) == 0 {
			return err
		}
		lots, err := lotsOfAwards(ctx, q, gone, kin)
		if err != nil {
			return err
		}
		books, err := lock(ctx, q, kin, s.clock.Now(), wanted{lots: lotsIn(lots)})
		if err != nil {
			return err
		}
		set, err := s.readSettings(ctx, q)
		if err != nil {
			return err
		}
		u := undoingTold{books: books, now: s.clock.Now(), set: set, zone: s.zone, why: importUndone(importID)}
		for _, t := range lots {
			u.takeBack(t)
		}
		if err := save(ctx, q, slices.Collect(maps.Values(books))); err != nil {
			return err
		}
		return forget(ctx, q, &importID, gone)
	}))
}

// awarded is an award that stands.
type awarded struct {
	CustomerID, ID int64
	Holder         int64 // who has the customer's points now
	Action         Action
	Ref            string
	At             time.Time // what it was for
}

// goneAwards are the awards of customers for what is not so any more.
func (s *Service) goneAwards(ctx context.Context, q querier, customers []int64) ([]awarded, error) {
	actions := make([]string, len(dueActions))
	for i, a := range dueActions {
		actions[i] = string(a)
	}
	rows, err := q.Query(ctx, `WITH RECURSIVE who AS (
			SELECT id, id AS holder FROM customers WHERE id = ANY($1::bigint[])
			UNION SELECT w.id, c.merged_into FROM who w JOIN customers c ON c.id = w.holder WHERE c.merged_into IS NOT NULL
		)
		SELECT b.customer_id, b.id, w.holder, split_part(b.idempotency_key, ':', 3) AS action, ref.ref, l.earned_at AS at
		FROM point_bookings b JOIN who w ON w.id = b.customer_id JOIN customers h ON h.id = w.holder AND h.merged_into IS NULL
		JOIN point_lots l ON l.customer_id = ANY($1::bigint[]) AND l.id = b.lot_id
		CROSS JOIN LATERAL (SELECT split_part(split_part(b.idempotency_key, ':', 4), E'\x1e', 1) AS ref) ref
		WHERE b.customer_id = ANY($1::bigint[]) AND b.kind = 'GRANT' AND b.actor_kind = 'SYSTEM' AND b.idempotency_key LIKE 'request:action:%'
			AND split_part(b.idempotency_key, ':', 3) = ANY($2::text[]) AND strpos(b.idempotency_key, E'\x1f') = 0
			AND NOT `+takenBackAward+`
		ORDER BY b.id`, customers, actions)
	if err != nil {
		return nil, db.Fault(err)
	}
	stand, err := pgx.CollectRows(rows, pgx.RowToStructByName[awarded])
	if err != nil {
		return nil, db.Fault(err)
	}
	for _, action := range dueActions {
		if stand, err = s.withoutFact(ctx, q, action, stand); err != nil {
			return nil, err
		}
	}
	return stand, nil
}

// withoutFact leaves those awards of an action out that the database still bears out.
func (s *Service) withoutFact(ctx context.Context, q querier, action Action, awards []awarded) ([]awarded, error) {
	var holders []int64
	var since time.Time
	for _, a := range awards {
		if a.Action == action {
			if holders = append(holders, a.Holder); since.IsZero() || a.At.Before(since) {
				since = a.At
			}
		}
	}
	if len(holders) == 0 {
		return awards, nil
	}
	args := []any{since.AddDate(0, 0, -1), s.clock.Now(), holders, string(action), int64(0)}
	if action == ActionBirthday {
		args = append(args, s.zone.String())
	}
	rows, err := q.Query(ctx, `SELECT f.customer_id, f.ref FROM (`+facts[action]+`) f WHERE f.customer_id = ANY($3::bigint[]) AND $4::text <> '' AND $5::bigint = 0`, args...)
	if err != nil {
		return nil, db.Fault(err)
	}
	type fact struct {
		customer int64
		ref      string
	}
	so := map[fact]bool{}
	var f fact
	if _, err = pgx.ForEachRow(rows, []any{&f.customer, &f.ref}, func() error { so[f] = true; return nil }); err != nil {
		return nil, db.Fault(err)
	}
	return slices.DeleteFunc(awards, func(a awarded) bool { return a.Action == action && so[fact{a.Holder, a.Ref}] }), nil
}

// lotsOfAwards are the bookings of awards with their lots.
func lotsOfAwards(ctx context.Context, q querier, awards []awarded, kin []int64) ([]toldBooking, error) {
	customers, ids, holders := make([]int64, len(awards)), make([]int64, len(awards)), make([]int64, len(awards))
	for i, a := range awards {
		customers[i], ids[i], holders[i] = a.CustomerID, a.ID, a.Holder
	}
	rows, err := q.Query(ctx, `SELECT b.customer_id, b.id, b.kind, n.holder, b.lot_id, b.amount,
			coalesce((SELECT sum(x.amount) FROM point_entries x WHERE x.customer_id = ANY($4::bigint[]) AND x.lot_id = b.lot_id AND x.account = 'EXPIRED'), 0)::bigint AS expired
		FROM unnest($1::bigint[], $2::bigint[], $3::bigint[]) AS n (customer_id, id, holder)
		JOIN point_bookings a ON a.customer_id = n.customer_id AND a.id = n.id
		JOIN point_bookings b ON b.customer_id = a.customer_id AND rtrim(b.idempotency_key, E'\x1f') = a.idempotency_key
		ORDER BY n.holder, b.id`, customers, ids, holders, kin)
	if err != nil {
		return nil, db.Fault(err)
	}
	found, err := pgx.CollectRows(rows, pgx.RowToStructByName[toldBooking])
	return found, db.Fault(err)
}

// forget keeps which awards are taken back, with an import that is undone if it is
// for that, and frees what rules gave for them.
func forget(ctx context.Context, q querier, importID *int64, awards []awarded) error {
	for _, a := range awards {
		if _, err := q.Exec(ctx, `INSERT INTO point_awards_undone (customer_id, booking_id, import_id, award, number)
			SELECT customer_id, id, $3, split_part(idempotency_key, E'\x1e', 1), `+numberIn("idempotency_key")+`
			FROM point_bookings WHERE customer_id = $1 AND id = $2`, a.CustomerID, a.ID, importID); err != nil {
			return err
		}
		if _, err := q.Exec(ctx, `DELETE FROM earn_uses WHERE customer_id IN ($1, $2) AND source = $3`, a.CustomerID, a.Holder,
			Act{Action: a.Action, Ref: a.Ref}.source()); err != nil {
			return err
		}
	}
	return nil
}
