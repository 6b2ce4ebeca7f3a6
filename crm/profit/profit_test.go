package profit_test

import (
	"reflect"
	"testing"
	"time"

	"github.com/meguri-crm/meguri/crm/profit"
	"github.com/meguri-crm/meguri/db"
	"github.com/meguri-crm/meguri/db/dbtest"
)

// world is orders of one customer on Rakuten (shop 1), on the own site (2) and
// in dollars (3). Fees and costs are those of each test.
func newWorld(t *testing.T, more string) *profit.Service {
	t.Helper()
	d := dbtest.New(t)
	_, err := d.Exec(`
		DELETE FROM fee_rates;
		INSERT INTO shops (code, name, mall, currency) VALUES ('r', '楽天', 'RAKUTEN', 'JPY'), ('o', '本店', 'OWN_SITE', 'JPY'), ('u', 'US', 'SHOPIFY', 'USD');
		INSERT INTO product_costs (sku, currency, valid_from, cost, updated_at) VALUES
			('TEA', 'JPY', '1970-01-01', 300, now()), ('TEA', 'JPY', '2026-06-01', 400, now()), ('CUP', 'JPY', '1970-01-01', 0, now()), ('TEA', 'USD', '1970-01-01', 250, now());
		INSERT INTO campaigns (name) VALUES ('秋');` + more)
	if err != nil {
		t.Fatal(err)
	}
	return &profit.Service{DB: d, Zone: time.FixedZone("JST", 9*3600), Base: "JPY"}
}

type order struct {
	id        int64
	shop      int
	kind      string // "": SALE
	status    string // "": SHIPPED
	at        string
	net       int64
	coupon    int64
	shipping  int64
	sku       string
	quantity  int64
	points    int64 // granted and kept
	variant   int64 // of the campaign it is credited to; 0: of none
	otherLine string
}

func write(t *testing.T, d *db.DB, orders ...order) {
	t.Helper()
	exec := func(sql string, args ...any) {
		t.Helper()
		if _, err := d.NewRaw(sql, args...).Exec(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	for _, o := range orders {
		kind, status, currency := "SALE", "SHIPPED", "JPY"
		if o.kind != "" {
			kind = o.kind
		}
		if o.shop == 3 {
			currency = "USD"
		}
		var cancelled any
		if o.status != "" {
			status, cancelled = o.status, o.at
		}
		exec(`INSERT INTO orders (customer_id, id, shop_id, order_no, kind, status, cancelled_at, ordered_at, currency, goods_amount, shop_coupon, shipping_amount, total_amount, net_sales, content_hash)
			VALUES (1, ?0, ?1, ?0::text, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, 'x')`,
			o.id, o.shop, kind, status, cancelled, o.at, currency, o.net+o.coupon, o.coupon, o.shipping, o.net+o.coupon+o.shipping, o.net)
		if kind != "ADJUSTMENT" {
			exec(`INSERT INTO order_lines (customer_id, order_id, line_key, sku, unit_price, quantity, amount) VALUES (1, ?, '1', ?, 0, ?, 0)`, o.id, o.sku, o.quantity)
		}
		if o.otherLine != "" {
			exec(`INSERT INTO order_lines (customer_id, order_id, line_key, sku, unit_price, quantity, amount) VALUES (1, ?, '2', ?, 0, 1, 0)`, o.id, o.otherLine)
		}
		if o.points > 0 {
			exec(`INSERT INTO point_lots (customer_id, booking_id, amount, clawed_back, remaining, status, earned_at, order_id) VALUES (1, 1, ?, 5, 1, 'USABLE', now(), ?)`, o.points+5, o.id)
		}
		if o.variant > 0 {
			exec(`INSERT INTO conversions (customer_id, order_id, campaign_id, delivery_id, variant_id, message_id, mall, via, currency, sales, at) VALUES (1, ?, 1, 1, ?, 1, 'RAKUTEN', 'CODE', ?, ?, now())`,
				o.id, o.variant, currency, o.net)
		}
	}
}

func TestProfitOfACustomer(t *testing.T) {
	const fees = `INSERT INTO fee_rates (mall, shop_id, kind, basis, rate, amount, effective_from, estimated) VALUES
		('RAKUTEN', NULL, 'SYSTEM', 'NET_SALES', 400, 0, '1970-01-01', true), ('RAKUTEN', NULL, 'SYSTEM', 'NET_SALES', 500, 0, '2026-06-01', false),
		('RAKUTEN', NULL, 'PAYMENT', 'TOTAL', 300, 10, '1970-01-01', false);`
	cases := map[string]struct {
		more   string
		orders []order
		want   []profit.Figures
	}{
		"nothing bought": {"", nil, nil},
		"fees and costs of its own day, points less what was taken back": {fees, []order{
			{id: 1, shop: 1, at: "2026-05-31 14:59+00", net: 1000, coupon: 100, shipping: 500, sku: "TEA", quantity: 2, points: 9}, // 23:59 in Tokyo
			// 1000 − 2×300 − (40 + 3% of 1600 + 10) − 9
		}, []profit.Figures{{Currency: "JPY", Orders: 1, Costed: 1, Sales: 1000, KnownSales: 1000, Coupons: 100, Cost: 600, Fees: 98, Points: 9, Profit: 293, Estimated: true}}},
		"the next version an instant later": {fees, []order{
			{id: 1, shop: 1, at: "2026-05-31 15:00+00", net: 1000, sku: "TEA", quantity: 1}, // June 1st in Tokyo
		}, []profit.Figures{{Currency: "JPY", Orders: 1, Costed: 1, Sales: 1000, KnownSales: 1000, Cost: 400, Fees: 90, Profit: 510}}},
		"a shop's rate goes before its mall's": {fees + `INSERT INTO fee_rates (mall, shop_id, kind, basis, rate, effective_from) VALUES ('RAKUTEN', 1, 'SYSTEM', 'NET_SALES', 200, '2026-01-01');`, []order{
			{id: 1, shop: 1, at: "2026-07-01", net: 1000, sku: "CUP", quantity: 1},
		}, []profit.Figures{{Currency: "JPY", Orders: 1, Costed: 1, Sales: 1000, KnownSales: 1000, Fees: 60, Profit: 940}}},
		"a withdrawn rate charges nothing": {`INSERT INTO fee_rates (mall, kind, basis, rate, effective_from, withdrawn_at) VALUES ('RAKUTEN', 'SYSTEM', 'NET_SALES', 200, '2026-01-01', now());`, []order{
			{id: 1, shop: 1, at: "2026-07-01", net: 1000, sku: "CUP", quantity: 1},
		}, []profit.Figures{{Currency: "JPY", Orders: 1, Costed: 1, Sales: 1000, KnownSales: 1000, Profit: 1000}}},
		"unknown cost is left out and counted, not nothing": {fees, []order{
			{id: 1, shop: 2, at: "2026-07-01", net: 5000, sku: "GHOST", quantity: 1, points: 50},
			{id: 2, shop: 2, at: "2026-07-01", net: 3000, sku: "TEA", quantity: 1, otherLine: "GHOST"},
			{id: 3, shop: 2, at: "2026-07-01", net: 1000, sku: "TEA", quantity: 1, otherLine: "CUP"},
		}, []profit.Figures{{Currency: "JPY", Orders: 3, Costed: 1, Sales: 9000, KnownSales: 1000, Cost: 400, Profit: 600}}},
		"what is cancelled counts nowhere; a return brings its goods back and no fee per order": {fees, []order{
			{id: 1, shop: 1, at: "2026-07-01", net: 2000, sku: "TEA", quantity: 2},
			{id: 2, shop: 1, status: "CANCELLED", at: "2026-07-01", net: 0, sku: "TEA", quantity: 9},
			{id: 3, shop: 1, kind: "RETURN", at: "2026-07-09", net: -1000, sku: "TEA", quantity: -1},
			{id: 4, shop: 1, kind: "ADJUSTMENT", at: "2026-07-09", net: -100},
			// 2000 − 800 − (100 + 60 + 10) and −1000 + 400 + (50 + 30) and −100
		}, []profit.Figures{{Currency: "JPY", Orders: 1, Costed: 1, Sales: 900, KnownSales: 900, Cost: 400, Fees: 90, Profit: 410}}},
		"currencies are apart": {fees, []order{
			{id: 1, shop: 2, at: "2026-07-01", net: 1000, sku: "TEA", quantity: 1},
			{id: 2, shop: 3, at: "2026-07-01", net: 900, sku: "TEA", quantity: 1, points: 7},
		}, []profit.Figures{
			{Currency: "JPY", Orders: 1, Costed: 1, Sales: 1000, KnownSales: 1000, Cost: 400, Profit: 600},
			{Currency: "USD", Orders: 1, Costed: 1, Sales: 900, KnownSales: 900, Cost: 250, Profit: 650},
		}},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			s := newWorld(t, c.more)
			write(t, s.DB, c.orders...)
			got, err := s.OfCustomer(t.Context(), 1)
			if err != nil || !reflect.DeepEqual(got, c.want) {
				t.Errorf("\n got %+v, %v\nwant %+v", got, err, c.want)
			}
			for _, f := range got {
				if f.KnownSales-f.Cost-f.Fees-f.Points != f.Profit {
					t.Errorf("the parts of %+v do not add up to the profit", f)
				}
			}
		})
	}
}

