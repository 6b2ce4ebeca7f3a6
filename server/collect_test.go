package server

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/meguri-crm/meguri/crm/access"
	"github.com/meguri-crm/meguri/db"
)

const pageOrigin = "https://shop.example"

// collectSite is a site with a write key for the pages of pageOrigin.
func collectSite(t *testing.T) (*site, *db.WriteKey) {
	t.Helper()
	s, _, _ := eventsSite(t)
	var shop int64
	if err := s.app.DB.NewRaw("SELECT id FROM shops").Scan(t.Context(), &shop); err != nil {
		t.Fatal(err)
	}
	key, err := s.app.Events.CreateKey(t.Context(), shop, []string{"HTTPS://Shop.Example/", "http://127.0.0.1:1"})
	if err != nil {
		t.Fatal(err)
	}
	return s, key
}

// timeline is whose events there are, and what they are.
func (s *site) timeline() string {
	s.t.Helper()
	var text string
	err := s.app.DB.NewRaw(`SELECT coalesce((SELECT string_agg(customer_id || ' ' || kind || ' ' || coalesce(data->>'sku', data->>'path', ''), ', ' ORDER BY occurred_at, id) FROM events), '') || ' | ' ||
		coalesce((SELECT string_agg(visitor_id || ' ' || kind, ', ' ORDER BY id) FROM visitor_events), '')`).Scan(s.t.Context(), &text)
	if err != nil {
		s.t.Fatal(err)
	}
	return text
}

func TestCollectFromAPage(t *testing.T) {
	s, key := collectSite(t)
	send := func(body string) (reply, string) {
		r, raw := s.do(http.MethodPost, "/collect/"+key.Key, body, "Origin", pageOrigin, "Content-Type", "text/plain")
		return r, strings.TrimSpace(string(raw))
	}
	body := `{"visitor":"v1","events":[{"key":"a","kind":"VIEW","ago":5000,"sku":"TEA-1","price":1200},{"key":"b","kind":"PAGE_VIEW","path":"/items?mail=x"},{"key":"c","kind":"JUMP"}]}`
	for range 2 { // sent again, as a page that does not know whether it arrived does
		if r, got := send(body); r.StatusCode != http.StatusOK || got != `{"identified":false}` || r.Header.Get("Access-Control-Allow-Origin") != pageOrigin {
			t.Fatalf("%d %s %v", r.StatusCode, got, r.Header)
		}
	}
	if got := s.timeline(); got != " | v1 behaviour.viewed, v1 behaviour.page_viewed" {
		t.Errorf("nobody's: %s", got)
	}

	staff, err := s.app.Access.StaffToken(access.As(t.Context(), access.Principal{Kind: access.ActorCommand}), testEmail, time.Hour)
	if err != nil {
		t.Fatal(err)
	}
	customer, err := s.app.Access.SignCustomer(1, time.Hour)
	if err != nil {
		t.Fatal(err)
	}
	for token, want := range map[string]string{"made up": "false", staff: "false"} {
		if _, got := send(fmt.Sprintf(`{"visitor":"v1","token":%q}`, token)); got != `{"identified":`+want+`}` {
			t.Errorf("a token that is no customer's: %s", got)
		}
	}
	if _, got := send(fmt.Sprintf(`{"visitor":"v1","token":%q,"events":[{"key":"d","kind":"CART_ADD","sku":"TEA-1"}]}`, customer)); got != `{"identified":true}` {
		t.Errorf("the customer's own token: %s", got)
	}
	if got := s.timeline(); got != "1 behaviour.viewed TEA-1, 1 behaviour.page_viewed /items, 1 behaviour.carted TEA-1 | " {
		t.Errorf("identified: %s", got)
	}
}

