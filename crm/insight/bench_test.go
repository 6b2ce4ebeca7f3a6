package insight_test

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/meguri-crm/meguri/crm/clock"
	"github.com/meguri-crm/meguri/crm/insight"
	"github.com/meguri-crm/meguri/crm/kept"
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
	`INSERT INTO point_bookings (customer_id, id, kind, occurred_at, idempotency_key, reason, amount, available_after, outstanding)
		SELECT c.id, c.id * 20 + n, CASE WHEN n % 3 = 2 THEN 'REDEEM' WHEN n = 1 THEN 'EXPIRE' ELSE 'GRANT' END,
			timestamptz '2026-11-20 12:00+09' - ((abs(hashint8(c.id)) % 60) + (12 - n) * 55) * interval '1 day', n::text, 'ORDER', 100, 0, CASE WHEN n % 3 = 2 OR n = 1 THEN -40 ELSE 100 END
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

// analyses are the reports as their pages ask for them first, and over the
// longest period they offer, each with the table that most of it has to read.
var analyses = []struct {
	report         string
	period, within int
	reads          string
	ask            func(context.Context, *insight.Service) (any, error)
}{
	{"dashboard", 30, 0, "customer_stats", func(ctx context.Context, s *insight.Service) (any, error) { return s.Dashboard(ctx, 30) }},
	{"dashboard", 90, 0, "orders", func(ctx context.Context, s *insight.Service) (any, error) { return s.Dashboard(ctx, 90) }},
	{"conversion", 12, 90, "customer_stats", func(ctx context.Context, s *insight.Service) (any, error) { return s.Conversion(ctx, 12, 90) }},
	{"conversion", 24, 90, "customer_stats", func(ctx context.Context, s *insight.Service) (any, error) { return s.Conversion(ctx, 24, 90) }},
	{"repeat", 12, 0, "customer_stats", func(ctx context.Context, s *insight.Service) (any, error) { return s.Repeat(ctx, 12) }},
	{"circulation", 12, 0, "customer_stats", func(ctx context.Context, s *insight.Service) (any, error) { return s.Circulation(ctx, 12) }},
	{"stages", 12, 0, "stage_changes", func(ctx context.Context, s *insight.Service) (any, error) { return s.Stages(ctx, 12) }},
	{"liability", 12, 0, "point_entries", func(ctx context.Context, s *insight.Service) (any, error) { return s.Liability(ctx, 12) }},
	{"liability", 24, 0, "point_entries", func(ctx context.Context, s *insight.Service) (any, error) { return s.Liability(ctx, 24) }},
}

// BenchmarkAnalyses asks for each report over a crowded merchant as its page
// does: the answer is kept. The floor is the row it is kept in, read by hand.
// anew-ms is what the job takes to compute it, beside pass-ms, one pass over the
// table that most of it has to read.
func BenchmarkAnalyses(b *testing.B) {
	d := crowdedDatabase(b)
	c := &clock.Fixed{T: now}
	s := insight.New(d, kept.NewFrom(d, c, 0, -1), c, tokyo, "JPY")
	ctx := context.Background()
	if err := s.CloseMonths(ctx); err != nil {
		b.Fatal(err)
	}
	for _, one := range analyses {
		b.Run(fmt.Sprint(one.report, " of ", one.period), func(b *testing.B) {
			took := func(work func() error) time.Duration {
				b.Helper()
				begun := time.Now()
				if err := work(); err != nil {
					b.Fatal(err)
				}
				return time.Since(begun)
			}
			ask := func() error { _, err := one.ask(ctx, s); return err }
			byHand := func() error {
				var raw []byte
				return d.Pool.QueryRow(ctx, "SELECT answer FROM kept_answers WHERE name = $1 AND of = 0", fmt.Sprintf("insight %s %d %d", one.report, one.period, one.within)).Scan(&raw)
			}
			pass := func() error {
				var rows int64
				return d.Pool.QueryRow(ctx, "SELECT count(t) FROM "+one.reads+" AS t").Scan(&rows)
			}
			took(ask) // is computed, and kept
			for b.Loop() {
				const rounds = 20
				var product, floor []time.Duration
				for range rounds {
					product, floor = append(product, took(ask)), append(floor, took(byHand))
				}
				slices.Sort(product)
				slices.Sort(floor)
				b.ReportMetric(float64(product[rounds/2].Microseconds())/1000, "ms")
				b.ReportMetric(float64(product[rounds-1].Microseconds())/1000, "worst-ms")
				b.ReportMetric(float64(floor[rounds/2])/float64(product[rounds/2]), "ratio")
				b.ReportMetric(float64(took(pass).Milliseconds()), "pass-ms")
				b.ReportMetric(float64(took(func() error { return insight.Anew(ctx, s, one.report, one.period, one.within) }).Milliseconds()), "anew-ms")
			}
		})
	}
}
