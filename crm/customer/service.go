package customer

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/uptrace/bun"

	"github.com/meguri-crm/meguri/crm/access"
	"github.com/meguri-crm/meguri/crm/clock"
	"github.com/meguri-crm/meguri/crm/event"
	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/crm/gid"
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
}

// Create makes a customer that was met on a shop, with a member id there or
// without. Errors: fault.Invalid; fault.Conflict CUSTOMER_EXISTS when somebody
// has the member id or mail address already, with the customer's id.
func (s *Service) Create(ctx context.Context, shopID int64, memberID string, p Profile) (*db.Customer, error) {
	shop := new(db.Shop)
	if err := s.db.NewSelect().Model(shop).Where("id = ?", shopID).Scan(ctx); err != nil {
		return nil, db.Fault(err)
	}
	now := s.clock.Now()
	row := &db.Customer{Gender: "UNKNOWN", Country: "JP", CreatedAt: now, UpdatedAt: now}
	if err := p.apply(row); err != nil {
		return nil, err
	}
	err := db.RunInTx(ctx, s.db, func(ctx context.Context, tx db.Tx) error {
		if err := Together(ctx, tx); err != nil {
			return err
		}
		e := NewEvidence(shopID, mall.Mall(shop.Mall), buyerOf(row, memberID), now)
		if len(e.Keys) == 0 {
			return fault.New(fault.Invalid, "give a member id, a mail address, or name and phone: something to know the customer by").
				WithCode("NOTHING_TO_KNOW_BY").At("profile")
		}
		return s.insert(ctx, &batch{ctx: ctx, tx: tx, now: now, evidence: []Evidence{e}}, row)
	})
	if errors.Is(err, ErrRace) {
		err = fault.Wrap(fault.Conflict, err, "the same customer was just made by somebody else").WithCode("CUSTOMER_EXISTS")
	}
	if err != nil {
		return nil, err
	}
	return row, nil
}

var conflictField = map[KeyKind]string{MemberID: "memberId", Mail: "profile.email"}

// insert writes the one new customer of b, whose profile is row. Keys below
// member id and mail that are somebody's already (a phone in the family) do not
// stand in its way; they stay where they are.
func (s *Service) insert(ctx context.Context, b *batch, row *db.Customer) error {
	if err := b.load(); err != nil {
		return err
	}
	e := &b.evidence[0]
	for _, k := range e.Keys {
		if owner, taken := b.index.owners[k]; taken && conflictField[k.Kind] != "" {
			return fault.New(fault.Conflict, "there is a customer with this %s already", k.Kind).WithCode("CUSTOMER_EXISTS").
				At(conflictField[k.Kind]).With("customerId", gid.Encode("Customer", owner))
		}
	}
	e.Keys = slices.DeleteFunc(e.Keys, func(k Key) bool { _, taken := b.index.owners[k]; return taken })
	if len(e.Keys) == 0 {
		return fault.New(fault.Conflict, "there is a customer with this name and phone or address already").WithCode("CUSTOMER_EXISTS").At("profile")
	}
	b.profiles[-1] = row
	b.match()
	if err := b.number(); err != nil {
		return err
	}
	for _, write := range []func() error{b.insertKeys, b.insertCustomers, b.upsertIdentities, b.pair} {
		if err := write(); err != nil {
			return err
		}
	}
	row.ID = b.newIDs[0]
	return access.Audit(ctx, b.tx, access.Entry{Action: "customer.create", ObjectKind: "Customer", ObjectID: row.ID})
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
		if row, err = hold(ctx, tx, id, "NO KEY UPDATE"); err != nil {
			return err
		}
		if row.Anonymous {
			return fault.New(fault.Precondition, "this customer stands for all buyers a shop does not name").WithCode("ANONYMOUS_CUSTOMER").At("id")
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
