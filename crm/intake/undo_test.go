package intake_test

import (
	"strings"
	"testing"
	"time"

	"github.com/meguri-crm/meguri/crm/clock"
	"github.com/meguri-crm/meguri/crm/intake"
	"github.com/meguri-crm/meguri/crm/mall"
	"github.com/meguri-crm/meguri/crm/points"
	"github.com/meguri-crm/meguri/crm/stage"
	"github.com/meguri-crm/meguri/db"
	"github.com/meguri-crm/meguri/db/dbtest"
)

// undo takes an import back and waits for it.
func undo(t *testing.T, s *intake.Service, id int64) *db.Import {
	t.Helper()
	if _, err := s.Undo(t.Context(), id); err != nil {
		t.Fatal(err)
	}
	if err := s.Work(t.Context()); err != nil {
		t.Fatal(err)
	}
	imp := find(t, s, id)
	if imp.Mode != "UNDO" || imp.Status != "DONE" || imp.FinishedAt == nil {
		t.Fatalf("an undoing that did not end well: %s %s, %v", imp.Mode, imp.Status, imp.ErrorCode)
	}
	return imp
}

func count(t *testing.T, d *db.DB, sql string, args ...any) (n int64) {
	t.Helper()
	if err := d.NewRaw(sql, args...).Scan(t.Context(), &n); err != nil {
		t.Fatal(err)
	}
	return n
}

// TestUndoLeavesNoTrace: of a file that is undone nothing is left, orders it
// changed are as they were, and the file can come in again.
func TestUndoLeavesNoTrace(t *testing.T) {
	d := dbtest.New(t)
	s := newService(d, intake.Hooks{})
	shop := newShop(t, d, "rakuten", mall.Rakuten)
	take(t, s, shop.ID, nil, rakutenFile(t))
	before := facts(t, d)
	customers := count(t, d, "SELECT count(*) FROM customers")

	// The mall's next export: an order is cancelled, the gift has found its buyer, and there is one order more.
	later := rakutenFile(t, "注文確認待ち", "キャンセル確定", "入力待ち", "山田", "ニュウリョクマチ", "ヤマダ", "\"999\",\"9999\",\"9999\"", "\"090\",\"5555\",\"0103\"")
	next := take(t, s, shop.ID, nil, later)
	if next.RowsUpdated != 2 {
		t.Fatalf("%d updated", next.RowsUpdated)
	}
	after := facts(t, d)
	p, err := s.PreviewUndo(t.Context(), next.ID)
	if err != nil || p.Removed != 0 || p.Restored != 2 || p.Kept != 0 || p.Customers != 1 {
		t.Fatalf("%+v, %v", p, err)
	}
	if done := undo(t, s, next.ID); done.UndoRestored != 2 || done.UndoRemoved+done.UndoKept != 0 || done.UndoTotal != 2 || done.UndoCustomers != 1 {
		t.Errorf("%+v", done)
	}
	if _, err := s.Undo(t.Context(), next.ID); err == nil {
		t.Error("an import can be undone twice")
	}
	same(t, facts(t, d), before)
	rollupsEqualARecount(t, d)

	again := take(t, s, shop.ID, nil, later)
	if again.ID == next.ID || again.RowsUpdated != 2 {
		t.Errorf("the undone file again: %+v", again)
	}
	same(t, facts(t, d), after)

	// And now everything: first the later file, then the first.
	undo(t, s, again.ID)
	first := find(t, s, 1)
	if p, err = s.PreviewUndo(t.Context(), first.ID); err != nil || p.Removed != 4 || p.Kept != 0 {
		t.Fatalf("%+v, %v", p, err)
	}
	undone := undo(t, s, first.ID)
	if undone.UndoRemoved != 4 || undone.UndoKept != 0 {
		t.Errorf("%+v", undone)
	}
	for _, table := range []string{"orders", "order_lines", "order_keys", "customer_mall_stats", "import_orders"} {
		if n := count(t, d, "SELECT count(*) FROM "+table); n != 0 {
			t.Errorf("%d rows are left in %s", n, table)
		}
	}
	if n := count(t, d, "SELECT count(*) FROM events WHERE kind LIKE 'order.%'"); n != 0 {
		t.Errorf("%d events of orders are left", n)
	}
	if n := count(t, d, "SELECT count(*) FROM customers WHERE NOT anonymous"); n != 0 || customers != 3 {
		t.Errorf("%d customers are left of %d", n, customers)
	}
	take(t, s, shop.ID, nil, rakutenFile(t))
	same(t, facts(t, d), before)
}

// TestUndoKeepsWhatCameLater: orders that a later file changed stay, and the
// preview names the file.
func TestUndoKeepsWhatCameLater(t *testing.T) {
	d := dbtest.New(t)
	s := newService(d, intake.Hooks{})
	shop := newShop(t, d, "rakuten", mall.Rakuten)
	first := take(t, s, shop.ID, nil, rakutenFile(t))
	later := take(t, s, shop.ID, nil, rakutenFile(t, "注文確認待ち", "キャンセル確定"))
	p, err := s.PreviewUndo(t.Context(), first.ID)
	if err != nil || p.Removed != 3 || p.Kept != 1 || len(p.Later) != 1 || p.Later[0].ImportID != later.ID || p.Later[0].Orders != 1 {
		t.Fatalf("%+v, %v", p, err)
	}
	if done := undo(t, s, first.ID); done.UndoRemoved != 3 || done.UndoKept != 1 {
		t.Errorf("%+v", done)
	}
	if n := count(t, d, "SELECT count(*) FROM orders WHERE import_id = ?", later.ID); n != 1 || count(t, d, "SELECT count(*) FROM orders") != 1 {
		t.Errorf("%d orders of the later file are left", n)
	}
	rollupsEqualARecount(t, d)
}

