package intake_test

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/meguri-crm/meguri/crm/clock"
	"github.com/meguri-crm/meguri/crm/intake"
	"github.com/meguri-crm/meguri/crm/mall"
	"github.com/meguri-crm/meguri/crm/message"
	"github.com/meguri-crm/meguri/crm/product"
	"github.com/meguri-crm/meguri/db"
	"github.com/meguri-crm/meguri/db/dbtest"
)

// everythingTold is everything that files of products, stock, costs and behaviour tell.
func everythingTold(t *testing.T, d *db.DB) []string {
	t.Helper()
	var lines []string
	err := d.NewRaw(`
		SELECT 'product ' || sku || ' ' || name || ' ' || category || ' ' || search_text FROM products
		UNION ALL SELECT 'cost ' || sku || ' ' || currency || ' ' || valid_from || ' ' || cost FROM product_costs
		UNION ALL SELECT 'stock ' || sku || ' ' || shop_id || ' ' || quantity FROM product_stock
		UNION ALL SELECT 'spent ' || campaign_id || ' ' || spent_on || ' ' || purpose || ' ' || amount FROM campaign_costs
		UNION ALL SELECT 'event ' || customer_id || ' ' || kind || ' ' || occurred_at || ' ' || data::text FROM events WHERE kind LIKE 'behaviour.%'
		UNION ALL SELECT 'day ' || customer_id || ' ' || kind || ' ' || sku || ' ' || day || ' ' || events || ' ' || last_at || ' ' || category FROM customer_behaviour
		UNION ALL SELECT 'visitor ' || visitor_id || ' ' || occurred_at FROM visitor_events
		UNION ALL SELECT 'keys ' || count(*) FROM event_keys
		UNION ALL SELECT 'suppressed ' || channel || ' ' || encode(value_hash, 'hex') || ' ' || reason || ' ' || at || ' ' || coalesce(opted_out_at::text, '') FROM suppressions
		ORDER BY 1`).Scan(t.Context(), &lines)
	if err != nil {
		t.Fatal(err)
	}
	return lines
}

