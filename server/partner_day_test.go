package server

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	standard "github.com/standard-webhooks/standard-webhooks/libraries/go"

	"github.com/meguri-crm/meguri/crm/access"
	"github.com/meguri-crm/meguri/crm/customer"
	"github.com/meguri-crm/meguri/crm/export"
	"github.com/meguri-crm/meguri/crm/gid"
)

const giveBack = `mutation($input: ReturnOrderLinesInput!) { returnOrderLines(input: $input) { order { status netSales { amount } } userErrors { code field params } } }`

// A partner's day: customer, order, points spent, goods sent back, what its
// webhook heard of it, and all of it as a file.
func TestAPartnersDay(t *testing.T) {
	p := newProgram(t)
	heard := make(chan *http.Request, 20)
	bodies := make(chan []byte, 20)
	listener := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		heard <- r
		bodies <- body
	}))
	t.Cleanup(listener.Close)
	var hook struct {
		CreateWebhookEndpoint struct{ Secret string }
	}
	made := p.with(p.signIn(), `mutation($input: CreateWebhookEndpointInput!) { createWebhookEndpoint(input: $input) { secret userErrors { code field } } }`,
		map[string]any{"input": map[string]any{"name": "倉庫", "url": listener.URL, "events": []string{"POINTS_BOOKED"}}})
	if err := json.Unmarshal(made.Data, &hook); err != nil || hook.CreateWebhookEndpoint.Secret == "" {
		t.Fatalf("%s %v, %v", made.Data, made.Errors, err)
	}

	var who struct {
		CustomerID string
		Created    bool
	}
	customer := map[string]any{"shopId": p.shop, "memberId": "m-1", "profile": map[string]any{"familyName": "山田", "email": "hanako@shopper.example"}, "enroll": true, "idempotencyKey": "c1"}
	for range 2 {
		if p.ask(upsertOne, customer, &who); !who.Created {
			t.Error("the same key gives another answer")
		}
	}
	customer["memberId"] = "m-2"
	if got := p.refused(upsertOne, customer); got != "IDEMPOTENCY_KEY_REUSED" {
		t.Errorf("the key with another request: %q", got)
	}

	var orders toldOrders
	order := map[string]any{
		"orderNo": "1001", "orderedAt": time.Now().Add(time.Minute).UTC().Format(time.RFC3339), "status": "SHIPPED", "shippedAt": time.Now().UTC().Format(time.RFC3339),
		"buyer": map[string]any{"memberId": "m-1"}, "lines": []map[string]any{{"lineKey": "a", "sku": "TEA", "name": "煎茶", "unitPrice": 2500, "quantity": 4}},
	}
	batch := map[string]any{"shopId": p.shop, "idempotencyKey": "o1", "orders": []any{order, map[string]any{"orderNo": "1002"}}}
	for range 2 {
		p.ask(tellOrder, batch, &orders)
		if len(orders.Results) != 2 || orders.Results[0].Outcome != "CREATED" || *orders.Results[0].CustomerID != who.CustomerID {
			t.Fatalf("the order: %+v", orders)
		}
		if bad := orders.Results[1]; bad.Outcome != "REFUSED" || len(bad.UserErrors) != 2 || strings.Join(bad.UserErrors[0].Field, ".") != "input.orders.1.orderedAt" {
			t.Errorf("the one without a time: %+v", bad)
		}
	}
	pending := func() (n int64) {
		t.Helper()
		if err := p.app.DB.NewRaw("SELECT pending FROM point_accounts").Scan(t.Context(), &n); err != nil {
			t.Fatal(err)
		}
		return n
	}
	if got := pending(); got != 100 {
		t.Errorf("10,000 yen earn %d points, want 100", got)
	}

	p.sendOrders(t)
	points := `points { available held } userErrors { code }`
	var booked struct {
		Hold    struct{ ID, Status string }
		Booking struct{ ID string }
		Points  struct{ Available, Held int64 }
	}
	p.ask(`mutation($input: GrantPointsInput!) { grantPoints(input: $input) { `+points+` } }`, map[string]any{"customerId": who.CustomerID, "amount": 500, "idempotencyKey": "p1"}, &booked)
	p.ask(`mutation($input: HoldPointsInput!) { holdPoints(input: $input) { hold { id } `+points+` } }`, map[string]any{"customerId": who.CustomerID, "amount": 300, "shopId": p.shop, "orderNo": "1001", "idempotencyKey": "p2"}, &booked)
	p.ask(`mutation($input: CapturePointsInput!) { capturePoints(input: $input) { hold { id status } booking { id } `+points+` } }`, map[string]any{"holdId": booked.Hold.ID, "idempotencyKey": "p3"}, &booked)
	if booked.Hold.Status != "CAPTURED" || booked.Points.Available != 200 || booked.Points.Held != 0 {
		t.Errorf("captured: %+v", booked)
	}

	var back struct {
		Order struct {
			Status   string
			NetSales struct{ Amount int64 }
		}
	}
	half := map[string]any{"shopId": p.shop, "orderNo": "1001", "lines": []map[string]any{{"lineKey": "a", "quantity": 2}}, "idempotencyKey": "r1"}
	for range 2 { // the second is the first
		if p.ask(giveBack, half, &back); back.Order.Status != "SHIPPED" || back.Order.NetSales.Amount != 5000 {
			t.Errorf("half came back: %+v", back)
		}
		if got := pending(); got != 50 {
			t.Errorf("%d points are left of 100 after half came back", got)
		}
	}
	half["idempotencyKey"] = "r2"
	if p.ask(giveBack, half, &back); back.Order.Status != "CANCELLED" || pending() != 0 {
		t.Errorf("all came back: %+v, %d points left", back, pending())
	}
	if err := p.app.DB.NewRaw("SELECT available FROM point_accounts").Scan(t.Context(), &booked.Points.Available); err != nil || booked.Points.Available != 500 {
		t.Errorf("%d points, %v: what was spent on the order is not given back", booked.Points.Available, err)
	}

	if err := p.app.Webhooks.Work(t.Context()); err != nil {
		t.Fatal(err)
	}
	verify, err := standard.NewWebhook(hook.CreateWebhookEndpoint.Secret)
	if err != nil {
		t.Fatal(err)
	}
	var kinds []string
	for len(heard) > 0 {
		r, body := <-heard, <-bodies
		var event struct {
			Type string
			Data struct{ CustomerID, BookingID, Kind, Reason, OrderNo string }
		}
		if err := verify.Verify(body, r.Header); err != nil {
			t.Errorf("%v: %s", err, body)
		}
		if err := json.Unmarshal(body, &event); err != nil || event.Type != "points.booked" || event.Data.CustomerID != who.CustomerID {
			t.Errorf("%s, %v", body, err)
		}
		if event.Data.Kind == "CAPTURE" && event.Data.BookingID != booked.Booking.ID {
			t.Errorf("captured was %s, and the webhook says %s", booked.Booking.ID, event.Data.BookingID)
		}
		if event.Data.OrderNo != "1001" && event.Data.Reason != "API" {
			t.Errorf("the order's number is not told: %s", body)
		}
		kinds = append(kinds, event.Data.Kind)
	}
	told := strings.Join(kinds, " ")
	for _, want := range []string{"GRANT", "HOLD", "CAPTURE", "CLAWBACK", "RESTORE"} {
		if !strings.Contains(told, want) {
			t.Errorf("the webhook has not heard of %s: %s", want, told)
		}
	}

	objects := p.lines(p.exported(export.Orders, "e1"))
	if len(objects) != 3 || objects[0]["__typename"] != "Order" || objects[0]["orderNo"] != "1001" || objects[0]["status"] != "CANCELLED" || objects[0]["customerId"] != who.CustomerID {
		t.Errorf("the orders as a file: %v", objects)
	}
	points = ""
	for _, b := range p.lines(p.exported(export.PointBookings, "e2")) {
		points += fmt.Sprint(b["kind"], " ", b["amount"], " ", b["orderNo"], ", ")
	}
	if want := "GRANT 100 1001, GRANT 500 <nil>, HOLD 0 1001, CAPTURE -300 1001, CLAWBACK -50 1001, CLAWBACK -50 1001, RESTORE 300 1001, "; points != want {
		t.Errorf("the bookings as a file: %s, want %s", points, want)
	}
}

