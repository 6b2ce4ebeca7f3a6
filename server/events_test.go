package server

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/meguri-crm/meguri/crm/access"
	"github.com/meguri-crm/meguri/crm/gid"
)

// eventsSite is a site with a shop, the customer 1, and a token for events only.
func eventsSite(t *testing.T) (s *site, shop, token string) {
	t.Helper()
	s = newSite(t)
	_, err := s.app.DB.Exec(`INSERT INTO shops (code, name, mall) VALUES ('own', 'own', 'OWN_SITE'); INSERT INTO customers (id) VALUES (1); INSERT INTO customer_stats (customer_id) VALUES (1)`)
	if err != nil {
		t.Fatal(err)
	}
	var id int64
	if err := s.app.DB.NewRaw("SELECT id FROM shops").Scan(t.Context(), &id); err != nil {
		t.Fatal(err)
	}
	token, err = s.app.Access.StaffToken(access.As(t.Context(), access.Principal{Kind: access.ActorCommand}), testEmail, time.Hour, access.ScopeEventsWrite)
	if err != nil {
		t.Fatal(err)
	}
	return s, gid.Encode("Shop", id), token
}

func (s *site) with(token, query string, variables any) (r result) {
	s.t.Helper()
	body, err := json.Marshal(map[string]any{"query": query, "variables": variables})
	if err != nil {
		s.t.Fatal(err)
	}
	_, raw := s.do("POST", "/graphql", string(body), "Content-Type", "application/json", "Authorization", "Bearer "+token)
	if err := json.Unmarshal(raw, &r); err != nil {
		s.t.Fatalf("%v: %s", err, raw)
	}
	return r
}

// TestRecordEventsOverGraphQL takes the largest batch in one call, part of it
// wrong, twice, and reads a timeline from it.
func TestRecordEventsOverGraphQL(t *testing.T) {
	s, shop, token := eventsSite(t)
	customer, at := gid.Encode("Customer", 1), time.Now().Add(-time.Hour).UTC().Format(time.RFC3339)
	events := make([]map[string]any, 2000)
	for i := range events {
		events[i] = map[string]any{
			"dedupeKey": fmt.Sprint("k", i), "kind": "VIEW", "occurredAt": at, "customerId": customer,
			"product": map[string]any{"sku": fmt.Sprint("S", i), "name": strings.Repeat("茶", 100), "price": 1200},
		}
	}
	events[7]["occurredAt"], events[1999]["customerId"] = "2031-01-01T00:00:00Z", gid.Encode("Customer", 77)
	for _, want := range []string{
		`{"accepted":1998,"duplicates":0,"rejected":2,"userErrors":[{"code":"OCCURRED_IN_FUTURE","field":["input","events","7","occurredAt"]},{"code":"CUSTOMER_UNKNOWN","field":["input","events","1999","customerId"]}]}`,
		`{"accepted":0,"duplicates":1998,"rejected":2,"userErrors":[{"code":"OCCURRED_IN_FUTURE","field":["input","events","7","occurredAt"]},{"code":"CUSTOMER_UNKNOWN","field":["input","events","1999","customerId"]}]}`,
	} {
		r := s.with(token, `mutation ($input: RecordEventsInput!) { recordEvents(input: $input) { accepted duplicates rejected userErrors { code field } } }`,
			map[string]any{"input": map[string]any{"shopId": shop, "events": events}})
		if got := string(r.Data); got != `{"recordEvents":`+want+`}` {
			t.Fatalf("%s, %+v", got, r.Errors)
		}
	}
	bad := s.with(token, `mutation ($input: RecordEventsInput!) { recordEvents(input: $input) { accepted userErrors { code field } } }`,
		map[string]any{"input": map[string]any{"shopId": gid.Encode("Shop", 99), "events": events[:1]}})
	if got := string(bad.Data); !strings.Contains(got, `"accepted":0,"userErrors":[{"code":"NOT_FOUND"`) {
		t.Errorf("a shop that is not there: %s", got)
	}

	if r := s.with(token, `query ($id: ID!) { customer(id: $id) { id } }`, map[string]any{"id": customer}); len(r.Errors) == 0 || r.Errors[0].Extensions.Code != "FORBIDDEN" {
		t.Errorf("a token for events reads customers: %s", r.Data)
	}
	staff, err := s.app.Access.StaffToken(access.As(t.Context(), access.Principal{Kind: access.ActorCommand}), testEmail, time.Hour)
	if err != nil {
		t.Fatal(err)
	}
	r := s.with(staff, `query ($id: ID!) { customer(id: $id) { timeline(first: 1, kinds: [BEHAVIOUR]) { edges { node { kind event shop { code } data } } pageInfo { hasNextPage } } } }`,
		map[string]any{"id": customer})
	var got struct {
		Customer struct {
			Timeline struct {
				Edges []struct {
					Node struct {
						Kind, Event string
						Data        struct {
							SKU, Name, Currency string
							Price               int
						}
					}
				}
				PageInfo struct{ HasNextPage bool }
			}
		}
	}
	if err := json.Unmarshal(r.Data, &got); err != nil || len(got.Customer.Timeline.Edges) != 1 || !got.Customer.Timeline.PageInfo.HasNextPage {
		t.Fatalf("%s: %v, %+v", r.Data, err, r.Errors)
	}
	if n := got.Customer.Timeline.Edges[0].Node; n.Kind != "BEHAVIOUR" || n.Event != "behaviour.viewed" || n.Data.Price != 1200 || n.Data.Currency != "JPY" || n.Data.SKU == "" {
		t.Errorf("timeline entry: %s", r.Data)
	}
}

