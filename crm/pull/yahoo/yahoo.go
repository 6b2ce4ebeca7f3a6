// Package yahoo pulls orders from the store APIs of Yahoo!ショッピング: orderList
// finds what was changed, orderInfo tells an order.
//
// It owns the requests, the OAuth tokens and the signature by public key, and how
// an answer is written as rows of the order file and of the item file, whose
// columns have the names of the API's fields. It promises to stay within what
// the service demands: a query a second, 2,000 numbers a search, one order a
// query, 50,000 queries a day. When to pull is left to crm/pull, what a row means
// to crm/mall.
//
// Sources: developer.yahoo.co.jp/webapi/shopping (order, orderList.html, help:
// tokens, public keys, errors px-04102, px-04303, px-04306, the limits), public
// clients that sign with the key (RSA, PKCS #1 v1.5, of "seller:unix time").
// Not verified at the source, and therefore read leniently: the names of the
// discounts beside items (ItemCouponDiscount where told, else the items' own).
package yahoo

import (
	"bytes"
	"context"
	"crypto/rsa"
	"encoding/json"
	"encoding/xml"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"golang.org/x/time/rate"

	"github.com/meguri-crm/meguri/crm/mall"
	"github.com/meguri-crm/meguri/crm/pull/source"
)

// Name is the service's name.
const Name source.Name = "YAHOO_SHOPPING"

const (
	maxNumbers = 2_000
	perPage    = 25 // orders of a page of ours: each costs a query
	window     = 31 * 24 * time.Hour
	timeFormat = "20060102150405"
)

var tokyo = time.FixedZone("JST", 9*60*60)

// Service is the store APIs. Base and Tokens are their addresses; "": the real ones.
type Service struct{ Base, Tokens string }

// Name implements source.Service.
func (Service) Name() source.Name { return Name }

// Mall implements source.Service.
func (Service) Mall() mall.Mall { return mall.Yahoo }

// Fields implements source.Service.
func (Service) Fields() []source.Field {
	return slices.Concat([]source.Field{{Name: "sellerId"}}, source.Leave(), []source.Field{
		{Name: "publicKey", Secret: true, Optional: true, Valid: func(v string) bool { _, err := readKey(v); return err == nil }},
		{Name: "keyVersion", Optional: true},
	})
}

// Habits implements source.Service.
func (Service) Habits() source.Habits {
	return source.Habits{Overlap: 30 * time.Minute, Lag: time.Minute, Least: 5 * time.Minute}
}

// Formats implements source.Service.
func (Service) Formats() []source.Format {
	return []source.Format{{Name: ordersFormat, Columns: append(orderColumns, source.Where)}, {Name: itemsFormat, Columns: itemColumns}}
}

// ShopOf is the store account in an order's number.
func (Service) ShopOf(orderNo string) string {
	i := strings.LastIndexByte(orderNo, '-')
	return orderNo[:max(i, 0)]
}

// Open implements source.Service.
func (s Service) Open(c source.Credentials, t source.Tools) (source.Source, error) {
	cl := &client{
		tools: t, base: s.Base, tokens: s.Tokens, c: c,
		pace: t.Paces.Of("", 1, 1), lists: t.Paces.Of("list", 1, 1),
	}
	if cl.base == "" {
		cl.base = "https://circus.shopping.yahooapis.jp"
	}
	if cl.tokens == "" {
		cl.tokens = "https://auth.login.yahoo.co.jp"
	}
	if c["publicKey"] != "" {
		var err error
		if cl.key, err = readKey(c["publicKey"]); err != nil {
			return nil, source.Lasting(source.SignatureBad, "")
		}
	}
	return cl, nil
}

type client struct {
	tools        source.Tools
	base, tokens string
	c            source.Credentials
	key          *rsa.PublicKey // nil: unsigned, and access ends after 12 hours
	pace, lists  *rate.Limiter  // per address
	token        string
	tokenUntil   time.Time
}

type cursor struct {
	From    time.Time `json:"from"`
	To      time.Time `json:"to"`
	Start   int       `json:"start"` // of the window's numbers, from 1
	More    bool      `json:"more"`
	Found   bool      `json:"found"`
	Numbers []string  `json:"numbers,omitempty"`
}

