package transport_test

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/meguri-crm/meguri/crm/access"
	"github.com/meguri-crm/meguri/crm/clock"
	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/graph"
	"github.com/meguri-crm/meguri/graph/operation"
	"github.com/meguri-crm/meguri/graph/operation/operationtest"
	"github.com/meguri-crm/meguri/server/transport"
)

// tokens is a verifier: "good" is a member of staff whose session the test can
// end, everything else does not hold.
type tokens struct {
	mu      sync.Mutex
	ended   bool
	expires time.Time
}

const good = "good"

func (v *tokens) Verify(_ context.Context, token string) (access.Principal, error) {
	if token != good {
		return access.Principal{}, fault.New(fault.Unauthenticated, "the access token is not valid").WithCode("TOKEN_INVALID")
	}
	scopes, err := access.Scopes(access.ScopeCampaignsRead, access.ScopeCustomersRead)
	v.mu.Lock()
	defer v.mu.Unlock()
	return access.Principal{Kind: access.ActorStaff, ID: 1, Scopes: scopes, ExpiresAt: v.expires}, err
}

func (v *tokens) Recheck(_ context.Context, p access.Principal) (access.Principal, error) {
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.ended || !time.Now().Before(p.ExpiresAt) {
		return access.Principal{}, fault.New(fault.Unauthenticated, "this session has ended")
	}
	return p, nil
}

func (v *tokens) end() {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.ended = true
}

// ticker gives every subscription its own channel.
type ticker struct {
	mu   sync.Mutex
	subs map[chan string]struct{}
	came chan struct{} // one for each subscription that began
	gone chan struct{} // one for each that ended
}

func newTicker() *ticker {
	return &ticker{subs: map[chan string]struct{}{}, came: make(chan struct{}, 1000), gone: make(chan struct{}, 1000)}
}

func (k *ticker) subscribe(ctx context.Context) <-chan string {
	ch := make(chan string, 1)
	k.mu.Lock()
	k.subs[ch] = struct{}{}
	k.mu.Unlock()
	context.AfterFunc(ctx, func() {
		k.mu.Lock()
		delete(k.subs, ch)
		k.mu.Unlock()
		k.gone <- struct{}{}
	})
	k.came <- struct{}{}
	return ch
}

// tick is latest-wins, as crm/live is: it waits for nobody.
func (k *ticker) tick(event string) {
	k.mu.Lock()
	defer k.mu.Unlock()
	for ch := range k.subs {
		select {
		case <-ch:
		default:
		}
		ch <- event
	}
}

type world struct {
	*httptest.Server
	tokens *tokens
	ticker *ticker
	schema *operationtest.Schema
}

func newWorld(t testing.TB, change func(*transport.Limits)) *world {
	t.Helper()
	w := &world{tokens: &tokens{expires: time.Now().Add(time.Hour)}, ticker: newTicker(), schema: operationtest.New()}
	w.schema.Ticks = w.ticker.subscribe
	w.Server = serve(t, w.schema, w.tokens, change)
	return w
}

// serve is a server of the schema, with the limits of production but for the change.
func serve(t testing.TB, schema graphql.ExecutableSchema, verifier transport.Verifier, change func(*transport.Limits)) *httptest.Server {
	t.Helper()
	server := httptest.NewServer(newHandler(t, schema, verifier, change, operation.DefaultRates))
	t.Cleanup(server.Close)
	return server
}

func newHandler(t testing.TB, schema graphql.ExecutableSchema, verifier transport.Verifier, change func(*transport.Limits), rates operation.Rates) http.Handler {
	t.Helper()
	log := slog.New(slog.DiscardHandler)
	present := graph.NewErrorPresenter(log)
	exec, err := operation.New(operation.Config{
		Schema: schema, Clock: clock.System{}, Limits: operation.DefaultLimits, Rates: rates,
		Present: present, Recover: graphql.DefaultRecover, Scope: func(ctx context.Context) context.Context { return ctx },
	})
	if err != nil {
		t.Fatal(err)
	}
	limits := transport.DefaultLimits
	if change != nil {
		change(&limits)
	}
	return transport.New(transport.Config{
		Exec: exec, Present: present, Verifier: verifier, Clock: clock.System{}, Log: log, Limits: limits,
		ClientIP: func(*http.Request) netip.Addr { return netip.MustParseAddr("192.0.2.1") },
		Origin:   "https://crm.example.com",
	})
}

type answer struct {
	status int
	header http.Header
	text   string
	body   struct {
		Data   json.RawMessage
		Errors []struct {
			Message    string
			Extensions struct{ Code string }
		}
		Extensions struct{ Cost json.RawMessage }
	}
}

func (a answer) code() string {
	if len(a.body.Errors) == 0 {
		return ""
	}
	return a.body.Errors[0].Extensions.Code
}

func send(t testing.TB, r *http.Request) (a answer) {
	t.Helper()
	resp, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = resp.Body.Close() }()
	raw, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	a.status, a.header, a.text = resp.StatusCode, resp.Header, string(raw)
	if len(raw) > 0 && json.Unmarshal(raw, &a.body) != nil && strings.HasPrefix(resp.Header.Get("Content-Type"), "application/") {
		t.Errorf("the answer is no JSON: %s", raw)
	}
	return a
}

