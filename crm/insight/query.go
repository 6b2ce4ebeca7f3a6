package insight

import (
	"cmp"
	"context"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"
)

// notNobody leaves out, of rows that name a customer, those of anonymous stand-ins
// and of customers who were merged away. They are few, and have an index.
func notNobody(customer string) string {
	return "NOT EXISTS (SELECT FROM customers AS nobody WHERE nobody.id = " + customer + " AND (nobody.anonymous OR nobody.merged_into IS NOT NULL))"
}

const sale = "o.kind = 'SALE' AND o.status <> 'CANCELLED'"

// read sends all statements in one round trip.
func (f *facts) read(ctx context.Context, tx pgx.Tx, p period, currency string) error {
	f.sales, f.orders, f.fresh, f.repeat, f.joined, f.points = p.daily(), p.daily(), p.daily(), p.daily(), p.daily(), p.daily()
	batch := &pgx.Batch{}
	f.querySales(batch, p, currency)
	f.queryBuyers(batch, p)
	f.queryCourses(batch, p)
	f.queryMembers(batch, p)
	f.queryPoints(batch, p)
	err := tx.SendBatch(ctx, batch).Close()
	slices.SortFunc(f.malls, func(a, b MallSales) int {
		return cmp.Or(cmp.Compare(b.NetSales, a.NetSales), cmp.Compare(b.Previous, a.Previous), cmp.Compare(a.Mall, b.Mall))
	})
	return err
}

// each reads rows whose first column is a day, and hands out its place.
func (p period) each(q *pgx.QueuedQuery, values []any, add func(index int)) {
	q.Query(func(rows pgx.Rows) error {
		var day *time.Time
		_, err := pgx.ForEachRow(rows, append([]any{&day}, values...), func() error {
			index := -1
			if day != nil {
				index = p.index(*day)
			}
			add(index)
			return nil
		})
		return err
	})
}

// querySales adds up orders by day and by mall.
func (f *facts) querySales(b *pgx.Batch, p period, currency string) {
	var mall string
	var sales, orders int64
	p.each(b.Queue(`SELECT o.ordered_at::date, h.mall, coalesce(sum(net_sales(o, d)) FILTER (WHERE o.currency = $1), 0)::bigint, count(*) FILTER (WHERE `+sale+`)
		FROM orders AS o JOIN shops AS h ON h.id = o.shop_id JOIN net_sales_definitions AS d ON d.state = 'IN_FORCE'
		WHERE (o.ordered_at >= $2 AND o.ordered_at < $3 OR o.ordered_at >= $4 AND o.ordered_at < $5) GROUP BY 1, 2`, currency, p.before, p.cut, p.from, p.end),
		[]any{&mall, &sales, &orders}, func(i int) {
			f.sales[i] += sales
			f.orders[i] += orders
			m := f.mall(mall)
			if i < p.days {
				m.Previous += sales
			} else {
				m.NetSales += sales
				m.Orders += orders
			}
		})
}

// mall is the row of a mall.
func (f *facts) mall(mall string) *MallSales {
	i := slices.IndexFunc(f.malls, func(m MallSales) bool { return m.Mall == mall })
	if i < 0 {
		i = len(f.malls)
		f.malls = append(f.malls, MallSales{Mall: mall})
	}
	return &f.malls[i]
}

