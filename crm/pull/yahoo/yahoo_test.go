package yahoo_test

import (
	"testing"

	"github.com/meguri-crm/meguri/crm/mall"
	"github.com/meguri-crm/meguri/crm/mall/malltest/merchant"
	"github.com/meguri-crm/meguri/crm/pull/pulltest"
	"github.com/meguri-crm/meguri/crm/pull/source"
	"github.com/meguri-crm/meguri/crm/pull/yahoo"
)

func fresh(t testing.TB, c *pulltest.Clock, m *merchant.Merchant) *pulltest.Subject {
	fake := pulltest.NewYahoo(t, c, m)
	fake.Rotate = len(m.Orders)%2 == 0 // Yahoo! hands out none today; one that did must be kept
	return &pulltest.Subject{
		Mall: mall.Yahoo, Fake: fake.Fake, Service: yahoo.Service{Base: fake.URL, Tokens: fake.URL},
		Values: map[string]string{
			"sellerId": fake.Seller, "clientId": fake.Client, "clientSecret": fake.Secret, "refreshToken": fake.Refresh, "publicKey": fake.PublicKey, "keyVersion": "1",
		},
		Refuse: func() source.Code { fake.Refresh = "another"; return source.AccessEnded },
		Spoil: func() (string, string, string) {
			no := m.Told(mall.Yahoo)[3].No
			fake.Spoil(no)
			return no, mall.BadAmount, "OriginalPrice"
		},
	}
}

func TestYahoo(t *testing.T) { pulltest.Run(t, fresh) }
