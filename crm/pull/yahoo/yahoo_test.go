package yahoo_test

import (
	"maps"
	"testing"
	"time"

	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/crm/mall"
	"github.com/meguri-crm/meguri/crm/mall/malltest/merchant"
	"github.com/meguri-crm/meguri/crm/pull"
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

func draft(w *pulltest.World, s *pulltest.Subject) pull.Draft {
	return pull.Draft{ShopID: w.ShopID, Service: string(yahoo.Name), Values: maps.Clone(s.Values), EveryMinutes: 15, FirstFrom: pulltest.Begin.Add(-700 * 24 * time.Hour)}
}

// TestLeave: the code that Yahoo! shows becomes leave for four weeks, and its end is known.
func TestLeave(t *testing.T) {
	t.Parallel()
	c := pulltest.NewClock(pulltest.Begin)
	s := fresh(t, c, pulltest.SomeMerchant(10))
	w := pulltest.NewWorld(t, mall.Yahoo, c, s.Service)
	d := draft(w, s)
	delete(d.Values, "refreshToken")
	d.Code, d.Redirect = "code-of-leave", "https://crm.example.com/settings/connections"
	row, err := w.Pull.Connect(t.Context(), d)
	if err != nil || row.ExpiresAt == nil || row.ExpiresAt.Sub(pulltest.Begin).Round(time.Hour) != 28*24*time.Hour || !row.ExpiresKnown {
		t.Fatalf("%+v, %v", row, err)
	}
	w.PullAll(t, row.ID)
	d.Code = "another"
	if _, err := w.Pull.Update(t.Context(), row.ID, d); !fault.Is(err, fault.Precondition) {
		t.Errorf("a code that is none: %v", err)
	}
}

// TestRefusals: each way in which Yahoo! refuses is told as what it is.
func TestRefusals(t *testing.T) {
	t.Parallel()
	c := pulltest.NewClock(pulltest.Begin)
	fake := pulltest.NewYahoo(t, c, pulltest.SomeMerchant(10))
	w := pulltest.NewWorld(t, mall.Yahoo, c, yahoo.Service{Base: fake.URL, Tokens: fake.URL})
	good := map[string]string{"sellerId": fake.Seller, "clientId": fake.Client, "clientSecret": fake.Secret, "refreshToken": fake.Refresh, "publicKey": fake.PublicKey, "keyVersion": "1"}
	for name, x := range map[string]struct {
		field, value string
		set          *bool
		want         source.Code
	}{
		"works":             {},
		"address":           {set: &fake.Unregistered, want: source.AddressUnkown},
		"application":       {set: &fake.NoLeave, want: source.NotAllowed},
		"store":             {field: "sellerId", value: "another", want: source.AccessEnded}, // the signature is of another store
		"secret":            {field: "clientSecret", value: "another", want: source.KeyRefused},
		"token":             {field: "refreshToken", value: "another", want: source.AccessEnded},
		"without signature": {field: "publicKey", value: "", want: source.AccessEnded},
	} {
		values := maps.Clone(good)
		if x.field != "" {
			values[x.field] = x.value
		}
		if x.set != nil {
			*x.set = true
		}
		c.Advance(time.Minute)
		a, err := w.Pull.Try(t.Context(), 0, pull.Draft{ShopID: w.ShopID, Service: string(yahoo.Name), Values: values, EveryMinutes: 60})
		if x.set != nil {
			*x.set = false
		}
		if err != nil || (a.Trouble == nil) != (x.want == "") || a.Trouble != nil && a.Trouble.Code != x.want {
			t.Errorf("%s: %+v, %v", name, a.Trouble, err)
		}
	}
	values := maps.Clone(good)
	values["publicKey"] = "no key"
	if _, err := w.Pull.Try(t.Context(), 0, pull.Draft{ShopID: w.ShopID, Service: string(yahoo.Name), Values: values, EveryMinutes: 60}); !fault.Is(err, fault.Invalid) {
		t.Errorf("a key that is none: %v", err)
	}
}

// TestTokenEnds: an access token that ends on the way is renewed, and nothing is asked twice for it.
func TestTokenEnds(t *testing.T) {
	t.Parallel()
	c := pulltest.NewClock(pulltest.Begin)
	m := pulltest.SomeMerchant(60)
	s := fresh(t, c, m)
	w := pulltest.NewWorld(t, mall.Yahoo, c, s.Service)
	row, err := w.Pull.Connect(t.Context(), draft(w, s))
	if err != nil {
		t.Fatal(err)
	}
	s.Fake.Instead(func(_ string, n int) *pulltest.Answer {
		if n%10 == 0 {
			c.Advance(2 * time.Hour)
		}
		return nil
	})
	w.PullAll(t, row.ID)
	if n := s.Fake.Calls("token"); n < 5 {
		t.Errorf("%d tokens only", n)
	}
	if got, want := len(w.Told(t)), len(m.Told(mall.Yahoo)); got < want-5 { // those before the first day are not asked for
		t.Errorf("%d orders, want %d", got, want)
	}
}
