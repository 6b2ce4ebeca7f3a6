package server

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/meguri-crm/meguri/crm/access"
)

func TestTheFileOfCustomersIsForWhoMaySeeThem(t *testing.T) {
	s := newSite(t)
	token := s.signIn()
	if _, err := s.app.DB.Exec(`WITH c AS (INSERT INTO customers (family_name, given_name) VALUES ('＝cmd()', '花子') RETURNING id)
		INSERT INTO customer_stats (customer_id) SELECT id FROM c`); err != nil {
		t.Fatal(err)
	}
	ctx := access.As(t.Context(), access.Principal{Kind: access.ActorCommand})
	narrow, err := s.app.Access.StaffToken(ctx, testEmail, time.Hour, access.ScopeAuditRead)
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		token, body string
		status      int
	}{
		"nobody":            {"", `{"filter":{}}`, http.StatusUnauthorized},
		"without the scope": {narrow, `{"filter":{}}`, http.StatusForbidden},
		"no order":          {token, `[`, http.StatusBadRequest},
		"nobody chosen":     {token, `{}`, http.StatusBadRequest},
		"who may see them":  {token, `{"filter":{},"columns":["name"],"locale":"en"}`, http.StatusOK},
	} {
		var headers []string
		if c.token != "" {
			headers = []string{"Authorization", "Bearer " + c.token}
		}
		resp, raw := s.do(http.MethodPost, "/customers.csv", c.body, headers...)
		if resp.StatusCode != c.status {
			t.Errorf("%s: %d, want %d: %s", name, resp.StatusCode, c.status, raw)
		}
		if got := resp.Header.Get("Cache-Control"); got != "no-store" {
			t.Errorf("%s: Cache-Control %q", name, got)
		}
		if c.status != http.StatusOK {
			continue
		}
		if got := resp.Header.Get("Content-Type"); got != "text/csv; charset=utf-8" {
			t.Errorf("Content-Type %q", got)
		}
		if got := resp.Header.Get("Content-Disposition"); !strings.HasPrefix(got, "attachment; filename*=UTF-8''customers-") {
			t.Errorf("Content-Disposition %q", got)
		}
		if got := string(raw); !strings.HasPrefix(got, "\ufeffCustomer ID,") || !strings.Contains(got, ",'＝cmd(),花子,") {
			t.Errorf("file %q", got)
		}
	}
	if resp, _ := s.do(http.MethodGet, "/customers.csv", "", "Authorization", "Bearer "+token); resp.Header.Get("Content-Type") == "text/csv; charset=utf-8" {
		t.Error("the file is given to GET, whose addresses are logged")
	}
}

// TestFilesArePaidFor: nobody takes one after the other without end.
func TestFilesArePaidFor(t *testing.T) {
	s := newSite(t)
	token := s.signIn()
	const many = 1000 // far more than come back meanwhile
	for range many {
		resp, raw := s.do(http.MethodPost, "/customers.csv", `{"filter":{}}`, "Authorization", "Bearer "+token)
		switch resp.StatusCode {
		case http.StatusOK:
		case http.StatusTooManyRequests:
			if resp.Header.Get("Retry-After") == "" {
				t.Error("it does not say when to try again")
			}
			return
		default:
			t.Fatalf("%d: %s", resp.StatusCode, raw)
		}
	}
	t.Errorf("%d files were given at once", many)
}
