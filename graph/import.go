package graph

import (
	"context"

	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/crm/gid"
	"github.com/meguri-crm/meguri/crm/intake"
	"github.com/meguri-crm/meguri/crm/live"
	"github.com/meguri-crm/meguri/db"
	"github.com/meguri-crm/meguri/graph/loader"
	"github.com/meguri-crm/meguri/graph/model"
)

func (r *Resolver) startImport(ctx context.Context, in model.StartImportInput) (*db.Import, error) {
	uploadID, err := gid.Decode("Upload", in.UploadID)
	if err != nil {
		return nil, err
	}
	shopID, err := gid.Decode("Shop", in.ShopID)
	if err != nil {
		return nil, err
	}
	companionID, err := optionalRow("Upload", in.CompanionUploadID)
	if err != nil {
		return nil, err
	}
	return r.Imports.Start(ctx, deref(in.IdempotencyKey), intake.Order{
		UploadID: uploadID, CompanionID: companionID, ShopID: shopID, Mapping: deref(in.Mapping),
		ConsentWording: deref(in.ConsentWording), WithoutMembers: in.Enroll != nil && !*in.Enroll,
	})
}

// mendImport begins to take in a mended file.
func (r *Resolver) mendImport(ctx context.Context, importID, uploadID string) (*db.Import, error) {
	id, err := gid.Decode("Import", importID)
	if err != nil {
		return nil, err
	}
	upload, err := gid.Decode("Upload", uploadID)
	if err != nil {
		return nil, err
	}
	return r.Imports.Mend(ctx, id, upload)
}

func (r *Resolver) mendImportRows(ctx context.Context, in model.MendImportRowsInput) (*db.Import, error) {
	id, err := gid.Decode("Import", in.ID)
	if err != nil {
		return nil, err
	}
	rows := make([]intake.MendedRow, len(in.Rows))
	for i, row := range in.Rows {
		rows[i] = intake.MendedRow{Line: row.Line, Cells: row.Cells}
	}
	return r.Imports.MendRows(ctx, id, rows)
}

// otherImport is an import that another one names; nil for none.
func (r *Resolver) otherImport(ctx context.Context, id int64) (*model.Import, error) {
	if id == 0 {
		return nil, nil // null is the import that is not named
	}
	row, err := r.Imports.Find(ctx, id)
	if fault.Is(err, fault.NotFound) {
		return nil, nil // nor is one that never was
	}
	return model.NewImport(row), err
}

func (r *Resolver) quarantine(ctx context.Context, importID int64, first int, after *string) (*model.QuarantinedRowConnection, error) {
	p, err := newPage[int64]("quarantine:line", first, after)
	if err != nil {
		return nil, err
	}
	imp, err := r.Imports.Find(ctx, importID)
	if err != nil {
		return nil, err
	}
	rows, err := r.Imports.Quarantine(ctx, importID, deref(p.After), p.Limit)
	if err != nil {
		return nil, err
	}
	rows, cursors, info := cut(p, rows, func(q db.QuarantinedRow) int64 { return q.LineNo })
	return model.NewQuarantinedRowConnection(imp, rows, cursors, info), nil
}

// importedOrders is a page of the orders of an import of which something may be wrong.
func (r *Resolver) importedOrders(ctx context.Context, importID int64, of intake.Doubt, orderNo string, first int, after *string) (*model.ImportedOrderConnection, error) {
	p, err := newPage[int64]("importedOrders:id", first, after)
	if err != nil {
		return nil, err
	}
	rows, err := r.Imports.Doubtful(ctx, importID, of, orderNo, deref(p.After), p.Limit)
	if err != nil {
		return nil, err
	}
	rows, cursors, info := cut(p, rows, func(o intake.Doubtful) int64 { return o.ID })
	return model.NewImportedOrderConnection(rows, cursors, info), nil
}

// importProgress sends the import as it stands, then again after each wake-up,
// and ends when the import has. A reader that is slow sees fewer states, never
// old ones: a state is read when it can be sent.
func (r *Resolver) importProgress(ctx context.Context, id int64) (<-chan *model.Import, error) {
	wake, cancel := r.Hub.Subscribe(live.Import, id)
	first, err := r.Imports.Find(ctx, id)
	if err != nil {
		cancel()
		return nil, err
	}
	states := make(chan *model.Import)
	go func() {
		defer close(states)
		defer cancel()
		for row := first; ; {
			select {
			case states <- model.NewImport(row):
			case <-ctx.Done():
				return
			}
			if r.importEnded(ctx, row) {
				return
			}
			select {
			case <-wake:
			case <-ctx.Done():
				return
			}
			next, err := r.Imports.Find(ctx, id)
			if err != nil {
				if !fault.Is(err, fault.Unavailable) || ctx.Err() != nil {
					return
				}
				continue // the state before is sent again; the next wake-up brings the new one
			}
			row = next
		}
	}()
	return states, nil
}

// importEnded says that an import, or its undoing, is over and no mend of it runs.
func (r *Resolver) importEnded(ctx context.Context, row *db.Import) bool {
	if row.Status != "DONE" && row.Status != "FAILED" {
		return false
	}
	mending, err := r.Imports.Mending(ctx, row.ID)
	return err == nil && !mending
}

// importWhole is what a file brought with its mended rows.
func importWhole(ctx context.Context, id string) (*model.ImportFigures, error) {
	row, err := gid.Decode("Import", id)
	if err != nil {
		return nil, err
	}
	whole, err := loader.For(ctx).ImportWhole(ctx, row)
	return model.NewImportFigures(whole), err
}

func (r *Resolver) companion(ctx context.Context, id *int64) (*model.Import, error) {
	if id == nil {
		return nil, nil // the import was started alone
	}
	row, err := r.Imports.Find(ctx, *id)
	return model.NewImport(row), err
}

func (r *Resolver) renameImportMapping(ctx context.Context, in model.RenameImportMappingInput) (*db.ImportMapping, error) {
	id, err := gid.Decode("ImportMapping", in.ID)
	if err != nil {
		return nil, err
	}
	return r.Imports.RenameMapping(ctx, id, in.Name)
}

func (r *Resolver) removeImportMapping(ctx context.Context, id string) error {
	row, err := gid.Decode("ImportMapping", id)
	if err == nil {
		_, err = r.Imports.RemoveMapping(ctx, row)
	}
	return err
}
