package graph

import (
	"context"

	"github.com/meguri-crm/meguri/crm/campaign"
	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/crm/gid"
	"github.com/meguri-crm/meguri/crm/offer"
	"github.com/meguri-crm/meguri/db"
	"github.com/meguri-crm/meguri/graph/model"
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
