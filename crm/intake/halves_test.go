package intake_test

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/encoding/japanese"

	"github.com/meguri-crm/meguri/crm/intake"
	"github.com/meguri-crm/meguri/crm/mall"
	"github.com/meguri-crm/meguri/db"
	"github.com/meguri-crm/meguri/db/dbtest"
)

// exported is a golden file of crm/mall as its mall writes it.
func exported(t *testing.T, name string, change ...string) string {
	t.Helper()
	text, err := os.ReadFile("../mall/testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	raw, err := japanese.ShiftJIS.NewEncoder().String(strings.NewReplacer(change...).Replace(string(text)))
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

// money is every order with its money and its buyer, and every line.
func money(t *testing.T, d *db.DB) []string {
	t.Helper()
	var rows []string
	err := d.NewRaw(`SELECT o.order_no || ' ' || o.status || ' goods ' || o.goods_amount || ' shipping ' || o.shipping_amount || ' fee ' || o.fee_amount
			|| ' tax ' || o.tax_amount || ' shop ' || o.shop_coupon || ' mall ' || o.mall_coupon || ' points ' || o.points_used || ' total ' || o.total_amount
			|| ' net ' || o.net_sales || ' quantity ' || o.quantity || ' codes ' || o.coupon_codes::text || ' gift ' || o.gift || ' by '
			|| CASE WHEN c.anonymous THEN 'nobody' ELSE c.family_name || c.given_name END || ' lines '
			|| (SELECT string_agg(line_key || '=' || sku || '*' || l.quantity || '=' || amount, ' ' ORDER BY line_key) FROM order_lines l
				WHERE l.customer_id = o.customer_id AND l.order_id = o.id)
		FROM orders o JOIN customers c ON c.id = o.customer_id ORDER BY o.order_no`).Scan(t.Context(), &rows)
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

func waiting(t *testing.T, s *intake.Service, importID int64) int64 {
	t.Helper()
	n, err := s.Waiting(t.Context(), importID)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// TestTheTwoHalvesOfAnOrder: whichever half is first, the order is the same;
// until the other is there it counts nowhere; sent again they change nothing.
func TestTheTwoHalvesOfAnOrder(t *testing.T) {
	for _, c := range []struct {
		mall   mall.Mall
		halves [2]string
		alone  [2]int64 // orders that count with one half only
		want   []string
	}{
		{mall.Yahoo, [2]string{"yahoo_orders.csv", "yahoo_items.csv"}, [2]int64{0, 0}, []string{
			"meguri-10000001 COMPLETED goods 5500 shipping 550 fee 330 tax 0 shop 300 mall 200 points 100 total 6380 net 5200 quantity 3 codes {SPRING} gift false by 髙﨑花子 lines 1=sh-1-blue-m*2=4000 2=so-1*1=1500",
			"meguri-10000002 PLACED goods 3000 shipping 0 fee 220 tax 0 shop 100 mall 0 points 0 total 3220 net 2900 quantity 1 codes {} gift true by 齋藤太郎 lines 1=ha-1*1=3000",
			"meguri-10000003 CANCELLED goods 2000 shipping 0 fee 0 tax 0 shop 0 mall 0 points 0 total 2000 net 0 quantity 1 codes {} gift false by 髙﨑花子 lines 1=sh-1*1=2000",
		}},
		{mall.Amazon, [2]string{"amazon_orders.txt", "amazon_unshipped.txt"}, [2]int64{4, 0}, []string{
			"249-0000001-0000001 SHIPPED goods 5500 shipping 550 fee 330 tax 579 shop 400 mall 0 points 0 total 6380 net 5100 quantity 3 codes {} gift false by 髙﨑花子 lines SH-1#1=SH-1*2=4000 SO-1#1=SO-1*1=1500",
			"249-0000002-0000002 PLACED goods 3000 shipping 0 fee 0 tax 322 shop 0 mall 0 points 0 total 3000 net 3000 quantity 1 codes {} gift true by 齋藤太郎 lines HA-1#1=HA-1*1=3000",
			"249-0000003-0000003 CANCELLED goods 0 shipping 0 fee 0 tax 0 shop 0 mall 0 points 0 total 0 net 0 quantity 0 codes {} gift false by nobody lines SH-1#1=SH-1*0=0",
			"249-0000004-0000004 PLACED goods 0 shipping 0 fee 0 tax 0 shop 0 mall 0 points 0 total 0 net 0 quantity 1 codes {} gift false by nobody lines SH-1#1=SH-1*1=0",
		}},
	} {
		for first := range 2 {
			t.Run(fmt.Sprintf("%s, %s first", c.mall, c.halves[first]), func(t *testing.T) {
				d := dbtest.New(t)
				s := newService(d, intake.Hooks{})
				shop := newShop(t, d, "shop", c.mall)
				one := take(t, s, shop.ID, nil, exported(t, c.halves[first]))
				if one.OrdersCount+one.CancellationsCount != c.alone[first] {
					t.Errorf("%d orders count with %s alone, want %d", one.OrdersCount+one.CancellationsCount, c.halves[first], c.alone[first])
				}
				if n := waiting(t, s, one.ID); (n > 0) != (c.alone[first] == 0) {
					t.Errorf("%d orders wait", n)
				}
				other := take(t, s, shop.ID, nil, exported(t, c.halves[1-first]))
				if one.RowsInserted == 0 || other.RowsInserted == 0 || one.RowsUpdated+other.RowsUpdated != 0 {
					t.Errorf("%+v and %+v", one, other)
				}
				if n := waiting(t, s, one.ID) + waiting(t, s, other.ID); n != 0 {
					t.Errorf("%d orders still wait", n)
				}
				same(t, money(t, d), c.want)
				rollupsEqualARecount(t, d)
				for _, half := range c.halves {
					again := take(t, s, shop.ID, nil, exported(t, half))
					if again.RowsInserted+again.RowsUpdated != 0 || again.RowsUnchanged == 0 {
						t.Errorf("%s again: %d inserted, %d updated, %d unchanged", half, again.RowsInserted, again.RowsUpdated, again.RowsUnchanged)
					}
				}
				same(t, money(t, d), c.want)
			})
		}
	}
}

// TestAHalfThatChanges: a later export of one half changes what that half
// tells, and lines that it no longer has are gone.
func TestAHalfThatChanges(t *testing.T) {
	d := dbtest.New(t)
	s := newService(d, intake.Hooks{})
	shop := newShop(t, d, "shop", mall.Yahoo)
	take(t, s, shop.ID, nil, exported(t, "yahoo_orders.csv"))
	take(t, s, shop.ID, nil, exported(t, "yahoo_items.csv"))
	before := money(t, d)

	cancelled := take(t, s, shop.ID, nil, exported(t, "yahoo_orders.csv", "2024/03/02 23:59:59,,,2", "2024/03/02 23:59:59,,,4"))
	if cancelled.RowsUpdated != 1 || cancelled.RowsInserted != 0 || cancelled.RowsUnchanged != 2 || cancelled.CancellationsCount != 2 {
		t.Errorf("%d inserted, %d updated, %d unchanged", cancelled.RowsInserted, cancelled.RowsUpdated, cancelled.RowsUnchanged)
	}
	items := strings.Split(exported(t, "yahoo_items.csv"), "\n")
	fewer := take(t, s, shop.ID, nil, strings.Join(slices.Delete(items, 2, 3), "\n"))
	if fewer.RowsUpdated != 1 || fewer.RowsInserted != 0 {
		t.Errorf("one line less: %d inserted, %d updated, %d unchanged", fewer.RowsInserted, fewer.RowsUpdated, fewer.RowsUnchanged)
	}
	after := money(t, d)
	if !strings.HasPrefix(after[0], "meguri-10000001 COMPLETED goods 4000 ") || !strings.HasSuffix(after[0], " lines 1=sh-1-blue-m*2=4000") ||
		!strings.HasPrefix(after[1], "meguri-10000002 CANCELLED goods 3000 ") || after[2] != before[2] {
		t.Errorf("%q", after)
	}
	rollupsEqualARecount(t, d)
	take(t, s, shop.ID, nil, exported(t, "yahoo_orders.csv"))
	take(t, s, shop.ID, nil, exported(t, "yahoo_items.csv"))
	same(t, money(t, d), before)
}

// TestUndoOfHalves: the half of a file that is undone is gone, the other waits
// again or stands as it did; a half that another file built on is kept.
func TestUndoOfHalves(t *testing.T) {
	d := dbtest.New(t)
	s := newService(d, intake.Hooks{})
	shop := newShop(t, d, "shop", mall.Yahoo)
	orders := take(t, s, shop.ID, nil, exported(t, "yahoo_orders.csv"))
	items := take(t, s, shop.ID, nil, exported(t, "yahoo_items.csv"))
	whole := money(t, d)
	later := take(t, s, shop.ID, nil, exported(t, "yahoo_orders.csv", "2024/03/02 23:59:59,,,2", "2024/03/02 23:59:59,,,4"))
	if p, err := s.PreviewUndo(t.Context(), orders.ID); err != nil || p.Removed != 0 || p.Kept != 3 || len(p.Later) != 2 {
		t.Fatalf("of the order file: %+v, %v", p, err)
	}
	if done := undo(t, s, later.ID); done.UndoRestored != 1 || done.UndoRemoved != 0 {
		t.Errorf("%+v", done)
	}
	same(t, money(t, d), whole)
	if again := take(t, s, shop.ID, nil, exported(t, "yahoo_orders.csv")); again.RowsUnchanged != 3 {
		t.Errorf("the order file that holds again: %d unchanged", again.RowsUnchanged)
	}
	if done := undo(t, s, items.ID); done.UndoRemoved != 3 {
		t.Errorf("%+v", done)
	}
	if n := waiting(t, s, orders.ID); n != 3 || len(money(t, d)) != 0 {
		t.Errorf("%d orders wait for their items, and %d are there", n, len(money(t, d)))
	}
	take(t, s, shop.ID, nil, exported(t, "yahoo_items.csv", "5,2024/03/02", "5,2024/03/02"))
	same(t, money(t, d), whole)
	undo(t, s, find(t, s, items.ID+3).ID)
	undo(t, s, orders.ID)
	if n := count(t, d, "SELECT count(*) FROM order_parts"); n != 0 {
		t.Errorf("%d parts of orders are left", n)
	}
	rollupsEqualARecount(t, d)
}

// TestMendedHalves: refused rows of both files come back mended, and the
// orders are those of files without a fault.
func TestMendedHalves(t *testing.T) {
	sound := dbtest.New(t)
	clean := newService(sound, intake.Hooks{})
	shop := newShop(t, sound, "shop", mall.Yahoo)
	mended := []string{"2024/02/30 12:00:00", "2024/02/29 12:00:00", "無料", "0"}
	mendedItems := []string{"meguri-10000003,2,x", "meguri-10000003,2,1", "meguri-10000004,,1", "meguri-10000004,1,1"}
	take(t, clean, shop.ID, nil, exported(t, "yahoo_orders.csv", mended...))
	take(t, clean, shop.ID, nil, exported(t, "yahoo_items.csv", mendedItems...))
	want := money(t, sound)

	d := dbtest.New(t)
	s := newService(d, intake.Hooks{})
	shop = newShop(t, d, "shop", mall.Yahoo)
	orders := take(t, s, shop.ID, nil, exported(t, "yahoo_orders.csv"))
	items := take(t, s, shop.ID, nil, exported(t, "yahoo_items.csv"))
	wantFigures(t, "mended items", mend(t, s, items.ID, strings.NewReplacer(mendedItems...).Replace(download(t, s, items.ID))),
		"inserted 2, updated 0, unchanged 0, quarantined 1")
	wantFigures(t, "mended orders", mend(t, s, orders.ID, strings.NewReplacer(mended...).Replace(download(t, s, orders.ID))),
		"inserted 2, updated 0, unchanged 0, quarantined 0")
	same(t, money(t, d), want)
	if len(want) != 4 {
		t.Errorf("%d orders", len(want))
	}
	rollupsEqualARecount(t, d)
}

// TestTwoHalvesAtOnce: both files in one start, taken in by two workers at the
// same time, give what one after the other gives.
func TestTwoHalvesAtOnce(t *testing.T) {
	d := dbtest.New(t)
	s := newService(d, intake.Hooks{})
	shop := newShop(t, d, "shop", mall.Yahoo)
	upload := func(name, content string) int64 {
		up, err := s.Upload(t.Context(), name, strings.NewReader(content), 0)
		if err != nil {
			t.Fatal(err)
		}
		return up.ID
	}
	const n = 6_000
	o := upload("orders.csv", repeated(t, "yahoo_orders.csv", 2, n))
	i := upload("items.csv", repeated(t, "yahoo_items.csv", 3, n))
	if _, err := s.Start(t.Context(), "", intake.Order{UploadID: o, CompanionID: o, ShopID: shop.ID}); err == nil || !strings.Contains(err.Error(), "YAHOO_ITEMS") {
		t.Errorf("an order file beside itself: %v", err)
	}
	first, err := s.Start(t.Context(), "", intake.Order{UploadID: o, CompanionID: i, ShopID: shop.ID})
	if err != nil {
		t.Fatal(err)
	}
	done := make(chan error)
	for range 2 {
		go func() { done <- newService(d, intake.Hooks{}).Work(t.Context()) }()
	}
	for range 2 {
		if err := <-done; err != nil {
			t.Fatal(err)
		}
	}
	second := find(t, s, *find(t, s, first.ID).CompanionID)
	if *second.CompanionID != first.ID || second.Format != "YAHOO_ITEMS" || waiting(t, s, first.ID)+waiting(t, s, second.ID) != 0 {
		t.Errorf("%+v", second)
	}
	if got := count(t, d, "SELECT count(*) FROM orders WHERE goods_amount = 3000 AND net_sales = 2900 AND quantity = 1"); got != n {
		t.Errorf("%d of %d orders are whole", got, n)
	}
	rollupsEqualARecount(t, d)
}

// TestAHalfStoppedAndResumed in the midst of completing orders ends as one that
// nobody disturbed.
func TestAHalfStoppedAndResumed(t *testing.T) {
	d := dbtest.New(t)
	s := newService(d, intake.Hooks{})
	shop := newShop(t, d, "shop", mall.Yahoo)
	const n = 8_000
	take(t, s, shop.ID, nil, repeated(t, "yahoo_orders.csv", 2, n))
	up, err := s.Upload(t.Context(), "items.csv", strings.NewReader(repeated(t, "yahoo_items.csv", 3, n)), 0)
	if err != nil {
		t.Fatal(err)
	}
	imp, err := s.Start(t.Context(), "", intake.Order{UploadID: up.ID, ShopID: shop.ID})
	if err != nil {
		t.Fatal(err)
	}
	working := make(chan error, 1)
	go func() { working <- s.Work(t.Context()) }()
	for now := find(t, s, imp.ID); now.RowsInserted == 0; now = find(t, s, imp.ID) {
		if now.Status != "QUEUED" && now.Status != "RUNNING" {
			t.Fatalf("%s with %v", now.Status, now.ErrorCode)
		}
	}
	if _, err := s.Stop(t.Context(), imp.ID); err != nil {
		t.Fatal(err)
	}
	if err := <-working; err != nil {
		t.Fatal(err)
	}
	halfway := find(t, s, imp.ID)
	if there := count(t, d, "SELECT count(*) FROM orders"); halfway.Status != "STOPPED" || there != halfway.RowsInserted || there == n {
		t.Fatalf("%s after %d rows, %d orders are whole", halfway.Status, halfway.RowsInserted, there)
	}
	if _, err := s.Resume(t.Context(), imp.ID); err != nil {
		t.Fatal(err)
	}
	if err := newService(d, intake.Hooks{}).Work(t.Context()); err != nil {
		t.Fatal(err)
	}
	ended := find(t, s, imp.ID)
	if there := count(t, d, "SELECT count(*) FROM orders WHERE net_sales = 2900"); ended.Status != "DONE" || there != n || ended.RowsInserted != n || ended.OrdersCount != n {
		t.Errorf("%s with %d rows, %d orders are whole", ended.Status, ended.RowsInserted, there)
	}
	rollupsEqualARecount(t, d)
}

// repeated is a golden file of Yahoo with one of its rows, of the second order,
// as many times as that, each of an order of its own.
func repeated(t *testing.T, name string, row, n int) string {
	t.Helper()
	rows := strings.Split(exported(t, name), "\n")
	var b strings.Builder
	b.WriteString(rows[0] + "\n")
	for i := range n {
		b.WriteString(strings.Replace(rows[row], "meguri-10000002", fmt.Sprintf("meguri-%d", i), 1) + "\n")
	}
	return b.String()
}
