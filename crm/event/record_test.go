package event_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/meguri-crm/meguri/crm/clock"
	"github.com/meguri-crm/meguri/crm/event"
	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/db"
	"github.com/meguri-crm/meguri/db/dbtest"
)

var (
	tokyo = time.FixedZone("Asia/Tokyo", 9*3600)
	now   = time.Date(2026, 11, 21, 3, 0, 0, 0, time.UTC)
)

// world is a shop with the customers 1 to 4: 2 was merged into 3, 4 stands for
// strangers; 1 is the shop's member M-1.
type world struct {
	*event.Service
	t  *testing.T
	db *db.DB
}

const shopID = 1

func newWorld(t *testing.T) *world {
	t.Helper()
	d := dbtest.New(t)
	_, err := d.Exec(`
		INSERT INTO shops (code, name, mall) VALUES ('own', 'own', 'OWN_SITE'), ('other', 'other', 'SHOPIFY');
		INSERT INTO customers (id, anonymous, merged_into) VALUES (1, false, NULL), (2, false, 3), (3, false, NULL), (4, true, NULL);
		INSERT INTO identity_keys (kind, shop_id, value, customer_id) VALUES ('MEMBER_ID', 1, 'M-1', 1)`)
	if err != nil {
		t.Fatal(err)
	}
	return &world{event.New(event.Config{DB: d, Clock: &clock.Fixed{T: now}, Zone: tokyo}), t, d}
}

func (w *world) record(batch ...event.Behaviour) *event.Receipt {
	w.t.Helper()
	receipt, err := w.Record(w.t.Context(), event.FromPartner, shopID, batch)
	if err != nil {
		w.t.Fatal(err)
	}
	return receipt
}

// rows reads one text column.
func (w *world) rows(sql string, args ...any) []string {
	w.t.Helper()
	var out []string
	if err := w.db.NewRaw(sql, args...).Scan(context.Background(), &out); err != nil {
		w.t.Fatal(err)
	}
	return out
}

func (w *world) expect(what string, got []string, want ...string) {
	w.t.Helper()
	if !slices.Equal(got, want) {
		w.t.Errorf("%s:\n got %q\nwant %q", what, got, want)
	}
}

const (
	stream = `SELECT customer_id || ' ' || kind || ' ' || coalesce(data->>'sku', '-') FROM events ORDER BY occurred_at, id`
	rollup = `SELECT concat_ws(' ', customer_id, kind, sku, day, category, events) FROM customer_behaviour ORDER BY customer_id, kind, sku, day`
)

func view(key string, customer int64, sku string, ago time.Duration) event.Behaviour {
	return event.Behaviour{DedupeKey: key, Action: event.View, CustomerID: customer, SKU: sku, OccurredAt: now.Add(-ago)}
}

func TestRecordCountsEachEventOnce(t *testing.T) {
	w := newWorld(t)
	member := view("c", 0, "TEA", 20*time.Hour) // the day before, in Tokyo
	member.MemberID, member.Category = "Ｍ-1", "お茶"
	batch := []event.Behaviour{view("a", 1, "TEA", time.Hour), view("b", 2, "CUP", 2*time.Hour), member, view("a", 1, "TEA", 0)}
	if r := w.record(batch...); r.Accepted != 3 || r.Duplicates != 1 || len(r.Refused) != 0 {
		t.Fatalf("first: %+v", r)
	}
	batch = append(batch, view("d", 1, "TEA", 30*time.Minute))
	if r := w.record(batch...); r.Accepted != 1 || r.Duplicates != 4 {
		t.Fatalf("again: %+v", r)
	}
	w.expect("stream", w.rows(stream), "1 behaviour.viewed TEA", "3 behaviour.viewed CUP", "1 behaviour.viewed TEA", "1 behaviour.viewed TEA")
	w.expect("rollup", w.rows(rollup), "1 VIEW TEA 2026-11-20 お茶 1", "1 VIEW TEA 2026-11-21  2", "3 VIEW CUP 2026-11-21  1")

	// The same key means another event from another shop, and from a page.
	for _, from := range []struct {
		source event.Source
		shop   int64
	}{{event.FromPartner, 2}, {event.FromPage, 1}} {
		if r, err := w.Record(t.Context(), from.source, from.shop, batch[:1]); err != nil || r.Accepted != 1 {
			t.Errorf("%c of shop %d: %+v, %v", from.source, from.shop, r, err)
		}
	}
	var calls int
	if err := w.db.NewRaw("SELECT count(*) FROM audit_log WHERE action = 'events.record'").Scan(t.Context(), &calls); err != nil || calls != 3 {
		t.Errorf("%d calls of the API in the audit log, %v", calls, err)
	}
}

