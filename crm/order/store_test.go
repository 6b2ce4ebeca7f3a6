package order_test

import (
	"testing"
	"time"

	"github.com/meguri-crm/meguri/crm/order"
	"github.com/meguri-crm/meguri/db/dbtest"
)

// TestOrdersAndLinesByRef reads one and several orders, and pages of a customer's.
func TestOrdersAndLinesByRef(t *testing.T) {
	d := dbtest.New(t)
	_, err := d.ExecContext(t.Context(), `
		INSERT INTO shops (code, name, mall) VALUES ('s', 's', 'STORE');
		INSERT INTO customers (id) VALUES (1), (2);
		INSERT INTO customer_stats (customer_id) VALUES (1), (2);
		INSERT INTO orders (customer_id, id, shop_id, order_no, status, ordered_at, currency, goods_amount, net_sales, content_hash)
		SELECT 1 + n / 3, n, 1, n::text, 'COMPLETED', timestamptz '2024-01-01' + n * interval '1 day', 'JPY', 100, 100, '' FROM generate_series(1, 5) n;
		INSERT INTO order_lines (customer_id, order_id, line_key, unit_price, quantity, amount)
		SELECT customer_id, id, k::text, 10, 1, 10 FROM orders, generate_series(1, 11) k`)
	if err != nil {
		t.Fatal(err)
	}
	s := order.New(d)
	for _, refs := range [][]order.Ref{{{CustomerID: 1, ID: 2}}, {{CustomerID: 1, ID: 1}, {CustomerID: 2, ID: 4}, {CustomerID: 9, ID: 9}}} {
		found, err := s.ByRefs(t.Context(), refs)
		if err != nil || found[refs[0]].ID != refs[0].ID || len(found) != min(len(refs), 2) {
			t.Errorf("%v: %v, %v", refs, found, err)
		}
		lines, err := s.Lines(t.Context(), refs)
		if got := lines[refs[0]]; err != nil || len(got) != 11 || got[1].LineKey != "2" || got[10].LineKey != "11" {
			t.Errorf("%v has lines %v, %v", refs[0], got, err)
		}
	}
	first, err := s.List(t.Context(), 2, nil, 2)
	if err != nil || len(first) != 2 || first[0].ID != 5 || first[1].ID != 4 {
		t.Fatalf("%v, %v", first, err)
	}
	rest, err := s.List(t.Context(), 2, &order.Cursor{At: first[1].OrderedAt, ID: first[1].ID}, 2)
	if err != nil || len(rest) != 1 || rest[0].ID != 3 {
		t.Errorf("%v, %v", rest, err)
	}
	if err := order.Recompute(t.Context(), d, []int64{2, 1}); err != nil {
		t.Fatal(err)
	}
	stats, err := s.Stats(t.Context(), []int64{1, 2})
	want := time.Date(2024, 1, 6, 0, 0, 0, 0, time.UTC)
	if err != nil || stats[2].OrdersCount != 3 || stats[2].NetSales != 300 || !stats[2].LastOrderAt.Equal(want) || *stats[2].FirstMall != "STORE" {
		t.Errorf("%+v, %v", stats[2], err)
	}
	malls, err := s.MallStats(t.Context(), []int64{1, 2})
	if err != nil || len(malls[1]) != 1 || malls[1][0].OrdersCount != 2 {
		t.Errorf("%+v, %v", malls, err)
	}
	if _, err := s.Find(t.Context(), order.Ref{CustomerID: 1, ID: 5}); err == nil {
		t.Error("an order is found with another customer's key")
	}
}
