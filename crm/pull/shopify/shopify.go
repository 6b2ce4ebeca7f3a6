// Package shopify pulls orders from Shopify's GraphQL Admin API by bulk operations.
//
// It owns the query, the running and polling of an operation, the reading of its
// result, and how an order is written as rows of the order export. It promises
// that a result is read as a stream and goes on at the line where it was left,
// also by another process, and that the cost the API allows is waited for. When
// to pull is left to crm/pull, what a row means to crm/mall.
//
// Sources: shopify.dev, bulk operations (JSONL, children behind their parent with
// __parentId, results for seven days, five operations at a time since 2026-01),
// usage/limits (extensions.cost.throttleStatus, THROTTLED), Order. Orders older
// than 60 days need the scope read_all_orders, buyers' data the access to
// protected customer data: without them Shopify leaves both out. Not verified at
// the source: that billingAddress.name is written as in the export.
package shopify

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"time"

	"github.com/meguri-crm/meguri/crm/mall"
	"github.com/meguri-crm/meguri/crm/pull/source"
)

// Name is the service's name.
const Name source.Name = "SHOPIFY_ADMIN"

const (
	version = "2026-07"
	perPage = 250
	maxLine = 4 << 20
	// polls of one Next: then the lease is renewed and the pull is seen to go on.
	polls     = 5
	firstLook = 2 * time.Second
	lastLook  = 15 * time.Second
	// readWithin bounds one reading of a result; what is left then is read anew.
	readWithin = 30 * time.Minute
)

var domain = regexp.MustCompile(`^[a-z0-9][a-z0-9-]{0,60}\.myshopify\.com$`)

// Service is the Admin API. Base is its address; "": that of the merchant's shop.
type Service struct{ Base string }

// Name implements source.Service.
func (Service) Name() source.Name { return Name }

// Mall implements source.Service.
func (Service) Mall() mall.Mall { return mall.Shopify }

// Fields implements source.Service.
func (Service) Fields() []source.Field {
	return []source.Field{{Name: "shop", Valid: domain.MatchString}, {Name: "accessToken", Secret: true}}
}

// Habits implements source.Service.
func (Service) Habits() source.Habits {
	return source.Habits{Overlap: 10 * time.Minute, Lag: time.Minute, Least: 5 * time.Minute}
}

// Formats implements source.Service.
func (Service) Formats() []source.Format {
	return []source.Format{{Name: format, Columns: append(columns, source.Where)}}
}

// Open implements source.Service.
func (s Service) Open(c source.Credentials, t source.Tools) (source.Source, error) {
	base := s.Base
	if base == "" {
		base = "https://" + c["shop"]
	}
	return &client{tools: t, base: base, token: c["accessToken"]}, nil
}

type client struct {
	tools       source.Tools
	base, token string
	result      *result // being read; nil: none
}

type cursor struct {
	Operation string `json:"operation,omitempty"`
	Lines     int64  `json:"lines"` // of the result, read so far
	Failed    int    `json:"failed,omitempty"`
}

// Next implements source.Source.
func (c *client) Next(ctx context.Context, span source.Span, raw json.RawMessage) (source.Page, error) {
	var at cursor
	if raw != nil {
		if err := json.Unmarshal(raw, &at); err != nil {
			return source.Page{}, err
		}
	}
	var page source.Page
	err := c.step(ctx, span, &at, &page)
	if err != nil {
		c.drop()
		return source.Page{}, err
	}
	page.Cursor, err = json.Marshal(at)
	return page, err
}

// step runs the operation, waits for it, or reads on in its result.
func (c *client) step(ctx context.Context, span source.Span, at *cursor, page *source.Page) (err error) {
	if at.Operation == "" {
		at.Operation, err = c.run(ctx, span)
		return err
	}
	if c.result == nil || c.result.lines != at.Lines {
		address, state, err := c.await(ctx, at.Operation)
		switch {
		case err != nil:
			return err
		case state == running:
			return nil
		case state == failed: // Shopify gave up on it: once more, with patience
			at.Operation, at.Lines, at.Failed = "", 0, at.Failed+1
			return c.tools.Wait(ctx, min(time.Duration(at.Failed)*5*time.Second, lastLook))
		case address == "": // nothing found
			page.Done = true
			return nil
		}
		if err := c.open(ctx, address, at.Lines); err != nil {
			return err
		}
	}
	page.Orders, page.Done, err = c.result.orders(perPage)
	at.Lines = c.result.lines
	if page.Done {
		c.drop()
	}
	return err
}

