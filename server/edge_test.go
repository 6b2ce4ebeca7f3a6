package server

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/coder/websocket"
	"github.com/coder/websocket/wsjson"
	"github.com/meguri-crm/meguri/crm/access"
	"github.com/meguri-crm/meguri/crm/gid"
	"github.com/meguri-crm/meguri/db/dbtest"
	"github.com/meguri-crm/meguri/graph"
	"github.com/meguri-crm/meguri/server/transport"
	"github.com/uptrace/bun"
)

const (
	testEmail    = "hanako@meguri.example"
	testPassword = "a long enough password"
)

// site is the whole program over HTTP, on a database of its own.
type site struct {
	*httptest.Server
	app    *App
	client *http.Client
	t      testing.TB
}

func newSite(t testing.TB) *site {
	t.Helper()
	cfg, err := Load(map[string]string{
		"DATABASE_URL": dbtest.DSN(t, dbtest.New(t)), "MEGURI_SECRET": strings.Repeat("s", 64), "MEGURI_DATA_DIR": t.TempDir(), "MEGURI_WEBHOOKS_INTERNAL": "on",
	})
	if err != nil {
		t.Fatal(err)
	}
	app, err := Open(t.Context(), cfg, slog.New(slog.DiscardHandler), nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := app.Close(); err != nil {
			t.Error(err)
		}
	})
	telemetry, err := newTelemetry(app)
	if err != nil {
		t.Fatal(err)
	}
	handler, err := (&routes{app: app, telemetry: telemetry, streams: newStreams()}).handler()
	if err != nil {
		t.Fatal(err)
	}
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	s := &site{Server: httptest.NewServer(handler), app: app, client: &http.Client{Jar: jar}, t: t}
	t.Cleanup(s.Close)
	_, err = app.Access.Create(access.As(t.Context(), access.Principal{Kind: access.ActorCommand}),
		access.NewStaff{Email: testEmail, Name: "Hanako", Role: access.RoleOwner, Password: testPassword})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// reply is a response, read to its end.
type reply struct {
	StatusCode int
	Header     http.Header
	cookies    []*http.Cookie
}

func (s *site) do(method, path, body string, headers ...string) (reply, []byte) {
	s.t.Helper()
	r, err := http.NewRequestWithContext(s.t.Context(), method, s.URL+path, strings.NewReader(body))
	if err != nil {
		s.t.Fatal(err)
	}
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	resp, err := s.client.Do(r)
	if err != nil {
		s.t.Fatal(err)
	}
	defer func() { _ = resp.Body.Close() }()
	raw, err := io.ReadAll(resp.Body)
	if err != nil {
		s.t.Fatal(err)
	}
	return reply{resp.StatusCode, resp.Header, resp.Cookies()}, raw
}

type result struct {
	Data   json.RawMessage
	Errors []struct{ Extensions struct{ Code string } }
}

func (s *site) graphql(token, query string, headers ...string) (r result) {
	s.t.Helper()
	body, err := json.Marshal(map[string]string{"query": query})
	if err != nil {
		s.t.Fatal(err)
	}
	headers = append(headers, "Content-Type", "application/json")
	if token != "" {
		headers = append(headers, "Authorization", "Bearer "+token)
	}
	_, raw := s.do(http.MethodPost, "/graphql", string(body), headers...)
	if err := json.Unmarshal(raw, &r); err != nil {
		s.t.Fatalf("%v: %s", err, raw)
	}
	return r
}

func signInQuery(alias, password string) string {
	return fmt.Sprintf(`%s:signIn(input:{email:%q,password:%q}){accessToken userErrors{code}} `, alias, testEmail, password)
}

type signInAnswer struct {
	AccessToken string
	UserErrors  []struct{ Code string }
}

func (s *site) signIn() string {
	s.t.Helper()
	r := s.graphql("", "mutation{"+signInQuery("in", testPassword)+"}")
	var data struct{ In signInAnswer }
	if err := json.Unmarshal(r.Data, &data); err != nil || data.In.AccessToken == "" {
		s.t.Fatalf("sign in: %s %v %v", r.Data, r.Errors, err)
	}
	return data.In.AccessToken
}

