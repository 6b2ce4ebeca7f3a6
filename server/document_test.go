package server

import (
	"html"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/meguri-crm/meguri/docs"
)

var (
	inCode     = regexp.MustCompile(`(?s)<code>.*?</code>|<style>.*?</style>`)
	anchors    = regexp.MustCompile(` id="([^"]+)"`)
	references = regexp.MustCompile(` href="([^"]+)"`)
)

func documentSite(t *testing.T) func(path string, header ...string) (*http.Response, string) {
	t.Helper()
	mux := http.NewServeMux()
	if err := (&routes{}).documents(mux); err != nil {
		t.Fatal(err)
	}
	handler := secure(&Config{PublicURL: &url.URL{Scheme: "http"}}, mux)
	return func(path string, header ...string) (*http.Response, string) {
		r := httptest.NewRequest(http.MethodGet, path, http.NoBody)
		for i := 0; i < len(header); i += 2 {
			r.Header.Set(header[i], header[i+1])
		}
		w := httptest.NewRecorder()
		handler.ServeHTTP(w, r)
		return w.Result(), w.Body.String()
	}
}

// Every document is a page in both languages, nothing of its Markdown is left over,
// and every link into a document ends at a heading of it.
func TestDocumentsArePages(t *testing.T) {
	get := documentSite(t)
	ids := map[string][]string{}
	pages := map[string]string{}
	for _, document := range docs.All {
		for _, locale := range []string{japanese, english} {
			path := documentsPath + document.Name + "?lang=" + locale
			r, body := get(path)
			if r.StatusCode != http.StatusOK || r.Header.Get("Content-Type") != "text/html; charset=utf-8" {
				t.Fatalf("%s: %d %s", path, r.StatusCode, r.Header.Get("Content-Type"))
			}
			pages[path] = body
			for _, found := range anchors.FindAllStringSubmatch(body, -1) {
				if slices.Contains(ids[path], found[1]) {
					t.Errorf("%s has %q twice", path, found[1])
				}
				ids[path] = append(ids[path], found[1])
			}
			if strings.Count(body, "<h1") != 1 {
				t.Errorf("%s has %d titles", path, strings.Count(body, "<h1"))
			}
			words := inCode.ReplaceAllString(body, "")
			for _, left := range []string{"**", "](", "```", "\n|", "raw HTML"} {
				if strings.Contains(words, left) {
					t.Errorf("%s shows %q as it is", path, left)
				}
			}
			if blocks := strings.Count(string(document.English), "\n```") / 2; strings.Count(body, `<figure class="code">`) != blocks {
				t.Errorf("%s shows %d pieces of code of %d", path, strings.Count(body, `<figure class="code">`), blocks)
			}
		}
	}
	for path, body := range pages {
		for _, found := range references.FindAllStringSubmatch(body, -1) {
			to, section, _ := strings.Cut(html.UnescapeString(found[1]), "#")
			if to == "" {
				to = path
			}
			if known, is := ids[to]; is && section != "" && !slices.Contains(known, section) {
				t.Errorf("%s leads to %s, which has no such heading", path, found[1])
			}
			if !strings.HasPrefix(to, "/") && !strings.HasPrefix(to, "?lang=") && !strings.HasPrefix(to, "https://") {
				t.Errorf("%s leads to %s", path, to)
			}
		}
	}
	if section := "webhooks"; !slices.Contains(ids[documentsPath+"api?lang=ja"], section) {
		t.Errorf("what leads to #%s leads nowhere", section)
	}
}

func TestDocumentsSpeakTheLanguageOfTheReader(t *testing.T) {
	get := documentSite(t)
	for _, c := range []struct{ path, accept, lang string }{
		{"/docs/api", "ja,en;q=0.8", "ja"},
		{"/docs/api", "en-US,en;q=0.9", "en"},
		{"/docs/api", "", "ja"},
		{"/docs/api?lang=en", "ja", "en"},
	} {
		r, body := get(c.path, "Accept-Language", c.accept)
		if !strings.Contains(body, `<html lang="`+c.lang+`">`) {
			t.Errorf("%s asked for in %q is not in %s", c.path, c.accept, c.lang)
		}
		if vary := strings.Join(r.Header.Values("Vary"), ", "); vary != "Accept-Language, Accept-Encoding" {
			t.Errorf("%s varies by %q", c.path, vary)
		}
	}
	if r, _ := get("/docs/?lang=en"); r.StatusCode != http.StatusFound || r.Header.Get("Location") != "/docs/api?lang=en" {
		t.Errorf("the documents begin at %d %q", r.StatusCode, r.Header.Get("Location"))
	}
}

// A browser keeps the pages and asks whether they are still the same; the policy of
// the application holds on them, so that their script is a file of this server.
func TestDocumentsAreKeptAndGuarded(t *testing.T) {
	get := documentSite(t)
	for _, path := range []string{"/docs/api", "/docs/document.js"} {
		r, _ := get(path)
		if got := r.Header.Get("Content-Security-Policy"); got != contentPolicy {
			t.Errorf("%s: policy %q", path, got)
		}
		if again, _ := get(path, "If-None-Match", r.Header.Get("Etag")); again.StatusCode != http.StatusNotModified {
			t.Errorf("%s again: %d", path, again.StatusCode)
		}
		if r, _ := get(path, "Accept-Encoding", "gzip"); r.Header.Get("Content-Encoding") != "gzip" {
			t.Errorf("%s comes unpacked", path)
		}
	}
	if _, body := get("/docs/api"); strings.Contains(body, "<script>") || strings.Contains(body, " onclick") {
		t.Error("the page has a script of its own, which its policy refuses")
	}
}

// Programs read the same as texts.
func TestDocumentsStayTexts(t *testing.T) {
	get := documentSite(t)
	for _, document := range docs.All {
		for path, text := range map[string][]byte{"/" + document.Name + ".md": document.English, "/" + document.Name + ".ja.md": document.Japanese} {
			if r, body := get(path); r.Header.Get("Content-Type") != "text/plain; charset=utf-8" || body != string(text) {
				t.Errorf("%s is %s", path, r.Header.Get("Content-Type"))
			}
		}
	}
}
