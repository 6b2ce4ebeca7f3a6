package customer

import (
	"context"
	"time"

	"github.com/uptrace/bun"

	"github.com/meguri-crm/meguri/crm/access"
	"github.com/meguri-crm/meguri/crm/clock"
	"github.com/meguri-crm/meguri/crm/event"
	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/crm/mall"
	"github.com/meguri-crm/meguri/db"
)

// Stages places customers on the ladder.
type Stages interface {
	Recompute(ctx context.Context, tx db.Tx, customerIDs []int64) error
}

// Service keeps customers.
type Service struct {
	db        *db.DB
	clock     clock.Clock
	stages    Stages
	rules     Rules
	following Following
	queue     Queue
}

// New is the service; stages may be nil where there is no ladder.
func New(d *db.DB, c clock.Clock, stages Stages) *Service {
	return &Service{db: d, clock: c, stages: stages}
}

// WithRules lets lists be narrowed by rules; without it none may be.
func (s *Service) WithRules(r Rules) { s.rules = r }

// Find is a customer; of one that was merged into another, the other.
// Errors: fault.NotFound.
func (s *Service) Find(ctx context.Context, id int64) (*db.Customer, error) {
	return find(ctx, s.db, id)
}

func find(ctx context.Context, idb bun.IDB, id int64) (*db.Customer, error) {
	row := new(db.Customer)
	err := idb.NewRaw(`WITH RECURSIVE merged AS (
			SELECT * FROM customers WHERE id = ?
			UNION ALL SELECT c.* FROM customers c JOIN merged m ON c.id = m.merged_into)
		SELECT * FROM merged WHERE merged_into IS NULL`, id).Scan(ctx, row)
	if err = db.Fault(err); fault.Is(err, fault.NotFound) {
		return nil, fault.New(fault.NotFound, "there is no such customer").At("id")
	}
	return row, err
}

// Profile is what staff may write of a customer; nil leaves a field.
type Profile struct {
	FamilyName, GivenName, FamilyKana, GivenKana *string
	Email, Phone                                 *string
	PostalCode, Prefecture, City, AddressLine    *string
	Gender                                       *string
	BirthDate                                    *time.Time
	NoBirthDate                                  bool // clears it
}

// Update changes a customer's profile. Errors: fault.NotFound, fault.Invalid.
func (s *Service) Update(ctx context.Context, id int64, p Profile) (*db.Customer, error) {
	return s.change(ctx, id, "customer.update", func(ctx context.Context, tx db.Tx, row *db.Customer) (bool, error) {
		if err := p.apply(row); err != nil {
			return false, err
		}
		return true, addKeys(ctx, tx, row)
	})
}

// addKeys makes the customer known by what the profile says now, as far as
// nobody else is; what it was known by stays.
func addKeys(ctx context.Context, tx bun.IDB, row *db.Customer) error {
	const noShop = -1 // gives keys that hold on every shop only
	for _, k := range NewEvidence(noShop, mall.OwnSite, buyerOf(row, ""), row.UpdatedAt).Keys {
		if k.Shop != AnyShop {
			continue
		}
		_, err := tx.NewRaw("INSERT INTO identity_keys (kind, shop_id, value, customer_id) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
			k.Kind, k.Shop, k.Value, row.ID).Exec(ctx)
		if err != nil {
			return db.Fault(err)
		}
	}
	return nil
}

// Enroll makes a customer a member of the loyalty program. A member stays one,
// since the first day. via is SITE, APP, STORE_CARD, LINE, API or STAFF.
// Errors: fault.NotFound; fault.Precondition for the stand-in of a shop.
func (s *Service) Enroll(ctx context.Context, id int64, via string) (*db.Customer, error) {
	return s.change(ctx, id, "customer.enroll", func(ctx context.Context, tx db.Tx, row *db.Customer) (bool, error) {
		if row.MemberSince != nil {
			return false, nil
		}
		now := s.clock.Now()
		row.MemberSince, row.MemberVia = &now, &via
		return true, event.Append(ctx, tx, event.Event{CustomerID: row.ID, OccurredAt: now, Kind: event.MemberJoined, Data: map[string]any{"via": via}})
	})
}

// change edits a customer under a lock, notes it, and places it on the ladder.
func (s *Service) change(ctx context.Context, id int64, action string, edit func(context.Context, db.Tx, *db.Customer) (bool, error)) (*db.Customer, error) {
	var row *db.Customer
	err := db.RunInTx(ctx, s.db, func(ctx context.Context, tx db.Tx) error {
		var err error
		if row, err = holdPerson(ctx, tx, id); err != nil {
			return err
		}
		changed, err := edit(ctx, tx, row)
		if err != nil || !changed {
			return err
		}
		row.UpdatedAt = s.clock.Now()
		if _, err := tx.NewUpdate().Model(row).WherePK().Exec(ctx); err != nil {
			return db.Fault(err)
		}
		if s.stages != nil {
			if err := s.stages.Recompute(ctx, tx, []int64{row.ID}); err != nil {
				return err
			}
		}
		return access.Audit(ctx, tx, access.Entry{Action: action, ObjectKind: "Customer", ObjectID: row.ID})
	})
	if err != nil {
		return nil, err
	}
	return row, nil
}
