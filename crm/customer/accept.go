package customer

import (
	"context"

	"github.com/uptrace/bun"
	"github.com/uptrace/bun/dialect/pgdialect"

	"github.com/meguri-crm/meguri/crm/access"
	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/db"
)

// The states of a batch of candidates that were accepted at once.
const (
	BatchRunning = "RUNNING"
	BatchDone    = "DONE"
	BatchUndoing = "UNDOING"
	BatchUndone  = "UNDONE"
)

// leastAccepted is the lowest score from which pairs may be accepted unseen.
const leastAccepted = 60

// Queue wakes workers: a job enqueued in a transaction runs once it commits.
type Queue interface {
	Enqueue(ctx context.Context, tx db.Tx, args interface{ Kind() string }) error
}

// WithQueue lets batches begin at once; without it they wait for the next JoinJob.
func (s *Service) WithQueue(q Queue) { s.queue = q }

// acceptable selects the pairs that may be accepted from a score on without
// being looked at: nothing speaks against them, nobody has decided on them, and
// they are no household.
func acceptable(idb bun.IDB, minScore int) *bun.SelectQuery {
	return idb.NewSelect().Model((*db.Candidate)(nil)).
		Where("status = ? AND score >= ? AND NOT household AND decided_score IS NULL", Open, minScore).
		Where("NOT differ && ?::text[]", pgdialect.Array(words(contradicting)))
}

// Acceptance is what accepting from a score on would do.
type Acceptance struct{ Pairs, Customers int }

// Acceptance counts the pairs that Accept would merge, and whom they concern.
func (s *Service) Acceptance(ctx context.Context, minScore int) (a Acceptance, err error) {
	err = s.db.NewRaw(`SELECT count(DISTINCT (customer_id, other_id)) AS pairs, count(DISTINCT one) AS customers
		FROM (?) c CROSS JOIN LATERAL (VALUES (customer_id), (other_id)) v (one)`,
		acceptable(s.db, minScore).Column("customer_id", "other_id")).Scan(ctx, &a.Pairs, &a.Customers)
	return a, db.Fault(err)
}

// Accept merges all pairs from a score on, as one batch that can be taken back.
// pairs is what Acceptance said, so that nothing is accepted that was not
// counted. A job does the work.
// Errors: fault.Invalid SCORE_TOO_LOW, NOTHING_TO_ACCEPT; fault.Conflict
// COUNT_CHANGED, BATCH_AT_WORK.
func (s *Service) Accept(ctx context.Context, minScore, pairs int) (*db.CandidateBatch, error) {
	if minScore < leastAccepted {
		return nil, fault.New(fault.Invalid, "pairs below %d points are decided one by one", leastAccepted).WithCode("SCORE_TOO_LOW").At("minScore")
	}
	var row *db.CandidateBatch
	err := db.RunInTx(ctx, s.db, func(ctx context.Context, tx db.Tx) error {
		n, err := acceptable(tx, minScore).Count(ctx)
		switch {
		case err != nil:
			return db.Fault(err)
		case n == 0:
			return fault.New(fault.Invalid, "there is no pair to accept").WithCode("NOTHING_TO_ACCEPT").At("minScore")
		case int(n) != pairs:
			return fault.New(fault.Conflict, "there are %d pairs by now", n).WithCode("COUNT_CHANGED").At("pairCount").With("pairs", n)
		}
		row = &db.CandidateBatch{MinScore: minScore, Pairs: pairs, Status: BatchRunning, CreatedAt: s.clock.Now(), CreatedBy: access.From(ctx).StaffID()}
		if _, err := tx.NewInsert().Model(row).ExcludeColumn("id").Returning("id").Exec(ctx); err != nil {
			return atWork(err)
		}
		return s.begun(ctx, tx, "candidate.accept", row)
	})
	if err != nil {
		return nil, err
	}
	return row, nil
}

