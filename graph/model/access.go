package model

import (
	"context"

	"github.com/meguri-crm/meguri/crm/access"
	"github.com/meguri-crm/meguri/crm/gid"
	"github.com/meguri-crm/meguri/db"
)

// MerchantSource tells who the merchant of this installation is.
type MerchantSource interface {
	Merchant(ctx context.Context) (*Merchant, error)
}

// NewStaff maps a member of staff; nil stays nil.
func NewStaff(s *db.Staff) *Staff {
	if s == nil {
		return nil
	}
	return &Staff{
		ID: gid.Encode("Staff", s.ID), Email: s.Email, Name: s.Name, Role: StaffRole(s.Role), Locale: s.Locale,
		CreatedAt: s.CreatedAt, LastSignInAt: s.LastSignInAt, DisabledAt: s.DisabledAt,
	}
}

// NewStaffList maps members of staff.
func NewStaffList(rows []*db.Staff) []*Staff {
	list := make([]*Staff, len(rows))
	for i, s := range rows {
		list[i] = NewStaff(s)
	}
	return list
}

// NewViewer maps the member of staff who is calling, with the scopes he has now.
func NewViewer(s *db.Staff, scopes access.ScopeSet, m *Merchant) *Viewer {
	names := []string{}
	for _, scope := range scopes.List() {
		names = append(names, string(scope))
	}
	return &Viewer{Staff: NewStaff(s), Scopes: names, Merchant: m}
}

// NewStaffChange maps the input of updateStaff.
func NewStaffChange(in UpdateStaffInput) access.StaffChange {
	return access.StaffChange{Name: in.Name, Role: (*access.Role)(in.Role), Disabled: in.Disabled}
}

// NewAuditEntry maps one change; its actor is left to the resolver.
func NewAuditEntry(e *db.AuditEntry) *AuditEntry {
	m := &AuditEntry{
		ID: gid.Encode("AuditEntry", e.ID), At: e.At, ActorKind: AuditActorKind(e.ActorKind), Action: e.Action,
		ObjectKind: e.ObjectKind, Detail: e.Detail, ActorRow: e.ActorID,
	}
	if e.ObjectID != nil {
		id := gid.Encode(e.ObjectKind, *e.ObjectID)
		m.ObjectID = &id
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

// NewSignInPayload maps what a sign-in gave; the refresh token is no part of it.
func NewSignInPayload(g *access.Grant, v *Viewer) *SignInPayload {
	return &SignInPayload{AccessToken: &g.AccessToken, ExpiresAt: &g.Principal.ExpiresAt, Viewer: v, UserErrors: []*UserError{}}
}
