package intake_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/text/encoding/japanese"

	"github.com/meguri-crm/meguri/crm/intake"
	"github.com/meguri-crm/meguri/crm/mall"
	"github.com/meguri-crm/meguri/db"
	"github.com/meguri-crm/meguri/db/dbtest"
)

// facts is what the database holds, without ids and times of its own: orders
// with lines by shop and number, each with the member id of its customer, and
// the rollups.
func facts(t *testing.T, d *db.DB) []string {
	t.Helper()
	var all []string
	for _, sql := range []string{
		`SELECT 'order ' || o.order_no || ' ' || o.kind || ' ' || o.status || ' ' || o.ordered_at || ' ' || o.goods_amount || ' ' || o.net_sales || ' '
			|| o.quantity || ' of ' || coalesce((SELECT min(value) FROM identities i WHERE i.customer_id = o.customer_id), '')
		 FROM orders o ORDER BY o.shop_id, o.order_no`,
		`SELECT 'line ' || o.order_no || ' ' || l.line_key || ' ' || l.sku || ' ' || l.unit_price || ' ' || l.quantity || ' ' || l.amount
		 FROM order_lines l JOIN orders o ON o.customer_id = l.customer_id AND o.id = l.order_id ORDER BY o.shop_id, o.order_no, l.line_key`,
		`SELECT 'stats ' || (SELECT min(value) FROM identities i WHERE i.customer_id = s.customer_id) || ' ' || orders_count || ' ' || cancelled_count || ' '
			|| net_sales || ' ' || coalesce(first_order_at::text, '') || ' ' || coalesce(last_order_at::text, '') || ' ' || malls::text
		 FROM customer_stats s ORDER BY 1`,
		`SELECT 'mall ' || (SELECT min(value) FROM identities i WHERE i.customer_id = s.customer_id) || ' ' || mall || ' ' || currency || ' ' || orders_count || ' ' || net_sales
		 FROM customer_mall_stats s ORDER BY 1`,
	} {
		var rows []string
		if err := d.NewRaw(sql).Scan(t.Context(), &rows); err != nil {
			t.Fatal(err)
		}
		all = append(all, rows...)
	}
	return all
}

func same(t *testing.T, got, want []string) {
	t.Helper()
	if len(want) == 0 {
		t.Fatal("nothing to compare with")
	}
	if slices.Equal(got, want) {
		return
	}
	for i := range max(len(got), len(want)) {
		g, w := "", ""
		if i < len(got) {
			g = got[i]
		}
		if i < len(want) {
			w = want[i]
		}
		if g != w {
			t.Fatalf("%d and %d facts; the first that differs is\n%s\nwant\n%s", len(got), len(want), g, w)
		}
	}
}

// rollupsEqualARecount is the promise of crm/order: whatever came in, the
// rollups are what a fresh count over the orders gives.
func rollupsEqualARecount(t *testing.T, d *db.DB) {
	t.Helper()
	var wrong int
	err := d.NewRaw(`SELECT count(*) FROM customer_stats s JOIN customers c ON c.id = s.customer_id
		LEFT JOIN LATERAL (
			SELECT count(*) FILTER (WHERE kind = 'SALE' AND status <> 'CANCELLED') AS orders,
				count(*) FILTER (WHERE kind = 'SALE' AND status = 'CANCELLED') AS cancelled,
				coalesce(sum(net_sales) FILTER (WHERE currency = 'JPY'), 0) AS sales,
				max(ordered_at) FILTER (WHERE kind = 'SALE' AND status <> 'CANCELLED') AS last
			FROM orders o WHERE o.customer_id = s.customer_id AND NOT c.anonymous) f ON true
		WHERE (s.orders_count, s.cancelled_count, s.net_sales) <> (f.orders, f.cancelled, f.sales) OR s.last_order_at IS DISTINCT FROM f.last
			OR s.orders_count <> (SELECT coalesce(sum(orders_count), 0) FROM customer_mall_stats m WHERE m.customer_id = s.customer_id)`).Scan(t.Context(), &wrong)
	if err != nil || wrong != 0 {
		t.Fatalf("the rollups of %d customers are not what their orders add up to, %v", wrong, err)
	}
}

