// Package partition keeps the monthly partitions of the big tables ahead of the
// calendar.
//
// It owns which tables are cut by month. It promises that the present month and
// the next ones have partitions of their own, and that rows which came before
// their partition move into it. Who takes in history asks for its months with
// Between; what lies further back stays in the default partition. Months are UTC's.
package partition

import (
	"context"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/meguri-crm/meguri/db"
)

// ahead is how many months after the present one are made: a job that does not
// run for weeks does no harm.
const ahead = 2

// byMonth are the partitioned tables and the column that cuts them.
var byMonth = []struct{ table, column string }{
	{"events", "occurred_at"},
	{"messages", "delivery_month"},
}

// Ensure makes the partitions that are missing at the instant now.
func Ensure(ctx context.Context, d *db.DB, now time.Time) error {
	now = now.UTC()
	for _, cut := range byMonth {
		for i := range ahead + 1 {
			month := time.Date(now.Year(), now.Month()+time.Month(i), 1, 0, 0, 0, 0, time.UTC)
			if err := ensure(ctx, d, cut.table, cut.column, month); err != nil {
				return fmt.Errorf("partition %s for %s: %w", cut.table, month.Format("2006-01"), err)
			}
		}
	}
	return nil
}

// maxHistory is how many months one call of Between makes at most: a file with
// mistyped years must not make thousands of tables.
const maxHistory = 240

// Between makes the partitions of events for the months from from to to, which
// an import is about to fill.
func Between(ctx context.Context, d *db.DB, from, to time.Time) error {
	month := time.Date(max(from.UTC().Year(), 2000), from.UTC().Month(), 1, 0, 0, 0, 0, time.UTC)
	for n := 0; n < maxHistory && !month.After(to); n++ {
		if err := ensure(ctx, d, "events", "occurred_at", month); err != nil {
			return fmt.Errorf("partition events for %s: %w", month.Format("2006-01"), err)
		}
		month = month.AddDate(0, 1, 0)
	}
	return nil
}

func ensure(ctx context.Context, d *db.DB, table, column string, month time.Time) error {
	name := fmt.Sprintf("%s_%s", table, month.Format("2006_01"))
	if there, err := exists(ctx, d.Pool, name); err != nil || there {
		return err
	}
	return pgx.BeginFunc(ctx, d.Pool, func(tx pgx.Tx) error {
		// One process makes it. Writers wait for the moment it takes, so that
		// no row slips into the default partition meanwhile.
		if _, err := tx.Exec(ctx, "LOCK TABLE "+table+" IN SHARE ROW EXCLUSIVE MODE"); err != nil {
			return err
		}
		if there, err := exists(ctx, tx, name); err != nil || there {
			return err
		}
		return create(ctx, tx, table, column, name, month)
	})
}

// create fills the partition before attaching it, because the default partition
// may not hold rows that belong to another.
func create(ctx context.Context, tx pgx.Tx, table, column, name string, month time.Time) error {
	const layout = "2006-01-02Z"
	from, to := month.Format(layout), month.AddDate(0, 1, 0).Format(layout)
	for _, sql := range []string{
		fmt.Sprintf("CREATE TABLE %s (LIKE %s INCLUDING DEFAULTS INCLUDING CONSTRAINTS)", name, table),
		fmt.Sprintf(`WITH early AS (DELETE FROM %[1]s_default WHERE %[2]s >= '%[3]s' AND %[2]s < '%[4]s' RETURNING *)
			INSERT INTO %[5]s SELECT * FROM early`, table, column, from, to, name),
		fmt.Sprintf("ALTER TABLE %s ATTACH PARTITION %s FOR VALUES FROM ('%s') TO ('%s')", table, name, from, to),
	} {
		if _, err := tx.Exec(ctx, sql); err != nil {
			return err
		}
	}
	return nil
}

type querier interface {
	QueryRow(ctx context.Context, sql string, args ...any) pgx.Row
}

func exists(ctx context.Context, q querier, table string) (there bool, err error) {
	err = q.QueryRow(ctx, "SELECT to_regclass($1) IS NOT NULL", table).Scan(&there)
	return there, err
}

// Job is the daily reminder; its handler calls Ensure.
type Job struct{}

// Kind names the job.
func (Job) Kind() string { return "partition.ensure" }
