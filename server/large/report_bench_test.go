package large

import (
	"context"
	"testing"
	"time"

	"github.com/meguri-crm/meguri/crm/ledger"
)

// BenchmarkReports has all bookings added to their days once, as happens with the
// first start after an upgrade, and then asks for two years of liability, expiry
// and breakage, as an accountant does. The floor is what such a page needs at
// least where nothing is added up: one statement over all postings.
func BenchmarkReports(b *testing.B) {
	m := open(b)
	ctx := context.WithoutCancel(b.Context())
	for b.Loop() {
		if _, err := m.DB.ExecContext(ctx, `DELETE FROM point_days; UPDATE point_days_state SET settled_to = 0, candidate_to = 0`); err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(seconds(b, func() error {
			for range 2 { // the second run adds what the first has seen
				if err := m.Ledger.AddUp(ctx); err != nil {
					return err
				}
			}
			return nil
		}), "s/adding-up")
		report := seconds(b, func() error { _, err := m.Ledger.Report(ctx, 24); return err })
		floor := seconds(b, func() error {
			_, err := m.DB.ExecContext(ctx, `SELECT date_trunc('month', b.occurred_at), e.account, sum(e.amount) FROM point_entries e
				JOIN point_bookings b ON b.customer_id = e.customer_id AND b.id = e.booking_id GROUP BY 1, 2`)
			return err
		})
		b.ReportMetric(report, "s/report")
		b.ReportMetric(floor, "floor-s/report")
		b.ReportMetric(floor/report, "ratio")
		b.ReportMetric(seconds(b, func() error { m.inOrder(b); return nil }), "s/nightly-check")
		b.ReportMetric(0, "ns/op")
	}
}

// deep is how many bookings the member has whose statement is read.
const deep = 100_000

// BenchmarkStatement reads pages of the statement of a member with 100,000
// bookings, at its beginning and near its end. ratio is what a late page takes
// beside an early one.
func BenchmarkStatement(b *testing.B) {
	m := open(b)
	ctx := context.WithoutCancel(b.Context())
	member := m.veteran(b)
	const pages, size = 60, 50
	for b.Loop() {
		early, late := int64(0), m.lineNo(b, member, deep-2*pages*size)
		if _, err := m.Ledger.Statement(ctx, member, ledger.Narrow{}, early, size); err != nil {
			b.Fatal(err)
		}
		walk := func(before int64) float64 {
			return seconds(b, func() error {
				for range pages {
					lines, err := m.Ledger.Statement(ctx, member, ledger.Narrow{}, before, size)
					if err != nil {
						return err
					}
					before = lines[len(lines)-1].ID
				}
				return nil
			}) * 1000 / pages
		}
		first, last := walk(early), walk(late)
		b.ReportMetric(first, "ms/early-page")
		b.ReportMetric(last, "ms/late-page")
		b.ReportMetric(last/first, "ratio")
		b.ReportMetric(0, "ns/op")
	}
}

// veteran is a member with as many bookings as deep.
func (m *merchant) veteran(b *testing.B) (member int64) {
	b.Helper()
	ctx := context.WithoutCancel(b.Context())
	err := m.DB.Pool.QueryRow(ctx, `INSERT INTO customers (member_since, member_via) VALUES (now() - interval '1 year', 'APP') RETURNING id`).Scan(&member)
	if err != nil {
		b.Fatal(err)
	}
	for _, sql := range []string{
		`WITH ids AS (SELECT nextval('point_bookings_id_seq') AS booking, nextval('point_lots_id_seq') AS lot, n FROM generate_series(1, $2::int) n),
			booked AS (INSERT INTO point_bookings (customer_id, id, kind, amount, available_after, occurred_at, idempotency_key, request_hash, reason, lot_id, detail, outstanding, actor_kind)
				SELECT $1, booking, 'GRANT', 1, n, now() - interval '1 year' + n * interval '1 minute', 'deep:' || n, '', 'STAFF', lot, '{}', 1, 'SYSTEM' FROM ids),
			lots AS (INSERT INTO point_lots (customer_id, id, booking_id, amount, remaining, status, earned_at, usable_at, expires_at)
				SELECT $1, lot, booking, 1, 1, 'USABLE', now(), now(), now() + interval '1 year' FROM ids),
			account AS (INSERT INTO point_accounts (customer_id, available, expiring_next_on, expiring_next_amount, due_at, updated_at)
				VALUES ($1, $2::int, now() + interval '1 year', $2::int, now() + interval '1 year', now()))
		INSERT INTO point_entries (customer_id, booking_id, account, amount, lot_id)
			SELECT $1, booking, side.account, side.sign, lot FROM ids, (VALUES ('AVAILABLE', 1), ('ISSUED', -1)) AS side (account, sign)`,
	} {
		if _, err := m.DB.Pool.Exec(ctx, sql, member, deep); err != nil {
			b.Fatal(err)
		}
	}
	return member
}

// lineNo is the id of the n-th line of a member's statement.
func (m *merchant) lineNo(b *testing.B, member int64, n int) (id int64) {
	b.Helper()
	err := m.DB.Pool.QueryRow(b.Context(), `SELECT id FROM point_bookings WHERE customer_id = $1 ORDER BY id DESC OFFSET $2 LIMIT 1`, member, n).Scan(&id)
	if err != nil {
		b.Fatal(err)
	}
	return id
}

func seconds(b *testing.B, do func() error) float64 {
	b.Helper()
	begun := time.Now()
	if err := do(); err != nil {
		b.Fatal(err)
	}
	return time.Since(begun).Seconds()
}
