package product_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/meguri-crm/meguri/crm/clock"
	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/crm/mall"
	"github.com/meguri-crm/meguri/crm/product"
	"github.com/meguri-crm/meguri/db"
)

func inTx[T any](t *testing.T, d *db.DB, act func(ctx context.Context, tx db.Tx) (T, error)) (answer T, err error) {
	t.Helper()
	err = db.RunInTx(t.Context(), d, func(ctx context.Context, tx db.Tx) (err error) {
		answer, err = act(ctx, tx)
		return err
	})
	return answer, err
}

// tellStock tells levels, and says in short what became of them.
func tellStock(t *testing.T, costs *product.Costs, levels ...product.Level) string {
	t.Helper()
	told, err := inTx(t, costs.DB, func(ctx context.Context, tx db.Tx) ([]product.ToldLevel, error) {
		return costs.TellStock(ctx, tx, levels)
	})
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for _, l := range told {
		holds := "nothing"
		if l.Quantity != nil {
			holds = fmt.Sprint(*l.Quantity, " ", l.ToldAt.UTC().Format(time.DateTime))
		}
		all = append(all, fmt.Sprint(l.Outcome, " ", holds, codes(l.Faults)))
	}
	return strings.Join(all, "; ")
}

func codes(faults []*fault.Error) (all string) {
	for _, f := range faults {
		all += " " + f.Field + ":" + f.Code
	}
	return all
}

func TestStockThatIsTold(t *testing.T) {
	costs, d := newCosts(t)
	if _, err := d.Exec(`INSERT INTO shops (code, name, mall, archived_at) VALUES ('old', 'old', 'STORE', now())`); err != nil {
		t.Fatal(err)
	}
	now := costs.Clock.Now()
	at := func(hours int) time.Time { return now.Add(time.Duration(hours) * time.Hour) }
	level := func(sku string, quantity int64, at time.Time) product.Level {
		return product.Level{SKU: sku, ShopID: 1, Quantity: quantity, ToldAt: at}
	}
	for _, c := range []struct {
		what   string
		levels []product.Level
		want   string
	}{
		{"two", []product.Level{level(" TEA-1 ", 10, at(-5)), level("TEA-2", 0, time.Time{})}, "UPDATED 10 2026-11-21 22:00:00; UPDATED 0 2026-11-22 03:00:00"},
		{"the same, later", []product.Level{level("TEA-1", 10, at(-3))}, "UNCHANGED 10 2026-11-22 00:00:00"},
		{"what was overtaken", []product.Level{level("TEA-1", 7, at(-4))}, "REFUSED 10 2026-11-22 00:00:00 toldAt:OUTDATED"},
		{"at the same instant", []product.Level{level("TEA-1", 8, at(-3))}, "UPDATED 8 2026-11-22 00:00:00"},
		{"a clock that is ahead", []product.Level{level("TEA-1", 6, at(9))}, "UPDATED 6 2026-11-22 03:00:00"},
		{"good and bad", []product.Level{
			level("CUP-1", 3, time.Time{}), level("GHOST", 1, time.Time{}), level("", 1, time.Time{}), level("TEA-1", -1, at(25)), level("CUP-1", 4, time.Time{}),
			{SKU: "TEA-1", ShopID: 99, Quantity: 1},
			{SKU: "TEA-1", ShopID: 2, Quantity: 1_000_000_001},
			level("TEA\x00", 1, time.Time{}),
		}, "UPDATED 3 2026-11-22 03:00:00; REFUSED nothing sku:PRODUCT_UNKNOWN; REFUSED nothing sku:REQUIRED; REFUSED 6 2026-11-22 03:00:00 quantity:OUT_OF_RANGE toldAt:OUT_OF_RANGE; " +
			"REFUSED nothing sku:REPEATED; REFUSED nothing shopId:SHOP_UNKNOWN; REFUSED nothing shopId:SHOP_ARCHIVED quantity:OUT_OF_RANGE; REFUSED nothing sku:TOO_LONG"},
	} {
		if got := tellStock(t, costs, c.levels...); got != c.want {
			t.Errorf("%s:\n%s, want\n%s", c.what, got, c.want)
		}
	}
	levels, err := costs.Levels(t.Context(), []string{"TEA-1", "CUP-1", "GHOST"})
	if err != nil || len(levels) != 2 || levels["TEA-1"][0].Quantity != 6 || levels["CUP-1"][0].Quantity != 3 {
		t.Errorf("there are %v, %v", levels, err)
	}
	var audited []string
	if err := d.NewRaw(`SELECT detail->>'changed' FROM audit_log WHERE action = 'product.tell_stock' ORDER BY id`).Scan(t.Context(), &audited); err != nil || strings.Join(audited, " ") != "2 1 1 1" {
		t.Errorf("the audit log tells of %v changes, %v", audited, err)
	}
}

