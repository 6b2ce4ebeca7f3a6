package server

import (
	"bytes"
	"compress/gzip"
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"testing"
	"testing/fstest"
	"time"
)

func TestClientIPBelievesTrustedProxiesOnly(t *testing.T) {
	trusted := &Config{TrustedProxies: []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8")}}
	for name, c := range map[string]struct {
		config    *Config
		peer      string
		forwarded []string
		want      string
	}{
		"no proxy":            {&Config{}, "203.0.113.9:4000", nil, "203.0.113.9"},
		"a lie":               {&Config{}, "203.0.113.9:4000", []string{"127.0.0.1"}, "203.0.113.9"},
		"a lie to a stranger": {trusted, "203.0.113.9:4000", []string{"127.0.0.1"}, "203.0.113.9"},
		"one proxy":           {trusted, "10.0.0.1:4000", []string{"203.0.113.9"}, "203.0.113.9"},
		"a lie through it":    {trusted, "10.0.0.1:4000", []string{"127.0.0.1, 203.0.113.9"}, "203.0.113.9"},
		"two proxies":         {trusted, "10.0.0.1:4000", []string{"127.0.0.1, 203.0.113.9", "10.0.0.2"}, "203.0.113.9"},
		"only proxies":        {trusted, "10.0.0.1:4000", []string{"10.0.0.3,10.0.0.2"}, "10.0.0.3"},
		"nonsense":            {trusted, "10.0.0.1:4000", []string{"203.0.113.9, unknown"}, "10.0.0.1"},
		"mapped":              {&Config{}, "[::ffff:203.0.113.9]:4000", nil, "203.0.113.9"},
	} {
		t.Run(name, func(t *testing.T) {
			r := httptest.NewRequest(http.MethodGet, "/", http.NoBody)
			r.RemoteAddr = c.peer
			for _, f := range c.forwarded {
				r.Header.Add("X-Forwarded-For", f)
			}
			if got := c.config.ClientIP(r).String(); got != c.want {
				t.Errorf("got %s, want %s", got, c.want)
			}
		})
	}
}

func TestMetricsAreNotForTheInternet(t *testing.T) {
	rs := &routes{app: &App{Config: &Config{TrustedProxies: []netip.Prefix{netip.MustParsePrefix("10.0.0.1/32")}}}}
	h := rs.internal(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {}))
	for name, c := range map[string]struct {
		peer, forwarded string
		want            int
	}{
		"loopback":                      {"127.0.0.1:4000", "", http.StatusOK},
		"private":                       {"192.168.1.5:4000", "", http.StatusOK},
		"public":                        {"203.0.113.9:4000", "", http.StatusNotFound},
		"public through our proxy":      {"10.0.0.1:4000", "203.0.113.9", http.StatusNotFound},
		"private through our proxy":     {"10.0.0.1:4000", "192.168.1.5", http.StatusOK},
		"through a proxy nobody listed": {"127.0.0.1:4000", "192.168.1.5", http.StatusNotFound},
	} {
		t.Run(name, func(t *testing.T) {
			r := httptest.NewRequest(http.MethodGet, "/metrics", http.NoBody)
			r.RemoteAddr = c.peer
			if c.forwarded != "" {
				r.Header.Set("X-Forwarded-For", c.forwarded)
			}
			w := httptest.NewRecorder()
			h.ServeHTTP(w, r)
			if w.Code != c.want {
				t.Errorf("status %d, want %d", w.Code, c.want)
			}
		})
	}
}

