package customer_test

import (
	"log/slog"
	"testing"

	"github.com/meguri-crm/meguri/crm/mall"
)

// TestAmazonDataGoesInTime: who is known from Amazon only loses the profile
// after the days it may be kept, keeps the orders, and is known again.
func TestAmazonDataGoesInTime(t *testing.T) {
	s, d, _ := newService(t)
	w := newWorld(t, d, now, s)
	b := mall.Buyer{Mail: "a1b2@marketplace.amazon.co.jp", FamilyName: "佐藤 花子", Phone: "090-5555-0101", PostalCode: "1000001", Prefecture: "東京都", City: "千代田区", Address: "千代田1-2-3"}
	there := w.bring(mall.Amazon, b, 100)
	elsewhere := w.bring(mall.Yahoo, mall.Buyer{Mail: "h@example.com", FamilyName: "鈴木", GivenName: "一郎", Phone: "090-5555-0102"}, 100)
	sweep := func() (name, address, prefecture string) {
		t.Helper()
		if err := s.SweepAmazon(t.Context(), slog.New(slog.DiscardHandler)); err != nil {
			t.Fatal(err)
		}
		c, err := s.Find(t.Context(), there)
		if err != nil {
			t.Fatal(err)
		}
		return c.FamilyName + c.GivenName + c.SearchText, c.PostalCode + c.City + c.AddressLine + c.Phone, c.Prefecture
	}
	if name, address, _ := sweep(); name == "" || address == "" {
		t.Fatal("gone before the time")
	}
	var kept int
	if err := d.NewRaw("SELECT count(*) FROM identity_keys WHERE value LIKE '%amazon%'").Scan(t.Context(), &kept); err != nil || kept > 0 {
		t.Errorf("%d keys hold the address itself, %v", kept, err)
	}
	if _, err := d.NewRaw("UPDATE orders SET ordered_at = ordered_at - interval '31 days', shipped_at = shipped_at - interval '31 days'").Exec(t.Context()); err != nil {
		t.Fatal(err)
	}
	if name, address, prefecture := sweep(); name != "" || address != "" || prefecture != "東京都" {
		t.Errorf("after 31 days there are %q, %q, %q", name, address, prefecture)
	}
	if c, err := s.Find(t.Context(), elsewhere); err != nil || c.FamilyName != "鈴木" {
		t.Errorf("somebody of another mall is %+v, %v", c, err)
	}
	if again := w.bring(mall.Amazon, b, 100); again != there {
		t.Errorf("she comes again as %d, was %d", again, there)
	}
	var audited int
	err := d.NewRaw("SELECT count(*) FROM audit_log WHERE action = 'amazon.purge'").Scan(t.Context(), &audited)
	if err != nil || audited != 1 {
		t.Errorf("audited %d times, %v", audited, err)
	}
}
