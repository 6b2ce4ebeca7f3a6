package insight

import (
	"context"
	"encoding/json"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"
)

// Liability is what the points that are out are worth to be kept for: how they
// stand, how they came to stand so, and when they go. What happens at midnight,
// as points expire, belongs to the day that ends. Everything is in points and
// ties out to the ledger: see Months and Forecast.
type Liability struct {
	Taken

	From, To                 time.Time // days
	Available, Pending, Held int64
	Debt                     int64  // clawed back beyond what was left; not taken off the liability
	Holders                  People // who has any of it
	// Months lead from one balance to the next: Opening + Issued − Redeemed −
	// Expired − ClawedBack + Other = Closing, and each Closing is the next Opening;
	// the last is Available + Pending + Held. The oldest is first.
	Months []LiabilityMonth
	// Forecast is what expires if nobody spends: by month for a year, then all
	// that is later, then what never expires. It adds up to the last Closing.
	Forecast []Expiring
	Breakage Breakage
	Expired  []Ended // by the month of the last day of points, the oldest first
}

// Balance is the liability now.
func (l *Liability) Balance() int64 { return l.Available + l.Pending + l.Held }

// LiabilityMonth is what one month did to the balance.
type LiabilityMonth struct {
	Day        time.Time // its last
	Opening    int64
	Issued     int64
	Redeemed   int64 // less what was given back
	Expired    int64
	ClawedBack int64
	Other      int64 // set right by hand, and debts made and paid off
	Closing    int64
	Holders    json.RawMessage // the rule of who had any at the end of the day
}

// Expiring is what is left of points with a last day in one month.
type Expiring struct {
	Month  *time.Time // its first day; nil: later than all months, or never
	Never  bool
	Points int64
	People People
}

// Ended is the points whose last day was in one month.
type Ended struct {
	Month   time.Time // its first day
	Granted int64     // less what was clawed back
	Expired int64     // of Granted, what nobody spent; what was clawed back after it had expired is in neither
	People  People    // who lost some of his points in the month
}

// Breakage is the share of points that nobody spends.
type Breakage struct {
	Granted, Expired int64  // of points whose last day was in the period
	Share            *int64 // Expired by Granted in basis points; nil: nothing has ended yet
	Previous         *int64 // of the period before
	Estimate         int64  // points of the balance that will expire if it goes on like that
}

// Liability computes the points that are out, over the last months.
// Errors: fault.Invalid for a period of no months or of more than MaxMonths.
func (s *Service) Liability(ctx context.Context, months int) (*Liability, error) {
	if err := checkMonths(months); err != nil {
		return nil, err
	}
	return answered[*Liability](ctx, s, question{Report: "liability", Period: months})
}

func (s *Service) liability(ctx context.Context, months int) (*Liability, error) {
	p := s.span(months)
	q := liabilityQuery{span: p}
	err := s.view(ctx, func(tx pgx.Tx) (err error) {
		batch := &pgx.Batch{}
		q.queue(batch)
		if err := tx.SendBatch(ctx, batch).Close(); err != nil {
			return err
		}
		q.flows, err = flows(ctx, tx, p)
		return err
	})
	if err != nil {
		return nil, err
	}
	return q.answer(), nil
}

// forecastMonths is how far the expiry is told by month, the current one included.
const forecastMonths = 13

type liabilityQuery struct {
	span
	now      Liability
	flows    []posted // by month
	forecast []forecastRow
	ended    []endedRow
	lost     []lostRow
}

type forecastRow struct {
	N              *int // nil: never
	Points, People int64
}

type endedRow struct {
	N                int // months before From are negative
	Granted, Expired int64
}

type lostRow struct {
	N      int
	People int64
}

const (
	balances = "e.account IN ('AVAILABLE', 'PENDING', 'HELD')"
	// survivors say whom the bookings of merged customers count for.
	survivors = " LEFT JOIN (SELECT c.id, survivor_of(c.id) AS now FROM customers AS c WHERE c.merged_into IS NOT NULL) AS k ON k.id = b.customer_id "
)

