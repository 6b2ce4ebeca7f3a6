package insight_test

import (
	"context"
	"fmt"
	"reflect"
	"testing"
	"time"

	"github.com/meguri-crm/meguri/crm/clock"
	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/crm/insight"
	"github.com/meguri-crm/meguri/crm/order"
	"github.com/meguri-crm/meguri/db"
	"github.com/meguri-crm/meguri/db/dbtest"
)

var (
	tokyo, _ = time.LoadLocation("Asia/Tokyo")
	now      = time.Date(2026, 11, 21, 1, 30, 0, 0, tokyo) // still the 20th in UTC
)

// daysAgo is noon of the day n days before today, in Tokyo.
func daysAgo(n int) time.Time { return time.Date(2026, 11, 21-n, 12, 0, 0, 0, tokyo) }

type world struct {
	t  *testing.T
	db *db.DB
	no int
}

func (w *world) exec(sql string, args ...any) {
	w.t.Helper()
	if _, err := w.db.Pool.Exec(context.Background(), sql, args...); err != nil {
		w.t.Fatalf("%v\n%s", err, sql)
	}
}

func (w *world) customer(id int, memberSince *time.Time) {
	w.t.Helper()
	w.exec(`INSERT INTO customers (id, member_since, member_via) VALUES ($1, $2, CASE WHEN $2::timestamptz IS NOT NULL THEN 'SITE' END)`, id, memberSince)
}

func (w *world) order(customer, shop, ago int, net int64, more string) {
	w.t.Helper()
	w.no++
	kind, status, cancelled, currency := "SALE", "COMPLETED", (*time.Time)(nil), "JPY"
	at := daysAgo(ago)
	switch more {
	case "cancelled":
		status, cancelled = "CANCELLED", &at
	case "return":
		kind = "RETURN"
	case "GBP":
		currency = "GBP"
	}
	w.exec(`INSERT INTO orders (customer_id, shop_id, order_no, kind, status, ordered_at, cancelled_at, currency, net_sales, content_hash)
		VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,'')`, customer, shop, fmt.Sprint(w.no), kind, status, at, cancelled, currency, net)
}

// last is the number of the order made last.
func (w *world) last() string { return fmt.Sprint(w.no) }

// rollups has crm/order keep the rollups of everybody.
func (w *world) rollups() {
	w.t.Helper()
	w.exec(`INSERT INTO customer_stats (customer_id) SELECT id FROM customers`)
	var ids []int64
	if err := w.db.NewRaw("SELECT id FROM customers").Scan(context.Background(), &ids); err != nil {
		w.t.Fatal(err)
	}
	if err := order.Recompute(context.Background(), w.db, ids); err != nil {
		w.t.Fatal(err)
	}
}

