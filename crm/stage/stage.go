// Package stage is the ladder of member stages (会員ステージ).
//
// It owns the stages and the rules of the ladder, where each member stands, and
// the history of it. It promises that what a member has earned follows from his
// purchases, the day and where he stood: the net sales of all malls in the base
// currency, orders, and points earned with them, earlier orders that were matched
// to him included, over the window of the ladder in the merchant's zone. A stage
// is reached in the transaction of the order that reaches it. It is lost at the
// review after the days of grace, which ReviewDue looks after; without them in
// the transaction of the order that is cancelled, or on the day on which the
// window lets too much fall out. A stage given by hand stands above what was
// earned until its last day. Every change is in the history with its reason and
// figures.
//
// Who is merged has no place of his own. His survivor has the better of both, and
// an undo puts both back where they stood; Recompute of the two does either, once
// customers.merged_into says so.
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
	"sync/atomic"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"golang.org/x/sync/errgroup"

	"github.com/meguri-crm/meguri/crm/clock"
	"github.com/meguri-crm/meguri/crm/live"
	"github.com/meguri-crm/meguri/db"
)

// Reasons of a change.
const (
	ReasonJoined      = "JOINED"       // became a member
	ReasonSpend       = "SPEND"        // an order came in, changed or was cancelled
	ReasonReview      = "REVIEW"       // the window moved on, grace or a stage given by hand ended
	ReasonStaff       = "STAFF"        // given or taken back by hand
	ReasonLadder      = "LADDER"       // the ladder was changed
	ReasonMerge       = "MERGE"        // was merged with another member
	ReasonMergeUndone = "MERGE_UNDONE" // was parted again
)

// Service keeps the stages of members.
type Service struct {
	db       *db.DB
	clock    clock.Clock
	zone     *time.Location
	currency string

	triedWhole int // up to so many members a trial tries all
}

// New keeps the stages of the merchant in zone, whose base currency it is that
// counts.
func New(d *db.DB, c clock.Clock, zone *time.Location, currency string) *Service {
	return &Service{db: d, clock: c, zone: zone, currency: currency, triedWhole: trialWhole}
}

// querier is what the pool and a transaction of pgx have in common.
type querier interface {
	SendBatch(ctx context.Context, b *pgx.Batch) pgx.BatchResults
	Query(ctx context.Context, sql string, args ...any) (pgx.Rows, error)
	Exec(ctx context.Context, sql string, args ...any) (pgconn.CommandTag, error)
}

// Recompute places members anew, in the transaction that changed their orders,
// made them members, merged or parted them. Others of customerIDs are passed
// over. The number of statements does not depend on how many there are.
func (s *Service) Recompute(ctx context.Context, tx db.Tx, customerIDs []int64) error {
	if len(customerIDs) == 0 {
		return nil
	}
	return db.Fault(tx.Pgx(func(q pgx.Tx) error { return s.recompute(ctx, q, customerIDs, why{reason: ReasonSpend}) }))
}

// why is the reason of a change, and for one by hand who made it.
type why struct {
	reason    string
	note      string
	until     *time.Time
	actorKind string
	actorID   *int64
}

func (s *Service) recompute(ctx context.Context, q querier, customerIDs []int64, because why) error {
	ladder, err := readLadder(ctx, q)
	if err != nil {
		return err
	}
	members, err := s.lock(ctx, q, customerIDs, ladder)
	if err != nil || len(members) == 0 {
		return err
	}
	return s.place(ctx, q, members, ladder, because)
}

// place finds where locked members stand now, and writes what has changed.
func (s *Service) place(ctx context.Context, q querier, members []member, ladder *Current, because why) error {
	ids := make([]int64, len(members))
	for i, m := range members {
		ids[i] = m.CustomerID
	}
	deeds, err := s.deeds(ctx, q, ids, ladder.Ladder)
	if err != nil {
		return err
	}
	now := s.clock.Now()
	today := DayOf(now, s.zone)
	c := changes{now: now, zone: s.zone, version: ladder.Version}
	for _, m := range members {
		c.add(m, ladder.Place(deeds[m.CustomerID], today, ladder.held(m.MemberStage)), ladder, because)
	}
	return c.write(ctx, q)
}

