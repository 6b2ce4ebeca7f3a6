package insight

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"
)

// person is who counts among customers.
const person = "NOT c.anonymous AND c.merged_into IS NULL"

const sale = "o.kind = 'SALE' AND o.status <> 'CANCELLED'"

// read sends all statements in one round trip.
func (f *facts) read(ctx context.Context, tx pgx.Tx, p period, zone, currency string) error {
	f.sales, f.orders, f.fresh, f.repeat, f.joined, f.points = p.daily(), p.daily(), p.daily(), p.daily(), p.daily(), p.daily()
	batch := &pgx.Batch{}
	f.querySales(batch, p, zone, currency)
	f.queryMalls(batch, p, currency)
	f.queryPeople(batch, p)
	f.queryCustomers(batch, p, zone)
	f.queryMembers(batch, p, zone)
	f.queryRates(batch, p, zone)
	f.queryPoints(batch, p, zone)
	return tx.SendBatch(ctx, batch).Close()
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

func (f *facts) querySales(b *pgx.Batch, p period, zone, currency string) {
	var sales, orders int64
	p.each(b.Queue(`SELECT (o.ordered_at AT TIME ZONE $1)::date, coalesce(sum(o.net_sales) FILTER (WHERE o.currency = $2), 0)::bigint, count(*) FILTER (WHERE `+sale+`)
		FROM orders AS o WHERE o.ordered_at >= $3 AND o.ordered_at < $4 GROUP BY 1`, zone, currency, p.before, p.end),
		[]any{&sales, &orders}, func(i int) { f.sales[i], f.orders[i] = sales, orders })
}

func (f *facts) queryMalls(b *pgx.Batch, p period, currency string) {
	b.Queue(`SELECT h.mall, count(*) FILTER (WHERE `+sale+` AND o.ordered_at >= $3), coalesce(sum(o.net_sales) FILTER (WHERE o.currency = $1 AND o.ordered_at >= $3), 0)::bigint AS net,
			coalesce(sum(o.net_sales) FILTER (WHERE o.currency = $1 AND o.ordered_at < $3), 0)::bigint AS before
		FROM orders AS o JOIN shops AS h ON h.id = o.shop_id WHERE o.ordered_at >= $2 AND o.ordered_at < $4
		GROUP BY h.mall ORDER BY net DESC, before DESC, h.mall`, currency, p.before, p.from, p.end).
		Query(func(rows pgx.Rows) error {
			var m MallSales
			_, err := pgx.ForEachRow(rows, []any{&m.Mall, &m.Orders, &m.NetSales, &m.Previous}, func() error {
				f.malls = append(f.malls, m)
				return nil
			})
			return err
		})
}

// queryPeople counts who bought in the period, on each mall and on any, and who
// holds points.
func (f *facts) queryPeople(b *pgx.Batch, p period) {
	f.buyers = map[string]int64{}
	var mall string
	var count int64
	b.Queue(`SELECT coalesce(h.mall, ''), count(DISTINCT o.customer_id) FROM orders AS o JOIN shops AS h ON h.id = o.shop_id JOIN customers AS c ON c.id = o.customer_id
		WHERE `+person+` AND `+sale+` AND o.ordered_at >= $1 AND o.ordered_at < $2 GROUP BY GROUPING SETS ((h.mall), ())`, p.from, p.end).
		Query(func(rows pgx.Rows) error {
			_, err := pgx.ForEachRow(rows, []any{&mall, &count}, func() error {
				f.buyers[mall] = count
				return nil
			})
			return err
		})
	b.Queue(`SELECT count(*) FROM point_accounts AS a JOIN customers AS c ON c.id = a.customer_id WHERE ` + person + ` AND a.available + a.pending + a.held > 0`).
		QueryRow(func(row pgx.Row) error { return row.Scan(&f.holders) })
}

// queryCustomers finds who bought for the first time, by day, and who had
// bought before the period, by day and over each period as a whole.
func (f *facts) queryCustomers(b *pgx.Batch, p period, zone string) {
	var count int64
	p.each(b.Queue(`SELECT (s.first_order_at AT TIME ZONE $1)::date, count(*) FROM customer_stats AS s JOIN customers AS c ON c.id = s.customer_id
		WHERE `+person+` AND s.first_order_at >= $2 AND s.first_order_at < $3 GROUP BY 1`, zone, p.before, p.end),
		[]any{&count}, func(i int) { f.fresh[i] = count })

	var current *bool
	p.each(b.Queue(`SELECT r.day, r.current, count(DISTINCT r.customer_id) FROM (
			SELECT o.customer_id, o.ordered_at >= $3 AS current, (o.ordered_at AT TIME ZONE $1)::date AS day
			FROM orders AS o JOIN customer_stats AS s ON s.customer_id = o.customer_id JOIN customers AS c ON c.id = o.customer_id
			WHERE `+person+` AND `+sale+` AND o.ordered_at >= $2 AND o.ordered_at < $4
			AND s.first_order_at < CASE WHEN o.ordered_at >= $3 THEN $3 ELSE $2 END
		) AS r GROUP BY GROUPING SETS ((r.day), (r.current))`, zone, p.before, p.from, p.end),
		[]any{&current, &count}, func(i int) {
			switch {
			case current == nil:
				f.repeat[i] = count
			case *current:
				f.repeated = count
			default:
				f.repeatedBefore = count
			}
		})
}

func (f *facts) queryMembers(b *pgx.Batch, p period, zone string) {
	var count int64
	p.each(b.Queue(`SELECT CASE WHEN c.member_since >= $2 THEN (c.member_since AT TIME ZONE $1)::date END, count(*)
		FROM customers AS c WHERE `+person+` AND c.member_since < $3 GROUP BY 1`, zone, p.before, p.end),
		[]any{&count}, func(i int) {
			if i < 0 {
				f.membersBefore = count
			} else {
				f.joined[i] = count
			}
		})
}

// queryRates measures F2 conversion and circulation at the end of each period,
// as Conversion and Circulation define them.
func (f *facts) queryRates(b *pgx.Batch, p period, zone string) {
	b.Queue(`SELECT count(*) FILTER (WHERE now), count(*) FILTER (WHERE NOT now), count(*) FILTER (WHERE now AND days <= 90), count(*) FILTER (WHERE NOT now AND days <= 90)
		FROM (SELECT w.now, `+toSecond()+` AS days FROM (VALUES (true, $2::date), (false, $3::date)) AS w (now, until)
			JOIN customer_stats AS s ON s.first_order_at >= (w.until - 180)::timestamp AT TIME ZONE $1 AND s.first_order_at < (w.until - 90)::timestamp AT TIME ZONE $1) AS s`,
		zone, p.last, p.first.AddDate(0, 0, -1)).
		QueryRow(func(row pgx.Row) error {
			return row.Scan(&f.first[0], &f.first[1], &f.second[0], &f.second[1])
		})

	b.Queue(`SELECT count(*) FILTER (WHERE s.first_order_at < $1), count(*) FILTER (WHERE s.first_order_at < $2),
			count(*) FILTER (WHERE s.next_mall_at < $1), count(*) FILTER (WHERE s.next_mall_at < $2)
		FROM customer_stats AS s WHERE s.first_order_at IS NOT NULL`, p.end, p.from).
		QueryRow(func(row pgx.Row) error {
			return row.Scan(&f.bought[0], &f.bought[1], &f.circulated[0], &f.circulated[1])
		})
}

// queryPoints takes today's balances and goes back by what was booked since.
func (f *facts) queryPoints(b *pgx.Batch, p period, zone string) {
	b.Queue(`SELECT coalesce(sum(available + pending + held), 0)::bigint FROM point_accounts`).
		QueryRow(func(row pgx.Row) error { return row.Scan(&f.pointsNow) })
	var change int64
	p.each(b.Queue(`SELECT (k.occurred_at AT TIME ZONE $1)::date, sum(e.amount)::bigint
		FROM point_bookings AS k JOIN point_entries AS e ON e.customer_id = k.customer_id AND e.booking_id = k.id
		WHERE k.occurred_at >= $2 AND k.occurred_at < $3 AND e.account IN ('AVAILABLE', 'PENDING', 'HELD') GROUP BY 1`, zone, p.before, p.end),
		[]any{&change}, func(i int) { f.points[i] = change })
}
