package server

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/meguri-crm/meguri/crm/access"
	"github.com/meguri-crm/meguri/crm/gid"
)

// partner sets a client up and answers with its id and secret.
func (s *site) partner(name string, scopes ...access.Scope) (clientID, secret string) {
	s.t.Helper()
	client, made, err := s.app.Access.CreateClient(access.As(s.t.Context(), access.Principal{Kind: access.ActorCommand}), access.NewClient{Name: name, Scopes: scopes})
	if err != nil {
		s.t.Fatal(err)
	}
	return client.ClientID, made.Value
}

type tokenAnswer struct {
	AccessToken string `json:"access_token"`
	TokenType   string `json:"token_type"`
	ExpiresIn   int    `json:"expires_in"`
	Scope       string `json:"scope"`
	Error       string `json:"error"`
}

const formType = "application/x-www-form-urlencoded"

func (s *site) token(form string, headers ...string) (reply, tokenAnswer) {
	s.t.Helper()
	if len(headers) == 0 || headers[0] != "Content-Type" {
		headers = append([]string{"Content-Type", formType}, headers...)
	}
	resp, raw := s.do(http.MethodPost, "/oauth/token", form, headers...)
	var a tokenAnswer
	if err := json.Unmarshal(raw, &a); err != nil {
		s.t.Fatalf("%v: %s", err, raw)
	}
	return resp, a
}

// The token endpoint keeps to RFC 6749, sections 2.3.1, 4.4 and 5.
func TestTokenEndpoint(t *testing.T) {
	s := newSite(t)
	id, secret := s.partner("倉庫", access.ScopePointsRead, access.ScopeShopsRead)
	inForm := url.Values{"grant_type": {"client_credentials"}, "client_id": {id}, "client_secret": {secret}}
	r, _ := http.NewRequestWithContext(t.Context(), http.MethodPost, s.URL, http.NoBody)
	r.SetBasicAuth(url.QueryEscape(id), url.QueryEscape(secret))
	basic := r.Header.Get("Authorization")
	r.SetBasicAuth(id, "wrong")
	wrong := r.Header.Get("Authorization")
	with := func(name, value string) string {
		form := url.Values{}
		for k, v := range inForm {
			form[k] = v
		}
		form.Set(name, value)
		return form.Encode()
	}
	for name, c := range map[string]struct {
		form    string
		headers []string
		status  int
		want    string // the error, or the scopes
	}{
		"credentials in the form":      {inForm.Encode(), nil, 200, "points:read shops:read"},
		"credentials in the header":    {"grant_type=client_credentials", []string{"Authorization", basic}, 200, "points:read shops:read"},
		"fewer scopes":                 {with("scope", "points:read"), nil, 200, "points:read"},
		"scopes it does not have":      {with("scope", "points:write"), nil, 400, "invalid_scope"},
		"a wrong secret":               {with("client_secret", "wrong"), nil, 401, "invalid_client"},
		"a wrong secret in a header":   {"grant_type=client_credentials", []string{"Authorization", wrong}, 401, "invalid_client"},
		"both ways at once":            {inForm.Encode(), []string{"Authorization", basic}, 400, "invalid_request"},
		"no credentials":               {"grant_type=client_credentials", nil, 400, "invalid_request"},
		"no grant type":                {"client_id=" + id, nil, 400, "invalid_request"},
		"another grant type":           {with("grant_type", "password"), nil, 400, "unsupported_grant_type"},
		"a parameter twice":            {inForm.Encode() + "&scope=a&scope=b", nil, 400, "invalid_request"},
		"JSON":                         {`{"grant_type":"client_credentials"}`, []string{"Content-Type", "application/json"}, 400, "invalid_request"},
		"no end of it":                 {inForm.Encode() + "&x=" + strings.Repeat("x", 9<<10), nil, 400, "invalid_request"},
		"another scheme of the header": {"grant_type=client_credentials", []string{"Authorization", "Bearer x"}, 400, "invalid_request"},
	} {
		resp, a := s.token(c.form, c.headers...)
		if resp.StatusCode != c.status || a.Error+a.Scope != c.want {
			t.Errorf("%s: %d %+v, want %d %s", name, resp.StatusCode, a, c.status, c.want)
		}
		if resp.Header.Get("Cache-Control") != "no-store" || resp.Header.Get("Pragma") != "no-cache" {
			t.Errorf("%s: may be cached: %v", name, resp.Header)
		}
		if c.status == 200 && (a.TokenType != "Bearer" || a.ExpiresIn != 3600) {
			t.Errorf("%s: %+v", name, a)
		}
		if challenged := resp.Header.Get("WWW-Authenticate") != ""; challenged != (c.status == 401 && len(c.headers) > 0) {
			t.Errorf("%s: WWW-Authenticate %q", name, resp.Header.Get("WWW-Authenticate"))
		}
	}
	if resp, _ := s.do(http.MethodPost, "/oauth/token?"+inForm.Encode(), "", "Content-Type", formType); resp.StatusCode == http.StatusOK {
		t.Error("a secret in the address is accepted")
	}
	var meta struct {
		TokenEndpoint string   `json:"token_endpoint"`
		Scopes        []string `json:"scopes_supported"`
		Responses     []string `json:"response_types_supported"`
	}
	_, raw := s.do(http.MethodGet, "/.well-known/oauth-authorization-server", "")
	if err := json.Unmarshal(raw, &meta); err != nil || !strings.HasSuffix(meta.TokenEndpoint, "/oauth/token") || len(meta.Scopes) != len(access.ClientScopes) || meta.Responses == nil {
		t.Errorf("metadata: %s, %v", raw, err)
	}
}

