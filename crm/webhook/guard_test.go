package webhook_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/meguri-crm/meguri/crm/check"
	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/crm/webhook"
)

// ownAddresses are none of a partner, and hosts as they stand in an address.
var ownAddresses = []string{
	"127.0.0.1", "10.0.0.8", "192.168.1.1:8443", "172.16.0.1", "0.0.0.0",
	"100.64.0.1",               // behind a carrier's translation (RFC 6598)
	"169.254.169.254",          // link-local, where clouds keep their secrets
	"[::ffff:127.0.0.1]",       // IPv4 in the clothes of IPv6
	"[::ffff:100.64.0.1]:8443", // and of a carrier
}

// TestNoWayIntoTheOwnNetworkByAnAddress: it is refused as it is entered.
func TestNoWayIntoTheOwnNetworkByAnAddress(t *testing.T) {
	t.Parallel()
	w := newWorld(t, false)
	hosts := append(slices.Clone(ownAddresses), "localhost", "LOCALHOST.", "db.localhost:5432", "[::1]", "[::]", "[fe80::1]", "[fe80::1%25eth0]", "[fd00::1]", "[64:ff9b::7f00:1]")
	for _, host := range hosts {
		_, _, err := w.Create(t.Context(), webhook.Draft{Name: host, URL: "https://" + host + "/hook", Kinds: webhook.Kinds})
		if !fault.Is(err, fault.Invalid) || codeOf(err) != "INTERNAL_ADDRESS" {
			t.Errorf("%s: %v", host, err)
		}
	}
	for _, url := range []string{"http://shop.example/hook", "https://user:secret@shop.example/", "ftp://shop.example/", "shop.example", "https:///x"} {
		_, _, err := w.Create(t.Context(), webhook.Draft{Name: url, URL: url, Kinds: webhook.Kinds})
		if !fault.Is(err, fault.Invalid) || codeOf(err) != check.BadURL {
			t.Errorf("%s: %v", url, err)
		}
	}
	for _, host := range []string{"shop.example", "8.8.8.8", "[2606:4700::1111]:8443"} {
		if _, _, err := w.Create(t.Context(), webhook.Draft{Name: host, URL: "https://" + host + "/hook", Kinds: webhook.Kinds}); err != nil {
			t.Errorf("%s: %v", host, err)
		}
	}
}

// TestNoWayIntoTheOwnNetworkByAName: a name that has come to stand for such an
// address since it was entered is not dialled.
func TestNoWayIntoTheOwnNetworkByAName(t *testing.T) {
	t.Parallel()
	w, p := newWorld(t, false), newPartner(t)
	row, _, err := w.Create(t.Context(), webhook.Draft{Name: "a", URL: "https://shop.example/hook", Kinds: webhook.Kinds})
	if err != nil {
		t.Fatal(err)
	}
	for _, host := range append(slices.Clone(ownAddresses), strings.TrimPrefix(p.URL, "http://")) {
		if _, err := w.db.NewRaw("UPDATE webhook_endpoints SET url = ?, failures = 0 WHERE id = ?", "http://"+host+"/hook", row.ID).Exec(t.Context()); err != nil {
			t.Fatal(err)
		}
		tried, err := w.Try(t.Context(), row.ID)
		if err != nil {
			t.Fatal(err)
		}
		w.work()
		if d, err := w.Delivery(t.Context(), tried.ID); err != nil || *d.Tries[0].Trouble != webhook.Refused {
			t.Errorf("%s: the log says %+v, %v", host, d.Tries[0], err)
		}
	}
	if n := len(p.all()); n != 0 {
		t.Errorf("%d requests came", n)
	}
}

func TestRedirectsAreNotFollowed(t *testing.T) {
	t.Parallel()
	w, p, target := newWorld(t, true), newPartner(t), newPartner(t)
	p.answer = func(int) (int, http.Header) {
		return http.StatusTemporaryRedirect, http.Header{"Location": {target.URL}}
	}
	row, _ := w.endpoint(p, webhook.ConsentChanged)
	w.consents(1)
	w.work()
	if d := w.deliveries(row.ID)[0]; len(target.all()) != 0 || d.Status != webhook.Waiting || *d.Tries[0].HTTPStatus != 307 {
		t.Errorf("%d came where it led; %+v", len(target.all()), d)
	}
}