// ReviewJob places those members anew whose window has moved on.
type ReviewJob struct{}

// Kind names the job.
func (ReviewJob) Kind() string { return "stage.review" }

// reviewBatch is how many members one transaction reviews, and reviewers how many
// transactions do so at the same time.
const (
	reviewBatch = 1000
	reviewers   = 2
)

// ReviewDue places those members anew whose standing may have changed by itself
// since they were placed: the window has let something fall out, grace or a stage
// given by hand has ended, the ladder was changed. A ladder that was planned for
// today holds first. It goes by batches, each committed, so that a run that is cut
// goes on where it stopped, two at a time; several nodes may run it at once. It
// answers with the number of members.
func (s *Service) ReviewDue(ctx context.Context) (members int, err error) {
	if err := s.startPlanned(ctx); err != nil {
		return 0, err
	}
	for {
		n, err := s.review(ctx)
		members += n
		if err != nil || n < reviewBatch {
			return members, err
		}
	}
}

// dueSQL is what makes a review due at the instant $1 by the ladder of version $2.
const dueSQL = `(review_at <= $1 OR ladder_version < $2)`

// review looks once for who is due and places them. They are looked for together:
// a batch that looked for its own would read, each time, past all who were placed
// before.
func (s *Service) review(ctx context.Context) (members int, err error) {
	ladder, err := s.Current(ctx)
	if err != nil {
		return 0, err
	}
	rows, err := s.db.Pool.Query(ctx, `SELECT customer_id FROM member_stages WHERE `+dueSQL+` ORDER BY customer_id`, pgx.QueryExecModeExec, s.clock.Now(), ladder.Version)
	if err != nil {
		return 0, db.Fault(err)
	}
	due, err := pgx.CollectRows(rows, pgx.RowTo[int64])
	if err != nil {
		return 0, db.Fault(err)
	}
	var placed atomic.Int64
	all, going := errgroup.WithContext(ctx)
	all.SetLimit(reviewers)
	for batch := range slices.Chunk(due, reviewBatch) {
		if going.Err() != nil { // what was begun ends
			break
		}
		all.Go(func() error {
			n, err := s.reviewBatch(ctx, batch)
			placed.Add(int64(n))
			return err
		})
	}
	err = errors.Join(all.Wait(), ctx.Err())
	return int(placed.Load()), err
}

// reviewBatch places those of customerIDs who are due still and whom nobody else
// is about to change.
func (s *Service) reviewBatch(ctx context.Context, customerIDs []int64) (n int, err error) {
	err = db.RunInTx(ctx, s.db, func(ctx context.Context, tx db.Tx) error {
		err := tx.Pgx(func(q pgx.Tx) error {
			ladder, err := readLadder(ctx, q)
			if err != nil {
				return err
			}
			rows, err := q.Query(ctx, `SELECT `+memberColumns+` FROM member_stages WHERE customer_id = ANY($3::bigint[]) AND `+dueSQL+`
				ORDER BY customer_id FOR UPDATE SKIP LOCKED`, pgx.QueryExecModeCacheStatement, s.clock.Now(), ladder.Version, customerIDs)
			if err != nil {
				return err
			}
			due, err := pgx.CollectRows(rows, pgx.RowToStructByNameLax[member])
			if err != nil || len(due) == 0 {
				return err
			}
			n = len(due)
			return s.place(ctx, q, due, ladder, why{reason: ReasonReview})
		})
		if err != nil || n == 0 {
			return err
		}
		return live.Notify(ctx, tx, live.Stages, 0)
	})
	if err != nil {
		return 0, db.Fault(err)
	}
	return n, nil
}
