// Package stage is the ladder of member stages (会員ステージ).
//
// It owns the stages, where each member stands, and the history of it. It
// promises that a member's stage follows from his spend and the day alone: the
// net sales of all malls in the base currency, earlier orders that were matched
// to him included, over the months of each stage's window in the merchant's
// zone. A stage is reached in the transaction of the order that reaches it, and
// lost with the order that is cancelled or on the day on which the window lets
// the spend fall out, which ReviewDue looks after.
//
// Lock order: the row of member_stages, several in the order of customer id,
// after the point accounts of the ledger where one transaction takes both.
//
// The package leaves what a stage brings to others: the point multiplier to
// crm/points, offers to crm/offer.
package stage

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"github.com/meguri-crm/meguri/crm/clock"
	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/db"
)

// Reasons of a change.
const (
	ReasonJoined = "JOINED" // became a member
	ReasonSpend  = "SPEND"  // an order came in, changed or was cancelled
	ReasonReview = "REVIEW" // the window moved on
)

// Service keeps the stages of members.
type Service struct {
	db       *db.DB
	clock    clock.Clock
	zone     *time.Location
	currency string
}

// New keeps the stages of the merchant in zone, whose base currency it is that
// counts.
func New(d *db.DB, c clock.Clock, zone *time.Location, currency string) *Service {
	return &Service{db: d, clock: c, zone: zone, currency: currency}
}

// querier is what the pool and a transaction of pgx have in common.
type querier interface {
	SendBatch(ctx context.Context, b *pgx.Batch) pgx.BatchResults
	Query(ctx context.Context, sql string, args ...any) (pgx.Rows, error)
	Exec(ctx context.Context, sql string, args ...any) (pgconn.CommandTag, error)
}

// Recompute places members anew, in the transaction that changed their orders
// or made them members. Others of customerIDs are passed over. The number of
// statements does not depend on how many there are.
func (s *Service) Recompute(ctx context.Context, tx db.Tx, customerIDs []int64) error {
	if len(customerIDs) == 0 {
		return nil
	}
	return db.Fault(tx.Pgx(func(q pgx.Tx) error { return s.recompute(ctx, q, customerIDs, ReasonSpend) }))
}

func (s *Service) recompute(ctx context.Context, q querier, customerIDs []int64, reason string) error {
	ladder, err := readLadder(ctx, q)
	if err != nil {
		return err
	}
	members, err := s.lock(ctx, q, customerIDs, ladder)
	if err != nil || len(members) == 0 {
		return err
	}
	ids := make([]int64, len(members))
	for i, m := range members {
		ids[i] = m.CustomerID
	}
	spends, err := s.spends(ctx, q, ids, ladder)
	if err != nil {
		return err
	}
	now := s.clock.Now()
	today := DayOf(now, s.zone)
	var c changes
	for _, m := range members {
		c.add(m, ladder.Place(spends[m.CustomerID], today), now, s.zone, reason)
	}
	return c.write(ctx, q)
}

// readLadder reads the stages; there is always one at least.
func readLadder(ctx context.Context, q querier) (Ladder, error) {
	rows, err := q.Query(ctx, `SELECT id, code, name, position, spend_threshold AS threshold, window_months, point_multiplier::bigint AS multiplier FROM stages`)
	if err != nil {
		return nil, db.Fault(err)
	}
	ladder, err := pgx.CollectRows(rows, pgx.RowToStructByName[Step])
	if err == nil && len(ladder) == 0 {
		err = fault.New(fault.Internal, "the ladder has no stage")
	}
	return Ladder(ladder).sorted(), db.Fault(err)
}

// member is a locked row of member_stages.
type member struct {
	db.MemberStage
	New bool // the row was made now
}

