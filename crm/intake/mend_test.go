package intake_test

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/meguri-crm/meguri/crm/intake"
	"github.com/meguri-crm/meguri/crm/mall"
	"github.com/meguri-crm/meguri/db"
	"github.com/meguri-crm/meguri/db/dbtest"
)

// download is an import's quarantine as staff saves it.
func download(t *testing.T, s *intake.Service, importID int64) string {
	t.Helper()
	d, err := s.Download(t.Context(), importID)
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := d.WriteTo(t.Context(), &b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// mend sends a mended file and waits for it.
func mend(t *testing.T, s *intake.Service, importID int64, content string) *db.Import {
	t.Helper()
	up, err := s.Upload(t.Context(), "mended.csv", strings.NewReader(content), 0)
	if err != nil {
		t.Fatal(err)
	}
	begun, err := s.Mend(t.Context(), importID, up.ID)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Work(t.Context()); err != nil {
		t.Fatal(err)
	}
	imp := find(t, s, begun.ID)
	if imp.Status != "DONE" || imp.LinesTotal == nil || imp.Rows() != *imp.LinesTotal {
		t.Fatalf("a mend that did not end well: %+v", imp)
	}
	return imp
}

func find(t *testing.T, s *intake.Service, id int64) *db.Import {
	t.Helper()
	imp, err := s.Find(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	return imp
}

func figures(i *db.Import) string {
	return fmt.Sprintf("inserted %d, updated %d, unchanged %d, quarantined %d", i.RowsInserted, i.RowsUpdated, i.RowsUnchanged+i.RowsKnown, i.RowsQuarantined)
}

func wantFigures(t *testing.T, what string, i *db.Import, want string) {
	t.Helper()
	if got := figures(i); got != want {
		t.Errorf("%s: %s, want %s", what, got, want)
	}
}

const (
	brokenRetail = "1,A,X,1,2010-12-01 08:00:00,1.00,17850,UK\n" +
		"1,B,X,two,2010-12-01 08:00:00,1.00,17850,UK\n" + // line 3
		"1,C,X,3,2010-12-01 08:00:00,1.00,17850,UK\n" +
		"2,D,X,1,yesterday,1.00,17851,UK\n" + // line 5
		"2,E,X,1,2010-12-02 08:00:00,1.00,17851,UK\n" +
		"3,F,X,1,2010-12-02 08:00:00\n" // line 7
)

var retailMended = strings.NewReplacer(",two,", ",2,", ",yesterday,", ",2010-12-02 08:00:00,", "3,F,X,1,2010-12-02 08:00:00", "3,F,X,1,2010-12-02 08:00:00,1.00,17850,UK")

// TestMendedRowsJoinTheirOrders: rows that were refused come back, all at once
// or bit by bit, and the facts are those of a file that had no fault. Lines of
// this format are known by their place, so that a mended one alone says nothing.
func TestMendedRowsJoinTheirOrders(t *testing.T) {
	whole := dbtest.New(t)
	take(t, newService(whole, intake.Hooks{}), newShop(t, whole, "shop", mall.OwnSite).ID, onlineRetail(t), retailHeader+retailMended.Replace(brokenRetail))
	want := facts(t, whole)

	d := dbtest.New(t)
	s := newService(d, intake.Hooks{})
	shop := newShop(t, d, "shop", mall.OwnSite)
	root := take(t, s, shop.ID, onlineRetail(t), retailHeader+brokenRetail)
	wantFigures(t, "the broken file", root, "inserted 3, updated 0, unchanged 0, quarantined 3")
	file := download(t, s, root.ID)
	lines := strings.Split(strings.TrimSpace(file), "\r\n")
	if len(lines) != 4 || lines[0] != "\ufeff行番号(取り込み1),理由,InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country" ||
		lines[1] != "3,Quantity: 個数として読み取れません,1,B,X,two,2010-12-01 08:00:00,1.00,17850,UK" || !strings.HasPrefix(lines[3], "7,列の数が見出しと合いません（") {
		t.Fatalf("%q", lines)
	}

	// One of them first, as a spreadsheet would save it: without seconds, with a column of its own.
	one := mend(t, s, root.ID, "note,"+lines[0][3:]+"\n,"+strings.NewReplacer(",two,", ",2,", "2010-12-01 08:00:00", "2010/12/1 8:00").Replace(lines[1])+"\n,"+lines[2]+"\n")
	wantFigures(t, "one mended, one not", one, "inserted 1, updated 0, unchanged 0, quarantined 1")
	if root = find(t, s, root.ID); root.RowsMended != 1 || root.RowsQuarantined != 3 {
		t.Fatalf("%d of %d are mended", root.RowsMended, root.RowsQuarantined)
	}
	left, err := s.Quarantine(t.Context(), root.ID, 0, 10)
	if err != nil || len(left) != 2 || left[0].LineNo != 5 || left[0].Code != mall.BadDate || left[1].LineNo != 7 {
		t.Fatalf("%+v, %v", left, err)
	}

	all := retailMended.Replace(file)
	wantFigures(t, "all mended", mend(t, s, root.ID, all), "inserted 2, updated 0, unchanged 1, quarantined 0")
	same(t, facts(t, d), want)
	rollupsEqualARecount(t, d)
	if root = find(t, s, root.ID); root.RowsMended != 3 {
		t.Errorf("%d of 3 are mended", root.RowsMended)
	}
	wantFigures(t, "the mended file again", mend(t, s, root.ID, all), "inserted 0, updated 0, unchanged 3, quarantined 0")
	wantFigures(t, "the broken file again", take(t, s, shop.ID, onlineRetail(t), retailHeader+brokenRetail), "inserted 0, updated 0, unchanged 3, quarantined 3")
	wantFigures(t, "the right file", take(t, s, shop.ID, onlineRetail(t), retailHeader+retailMended.Replace(brokenRetail)), "inserted 0, updated 0, unchanged 6, quarantined 0")
	same(t, facts(t, d), want)
}

// TestFiguresMoveWithTheMending: an order or a customer that the file had told of
// in a good row counts once, one that only mended rows tell of is added, and an
// undone mend leaves nothing in the figures.
func TestFiguresMoveWithTheMending(t *testing.T) {
	d := dbtest.New(t)
	s := newService(d, intake.Hooks{})
	shop := newShop(t, d, "shop", mall.OwnSite)
	broken := brokenRetail + "4,G,X,none,2010-12-03 08:00:00,1.00,17852,UK\n" // line 8
	root := take(t, s, shop.ID, onlineRetail(t), retailHeader+broken)
	want := func(what, figures string) {
		t.Helper()
		all, err := s.Wholes(t.Context(), []int64{root.ID})
		if err != nil || len(all) != 1 {
			t.Fatal(all, err)
		}
		w := all[0]
		if got := fmt.Sprintf("rows %d, orders %d, customers %d", w.Inserted+w.Updated+w.Unchanged, w.Orders, w.Customers); got != figures || w.Mending != nil {
			t.Errorf("%s: %s, want %s", what, got, figures)
		}
	}
	want("with refused rows", "rows 3, orders 2, customers 2")
	lines := strings.SplitAfter(download(t, s, root.ID), "\r\n")
	mend(t, s, root.ID, lines[0]+strings.Replace(lines[1], ",two,", ",2,", 1))
	want("a row joined an order", "rows 4, orders 2, customers 2")
	mend(t, s, root.ID, lines[0]+retailMended.Replace(lines[2]+lines[3]))
	want("another order of a customer", "rows 6, orders 3, customers 2")
	last := mend(t, s, root.ID, lines[0]+strings.Replace(lines[4], ",none,", ",1,", 1))
	want("as if it had been right", "rows 7, orders 4, customers 3")
	undo(t, s, last.ID)
	want("a mend is undone", "rows 6, orders 3, customers 2")
}

// TestMendingKeepsWhatWasToldSince: what a later file said of an order stands,
// when a row of an older one comes back mended.
func TestMendingKeepsWhatWasToldSince(t *testing.T) {
	d := dbtest.New(t)
	s := newService(d, intake.Hooks{})
	shop := newShop(t, d, "rakuten", mall.Rakuten)
	root := take(t, s, shop.ID, nil, rakutenFile(t))
	file := download(t, s, root.ID)
	later := take(t, s, shop.ID, nil, rakutenFile(t, "注文確認待ち", "キャンセル確定"))
	if later.RowsUpdated == 0 {
		t.Fatal("the later file says nothing new")
	}
	var state string
	status := "SELECT string_agg(order_no || ' ' || status || ' ' || goods_amount, ',' ORDER BY order_no) FROM orders WHERE import_id = ?"
	if err := d.NewRaw(status, later.ID).Scan(t.Context(), &state); err != nil {
		t.Fatal(err)
	}
	mended := strings.NewReplacer("2024-02-30", "2024-02-28").Replace(file)
	if mended == file {
		t.Fatal("nothing is mended")
	}
	mend(t, s, root.ID, mended)
	var after string
	if err := d.NewRaw(status, later.ID).Scan(t.Context(), &after); err != nil || after != state {
		t.Errorf("orders of the later file were %q, are %q, %v", state, after, err)
	}
	rollupsEqualARecount(t, d)
}

// TestMendingFilesThatDoNotFit: rows without a number, with one of no refused
// row, or with one that stands twice are refused themselves; files of another
// import, and files that are none, at once.
func TestMendingFilesThatDoNotFit(t *testing.T) {
	d := dbtest.New(t)
	s := newService(d, intake.Hooks{})
	shop := newShop(t, d, "shop", mall.OwnSite)
	root := take(t, s, shop.ID, onlineRetail(t), retailHeader+brokenRetail)
	lines := strings.Split(retailMended.Replace(download(t, s, root.ID)), "\r\n")
	odd := mend(t, s, root.ID, strings.Join([]string{lines[0], lines[1], lines[1], "4" + lines[1][1:], "x" + lines[2][1:]}, "\n"))
	wantFigures(t, "rows that are nobody's", odd, "inserted 1, updated 0, unchanged 0, quarantined 3")
	refused, err := s.Quarantine(t.Context(), odd.ID, 0, 10)
	if err != nil {
		t.Fatal(err)
	}
	var codes []string
	for _, q := range refused {
		codes = append(codes, fmt.Sprint(q.LineNo, " ", q.Code))
	}
	if !slices.Equal(codes, []string{"3 DUPLICATE_LINE_NUMBER", "4 UNKNOWN_LINE_NUMBER", "5 NO_LINE_NUMBER"}) {
		t.Errorf("refused %q", codes)
	}
	other := take(t, s, shop.ID, onlineRetail(t), retailHeader+"9,A,X,one,2010-12-01 08:00:00,1.00,17850,UK\n")
	for want, content := range map[string]string{"no column": retailHeader + brokenRetail, "another import": download(t, s, other.ID)} {
		up, err := s.Upload(t.Context(), "x.csv", strings.NewReader(content), 0)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := s.Mend(t.Context(), root.ID, up.ID); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v, want %q", err, want)
		}
	}
}

// TestNoFormulasInADownload: neither what a buyer wrote nor what columns are
// called runs in a spreadsheet, and the file comes back mended all the same.
func TestNoFormulasInADownload(t *testing.T) {
	d := dbtest.New(t)
	s := newService(d, intake.Hooks{})
	shop := newShop(t, d, "shop", mall.OwnSite)
	m, err := mall.ParseMapping([]byte(`{"name":"f","currency":"JPY","status":{"default":"COMPLETED"},
		"columns":{"orderNo":["no"],"orderedAt":["at"],"quantity":["=N()"],"unitPrice":["price"],"mail":["mail"]}}`))
	if err != nil {
		t.Fatal(err)
	}
	root := take(t, s, shop.ID, &m, "no,at,=N(),price,mail,＠note\n1,2024-01-01,many,100,a@example.com,＝HYPERLINK()\n")
	file := download(t, s, root.ID)
	want := "\ufeff行番号(取り込み1),理由,no,at,'=N(),price,mail,'＠note\r\n2,'=N(): 個数として読み取れません,1,2024-01-01,many,100,a@example.com,'＝HYPERLINK()\r\n"
	if file != want {
		t.Errorf("%q, want %q", file, want)
	}
	wantFigures(t, "mended", mend(t, s, root.ID, strings.Replace(file, "many", "3", 1)), "inserted 1, updated 0, unchanged 0, quarantined 0")
	if n := count(t, d, "SELECT quantity FROM orders"); n != 3 {
		t.Errorf("%d pieces", n)
	}
}