// What comes of goods that come back is told to whoever may tell of orders, and a
// repeated request has its first answer, with the order as it is by then, whatever
// became of its buyer.
func TestAReturnIsAnsweredWhateverBecameOfTheBuyer(t *testing.T) {
	p := newProgram(t)
	id, secret := p.partner("倉庫", access.ScopeOrdersWrite)
	_, a := p.token(url.Values{"grant_type": {"client_credentials"}, "client_id": {id}, "client_secret": {secret}}.Encode())
	p.bearer = a.AccessToken
	answer := `mutation($input: ReturnOrderLinesInput!) { returnOrderLines(input: $input) { order { id orderNo status goods { amount } shop { name } lines { lineKey quantity } } userErrors { code } } }`
	for _, tt := range []struct {
		name   string
		buyer  map[string]any
		become func(buyer int64)
		want   string // status, when it is asked again
	}{
		{"nothing", map[string]any{"memberId": "b-1"}, func(int64) {}, "SHIPPED"},
		{"nobody is named", map[string]any{}, func(int64) {}, "SHIPPED"},
		{"he is merged", map[string]any{"memberId": "b-2"}, func(buyer int64) {
			other := p.insert(`INSERT INTO customers DEFAULT VALUES RETURNING id`)
			p.insert(`INSERT INTO customer_stats (customer_id) VALUES ($1) RETURNING customer_id`, other)
			if _, err := p.app.Customers.Merge(t.Context(), customer.MergeRequest{SurvivorID: other, MergedID: buyer}); err != nil {
				t.Fatal(err)
			}
		}, "SHIPPED"},
		{"the order is cancelled", map[string]any{"memberId": "b-3"}, func(buyer int64) {
			if _, err := p.app.DB.NewRaw(`UPDATE orders SET status = 'CANCELLED', cancelled_at = now() WHERE customer_id = ?`, buyer).Exec(t.Context()); err != nil {
				t.Fatal(err)
			}
		}, "CANCELLED"},
	} {
		no := tt.name
		order := map[string]any{"orderNo": no, "orderedAt": time.Now().UTC().Format(time.RFC3339), "status": "SHIPPED", "buyer": tt.buyer, "lines": []map[string]any{
			{"lineKey": "a", "sku": "TEA", "name": "煎茶", "unitPrice": 1000, "quantity": 3}, {"lineKey": "b", "sku": "CUP", "name": "湯呑", "unitPrice": 500, "quantity": 1},
		}}
		p.ask(tellOrder, map[string]any{"shopId": p.shop, "idempotencyKey": "o" + no, "orders": []any{order}}, &toldOrders{})
		back := map[string]any{"shopId": p.shop, "orderNo": no, "lines": []map[string]any{{"lineKey": "a", "quantity": 1}}, "idempotencyKey": "r" + no}
		status := "SHIPPED"
		for range 2 {
			var got struct {
				Order struct {
					ID, OrderNo, Status string
					Goods               struct{ Amount int64 }
					Lines               []struct {
						LineKey  string
						Quantity int64
					}
				}
			}
			p.ask(answer, back, &got)
			var owner int64
			if err := p.app.DB.NewRaw("SELECT customer_id FROM orders WHERE order_no = ?", no).Scan(t.Context(), &owner); err != nil {
				t.Fatal(err)
			}
			holder, _, err := gid.DecodePair("Order", got.Order.ID)
			if err != nil || holder != owner || got.Order.OrderNo != no || got.Order.Status != status || got.Order.Goods.Amount != 2500 || len(got.Order.Lines) != 2 || got.Order.Lines[0].Quantity != 2 {
				t.Errorf("%s: %+v, %v", tt.name, got.Order, err)
			}
			tt.become(owner)
			tt.become, status = func(int64) {}, tt.want
		}
	}
	r := p.with(p.bearer, `query($id: ID!) { customer(id: $id) { id } }`, map[string]any{"id": gid.Encode("Customer", 1)})
	if len(r.Errors) == 0 {
		t.Error("who may write orders reads customers")
	}
}

