package points

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/db"
)

// MergeInto hands all points of the customer from over to the customer to, who
// survives the merge of that id: lots and holds, open or done, with their ids,
// dates, orders and rules, and the debt, which usable points pay off. from ends
// empty. Open holds go on being captured and released under the ids they were
// made with.
//
// It runs in the transaction that merges the customers and holds db.PeopleLock
// alone, whether they have points or not, after that has moved the orders: from
// then on, what is asked for from is booked for to, and a key that was used for
// either gives its first result.
// Orders that earn by the merge, because they now are a member's, are settled by
// a call of SettleOrders after it.
// Errors: fault.Invalid for one and the same customer, fault.Conflict when from
// is merged already.
func (s *Service) MergeInto(ctx context.Context, tx db.Tx, merge, from, to int64) error {
	if from == to {
		return fault.New(fault.Invalid, "a customer cannot be merged into himself")
	}
	return db.Fault(tx.Pgx(func(q pgx.Tx) error {
		if _, err := lock(ctx, q, sorted(from, to), s.clock.Now(), wanted{}); err != nil {
			return err
		}
		var g movable
		if err := q.QueryRow(ctx, `SELECT ARRAY(SELECT id FROM point_lots WHERE customer_id = $1 ORDER BY id),
			ARRAY(SELECT id FROM point_holds WHERE customer_id = $1 ORDER BY id)`, from).Scan(&g.lots, &g.holds); err != nil {
			return err
		}
		owed, err := s.transfer(ctx, q, from, to, g, mergeCause("MERGE", merge))
		if err != nil {
			return err
		}
		if _, err := q.Exec(ctx, `UPDATE point_accounts SET kin = true, opened_at = CASE WHEN customer_id = $2
			THEN (SELECT max(opened_at) FROM point_accounts WHERE customer_id IN ($1, $2)) ELSE opened_at END WHERE customer_id IN ($1, $2)`, from, to); err != nil {
			return err
		}
		_, err = q.Exec(ctx, `INSERT INTO point_merges (customer_id, merge_id, from_id, lots, holds, debt, merged_at) VALUES ($1, $2, $3, $4, $5, $6, $7)`,
			to, merge, from, g.lots, g.holds, owed, s.clock.Now())
		return err
	}))
}

// UndoMerge gives back to from what the merge of that id brought, with what
// remains of it: its lots, the lots that his orders earned since, and his holds,
// open ones still open. What was spent meanwhile stays spent, and what a hold of
// the survivor has reserved of those lots stays reserved there. Of the debt as
// much goes back as came and is still owed.
//
// It runs in the transaction that undoes the merge, after that has moved the
// orders back and cleared merged_into of from, and before SettleOrders of them. to is
// who was the survivor then; if he has been merged since, his survivor gives.
// Errors: fault.Precondition when there is no such merge or it is undone.
func (s *Service) UndoMerge(ctx context.Context, tx db.Tx, merge, from, to int64) error {
	return db.Fault(tx.Pgx(func(q pgx.Tx) error {
		holder, err := s.lockHolder(ctx, q, from, to)
		if err != nil {
			return err
		}
		g, err := toGiveBack(ctx, q, merge, from, to, holder)
		if err != nil {
			return err
		}
		owed, err := s.transfer(ctx, q, holder, from, g, mergeCause("MERGE_UNDONE", merge))
		if err != nil {
			return err
		}
		if err := closeMerge(ctx, q, merge, to, owed, s.clock.Now()); err != nil {
			return err
		}
		parted := sorted(from, holder)
		kin, err := kinOf(ctx, q, parted)
		if err != nil {
			return err
		}
		return reopen(ctx, q, parted, kin)
	}))
}

// lockHolder locks from and the one who has the points of to now.
func (s *Service) lockHolder(ctx context.Context, q querier, from, to int64) (holder int64, err error) {
	for locked := int64(0); ; locked = holder {
		if holder, _, err = resolve(ctx, q, to); err != nil || holder == locked {
			return holder, err
		}
		if _, err := lock(ctx, q, sorted(from, holder), s.clock.Now(), wanted{}); err != nil {
			return 0, err
		}
	}
}

// movable is what is to go over, by id, and of the debt at most so much.
type movable struct {
	lots, holds []int64
	debt        int64
}

// toGiveBack is what an undo gives back: what came with the merge and is still
// there, and the lots that orders of from have earned since, if he is a member.
func toGiveBack(ctx context.Context, q querier, merge, from, to, holder int64) (g movable, err error) {
	err = q.QueryRow(ctx, `
		SELECT ARRAY(SELECT id FROM point_lots l WHERE l.customer_id = $4 AND (l.id = ANY(m.lots) OR l.order_id IN (
				SELECT o.id FROM orders o JOIN customers c ON c.id = o.customer_id WHERE o.customer_id = $2 AND c.member_since IS NOT NULL)) ORDER BY id),
			ARRAY(SELECT id FROM point_holds WHERE customer_id = $4 AND id = ANY(m.holds) ORDER BY id), m.debt
		FROM point_merges m WHERE m.customer_id = $3 AND m.merge_id = $1 AND m.from_id = $2 AND m.undone_at IS NULL`,
		merge, from, to, holder).Scan(&g.lots, &g.holds, &g.debt)
	if errors.Is(err, pgx.ErrNoRows) {
		err = fault.New(fault.Precondition, "the points of these customers are not merged").WithCode("NOT_MERGED")
	}
	return g, err
}

