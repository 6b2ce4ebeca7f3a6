package partner

import (
	"context"

	"github.com/meguri-crm/meguri/crm/customer"
	"github.com/meguri-crm/meguri/crm/offer"
	"github.com/meguri-crm/meguri/crm/once"
	"github.com/meguri-crm/meguri/db"
)

// Offers are used at tills and on sites of the merchant's own.
type Offers interface {
	Check(ctx context.Context, c offer.Claim) (*offer.Verdict, error)
	Redeem(ctx context.Context, tx db.Tx, c offer.Claim) (*offer.Verdict, error)
	Unredeem(ctx context.Context, tx db.Tx, customer, offerID int64, reason string) error
}

// Redeemed is an offer that a customer has used.
type Redeemed struct {
	CustomerID int64
	Verdict    *offer.Verdict
}

// CheckOffer says whether a customer may use an offer. c.CustomerID is told by n.
// Errors: as of customer.Lookup and offer.Check.
func (s *Service) CheckOffer(ctx context.Context, n customer.Named, c offer.Claim) (v *offer.Verdict, err error) {
	if c.CustomerID, err = s.Customers.Lookup(ctx, n); err != nil {
		return nil, err
	}
	return s.Offers.Check(ctx, c)
}

// RedeemOffer uses an offer, once per key. c.CustomerID is told by n.
// Errors: as of customer.Lookup, offer.Redeem and once.Do.
func (s *Service) RedeemOffer(ctx context.Context, key string, n customer.Named, c offer.Claim) (r Redeemed, err error) {
	asked := once.Request{Action: "redeemOffer", Key: key, Body: struct {
		By customer.Named
		offer.Claim
	}{n, c}}
	if c.CustomerID, err = s.Customers.Lookup(ctx, n); err != nil {
		return r, err
	}
	return once.Do(ctx, s.Once, asked, func(ctx context.Context, tx db.Tx) (Redeemed, error) {
		v, err := s.Offers.Redeem(ctx, tx, c)
		return Redeemed{c.CustomerID, v}, err
	})
}

// UnredeemOffer takes back that a customer used an offer, once per key, and tells
// who it was. Errors: as of customer.Lookup, offer.Unredeem and once.Do.
func (s *Service) UnredeemOffer(ctx context.Context, key string, n customer.Named, offerID int64, reason string) (int64, error) {
	id, err := s.Customers.Lookup(ctx, n)
	if err != nil {
		return 0, err
	}
	return once.Do(ctx, s.Once, once.Request{Action: "reverseOfferRedemption", Key: key, Body: struct {
		By     customer.Named
		Offer  int64
		Reason string
	}{n, offerID, reason}}, func(ctx context.Context, tx db.Tx) (int64, error) {
		return id, s.Offers.Unredeem(ctx, tx, id, offerID, reason)
	})
}
