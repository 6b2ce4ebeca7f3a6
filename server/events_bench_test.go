package server

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/meguri-crm/meguri/crm/access"
	"github.com/meguri-crm/meguri/crm/gid"
)

const (
	eventBatch   = 1000
	eventBatches = 40 // of each side in one round
	eventClients = 2
	eventRounds  = 5
)

// BenchmarkRecordEvents sends behaviour events through the whole product
// (HTTP, token, GraphQL, checks, dedupe keys, stream, rollup, products, audit)
// beside a bare COPY of the same events into one table with the indexes of events,
// in batches of the same size with a commit each, in turns. events/s is what is
// durable when answered; the promise is 10,000 at least. ratio is the median of
// product/COPY.
func BenchmarkRecordEvents(b *testing.B) {
	w := newBenchWorld(b)
	addr := w.serveProduct(b).String()
	s := newEventSource(b, w.app)
	for b.Loop() {
		s.product(b, addr, 4) // warm
		var rates, floors, ratios []float64
		for range eventRounds {
			f, p := s.floor(b, eventBatches), s.product(b, addr, eventBatches)
			rates, floors, ratios = append(rates, p), append(floors, f), append(ratios, p/f)
		}
		b.ReportMetric(median(rates), "events/s")
		b.ReportMetric(median(floors), "copy-events/s")
		b.ReportMetric(median(ratios), "ratio")
	}
	s.verify(b)
}

// eventSource makes events that are never the same twice.
type eventSource struct {
	app   *App
	token string
	shop  string
	next  int
	start time.Time
	sent  int
}

func newEventSource(b *testing.B, app *App) *eventSource {
	b.Helper()
	ctx := access.As(context.Background(), access.Principal{Kind: access.ActorCommand})
	_, err := app.Access.Create(ctx, access.NewStaff{Email: testEmail, Name: "Hanako", Role: access.RoleOwner, Password: testPassword})
	if err != nil {
		b.Fatal(err)
	}
	s := &eventSource{app: app, start: app.Clock.Now()}
	if s.token, err = app.Access.StaffToken(ctx, testEmail, time.Hour, access.ScopeEventsWrite); err != nil {
		b.Fatal(err)
	}
	var id int64
	if err := app.DB.Pool.QueryRow(ctx, `INSERT INTO shops (code, name, mall) VALUES ('own', 'own', 'OWN_SITE') RETURNING id`).Scan(&id); err != nil {
		b.Fatal(err)
	}
	s.shop = gid.Encode("Shop", id)
	if _, err := app.DB.Pool.Exec(ctx, `CREATE TABLE bare_events (LIKE events INCLUDING ALL)`); err != nil {
		b.Fatal(err)
	}
	return s
}

type benchEvent struct {
	DedupeKey  string         `json:"dedupeKey"`
	Kind       string         `json:"kind"`
	OccurredAt time.Time      `json:"occurredAt"`
	CustomerID string         `json:"customerId"`
	Product    map[string]any `json:"product"`
	Path       string         `json:"path"`
}

// batch makes the events of one call: people who look around, as in a log of a shop.
func (s *eventSource) batch() []benchEvent {
	kinds := []string{"VIEW", "VIEW", "VIEW", "VIEW", "CART_ADD", "VIEW", "VIEW", "FAVOURITE", "VIEW", "CART_REMOVE"}
	list := make([]benchEvent, eventBatch)
	for i := range list {
		s.next++
		n := s.next
		sku := n * 7919 % 5000
		list[i] = benchEvent{
			DedupeKey: fmt.Sprintf("session-%d-event-%d", n/7, n), Kind: kinds[n%len(kinds)], OccurredAt: s.start.Add(-time.Duration(n%86400) * time.Second),
			CustomerID: gid.Encode("Customer", int64(1+n*31%benchMembers)),
			Product:    map[string]any{"sku": fmt.Sprintf("SKU-%04d", sku), "name": fmt.Sprintf("煎茶 %d号 100g", sku), "category": fmt.Sprintf("お茶/%d", sku%40), "price": 500 + sku},
			Path:       fmt.Sprintf("/items/%04d", sku),
		}
	}
	return list
}

