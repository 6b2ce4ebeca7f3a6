package server

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/coder/websocket"
	"github.com/coder/websocket/wsjson"

	"github.com/meguri-crm/meguri/crm/access"
	"github.com/meguri-crm/meguri/crm/gid"
)

// program is a partner's program with its token.
type program struct {
	*site
	bearer string
	shop   string // its id
}

// newProgram is a program of the site's own app, with every scope it needs.
func newProgram(t *testing.T) *program {
	t.Helper()
	s := newSite(t)
	shop := s.insert(`INSERT INTO shops (code, name, mall) VALUES ('own', '自社', 'OWN_SITE') RETURNING id`)
	id, secret := s.partner("公式アプリ", access.ScopeCustomersRead, access.ScopeCustomersWrite, access.ScopeOrdersWrite, access.ScopePointsWrite, access.ScopeTokensIssue, access.ScopeOffersUse,
		access.ScopeExportsWrite, access.ScopeImportsWrite, access.ScopeImportsRead, access.ScopePointsRead, access.ScopeCampaignsRead, access.ScopeSegmentsRead)
	_, a := s.token(url.Values{"grant_type": {"client_credentials"}, "client_id": {id}, "client_secret": {secret}}.Encode())
	return &program{s, a.AccessToken, gid.Encode("Shop", shop)}
}

// ask runs an operation, and reads the answer of its root field into into; what
// the caller could mend is an error of the test.
func (p *program) ask(query string, input map[string]any, into any) {
	p.t.Helper()
	r := p.with(p.bearer, query, map[string]any{"input": input})
	if len(r.Errors) > 0 {
		p.t.Fatalf("%.60s: %v", query, r.Errors)
	}
	var roots map[string]json.RawMessage
	if err := json.Unmarshal(r.Data, &roots); err != nil {
		p.t.Fatal(err)
	}
	for name, root := range roots {
		var wrong struct{ UserErrors []any }
		if err := json.Unmarshal(root, &wrong); err != nil || len(wrong.UserErrors) > 0 {
			p.t.Fatalf("%s: %s, %v", name, root, err)
		}
		if err := json.Unmarshal(root, into); err != nil {
			p.t.Fatal(err)
		}
	}
}

// refused is the code of what the caller can mend.
func (p *program) refused(query string, input map[string]any) string {
	p.t.Helper()
	r := p.with(p.bearer, query, map[string]any{"input": input})
	var roots map[string]struct{ UserErrors []struct{ Code string } }
	if err := json.Unmarshal(r.Data, &roots); err != nil || len(r.Errors) > 0 {
		p.t.Fatalf("%s %v, %v", r.Data, r.Errors, err)
	}
	for _, root := range roots {
		for _, e := range root.UserErrors {
			return e.Code
		}
	}
	return ""
}

const (
	upsertOne = `mutation($input: UpsertCustomerInput!) { upsertCustomer(input: $input) { customerId created userErrors { code field } } }`
	tellOrder = `mutation($input: UpsertOrdersInput!) { upsertOrders(input: $input) { results { orderNo outcome orderId customerId userErrors { code field } } userErrors { code field } } }`
	redeemOne = `mutation($input: RedeemOfferInput!) { redeemOffer(input: $input) { discount code userErrors { code field } } }`
)

type toldOrders struct {
	Results []struct {
		OrderNo, Outcome    string
		OrderID, CustomerID *string
		UserErrors          []struct {
			Code  string
			Field []string
		}
	}
}

