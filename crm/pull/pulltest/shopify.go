package pulltest

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/meguri-crm/meguri/crm/mall"
	"github.com/meguri-crm/meguri/crm/mall/malltest/merchant"
)

// Shopify is the GraphQL Admin API: a version in the path, a token, a bucket of
// cost, one bulk operation of a client at a time, and results as JSONL.
type Shopify struct {
	*Fake
	Token string
	// Takes is how long a bulk operation takes.
	Takes time.Duration

	mu         sync.Mutex
	orders     []*shopifyOrder
	cost       bucket
	operations map[string]*operation
	spoiled    map[string]bool
	// FailNext lets the next operation end as FAILED.
	FailNext bool
}

type shopifyOrder struct {
	no               string
	created, changed time.Time
	model            map[string]any
	items            []map[string]any
}

type operation struct {
	begun  time.Time
	result []byte
	failed bool
}

// NewShopify is the service with a merchant's orders.
func NewShopify(t testing.TB, clock *Clock, m *merchant.Merchant) *Shopify {
	s := &Shopify{Token: "shpat_secretsecretsecret", Takes: 20 * time.Second, cost: bucket{rate: 100, burst: 2000}, operations: map[string]*operation{}, spoiled: map[string]bool{}}
	s.Fake = newFake(t, clock, http.HandlerFunc(s.serve))
	for _, told := range m.Told(mall.Shopify) {
		s.orders = append(s.orders, shopifyOrderOf(told))
	}
	slices.SortFunc(s.orders, func(a, b *shopifyOrder) int { return a.created.Compare(b.created) })
	return s
}

// Set changes what is told of an order, now.
func (s *Shopify) Set(no, field string, value any) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, o := range s.orders {
		if o.no == no {
			o.model[field], o.changed = value, s.Clock.Now()
		}
	}
}

// Spend empties the bucket of cost.
func (s *Shopify) Spend() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.cost.at, s.cost.tokens = s.Clock.Now(), 1
}

