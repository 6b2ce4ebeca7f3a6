package points_test

import (
	"context"
	"sync"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"github.com/meguri-crm/meguri/crm/points"
	"github.com/meguri-crm/meguri/db"
)

// asked is a request with an idempotency key; the zero value is one without.
type asked struct {
	key, kind string
	amount    int64 // 0: whatever it comes to
}

// answer is how a request ended.
type answer struct {
	asked
	done bool
	cut  bool // a try before the last had no answer
}

// tally keeps the answer to every request, to be compared with the bookings.
type tally struct {
	mu      sync.Mutex
	answers map[string]answer
}

func (t *tally) note(what asked, a answer) {
	if what.key == "" {
		return
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	t.answers["request:"+what.key] = a
}

// compare: what was done is booked once, what was refused is not, whoever's books
// it stands in. Only a request that was refused after a try was cut may stand
// there or not: that try may have been in the queue for the account still. Once,
// all the same.
func (t *tally) compare(ctx context.Context, test *testing.T, pool *pgxpool.Pool) {
	rows, err := pool.Query(ctx, `SELECT idempotency_key, count(*), min(kind), min(amount) FROM point_bookings WHERE idempotency_key LIKE 'request:client:%' GROUP BY 1`)
	if err != nil {
		test.Fatal(err)
	}
	var key, kind string
	var times, amount int64
	late := 0
	_, err = pgx.ForEachRow(rows, []any{&key, &times, &kind, &amount}, func() error {
		a, known := t.answers[key]
		switch {
		case !known || times != 1 || kind != a.kind || a.amount != 0 && amount != a.amount:
			test.Errorf("%s is booked %d times, %s of %d; asked was %+v", key, times, kind, amount, a)
		case !a.done && !a.cut:
			test.Errorf("%s is booked, and was refused at the first try", key)
		case !a.done:
			late++
			test.Logf("%s of %d by %s: a try was cut and booked after a later one was refused", kind, amount, key)
		}
		delete(t.answers, key)
		return nil
	})
	if err != nil {
		test.Fatal(err)
	}
	for key, a := range t.answers {
		if a.done {
			test.Errorf("%s has a receipt and no booking: %+v", key, a)
		}
	}
	test.Logf("%d requests were booked by a try that had been given up", late)
}

// placeOrder writes an order of the survivor, shipped long enough ago that its
// points are usable at once; writing it twice is one order.
func (s *storm) placeOrder(ctx context.Context, customer int64, no string, goods int64) (id int64, err error) {
	shipped := s.clock.Now().AddDate(0, 0, -20)
	err = db.RunInTx(ctx, s.db, func(ctx context.Context, tx db.Tx) error {
		survivor, err := survivorOf(ctx, tx, customer)
		if err != nil {
			return err
		}
		err = tx.NewRaw(`WITH there AS (SELECT id FROM orders WHERE order_no = ?), made AS (
				INSERT INTO orders (customer_id, shop_id, order_no, status, ordered_at, shipped_at, currency, goods_amount, net_sales, content_hash)
				SELECT ?, ?, ?, 'SHIPPED', ?, ?, 'JPY', ?, ?, '' WHERE NOT EXISTS (SELECT FROM there) RETURNING id)
			SELECT id FROM there UNION ALL SELECT id FROM made`, no, survivor, s.shop, no, shipped, shipped, goods, goods).Scan(ctx, &id)
		if err != nil {
			return err
		}
		if _, err := tx.NewRaw(`INSERT INTO order_lines (customer_id, order_id, line_key, sku, unit_price, quantity, amount)
			SELECT customer_id, id, sku, sku, goods_amount / 4, 2, goods_amount / 2 FROM orders, unnest(ARRAY['tea', 'cup']) sku WHERE id = ? ON CONFLICT DO NOTHING`, id).Exec(ctx); err != nil {
			return err
		}
		return s.SettleOrders(ctx, tx, []int64{id})
	})
	return id, db.Fault(err)
}

// survivorOf follows merges, and holds off others until the transaction ends.
func survivorOf(ctx context.Context, tx db.Tx, customer int64) (int64, error) {
	for {
		var next *int64
		if err := tx.NewRaw(`SELECT merged_into FROM customers WHERE id = ? FOR SHARE`, customer).Scan(ctx, &next); err != nil {
			return 0, err
		}
		if next == nil {
			return customer, nil
		}
		customer = *next
	}
}

func (s *storm) cancelOrder(ctx context.Context, id int64) error {
	return db.Fault(db.RunInTx(ctx, s.db, func(ctx context.Context, tx db.Tx) error {
		if _, err := tx.NewRaw(`UPDATE orders SET status = 'CANCELLED', cancelled_at = ?, net_sales = 0 WHERE id = ?`, s.clock.Now(), id).Exec(ctx); err != nil {
			return err
		}
		return s.SettleOrders(ctx, tx, []int64{id})
	}))
}

// returnGoods takes a piece of a line back, or does nothing where none is left.
func (s *storm) returnGoods(ctx context.Context, id, which int64) error {
	return db.Fault(db.RunInTx(ctx, s.db, func(ctx context.Context, tx db.Tx) error {
		if _, err := tx.NewRaw(`SELECT FROM orders WHERE id = ? FOR UPDATE`, id).Exec(ctx); err != nil {
			return err
		}
		if _, err := tx.NewRaw(`WITH back AS (UPDATE order_lines SET quantity = quantity - 1, amount = amount - unit_price
				WHERE order_id = ?0 AND sku = ?1 AND quantity > 1 RETURNING unit_price)
			UPDATE orders SET goods_amount = goods_amount - back.unit_price, net_sales = net_sales - back.unit_price FROM back WHERE id = ?0`,
			id, []string{"tea", "cup"}[which]).Exec(ctx); err != nil {
			return err
		}
		return s.SettleOrders(ctx, tx, []int64{id})
	}))
}

// award gives what an action earns, and takes it back where it was for nothing or came
// to nothing.
func (s *storm) award(ctx context.Context, customer, what int64) error {
	act := points.Act{CustomerID: customer, Action: points.ActionLine, Ref: "line", Cause: points.Cause{Reason: "TAKEN_BACK"}}
	return db.Fault(db.RunInTx(ctx, s.db, func(ctx context.Context, tx db.Tx) error {
		if _, err := tx.NewRaw("SELECT pg_advisory_xact_lock_shared(?)", db.PeopleLock).Exec(ctx); err != nil {
			return err
		}
		switch what {
		case 0:
			return s.UndoAwards(ctx, tx, 1, []int64{customer})
		case 1:
			return s.TakeBackAwards(ctx, tx, []points.Act{act})
		}
		_, _, err := s.Award(ctx, &tx, act)
		return err
	}))
}

// compareOrders: what the lots of an order gave and did not take back is what the
// order is worth, worked out by itself.
func (s *storm) compareOrders(ctx context.Context) {
	rows, err := s.db.Pool.Query(ctx, `SELECT o.id, o.status, coalesce(sum(l.amount - l.clawed_back), 0)::bigint
		FROM orders o LEFT JOIN point_lots l ON l.order_id = o.id GROUP BY o.id, o.status`)
	if err != nil {
		s.t.Fatal(err)
	}
	type kept struct {
		id     int64
		status string
		points int64
	}
	all, err := pgx.CollectRows(rows, func(r pgx.CollectableRow) (k kept, err error) { return k, r.Scan(&k.id, &k.status, &k.points) })
	if err != nil {
		s.t.Fatal(err)
	}
	for _, k := range all {
		p, err := s.Preview(ctx, points.PreviewRequest{OrderID: k.id})
		if err != nil || p.Total != k.points {
			s.t.Errorf("order %d, %s: its lots keep %d, it is worth %d (%v): %s", k.id, k.status, k.points, p.Total, err, s.story(ctx, k.id))
		}
	}
}

// story is what was booked on an order.
func (s *storm) story(ctx context.Context, order int64) (told string) {
	s.must(s.db.Pool.QueryRow(ctx, `SELECT coalesce(string_agg(format('%s of %s for %s at %s (%s)', kind, amount, customer_id, occurred_at, reason), '; ' ORDER BY id), '')
		FROM point_bookings WHERE order_id = $1`, order).Scan(&told))
	return told
}

// compareAwards: of all awards of a customer for one thing at most one stands.
func (s *storm) compareAwards(ctx context.Context) {
	var twice int64
	err := s.db.Pool.QueryRow(ctx, `SELECT count(*) FROM (SELECT FROM point_bookings b WHERE b.idempotency_key LIKE 'request:action:%'
			AND NOT EXISTS (SELECT FROM point_awards_undone u WHERE u.customer_id = b.customer_id AND u.booking_id = b.id)
			GROUP BY b.customer_id HAVING count(*) > 1) twice`).Scan(&twice)
	s.must(err)
	if twice > 0 {
		s.t.Errorf("%d customers have an award twice", twice)
	}
}
