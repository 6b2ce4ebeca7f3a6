package server

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"github.com/coder/websocket"
	"github.com/coder/websocket/wsjson"

	"github.com/meguri-crm/meguri/crm/message"
	"github.com/meguri-crm/meguri/db"
)

// campaignSite is the whole program with its background work, a merchant with
// one shop, and n people who may be written to.
func campaignSite(t *testing.T, n int) (s *site, token string) {
	t.Helper()
	s = newSite(t)
	b, err := s.app.startBackground(t.Context(), 2)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := b.stop(context.WithoutCancel(t.Context())); err != nil {
			t.Error(err)
		}
	})
	shop := &db.Shop{Code: "own", Name: "本店", Mall: "OWN_SITE"}
	if _, err := s.app.DB.NewInsert().Model(shop).Returning("id").Exec(t.Context()); err != nil {
		t.Fatal(err)
	}
	if _, err := s.app.DB.NewRaw(`WITH new AS (INSERT INTO customers (family_name, email)
		SELECT '佐藤', 'c' || g || '@example.com' FROM generate_series(1, ?) g RETURNING id),
		stats AS (INSERT INTO customer_stats (customer_id) SELECT id FROM new)
		INSERT INTO consents (customer_id, channel, state, origin_shop_id, occurred_at, method, wording)
		SELECT id, 'MAIL', 'GIVEN', ?, now(), 'SIGN_UP_FORM', '受け取る' FROM new`, n, shop.ID).Exec(t.Context()); err != nil {
		t.Fatal(err)
	}
	if _, err := s.app.Messages.Senders.Update(t.Context(), message.Sender{
		Name: "めぐり堂", Email: "shop@example.com", PostalAddress: "東京都千代田区1-1", Contact: "03-0000-0000",
	}); err != nil {
		t.Fatal(err)
	}
	return s, s.signIn()
}

// succeed runs an operation that must succeed and reads the field of its answer.
func succeed[T any](s *site, token, query, field string) (v T) {
	s.t.Helper()
	r := s.graphql(token, query)
	var data map[string]T
	if err := json.Unmarshal(r.Data, &data); err != nil || len(r.Errors) > 0 {
		s.t.Fatalf("%s: %v %v", query, r.Errors, err)
	}
	return data[field]
}

// made is what a mutation made or changed, of a segment or a campaign.
type made struct {
	ID      string
	Version int
}

// mutate runs a mutation of one object, which must succeed.
func (s *site) mutate(token, mutation, input, object string) made {
	s.t.Helper()
	payload := succeed[map[string]json.RawMessage](s, token,
		fmt.Sprintf(`mutation{%s(input:%s){%s{id ...version} userErrors{code message}}} fragment version on Node{...on Campaign{version}}`, mutation, input, object), mutation)
	var m made
	if wrong := string(payload["userErrors"]); wrong != "[]" {
		s.t.Fatalf("%s: %s", mutation, wrong)
	}
	if err := json.Unmarshal(payload[object], &m); err != nil {
		s.t.Fatal(err)
	}
	return m
}

// watch subscribes to the figures of a campaign over WebSocket; next answers
// with the next reading of it.
func (s *site) watch(token, campaignID string) (next func() reading) {
	s.t.Helper()
	conn, upgraded, err := websocket.Dial(s.t.Context(), strings.Replace(s.URL, "http", "ws", 1)+"/graphql",
		&websocket.DialOptions{Subprotocols: []string{"graphql-transport-ws"}})
	if err != nil {
		s.t.Fatal(err)
	}
	if upgraded.Body != nil {
		_ = upgraded.Body.Close()
	}
	s.t.Cleanup(func() { _ = conn.CloseNow() })
	query := fmt.Sprintf(`subscription{campaignMetrics(campaignId:%q){status total{audience sent delivered clicked unsubscribed}}}`, campaignID)
	for _, m := range []map[string]any{
		{"type": "connection_init", "payload": map[string]string{"authorization": "Bearer " + token}},
		{"type": "subscribe", "id": "1", "payload": map[string]string{"query": query}},
	} {
		if err := wsjson.Write(s.t.Context(), conn, m); err != nil {
			s.t.Fatal(err)
		}
	}
	return func() reading {
		s.t.Helper()
		for {
			var m struct {
				Type    string
				Payload struct {
					Data struct{ CampaignMetrics reading }
				}
			}
			if err := wsjson.Read(s.t.Context(), conn, &m); err != nil {
				s.t.Fatal(err)
			}
			if m.Type == "next" {
				return m.Payload.Data.CampaignMetrics
			}
		}
	}
}

type reading struct {
	Status string
	Total  struct{ Audience, Sent, Delivered, Clicked, Unsubscribed int64 }
}

// TestACampaignFromTheSegmentToTheClick goes the whole way through the API, with
// somebody watching.
func TestACampaignFromTheSegmentToTheClick(t *testing.T) {
	const people = 70
	s, token := campaignSite(t, people)
	segment := s.mutate(token, "createSegment", `{name:"全員",rule:{all:[]}}`, "segment")
	c := s.mutate(token, "createCampaign", fmt.Sprintf(`{name:"年末",segmentId:%q}`, segment.ID), "campaign")
	c = s.mutate(token, "updateCampaign", fmt.Sprintf(`{id:%q,version:%d,variants:[{mall:OWN_SITE,subject:"{{ customer.family_name }}様へ",
		mjml:"<mjml><mj-body><mj-section><mj-column><mj-text><a href='https://shop.example/sale'>セール</a></mj-text></mj-column></mj-section></mj-body></mjml>"}]}`,
		c.ID, c.Version), "campaign")

	next := s.watch(token, c.ID)
	if first := next(); first.Status != "DRAFT" || first.Total.Audience != 0 {
		t.Errorf("the snapshot: %+v", first)
	}
	s.mutate(token, "sendCampaign", fmt.Sprintf(`{id:%q,version:%d,idempotencyKey:"once"}`, c.ID, c.Version), "campaign")
	now := next()
	for now.Status != "SENT" {
		now = next()
	}
	if now.Total.Audience != people || now.Total.Sent != people || now.Total.Delivered != people {
		t.Errorf("sent: %+v", now)
	}

	box := succeed[struct {
		Edges []struct{ Node struct{ HTML string } }
	}](s, token, `{mailbox(first:1){edges{node{html}}}}`, "mailbox")
	link := regexp.MustCompile(`"https?://[^"/]*(/t/c/[^"]+)"`).FindStringSubmatch(box.Edges[0].Node.HTML)
	unsubscribe := regexp.MustCompile(`"https?://[^"/]*(/u/[^"]+)"`).FindStringSubmatch(box.Edges[0].Node.HTML)
	if link == nil || unsubscribe == nil {
		t.Fatal("the mail has no tracked link or no way to unsubscribe")
	}
	s.client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	const browser = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Version/18.0 Mobile/15E148 Safari/604.1"
	if resp, _ := s.do(http.MethodGet, link[1], "", "User-Agent", browser); resp.Header.Get("Location") != "https://shop.example/sale" {
		t.Errorf("the link answers %d and leads to %q", resp.StatusCode, resp.Header.Get("Location"))
	}
	for now.Total.Clicked == 0 {
		now = next()
	}
	s.do(http.MethodPost, unsubscribe[1], "List-Unsubscribe=One-Click", "Content-Type", "application/x-www-form-urlencoded")
	for now.Total.Unsubscribed == 0 {
		now = next()
	}
	if now.Total.Clicked != 1 || now.Total.Unsubscribed != 1 || now.Total.Sent != people {
		t.Errorf("at the end: %+v", now)
	}
}
