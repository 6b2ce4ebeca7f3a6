package domain_test

import (
	"errors"
	"testing"

	"github.com/meguri-crm/meguri/db/dbtest"
)

func TestTroubleOfDomains(t *testing.T) {
	d := dbtest.New(t)
	s, z := open(t, d, "secret")
	row, err := s.Add(t.Context(), "shop.example")
	if err != nil {
		t.Fatal(err)
	}
	unpublished := func() int {
		t.Helper()
		causes, err := s.Unpublished(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if len(causes) == 0 {
			return 0
		}
		return causes[0].Figures["records"].(int)
	}
	locked := func(secret string) int {
		t.Helper()
		other, _ := open(t, d, secret)
		causes, err := other.LockedKeys(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		return len(causes)
	}
	if n := unpublished(); n != 0 || locked("another secret") != 0 {
		t.Errorf("a domain that is not in use: %d records", n)
	}
	if _, err := s.SetKeyActive(t.Context(), row.ID, row.Keys[0].ID, true); err != nil {
		t.Fatal(err)
	}
	if n := unpublished(); n != 3 { // DKIM, DMARC, SPF
		t.Errorf("%d records, want 3", n)
	}
	for _, r := range row.Records() {
		value := r.Value
		if value == "" {
			value = "v=spf1 -all"
		}
		z.txt[r.Name] = append(z.txt[r.Name], value)
	}
	if n := unpublished(); n != 0 {
		t.Errorf("%d records although all are published", n)
	}
	z.txt, z.err = nil, errors.New("the network is away")
	if n := unpublished(); n != 0 {
		t.Errorf("%d records, although nobody answered", n)
	}
	if locked("secret") != 0 || locked("another secret") != 1 {
		t.Error("whether keys can be opened is told wrongly")
	}
}
