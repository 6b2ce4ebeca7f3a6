package access

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/meguri-crm/meguri/db"
	"github.com/uptrace/bun"
)

// Entry is one change for the audit log.
type Entry struct {
	Action     string // noun.verb, e.g. campaign.send
	ObjectKind string // the type in the API, e.g. Campaign
	ObjectID   int64  // its row; 0 when the change is about no single object
	// Detail holds ids and figures. Personal data does not belong here: the log
	// is kept longer than people.
	Detail map[string]any
}

// Audit writes the entry with the caller of the context. It takes the
// transaction of the change itself: neither happens without the other.
func Audit(ctx context.Context, tx bun.IDB, e Entry) error {
	caller := CallerFrom(ctx)
	row := &db.AuditEntry{
		ActorKind: string(caller.Principal.Kind), Action: e.Action, ObjectKind: e.ObjectKind,
		Detail: json.RawMessage("{}"), RequestID: caller.RequestID,
	}
	if row.ActorKind == string(Anonymous) {
		row.ActorKind = string(ActorSystem)
	}
	if caller.Principal.ID != 0 {
		row.ActorID = &caller.Principal.ID
	}
	if e.ObjectID != 0 {
		row.ObjectID = &e.ObjectID
	}
	if len(e.Detail) > 0 {
		detail, err := json.Marshal(e.Detail)
		if err != nil {
			return fmt.Errorf("access: detail of %s: %w", e.Action, err)
		}
		row.Detail = detail
	}
	_, err := tx.NewInsert().Model(row).Exec(ctx)
	return db.Fault(err)
}

// AuditFilter narrows the audit log; empty fields do not.
type AuditFilter struct {
	Action     string
	ObjectKind string
}

// ListAudit is a page of the log, newest first: limit entries older than the
// entry before (0 = from the newest).
func (s *Service) ListAudit(ctx context.Context, f AuditFilter, before int64, limit int) ([]*db.AuditEntry, error) {
	var rows []*db.AuditEntry
	q := s.db.NewSelect().Model(&rows).Order("id DESC").Limit(int64(limit))
	if before != 0 {
		q.Where("id < ?", before)
	}
	if f.Action != "" {
		q.Where("action = ?", f.Action)
	}
	if f.ObjectKind != "" {
		q.Where("object_kind = ?", f.ObjectKind)
	}
	return rows, db.Fault(q.Scan(ctx))
}

// FindAudit is one entry. Errors: fault.NotFound.
func (s *Service) FindAudit(ctx context.Context, id int64) (*db.AuditEntry, error) {
	row := new(db.AuditEntry)
	err := s.db.NewSelect().Model(row).Where("id = ?", id).Scan(ctx)
	return row, db.Fault(err)
}