// Next implements source.Source.
func (c *client) Next(ctx context.Context, span source.Span, raw json.RawMessage) (source.Page, error) {
	at := cursor{From: span.From, To: earlier(span.From.Add(window), span.To), Start: 1}
	if raw != nil {
		if err := json.Unmarshal(raw, &at); err != nil {
			return source.Page{}, err
		}
	}
	var page source.Page
	if !at.Found {
		total, err := c.search(ctx, span, &at)
		if err != nil {
			return source.Page{}, err
		}
		if at.Start == 1 {
			page.Total = total
		}
	}
	for len(at.Numbers) > 0 && len(page.Orders) < perPage {
		o, err := c.order(ctx, at.Numbers[0])
		if err != nil {
			return source.Page{}, err
		}
		page.Orders, at.Numbers = append(page.Orders, o), at.Numbers[1:]
	}
	page.Done = len(at.Numbers) == 0 && !at.next(span)
	var err error
	page.Cursor, err = json.Marshal(at)
	return page, err
}

func (at *cursor) next(span source.Span) bool {
	switch {
	case at.More:
		at.Start += maxNumbers
	case at.To.Before(span.To):
		at.From, at.To, at.Start = at.To, earlier(at.To.Add(window), span.To), 1
	default:
		return false
	}
	at.Found, at.More = false, false
	return true
}

func earlier(a, b time.Time) time.Time {
	if a.Before(b) {
		return a
	}
	return b
}

// request is the body of a query.
type request struct {
	XMLName  xml.Name `xml:"Req"`
	Search   *search
	Target   *target
	SellerID string `xml:"SellerId"`
}

type search struct {
	Result, Start int
	Sort          string
	Condition     condition
	Field         string
}

type condition struct {
	OrderTimeFrom      string `xml:",omitempty"`
	OrderTimeTo        string `xml:",omitempty"`
	LastUpdateTimeFrom string `xml:",omitempty"`
	LastUpdateTimeTo   string `xml:",omitempty"`
}

type target struct {
	OrderID string `xml:"OrderId"`
	Field   string
}

// search finds numbers: on the first pull by when they were ordered, later by
// when they were changed.
func (c *client) search(ctx context.Context, span source.Span, at *cursor) (total int, err error) {
	from, to := at.From.In(tokyo).Format(timeFormat), at.To.In(tokyo).Format(timeFormat)
	when := condition{LastUpdateTimeFrom: from, LastUpdateTimeTo: to}
	if span.First {
		when = condition{OrderTimeFrom: from, OrderTimeTo: to}
	}
	var answer struct {
		Status string
		Search struct {
			TotalCount int
			OrderInfo  []struct {
				OrderID string `xml:"OrderId"`
			}
		}
	}
	body := request{Search: &search{Result: maxNumbers, Start: at.Start, Sort: "+order_time", Condition: when, Field: "OrderId"}, SellerID: c.c["sellerId"]}
	if err := c.ask(ctx, "orderList", c.lists, body, &answer); err != nil {
		return 0, err
	}
	at.Numbers, at.Found = nil, true
	for _, o := range answer.Search.OrderInfo {
		at.Numbers = append(at.Numbers, o.OrderID)
	}
	at.More = at.Start+len(at.Numbers)-1 < answer.Search.TotalCount && len(at.Numbers) > 0
	return answer.Search.TotalCount, nil
}

// order asks for one order. One that the service has not, or tells in a shape
// nobody knows, is named.
func (c *client) order(ctx context.Context, no string) (source.Order, error) {
	body := request{Target: &target{OrderID: no, Field: fields}, SellerID: c.c["sellerId"]}
	var answer struct {
		Result struct {
			Status    string
			OrderInfo *element
		}
	}
	err := c.ask(ctx, "orderInfo", c.pace, body, &answer)
	if t, ok := source.TroubleOf(err); ok && !t.Passing && t.Code == source.BadRequest {
		return source.Unreadable(ordersFormat, "OrderId", no, "orderInfo", "Yahoo! "+t.Detail), nil
	}
	if err != nil {
		return source.Order{}, err
	}
	if answer.Result.OrderInfo == nil {
		return source.Unreadable(ordersFormat, "OrderId", no, "orderInfo", "no OrderInfo"), nil
	}
	return written(no, *answer.Result.OrderInfo), nil
}

