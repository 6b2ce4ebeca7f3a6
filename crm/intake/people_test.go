package intake_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/meguri-crm/meguri/crm/intake"
	"github.com/meguri-crm/meguri/crm/mall"
	"github.com/meguri-crm/meguri/db"
	"github.com/meguri-crm/meguri/db/dbtest"
)

const peopleHeader = "会員番号,氏名,フリガナ,メール,電話,生年月日,性別,メルマガ,同意日\n"

func membersMapping(t testing.TB) *mall.Mapping {
	t.Helper()
	m, err := mall.ParseMapping([]byte(`{"name":"members","kind":"CUSTOMERS","columns":{"memberId":["会員番号"],"mail":["メール"],"phone":["電話"],
		"fullName":["氏名"],"fullKana":["フリガナ"],"birthDate":["生年月日"],"gender":["性別"],"mailConsent":["メルマガ"],"consentedAt":["同意日"]}}`))
	if err != nil {
		t.Fatal(err)
	}
	return &m
}

// takePeople imports a file of customers, who agreed to wording.
func takePeople(t *testing.T, s *intake.Service, shopID int64, wording, content string) *db.Import {
	t.Helper()
	up, err := s.Upload(t.Context(), "members.csv", strings.NewReader(content), 0)
	if err != nil {
		t.Fatal(err)
	}
	definition := `{"kind":"CUSTOMERS","columns":{"memberId":["会員番号"],"mail":["メール"],"phone":["電話"],
		"fullName":["氏名"],"fullKana":["フリガナ"],"birthDate":["生年月日"],"gender":["性別"],"mailConsent":["メルマガ"],"consentedAt":["同意日"]}}`
	if _, err := s.SaveMapping(t.Context(), "members", []byte(definition)); err != nil {
		t.Fatal(err)
	}
	begun, err := s.Start(t.Context(), "", intake.Order{UploadID: up.ID, ShopID: shopID, Mapping: "members", ConsentWording: wording})
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Work(t.Context()); err != nil {
		t.Fatal(err)
	}
	imp := find(t, s, begun.ID)
	if imp.Status != "DONE" || imp.Kind != "CUSTOMERS" || imp.Rows() != *imp.LinesTotal {
		t.Fatalf("%s of %s, %d rows, %v", imp.Status, imp.Kind, imp.Rows(), imp.ErrorCode)
	}
	return imp
}

const people = peopleHeader +
	"M-1,佐藤 花子,サトウ ハナコ,hanako@example.com,090-5555-0101,1980/1/2,女,はい,2024-03-01\n" +
	"M-2,鈴木 一郎,スズキ イチロウ,ichiro@example.com,,,男,いいえ,\n" +
	",,,,,,,,2024-01-01\n" + // nobody
	"M-3,高橋 次郎,,jiro@example.com,,,,たぶん,\n" + // line 5
	"M-1,佐藤 花子,サトウ ハナコ,hanako@example.com,090-5555-0101,1980/1/2,女,はい,2024-03-01\n"

