package event_test

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/meguri-crm/meguri/crm/event"
	"github.com/meguri-crm/meguri/crm/fault"
)

// TestPropertiesThatJsonbRefuses: each is refused alone, what it came with stays.
func TestPropertiesThatJsonbRefuses(t *testing.T) {
	w := newWorld(t)
	bad := []string{
		`{"a":"\ud800"}`, `{"a":"\udc00\ud800"}`, `{"a":"\ud83dx"}`, `{"\ud800":1}`, `{"a":"\\\u0000"}`, "{\"a\":\"\xff\"}",
		`{"a":1e999999}`, `{"a":[-1E400]}`, `{"a":1e-999999}`, `{"a":0e99999999999999999999}`,
	}
	good := []string{`{"a":"\ud83d\ude00"}`, `{"a":"\\u0000 \\ud800"}`, `{"a":1e308,"b":-2.5e-10}`, `{"a":"😀"}`}
	var batch []event.Behaviour
	for i, p := range slices.Concat(bad, good) {
		batch = append(batch, event.Behaviour{DedupeKey: fmt.Sprint(i), Action: event.View, VisitorID: "v", OccurredAt: now, Properties: []byte(p)})
	}
	receipt := w.record(batch...)
	if receipt.Accepted != len(good) || len(receipt.Refused) != len(bad) {
		t.Fatalf("%+v", receipt)
	}
	for i, f := range receipt.Refused {
		if want := fmt.Sprintf("events.%d.properties", i); f.Field != want || f.Code != "PROPERTIES_INVALID" {
			t.Errorf("%s: %s %s", bad[i], f.Field, f.Code)
		}
	}
}

// TestOnePageDoesNotCostTheOthers joins pages of which the database refuses one.
func TestOnePageDoesNotCostTheOthers(t *testing.T) {
	w := newWorld(t)
	if _, err := w.db.Exec("ALTER TABLE visitor_events ADD CONSTRAINT poison CHECK (visitor_id <> 'evil')"); err != nil {
		t.Fatal(err)
	}
	const pages = 40
	errs := make([]error, pages)
	var wg sync.WaitGroup
	for i := range pages {
		visitor := "nice"
		if i%4 == 0 {
			visitor = "evil"
		}
		wg.Go(func() {
			errs[i] = w.Collect(t.Context(), shopID, []event.Behaviour{{DedupeKey: fmt.Sprint(i), Action: event.View, VisitorID: visitor, OccurredAt: now}})
		})
	}
	wg.Wait()
	for i, err := range errs {
		if evil := i%4 == 0; evil != fault.Is(err, fault.Internal) || !evil && err != nil {
			t.Errorf("page %d: %v", i, err)
		}
	}
	w.expect("stored", w.rows("SELECT count(*)::text FROM visitor_events"), fmt.Sprint(pages*3/4))
}

// TestPagesOnlyIntroduceProducts: what pages say gives way to any other word.
func TestPagesOnlyIntroduceProducts(t *testing.T) {
	w := newWorld(t)
	tell := func(key, sku, name string) event.Behaviour {
		return event.Behaviour{DedupeKey: key, Action: event.View, CustomerID: 1, SKU: sku, Name: name, OccurredAt: now.Add(-time.Hour)}
	}
	page := func(b event.Behaviour) {
		b.CustomerID, b.VisitorID, b.OccurredAt = 0, "v", now
		if err := w.Collect(t.Context(), shopID, []event.Behaviour{b}); err != nil {
			t.Fatal(err)
		}
	}
	names := func() []string { return w.rows("SELECT sku || ' ' || name FROM products ORDER BY sku") }
	w.record(tell("a", "TEA", "煎茶"))
	page(tell("b", "TEA", "other words"))
	page(tell("c", "CUP", "first words"))
	page(tell("d", "CUP", "second words"))
	w.expect("pages add only", names(), "CUP first words", "TEA 煎茶")
	w.record(tell("e", "CUP", "湯呑"))
	w.expect("a partner's word prevails, though older", names(), "CUP 湯呑", "TEA 煎茶")
}

// TestKeysAreReadWithoutHoldingUpOthers: who waits for a slow reading of the
// keys can give up, and forgetting them does not wait at all.
func TestKeysAreReadWithoutHoldingUpOthers(t *testing.T) {
	w := newWorld(t)
	key, err := w.CreateKey(t.Context(), shopID, []string{"https://shop.example"})
	if err != nil {
		t.Fatal(err)
	}
	tx, err := w.db.BeginTx(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = tx.Rollback() }() // after a commit it does nothing
	if _, err := tx.ExecContext(t.Context(), "LOCK TABLE write_keys"); err != nil {
		t.Fatal(err)
	}
	patient := make(chan error, 1)
	go func() {
		_, err := w.FindKey(context.Background(), key.Key)
		patient <- err
	}()
	for range 2 { // the first may be the one that begins the reading
		hasty, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
		began := time.Now()
		if _, err := w.FindKey(hasty, key.Key); !fault.Is(err, fault.Unavailable) || time.Since(began) > 5*time.Second {
			t.Errorf("after %v: %v", time.Since(began), err)
		}
		cancel()
	}
	if err := tx.Commit(); err != nil {
		t.Fatal(err)
	}
	if err := <-patient; err != nil {
		t.Errorf("who waited: %v", err)
	}
}
