package customer

import (
	"context"
	"log/slog"
	"strings"
	"time"

	"github.com/uptrace/bun"

	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/db"
)

// JoinJob merges who surely is one, works on batches that staff accepted, and fetches what was written under the ids
// of merged customers meanwhile.
type JoinJob struct{}

// Kind names the job.
func (JoinJob) Kind() string { return "customer.join" }

// Join merges the pairs that surely are one, each in a transaction of its own.
// An import calls it after each batch, so that nobody is two people once it is
// done; the job looks after those whose process died in between. A pair that
// cannot be merged, because staff changed something that now speaks against it,
// is left to a person.
func (s *Service) Join(ctx context.Context) error {
	for {
		pairs, err := joining(ctx, s.db)
		if err != nil || len(pairs) == 0 {
			return err
		}
		for _, p := range pairs {
			err := s.join(ctx, p)
			if fault.Is(err, fault.Precondition) || fault.Is(err, fault.Conflict) {
				err = s.leaveToPerson(ctx, p)
			}
			if err != nil {
				return err
			}
		}
	}
}

func (s *Service) join(ctx context.Context, p pairOf) error {
	return db.RunInTx(ctx, s.db, func(ctx context.Context, tx db.Tx) error {
		if err := alone(ctx, tx); err != nil {
			return err
		}
		waits, err := tx.NewSelect().Model((*db.Candidate)(nil)).
			Where("customer_id = ? AND other_id = ? AND status = ?", p.CustomerID, p.OtherID, Joining).Exists(ctx)
		if err != nil || !waits {
			return db.Fault(err)
		}
		stay, gone, err := survivorOf(ctx, tx, p.CustomerID, p.OtherID)
		if err != nil {
			return err
		}
		_, err = s.mergeIn(ctx, tx, MergeRequest{SurvivorID: stay, MergedID: gone}, ByEvidence)
		return err
	})
}

// survivorOf chooses who stays: the member, else the one who was known first.
func survivorOf(ctx context.Context, tx db.Tx, a, b int64) (stay, gone int64, err error) {
	rows, err := lockRows(ctx, tx, "UPDATE", a, b)
	if err != nil {
		return 0, 0, err
	}
	a, b = min(a, b), max(a, b)
	if rows[a].MemberSince == nil && rows[b].MemberSince != nil {
		return b, a, nil
	}
	return a, b, nil
}

func (s *Service) leaveToPerson(ctx context.Context, p pairOf) error {
	return db.RunInTx(ctx, s.db, func(ctx context.Context, tx db.Tx) error {
		c, _, err := compareCustomers(ctx, tx, p.CustomerID, p.OtherID)
		if err != nil {
			return err
		}
		_, err = tx.NewUpdate().Model(candidate(p, Linked, c.atOdds(linkedAtOdds), c, s.clock.Now())).WherePK().Where("status = ?", Joining).
			Column("status", "score", "agree", "differ", "household", "updated_at").Exec(ctx)
		return db.Fault(err)
	})
}

// settleAfter is how long after a merge something may still be written under
// the old id: by whoever read it before the merge and had not written yet.
const settleAfter = time.Hour

// Settle fetches what was written under the ids of customers merged lately: a
// mail that a worker had in hand, an event that was under way. Mostly there is
// nothing, which it finds out without holding anybody up.
func (s *Service) Settle(ctx context.Context) error {
	now := s.clock.Now()
	var open []*db.Merge
	where, args := leftBehind()
	err := s.db.NewSelect().Model(&open).Join("JOIN customers AS stay ON stay.id = merge.customer_id AND stay.merged_into IS NULL").
		Where("merge.settled_at IS NULL AND merge.undone_at IS NULL").Where(where, args...).Order("merge.id").Scan(ctx)
	if err != nil {
		return db.Fault(err)
	}
	for _, row := range open {
		if err := s.settle(ctx, row); err != nil {
			return err
		}
	}
	_, err = s.db.NewRaw(`UPDATE customer_merges m SET settled_at = ?0 WHERE settled_at IS NULL AND undone_at IS NULL AND merged_at < ?1
		AND NOT EXISTS (SELECT FROM messages t WHERE t.customer_id = m.merged_id AND t.status = 'SENDING')`, now, now.Add(-settleAfter)).Exec(ctx)
	return db.Fault(err)
}

// leftBehind is the condition that rows which a merge moves stand under the id
// of the merged customer.
func leftBehind() (where string, args []any) {
	var tables []string
	for _, b := range belongings {
		left := "false"
		if b.left != "" {
			left = b.left
		}
		tables = append(tables, "EXISTS (SELECT FROM "+b.table+" t WHERE t."+b.column()+" = merge.merged_id AND NOT ("+left+"))")
	}
	return strings.Join(tables, " OR "), []any{bun.Ident("merge.customer_id")}
}

func (s *Service) settle(ctx context.Context, row *db.Merge) error {
	return db.RunInTx(ctx, s.db, func(ctx context.Context, tx db.Tx) error {
		if err := alone(ctx, tx); err != nil {
			return err
		}
		err := tx.NewSelect().Model(row).WherePK().Where("undone_at IS NULL").For("UPDATE").Scan(ctx)
		if fault.Is(db.Fault(err), fault.NotFound) {
			return nil // undone meanwhile
		}
		if err != nil {
			return db.Fault(err)
		}
		rows, err := lockRows(ctx, tx, "UPDATE", row.CustomerID, row.MergedID)
		if err != nil {
			return err
		}
		m := &merging{s: s, tx: tx, now: s.clock.Now(), row: row, stay: rows[row.CustomerID], gone: rows[row.MergedID]}
		if m.stay.MergedInto == nil { // else the later merge fetches for this one, too
			if err := m.fetch(ctx); err != nil {
				return err
			}
		}
		return m.save(ctx)
	})
}

func (m *merging) fetch(ctx context.Context) error {
	if err := m.name(ctx); err != nil {
		return err
	}
	if err := m.moveRows(ctx); err != nil {
		return err
	}
	return m.recount(ctx)
}

// RunJob is JoinJob's work.
func (s *Service) RunJob(ctx context.Context, log *slog.Logger) error {
	if err := s.Join(ctx); err != nil {
		log.WarnContext(ctx, "customers who are one wait to be merged", "error", err)
		return err
	}
	if err := s.respell(ctx); err != nil {
		log.WarnContext(ctx, "customers wait to be known by the present spelling of keys", "error", err)
		return err
	}
	if err := s.workBatches(ctx); err != nil {
		log.WarnContext(ctx, "a batch of candidates waits to be merged or taken back", "error", err)
		return err
	}
	return s.Settle(ctx)
}
