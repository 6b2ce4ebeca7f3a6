package product_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/meguri-crm/meguri/crm/clock"
	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/crm/product"
	"github.com/meguri-crm/meguri/db"
	"github.com/meguri-crm/meguri/db/dbtest"
)

func newCosts(t *testing.T) (*product.Costs, *db.DB) {
	t.Helper()
	d := dbtest.New(t)
	_, err := d.Exec(`INSERT INTO shops (code, name, mall) VALUES ('s', 's', 'STORE');
		INSERT INTO products (sku, name, search_text, seen_at) VALUES ('CUP-1', '湯呑', 'cup-1 湯呑', now()), ('TEA-1', '煎茶', 'tea-1 煎茶', now()), ('TEA-2', '玉露', 'tea-2 玉露', now());
		INSERT INTO orders (customer_id, id, shop_id, order_no, status, ordered_at, currency, content_hash) VALUES
			(1, 1, 1, 'a', 'SHIPPED', '2026-01-01', 'JPY', 'x'), (1, 2, 1, 'b', 'SHIPPED', '2026-05-01', 'JPY', 'x');
		INSERT INTO order_lines (customer_id, order_id, line_key, sku, unit_price, quantity, amount) VALUES (1, 1, '1', 'TEA-1', 900, 1, 900), (1, 2, '1', 'TEA-1', 1000, 1, 1000)`)
	if err != nil {
		t.Fatal(err)
	}
	zone := time.FixedZone("JST", 9*3600)
	return &product.Costs{DB: d, Clock: &clock.Fixed{T: time.Date(2026, 11, 22, 3, 0, 0, 0, time.UTC)}, Zone: zone, Base: "JPY"}, d
}

func day(s string) time.Time {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		panic(err)
	}
	return t
}

func TestGoodsTellWhatIsKnownToday(t *testing.T) {
	costs, _ := newCosts(t)
	ctx := t.Context()
	for _, c := range []product.Cost{
		{SKU: "TEA-1", Amount: 400},
		{SKU: "TEA-1", From: day("2026-06-01"), Amount: 450},
		{SKU: "TEA-1", From: day("2026-11-23"), Amount: 500},
		{SKU: "TEA-2", Currency: "USD", Amount: 300},
		{SKU: "CUP-1", Amount: 0},
	} {
		if err := costs.Set(ctx, c); err != nil {
			t.Fatal(err)
		}
	}
	goods, err := costs.Goods(ctx, product.GoodFilter{}, "", 10)
	if err != nil || len(goods) != 3 {
		t.Fatal(goods, err)
	}
	cup, tea, gyokuro := goods[0], goods[1], goods[2]
	if cup.Cost == nil || *cup.Cost != 0 || cup.Price != nil {
		t.Errorf("what costs nothing is known to: %+v", cup)
	}
	if tea.Cost == nil || *tea.Cost != 450 || tea.Costs != 3 || tea.Price == nil || *tea.Price != 1000 || !tea.From.Equal(day("2026-06-01")) {
		t.Errorf("today's cost and the last price: %+v", tea)
	}
	if gyokuro.Cost != nil || !gyokuro.OtherCurrency {
		t.Errorf("a cost in another currency passes for one: %+v", gyokuro)
	}
	unknown, err := costs.Goods(ctx, product.GoodFilter{Unknown: true}, "", 10)
	if err != nil || len(unknown) != 1 || unknown[0].SKU != "TEA-2" {
		t.Errorf("without a cost: %v, %v", unknown, err)
	}
	found, err := costs.Goods(ctx, product.GoodFilter{Search: "ｔｅａ"}, "TEA-1", 10)
	if err != nil || len(found) != 1 || found[0].SKU != "TEA-2" {
		t.Errorf("teas after the first: %v, %v", found, err)
	}
	if products, costed, err := costs.Coverage(ctx); err != nil || products != 3 || costed != 2 {
		t.Errorf("%d of %d are known, %v", costed, products, err)
	}
	if list, err := costs.Of(ctx, "TEA-1"); err != nil || len(list) != 3 || list[0].Amount != 500 {
		t.Errorf("the costs of a tea: %v, %v", list, err)
	}
	if err := costs.Remove(ctx, product.Cost{SKU: "TEA-1", Currency: "JPY", From: day("2026-06-01")}); err != nil {
		t.Fatal(err)
	}
	if found, err := costs.Goods(ctx, product.GoodFilter{Search: "TEA-1"}, "", 1); err != nil || *found[0].Cost != 400 {
		t.Errorf("what was before holds again: %+v, %v", found, err)
	}
}