// A till: an offer is checked, used once, and given back with its order.
func TestATillRedeemsAnOffer(t *testing.T) {
	p := newProgram(t)
	staff := p.signIn()
	offer := p.mutate(staff, "createOffer", `{name: "500円引き", mall: OWN_SITE, kind: COUPON_AMOUNT, value: 500, proof: SHARED_CODE, sharedCode: "WINTER", startsAt: "2020-01-01T00:00:00Z", endsAt: "2099-01-01T00:00:00Z"}`, "offer").ID
	customer := map[string]any{"shopId": p.shop, "memberId": "m-1"}
	p.ask(upsertOne, map[string]any{"shopId": p.shop, "memberId": "m-1", "profile": map[string]any{"familyName": "山田"}}, new(any))
	check := func() string {
		r := p.with(p.bearer, `query($input: ValidateOfferInput!) { validateOffer(input: $input) { usable discount code offer { id name } refusal { code } } }`,
			map[string]any{"input": map[string]any{"customer": customer, "code": "WINTER", "shopId": p.shop, "amount": 3000}})
		return string(r.Data) + fmt.Sprint(r.Errors)
	}
	usable := fmt.Sprintf(`{"validateOffer":{"usable":true,"discount":500,"code":"WINTER","offer":{"id":%q,"name":"500円引き"},"refusal":null}}[]`, offer)
	if got := check(); got != usable {
		t.Errorf("%s, want %s", got, usable)
	}
	redeem := map[string]any{"customer": customer, "code": "WINTER", "shopId": p.shop, "amount": 3000, "orderNo": "T-1", "idempotencyKey": "k1"}
	var used struct{ Discount int64 }
	for range 2 {
		if p.ask(redeemOne, redeem, &used); used.Discount != 500 {
			t.Errorf("used: %+v", used)
		}
	}
	redeem["idempotencyKey"] = "k2"
	if got := p.refused(redeemOne, redeem); got != "OFFER_USED" {
		t.Errorf("used twice: %q", got)
	}
	reverse := `mutation($input: ReverseOfferRedemptionInput!) { reverseOfferRedemption(input: $input) { customerId userErrors { code } } }`
	p.ask(reverse, map[string]any{"customer": customer, "offerId": offer, "reason": "打ち間違い", "idempotencyKey": "k3"}, new(any))
	if got := check(); got != usable {
		t.Errorf("reversed: %s", got)
	}
	redeem["idempotencyKey"] = "k4"
	p.ask(redeemOne, redeem, &used)
	var orders toldOrders
	tell := func(key string, order map[string]any) {
		t.Helper()
		order["orderNo"] = "T-1"
		p.ask(tellOrder, map[string]any{"shopId": p.shop, "idempotencyKey": key, "orders": []any{order}}, &orders)
	}
	tell("o1", map[string]any{"orderedAt": "2026-11-01T00:00:00Z", "buyer": map[string]any{"memberId": "m-1"}, "lines": []map[string]any{{"name": "煎茶", "unitPrice": 3000}}})
	if got := check(); !strings.Contains(got, "OFFER_USED") {
		t.Errorf("with its order: %s", got)
	}
	if tell("o2", map[string]any{"status": "CANCELLED"}); orders.Results[0].Outcome != "UPDATED" {
		t.Errorf("cancelled: %+v", orders)
	}
	if got := check(); got != usable {
		t.Errorf("after its order was cancelled: %s", got)
	}
}