func post(t testing.TB, url, body string, headers ...string) answer {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, url, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/json")
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	return send(t, r)
}

func TestPost(t *testing.T) {
	w := newWorld(t, nil)
	const gql = "application/graphql-response+json"
	for _, c := range []struct {
		name, body string
		headers    []string
		status     int
		code       string
	}{
		{"a query", `{"query":"{name}"}`, nil, 200, ""},
		{"null", `null`, nil, 400, "BAD_REQUEST"},
		{"an array", `[{"query":"{name}"}]`, nil, 400, "BAD_REQUEST"},
		{"two objects", `{"query":"{name}"}{"query":"{name}"}`, nil, 400, "BAD_REQUEST"},
		{"not JSON", `{"query":`, nil, 400, "BAD_REQUEST"},
		{"no query", `{}`, nil, 400, "BAD_REQUEST"},
		{"variables of the wrong kind", `{"query":"{name}","variables":[]}`, nil, 400, "BAD_REQUEST"},
		{"another content type", `{"query":"{name}"}`, []string{"Content-Type", "text/plain"}, 415, "UNSUPPORTED_MEDIA_TYPE"},
		{"too long", `{"query":"{name}","variables":{"x":"` + strings.Repeat("x", 2<<20) + `"}}`, nil, 413, "BAD_REQUEST"},
		{"no syntax, as JSON", `{"query":"{"}`, nil, 200, operation.CodeParseFailed},
		{"no syntax", `{"query":"{"}`, []string{"Accept", gql}, 400, operation.CodeParseFailed},
		{"not signed in", `{"query":"{secret}"}`, []string{"Accept", gql}, 401, "UNAUTHENTICATED"},
		{"a token that does not hold", `{"query":"{name}"}`, []string{"Authorization", "Bearer bad"}, 401, "TOKEN_INVALID"},
		{"no bearer", `{"query":"{name}"}`, []string{"Authorization", "Basic good"}, 401, "TOKEN_INVALID"},
		{"signed in", `{"query":"{secret}"}`, []string{"Authorization", "bearer good"}, 200, ""},
		{"lacking the scope", `{"query":"mutation{change(input:{amount:1}){id}}"}`, []string{"Authorization", "Bearer good", "Accept", gql}, 403, "FORBIDDEN"},
		{"a subscription", `{"query":"subscription{ticks}"}`, []string{"Authorization", "Bearer good"}, 405, "METHOD_NOT_ALLOWED"},
		{"urql's Accept is no stream", `{"query":"{name}"}`, []string{"Accept", gql + ", application/json, text/event-stream, multipart/mixed"}, 200, ""},
	} {
		a := post(t, w.URL, c.body, c.headers...)
		if a.status != c.status || a.code() != c.code {
			t.Errorf("%s: %d %q, want %d %q: %s", c.name, a.status, a.code(), c.status, c.code, a.text)
		}
		if a.code() == "" && (len(a.body.Data) == 0 || len(a.body.Extensions.Cost) == 0) {
			t.Errorf("%s: want data and cost: %s", c.name, a.text)
		}
		if a.code() != "" && a.body.Data != nil {
			t.Errorf("%s: a request that did not run has no data: %s", c.name, a.text)
		}
	}
}

func TestGet(t *testing.T) {
	w := newWorld(t, nil)
	for _, c := range []struct {
		name   string
		values url.Values
		status int
		code   string
	}{
		{"a query", url.Values{"query": {"query($n:Int!){items(first:$n){totalCount}}"}, "variables": {`{"n":1}`}}, 200, ""},
		{"a mutation", url.Values{"query": {"mutation{open{id}}"}}, 405, "METHOD_NOT_ALLOWED"},
		{"nothing", nil, 400, "BAD_REQUEST"},
		{"variables that are no JSON", url.Values{"query": {"{name}"}, "variables": {"{"}}, 400, "BAD_REQUEST"},
	} {
		r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, w.URL+"?"+c.values.Encode(), nil)
		if err != nil {
			t.Fatal(err)
		}
		if a := send(t, r); a.status != c.status || a.code() != c.code {
			t.Errorf("%s: %d %q, want %d %q", c.name, a.status, a.code(), c.status, c.code)
		}
	}
}

func TestOtherMethodsAreTold(t *testing.T) {
	w := newWorld(t, nil)
	r, err := http.NewRequestWithContext(t.Context(), http.MethodDelete, w.URL, bytes.NewReader(nil))
	if err != nil {
		t.Fatal(err)
	}
	if a := send(t, r); a.status != http.StatusMethodNotAllowed || a.header.Get("Allow") != "GET, POST" {
		t.Errorf("%d, Allow %q", a.status, a.header.Get("Allow"))
	}
}

func TestThrottledCallersAreToldWhen(t *testing.T) {
	w := newWorld(t, nil)
	var a answer
	for range 100 {
		a = post(t, w.URL, `{"query":"mutation{a:open{id} b:open{id}}"}`, "Accept", "application/graphql-response+json")
		if a.status != http.StatusOK {
			break
		}
	}
	if a.status != http.StatusTooManyRequests || a.code() != "THROTTLED" || a.header.Get("Retry-After") == "" || len(a.body.Extensions.Cost) == 0 {
		t.Errorf("%d %q, Retry-After %q, %s", a.status, a.code(), a.header.Get("Retry-After"), a.text)
	}
}
