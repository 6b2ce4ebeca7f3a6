package graph

import (
	"context"

	"github.com/meguri-crm/meguri/db"
	"github.com/meguri-crm/meguri/graph/model"
)

// viewPayload is the view that a mutation kept, or what was wrong with it.
func viewPayload(ctx context.Context, row *db.SavedView, err error) (*model.SavedViewPayload, error) {
	wrong, err := userErrors(err)
	return &model.SavedViewPayload{View: model.NewSavedView(ctx, row), UserErrors: wrong}, err
}
