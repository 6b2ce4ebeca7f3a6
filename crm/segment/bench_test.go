package segment_test

import (
	"context"
	"encoding/json"
	"slices"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/meguri-crm/meguri/crm/clock"
	"github.com/meguri-crm/meguri/crm/segment"
	"github.com/meguri-crm/meguri/db"
	"github.com/meguri-crm/meguri/db/dbtest"
)

// benchCustomers, with two and a half orders each, as a merchant of some size has them.
const benchCustomers = 200_000

// crowdSQL makes them in the database. Everything hangs on the customer's
// number through hashes, so that fields do not go together.
var crowdSQL = []string{
	`INSERT INTO shops (code, name, mall) VALUES ('r','R','RAKUTEN'), ('o','O','OWN_SITE'), ('y','Y','YAHOO')`,
	`INSERT INTO customers (id, member_since, member_via, birth_date)
		SELECT g, CASE WHEN g % 3 = 0 THEN now() END, CASE WHEN g % 3 = 0 THEN 'SITE' END, date '1960-01-01' + (g * 7919 % 16000)::int FROM generate_series(1, $1) g`,
	`INSERT INTO orders (customer_id, shop_id, order_no, status, ordered_at, currency, net_sales, content_hash)
		SELECT c.id, 1 + (c.id * 31 + n * n) % 3, c.id || '-' || n, 'COMPLETED', timestamptz '2026-11-20 12:00+09' - (abs(hashint8(c.id * 13 + n)) % 900) * interval '1 day', 'JPY',
			500 + abs(hashint8(c.id + n * 7)) % 15000, ''
		FROM customers c CROSS JOIN LATERAL generate_series(1, 1 + (abs(hashint8(c.id)) % 4)) n`,
	`INSERT INTO order_lines (customer_id, order_id, line_key, sku, unit_price, quantity, amount)
		SELECT customer_id, id, '1', 'SKU-' || (abs(hashint8(id * 3)) % 400), 1, 1, 1 FROM orders`,
	`INSERT INTO customer_mall_stats (customer_id, mall, currency, orders_count, net_sales, first_order_at, last_order_at)
		SELECT o.customer_id, h.mall, 'JPY', count(*), sum(o.net_sales), min(o.ordered_at), max(o.ordered_at) FROM orders o JOIN shops h ON h.id = o.shop_id GROUP BY 1, 2`,
	`INSERT INTO customer_stats (customer_id, orders_count, net_sales, first_order_at, last_order_at, malls)
		SELECT customer_id, sum(orders_count), sum(net_sales), min(first_order_at), max(last_order_at), array_agg(mall ORDER BY mall) FROM customer_mall_stats GROUP BY 1`,
	`INSERT INTO point_accounts (customer_id, available) SELECT id, abs(hashint8(id * 5)) % 3000 FROM customers WHERE member_since IS NOT NULL`,
	`INSERT INTO member_stages (customer_id, stage_id, since) SELECT id, 1 + abs(hashint8(id * 17)) % 4, now() FROM customers WHERE member_since IS NOT NULL`,
	`INSERT INTO consents (customer_id, channel, state, origin_shop_id, occurred_at, method)
		SELECT id, 'MAIL', CASE WHEN id % 11 = 0 THEN 'WITHDRAWN' ELSE 'GIVEN' END, 2, now(), 'API' FROM customers WHERE id % 2 = 0`,
}

