package model

import "github.com/meguri-crm/meguri/crm/product"

// NewProducts maps a list.
func NewProducts(rows []product.Product) []*Product {
	list := make([]*Product, len(rows))
	for i, p := range rows {
		list[i] = &Product{Sku: p.SKU, Name: p.Name, Category: p.Category}
	}
	return list
}
