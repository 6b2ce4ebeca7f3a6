package points

import (
	"context"

	"github.com/jackc/pgx/v5"

	"github.com/meguri-crm/meguri/db"
)

// Discrepancy is one figure of the ledger that the entries do not bear out.
type Discrepancy struct {
	CustomerID int64  `json:"customer"`
	What       string `json:"what"`     // available, pending, held, debt, lot, lot held, holds, postings, running balance, outstanding, transfers, merged, sum
	ID         int64  `json:"id"`       // of the lot, booking or merge; 0 for an account
	Kept       int64  `json:"kept"`     // what stands there
	Replayed   int64  `json:"replayed"` // what the entries say
}

// maxDiscrepancies bounds a report; one is alarm enough.
const maxDiscrepancies = 100

// Verify replays the whole ledger and compares: every balance with the entries
// on its account, every lot with the entries on it, what is held, lot by lot too,
// with the open holds, every booking with zero and with what it says of points outstanding, the two sides of what went from customer to
// customer with each other, and the balance after every booking with the running
// sum, which must never have been negative. Who is merged must have nothing. It reads one snapshot and
// takes no lock. Empty means that the books are in order.
func (s *Service) Verify(ctx context.Context) ([]Discrepancy, error) {
	found, err := verify(ctx, s.db.Pool)
	return found, db.Fault(err)
}

func verify(ctx context.Context, q querier) ([]Discrepancy, error) {
	rows, err := q.Query(ctx, `
		WITH sums AS (
			SELECT customer_id,
				coalesce(sum(amount) FILTER (WHERE account = 'AVAILABLE'), 0) AS available,
				coalesce(sum(amount) FILTER (WHERE account = 'PENDING'), 0) AS pending,
				coalesce(sum(amount) FILTER (WHERE account = 'HELD'), 0) AS held,
				coalesce(-sum(amount) FILTER (WHERE account = 'DEBT'), 0) AS debt
			FROM point_entries GROUP BY customer_id
		), accounts AS (
			SELECT coalesce(a.customer_id, s.customer_id) AS customer_id, figure.what, coalesce(figure.kept, 0) AS kept, coalesce(figure.replayed, 0) AS replayed
			FROM point_accounts a FULL JOIN sums s ON s.customer_id = a.customer_id,
				LATERAL (VALUES ('available', a.available, s.available), ('pending', a.pending, s.pending), ('held', a.held, s.held), ('debt', a.debt, s.debt))
					AS figure (what, kept, replayed)
		), lots AS (
			SELECT coalesce(l.customer_id, e.customer_id) AS customer_id, coalesce(l.id, e.lot_id) AS id, coalesce(l.remaining, 0) AS remaining, coalesce(l.held, 0) AS held,
				coalesce(e.remaining, 0) AS all_entries, coalesce(e.held, 0) AS held_entries
			FROM point_lots l FULL JOIN (
				SELECT customer_id, lot_id, sum(amount) AS remaining, coalesce(sum(amount) FILTER (WHERE account = 'HELD'), 0) AS held
				FROM point_entries WHERE account IN ('AVAILABLE', 'PENDING', 'HELD') AND lot_id <> 0 GROUP BY customer_id, lot_id
			) e ON e.customer_id = l.customer_id AND e.lot_id = l.id
		), running AS (
			SELECT b.customer_id, b.id, b.available_after, b.outstanding, count(e.amount) AS postings, coalesce(sum(e.amount), 0) AS total,
				coalesce(sum(e.amount) FILTER (WHERE e.account IN ('AVAILABLE', 'PENDING', 'HELD')), 0) AS posted,
				sum(coalesce(sum(e.amount) FILTER (WHERE e.account = 'AVAILABLE'), 0)) OVER by_id AS available,
				sum(coalesce(sum(e.amount) FILTER (WHERE e.account = 'PENDING'), 0)) OVER by_id AS pending,
				sum(coalesce(sum(e.amount) FILTER (WHERE e.account = 'HELD'), 0)) OVER by_id AS held
			FROM point_bookings b LEFT JOIN point_entries e ON e.customer_id = b.customer_id AND e.booking_id = b.id
			GROUP BY b.customer_id, b.id, b.available_after, b.outstanding
			WINDOW by_id AS (PARTITION BY b.customer_id ORDER BY b.id)
		)
		SELECT customer_id, what, 0::bigint AS id, kept::bigint, replayed::bigint FROM accounts WHERE kept <> replayed
		UNION ALL SELECT customer_id, 'lot', id, remaining, all_entries::bigint FROM lots WHERE remaining <> all_entries
		UNION ALL SELECT customer_id, 'lot held', id, held, held_entries::bigint FROM lots WHERE held <> held_entries
		UNION ALL SELECT a.customer_id, 'holds', 0, a.held, coalesce(h.amount, 0)::bigint FROM point_accounts a
			LEFT JOIN (SELECT customer_id, sum(amount) AS amount FROM point_holds WHERE status = 'OPEN' GROUP BY customer_id) h ON h.customer_id = a.customer_id
			WHERE a.held <> coalesce(h.amount, 0)
		UNION ALL SELECT coalesce(l.customer_id, h.customer_id), 'lot held', coalesce(l.id, h.lot), coalesce(l.held, 0), coalesce(h.amount, 0)::bigint
			FROM (SELECT customer_id, id, held FROM point_lots WHERE held > 0) l
			FULL JOIN (SELECT customer_id, (part->>'lot')::bigint AS lot, sum((part->>'amount')::bigint) AS amount
				FROM point_holds, jsonb_array_elements(allocations) part WHERE status = 'OPEN' GROUP BY 1, 2) h ON h.customer_id = l.customer_id AND h.lot = l.id
			WHERE coalesce(l.held, 0) <> coalesce(h.amount, 0)
		UNION ALL SELECT customer_id, 'postings', id, postings, total::bigint FROM running WHERE total <> 0 OR postings < 2
		UNION ALL SELECT customer_id, 'running balance', id, available_after, available::bigint FROM running
			WHERE available <> available_after OR available < 0 OR pending < 0 OR held < 0
		UNION ALL SELECT customer_id, 'outstanding', id, outstanding, posted::bigint FROM running WHERE outstanding <> posted
		UNION ALL SELECT 0, 'transfers', merge, 0, amount FROM (
			SELECT (b.detail->>'merge')::bigint AS merge, sum(e.amount)::bigint AS amount FROM point_entries e
			JOIN point_bookings b ON b.customer_id = e.customer_id AND b.id = e.booking_id
			WHERE e.account = 'TRANSFERRED' GROUP BY 1, b.reason, e.lot_id HAVING sum(e.amount) <> 0) pairs
		UNION ALL SELECT c.id, 'merged', 0, 0, a.available + a.pending + a.held + a.debt FROM customers c JOIN point_accounts a ON a.customer_id = c.id
			WHERE c.merged_into IS NOT NULL AND a.available + a.pending + a.held + a.debt <> 0
		LIMIT $1`, maxDiscrepancies)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowToStructByNameLax[Discrepancy])
}