func TestSPA(t *testing.T) {
	script := bytes.Repeat([]byte("let a = 1;\n"), 100)
	s, err := newSPA(fstest.MapFS{
		"index.html":        {Data: []byte("<!doctype html>")},
		"favicon.svg":       {Data: []byte("<svg/>")},
		"assets/app-1a2.js": {Data: script},
		".gitkeep":          {},
	})
	if err != nil {
		t.Fatal(err)
	}
	get := func(method, path, encoding string) *httptest.ResponseRecorder {
		r := httptest.NewRequest(method, path, http.NoBody)
		r.Header.Set("Accept-Encoding", encoding)
		w := httptest.NewRecorder()
		s.ServeHTTP(w, r)
		return w
	}
	for path, want := range map[string]struct {
		status      int
		body, cache string
	}{
		"/":                  {200, "<!doctype html>", "no-cache"},
		"/customers/Q3Vz":    {200, "<!doctype html>", "no-cache"},
		"/../customers":      {200, "<!doctype html>", "no-cache"},
		"/favicon.svg":       {200, "<svg/>", "no-cache"},
		"/assets/app-1a2.js": {200, string(script), "public, max-age=31536000, immutable"},
		"/assets/app-old.js": {404, "404 page not found\n", ""},
	} {
		w := get(http.MethodGet, path, "identity")
		if w.Code != want.status || w.Body.String() != want.body || w.Header().Get("Cache-Control") != want.cache {
			t.Errorf("%s: %d %.40q %q; want %+v", path, w.Code, w.Body, w.Header().Get("Cache-Control"), want)
		}
	}

	zipped := get(http.MethodGet, "/assets/app-1a2.js", "br, gzip")
	if zipped.Header().Get("Content-Encoding") != "gzip" || zipped.Header().Get("Vary") != "Accept-Encoding" {
		t.Fatalf("not compressed: %v", zipped.Header())
	}
	z, err := gzip.NewReader(zipped.Body)
	if err != nil {
		t.Fatal(err)
	}
	if got, err := io.ReadAll(z); err != nil || !bytes.Equal(got, script) {
		t.Errorf("the compressed script is not the script: %v", err)
	}
	if w := get(http.MethodPost, "/", ""); w.Code != http.StatusMethodNotAllowed {
		t.Errorf("POST: %d", w.Code)
	}

	again := httptest.NewRequest(http.MethodGet, "/favicon.svg", http.NoBody)
	again.Header.Set("If-None-Match", get(http.MethodGet, "/favicon.svg", "").Header().Get("Etag"))
	w := httptest.NewRecorder()
	s.ServeHTTP(w, again)
	if w.Code != http.StatusNotModified {
		t.Errorf("the same again: %d, want 304", w.Code)
	}
}

func TestSPANotBuilt(t *testing.T) {
	s, err := newSPA(fstest.MapFS{".gitkeep": {}})
	if err != nil {
		t.Fatal(err)
	}
	w := httptest.NewRecorder()
	s.ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/", http.NoBody))
	if w.Code != http.StatusOK || !bytes.Contains(w.Body.Bytes(), []byte("make build")) {
		t.Errorf("%d %s", w.Code, w.Body)
	}
}

// A stop ends streams at once and lets requests finish.
func TestStopEndsStreamsAndLetsRequestsFinish(t *testing.T) {
	s := newStreams()
	begun, finish := make(chan string, 2), make(chan struct{})
	server := httptest.NewServer(s.watch(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		begun <- r.URL.Path
		select {
		case <-r.Context().Done():
			_, _ = io.WriteString(w, "told")
		case <-finish:
			_, _ = io.WriteString(w, "finished")
		}
	})))
	defer server.Close()
	answers := map[string]chan string{"/stream": make(chan string, 1), "/request": make(chan string, 1)}
	for path, answer := range answers {
		go func() {
			req, err := http.NewRequestWithContext(context.Background(), http.MethodPost, server.URL+path, http.NoBody)
			if err != nil {
				answer <- err.Error()
				return
			}
			if path == "/stream" {
				req.Header.Set("Accept", "text/event-stream")
			}
			res, err := http.DefaultClient.Do(req)
			if err != nil {
				answer <- err.Error()
				return
			}
			defer func() { _ = res.Body.Close() }()
			body, err := io.ReadAll(res.Body)
			if err != nil {
				body = []byte(err.Error())
			}
			answer <- string(body)
		}()
	}
	<-begun
	<-begun

	s.close()
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
	defer cancel()
	if err := s.wait(ctx); err != nil {
		t.Fatalf("streams did not end: %v", err)
	}
	if got := soon(t, answers["/stream"]); got != "told" {
		t.Errorf("the stream says %q", got)
	}
	close(finish)
	if got := soon(t, answers["/request"]); got != "finished" {
		t.Errorf("the request says %q", got)
	}
}

func soon(t *testing.T, from <-chan string) string {
	t.Helper()
	select {
	case got := <-from:
		return got
	case <-time.After(20 * time.Second):
		t.Fatal("no answer")
		return ""
	}
}

func TestEveryAnswerHasTheSecurityHeaders(t *testing.T) {
	for scheme, hsts := range map[string]bool{"http": false, "https": true} {
		cfg, err := Load(map[string]string{"MEGURI_DATA_DIR": t.TempDir(), "MEGURI_PUBLIC_URL": scheme + "://crm.example.com"})
		if err != nil {
			t.Fatal(err)
		}
		w := httptest.NewRecorder()
		secure(cfg, http.NotFoundHandler()).ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/", http.NoBody))
		for _, h := range []string{"Content-Security-Policy", "X-Content-Type-Options", "X-Frame-Options", "Referrer-Policy"} {
			if w.Header().Get(h) == "" {
				t.Errorf("%s: no %s", scheme, h)
			}
		}
		if got := w.Header().Get("Strict-Transport-Security") != ""; got != hsts {
			t.Errorf("%s: HSTS is %v", scheme, got)
		}
	}
}
