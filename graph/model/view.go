package model

import (
	"context"

	"github.com/meguri-crm/meguri/crm/access"
	"github.com/meguri-crm/meguri/crm/gid"
	"github.com/meguri-crm/meguri/crm/view"
	"github.com/meguri-crm/meguri/db"
)

// NewSavedView maps a view as the caller sees it; nil stays nil.
func NewSavedView(ctx context.Context, row *db.SavedView) *SavedView {
	if row == nil {
		return nil
	}
	me := access.From(ctx).StaffID()
	return &SavedView{
		ID: gid.Encode("SavedView", row.ID), List: row.List, Name: row.Name, Shared: row.Shared, Search: row.Search,
		Mine: me != nil && *me == row.StaffID, Changeable: view.MayChange(ctx, row), UpdatedAt: row.UpdatedAt, StaffRow: row.StaffID,
	}
}

// NewSavedViews maps a list.
func NewSavedViews(ctx context.Context, rows []db.SavedView) []*SavedView {
	list := make([]*SavedView, len(rows))
	for i := range rows {
		list[i] = NewSavedView(ctx, &rows[i])
	}
	return list
}
