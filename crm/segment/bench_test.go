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
	`INSERT INTO customer_stats (customer_id, orders_count, net_sales, first_order_at, last_order_at, malls, coupon_orders, first_mall, first_net_sales)
		SELECT customer_id, sum(orders_count), sum(net_sales), min(first_order_at), max(last_order_at), array_agg(mall ORDER BY mall), customer_id % 3, min(mall), 500 + customer_id % 9000
		FROM customer_mall_stats GROUP BY 1`,
	`INSERT INTO customer_behaviour (customer_id, kind, sku, day, category, events, last_at)
		SELECT c.id, (ARRAY['VIEW','VIEW','VIEW','VIEW','VIEW','CART_ADD','CART_ADD','FAVOURITE','SEARCH','CART_REMOVE'])[1 + n % 10],
			CASE WHEN n % 10 = 8 THEN '' ELSE 'SKU-' || (abs(hashint8(c.id * 29 + n)) % 400) END, date '2026-11-20' - abs(hashint8(c.id * 7 + n * 13)) % 200,
			'C-' || (abs(hashint8(c.id * 29 + n)) % 400) % 20, 1 + n % 3, timestamptz '2026-11-20 12:00+09' - (abs(hashint8(c.id * 7 + n * 13)) % 200) * interval '1 day'
		FROM customers c CROSS JOIN LATERAL generate_series(0, 2 + abs(hashint8(c.id * 3)) % 16) n ON CONFLICT DO NOTHING`,
	`INSERT INTO messages (customer_id, delivery_id, delivery_month, status, sent_at, opened_at, clicked_at)
		SELECT c.id, n, '2026-11-01', 'SENT', at, CASE WHEN (c.id + n) % 5 = 0 THEN at END, CASE WHEN (c.id + n) % 25 = 0 THEN at END
		FROM customers c CROSS JOIN generate_series(1, 4) n CROSS JOIN LATERAL (SELECT timestamptz '2026-11-20 12:00+09' - n * interval '20 days' AS at) AS x WHERE c.id % 2 = 0`,
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
	{
		"viewed_lately", `{"all":[{"field":"viewed","op":"gte","value":1,"within_days":30},{"field":"orders","op":"gte","value":2}]}`,
		`SELECT count(*) FROM customers c JOIN customer_stats s ON s.customer_id = c.id WHERE NOT c.anonymous AND c.merged_into IS NULL AND s.orders_count >= 2
			AND EXISTS (SELECT FROM customer_behaviour b WHERE b.customer_id = c.id AND b.kind = 'VIEW' AND b.day >= ($1 AT TIME ZONE 'Asia/Tokyo')::date)`,
	},
	{
		"viewed_a_category_often", `{"field":"viewed","op":"gte","value":3,"within_days":90,"categories":["C-7","C-8"]}`,
		`SELECT count(*) FROM customers c JOIN (SELECT customer_id FROM customer_behaviour WHERE kind = 'VIEW' AND day >= ($1 AT TIME ZONE 'Asia/Tokyo')::date
			AND category IN ('C-7', 'C-8') GROUP BY customer_id HAVING sum(events) >= 3) b ON b.customer_id = c.id WHERE NOT c.anonymous AND c.merged_into IS NULL`,
	},
	{
		"carted_a_product_not_bought", `{"field":"carted_not_bought","op":"is","value":true,"within_days":30}`,
		`SELECT count(*) FROM customers c WHERE NOT c.anonymous AND c.merged_into IS NULL AND EXISTS (SELECT FROM customer_behaviour b
			WHERE b.customer_id = c.id AND b.kind = 'CART_ADD' AND b.sku <> '' AND b.day >= ($1 AT TIME ZONE 'Asia/Tokyo')::date
			AND NOT EXISTS (SELECT FROM order_lines l JOIN orders o ON o.customer_id = l.customer_id AND o.id = l.order_id
				WHERE l.customer_id = b.customer_id AND l.sku = b.sku AND o.kind = 'SALE' AND o.status <> 'CANCELLED' AND o.ordered_at >= b.last_at)
			AND NOT EXISTS (SELECT FROM customer_behaviour r WHERE r.customer_id = b.customer_id AND r.kind = 'CART_REMOVE' AND r.sku = b.sku AND r.last_at >= b.last_at))`,
	},
	{
		"got_mails_opened_none", `{"all":[{"field":"mails_sent","op":"gte","value":1,"within_days":60},{"field":"mails_opened","op":"eq","value":0,"within_days":60}]}`,
		`SELECT count(*) FROM customers c WHERE NOT c.anonymous AND c.merged_into IS NULL
			AND EXISTS (SELECT FROM messages m WHERE m.customer_id = c.id AND m.sent_at >= $1) AND NOT EXISTS (SELECT FROM messages m WHERE m.customer_id = c.id AND m.opened_at >= $1)`,
	},
	{
		"leaving_coupon_hunters", `{"all":[{"field":"overdue","op":"gte","value":150},{"field":"coupon_share","op":"gte","value":50},{"field":"last_order","op":"within_days","value":400}]}`,
		`SELECT count(*) FROM customers c JOIN customer_stats s ON s.customer_id = c.id WHERE NOT c.anonymous AND c.merged_into IS NULL AND s.orders_count > 1 AND s.last_order_at > s.first_order_at
			AND floor(100 * extract(epoch FROM timestamptz '2026-11-20 16:30Z' - s.last_order_at) * (s.orders_count - 1) / extract(epoch FROM s.last_order_at - s.first_order_at)) >= 150
			AND s.coupon_orders * 100 / s.orders_count >= 50 AND s.last_order_at >= $1`,
	},
	{
		"bought_in_a_period", `{"all":[{"field":"order_date","op":"within_days","value":90,"skus":["SKU-1","SKU-2","SKU-3"]},{"field":"age","op":"between","value":[20,49]}]}`,
		`SELECT count(*) FROM customers c WHERE NOT c.anonymous AND c.merged_into IS NULL AND extract(year FROM age(date '2026-11-21', c.birth_date)) BETWEEN 20 AND 49
			AND EXISTS (SELECT FROM order_lines l JOIN orders o ON o.customer_id = l.customer_id AND o.id = l.order_id
				WHERE l.customer_id = c.id AND l.sku IN ('SKU-1', 'SKU-2', 'SKU-3') AND o.kind = 'SALE' AND o.status <> 'CANCELLED' AND o.ordered_at >= $1)`,
	},
	{
		"buys_in_sales", `{"all":[{"field":"event_share","op":"gte","value":80},{"field":"last_order","op":"within_days","value":365}]}`,
		`WITH e AS (SELECT make_timestamptz(y, m, 4, 20, 0, 0, 'Asia/Tokyo') AS since, make_timestamptz(y, m, 11, 2, 0, 0, 'Asia/Tokyo') AS until
				FROM generate_series(2017, 2026) AS y CROSS JOIN unnest('{3,6,9,12}'::int[]) AS m)
			SELECT count(*) FROM customers c JOIN customer_stats s ON s.customer_id = c.id
			JOIN (SELECT o.customer_id, count(*) AS n FROM e JOIN orders o ON o.ordered_at >= e.since AND o.ordered_at < e.until JOIN shops h ON h.id = o.shop_id AND h.mall = 'RAKUTEN'
				WHERE o.kind = 'SALE' AND o.status <> 'CANCELLED' GROUP BY o.customer_id) AS x ON x.customer_id = c.id
			WHERE NOT c.anonymous AND c.merged_into IS NULL AND x.n * 100 / s.orders_count >= 80 AND s.last_order_at >= $1`,
	},
	{"everybody", `{"all":[]}`, `SELECT count(*) FROM customers c WHERE NOT c.anonymous AND c.merged_into IS NULL AND $1::timestamptz IS NOT NULL`},
}

