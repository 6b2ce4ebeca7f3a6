package stage

import (
	"context"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/meguri-crm/meguri/db"
)

// deedsSQL is what counts of customers, by day of the merchant ($2) from $1 on,
// in the currency $3; points only where the ladder asks for them ($4).
const deedsSQL = `
	SELECT o.customer_id, (o.ordered_at AT TIME ZONE $2)::date AS day,
		coalesce(sum(net_sales(o, d)) FILTER (WHERE o.currency = $3), 0)::bigint AS spend,
		count(*) FILTER (WHERE o.kind = 'SALE' AND o.status <> 'CANCELLED') AS orders, 0::bigint AS points
	FROM orders o JOIN customers c ON c.id = o.customer_id JOIN net_sales_definitions d ON d.state = 'IN_FORCE'
	WHERE o.ordered_at >= %[3]s AND %[1]s GROUP BY 1, 2
	UNION ALL
	SELECT l.customer_id, (l.earned_at AT TIME ZONE $2)::date, 0, 0, sum(l.amount - l.clawed_back)::bigint
	FROM point_lots l JOIN customers c ON c.id = l.customer_id
	WHERE $4 AND l.order_id IS NOT NULL AND l.earned_at >= %[3]s AND %[2]s GROUP BY 1, 2`

// fromSQL is the instant from which on a customer's purchases count: $1, or the
// start of the day on which he joined where $5 says so.
const fromSQL = `greatest($1, CASE WHEN $5 THEN (c.member_since AT TIME ZONE $2)::date::timestamp AT TIME ZONE $2 ELSE $1 END)`

// deedsOf is deedsSQL for those rows of orders and lots that the conditions are
// true for.
func deedsOf(orders, lots string) string { return fmt.Sprintf(deedsSQL, orders, lots, fromSQL) }

// margin is how much longer than the windows purchases are read, in months: so
// late may a review be and still find the day on which a stage was lost. A trial
// wants the spend of twelve months, whatever the windows.
const margin = 3

// since is the instant from which on purchases can count for anybody.
func (s *Service) since(ladder Ladder) time.Time {
	today := DayOf(s.clock.Now(), s.zone)
	switch ladder.Window {
	case WindowCalendarYear:
		return Day{today.Year - 2, time.January, 1}.Start(s.zone)
	case WindowSinceJoining:
		return time.Unix(0, 0)
	default:
		return today.AddMonths(-max(ladder.longest(), 12) - margin).Start(s.zone) // months differ in length; Place decides
	}
}

// deeds reads what can count of the customers' purchases.
func (s *Service) deeds(ctx context.Context, q querier, customers []int64, ladder Ladder) (map[int64][]Deed, error) {
	rows, err := q.Query(ctx, deedsOf("o.customer_id = ANY($6::bigint[])", "l.customer_id = ANY($6::bigint[])"), pgx.QueryExecModeCacheStatement,
		s.since(ladder), s.zone.String(), s.currency, ladder.asksForPoints(), ladder.Window == WindowSinceJoining, customers)
	if err != nil {
		return nil, db.Fault(err)
	}
	out := make(map[int64][]Deed, len(customers))
	err = eachDeed(rows, func(customer int64, d Deed) { out[customer] = append(out[customer], d) })
	return out, err
}

func eachDeed(rows pgx.Rows, do func(customer int64, d Deed)) error {
	var customer int64
	var day time.Time
	var a Amounts
	_, err := pgx.ForEachRow(rows, []any{&customer, &day, &a.Spend, &a.Orders, &a.Points}, func() error {
		do(customer, Deed{DayOf(day, time.UTC), a})
		return nil
	})
	return db.Fault(err)
}