// A partner's way: token, customer, the shopper's own token; each sees what is its own.
func TestAPartnerServesItsShopper(t *testing.T) {
	s := newSite(t)
	shop := s.insert(`INSERT INTO shops (code, name, mall) VALUES ('own', '自社', 'OWN_SITE') RETURNING id`)
	id, secret := s.partner("公式アプリ", access.ScopeCustomersWrite, access.ScopeTokensIssue, access.ScopePointsWrite)
	_, a := s.token(url.Values{"grant_type": {"client_credentials"}, "client_id": {id}, "client_secret": {secret}}.Encode())
	shopID := gid.Encode("Shop", shop)
	upsert := fmt.Sprintf(`mutation { upsertCustomer(input: {shopId: %q, memberId: "m-1", profile: {familyName: "山田", email: "hanako@shopper.example"}, enroll: true,
		consents: [{channel: MAIL, state: GIVEN, wording: "お得な情報を受け取る"}]}) { customerId created userErrors { code field } } }`, shopID)
	var made struct {
		UpsertCustomer struct {
			CustomerID string
			Created    bool
		}
	}
	for _, created := range []bool{true, false} {
		data := s.data(a.AccessToken, upsert)
		if err := json.Unmarshal([]byte(data), &made); err != nil || made.UpsertCustomer.Created != created || made.UpsertCustomer.CustomerID == "" {
			t.Fatalf("%s, %v; want created %t", data, err, created)
		}
	}
	var people, consents int
	if err := s.app.DB.NewRaw(`SELECT (SELECT count(*) FROM customers WHERE NOT anonymous), (SELECT count(*) FROM consents)`).Scan(t.Context(), &people, &consents); err != nil || people != 1 || consents != 1 {
		t.Errorf("%d customers, %d consents, %v; want 1 of each", people, consents, err)
	}
	granted := s.data(a.AccessToken, fmt.Sprintf(`mutation { grantPoints(input: {customerId: %q, amount: 300, idempotencyKey: "g"}) { booking { actorKind } userErrors { code } } }`, made.UpsertCustomer.CustomerID))
	if granted != `{"grantPoints":{"booking":{"actorKind":"CLIENT"},"userErrors":[]}}` {
		t.Errorf("granted: %s", granted)
	}
	var shopper struct{ IssueCustomerToken struct{ AccessToken string } }
	data := s.data(a.AccessToken, fmt.Sprintf(`mutation { issueCustomerToken(input: {customer: {shopId: %q, memberId: "m-1"}}) { accessToken userErrors { code } } }`, shopID))
	if err := json.Unmarshal([]byte(data), &shopper); err != nil {
		t.Fatal(err)
	}
	if got := s.data(shopper.IssueCustomerToken.AccessToken, `{ me { points { available } } }`); got != `{"me":{"points":{"available":300}}}` {
		t.Errorf("the shopper sees %s", got)
	}
	if got := s.data(a.AccessToken, `mutation { issueCustomerToken(input: {customer: {email: "nobody@shopper.example"}}) { accessToken userErrors { code } } }`); got !=
		`{"issueCustomerToken":{"accessToken":null,"userErrors":[{"code":"CUSTOMER_UNKNOWN"}]}}` {
		t.Errorf("a token for nobody: %s", got)
	}
	if r := s.graphql(a.AccessToken, `{ staffMembers { id } }`); len(r.Errors) != 1 || r.Errors[0].Extensions.Code != "FORBIDDEN" {
		t.Errorf("staff: %s %v", r.Data, r.Errors)
	}
	s.app.Usage.Close()
	owner := s.signIn()
	want := `{"apiClients":[{"usage":[{"requests":6,"throttled":0,"failed":1}]}]}`
	if got := s.data(owner, `{ apiClients { usage { requests throttled failed } } }`); got != want {
		t.Errorf("usage: %s, want %s", got, want)
	}
}
