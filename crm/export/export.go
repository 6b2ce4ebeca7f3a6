// Package export gives programs and staff everything of one kind as a file: a
// line of JSON for each object, written as the API writes it.
//
// It owns the exports, their parts, and what a line of each kind holds. It
// promises that a line has the names and the values that a query for the same
// object has, that an export goes on behind its last part whichever process
// dies, in memory that does not grow with it, that only who asked for it and
// staff may fetch it, with the scopes that its objects take, and that the file
// is gone after [Kept], or with the erasure of a person. Each object is told once, as it stood when its part was
// read: a file is no picture of one instant. Who is calling is crm/access's,
// whom a segment means crm/segment's.
package export

import (
	"context"
	"log/slog"
	"slices"
	"time"

	"github.com/uptrace/bun"

	"github.com/meguri-crm/meguri/crm/access"
	"github.com/meguri-crm/meguri/crm/clock"
	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/crm/lease"
	"github.com/meguri-crm/meguri/crm/once"
	"github.com/meguri-crm/meguri/db"
)

const (
	// Kept is how long the file of an export can be fetched.
	Kept = 7 * 24 * time.Hour
	// listed is how long an export stays in the list.
	listed = 90 * 24 * time.Hour
	// maxKept is how many files of one caller there are at once.
	maxKept = 20
)

// The states of an export.
const (
	Queued    = "QUEUED"
	Running   = "RUNNING"
	Done      = "DONE"
	Cancelled = "CANCELLED"
	Failed    = "FAILED"
)

// objectKind is the type of exports in the API, as the audit log names it.
const objectKind = "ExportJob"

// Segments tell whom a segment means: SQL for ids of customers, as
// segment.Members says. Errors: fault.NotFound.
type Segments interface {
	Members(ctx context.Context, id int64) (sql string, args []any, err error)
}

// Queue wakes workers of other processes.
type Queue interface {
	Enqueue(ctx context.Context, tx db.Tx, args interface{ Kind() string }) error
}

// Job wakes the workers; its handler calls Poke.
type Job struct{}

// Kind names the job.
func (Job) Kind() string { return "export" }

// Config is what a Service needs.
type Config struct {
	DB       *db.DB
	Clock    clock.Clock
	Queue    Queue
	Once     *once.Service
	Segments Segments
	Zone     *time.Location
	Base     string // the merchant's currency
	Log      *slog.Logger
	Owner    string // a name that no other process has
}

// Service takes exports down and makes them.
type Service struct {
	Config

	workers *lease.Workers
}

// New is the service.
func New(c Config) *Service {
	s := &Service{Config: c}
	s.workers = lease.NewWorkers(s.Work, func(ctx context.Context, err error) {
		s.Log.ErrorContext(ctx, "an export does not go on", "error", err)
	})
	return s
}

// Run makes exports, one after the other, until ctx ends.
func (s *Service) Run(ctx context.Context) { s.workers.Run(ctx, 1) }

// Poke makes the worker look at once.
func (s *Service) Poke() { s.workers.Poke() }

// Request asks for an export.
type Request struct {
	Kind         Kind
	ChangedSince *time.Time
	ShopID       *int64
	SegmentID    *int64 // of CUSTOMERS
}

// Create begins an export, once per key of the caller.
// Errors: fault.Forbidden without the scopes of the kind; fault.Invalid
// NOT_OF_KIND at changedSince, shopId and segmentId; fault.NotFound at shopId
// and segmentId; fault.Conflict EXPORT_UNDERWAY, TOO_MANY; those of once.Do.
func (s *Service) Create(ctx context.Context, key string, r Request) (*db.Export, error) {
	if err := s.check(ctx, r); err != nil {
		return nil, err
	}
	id, err := once.Do(ctx, s.Once, once.Request{Action: "createExport", Key: key, Body: r}, func(ctx context.Context, tx db.Tx) (int64, error) {
		caller := access.From(ctx)
		if err := room(ctx, tx, caller); err != nil {
			return 0, err
		}
		row := &db.Export{
			Kind: string(r.Kind), ChangedSince: r.ChangedSince, ShopID: r.ShopID, SegmentID: r.SegmentID,
			ActorKind: string(caller.Kind), ActorID: caller.ID, CreatedAt: s.Clock.Now(),
		}
		if _, err := tx.NewInsert().Model(row).Returning("id").Exec(ctx); err != nil {
			return 0, underway(err)
		}
		if err := s.Queue.Enqueue(ctx, tx, Job{}); err != nil {
			return 0, err
		}
		detail := map[string]any{"kind": r.Kind}
		for name, id := range map[string]*int64{"shop": r.ShopID, "segment": r.SegmentID} {
			if id != nil {
				detail[name] = *id
			}
		}
		if r.ChangedSince != nil {
			detail["changedSince"] = *r.ChangedSince
		}
		return row.ID, access.Audit(ctx, tx, access.Entry{Action: "export.create", ObjectKind: objectKind, ObjectID: row.ID, Detail: detail})
	})
	if err != nil {
		return nil, underway(err)
	}
	s.Poke()
	return s.Find(ctx, id)
}

