package intake_test

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/meguri-crm/meguri/crm/clock"
	"github.com/meguri-crm/meguri/crm/customer"
	"github.com/meguri-crm/meguri/crm/intake"
	"github.com/meguri-crm/meguri/crm/mall"
	"github.com/meguri-crm/meguri/crm/mall/malltest/merchant"
	"github.com/meguri-crm/meguri/db"
	"github.com/meguri-crm/meguri/db/dbtest"
)

// told is an order as the database and the truth are compared.
type told struct {
	Mall, OrderNo, Facts string
	CustomerID           int64
	Anonymous            bool
}

// inDatabase is every order by mall and number.
func inDatabase(t *testing.T, d *db.DB) map[string]told {
	t.Helper()
	var rows []told
	err := d.NewRaw(`SELECT s.mall, o.order_no, o.customer_id, c.anonymous,
			concat_ws(' ', o.status, to_char(o.ordered_at AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI'), 'goods', o.goods_amount, 'shipping', o.shipping_amount, 'fee', o.fee_amount,
				'tax', o.tax_amount, 'shop', o.shop_coupon, 'mall', o.mall_coupon, 'points', o.points_used, 'total', o.total_amount, 'net', o.net_sales,
				'quantity', o.quantity, 'gift', o.gift, 'codes', array_to_string(o.coupon_codes, ','), 'lines',
				(SELECT string_agg(concat(line_key, '=', sku, '*', l.quantity, '=', amount), ' ' ORDER BY line_key COLLATE "C") FROM order_lines l
					WHERE l.customer_id = o.customer_id AND l.order_id = o.id)) AS facts
		FROM orders o JOIN shops s ON s.id = o.shop_id JOIN customers c ON c.id = o.customer_id`).Scan(t.Context(), &rows)
	if err != nil {
		t.Fatal(err)
	}
	byNo := map[string]told{}
	for _, r := range rows {
		byNo[r.Mall+" "+r.OrderNo] = r
	}
	if len(byNo) != len(rows) {
		t.Fatalf("%d orders, %d of them double", len(rows), len(rows)-len(byNo))
	}
	return byNo
}

// truth is an order in the words of inDatabase.
func truth(o merchant.Order) string {
	lines := make([]string, len(o.Lines))
	for i, l := range o.Lines {
		lines[i] = fmt.Sprintf("%s=%s*%d=%d", l.Key, l.SKU, l.Quantity, l.Amount())
	}
	slices.Sort(lines)
	return fmt.Sprintf("%s %s goods %d shipping %d fee %d tax %d shop %d mall %d points %d total %d net %d quantity %d gift %s codes %s lines %s",
		o.Status, o.At.UTC().Format("2006-01-02 15:04"), o.Goods, o.Shipping, o.Fee, o.Tax, o.ShopCoupon, o.MallCoupon, o.Points, o.Total(), o.Net(),
		o.Quantity(), fmt.Sprint(o.Gift)[:1], o.Code, strings.Join(lines, " "))
}

// exact compares orders, money and people with the truth: every order is there
// once with its money, and two orders have one customer exactly when they are
// of people whom the evidence makes one.
func exact(t *testing.T, d *db.DB, m *merchant.Merchant) {
	t.Helper()
	got := inDatabase(t, d)
	if len(got) != len(m.Orders) {
		t.Errorf("%d orders, want %d", len(got), len(m.Orders))
	}
	wrong := 0
	customers, people := map[int]int64{}, map[int64]int{}
	for _, o := range m.Orders {
		have, want := got[string(o.Mall)+" "+o.No], truth(o)
		who, known := customers[o.Customer]
		whose, taken := people[have.CustomerID]
		switch {
		case have.Facts != want:
			t.Errorf("%s %s is\n%s, want\n%s", o.Mall, o.No, have.Facts, want)
		case have.Anonymous != (o.Customer == 0):
			t.Errorf("%s %s: the buyer is named: %t", o.Mall, o.No, !have.Anonymous)
		case o.Customer != 0 && known && who != have.CustomerID:
			t.Errorf("%s %s: person %d is customer %d and customer %d", o.Mall, o.No, o.Customer, who, have.CustomerID)
		case o.Customer != 0 && taken && whose != o.Customer:
			t.Errorf("%s %s: customer %d is person %d and person %d", o.Mall, o.No, have.CustomerID, whose, o.Customer)
		default:
			if o.Customer != 0 {
				customers[o.Customer], people[have.CustomerID] = have.CustomerID, o.Customer
			}
			continue
		}
		if wrong++; wrong == 10 {
			t.Fatal("… and so on")
		}
	}
	if len(people) != m.Customers {
		t.Errorf("%d customers, want %d", len(people), m.Customers)
	}
	rollupsEqualARecount(t, d)
}

