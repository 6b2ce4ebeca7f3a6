package shopify_test

import (
	"testing"

	"github.com/meguri-crm/meguri/crm/mall"
	"github.com/meguri-crm/meguri/crm/mall/malltest/merchant"
	"github.com/meguri-crm/meguri/crm/pull/pulltest"
	"github.com/meguri-crm/meguri/crm/pull/shopify"
	"github.com/meguri-crm/meguri/crm/pull/source"
)

func fresh(t testing.TB, c *pulltest.Clock, m *merchant.Merchant) *pulltest.Subject {
	fake := pulltest.NewShopify(t, c, m)
	return &pulltest.Subject{
		Mall: mall.Shopify, Fake: fake.Fake, Service: shopify.Service{Base: fake.URL},
		Values: map[string]string{"shop": "meguri.myshopify.com", "accessToken": fake.Token},
		Refuse: func() source.Code { fake.Token = "another"; return source.KeyRefused },
		Spoil: func() (string, string, string) {
			no := m.Told(mall.Shopify)[3].No
			fake.Set(no, "createdAt", []string{"never"})
			return no, mall.BadDate, "Created at"
		},
	}
}

func TestShopify(t *testing.T) { pulltest.Run(t, fresh) }