// queryBuyers counts who bought in the period, on each mall and on any, and who
// had bought before: by day, and over each of both periods as a whole.
func (f *facts) queryBuyers(b *pgx.Batch, p period) {
	f.buyers = map[string]int64{}
	var what, mall string
	var count int64
	p.each(b.Queue(`WITH bought AS MATERIALIZED (
			SELECT o.customer_id, o.shop_id, o.ordered_at >= $2 AS current, o.ordered_at::date AS day
			FROM orders AS o WHERE `+sale+` AND (o.ordered_at >= $1 AND o.ordered_at < $4 OR o.ordered_at >= $2 AND o.ordered_at < $3) AND `+notNobody("o.customer_id")+` GROUP BY 1, 2, 3, 4
		), on_mall AS MATERIALIZED (
			SELECT o.customer_id, h.mall FROM bought AS o JOIN shops AS h ON h.id = o.shop_id WHERE o.current GROUP BY 1, 2
		), again AS MATERIALIZED (
			SELECT o.customer_id, o.current, o.day FROM bought AS o JOIN customer_stats AS s ON s.customer_id = o.customer_id
			AND s.first_order_at < CASE WHEN o.current THEN $2 ELSE $1 END GROUP BY 1, 2, 3
		)
		SELECT NULL::date, 'on mall', m.mall, count(*) FROM on_mall AS m GROUP BY m.mall
		UNION ALL SELECT NULL, 'on mall', '', count(*) FROM (SELECT FROM on_mall AS m GROUP BY m.customer_id) AS m
		UNION ALL SELECT a.day, 'again', '', count(*) FROM (SELECT a.customer_id, a.day FROM again AS a GROUP BY 1, 2) AS a GROUP BY a.day
		UNION ALL SELECT NULL, CASE WHEN a.current THEN 'again now' ELSE 'again before' END, '', count(*) FROM (SELECT a.customer_id, a.current FROM again AS a GROUP BY 1, 2) AS a GROUP BY a.current`,
		p.before, p.from, p.end, p.cut),
		[]any{&what, &mall, &count}, func(i int) {
			switch what {
			case "on mall":
				f.buyers[mall] = count
			case "again":
				f.repeat[i] = count
			case "again now":
				f.repeated = count
			default:
				f.repeatedBefore = count
			}
		})
}

// queryCourses finds who bought for the first time, by day, and measures F2
// conversion and circulation at the end of each period, as Conversion and
// Circulation define them. Rollups of who does not count are empty.
func (f *facts) queryCourses(b *pgx.Batch, p period) {
	var count int64
	p.each(b.Queue(`SELECT s.first_order_at::date, count(*) FROM customer_stats AS s 
		WHERE s.first_order_at >= $1 AND s.first_order_at < $2 OR s.first_order_at >= $3 AND s.first_order_at < $4 GROUP BY 1`, p.before, p.cut, p.from, p.end),
		[]any{&count}, func(i int) { f.fresh[i] = count })

	window := func(until string) string {
		return "s.first_order_at >= (" + until + "::date - 180)::timestamptz AND s.first_order_at < (" + until + "::date - 90)::timestamptz"
	}
	back := toSecond() + " <= 90"
	b.Queue(`SELECT count(*) FILTER (WHERE `+window("$1")+`), count(*) FILTER (WHERE `+window("$2")+`),
			count(*) FILTER (WHERE `+window("$1")+` AND `+back+`), count(*) FILTER (WHERE `+window("$2")+` AND `+back+`),
			count(*) FILTER (WHERE s.first_order_at < $3), count(*) FILTER (WHERE s.first_order_at < $4),
			count(*) FILTER (WHERE s.next_mall_at < $3), count(*) FILTER (WHERE s.next_mall_at < $4)
		FROM customer_stats AS s WHERE s.first_order_at IS NOT NULL`, p.last, p.first.AddDate(0, 0, -1), p.end, p.from).
		QueryRow(func(row pgx.Row) error {
			return row.Scan(&f.first[0], &f.first[1], &f.second[0], &f.second[1], &f.bought[0], &f.bought[1], &f.circulated[0], &f.circulated[1])
		})
}

func (f *facts) queryMembers(b *pgx.Batch, p period) {
	var count int64
	p.each(b.Queue(`SELECT CASE WHEN c.member_since >= $1 THEN c.member_since::date END, count(*)
		FROM customers AS c WHERE NOT c.anonymous AND c.merged_into IS NULL AND c.member_since < $2 GROUP BY 1`, p.before, p.end),
		[]any{&count}, func(i int) {
			if i < 0 {
				f.membersBefore = count
			} else {
				f.joined[i] = count
			}
		})
}

// queryPoints takes today's balances and goes back by what was booked since.
func (f *facts) queryPoints(b *pgx.Batch, p period) {
	b.Queue(`SELECT coalesce(sum(a.available + a.pending + a.held), 0)::bigint, count(*) FILTER (WHERE a.available + a.pending + a.held > 0 AND ` + notNobody("a.customer_id") + `) FROM point_accounts AS a`).
		QueryRow(func(row pgx.Row) error { return row.Scan(&f.pointsNow, &f.holders) })
	var change int64
	p.each(b.Queue(`SELECT k.occurred_at::date, sum(k.outstanding)::bigint FROM point_bookings AS k
		WHERE k.occurred_at >= $1 AND k.occurred_at < $2 AND k.outstanding <> 0 GROUP BY 1`, p.before, p.end),
		[]any{&change}, func(i int) { f.points[i] = change })
}