func (q *liabilityQuery) queue(b *pgx.Batch) {
	b.Queue(`SELECT coalesce(sum(available), 0)::bigint, coalesce(sum(pending), 0)::bigint, coalesce(sum(held), 0)::bigint, coalesce(sum(debt), 0)::bigint,
			count(*) FILTER (WHERE p.available + p.pending + p.held > 0 AND ` + notNobody("p.customer_id") + `) FROM point_accounts AS p`).
		QueryRow(func(row pgx.Row) error {
			return row.Scan(&q.now.Available, &q.now.Pending, &q.now.Held, &q.now.Debt, &q.now.Holders.Count)
		})

	collect(b.Queue(`SELECT p.month, sum(p.points)::bigint, count(*) FILTER (WHERE `+notNobody("p.customer_id")+`) FROM (
			SELECT l.customer_id, CASE WHEN l.expires_at IS NULL THEN NULL ELSE greatest(width_bucket(l.expires_at - interval '1 microsecond', $1::timestamptz[]), 1) - 1 END AS month, sum(l.remaining) AS points
			FROM point_lots AS l WHERE l.status <> 'DONE' GROUP BY 1, 2
		) AS p GROUP BY 1 ORDER BY 1`,
		q.begins(q.thisMonth(), forecastMonths+1)), &q.forecast)

	// Parts of lots that a merge divided are told by the lot they come from.
	collect(b.Queue(`WITH expired AS (SELECT e.lot_id, sum(e.amount) AS points FROM point_entries AS e WHERE e.account = 'EXPIRED' GROUP BY 1)
		SELECT width_bucket(l.expires_at - interval '1 microsecond', $1::timestamptz[]) - $2 - 1, coalesce(sum(l.amount - l.clawed_back) FILTER (WHERE l.parent_id IS NULL), 0)::bigint, coalesce(sum(x.points), 0)::bigint
		FROM point_lots AS l LEFT JOIN expired AS x ON x.lot_id = l.id
		WHERE l.expires_at > $3 AND l.expires_at <= $4 GROUP BY 1`, q.begins(q.before, 2*q.span.months), q.span.months, q.at(q.before), q.at(q.today)), &q.ended)

	collect(b.Queue(`SELECT width_bucket(b.occurred_at - interval '1 microsecond', $1::timestamptz[]) - 1, count(DISTINCT coalesce(k.now, b.customer_id))
		FROM point_bookings AS b `+survivors+`
		WHERE b.kind = 'EXPIRE' AND b.occurred_at > $2 AND `+notNobody("coalesce(k.now, b.customer_id)")+` GROUP BY 1`, q.begins(q.from, q.span.months), q.at(q.from)), &q.lost)
}

// thisMonth is the first day of the current month.
func (q *liabilityQuery) thisMonth() time.Time { return q.today.AddDate(0, 0, 1-q.today.Day()) }

func (q *liabilityQuery) answer() *Liability {
	l := &q.now
	l.From, l.To = q.from, q.today
	l.Holders.Rule = rule(atLeast("points_outstanding", 1))
	l.Months, l.Forecast = q.rolled(), q.expiring()
	var before endedRow
	for i := range q.span.months {
		month := q.from.AddDate(0, i, 0)
		e := Ended{Month: month, People: People{Rule: rule(during("points_expired", month, month.AddDate(0, 1, 0)))}}
		if k := slices.IndexFunc(q.lost, func(r lostRow) bool { return r.N == i }); k >= 0 {
			e.People.Count = q.lost[k].People
		}
		if k := slices.IndexFunc(q.ended, func(r endedRow) bool { return r.N == i }); k >= 0 {
			e.Granted, e.Expired = q.ended[k].Granted, q.ended[k].Expired
		}
		l.Expired = append(l.Expired, e)
		l.Breakage.Granted, l.Breakage.Expired = l.Breakage.Granted+e.Granted, l.Breakage.Expired+e.Expired
	}
	for _, row := range q.ended {
		if row.N < 0 {
			before.Granted, before.Expired = before.Granted+row.Granted, before.Expired+row.Expired
		}
	}
	l.Breakage.Share, l.Breakage.Previous = basisPoints(l.Breakage.Expired, l.Breakage.Granted), basisPoints(before.Expired, before.Granted)
	if g := l.Breakage.Granted; g > 0 {
		l.Breakage.Estimate = int64(float64(l.Balance())*float64(l.Breakage.Expired)/float64(g) + 0.5)
	}
	return l
}

// rolled goes back from today's balance by what each month did to it.
func (q *liabilityQuery) rolled() []LiabilityMonth {
	list := make([]LiabilityMonth, q.span.months)
	for i, end := range q.ends() {
		list[i].Day = end.AddDate(0, 0, -1)
		list[i].Holders = rule(atLeast("points_outstanding", 1).asOf(list[i].Day))
		f := q.flows[i]
		list[i].Issued, list[i].Redeemed, list[i].Expired, list[i].ClawedBack, list[i].Other = f.Issued, f.Redeemed, f.Expired, f.ClawedBack, f.Other
	}
	closing := q.now.Balance()
	for i := len(list) - 1; i >= 0; i-- {
		m := &list[i]
		m.Closing = closing
		m.Opening = closing - m.Issued + m.Redeemed + m.Expired + m.ClawedBack - m.Other
		closing = m.Opening
	}
	return list
}

// expiring is every month of a year, however little there is, then the rest.
func (q *liabilityQuery) expiring() []Expiring {
	list := make([]Expiring, forecastMonths+2)
	for i := range list[:forecastMonths] {
		month := q.thisMonth().AddDate(0, i, 0)
		list[i].Month = &month
		list[i].People.Rule = rule(during("points_expiry", month, month.AddDate(0, 1, 0)))
	}
	// What is overdue and not booked yet goes with the current month.
	list[0].People.Rule = rule(before("points_expiry", q.thisMonth().AddDate(0, 1, 0)))
	later, never := &list[forecastMonths], &list[forecastMonths+1]
	later.People.Rule = rule(is("points_expiry", "since", q.thisMonth().AddDate(0, forecastMonths, 0).Format(time.DateOnly)))
	never.Never, never.People.Rule = true, rule(is("points_lasting", "is", true))
	for _, row := range q.forecast {
		e := never
		if row.N != nil {
			e = &list[*row.N]
		}
		e.Points, e.People.Count = row.Points, row.People
	}
	return list
}