func TestACostIsCheckedAndAudited(t *testing.T) {
	costs, d := newCosts(t)
	for name, c := range map[string]struct {
		cost product.Cost
		code string
	}{
		"below nothing":   {product.Cost{SKU: "TEA-1", Amount: -1}, "RANGE"},
		"beyond measure":  {product.Cost{SKU: "TEA-1", Amount: 1_000_000_000_001}, "RANGE"},
		"of a ghost good": {product.Cost{SKU: "GHOST", Amount: 1}, "NOT_FOUND"},
	} {
		var f *fault.Error
		if err := costs.Set(t.Context(), c.cost); !errors.As(err, &f) || f.CodeOrKind() != c.code {
			t.Errorf("%s: %v, want %s", name, err, c.code)
		}
	}
	for _, amount := range []int64{400, 400, 410} {
		if err := costs.Set(t.Context(), product.Cost{SKU: "TEA-1", Amount: amount}); err != nil {
			t.Fatal(err)
		}
	}
	var entries []string
	if err := d.NewRaw(`SELECT coalesce(detail->>'was', '-') || '→' || (detail->>'cost') FROM audit_log WHERE action = 'product.set_cost' ORDER BY id`).Scan(t.Context(), &entries); err != nil {
		t.Fatal(err)
	}
	if got := strings.Join(entries, " "); got != "-→400 400→410" {
		t.Errorf("the audit log tells %q: what changes nothing is no change", got)
	}
}

func TestAFileOfCosts(t *testing.T) {
	costs, d := newCosts(t)
	ctx := t.Context()
	if err := costs.Set(ctx, product.Cost{SKU: "CUP-1", Amount: 800}); err != nil {
		t.Fatal(err)
	}
	const file = "\uFEFF商品コード,商品名,原価,適用開始日,通貨\r\n" +
		"TEA-1,煎茶,\"￥1,200\",,\r\n" + // 2: added
		"TEA-1,煎茶,１３００,2026/4/1,jpy\r\n" + // 3: added
		"TEA-1,煎茶,9.99,,USD\r\n" + // 4: added
		"CUP-1,湯呑,800,,\r\n" + // 5: the same
		"TEA-2,玉露,,,\r\n" + // 6: nothing said
		"\r\n" +
		"TEA-2,玉露,高い,,\r\n" + // 8
		"TEA-2,玉露,-1,,\r\n" +
		"TEA-2,玉露,1,来年,\r\n" +
		"TEA-2,玉露,1,,YEN\r\n" +
		",名なし,1,,\r\n" +
		"GHOST,幻,1,,\r\n" +
		"TEA-1,煎茶,5,,\r\n" // 14: told twice
	wantFlaws := "[{8 BAD_COST 高い} {9 BAD_COST -1} {10 BAD_DATE 来年} {11 BAD_CURRENCY YEN} {12 SKU_MISSING 1} {14 TWICE TEA-1} {13 UNKNOWN_SKU GHOST}]"
	for _, apply := range []bool{false, true} {
		r, err := costs.Import(ctx, file, apply)
		if err != nil {
			t.Fatal(err)
		}
		if r.Lines != 11 || r.Added != 3 || r.Changed != 0 || r.Same != 1 || r.Refused != 7 || fmt.Sprint(r.Flaws) != wantFlaws {
			t.Errorf("applied %v: %+v", apply, r)
		}
		var n, entries int
		if err := d.NewRaw(`SELECT (SELECT count(*) FROM product_costs), (SELECT count(*) FROM audit_log WHERE action = 'product.import_costs')`).Scan(ctx, &n, &entries); err != nil {
			t.Fatal(err)
		}
		if want := map[bool]int{false: 1, true: 4}[apply]; n != want || (entries == 1) != apply {
			t.Errorf("applied %v: %d costs stand there, want %d; %d entries in the audit log", apply, n, want, entries)
		}
	}
	again, err := costs.Import(ctx, "sku,cost\nTEA-1,1250\nCUP-1,800\n", true)
	if err != nil || again.Added != 0 || again.Changed != 1 || again.Same != 1 || *again.Sample[0].Was != 1200 {
		t.Errorf("a correction: %+v, %v", again, err)
	}
	list, err := costs.Of(ctx, "TEA-1")
	if err != nil || fmt.Sprint(amounts(list)) != "[JPY1300 JPY1250 USD999]" {
		t.Errorf("the tea costs %v, %v", amounts(list), err)
	}
	for name, c := range map[string]struct{ file, code string }{
		"nothing":        {"", "BAD_CSV"},
		"no cost column": {"商品コード,名前\nTEA-1,x\n", "MISSING_COLUMNS"},
		"too long":       {"sku,cost\n" + strings.Repeat("x", product.MaxCostFile), "TOO_LARGE"},
		"too many":       {"sku,cost\n" + strings.Repeat("TEA-1,1\n", 20_001), "TOO_MANY"},
	} {
		var f *fault.Error
		if _, err := costs.Import(ctx, c.file, false); !errors.As(err, &f) || f.CodeOrKind() != c.code || f.Field != "file" {
			t.Errorf("%s: %v, want %s at file", name, err, c.code)
		}
	}
}

func amounts(costs []product.Cost) (list []string) {
	for _, c := range costs {
		list = append(list, fmt.Sprint(c.Currency, c.Amount))
	}
	return list
}