func TestRecordNamesWhatItRefuses(t *testing.T) {
	w := newWorld(t)
	change := func(alter func(*event.Behaviour)) event.Behaviour {
		b := view("k", 1, "TEA", 0)
		alter(&b)
		return b
	}
	high := int64(2_000_000_000_000)
	cases := []struct {
		event event.Behaviour
		want  string
	}{
		{change(func(b *event.Behaviour) { b.DedupeKey = " " }), "dedupeKey: DEDUPE_KEY_REQUIRED"},
		{change(func(b *event.Behaviour) { b.Action = "JUMP" }), "kind: KIND_UNKNOWN"},
		{change(func(b *event.Behaviour) { b.CustomerID = 0 }), "customerId: PERSON_REQUIRED"},
		{change(func(b *event.Behaviour) { b.MemberID = "M-1" }), "memberId: PERSON_AMBIGUOUS"},
		{change(func(b *event.Behaviour) { b.CustomerID = 99 }), "customerId: CUSTOMER_UNKNOWN"},
		{change(func(b *event.Behaviour) { b.CustomerID = 4 }), "customerId: CUSTOMER_UNKNOWN"},
		{change(func(b *event.Behaviour) { b.CustomerID, b.MemberID = 0, "M-9" }), "memberId: MEMBER_UNKNOWN"},
		{change(func(b *event.Behaviour) { b.OccurredAt = now.Add(event.MaxAhead + 1) }), "occurredAt: OCCURRED_IN_FUTURE"},
		{change(func(b *event.Behaviour) { b.OccurredAt = now.Add(-event.MaxAge - 1) }), "occurredAt: OCCURRED_TOO_LONG_AGO"},
		{change(func(b *event.Behaviour) { b.SKU = "a\x00b" }), "product.sku: TEXT_INVALID"},
		{change(func(b *event.Behaviour) { b.Words = strings.Repeat("茶", 201) }), "search: TEXT_INVALID"},
		{change(func(b *event.Behaviour) { b.Price = &high }), "product.price: OUT_OF_RANGE"},
		{change(func(b *event.Behaviour) { b.Quantity = -1 }), "quantity: OUT_OF_RANGE"},
		{change(func(b *event.Behaviour) { b.Action = event.Custom }), "name: NAME_REQUIRED"},
		{change(func(b *event.Behaviour) { b.Properties = []byte(`[1]`) }), "properties: PROPERTIES_INVALID"},
		{change(func(b *event.Behaviour) { b.Properties = []byte(`{"a":"\u0000"}`) }), "properties: PROPERTIES_INVALID"},
	}
	batch := []event.Behaviour{change(func(b *event.Behaviour) { b.DedupeKey, b.OccurredAt = "good", now.Add(event.MaxAhead) })}
	for i, c := range cases {
		if c.event.DedupeKey == "k" {
			c.event.DedupeKey = fmt.Sprint("k", i)
		}
		batch = append(batch, c.event)
	}
	receipt := w.record(batch...)
	if receipt.Accepted != 1 || len(receipt.Refused) != len(cases) {
		t.Fatalf("%+v", receipt)
	}
	for i, f := range receipt.Refused {
		if got, want := f.Field+": "+f.Code, fmt.Sprintf("events.%d.%s", i+1, cases[i].want); got != want || f.Kind != fault.Invalid {
			t.Errorf("got %s, want %s", got, want)
		}
	}
	w.expect("the time of a clock ahead", w.rows("SELECT occurred_at::text FROM events"), "2026-11-21 03:00:00+00")

	if _, err := w.Record(t.Context(), event.FromPartner, shopID, make([]event.Behaviour, event.MaxBatch+1)); !fault.Is(err, fault.Invalid) {
		t.Errorf("too many: %v", err)
	}
	if _, err := w.Record(t.Context(), event.FromPartner, 77, batch[:1]); !fault.Is(err, fault.NotFound) {
		t.Errorf("no shop: %v", err)
	}
}

// TestConcurrentBatches sends overlapping batches at once: each event is stored
// and counted once, and nothing deadlocks.
func TestConcurrentBatches(t *testing.T) {
	w := newWorld(t)
	const senders, events, shared = 6, 300, 200
	var wg sync.WaitGroup
	var mu sync.Mutex
	accepted := 0
	for s := range senders {
		wg.Go(func() {
			for range 3 {
				var batch []event.Behaviour
				for i := range events {
					key := fmt.Sprintf("own-%d-%d", s, i)
					if i < shared {
						key = fmt.Sprint("shared-", i)
					}
					batch = append(batch, view(key, int64(1+2*(i%2)), fmt.Sprint("S", i%7), time.Duration(i)*time.Minute))
				}
				if s%2 == 1 {
					slices.Reverse(batch)
				}
				r, err := w.Record(t.Context(), event.FromPartner, shopID, batch)
				if err != nil {
					t.Error(err)
					return
				}
				mu.Lock()
				accepted += r.Accepted
				mu.Unlock()
			}
		})
	}
	wg.Wait()
	const want = shared + senders*(events-shared)
	if accepted != want {
		t.Errorf("%d accepted, want %d", accepted, want)
	}
	w.expect("stored and counted", w.rows("SELECT (SELECT count(*) FROM events) || ' ' || (SELECT sum(events) FROM customer_behaviour)"), fmt.Sprintf("%d %d", want, want))
	before := w.rows(rollup)
	if err := w.Recompute(t.Context(), w.db, 1, 3); err != nil {
		t.Fatal(err)
	}
	w.expect("counted anew", w.rows(rollup), before...)
}

