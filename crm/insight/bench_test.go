package insight_test

import (
	"context"
	"testing"
	"time"

	"github.com/meguri-crm/meguri/crm/clock"
	"github.com/meguri-crm/meguri/crm/insight"
	"github.com/meguri-crm/meguri/crm/order"
	"github.com/meguri-crm/meguri/db"
	"github.com/meguri-crm/meguri/db/dbtest"
)

const benchCustomers = 200_000

// crowded is a merchant of 200,000 customers, 600,000 orders over two years on
// five malls, and the points and stages of 80,000 members.
var crowded = []string{
	`INSERT INTO shops (code, name, mall) SELECT 's' || n, m, m FROM unnest(ARRAY['RAKUTEN','AMAZON','YAHOO','OWN_SITE','STORE']) WITH ORDINALITY AS t (m, n)`,
	`INSERT INTO products (sku, category, seen_at) SELECT 'SKU-' || n, 'C-' || n % 20, now() FROM generate_series(0, 399) AS n`,
	`INSERT INTO customers (id, member_since, member_via) SELECT n, CASE WHEN n % 5 < 2 THEN timestamptz '2024-12-01' END, CASE WHEN n % 5 < 2 THEN 'SITE' END FROM generate_series(1, 200000) AS n`,
	`INSERT INTO customer_stats (customer_id) SELECT id FROM customers`,
	`INSERT INTO orders (customer_id, shop_id, order_no, status, ordered_at, currency, net_sales, content_hash)
		SELECT CASE WHEN n <= 200000 THEN n ELSE 1 + (abs(hashint8(n)) % 447)::bigint * (abs(hashint8(n * 7)) % 447) END,
			1 + abs(hashint8(n * 3)) % 20 / 4, n::text, 'COMPLETED', timestamptz '2026-11-20 12:00+09' - (abs(hashint8(n * 11)) % 730) * interval '1 day' - n * interval '1 second' / 60,
			'JPY', 1000 + abs(hashint8(n)) % 9000, '' FROM generate_series(1::bigint, 600000) AS n`,
	`INSERT INTO order_lines (customer_id, order_id, line_key, sku, unit_price, quantity, amount)
		SELECT o.customer_id, o.id, k::text, 'SKU-' || (abs(hashint8(o.id * 3 + k)) % 400), 1, 1, 1 FROM orders AS o, generate_series(1, 1 + o.id % 2) AS k`,
	`INSERT INTO point_bookings (customer_id, id, kind, occurred_at, idempotency_key, reason, amount, available_after)
		SELECT c.id, c.id * 20 + n, CASE WHEN n % 3 = 2 THEN 'REDEEM' WHEN n = 1 THEN 'EXPIRE' ELSE 'GRANT' END,
			timestamptz '2026-11-20 12:00+09' - ((abs(hashint8(c.id)) % 60) + (12 - n) * 55) * interval '1 day', n::text, 'ORDER', 100, 0
		FROM customers AS c, generate_series(0, 12) AS n WHERE c.member_since IS NOT NULL`,
	`INSERT INTO point_entries (customer_id, booking_id, account, amount, lot_id)
		SELECT b.customer_id, b.id, s.account, s.sign * CASE WHEN b.kind = 'GRANT' THEN 100 ELSE -40 END, b.id
		FROM point_bookings AS b, LATERAL (VALUES ('AVAILABLE', 1), (CASE b.kind WHEN 'GRANT' THEN 'ISSUED' WHEN 'EXPIRE' THEN 'EXPIRED' ELSE 'REDEEMED' END, -1)) AS s (account, sign)`,
	`INSERT INTO point_lots (customer_id, id, booking_id, amount, remaining, status, earned_at, usable_at, expires_at)
		SELECT b.customer_id, b.id, b.id, 100, r.left, CASE WHEN r.left = 0 THEN 'DONE' ELSE 'USABLE' END, b.occurred_at, b.occurred_at, b.occurred_at + interval '365 days'
		FROM point_bookings AS b, LATERAL (SELECT CASE WHEN b.occurred_at < timestamptz '2025-11-20' THEN 0 ELSE 60 END AS left) AS r WHERE b.kind = 'GRANT'`,
	`INSERT INTO point_accounts (customer_id, available) SELECT customer_id, sum(remaining) FROM point_lots GROUP BY 1`,
	`INSERT INTO member_stages (customer_id, stage_id, since) SELECT id, 1 + abs(hashint8(id * 17)) % 4, now() FROM customers WHERE member_since IS NOT NULL`,
	`INSERT INTO stage_changes (customer_id, to_stage, at, reason) SELECT c.id, 1 + abs(hashint8(c.id * n)) % 4, timestamptz '2026-11-20' - (abs(hashint8(c.id * 5 + n)) % 700) * interval '1 day', 'SPEND'
		FROM customers AS c, generate_series(1, 3) AS n WHERE c.member_since IS NOT NULL`,
}

func crowdedDatabase(b *testing.B) *db.DB {
	b.Helper()
	d := dbtest.New(b)
	for _, sql := range crowded {
		if _, err := d.Pool.Exec(context.Background(), sql); err != nil {
			b.Fatalf("%v\n%s", err, sql)
		}
	}
	for from := int64(1); from <= benchCustomers; from += 20_000 {
		ids := make([]int64, 20_000)
		for i := range ids {
			ids[i] = from + int64(i)
		}
		if err := order.Recompute(context.Background(), d, ids); err != nil {
			b.Fatal(err)
		}
	}
	if _, err := d.Pool.Exec(context.Background(), "ANALYZE"); err != nil {
		b.Fatal(err)
	}
	return d
}

// BenchmarkAnalyses computes each analysis over a crowded merchant; the floor is
// one pass over the table that most of it has to read.
func BenchmarkAnalyses(b *testing.B) {
	d := crowdedDatabase(b)
	s := insight.New(d, &clock.Fixed{T: now}, tokyo, "JPY")
	ctx := context.Background()
	if err := s.CloseMonths(ctx); err != nil {
		b.Fatal(err)
	}
	for _, one := range []struct {
		name, floor string
		compute     func() error
	}{
		{"conversion", "customer_stats", func() error { _, err := s.Conversion(ctx, 12, 90); return err }},
		{"conversion of 24 months", "customer_stats", func() error { _, err := s.Conversion(ctx, 24, 90); return err }},
		{"repeat", "customer_stats", func() error { _, err := s.Repeat(ctx, 12); return err }},
		{"circulation", "customer_stats", func() error { _, err := s.Circulation(ctx, 12); return err }},
		{"stages", "stage_changes", func() error { _, err := s.Stages(ctx, 12); return err }},
		{"liability", "point_entries", func() error { _, err := s.Liability(ctx, 12); return err }},
		{"liability of 24 months", "point_entries", func() error { _, err := s.Liability(ctx, 24); return err }},
		{"dashboard", "customer_stats", func() error { _, err := s.Dashboard(ctx, 30); return err }},
	} {
		b.Run(one.name, func(b *testing.B) {
			var floor, product time.Duration
			for b.Loop() {
				var rows int64
				begun := time.Now()
				if err := d.Pool.QueryRow(ctx, "SELECT count(t) FROM "+one.floor+" AS t").Scan(&rows); err != nil {
					b.Fatal(err)
				}
				floor += time.Since(begun)
				begun = time.Now()
				if err := one.compute(); err != nil {
					b.Fatal(err)
				}
				product += time.Since(begun)
			}
			b.ReportMetric(float64(product.Milliseconds())/float64(b.N), "ms")
			b.ReportMetric(float64(floor)/float64(product), "ratio")
		})
	}
}
