package customer_test

import (
	"log/slog"
	"testing"

	"github.com/meguri-crm/meguri/crm/mall"
)

// TestOlderSpellingsAreKnownAgain: who is known by keys of another spelling only
// is found by those of the present one after the job went over her.
func TestOlderSpellingsAreKnownAgain(t *testing.T) {
	s, d, _ := newService(t)
	w := newWorld(t, d, now, s)
	b := mall.Buyer{
		FamilyName: "髙﨑", GivenName: "花子", FamilyKana: "タカサキ", GivenKana: "ハナコ",
		PostalCode: "1000013", Prefecture: "東京都", City: "千代田区", Address: "霞が関三丁目1番2号",
	}
	first := w.bring(mall.Yahoo, b, 100)
	for _, sql := range []string{
		"UPDATE identity_keys SET value = 'older|' || value",
		"UPDATE customers SET hint_address = 1",
		"DELETE FROM settings WHERE key = 'identity.spelling'",
	} {
		if _, err := d.NewRaw(sql).Exec(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	for range 2 { // again changes nothing
		if err := s.RunJob(t.Context(), slog.New(slog.DiscardHandler)); err != nil {
			t.Fatal(err)
		}
	}
	b.Address = "霞ヶ関3-1-2"
	if again := w.bring(mall.Yahoo, b, 100); again != first {
		t.Errorf("a guest of the same shop comes again as %d, was %d", again, first)
	}
	if elsewhere := w.bring(mall.OwnSite, b, 100); elsewhere != first {
		t.Errorf("on another shop she is %d, was %d", elsewhere, first)
	}
	var older int
	if err := d.NewRaw("SELECT count(*) FROM customers WHERE hint_address = 1").Scan(t.Context(), &older); err != nil || older != 0 {
		t.Errorf("%d customers have an older hint, %v", older, err)
	}
}
