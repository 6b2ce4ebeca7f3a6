package access

import (
	"context"
	"encoding/json"
	"fmt"
	"reflect"

	"github.com/jackc/pgx/v5"
	"github.com/uptrace/bun"

	"github.com/meguri-crm/meguri/db"
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
	row, err := Line(ctx, e)
	if err != nil {
		return err
	}
	_, err = tx.NewInsert().Model(row).Exec(ctx)
	return db.Fault(err)
}

// Line is the entry with the caller of the context, to be written by whoever
// writes many at once.
func Line(ctx context.Context, e Entry) (*db.AuditEntry, error) {
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
			return nil, fmt.Errorf("access: detail of %s: %w", e.Action, err)
		}
		row.Detail = detail
	}
	return row, nil
}

// QueueLines adds the statement that writes lines, if there are any.
func QueueLines(batch *pgx.Batch, lines []*db.AuditEntry) {
	n := len(lines)
	if n == 0 {
		return
	}
	actorKind, action, objectKind, detail, requestID := make([]string, n), make([]string, n), make([]string, n), make([]string, n), make([]string, n)
	actor, object := make([]*int64, n), make([]*int64, n)
	for i, l := range lines {
		actorKind[i], action[i], objectKind[i], detail[i], requestID[i] = l.ActorKind, l.Action, l.ObjectKind, string(l.Detail), l.RequestID
		actor[i], object[i] = l.ActorID, l.ObjectID
	}
	batch.Queue(`INSERT INTO audit_log (actor_kind, actor_id, action, object_kind, object_id, detail, request_id)
		SELECT * FROM unnest($1::text[], $2::bigint[], $3::text[], $4::text[], $5::bigint[], $6::text[]::jsonb[], $7::text[])`,
		actorKind, actor, action, objectKind, object, detail, requestID)
}

// Differences are what an update made of something: of the fields that are not
// what they were each as Changed, parts of a field by their path ("rates.JPY").
func Differences(before, after map[string]any) map[string]any {
	was, is, detail := map[string]any{}, map[string]any{}, map[string]any{}
	flatten("", before, was)
	flatten("", after, is)
	for key := range was {
		if _, there := is[key]; !there {
			is[key] = nil
		}
	}
	for key, value := range is {
		if !reflect.DeepEqual(was[key], value) {
			detail[key] = Changed(was[key], value)
		}
	}
	return detail
}

func flatten(under string, fields, into map[string]any) {
	for key, value := range fields {
		if parts, ok := value.(map[string]any); ok {
			flatten(under+key+".", parts, into)
		} else {
			into[under+key] = value
		}
	}
}

// Changed is a detail that was one value and became another.
func Changed(before, after any) map[string]any {
	return map[string]any{"before": before, "after": after}
}