func TestIdentifyMovesWhatAVisitorDid(t *testing.T) {
	w := newWorld(t)
	as := func(b event.Behaviour, visitor string) event.Behaviour {
		b.CustomerID, b.VisitorID, b.Category = 0, visitor, "お茶"
		return b
	}
	w.record(as(view("a", 0, "TEA", time.Hour), "v1"), as(view("b", 0, "TEA", 2*time.Hour), "v1"), as(view("c", 0, "CUP", time.Hour), "v2"))
	w.expect("nobody's yet", w.rows(stream))

	for i, want := range []int64{2, 0} { // said twice
		if moved, err := w.Identify(t.Context(), shopID, "v1", 2); err != nil || moved != want {
			t.Fatalf("time %d: %d moved, %v", i+1, moved, err)
		}
	}
	w.record(as(view("d", 0, "POT", 0), "v1"), as(view("a", 0, "TEA", time.Hour), "v1"))
	w.expect("stream", w.rows(stream), "3 behaviour.viewed TEA", "3 behaviour.viewed TEA", "3 behaviour.viewed POT")
	w.expect("rollup", w.rows(rollup), "3 VIEW POT 2026-11-21 お茶 1", "3 VIEW TEA 2026-11-21 お茶 2")

	// Somebody else signs in on the same browser: what was, stays.
	if _, err := w.Identify(t.Context(), shopID, "v1", 1); err != nil {
		t.Fatal(err)
	}
	w.record(as(view("e", 0, "LID", 0), "v1"))
	w.expect("the new one", w.rows("SELECT customer_id || ' ' || (data->>'sku') FROM events WHERE customer_id = 1"), "1 LID")

	if _, err := w.Identify(t.Context(), shopID, "v1", 99); !fault.Is(err, fault.Invalid) {
		t.Errorf("an unknown customer: %v", err)
	}

	// Recorded in the moment of the identification, it is brought over later.
	if _, err := w.db.Exec(`INSERT INTO visitors (shop_id, visitor_id, customer_id, linked_at) VALUES (1, 'v2', 3, ?)`, now); err != nil {
		t.Fatal(err)
	}
	if err := w.JoinLate(t.Context()); err != nil {
		t.Fatal(err)
	}
	w.expect("late ones", w.rows("SELECT count(*) || ' ' || (SELECT count(*) FROM visitor_events) FROM events WHERE data->>'sku' = 'CUP' AND customer_id = 3"), "1 0")
}

func TestProductsAreLearnt(t *testing.T) {
	w := newWorld(t)
	named := func(key, name string, ago time.Duration) event.Behaviour {
		b := view(key, 1, "TEA-1", ago)
		b.Name = name
		return b
	}
	w.record(named("a", "煎茶", time.Hour))
	w.record(named("b", "旧い名前", 2*time.Hour))
	w.record(view("c", 1, "TEA-1", 0))
	w.expect("the newest name", w.rows("SELECT name FROM products"), "煎茶")
	w.record(named("d", "深蒸し煎茶", time.Minute))
	w.expect("a newer one", w.rows("SELECT name || search_text FROM products"), "深蒸し煎茶tea-1 深蒸し煎茶")
}

func TestSweepForgetsInTime(t *testing.T) {
	w := newWorld(t)
	hour := event.KeepBehaviour - time.Hour
	w.record(view("old", 1, "TEA", hour), view("new", 1, "CUP", time.Hour))
	visitor := view("v", 0, "POT", event.KeepVisitor-time.Hour)
	visitor.VisitorID = "v"
	w.record(visitor)
	if _, err := w.db.Exec("INSERT INTO events (customer_id, occurred_at, kind) VALUES (1, '2010-01-01', 'order.placed')"); err != nil {
		t.Fatal(err)
	}
	count := func() []string {
		return w.rows(`SELECT concat_ws(' ', (SELECT count(*) FROM events), (SELECT count(*) FROM customer_behaviour), (SELECT count(*) FROM visitor_events), (SELECT count(*) FROM event_keys))`)
	}
	for _, step := range []struct {
		at   time.Duration
		want string
	}{{0, "3 2 1 3"}, {25 * time.Hour, "2 1 0 3"}, {50 * time.Hour, "2 1 0 2"}} {
		s := event.New(event.Config{DB: w.db, Clock: &clock.Fixed{T: now.Add(step.at)}, Zone: tokyo})
		if err := s.Sweep(t.Context()); err != nil {
			t.Fatal(err)
		}
		w.expect(fmt.Sprint("after ", step.at), count(), step.want)
	}
}
