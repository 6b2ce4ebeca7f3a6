package model

import (
	"time"

	"github.com/meguri-crm/meguri/crm/fee"
	"github.com/meguri-crm/meguri/crm/gid"
	"github.com/meguri-crm/meguri/crm/mall"
	"github.com/meguri-crm/meguri/crm/product"
	"github.com/meguri-crm/meguri/crm/profit"
	"github.com/meguri-crm/meguri/crm/sales"
	"github.com/meguri-crm/meguri/crm/spend"
)

// NewFeeRates maps a list.
func NewFeeRates(list []fee.Rate) []*FeeRate {
	out := make([]*FeeRate, len(list))
	for i, r := range list {
		out[i] = &FeeRate{
			ID: gid.Encode("FeeRate", r.ID), Mall: Mall(r.Mall), ShopRow: r.ShopID, Kind: FeeKind(r.Kind), Basis: FeeBasis(r.Basis),
			Rate: r.Rate, Amount: r.Amount, From: sinceDay(r.EffectiveFrom), State: FeeState(r.State), Estimated: r.Estimated,
			Source: r.Source, CheckedOn: r.CheckedOn, Note: r.Note, Withdrawable: r.Withdrawable,
		}
	}
	return out
}

// sinceDay is the first day of something; nil when that is the beginning.
func sinceDay(day time.Time) *time.Time {
	if !day.After(fee.Beginning) {
		return nil
	}
	return &day
}

// dayOrZero is the day, zero for none.
func dayOrZero(day *time.Time) time.Time {
	if day == nil {
		return time.Time{}
	}
	return *day
}

// NewFeeDraft maps the input of addFeeRate, for a row of shops or 0.
func NewFeeDraft(in AddFeeRateInput, shopID int64) fee.Draft {
	return fee.Draft{
		Mall: mall.Mall(in.Mall), ShopID: shopID, Kind: string(in.Kind), Basis: string(in.Basis), Rate: in.Rate, Amount: in.Amount,
		From: dayOrZero(in.From), Note: in.Note,
	}
}

// NewCampaignProfit maps the profit of a campaign's variants, and what was spent for it.
func NewCampaignProfit(parts []profit.Part, by sales.Definition, spent []spend.Sum) *CampaignProfit {
	out := &CampaignProfit{Total: NewProfitFigures(profit.Total(parts), by), ByVariant: []*VariantProfit{}, Spent: make([]*CampaignSpending, len(spent))}
	for i, s := range spent {
		out.Spent[i] = &CampaignSpending{Currency: s.Currency, Amount: s.Amount, Entries: s.Entries}
	}
	for from := 0; from < len(parts); {
		to := from
		var figures []profit.Figures
		for ; to < len(parts) && parts[to].Key == parts[from].Key; to++ {
			figures = append(figures, parts[to].Figures)
		}
		out.ByVariant = append(out.ByVariant, &VariantProfit{VariantID: gid.Encode("CampaignVariant", parts[from].Key), Figures: NewProfitFigures(figures, by)})
		from = to
	}
	return out
}

// NewProfitFigures maps figures by currency.
func NewProfitFigures(list []profit.Figures, by sales.Definition) []*ProfitFigures {
	out := make([]*ProfitFigures, len(list))
	for i, f := range list {
		out[i] = &ProfitFigures{
			Currency: f.Currency, Orders: f.Orders, CostedOrders: f.Costed, Sales: f.Sales, KnownSales: f.KnownSales, Coupons: f.Coupons,
			Cost: f.Cost, Fees: f.Fees, Points: f.Points, Estimated: f.Estimated, WithShipping: by.Shipping,
		}
		if f.Known() {
			out[i].Profit = &f.Profit
		}
	}
	return out
}

// NewGoodConnection maps a page of goods.
func NewGoodConnection(rows []product.Good, cursors []string, info *PageInfo) *GoodConnection {
	edges := make([]*GoodEdge, len(rows))
	for i, g := range rows {
		node := &Good{
			Sku: g.SKU, Name: g.Name, Category: g.Category, Price: g.Price, Cost: g.Cost, CostCount: g.Costs, OtherCurrency: g.OtherCurrency, Stock: g.Stock,
		}
		if g.From != nil {
			node.CostFrom = sinceDay(*g.From)
		}
		edges[i] = &GoodEdge{Cursor: cursors[i], Node: node}
	}
	return &GoodConnection{Edges: edges, PageInfo: info}
}

// NewProductCosts maps a list.
func NewProductCosts(list []product.Cost) []*ProductCost {
	out := make([]*ProductCost, len(list))
	for i, c := range list {
		out[i] = &ProductCost{Currency: c.Currency, Cost: c.Amount, From: sinceDay(c.From)}
	}
	return out
}

// ProductCost is the cost the input sets.
func (in SetProductCostInput) ProductCost() product.Cost {
	return product.Cost{SKU: in.Sku, Currency: in.Currency, Amount: in.Cost, From: dayOrZero(in.From)}
}

// ProductCost is the cost the input takes back.
func (in RemoveProductCostInput) ProductCost() product.Cost {
	c := product.Cost{SKU: in.Sku, Currency: in.Currency, From: product.Always}
	if in.From != nil {
		c.From = *in.From
	}
	return c
}

// NewCostImportReport maps what a file of costs brings; nil stays nil.
func NewCostImportReport(r *product.CostReport) *CostImportReport {
	if r == nil {
		return nil
	}
	out := &CostImportReport{
		Lines: r.Lines, Added: r.Added, Changed: r.Changed, Same: r.Same, Refused: r.Refused,
		Flaws: make([]*CostLineFlaw, len(r.Flaws)), Sample: make([]*CostLine, len(r.Sample)),
	}
	for i, f := range r.Flaws {
		out.Flaws[i] = &CostLineFlaw{Line: f.Line, Code: f.Code, Value: f.Value}
	}
	for i, c := range r.Sample {
		out.Sample[i] = &CostLine{Sku: c.SKU, Currency: c.Currency, From: sinceDay(c.From), Cost: c.Amount, Was: c.Was}
	}
	return out
}