// benchDays are the windows of the contests, by position.
var benchDays = []int{30, 365, 180, 365, 30, 90, 30, 60, 400, 90, 365, 0}

// benchCalendar has the quarterly sale of Rakuten, for ten years.
type benchCalendar struct{}

func (benchCalendar) SegmentEvents(context.Context, time.Time) ([]segment.Event, error) {
	sale := segment.Event{Code: "SUPER", Mall: "RAKUTEN", Sale: true}
	for year := 2017; year <= 2026; year++ {
		for month := time.March; month <= time.December; month += 3 {
			sale.Times = append(sale.Times, segment.EventTime{Mall: "RAKUTEN", Interval: segment.Interval{
				From: time.Date(year, month, 4, 20, 0, 0, 0, tokyo), Until: time.Date(year, month, 11, 2, 0, 0, 0, tokyo),
			}})
		}
	}
	return []segment.Event{sale}, nil
}

// BenchmarkCount counts segments through the product (parse, compile, run with
// its limits) and by hand on the same pool, in turns. Both send their SQL
// without preparing it: a statement prepared by hand is planned without its
// arguments after five runs, and the contest would be one of plans. ratio is
// the hand's median time over the product's; the promise is 0.8 at least, for
// each rule.
func BenchmarkCount(b *testing.B) {
	d := dbtest.New(b)
	fillBench(b, d)
	s := segment.New(segment.Config{DB: d, Clock: &clock.Fixed{T: night}, Zone: tokyo, Currency: "JPY", Calendar: benchCalendar{}})
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
