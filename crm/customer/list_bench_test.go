package customer_test

import (
	"context"
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/meguri-crm/meguri/crm/customer"
	"github.com/meguri-crm/meguri/crm/segment"
	"github.com/meguri-crm/meguri/db"
	"github.com/meguri-crm/meguri/db/dbtest"
)

// crowdSQL makes customers with what a list looks at, $1 of them. Everything
// hangs on the number through hashes, so that columns do not go together.
var crowdSQL = []string{
	`INSERT INTO shops (code, name, mall) VALUES ('r', 'R', 'RAKUTEN'), ('y', 'Y', 'YAHOO'), ('p', 'P', 'AU_PAY')`,
	`INSERT INTO customers (id, family_name, given_name, email, phone, member_since, member_via, search_text)
		SELECT g, family, given, mail, phone, CASE WHEN g % 3 = 0 THEN now() END, CASE WHEN g % 3 = 0 THEN 'SITE' END,
			concat_ws(E'\n', family || given, family || ' ' || given, phone, '0' || substr(phone, 4), mail)
		FROM generate_series(1, $1::int) g CROSS JOIN LATERAL (SELECT
			(ARRAY['佐藤','鈴木','高橋','田中','伊藤','渡辺','山本','中村','小林','加藤','森','林'])[1 + abs(hashint8(g)) % 12] || chr(19968 + abs(hashint8(g * 5)) % 300) AS family,
			(ARRAY['花子','一郎','結衣','蓮','美咲','翔太','恵子','浩','さくら','直樹'])[1 + abs(hashint8(g * 3)) % 10] AS given,
			'user' || g || '@mail.example' AS mail, '+8190' || lpad((g * 7919 % 100000000)::text, 8, '0') AS phone) AS made`,
	`INSERT INTO customer_stats (customer_id, orders_count, net_sales, first_order_at, last_order_at, malls)
		SELECT id, 1 + abs(hashint8(id)) % 20, abs(hashint8(id * 11)) % 200000, timestamptz '2024-01-01', timestamptz '2026-11-20' - abs(hashint8(id * 13)) % 1000000 * interval '1 minute',
			CASE WHEN id % 500 = 0 THEN '{AU_PAY}' WHEN id % 3 = 0 THEN '{RAKUTEN,YAHOO}' ELSE '{RAKUTEN}' END::text[] FROM customers`,
	`INSERT INTO order_keys (shop_id, order_no, customer_id, order_id) SELECT 1 + id % 3, 'order-' || id, id, id FROM customers`,
	`INSERT INTO identity_keys (kind, shop_id, value, customer_id) SELECT 'MEMBER_ID', 2, 'member-' || id, id FROM customers`,
	`INSERT INTO member_stages (customer_id, stage_id, since) SELECT id, CASE WHEN id % 300 = 0 THEN 4 ELSE 1 END, now() FROM customers WHERE member_since IS NOT NULL`,
	`INSERT INTO consents (customer_id, channel, state, origin_shop_id, occurred_at, method)
		SELECT id, 'MAIL', CASE WHEN id % 11 = 0 THEN 'WITHDRAWN' ELSE 'GIVEN' END, 2, now(), 'API' FROM customers WHERE id % 2 = 0`,
	`INSERT INTO segments (name, rule, created_at, updated_at) VALUES ('s', '{"all":[]}', now(), now())`,
	`INSERT INTO segment_members (customer_id, segment_id) SELECT id, 1 FROM customers WHERE id % 40 = 0`,
	`VACUUM ANALYZE`,
}

// crowd is a service over so many customers.
func crowd(t testing.TB, customers int) (*customer.Service, *db.DB) {
	t.Helper()
	d := dbtest.New(t)
	for _, sql := range crowdSQL {
		var args []any
		if strings.Contains(sql, "$1") {
			args = []any{customers}
		}
		if _, err := d.Pool.Exec(t.Context(), sql, args...); err != nil {
			t.Fatalf("%v\n%s", err, sql)
		}
	}
	s := customer.New(d, now, nil)
	s.WithRules(segment.New(segment.Config{DB: d, Clock: now, Zone: time.UTC, Currency: "JPY"}))
	return s, d
}

// benchCustomers are as many as the promise of speed speaks of.
const benchCustomers = 200_000

// interaction is one thing that somebody does with the list.
type interaction struct {
	name       string
	filter     customer.Filter
	by         customer.Sort
	descending bool
}

var yes, no = true, false