func (c *client) drop() {
	if c.result != nil {
		c.result.close()
		c.result = nil
	}
}

// run begins the operation: on the first pull by when orders were made, later by
// when they were changed.
func (c *client) run(ctx context.Context, span source.Span) (string, error) {
	field := "updated_at"
	if span.First {
		field = "created_at"
	}
	filter := fmt.Sprintf("%s:>='%s' AND %s:<'%s'", field, span.From.UTC().Format(time.RFC3339), field, span.To.UTC().Format(time.RFC3339))
	var answer struct {
		BulkOperationRunQuery struct {
			BulkOperation *struct{ ID string }
			UserErrors    []struct{ Code, Message string }
		}
	}
	err := c.ask(ctx, "bulkOperationRunQuery", `mutation Run($query: String!) { bulkOperationRunQuery(query: $query) { bulkOperation { id } userErrors { code message } } }`,
		map[string]any{"query": fmt.Sprintf(ordersQuery, filter)}, &answer)
	if err != nil {
		return "", err
	}
	if e := answer.BulkOperationRunQuery.UserErrors; len(e) > 0 {
		if e[0].Code == "OPERATION_IN_PROGRESS" {
			return "", &source.Trouble{Code: source.Throttled, Call: "bulkOperationRunQuery", Detail: e[0].Code, Passing: true, After: time.Minute}
		}
		return "", named(source.Lasting(source.BadRequest, e[0].Code))
	}
	if answer.BulkOperationRunQuery.BulkOperation == nil {
		return "", named(source.Unreadably("no bulkOperation", nil))
	}
	return answer.BulkOperationRunQuery.BulkOperation.ID, nil
}

func named(t *source.Trouble) *source.Trouble { t.Call = "bulkOperationRunQuery"; return t }

type state int

const (
	running state = iota
	ready
	failed
)

// await looks at the operation until it has ended, or for a while.
func (c *client) await(ctx context.Context, operation string) (address string, s state, err error) {
	pause := firstLook
	for range polls {
		var answer struct {
			Node *struct{ Status, ErrorCode, URL string }
		}
		err := c.ask(ctx, "bulkOperation", `query Look($id: ID!) { node(id: $id) { ... on BulkOperation { status errorCode objectCount url } } }`, map[string]any{"id": operation}, &answer)
		if err != nil {
			return "", running, err
		}
		switch {
		case answer.Node == nil:
			return "", failed, nil // results are kept for seven days
		case answer.Node.ErrorCode == "ACCESS_DENIED":
			t := source.Lasting(source.NotAllowed, "ACCESS_DENIED")
			t.Call = "bulkOperation"
			return "", failed, t
		case answer.Node.Status == "COMPLETED":
			return answer.Node.URL, ready, nil
		case answer.Node.Status == "CREATED", answer.Node.Status == "RUNNING", answer.Node.Status == "CANCELING":
		default: // FAILED, CANCELED, EXPIRED
			return "", failed, nil
		}
		if err := c.tools.Wait(ctx, pause); err != nil {
			return "", running, err
		}
		pause = min(pause*2, lastLook)
	}
	return "", running, nil
}

