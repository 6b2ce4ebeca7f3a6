package model

import (
	"github.com/meguri-crm/meguri/crm/gid"
	"github.com/meguri-crm/meguri/crm/mall"
	"github.com/meguri-crm/meguri/crm/shop"
	"github.com/meguri-crm/meguri/db"
)

// NewMoney is an amount in the currency's minor unit.
func NewMoney(amount int64, currency string) *Money {
	return &Money{Amount: amount, Currency: currency}
}

// NewShop maps a shop; nil stays nil.
func NewShop(s *db.Shop) *Shop {
	if s == nil {
		return nil
	}
	return &Shop{
		ID: gid.Encode("Shop", s.ID), Code: s.Code, Name: s.Name, Mall: Mall(s.Mall), Currency: s.Currency, URL: s.URL,
		MoreUrls: append([]string{}, s.MoreURLs...), CreatedAt: s.CreatedAt, ArchivedAt: s.ArchivedAt,
	}
}

// NewShopList maps shops.
func NewShopList(rows []db.Shop) []*Shop {
	list := make([]*Shop, len(rows))
	for i := range rows {
		list[i] = NewShop(&rows[i])
	}
	return list
}

// NewShopDraft maps the input of createShop.
func NewShopDraft(in CreateShopInput) shop.Draft {
	return shop.Draft{Code: in.Code, Name: in.Name, Mall: mall.Mall(in.Mall), Currency: in.Currency, URL: in.URL, MoreURLs: in.MoreUrls}
}

// NewShopChange maps the input of updateShop.
func NewShopChange(in UpdateShopInput) shop.Change {
	c := shop.Change{Name: in.Name, URL: in.URL, Archived: in.Archived}
	if in.MoreUrls != nil {
		c.MoreURLs = &in.MoreUrls
	}
	return c
}

// NewShopUsage maps what hangs on a shop.
func NewShopUsage(u *shop.Used) *ShopUsage {
	return &ShopUsage{AsOf: u.AsOf, Stale: u.Stale, Orders: u.Orders, Customers: u.Customers, Consents: u.Consents, Imports: u.Imports, Tags: u.Tags}
}
