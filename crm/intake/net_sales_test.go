package intake_test

import (
	"bytes"
	"log/slog"
	"maps"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/meguri-crm/meguri/crm/clock"
	"github.com/meguri-crm/meguri/crm/customer"
	"github.com/meguri-crm/meguri/crm/intake"
	"github.com/meguri-crm/meguri/crm/mall"
	"github.com/meguri-crm/meguri/crm/mall/malltest/merchant"
	"github.com/meguri-crm/meguri/crm/sales"
	"github.com/meguri-crm/meguri/db"
	"github.com/meguri-crm/meguri/db/dbtest"
)

// TestNetSalesOfFourMalls takes in the files of a merchant on four malls and
// compares what each customer bought by two definitions of net sales with what
// is true of the orders, one half of the files coming after the first change.
func TestNetSalesOfFourMalls(t *testing.T) {
	m := merchant.New(3, 300)
	d := dbtest.New(t)
	s := newService(d, intake.Hooks{People: customer.New(d, clock.System{}, nil)})
	files, err := m.Files(rand.New(rand.NewPCG(3, 9)), 2)
	if err != nil {
		t.Fatal(err)
	}
	shops := map[mall.Mall]int64{}
	for _, on := range merchant.Malls {
		shops[on] = newShop(t, d, strings.ToLower(string(on)), on).ID
	}
	take := func(files []merchant.File) {
		t.Helper()
		for _, f := range files {
			if _, err := s.TakeFile(t.Context(), intake.File{Name: f.Name, Content: bytes.NewReader(f.Content), ShopID: shops[f.Mall]}, nil); err != nil {
				t.Fatalf("%s: %v", f.Name, err)
			}
		}
	}
	definitions := sales.New(d, clock.System{}, quietQueue{}, slog.New(slog.DiscardHandler))
	change := func(to sales.Definition) {
		t.Helper()
		if _, err := definitions.Set(t.Context(), to); err != nil {
			t.Fatal(err)
		}
		if err := definitions.Work(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	usual, paid := sales.Definition{ShopCoupon: true}, sales.Definition{Shipping: true, Fees: true, ShopCoupon: true, MallCoupon: true, Points: true}
	take(files[:len(files)/2])
	change(paid)
	take(files[len(files)/2:])
	got, want := netSales(t, d), truly(t, d, m, func(o merchant.Order) int64 {
		return o.Net() + o.Shipping + o.Fee - o.MallCoupon - o.Points
	})
	if !maps.Equal(got, want) || len(got) < 200 {
		t.Errorf("what buyers paid, of %d and %d customers, differs", len(got), len(want))
	}
	change(usual)
	if got, want := netSales(t, d), truly(t, d, m, merchant.Order.Net); !maps.Equal(got, want) {
		t.Errorf("goods less coupons, of %d and %d customers, differ", len(got), len(want))
	}
	rollupsEqualARecount(t, d)
	change(paid)
	if again := netSales(t, d); !maps.Equal(again, got) {
		t.Error("the same definition gives other figures")
	}
}

// netSales is what the rollups say, by customer.
func netSales(t *testing.T, d *db.DB) map[int64]int64 {
	t.Helper()
	var rows []struct{ CustomerID, NetSales int64 }
	if err := d.NewRaw("SELECT customer_id, net_sales FROM customer_stats WHERE orders_count + cancelled_count > 0").Scan(t.Context(), &rows); err != nil {
		t.Fatal(err)
	}
	by := map[int64]int64{}
	for _, r := range rows {
		by[r.CustomerID] = r.NetSales
	}
	return by
}

// truly is what is true of the orders, by whom the database has for their buyer.
func truly(t *testing.T, d *db.DB, m *merchant.Merchant, net func(merchant.Order) int64) map[int64]int64 {
	t.Helper()
	known, by := inDatabase(t, d), map[int64]int64{}
	for _, o := range m.Orders {
		have := known[string(o.Mall)+" "+o.No]
		switch {
		case have.Anonymous:
		case o.Status == mall.Cancelled:
			by[have.CustomerID] += 0
		default:
			by[have.CustomerID] += net(o)
		}
	}
	return by
}