func TestCollectRefuses(t *testing.T) {
	s, key := collectSite(t)
	many := `{"visitor":"v","events":[` + strings.TrimSuffix(strings.Repeat(`{"key":"k","kind":"VIEW"},`, collectEvents+1), ",") + `]}`
	for name, c := range map[string]struct {
		path, origin, body string
		status             int
	}{
		"an unknown key":         {"/collect/mk_none", pageOrigin, `{"visitor":"v"}`, http.StatusNotFound},
		"a page of another site": {"/collect/" + key.Key, "https://evil.example", `{"visitor":"v"}`, http.StatusForbidden},
		"no page at all":         {"/collect/" + key.Key, "", `{"visitor":"v"}`, http.StatusForbidden},
		"no JSON":                {"/collect/" + key.Key, pageOrigin, `visitor`, http.StatusBadRequest},
		"nobody":                 {"/collect/" + key.Key, pageOrigin, `{}`, http.StatusBadRequest},
		"too many events":        {"/collect/" + key.Key, pageOrigin, many, http.StatusBadRequest},
		"too long":               {"/collect/" + key.Key, pageOrigin, `{"visitor":"` + strings.Repeat("v", collectBody) + `"}`, http.StatusBadRequest},
	} {
		r, _ := s.do(http.MethodPost, c.path, c.body, "Origin", c.origin)
		if allowed := r.Header.Get("Access-Control-Allow-Origin"); r.StatusCode != c.status || (allowed != "") != (c.status == http.StatusBadRequest) {
			t.Errorf("%s: %d, allows %q", name, r.StatusCode, allowed)
		}
	}
	if r, _ := s.do(http.MethodOptions, "/collect/"+key.Key, "", "Origin", "http://127.0.0.1:1"); r.StatusCode != http.StatusNoContent || r.Header.Get("Access-Control-Allow-Methods") != "POST" {
		t.Errorf("preflight: %d %v", r.StatusCode, r.Header)
	}
	refused := 0
	for range int(pageRate.burst) + 60 {
		if r, _ := s.do(http.MethodPost, "/collect/"+key.Key, `{"visitor":"v"}`, "Origin", pageOrigin); r.StatusCode == http.StatusTooManyRequests {
			refused++
		}
	}
	if refused == 0 {
		t.Error("nothing holds back a page that sends without end")
	}
	if _, err := s.app.Events.RevokeKey(t.Context(), key.ID); err != nil {
		t.Fatal(err)
	}
	if r, _ := s.do(http.MethodPost, "/collect/"+key.Key, `{"visitor":"v"}`, "Origin", pageOrigin); r.StatusCode != http.StatusNotFound {
		t.Errorf("a revoked key: %d", r.StatusCode)
	}
}

// TestCollectCountsEvents: a request is charged for all that it brings.
func TestCollectCountsEvents(t *testing.T) {
	s, key := collectSite(t)
	full := `{"visitor":"v","events":[` + strings.TrimSuffix(strings.Repeat(`{"key":"k","kind":"VIEW"},`, collectEvents), ",") + `]}`
	passed := 0
	for range 10 {
		if r, _ := s.do(http.MethodPost, "/collect/"+key.Key, full, "Origin", pageOrigin); r.StatusCode == http.StatusOK {
			passed++
		}
	}
	if passed < 1 || passed > 6 {
		t.Errorf("%d full requests passed at once", passed)
	}
}

func TestSnippetIsSmall(t *testing.T) {
	s, _ := collectSite(t)
	r, body := s.do(http.MethodGet, "/snippet.js", "")
	if r.StatusCode != http.StatusOK || !strings.HasPrefix(r.Header.Get("Content-Type"), "text/javascript") || r.Header.Get("Cross-Origin-Resource-Policy") != "cross-origin" {
		t.Errorf("%d %v", r.StatusCode, r.Header)
	}
	if len(body) == 0 || len(body) >= 4096 || strings.Contains(string(body), "\n  ") {
		t.Errorf("%d bytes", len(body))
	}
	if r, _ := s.do(http.MethodGet, "/snippet.js", "", "If-None-Match", r.Header.Get("ETag")); r.StatusCode != http.StatusNotModified {
		t.Errorf("unchanged: %d", r.StatusCode)
	}
}

func TestLimiterForgetsAndGivesBack(t *testing.T) {
	l := newLimiter(rate{burst: 2, perSecond: 1})
	now := time.Unix(0, 0)
	got := fmt.Sprint(l.allow("a", 1, now), l.allow("a", 1, now), l.allow("a", 1, now), l.allow("b", 1, now), l.allow("a", 1, now.Add(time.Second)), l.allow("a", 1, now.Add(time.Second)))
	if got != "true true false true true false" {
		t.Error(got)
	}
	for i := range 3 * limiterAtLeast {
		l.allow(fmt.Sprint(i), 1, now.Add(time.Duration(i)*time.Minute))
	}
	if len(l.callers) > limiterAtLeast+1 {
		t.Errorf("%d callers are kept", len(l.callers))
	}
}