// transfer books what goes from one customer to another; both are locked. It
// answers with the debt that went.
func (s *Service) transfer(ctx context.Context, q querier, from, to int64, g movable, c Cause) (owed int64, err error) {
	books, err := lock(ctx, q, sorted(from, to), s.clock.Now(), wanted{lots: g.lots, holds: g.holds})
	if err != nil {
		return 0, err
	}
	giver, taker := books[from], books[to]
	at := maxTime(s.clock.Now(), maxTime(giver.account.UpdatedAt, taker.account.UpdatedAt))
	giver.advance(at)
	taker.advance(at)
	what := handover{owed: giver.account.Debt}
	if c.Reason == "MERGE_UNDONE" {
		what.owed = min(g.debt, giver.account.Debt)
	}
	for _, l := range giver.lots {
		if _, goes := slices.BinarySearch(g.lots, l.ID); goes {
			what.lots = append(what.lots, l)
		}
	}
	for _, h := range giver.holds {
		if _, goes := slices.BinarySearch(g.holds, h.ID); goes {
			what.holds = append(what.holds, h)
		}
	}
	giver.handOver(taker, at, what, c)
	return what.owed, save(ctx, q, slices.Collect(maps.Values(books)))
}

func mergeCause(reason string, merge int64) Cause {
	key := fmt.Sprintf("merge:%d", merge)
	if reason == "MERGE_UNDONE" {
		key += ":undone"
	}
	return Cause{Reason: reason, Detail: map[string]any{"merge": merge}, key: key}
}

func sorted(ids ...int64) []int64 {
	slices.Sort(ids)
	return slices.Compact(ids)
}

// closeMerge marks a merge as undone. The debt was given back by whoever holds
// it now: merges that took it further give back so much less.
func closeMerge(ctx context.Context, q querier, merge, to, owed int64, now time.Time) error {
	if _, err := q.Exec(ctx, `UPDATE point_merges SET undone_at = $3 WHERE customer_id = $1 AND merge_id = $2`, to, merge, now); err != nil {
		return err
	}
	_, err := q.Exec(ctx, `WITH RECURSIVE further AS (
			SELECT customer_id, merge_id FROM point_merges WHERE from_id = $1 AND undone_at IS NULL
			UNION SELECT m.customer_id, m.merge_id FROM further f JOIN point_merges m ON m.from_id = f.customer_id AND m.undone_at IS NULL)
		UPDATE point_merges m SET debt = greatest(m.debt - $2, 0) FROM further f WHERE m.customer_id = f.customer_id AND m.merge_id = f.merge_id`, to, owed)
	return err
}

// kinIDs asks for customers and all who were ever merged with one of them.
func kinIDs(customers string) string {
	return fmt.Sprintf(`WITH RECURSIVE kin AS (SELECT %s AS id
			UNION SELECT side.id FROM kin JOIN point_merges m ON m.customer_id = kin.id OR m.from_id = kin.id,
				LATERAL (VALUES (m.customer_id), (m.from_id)) AS side (id))
		SELECT id FROM kin`, customers)
}

// kinOf are kinIDs, sorted.
func kinOf(ctx context.Context, q querier, customers []int64) ([]int64, error) {
	rows, err := q.Query(ctx, kinIDs("unnest($1::bigint[])")+` ORDER BY id`, customers)
	if err != nil {
		return nil, db.Fault(err)
	}
	all, err := pgx.CollectRows(rows, pgx.RowTo[int64])
	return all, db.Fault(err)
}

// findAmongKin is the booking under key that answers a request for asked, whose
// points survivor has now: his own, else one of the same request, else any that
// one of those has who are merged into the survivor. Requests that were booked
// for the survivor in the name of one of them are found by their alias.
func findAmongKin(ctx context.Context, q querier, asked, survivor int64, key string, hash []byte) (found db.PointBooking, ok bool, err error) {
	rows, err := q.Query(ctx, `WITH RECURSIVE family AS (
			SELECT unnest(ARRAY[$1::bigint, $2::bigint]) AS id
			UNION SELECT m.from_id FROM family f JOIN point_merges m ON m.customer_id = f.id AND m.undone_at IS NULL),
		hits AS (
			SELECT f.id AS of, b.customer_id AS booked_for, b.id AS booking FROM family f
				JOIN point_bookings b ON b.customer_id = f.id AND b.idempotency_key = $3
			UNION ALL SELECT f.id, a.booked_for, a.booking_id FROM family f
				JOIN point_key_aliases a ON a.customer_id = f.id AND a.idempotency_key = $3)
		SELECT `+qualified("b", bookingColumns)+` FROM hits h JOIN point_bookings b ON b.customer_id = h.booked_for AND b.id = h.booking
		ORDER BY h.of = $1 DESC, b.request_hash = $4 DESC, b.id LIMIT 1`, asked, survivor, key, hash)
	if err != nil {
		return found, false, db.Fault(err)
	}
	found, err = pgx.CollectOneRow(rows, pgx.RowToStructByNameLax[db.PointBooking])
	if errors.Is(err, pgx.ErrNoRows) {
		return found, false, nil
	}
	return found, err == nil, db.Fault(err)
}

// qualified puts the name of a table before each of columns.
func qualified(table, columns string) string {
	names := strings.Split(columns, ",")
	for i, n := range names {
		names[i] = table + "." + strings.TrimSpace(n)
	}
	return strings.Join(names, ", ")
}

// Kin are customers with all who were ever merged with one of them, sorted.
func (s *Service) Kin(ctx context.Context, customers []int64) ([]int64, error) {
	return kinOf(ctx, s.db.Pool, customers)
}
