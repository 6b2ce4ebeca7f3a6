package graph

import (
	"context"

	"github.com/meguri-crm/meguri/crm/access"
	"github.com/meguri-crm/meguri/crm/customer"
	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/crm/gid"
	"github.com/meguri-crm/meguri/crm/segment"
	"github.com/meguri-crm/meguri/db"
	"github.com/meguri-crm/meguri/graph/model"
)

func segmentPayload(row *db.Segment, err error) (*model.SegmentPayload, error) {
	wrong, err := ruleErrors(err)
	if len(wrong) > 0 {
		row = nil
	}
	return &model.SegmentPayload{Segment: model.NewSegment(row), UserErrors: wrong}, err
}

func refreshPayload(moves *segment.Moves, err error) (*model.RefreshSegmentPayload, error) {
	wrong, err := userErrors(err)
	payload := &model.RefreshSegmentPayload{UserErrors: wrong}
	if moves != nil && len(wrong) == 0 {
		payload.Segment, payload.Entered, payload.Left = model.NewSegment(moves.Segment), &moves.Entered, &moves.Left
	}
	return payload, err
}

// ruleErrors are userErrors that name every mistake of a rule, not the first.
func ruleErrors(err error) ([]*model.UserError, error) {
	problems := segment.Problems(err)
	if len(problems) < 2 {
		return userErrors(err)
	}
	list := make([]*model.UserError, len(problems))
	for i, p := range problems {
		list[i] = model.NewUserError(p)
	}
	return list, nil
}

// people are customers with their rollups, in the order of their ids.
func (r *Resolver) people(ctx context.Context, ids []int64) ([]*model.Customer, error) {
	rows, err := r.Customers.ByIDs(ctx, ids)
	if err != nil {
		return nil, err
	}
	stats, err := r.Orders.Stats(ctx, ids)
	if err != nil {
		return nil, err
	}
	found := make(map[int64]*db.Customer, len(rows))
	for i := range rows {
		found[rows[i].ID] = &rows[i]
	}
	list := make([]*model.Customer, 0, len(ids))
	for _, id := range ids {
		if row := found[id]; row != nil {
			list = append(list, model.NewCustomer(row, stats[id]))
		}
	}
	return list, nil
}

// chosen are the customers a mutation is about. The caller may see customers,
// or he may not name them.
func (r *Resolver) chosen(ctx context.Context, in *model.CustomerChoice) ([]int64, error) {
	if !access.From(ctx).Has(access.ScopeCustomersRead) {
		return nil, fault.New(fault.Forbidden, "you may not see customers")
	}
	choice, err := model.NewCustomerChoice(in.Ids, in.Filter)
	if err != nil {
		return nil, err
	}
	return r.Customers.Chosen(ctx, choice, customer.ByCreated, false)
}

// repick changes who is in a fixed segment.
func (r *Resolver) repick(ctx context.Context, in model.PickCustomersInput, change func(context.Context, int64, []int64) (*segment.Moves, error)) (*model.RefreshSegmentPayload, error) {
	id, err := gid.Decode("Segment", in.SegmentID)
	if err != nil {
		return refreshPayload(nil, err)
	}
	customers, err := r.chosen(ctx, in.Customers)
	if err != nil {
		return refreshPayload(nil, err)
	}
	return refreshPayload(change(ctx, id, customers))
}