func (s *Service) check(ctx context.Context, r Request) error {
	src, known := sources[r.Kind]
	if !known {
		return fault.New(fault.Invalid, "there is no such kind").At("kind")
	}
	if err := allowed(ctx, r.Kind); err != nil {
		return err
	}
	not := func(field string) error {
		return fault.New(fault.Invalid, "%s cannot be narrowed by it", r.Kind).WithCode("NOT_OF_KIND").At(field)
	}
	switch {
	case r.ChangedSince != nil && src.since == "":
		return not("changedSince")
	case r.ShopID != nil && src.shop == "":
		return not("shopId")
	case r.SegmentID != nil && r.Kind != Customers:
		return not("segmentId")
	}
	if r.ShopID != nil {
		if there, err := s.DB.NewSelect().Model((*db.Shop)(nil)).Where("id = ?", *r.ShopID).Exists(ctx); err != nil || !there {
			return absent(err, "shopId")
		}
	}
	if r.SegmentID == nil {
		return nil
	}
	if !access.From(ctx).Has(access.ScopeSegmentsRead) {
		return missing(access.ScopeSegmentsRead)
	}
	_, _, err := s.Segments.Members(ctx, *r.SegmentID)
	if fault.Is(err, fault.NotFound) {
		return absent(nil, "segmentId")
	}
	return err
}

func absent(err error, field string) error {
	if err != nil {
		return db.Fault(err)
	}
	return fault.New(fault.NotFound, "there is no such row").At(field)
}

// allowed asks for the scopes of a kind.
func allowed(ctx context.Context, k Kind) error {
	for _, scope := range k.Scopes() {
		if !access.From(ctx).Has(scope) {
			return missing(scope)
		}
	}
	return nil
}

func missing(scope access.Scope) error {
	return fault.New(fault.Forbidden, "this export takes the scope %s, too", scope).With("scope", scope)
}

// room refuses who keeps many files already.
func room(ctx context.Context, tx db.Tx, caller access.Principal) error {
	n, err := tx.NewSelect().Model((*db.Export)(nil)).Where("actor_kind = ? AND actor_id = ? AND parts > 0", caller.Kind, caller.ID).Count(ctx)
	if err == nil && n >= maxKept {
		return fault.New(fault.Conflict, "%d files are kept already: cancel one, or wait until one expires", n).WithCode("TOO_MANY").With("max", maxKept)
	}
	return db.Fault(err)
}

func underway(err error) error {
	if db.Constraint(err) == "exports_underway_key" {
		return fault.Wrap(fault.Conflict, err, "an export of this kind is under way: wait for it, or cancel it").WithCode("EXPORT_UNDERWAY").At("kind")
	}
	return db.Fault(err)
}

// mine narrows to what the caller may see: a program its own, staff all.
func mine(ctx context.Context, q *bun.SelectQuery) *bun.SelectQuery {
	if caller := access.From(ctx); caller.Kind == access.ActorClient {
		q.Where("actor_kind = ? AND actor_id = ?", caller.Kind, caller.ID)
	}
	return q
}

// Find is an export that the caller may see. Errors: fault.NotFound.
func (s *Service) Find(ctx context.Context, id int64) (*db.Export, error) {
	row := new(db.Export)
	return row, found(mine(ctx, s.DB.NewSelect().Model(row).Where("id = ?", id)).Scan(ctx))
}

func found(err error) error {
	if err = db.Fault(err); fault.Is(err, fault.NotFound) {
		return fault.New(fault.NotFound, "there is no such export").At("id")
	}
	return err
}

