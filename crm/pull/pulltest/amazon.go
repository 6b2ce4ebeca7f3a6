package pulltest

import (
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/meguri-crm/meguri/crm/mall"
	"github.com/meguri-crm/meguri/crm/mall/malltest/merchant"
)

// Amazon is the Selling Partner API, Orders 2026-01-01: 0.0056 requests a second
// and a burst of 20, access tokens of an hour, pages of 100, page tokens of a day,
// two minutes of lag, and buyers only for roles that have leave.
type Amazon struct {
	*Fake
	Client, Secret, Refresh string
	// Buyers gives the application the role for buyers' data.
	Buyers bool
	// Rate is what is granted; told in each answer.
	Rate float64

	mu     sync.Mutex
	orders []*amazonOrder
	plan   bucket
	tokens map[string]time.Time
	pages  map[string]time.Time
	handed int
}

type amazonOrder struct {
	no               string
	created, changed time.Time
	model            map[string]any
}

// NewAmazon is the service with a merchant's orders.
func NewAmazon(t testing.TB, clock *Clock, m *merchant.Merchant) *Amazon {
	a := &Amazon{
		Client: "amzn1.application-oa2-client.x", Secret: "amzn1.oa2-cs.v1.secretsecret", Refresh: "Atzr|refreshrefresh", Rate: 0.0056,
		tokens: map[string]time.Time{}, pages: map[string]time.Time{},
	}
	a.plan = bucket{rate: a.Rate, burst: 20}
	a.Fake = newFake(t, clock, http.HandlerFunc(a.serve))
	for _, told := range m.Told(mall.Amazon) {
		a.orders = append(a.orders, &amazonOrder{told.No, told.At, told.At, amazonModel(told)})
	}
	slices.SortFunc(a.orders, func(x, y *amazonOrder) int { return x.created.Compare(y.created) })
	return a
}

// Grant gives the merchant another rate, in requests a second.
func (a *Amazon) Grant(rate float64) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.Rate, a.plan.rate = rate, rate
}

// Set changes what is told of an order, now.
func (a *Amazon) Set(no, field string, value any) {
	a.mu.Lock()
	defer a.mu.Unlock()
	for _, o := range a.orders {
		if o.no == no {
			o.model[field], o.changed = value, a.Clock.Now()
		}
	}
}

