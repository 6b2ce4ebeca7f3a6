package model

import (
	"github.com/meguri-crm/meguri/crm/gid"
	"github.com/meguri-crm/meguri/crm/mall"
	"github.com/meguri-crm/meguri/crm/product"
)

// noShop is the row of no shop: what is no id of one is refused as one that there
// is not, at its field.
const noShop = -1

func shopOrNone(id string) int64 {
	if row, err := gid.Decode("Shop", id); err == nil {
		return row
	}
	return noShop
}

// Goods maps what a program tells of products, with the shop of their stock; 0: none is told.
func (in UpsertProductsInput) Goods() (shopID int64, goods []mall.Good) {
	if in.ShopID != nil {
		shopID = shopOrNone(*in.ShopID)
	}
	goods = make([]mall.Good, len(in.Products))
	for i, p := range in.Products {
		goods[i] = mall.Good{SKU: p.Sku, Name: p.Name, Category: p.Category, Cost: p.Cost, From: dayOrZero(p.CostFrom), Stock: p.Stock}
		if p.Currency != nil {
			goods[i].Currency = *p.Currency
		}
	}
	return shopID, goods
}

// NewUpsertedProducts maps what became of products.
func NewUpsertedProducts(in []*UpsertProductInput, told []product.Told) []*UpsertedProduct {
	results := make([]*UpsertedProduct, len(told))
	for i, t := range told {
		results[i] = &UpsertedProduct{Sku: in[i].Sku, Outcome: ProductOutcome(t.Outcome), UserErrors: newUserErrorsAt("products", i, t.Faults)}
	}
	return results
}

// StockLevels maps what a program tells of stock.
func (in UpdateStockInput) StockLevels() []product.Level {
	levels := make([]product.Level, len(in.Levels))
	for i, l := range in.Levels {
		levels[i] = product.Level{SKU: l.Sku, ShopID: shopOrNone(l.ShopID), Quantity: l.Quantity}
		if l.ToldAt != nil {
			levels[i].ToldAt = *l.ToldAt
		}
	}
	return levels
}

// NewUpdatedStock maps what became of levels.
func NewUpdatedStock(in []*StockLevelInput, told []product.ToldLevel) []*UpdatedStock {
	results := make([]*UpdatedStock, len(told))
	for i, t := range told {
		results[i] = &UpdatedStock{
			ShopID: in[i].ShopID, Sku: in[i].Sku, Outcome: StockOutcome(t.Outcome), Quantity: t.Quantity, ToldAt: t.ToldAt,
			UserErrors: newUserErrorsAt("levels", i, t.Faults),
		}
	}
	return results
}

// NewStockLevels maps how much shops have of a product.
func NewStockLevels(list []product.Level) []*StockLevel {
	levels := make([]*StockLevel, len(list))
	for i, l := range list {
		levels[i] = &StockLevel{Quantity: l.Quantity, ToldAt: l.ToldAt, ShopRow: l.ShopID}
	}
	return levels
}
