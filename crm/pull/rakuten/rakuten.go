// Package rakuten pulls orders from Rakuten's RMS WEB SERVICE (楽天ペイ受注API).
//
// It owns the requests and how an answer is written as rows of the order CSV.
// It promises to stay within what RMS demands: a request a second, windows of 63
// days, 730 days back, 1,000 numbers a page and 15,000 a search, 100 orders a
// request; and that an order RMS cannot or will not tell is named, not lost.
// When to pull is left to crm/pull, what a row means to crm/mall.
//
// Sources: RMS's own reference stands behind its login. Fields, limits and codes
// are those of public clients and notes taken from it: hayabusa-systems/rms-go-sdk,
// JakeJP/Rakuten.RMS.Api, the changelog of the API to v8.3 (2025-12-12), and the
// project's notes on malls §1.3. Not verified at the source, and therefore read
// leniently: which coupon codes are the shop's own (all are taken for its own).
package rakuten

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"time"

	"golang.org/x/time/rate"

	"github.com/meguri-crm/meguri/crm/mall"
	"github.com/meguri-crm/meguri/crm/pull/source"
)

// Name is the service's name.
const Name source.Name = "RAKUTEN_RMS"

const (
	maxNumbers = 1_000                // of a page of a search
	maxFound   = 15_000               // of a search, since v3.7 of the API
	maxOrders  = 100                  // of one getOrder
	window     = 62 * 24 * time.Hour  // of 63
	tillOldest = 729 * 24 * time.Hour // of 730
	cancelled  = 61 * 24 * time.Hour  // how far back cancellations are looked for: with a day's pull one window
	version    = 10                   // of getOrder: SKUs since 7, social gifts since 10
)

var (
	timeFormat = "2006-01-02T15:04:05-0700"
	tokyo      = time.FixedZone("JST", 9*60*60)
)

// Service is RMS. Base is its address; "": the real one.
type Service struct{ Base string }

// Name implements source.Service.
func (Service) Name() source.Name { return Name }

// Mall implements source.Service.
func (Service) Mall() mall.Mall { return mall.Rakuten }

// Fields implements source.Service.
func (Service) Fields() []source.Field {
	return []source.Field{{Name: "serviceSecret", Secret: true}, {Name: "licenseKey", Secret: true}}
}

// Habits implements source.Service. RMS lists an order some minutes after it was made.
func (Service) Habits() source.Habits {
	return source.Habits{Oldest: tillOldest, Overlap: time.Hour, Least: 5 * time.Minute}
}

// Formats implements source.Service.
func (Service) Formats() []source.Format {
	return []source.Format{{Name: mall.RakutenOrders{}.Name(), Columns: columns}}
}

// ShopOf is the shop's number, with which RMS begins the numbers of its orders.
func (Service) ShopOf(orderNo string) string {
	shop, _, _ := strings.Cut(orderNo, "-")
	return shop
}

// Open implements source.Service.
func (s Service) Open(c source.Credentials, t source.Tools) (source.Source, error) {
	base := s.Base
	if base == "" {
		base = "https://api.rms.rakuten.co.jp"
	}
	key := base64.StdEncoding.EncodeToString([]byte(c["serviceSecret"] + ":" + c["licenseKey"]))
	return &client{tools: t, base: base, authorization: "ESA " + key, licence: c["licenseKey"], pace: t.Paces.Of("", 1, 1)}, nil
}

type client struct {
	tools                        source.Tools
	base, authorization, licence string
	pace                         *rate.Limiter
}

// look is one of the ways in which an order can be found. RMS has no date of
// change, so that each change has a look of its own.
type look struct {
	dateType int
	progress []int
	back     time.Duration // look further back than the span begins
}

var looks = []look{
	{dateType: 1},                   // ordered
	{dateType: 3},                   // its amounts were settled
	{dateType: 5},                   // reported as shipped
	{dateType: 6},                   // paid
	{1, []int{800, 900}, cancelled}, // taken back, which leaves no date
}

// cursor is how far a pull is.
type cursor struct {
	Look    int       `json:"look"`
	From    time.Time `json:"from"` // the window
	To      time.Time `json:"to"`
	Page    int       `json:"page"`              // of the window's numbers, from 1
	More    bool      `json:"more"`              // pages follow this one
	Numbers []string  `json:"numbers,omitempty"` // found and not asked for yet
	Found   bool      `json:"found"`             // the page was searched
}

