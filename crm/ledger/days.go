package ledger

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/meguri-crm/meguri/db"
)

// AddUpJob asks for AddUp.
type AddUpJob struct{}

// Kind names the job in the queue.
func (AddUpJob) Kind() string { return "ledger.add_up" }

// AddUpEvery is how often bookings are added to the days.
const AddUpEvery = 10 * time.Minute

// sumsByDay adds up the entries of bookings b, to follow with a condition. The
// zone is $1.
const sumsByDay = `SELECT ((b.occurred_at - interval '1 microsecond') AT TIME ZONE $1)::date AS day, b.kind, e.account,
		CASE WHEN l.id IS NULL THEN 'FREE' ELSE 'PAID' END AS origin, sum(e.amount)::bigint AS amount
	FROM point_bookings b JOIN point_entries e ON e.customer_id = b.customer_id AND e.booking_id = b.id
	LEFT JOIN point_lots l ON l.id = e.lot_id AND l.origin = 'PAID'
	WHERE `

// AddUp adds to the days what has been booked and cannot be joined by earlier
// ids any more: a booking takes its id after its transaction has a number, so
// that no id up to one that was seen is still to come once every transaction
// has ended that had a number by then. A report counts the rest by itself. It is
// harmless to call at any time, from several nodes.
func (s *Service) AddUp(ctx context.Context) error {
	return db.RunInTx(ctx, s.db, func(ctx context.Context, tx db.Tx) error {
		return tx.Pgx(func(q pgx.Tx) error {
			var zone string
			var settled, candidate int64
			var certain bool
			if err := q.QueryRow(ctx, `SELECT zone, settled_to, candidate_to, pg_snapshot_xmin(pg_current_snapshot()) >= candidate_xmax::xid8
				FROM point_days_state FOR UPDATE`).Scan(&zone, &settled, &candidate, &certain); err != nil {
				return err
			}
			if zone != s.zone.String() {
				if _, err := q.Exec(ctx, `DELETE FROM point_days`); err != nil {
					return err
				}
				settled, candidate = 0, 0
			}
			if certain && candidate > settled {
				if _, err := q.Exec(ctx, `INSERT INTO point_days AS d (day, kind, account, origin, amount) `+sumsByDay+`b.id > $2 AND b.id <= $3 GROUP BY 1, 2, 3, 4
					ON CONFLICT (day, kind, account, origin) DO UPDATE SET amount = d.amount + excluded.amount`, s.zone.String(), settled, candidate); err != nil {
					return err
				}
				settled = candidate
			}
			_, err := q.Exec(ctx, `UPDATE point_days_state SET zone = $1, settled_to = $2, candidate_to = coalesce((SELECT max(id) FROM point_bookings), 0),
				candidate_xmax = pg_snapshot_xmax(pg_current_snapshot())::text`, s.zone.String(), settled)
			return err
		})
	})
}

// sum is what bookings of a kind came to on an account in a month.
type sum struct {
	Month         time.Time // its first day
	Kind, Account string
	Origin        string
	Amount        int64
}

// monthSums are the sums of all months up to the day to, in one statement and so
// of one snapshot: the days that are added up and the bookings behind them.
func (s *Service) monthSums(ctx context.Context, to time.Time) ([]sum, error) {
	rows, err := s.db.Pool.Query(ctx, `
		WITH state AS (SELECT CASE WHEN zone = $1 THEN settled_to ELSE 0 END AS settled_to FROM point_days_state),
		all_days AS (
			SELECT day, kind, account, origin, amount FROM point_days WHERE (SELECT settled_to FROM state) > 0
			UNION ALL (`+sumsByDay+`b.id > (SELECT settled_to FROM state) GROUP BY 1, 2, 3, 4))
		SELECT date_trunc('month', day)::date AS month, kind, account, origin, sum(amount)::bigint AS amount
		FROM all_days WHERE day <= $2::date GROUP BY 1, 2, 3, 4`, s.zone.String(), to.Format(time.DateOnly))
	if err != nil {
		return nil, db.Fault(err)
	}
	sums, err := pgx.CollectRows(rows, pgx.RowToStructByName[sum])
	return sums, db.Fault(err)
}