// TestCustomersComeInOnce, are joined with who is there, mended, and taken back.
func TestCustomersComeInOnce(t *testing.T) {
	d := dbtest.New(t)
	s := newService(d, intake.Hooks{})
	shop := newShop(t, d, "site", mall.OwnSite)
	// One of them has bought before; only his mail address is known.
	buyers, err := mall.ParseMapping([]byte(`{"name":"mail","currency":"JPY","status":{"default":"COMPLETED"},
		"columns":{"orderNo":["no"],"orderedAt":["at"],"quantity":["n"],"unitPrice":["price"],"mail":["mail"]}}`))
	if err != nil {
		t.Fatal(err)
	}
	take(t, s, shop.ID, &buyers, "no,at,n,price,mail\n1,2024-01-01,1,100,ichiro@example.com\n")

	imp := takePeople(t, s, shop.ID, "お得な情報をメールで受け取る", people)
	wantFigures(t, "customers", imp, "inserted 1, updated 1, unchanged 1, quarantined 2")
	if imp.CustomersMade != 1 || imp.CustomersCount != 2 || imp.ConsentsCount != 1 {
		t.Errorf("%d made, %d in all, %d consents", imp.CustomersMade, imp.CustomersCount, imp.ConsentsCount)
	}
	var profile string
	err = d.NewRaw(`SELECT family_name || ' ' || given_name || ' ' || family_kana || ' ' || phone || ' ' || gender || ' ' || birth_date
		FROM customers WHERE email = 'hanako@example.com'`).Scan(t.Context(), &profile)
	if err != nil || profile != "佐藤 花子 サトウ +819055550101 FEMALE 1980-01-02" {
		t.Errorf("%q, %v", profile, err)
	}
	if n := count(t, d, "SELECT count(*) FROM customers WHERE email = 'ichiro@example.com' AND family_name = '鈴木'"); n != 1 {
		t.Errorf("%d customers with the buyer's address", n)
	}
	var consent string
	err = d.NewRaw(`SELECT channel || ' ' || state || ' ' || method || ' ' || wording || ' ' || (occurred_at AT TIME ZONE 'Asia/Tokyo')::date || ' ' || (evidence->>'line')
		FROM consents`).Scan(t.Context(), &consent)
	if err != nil || !strings.HasPrefix(consent, "MAIL GIVEN IMPORT お得な情報をメールで受け取る 2024-03-01 ") {
		t.Errorf("%q, %v", consent, err)
	}
	wantFigures(t, "the same file again", takePeople(t, s, shop.ID, "お得な情報をメールで受け取る", people), "inserted 0, updated 0, unchanged 3, quarantined 2")

	mended := strings.NewReplacer("たぶん", "はい").Replace(download(t, s, imp.ID))
	wantFigures(t, "mended", mend(t, s, imp.ID, mended), "inserted 1, updated 0, unchanged 0, quarantined 1")
	if n := count(t, d, "SELECT count(*) FROM consents c JOIN customers u ON u.id = c.customer_id WHERE u.email = 'jiro@example.com'"); n != 1 {
		t.Errorf("%d consents of the mended row", n)
	}
	if imp = find(t, s, imp.ID); imp.RowsMended != 1 {
		t.Errorf("%d mended", imp.RowsMended)
	}

	p, err := s.PreviewUndo(t.Context(), imp.ID)
	if err != nil || p.Customers != 0 || p.KeptMade != 2 || p.Consents != 1 {
		t.Fatalf("%+v, %v", p, err)
	}
	undo(t, s, imp.ID)
	if n := count(t, d, `SELECT count(*) FROM consents c WHERE state = 'WITHDRAWN' AND evidence->>'undoneImport' = ?::text`, imp.ID); n != 1 {
		t.Errorf("%d consents were taken back", n)
	}
}

// TestAFileNeverSpeaksLouderThanTheCustomer about consent.
func TestAFileNeverSpeaksLouderThanTheCustomer(t *testing.T) {
	d := dbtest.New(t)
	s := newService(d, intake.Hooks{})
	shop := newShop(t, d, "site", mall.OwnSite)
	file := func(says, at string) string {
		return peopleHeader + "M-1,佐藤 花子,,hanako@example.com,,,," + says + "," + at + "\n"
	}
	state := func() string {
		t.Helper()
		var all string
		if err := d.NewRaw("SELECT coalesce(string_agg(state || ' ' || method, ', ' ORDER BY id), '') FROM consents").Scan(t.Context(), &all); err != nil {
			t.Fatal(err)
		}
		return all
	}
	for _, step := range []struct{ what, wording, says, at, want string }{
		{"no words, no consent", "", "はい", "2024-01-01", ""},
		{"a no where nothing was said", "yes", "いいえ", "", ""},
		{"a consent", "yes", "はい", "2024-01-01", "GIVEN IMPORT"},
		{"an older one", "yes", "はい", "2023-01-01", "GIVEN IMPORT"},
		{"a no", "yes", "いいえ", "", "GIVEN IMPORT, WITHDRAWN IMPORT"},
		{"a consent from before", "yes", "はい", "2024-01-01", "GIVEN IMPORT, WITHDRAWN IMPORT"},
		{"a consent of no date", "yes", "はい", "", "GIVEN IMPORT, WITHDRAWN IMPORT"},
	} {
		takePeople(t, s, shop.ID, step.wording, file(step.says, step.at))
		if got := state(); got != step.want {
			t.Fatalf("%s: %q, want %q", step.what, got, step.want)
		}
	}
}