func (a *Amazon) serve(w http.ResponseWriter, req *http.Request) {
	name := "searchOrders"
	if req.URL.Path == "/auth/o2/token" {
		name = "token"
	}
	if a.called(w, name) {
		return
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	now := a.Clock.Now()
	if name == "token" {
		a.token(w, req, now)
		return
	}
	w.Header().Set("X-Amzn-RateLimit-Limit", strconv.FormatFloat(a.Rate, 'f', -1, 64))
	until, known := a.tokens[req.Header.Get("X-Amz-Access-Token")]
	switch {
	case req.URL.Path != "/orders/2026-01-01/orders":
		a.breach("there is no %s", req.URL.Path)
		w.WriteHeader(http.StatusNotFound)
	case !a.plan.take(now):
		a.breach("more than the usage plan allows")
		a.refuse(w, http.StatusTooManyRequests, "QuotaExceeded", "You exceeded your quota for the requested resource.", "")
	case !known:
		a.refuse(w, http.StatusForbidden, "Unauthorized", "Access to requested resource is denied.", "")
	case now.After(until):
		a.refuse(w, http.StatusForbidden, "Unauthorized", "Access to requested resource is denied.", "The access token you provided has expired.")
	default:
		a.search(w, req, now)
	}
}

func (a *Amazon) refuse(w http.ResponseWriter, status int, code, message, details string) {
	answer(w, status, map[string]any{"errors": []any{map[string]string{"code": code, "message": message, "details": details}}})
}

func (a *Amazon) token(w http.ResponseWriter, req *http.Request, now time.Time) {
	switch {
	case req.FormValue("client_id") != a.Client || req.FormValue("client_secret") != a.Secret:
		answer(w, http.StatusUnauthorized, map[string]string{"error": "invalid_client"})
	case req.FormValue("grant_type") != "refresh_token" || req.FormValue("refresh_token") != a.Refresh:
		answer(w, http.StatusBadRequest, map[string]string{"error": "invalid_grant"})
	default:
		a.handed++
		access := fmt.Sprintf("Atza|%d", a.handed)
		a.tokens[access] = now.Add(time.Hour)
		answer(w, http.StatusOK, map[string]any{"access_token": access, "token_type": "bearer", "expires_in": 3600, "refresh_token": a.Refresh})
	}
}

func (a *Amazon) search(w http.ResponseWriter, req *http.Request, now time.Time) {
	q := req.URL.Query()
	created := q.Get("createdAfter") != ""
	from, errFrom := time.Parse(time.RFC3339, q.Get("createdAfter")+q.Get("lastUpdatedAfter"))
	to, errTo := time.Parse(time.RFC3339, q.Get("createdBefore")+q.Get("lastUpdatedBefore"))
	limit, errLimit := strconv.Atoi(q.Get("maxResultsPerPage"))
	if errFrom != nil || errTo != nil || errLimit != nil || limit < 1 || limit > 100 || to.After(now.Add(-2*time.Minute)) || to.Before(from) || q.Get("marketplaceIds") != "A1VC38T7YXB528" {
		a.breach("searchOrders: %v", q)
		a.refuse(w, http.StatusBadRequest, "InvalidInput", "One or more request parameters are invalid.", "")
		return
	}
	included := strings.Split(q.Get("includedData"), ",")
	if slices.Contains(included, "BUYER") && !a.Buyers {
		a.refuse(w, http.StatusForbidden, "Unauthorized", "Access to requested resource is denied.", "")
		return
	}
	begin := 0
	if token := q.Get("paginationToken"); token != "" {
		made, known := a.pages[token]
		if !known || now.Sub(made) > 24*time.Hour {
			a.refuse(w, http.StatusBadRequest, "InvalidInput", "The pagination token is invalid.", "")
			return
		}
		begin, _ = strconv.Atoi(token[strings.LastIndexByte(token, '-')+1:])
	}
	var found []any
	for _, o := range a.orders {
		at := o.changed
		if created {
			at = o.created
		}
		if !at.Before(from) && !at.After(to) {
			found = append(found, a.shown(o, included))
		}
	}
	end := min(begin+limit, len(found))
	body := map[string]any{"orders": found[min(begin, end):end], "pagination": map[string]any{}}
	if end < len(found) {
		token := fmt.Sprintf("page-%d-%d", len(a.pages), end)
		a.pages[token] = now
		body["pagination"] = map[string]any{"nextToken": token}
	}
	answer(w, http.StatusOK, body)
}

// shown is an order with what was asked for.
func (a *Amazon) shown(o *amazonOrder, included []string) map[string]any {
	shown := map[string]any{}
	for k, v := range o.model {
		if data := map[string]string{"buyer": "BUYER", "recipient": "RECIPIENT", "fulfillment": "FULFILLMENT"}[k]; data == "" || slices.Contains(included, data) {
			shown[k] = v
		}
	}
	return shown
}

// amazonModel is an order as searchOrders tells it, of what the reports tell.
func amazonModel(t merchant.Told) map[string]any {
	rows, buyers := t.Rows["amazon-all"], t.Rows["amazon-unshipped"]
	items := make([]any, len(rows))
	for i, r := range rows {
		var parts []any
		part := func(kind string, amount int64, details ...any) {
			p := map[string]any{"type": kind, "subtotal": yen(amount)}
			if details != nil {
				p["detailedBreakdowns"] = details
			}
			parts = append(parts, p)
		}
		if r["currency"] != "" {
			part("ITEM", whole(r["item-price"]))
			part("SHIPPING", whole(r["shipping-price"]))
			part("GIFT_WRAP", whole(r["gift-wrap-price"]))
			part("TAX", whole(r["item-tax"]), map[string]any{"subtype": "ITEM", "value": yen(whole(r["item-tax"]))})
			part("DISCOUNT", whole(r["item-promotion-discount"])-whole(r["ship-promotion-discount"]),
				map[string]any{"subtype": "ITEM", "value": yen(whole(r["item-promotion-discount"]))}, map[string]any{"subtype": "SHIPPING", "value": yen(-whole(r["ship-promotion-discount"]))})
		}
		items[i] = map[string]any{
			"orderItemId": fmt.Sprintf("%s%d", t.No[4:11], i), "quantityOrdered": whole(r["quantity"]), "product": map[string]any{"title": r["product-name"], "sellerSku": r["sku"], "asin": "B000000000"},
			"proceeds": map[string]any{"breakdowns": parts},
		}
	}
	status := map[string]string{"Unshipped": "UNSHIPPED", "Shipped": "SHIPPED", "Cancelled": "CANCELLED"}[rows[0]["order-status"]]
	by := strings.ToUpper(rows[0]["fulfillment-channel"])
	model := map[string]any{
		"orderId": t.No, "createdTime": t.At.UTC().Format(time.RFC3339), "lastUpdatedTime": t.At.UTC().Format(time.RFC3339),
		"salesChannel": map[string]string{"channelName": "AMAZON", "marketplaceId": "A1VC38T7YXB528", "marketplaceName": "Amazon.co.jp"},
		"fulfillment":  map[string]string{"fulfillmentStatus": status, "fulfilledBy": by}, "orderItems": items,
	}
	if len(buyers) > 0 {
		model["buyer"] = map[string]string{"buyerName": buyers[0]["buyer-name"], "buyerEmail": buyers[0]["buyer-email"]}
		model["recipient"] = map[string]any{"deliveryAddress": map[string]string{"name": buyers[0]["recipient-name"]}}
	}
	return model
}

func yen(amount int64) map[string]string {
	return map[string]string{"amount": strconv.FormatInt(amount, 10), "currencyCode": "JPY"}
}