func TestProfitOfACampaignByVariant(t *testing.T) {
	s := newWorld(t, "")
	write(t, s.DB,
		order{id: 1, shop: 2, at: "2026-07-01", net: 1000, sku: "TEA", quantity: 1, variant: 7},
		order{id: 2, shop: 2, at: "2026-07-01", net: 2000, shipping: 600, sku: "TEA", quantity: 2, variant: 8},
		order{id: 3, shop: 2, at: "2026-07-01", net: 500, sku: "GHOST", quantity: 1, variant: 8},
		order{id: 4, shop: 2, at: "2026-07-01", net: 9000, sku: "TEA", quantity: 1}, // of no campaign
	)
	seven := profit.Part{Key: 7, Figures: profit.Figures{Currency: "JPY", Orders: 1, Costed: 1, Sales: 1000, KnownSales: 1000, Cost: 400, Profit: 600}}
	eight := profit.Part{Key: 8, Figures: profit.Figures{Currency: "JPY", Orders: 2, Costed: 1, Sales: 2500, KnownSales: 2000, Cost: 800, Profit: 1200}}
	got, err := s.OfCampaign(t.Context(), 1)
	if err != nil || !reflect.DeepEqual(got, []profit.Part{seven, eight}) {
		t.Errorf("%+v, %v", got, err)
	}
	want := []profit.Figures{{Currency: "JPY", Orders: 3, Costed: 2, Sales: 3500, KnownSales: 3000, Cost: 1200, Profit: 1800}}
	if total := profit.Total(got); !reflect.DeepEqual(total, want) || !total[0].Known() {
		t.Errorf("in all %+v, want %+v", total, want)
	}
	if _, err := s.DB.Exec("UPDATE net_sales_definitions SET shipping = true"); err != nil {
		t.Fatal(err)
	}
	if got, err := s.OfCampaign(t.Context(), 1); err != nil || got[1].Sales != 3100 || got[1].Profit != 1800 {
		t.Errorf("with shipping: %+v, %v", got, err)
	}
}
