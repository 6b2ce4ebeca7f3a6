package offer

import (
	"context"
	"time"

	"github.com/meguri-crm/meguri/crm/access"
	"github.com/meguri-crm/meguri/crm/clock"
	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/db"
	"github.com/uptrace/bun"
)

// Service makes, changes and finds offers. Every change is audited in its own
// transaction.
type Service struct {
	DB    *db.DB
	Clock clock.Clock
}

// Create makes an offer.
// Errors: fault.Invalid at the field that is wrong.
func (s *Service) Create(ctx context.Context, d Draft) (*db.Offer, error) {
	row := &db.Offer{
		Name: d.Name, Mall: d.Mall, Kind: string(d.Kind), Value: d.Value,
		Proof: string(d.Proof), SharedCode: d.SharedCode,
		StartsAt: d.StartsAt, EndsAt: d.EndsAt, Terms: d.Terms,
	}
	d.Members.apply(row)
	if err := normalise(row); err != nil {
		return nil, err
	}
	err := db.RunInTx(ctx, s.DB, func(ctx context.Context, tx db.Tx) error {
		if _, err := tx.NewInsert().Model(row).Returning("*").Exec(ctx); err != nil {
			return wrongStage(err)
		}
		return audit(ctx, tx, "offer.create", row.ID, map[string]any{"mall": row.Mall, "kind": row.Kind})
	})
	return row, err
}

// Update changes an offer that is not archived.
// Errors: fault.NotFound, fault.Precondition when archived, fault.Invalid.
func (s *Service) Update(ctx context.Context, id int64, c Change) (*db.Offer, error) {
	return s.change(ctx, id, "offer.update", func(row *db.Offer) error {
		if row.ArchivedAt != nil {
			return fault.New(fault.Precondition, "the offer is archived").WithCode("ARCHIVED")
		}
		c.apply(row)
		return normalise(row)
	})
}

// Archive takes an offer out of use; what was sent with it stays as it is.
// Archiving twice changes nothing.
// Errors: fault.NotFound.
func (s *Service) Archive(ctx context.Context, id int64) (*db.Offer, error) {
	return s.change(ctx, id, "offer.archive", func(row *db.Offer) error {
		if row.ArchivedAt == nil {
			now := s.Clock.Now()
			row.ArchivedAt = &now
		}
		return nil
	})
}

func (s *Service) change(ctx context.Context, id int64, action string, fn func(*db.Offer) error) (*db.Offer, error) {
	row := new(db.Offer)
	err := db.RunInTx(ctx, s.DB, func(ctx context.Context, tx db.Tx) error {
		if err := tx.NewSelect().Model(row).Where("id = ?", id).For("UPDATE").Scan(ctx); err != nil {
			return db.Fault(err)
		}
		before := auditedOffer(row)
		if err := fn(row); err != nil {
			return err
		}
		row.UpdatedAt = s.Clock.Now()
		if _, err := tx.NewUpdate().Model(row).WherePK().Exec(ctx); err != nil {
			return wrongStage(err)
		}
		return audit(ctx, tx, action, id, access.Differences(before, auditedOffer(row)))
	})
	if err != nil {
		return nil, err
	}
	return row, nil
}

// wrongStage names the field where a stage is not there.
func wrongStage(err error) error {
	if db.Constraint(err) == "offers_min_stage_fkey" {
		return fault.New(fault.NotFound, "there is no such stage").At("members.minStageId")
	}
	return db.Fault(err)
}

// auditedOffer is what the audit log keeps of an offer; the code itself it does not.
func auditedOffer(o *db.Offer) map[string]any {
	return map[string]any{
		"name": o.Name, "kind": o.Kind, "value": o.Value, "proof": o.Proof, "terms": o.Terms, "archived": o.ArchivedAt != nil,
		"forMembers": o.ForMembers, "minStage": o.MinStageID, "memberLimit": o.MemberLimit,
		"startsOn": o.StartsAt.UTC().Format(time.RFC3339), "endsOn": o.EndsAt.UTC().Format(time.RFC3339),
	}
}

// Find is one offer.
// Errors: fault.NotFound.
func (s *Service) Find(ctx context.Context, id int64) (*db.Offer, error) {
	row := new(db.Offer)
	if err := s.DB.NewSelect().Model(row).Where("id = ?", id).Scan(ctx); err != nil {
		return nil, db.Fault(err)
	}
	return row, nil
}

// ByIDs are the offers of ids, in no order; unknown ids are left out.
func (s *Service) ByIDs(ctx context.Context, ids []int64) ([]*db.Offer, error) {
	var rows []*db.Offer
	err := s.DB.NewSelect().Model(&rows).Where("id IN (?)", bun.List(ids)).Scan(ctx)
	return rows, db.Fault(err)
}

// List is all offers, of one mall when mall is not empty: those that end last
// come first. A merchant has tens of them, so that there are no pages.
func (s *Service) List(ctx context.Context, mall string, includeArchived bool) ([]*db.Offer, error) {
	var rows []*db.Offer
	q := s.DB.NewSelect().Model(&rows).Order("ends_at DESC", "id DESC")
	if mall != "" {
		q = q.Where("mall = ?", mall)
	}
	if !includeArchived {
		q = q.Where("archived_at IS NULL")
	}
	return rows, db.Fault(q.Scan(ctx))
}

func audit(ctx context.Context, tx bun.IDB, action string, id int64, detail map[string]any) error {
	return access.Audit(ctx, tx, access.Entry{Action: action, ObjectKind: "Offer", ObjectID: id, Detail: detail})
}
