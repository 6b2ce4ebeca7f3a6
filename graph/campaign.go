package graph

import (
	"context"

	"github.com/meguri-crm/meguri/crm/access"
	"github.com/meguri-crm/meguri/crm/campaign"
	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/crm/gid"
	"github.com/meguri-crm/meguri/crm/offer"
	"github.com/meguri-crm/meguri/db"
	"github.com/meguri-crm/meguri/graph/loader"
	"github.com/meguri-crm/meguri/graph/model"
	"github.com/meguri-crm/meguri/graph/operation"
)

// campaignPayload answers a mutation of a campaign.
func campaignPayload(row *db.Campaign, err error) (*model.CampaignPayload, error) {
	wrong, err := userErrors(err)
	return &model.CampaignPayload{Campaign: model.NewCampaign(row), UserErrors: wrong}, err
}

// messageKey is a message's place in the list of its campaign.
func messageKey(m *db.Message) campaign.MessageKey {
	return campaign.MessageKey{DeliveryID: m.DeliveryID, ID: m.ID}
}

// testMailPayload answers sendTestMail.
func testMailPayload(results []campaign.TestResult, err error) (*model.SendTestMailPayload, error) {
	wrong, err := userErrors(err)
	return &model.SendTestMailPayload{Results: model.NewTestMailResults(results), UserErrors: wrong}, err
}

// mayFillIn says whether the caller may have content filled in for a customer:
// it shows who he is. "" is the example person, whom everybody may see.
func mayFillIn(ctx context.Context, customerID *string) error {
	caller := access.CallerFrom(ctx).Principal
	if deref(customerID) == "" || caller.Scopes.Has(access.ScopeCustomersRead) {
		return nil
	}
	return operation.Forbidden(caller, access.ScopeCustomersRead)
}

// customerMessages is a page of what a customer was in the audience of.
func (r *Resolver) customerMessages(ctx context.Context, customerID string, first int, after *string) (*model.MessageConnection, error) {
	p, err := newPage[int64]("messages:"+customerID, first, after)
	if err != nil {
		return nil, err
	}
	row, err := gid.Decode("Customer", customerID)
	if err != nil {
		return nil, err
	}
	rows, err := r.Campaigns.CustomerMessages(ctx, row, deref(p.After), p.Limit)
	if err != nil {
		return nil, err
	}
	rows, cursors, info := cut(p, rows, func(m *db.Message) int64 { return m.ID })
	return model.NewMessageConnection(rows, cursors, info), nil
}

// segmentsOf are the segments of ids, in their order.
func segmentsOf(ctx context.Context, ids []int64) ([]*model.Segment, error) {
	list := make([]*model.Segment, len(ids))
	for i, id := range ids {
		found, err := loader.For(ctx).Segment(ctx, id)
		if err != nil {
			return nil, err
		}
		list[i] = model.NewSegment(found)
	}
	return list, nil
}

// reasonSegment is the segment that excludes, where that is the first reason.
func reasonSegment(ctx context.Context, reasons []string, row *int64) (*model.Segment, error) {
	if row == nil || len(reasons) == 0 || reasons[0] != campaign.ReasonExcluded {
		return nil, nil
	}
	found, err := loader.For(ctx).Segment(ctx, *row)
	if err != nil {
		return nil, err
	}
	return model.NewSegment(found), nil
}

// reasonCampaign is the campaign that came too lately, where that is the first
// reason.
func reasonCampaign(ctx context.Context, reasons []string, row *int64) (*model.Campaign, error) {
	if row == nil || len(reasons) == 0 || reasons[0] != campaign.ReasonRecent {
		return nil, nil
	}
	found, err := loader.For(ctx).Campaign(ctx, *row)
	return model.NewCampaign(found), err
}

// originShop is the shop whose consent lets one speak; nil for none.
func originShop(ctx context.Context, row int64) (*model.Shop, error) {
	if row == 0 {
		return nil, nil
	}
	return shopOf(ctx, row)
}

// addOfferCodes fills a pool and reads its offer again.
func (r *Resolver) addOfferCodes(ctx context.Context, input model.AddOfferCodesInput) (*db.Offer, offer.Added, error) {
	id, err := gid.Decode("Offer", input.OfferID)
	if err != nil {
		return nil, offer.Added{}, err
	}
	added, err := r.Offers.AddCodes(ctx, id, input.Codes)
	if err != nil {
		return nil, added, err
	}
	row, err := r.Offers.Find(ctx, id)
	return row, added, err
}

// makeOfferCodes makes codes for a pool and reads its offer again.
func (r *Resolver) makeOfferCodes(ctx context.Context, input model.MakeOfferCodesInput) (*db.Offer, []string, error) {
	id, err := gid.Decode("Offer", input.OfferID)
	if err != nil {
		return nil, nil, err
	}
	codes, err := r.Offers.MakeCodes(ctx, id, input.Count, input.Prefix)
	if err != nil {
		return nil, nil, err
	}
	row, err := r.Offers.Find(ctx, id)
	return row, codes, err
}

// orNull answers null for what does not exist.
func orNull[T any](found *T, err error) (*T, error) {
	if fault.Is(err, fault.NotFound) {
		found, err = nil, nil
	}
	return found, err
}

// mapped hands on what comes in until ctx ends. It keeps the newest only: a
// client that is slow in taking one gets the latest next.
func mapped[From, To any](ctx context.Context, in <-chan From, fn func(From) To) <-chan To {
	out := make(chan To)
	go func() {
		defer close(out)
		for v := range in {
			select {
			case out <- fn(v):
			case <-ctx.Done():
				return
			}
		}
	}()
	return out
}

// campaignPage is a page of the list of campaigns. Its cursors belong to the order.
func (r *Resolver) campaignPage(ctx context.Context, f campaign.Filter, o campaign.Order, first int, after, before *string) (*model.CampaignConnection, error) {
	p, err := newPageAround[campaign.Key]("campaigns:"+string(o.By)+":"+directionOf(o.Descending), first, after, before)
	if err != nil {
		return nil, err
	}
	o.Descending = o.Descending != p.Back
	rows, err := r.Campaigns.Page(ctx, f, o, p.After, p.Limit)
	if err != nil {
		return nil, err
	}
	rows, cursors, info := cut(p, rows, func(c *db.Campaign) campaign.Key { return r.Campaigns.KeyOf(c, o.By) })
	return model.NewCampaignConnection(rows, cursors, info), nil
}
