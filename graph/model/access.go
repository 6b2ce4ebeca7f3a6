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
		SecondStep: s.SecondStep, OpenSessions: s.OpenSessions,
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

// NewSignInPayload maps what a sign-in gave; the refresh token is no part of it.
// v is nil while a second step is due.
func NewSignInPayload(g *access.Grant, v *Viewer) *SignInPayload {
	if g.Challenge != "" {
		return &SignInPayload{Challenge: &g.Challenge, UserErrors: []*UserError{}}
	}
	return &SignInPayload{AccessToken: &g.AccessToken, ExpiresAt: &g.Principal.ExpiresAt, Viewer: v, UserErrors: []*UserError{}}
}

// NewStaffInvite maps an open invitation; nil stays nil.
func NewStaffInvite(i *db.StaffInvite) *StaffInvite {
	if i == nil {
		return nil
	}
	return &StaffInvite{
		ID: gid.Encode("StaffInvite", i.ID), Email: i.Email, Role: StaffRole(i.Role), Locale: i.Locale, CreatedAt: i.CreatedAt,
		ExpiresAt: i.ExpiresAt, MailedAt: i.MailedAt, Refusal: orNil(i.Refusal), InviterRow: i.InvitedBy,
	}
}

// NewStaffInvites maps open invitations.
func NewStaffInvites(rows []*db.StaffInvite) []*StaffInvite {
	list := make([]*StaffInvite, len(rows))
	for i, row := range rows {
		list[i] = NewStaffInvite(row)
	}
	return list
}

// orNil is a text, or nil for none.
func orNil(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}

// NewInviteOffer maps an invitation for whoever holds its key.
func NewInviteOffer(i *db.StaffInvite, m *Merchant) *InviteOffer {
	return &InviteOffer{Email: i.Email, Role: StaffRole(i.Role), Locale: i.Locale, MerchantName: m.Name, ExpiresAt: i.ExpiresAt}
}

// NewRoles maps what each role may do.
func NewRoles() []*RoleScopes {
	list := make([]*RoleScopes, len(access.Roles))
	for i, role := range access.Roles {
		list[i] = &RoleScopes{Role: StaffRole(role)}
		for _, scope := range role.Scopes().List() {
			list[i].Scopes = append(list[i].Scopes, string(scope))
		}
	}
	return list
}

// NewAccount maps the account of the member of staff who is calling.
func NewAccount(s *db.Staff, sessions []*db.StaffSession, current int64, codesLeft int) *Account {
	a := &Account{Staff: NewStaff(s), Sessions: make([]*StaffSession, len(sessions)), RecoveryCodesLeft: codesLeft}
	for i, row := range sessions {
		device := access.DeviceOf(row.UserAgent)
		a.Sessions[i] = &StaffSession{
			ID: gid.Encode("StaffSession", row.ID), Browser: orNil(device.Browser), System: orNil(device.System), IsToken: device.Token,
			Place: orNil(access.Place(row.IP)), CreatedAt: row.CreatedAt, LastUsedAt: row.LastUsedAt, Current: row.ID == current,
		}
	}
	return a
}

// NewTotpEnrolment maps what an app needs to know; nil stays nil.
func NewTotpEnrolment(e *access.Enrolment) *TotpEnrolment {
	if e == nil {
		return nil
	}
	return &TotpEnrolment{Secret: e.Secret, URL: e.URL, QR: e.QR}
}
