// Package bulk owns what staff does to many customers at once: tagging and
// untagging them, setting a property, granting points to members.
//
// It promises that what will change is said before (Preview), that who was
// chosen is fixed when it begins, that each customer is changed once however
// often a process dies in between, that progress can be watched, and that it can
// be undone where that is honest: tags and values go back where nobody changed
// them since. Points are granted for good: they may be spent by then.
//
// A part of the work is one transaction that holds the row of the edit, so that
// the row's lock is the claim: it ends with the process that had it, and
// whoever comes next goes on with those who wait. Who is chosen is left to
// customer, what a change means to tag, property and points.
package bulk

import (
	"context"
	"encoding/json"
	"log/slog"
	"strings"

	"github.com/uptrace/bun/dialect/pgdialect"

	"github.com/meguri-crm/meguri/crm/access"
	"github.com/meguri-crm/meguri/crm/clock"
	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/crm/lease"
	"github.com/meguri-crm/meguri/crm/live"
	"github.com/meguri-crm/meguri/crm/property"
	"github.com/meguri-crm/meguri/db"
)

// Action is what is done.
type Action string

// The actions.
const (
	Tag         Action = "TAG"
	Untag       Action = "UNTAG"
	SetProperty Action = "SET_PROPERTY"
	GrantPoints Action = "GRANT_POINTS"
)

// The states of an edit.
const (
	Running = "RUNNING"
	Done    = "DONE"
	Undoing = "UNDOING"
	Undone  = "UNDONE"
)

// Limits.
const (
	MaxPoints = 100_000 // for each member
	maxNote   = 200
)

// Granter grants points to a member, once per key. Errors: fault.Precondition
// NOT_A_MEMBER; fault.NotFound.
type Granter interface {
	GrantInBulk(ctx context.Context, tx db.Tx, customerID, amount int64, note, key string, by *int64) error
}

// Queue wakes workers of other processes.
type Queue interface {
	Enqueue(ctx context.Context, tx db.Tx, args interface{ Kind() string }) error
}

// Job wakes the workers.
type Job struct{}

// Kind names the job.
func (Job) Kind() string { return "bulk_edit" }

// Service does it.
type Service struct {
	db      *db.DB
	clock   clock.Clock
	queue   Queue
	granter Granter
	workers *lease.Workers
}

// New is the service.
func New(d *db.DB, c clock.Clock, q Queue, g Granter, log *slog.Logger) *Service {
	s := &Service{db: d, clock: c, queue: q, granter: g}
	s.workers = lease.NewWorkers(s.Work, func(ctx context.Context, err error) {
		log.ErrorContext(ctx, "a bulk edit does not go on", "error", err)
	})
	return s
}

// Run works on edits until ctx ends.
func (s *Service) Run(ctx context.Context) { s.workers.Run(ctx, 1) }

// Poke makes the worker look at once.
func (s *Service) Poke() { s.workers.Poke() }

// Request asks for an edit.
type Request struct {
	Action      Action
	Customers   []int64
	TagID       int64           // of TAG and UNTAG
	PropertyKey string          // of SET_PROPERTY
	Value       json.RawMessage // of SET_PROPERTY; Nothing takes values away
	Points      int64           // of GRANT_POINTS, for each member
	Note        string          // of GRANT_POINTS: why, which members see
	Key         string          // asking again with it changes nothing
}