func TestSessionOverHTTP(t *testing.T) {
	s := newSite(t)
	s.signIn()
	refresh := func(headers ...string) (int, string) {
		resp, raw := s.do(http.MethodPost, "/auth/refresh", "", headers...)
		var body struct{ AccessToken string }
		_ = json.Unmarshal(raw, &body)
		return resp.StatusCode, body.AccessToken
	}
	if status, _ := refresh("Origin", "https://evil.example"); status != http.StatusForbidden {
		t.Errorf("a page of another origin: %d, want 403", status)
	}
	status, token := refresh("Origin", s.URL)
	if status != http.StatusOK {
		t.Fatalf("refresh: %d", status)
	}
	if r := s.graphql(token, "{viewer{staff{email}}}"); string(r.Data) != `{"viewer":{"staff":{"email":"`+testEmail+`"}}}` {
		t.Errorf("viewer: %s %v", r.Data, r.Errors)
	}
	if resp, _ := s.do(http.MethodPost, "/auth/sign-out", ""); resp.StatusCode != http.StatusNoContent {
		t.Errorf("sign out: %d", resp.StatusCode)
	}
	if status, _ := refresh(); status != http.StatusNoContent {
		t.Errorf("refresh without a cookie: %d, want 204", status)
	}
	if status, _ := refresh("Cookie", transport.RefreshCookieOf(s.app.Config.PublicURL).Name+"=made-up"); status != http.StatusUnauthorized {
		t.Errorf("refresh with a token that never was: %d, want 401", status)
	}
}

func TestRefreshTokenIsOnlyInTheCookie(t *testing.T) {
	s := newSite(t)
	body := `{"query":"mutation{` + strings.ReplaceAll(signInQuery("in", testPassword), `"`, `\"`) + `}"}`
	resp, raw := s.do(http.MethodPost, "/graphql", body, "Content-Type", "application/json")
	cookies := resp.cookies
	if len(cookies) != 1 {
		t.Fatalf("%d cookies", len(cookies))
	}
	c := cookies[0]
	if !c.HttpOnly || c.SameSite != http.SameSiteStrictMode || c.Path != "/auth" {
		t.Errorf("cookie %s", c)
	}
	if c.Value == "" || bytes.Contains(raw, []byte(c.Value)) {
		t.Error("the payload holds the refresh token")
	}
}

// Hole 7: one operation of many aliases is not one attempt.
func TestAliasesDoNotMultiplySignIns(t *testing.T) {
	s := newSite(t)
	var b strings.Builder
	for i := range 15 {
		b.WriteString(signInQuery(fmt.Sprintf("a%d", i), "wrong password"))
	}
	failed := strings.Count(string(s.graphql("", "mutation{"+b.String()+"}").Data), "SIGN_IN_FAILED")
	r := s.graphql("", "mutation{"+signInQuery("in", testPassword)+"}")
	if failed > 10 || len(r.Errors) != 1 || r.Errors[0].Extensions.Code != "THROTTLED" {
		t.Errorf("%d passwords were tried; the next sign-in: %s %v, want THROTTLED", failed, r.Data, r.Errors)
	}
}

