// Package amazon pulls orders from Amazon's Selling Partner API, Orders 2026-01-01.
//
// It owns the tokens of Login with Amazon, the requests, and how an answer is
// written as rows of the all orders report and, where the merchant's role allows
// it, of the report of buyers. It promises to keep to the usage plan, also when
// Amazon tells another rate than the default, and to ask for buyers only when
// staff says that the application may have them. When to pull is left to
// crm/pull, what a row means to crm/mall.
//
// Sources: the API's own model (amzn/selling-partner-api-models, orders
// 2026-01-01: fields, 100 orders a page, 0.0056 requests a second with a burst of
// 20, two minutes of lag) and its migration guide (tokens of pages end after a
// day, roles instead of restricted data tokens; v0 is removed on 2027-03-27).
// Not verified at the source, and therefore read leniently: that ITEM of the
// proceeds has the tax in it in Japan, as its example has, and the sign of DISCOUNT.
package amazon

import (
	"context"
	"encoding/json"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"golang.org/x/time/rate"

	"github.com/meguri-crm/meguri/crm/mall"
	"github.com/meguri-crm/meguri/crm/pull/source"
)

// Name is the service's name.
const Name source.Name = "AMAZON_SP_API"

const (
	maxOrders   = 100
	window      = 90 * 24 * time.Hour
	defaultRate = 0.0056
	burst       = 20
	japan       = "A1VC38T7YXB528"
	early       = 2 * time.Minute // tokens are renewed before they end
)

// Service is the API. Base and Tokens are its addresses; "": the real ones, of the
// far east.
type Service struct{ Base, Tokens string }

// Name implements source.Service.
func (Service) Name() source.Name { return Name }

// Mall implements source.Service.
func (Service) Mall() mall.Mall { return mall.Amazon }