// Start begins an edit. Errors: fault.Invalid NOBODY_CHOSEN, POINTS_RANGE,
// NO_SUCH_PROPERTY and those of property.Check; fault.NotFound for a tag;
// fault.Forbidden for points without their scope.
func (s *Service) Start(ctx context.Context, r Request) (*db.BulkEdit, error) {
	row, err := s.checked(ctx, r)
	if err != nil {
		return nil, err
	}
	err = db.RunInTx(ctx, s.db, func(ctx context.Context, tx db.Tx) error {
		result, err := tx.NewInsert().Model(row).ExcludeColumn("id").On("CONFLICT (idempotency_key) DO NOTHING").Returning("id").Exec(ctx)
		if err != nil {
			return db.Fault(err)
		}
		if n, err := result.RowsAffected(); err != nil || n == 0 {
			return db.Fault(tx.NewSelect().Model(row).Where("idempotency_key = ?", r.Key).Scan(ctx))
		}
		_, err = tx.NewRaw("INSERT INTO bulk_edit_customers (bulk_id, customer_id, state) SELECT ?, unnest(?::bigint[]), 'WAITING' ON CONFLICT DO NOTHING",
			row.ID, pgdialect.Array(r.Customers)).Exec(ctx)
		if err != nil {
			return db.Fault(err)
		}
		return s.begun(ctx, tx, "customers.bulk", row)
	})
	if err != nil {
		return nil, err
	}
	s.Poke()
	return row, nil
}

// checked is the row of a request that makes sense.
func (s *Service) checked(ctx context.Context, r Request) (*db.BulkEdit, error) {
	if len(r.Customers) == 0 {
		return nil, fault.New(fault.Invalid, "nobody is chosen").WithCode("NOBODY_CHOSEN").At("customers")
	}
	row := &db.BulkEdit{
		Action: string(r.Action), Note: strings.TrimSpace(r.Note), Status: Running, Total: len(r.Customers), IdempotencyKey: r.Key,
		CreatedAt: s.clock.Now(), CreatedBy: access.From(ctx).StaffID(),
	}
	var err error
	switch r.Action {
	case Tag, Untag:
		row.TagID = &r.TagID
		err = s.tagExists(ctx, r.TagID)
	case SetProperty:
		err = s.property(ctx, r, row)
	case GrantPoints:
		row.Points = &r.Points
		err = checkPoints(ctx, r)
	default:
		err = fault.New(fault.Invalid, "there is no such action").At("action")
	}
	return row, err
}

func (s *Service) tagExists(ctx context.Context, id int64) error {
	exists, err := s.db.NewSelect().Model((*db.CustomerTag)(nil)).Where("id = ?", id).Exists(ctx)
	if err == nil && !exists {
		return fault.New(fault.NotFound, "there is no such tag").At("tagId")
	}
	return db.Fault(err)
}

func (s *Service) property(ctx context.Context, r Request, row *db.BulkEdit) error {
	all, err := property.List(ctx, s.db, false)
	if err != nil {
		return err
	}
	for _, d := range all {
		if d.Key == r.PropertyKey {
			row.PropertyID = &d.ID
			row.Value, err = d.Check(r.Value, nil)
			return err
		}
	}
	return fault.New(fault.Invalid, "there is no such property in use").WithCode("NO_SUCH_PROPERTY").At("propertyKey")
}

func checkPoints(ctx context.Context, r Request) error {
	if !access.From(ctx).Has(access.ScopePointsWrite) {
		return fault.New(fault.Forbidden, "you may not grant points")
	}
	if r.Points < 1 || r.Points > MaxPoints {
		return fault.New(fault.Invalid, "from 1 to %d points for each member", MaxPoints).WithCode("POINTS_RANGE").At("points").With("max", MaxPoints)
	}
	if len([]rune(r.Note)) > maxNote {
		return fault.New(fault.Invalid, "at most %d characters", maxNote).WithCode("TOO_LONG").At("note").With("max", maxNote)
	}
	return nil
}

// begun notes what staff has asked for and wakes who does it.
func (s *Service) begun(ctx context.Context, tx db.Tx, action string, row *db.BulkEdit) error {
	if err := s.queue.Enqueue(ctx, tx, Job{}); err != nil {
		return err
	}
	if err := live.Notify(ctx, tx, live.Bulk, row.ID); err != nil {
		return err
	}
	return access.Audit(ctx, tx, access.Entry{
		Action: action, ObjectKind: "BulkEdit", ObjectID: row.ID, Detail: map[string]any{"act": row.Action, "customers": row.Total},
	})
}

