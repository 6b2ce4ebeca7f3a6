package model

import (
	"github.com/meguri-crm/meguri/crm/customer"
	"github.com/meguri-crm/meguri/crm/gid"
	"github.com/meguri-crm/meguri/crm/offer"
	"github.com/meguri-crm/meguri/crm/partner"
	"github.com/meguri-crm/meguri/db"
)

// Claim maps what a till is shown. Errors: fault.Invalid for an id that is none.
func (in ValidateOfferInput) Claim() (customer.Named, offer.Claim, error) {
	return newClaim(in.Customer, in.OfferID, in.Code, in.ShopID, in.Amount, nil)
}

// Claim is Claim of a redemption.
func (in RedeemOfferInput) Claim() (customer.Named, offer.Claim, error) {
	return newClaim(in.Customer, in.OfferID, in.Code, in.ShopID, in.Amount, in.OrderNo)
}

func newClaim(by *CustomerRefInput, offerID, code *string, shopID string, amount int64, orderNo *string) (n customer.Named, c offer.Claim, err error) {
	c.Amount = amount
	if code != nil {
		c.Code = *code
	}
	if orderNo != nil {
		c.OrderNo = *orderNo
	}
	if offerID != nil {
		if c.OfferID, err = gid.Decode("Offer", *offerID); err != nil {
			return n, c, err
		}
	}
	if c.ShopID, err = gid.Decode("Shop", shopID); err != nil {
		return n, c, err
	}
	n, err = NewNamed(by)
	return n, c, err
}

// NewOfferVerdict maps a verdict.
func NewOfferVerdict(v *offer.Verdict) *OfferVerdict {
	verdict := &OfferVerdict{Usable: v.Refusal == nil, Offer: newClaimedOffer(v.Offer), Code: v.Code, Discount: v.Discount}
	if v.Refusal != nil {
		verdict.Refusal = NewUserError(v.Refusal)
	}
	return verdict
}

// NewRedeemOfferPayload maps a redemption.
func NewRedeemOfferPayload(r partner.Redeemed) *RedeemOfferPayload {
	id := gid.Encode("Customer", r.CustomerID)
	return &RedeemOfferPayload{CustomerID: &id, Offer: newClaimedOffer(r.Verdict.Offer), Code: &r.Verdict.Code, Discount: &r.Verdict.Discount}
}

func newClaimedOffer(o *db.Offer) *ClaimedOffer {
	if o == nil {
		return nil
	}
	return &ClaimedOffer{ID: gid.Encode("Offer", o.ID), Name: o.Name, Kind: OfferKind(o.Kind), Value: o.Value, EndsAt: o.EndsAt, Terms: o.Terms}
}
