package intake_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/meguri-crm/meguri/crm/clock"
	"github.com/meguri-crm/meguri/crm/event"
	"github.com/meguri-crm/meguri/crm/intake"
	"github.com/meguri-crm/meguri/crm/mall"
	"github.com/meguri-crm/meguri/crm/message"
	"github.com/meguri-crm/meguri/crm/product"
	"github.com/meguri-crm/meguri/crm/spend"
	"github.com/meguri-crm/meguri/db"
	"github.com/meguri-crm/meguri/db/dbtest"
)

func withTables(d *db.DB) *intake.Service {
	zone := time.FixedZone("JST", 9*3600)
	return newService(d, intake.Hooks{Tables: map[string]intake.Taker{
		mall.ProductsKind: &product.Costs{DB: d, Clock: clock.System{}, Zone: zone, Base: "JPY"},
		mall.EventsKind:   event.New(event.Config{DB: d, Clock: clock.System{}, Zone: zone}),
		mall.CostsKind:    &spend.Service{DB: d},

		mall.SuppressionsKind: message.Suppressions{DB: d, Clock: clock.System{}},
	}})
}

// rowsOf is what an import did with its rows, and the codes of those it refused.
func rowsOf(t *testing.T, s *intake.Service, imp *db.Import) string {
	t.Helper()
	refused, err := s.Quarantine(t.Context(), imp.ID, 0, 100)
	if err != nil {
		t.Fatal(err)
	}
	text := fmt.Sprintf("%s %d+%d=%d", imp.Format, imp.RowsInserted, imp.RowsUpdated, imp.RowsUnchanged)
	for _, r := range refused {
		text += fmt.Sprintf(" %d:%s", r.LineNo, r.Code)
	}
	return text
}

// TestFilesOfOtherKinds takes in files of products, stock, costs of campaigns and
// behaviour: each once, however often it comes, and corrected by a later one.
func TestFilesOfOtherKinds(t *testing.T) {
	d := dbtest.New(t)
	s := withTables(d)
	shop := newShop(t, d, "kyoto", mall.Store)
	if _, err := d.Exec(`INSERT INTO campaigns (name) VALUES ('秋の新茶'), ('同じ名'), ('同じ名'); INSERT INTO customers DEFAULT VALUES`); err != nil {
		t.Fatal(err)
	}
	yesterday := time.Now().Add(-24 * time.Hour).UTC().Format(time.RFC3339)
	for _, c := range []struct{ what, content, want string }{
		{"products", "商品コード,商品名,カテゴリー,原価,在庫数\nTEA-1,煎茶,茶,\"￥1,200\",１０\nTEA-2,玉露,茶,,\nTEA-3,番茶,,安い,\n,名だけ,,,\n", "PRODUCTS_CSV 2+0=0 4:BAD_AMOUNT 5:MISSING_VALUE"},
		{"products again", "商品コード,商品名,カテゴリー,原価,在庫数\nTEA-1,煎茶,茶,1200,10\nTEA-2,玉露（特選）,茶,800,\n", "PRODUCTS_CSV 0+1=1"},
		{"stock", "sku,在庫数\nTEA-1,3\nTEA-2,-1\nGHOST,1\nTEA-1,たくさん\n", "STOCK_CSV 0+2=0 4:UNKNOWN_PRODUCT 5:BAD_QUANTITY"},
		{"costs", "キャンペーン名,日付,費用,費目\n秋の新茶,2026/10/1,\"50,000\",広告\n秋の新茶,2026/10/1,3000,印刷\n秋の新茶,2026/10/1,1,広告\n同じ名,2026/10/1,1,\nない,2026/10/1,1,\n秋の新茶,そのうち,1,\n秋の新茶,2026/10/2,-5000,返金\n", "CAMPAIGN_COSTS_CSV 3+0=0 4:REPEATED_KEY 5:UNKNOWN_CAMPAIGN 6:UNKNOWN_CAMPAIGN 7:BAD_DATE"},
		{"costs corrected", "施策,日,金額,費目\n秋の新茶,2026-10-01,60000,広告\n秋の新茶,2026-10-01,3000,印刷\n", "CAMPAIGN_COSTS_CSV 0+1=1"},
		{"events", `{"kind":"VIEW","occurredAt":"` + yesterday + `","customerId":1,"product":{"sku":"TEA-1"}}` + "\nno json\n" + `{"kind":"VIEW","occurredAt":"someday","customerId":1}` + "\n", "EVENT_LINES 1+0=0 2:BAD_JSON 3:TIME_INVALID"},
		{"events in a table", "dedupe_key,kind,occurred_at,customer_id,sku\na,VIEW," + yesterday + ",1,TEA-1\na,VIEW," + yesterday + ",1,TEA-1\n", "EVENTS_CSV 1+0=1"},
	} {
		imp := take(t, s, shop.ID, nil, c.content)
		if got := rowsOf(t, s, imp); got != c.want || intake.Undoable(imp) == nil {
			t.Errorf("%s: %s, want %s", c.what, got, c.want)
		}
	}
	costs := &product.Costs{DB: d}
	if stock, err := costs.Levels(t.Context(), []string{"TEA-1"}); err != nil || len(stock["TEA-1"]) != 1 || stock["TEA-1"][0].Quantity != 3 || stock["TEA-1"][0].ShopID != shop.ID {
		t.Errorf("of TEA-1 there are %+v, %v", stock, err)
	}
	if list, err := costs.Of(t.Context(), "TEA-1"); err != nil || len(list) != 1 || list[0].Amount != 1200 {
		t.Errorf("TEA-1 costs %+v, %v", list, err)
	}
	if spent, err := (&spend.Service{DB: d}).OfCampaign(t.Context(), 1); err != nil || len(spent) != 1 || spent[0] != (spend.Sum{Currency: "JPY", Amount: 58_000, Entries: 3}) {
		t.Errorf("the campaign cost %+v, %v", spent, err)
	}
	if n := count(t, d, "SELECT count(*) FROM events WHERE kind = 'behaviour.viewed'"); n != 2 {
		t.Errorf("%d views, want 2", n)
	}
}

// TestAFileOfProductsGoesOn applies a long file in batches, and the same again
// as nothing new.
func TestAFileOfProductsGoesOn(t *testing.T) {
	d := dbtest.New(t)
	s := withTables(d)
	shop := newShop(t, d, "kyoto", mall.Store)
	var file strings.Builder
	file.WriteString("商品番号,商品名,在庫\n")
	for i := range 2_500 {
		fmt.Fprintf(&file, "P-%d,品%d,%d\n", i, i, i%7)
	}
	for _, want := range []string{"PRODUCTS_CSV 2500+0=0", "PRODUCTS_CSV 0+0=2500"} {
		imp := take(t, s, shop.ID, nil, file.String())
		if got := rowsOf(t, s, imp); got != want || imp.AppliedTo != 2_501 {
			t.Errorf("%s up to line %d, want %s", got, imp.AppliedTo, want)
		}
	}
}
