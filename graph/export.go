package graph

import (
	"context"

	"github.com/meguri-crm/meguri/crm/gid"
	"github.com/meguri-crm/meguri/db"
	"github.com/meguri-crm/meguri/graph/model"
)

func (r *Resolver) createExport(ctx context.Context, in model.CreateExportInput) (*model.ExportJobPayload, error) {
	request, err := in.Request()
	if err != nil {
		return r.exportPayload(nil, err)
	}
	return r.exportPayload(r.Exports.Create(ctx, in.IdempotencyKey, request))
}

func (r *Resolver) cancelExport(ctx context.Context, id string) (*model.ExportJobPayload, error) {
	row, err := gid.Decode("ExportJob", id)
	if err != nil {
		return r.exportPayload(nil, err)
	}
	return r.exportPayload(r.Exports.Cancel(ctx, row))
}

func (r *Resolver) exportPayload(row *db.Export, err error) (*model.ExportJobPayload, error) {
	wrong, err := userErrors(err)
	return &model.ExportJobPayload{Job: model.NewExportJob(row, r.Origin, r.Clock.Now()), UserErrors: wrong}, err
}

func (r *Resolver) exportJobs(ctx context.Context, first int, after *string) (*model.ExportJobConnection, error) {
	p, err := newPage[int64]("exportJobs:id:DESC", first, after)
	if err != nil {
		return nil, err
	}
	rows, err := r.Exports.List(ctx, p.After, int64(p.Limit))
	if err != nil {
		return nil, err
	}
	rows, cursors, info := cut(p, rows, func(row *db.Export) int64 { return row.ID })
	return model.NewExportJobConnection(rows, cursors, info, r.Origin, r.Clock.Now()), nil
}