// TestUndoTakesPointsAndStagesBack, as the preview says.
func TestUndoTakesPointsAndStagesBack(t *testing.T) {
	d := dbtest.New(t)
	ledger, ladder := points.New(d, clock.System{}, time.UTC), stage.New(d, clock.System{}, time.UTC, "JPY")
	s := newService(d, intake.Hooks{Ledger: ledger, Stages: ladder})
	shop := newShop(t, d, "shop", mall.OwnSite)
	mapping, err := mall.ParseMapping([]byte(`{"name":"m","currency":"JPY","status":{"default":"COMPLETED"},
		"columns":{"orderNo":["no"],"orderedAt":["at"],"quantity":["n"],"unitPrice":["price"],"memberId":["id"]}}`))
	if err != nil {
		t.Fatal(err)
	}
	at := time.Now().UTC().Format(time.DateOnly)
	const header = "no,at,n,price,id\n"
	take(t, s, shop.ID, &mapping, header+"1,2024-01-01,1,1000,M1\n")
	if _, err := d.NewRaw("UPDATE customers SET member_since = '2020-01-01', member_via = 'SITE' WHERE NOT anonymous").Exec(t.Context()); err != nil {
		t.Fatal(err)
	}
	imp := take(t, s, shop.ID, &mapping, header+"2,"+at+",1,60000,M1\n3,"+at+",1,100,M2\n")
	balance := func() int64 {
		return count(t, d, "SELECT coalesce(sum(available + pending - debt), 0) FROM point_accounts")
	}
	gold := func() int64 {
		return count(t, d, "SELECT count(*) FROM member_stages m JOIN stages s ON s.id = m.stage_id WHERE s.code = 'GOLD'")
	}
	if balance() == 0 || gold() != 1 {
		t.Fatalf("balance %d, %d on gold", balance(), gold())
	}
	p, err := s.PreviewUndo(t.Context(), imp.ID)
	if err != nil || p.Removed != 2 || p.Points != balance() || p.Stages != 1 || p.Customers != 1 || p.Sales != 60100 {
		t.Fatalf("%+v, %v", p, err)
	}
	undo(t, s, imp.ID)
	if balance() != 0 || gold() != 0 {
		t.Errorf("balance %d, %d on gold", balance(), gold())
	}
	wrong, err := ledger.Verify(t.Context())
	if err != nil || len(wrong) != 0 {
		t.Errorf("the books: %v, %v", wrong, err)
	}
	rollupsEqualARecount(t, d)
}

// TestUndoOfAMendReopensItsRows, with their orders as they were without them.
func TestUndoOfAMendReopensItsRows(t *testing.T) {
	d := dbtest.New(t)
	s := newService(d, intake.Hooks{})
	shop := newShop(t, d, "shop", mall.OwnSite)
	root := take(t, s, shop.ID, onlineRetail(t), retailHeader+brokenRetail)
	before := facts(t, d)
	file := retailMended.Replace(download(t, s, root.ID))
	m := mend(t, s, root.ID, file)
	mended := facts(t, d)
	if p, err := s.PreviewUndo(t.Context(), root.ID); err != nil || p.Removed != 0 || p.Kept != 2 || p.Later[0].ImportID != m.ID {
		t.Errorf("of the import that was mended: %+v, %v", p, err)
	}
	undo(t, s, m.ID)
	same(t, facts(t, d), before)
	if root = find(t, s, root.ID); root.RowsMended != 0 {
		t.Errorf("%d rows are still mended", root.RowsMended)
	}
	wantFigures(t, "mended again", mend(t, s, root.ID, file), "inserted 3, updated 0, unchanged 0, quarantined 0")
	same(t, facts(t, d), mended)
}

// TestUndoStoppedAndResumed ends with the figures of one that nobody disturbed.
func TestUndoStoppedAndResumed(t *testing.T) {
	d := dbtest.New(t)
	s := newService(d, intake.Hooks{})
	shop := newShop(t, d, "shop", mall.OwnSite)
	imp := take(t, s, shop.ID, onlineRetail(t), retailHeader+strings.Join(retailOrders(4, 3_000), ""))
	if _, err := s.Undo(t.Context(), imp.ID); err != nil {
		t.Fatal(err)
	}
	working := make(chan error, 1)
	go func() { working <- s.Work(t.Context()) }()
	waitFor(t, d, "was being undone", func(i *db.Import) bool { return i.UndoRemoved > 0 })
	if _, err := s.Stop(t.Context(), imp.ID); err != nil {
		t.Fatal(err)
	}
	if err := <-working; err != nil {
		t.Fatal(err)
	}
	stopped := find(t, s, imp.ID)
	if left := count(t, d, "SELECT count(*) FROM orders"); stopped.Status != "STOPPED" || left+stopped.UndoRemoved != 3_000 || left == 0 {
		t.Fatalf("%d orders are left, %+v", left, stopped)
	}
	if _, err := s.Resume(t.Context(), imp.ID); err != nil {
		t.Fatal(err)
	}
	if err := s.Work(t.Context()); err != nil {
		t.Fatal(err)
	}
	ended := find(t, s, imp.ID)
	if left := count(t, d, "SELECT count(*) FROM orders"); ended.Status != "DONE" || ended.UndoRemoved != 3_000 || left != 0 {
		t.Errorf("%d orders are left, %+v", left, ended)
	}
}
