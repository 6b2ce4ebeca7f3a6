// Package note owns what staff writes down about a customer: notes on the
// timeline, by whom and when, with what they said before each edit, one of them
// pinned to the top of the page.
//
// It promises that an edit never loses what stood there, and that neither logs,
// errors nor the audit log hold a word of a note. Deleting removes a note with
// its history, as people may ask for. It leaves moving notes with a merge to
// crm/customer.
package note

import (
	"context"
	"strings"
	"unicode/utf8"

	"github.com/uptrace/bun"
	"github.com/uptrace/bun/dialect/pgdialect"

	"github.com/meguri-crm/meguri/crm/access"
	"github.com/meguri-crm/meguri/crm/clock"
	"github.com/meguri-crm/meguri/crm/event"
	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/crm/property"
	"github.com/meguri-crm/meguri/db"
)

// MaxBody is the most characters of a note.
const MaxBody = 4000

// Written is the kind of event that puts a note on the timeline.
const Written = "note.written"

// Service keeps notes.
type Service struct {
	db    *db.DB
	clock clock.Clock
}

// New is the service.
func New(d *db.DB, c clock.Clock) *Service { return &Service{db: d, clock: c} }

// Write writes a note. Errors: fault.Invalid NOTE_BODY; fault.NotFound;
// fault.Precondition ANONYMOUS_CUSTOMER.
func (s *Service) Write(ctx context.Context, customerID int64, body string, pinned bool) (*db.CustomerNote, error) {
	body, err := checked(body)
	if err != nil {
		return nil, err
	}
	row := &db.CustomerNote{CustomerID: customerID, Body: body, WrittenAt: s.clock.Now(), WrittenBy: access.From(ctx).StaffID()}
	err = db.RunInTx(ctx, s.db, func(ctx context.Context, tx db.Tx) error {
		if err := property.Holdable(ctx, tx, customerID); err != nil {
			return err
		}
		if _, err := tx.NewInsert().Model(row).ExcludeColumn("id").Returning("id").Exec(ctx); err != nil {
			return db.Fault(err)
		}
		if err := pin(ctx, tx, row, pinned); err != nil {
			return err
		}
		if err := event.Append(ctx, tx, event.Event{CustomerID: customerID, OccurredAt: row.WrittenAt, Kind: Written, RefID: row.ID}); err != nil {
			return err
		}
		return audit(ctx, tx, "note.write", row)
	})
	if err != nil {
		return nil, err
	}
	return row, nil
}

// Change is what may be changed of a note; nil leaves it.
type Change struct {
	Body   *string
	Pinned *bool // only one note of a customer is pinned: another is taken down
}

// Update changes a note and keeps what it said. Errors: fault.NotFound; fault.Invalid NOTE_BODY.
func (s *Service) Update(ctx context.Context, id int64, c Change) (*db.CustomerNote, error) {
	var row *db.CustomerNote
	err := db.RunInTx(ctx, s.db, func(ctx context.Context, tx db.Tx) (err error) {
		if row, err = hold(ctx, tx, id); err != nil {
			return err
		}
		if c.Body != nil {
			if err := s.rewrite(ctx, tx, row, *c.Body); err != nil {
				return err
			}
		}
		if c.Pinned != nil {
			if err := pin(ctx, tx, row, *c.Pinned); err != nil {
				return err
			}
		}
		return audit(ctx, tx, "note.update", row)
	})
	if err != nil {
		return nil, err
	}
	return row, nil
}

func (s *Service) rewrite(ctx context.Context, tx bun.IDB, row *db.CustomerNote, body string) error {
	body, err := checked(body)
	if err != nil || body == row.Body {
		return err
	}
	now, by := s.clock.Now(), access.From(ctx).StaffID()
	was := &db.CustomerNoteVersion{CustomerID: row.CustomerID, NoteID: row.ID, Body: row.Body, ReplacedAt: now, ReplacedBy: by}
	if _, err := tx.NewInsert().Model(was).ExcludeColumn("id").Returning("NULL").Exec(ctx); err != nil {
		return db.Fault(err)
	}
	row.Body, row.EditedAt, row.EditedBy = body, &now, by
	_, err = tx.NewUpdate().Model(row).Column("body", "edited_at", "edited_by").WherePK().Exec(ctx)
	return db.Fault(err)
}