// Hole 5: a client that never ends its headers.
func TestSlowHeadersAreCut(t *testing.T) {
	held := func(server *http.Server) bool {
		l, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		go func() { _ = server.Serve(l) }()
		defer func() { _ = server.Close() }()
		conn, err := net.Dial("tcp", l.Addr().String())
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = conn.Close() }()
		if _, err := conn.Write([]byte("POST /graphql HTTP/1.1\r\nHost: x\r\n")); err != nil {
			t.Fatal(err)
		}
		_ = conn.SetReadDeadline(time.Now().Add(500 * time.Millisecond))
		_, err = conn.Read(make([]byte, 1))
		netErr, ok := err.(net.Error) //nolint:errorlint // as net returns it
		return ok && netErr.Timeout()
	}
	if !held(&http.Server{Handler: http.NotFoundHandler()}) { // the bare server of the comparison
		t.Error("a bare server cuts it, too: this proves nothing")
	}
	ours := newWebServer(http.NotFoundHandler(), slog.New(slog.DiscardHandler))
	if ours.ReadHeaderTimeout <= 0 || ours.ReadHeaderTimeout > 10*time.Second {
		t.Errorf("ReadHeaderTimeout = %v", ours.ReadHeaderTimeout)
	}
	ours.ReadHeaderTimeout = 50 * time.Millisecond
	if held(ours) {
		t.Error("the connection is held")
	}
}

func TestCustomerTokenReachesOnlyMe(t *testing.T) {
	s := newSite(t)
	if _, err := s.app.DB.Exec("INSERT INTO customers (id) VALUES (4711)"); err != nil {
		t.Fatal(err)
	}
	token, err := s.app.Access.CustomerToken(t.Context(), 4711, time.Hour)
	if err != nil {
		t.Fatal(err)
	}
	schema := graph.NewSchema(&graph.Resolver{}).Schema()
	own := []string{"me", "myPoints", "updateMyPreferences", "updateMyProfile", "issueMyOffer", "markMyOfferSeen", "useMyOffer", "useReferralCode", "recordMyAppInstall", "changeMyMail"} // take no id of a customer: they are of whose token it is
	for kind, root := range map[string]string{"query": "Query", "mutation": "Mutation", "subscription": "Subscription"} {
		for _, field := range schema.Types[root].Fields {
			if slices.Contains(own, field.Name) || field.Directives.ForName("public") != nil || strings.HasPrefix(field.Name, "__") {
				continue
			}
			r := s.graphql(token, kind+"{"+field.Name+"}")
			if len(r.Errors) != 1 || r.Errors[0].Extensions.Code != "FORBIDDEN" {
				t.Errorf("%s %s: %s %v, want FORBIDDEN", kind, field.Name, r.Data, r.Errors)
			}
		}
	}
	resp, _ := s.do(http.MethodPost, "/uploads?name=x.csv", "x", "Authorization", "Bearer "+token)
	if resp.StatusCode != http.StatusForbidden {
		t.Errorf("/uploads: %d, want 403", resp.StatusCode)
	}
}

// Streams must get through everything that is wrapped around the handler.
func TestStreamsThroughTheWholeServer(t *testing.T) {
	s := newSite(t)
	token := s.signIn()
	resp, raw := s.do(http.MethodPost, "/graphql", `{"query":"{viewer{staff{email}}}"}`,
		"Content-Type", "application/json", "Accept", "text/event-stream", "Authorization", "Bearer "+token)
	if resp.StatusCode != http.StatusOK || !bytes.Contains(raw, []byte("event: next\ndata: {\"data\":{\"viewer\"")) || !bytes.Contains(raw, []byte("event: complete")) {
		t.Errorf("events: %d %s", resp.StatusCode, raw)
	}
	conn, upgraded, err := websocket.Dial(t.Context(), strings.Replace(s.URL, "http", "ws", 1)+"/graphql",
		&websocket.DialOptions{Subprotocols: []string{"graphql-transport-ws"}})
	if err != nil {
		t.Fatal(err)
	}
	if upgraded.Body != nil {
		_ = upgraded.Body.Close()
	}
	defer func() { _ = conn.CloseNow() }()
	type message map[string]any
	for _, m := range []message{
		{"type": "connection_init", "payload": message{"authorization": "Bearer " + token}},
		{"type": "subscribe", "id": "1", "payload": message{"query": "{viewer{staff{email}}}"}},
	} {
		if err := wsjson.Write(t.Context(), conn, m); err != nil {
			t.Fatal(err)
		}
	}
	for _, want := range []string{"connection_ack", "next", "complete"} {
		var m message
		if err := wsjson.Read(t.Context(), conn, &m); err != nil || m["type"] != want {
			t.Fatalf("%v, %v; want %s", m, err, want)
		}
	}
}

