package sales_test

import (
	"context"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"
	"time"

	"github.com/meguri-crm/meguri/crm/clock"
	"github.com/meguri-crm/meguri/crm/order"
	"github.com/meguri-crm/meguri/crm/sales"
	"github.com/meguri-crm/meguri/db"
	"github.com/meguri-crm/meguri/db/dbtest"
)

type nowhere struct{}

func (nowhere) Enqueue(context.Context, db.Tx, interface{ Kind() string }) error { return nil }

// follower notes what was in force when it was told.
type follower struct{ seen []bool }

func (f *follower) NetSalesChanged(ctx context.Context, tx db.Tx) error {
	var points []bool
	err := tx.NewRaw("SELECT points FROM net_sales_definitions").Scan(ctx, &points)
	f.seen = append(f.seen, points...)
	return err
}

// money is an order as a plain loop sees it.
type money struct {
	id                                       int64
	goods, shipping, fee, shop, mall, points int64
	cancelled, sale                          bool
	onMall                                   string
	at                                       time.Time
}

func (m money) net(d sales.Definition) int64 {
	if m.cancelled {
		return 0
	}
	sum := m.goods
	for part, counts := range map[int64]bool{1: d.Shipping, 2: d.Fees, 3: d.ShopCoupon, 4: d.MallCoupon, 5: d.Points} {
		if counts {
			sum += map[int64]int64{1: m.shipping, 2: m.fee, 3: -m.shop, 4: -m.mall, 5: -m.points}[part]
		}
	}
	return sum
}

type world struct {
	t      *testing.T
	db     *db.DB
	orders map[int64][]money // by customer
	next   int64
	rng    *rand.Rand
}

func newWorld(t *testing.T, customers int64) *world {
	w := &world{t: t, db: dbtest.New(t), orders: map[int64][]money{}, rng: rand.New(rand.NewPCG(7, 1))}
	w.exec("INSERT INTO shops (code, name, mall) VALUES ('r', 'r', 'RAKUTEN'), ('y', 'y', 'YAHOO')")
	var ids []int64
	for id := int64(1); id <= customers; id++ {
		ids = append(ids, id)
		w.exec("INSERT INTO customers (id) VALUES ($1)", id)
		w.exec("INSERT INTO customer_stats (customer_id) VALUES ($1)", id)
		for range w.rng.IntN(4) {
			w.order(id)
		}
	}
	w.recompute(ids...)
	return w
}

func (w *world) exec(sql string, args ...any) {
	w.t.Helper()
	if _, err := w.db.Pool.Exec(context.Background(), sql, args...); err != nil {
		w.t.Fatalf("%v: %s", err, sql)
	}
}

func (w *world) order(customer int64) {
	w.next++
	r := w.rng
	m := money{
		id: w.next, goods: r.Int64N(9000), shipping: r.Int64N(800), fee: r.Int64N(300), shop: r.Int64N(500), mall: r.Int64N(400), points: r.Int64N(200),
		cancelled: r.IntN(6) == 0, sale: r.IntN(6) > 0, onMall: []string{"RAKUTEN", "YAHOO"}[r.IntN(2)], at: time.Date(2026, 1, 1+r.IntN(300), 0, 0, 0, 0, time.UTC),
	}
	if !m.sale { // goods that came back, with their shipping
		m.goods, m.shipping, m.fee, m.shop, m.mall, m.points = -m.goods, -m.shipping, 0, 0, 0, 0
	}
	base := m.goods - m.shop
	if m.cancelled {
		base = 0
	}
	w.exec(`INSERT INTO orders (customer_id, id, shop_id, order_no, kind, status, cancelled_at, ordered_at, currency, goods_amount, shipping_amount, fee_amount, shop_coupon, mall_coupon, points_used, net_sales, content_hash)
		SELECT $1, $2, id, $3, CASE WHEN $4 THEN 'SALE' ELSE 'RETURN' END, CASE WHEN $5 THEN 'CANCELLED' ELSE 'SHIPPED' END, CASE WHEN $5 THEN now() END, $6, 'JPY', $7, $8, $9, $10, $11, $12, $13, ''
		FROM shops WHERE mall = $14`, customer, m.id, fmt.Sprint(m.id), m.sale, m.cancelled, m.at, m.goods, m.shipping, m.fee, m.shop, m.mall, m.points, base, m.onMall)
	w.orders[customer] = append(w.orders[customer], m)
}

func (w *world) recompute(ids ...int64) {
	w.t.Helper()
	if err := order.Recompute(w.t.Context(), w.db, ids); err != nil {
		w.t.Fatal(err)
	}
}

