package rakuten_test

import (
	"testing"

	"github.com/meguri-crm/meguri/crm/mall"
	"github.com/meguri-crm/meguri/crm/mall/malltest/merchant"
	"github.com/meguri-crm/meguri/crm/pull/pulltest"
	"github.com/meguri-crm/meguri/crm/pull/rakuten"
	"github.com/meguri-crm/meguri/crm/pull/source"
)

func fresh(t testing.TB, c *pulltest.Clock, m *merchant.Merchant) *pulltest.Subject {
	fake := pulltest.NewRakuten(t, c, m)
	return &pulltest.Subject{
		Mall: mall.Rakuten, Fake: fake.Fake, Service: rakuten.Service{Base: fake.URL},
		Values: map[string]string{"serviceSecret": fake.Secret, "licenseKey": fake.Key},
		Refuse: func() source.Code { fake.Key = "another"; return source.KeyRefused },
		Spoil: func() (string, string, string) {
			no := m.Told(mall.Rakuten)[3].No
			fake.Set(no, "goodsPrice", []int{1, 2})
			return no, mall.BadAmount, "商品合計金額"
		},
	}
}

func TestRakuten(t *testing.T) { pulltest.Run(t, fresh) }
