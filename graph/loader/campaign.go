package loader

import (
	"context"

	"github.com/meguri-crm/meguri/crm/campaign"
	"github.com/meguri-crm/meguri/crm/offer"
	"github.com/meguri-crm/meguri/db"
)

// CampaignSources are the queries behind what is planned and sent.
type CampaignSources struct {
	Customers func(ctx context.Context, ids []int64) ([]db.Customer, error)
	Segments  func(ctx context.Context, ids []int64) ([]*db.Segment, error)
	Offers    func(ctx context.Context, ids []int64) ([]*db.Offer, error)
	Pools     func(ctx context.Context, offers []int64) ([]offer.Figures, error)
	Campaigns func(ctx context.Context, ids []int64) ([]*db.Campaign, error)
	Variants  func(ctx context.Context, campaigns []int64) ([]campaign.VariantSet, error)
	// Totals leaves out campaigns without figures.
	Totals func(ctx context.Context, campaigns []int64) (map[int64]campaign.Figures, error)
	// OfferResults leaves out offers that nobody used.
	OfferResults func(ctx context.Context, offers []int64) (map[int64]offer.Results, error)
	// OfferMembers leaves out offers that no member has seen.
	OfferMembers func(ctx context.Context, offers []int64) (map[int64]offer.MemberFigures, error)
}

type campaignBatches struct {
	customers batch[int64, db.Customer]
	segments  batch[int64, *db.Segment]
	offers    batch[int64, *db.Offer]
	pools     batch[int64, offer.Figures]
	campaigns batch[int64, *db.Campaign]
	variants  batch[int64, campaign.VariantSet]
	totals    group[int64, campaign.Figures]
	uses      group[int64, offer.Results]
	members   group[int64, offer.MemberFigures]
}

// Customer is a customer. Errors: fault.NotFound.
func (l *Loaders) Customer(ctx context.Context, id int64) (db.Customer, error) {
	return l.customers.load(ctx, id, l.sources.Customers, func(c db.Customer) int64 { return c.ID })
}

// Segment is a saved segment. Errors: fault.NotFound.
func (l *Loaders) Segment(ctx context.Context, id int64) (*db.Segment, error) {
	return l.segments.load(ctx, id, l.sources.Segments, func(s *db.Segment) int64 { return s.ID })
}

// Offer is an offer. Errors: fault.NotFound.
func (l *Loaders) Offer(ctx context.Context, id int64) (*db.Offer, error) {
	return l.offers.load(ctx, id, l.sources.Offers, func(o *db.Offer) int64 { return o.ID })
}

// Pool is how the code pool of an offer stands. Errors: fault.NotFound.
func (l *Loaders) Pool(ctx context.Context, offerID int64) (offer.Figures, error) {
	return l.pools.load(ctx, offerID, l.sources.Pools, func(f offer.Figures) int64 { return f.OfferID })
}

// Campaign is a campaign. Errors: fault.NotFound.
func (l *Loaders) Campaign(ctx context.Context, id int64) (*db.Campaign, error) {
	return l.campaigns.load(ctx, id, l.sources.Campaigns, func(c *db.Campaign) int64 { return c.ID })
}

// OfferResults is what an offer brought.
func (l *Loaders) OfferResults(ctx context.Context, offerID int64) (offer.Results, error) {
	return l.uses.load(ctx, offerID, l.sources.OfferResults)
}

// OfferMembers is what members did with an offer.
func (l *Loaders) OfferMembers(ctx context.Context, offerID int64) (offer.MemberFigures, error) {
	return l.members.load(ctx, offerID, l.sources.OfferMembers)
}

// Totals are the figures of a whole campaign.
func (l *Loaders) Totals(ctx context.Context, campaignID int64) (campaign.Figures, error) {
	return l.totals.load(ctx, campaignID, l.sources.Totals)
}

// Variants are the variants of a campaign.
func (l *Loaders) Variants(ctx context.Context, campaignID int64) (campaign.VariantSet, error) {
	return l.variants.load(ctx, campaignID, l.sources.Variants, func(s campaign.VariantSet) int64 { return s.CampaignID })
}