// ask makes a query, with a new token where the old one has ended meanwhile.
func (c *client) ask(ctx context.Context, name string, pace *rate.Limiter, body request, answer any) error {
	content, err := xml.Marshal(body)
	if err != nil {
		return err
	}
	for attempt := 0; ; attempt++ {
		if err := c.authorize(ctx); err != nil {
			return err
		}
		raw, err := c.tools.Do(ctx, source.Call{
			Name: name, Pace: pace, Judge: judge,
			Make: func(ctx context.Context) (*http.Request, error) { return c.request(ctx, name, content) },
		})
		if t, ok := source.TroubleOf(err); ok && t.Code == source.AccessEnded && attempt == 0 {
			c.token = ""
			continue
		}
		if err != nil {
			return err
		}
		if err := xml.Unmarshal(raw, answer); err != nil {
			t := source.Unreadably("not the XML it should be", err)
			t.Call = name
			return t
		}
		return nil
	}
}

func (c *client) request(ctx context.Context, name string, content []byte) (*http.Request, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, c.base+"/ShoppingWebService/V1/"+name, bytes.NewReader(content))
	if err != nil {
		return nil, err
	}
	req.Header.Set("Authorization", "Bearer "+c.token)
	req.Header.Set("Content-Type", "application/xml; charset=utf-8")
	return req, c.sign(req)
}

// judge reads the error that stands in the body whatever the status.
func judge(status int, _ http.Header, body []byte) *source.Trouble {
	var said struct {
		XMLName xml.Name
		Code    string
		Message string
	}
	_ = xml.Unmarshal(body, &said) // what is no XML says nothing
	code := said.Code
	if said.XMLName.Local != "Error" {
		code = ""
	} else if before, _, ok := strings.Cut(said.Message, " : "); ok && code == "" && strings.HasPrefix(before, "px-") {
		code = before
	}
	t := source.ByStatus(status)
	switch {
	case code == "px-04102" || code == "px-04101" || status == http.StatusUnauthorized:
		t = source.Lasting(source.AccessEnded, code)
	case code == "px-04303" || code == "px-04304":
		t = source.Lasting(source.NotAllowed, code)
	case code == "px-04306":
		t = source.Lasting(source.AddressUnkown, code)
	case bytes.Contains(body, []byte("Your Request was Forbidden")):
		t = &source.Trouble{Code: source.QuotaSpent, Passing: true, After: time.Hour} // 50,000 a day
	case code == "od-00002" || code == "ed-00006":
		t = source.Lasting(source.WrongShop, code)
	case t == nil && said.XMLName.Local == "Error":
		t = source.Lasting(source.BadRequest, code)
	case t != nil:
		t.Detail = code
	}
	return t
}

// Check implements source.Source: a token, and a search of one day.
func (c *client) Check(ctx context.Context) (source.Checked, error) {
	var checked source.Checked
	if err := c.authorize(ctx); err != nil {
		return checked, err
	}
	if at, err := time.Parse(time.RFC3339, c.c["_expires"]); err == nil {
		checked.ExpiresAt = at
	}
	now := c.tools.Clock.Now()
	at := cursor{From: now.Add(-window), To: now, Start: 1}
	if _, err := c.search(ctx, source.Span{First: true}, &at); err != nil {
		return checked, err
	}
	checked.Shop = c.c["sellerId"]
	checked.Orders = at.Numbers[:min(len(at.Numbers), 100)]
	return checked, nil
}

// expiresIn reads a number of seconds, as text or number.
func expiresIn(t source.Text) time.Duration {
	n, err := strconv.Atoi(t.String())
	if err != nil || n <= 0 {
		return time.Hour
	}
	return time.Duration(n) * time.Second
}