// TestAnyWayOfCuttingGivesTheSame: the same orders in one file, in several
// files in any order, some twice, some within both, give the same facts.
func TestAnyWayOfCuttingGivesTheSame(t *testing.T) {
	orders := retailOrders(7, 300)
	whole := dbtest.New(t)
	s := newService(whole, intake.Hooks{})
	imp := take(t, s, newShop(t, whole, "shop", mall.OwnSite).ID, onlineRetail(t), retailHeader+strings.Join(orders, ""))
	if imp.OrdersCount+imp.CancellationsCount != 300 || imp.RowsInserted != *imp.LinesTotal || imp.CustomersCount == 0 || imp.RowsWithoutCustomer == 0 {
		t.Fatalf("%+v", imp)
	}
	rollupsEqualARecount(t, whole)
	want := facts(t, whole)

	for seed := range uint64(3) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			rng := rand.New(rand.NewPCG(seed, 2))
			d := dbtest.New(t)
			s := newService(d, intake.Hooks{})
			shop := newShop(t, d, "shop", mall.OwnSite)
			rest := slices.Clone(orders)
			rng.Shuffle(len(rest), func(i, j int) { rest[i], rest[j] = rest[j], rest[i] })
			var taken []string
			for len(rest) > 0 {
				n := min(1+rng.IntN(150), len(rest))
				part := slices.Clone(rest[:n])
				rest = rest[n:]
				again := 0
				for range min(len(taken), rng.IntN(20)) { // what is known already comes along
					part = append(part, taken[rng.IntN(len(taken))])
					again++
				}
				slices.Sort(part)
				part = slices.Compact(part)
				imp := take(t, s, shop.ID, onlineRetail(t), retailHeader+strings.Join(part, ""))
				if imp.RowsUpdated != 0 || (again > 0) != (imp.RowsUnchanged > 0) {
					t.Fatalf("%d updated, %d unchanged of a file with %d known orders", imp.RowsUpdated, imp.RowsUnchanged, again)
				}
				taken = append(taken, part...)
			}
			same(t, facts(t, d), want)
			rollupsEqualARecount(t, d)
		})
	}
}

// TestTheFileComesBackToAnOrder: lines of an order that stand apart in the file belong together.
func TestTheFileComesBackToAnOrder(t *testing.T) {
	d := dbtest.New(t)
	s := newService(d, intake.Hooks{})
	line := func(no, sku string) string {
		return no + "," + sku + ",X,1,2010-12-01 08:00:00,1.00,17850,UK\n"
	}
	shop := newShop(t, d, "shop", mall.OwnSite)
	imp := take(t, s, shop.ID, onlineRetail(t), retailHeader+line("1", "A")+line("1", "B")+line("2", "C")+line("1", "D"))
	if imp.OrdersCount != 2 || imp.RowsInserted != 4 || imp.QuantitySum != 4 {
		t.Errorf("%d orders of %d rows", imp.OrdersCount, imp.RowsInserted)
	}
	got := facts(t, d)
	for _, want := range []string{"line 1 1 A 100 1 100", "line 1 2 B 100 1 100", "line 1 3 D 100 1 100", "line 2 1 C 100 1 100"} {
		if !slices.Contains(got, want) {
			t.Errorf("%q is missing in %q", want, got)
		}
	}
}