// lock makes the missing rows of members, on the lowest stage, and locks all. A
// second transaction with the same member waits here, and then reads the orders
// that the first has written.
func (s *Service) lock(ctx context.Context, q querier, customerIDs []int64, ladder Ladder) ([]member, error) {
	batch := &pgx.Batch{}
	batch.Queue(`INSERT INTO member_stages (customer_id, stage_id, since)
		SELECT id, $2, $3 FROM customers WHERE id = ANY($1::bigint[]) AND member_since IS NOT NULL AND merged_into IS NULL ORDER BY id
		ON CONFLICT DO NOTHING RETURNING customer_id`, customerIDs, ladder[0].ID, s.clock.Now())
	batch.Queue(`SELECT customer_id, stage_id, since, spend, next_stage_id, missing, next_by, review_at
		FROM member_stages WHERE customer_id = ANY($1::bigint[]) ORDER BY customer_id FOR UPDATE`, customerIDs)
	res := q.SendBatch(ctx, batch)
	var joined []int64
	rows, err := res.Query()
	if err == nil {
		joined, err = pgx.CollectRows(rows, pgx.RowTo[int64])
	}
	if err != nil {
		return nil, errors.Join(db.Fault(err), res.Close())
	}
	var members []member
	if rows, err = res.Query(); err == nil {
		members, err = pgx.CollectRows(rows, pgx.RowToStructByNameLax[member])
	}
	slices.Sort(joined)
	for i := range members {
		_, members[i].New = slices.BinarySearch(joined, members[i].CustomerID)
	}
	return members, errors.Join(db.Fault(err), db.Fault(res.Close()))
}

// spends reads what can count of the customers' orders, by day of the merchant.
func (s *Service) spends(ctx context.Context, q querier, customers []int64, ladder Ladder) (map[int64][]Spend, error) {
	today := DayOf(s.clock.Now(), s.zone)
	since := today.AddMonths(-ladder.longest()).AddDays(-4).Start(s.zone) // months differ in length; Place decides
	rows, err := q.Query(ctx, `SELECT customer_id, (ordered_at AT TIME ZONE $3)::date, sum(net_sales)::bigint FROM orders
		WHERE customer_id = ANY($1::bigint[]) AND ordered_at >= $2 AND currency = $4 GROUP BY 1, 2`, customers, since, s.zone.String(), s.currency)
	if err != nil {
		return nil, db.Fault(err)
	}
	out := make(map[int64][]Spend, len(customers))
	var customer, amount int64
	var day time.Time
	_, err = pgx.ForEachRow(rows, []any{&customer, &day, &amount}, func() error {
		out[customer] = append(out[customer], Spend{DayOf(day, time.UTC), amount})
		return nil
	})
	return out, db.Fault(err)
}

// ReviewJob places those members anew whose window has moved on.
type ReviewJob struct{}

// Kind names the job.
func (ReviewJob) Kind() string { return "stage.review" }

// reviewBatch is how many members one transaction reviews.
const reviewBatch = 500

// ReviewDue places those members anew whose window has let something fall out
// since they were placed. Several nodes may run it at once. It answers with the
// number of members.
func (s *Service) ReviewDue(ctx context.Context) (members int, err error) {
	for {
		n, err := s.reviewBatch(ctx)
		members += n
		if err != nil || n < reviewBatch {
			return members, err
		}
	}
}

func (s *Service) reviewBatch(ctx context.Context) (n int, err error) {
	err = db.RunInTx(ctx, s.db, func(ctx context.Context, tx db.Tx) error {
		return tx.Pgx(func(q pgx.Tx) error {
			rows, err := q.Query(ctx, `SELECT customer_id FROM member_stages WHERE review_at <= $1 ORDER BY review_at LIMIT $2 FOR UPDATE SKIP LOCKED`, s.clock.Now(), reviewBatch)
			if err != nil {
				return err
			}
			due, err := pgx.CollectRows(rows, pgx.RowTo[int64])
			if err != nil || len(due) == 0 {
				return err
			}
			n = len(due)
			return s.recompute(ctx, q, due, ReasonReview)
		})
	})
	return n, db.Fault(err)
}
