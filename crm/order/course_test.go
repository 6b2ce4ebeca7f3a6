package order_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"
	"time"

	"github.com/meguri-crm/meguri/crm/order"
	"github.com/meguri-crm/meguri/db"
	"github.com/meguri-crm/meguri/db/dbtest"
)

// sold is an order as a plain loop sees it.
type sold struct {
	id   int64
	at   time.Time
	mall string
	sale bool
}

// course is what customer_stats says of the first orders and malls.
type course struct {
	First                                           *int64
	FirstMall, Second, Next                         *string
	FirstAt, SecondAt, Third, Fourth, Fifth, NextAt *time.Time
}

// TestCourseOfPurchases compares the rollup of random customers with a loop over
// their orders, also after one of these was cancelled.
func TestCourseOfPurchases(t *testing.T) {
	d := dbtest.New(t)
	r := rand.New(rand.NewPCG(21, 1))
	malls := []string{"RAKUTEN", "YAHOO", "STORE"}
	exec := func(sql string, args ...any) {
		t.Helper()
		if _, err := d.Pool.Exec(context.Background(), sql, args...); err != nil {
			t.Fatalf("%v: %s", err, sql)
		}
	}
	for _, mall := range malls {
		exec("INSERT INTO shops (code, name, mall) VALUES (lower($1), $1, $1)", mall)
	}
	orders, ids := map[int64][]sold{}, []int64{}
	for id := int64(1); id <= 60; id++ {
		ids = append(ids, id)
		exec("INSERT INTO customers (id) VALUES ($1)", id)
		exec("INSERT INTO customer_stats (customer_id) VALUES ($1)", id)
		for n := range int64(r.IntN(8)) {
			o := sold{id*10 + n, time.Date(2026, 1, 1+r.IntN(5), 0, 0, 0, 0, time.UTC), malls[r.IntN(3)], r.IntN(5) > 0} // few days: many at one instant
			orders[id] = append(orders[id], o)
			exec(`INSERT INTO orders (customer_id, id, shop_id, order_no, kind, status, ordered_at, currency, content_hash)
				SELECT $1, $2, id, $3, CASE WHEN $4 THEN 'SALE' ELSE 'RETURN' END, 'COMPLETED', $5, 'JPY', '' FROM shops WHERE mall = $6`,
				id, o.id, fmt.Sprint(o.id), o.sale, o.at, o.mall)
		}
	}
	compare := func() {
		t.Helper()
		if err := order.Recompute(t.Context(), d, ids); err != nil {
			t.Fatal(err)
		}
		for _, id := range ids {
			if got, want := courseOf(t, d, id), courseByHand(orders[id]); !reflect.DeepEqual(got, want) {
				t.Errorf("customer %d:\n got %+v\nwant %+v\nof %+v", id, got, want, orders[id])
			}
		}
	}
	compare()
	for id, list := range orders {
		if len(list) > 0 && list[0].sale {
			list[0].sale = false
			exec("UPDATE orders SET status = 'CANCELLED', cancelled_at = now() WHERE customer_id = $1 AND id = $2", id, list[0].id)
		}
	}
	compare()
}

func courseOf(t *testing.T, d *db.DB, id int64) (c course) {
	t.Helper()
	err := d.Pool.QueryRow(t.Context(), `SELECT first_order_id, first_mall, second_mall, next_mall, first_order_at, second_order_at, third_order_at, fourth_order_at, fifth_order_at, next_mall_at
		FROM customer_stats WHERE customer_id = $1`, id).
		Scan(&c.First, &c.FirstMall, &c.Second, &c.Next, &c.FirstAt, &c.SecondAt, &c.Third, &c.Fourth, &c.Fifth, &c.NextAt)
	if err != nil {
		t.Fatal(err)
	}
	for _, at := range []*time.Time{c.FirstAt, c.SecondAt, c.Third, c.Fourth, c.Fifth, c.NextAt} {
		if at != nil {
			*at = at.UTC()
		}
	}
	return c
}

func courseByHand(orders []sold) (c course) {
	sales := slices.DeleteFunc(slices.Clone(orders), func(o sold) bool { return !o.sale })
	slices.SortStableFunc(sales, func(a, b sold) int { return a.at.Compare(b.at) })
	for i := range sales {
		o := &sales[i]
		if i < 5 {
			*[]**time.Time{&c.FirstAt, &c.SecondAt, &c.Third, &c.Fourth, &c.Fifth}[i] = &o.at
		}
		switch i {
		case 0:
			c.First, c.FirstMall = &o.id, &o.mall
		case 1:
			c.Second = &o.mall
		}
		if c.Next == nil && o.mall != sales[0].mall {
			c.Next, c.NextAt = &o.mall, &o.at
		}
	}
	return c
}