// contests are rules beside the SQL that somebody would write for the same
// question, knowing the tables.
var contests = []struct{ name, rule, sql string }{
	{
		"recent_frequent_valuable", `{"all":[{"field":"last_order","op":"within_days","value":30},{"field":"orders","op":"gte","value":3},{"field":"net_sales","op":"gte","value":20000}]}`,
		`SELECT count(*) FROM customers c JOIN customer_stats s ON s.customer_id = c.id WHERE NOT c.anonymous AND c.merged_into IS NULL
			AND s.last_order_at >= $1 AND s.orders_count >= 3 AND s.net_sales >= 20000`,
	},
	{
		"one_mall_not_another", `{"all":[{"field":"orders","op":"gte","value":2,"mall":"RAKUTEN"},{"field":"malls","op":"none_of","value":["OWN_SITE"]},{"field":"last_order","op":"within_days","value":365}]}`,
		`SELECT count(*) FROM customers c JOIN customer_stats s ON s.customer_id = c.id
			JOIN (SELECT customer_id FROM customer_mall_stats WHERE mall = 'RAKUTEN' GROUP BY customer_id HAVING sum(orders_count) >= 2) m ON m.customer_id = c.id
			WHERE NOT c.anonymous AND c.merged_into IS NULL AND NOT s.malls && '{OWN_SITE}' AND s.last_order_at >= $1`,
	},
	{
		"members_of_a_stage", `{"all":[{"field":"member","op":"is","value":true},{"field":"stage","op":"any_of","value":["GOLD","PLATINUM"]},{"field":"points","op":"gte","value":500},{"field":"last_order","op":"within_days","value":180}]}`,
		`SELECT count(*) FROM customers c JOIN customer_stats s ON s.customer_id = c.id JOIN member_stages ms ON ms.customer_id = c.id JOIN stages g ON g.id = ms.stage_id
			JOIN point_accounts p ON p.customer_id = c.id WHERE NOT c.anonymous AND c.merged_into IS NULL
			AND c.member_since IS NOT NULL AND g.code IN ('GOLD', 'PLATINUM') AND p.available >= 500 AND s.last_order_at >= $1`,
	},
	{
		"bought_a_product", `{"all":[{"field":"sku","op":"any_of","value":["SKU-7","SKU-8"],"within_days":365},{"field":"mail_consent","op":"is","value":true}]}`,
		`SELECT count(*) FROM customers c WHERE NOT c.anonymous AND c.merged_into IS NULL
			AND EXISTS (SELECT FROM order_lines l JOIN orders o ON o.customer_id = l.customer_id AND o.id = l.order_id
				WHERE l.customer_id = c.id AND l.sku IN ('SKU-7', 'SKU-8') AND o.kind = 'SALE' AND o.status <> 'CANCELLED' AND o.ordered_at >= $1)
			AND EXISTS (SELECT FROM consents k WHERE k.customer_id = c.id AND k.channel = 'MAIL' AND k.purpose = 'MARKETING' AND k.state = 'GIVEN'
				AND NOT EXISTS (SELECT FROM consents n WHERE n.customer_id = k.customer_id AND n.channel = k.channel AND n.purpose = k.purpose
					AND n.origin_shop_id = k.origin_shop_id AND (n.occurred_at, n.id) > (k.occurred_at, k.id)))`,
	},
	{"everybody", `{"all":[]}`, `SELECT count(*) FROM customers c WHERE NOT c.anonymous AND c.merged_into IS NULL AND $1::timestamptz IS NOT NULL`},
}

// benchDays are the windows of the contests, by position.
var benchDays = []int{30, 365, 180, 365, 0}

// BenchmarkCount counts segments through the product (parse, compile, run with
// its limits) and by hand on the same pool, in turns. Both send their SQL
// without preparing it: a statement prepared by hand is planned without its
// arguments after five runs, and the contest would be one of plans. ratio is
// the hand's median time over the product's; the promise is 0.8 at least, for
// each rule.
func BenchmarkCount(b *testing.B) {
	d := dbtest.New(b)
	fillBench(b, d)
	s := segment.New(segment.Config{DB: d, Clock: &clock.Fixed{T: night}, Zone: tokyo, Currency: "JPY"})
	for i, c := range contests {
		b.Run(c.name, func(b *testing.B) {
			since := time.Date(2026, 11, 21-benchDays[i], 0, 0, 0, 0, tokyo)
			for b.Loop() {
				product, hand := contest(b, s, d, c.rule, c.sql, since)
				b.ReportMetric(float64(hand)/float64(product), "ratio")
				b.ReportMetric(float64(product.Microseconds())/1000, "product-ms")
				b.ReportMetric(float64(hand.Microseconds())/1000, "hand-ms")
			}
		})
	}
}

func fillBench(b *testing.B, d *db.DB) {
	b.Helper()
	ctx := context.Background()
	for _, sql := range crowdSQL {
		var args []any
		if slices.Contains([]byte(sql), '$') {
			args = append(args, benchCustomers)
		}
		if _, err := d.Pool.Exec(ctx, sql, args...); err != nil {
			b.Fatalf("%v\n%s", err, sql)
		}
	}
	if _, err := d.Pool.Exec(ctx, "VACUUM ANALYZE"); err != nil {
		b.Fatal(err)
	}
}

// contest runs both sides in turns and gives their median times.
func contest(b *testing.B, s *segment.Service, d *db.DB, rule, sql string, since time.Time) (product, hand time.Duration) {
	b.Helper()
	const rounds = 15
	ctx := context.Background()
	var products, hands []time.Duration
	for range rounds {
		begun := time.Now()
		got, err := s.Count(ctx, json.RawMessage(rule))
		products = append(products, time.Since(begun))
		if err != nil {
			b.Fatal(err)
		}
		begun = time.Now()
		var want int64
		err = d.Pool.QueryRow(ctx, sql, pgx.QueryExecModeExec, since).Scan(&want)
		hands = append(hands, time.Since(begun))
		if err != nil || got != want || want == 0 {
			b.Fatalf("the product counts %d, the hand %d, %v", got, want, err)
		}
	}
	slices.Sort(products)
	slices.Sort(hands)
	return products[rounds/2], hands[rounds/2]
}
