package amazon_test

import (
	"testing"

	"github.com/meguri-crm/meguri/crm/mall"
	"github.com/meguri-crm/meguri/crm/mall/malltest/merchant"
	"github.com/meguri-crm/meguri/crm/pull/amazon"
	"github.com/meguri-crm/meguri/crm/pull/pulltest"
	"github.com/meguri-crm/meguri/crm/pull/source"
)

func fresh(t testing.TB, c *pulltest.Clock, m *merchant.Merchant) *pulltest.Subject {
	fake := pulltest.NewAmazon(t, c, m)
	return &pulltest.Subject{
		Mall: mall.Amazon, Fake: fake.Fake, Service: amazon.Service{Base: fake.URL, Tokens: fake.URL}, Files: []string{"amazon-all"},
		Values: map[string]string{"clientId": fake.Client, "clientSecret": fake.Secret, "refreshToken": fake.Refresh},
		Refuse: func() source.Code { fake.Refresh = "another"; return source.AccessEnded },
		Spoil: func() (string, string, string) {
			no := m.Told(mall.Amazon)[3].No
			fake.Set(no, "orderItems", "none")
			return no, mall.MissingValue, "purchase-date"
		},
	}
}

func TestAmazon(t *testing.T) { pulltest.Run(t, fresh) }
