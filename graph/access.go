package graph

import (
	"context"

	"github.com/meguri-crm/meguri/crm/access"
	"github.com/meguri-crm/meguri/db"
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

// deref is the value of an optional argument, or the zero value.
func deref[T any](p *T) T {
	if p == nil {
		var zero T
		return zero
	}
	return *p
}
