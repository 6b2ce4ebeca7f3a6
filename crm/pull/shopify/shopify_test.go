package shopify_test

import (
	"testing"
	"time"

	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/crm/mall"
	"github.com/meguri-crm/meguri/crm/mall/malltest/merchant"
	"github.com/meguri-crm/meguri/crm/pull"
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

// TestOperations: cost that is spent is waited for, and an operation that
// Shopify gave up on is run once more.
func TestOperations(t *testing.T) {
	t.Parallel()
	c := pulltest.NewClock(pulltest.Begin)
	m := pulltest.SomeMerchant(60)
	fake := pulltest.NewShopify(t, c, m)
	fake.FailNext = true
	w := pulltest.NewWorld(t, mall.Shopify, c, shopify.Service{Base: fake.URL})
	d := pull.Draft{
		ShopID: w.ShopID, Service: string(shopify.Name), EveryMinutes: 15, FirstFrom: pulltest.Begin.Add(-726 * 24 * time.Hour),
		Values: map[string]string{"shop": "meguri.myshopify.com", "accessToken": fake.Token},
	}
	a, err := w.Pull.Try(t.Context(), 0, d)
	if err != nil || a.Trouble != nil || a.Shop != "巡り本店" {
		t.Fatalf("%+v, %v", a, err)
	}
	row, err := w.Pull.Connect(t.Context(), d)
	if err != nil {
		t.Fatal(err)
	}
	fake.Spend()
	w.PullAll(t, row.ID)
	if got, want := len(w.Told(t)), len(m.Told(mall.Shopify)); got != want {
		t.Errorf("%d orders, want %d", got, want)
	}
	if n := fake.Calls("bulkOperationRunQuery"); n < 2 {
		t.Errorf("%d operations", n)
	}
	if b := fake.Breaches(); len(b) > 0 {
		t.Error(b)
	}
	d.Values["shop"] = "https://meguri.example"
	if _, err := w.Pull.Try(t.Context(), 0, d); !fault.Is(err, fault.Invalid) {
		t.Errorf("a domain that is none: %v", err)
	}
}
