package amazon_test

import (
	"testing"
	"time"

	"github.com/meguri-crm/meguri/crm/mall"
	"github.com/meguri-crm/meguri/crm/mall/malltest/merchant"
	"github.com/meguri-crm/meguri/crm/pull"
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

func connected(t *testing.T, m *merchant.Merchant, buyers bool) (*pulltest.World, *pulltest.Amazon, int64) {
	t.Helper()
	c := pulltest.NewClock(pulltest.Begin)
	fake := pulltest.NewAmazon(t, c, m)
	fake.Buyers = buyers
	w := pulltest.NewWorld(t, mall.Amazon, c, amazon.Service{Base: fake.URL, Tokens: fake.URL})
	row, err := w.Pull.Connect(t.Context(), pull.Draft{
		ShopID: w.ShopID, Service: string(amazon.Name), EveryMinutes: 15, FirstFrom: pulltest.Begin.Add(-726 * 24 * time.Hour),
		Values: map[string]string{"clientId": fake.Client, "clientSecret": fake.Secret, "refreshToken": fake.Refresh, "buyers": "yes"},
	})
	if err != nil && buyers {
		t.Fatal(err)
	}
	if err != nil {
		t.Fatalf("without the role nothing comes at all: %v", err)
	}
	return w, fake, row.ID
}

func named(t *testing.T, w *pulltest.World) (n int) {
	t.Helper()
	if err := w.DB.NewRaw("SELECT count(*) FROM orders o JOIN customers c ON c.id = o.customer_id WHERE NOT c.anonymous").Scan(t.Context(), &n); err != nil {
		t.Fatal(err)
	}
	return n
}

// TestBuyers: who bought comes where the application has the role for it, and
// the orders come alone where it has not.
func TestBuyers(t *testing.T) {
	t.Parallel()
	m := pulltest.SomeMerchant(60)
	want := 0
	for _, o := range m.Told(mall.Amazon) {
		if len(o.Rows["amazon-unshipped"]) > 0 {
			want++
		}
	}
	w, _, id := connected(t, m, true)
	w.PullAll(t, id)
	if got := named(t, w); got != want || want == 0 {
		t.Errorf("%d orders have a buyer, want %d", got, want)
	}
	w, fake, id := connected(t, m, false)
	w.PullAll(t, id)
	if got, all := named(t, w), len(w.Told(t)); got != 0 || all != len(m.Told(mall.Amazon)) {
		t.Errorf("without the role %d of %d orders have a buyer", got, all)
	}
	if b := fake.Breaches(); len(b) > 0 {
		t.Error(b)
	}
}

// TestPace: the rate that Amazon grants is taken from its answers.
func TestPace(t *testing.T) {
	t.Parallel()
	m := pulltest.SomeMerchant(400)
	w, fake, id := connected(t, m, true)
	w.PullAll(t, id)
	slow := w.Clock.Now().Sub(pulltest.Begin)
	w, fast, id := connected(t, m, true)
	fast.Grant(1)
	w.PullAll(t, id)
	if quick := w.Clock.Now().Sub(pulltest.Begin); quick >= slow && fake.Calls("searchOrders") > 20 {
		t.Errorf("at 1 a second it took %s, at 0.0056 %s", quick, slow)
	}
	if b := append(fake.Breaches(), fast.Breaches()...); len(b) > 0 {
		t.Error(b)
	}
}

// TestPageTokenEnds: a pull that lies for more than a day begins its window anew.
func TestPageTokenEnds(t *testing.T) {
	t.Parallel()
	m := pulltest.SomeMerchant(300)
	w, fake, id := connected(t, m, true)
	pages := 0
	fake.Instead(func(call string, _ int) *pulltest.Answer {
		if call == "searchOrders" {
			if pages++; pages == 3 || pages == 6 {
				w.Clock.Advance(25 * time.Hour)
			}
		}
		return nil
	})
	w.PullAll(t, id)
	if got, want := len(w.Told(t)), len(m.Told(mall.Amazon)); got != want {
		t.Errorf("%d orders, want %d", got, want)
	}
}