// List are exports that the caller may see, the newest first, those before an id
// (nil: from the newest), at most limit.
func (s *Service) List(ctx context.Context, before *int64, limit int64) ([]*db.Export, error) {
	var rows []*db.Export
	q := mine(ctx, s.DB.NewSelect().Model(&rows)).Order("id DESC").Limit(limit)
	if before != nil {
		q.Where("id < ?", *before)
	}
	return rows, db.Fault(q.Scan(ctx))
}

// Cancel ends an export that is under way, and gives up the file of one that is
// done. Again it changes nothing. Errors: fault.NotFound.
func (s *Service) Cancel(ctx context.Context, id int64) (*db.Export, error) {
	row := new(db.Export)
	err := db.RunInTx(ctx, s.DB, func(ctx context.Context, tx db.Tx) error {
		if err := found(mine(ctx, tx.NewSelect().Model(row).Where("id = ?", id)).For("UPDATE").Scan(ctx)); err != nil {
			return err
		}
		if !slices.Contains([]string{Queued, Running, Done}, row.Status) || row.Status == Done && row.Parts == 0 {
			return nil
		}
		if _, err := tx.NewRaw("DELETE FROM export_parts WHERE export_id = ?", id).Exec(ctx); err != nil {
			return err
		}
		// Who works on it sees the new state with the next part, or within a heartbeat.
		now := s.Clock.Now()
		row.Status, row.Parts, row.ExpiresAt, row.FinishedAt = Cancelled, 0, nil, &now
		if _, err := tx.NewUpdate().Model(row).Column("status", "parts", "expires_at", "finished_at").WherePK().Exec(ctx); err != nil {
			return err
		}
		return access.Audit(ctx, tx, access.Entry{Action: "export.cancel", ObjectKind: objectKind, ObjectID: id, Detail: map[string]any{"kind": row.Kind}})
	})
	if err != nil {
		return nil, db.Fault(err)
	}
	return row, nil
}

// Withdraw gives up every file in tx, for somebody in them is erased with it:
// those that are done have expired, those under way begin anew once he is gone.
func (s *Service) Withdraw(ctx context.Context, tx db.Tx) error {
	for _, sql := range []string{
		"LOCK TABLE exports IN EXCLUSIVE MODE", // nobody begins to read, or ends a part, before tx ends
		`UPDATE exports SET status = 'QUEUED', lease_owner = NULL, lease_until = NULL, place = NULL, parts = 0, objects = 0, size = 0, packed = 0, checksum = 0
			WHERE status = 'RUNNING'`,
		"UPDATE exports SET parts = 0, expires_at = ? WHERE status = 'DONE' AND parts > 0",
		"DELETE FROM export_parts",
	} {
		if _, err := tx.NewRaw(sql, s.Clock.Now()).Exec(ctx); err != nil {
			return db.Fault(err)
		}
	}
	return s.Queue.Enqueue(ctx, tx, Job{})
}

// Expired says that the file of an export was there and is not any more.
func Expired(row *db.Export, now time.Time) bool {
	return row.Status == Done && !now.Before(*row.ExpiresAt)
}

// SweepJob is the hourly reminder; its handler calls Sweep.
type SweepJob struct{}

// Kind names the job.
func (SweepJob) Kind() string { return "export.sweep" }

// Sweep deletes files whose days are over, and forgets exports of long ago.
func (s *Service) Sweep(ctx context.Context) error {
	now := s.Clock.Now()
	for {
		gone, err := s.DB.NewRaw(`WITH over AS (SELECT id FROM exports WHERE parts > 0 AND expires_at <= ? ORDER BY id LIMIT 10),
				gone AS (DELETE FROM export_parts WHERE export_id IN (SELECT id FROM over))
			UPDATE exports SET parts = 0 WHERE id IN (SELECT id FROM over)`, now).Exec(ctx)
		if err != nil {
			return db.Fault(err)
		}
		if n, err := gone.RowsAffected(); err != nil || n == 0 {
			break
		}
	}
	_, err := s.DB.NewRaw("DELETE FROM exports WHERE created_at < ? AND parts = 0 AND status NOT IN ('QUEUED', 'RUNNING')", now.Add(-listed)).Exec(ctx)
	return db.Fault(err)
}
