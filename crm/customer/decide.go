package customer

import (
	"context"

	"github.com/uptrace/bun"

	"github.com/meguri-crm/meguri/crm/access"
	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/db"
)

// Decision is what a person says of a pair.
type Decision string

// The decisions.
const (
	Same         Decision = "SAME"
	Different    Decision = "DIFFERENT"
	OneHousehold Decision = "HOUSEHOLD"
	Undecided    Decision = "UNDECIDED" // takes a decision back
)

var decidedStatus = map[Decision]string{Different: Rejected, OneHousehold: Household, Undecided: Open}

// Decide keeps what a person says of a pair; the same twice changes nothing.
// SAME merges the two, and answers with the merge: survivor stays where it is
// one of them, else the member, else who was known first.
// Errors: fault.NotFound; fault.Conflict ALREADY_MERGED; as of Merge.
func (s *Service) Decide(ctx context.Context, a, b int64, d Decision, survivor int64, accept []Fact) (*db.Candidate, *db.Merge, error) {
	var merge *db.Merge
	row := new(db.Candidate)
	p := newPair(a, b)
	read := func(ctx context.Context, tx db.Tx) error {
		err := db.Fault(tx.NewSelect().Model(row).Where("customer_id = ? AND other_id = ?", p.CustomerID, p.OtherID).For("UPDATE").Scan(ctx))
		if fault.Is(err, fault.NotFound) {
			return fault.New(fault.NotFound, "there is no such candidate").At("ids")
		}
		return err
	}
	err := db.RunInTx(ctx, s.db, func(ctx context.Context, tx db.Tx) (err error) {
		if err := alone(ctx, tx); err != nil {
			return err
		}
		if err := read(ctx, tx); err != nil {
			return err
		}
		if d != Same {
			return s.decide(ctx, tx, row, d)
		}
		if merge, err = s.mergePair(ctx, tx, row, survivor, accept); err != nil {
			return err
		}
		return read(ctx, tx)
	})
	if err != nil {
		return nil, nil, err
	}
	return row, merge, nil
}

func (s *Service) mergePair(ctx context.Context, tx db.Tx, row *db.Candidate, survivor int64, accept []Fact) (*db.Merge, error) {
	if row.Status == Merged {
		merge := new(db.Merge)
		err := tx.NewSelect().Model(merge).Where("undone_at IS NULL AND (customer_id, merged_id) IN ((?0, ?1), (?1, ?0))", row.CustomerID, row.OtherID).Scan(ctx)
		return merge, db.Fault(err)
	}
	stay, gone, err := survivorOf(ctx, tx, row.CustomerID, row.OtherID)
	if err != nil {
		return nil, err
	}
	if survivor == gone {
		stay, gone = gone, stay
	}
	return s.mergeIn(ctx, tx, MergeRequest{SurvivorID: stay, MergedID: gone, Accept: accept}, ByStaff)
}

func (s *Service) decide(ctx context.Context, tx db.Tx, row *db.Candidate, d Decision) error {
	status := decidedStatus[d]
	if row.Status == status {
		return nil
	}
	if row.Status == Merged {
		return fault.New(fault.Conflict, "the two were merged meanwhile").WithCode("ALREADY_MERGED").At("ids")
	}
	now := s.clock.Now()
	row.Status, row.UpdatedAt = status, now
	row.DecidedScore, row.DecidedAs, row.DecidedAt, row.DecidedBy = nil, nil, nil, nil
	if d != Undecided {
		row.DecidedScore, row.DecidedAs, row.DecidedAt, row.DecidedBy = &row.Score, &status, &now, access.From(ctx).StaffID()
	}
	if _, err := tx.NewUpdate().Model(row).WherePK().Exec(ctx); err != nil {
		return db.Fault(err)
	}
	if err := regroup(ctx, tx, now, row.CustomerID, row.OtherID); err != nil {
		return err
	}
	return access.Audit(ctx, tx, access.Entry{
		Action: "candidate.decide", ObjectKind: "Customer", ObjectID: row.CustomerID,
		Detail: map[string]any{"other": row.OtherID, "decision": d, "score": row.Score},
	})
}

// CandidateFilter narrows the list of candidates; zero fields do not.
type CandidateFilter struct {
	Status     string
	MinScore   int
	MaxScore   int // 0: none
	Household  *bool
	CustomerID int64 // one of the two
}

// CandidateCursor is a place in the list: surest first, then the latest known.
type CandidateCursor struct {
	Score      int   `json:"s"`
	CustomerID int64 `json:"c"`
	OtherID    int64 `json:"o"`
}

func (s *Service) candidates(f CandidateFilter) *bun.SelectQuery {
	q := s.db.NewSelect().Model((*db.Candidate)(nil))
	if f.Status != "" {
		q.Where("status = ?", f.Status)
	}
	if f.MinScore > 0 {
		q.Where("score >= ?", f.MinScore)
	}
	if f.MaxScore > 0 {
		q.Where("score <= ?", f.MaxScore)
	}
	if f.Household != nil {
		q.Where("household = ?", *f.Household)
	}
	if f.CustomerID != 0 {
		q.Where("(customer_id = ?0 OR other_id = ?0)", f.CustomerID)
	}
	return q
}

// Candidates is a page of pairs after the cursor (nil: from the surest), at
// most limit.
func (s *Service) Candidates(ctx context.Context, f CandidateFilter, after *CandidateCursor, limit int) ([]*db.Candidate, error) {
	var rows []*db.Candidate
	q := s.candidates(f).OrderExpr("score DESC, customer_id DESC, other_id DESC").Limit(int64(limit))
	if after != nil {
		q.Where("(score, customer_id, other_id) < (?, ?, ?)", after.Score, after.CustomerID, after.OtherID)
	}
	return rows, db.Fault(q.Scan(ctx, &rows))
}

// Nearby are the pairs with a customer that are not merged, surest first, at most limit.
func (s *Service) Nearby(ctx context.Context, customerID int64, limit int) ([]*db.Candidate, error) {
	var rows []*db.Candidate
	err := s.candidates(CandidateFilter{CustomerID: customerID}).Where("status <> ?", Merged).
		OrderExpr("score DESC, customer_id DESC, other_id DESC").Limit(int64(limit)).Scan(ctx, &rows)
	return rows, db.Fault(err)
}

// CountCandidates is how many pairs f leaves.
func (s *Service) CountCandidates(ctx context.Context, f CandidateFilter) (int, error) {
	n, err := s.candidates(f).Count(ctx)
	return int(n), db.Fault(err)
}

// Candidate is one pair. Errors: fault.NotFound.
func (s *Service) Candidate(ctx context.Context, a, b int64) (*db.Candidate, error) {
	row := new(db.Candidate)
	err := s.db.NewSelect().Model(row).Where("customer_id = ? AND other_id = ?", a, b).Scan(ctx)
	return row, db.Fault(err)
}
