package server

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

func TestBouncesComeInWithTheSecretOnly(t *testing.T) {
	w := newRecipientWorld(t)
	secrets, err := BounceSecrets(w.app.Config.Secret)
	if err != nil {
		t.Fatal(err)
	}
	intake, err := (&routes{app: w.app}).bounces()
	if err != nil {
		t.Fatal(err)
	}
	const report = "From: mailer-daemon@mx.example\r\nSubject: failure notice\r\n\r\n<nobody@example.com>: user unknown\r\n"
	for name, c := range map[string]struct {
		secret, to, body string
		status           int
		want             string
	}{
		"without":             {"", "", report, http.StatusUnauthorized, "UNAUTHENTICATED"},
		"with another":        {strings.Repeat("0", len(secrets[0])), "", report, http.StatusUnauthorized, "UNAUTHENTICATED"},
		"with it":             {secrets[0], "", report, http.StatusOK, `"kind":"HARD"`},
		"to a forged address": {secrets[0], "?to=b-aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa@bounce.example", report, http.StatusBadRequest, "FORGED"},
		"too long":            {secrets[0], "", strings.Repeat("x", 5<<20), http.StatusBadRequest, "TOO_LARGE"},
	} {
		req := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/bounces"+c.to, strings.NewReader(c.body))
		req.Header.Set("Authorization", "Bearer "+c.secret)
		res := httptest.NewRecorder()
		intake.ServeHTTP(res, req)
		if res.Code != c.status || !strings.Contains(res.Body.String(), c.want) {
			t.Errorf("%s: %d %s, want %d with %s", name, res.Code, res.Body, c.status, c.want)
		}
	}
}
