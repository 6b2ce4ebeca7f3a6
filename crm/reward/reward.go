// Package reward is what points are exchanged for beside money at a checkout
// (ポイント交換): gifts that staff hands over, and offers of crm/offer that are
// issued at once.
//
// It owns the catalogue and the exchanges. It promises that an exchange and its
// booking are one: points are spent when, and only when, the exchange stands, a
// gift is never promised beyond its stock, nobody gets more of it than each may,
// and the same request again is the same exchange; that a cancellation gives the
// points back into the lots they came from and the gift back into the stock, once.
// Locks are taken in one order: the point account, then the reward.
package reward

import (
	"context"
	"strings"
	"unicode/utf8"

	"github.com/uptrace/bun"

	"github.com/meguri-crm/meguri/crm/access"
	"github.com/meguri-crm/meguri/crm/clock"
	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/crm/points"
	"github.com/meguri-crm/meguri/db"
)

// Kind is what one gets.
type Kind string

// The kinds.
const (
	Gift  Kind = "GIFT"
	Offer Kind = "OFFER"
)

// Bounds of what can be typed in.
const (
	maxName        = 120
	maxDescription = 2000
	maxStock       = 1_000_000_000
)

// Service keeps the catalogue and makes exchanges.
type Service struct {
	DB     *db.DB
	Clock  clock.Clock
	Points *points.Service
}

// Draft is what is asked for when a reward is made or changed.
type Draft struct {
	Name        string
	Description string
	Kind        Kind
	Points      int64
	OfferID     *int64
	Stock       *int64 // nil: without end
	PerCustomer *int   // nil: without end
}

// Create puts a reward into the catalogue. Errors: fault.Invalid at the field that is wrong.
func (s *Service) Create(ctx context.Context, d Draft) (*db.Reward, error) {
	row := &db.Reward{Kind: string(d.Kind), OfferID: d.OfferID, CreatedAt: s.Clock.Now()}
	if err := d.fill(row); err != nil {
		return nil, err
	}
	err := db.RunInTx(ctx, s.DB, func(ctx context.Context, tx db.Tx) error {
		if _, err := tx.NewInsert().Model(row).Returning("id").Exec(ctx); err != nil {
			return db.Fault(err)
		}
		return audit(ctx, tx, "reward.create", row, nil)
	})
	return row, err
}

// Update changes a reward that is not archived; kind and offer stay as they are,
// and what was exchanged cost what it cost then.
// Errors: fault.NotFound; fault.Precondition ARCHIVED; fault.Invalid.
func (s *Service) Update(ctx context.Context, id int64, d Draft) (*db.Reward, error) {
	return s.change(ctx, id, "reward.update", func(row *db.Reward) error {
		if row.ArchivedAt != nil {
			return archived()
		}
		d.Kind, d.OfferID = Kind(row.Kind), row.OfferID
		return d.fill(row)
	})
}

// Archive takes a reward out of the catalogue; exchanges stay as they are.
func (s *Service) Archive(ctx context.Context, id int64) (*db.Reward, error) {
	return s.change(ctx, id, "reward.archive", func(row *db.Reward) error {
		if row.ArchivedAt == nil {
			now := s.Clock.Now()
			row.ArchivedAt = &now
		}
		return nil
	})
}

func (s *Service) change(ctx context.Context, id int64, action string, fn func(*db.Reward) error) (*db.Reward, error) {
	row := new(db.Reward)
	err := db.RunInTx(ctx, s.DB, func(ctx context.Context, tx db.Tx) error {
		if err := tx.NewSelect().Model(row).Where("id = ?", id).For("UPDATE").Scan(ctx); err != nil {
			return db.Fault(err)
		}
		before := audited(row)
		if err := fn(row); err != nil {
			return err
		}
		if _, err := tx.NewUpdate().Model(row).WherePK().Exec(ctx); err != nil {
			return db.Fault(err)
		}
		return audit(ctx, tx, action, row, before)
	})
	return row, err
}

// fill checks what was typed in and writes it into the row.
func (d Draft) fill(row *db.Reward) error {
	name, description := strings.TrimSpace(d.Name), strings.TrimSpace(d.Description)
	switch {
	case name == "":
		return fault.New(fault.Invalid, "a reward needs a name").WithCode("REQUIRED").At("name")
	case utf8.RuneCountInString(name) > maxName:
		return tooLong("name", maxName)
	case utf8.RuneCountInString(description) > maxDescription:
		return tooLong("description", maxDescription)
	case d.Points < 1 || d.Points > points.MaxAmount:
		return outOf("points", 1, points.MaxAmount)
	case d.Stock != nil && (*d.Stock < 0 || *d.Stock > maxStock):
		return outOf("stock", 0, maxStock)
	case d.PerCustomer != nil && (*d.PerCustomer < 1 || *d.PerCustomer > 1000):
		return outOf("perCustomer", 1, 1000)
	case d.Kind != Gift && d.Kind != Offer:
		return fault.New(fault.Invalid, "there is no such kind").At("kind")
	case (d.Kind == Offer) != (d.OfferID != nil):
		return fault.New(fault.Invalid, "a reward that is an offer names it, and no other does").WithCode("REQUIRED").At("offerId")
	}
	row.Name, row.Description, row.Points, row.Stock, row.PerCustomer = name, description, d.Points, d.Stock, d.PerCustomer
	return nil
}

func tooLong(field string, most int) error {
	return fault.New(fault.Invalid, "it is longer than %d characters", most).WithCode("TOO_LONG").At(field).With("max", most)
}

func outOf(field string, low, high int64) error {
	return fault.New(fault.Invalid, "from %d to %d", low, high).WithCode("RANGE").At(field).With("min", low).With("max", high)
}

func archived() error {
	return fault.New(fault.Precondition, "the reward is archived").WithCode("ARCHIVED")
}

func audited(row *db.Reward) map[string]any {
	return map[string]any{"name": row.Name, "points": row.Points, "stock": row.Stock, "perCustomer": row.PerCustomer, "archived": row.ArchivedAt != nil}
}

func audit(ctx context.Context, tx bun.IDB, action string, row *db.Reward, before map[string]any) error {
	detail := audited(row)
	if before != nil {
		detail = access.Differences(before, detail)
	}
	return access.Audit(ctx, tx, access.Entry{Action: action, ObjectKind: "Reward", ObjectID: row.ID, Detail: detail})
}

// List is the catalogue, the cheapest first. A merchant has tens of rewards, so
// that there are no pages.
func (s *Service) List(ctx context.Context, includeArchived bool) ([]*db.Reward, error) {
	rows := []*db.Reward{}
	q := s.DB.NewSelect().Model(&rows).Order("points", "id")
	if !includeArchived {
		q = q.Where("archived_at IS NULL")
	}
	return rows, db.Fault(q.Scan(ctx))
}

// ByID is one reward. Errors: fault.NotFound.
func (s *Service) ByID(ctx context.Context, id int64) (*db.Reward, error) {
	row := new(db.Reward)
	err := s.DB.NewSelect().Model(row).Where("id = ?", id).Scan(ctx)
	return row, db.Fault(err)
}
