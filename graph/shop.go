package graph

import (
	"context"

	"github.com/meguri-crm/meguri/crm/gid"
	"github.com/meguri-crm/meguri/graph/loader"
	"github.com/meguri-crm/meguri/graph/model"
)

// shopOf is the shop of a row that names one.
func shopOf(ctx context.Context, row int64) (*model.Shop, error) {
	shop, err := loader.For(ctx).Shop(ctx, row)
	if err != nil {
		return nil, err
	}
	return model.NewShop(&shop), nil
}

// optionalRow is the row of an optional id; 0 when none is given.
func optionalRow(kind string, id *string) (int64, error) {
	if id == nil {
		return 0, nil
	}
	return gid.Decode(kind, *id)
}
