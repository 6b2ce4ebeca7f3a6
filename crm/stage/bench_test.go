package stage

import (
	"context"
	"os"
	"strconv"
	"testing"
	"time"

	"github.com/meguri-crm/meguri/crm/clock"
	"github.com/meguri-crm/meguri/db/dbtest"
)

// BenchmarkReview has the review place every member of a large merchant by a
// changed ladder: 1,000,000, or as many as MEGURI_BENCH_MEMBERS says, with three
// orders for two members in the window. Its floor is one statement by hand that
// sums what everybody spent, finds the stage by it and writes that into every row:
// without amounts to the next stage, days, losses, history and batches.
func BenchmarkReview(b *testing.B) {
	members := 1_000_000
	if n, err := strconv.Atoi(os.Getenv("MEGURI_BENCH_MEMBERS")); err == nil {
		members = n
	}
	d := dbtest.New(b)
	ctx := context.Background()
	tokyo, err := time.LoadLocation("Asia/Tokyo")
	if err != nil {
		b.Fatal(err)
	}
	s := New(d, &clock.Fixed{T: time.Date(2026, 4, 1, 3, 0, 0, 0, time.UTC)}, tokyo, "JPY")
	exec := func(sql string, args ...any) {
		b.Helper()
		if _, err := d.Pool.Exec(ctx, sql, args...); err != nil {
			b.Fatal(err)
		}
	}
	exec(`INSERT INTO shops (code, name, mall) VALUES ('own', '本店', 'OWN_SITE')`)
	exec(`INSERT INTO customers (member_since, member_via) SELECT '2024-01-01', 'APP' FROM generate_series(1, $1)`, members)
	exec(`INSERT INTO orders (customer_id, shop_id, order_no, status, ordered_at, currency, net_sales, content_hash)
		SELECT c.id, (SELECT id FROM shops), 'N-' || c.id || '-' || n, 'SHIPPED', '2026-03-31'::timestamptz - make_interval(days => (c.id * 37 + n * 101)::int % 360),
			'JPY', 1000 + (c.id * 7919 + n) % 90000, ''
		FROM customers c, generate_series(1, 2) n WHERE n = 1 OR c.id % 2 = 0`)
	exec(`INSERT INTO member_stages (customer_id, stage_id, since) SELECT id, (SELECT id FROM stages WHERE code = 'REGULAR'), now() FROM customers`)
	exec(`ANALYZE customers, orders, member_stages`)

	floor, reviewed := time.Duration(0), time.Duration(0)
	for b.Loop() {
		exec(`UPDATE settings SET value = jsonb_set(value, '{version}', to_jsonb((value->>'version')::bigint + 1)) WHERE key = 'stages'`)
		exec(`INSERT INTO settings (key, value) VALUES ('stages', '{"window":"ROLLING","match":"ANY","fall":"TO_EARNED","review":"DAILY","graceDays":0,"version":1}') ON CONFLICT DO NOTHING`)
		start := time.Now()
		n, err := s.ReviewDue(ctx)
		reviewed += time.Since(start)
		if err != nil || n != members {
			b.Fatalf("%d of %d reviewed, %v", n, members, err)
		}

		start = time.Now()
		exec(`UPDATE member_stages m SET spend = o.spend, stage_id = (SELECT id FROM stages WHERE archived_at IS NULL AND spend_threshold <= o.spend ORDER BY position DESC LIMIT 1)
			FROM (SELECT customer_id, sum(net_sales) AS spend FROM orders WHERE currency = 'JPY' AND ordered_at >= '2025-04-01 00:00+09' GROUP BY 1) o
			WHERE o.customer_id = m.customer_id`)
		floor += time.Since(start)
	}
	b.ReportMetric(reviewed.Seconds()/float64(b.N), "s/review")
	b.ReportMetric(float64(members)*float64(b.N)/reviewed.Seconds(), "members/s")
	b.ReportMetric(float64(members)*float64(b.N)/floor.Seconds(), "floor-members/s")
	b.ReportMetric(floor.Seconds()/reviewed.Seconds(), "ratio")
	b.ReportMetric(0, "ns/op")
}
