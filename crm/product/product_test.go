package product_test

import (
	"slices"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/meguri-crm/meguri/crm/product"
	"github.com/meguri-crm/meguri/db/dbtest"
)

func TestLearnAndSearch(t *testing.T) {
	d := dbtest.New(t)
	ctx := t.Context()
	s := product.New(d)
	_, err := d.Exec(`INSERT INTO shops (code, name, mall) VALUES ('s', 's', 'STORE');
		INSERT INTO order_lines (customer_id, order_id, line_key, sku, name, unit_price, quantity, amount)
		SELECT n, n, '1', 'TEA-' || n % 3, '煎茶 ' || n % 3 || '号', 1, 1, 1 FROM generate_series(1, 30) n;
		INSERT INTO order_lines (customer_id, order_id, line_key, sku, name, unit_price, quantity, amount) VALUES (1, 99, '1', '', 'no code', 1, 1, 1)`)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []int64{3, 0} {
		if n, err := s.Learn(ctx); err != nil || n != want {
			t.Fatalf("learned %d, %v, want %d", n, err, want)
		}
	}
	err = pgx.BeginFunc(ctx, d.Pool, func(tx pgx.Tx) error {
		return product.Keep(ctx, tx, []product.Product{
			{SKU: "CUP_1", Name: "湯呑 100%", Category: "器", SeenAt: time.Unix(2, 0)}, {SKU: "TEA-1", Name: "特上煎茶", Category: "お茶", SeenAt: time.Unix(1, 0)},
		})
	})
	if err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string][]string{
		"": {"CUP_1", "TEA-1", "TEA-0", "TEA-2"}, "ｔｅａ": {"TEA-0", "TEA-1", "TEA-2"}, "煎茶 tea-1": {"TEA-1"}, "100%": {"CUP_1"}, "p_1": {"CUP_1"}, "a_1": nil,
	} {
		found, err := s.Search(ctx, text, 10)
		if got := skus(found); err != nil || !slices.Equal(got, want) {
			t.Errorf("%q: %v, %v, want %v", text, got, err, want)
		}
	}
	if got, err := s.Categories(ctx, 10); err != nil || !slices.Equal(got, []string{"お茶", "器"}) {
		t.Errorf("categories %v, %v", got, err)
	}
	if got, err := s.BySKUs(ctx, []string{"TEA-1", "NONE"}); err != nil || len(got) != 1 || got[0].Name != "特上煎茶" {
		t.Errorf("by code: %v, %v", got, err)
	}
}

func skus(products []product.Product) (list []string) {
	for _, p := range products {
		list = append(list, p.SKU)
	}
	return list
}
