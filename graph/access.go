package graph

import (
	"context"

	"github.com/meguri-crm/meguri/crm/access"
	"github.com/meguri-crm/meguri/crm/audit"
	"github.com/meguri-crm/meguri/db"
	"github.com/meguri-crm/meguri/graph/loader"
	"github.com/meguri-crm/meguri/graph/model"
)

// viewer is the member of staff who is calling, with the merchant he works for.
func (r *Resolver) viewer(ctx context.Context, staff *db.Staff, caller access.Principal) (*model.Viewer, error) {
	merchant, err := r.Merchant.Merchant(ctx)
	if err != nil {
		return nil, err
	}
	return model.NewViewer(staff, caller.Scopes, merchant), nil
}

// keepRefreshToken hands the refresh token to the browser where there is one;
// the payload never holds it.
func keepRefreshToken(ctx context.Context, grant *access.Grant) {
	if keep := access.CallerFrom(ctx).KeepRefreshToken; keep != nil {
		keep(grant.RefreshToken, grant.RefreshExpiresAt)
	}
}

// signedIn maps what a step of a sign-in gave, and hands the refresh token to the
// browser once there is one.
func (r *Resolver) signedIn(ctx context.Context) func(*access.Grant, error) (*model.SignInPayload, error) {
	return func(grant *access.Grant, err error) (*model.SignInPayload, error) {
		if err != nil {
			wrong, err := userErrors(err)
			return &model.SignInPayload{UserErrors: wrong}, err
		}
		if grant.Challenge != "" {
			return model.NewSignInPayload(grant, nil), nil
		}
		keepRefreshToken(ctx, grant)
		viewer, err := r.viewer(ctx, grant.Staff, grant.Principal)
		return model.NewSignInPayload(grant, viewer), err
	}
}

func invitePayload(invite *db.StaffInvite, err error) (*model.StaffInvitePayload, error) {
	wrong, err := userErrors(err)
	return &model.StaffInvitePayload{Invite: model.NewStaffInvite(invite), UserErrors: wrong}, err
}

func staffPayload(staff *db.Staff, err error) (*model.UpdateStaffPayload, error) {
	wrong, err := userErrors(err)
	return &model.UpdateStaffPayload{Staff: model.NewStaff(staff), UserErrors: wrong}, err
}

// account is the account of the member of staff who is calling, as it is now.
func (r *Resolver) account(ctx context.Context) (*model.Account, error) {
	caller := access.From(ctx)
	staff, err := r.Access.Find(ctx, caller.ID)
	if err != nil {
		return nil, err
	}
	sessions, err := r.Access.Sessions(ctx)
	if err != nil {
		return nil, err
	}
	left, err := r.Access.RecoveryCodesLeft(ctx)
	return model.NewAccount(staff, sessions, caller.SessionID, left), err
}

// accountPayload is the account after a change of it, or what was wrong.
func (r *Resolver) accountPayload(ctx context.Context, err error) (*model.AccountPayload, error) {
	if err != nil {
		wrong, err := userErrors(err)
		return &model.AccountPayload{UserErrors: wrong}, err
	}
	account, err := r.account(ctx)
	return &model.AccountPayload{Account: account, UserErrors: []*model.UserError{}}, err
}

// auditPage maps a page of the audit log.
func auditPage(p page[audit.Place]) func([]*db.AuditEntry, error) (*model.AuditEntryConnection, error) {
	return func(rows []*db.AuditEntry, err error) (*model.AuditEntryConnection, error) {
		if err != nil {
			return nil, err
		}
		rows, cursors, info := cut(p, rows, audit.PlaceOf)
		return model.NewAuditEntryConnection(rows, cursors, info), nil
	}
}

// auditedName is what the object of an entry is called now, for who may see it:
// names of customers take the scope that shows customers.
func auditedName(ctx context.Context, e *model.AuditEntry) (*string, error) {
	if e.ObjectRow == 0 || e.ObjectKind == "Customer" && !access.From(ctx).Has(access.ScopeCustomersRead) {
		return nil, nil
	}
	name, err := loader.For(ctx).AuditedName(ctx, audit.Ref{Kind: e.ObjectKind, ID: e.ObjectRow})
	if name == "" {
		return nil, err
	}
	return &name, err
}

// auditedChanges reads the detail of an entry with the names that the caller may know.
func (r *Resolver) auditedChanges(ctx context.Context, e *model.AuditEntry, locale string) ([]*model.AuditChange, error) {
	reader := audit.Reader{Names: map[audit.Ref]string{}, Zone: r.Zone}
	for _, ref := range audit.Refs(e.Detail) {
		if ref.Kind == "Customer" && !access.From(ctx).Has(access.ScopeCustomersRead) {
			continue
		}
		name, err := loader.For(ctx).AuditedName(ctx, ref)
		if err != nil {
			return nil, err
		}
		reader.Names[ref] = name
	}
	return model.NewAuditChanges(reader.Changes(e.Detail), locale), nil
}

// deref is the value of an optional argument, or the zero value.
func deref[T any](p *T) T {
	if p == nil {
		var zero T
		return zero
	}
	return *p
}
