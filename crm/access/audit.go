package access

import (
	"context"
	"encoding/json"
	"fmt"
	"reflect"

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
