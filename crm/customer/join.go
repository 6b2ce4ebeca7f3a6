package customer

import (
	"context"
	"log/slog"
	"time"

	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/db"
)

// JoinJob merges who surely is one, and fetches what was written under the ids
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
// mail that a worker had in hand, an event that was under way.
func (s *Service) Settle(ctx context.Context) error {
	var open []*db.Merge
	if err := s.db.NewSelect().Model(&open).Where("settled_at IS NULL AND undone_at IS NULL").Order("id").Scan(ctx); err != nil {
		return db.Fault(err)
	}
	for _, row := range open {
		if err := s.settle(ctx, row); err != nil {
			return err
		}
	}
	return nil
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
		inHand, err := tx.NewSelect().Table("messages").Where("customer_id = ? AND status = 'SENDING'", m.gone.ID).Exists(ctx)
		if err != nil {
			return db.Fault(err)
		}
		if !inHand && m.now.After(row.MergedAt.Add(settleAfter)) {
			row.SettledAt = &m.now
		}
		return m.save(ctx)
	})
}

func (m *merging) fetch(ctx context.Context) error {
	if err := m.name(ctx); err != nil {
		return err
	}
	return m.moveRows(ctx)
}

// RunJob is JoinJob's work.
func (s *Service) RunJob(ctx context.Context, log *slog.Logger) error {
	if err := s.Join(ctx); err != nil {
		log.WarnContext(ctx, "customers who are one wait to be merged", "error", err)
		return err
	}
	return s.Settle(ctx)
}