// follows compares all rollups, and what the API says of orders, with a loop.
func (w *world) follows(d sales.Definition) {
	w.t.Helper()
	s := order.New(w.db)
	for id, orders := range w.orders {
		var sum int64
		var first *int64
		malls := map[string]int64{}
		slices.SortStableFunc(orders, func(a, b money) int { return a.at.Compare(b.at) })
		for _, o := range orders {
			net := o.net(d)
			sum += net
			malls[o.onMall] += net
			if o.sale && !o.cancelled && first == nil {
				first = &net
			}
			if row, err := s.Find(w.t.Context(), order.Ref{CustomerID: id, ID: o.id}); err != nil || row.NetSales != net {
				w.t.Fatalf("order %d sold %d, want %d, %v", o.id, row.NetSales, net, err)
			}
		}
		stats, err := s.Stats(w.t.Context(), []int64{id})
		if err != nil || stats[id].NetSales != sum || !reflect.DeepEqual(stats[id].FirstNetSales, first) {
			w.t.Errorf("customer %d: %+v, %v; want %d", id, stats[id], err, sum)
		}
		byMall, err := s.MallStats(w.t.Context(), []int64{id})
		if err != nil || len(byMall[id]) != len(malls) {
			w.t.Errorf("customer %d on malls: %+v, %v", id, byMall[id], err)
		}
		for _, m := range byMall[id] {
			if m.NetSales != malls[m.Mall] {
				w.t.Errorf("customer %d on %s: %d, want %d", id, m.Mall, m.NetSales, malls[m.Mall])
			}
		}
	}
}

var (
	usual = sales.Definition{ShopCoupon: true}
	other = sales.Definition{Shipping: true, Fees: true, MallCoupon: true, Points: true}
)

// TestChangeOfDefinition changes it while orders go on, with processes that die,
// and back.
func TestChangeOfDefinition(t *testing.T) {
	w := newWorld(t, 60)
	f := &follower{}
	s := sales.New(w.db, clock.System{}, nowhere{}, slog.New(slog.DiscardHandler), f)
	s.Part(7)
	w.follows(usual)
	set, err := s.Set(t.Context(), other)
	if err != nil || set.InForce != usual || set.Coming == nil || *set.Coming != other || set.Chosen() != other || *set.Progress != 0 {
		t.Fatalf("%+v, %v", set, err)
	}
	for range 4 {
		if err := sales.Step(t.Context(), s); err != nil {
			t.Fatal(err)
		}
	}
	for _, id := range []int64{1, 2, 3, 27, 28, 29, 60} { // some were worked out, some were not
		w.order(id)
		w.recompute(id)
	}
	w.exec("INSERT INTO customers (id) VALUES (500)")
	w.exec("INSERT INTO customer_stats (customer_id) VALUES (500)")
	w.order(500)
	w.recompute(500)
	w.follows(usual)
	jobs, err := s.Underway(t.Context())
	if err != nil || len(jobs) != 1 || *jobs[0].Progress < 0.4 || *jobs[0].Progress > 0.5 {
		t.Errorf("%+v, %v", jobs, err)
	}
	work(t, s)
	w.follows(other)
	if set, err := s.Setting(t.Context()); err != nil || set.InForce != other || set.Coming != nil || set.Progress != nil {
		t.Errorf("%+v, %v", set, err)
	}
	w.order(5) // a later order follows it, too
	w.recompute(5)
	w.follows(other)
	if _, err := s.Set(t.Context(), usual); err != nil {
		t.Fatal(err)
	}
	work(t, s)
	w.follows(usual)
	if !reflect.DeepEqual(f.seen, []bool{true, false}) {
		t.Errorf("followers saw %v", f.seen)
	}
}

func work(t *testing.T, s *sales.Service) {
	t.Helper()
	if err := s.Work(t.Context()); err != nil {
		t.Fatal(err)
	}
}

// TestChangeTakenBack changes the mind of staff while a change is under way.
func TestChangeTakenBack(t *testing.T) {
	w := newWorld(t, 20)
	f := &follower{}
	s := sales.New(w.db, clock.System{}, nowhere{}, slog.New(slog.DiscardHandler), f)
	s.Part(5)
	choose := func(d sales.Definition) sales.Setting {
		t.Helper()
		set, err := s.Set(t.Context(), d)
		if err != nil {
			t.Fatal(err)
		}
		return set
	}
	choose(other)
	if err := sales.Step(t.Context(), s); err != nil {
		t.Fatal(err)
	}
	if set := choose(usual); set.Coming != nil || set.InForce != usual {
		t.Fatalf("%+v", set)
	}
	work(t, s)
	if len(f.seen) != 0 {
		t.Error("a change that was taken back came into force")
	}
	choose(other)
	if err := sales.Step(t.Context(), s); err != nil {
		t.Fatal(err)
	}
	third := sales.Definition{Shipping: true}
	choose(third)
	choose(third) // the same again changes nothing
	work(t, s)
	w.follows(third)
	var entries int
	if err := w.db.NewRaw("SELECT count(*) FROM audit_log WHERE action = 'settings.update_profit'").Scan(t.Context(), &entries); err != nil || entries != 4 {
		t.Errorf("%d entries in the log, %v", entries, err)
	}
}

// TestDefinitionOfNobody changes it before the first customer.
func TestDefinitionOfNobody(t *testing.T) {
	w := newWorld(t, 0)
	s := sales.New(w.db, clock.System{}, nowhere{}, slog.New(slog.DiscardHandler))
	if _, err := s.Set(t.Context(), other); err != nil {
		t.Fatal(err)
	}
	work(t, s)
	if set, err := s.Setting(t.Context()); err != nil || set.InForce != other || set.Coming != nil {
		t.Errorf("%+v, %v", set, err)
	}
}
