package graph

import (
	"context"

	"github.com/meguri-crm/meguri/crm/gid"
	"github.com/meguri-crm/meguri/db"
	"github.com/meguri-crm/meguri/graph/model"
)

// campaignProfit is what the orders credited to a campaign left.
func (r *Resolver) campaignProfit(ctx context.Context, campaignID string) (*model.CampaignProfit, error) {
	id, err := gid.Decode("Campaign", campaignID)
	if err != nil {
		return nil, err
	}
	set, err := r.Sales.Setting(ctx)
	if err != nil {
		return nil, err
	}
	parts, err := r.Profits.OfCampaign(ctx, id)
	if err != nil {
		return nil, err
	}
	spent, err := r.Spending.OfCampaign(ctx, id)
	return model.NewCampaignProfit(parts, set.InForce, spent), err
}

// customerProfit is what a customer's orders left.
func (r *Resolver) customerProfit(ctx context.Context, customerID string) ([]*model.ProfitFigures, error) {
	id, err := gid.Decode("Customer", customerID)
	if err != nil {
		return nil, err
	}
	set, err := r.Sales.Setting(ctx)
	if err != nil {
		return nil, err
	}
	figures, err := r.Profits.OfCustomer(ctx, id)
	return model.NewProfitFigures(figures, set.InForce), err
}

// feeRatePayload answers a mutation of a fee rate.
func feeRatePayload(row *db.FeeRate, err error) (*model.FeeRatePayload, error) {
	wrong, err := userErrors(err)
	payload := &model.FeeRatePayload{UserErrors: wrong}
	if row != nil {
		id := gid.Encode("FeeRate", row.ID)
		payload.ID = &id
	}
	return payload, err
}

// productCostPayload answers a mutation of a product's costs with those there
// are now.
func (r *Resolver) productCostPayload(ctx context.Context, sku string, err error) (*model.ProductCostPayload, error) {
	wrong, err := userErrors(err)
	if len(wrong) > 0 || err != nil {
		return &model.ProductCostPayload{UserErrors: wrong}, err
	}
	list, err := r.Costs.Of(ctx, sku)
	return &model.ProductCostPayload{Costs: model.NewProductCosts(list), UserErrors: []*model.UserError{}}, err
}
