// Package adjust owns corrections of many customers' points by a file: members'
// points given or taken line by line.
//
// It promises that what a file would do is said, with the mistakes of each line,
// before anything is booked; that above a limit (a setting) a second person
// approves, never the one who brought the file; and that each line is booked once,
// however often a process dies in between.
//
// A part of the booking is one transaction that holds the row of the adjustment,
// so that the row's lock is the claim: it ends with the process that had it, and
// whoever comes next goes on with the lines that wait. Booking itself is left to
// crm/points, which keeps a key for each line besides.
package adjust

import (
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/uptrace/bun"

	"github.com/meguri-crm/meguri/crm/access"
	"github.com/meguri-crm/meguri/crm/check"
	"github.com/meguri-crm/meguri/crm/clock"
	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/crm/lease"
	"github.com/meguri-crm/meguri/crm/points"
	"github.com/meguri-crm/meguri/db"
)

// The states of an adjustment.
const (
	Draft    = "DRAFT"
	Waiting  = "WAITING"
	Approved = "APPROVED"
	Booked   = "BOOKED"
	Rejected = "REJECTED"
)

const maxNote = 500

// Queue wakes workers of other processes.
type Queue interface {
	Enqueue(ctx context.Context, tx db.Tx, args interface{ Kind() string }) error
}

// Job wakes the workers.
type Job struct{}

// Kind names the job.
func (Job) Kind() string { return "points.adjust" }

// Service takes adjustments in, has them approved and books them.
type Service struct {
	db      *db.DB
	clock   clock.Clock
	queue   Queue
	points  *points.Service
	workers *lease.Workers
}

// New is the service.
func New(d *db.DB, c clock.Clock, q Queue, p *points.Service, log *slog.Logger) *Service {
	s := &Service{db: d, clock: c, queue: q, points: p}
	s.workers = lease.NewWorkers(s.Work, func(ctx context.Context, err error) {
		log.ErrorContext(ctx, "an adjustment of points does not go on", "error", err)
	})
	return s
}

// Run books until ctx ends.
func (s *Service) Run(ctx context.Context) { s.workers.Run(ctx, 1) }

// Poke makes the worker look at once.
func (s *Service) Poke() { s.workers.Poke() }

const settingsKey = "points.adjust"

// Settings say when a second person is asked.
type Settings struct {
	// ApprovalAbove is how many points a file may give and take together without
	// a second person.
	ApprovalAbove int64 `json:"approvalAbove" field:"approvalAbove" validate:"min=0,max=1000000000"`
}

// Settings are what holds now: a second person above 10,000 points until the
// merchant says otherwise.
func (s *Service) Settings(ctx context.Context) (Settings, error) {
	set := Settings{ApprovalAbove: 10_000}
	var raw []byte
	err := s.db.Pool.QueryRow(ctx, `SELECT value FROM settings WHERE key = $1`, settingsKey).Scan(&raw)
	if errors.Is(err, pgx.ErrNoRows) {
		return set, nil
	}
	if err == nil {
		err = json.Unmarshal(raw, &set)
	}
	return set, db.Fault(err)
}

// ChangeSettings lets set hold for files that are submitted from now on.
// Errors: fault.Invalid.
func (s *Service) ChangeSettings(ctx context.Context, set Settings) error {
	if err := check.Struct(set); err != nil {
		return err
	}
	before, err := s.Settings(ctx)
	if err != nil {
		return err
	}
	raw, err := json.Marshal(set)
	if err != nil {
		return fault.Wrap(fault.Internal, err, "the settings cannot be written")
	}
	err = s.db.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		if _, err := tx.NewRaw(`INSERT INTO settings (key, value, updated_at) VALUES (?, ?::jsonb, ?)
			ON CONFLICT (key) DO UPDATE SET value = excluded.value, updated_at = excluded.updated_at`, settingsKey, string(raw), s.clock.Now()).Exec(ctx); err != nil {
			return db.Fault(err)
		}
		return access.Audit(ctx, tx, access.Entry{Action: "settings.points_adjust", ObjectKind: "PointSettings", Detail: access.Differences(
			map[string]any{"approvalAbove": before.ApprovalAbove}, map[string]any{"approvalAbove": set.ApprovalAbove})})
	})
	return db.Fault(err)
}

// Submit asks for a draft to be booked: at once, or by a second person's word
// where it gives and takes more than the limit. Lines that are bad are left out.
// Errors: fault.NotFound; fault.Precondition NOT_A_DRAFT, NOTHING_TO_BOOK.
func (s *Service) Submit(ctx context.Context, id int64) (*db.PointAdjustment, error) {
	set, err := s.Settings(ctx)
	if err != nil {
		return nil, err
	}
	return s.step(ctx, id, "points.adjust_submit", Draft, "NOT_A_DRAFT", func(row *db.PointAdjustment) error {
		if row.Lines == 0 {
			return fault.New(fault.Precondition, "no line of the file can be booked").WithCode("NOTHING_TO_BOOK").At("id")
		}
		now := s.clock.Now()
		row.SubmittedAt, row.NeedsApproval = &now, row.Granted+row.Taken > set.ApprovalAbove
		if row.Status = Approved; row.NeedsApproval {
			row.Status = Waiting
		}
		return nil
	})
}

