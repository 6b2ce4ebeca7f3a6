package insight_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"reflect"
	"testing"
	"time"

	"github.com/meguri-crm/meguri/crm/clock"
	"github.com/meguri-crm/meguri/crm/insight"
	"github.com/meguri-crm/meguri/crm/kept"
	"github.com/meguri-crm/meguri/crm/order"
	"github.com/meguri-crm/meguri/db"
)

// keeping is the service that keeps every answer, however fast it came and few
// they are.
func (w *world) keeping(c clock.Clock) *insight.Service {
	return insight.New(w.db, kept.NewFrom(w.db, c, 0, -1), c, tokyo, "JPY")
}

// reports are all there are, as one may ask for them.
var reports = map[string]func(context.Context, *insight.Service) (any, error){
	"dashboard":   func(ctx context.Context, s *insight.Service) (any, error) { return s.Dashboard(ctx, 30) },
	"conversion":  func(ctx context.Context, s *insight.Service) (any, error) { return s.Conversion(ctx, 12, 90) },
	"repeat":      func(ctx context.Context, s *insight.Service) (any, error) { return s.Repeat(ctx, 12) },
	"circulation": func(ctx context.Context, s *insight.Service) (any, error) { return s.Circulation(ctx, 12) },
	"events":      func(ctx context.Context, s *insight.Service) (any, error) { return s.Events(ctx, 12) },
	"stages":      func(ctx context.Context, s *insight.Service) (any, error) { return s.Stages(ctx, 12) },
	"liability":   func(ctx context.Context, s *insight.Service) (any, error) { return s.Liability(ctx, 12) },
}

// TestKeptAnswersAreThoseOfTheTables: whatever happens to orders, people and
// points, what is kept is, after a refresh, what the tables give, to the letter.
func TestKeptAnswersAreThoseOfTheTables(t *testing.T) {
	w := newCrowd(t, 5)
	c := &clock.Fixed{T: now}
	keeping := w.keeping(c)
	r := rand.New(rand.NewPCG(5, 6))
	for round := range 5 {
		if round > 0 {
			w.somethingHappens(r)
			c.T = c.T.Add(2 * time.Minute)
		}
		if err := keeping.Refresh(t.Context()); err != nil {
			t.Fatal(err)
		}
		for name, ask := range reports {
			had, err := ask(t.Context(), keeping)
			if err != nil {
				t.Fatal(err)
			}
			if !w.isKept(name, c.T) {
				t.Errorf("round %d: the %s was not computed anew", round, name)
			}
			w.forget(name)
			if plain, err := ask(t.Context(), keeping); err != nil || !reflect.DeepEqual(had, plain) {
				t.Errorf("round %d: the kept %s\n%+v\nthe tables\n%+v (%v)", round, name, had, plain, err)
			}
		}
	}
}

// TestAnotherDefinitionOfNetSales: no answer by the former one is given, and the
// next look over the answers has all of them anew.
func TestAnotherDefinitionOfNetSales(t *testing.T) {
	w := newCrowd(t, 8)
	c := &clock.Fixed{T: now}
	s := w.keeping(c)
	before, err := s.Dashboard(t.Context(), 30)
	if err != nil {
		t.Fatal(err)
	}
	w.exec("UPDATE orders SET shipping_amount = 500")
	w.exec("UPDATE net_sales_definitions SET shipping = true")
	if again, err := s.Dashboard(t.Context(), 30); err != nil || !reflect.DeepEqual(again, before) {
		t.Fatalf("nothing was kept: %v", err)
	}
	if err := db.RunInTx(t.Context(), w.db, s.NetSalesChanged); err != nil {
		t.Fatal(err)
	}
	if err := s.Refresh(t.Context()); err != nil || !w.isKept("dashboard", c.T) {
		t.Errorf("the answer was not computed anew: %v", err)
	}
	after, err := s.Dashboard(t.Context(), 30)
	if err != nil || after.Figures[0].Value <= before.Figures[0].Value {
		t.Errorf("net sales %d with shipping, %d without, %v", after.Figures[0].Value, before.Figures[0].Value, err)
	}
}

// somethingHappens changes who bought what, as imports, their undoing, merges
// and what takes them back do: orders come, go and change hands.
func (w *world) somethingHappens(r *rand.Rand) {
	w.t.Helper()
	a, b := 1+r.IntN(crowdSize), 1+r.IntN(crowdSize)
	for range 5 {
		w.somethingBought(r, a)
	}
	w.exec(`DELETE FROM orders WHERE customer_id = $1 AND id % 3 = 0`, b)
	w.exec(`UPDATE order_lines SET customer_id = $1 WHERE customer_id = $2`, a, b)
	w.exec(`UPDATE orders SET customer_id = $1 WHERE customer_id = $2`, a, b)
	w.exec(`UPDATE customers SET merged_into = CASE WHEN merged_into IS NULL THEN $1::bigint END WHERE id = $2 AND id <> $1`, a, b)
	w.no++
	w.posting(a, 1_000_000+w.no, "GRANT", now, 0, "AVAILABLE", 50, "ISSUED")
	w.exec(`INSERT INTO point_accounts AS k (customer_id, available) VALUES ($1, 50) ON CONFLICT (customer_id) DO UPDATE SET available = k.available + 50`, a)
	w.exec(`INSERT INTO stage_changes (customer_id, to_stage, at, reason) VALUES ($1, $2, $3, 'SPEND')`, a, 1+r.IntN(4), moment(r))
	if err := order.Rehomed(context.Background(), w.db, []int64{int64(a), int64(b)}); err != nil {
		w.t.Fatal(err)
	}
}

