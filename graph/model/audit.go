package model

import (
	"time"

	"github.com/meguri-crm/meguri/crm/audit"
	"github.com/meguri-crm/meguri/crm/gid"
	"github.com/meguri-crm/meguri/db"
)

// NewAuditEntry maps one change; its actor is left to the resolver.
func NewAuditEntry(e *db.AuditEntry) *AuditEntry {
	m := &AuditEntry{
		ID: gid.Encode("AuditEntry", e.ID), At: e.At, ActorKind: AuditActorKind(e.ActorKind), Action: e.Action,
		ObjectKind: e.ObjectKind, Detail: e.Detail, ActorRow: e.ActorID,
	}
	if e.ObjectID != nil {
		id := gid.Encode(e.ObjectKind, *e.ObjectID)
		m.ObjectID, m.ObjectRow = &id, *e.ObjectID
	}
	return m
}

// NewAuditEntryConnection maps a page of the audit log.
func NewAuditEntryConnection(rows []*db.AuditEntry, cursors []string, info *PageInfo) *AuditEntryConnection {
	edges := make([]*AuditEntryEdge, len(rows))
	for i, row := range rows {
		edges[i] = &AuditEntryEdge{Cursor: cursors[i], Node: NewAuditEntry(row)}
	}
	return &AuditEntryConnection{Edges: edges, PageInfo: info}
}

// NewAuditFilter maps what the log is narrowed by; days are those of zone.
// Errors: fault.Invalid for an id that is none.
func NewAuditFilter(in *AuditFilter, action, objectKind *string, zone *time.Location) (f audit.Filter, err error) {
	if action != nil {
		f.Actions = []string{*action}
	}
	if objectKind != nil {
		f.ObjectKind = *objectKind
	}
	if in == nil {
		return f, nil
	}
	f.Actions = append(f.Actions, in.Actions...)
	if in.ActorKind != nil {
		f.ActorKind = string(*in.ActorKind)
	}
	if in.ActorID != nil {
		f.ActorKind = string(AuditActorKindStaff)
		kind := "Staff"
		if gid.Kind(*in.ActorID) == "ApiClient" {
			f.ActorKind, kind = string(AuditActorKindClient), "ApiClient"
		}
		if f.ActorID, err = gid.Decode(kind, *in.ActorID); err != nil {
			return f, err
		}
	}
	if in.ObjectID != nil {
		if f.ObjectKind, f.ObjectID, err = gid.Parse(*in.ObjectID); err != nil {
			return f, err
		}
	}
	f.From, f.To = startOf(in.From, 0, zone), startOf(in.To, 1, zone)
	return f, nil
}

// startOf is the instant at which the day, or the one that many later, begins.
func startOf(day *time.Time, later int, zone *time.Location) time.Time {
	if day == nil {
		return time.Time{}
	}
	return time.Date(day.Year(), day.Month(), day.Day()+later, 0, 0, 0, 0, zone)
}

// NewAuditActions maps what the log can say.
func NewAuditActions(actions []audit.Action, locale string) []*AuditAction {
	list := make([]*AuditAction, len(actions))
	for i, a := range actions {
		list[i] = &AuditAction{Action: a.Name, Label: a.Words.In(locale), Group: a.Group.In(locale)}
	}
	return list
}

// NewAuditChanges maps the fields of a detail.
func NewAuditChanges(changes []audit.Change, locale string) []*AuditChange {
	list := make([]*AuditChange, len(changes))
	for i, c := range changes {
		list[i] = &AuditChange{Key: c.Key, Label: c.Label.In(locale), After: c.After.In(locale)}
		if c.Before != nil {
			before := c.Before.In(locale)
			list[i].Before = &before
		}
	}
	return list
}