// The phone's day: a token, himself, and points that arrive while he looks.
func TestAPhonesDay(t *testing.T) {
	p := newProgram(t)
	go p.app.Hub.Run(t.Context(), p.app.DB.Pool)
	<-p.app.Hub.Ready()
	var who struct{ CustomerID string }
	p.ask(upsertOne, map[string]any{"shopId": p.shop, "memberId": "m-1", "profile": map[string]any{"familyName": "山田"}, "enroll": true}, &who)
	var token struct{ AccessToken string }
	p.ask(`mutation($input: IssueCustomerTokenInput!) { issueCustomerToken(input: $input) { accessToken userErrors { code } } }`,
		map[string]any{"customer": map[string]any{"shopId": p.shop, "memberId": "m-1"}}, &token)
	if got := p.data(token.AccessToken, `{ me { points { available } } }`); got != `{"me":{"points":{"available":0}}}` {
		t.Fatalf("he sees %s", got)
	}
	conn, upgraded, err := websocket.Dial(t.Context(), strings.Replace(p.URL, "http", "ws", 1)+"/graphql", &websocket.DialOptions{Subprotocols: []string{"graphql-transport-ws"}})
	if err != nil {
		t.Fatal(err)
	}
	if upgraded.Body != nil {
		_ = upgraded.Body.Close()
	}
	t.Cleanup(func() { _ = conn.CloseNow() })
	for _, m := range []map[string]any{
		{"type": "connection_init", "payload": map[string]string{"authorization": "Bearer " + token.AccessToken}},
		{"type": "subscribe", "id": "1", "payload": map[string]string{"query": `subscription { myPoints { points { available } } }`}},
	} {
		if err := wsjson.Write(t.Context(), conn, m); err != nil {
			t.Fatal(err)
		}
	}
	next := func() int64 {
		t.Helper()
		for {
			var m struct {
				Type    string
				Payload struct {
					Data struct {
						MyPoints struct{ Points struct{ Available int64 } }
					}
				}
			}
			if err := wsjson.Read(t.Context(), conn, &m); err != nil {
				t.Fatal(err)
			}
			if m.Type == "next" {
				return m.Payload.Data.MyPoints.Points.Available
			}
		}
	}
	if got := next(); got != 0 {
		t.Fatalf("at first %d points", got)
	}
	p.ask(`mutation($input: GrantPointsInput!) { grantPoints(input: $input) { userErrors { code } } }`, map[string]any{"customerId": who.CustomerID, "amount": 300, "idempotencyKey": "g"}, new(any))
	for got := int64(0); got != 300; {
		got = next()
	}
}

// What is no id is told with the field it was given in, wherever that is.
func TestWhatIsNoIDNamesItsField(t *testing.T) {
	p := newProgram(t)
	customer := gid.Encode("Customer", 1)
	order := map[string]any{"orderNo": "1", "buyer": map[string]any{"customerId": "hanako"}}
	for want, asked := range map[string]struct {
		query string
		input map[string]any
	}{
		"input.shopId":                    {upsertOne, map[string]any{"shopId": "own", "memberId": "m-1", "profile": map[string]any{}}},
		"input.customerId":                {upsertOne, map[string]any{"shopId": p.shop, "customerId": p.shop, "profile": map[string]any{}}},
		"input.orders.1.buyer.customerId": {tellOrder, map[string]any{"shopId": p.shop, "idempotencyKey": "k", "orders": []any{map[string]any{"orderNo": "2"}, order}}},
		"input.customer.shopId":           {redeemOne, map[string]any{"customer": map[string]any{"shopId": customer, "customerId": nil, "memberId": "m"}, "shopId": p.shop, "code": "X", "amount": 1, "idempotencyKey": "k"}},
	} {
		r := p.with(p.bearer, asked.query, map[string]any{"input": asked.input})
		var roots map[string]struct {
			UserErrors []struct {
				Code  string
				Field []string
			}
		}
		if err := json.Unmarshal(r.Data, &roots); err != nil {
			t.Fatalf("%s %v, %v", r.Data, r.Errors, err)
		}
		for name, root := range roots {
			if len(root.UserErrors) != 1 || root.UserErrors[0].Code != "INVALID_ID" || strings.Join(root.UserErrors[0].Field, ".") != want {
				t.Errorf("%s: %v, want INVALID_ID at %s", name, root.UserErrors, want)
			}
		}
	}
	_, body := p.do(http.MethodPost, "/graphql", `{"query": "{ import(id: \"the last\") { id } }"}`, "Authorization", "Bearer "+p.bearer, "Content-Type", "application/json")
	if !strings.Contains(string(body), `"code":"INVALID_ID"`) || !strings.Contains(string(body), `"field":"id"`) {
		t.Errorf("a query: %s", body)
	}
}