// isKept says whether an answer of this instant is kept.
func (w *world) isKept(report string, at time.Time) (is bool) {
	w.t.Helper()
	if err := w.db.Pool.QueryRow(context.Background(), `SELECT count(*) > 0 FROM kept_answers WHERE starts_with(name, $1) AND as_of = $2`, "insight "+report+" ", at).Scan(&is); err != nil {
		w.t.Fatal(err)
	}
	return is
}

func (w *world) forget(report string) {
	w.exec(`DELETE FROM kept_answers WHERE starts_with(name, $1)`, "insight "+report+" ")
}

// TestAnAnswerIsKeptForMinutes: it says of when it is, is given out while it is
// of today and not too old, and is computed anew while somebody looks at it.
func TestAnAnswerIsKeptForMinutes(t *testing.T) {
	w := newCrowd(t, 3)
	c := &clock.Fixed{T: now}
	s := w.keeping(c)
	ask := func() (orders int64, asOf time.Time) {
		t.Helper()
		d, err := s.Dashboard(t.Context(), 30)
		if err != nil {
			t.Fatal(err)
		}
		return d.Figures[1].Value, d.AsOf
	}
	refresh := func() {
		t.Helper()
		if err := s.Refresh(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	sale := func() {
		w.no++
		w.exec(`INSERT INTO orders (customer_id, id, shop_id, order_no, status, ordered_at, currency, net_sales, content_hash) VALUES (1, $1, 1, $2, 'COMPLETED', $3, 'JPY', 100, '')`, w.no, fmt.Sprint(w.no), now)
	}
	was, at := ask()
	if !at.Equal(now) {
		t.Errorf("as of %v, want %v", at, now)
	}
	for _, step := range []struct {
		name  string
		after time.Duration
		do    func()
		more  int64
		asOf  time.Duration // since the beginning
	}{
		{"a sale, seconds later", 30 * time.Second, sale, 0, 0},
		{"a refresh, too soon", 0, refresh, 0, 0},
		{"a refresh, while somebody looks", 30 * time.Second, refresh, 1, time.Minute},
		{"a sale, and nobody looks", 16 * time.Minute, sale, 2, 17 * time.Minute},
	} {
		c.T = c.T.Add(step.after)
		step.do()
		if orders, asOf := ask(); orders != was+step.more || !asOf.Equal(now.Add(step.asOf)) {
			t.Errorf("%s: %d more orders as of %v, want %d as of %v", step.name, orders-was, asOf.Sub(now), step.more, step.asOf)
		}
	}
	c.T = time.Date(2026, 11, 22, 0, 0, 0, 0, tokyo)
	if _, asOf := ask(); !asOf.Equal(c.T) {
		t.Errorf("the next day it is still as of %v", asOf)
	}
	c.T = c.T.Add(8 * 24 * time.Hour)
	refresh()
	if w.isKept("dashboard", time.Date(2026, 11, 22, 0, 0, 0, 0, tokyo)) {
		t.Error("what nobody asked for in a week is still kept")
	}
}

// TestAFewAlwaysSeeThingsAsTheyAre: at a merchant without a crowd nothing is
// kept, however long it took.
func TestAFewAlwaysSeeThingsAsTheyAre(t *testing.T) {
	w := newCrowd(t, 6)
	w.exec("ANALYZE customers")
	c := &clock.Fixed{T: now}
	s := insight.New(w.db, kept.NewFrom(w.db, c, 0, 30_000), c, tokyo, "JPY")
	if _, err := s.Repeat(t.Context(), 12); err != nil {
		t.Fatal(err)
	}
	if w.isKept("repeat", now) {
		t.Error("an answer about some hundred customers is kept")
	}
}

// TestCheapAnswersAreNotKept: what has become cheap is let go of.
func TestCheapAnswersAreNotKept(t *testing.T) {
	w := newCrowd(t, 4)
	c := &clock.Fixed{T: now}
	s := insight.New(w.db, kept.NewFrom(w.db, c, time.Hour, -1), c, tokyo, "JPY")
	w.exec(`INSERT INTO kept_answers (name, of, print, as_of, took_ms, asked_at, answer) VALUES ('insight repeat 12 0', 0, '', $1, 900, $1, '{}')`, now.AddDate(0, 0, -1))
	if err := s.Refresh(t.Context()); err != nil {
		t.Fatal(err)
	}
	var left int
	if err := w.db.Pool.QueryRow(t.Context(), `SELECT count(*) FROM kept_answers`).Scan(&left); err != nil || left > 0 {
		t.Errorf("%d answers are kept, %v", left, err)
	}
}