// Delete removes a note with its history. Errors: fault.NotFound.
func (s *Service) Delete(ctx context.Context, id int64) (customerID int64, err error) {
	err = db.RunInTx(ctx, s.db, func(ctx context.Context, tx db.Tx) error {
		row, err := hold(ctx, tx, id)
		if err != nil {
			return err
		}
		customerID = row.CustomerID
		for _, sql := range []string{
			"DELETE FROM events WHERE customer_id = ? AND kind = '" + Written + "' AND ref_id = ?",
			"DELETE FROM customer_note_pins WHERE customer_id = ? AND note_id = ?",
			"DELETE FROM customer_note_versions WHERE customer_id = ? AND note_id = ?",
			"DELETE FROM customer_notes WHERE customer_id = ? AND id = ?",
		} {
			if _, err := tx.NewRaw(sql, row.CustomerID, row.ID).Exec(ctx); err != nil {
				return db.Fault(err)
			}
		}
		return audit(ctx, tx, "note.delete", row)
	})
	return customerID, err
}

// Pinned is the note pinned to a customer's page; nil where there is none.
func (s *Service) Pinned(ctx context.Context, customerID int64) (*db.CustomerNote, error) {
	var rows []*db.CustomerNote
	err := read(s.db, &rows).Where("customer_note.customer_id = ? AND p.note_id IS NOT NULL", customerID).Scan(ctx)
	if err != nil || len(rows) == 0 {
		return nil, db.Fault(err)
	}
	return rows[0], nil
}

// ByIDs are notes, for loaders; what is not there is left out.
func (s *Service) ByIDs(ctx context.Context, ids []int64) ([]*db.CustomerNote, error) {
	var rows []*db.CustomerNote
	err := read(s.db, &rows).Where("customer_note.id = ANY (?::bigint[])", pgdialect.Array(ids)).Scan(ctx)
	return rows, db.Fault(err)
}

// read reads notes with whether they are pinned.
func read(idb bun.IDB, into *[]*db.CustomerNote) *bun.SelectQuery {
	return idb.NewSelect().Model(into).ColumnExpr("customer_note.*").ColumnExpr("p.note_id IS NOT NULL AS pinned").
		Join("LEFT JOIN customer_note_pins AS p ON p.customer_id = customer_note.customer_id AND p.note_id = customer_note.id")
}

// maxVersions bounds the history that is shown of a note.
const maxVersions = 50

// History is what a note said before, newest first, at most 50.
func (s *Service) History(ctx context.Context, id int64) ([]db.CustomerNoteVersion, error) {
	var rows []db.CustomerNoteVersion
	err := s.db.NewSelect().Model(&rows).Where("note_id = ?", id).Order("id DESC").Limit(maxVersions).Scan(ctx)
	return rows, db.Fault(err)
}

func checked(body string) (string, error) {
	body = strings.TrimSpace(body)
	if body == "" || utf8.RuneCountInString(body) > MaxBody || strings.ContainsRune(body, 0) {
		return "", fault.New(fault.Invalid, "a note has 1 to %d characters", MaxBody).WithCode("NOTE_BODY").At("body").With("max", MaxBody)
	}
	return body, nil
}

func hold(ctx context.Context, tx bun.IDB, id int64) (*db.CustomerNote, error) {
	var rows []*db.CustomerNote
	err := read(tx, &rows).Where("customer_note.id = ?", id).For("UPDATE OF customer_note").Scan(ctx)
	if err == nil && len(rows) == 0 {
		return nil, fault.New(fault.NotFound, "there is no such note").At("id")
	}
	if err != nil {
		return nil, db.Fault(err)
	}
	return rows[0], nil
}

func pin(ctx context.Context, tx bun.IDB, row *db.CustomerNote, pinned bool) error {
	row.Pinned = pinned
	sql := "DELETE FROM customer_note_pins WHERE customer_id = ? AND note_id = ?"
	if pinned {
		sql = "INSERT INTO customer_note_pins (customer_id, note_id) VALUES (?, ?) ON CONFLICT (customer_id) DO UPDATE SET note_id = excluded.note_id"
	}
	_, err := tx.NewRaw(sql, row.CustomerID, row.ID).Exec(ctx)
	return db.Fault(err)
}

func audit(ctx context.Context, tx bun.IDB, action string, row *db.CustomerNote) error {
	return access.Audit(ctx, tx, access.Entry{Action: action, ObjectKind: "Customer", ObjectID: row.CustomerID, Detail: map[string]any{"noteNo": row.ID}})
}