func atWork(err error) error {
	if db.Constraint(err) == "candidate_batches_one_at_work" {
		return fault.Wrap(fault.Conflict, err, "another batch is at work").WithCode("BATCH_AT_WORK")
	}
	return db.Fault(err)
}

// begun notes what staff has asked for and wakes who does it.
func (s *Service) begun(ctx context.Context, tx db.Tx, action string, row *db.CandidateBatch) error {
	if s.queue != nil {
		if err := s.queue.Enqueue(ctx, tx, JoinJob{}); err != nil {
			return err
		}
	}
	return access.Audit(ctx, tx, access.Entry{
		Action: action, ObjectKind: "CandidateBatch", ObjectID: row.ID, Detail: map[string]any{"minScore": row.MinScore, "pairs": row.Pairs},
	})
}

// UndoBatch takes back the merges of a batch that stand. Asking again changes
// nothing. Errors: fault.NotFound; fault.Precondition BATCH_AT_WORK.
func (s *Service) UndoBatch(ctx context.Context, id int64) (*db.CandidateBatch, error) {
	row := new(db.CandidateBatch)
	err := db.RunInTx(ctx, s.db, func(ctx context.Context, tx db.Tx) error {
		if err := tx.NewSelect().Model(row).Where("id = ?", id).For("UPDATE").Scan(ctx); err != nil {
			return db.Fault(err)
		}
		switch row.Status {
		case BatchUndoing, BatchUndone:
			return nil
		case BatchRunning:
			return fault.New(fault.Precondition, "the batch is still at work").WithCode("BATCH_AT_WORK").At("id")
		}
		now := s.clock.Now()
		row.Status, row.UndoneAt, row.UndoneBy = BatchUndoing, &now, access.From(ctx).StaffID()
		if _, err := tx.NewUpdate().Model(row).WherePK().Column("status", "undone_at", "undone_by").Exec(ctx); err != nil {
			return atWork(err)
		}
		return s.begun(ctx, tx, "candidate.unaccept", row)
	})
	if err != nil {
		return nil, err
	}
	return row, nil
}

// Batches are the latest batches, newest first.
func (s *Service) Batches(ctx context.Context, limit int) ([]*db.CandidateBatch, error) {
	var rows []*db.CandidateBatch
	err := s.db.NewSelect().Model(&rows).Order("id DESC").Limit(int64(limit)).Scan(ctx)
	return rows, db.Fault(err)
}

// workBatches does what was asked for and is not done, also by those who died at
// it. Each pair is a transaction; two who work at once do nothing twice.
func (s *Service) workBatches(ctx context.Context) error {
	var rows []*db.CandidateBatch
	err := s.db.NewSelect().Model(&rows).Where("status IN (?, ?)", BatchRunning, BatchUndoing).Scan(ctx)
	for _, row := range rows {
		if err != nil {
			break
		}
		if row.Status == BatchRunning {
			err = s.acceptAll(ctx, row)
		} else {
			err = s.undoAll(ctx, row)
		}
	}
	return db.Fault(err)
}

// by is ctx as that of the member of staff who asked for a batch.
func by(ctx context.Context, staff *int64) context.Context {
	if staff == nil {
		return ctx
	}
	return access.As(ctx, access.Principal{Kind: access.ActorStaff, ID: *staff})
}

// finish marks a batch as done with what it was at.
func (s *Service) finish(ctx context.Context, row *db.CandidateBatch, from, to string, leftOver int) error {
	_, err := s.db.NewRaw(`UPDATE candidate_batches SET status = ?, finished_at = coalesce(finished_at, ?), left_over = CASE WHEN ? THEN ? ELSE left_over END
		WHERE id = ? AND status = ?`, to, s.clock.Now(), from == BatchRunning, leftOver, row.ID, from).Exec(ctx)
	return db.Fault(err)
}

