package stage

import (
	"context"
	"testing"
	"time"

	"github.com/meguri-crm/meguri/crm/clock"
	"github.com/meguri-crm/meguri/db"
	"github.com/meguri-crm/meguri/db/dbtest"
)

type world struct {
	*Service
	t     *testing.T
	clock *clock.Fixed
	shops map[string]int64
}

func newWorld(t *testing.T) *world {
	tokyo, err := time.LoadLocation("Asia/Tokyo")
	if err != nil {
		t.Fatal(err)
	}
	d := dbtest.New(t)
	c := &clock.Fixed{T: time.Date(2026, 4, 1, 3, 0, 0, 0, time.UTC)}
	w := &world{Service: New(d, c, tokyo, "JPY"), t: t, clock: c, shops: map[string]int64{}}
	for _, mall := range []string{"RAKUTEN", "OWN_SITE"} {
		w.shops[mall] = w.id(`INSERT INTO shops (code, name, mall) VALUES (lower($1), $1, $1) RETURNING id`, mall)
	}
	return w
}

func (w *world) id(sql string, args ...any) (id int64) {
	w.t.Helper()
	if err := w.db.Pool.QueryRow(context.Background(), sql, args...).Scan(&id); err != nil {
		w.t.Fatal(err)
	}
	return id
}

func (w *world) order(customer int64, mall, currency string, at time.Time, net int64) int64 {
	w.t.Helper()
	return w.id(`INSERT INTO orders (customer_id, shop_id, order_no, status, ordered_at, currency, net_sales, content_hash)
		VALUES ($1, $2, gen_random_uuid()::text, 'PLACED', $3, $4, $5, '') RETURNING id`, customer, w.shops[mall], at, currency, net)
}

func (w *world) recompute(customers ...int64) {
	w.t.Helper()
	err := db.RunInTx(context.Background(), w.db, func(ctx context.Context, tx db.Tx) error { return w.Recompute(ctx, tx, customers) })
	if err != nil {
		w.t.Fatal(err)
	}
}

func (w *world) want(customer int64, stage string, missing int64, by string) {
	w.t.Helper()
	places, err := w.Places(context.Background(), []int64{customer})
	if err != nil {
		w.t.Fatal(err)
	}
	if len(places) != 1 {
		w.t.Fatalf("%d places, want 1", len(places))
	}
	p := places[0]
	if p.Stage.Code != stage || p.Missing.Spend != missing {
		w.t.Errorf("on %s with %+v missing, want %s with %d", p.Stage.Code, p.Missing, stage, missing)
	}
	if got := p.By.Format(time.DateOnly); p.Next != nil && got != by {
		w.t.Errorf("by %s, want %s", got, by)
	}
}

func (w *world) history(customer int64) (reasons []string) {
	w.t.Helper()
	rows, err := w.History(context.Background(), customer)
	if err != nil {
		w.t.Fatal(err)
	}
	for _, r := range rows {
		reasons = append(reasons, r.Reason)
	}
	return reasons
}

func TestStagesFollowTheOrdersOfAllMalls(t *testing.T) {
	w := newWorld(t)
	tokyoMidnight := time.Date(2025, 12, 31, 15, 0, 0, 0, time.UTC) // 2026-01-01 in Tokyo
	c := w.id(`INSERT INTO customers DEFAULT VALUES RETURNING id`)
	w.order(c, "RAKUTEN", "JPY", tokyoMidnight, 12000)
	w.recompute(c)
	if places, err := w.Places(context.Background(), []int64{c}); err != nil || len(places) != 0 {
		t.Fatalf("a customer who is no member has a stage: %v, %v", places, err)
	}
	if _, err := w.db.Pool.Exec(context.Background(), `UPDATE customers SET member_since = $2, member_via = 'SITE' WHERE id = $1`, c, w.clock.Now()); err != nil {
		t.Fatal(err)
	}
	w.recompute(c)
	w.want(c, "REGULAR", 8000, "2026-12-31") // his earlier orders count

	w.order(c, "OWN_SITE", "USD", w.clock.Now(), 900000) // another currency does not
	gold := w.order(c, "OWN_SITE", "JPY", w.clock.Now(), 38000)
	w.recompute(c)
	w.want(c, "GOLD", 70000, "2026-12-31")
	w.recompute(c)

	if _, err := w.db.Pool.Exec(context.Background(), `UPDATE orders SET status = 'CANCELLED', cancelled_at = $2, net_sales = 0 WHERE id = $1`, gold, w.clock.Now()); err != nil {
		t.Fatal(err)
	}
	w.recompute(c)
	w.want(c, "REGULAR", 8000, "2026-12-31")
	if got, want := w.history(c), []string{ReasonSpend, ReasonSpend, ReasonJoined}; len(got) != 3 || got[0] != want[0] || got[1] != want[1] || got[2] != want[2] {
		t.Errorf("history %v, want %v", got, want)
	}
	if n := w.id(`SELECT count(*) FROM events WHERE customer_id = $1 AND kind = 'stage.changed'`, c); n != 3 {
		t.Errorf("%d events, want 3", n)
	}
}

func TestReviewTakesWhatFellOutOfTheWindow(t *testing.T) {
	w := newWorld(t)
	c := w.id(`INSERT INTO customers (member_since, member_via) VALUES ('2025-01-01', 'APP') RETURNING id`)
	w.order(c, "RAKUTEN", "JPY", time.Date(2025, 6, 10, 14, 59, 0, 0, time.UTC), 15000) // 23:59 of 10 June in Tokyo
	w.order(c, "OWN_SITE", "JPY", w.clock.Now(), 6000)
	w.recompute(c)
	w.want(c, "SILVER", 29000, "2026-06-09")

	w.clock.T = time.Date(2026, 6, 9, 14, 59, 59, 0, time.UTC)
	if n, err := w.ReviewDue(context.Background()); n != 0 || err != nil {
		t.Errorf("one second before the window moves on: %d reviewed, %v", n, err)
	}
	w.clock.Advance(time.Second)
	w.want(c, "REGULAR", 14000, "2027-03-31") // already before the review has run
	if n, err := w.ReviewDue(context.Background()); n != 1 || err != nil {
		t.Errorf("%d reviewed, %v; want 1", n, err)
	}
	w.want(c, "REGULAR", 14000, "2027-03-31")
	if got := w.history(c); len(got) != 2 || got[0] != ReasonReview {
		t.Errorf("history %v, want a review last", got)
	}
	if n, err := w.ReviewDue(context.Background()); n != 0 || err != nil {
		t.Errorf("again: %d reviewed, %v", n, err)
	}
}

func TestConcurrentOrdersOfOneMember(t *testing.T) {
	w := newWorld(t)
	c := w.id(`INSERT INTO customers (member_since, member_via) VALUES ('2025-01-01', 'APP') RETURNING id`)
	const buyers = 8
	errs := make(chan error, buyers)
	for range buyers {
		go func() {
			errs <- db.RunInTx(context.Background(), w.db, func(ctx context.Context, tx db.Tx) error {
				if _, err := tx.NewRaw(`INSERT INTO orders (customer_id, shop_id, order_no, status, ordered_at, currency, net_sales, content_hash)
					VALUES (?, ?, gen_random_uuid()::text, 'PLACED', ?, 'JPY', 10000, '')`, c, w.shops["RAKUTEN"], w.clock.Now()).Exec(ctx); err != nil {
					return err
				}
				return w.Recompute(ctx, tx, []int64{c})
			})
		}()
	}
	for range buyers {
		if err := <-errs; err != nil {
			t.Fatal(err)
		}
	}
	w.want(c, "GOLD", 40000, "2027-03-31")
}