// ask sends a document. What the bucket has no room for is waited for.
func (c *client) ask(ctx context.Context, name, document string, variables map[string]any, answer any) error {
	content, err := json.Marshal(map[string]any{"query": document, "variables": variables})
	if err != nil {
		return err
	}
	raw, err := c.tools.Do(ctx, source.Call{Name: name, Judge: judge, Make: func(ctx context.Context) (*http.Request, error) {
		req, err := http.NewRequestWithContext(ctx, http.MethodPost, c.base+"/admin/api/"+version+"/graphql.json", bytes.NewReader(content))
		if err != nil {
			return nil, err
		}
		req.Header.Set("X-Shopify-Access-Token", c.token)
		req.Header.Set("Content-Type", "application/json")
		return req, nil
	}})
	if err != nil {
		return err
	}
	var whole struct{ Data json.RawMessage }
	if err = json.Unmarshal(raw, &whole); err == nil {
		err = json.Unmarshal(whole.Data, answer)
	}
	if err != nil {
		t := source.Unreadably(source.Misshapen(err), err)
		t.Call = name
		return t
	}
	return nil
}

// judge reads the errors of an answer, which has status 200 with most of them.
func judge(status int, _ http.Header, body []byte) *source.Trouble {
	var said struct {
		Errors     json.RawMessage // a list, or a text where the request did not get so far
		Extensions struct {
			Cost struct {
				RequestedQueryCost float64
				ThrottleStatus     struct{ CurrentlyAvailable, RestoreRate float64 }
			}
		}
	}
	_ = json.Unmarshal(body, &said) // what is no JSON says nothing
	switch status {
	case http.StatusNotFound:
		return source.Lasting(source.WrongShop, "")
	case http.StatusPaymentRequired, http.StatusLocked:
		return source.Lasting(source.NotAllowed, "shop frozen")
	}
	if t := source.ByStatus(status); t != nil {
		return t
	}
	var errs []struct{ Extensions struct{ Code string } }
	_ = json.Unmarshal(said.Errors, &errs) // a text in the list's place comes with another status
	if len(errs) == 0 {
		return nil
	}
	switch code := errs[0].Extensions.Code; code {
	case "THROTTLED":
		cost := said.Extensions.Cost
		missing := cost.RequestedQueryCost - cost.ThrottleStatus.CurrentlyAvailable
		return &source.Trouble{Code: source.Throttled, Detail: code, Passing: true, After: time.Duration(missing / max(cost.ThrottleStatus.RestoreRate, 1) * float64(time.Second))}
	case "ACCESS_DENIED":
		return source.Lasting(source.NotAllowed, code)
	case "INTERNAL_SERVER_ERROR":
		return &source.Trouble{Code: source.Down, Detail: code, Passing: true}
	default:
		return source.Lasting(source.BadRequest, code)
	}
}

// Check implements source.Source: the shop's name, and whether orders may be read.
func (c *client) Check(ctx context.Context) (source.Checked, error) {
	var answer struct{ Shop struct{ Name string } }
	err := c.ask(ctx, "shop", `query Shop { shop { name } orders(first: 1) { nodes { id } } }`, nil, &answer)
	return source.Checked{Shop: strings.TrimSpace(answer.Shop.Name)}, err
}

// open begins to read a result behind the lines that were read before. The
// result lies elsewhere than the API, under an address that is key enough: the
// token is not sent there.
func (c *client) open(ctx context.Context, address string, skip int64) error {
	c.drop()
	down := func(status int, err error) error {
		return &source.Trouble{Code: source.Down, Call: "result", Status: status, Passing: true, Detail: source.Quiet(err)}
	}
	ctx, cancel := context.WithTimeout(ctx, readWithin)
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		cancel()
		return source.Unreadably("no address of the result", nil)
	}
	resp, err := c.tools.HTTP.Do(req) //nolint:bodyclose // result.close does
	if err != nil {
		cancel()
		return down(0, err)
	}
	r := &result{body: resp.Body, cancel: cancel, scanner: bufio.NewScanner(resp.Body)}
	if resp.StatusCode != http.StatusOK {
		r.close()
		return down(resp.StatusCode, nil)
	}
	r.scanner.Buffer(make([]byte, 0, 64<<10), maxLine)
	for r.lines < skip && r.scanner.Scan() {
		r.lines++
	}
	if r.lines < skip {
		r.close()
		return down(resp.StatusCode, r.scanner.Err())
	}
	c.result = r
	return nil
}
