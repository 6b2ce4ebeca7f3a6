// Package view keeps the lists of the admin as each member of staff likes them:
// saved views (filters, columns and order under a name, one's own or shared with
// everybody) and the columns chosen last.
//
// It promises that only the owner, or who manages staff, changes a view, that a
// shared one is seen by all, and that what it keeps stays small. It does not
// know what a list shows or what its filters mean: that is the page's address,
// which the page reads with its own defaults for what it does not know.
package view

import (
	"context"
	"encoding/json"
	"slices"
	"strings"

	"github.com/uptrace/bun"

	"github.com/meguri-crm/meguri/crm/access"
	"github.com/meguri-crm/meguri/crm/check"
	"github.com/meguri-crm/meguri/crm/clock"
	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/db"
)

// Limits of what is kept.
const (
	MaxViews   = 50       // of one member of staff for one list
	MaxSearch  = 64 << 10 // bytes of an address; a rule may be part of it
	MaxColumns = 50
)

// Lists are the lists of the admin whose looks are kept. They are fixed, because
// what one person keeps is bounded for each.
var Lists = []string{"customers", "segments", "campaigns", "offers", "tasks", "imports", "audit", "staff"}

// Service keeps views.
type Service struct {
	db    *db.DB
	clock clock.Clock
}

// New is the service.
func New(d *db.DB, c clock.Clock) *Service { return &Service{db: d, clock: c} }

// Draft is a view to keep.
type Draft struct {
	List   string
	Name   string `field:"name" code:"VIEW_NAME" validate:"required,max=60"`
	Shared bool
	Search json.RawMessage // a JSON object
}

// List is the views of one list that the caller sees: his own and the shared
// ones, by name. Errors: fault.Forbidden for callers who are not staff; fault.Invalid for
// a list that is none of Lists.
func (s *Service) List(ctx context.Context, list string) ([]db.SavedView, error) {
	me, err := staff(ctx)
	if err != nil {
		return nil, err
	}
	if err := checkList(list); err != nil {
		return nil, err
	}
	var rows []db.SavedView
	err = s.db.NewSelect().Model(&rows).Where("list = ?", list).Where("staff_id = ? OR shared", me).
		OrderExpr("(staff_id = ?) DESC, name, id", me).Scan(ctx)
	return rows, db.Fault(err)
}

// Create keeps a view for the caller. Errors: fault.Invalid; fault.Conflict
// VIEW_NAME_TAKEN; fault.Precondition TOO_MANY_VIEWS.
func (s *Service) Create(ctx context.Context, d Draft) (*db.SavedView, error) {
	me, err := staff(ctx)
	if err != nil {
		return nil, err
	}
	d.Name = strings.TrimSpace(d.Name)
	if err := d.check(); err != nil {
		return nil, err
	}
	now := s.clock.Now()
	row := &db.SavedView{StaffID: me, List: d.List, Name: d.Name, Shared: d.Shared, Search: d.Search, CreatedAt: now, UpdatedAt: now}
	err = db.RunInTx(ctx, s.db, func(ctx context.Context, tx db.Tx) error {
		if err := room(ctx, tx, me, d.List); err != nil {
			return err
		}
		if _, err := tx.NewInsert().Model(row).Exec(ctx); err != nil {
			return named(err)
		}
		return audit(ctx, tx, "saved_view.create", row)
	})
	if err != nil {
		return nil, err
	}
	return row, nil
}

// Change is what may be changed of a view; nil leaves it.
type Change struct {
	Name   *string
	Shared *bool
	Search json.RawMessage
}

// Update changes a view. Errors: as Create; fault.NotFound, also for a view the
// caller may not see; fault.Forbidden VIEW_NOT_YOURS.
func (s *Service) Update(ctx context.Context, id int64, c Change) (*db.SavedView, error) {
	var row *db.SavedView
	err := db.RunInTx(ctx, s.db, func(ctx context.Context, tx db.Tx) error {
		var err error
		if row, err = hold(ctx, tx, id); err != nil {
			return err
		}
		if err := apply(row, c); err != nil {
			return err
		}
		row.UpdatedAt = s.clock.Now()
		if _, err := tx.NewUpdate().Model(row).Column("name", "shared", "search", "updated_at").WherePK().Exec(ctx); err != nil {
			return named(err)
		}
		return audit(ctx, tx, "saved_view.update", row)
	})
	if err != nil {
		return nil, err
	}
	return row, nil
}