// TestCustomersOnlyAFileKnowsVanishWithIt.
func TestCustomersOnlyAFileKnowsVanishWithIt(t *testing.T) {
	d := dbtest.New(t)
	s := newService(d, intake.Hooks{})
	shop := newShop(t, d, "site", mall.OwnSite)
	imp := takePeople(t, s, shop.ID, "", people)
	_, err := d.Exec(`WITH fixed AS (INSERT INTO segments (name, rule, fixed) VALUES ('picked by hand', '{}', true) RETURNING id)
		INSERT INTO segment_picks (customer_id, segment_id) SELECT c.id, fixed.id FROM customers c, fixed WHERE NOT c.anonymous`)
	if err != nil {
		t.Fatal(err)
	}
	p, err := s.PreviewUndo(t.Context(), imp.ID)
	if err != nil || p.Customers != 2 || p.KeptMade != 0 {
		t.Fatalf("%+v, %v", p, err)
	}
	if done := undo(t, s, imp.ID); done.UndoCustomers != 2 || done.UndoKept != 0 {
		t.Errorf("%d are gone, %d stay", done.UndoCustomers, done.UndoKept)
	}
	if n := count(t, d, "SELECT count(*) FROM customers WHERE NOT anonymous"); n != 0 {
		t.Errorf("%d customers are left", n)
	}
	if n := count(t, d, "SELECT count(*) FROM segment_picks"); n != 0 {
		t.Errorf("%d of nobody are left in a fixed segment", n)
	}
	wantFigures(t, "again", takePeople(t, s, shop.ID, "", people), "inserted 2, updated 0, unchanged 1, quarantined 2")
}

// madeUpPeople is a file of n members.
func madeUpPeople(n int) string {
	var b strings.Builder
	b.WriteString(peopleHeader)
	for i := range n {
		fmt.Fprintf(&b, "M-%06d,架空%05d 人%d,カクウ%d ヒト,member%d@example.com,090-%04d-%04d,19%02d-%02d-%02d,%s,はい,2024-03-01\n",
			i, i, i%7, i%11, i, i/10_000, i%10_000, 50+i%50, 1+i%12, 1+i%28, [...]string{"男", "女"}[i%2])
	}
	return b.String()
}

// TestUndoingAMendOfCustomersReopensItsRows, so that they can come back mended
// once more.
func TestUndoingAMendOfCustomersReopensItsRows(t *testing.T) {
	d := dbtest.New(t)
	s := newService(d, intake.Hooks{})
	shop := newShop(t, d, "site", mall.OwnSite)
	root := takePeople(t, s, shop.ID, "", people)
	refused := download(t, s, root.ID)
	file := strings.ReplaceAll(refused, "たぶん", "はい")
	jiro := "SELECT count(*) FROM customers WHERE email = 'jiro@example.com'"
	for range 2 {
		m := mend(t, s, root.ID, file)
		wantFigures(t, "the mend", m, "inserted 1, updated 0, unchanged 0, quarantined 1")
		if root = find(t, s, root.ID); root.RowsMended != 1 || count(t, d, jiro) != 1 {
			t.Fatalf("%d mended", root.RowsMended)
		}
		if undo(t, s, m.ID); download(t, s, root.ID) == file {
			t.Error("the row is no longer as it was refused")
		}
		if root = find(t, s, root.ID); root.RowsMended != 0 || root.RowsQuarantined != 2 {
			t.Errorf("%d of %d are mended", root.RowsMended, root.RowsQuarantined)
		}
		left, err := s.Quarantine(t.Context(), root.ID, 0, 10)
		if err != nil || len(left) != 2 {
			t.Errorf("%d rows are left to mend, %v", len(left), err)
		}
	}
}