// Next implements source.Source.
func (c *client) Next(ctx context.Context, span source.Span, raw json.RawMessage) (source.Page, error) {
	var at cursor
	if raw == nil {
		at = begin(span, 0)
	} else if err := json.Unmarshal(raw, &at); err != nil {
		return source.Page{}, err
	}
	var page source.Page
	if !at.Found {
		found, err := c.search(ctx, looks[at.Look], &at)
		if err != nil {
			return source.Page{}, err
		}
		if span.First {
			page.Total = found
		}
	}
	if n := min(len(at.Numbers), maxOrders); n > 0 {
		orders, err := c.orders(ctx, at.Numbers[:n])
		if err != nil {
			return source.Page{}, err
		}
		page.Orders, at.Numbers = orders, at.Numbers[n:]
	}
	page.Done = len(at.Numbers) == 0 && !at.next(span)
	var err error
	page.Cursor, err = json.Marshal(at)
	return page, err
}

// begin is the first window of a look.
func begin(span source.Span, look int) cursor {
	from := span.From.Add(-looks[look].back)
	if oldest := span.To.Add(-tillOldest); from.Before(oldest) {
		from = oldest
	}
	return cursor{Look: look, From: from, To: earlier(from.Add(window), span.To), Page: 1}
}

func earlier(a, b time.Time) time.Time {
	if a.Before(b) {
		return a
	}
	return b
}

// next moves on to the next page, window or look; false: there is none.
func (at *cursor) next(span source.Span) bool {
	switch {
	case at.More:
		at.Page++
	case at.To.Before(span.To):
		at.From, at.To, at.Page = at.To, earlier(at.To.Add(window), span.To), 1
	case !span.First && at.Look < len(looks)-1:
		*at = begin(span, at.Look+1)
	default:
		return false
	}
	at.Found, at.More = false, false
	return true
}

// search finds a page of numbers. A window with more than RMS lists is halved.
func (c *client) search(ctx context.Context, l look, at *cursor) (found int, err error) {
	for {
		var answer struct {
			messages
			OrderNumberList         []string
			PaginationResponseModel struct{ TotalRecordsAmount, TotalPages int }
		}
		body := map[string]any{
			"dateType": l.dateType, "startDatetime": at.From.In(tokyo).Format(timeFormat), "endDatetime": at.To.In(tokyo).Format(timeFormat),
			"PaginationRequestModel": map[string]any{
				"requestRecordsAmount": maxNumbers, "requestPage": at.Page, "SortModelList": []any{map[string]int{"sortColumn": 1, "sortDirection": 1}},
			},
		}
		if l.progress != nil {
			body["orderProgressList"] = l.progress
		}
		if err := c.post(ctx, "searchOrder", body, &answer); err != nil {
			return 0, err
		}
		total := answer.PaginationResponseModel.TotalRecordsAmount
		if half := at.To.Sub(at.From) / 2; total >= maxFound && half > time.Minute {
			at.To, at.Page = at.From.Add(half.Truncate(time.Second)), 1
			continue
		}
		at.Numbers, at.Found, at.More = answer.OrderNumberList, true, at.Page < answer.PaginationResponseModel.TotalPages
		return total, nil
	}
}

// orders asks for orders by number. What RMS does not answer is named.
func (c *client) orders(ctx context.Context, numbers []string) ([]source.Order, error) {
	var answer struct {
		messages
		OrderModelList []json.RawMessage
	}
	err := c.post(ctx, "getOrder", map[string]any{"orderNumberList": numbers, "version": version}, &answer)
	if err != nil {
		return nil, err
	}
	told := map[string]bool{}
	orders := make([]source.Order, 0, len(numbers))
	for i, raw := range answer.OrderModelList {
		o := written(raw, i)
		told[o.No] = true
		orders = append(orders, o)
	}
	for _, no := range numbers {
		if !told[no] {
			orders = append(orders, source.Unreadable(format, numberColumn, no, "getOrder", "RMS "+answer.of(no)))
		}
	}
	return orders, nil
}

// message is how RMS says what became of a request, or of one order in it.
type message struct{ MessageType, MessageCode, OrderNumber string }

type messages struct{ MessageModelList []message }

// of is the code of what is said of one order.
func (m messages) of(no string) string {
	for _, s := range m.MessageModelList {
		if s.OrderNumber == no {
			return s.MessageCode
		}
	}
	return "did not tell it"
}