func TestIdentifyVisitorOverGraphQL(t *testing.T) {
	s, shop, token := eventsSite(t)
	at := time.Now().Add(-time.Hour).UTC().Format(time.RFC3339)
	s.with(token, `mutation ($input: RecordEventsInput!) { recordEvents(input: $input) { accepted } }`, map[string]any{"input": map[string]any{
		"shopId": shop, "events": []map[string]any{{"dedupeKey": "a", "kind": "SEARCH", "occurredAt": at, "visitorId": "v-1", "search": "煎茶"}},
	}})
	for customer, want := range map[int64]string{
		1: `{"identifyVisitor":{"moved":1,"userErrors":[]}}`,
		9: `{"identifyVisitor":{"moved":null,"userErrors":[{"code":"CUSTOMER_UNKNOWN"}]}}`,
	} {
		r := s.with(token, `mutation ($input: IdentifyVisitorInput!) { identifyVisitor(input: $input) { moved userErrors { code } } }`,
			map[string]any{"input": map[string]any{"shopId": shop, "visitorId": "v-1", "customerId": gid.Encode("Customer", customer)}})
		if string(r.Data) != want {
			t.Errorf("customer %d: %s, %+v", customer, r.Data, r.Errors)
		}
	}
}

func TestUploadOfEvents(t *testing.T) {
	s, _, token := eventsSite(t)
	at := time.Now().Add(-time.Hour).UTC().Format(time.RFC3339)
	file := "dedupeKey,kind,occurredAt,customerId,sku\na,VIEW," + at + ",1,TEA\nb,VIEW,never,1,TEA\n"
	for token, want := range map[string]string{
		token: `{"accepted":1,"duplicates":0,"lines":2,"refused":[{"line":3,"code":"TIME_INVALID","field":"occurredAt",`,
		"":    `{"error":{"code":"UNAUTHENTICATED"`,
	} {
		var headers []string
		if token != "" {
			headers = []string{"Authorization", "Bearer " + token}
		}
		if _, got := s.do("POST", "/uploads/events?shop=own", file, headers...); !strings.HasPrefix(string(got), want) {
			t.Errorf("%s", got)
		}
	}
	if r, got := s.do("POST", "/uploads/events?shop=none", file, "Authorization", "Bearer "+token); r.StatusCode != http.StatusNotFound {
		t.Errorf("no shop: %d %s", r.StatusCode, got)
	}
}
