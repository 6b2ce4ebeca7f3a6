package server

import (
	"bytes"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/meguri-crm/meguri/crm/access"
)

func TestTheAuditFileIsForWhoMayReadTheLog(t *testing.T) {
	s := newSite(t)
	token := s.signIn()
	narrow, err := s.app.Access.StaffToken(access.As(t.Context(), access.Principal{Kind: access.ActorCommand}), testEmail, time.Hour, access.ScopeCustomersRead)
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		query  string
		header []string
		status int
	}{
		"nobody":                    {"", nil, http.StatusUnauthorized},
		"without the scope":         {"", []string{"Authorization", "Bearer " + narrow}, http.StatusForbidden},
		"a day that is none":        {"?from=2026-13-01", []string{"Authorization", "Bearer " + token}, http.StatusBadRequest},
		"an id that is none":        {"?object=x", []string{"Authorization", "Bearer " + token}, http.StatusBadRequest},
		"who may read the log":      {"", []string{"Authorization", "Bearer " + token}, http.StatusOK},
		"one action, in a language": {"?actions=staff.sign_in&locale=en", []string{"Authorization", "Bearer " + token}, http.StatusOK},
	} {
		resp, raw := s.do(http.MethodGet, "/audit.csv"+c.query, "", c.header...)
		if resp.StatusCode != c.status {
			t.Errorf("%s: %d, want %d: %s", name, resp.StatusCode, c.status, raw)
		}
		if c.status != http.StatusOK {
			continue
		}
		if resp.Header.Get("Cache-Control") != "no-store" || !strings.Contains(resp.Header.Get("Content-Disposition"), "audit-") {
			t.Errorf("%s: headers %v", name, resp.Header)
		}
		if english := strings.Contains(c.query, "locale=en"); english != bytes.Contains(raw, []byte("Signed in")) || english && bytes.Contains(raw, []byte("staff.create")) {
			t.Errorf("%s: %s", name, raw)
		}
	}
}

func TestPagesThatHoldKeysAreNamedToNobody(t *testing.T) {
	s := newSite(t)
	for path, want := range map[string]string{
		"/invite": "no-referrer", "/reset-password": "no-referrer", "/sign-in": "strict-origin-when-cross-origin",
	} {
		if resp, _ := s.do(http.MethodGet, path, ""); resp.Header.Get("Referrer-Policy") != want {
			t.Errorf("%s: %q, want %q", path, resp.Header.Get("Referrer-Policy"), want)
		}
	}
}
