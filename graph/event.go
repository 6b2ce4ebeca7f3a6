package graph

import (
	"context"
	"strconv"

	"github.com/meguri-crm/meguri/crm/event"
	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/crm/gid"
	"github.com/meguri-crm/meguri/db"
	"github.com/meguri-crm/meguri/graph/model"
)

func (r *Resolver) recordEvents(ctx context.Context, in model.RecordEventsInput) (*event.Receipt, error) {
	shopID, err := gid.Decode("Shop", in.ShopID)
	if err != nil {
		return nil, err
	}
	batch := make([]event.Behaviour, len(in.Events))
	for i, e := range in.Events {
		if batch[i], err = model.NewBehaviour(e); err != nil {
			return nil, fault.New(fault.Invalid, "this is not a valid id").WithCode("INVALID_ID").At("events." + strconv.Itoa(i) + ".customerId")
		}
	}
	return r.Events.Record(ctx, event.FromPartner, shopID, batch)
}

func (r *Resolver) identifyVisitor(ctx context.Context, in model.IdentifyVisitorInput) (int64, error) {
	shopID, err := gid.Decode("Shop", in.ShopID)
	if err != nil {
		return 0, err
	}
	customerID, err := gid.Decode("Customer", in.CustomerID)
	if err != nil {
		return 0, err
	}
	return r.Events.Identify(ctx, shopID, in.VisitorID, customerID)
}

func (r *Resolver) createWriteKey(ctx context.Context, in model.CreateWriteKeyInput) (*db.WriteKey, error) {
	shopID, err := gid.Decode("Shop", in.ShopID)
	if err != nil {
		return nil, err
	}
	return r.Events.CreateKey(ctx, shopID, in.Origins)
}

func (r *Resolver) revokeWriteKey(ctx context.Context, in model.RevokeWriteKeyInput) (*db.WriteKey, error) {
	id, err := gid.Decode("WriteKey", in.ID)
	if err != nil {
		return nil, err
	}
	return r.Events.RevokeKey(ctx, id)
}

func writeKeyPayload(row *db.WriteKey, err error) (*model.WriteKeyPayload, error) {
	wrong, err := userErrors(err)
	if len(wrong) > 0 {
		row = nil
	}
	return &model.WriteKeyPayload{WriteKey: model.NewWriteKey(row), UserErrors: wrong}, err
}

// recordPayload tells what became of a batch; each refused event is a user
// error of its own.
func recordPayload(receipt *event.Receipt, err error) (*model.RecordEventsPayload, error) {
	wrong, err := userErrors(err)
	if err != nil || len(wrong) > 0 {
		return &model.RecordEventsPayload{UserErrors: wrong}, err
	}
	return model.NewRecordEventsPayload(receipt), nil
}
