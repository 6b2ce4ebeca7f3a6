package server

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/fstest"
)

func TestIDEIsForDevelopers(t *testing.T) {
	built := fstest.MapFS{
		"index.html": {Data: []byte("the application")},
		"ide.html":   {Data: []byte("the IDE")},
	}
	for name, c := range map[string]struct {
		dist   fstest.MapFS
		dev    bool
		status int
		body   string
	}{
		"dev":               {built, true, http.StatusOK, "the IDE"},
		"production":        {built, false, http.StatusNotFound, "404 page not found"},
		"dev, not built in": {fstest.MapFS{".gitkeep": {}}, true, http.StatusServiceUnavailable, "make build"},
	} {
		t.Run(name, func(t *testing.T) {
			s, err := newSPA(c.dist)
			if err != nil {
				t.Fatal(err)
			}
			w := httptest.NewRecorder()
			s.serveIDE(c.dev).ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/ide", http.NoBody))
			if w.Code != c.status || !strings.Contains(w.Body.String(), c.body) {
				t.Errorf("%d %q, want %d %q", w.Code, w.Body, c.status, c.body)
			}
			if policy := w.Header().Get("Content-Security-Policy"); c.dev && !strings.Contains(policy, "default-src 'none'") {
				t.Errorf("policy %q", policy)
			}
		})
	}
}

func TestIDEHasNoOtherAddress(t *testing.T) {
	s, err := newSPA(fstest.MapFS{"index.html": {Data: []byte("the application")}, "ide.html": {Data: []byte("the IDE")}})
	if err != nil {
		t.Fatal(err)
	}
	w := httptest.NewRecorder()
	s.ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/ide.html", http.NoBody))
	if got := w.Body.String(); got != "the application" {
		t.Errorf("/ide.html is %q", got)
	}
}
