package customer

import (
	"context"
	"encoding/json"

	"github.com/uptrace/bun"

	"github.com/meguri-crm/meguri/crm/access"
	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/db"
)

// pairsOf are the candidates that name one of these customers, locked.
func pairsOf(ctx context.Context, tx bun.IDB, a, b int64) ([]*db.Candidate, error) {
	var rows []*db.Candidate
	err := tx.NewSelect().Model(&rows).Where("customer_id IN (?0, ?1) OR other_id IN (?0, ?1)", a, b).
		Order("customer_id", "other_id").For("UPDATE").Scan(ctx)
	return rows, db.Fault(err)
}

// otherOf is the one of the pair who is not id.
func otherOf(c *db.Candidate, id int64) int64 {
	if c.CustomerID == id {
		return c.OtherID
	}
	return c.CustomerID
}

func names(c *db.Candidate, id int64) bool { return c.CustomerID == id || c.OtherID == id }

// fold makes the pairs of the merged customer pairs of the survivor, and keeps
// how they stood. What a person told apart stays so.
func (m *merging) fold(ctx context.Context) error {
	rows, err := pairsOf(ctx, m.tx, m.stay.ID, m.gone.ID)
	if err != nil {
		return err
	}
	if m.row.CandidatesBefore, err = json.Marshal(rows); err != nil {
		return fault.Wrap(fault.Internal, err, "internal error")
	}
	after := map[pairOf]*db.Candidate{}
	for _, c := range rows {
		if !names(c, m.gone.ID) {
			after[pairOf{c.CustomerID, c.OtherID}] = c
		}
	}
	for _, c := range rows {
		switch {
		case !names(c, m.gone.ID):
		case names(c, m.stay.ID):
			m.row.Score = c.Score
			c.Status, c.UpdatedAt = Merged, m.now
			err = put(ctx, m.tx, c)
		default:
			err = m.foldOne(ctx, c, after)
		}
		if err != nil {
			return err
		}
	}
	return regroup(ctx, m.tx, m.now, m.both()...)
}

// foldOne moves the pair of the merged customer with another.
func (m *merging) foldOne(ctx context.Context, c *db.Candidate, after map[pairOf]*db.Candidate) error {
	if _, err := m.tx.NewDelete().Model(c).WherePK().Exec(ctx); err != nil {
		return db.Fault(err)
	}
	p := newPair(m.stay.ID, otherOf(c, m.gone.ID))
	moved := *c
	moved.CustomerID, moved.OtherID, moved.UpdatedAt = p.CustomerID, p.OtherID, m.now
	if old := after[p]; old != nil && !stronger(&moved, old) {
		return nil
	}
	after[p] = &moved
	return put(ctx, m.tx, &moved)
}

// stronger says that of two rows about one pair a is the one to keep: a
// decision before a doubt, then the surer.
func stronger(a, b *db.Candidate) bool {
	decided := func(c *db.Candidate) bool { return c.Status == Rejected || c.Status == Household }
	if decided(a) != decided(b) {
		return decided(a)
	}
	if decided(a) {
		return *a.DecidedScore > *b.DecidedScore
	}
	return a.Status != Merged && (b.Status == Merged || a.Score > b.Score)
}

// put writes a candidate as it is.
func put(ctx context.Context, tx bun.IDB, c *db.Candidate) error {
	_, err := tx.NewInsert().Model(c).On("CONFLICT (customer_id, other_id) DO UPDATE").
		Set(`reason = excluded.reason, score = excluded.score, agree = excluded.agree, differ = excluded.differ, household = excluded.household,
			status = excluded.status, decided_score = excluded.decided_score, decided_as = excluded.decided_as,
			decided_at = excluded.decided_at, decided_by = excluded.decided_by, created_at = excluded.created_at, updated_at = excluded.updated_at`).
		Exec(ctx)
	return db.Fault(err)
}

// unfold puts the pairs of both back as they stood before the merge, but for
// those that were decided or seen anew since; and keeps that the two are
// distinct where a person says so.
func (m *merging) unfold(ctx context.Context, distinct bool) error {
	var before []*db.Candidate
	if err := unmarshal(m.row.CandidatesBefore, &before); err != nil {
		return err
	}
	now, err := pairsOf(ctx, m.tx, m.stay.ID, m.gone.ID)
	if err != nil {
		return err
	}
	changed := map[pairOf]bool{}
	for _, c := range now {
		if !c.UpdatedAt.Equal(m.row.MergedAt) {
			changed[pairOf{c.CustomerID, c.OtherID}] = true
			continue
		}
		if _, err := m.tx.NewDelete().Model(c).WherePK().Exec(ctx); err != nil {
			return db.Fault(err)
		}
	}
	for _, c := range before {
		if changed[pairOf{c.CustomerID, c.OtherID}] {
			continue
		}
		if c.Status == Joining && names(c, m.stay.ID) && names(c, m.gone.ID) {
			c.Status = Open // whoever undoes it has seen it: nothing joins them by itself
			m.decided(ctx, c, Open)
		}
		if err := put(ctx, m.tx, c); err != nil {
			return err
		}
	}
	if distinct {
		if err := m.tellApart(ctx); err != nil {
			return err
		}
	}
	return regroup(ctx, m.tx, m.now, m.both()...)
}

// tellApart remembers that the two are not one.
func (m *merging) tellApart(ctx context.Context) error {
	p := newPair(m.stay.ID, m.gone.ID)
	c := new(db.Candidate)
	err := m.tx.NewSelect().Model(c).Where("customer_id = ? AND other_id = ?", p.CustomerID, p.OtherID).Scan(ctx)
	switch err = db.Fault(err); {
	case fault.Is(err, fault.NotFound):
		compared, _, err := compareCustomers(ctx, m.tx, p.CustomerID, p.OtherID)
		if err != nil {
			return err
		}
		c = candidate(p, Linked, compared.atOdds(m.row.Score), compared, m.now)
	case err != nil:
		return err
	}
	c.Status, c.UpdatedAt = Rejected, m.now
	m.decided(ctx, c, Rejected)
	return put(ctx, m.tx, c)
}

func (m *merging) decided(ctx context.Context, c *db.Candidate, as string) {
	score := max(c.Score, m.row.Score)
	c.DecidedScore, c.DecidedAs, c.DecidedAt, c.DecidedBy = &score, &as, &m.now, access.From(ctx).StaffID()
}