func (s *Shopify) serve(w http.ResponseWriter, req *http.Request) {
	if id, ok := strings.CutPrefix(req.URL.Path, "/results/"); ok {
		if s.called(w, "result") {
			return
		}
		s.result(w, req, id)
		return
	}
	var q struct {
		Query     string
		Variables struct{ Query, ID string }
	}
	body := new(bytes.Buffer)
	_, _ = body.ReadFrom(req.Body)
	if err := json.Unmarshal(body.Bytes(), &q); err != nil {
		s.breach("the body is no JSON: %v", err)
	}
	name := regexp.MustCompile(`bulkOperationRunQuery|BulkOperation|shop`).FindString(q.Query)
	if s.called(w, name) {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	now := s.Clock.Now()
	switch {
	case req.URL.Path != "/admin/api/2026-07/graphql.json":
		s.breach("there is no %s", req.URL.Path)
		answer(w, http.StatusNotFound, map[string]string{"errors": "Not Found"})
	case req.Header.Get("X-Shopify-Access-Token") != s.Token:
		answer(w, http.StatusUnauthorized, map[string]string{"errors": "[API] Invalid API key or access token"})
	case !s.afford(now, 10):
		answer(w, http.StatusOK, map[string]any{
			"errors":     []any{map[string]any{"message": "Throttled", "extensions": map[string]string{"code": "THROTTLED"}}},
			"extensions": map[string]any{"cost": map[string]any{"requestedQueryCost": 10, "throttleStatus": map[string]any{"maximumAvailable": 2000, "currentlyAvailable": s.cost.tokens, "restoreRate": 2}}},
		})
	case name == "bulkOperationRunQuery":
		s.run(w, q.Variables.Query, now)
	case name == "BulkOperation":
		s.look(w, q.Variables.ID, now)
	default:
		answer(w, http.StatusOK, map[string]any{"data": map[string]any{"shop": map[string]string{"name": "巡り本店"}}})
	}
}

// afford takes the cost of a request out of the bucket, which fills by 2 a second.
func (s *Shopify) afford(now time.Time, cost float64) bool {
	if s.cost.at.IsZero() {
		s.cost.at, s.cost.tokens = now, s.cost.burst
	}
	s.cost.tokens = min(s.cost.burst, s.cost.tokens+now.Sub(s.cost.at).Seconds()*2)
	s.cost.at = now
	if s.cost.tokens < cost {
		return false
	}
	s.cost.tokens -= cost
	return true
}

var bulkFilter = regexp.MustCompile(`(created_at|updated_at):>='([^']+)' AND (?:created_at|updated_at):<'([^']+)'`)

func (s *Shopify) run(w http.ResponseWriter, query string, now time.Time) {
	refuse := func(code string) {
		answer(w, http.StatusOK, map[string]any{"data": map[string]any{"bulkOperationRunQuery": map[string]any{"bulkOperation": nil, "userErrors": []any{map[string]string{"code": code}}}}})
	}
	parts := bulkFilter.FindStringSubmatch(query)
	if parts == nil || !strings.Contains(query, "lineItems") || strings.Contains(query, "first:") {
		s.breach("the bulk query is %s", query)
		refuse("INVALID")
		return
	}
	for _, o := range s.operations {
		if now.Sub(o.begun) < s.Takes {
			refuse("OPERATION_IN_PROGRESS")
			return
		}
	}
	from, errFrom := time.Parse(time.RFC3339, parts[2])
	to, errTo := time.Parse(time.RFC3339, parts[3])
	if errFrom != nil || errTo != nil {
		s.breach("the filter is %v", parts)
	}
	id := fmt.Sprintf("gid://shopify/BulkOperation/%d", len(s.operations)+1)
	s.operations[id] = &operation{begun: now, result: s.lines(parts[1] == "created_at", from, to), failed: s.FailNext}
	s.FailNext = false
	answer(w, http.StatusOK, map[string]any{"data": map[string]any{"bulkOperationRunQuery": map[string]any{"bulkOperation": map[string]string{"id": id}, "userErrors": []any{}}}})
}

func (s *Shopify) lines(created bool, from, to time.Time) []byte {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	for _, o := range s.orders {
		at := o.changed
		if created {
			at = o.created
		}
		if at.Before(from) || !at.Before(to) {
			continue
		}
		_ = e.Encode(o.model) // a buffer never fails
		for _, item := range o.items {
			_ = e.Encode(item)
		}
	}
	return b.Bytes()
}

func (s *Shopify) look(w http.ResponseWriter, id string, now time.Time) {
	o := s.operations[id]
	node := map[string]any{"status": "RUNNING", "errorCode": nil, "url": nil}
	switch {
	case o == nil:
		node = nil
	case now.Sub(o.begun) < s.Takes:
	case o.failed:
		node["status"], node["errorCode"] = "FAILED", "INTERNAL_SERVER_ERROR"
	default:
		node["status"] = "COMPLETED"
		if len(o.result) > 0 {
			node["url"] = s.URL + "/results/" + id[strings.LastIndexByte(id, '/')+1:]
		}
	}
	answer(w, http.StatusOK, map[string]any{"data": map[string]any{"node": node}})
}

func (s *Shopify) result(w http.ResponseWriter, req *http.Request, id string) {
	if req.Header.Get("X-Shopify-Access-Token") != "" {
		s.breach("the token is sent to where the result lies")
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if o := s.operations["gid://shopify/BulkOperation/"+id]; o != nil {
		_, _ = w.Write(o.result)
		return
	}
	w.WriteHeader(http.StatusNotFound)
}

// shopifyOrderOf is an order as the API tells it, of what the export tells.
func shopifyOrderOf(t merchant.Told) *shopifyOrder {
	rows := t.Rows["shopify"]
	row := rows[0]
	id := "gid://shopify/Order/" + strings.TrimPrefix(t.No, "#")
	set := func(column string) map[string]any {
		return map[string]any{"shopMoney": map[string]string{"amount": row[column] + ".0"}}
	}
	fulfilments := []any{}
	if at := row["Fulfilled at"]; at != "" {
		fulfilments = append(fulfilments, map[string]string{"createdAt": iso(at)})
	}
	codes := []string{}
	if row["Discount Code"] != "" {
		codes = append(codes, row["Discount Code"])
	}
	o := &shopifyOrder{no: t.No, created: t.At, changed: t.At, model: map[string]any{
		"__typename": "Order", "id": id, "name": t.No, "email": nullable(row["Email"]), "phone": nil, "createdAt": t.At.UTC().Format(time.RFC3339), "cancelledAt": nullable(iso(row["Cancelled at"])),
		"currencyCode": row["Currency"], "displayFinancialStatus": strings.ToUpper(row["Financial Status"]), "displayFulfillmentStatus": strings.ToUpper(row["Fulfillment Status"]), "discountCodes": codes,
		"subtotalPriceSet": set("Subtotal"), "totalShippingPriceSet": set("Shipping"), "totalTaxSet": set("Taxes"), "totalPriceSet": set("Total"), "totalDiscountsSet": set("Discount Amount"),
		"totalRefundedSet": set("Refunded Amount"), "taxLines": []any{}, "fulfillments": fulfilments,
		"billingAddress": map[string]any{
			"name": row["Billing Name"], "address1": row["Billing Address1"], "address2": nil, "city": row["Billing City"], "zip": strings.TrimPrefix(row["Billing Zip"], "'"),
			"provinceCode": row["Billing Province"], "countryCodeV2": row["Billing Country"], "phone": nullable(strings.TrimPrefix(row["Billing Phone"], "'")),
		},
		"shippingAddress": map[string]string{"name": row["Shipping Name"]},
	}}
	for i, r := range rows {
		o.items = append(o.items, map[string]any{
			"__typename": "LineItem", "id": fmt.Sprintf("gid://shopify/LineItem/%s%d", strings.TrimPrefix(t.No, "#"), i), "name": r["Lineitem name"], "sku": r["Lineitem sku"],
			"quantity": whole(r["Lineitem quantity"]), "originalUnitPriceSet": map[string]any{"shopMoney": map[string]string{"amount": r["Lineitem price"] + ".0"}}, "__parentId": id,
		})
	}
	return o
}

// iso is an export's time as the API has it.
func iso(text string) string {
	at, err := time.Parse("2006-01-02 15:04:05 -0700", text)
	if err != nil {
		return ""
	}
	return at.UTC().Format(time.RFC3339)
}

func nullable(text string) any {
	if text == "" {
		return nil
	}
	return text
}
