package stage

import (
	"context"
	"sync"
	"testing"
	"time"
)

// crowd is members enough for several batches who bought in the window, with an
// order of 30,000 for two in three; the ladder has not placed them yet.
func (w *world) crowd() (members int) {
	w.t.Helper()
	members = 3*reviewBatch + reviewBatch/2
	w.exec(`INSERT INTO customers (member_since, member_via) SELECT '2025-01-01', 'APP' FROM generate_series(1, $1)`, members)
	w.exec(`INSERT INTO orders (customer_id, shop_id, order_no, status, ordered_at, currency, net_sales, content_hash)
		SELECT id, $1, 'N-' || id, 'SHIPPED', $2::timestamptz - make_interval(days => (id % 300)::int), 'JPY', 30000, '' FROM customers WHERE id % 3 > 0`,
		w.shops["RAKUTEN"], w.clock.Now())
	w.exec(`INSERT INTO member_stages (customer_id, stage_id, since) SELECT id, (SELECT id FROM stages WHERE code = 'REGULAR'), $1 FROM customers`, w.clock.Now())
	if err := w.Save(context.Background(), w.ladder().Ladder, w.ladder().Version); err != nil {
		w.t.Fatal(err)
	}
	return members
}

// placed reports what is wrong with the places of the crowd after its review.
func (w *world) placed(members int) {
	w.t.Helper()
	version := w.ladder().Version
	if n := w.id(`SELECT count(*) FROM member_stages m JOIN stages g ON g.id = m.stage_id WHERE m.ladder_version = $1 AND CASE customer_id % 3
		WHEN 0 THEN (m.spend, m.orders, g.code) = (0, 0, 'REGULAR') ELSE (m.spend, m.orders, g.code) = (30000, 1, 'SILVER') END`, version); n != int64(members) {
		w.t.Errorf("%d of %d stand where their orders put them", n, members)
	}
	for _, table := range []string{"stage_changes", "events"} {
		if n := w.id(`SELECT count(*) FROM customers c WHERE (SELECT count(*) FROM ` + table + ` h WHERE h.customer_id = c.id) <> least(c.id % 3, 1)`); n != 0 {
			w.t.Errorf("%d have another number of %s than they went to another stage", n, table)
		}
	}
	if left, err := w.Unplaced(context.Background()); left != 0 || err != nil {
		w.t.Errorf("%d left, %v", left, err)
	}
}

func TestReviewOfManyByTwoNodes(t *testing.T) {
	w := newWorld(t)
	members := w.crowd()
	var nodes sync.WaitGroup
	reviewed, errs := make([]int, 2), make([]error, 2)
	for i := range reviewed {
		nodes.Go(func() { reviewed[i], errs[i] = w.ReviewDue(context.Background()) })
	}
	nodes.Wait()
	if errs[0] != nil || errs[1] != nil || reviewed[0]+reviewed[1] != members {
		t.Errorf("%d reviewed, %v; want %d together", reviewed, errs, members)
	}
	w.placed(members)
}

// A review that fails keeps the batches before, tells how many members they
// were, and the next one goes on with the rest.
func TestReviewThatIsCutGoesOn(t *testing.T) {
	w := newWorld(t)
	members := w.crowd()
	w.exec(`CREATE FUNCTION cut() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'cut'; END $$`)
	w.exec(`CREATE TRIGGER cut BEFORE UPDATE ON member_stages FOR EACH ROW WHEN (NEW.customer_id = 3400) EXECUTE FUNCTION cut()`)
	first, err := w.ReviewDue(context.Background())
	if err == nil {
		t.Fatal("the review was not cut")
	}
	left, err := w.Unplaced(context.Background())
	if err != nil || left != members-first || left == 0 || first == 0 {
		t.Errorf("%d reviewed and %d left of %d, %v", first, left, members, err)
	}
	w.exec(`DROP TRIGGER cut ON member_stages`)
	w.review(members - first)
	w.placed(members)
	w.clock.Advance(time.Hour)
	w.review(0)
}

// Orders that come in while a review runs count, whichever of both comes first.
func TestOrdersDuringAReview(t *testing.T) {
	w := newWorld(t)
	members := w.crowd()
	buyers := []int64{3, 6, 1002, 1005, 2001, 3402}
	var all sync.WaitGroup
	all.Go(func() {
		if _, err := w.ReviewDue(context.Background()); err != nil {
			t.Error(err)
		}
	})
	for _, c := range buyers {
		all.Go(func() {
			w.order(c, "OWN_SITE", "JPY", w.clock.Now(), 50_000)
			w.recompute(c)
		})
	}
	all.Wait()
	if _, err := w.ReviewDue(context.Background()); err != nil { // whom an order held while his batch went by
		t.Fatal(err)
	}
	for _, c := range buyers {
		w.on(c, "GOLD")
		if got := w.history(c); len(got) != 1 {
			t.Errorf("member %d went %v, want one change", c, got)
		}
	}
	if left, err := w.Unplaced(context.Background()); left != 0 || err != nil {
		t.Errorf("%d of %d left, %v", left, members, err)
	}
}
