package campaign

import (
	"context"
	"time"

	"github.com/uptrace/bun"

	"github.com/meguri-crm/meguri/crm/message"
	"github.com/meguri-crm/meguri/crm/offer"
	"github.com/meguri-crm/meguri/crm/policy"
	"github.com/meguri-crm/meguri/crm/property"
	"github.com/meguri-crm/meguri/db"
)

// Snapshot is the content of a delivery as it was when sending began. What is
// saved or archived later changes nothing that is on its way.
type Snapshot struct {
	CampaignID    int64             `json:"campaignId"`
	Sender        policy.Sender     `json:"sender"`
	SegmentID     int64             `json:"segmentId"`
	Exclusions    []int64           `json:"exclusions,omitempty"`    // segments
	FrequencyDays int               `json:"frequencyDays,omitempty"` // 0: no limit
	HoldoutRate   int               `json:"holdoutRate,omitempty"`   // basis points
	IgnoresCaps   bool              `json:"ignoresCaps,omitempty"`   // when the audience is expanded; at the send the campaign's word counts
	Choice        Choice            `json:"choice"`
	Variants      []SnapshotVariant `json:"variants"` // the default one first
}

// SnapshotVariant is one variant within a Snapshot.
type SnapshotVariant struct {
	ID      int64            `json:"id"`
	Mall    string           `json:"mall"`
	Content message.Compiled `json:"content"`
	Offer   *SnapshotOffer   `json:"offer,omitempty"`
	Shop    message.Shop     `json:"shop"` // the shop at the destination
	Brand   message.Brand    `json:"brand"`

	letter *message.Letter // as the gate judges it; nil while it cannot be read
}

// SnapshotOffer is the offer of a variant within a Snapshot.
type SnapshotOffer struct {
	ID         int64       `json:"id"`
	Name       string      `json:"name"`
	Kind       offer.Kind  `json:"kind,omitempty"`
	Proof      offer.Proof `json:"proof"`
	SharedCode string      `json:"sharedCode,omitempty"`
	StartsAt   time.Time   `json:"startsAt"`
	EndsAt     time.Time   `json:"endsAt"`
	Terms      string      `json:"terms,omitempty"`
}

// plan is a campaign with everything a check or a send needs of it.
type plan struct {
	campaign *db.Campaign
	variants []*db.CampaignVariant
	offers   map[int64]*db.Offer
	left     map[int64]int64 // free codes by offer
	sender   policy.Sender
	shops    map[string]message.Shop // by mall
	excluded []int64                 // segments
	brand    message.Brand
	kept     []string // keys of the properties that content can show
}

// loadPlan reads a campaign's parts.
func (s *Service) loadPlan(ctx context.Context, idb bun.IDB, row *db.Campaign) (*plan, error) {
	p := &plan{campaign: row, offers: map[int64]*db.Offer{}}
	var err error
	if p.variants, err = variantRows(ctx, idb, row.ID); err != nil {
		return nil, err
	}
	var ids []int64
	for _, v := range p.variants {
		if v.OfferID != nil {
			ids = append(ids, *v.OfferID)
		}
	}
	if len(ids) > 0 {
		if err := p.loadOffers(ctx, s.Offers, ids); err != nil {
			return nil, err
		}
	}
	if p.sender, err = s.Sender.Sender(ctx, idb); err != nil {
		return nil, err
	}
	if row.SenderName != "" {
		p.sender.Name = row.SenderName
	}
	if p.excluded, err = exclusionsOf(ctx, idb, row.ID); err != nil {
		return nil, err
	}
	if p.brand, err = s.brand(ctx, idb); err != nil {
		return nil, err
	}
	if p.kept, err = property.Keys(ctx, idb); err != nil {
		return nil, err
	}
	p.shops, err = loadShops(ctx, idb)
	return p, err
}

func (p *plan) loadOffers(ctx context.Context, offers *offer.Service, ids []int64) error {
	rows, err := offers.ByIDs(ctx, ids)
	if err != nil {
		return err
	}
	for _, o := range rows {
		p.offers[o.ID] = o
	}
	figures, err := offers.PoolFigures(ctx, ids)
	p.left = make(map[int64]int64, len(figures))
	for _, f := range figures {
		p.left[f.OfferID] = f.Left
	}
	return err
}