func TestDashboard(t *testing.T) {
	w := &world{t: t, db: dbtest.New(t)}
	w.exec(`INSERT INTO shops (id, code, name, mall) OVERRIDING SYSTEM VALUE VALUES (1,'r','R','RAKUTEN'), (2,'o','O','OWN_SITE')`)
	long, recent := daysAgo(400), daysAgo(1)
	w.customer(1, &long)
	w.customer(2, &recent)
	w.customer(3, nil)
	w.customer(4, nil)
	w.exec(`INSERT INTO customers (id, anonymous) VALUES (9, true)`)
	w.order(1, 1, 120, 9000, "") // the F2 cohort: came back after 90 days, too late
	w.order(1, 2, 8, 2000, "")   // circulates now, had not before
	w.order(1, 2, 2, 1000, "")
	w.order(2, 1, 110, 5000, "") // the F2 cohort: came back in time
	w.order(2, 1, 90, 5000, "")
	w.order(3, 1, 1, 3000, "") // new
	w.order(3, 1, 0, 700, "")  // twice in the period: one new customer, no repeat
	w.order(3, 1, 0, -300, "return")
	w.order(4, 1, 0, 0, "cancelled")
	w.order(4, 2, 9, 800, "GBP") // an order, but no yen
	w.order(9, 1, 1, 100, "")    // without a buyer: sales, no customer
	w.rollups()
	w.exec(`INSERT INTO point_accounts (customer_id, available, pending, held) VALUES (1, 100, 20, 3)`)
	w.exec(`INSERT INTO point_bookings (customer_id, id, kind, occurred_at, idempotency_key, reason, amount, available_after, outstanding) VALUES
		(1,1,'GRANT',$1,'a','ORDER',100,100,100), (1,2,'GRANT',$2,'b','ORDER',33,100,33), (1,3,'REDEEM',$3,'c','ORDER',10,90,-10)`,
		daysAgo(30), daysAgo(6), daysAgo(2))
	w.exec(`INSERT INTO point_entries (customer_id, booking_id, account, amount, lot_id) VALUES
		(1,1,'AVAILABLE',100,1), (1,1,'ISSUED',-100,1), (1,2,'PENDING',33,2), (1,2,'ISSUED',-33,2), (1,3,'AVAILABLE',-10,1), (1,3,'REDEEMED',10,1)`)

	s := insight.New(w.db, nil, &clock.Fixed{T: now}, tokyo, "JPY")
	got, err := s.Dashboard(context.Background(), 5)
	if err != nil {
		t.Fatal(err)
	}
	if !got.From.Equal(time.Date(2026, 11, 17, 0, 0, 0, 0, time.UTC)) || !got.To.Equal(time.Date(2026, 11, 21, 0, 0, 0, 0, time.UTC)) {
		t.Errorf("period %v to %v", got.From, got.To)
	}
	is := func(n int64) *int64 { return &n }
	want := []insight.Figure{
		{Code: insight.NetSales, Unit: insight.Money, Value: 4500, Previous: is(2000), Series: []int64{0, 0, 1000, 3100, 400}},
		{Code: insight.Orders, Unit: insight.Count, Value: 4, Previous: is(2), Series: []int64{0, 0, 1, 2, 1}},
		{Code: insight.NewCustomers, Unit: insight.Count, Value: 1, Previous: is(1), Series: []int64{0, 0, 0, 1, 0}},
		{Code: insight.RepeatCustomers, Unit: insight.Count, Value: 1, Previous: is(1), Series: []int64{0, 0, 1, 0, 0}},
		{Code: insight.Members, Unit: insight.Count, Value: 2, Previous: is(1), Series: []int64{1, 1, 1, 2, 2}},
		{Code: insight.F2Rate, Unit: insight.Share, Value: 5000, Previous: is(5000), Base: is(2), Series: []int64{}},
		{Code: insight.CirculationRate, Unit: insight.Share, Value: 2500, Previous: is(3333), Base: is(4), Series: []int64{}},
		{Code: insight.PointsLiability, Unit: insight.Points, Value: 123, Previous: is(133), Series: []int64{133, 133, 123, 123, 123}},
	}
	for i, f := range got.Figures {
		f.People = insight.People{} // held to their rules in TestEveryFigureCountsThePeopleOfItsRule
		if !reflect.DeepEqual(f, want[i]) {
			t.Errorf("got  %s\nwant %s", show(f), show(want[i]))
		}
	}
	if malls := []insight.MallSales{{Mall: "RAKUTEN", Orders: 3, NetSales: 3500}, {Mall: "OWN_SITE", Orders: 1, NetSales: 1000, Previous: 2000}}; !reflect.DeepEqual(withoutPeople(got.SalesByMall), malls) {
		t.Errorf("malls %v, want %v", got.SalesByMall, malls)
	}
}

func withoutPeople(malls []insight.MallSales) []insight.MallSales {
	for i := range malls {
		malls[i].People = insight.People{}
	}
	return malls
}

func show(f insight.Figure) string {
	previous := "none"
	if f.Previous != nil {
		previous = fmt.Sprint(*f.Previous)
	}
	base := "none"
	if f.Base != nil {
		base = fmt.Sprint(*f.Base)
	}
	return fmt.Sprintf("%s %s %d (before: %s, of: %s) %v", f.Code, f.Unit, f.Value, previous, base, f.Series)
}

func TestDashboardOfNothing(t *testing.T) {
	s := insight.New(dbtest.New(t), nil, &clock.Fixed{T: now}, tokyo, "JPY")
	got, err := s.Dashboard(context.Background(), 30)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range got.Figures {
		if f.Value != 0 || f.Unit == insight.Share && (f.Previous != nil || f.Base == nil || *f.Base != 0) || f.Unit != insight.Share && len(f.Series) != 30 {
			t.Errorf("of an empty database: %s", show(f))
		}
	}
	for _, days := range []int{0, insight.MaxDays + 1} {
		if _, err := s.Dashboard(context.Background(), days); !fault.Is(err, fault.Invalid) {
			t.Errorf("%d days: %v", days, err)
		}
	}
}
