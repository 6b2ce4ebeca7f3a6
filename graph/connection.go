package graph

import (
	"context"

	"github.com/meguri-crm/meguri/crm/gid"
	"github.com/meguri-crm/meguri/crm/pull"
	"github.com/meguri-crm/meguri/db"
	"github.com/meguri-crm/meguri/graph/model"
)

// connectionPayload answers a mutation that gives back a connection.
func (r *Resolver) connectionPayload(ctx context.Context, row *db.PullConnection, err error) (*model.MallConnectionPayload, error) {
	o, err := r.Pulls.Look(ctx, row, err)
	wrong, err := userErrors(err)
	if len(wrong) > 0 || err != nil {
		return &model.MallConnectionPayload{UserErrors: wrong}, err
	}
	c, err := model.NewMallConnection(o)
	return &model.MallConnectionPayload{Connection: c, UserErrors: wrong}, err
}

// ofConnection runs fn with the row of a connection's id.
func (r *Resolver) ofConnection(ctx context.Context, id string, fn func(ctx context.Context, row int64) (*db.PullConnection, error)) (*model.MallConnectionPayload, error) {
	row, err := gid.Decode("MallConnection", id)
	if err != nil {
		return r.connectionPayload(ctx, nil, err)
	}
	c, err := fn(ctx, row)
	return r.connectionPayload(ctx, c, err)
}

func (r *Resolver) connectMall(ctx context.Context, in model.ConnectMallInput) (*db.PullConnection, error) {
	shopID, err := gid.Decode("Shop", in.ShopID)
	if err != nil {
		return nil, err
	}
	return r.Pulls.Connect(ctx, in.Draft(shopID))
}

// testMall tries a connection; what staff did not enter yet, such as the pace,
// is of no meaning to it.
func (r *Resolver) testMall(ctx context.Context, in model.TestMallConnectionInput) (pull.Answer, error) {
	id, err := optionalRow("MallConnection", in.ID)
	if err != nil {
		return pull.Answer{}, err
	}
	shopID, err := optionalRow("Shop", in.ShopID)
	if err != nil {
		return pull.Answer{}, err
	}
	return r.Pulls.Try(ctx, id, in.Draft(shopID))
}

func (r *Resolver) mallPulls(ctx context.Context, connectionID string, first int) ([]*model.MallPull, error) {
	row, err := gid.Decode("MallConnection", connectionID)
	if err != nil {
		return nil, err
	}
	pulls, err := r.Pulls.Pulls(ctx, row, 0, min(max(first, 1), 100))
	return model.NewMallPulls(pulls), err
}

func (r *Resolver) disconnectMall(ctx context.Context, id string) (*model.DisconnectMallPayload, error) {
	row, err := gid.Decode("MallConnection", id)
	if err == nil {
		err = r.Pulls.Disconnect(ctx, row)
	}
	wrong, err := userErrors(err)
	if len(wrong) > 0 || err != nil {
		return &model.DisconnectMallPayload{UserErrors: wrong}, err
	}
	return &model.DisconnectMallPayload{ID: &id, UserErrors: wrong}, nil
}
