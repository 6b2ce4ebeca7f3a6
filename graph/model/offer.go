package model

import (
	"github.com/meguri-crm/meguri/crm/gid"
	"github.com/meguri-crm/meguri/crm/offer"
	"github.com/meguri-crm/meguri/crm/order"
	"github.com/meguri-crm/meguri/db"
)

// NewOffer maps an offer; nil stays nil. The figures of its pool are a resolver's.
func NewOffer(o *db.Offer) *Offer {
	if o == nil {
		return nil
	}
	return &Offer{
		ID: gid.Encode("Offer", o.ID), Name: o.Name, Mall: Mall(o.Mall), Kind: OfferKind(o.Kind), Value: o.Value,
		Proof: OfferProof(o.Proof), SharedCode: o.SharedCode, StartsAt: o.StartsAt, EndsAt: o.EndsAt, Terms: o.Terms,
		CreatedAt: o.CreatedAt, ArchivedAt: o.ArchivedAt, MakesCodes: offer.MakesCodes(o.Mall), Row: o.ID,
		ForMembers: o.ForMembers, MemberLimit: o.MemberLimit, MinStageID: optionalID("Stage", o.MinStageID),
	}
}

// optionalID is the id of an optional row.
func optionalID(kind string, row *int64) *string {
	if row == nil {
		return nil
	}
	return new(gid.Encode(kind, *row))
}

// NewOffers maps a list.
func NewOffers(rows []*db.Offer) []*Offer {
	list := make([]*Offer, len(rows))
	for i, row := range rows {
		list[i] = NewOffer(row)
	}
	return list
}

// NewOfferCodeFigures maps the figures of a pool.
func NewOfferCodeFigures(f offer.Figures) *OfferCodeFigures {
	return &OfferCodeFigures{Total: f.Total, Issued: f.Issued, Used: f.Used, Left: f.Left, Low: f.Low()}
}

// NewOfferResults maps what an offer brought.
func NewOfferResults(r offer.Results) *OfferResults {
	return &OfferResults{Orders: r.Orders, Customers: r.Customers, Sales: &Money{Amount: r.Sales, Currency: order.BaseCurrency}}
}

// Draft is the offer that the input describes.
func (in CreateOfferInput) Draft() (offer.Draft, error) {
	d := offer.Draft{
		Name: in.Name, Mall: string(in.Mall), Kind: offer.Kind(in.Kind), Value: in.Value, Proof: offer.Proof(in.Proof),
		SharedCode: in.SharedCode, StartsAt: in.StartsAt, EndsAt: in.EndsAt, Terms: in.Terms,
	}
	members, err := in.Members.members()
	if members != nil {
		d.Members = *members
	}
	return d, err
}

// Change is what the input sets.
func (in UpdateOfferInput) Change() (offer.Change, error) {
	c := offer.Change{Name: in.Name, Value: in.Value, SharedCode: in.SharedCode, StartsAt: in.StartsAt, EndsAt: in.EndsAt, Terms: in.Terms}
	var err error
	c.Members, err = in.Members.members()
	return c, err
}

// members is who may take the offer; nil: nothing is said of it.
func (in *OfferMembersInput) members() (*offer.Members, error) {
	if in == nil {
		return nil, nil
	}
	m := &offer.Members{On: in.On, Limit: in.Limit}
	if in.MinStageID != nil {
		row, err := idAt("members.minStageId", "Stage", *in.MinStageID)
		if err != nil {
			return nil, err
		}
		m.MinStage = &row
	}
	return m, nil
}