// sendOrders sends the orders of a night as a file, and watches it to its end:
// one of them told before, one new, one broken.
func (p *program) sendOrders(t *testing.T) {
	t.Helper()
	at := time.Now().Add(-time.Hour).UTC().Format(time.RFC3339)
	file := `{"orderNo": "1001"}
{"orderNo": "1003", "orderedAt": "` + at + `", "lines": [{"name": "湯呑", "unitPrice": 2000}]}
{"orderNo": "1004", "orderedAt": "` + at + `", "lines": [{"name": "湯呑", "unitPrice": "2000"}]}
{"orderNo": "1005", "orderedAt": "` + at + `", "lines": [{"name": "湯呑", "unitPrice": 2000}]}
`
	sent, body := p.do(http.MethodPost, "/uploads?name=orders.jsonl", file, "Authorization", "Bearer "+p.bearer)
	var upload struct{ UploadID string }
	if err := json.Unmarshal(body, &upload); err != nil || sent.StatusCode != http.StatusCreated {
		t.Fatalf("%d %s, %v", sent.StatusCode, body, err)
	}
	var started struct{ Import struct{ ID string } }
	p.ask(`mutation($input: StartImportInput!) { startImport(input: $input) { import { id } userErrors { code } } }`,
		map[string]any{"uploadId": upload.UploadID, "shopId": p.shop}, &started)
	if err := p.app.Intake.Work(t.Context()); err != nil {
		t.Fatal(err)
	}
	id := started.Import.ID
	told := p.with(p.bearer, `query($id: ID!) { import(id: $id) { status format progress rowsTotal inserted updated unchanged quarantined } }`, map[string]any{"id": id})
	if want := `{"import":{"status":"DONE","format":"ORDER_LINES","progress":1,"rowsTotal":4,"inserted":2,"updated":0,"unchanged":1,"quarantined":1}}`; string(told.Data) != want {
		t.Errorf("%s %v, want %s", told.Data, told.Errors, want)
	}
	_, refused := p.do(http.MethodGet, "/imports/"+id+"/quarantine.jsonl", "", "Authorization", "Bearer "+p.bearer)
	var line struct {
		Line        int
		Code, Field string
	}
	if err := json.Unmarshal(refused, &line); err != nil || line.Line != 3 || line.Code != "BAD_VALUE" || line.Field != "lines.0.unitPrice" {
		t.Errorf("%s, %v", refused, err)
	}
}
