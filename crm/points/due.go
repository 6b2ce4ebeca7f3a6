package points

import (
	"context"
	"maps"
	"slices"

	"github.com/jackc/pgx/v5"

	"github.com/meguri-crm/meguri/db"
)

// DueJob books what has fallen due.
type DueJob struct{}

// Kind names the job.
func (DueJob) Kind() string { return "points.due" }

// dueBatch is how many accounts one transaction brings up to date.
const dueBatch = 500

// BookDue books everything that time brought about: lots mature and expire,
// holds lapse. Several nodes may run it at once; each account is done by one of
// them. It answers with the number of accounts. Balances are right without it,
// because every read and booking brings its account up to the instant; it keeps
// figures over many customers fresh.
func (s *Service) BookDue(ctx context.Context) (accounts int, err error) {
	for {
		n, err := s.bookDueBatch(ctx)
		accounts += n
		if err != nil || n < dueBatch {
			return accounts, err
		}
	}
}

func (s *Service) bookDueBatch(ctx context.Context) (n int, err error) {
	err = db.RunInTx(ctx, s.db, func(ctx context.Context, tx db.Tx) error {
		return tx.Pgx(func(q pgx.Tx) error {
			now := s.clock.Now()
			rows, err := q.Query(ctx, `SELECT customer_id FROM point_accounts WHERE due_at <= $1 ORDER BY due_at LIMIT $2 FOR UPDATE SKIP LOCKED`, now, dueBatch)
			if err != nil {
				return err
			}
			customers, err := pgx.CollectRows(rows, pgx.RowTo[int64])
			if err != nil || len(customers) == 0 {
				return err
			}
			slices.Sort(customers)
			books, err := lock(ctx, q, customers, now, wanted{})
			if err != nil {
				return err
			}
			for _, b := range books {
				b.advance(maxTime(now, b.account.UpdatedAt))
			}
			n = len(customers)
			return save(ctx, q, slices.Collect(maps.Values(books)))
		})
	})
	return n, db.Fault(err)
}