func TestProductsThatAreTold(t *testing.T) {
	costs, d := newCosts(t)
	yen := func(n int64) *int64 { return &n }
	tell := func(shop int64, goods ...mall.Good) string {
		t.Helper()
		told, err := inTx(t, d, func(ctx context.Context, tx db.Tx) ([]product.Told, error) { return costs.Tell(ctx, tx, shop, goods) })
		var f *fault.Error
		if errors.As(err, &f) {
			return f.Field + ":" + f.Code
		}
		if err != nil {
			t.Fatal(err)
		}
		var all []string
		for _, p := range told {
			all = append(all, string(p.Outcome)+codes(p.Faults))
		}
		return strings.Join(all, "; ")
	}
	costs.Clock = &clock.Fixed{T: time.Now().Add(time.Hour)} // the names that are known are of now
	hojicha := mall.Good{SKU: " TEA-9 ", Name: "ほうじ茶", Category: "茶", Cost: yen(300), Stock: yen(5)}
	for _, c := range []struct {
		what  string
		shop  int64
		goods []mall.Good
		want  string
	}{
		{"a new one, one renamed, one of which only the cost is told", 1, []mall.Good{hojicha, {SKU: "TEA-1", Name: "煎茶（上）"}, {SKU: "TEA-2", Cost: yen(800), From: day("2026-06-01")}}, "CREATED; UPDATED; UPDATED"},
		{"the same again", 1, []mall.Good{hojicha, {SKU: "TEA-1", Name: "煎茶（上）"}}, "UNCHANGED; UNCHANGED"},
		{"costs from several days", 0, []mall.Good{{SKU: "TEA-2", Cost: yen(800), From: day("2026-06-01")}, {SKU: "TEA-2", Cost: yen(850), From: day("2026-09-01")}}, "UNCHANGED; UPDATED"},
		{"good and bad", 0, []mall.Good{
			{SKU: "GHOST"},
			{SKU: "", Name: "名だけ", Currency: "YEN"},
			{SKU: "TEA-1", Cost: yen(-1)},
			{SKU: "CUP-1", Cost: yen(1)},
			{SKU: "CUP-1", Cost: yen(2)},
			{SKU: "TEA-1", Name: strings.Repeat("茶", 200), From: day("1969-12-31")},
		}, "REFUSED name:REQUIRED; REFUSED sku:REQUIRED currency:CURRENCY_UNKNOWN; REFUSED cost:OUT_OF_RANGE; UPDATED; REFUSED costFrom:REPEATED; REFUSED name:TOO_LONG costFrom:OUT_OF_RANGE"},
		{"stock below nothing", 1, []mall.Good{{SKU: "TEA-1", Stock: yen(-1)}}, "REFUSED stock:OUT_OF_RANGE"},
		{"stock of no shop", 0, []mall.Good{{SKU: "TEA-1", Stock: yen(1)}}, "shopId:REQUIRED"},
		{"stock of an unknown shop", 99, []mall.Good{{SKU: "TEA-1", Stock: yen(1)}}, "shopId:SHOP_UNKNOWN"},
	} {
		if got := tell(c.shop, c.goods...); got != c.want {
			t.Errorf("%s: %s, want %s", c.what, got, c.want)
		}
	}
	goods, err := costs.Goods(t.Context(), product.GoodFilter{SKUs: []string{"TEA-1", "TEA-2", "TEA-9"}}, "", 10)
	if err != nil || len(goods) != 3 {
		t.Fatalf("%v, %v", goods, err)
	}
	if tea := goods[2]; tea.Name != "ほうじ茶" || tea.Category != "茶" || *tea.Cost != 300 || *tea.Stock != 5 {
		t.Errorf("the new one: %+v", tea)
	}
	if goods[0].Name != "煎茶（上）" || *goods[1].Cost != 850 || goods[1].Costs != 2 {
		t.Errorf("the others: %+v", goods[:2])
	}
	if _, err := costs.Goods(t.Context(), product.GoodFilter{SKUs: make([]string, product.MaxSKUs+1)}, "", 10); !fault.Is(err, fault.Invalid) {
		t.Errorf("too many codes: %v", err)
	}
}