// brand is how the merchant looks; a service without a source has the colours
// of every merchant.
func (s *Service) brand(ctx context.Context, idb bun.IDB) (message.Brand, error) {
	if s.Brands == nil {
		return message.Brand{}, nil
	}
	return s.Brands.Brand(ctx, idb)
}

// loadShops is, per mall, the shop that mails lead to: the oldest one in use.
func loadShops(ctx context.Context, idb bun.IDB) (map[string]message.Shop, error) {
	var rows []*db.Shop
	err := idb.NewSelect().Model(&rows).DistinctOn("mall").Where("archived_at IS NULL").Order("mall", "id").Scan(ctx)
	if err != nil {
		return nil, db.Fault(err)
	}
	shops := make(map[string]message.Shop, len(rows))
	for _, row := range rows {
		shops[row.Mall] = message.Shop{Name: row.Name, URL: row.URL}
	}
	return shops, nil
}

// offerOf is the offer of a variant, nil when it has none.
func (p *plan) offerOf(v *db.CampaignVariant) *db.Offer {
	if v.OfferID == nil {
		return nil
	}
	return p.offers[*v.OfferID]
}

// compile compiles a variant and says what is wrong with it.
func compile(v *db.CampaignVariant) (message.Compiled, []policy.Finding) {
	return message.Compile(sourceOf(v))
}

func sourceOf(v *db.CampaignVariant) message.Source {
	return message.Source{Subject: v.Subject, MJML: v.MJML, Text: v.TextBody}
}

// snapshot freezes a plan that no finding blocks.
func (p *plan) snapshot() Snapshot {
	s := Snapshot{
		CampaignID: p.campaign.ID, Sender: p.sender, SegmentID: *p.campaign.SegmentID, Exclusions: p.excluded,
		FrequencyDays: p.campaign.FrequencyDays, HoldoutRate: p.campaign.HoldoutRate, Choice: Choice(p.campaign.DestinationChoice),
		IgnoresCaps: p.campaign.IgnoresCaps,
	}
	for _, v := range p.variants {
		compiled, _ := compile(v)
		s.Variants = append(s.Variants, p.freeze(v, compiled))
	}
	return s
}

// freeze is a variant as it stands now, with its compiled content.
func (p *plan) freeze(v *db.CampaignVariant, compiled message.Compiled) SnapshotVariant {
	sv := SnapshotVariant{ID: v.ID, Mall: v.Mall, Content: compiled, Shop: p.shops[v.Mall], Brand: p.brand}
	if o := p.offerOf(v); o != nil {
		sv.Offer = &SnapshotOffer{
			ID: o.ID, Name: o.Name, Kind: offer.Kind(o.Kind), Proof: offer.Proof(o.Proof), SharedCode: o.SharedCode,
			StartsAt: o.StartsAt, EndsAt: o.EndsAt, Terms: o.Terms,
		}
	}
	return sv
}

// variantFor is what a customer gets whose usual mall is given ("" for none).
func (s *Snapshot) variantFor(usualMall string) *SnapshotVariant {
	if s.Choice == UsualMall && usualMall != "" {
		for i := range s.Variants {
			if s.Variants[i].Mall == usualMall {
				return &s.Variants[i]
			}
		}
	}
	return &s.Variants[0]
}

// fixed is what is the same for all recipients of the variant.
func (v *SnapshotVariant) fixed(sender policy.Sender, zone *time.Location) message.Fixed {
	f := message.Fixed{Sender: sender, Shop: v.Shop, Brand: v.Brand, Zone: zone}
	if v.Offer != nil {
		f.Offer = message.Offer{
			Name: v.Offer.Name, Terms: v.Offer.Terms, StartsAt: v.Offer.StartsAt, EndsAt: v.Offer.EndsAt,
			Kind: string(v.Offer.Kind), Coded: v.coded(),
		}
	}
	return f
}

// pooled reports whether each recipient of the variant gets a code of his own.
func (v *SnapshotVariant) pooled() bool { return v.Offer != nil && v.Offer.Proof == offer.CodePool }

// sharedCode is the code everybody gets, or "".
func (v *SnapshotVariant) sharedCode() string {
	if v.Offer == nil {
		return ""
	}
	return v.Offer.SharedCode
}