// Undo takes an edit back. Asking again changes nothing.
// Errors: fault.NotFound; fault.Precondition BULK_AT_WORK, NOT_UNDOABLE.
func (s *Service) Undo(ctx context.Context, id int64) (*db.BulkEdit, error) {
	row := new(db.BulkEdit)
	err := db.RunInTx(ctx, s.db, func(ctx context.Context, tx db.Tx) error {
		if err := tx.NewSelect().Model(row).Where("id = ?", id).For("UPDATE").Scan(ctx); err != nil {
			return db.Fault(err)
		}
		switch {
		case row.Status == Undoing || row.Status == Undone:
			return nil
		case row.Status == Running:
			return fault.New(fault.Precondition, "it is still at work").WithCode("BULK_AT_WORK").At("id")
		case !Undoable(row):
			return fault.New(fault.Precondition, "points are granted for good; deduct them one by one").WithCode("NOT_UNDOABLE").At("id")
		}
		now := s.clock.Now()
		row.Status, row.UndoneAt, row.UndoneBy = Undoing, &now, access.From(ctx).StaffID()
		if _, err := tx.NewUpdate().Model(row).Column("status", "undone_at", "undone_by").WherePK().Exec(ctx); err != nil {
			return db.Fault(err)
		}
		return s.begun(ctx, tx, "customers.bulk_undo", row)
	})
	if err != nil {
		return nil, err
	}
	s.Poke()
	return row, nil
}

// Undoable reports whether an edit can be taken back once it is done.
func Undoable(row *db.BulkEdit) bool { return Action(row.Action) != GrantPoints }

// Find is an edit. Errors: fault.NotFound.
func (s *Service) Find(ctx context.Context, id int64) (*db.BulkEdit, error) {
	row := new(db.BulkEdit)
	err := s.db.NewSelect().Model(row).Where("id = ?", id).Scan(ctx)
	return row, db.Fault(err)
}

// Outlook is what an edit would do.
type Outlook struct {
	Total    int // who is chosen
	Same     int // have it already
	Replaced int // have another value, which would go
	Refused  int // are no members
}

// Preview says what an edit would do. A Tag without its id is one that is only
// made when it is given: nobody has it yet. Errors: as Start.
func (s *Service) Preview(ctx context.Context, r Request) (o Outlook, err error) {
	if r.Action == Tag && r.TagID == 0 && len(r.Customers) > 0 {
		return Outlook{Total: len(r.Customers)}, nil
	}
	row, err := s.checked(ctx, r)
	if err != nil {
		return o, err
	}
	o.Total = row.Total
	chosen := pgdialect.Array(r.Customers)
	switch r.Action {
	case Tag, Untag:
		var have int
		err = s.db.NewRaw("SELECT count(*) FROM customer_taggings WHERE tag_id = ? AND customer_id = ANY (?::bigint[])", r.TagID, chosen).Scan(ctx, &have)
		if o.Same = have; r.Action == Untag {
			o.Same = o.Total - have
		}
	case SetProperty:
		o.Same, o.Replaced, err = s.known(ctx, chosen, row)
	case GrantPoints:
		err = s.db.NewRaw("SELECT count(*) FROM customers WHERE id = ANY (?::bigint[]) AND member_since IS NULL", chosen).Scan(ctx, &o.Refused)
	}
	return o, db.Fault(err)
}

func (s *Service) known(ctx context.Context, chosen any, row *db.BulkEdit) (same, replaced int, err error) {
	err = s.db.NewRaw(`SELECT count(*) FILTER (WHERE value = ?2::jsonb), count(*) FILTER (WHERE value <> ?2::jsonb)
		FROM (SELECT `+property.Canonical+` AS value FROM property_values v WHERE v.property_id = ?1 AND v.customer_id = ANY (?0::bigint[])) v`,
		chosen, *row.PropertyID, string(row.Value)).Scan(ctx, &same, &replaced)
	if !property.Known(row.Value) {
		same = row.Total - replaced
	}
	return same, replaced, err
}