// statements counts what Bun sends.
type statements struct{ n atomic.Int64 }

func (c *statements) BeforeQuery(ctx context.Context, _ *bun.QueryEvent) context.Context {
	c.n.Add(1)
	return ctx
}

func (c *statements) AfterQuery(context.Context, *bun.QueryEvent) {}

func TestAPageOfTheAuditLogIsTwoStatements(t *testing.T) {
	s := newSite(t)
	token := s.signIn()
	for range 20 {
		s.graphql(token, `mutation{setLocale(input:{locale:"en"}){userErrors{code}}}`)
	}
	counter := new(statements)
	s.app.DB.DB = s.app.DB.WithQueryHook(counter)
	r := s.graphql(token, "{auditLog(first:20){edges{node{action actor{name email}}}}}")
	if got := strings.Count(string(r.Data), testEmail); got != 20 {
		t.Fatalf("%d actors: %s %v", got, r.Data, r.Errors)
	}
	if got := counter.n.Load(); got != 2 {
		t.Errorf("%d statements, want 2: the entries, and all actors together", got)
	}
}

func TestNode(t *testing.T) {
	s := newSite(t)
	owner := s.signIn()
	if _, err := s.app.DB.Exec(`
		INSERT INTO customers (id) VALUES (4711);
		INSERT INTO shops (code, name, mall) VALUES ('s', 'S', 'OWN_SITE');
		INSERT INTO consents (customer_id, channel, state, origin_shop_id, occurred_at, method)
			SELECT 4711, 'MAIL', 'GIVEN', id, now(), 'API' FROM shops`); err != nil {
		t.Fatal(err)
	}
	ctx := access.As(t.Context(), access.Principal{Kind: access.ActorCommand})
	if _, err := s.app.Access.Create(ctx, access.NewStaff{Email: "a@meguri.example", Name: "A", Role: access.RoleAnalyst, Password: testPassword}); err != nil {
		t.Fatal(err)
	}
	analyst, err := s.app.Access.StaffToken(ctx, "a@meguri.example", time.Hour)
	if err != nil {
		t.Fatal(err)
	}
	var shop, consent, staff int64
	for query, into := range map[string]*int64{
		"SELECT id FROM shops": &shop, "SELECT id FROM consents": &consent, "SELECT id FROM staff WHERE role = 'OWNER'": &staff,
	} {
		if err := s.app.DB.NewRaw(query).Scan(t.Context(), into); err != nil {
			t.Fatal(err)
		}
	}
	for _, c := range []struct{ token, id, want string }{
		{owner, gid.Encode("Staff", staff), `{"node":{"__typename":"Staff"}}`},
		{analyst, gid.Encode("Staff", staff), `{"node":null}`}, // lacks staff:read
		{analyst, gid.Encode("Customer", 4711), `{"node":{"__typename":"Customer"}}`},
		{analyst, gid.Encode("Shop", shop), `{"node":{"__typename":"Shop"}}`},
		{analyst, gid.EncodePair("Consent", 4711, consent), `{"node":{"__typename":"Consent"}}`},
		{analyst, gid.EncodePair("Consent", 4711, consent+1), `{"node":null}`},
		{analyst, gid.EncodePair("Order", 4711, 1), `{"node":null}`},
		{analyst, gid.Encode("Order", 1), `{"node":null}`}, // an order's id names its customer, too
		{analyst, gid.Encode("Castle", 1), `{"node":null}`},
		{analyst, "no id", `{"node":null}`},
	} {
		r := s.graphql(c.token, fmt.Sprintf("{node(id:%q){__typename}}", c.id))
		if string(r.Data) != c.want {
			t.Errorf("%s: %s %v, want %s", gid.Kind(c.id), r.Data, r.Errors, c.want)
		}
	}
}
