package insight

import (
	"context"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/db"
)

// MaxMonths bounds the period of an analysis.
const MaxMonths = 36

// span is the months of an analysis, the current one included, beside as many
// before them. Days are midnight UTC; instants are theirs in the merchant's zone.
type span struct {
	months int
	zone   *time.Location
	today  time.Time
	before time.Time // the first day of the months before
	from   time.Time // the first day
	until  time.Time // tomorrow
}

// checkMonths. Errors: fault.Invalid.
func checkMonths(months int) error {
	if months < 1 || months > MaxMonths {
		return fault.New(fault.Invalid, "a period has 1 to %d months", MaxMonths).WithCode("PERIOD_INVALID").At("months").With("max", MaxMonths)
	}
	return nil
}

func (s *Service) span(months int) span {
	y, m, d := s.clock.Now().In(s.zone).Date()
	day := func(m time.Month, d int) time.Time { return time.Date(y, m, d, 0, 0, 0, 0, time.UTC) }
	return span{
		months: months, zone: s.zone, today: day(m, d), until: day(m, d+1),
		from: day(m-time.Month(months)+1, 1), before: day(m-time.Month(2*months)+1, 1),
	}
}

// at is the instant at which a day begins.
func (p span) at(day time.Time) time.Time {
	y, m, d := day.Date()
	return time.Date(y, m, d, 0, 0, 0, 0, p.zone).UTC()
}

// ends are the days after the last days of the months, the last of them tomorrow.
func (p span) ends() []time.Time {
	list := make([]time.Time, p.months)
	for i := range list {
		list[i] = p.from.AddDate(0, i+1, 0)
	}
	list[p.months-1] = p.until
	return list
}

// begins are the instants at which n months begin, from that of a first day. An
// instant that ends a month belongs to it: statements step back by the least
// there is before they look it up.
func (p span) begins(first time.Time, n int) []time.Time {
	list := make([]time.Time, n)
	for i := range list {
		list[i] = p.at(first.AddDate(0, i, 0))
	}
	return list
}

// snapshot runs statements on one view of the database, in one round trip.
func (s *Service) snapshot(ctx context.Context, queue func(*pgx.Batch)) error {
	return s.view(ctx, func(tx pgx.Tx) error {
		batch := &pgx.Batch{}
		queue(batch)
		return tx.SendBatch(ctx, batch).Close()
	})
}

// view runs read on one view of the database. The merchant's zone is that of the
// session meanwhile: an instant becomes its day by a cast, which is several times
// cheaper than AT TIME ZONE.
func (s *Service) view(ctx context.Context, read func(pgx.Tx) error) error {
	begin := "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; SET LOCAL work_mem = '32MB'; SET LOCAL timezone = '" + strings.ReplaceAll(s.zone.String(), "'", "''") + "'"
	return db.Fault(pgx.BeginTxFunc(ctx, s.db.Pool, pgx.TxOptions{BeginQuery: begin}, read))
}

// collect reads the rows of a queued statement into list.
func collect[T any](q *pgx.QueuedQuery, list *[]T) {
	q.Query(func(rows pgx.Rows) (err error) {
		*list, err = pgx.CollectRows(rows, pgx.RowToStructByPos[T])
		return err
	})
}
