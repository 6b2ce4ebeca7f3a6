// Package audit reads the audit log.
//
// It owns how the log is searched, the words for everything that can stand in
// it, in both languages, and its form as a file. It promises that no action of
// the program lacks words (a test reads them out of the source), and that a page
// costs the same however far back it is. It leaves writing to crm/access, which
// does it in the transaction of the change, and whoever may read the log to the
// edge.
package audit

import (
	"context"
	"time"

	"github.com/uptrace/bun"
	"github.com/uptrace/bun/dialect/pgdialect"

	"github.com/meguri-crm/meguri/db"
)

// Log is the audit log.
type Log struct{ DB *db.DB }

// Filter narrows the log; empty fields do not.
type Filter struct {
	Actions    []string
	ActorKind  string
	ActorID    int64 // of ActorKind
	ObjectKind string
	ObjectID   int64     // of ObjectKind
	From, To   time.Time // from an instant until before another
}

// Place is where a page begins: after the entry that stands there.
type Place struct {
	At time.Time `json:"a"`
	ID int64     `json:"i"`
}

// PlaceOf is the place of an entry.
func PlaceOf(e *db.AuditEntry) Place { return Place{At: e.At, ID: e.ID} }

// List is a page of the log, the newest first: limit entries after the place
// (nil: from the newest), or, back, those that end before it, read in the other
// direction.
func (l *Log) List(ctx context.Context, f Filter, from *Place, back bool, limit int) ([]*db.AuditEntry, error) {
	var rows []*db.AuditEntry
	direction, beyond := "DESC", "<"
	if back {
		direction, beyond = "ASC", ">"
	}
	q := f.narrow(l.DB.NewSelect().Model(&rows)).Order("at "+direction, "id "+direction).Limit(int64(limit))
	if from != nil {
		q.Where("(at, id) "+beyond+" (?, ?)", from.At, from.ID)
	}
	return rows, db.Fault(q.Scan(ctx))
}

func (f Filter) narrow(q *bun.SelectQuery) *bun.SelectQuery {
	if len(f.Actions) > 0 {
		q.Where("action = ANY (?)", pgdialect.Array(f.Actions))
	}
	if f.ActorKind != "" {
		q.Where("actor_kind = ?", f.ActorKind)
	}
	if f.ActorID != 0 {
		q.Where("actor_id = ?", f.ActorID)
	}
	if f.ObjectKind != "" {
		q.Where("object_kind = ?", f.ObjectKind)
	}
	if f.ObjectID != 0 {
		q.Where("object_id = ?", f.ObjectID)
	}
	if !f.From.IsZero() {
		q.Where("at >= ?", f.From)
	}
	if !f.To.IsZero() {
		q.Where("at < ?", f.To)
	}
	return q
}

// Find is one entry. Errors: fault.NotFound.
func (l *Log) Find(ctx context.Context, id int64) (*db.AuditEntry, error) {
	row := new(db.AuditEntry)
	err := l.DB.NewSelect().Model(row).Where("id = ?", id).Scan(ctx)
	return row, db.Fault(err)
}
