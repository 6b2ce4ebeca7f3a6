package customer

import (
	"context"
	"errors"

	"github.com/uptrace/bun"

	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/db"
)

// Standing is what a customer has, where a merge is judged by.
type Standing struct {
	Orders    int
	NetSales  int64 // base currency
	Available int64
	Pending   int64
	Held      int64
	Debt      int64
	Stage     string // name; "" for who is no member
	Consents  []db.Consent
}

// Preview is what a merge would do.
type Preview struct {
	Survivor, Merged       db.Customer
	Now, MergedNow, Then   Standing // of the survivor, of the other, of the survivor after it
	Agree, Differ, Against []Fact   // Against must be accepted
}

// errPreviewed ends a transaction that is not to happen.
var errPreviewed = errors.New("customer: previewed")

// Preview merges the two and takes it back before anybody sees it, so that what
// it tells is what Merge does. Errors: as of Merge, but for CONTRADICTION.
func (s *Service) Preview(ctx context.Context, survivorID, mergedID int64) (*Preview, error) {
	p := new(Preview)
	err := db.RunInTx(ctx, s.db, func(ctx context.Context, tx db.Tx) error {
		if err := alone(ctx, tx); err != nil {
			return err
		}
		c, against, err := compareCustomers(ctx, tx, survivorID, mergedID)
		if err != nil {
			return err
		}
		p.Agree, p.Differ, p.Against = c.Agree, c.Differ, against
		if err := p.look(ctx, tx, survivorID, mergedID); err != nil {
			return err
		}
		if _, err := s.mergeIn(ctx, tx, MergeRequest{SurvivorID: survivorID, MergedID: mergedID, Accept: against}, ByStaff); err != nil {
			return err
		}
		if p.Then, err = standingOf(ctx, tx, survivorID); err != nil {
			return err
		}
		return errPreviewed
	})
	if !errors.Is(err, errPreviewed) {
		return nil, err
	}
	return p, nil
}

// look reads the two as they are.
func (p *Preview) look(ctx context.Context, tx db.Tx, survivorID, mergedID int64) (err error) {
	for id, into := range map[int64]*db.Customer{survivorID: &p.Survivor, mergedID: &p.Merged} {
		if err := tx.NewSelect().Model(into).Where("id = ?", id).Scan(ctx); err != nil {
			return fault.Wrap(fault.NotFound, err, "there is no such customer").At("id")
		}
	}
	if p.Now, err = standingOf(ctx, tx, survivorID); err != nil {
		return err
	}
	p.MergedNow, err = standingOf(ctx, tx, mergedID)
	return err
}

func standingOf(ctx context.Context, idb bun.IDB, id int64) (st Standing, err error) {
	err = idb.NewRaw(`SELECT s.orders_count AS orders, s.net_sales, coalesce(p.available, 0) AS available, coalesce(p.pending, 0) AS pending,
			coalesce(p.held, 0) AS held, coalesce(p.debt, 0) AS debt, coalesce(g.name, '') AS stage
		FROM customer_stats s LEFT JOIN point_accounts p USING (customer_id) LEFT JOIN member_stages m USING (customer_id)
		LEFT JOIN stages g ON g.id = m.stage_id WHERE s.customer_id = ?`, id).
		Scan(ctx, &st.Orders, &st.NetSales, &st.Available, &st.Pending, &st.Held, &st.Debt, &st.Stage)
	if err != nil {
		return st, db.Fault(err)
	}
	inForce, err := consentsInForce(ctx, idb, []int64{id})
	st.Consents = inForce[id]
	return st, err
}