// Approve lets what waits be booked. Errors: fault.NotFound; fault.Precondition
// NOT_WAITING, SAME_PERSON for whoever brought the file, and for callers who are
// no staff.
func (s *Service) Approve(ctx context.Context, id int64, note string) (*db.PointAdjustment, error) {
	return s.decide(ctx, id, note, "points.adjust_approve", func(row *db.PointAdjustment, by *int64) error {
		if by == nil || row.CreatedBy != nil && *row.CreatedBy == *by {
			return fault.New(fault.Precondition, "somebody else has to approve it").WithCode("SAME_PERSON").At("id")
		}
		row.Status = Approved
		return nil
	})
}

// Reject ends what waits: nothing of it is booked. Errors: fault.NotFound;
// fault.Precondition NOT_WAITING; fault.Invalid without a note.
func (s *Service) Reject(ctx context.Context, id int64, note string) (*db.PointAdjustment, error) {
	if strings.TrimSpace(note) == "" {
		return nil, fault.New(fault.Invalid, "say why").WithCode("REQUIRED").At("note")
	}
	return s.decide(ctx, id, note, "points.adjust_reject", func(row *db.PointAdjustment, _ *int64) error {
		row.Status = Rejected
		return nil
	})
}

func (s *Service) decide(ctx context.Context, id int64, note, action string, to func(row *db.PointAdjustment, by *int64) error) (*db.PointAdjustment, error) {
	if len([]rune(note)) > maxNote {
		return nil, fault.New(fault.Invalid, "at most %d characters", maxNote).WithCode("TOO_LONG").At("note").With("max", maxNote)
	}
	return s.step(ctx, id, action, Waiting, "NOT_WAITING", func(row *db.PointAdjustment) error {
		by, now := access.From(ctx).StaffID(), s.clock.Now()
		row.DecidedAt, row.DecidedBy, row.DecisionNote = &now, by, strings.TrimSpace(note)
		return to(row, by)
	})
}

// step moves an adjustment on from a state, and wakes who books it.
func (s *Service) step(ctx context.Context, id int64, action, from, code string, to func(*db.PointAdjustment) error) (*db.PointAdjustment, error) {
	row := new(db.PointAdjustment)
	err := db.RunInTx(ctx, s.db, func(ctx context.Context, tx db.Tx) error {
		if err := tx.NewSelect().Model(row).Where("id = ?", id).For("UPDATE").Scan(ctx); err != nil {
			return db.Fault(err)
		}
		if row.Status != from {
			return fault.New(fault.Precondition, "it is %s by now", row.Status).WithCode(code).At("id").With("status", row.Status)
		}
		if err := to(row); err != nil {
			return err
		}
		if _, err := tx.NewUpdate().Model(row).WherePK().Exec(ctx); err != nil {
			return db.Fault(err)
		}
		if row.Status == Approved {
			if err := s.queue.Enqueue(ctx, tx, Job{}); err != nil {
				return err
			}
		}
		return s.audit(ctx, tx, action, row)
	})
	if err != nil {
		return nil, err
	}
	s.Poke()
	return row, nil
}

func (s *Service) audit(ctx context.Context, tx db.Tx, action string, row *db.PointAdjustment) error {
	return access.Audit(ctx, tx, access.Entry{Action: action, ObjectKind: "PointAdjustment", ObjectID: row.ID, Detail: map[string]any{
		"lines": row.Lines, "granted": row.Granted, "taken": row.Taken,
	}})
}

// Find is an adjustment. Errors: fault.NotFound.
func (s *Service) Find(ctx context.Context, id int64) (*db.PointAdjustment, error) {
	row := new(db.PointAdjustment)
	err := s.db.NewSelect().Model(row).Where("id = ?", id).Scan(ctx)
	return row, db.Fault(err)
}

// List is a page of adjustments, the newest first: limit of those with an id
// below before (0: from the newest on).
func (s *Service) List(ctx context.Context, before int64, limit int) ([]*db.PointAdjustment, error) {
	rows := []*db.PointAdjustment{}
	q := s.db.NewSelect().Model(&rows).Order("id DESC").Limit(int64(limit))
	if before > 0 {
		q = q.Where("id < ?", before)
	}
	return rows, db.Fault(q.Scan(ctx))
}

// Lines is a page of the lines of an adjustment behind line after, only those
// that are bad or were refused where troubled says so.
func (s *Service) Lines(ctx context.Context, id int64, troubled bool, after, limit int) ([]*db.PointAdjustmentLine, error) {
	rows := []*db.PointAdjustmentLine{}
	q := s.db.NewSelect().Model(&rows).Where("adjustment_id = ? AND line_no > ?", id, after).Order("line_no").Limit(int64(limit))
	if troubled {
		q = q.Where("code <> ''")
	}
	return rows, db.Fault(q.Scan(ctx))
}