// acceptAll merges pair after pair, the surest first, until none is left but
// those that could not be. A merge hands pairs on, so that one looks again.
func (s *Service) acceptAll(ctx context.Context, row *db.CandidateBatch) error {
	refused := map[pairOf]bool{}
	for {
		var pairs []pairOf
		err := acceptable(s.db, row.MinScore).Column("customer_id", "other_id").Where("created_at <= ?", row.CreatedAt).
			OrderExpr("score DESC, customer_id DESC, other_id DESC").Scan(ctx, &pairs)
		if err != nil {
			return db.Fault(err)
		}
		tried := false
		for _, p := range pairs {
			if refused[p] {
				continue
			}
			tried = true
			done, err := s.acceptOne(by(ctx, row.CreatedBy), row, p)
			if err != nil {
				return err
			}
			refused[p] = !done
		}
		if !tried {
			return s.finish(ctx, row, BatchRunning, BatchDone, len(pairs))
		}
	}
}

// acceptOne merges one pair of the batch; done is false when something speaks
// against it, or it changed meanwhile.
func (s *Service) acceptOne(ctx context.Context, row *db.CandidateBatch, p pairOf) (done bool, err error) {
	err = db.RunInTx(ctx, s.db, func(ctx context.Context, tx db.Tx) error {
		if err := alone(ctx, tx); err != nil {
			return err
		}
		waits, err := acceptable(tx, row.MinScore).Where("customer_id = ? AND other_id = ?", p.CustomerID, p.OtherID).
			Where("EXISTS (SELECT FROM candidate_batches b WHERE b.id = ? AND b.status = ?)", row.ID, BatchRunning).Exists(ctx)
		if err != nil || !waits {
			return db.Fault(err)
		}
		stay, gone, err := survivorOf(ctx, tx, p.CustomerID, p.OtherID)
		if err != nil {
			return err
		}
		merge, err := s.mergeIn(ctx, tx, MergeRequest{SurvivorID: stay, MergedID: gone}, ByStaff)
		if err != nil {
			return err
		}
		done = true
		return s.noteMerge(ctx, tx, row.ID, merge)
	})
	if fault.Is(err, fault.Precondition) || fault.Is(err, fault.Conflict) {
		return false, nil
	}
	return done, err
}

func (s *Service) noteMerge(ctx context.Context, tx db.Tx, batchID int64, merge *db.Merge) error {
	_, err := tx.NewRaw("UPDATE customer_merges SET batch_id = ? WHERE customer_id = ? AND id = ?", batchID, merge.CustomerID, merge.ID).Exec(ctx)
	if err != nil {
		return db.Fault(err)
	}
	_, err = tx.NewRaw("UPDATE candidate_batches SET merged = merged + 1 WHERE id = ?", batchID).Exec(ctx)
	return db.Fault(err)
}

// undoAll takes the merges of a batch back, the latest first. One whose survivor
// was merged on since stays.
func (s *Service) undoAll(ctx context.Context, row *db.CandidateBatch) error {
	var merges []struct{ CustomerID, ID int64 }
	err := s.db.NewRaw("SELECT customer_id, id FROM customer_merges WHERE batch_id = ? AND undone_at IS NULL ORDER BY id DESC", row.ID).Scan(ctx, &merges)
	if err != nil {
		return db.Fault(err)
	}
	for _, m := range merges {
		_, err := s.Undo(by(ctx, row.UndoneBy), UndoRequest{SurvivorID: m.CustomerID, MergeID: m.ID})
		if err != nil && !fault.Is(err, fault.Precondition) {
			return err
		}
		_, err = s.db.NewRaw(`UPDATE candidate_batches SET undone = (SELECT count(*) FROM customer_merges WHERE batch_id = ?0 AND undone_at IS NOT NULL)
			WHERE id = ?0`, row.ID).Exec(ctx)
		if err != nil {
			return db.Fault(err)
		}
	}
	return s.finish(ctx, row, BatchUndoing, BatchUndone, 0)
}