// rakutenFile is the golden file of crm/mall as Rakuten writes it.
func rakutenFile(t *testing.T, change ...string) string {
	t.Helper()
	text, err := os.ReadFile("../mall/testdata/rakuten_158.csv")
	if err != nil {
		t.Fatal(err)
	}
	raw, err := japanese.ShiftJIS.NewEncoder().String(strings.NewReplacer(change...).Replace(string(text)))
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

// settled remembers which orders the hooks were called with.
type settled struct{ orders []int64 }

func (s *settled) SettleOrders(_ context.Context, _ db.Tx, orderIDs []int64) error {
	s.orders = orderIDs
	return nil
}

func TestRakutenOrdersAndHowTheyChange(t *testing.T) {
	d := dbtest.New(t)
	ledger := new(settled)
	s := newService(d, intake.Hooks{Ledger: ledger})
	shop := newShop(t, d, "rakuten", mall.Rakuten)
	imp := take(t, s, shop.ID, nil, rakutenFile(t))
	if imp.Format != "RAKUTEN_ORDERS" || imp.RowsInserted != 5 || imp.RowsQuarantined != 3 || imp.OrdersCount != 3 || imp.CancellationsCount != 1 ||
		imp.CustomersCount != 2 || imp.RowsWithoutCustomer != 1 {
		t.Fatalf("%+v", imp)
	}
	refused, err := s.Quarantine(t.Context(), imp.ID, 0, 10)
	if err != nil || len(refused) != 3 || refused[1].Code != mall.BadDate || refused[1].Field != "注文日時" || refused[1].LineNo != 8 ||
		!strings.Contains(refused[1].Raw, "2024-02-30") {
		t.Fatalf("%+v, %v", refused, err)
	}
	var names []string
	if err := d.NewRaw("SELECT family_name || given_name || ' ' || email || ' ' || phone FROM customers WHERE NOT anonymous ORDER BY id").Scan(t.Context(), &names); err != nil {
		t.Fatal(err)
	}
	// A relay address is an identity and never the customer's address.
	if !slices.Equal(names, []string{"髙﨑花子  +81355550101", "齋藤太郎 taro@example.com +819055550102"}) {
		t.Errorf("customers %q", names)
	}
	var money []string
	if err := d.NewRaw("SELECT goods_amount || ' ' || net_sales || ' ' || total_amount || ' ' || status FROM orders ORDER BY order_no").Scan(t.Context(), &money); err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(money, []string{"5500 5200 5500 SHIPPED", "3000 3000 3000 PLACED", "2000 0 2880 CANCELLED", "1000 1000 1000 PLACED"}) {
		t.Errorf("orders %q", money)
	}
	rollupsEqualARecount(t, d)
	if len(ledger.orders) != 4 {
		t.Errorf("the ledger was told of orders %v", ledger.orders)
	}

	// The mall's next export: the second order is cancelled, the gift has found its buyer.
	later := rakutenFile(t, "注文確認待ち", "キャンセル確定", "入力待ち", "山田", "ニュウリョクマチ", "ヤマダ", "\"999\",\"9999\",\"9999\"", "\"090\",\"5555\",\"0103\"")
	next := take(t, s, shop.ID, nil, later)
	if next.RowsInserted != 0 || next.RowsUpdated != 2 || next.RowsUnchanged != 3 || next.CancellationsCount != 2 || next.RowsWithoutCustomer != 0 {
		t.Errorf("%d inserted, %d updated, %d unchanged", next.RowsInserted, next.RowsUpdated, next.RowsUnchanged)
	}
	rollupsEqualARecount(t, d)
	var events []string
	err = d.NewRaw(`SELECT e.kind FROM events e JOIN orders o ON o.id = e.ref_id AND o.customer_id = e.customer_id
		WHERE o.order_no LIKE '%02' OR o.order_no LIKE '%04' ORDER BY o.order_no, e.id`).Scan(t.Context(), &events)
	if err != nil || !slices.Equal(events, []string{"order.placed", "order.cancelled", "order.placed"}) {
		t.Errorf("events %q, %v", events, err)
	}
	if len(ledger.orders) != 2 {
		t.Errorf("the ledger was told of orders %v", ledger.orders)
	}
	ledger.orders = nil
	if again := take(t, s, shop.ID, nil, later); again.RowsUnchanged != 5 || again.RowsInserted+again.RowsUpdated != 0 {
		t.Errorf("the same file again: %d inserted, %d updated", again.RowsInserted, again.RowsUpdated)
	}
	if ledger.orders != nil {
		t.Errorf("nothing has changed, and the ledger was told of %v", ledger.orders)
	}
}

// TestTwoImportsAtOnceMakeNoDuplicates: imports that know the same people
// at the same time agree on who they are.
func TestTwoImportsAtOnceMakeNoDuplicates(t *testing.T) {
	d := dbtest.New(t)
	mapping, err := mall.ParseMapping([]byte(`{"name":"mail","currency":"JPY","status":{"default":"COMPLETED"},
		"columns":{"orderNo":["no"],"orderedAt":["at"],"quantity":["n"],"unitPrice":["price"],"mail":["mail"]}}`))
	if err != nil {
		t.Fatal(err)
	}
	file := func(shop int) string {
		var b strings.Builder
		b.WriteString("no,at,n,price,mail\n")
		for i := range 3_000 {
			fmt.Fprintf(&b, "%d-%d,2024-01-01,1,100,buyer%d@example.com\n", shop, i, (i*7+shop*1_000)%2_000)
		}
		return b.String()
	}
	done := make(chan error)
	const shops = 3
	for i := range shops {
		shop := newShop(t, d, fmt.Sprintf("shop-%d", i), mall.OwnSite)
		go func() {
			_, err := newService(d, intake.Hooks{}).TakeFile(context.WithoutCancel(t.Context()),
				intake.File{Name: "x.csv", Content: strings.NewReader(file(i)), ShopID: shop.ID, Mapping: &mapping}, nil)
			done <- err
		}()
	}
	for range shops {
		if err := <-done; err != nil {
			t.Error(err)
		}
	}
	var customers, orders int
	if err := d.NewRaw("SELECT (SELECT count(*) FROM customers WHERE NOT anonymous), (SELECT count(*) FROM orders)").Scan(t.Context(), &customers, &orders); err != nil {
		t.Fatal(err)
	}
	if customers != 2_000 || orders != shops*3_000 {
		t.Errorf("%d customers with %d orders", customers, orders)
	}
	rollupsEqualARecount(t, d)
}

// An order of a time to come is one whose date was misread or mistyped; a shop's
// clock may be a little ahead.
func TestOrdersFromTheFutureAreHeldBack(t *testing.T) {
	d := dbtest.New(t)
	s, shop := newService(d, intake.Hooks{}), newShop(t, d, "s", mall.OwnSite)
	in := func(ahead time.Duration) string { return time.Now().UTC().Add(ahead).Format(time.DateTime) }
	imp := take(t, s, shop.ID, onlineRetail(t), retailHeader+
		"1,A,x,1,"+in(time.Hour)+",1.00,7,UK\n"+
		"2,A,x,1,"+in(72*time.Hour)+",1.00,7,UK\n")
	if imp.OrdersCount != 1 || imp.RowsQuarantined != 1 {
		t.Fatalf("%d orders, %d rows held", imp.OrdersCount, imp.RowsQuarantined)
	}
	rows, err := s.Quarantine(t.Context(), imp.ID, 0, 2)
	if err != nil {
		t.Fatal(err)
	}
	if len(rows) != 1 || rows[0].Code != mall.InFuture || rows[0].LineNo != 3 {
		t.Errorf("%+v", rows)
	}
}
