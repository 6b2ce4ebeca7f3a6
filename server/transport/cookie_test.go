package transport_test

import (
	"net/http/httptest"
	"net/url"
	"testing"
	"time"

	"github.com/meguri-crm/meguri/server/transport"
)

// Browsers send a cookie to every port of a host.
func TestInstallationsOnOneHostKeepTheirSessionsApart(t *testing.T) {
	names := map[string]bool{}
	for _, at := range []string{"http://127.0.0.1:8080", "http://127.0.0.1:8090", "https://crm.example.com"} {
		origin, err := url.Parse(at)
		if err != nil {
			t.Fatal(err)
		}
		w := httptest.NewRecorder()
		transport.RefreshCookieOf(origin).Set(w, "token", time.Now().Add(time.Hour))
		c := w.Result().Cookies()[0]
		if names[c.Name] {
			t.Errorf("%s: the cookie %s is another's, too", at, c.Name)
		}
		names[c.Name] = true
		if c.Secure != (origin.Scheme == "https") {
			t.Errorf("%s: secure is %v", at, c.Secure)
		}
	}
	if !names["meguri_refresh"] {
		t.Errorf("%v: without a port the name is as it ever was", names)
	}
}