// TestFourMalls takes in the files of a merchant on four malls, cut and ordered
// in several ways, and compares orders, money and people with what is true of
// them. Then all of it comes again, cut in yet another way, and changes nothing.
func TestFourMalls(t *testing.T) {
	m := merchant.New(1, 2_000)
	if len(m.Orders) < 8_000 || m.Customers <= m.People || m.People < 1_500 {
		t.Fatalf("%d orders of %d people, to be known as %d customers: too little to prove anything", len(m.Orders), m.People, m.Customers)
	}
	for seed := range uint64(2) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			rng := rand.New(rand.NewPCG(seed, 9))
			d := dbtest.New(t)
			s := newService(d, intake.Hooks{People: customer.New(d, clock.System{}, nil)})
			shops := map[mall.Mall]int64{}
			for _, on := range merchant.Malls {
				shops[on] = newShop(t, d, strings.ToLower(string(on)), on).ID
			}
			takeAll := func(pieces int) (changed int64) {
				files, err := m.Files(rng, pieces)
				if err != nil {
					t.Fatal(err)
				}
				for _, f := range files {
					imp, err := s.TakeFile(t.Context(), intake.File{Name: f.Name, Content: bytes.NewReader(f.Content), ShopID: shops[f.Mall]}, nil)
					if err != nil {
						t.Fatalf("%s: %v", f.Name, err)
					}
					if imp.RowsQuarantined != 0 || imp.Rows() != *imp.LinesTotal {
						refused, err := s.Quarantine(t.Context(), imp.ID, 0, 1)
						t.Fatalf("%s: %d of %d rows refused: %+v, %v", f.Name, imp.RowsQuarantined, *imp.LinesTotal, refused, err)
					}
					changed += imp.RowsInserted + imp.RowsUpdated
				}
				return changed
			}
			takeAll(1 + 3*int(seed))
			exact(t, d, m)
			before := inDatabase(t, d)
			if changed := takeAll(3); changed != 0 {
				t.Errorf("sent again, %d rows changed something", changed)
			}
			if after := inDatabase(t, d); fmt.Sprint(after) != fmt.Sprint(before) {
				t.Error("sent again, orders have changed")
			}
		})
	}
}

// TestFourMallsUndone takes everything in and takes it all back, the last file
// first: nothing is left, and everything can come again.
func TestFourMallsUndone(t *testing.T) {
	m := merchant.New(2, 150)
	d := dbtest.New(t)
	s := newService(d, intake.Hooks{People: customer.New(d, clock.System{}, nil)})
	shops := map[mall.Mall]int64{}
	for _, on := range merchant.Malls {
		shops[on] = newShop(t, d, strings.ToLower(string(on)), on).ID
	}
	rng := rand.New(rand.NewPCG(3, 9))
	for range 2 {
		files, err := m.Files(rng, 3)
		if err != nil {
			t.Fatal(err)
		}
		var imports []int64
		for _, f := range files {
			imports = append(imports, take(t, s, shops[f.Mall], nil, string(f.Content)).ID)
		}
		exact(t, d, m)
		slices.Reverse(imports)
		for _, id := range imports {
			undo(t, s, id)
		}
		for _, table := range []string{"orders", "order_lines", "order_keys", "order_parts", "customers c WHERE NOT anonymous AND merged_into IS NULL AND NOT EXISTS (SELECT FROM customer_merges m WHERE c.id IN (m.customer_id, m.merged_id))"} {
			if n := count(t, d, "SELECT count(*) FROM "+table); n != 0 {
				t.Errorf("%d rows are left of %s", n, table)
			}
		}
	}
}