var interactions = []interaction{
	{"open", customer.Filter{}, customer.ByLastOrder, true},
	{"sort by sales", customer.Filter{}, customer.ByNetSales, true},
	{"sort by orders", customer.Filter{}, customer.ByOrderCount, true},
	{"sort by day made", customer.Filter{}, customer.ByCreated, false},
	{"a name of two letters", customer.Filter{Search: "佐藤"}, customer.ByLastOrder, true},
	{"one letter", customer.Filter{Search: "森"}, customer.ByLastOrder, true},
	{"a whole name", customer.Filter{Search: "鈴木一 花子"}, customer.ByLastOrder, true},
	{"part of a name", customer.Filter{Search: "さくら"}, customer.ByLastOrder, true},
	{"a mail address", customer.Filter{Search: "user123456@"}, customer.ByLastOrder, true},
	{"a mail domain", customer.Filter{Search: "mail.example"}, customer.ByLastOrder, true},
	{"a phone with hyphens", customer.Filter{Search: "090-1583-8000"}, customer.ByLastOrder, true},
	{"an order number", customer.Filter{Search: "order-77777"}, customer.ByLastOrder, true},
	{"a member id", customer.Filter{Search: "member-77777"}, customer.ByLastOrder, true},
	{"nobody", customer.Filter{Search: "どこにもいない"}, customer.ByLastOrder, true},
	{"a rare mall", customer.Filter{Malls: []string{"AU_PAY"}}, customer.ByLastOrder, true},
	{"a common mall", customer.Filter{Malls: []string{"RAKUTEN"}}, customer.ByNetSales, true},
	{"a rare stage", customer.Filter{StageIDs: []int64{4}}, customer.ByNetSales, true},
	{"members", customer.Filter{Member: &yes}, customer.ByLastOrder, true},
	{"with consent", customer.Filter{MailConsent: &yes}, customer.ByLastOrder, true},
	{"without consent", customer.Filter{MailConsent: &no}, customer.ByLastOrder, true},
	{"a segment", customer.Filter{SegmentID: 1}, customer.ByLastOrder, true},
	{"a wide rule", customer.Filter{Rule: json.RawMessage(`{"field":"orders","op":"gte","value":3}`)}, customer.ByLastOrder, true},
	{"a narrow rule", customer.Filter{Rule: json.RawMessage(`{"all":[{"field":"net_sales","op":"gte","value":199900},{"field":"mail_consent","op":"is","value":true}]}`)}, customer.ByLastOrder, true},
}

const (
	pageSize  = 51
	quickSize = 7 // customers that the search from everywhere shows
)

// BenchmarkList measures the slowest of ten of each thing that somebody does
// with a list of 200,000 customers, after one that fills the caches: the page,
// and how many there are, and what the search from everywhere shows. The floor is the list's own page read by hand.
func BenchmarkList(b *testing.B) {
	s, d := crowd(b, benchCustomers)
	floor := slowest(b, func(ctx context.Context) error {
		rows, err := d.Pool.Query(ctx, `SELECT c.*, s.* FROM customer_stats s JOIN customers c ON c.id = s.customer_id
			ORDER BY coalesce(s.last_order_at, '-infinity') DESC, s.customer_id DESC LIMIT 51`)
		if err == nil {
			rows.Close()
			err = rows.Err()
		}
		return err
	})
	measure := func(name string, run func(context.Context) error) {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				took := slowest(b, run)
				b.ReportMetric(float64(took.Microseconds())/1000, "worst-ms")
				b.ReportMetric(float64(took)/float64(floor), "ratio")
			}
		})
	}
	for _, i := range interactions {
		measure(i.name, func(ctx context.Context) error {
			_, err := s.List(ctx, i.filter, i.by, i.descending, nil, pageSize)
			return err
		})
		measure("count of "+i.name, func(ctx context.Context) error {
			_, err := s.Count(ctx, i.filter)
			return err
		})
	}
	for _, i := range interactions[4:14] { // what somebody types
		measure("⌘K "+i.name, func(ctx context.Context) error {
			_, err := s.List(ctx, i.filter, i.by, i.descending, nil, quickSize)
			return err
		})
	}
	deep := placeAt(b, d, 50_000)
	measure("page 1,000", func(ctx context.Context) error {
		_, err := s.List(ctx, customer.Filter{}, customer.ByLastOrder, true, &deep, pageSize)
		return err
	})
}

// slowest is how long the slowest of ten runs takes.
func slowest(b *testing.B, run func(context.Context) error) time.Duration {
	b.Helper()
	var all []time.Duration
	for range 11 {
		begun := time.Now()
		if err := run(b.Context()); err != nil {
			b.Fatal(err)
		}
		all = append(all, time.Since(begun))
	}
	return slices.Max(all[1:])
}

// placeAt is the place in the list by last order after so many customers.
func placeAt(t testing.TB, d *db.DB, n int) customer.Cursor {
	t.Helper()
	c := customer.Cursor{Time: new(time.Time)}
	err := d.Pool.QueryRow(t.Context(), `SELECT customer_id, last_order_at FROM customer_stats
		ORDER BY coalesce(last_order_at, '-infinity') DESC, customer_id DESC OFFSET $1 LIMIT 1`, n).Scan(&c.ID, c.Time)
	if err != nil {
		t.Fatal(err)
	}
	return c
}