// Fields implements source.Service. Leave is given for a year.
func (Service) Fields() []source.Field {
	return append(source.Leave(),
		source.Field{Name: "marketplaceId", Optional: true, Valid: func(v string) bool {
			return len(v) >= 10 && len(v) <= 20 && strings.Trim(v, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789") == ""
		}},
		source.Field{Name: "buyers", Optional: true, Valid: func(v string) bool { return v == "yes" || v == "no" }},
	)
}

// Habits implements source.Service. An answer must end two minutes ago at least.
func (Service) Habits() source.Habits {
	return source.Habits{Overlap: 15 * time.Minute, Lag: 3 * time.Minute, Least: 15 * time.Minute}
}

// Formats implements source.Service.
func (Service) Formats() []source.Format {
	return []source.Format{{Name: ordersFormat, Columns: append(orderColumns, source.Where)}, {Name: buyersFormat, Columns: buyerColumns}}
}

// Open implements source.Service.
func (s Service) Open(c source.Credentials, t source.Tools) (source.Source, error) {
	cl := &client{tools: t, base: s.Base, tokens: s.Tokens, c: c, buyers: c["buyers"] == "yes", marketplace: c["marketplaceId"], pace: t.Paces.Of("", defaultRate, burst)}
	if cl.base == "" {
		cl.base = "https://sellingpartnerapi-fe.amazon.com"
	}
	if cl.tokens == "" {
		cl.tokens = "https://api.amazon.com"
	}
	if cl.marketplace == "" {
		cl.marketplace = japan
	}
	return cl, nil
}

type client struct {
	tools        source.Tools
	base, tokens string
	c            source.Credentials
	marketplace  string
	buyers       bool
	pace         *rate.Limiter
	token        string
	tokenUntil   time.Time
}

type cursor struct {
	From  time.Time `json:"from"`
	To    time.Time `json:"to"`
	Token string    `json:"token,omitempty"` // of the window's next page
}

// Next implements source.Source.
func (c *client) Next(ctx context.Context, span source.Span, raw json.RawMessage) (source.Page, error) {
	at := cursor{From: span.From, To: earlier(span.From.Add(window), span.To)}
	if raw != nil {
		if err := json.Unmarshal(raw, &at); err != nil {
			return source.Page{}, err
		}
	}
	answer, err := c.search(ctx, span.First, at, maxOrders)
	if t, ok := source.TroubleOf(err); ok && t.Code == source.BadRequest && at.Token != "" {
		at.Token = "" // tokens end after a day; what comes twice changes nothing
		answer, err = c.search(ctx, span.First, at, maxOrders)
	}
	if err != nil {
		return source.Page{}, err
	}
	var page source.Page
	for i, raw := range answer.Orders {
		page.Orders = append(page.Orders, written(raw, i, c.buyers))
	}
	at.Token = answer.Pagination.NextToken
	if at.Token == "" {
		if page.Done = !at.To.Before(span.To); !page.Done {
			at.From, at.To = at.To, earlier(at.To.Add(window), span.To)
		}
	}
	page.Cursor, err = json.Marshal(at)
	return page, err
}

func earlier(a, b time.Time) time.Time {
	if a.Before(b) {
		return a
	}
	return b
}

type found struct {
	Orders     []json.RawMessage
	Pagination struct{ NextToken string }
}

// search asks for a page. What the role does not allow is left out from then on.
func (c *client) search(ctx context.Context, first bool, at cursor, limit int) (found, error) {
	answer, err := c.ask(ctx, c.query(first, at, limit))
	if t, ok := source.TroubleOf(err); ok && t.Code == source.NotAllowed && c.buyers {
		c.buyers = false
		return c.ask(ctx, c.query(first, at, limit))
	}
	return answer, err
}

func (c *client) query(first bool, at cursor, limit int) url.Values {
	included := []string{"PROCEEDS", "FULFILLMENT"}
	if c.buyers {
		included = append(included, "BUYER", "RECIPIENT")
	}
	q := url.Values{"marketplaceIds": {c.marketplace}, "includedData": {strings.Join(included, ",")}, "maxResultsPerPage": {strconv.Itoa(limit)}}
	after, before := "lastUpdatedAfter", "lastUpdatedBefore"
	if first {
		after, before = "createdAfter", "createdBefore"
	}
	q.Set(after, at.From.UTC().Format(time.RFC3339))
	q.Set(before, at.To.UTC().Format(time.RFC3339))
	if at.Token != "" {
		q.Set("paginationToken", at.Token)
	}
	return q
}

// ask makes a request, with a new token where the old one has ended meanwhile.
func (c *client) ask(ctx context.Context, q url.Values) (found, error) {
	var answer found
	for attempt := 0; ; attempt++ {
		if err := c.authorize(ctx); err != nil {
			return answer, err
		}
		raw, err := c.tools.Do(ctx, source.Call{Name: "searchOrders", Pace: c.pace, Judge: c.judge, Make: func(ctx context.Context) (*http.Request, error) {
			req, err := http.NewRequestWithContext(ctx, http.MethodGet, c.base+"/orders/2026-01-01/orders?"+q.Encode(), nil)
			if err != nil {
				return nil, err
			}
			req.Header.Set("X-Amz-Access-Token", c.token)
			req.Header.Set("User-Agent", "Meguri/1 (Language=Go)")
			return req, nil
		}})
		if t, ok := source.TroubleOf(err); ok && t.Code == source.AccessEnded && attempt == 0 {
			c.token = ""
			continue
		}
		if err != nil {
			return answer, err
		}
		if err := json.Unmarshal(raw, &answer); err != nil {
			t := source.Unreadably(source.Misshapen(err), err)
			t.Call = "searchOrders"
			return answer, t
		}
		return answer, nil
	}
}

// judge reads the error, and the rate that Amazon grants this merchant.
func (c *client) judge(status int, h http.Header, body []byte) *source.Trouble {
	if granted, err := strconv.ParseFloat(h.Get("X-Amzn-Ratelimit-Limit"), 64); err == nil && granted > 0 {
		c.pace.SetLimitAt(c.tools.Clock.Now(), rate.Limit(granted))
	}
	var said struct {
		Errors []struct{ Code, Details, Message string }
	}
	_ = json.Unmarshal(body, &said) // what is no JSON says nothing
	t := source.ByStatus(status)
	if t == nil || len(said.Errors) == 0 {
		return t
	}
	first := said.Errors[0]
	t.Detail = first.Code
	switch {
	case strings.Contains(first.Details+first.Message, "expired"):
		return source.Lasting(source.AccessEnded, first.Code)
	case first.Code == "Unauthorized":
		return source.Lasting(source.NotAllowed, first.Code)
	case first.Code == "QuotaExceeded":
		t.Code, t.Passing = source.Throttled, true
		t.After = time.Duration(float64(time.Second) / max(float64(c.pace.Limit()), 1e-4)) // until there is room for one
	}
	return t
}

// authorize makes sure of an access token: an hour's, made of the refresh token.
func (c *client) authorize(ctx context.Context) error {
	if c.token != "" && c.tools.Clock.Now().Before(c.tokenUntil) {
		return nil
	}
	form := url.Values{"grant_type": {"refresh_token"}, "refresh_token": {c.c["refreshToken"]}, "client_id": {c.c["clientId"]}, "client_secret": {c.c["clientSecret"]}}
	raw, err := c.tools.Do(ctx, source.Call{Name: "token", Judge: judgeToken, Make: func(ctx context.Context) (*http.Request, error) {
		req, err := http.NewRequestWithContext(ctx, http.MethodPost, c.tokens+"/auth/o2/token", strings.NewReader(form.Encode()))
		if err != nil {
			return nil, err
		}
		req.Header.Set("Content-Type", "application/x-www-form-urlencoded;charset=UTF-8")
		return req, nil
	}})
	if err != nil {
		return err
	}
	var answer struct {
		AccessToken string      `json:"access_token"`
		ExpiresIn   source.Text `json:"expires_in"`
	}
	if err := json.Unmarshal(raw, &answer); err != nil || answer.AccessToken == "" {
		return source.Unreadably("no access_token", err)
	}
	good := time.Hour
	if n, err := strconv.Atoi(answer.ExpiresIn.String()); err == nil && n > 0 {
		good = time.Duration(n) * time.Second
	}
	c.token, c.tokenUntil = answer.AccessToken, c.tools.Clock.Now().Add(good-early)
	return nil
}

func judgeToken(status int, _ http.Header, body []byte) *source.Trouble {
	var said struct{ Error source.Text }
	_ = json.Unmarshal(body, &said)
	switch said.Error {
	case "invalid_grant":
		return source.Lasting(source.AccessEnded, "invalid_grant")
	case "invalid_client", "unauthorized_client":
		return source.Lasting(source.KeyRefused, said.Error.String())
	}
	return source.ByStatus(status)
}

// Check implements source.Source: a token, and one order of the last days.
func (c *client) Check(ctx context.Context) (source.Checked, error) {
	now := c.tools.Clock.Now()
	_, err := c.search(ctx, false, cursor{From: now.Add(-7 * 24 * time.Hour), To: now.Add(-3 * time.Minute)}, 1)
	return source.Checked{}, err
}
