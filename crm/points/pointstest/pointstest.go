// Package pointstest fills a ledger as large as a test or a benchmark needs it.
//
// It promises books that the nightly check finds in order. What is booked on them
// is left to whoever asks.
package pointstest

import (
	"testing"
	"time"

	"github.com/meguri-crm/meguri/db"
)

// Each is how many bookings Fill makes for each member.
const Each = 5

// Available is the balance of a member that Fill has made.
func Available(member int64) int64 { return 700 + member%100 }

// Expiring is what of the balance of such a member ends next.
func Expiring(member int64) int64 { return 200 + member%100 }

// Fill makes members with the ids 1 to members, each of whom was granted points
// three times and spent some twice, the last time a month before now, and brings
// the statistics up to date. Points end between one and two years after now.
func Fill(t testing.TB, d *db.DB, members int, now time.Time) {
	t.Helper()
	for _, sql := range []string{
		`INSERT INTO customers (id, member_since, member_via) SELECT n, $2::timestamptz - interval '1 year', 'APP' FROM generate_series(1, $1::int) n`,
		// Of member n: 500 + n % 100 granted, then 300, 200 spent, 200 granted, 100 spent.
		`INSERT INTO point_bookings (customer_id, id, kind, amount, available_after, occurred_at, idempotency_key, request_hash, reason, lot_id, detail, outstanding, actor_kind)
			SELECT n, (n - 1) * 5 + k.no, k.kind, k.amount + CASE k.no WHEN 1 THEN n % 100 ELSE 0 END, k.after + n % 100,
				$2::timestamptz - interval '1 year' + k.no * interval '2 months' + n % 28 * interval '1 day', 'filled:' || k.no, '', 'STAFF',
				CASE WHEN k.lot > 0 THEN (n - 1) * 3 + k.lot END, '{}', CASE k.kind WHEN 'GRANT' THEN k.amount + CASE k.no WHEN 1 THEN n % 100 ELSE 0 END ELSE -k.amount END, 'SYSTEM'
			FROM generate_series(1, $1::int) n, (VALUES (1, 'GRANT', 500, 500, 1), (2, 'GRANT', 300, 800, 2), (3, 'REDEEM', 200, 600, 0), (4, 'GRANT', 200, 800, 3), (5, 'REDEEM', 100, 700, 0))
				AS k (no, kind, amount, after, lot)`,
		`INSERT INTO point_entries (customer_id, booking_id, account, amount, lot_id)
			SELECT n, (n - 1) * 5 + k.no, side.account, side.sign * (k.amount + CASE k.no WHEN 1 THEN n % 100 ELSE 0 END), (n - 1) * 3 + k.lot
			FROM generate_series(1, $1::int) n, (VALUES (1, 'ISSUED', 500, 1), (2, 'ISSUED', 300, 2), (3, 'REDEEMED', -200, 1), (4, 'ISSUED', 200, 3), (5, 'REDEEMED', -100, 1))
				AS k (no, counter, amount, lot), LATERAL (VALUES ('AVAILABLE', 1), (k.counter, -1)) AS side (account, sign)
			WHERE $2::timestamptz IS NOT NULL`,
		`INSERT INTO point_lots (customer_id, id, booking_id, amount, remaining, status, earned_at, usable_at, expires_at)
			SELECT n, (n - 1) * 3 + k.lot, b.id, b.amount, b.amount - k.spent, 'USABLE', b.occurred_at, b.occurred_at, $2::timestamptz + interval '1 year' + k.lot * interval '3 months' + n % 28 * interval '1 day'
			FROM generate_series(1, $1::int) n, (VALUES (1, 1, 300), (2, 2, 0), (3, 4, 0)) AS k (lot, no, spent),
				LATERAL (SELECT id, amount, occurred_at FROM point_bookings WHERE customer_id = n AND id = (n - 1) * 5 + k.no) b`,
		`INSERT INTO point_accounts (customer_id, available, expiring_next_on, expiring_next_amount, due_at, updated_at)
			SELECT l.customer_id, 700 + l.customer_id % 100, l.expires_at, l.remaining, l.expires_at, $2::timestamptz
			FROM point_lots l WHERE l.id % 3 = 1 AND l.customer_id <= $1`,
	} {
		if _, err := d.Pool.Exec(t.Context(), sql, members, now); err != nil {
			t.Fatalf("pointstest: %v", err)
		}
	}
	for _, sql := range []string{
		`SELECT setval('point_bookings_id_seq', (SELECT max(id) FROM point_bookings)), setval('point_lots_id_seq', (SELECT max(id) FROM point_lots)), setval('customers_id_seq', (SELECT max(id) FROM customers))`,
		`VACUUM ANALYZE customers, point_accounts, point_bookings, point_entries, point_lots`,
	} {
		if _, err := d.Pool.Exec(t.Context(), sql); err != nil {
			t.Fatalf("pointstest: %v", err)
		}
	}
}
