package export_test

import (
	"context"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/meguri-crm/meguri/crm/access"
	"github.com/meguri-crm/meguri/crm/clock"
	"github.com/meguri-crm/meguri/crm/export"
	"github.com/meguri-crm/meguri/crm/once"
	"github.com/meguri-crm/meguri/db"
	"github.com/meguri-crm/meguri/db/dbtest"
)

// queue has no other processes to wake.
type queue struct{}

func (queue) Enqueue(context.Context, db.Tx, interface{ Kind() string }) error { return nil }

// BenchmarkExport makes files of 100,000 customers with a consent each, of their
// 100,000 orders of two lines, and of as many bookings. The floor is COPY of the
// tables' own rows, in the same order, into a file: nothing is named, joined,
// packed or kept.
func BenchmarkExport(b *testing.B) {
	const rows = 100_000
	d := dbtest.New(b)
	exec := func(sql string) {
		b.Helper()
		if _, err := d.Pool.Exec(b.Context(), sql); err != nil {
			b.Fatalf("%v: %s", err, sql)
		}
	}
	exec(`INSERT INTO shops (code, name, mall) VALUES ('own', '自社', 'OWN_SITE')`)
	exec(`INSERT INTO customers (family_name, given_name, email, phone, prefecture, city) SELECT '佐藤', '花子' || g, 'c' || g || '@example.com', '+819012345678', '東京都', '千代田区' FROM generate_series(1, 100000) g`)
	exec(`INSERT INTO customer_stats (customer_id, orders_count) SELECT id, 1 FROM customers`)
	exec(`INSERT INTO consents (customer_id, channel, state, origin_shop_id, occurred_at, method, wording) SELECT c.id, 'MAIL', 'GIVEN', s.id, now(), 'SIGN_UP_FORM', '受け取る' FROM customers c, shops s`)
	exec(`INSERT INTO orders (customer_id, shop_id, order_no, status, ordered_at, currency, goods_amount, total_amount, net_sales, content_hash)
		SELECT c.id, s.id, c.id::text, 'PLACED', now(), 'JPY', 3000, 3000, 3000, '' FROM customers c, shops s`)
	exec(`INSERT INTO order_lines (customer_id, order_id, line_key, sku, name, unit_price, quantity, amount)
		SELECT customer_id, id, l::text, 'TEA-' || l, '煎茶 100g', 1000, l, 1000 * l FROM orders, generate_series(1, 2) l`)
	exec(`INSERT INTO point_bookings (customer_id, kind, amount, available_after, occurred_at, idempotency_key, reason) SELECT id, 'GRANT', 30, 30, now(), 'k', 'ORDER' FROM customers`)
	exec(`VACUUM ANALYZE`)

	s := export.New(export.Config{
		DB: d, Clock: clock.System{}, Queue: queue{}, Once: &once.Service{DB: d, Clock: clock.System{}}, Zone: time.UTC, Base: "JPY",
		Log: slog.New(slog.DiscardHandler), Owner: "bench",
	})
	all, err := access.Scopes(access.ScopeCustomersRead, access.ScopePointsRead)
	if err != nil {
		b.Fatal(err)
	}
	ctx := access.As(b.Context(), access.Principal{Kind: access.ActorClient, ID: 1, Scopes: all})
	for _, c := range []struct {
		kind  export.Kind
		floor []string
	}{
		{export.Customers, []string{"SELECT * FROM customers ORDER BY id", "SELECT * FROM consents ORDER BY customer_id, id"}},
		{export.Orders, []string{"SELECT * FROM orders ORDER BY customer_id, id", "SELECT * FROM order_lines ORDER BY customer_id, order_id, line_key"}},
		{export.PointBookings, []string{"SELECT * FROM point_bookings ORDER BY customer_id, id"}},
	} {
		b.Run(string(c.kind), func(b *testing.B) {
			var product, floor time.Duration
			for b.Loop() {
				began := time.Now()
				row, err := s.Create(ctx, time.Now().String(), export.Request{Kind: c.kind})
				if err == nil {
					err = s.Work(ctx)
				}
				if err != nil {
					b.Fatal(err)
				}
				product += time.Since(began)
				if row, err = s.Find(ctx, row.ID); err != nil || row.Status != export.Done || row.Objects != rows {
					b.Fatalf("%+v, %v", row, err)
				}
				if _, err := s.Cancel(ctx, row.ID); err != nil {
					b.Fatal(err)
				}
				began = time.Now()
				for _, sql := range c.floor {
					copied(b, d, sql)
				}
				floor += time.Since(began)
			}
			b.ReportMetric(float64(rows*b.N)/product.Seconds(), "objects/s")
			b.ReportMetric(float64(rows*b.N)/floor.Seconds(), "floor/s")
			b.ReportMetric(floor.Seconds()/product.Seconds(), "ratio")
		})
	}
}

// copied copies what a query answers into a file.
func copied(b *testing.B, d *db.DB, sql string) {
	b.Helper()
	file, err := os.Create(filepath.Join(b.TempDir(), "rows"))
	if err != nil {
		b.Fatal(err)
	}
	conn, err := d.Pool.Acquire(b.Context())
	if err != nil {
		b.Fatal(err)
	}
	defer conn.Release()
	if _, err := conn.Conn().PgConn().CopyTo(b.Context(), io.Writer(file), "COPY ("+sql+") TO STDOUT"); err != nil {
		b.Fatal(err)
	}
	if err := file.Close(); err != nil {
		b.Fatal(err)
	}
}