func (c *client) post(ctx context.Context, name string, body, answer any) error {
	content, err := json.Marshal(body)
	if err != nil {
		return err
	}
	raw, err := c.tools.Do(ctx, source.Call{
		Name: name, Pace: c.pace, Judge: judge,
		Make: func(ctx context.Context) (*http.Request, error) {
			return c.request(ctx, http.MethodPost, "/es/2.0/order/"+name+"/", content)
		},
	})
	if err != nil {
		return err
	}
	if err := json.Unmarshal(raw, answer); err != nil {
		return named(name, source.Unreadably(source.Misshapen(err), err))
	}
	return nil
}

func (c *client) request(ctx context.Context, method, path string, content []byte) (*http.Request, error) {
	req, err := http.NewRequestWithContext(ctx, method, c.base+path, bytes.NewReader(content))
	if err != nil {
		return nil, err
	}
	req.Header.Set("Authorization", c.authorization)
	req.Header.Set("Content-Type", "application/json; charset=utf-8")
	return req, nil
}

func named(call string, t *source.Trouble) *source.Trouble { t.Call = call; return t }

// judge reads what RMS says beside the status: 401 GA0001 when the pair is wrong,
// the key has expired or the API is not in use; ERROR_009 of getOrder when the
// version is none of today's.
func judge(status int, _ http.Header, body []byte) *source.Trouble {
	var said struct {
		messages
		Results struct{ ErrorCode, Code string }
		Errors  []struct{ Code string }
	}
	_ = json.Unmarshal(body, &said) // what is no JSON says nothing
	code := said.Results.ErrorCode
	for _, m := range said.MessageModelList {
		if m.MessageType == "ERROR" && m.OrderNumber == "" {
			code = m.MessageCode
		}
	}
	t := source.ByStatus(status)
	switch {
	case code == "ORDER_EXT_API_GET_ORDER_ERROR_009":
		t = source.Lasting(source.VersionGone, code)
	case t == nil && code != "":
		t = source.Lasting(source.BadRequest, code)
	case t != nil && strings.HasPrefix(code, "GA"):
		t.Detail = code
	case t != nil:
		t.Detail = code
	}
	return t
}

// Check implements source.Source: when the key ends, and a search of one day.
func (c *client) Check(ctx context.Context) (source.Checked, error) {
	var checked source.Checked
	ends, err := c.expiry(ctx)
	if err != nil {
		return checked, err
	}
	checked.ExpiresAt = ends
	now := c.tools.Clock.Now()
	if !ends.IsZero() && ends.Before(now) {
		return checked, named("license-key/expiry-date", source.Lasting(source.KeyExpired, ""))
	}
	at := cursor{From: now.Add(-window), To: now, Page: 1}
	if _, err := c.search(ctx, looks[0], &at); err != nil {
		return checked, err
	}
	checked.Orders = at.Numbers[:min(len(at.Numbers), maxOrders)]
	return checked, nil
}

// expiry asks when the licence key ends: 90 days after it was made. The time is
// Japan's and has no zone. Not every merchant has that API in use; then it is
// not known.
func (c *client) expiry(ctx context.Context) (time.Time, error) {
	raw, err := c.tools.Do(ctx, source.Call{
		Name: "license-key/expiry-date", Pace: c.pace, Judge: judge,
		Make: func(ctx context.Context) (*http.Request, error) {
			return c.request(ctx, http.MethodGet, "/es/1.0/license-management/license-key/expiry-date?licenseKey="+url.QueryEscape(c.licence), nil)
		},
	})
	if t, ok := source.TroubleOf(err); ok && (t.Code == source.NotAllowed || t.Code == source.BadRequest) {
		return time.Time{}, nil
	}
	if err != nil {
		return time.Time{}, err
	}
	var answer struct{ ExpiryDate source.Text }
	_ = json.Unmarshal(raw, &answer) // an answer nobody can read tells no day
	return lastInstant(answer.ExpiryDate.String()), nil
}

// lastInstant reads a time, or a day to its end; zero for what is neither.
func lastInstant(text string) time.Time {
	if at, err := time.ParseInLocation("2006-01-02T15:04:05", text[:min(19, len(text))], tokyo); err == nil {
		return at
	}
	if day, err := time.ParseInLocation("2006-01-02", text[:min(10, len(text))], tokyo); err == nil {
		return day.Add(24*time.Hour - time.Second)
	}
	return time.Time{}
}