// Delete forgets a view. Errors: fault.NotFound; fault.Forbidden VIEW_NOT_YOURS.
func (s *Service) Delete(ctx context.Context, id int64) error {
	return db.RunInTx(ctx, s.db, func(ctx context.Context, tx db.Tx) error {
		row, err := hold(ctx, tx, id)
		if err != nil {
			return err
		}
		if _, err := tx.NewDelete().Model(row).WherePK().Exec(ctx); err != nil {
			return db.Fault(err)
		}
		return audit(ctx, tx, "saved_view.delete", row)
	})
}

// MayChange reports whether the caller may change a view: it is his, or he
// manages staff.
func MayChange(ctx context.Context, row *db.SavedView) bool {
	caller := access.From(ctx)
	own := caller.StaffID() != nil && *caller.StaffID() == row.StaffID
	return own || caller.Has(access.ScopeStaffWrite)
}

func apply(row *db.SavedView, c Change) error {
	if c.Name != nil {
		row.Name = strings.TrimSpace(*c.Name)
	}
	if c.Shared != nil {
		row.Shared = *c.Shared
	}
	if c.Search != nil {
		row.Search = c.Search
	}
	return Draft{List: row.List, Name: row.Name, Search: row.Search}.check()
}

func (d Draft) check() error {
	if err := checkList(d.List); err != nil {
		return err
	}
	if err := check.Struct(d); err != nil {
		return err
	}
	var object map[string]json.RawMessage
	if len(d.Search) > MaxSearch || json.Unmarshal(d.Search, &object) != nil || object == nil {
		return fault.New(fault.Invalid, "a view holds a JSON object of at most %d bytes", MaxSearch).WithCode("VIEW_SEARCH").At("search")
	}
	return nil
}

func checkList(list string) error {
	if !slices.Contains(Lists, list) {
		return fault.New(fault.Invalid, "there is no such list").WithCode("NO_SUCH_LIST").At("list")
	}
	return nil
}

// room sees that one more view fits. The row of staff is what calls of the same
// person wait at.
func room(ctx context.Context, tx bun.IDB, me int64, list string) error {
	var count int
	if _, err := tx.NewRaw("SELECT 1 FROM staff WHERE id = ? FOR NO KEY UPDATE", me).Exec(ctx); err != nil {
		return db.Fault(err)
	}
	err := tx.NewRaw("SELECT count(*) FROM saved_views WHERE staff_id = ? AND list = ?", me, list).Scan(ctx, &count)
	if err == nil && count >= MaxViews {
		return fault.New(fault.Precondition, "one person keeps at most %d views of a list", MaxViews).WithCode("TOO_MANY_VIEWS").With("max", MaxViews)
	}
	return db.Fault(err)
}

// hold reads a view that the caller may change, and keeps others from changing
// it until the transaction ends.
func hold(ctx context.Context, tx db.Tx, id int64) (*db.SavedView, error) {
	me, err := staff(ctx)
	if err != nil {
		return nil, err
	}
	row := new(db.SavedView)
	if err := tx.NewSelect().Model(row).Where("id = ?", id).Where("staff_id = ? OR shared", me).For("UPDATE").Scan(ctx); err != nil {
		return nil, db.Fault(err)
	}
	if !MayChange(ctx, row) {
		return nil, fault.New(fault.Forbidden, "this view is somebody else's").WithCode("VIEW_NOT_YOURS")
	}
	return row, nil
}

// staff is the member of staff who is calling.
func staff(ctx context.Context) (int64, error) {
	id := access.From(ctx).StaffID()
	if id == nil {
		return 0, fault.New(fault.Forbidden, "views belong to staff")
	}
	return *id, nil
}

func named(err error) error {
	if db.Constraint(err) == "saved_views_name_key" {
		return fault.Wrap(fault.Conflict, err, "there is a view of this name already").WithCode("VIEW_NAME_TAKEN").At("name")
	}
	return db.Fault(err)
}

func audit(ctx context.Context, tx bun.IDB, action string, row *db.SavedView) error {
	return access.Audit(ctx, tx, access.Entry{
		Action: action, ObjectKind: "SavedView", ObjectID: row.ID, Detail: map[string]any{"list": row.List, "shared": row.Shared},
	})
}