const recordEvents = `mutation Record($input: RecordEventsInput!) { recordEvents(input: $input) { accepted duplicates rejected userErrors { code field message } } }`

func (s *eventSource) bodies(b *testing.B, n int) [][]byte {
	b.Helper()
	bodies := make([][]byte, n)
	for i := range bodies {
		var err error
		bodies[i], err = json.Marshal(map[string]any{"query": recordEvents, "variables": map[string]any{"input": map[string]any{"shopId": s.shop, "events": s.batch()}}})
		if err != nil {
			b.Fatal(err)
		}
	}
	return bodies
}

// product sends n batches from a few clients and answers with events per second.
func (s *eventSource) product(b *testing.B, addr string, n int) float64 {
	b.Helper()
	bodies := s.bodies(b, n)
	begun := time.Now()
	inTurns(b, n, func(i int) error { return s.post(addr, bodies[i]) })
	s.sent += n * eventBatch
	return float64(n*eventBatch) / time.Since(begun).Seconds()
}

func (s *eventSource) post(addr string, body []byte) error {
	r, err := http.NewRequestWithContext(context.Background(), http.MethodPost, "http://"+addr+"/graphql", bytes.NewReader(body))
	if err != nil {
		return err
	}
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Authorization", "Bearer "+s.token)
	resp, err := http.DefaultClient.Do(r)
	if err != nil {
		return err
	}
	defer func() { _ = resp.Body.Close() }()
	answer, err := io.ReadAll(resp.Body)
	if err == nil && !bytes.Contains(answer, fmt.Appendf(nil, `"accepted":%d,"duplicates":0,"rejected":0,"userErrors":[]`, eventBatch)) {
		err = fmt.Errorf("%d: %.500s", resp.StatusCode, answer)
	}
	return err
}

// floor copies n batches of the same events into a table of their own.
func (s *eventSource) floor(b *testing.B, n int) float64 {
	b.Helper()
	batches := make([][]benchEvent, n)
	data, first := make([][][]byte, n), s.next
	for i := range batches {
		batches[i] = s.batch()
		for _, e := range batches[i] {
			raw, _ := json.Marshal(e.Product) // a map of plain values always marshals
			data[i] = append(data[i], raw)
		}
	}
	begun := time.Now()
	inTurns(b, n, func(i int) error {
		_, err := s.app.DB.Pool.CopyFrom(context.Background(), pgx.Identifier{"bare_events"}, []string{"customer_id", "occurred_at", "id", "kind", "shop_id", "data"},
			pgx.CopyFromSlice(len(batches[i]), func(j int) ([]any, error) {
				e := batches[i][j]
				return []any{int64((first + i*eventBatch + j) * 31 % benchMembers), e.OccurredAt, int64(first + i*eventBatch + j), e.Kind, int64(1), data[i][j]}, nil
			}))
		return err
	})
	return float64(n*eventBatch) / time.Since(begun).Seconds()
}

// inTurns runs do(0) … do(n-1) on a few clients.
func inTurns(b *testing.B, n int, do func(int) error) {
	b.Helper()
	failed := make(chan error, eventClients)
	for c := range eventClients {
		go func() {
			for i := c; i < n; i += eventClients {
				if err := do(i); err != nil {
					failed <- err
					return
				}
			}
			failed <- nil
		}()
	}
	for range eventClients {
		if err := <-failed; err != nil {
			b.Fatal(err)
		}
	}
}

// verify holds what is stored against what was sent, and the rollup against the stream.
func (s *eventSource) verify(b *testing.B) {
	b.Helper()
	var stored, counted int
	err := s.app.DB.Pool.QueryRow(context.Background(), `SELECT (SELECT count(*) FROM events WHERE kind LIKE 'behaviour.%'), (SELECT sum(events) FROM customer_behaviour)`).Scan(&stored, &counted)
	if err != nil || stored != s.sent || counted != s.sent {
		b.Fatalf("%d sent, %d stored, %d counted, %v", s.sent, stored, counted, err)
	}
}
