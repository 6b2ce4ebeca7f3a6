package graph

import (
	"context"
	"time"

	"github.com/meguri-crm/meguri/crm/gid"
	"github.com/meguri-crm/meguri/crm/oidc"
	"github.com/meguri-crm/meguri/crm/partner"
	"github.com/meguri-crm/meguri/graph/model"
)

func (r *Resolver) issueToken(ctx context.Context, in model.IssueCustomerTokenInput) (*model.CustomerTokenPayload, error) {
	named, err := model.NewNamed(in.Customer)
	if err != nil {
		return nil, err
	}
	token, err := r.Partners.IssueToken(ctx, named, in.Enroll, time.Duration(in.TTLSeconds)*time.Second)
	return model.NewCustomerTokenPayload(token), err
}

func (r *Resolver) revokeTokens(ctx context.Context, in model.RevokeCustomerTokensInput) (*model.RevokeCustomerTokensPayload, error) {
	named, err := model.NewNamed(in.Customer)
	if err != nil {
		return nil, err
	}
	id, err := r.Partners.RevokeTokens(ctx, named)
	if err != nil {
		return nil, err
	}
	encoded := gid.Encode("Customer", id)
	return &model.RevokeCustomerTokensPayload{CustomerID: &encoded}, nil
}

func (r *Resolver) upsertCustomer(ctx context.Context, in model.UpsertCustomerInput) (*model.UpsertCustomerPayload, error) {
	e, err := entryOf(in.ShopID, deref(in.MemberID), in.Profile, nil, nil)
	if err != nil {
		return nil, err
	}
	u := partner.Upsert{Meeting: e.Meeting, Overwrite: in.Overwrite, Values: model.NewPropertyInputs(in.Properties), Enroll: in.Enroll, Referral: deref(in.ReferralCode)}
	if in.CustomerID != nil {
		if u.CustomerID, err = gid.Decode("Customer", *in.CustomerID); err != nil {
			return nil, err
		}
	}
	for _, c := range in.Consents {
		u.Consents = append(u.Consents, partner.Consent{Channel: string(c.Channel), State: string(c.State), Wording: c.Wording, At: deref(c.OccurredAt)})
	}
	done, err := r.Partners.UpsertCustomer(ctx, deref(in.IdempotencyKey), u)
	if err != nil {
		return nil, err
	}
	encoded := gid.Encode("Customer", done.CustomerID)
	p := &model.UpsertCustomerPayload{CustomerID: &encoded, Created: &done.Created}
	if done.Refused != nil {
		p.ReferralRefused = model.NewUserError(done.Refused)
	}
	return p, nil
}

func (r *Resolver) upsertOrders(ctx context.Context, in model.UpsertOrdersInput) ([]*model.UpsertedOrder, error) {
	shop, orders, err := in.Tellings()
	if err != nil {
		return nil, err
	}
	told, err := r.Partners.UpsertOrders(ctx, in.IdempotencyKey, shop, orders)
	if err != nil {
		return nil, err
	}
	return model.NewUpsertedOrders(told), nil
}

func (r *Resolver) upsertProducts(ctx context.Context, in model.UpsertProductsInput) ([]*model.UpsertedProduct, error) {
	shop, goods := in.Goods()
	told, err := r.Partners.UpsertProducts(ctx, in.IdempotencyKey, shop, goods)
	if err != nil {
		return nil, err
	}
	return model.NewUpsertedProducts(in.Products, told), nil
}

func (r *Resolver) updateStock(ctx context.Context, in model.UpdateStockInput) ([]*model.UpdatedStock, error) {
	told, err := r.Partners.UpdateStock(ctx, in.IdempotencyKey, in.StockLevels())
	if err != nil {
		return nil, err
	}
	return model.NewUpdatedStock(in.Levels, told), nil
}

func (r *Resolver) returnOrderLines(ctx context.Context, in model.ReturnOrderLinesInput) (*model.Order, error) {
	shop, back, err := in.Return()
	if err != nil {
		return nil, err
	}
	told, err := r.Partners.ReturnLines(ctx, in.IdempotencyKey, shop, back)
	if err != nil {
		return nil, err
	}
	row, err := r.Orders.Numbered(ctx, shop, told.OrderNo) // since a first answer its buyer may have been merged
	return model.NewOrder(row), err
}

func (r *Resolver) redeemOffer(ctx context.Context, in model.RedeemOfferInput) (*model.RedeemOfferPayload, error) {
	by, claim, err := in.Claim()
	if err != nil {
		return nil, err
	}
	done, err := r.Partners.RedeemOffer(ctx, in.IdempotencyKey, by, claim)
	if err != nil {
		return nil, err
	}
	return model.NewRedeemOfferPayload(done), nil
}

func (r *Resolver) unredeemOffer(ctx context.Context, in model.ReverseOfferRedemptionInput) (*string, error) {
	id, err := gid.Decode("Offer", in.OfferID)
	if err != nil {
		return nil, err
	}
	by, err := model.NewNamed(in.Customer)
	if err != nil {
		return nil, err
	}
	customer, err := r.Partners.UnredeemOffer(ctx, in.IdempotencyKey, by, id, in.Reason)
	if err != nil {
		return nil, err
	}
	encoded := gid.Encode("Customer", customer)
	return &encoded, nil
}

func (r *Resolver) saveIssuer(ctx context.Context, in model.SaveTokenIssuerInput) (*model.TokenIssuer, error) {
	var id int64
	var err error
	if in.ID != nil {
		if id, err = gid.Decode("TokenIssuer", *in.ID); err != nil {
			return nil, err
		}
	}
	d := oidc.Draft{
		Name: in.Name, Issuer: in.Issuer, JWKSURL: in.JwksURL, Audiences: in.Audiences, Algorithms: in.Algorithms, SkewSeconds: in.SkewSeconds,
		MemberClaim: in.MemberClaim, FirstSeen: string(in.FirstSeen), Enroll: in.Enroll, Disabled: in.Disabled,
	}
	if d.ShopID, err = gid.Decode("Shop", in.ShopID); err != nil {
		return nil, err
	}
	row, err := r.TokenIssuerSettings.Save(ctx, id, d)
	return model.NewTokenIssuer(row), err
}

// checkIssuer is how many keys a provider has.
func (r *Resolver) checkIssuer(ctx context.Context, encoded string) (*int, error) {
	id, err := gid.Decode("TokenIssuer", encoded)
	if err != nil {
		return nil, err
	}
	keys, err := r.TokenIssuerSettings.Check(ctx, id)
	if err != nil {
		return nil, err
	}
	return &keys, nil
}
