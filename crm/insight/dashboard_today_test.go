package insight_test

import (
	"context"
	"testing"
	"time"

	"github.com/meguri-crm/meguri/crm/clock"
	"github.com/meguri-crm/meguri/crm/insight"
	"github.com/meguri-crm/meguri/db/dbtest"
)

// Today is under way: what is compared with it is as much of the last day before.
func TestDashboardComparesTheSamePartOfTheLastDay(t *testing.T) {
	w := &world{t: t, db: dbtest.New(t)}
	w.exec(`INSERT INTO shops (id, code, name, mall) OVERRIDING SYSTEM VALUE VALUES (1,'r','R','RAKUTEN')`)
	morning := time.Date(2026, 11, 21, 10, 0, 0, 0, tokyo)
	for id := 1; id <= 6; id++ {
		w.customer(id, nil)
	}
	w.order(1, 1, 300, 1, "")
	w.order(2, 1, 300, 1, "")
	w.order(3, 1, 300, 1, "")
	for customer, at := range map[int]time.Time{
		1: morning.AddDate(0, 0, -5).Add(-time.Minute), // the part of the day that today has, too
		2: morning.AddDate(0, 0, -5).Add(time.Minute),  // the rest of it
		3: morning.Add(-time.Minute),
		4: morning.AddDate(0, 0, -5).Add(-time.Minute), // new
		5: morning.AddDate(0, 0, -5).Add(time.Minute),  // new, in the rest
		6: morning.Add(-time.Minute),                   // new
	} {
		w.order(customer, 1, 0, 100, "")
		w.exec(`UPDATE orders SET ordered_at = $1 WHERE order_no = $2`, at, w.last())
	}
	w.rollups()

	got, err := insight.New(w.db, nil, &clock.Fixed{T: morning}, tokyo, "JPY").Dashboard(context.Background(), 5)
	if err != nil {
		t.Fatal(err)
	}
	want := map[insight.Code][2]int64{
		insight.NetSales: {200, 200}, insight.Orders: {2, 2}, insight.NewCustomers: {1, 1}, insight.RepeatCustomers: {1, 1},
	}
	for _, f := range got.Figures {
		if pair, ok := want[f.Code]; ok && (f.Value != pair[0] || *f.Previous != pair[1]) {
			t.Errorf("%s: %d, before %d, want %v", f.Code, f.Value, *f.Previous, pair)
		}
	}
	if m := got.SalesByMall[0]; m.NetSales != 200 || m.Previous != 200 {
		t.Errorf("mall: %+v", m)
	}
}
