package server

import (
	"encoding/json"
	"fmt"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/meguri-crm/meguri/crm/access"
	"github.com/meguri-crm/meguri/crm/gid"
)

const (
	tellProducts = `mutation($input: UpsertProductsInput!) { upsertProducts(input: $input) { results { sku outcome userErrors { code field } } userErrors { code field } } }`
	tellStock    = `mutation($input: UpdateStockInput!) { updateStock(input: $input) { results { shopId sku outcome quantity toldAt userErrors { code field params } } userErrors { code field } } }`
	readGoods    = `query($first: Int!, $after: String, $skus: [String!]) { goods(first: $first, after: $after, skus: $skus) {
		edges { node { sku name category stock levels { shop { id } quantity toldAt } } } pageInfo { hasNextPage endCursor } } }`
)

// A warehouse's day: it makes goods known, tells how much each shop has of them,
// also twice, at once, late and wrongly, and reads what is known.
func TestAWarehousesDay(t *testing.T) {
	p := newProgram(t)
	mall := gid.Encode("Shop", p.insert(`INSERT INTO shops (code, name, mall) VALUES ('rakuten', '楽天市場店', 'RAKUTEN') RETURNING id`))
	bearerOf := func(scopes ...access.Scope) string {
		id, secret := p.partner(fmt.Sprint("倉庫 ", scopes), scopes...)
		_, a := p.token(url.Values{"grant_type": {"client_credentials"}, "client_id": {id}, "client_secret": {secret}}.Encode())
		return a.AccessToken
	}
	p.bearer = bearerOf(access.ScopeProductsRead, access.ScopeProductsWrite, access.ScopeStockWrite)

	var told struct {
		Results []struct {
			SKU, Outcome string
			Quantity     *int64
			UserErrors   []struct {
				Code  string
				Field []string
			}
		}
	}
	said := func() string {
		var all []string
		for _, r := range told.Results {
			line := r.SKU + " " + r.Outcome
			if r.Quantity != nil {
				line += fmt.Sprint(" ", *r.Quantity)
			}
			for _, e := range r.UserErrors {
				line += " " + strings.Join(e.Field, ".") + ":" + e.Code
			}
			all = append(all, line)
		}
		return strings.Join(all, "; ")
	}
	tell := func(mutation, want string, input map[string]any) {
		t.Helper()
		if p.ask(mutation, input, &told); said() != want {
			t.Errorf("%s, want %s", said(), want)
		}
	}
	goods := map[string]any{"shopId": p.shop, "idempotencyKey": "p1", "products": []map[string]any{
		{"sku": "TEA-1", "name": "煎茶", "category": "茶", "cost": 400, "stock": 5}, {"sku": "TEA-2", "name": "玉露"}, {"sku": "GHOST"},
	}}
	for range 2 { // the second is the first
		tell(tellProducts, "TEA-1 CREATED; TEA-2 CREATED; GHOST REFUSED input.products.2.name:REQUIRED", goods)
	}

	for shop, want := range map[any]string{nil: "REQUIRED", "no id": "SHOP_UNKNOWN", gid.Encode("Shop", 99): "SHOP_UNKNOWN"} {
		if got := p.refused(tellProducts, map[string]any{"shopId": shop, "idempotencyKey": "p2", "products": goods["products"]}); got != want {
			t.Errorf("of the shop %v: %q, want %s", shop, got, want)
		}
	}

	hour := func(hours int) string {
		return time.Now().Add(time.Duration(hours) * time.Hour).UTC().Format(time.RFC3339)
	}
	level := func(shop, sku string, quantity int, toldAt any) map[string]any {
		return map[string]any{"shopId": shop, "sku": sku, "quantity": quantity, "toldAt": toldAt}
	}
	batch := map[string]any{"idempotencyKey": "s1", "levels": []any{
		level(mall, "TEA-1", 12, hour(-1)), level(p.shop, "TEA-1", 0, nil), level(mall, "TEA-2", -1, nil), level(mall, "GHOST", 1, nil),
		level(gid.Encode("Shop", 99), "TEA-1", 1, nil), level("no id", "TEA-1", 1, nil),
	}}
	for range 2 {
		tell(tellStock, "TEA-1 UPDATED 12; TEA-1 UPDATED 0; TEA-2 REFUSED input.levels.2.quantity:OUT_OF_RANGE; GHOST REFUSED input.levels.3.sku:PRODUCT_UNKNOWN; "+
			"TEA-1 REFUSED input.levels.4.shopId:SHOP_UNKNOWN; TEA-1 REFUSED input.levels.5.shopId:SHOP_UNKNOWN", batch)
	}
	one := func(key string, quantity int, toldAt any) map[string]any {
		return map[string]any{"idempotencyKey": key, "levels": []any{level(mall, "TEA-1", quantity, toldAt)}}
	}
	tell(tellStock, "TEA-1 REFUSED 12 input.levels.0.toldAt:OUTDATED", one("s2", 40, hour(-2)))
	tell(tellStock, "TEA-1 UNCHANGED 12", one("s3", 12, nil))
	many := make([]any, 501)
	for i := range many {
		many[i] = level(mall, fmt.Sprint("TEA-", i), 1, nil)
	}
	for _, c := range []struct {
		want  string
		input map[string]any
	}{
		{"IDEMPOTENCY_KEY_REUSED", one("s3", 13, nil)},
		{"REQUIRED", map[string]any{"idempotencyKey": "s4", "levels": []any{}}},
		{"TOO_MANY", map[string]any{"idempotencyKey": "s4", "levels": many}},
	} {
		if got := p.refused(tellStock, c.input); got != c.want {
			t.Errorf("%q, want %s", got, c.want)
		}
	}

	// Sixteen at once with one key are one: all get the one answer.
	answers := make([]string, 16)
	var all sync.WaitGroup
	for i := range answers {
		all.Go(func() {
			answers[i] = string(p.with(p.bearer, tellStock, map[string]any{"input": one("s5", 30, nil)}).Data)
		})
	}
	all.Wait()
	for _, a := range answers {
		if a != answers[0] || !strings.Contains(a, `"UPDATED"`) {
			t.Errorf("%s and %s", a, answers[0])
		}
	}
	var told16 int
	if err := p.app.DB.NewRaw(`SELECT count(*) FROM audit_log WHERE action = 'product.tell_stock'`).Scan(t.Context(), &told16); err != nil || told16 != 2 {
		t.Errorf("%d changes of stock are audited, %v: want that of the batch and that of the sixteen", told16, err)
	}

	// What is known, page by page.
	var page struct {
		Goods struct {
			Edges []struct {
				Node struct {
					SKU, Name, Category string
					Stock               *int64
					Levels              []struct {
						Shop     struct{ ID string }
						Quantity int64
						ToldAt   time.Time
					}
				}
			}
			PageInfo struct {
				HasNextPage bool
				EndCursor   string
			}
		}
	}
	read := func(variables map[string]any) {
		t.Helper()
		r := p.with(p.bearer, readGoods, variables)
		if err := json.Unmarshal(r.Data, &page); err != nil || len(r.Errors) > 0 || len(page.Goods.Edges) != 1 {
			t.Fatalf("%s %v, %v", r.Data, r.Errors, err)
		}
	}
	read(map[string]any{"first": 1})
	tea := page.Goods.Edges[0].Node
	if tea.SKU != "TEA-1" || tea.Name != "煎茶" || *tea.Stock != 30 || len(tea.Levels) != 2 || tea.Levels[0].Shop.ID != p.shop || tea.Levels[1].Quantity != 30 || !page.Goods.PageInfo.HasNextPage {
		t.Errorf("the first page: %+v", page)
	}
	if read(map[string]any{"first": 1, "after": page.Goods.PageInfo.EndCursor}); page.Goods.Edges[0].Node.SKU != "TEA-2" || page.Goods.Edges[0].Node.Stock != nil || len(page.Goods.Edges[0].Node.Levels) != 0 {
		t.Errorf("the second page: %+v", page)
	}
	if read(map[string]any{"first": 10, "skus": []string{"TEA-1", "GHOST"}}); page.Goods.Edges[0].Node.SKU != "TEA-1" {
		t.Errorf("by its code: %+v", page)
	}

	reader, writer := bearerOf(access.ScopeProductsRead), bearerOf(access.ScopeProductsWrite)
	for _, c := range []struct {
		bearer    string
		query     string
		variables map[string]any
	}{
		{reader, tellStock, map[string]any{"input": one("s6", 1, nil)}},
		{reader, tellProducts, map[string]any{"input": goods}},
		{reader, `{ goods(first: 1) { edges { node { sku cost } } } }`, nil},
		{writer, readGoods, map[string]any{"first": 1}},
		{writer, tellStock, map[string]any{"input": one("s6", 1, nil)}},
	} {
		r := p.with(c.bearer, c.query, c.variables)
		if len(r.Errors) != 1 || r.Errors[0].Extensions.Code != "FORBIDDEN" {
			t.Errorf("%.60s without its scope: %s %v", c.query, r.Data, r.Errors)
		}
	}
}