func sameTold(t *testing.T, what string, got, want []string) {
	t.Helper()
	if !slices.Equal(got, want) {
		t.Errorf("%s:\n%s\nwant\n%s", what, strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// previewOf is what undoing an import would change, in a line.
func previewOf(t *testing.T, s *intake.Service, id int64) string {
	t.Helper()
	p, err := s.PreviewUndo(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	var parts []string
	for _, th := range p.Things {
		parts = append(parts, fmt.Sprintf("%s -%d ~%d =%d", th.Kind, th.Removed, th.Restored, th.Kept))
	}
	for _, b := range p.Later {
		parts = append(parts, fmt.Sprintf("because of %d: %d", b.ImportID, b.Rows))
	}
	return strings.Join(parts, ", ")
}

// agoDays is an instant so many days ago at nine in the morning in Tokyo.
func agoDays(n int) string {
	return time.Now().UTC().Truncate(24*time.Hour).AddDate(0, 0, -n).Format(time.RFC3339)
}

// tableFiles are two files of each kind: the second adds to what the first says,
// and changes some of it.
var tableFiles = map[string]struct{ first, second, undone string }{
	"products": {
		"商品コード,商品名,カテゴリー,原価,在庫数\nTEA-1,煎茶,茶,1200,10\nTEA-2,玉露,茶,,5\n",
		"商品コード,商品名,カテゴリー,原価,在庫数\nTEA-1,煎茶（新）,茶,1300,10\nTEA-2,玉露,茶,900,7\nTEA-3,番茶,茶,100,1\n",
		"PRODUCT_STOCK -1 ~1 =0, PRODUCT_COST -2 ~1 =0, PRODUCT -1 ~1 =0",
	},
	"stock": {
		"商品コード,商品名,在庫数\nTEA-1,煎茶,10\nTEA-2,玉露,\n",
		"sku,在庫数\nTEA-1,3\nTEA-2,4\n",
		"PRODUCT_STOCK -1 ~1 =0",
	},
	"costs": {
		"キャンペーン名,日付,費用,費目\n秋の新茶,2026/10/1,50000,広告\n秋の新茶,2026/10/2,3000,印刷\n",
		"キャンペーン名,日付,費用,費目\n秋の新茶,2026/10/1,60000,広告\n秋の新茶,2026/10/2,3000,印刷\n秋の新茶,2026/10/3,1,返金\n",
		"CAMPAIGN_COST -1 ~1 =0",
	},
	"events": {
		"dedupe_key,kind,occurred_at,customer_id,visitor_id,sku,name,category\n" +
			"a,VIEW," + agoDays(3) + ",1,,TEA-1,煎茶,茶\nb,VIEW," + agoDays(3) + ",,v-1,TEA-2,玉露,茶\n",
		"dedupe_key,kind,occurred_at,customer_id,visitor_id,sku,name,category\n" +
			"a,VIEW," + agoDays(3) + ",1,,TEA-1,煎茶,茶\nc,VIEW," + agoDays(3) + ",1,,TEA-1,煎茶,新茶\n" +
			"d,CART_ADD," + agoDays(2) + ",1,,TEA-3,番茶,茶\ne,VIEW," + agoDays(1) + ",,v-1,TEA-2,,\n",
		"BEHAVIOUR -3 ~0 =0, PRODUCT -1 ~1 =0",
	},
}

func newTableWorld(t *testing.T) (*db.DB, *intake.Service, *db.Shop) {
	t.Helper()
	d := dbtest.New(t)
	if _, err := d.Exec(`INSERT INTO campaigns (name) VALUES ('秋の新茶'); INSERT INTO customers DEFAULT VALUES`); err != nil {
		t.Fatal(err)
	}
	return d, withTables(d), newShop(t, d, "kyoto", mall.Store)
}

// TestUndoOfFilesOfOtherKinds: what stood before stands again, the preview has
// said what changes, and what was undone can be taken in anew.
func TestUndoOfFilesOfOtherKinds(t *testing.T) {
	for name, f := range tableFiles {
		t.Run(name, func(t *testing.T) {
			d, s, shop := newTableWorld(t)
			nothing := everythingTold(t, d)
			first := take(t, s, shop.ID, nil, f.first)
			one := everythingTold(t, d)
			second := take(t, s, shop.ID, nil, f.second)
			two := everythingTold(t, d)
			if got := previewOf(t, s, second.ID); got != f.undone {
				t.Errorf("the preview says %s, want %s", got, f.undone)
			}
			done := undo(t, s, second.ID)
			if done.UndoTotal != done.UndoRemoved+done.UndoRestored || done.UndoKept != 0 {
				t.Errorf("of %d, %d are gone, %d as before, %d stay", done.UndoTotal, done.UndoRemoved, done.UndoRestored, done.UndoKept)
			}
			sameTold(t, "undone", everythingTold(t, d), one)
			again := take(t, s, shop.ID, nil, f.second)
			sameTold(t, "taken in anew", everythingTold(t, d), two)
			undo(t, s, again.ID)
			undo(t, s, first.ID)
			sameTold(t, "all undone", everythingTold(t, d), nothing)
			if n := count(t, d, "SELECT count(*) FROM import_rows"); n != 0 {
				t.Errorf("%d rows are noted for nobody", n)
			}
		})
	}
}

// TestUndoKeepsWhatWasToldSince, by a later file or by staff, and says so.
func TestUndoKeepsWhatWasToldSince(t *testing.T) {
	d, s, shop := newTableWorld(t)
	f := tableFiles["products"]
	first := take(t, s, shop.ID, nil, f.first+"TEA-9,ほうじ茶,茶,50,\n")
	second := take(t, s, shop.ID, nil, f.second)
	costs := &product.Costs{DB: d, Clock: clock.System{}, Zone: time.UTC, Base: "JPY"}
	if err := costs.Set(t.Context(), product.Cost{SKU: "TEA-9", Amount: 60}); err != nil {
		t.Fatal(err)
	}
	two := everythingTold(t, d)
	// The stock of TEA-1 was told by nobody else. TEA-9 has a cost of staff, so that
	// it stays, too; the others were told otherwise by the second file.
	want := fmt.Sprintf("PRODUCT_STOCK -1 ~0 =1, PRODUCT_COST -0 ~0 =2, PRODUCT -0 ~0 =3, because of %d: 3", second.ID)
	if got := previewOf(t, s, first.ID); got != want {
		t.Errorf("the preview says %s, want %s", got, want)
	}
	if done := undo(t, s, first.ID); done.UndoRemoved != 1 || done.UndoRestored != 0 || done.UndoKept != 6 || done.UndoTotal != 7 {
		t.Errorf("%d are gone, %d as before, %d of %d stay", done.UndoRemoved, done.UndoRestored, done.UndoKept, done.UndoTotal)
	}
	two = slices.DeleteFunc(two, func(line string) bool { return strings.HasPrefix(line, "stock TEA-1 ") })
	sameTold(t, "what was told since", everythingTold(t, d), two)
}

// TestUndoKeepsWhatAProgramToldSince, also where it only told the same.
func TestUndoKeepsWhatAProgramToldSince(t *testing.T) {
	d, s, shop := newTableWorld(t)
	imp := take(t, s, shop.ID, nil, "商品コード,商品名,カテゴリー,原価,在庫数\nTEA-1,煎茶,茶,1200,10\nTEA-2,玉露,茶,2000,4\nTEA-3,番茶,茶,300,8\nTEA-4,ほうじ茶,茶,400,2\n")
	costs := &product.Costs{DB: d, Clock: clock.System{}, Zone: time.UTC, Base: "JPY"}
	cost, stock := int64(1200), int64(10)
	err := db.RunInTx(t.Context(), d, func(ctx context.Context, tx db.Tx) error {
		if _, err := costs.Tell(ctx, tx, shop.ID, []mall.Good{
			{SKU: "TEA-1", Name: "煎茶", Cost: &cost, Stock: &stock}, {SKU: "TEA-2", Name: "玉露（特選）"},
		}); err != nil {
			return err
		}
		_, err := costs.TellStock(ctx, tx, []product.Level{{SKU: "TEA-3", ShopID: shop.ID, Quantity: 8}})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if got, want := previewOf(t, s, imp.ID), "PRODUCT_STOCK -2 ~0 =2, PRODUCT_COST -3 ~0 =1, PRODUCT -1 ~0 =3"; got != want {
		t.Errorf("the preview says %s, want %s", got, want)
	}
	if done := undo(t, s, imp.ID); done.UndoRemoved != 6 || done.UndoRestored != 0 || done.UndoKept != 6 {
		t.Errorf("%d are gone, %d as before, %d stay", done.UndoRemoved, done.UndoRestored, done.UndoKept)
	}
	for sku, want := range map[string]string{"TEA-1": "煎茶 1200 10", "TEA-2": "玉露（特選） - -", "TEA-3": "番茶 - 8"} {
		goods, err := costs.Goods(t.Context(), product.GoodFilter{SKUs: []string{sku}}, "", 1)
		if err != nil || len(goods) != 1 {
			t.Fatalf("%s: %v, %v", sku, goods, err)
		}
		if got := fmt.Sprint(goods[0].Name, " ", orDash(goods[0].Cost), " ", orDash(goods[0].Stock)); got != want {
			t.Errorf("%s: %s, want %s", sku, got, want)
		}
	}
	if n := count(t, d, "SELECT count(*) FROM products WHERE sku = 'TEA-4'"); n != 0 {
		t.Error("what only the file told is not undone")
	}
}

func orDash(n *int64) string {
	if n == nil {
		return "-"
	}
	return fmt.Sprint(*n)
}

// TestMendOfFilesOfOtherKinds: refused rows come back mended, once, and an
// undoing puts them into the quarantine again.
func TestMendOfFilesOfOtherKinds(t *testing.T) {
	for name, c := range map[string]struct {
		content      string
		mended       *strings.Replacer
		taken, again string
	}{
		"products": {
			"商品コード,商品名,カテゴリー,原価,在庫数\nTEA-1,煎茶,茶,1200,10\nTEA-2,玉露,茶,高い,\n,番茶,,,\nTEA-1,煎茶,茶,1300,\nTEA-4,ほうじ茶,茶,1,だいぶ\n",
			strings.NewReplacer(",高い,", ",900,", "\",番茶", "\"TEA-3,番茶", ",,番茶", ",TEA-3,番茶"),
			"PRODUCTS_CSV 0+1=0 3:BAD_AMOUNT 4:MISSING_VALUE 5:REPEATED_KEY 6:BAD_QUANTITY",
			"inserted 2, updated 0, unchanged 0, quarantined 2",
		},
		"costs": {
			"キャンペーン名,日付,費用,費目\n秋の新茶,2026/10/1,50000,広告\n秋の新茶,2026/10/1,1,広告\n春,2026/10/1,1,\n秋の新茶,そのうち,1,\n",
			strings.NewReplacer(",春,", ",秋の新茶,", ",そのうち,", ",2026/10/4,"),
			"CAMPAIGN_COSTS_CSV 1+0=0 3:REPEATED_KEY 4:UNKNOWN_CAMPAIGN 5:BAD_DATE",
			"inserted 2, updated 0, unchanged 0, quarantined 1",
		},
		"behaviour": {
			`{"kind":"VIEW","occurredAt":"` + agoDays(3) + `","customerId":1,"product":{"sku":"TEA-1"}}` + "\nno json\n" +
				`{"kind":"VIEW","occurredAt":"someday","customerId":1}` + "\n" + `{"kind":"VIEW","occurredAt":"` + agoDays(2) + `","customerId":77}` + "\n",
			strings.NewReplacer("someday", agoDays(1)),
			"EVENT_LINES 1+0=0 2:BAD_JSON 3:TIME_INVALID 4:CUSTOMER_UNKNOWN",
			"inserted 1, updated 0, unchanged 0, quarantined 2",
		},
	} {
		t.Run(name, func(t *testing.T) {
			d, s, shop := newTableWorld(t)
			root := take(t, s, shop.ID, nil, c.content)
			if got := rowsOf(t, s, root); got != c.taken || intake.MendableUntil(root) == nil {
				t.Fatalf("taken in as %s, want %s", got, c.taken)
			}
			before := everythingTold(t, d)
			file := c.mended.Replace(download(t, s, root.ID))
			m := mend(t, s, root.ID, file)
			wantFigures(t, "mended", m, c.again)
			mended := everythingTold(t, d)
			if slices.Equal(mended, before) {
				t.Error("nothing came of mended rows")
			}
			if root = find(t, s, root.ID); root.RowsMended != m.RowsInserted {
				t.Errorf("%d rows are mended, want %d", root.RowsMended, m.RowsInserted)
			}
			sent := mend(t, s, root.ID, file+" ") // not the same file to the byte
			if sent.RowsInserted+sent.RowsUpdated != 0 || sent.RowsKnown != m.RowsInserted {
				t.Errorf("sent again: %s, %d known", figures(sent), sent.RowsKnown)
			}
			sameTold(t, "sent again", everythingTold(t, d), mended)
			undo(t, s, m.ID)
			sameTold(t, "the mend undone", everythingTold(t, d), before)
			if root = find(t, s, root.ID); root.RowsMended != 0 {
				t.Errorf("%d rows are still mended", root.RowsMended)
			}
			wantFigures(t, "mended anew", mend(t, s, root.ID, file), c.again)
			sameTold(t, "mended anew", everythingTold(t, d), mended)
		})
	}
}

// TestMendOnScreen takes rows that were corrected in place the same way.
func TestMendOnScreen(t *testing.T) {
	d, s, shop := newTableWorld(t)
	root := take(t, s, shop.ID, nil, "sku,商品名,在庫数\nTEA-1,煎茶,10\nTEA-2,玉露,たくさん\n")
	m, err := s.MendRows(t.Context(), root.ID, []intake.MendedRow{{Line: 3, Cells: []string{"TEA-2", "玉露", "12"}}})
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Work(t.Context()); err != nil {
		t.Fatal(err)
	}
	wantFigures(t, "mended", find(t, s, m.ID), "inserted 1, updated 0, unchanged 0, quarantined 0")
	if n := count(t, d, "SELECT quantity FROM product_stock WHERE sku = 'TEA-2'"); n != 12 {
		t.Errorf("there are %d of TEA-2", n)
	}
}

// manyGoods is a file of products that takes several batches.
func manyGoods(n int, name string) string {
	var b strings.Builder
	b.WriteString("商品番号,商品名,原価,在庫\n")
	for i := range n {
		fmt.Fprintf(&b, "P-%05d,%s%d,%d,%d\n", i, name, i, 100+i, i%7)
	}
	return b.String()
}

// TestAnUndoingThatIsKilledGoesOn: the process dies in the middle, another one
// ends what it began, and what stood before stands again.
func TestAnUndoingThatIsKilledGoesOn(t *testing.T) {
	d, s, shop := newTableWorld(t)
	const n = 12_000
	take(t, s, shop.ID, nil, manyGoods(n/2, "品"))
	before := everythingTold(t, d)
	imp := take(t, s, shop.ID, nil, manyGoods(n, "新品"))
	if _, err := s.Undo(t.Context(), imp.ID); err != nil {
		t.Fatal(err)
	}
	child := exec.Command(os.Args[0])
	child.Env = append(os.Environ(), childDSN+"="+dbtest.DSN(t, d), childWorks+"=1")
	child.Stderr = os.Stderr
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	for deadline := time.Now().Add(60 * time.Second); find(t, s, imp.ID).UndoRemoved+find(t, s, imp.ID).UndoRestored == 0; {
		if time.Now().After(deadline) {
			t.Fatal("the undoing never began")
		}
	}
	if err := child.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = child.Wait()
	half := find(t, s, imp.ID)
	if half.Status != "RUNNING" || half.UndoRemoved+half.UndoRestored >= half.UndoTotal {
		t.Fatalf("it was killed too late: %+v", half)
	}
	if _, err := d.Exec("UPDATE imports SET lease_until = now() - interval '1 second'"); err != nil { // as time would
		t.Fatal(err)
	}
	if err := s.Work(t.Context()); err != nil {
		t.Fatal(err)
	}
	done := find(t, s, imp.ID)
	if done.Status != "DONE" || done.UndoRemoved+done.UndoRestored != done.UndoTotal || done.UndoKept != 0 {
		t.Errorf("%s: %d + %d of %d, %d stay", done.Status, done.UndoRemoved, done.UndoRestored, done.UndoTotal, done.UndoKept)
	}
	sameTold(t, "undone by two", everythingTold(t, d), before)
}

// TestASuppressionListKeepsOut people of today and those who come later, by
// whatever the list knows them, until staff or an undoing ends it.
func TestASuppressionListKeepsOut(t *testing.T) {
	d, s, shop := newTableWorld(t)
	for name, header := range map[string]string{
		"a list of customers":   "氏名,メールアドレス,生年月日,登録日",
		"consents of customers": "会員番号,メールアドレス,メルマガ,理由",
	} {
		if _, err := (mall.SuppressionsCSV{}).BindTable(strings.Split(header, ",")); err == nil {
			t.Errorf("%s passes for a suppression list", name)
		}
	}
	for _, header := range []string{"email", "メールアドレス"} {
		if _, err := (mall.SuppressionsCSV{}).BindTable([]string{header}); err != nil {
			t.Errorf("addresses alone under %q are no suppression list: %v", header, err)
		}
	}
	people := "会員番号,氏名,メールアドレス,電話番号\n"
	here := people + "M-1,佐藤 花子,hanako@example.com,090-1111-2222\n"
	take(t, s, shop.ID, nil, here)
	list := "メールアドレス,会員番号,電話番号,配信停止理由,配信停止日時\n" +
		"Hanako@Example.com,,,迷惑メール報告,2026/10/01 10:00\n" + // known
		"jiro@example.com,,,本人希望,\n" + // to come
		",M-3,,,\n" +
		",,080-3333-4444,ブラックリスト,\n" +
		"jiro@example.com,,,本人希望,\n" + // twice
		"だれか,,,,\n"
	imp := take(t, s, shop.ID, nil, list)
	if got := rowsOf(t, s, imp); got != "SUPPRESSIONS_CSV 4+0=1 7:BAD_MAIL" {
		t.Fatalf("taken in as %s", got)
	}
	if again := take(t, s, shop.ID, nil, list+" "); again.RowsInserted+again.RowsUpdated != 0 {
		t.Errorf("again: %s", rowsOf(t, s, again))
	}
	take(t, s, shop.ID, nil, people+"M-2,鈴木 次郎,jiro@example.com,\nM-3,高橋 三郎,saburo@example.com,\nM-4,田中 四郎,shiro@example.com,08033334444\nM-5,伊藤 五郎,goro@example.com,\n")
	refused := func() string {
		t.Helper()
		var ids []int64
		if err := d.NewRaw("SELECT id FROM customers WHERE NOT anonymous AND email <> '' ORDER BY email").Scan(t.Context(), &ids); err != nil {
			t.Fatal(err)
		}
		asked := make([]message.Asked, len(ids))
		for i, id := range ids {
			asked[i].CustomerID = id
		}
		verdicts, err := message.NewGate(clock.System{}, time.UTC).Check(t.Context(), d, "MAIL", asked)
		if err != nil {
			t.Fatal(err)
		}
		var out []string
		for _, v := range verdicts {
			out = append(out, fmt.Sprint(slices.Contains(v.Refusals, "LAW-03")))
		}
		return strings.Join(out, " ")
	}
	if got := refused(); got != "false true true true true" {
		t.Errorf("goro, hanako, jiro, saburo, shiro are kept out: %s", got)
	}
	if got := previewOf(t, s, imp.ID); got != "SUPPRESSION -4 ~0 =0" {
		t.Errorf("the preview says %s", got)
	}
	// Jiro has unsubscribed himself since: that stays whatever becomes of the list.
	if _, err := d.NewRaw("UPDATE suppressions SET import_id = NULL WHERE value_hash = ?", message.AddressHash("jiro@example.com")).Exec(t.Context()); err != nil {
		t.Fatal(err)
	}
	if done := undo(t, s, imp.ID); done.UndoRemoved != 3 || done.UndoKept != 1 {
		t.Errorf("%d are gone, %d stay", done.UndoRemoved, done.UndoKept)
	}
	if got := refused(); got != "false false true false false" {
		t.Errorf("undone, they are kept out: %s", got)
	}
}
