package adjust_test

import (
	"context"
	"errors"
	"log/slog"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"golang.org/x/text/encoding/japanese"

	"github.com/meguri-crm/meguri/crm/access"
	"github.com/meguri-crm/meguri/crm/adjust"
	"github.com/meguri-crm/meguri/crm/clock"
	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/crm/gid"
	"github.com/meguri-crm/meguri/crm/points"
	"github.com/meguri-crm/meguri/db"
	"github.com/meguri-crm/meguri/db/dbtest"
)

// woken counts the jobs.
type woken struct{ n int }

func (w *woken) Enqueue(context.Context, db.Tx, interface{ Kind() string }) error { w.n++; return nil }

// desk is the service with two people before it.
type desk struct {
	*adjust.Service
	t      *testing.T
	db     *db.DB
	points *points.Service
	woken  *woken
	first  context.Context
	second context.Context
}

func newDesk(t *testing.T) *desk {
	d := dbtest.New(t)
	c := &clock.Fixed{T: time.Date(2026, 4, 1, 3, 0, 0, 0, time.UTC)}
	p := points.New(d, c, time.FixedZone("JST", 9*60*60))
	w := &woken{}
	as := func(id int64) context.Context {
		return access.As(t.Context(), access.Principal{Kind: access.ActorStaff, ID: id})
	}
	return &desk{adjust.New(d, c, w, p, slog.New(slog.DiscardHandler)), t, d, p, w, as(1), as(2)}
}

func (d *desk) must(err error) {
	d.t.Helper()
	if err != nil {
		d.t.Fatal(err)
	}
}

func (d *desk) member(mail string) (id int64) {
	d.t.Helper()
	d.must(d.db.Pool.QueryRow(d.t.Context(), `WITH c AS (INSERT INTO customers (member_since, member_via, email) VALUES ('2025-01-01', 'SITE', $1) RETURNING id),
		k AS (INSERT INTO identity_keys (kind, shop_id, value, customer_id) SELECT 'MAIL', 0, $1, id FROM c) SELECT id FROM c`, mail).Scan(&id))
	return id
}

func (d *desk) exec(sql string, args ...any) {
	d.t.Helper()
	_, err := d.db.Pool.Exec(d.t.Context(), sql, args...)
	d.must(err)
}

func (d *desk) wants(customer, available int64) {
	d.t.Helper()
	a, err := d.points.Balance(d.t.Context(), customer)
	d.must(err)
	if a.Available != available {
		d.t.Errorf("customer %d has %d, want %d", customer, a.Available, available)
	}
}

func code(err error) string {
	var f *fault.Error
	if errors.As(err, &f) {
		return f.CodeOrKind()
	}
	return ""
}

// codes are the codes of all lines, by line.
func (d *desk) codes(id int64) string {
	d.t.Helper()
	lines, err := d.Lines(d.t.Context(), id, false, 0, 100)
	d.must(err)
	var all []string
	for _, l := range lines {
		all = append(all, strconv.Itoa(l.LineNo)+":"+l.State+l.Code)
	}
	return strings.Join(all, " ")
}

func TestAFileIsCheckedLineByLineAndBookedOnce(t *testing.T) {
	d := newDesk(t)
	a, b := d.member("a@example.com"), d.member("b@example.com")
	var guest int64
	d.must(d.db.Pool.QueryRow(t.Context(), `INSERT INTO customers DEFAULT VALUES RETURNING id`).Scan(&guest))
	file := "顧客ID,ポイント,理由,有効期限,区分\n" +
		gid.Encode("Customer", a) + ",+1,200,お詫び,,\n" + // a thousands separator without quotes breaks the line apart
		gid.Encode("Customer", a) + `,"1,200",お詫び,2026/12/31,有償` + "\n" +
		"B@example.com,-50,二重付与の訂正,,\n" +
		"b@example.com,80,お詫び,,\n" +
		"nobody@example.com,10,お詫び,,\n" +
		gid.Encode("Customer", guest) + ",10,お詫び,,\n" +
		"a@example.com,0,お詫び,,\n" +
		"a@example.com,10,,,\n" +
		"a@example.com,10,お詫び,2026-02-30,\n" +
		"a@example.com,10,お詫び,2026-03-31,\n" +
		"a@example.com,10,お詫び,,半額\n" +
		",,,,\n"
	cp932, err := japanese.ShiftJIS.NewEncoder().String(file)
	d.must(err)
	row, err := d.Take(d.first, "june.csv", strings.NewReader(cp932))
	d.must(err)
	if got, want := d.codes(row.ID), "2:BADBAD_DAY 3:READY 4:READY 5:READY 6:BADCUSTOMER_UNKNOWN 7:BADNOT_A_MEMBER 8:BADBAD_AMOUNT 9:BADNO_REASON 10:BADBAD_DAY 11:BADDAY_IN_THE_PAST 12:BADBAD_ORIGIN"; got != want {
		t.Errorf("lines\n%s, want\n%s", got, want)
	}
	if row.Lines != 3 || row.Bad != 8 || row.Granted != 1280 || row.Taken != 50 {
		t.Errorf("%+v", row)
	}
	d.wants(a, 0)

	row, err = d.Submit(d.first, row.ID)
	d.must(err)
	if row.Status != adjust.Approved || row.NeedsApproval || d.woken.n != 1 {
		t.Errorf("below the limit: %+v, woken %d times", row, d.woken.n)
	}
	if _, err := d.Submit(d.first, row.ID); code(err) != "NOT_A_DRAFT" {
		t.Errorf("submitted twice: %v", err)
	}
	for range 2 {
		d.must(d.Work(t.Context()))
	}
	d.wants(a, 1200)
	d.wants(b, 80) // the deduction came first and found nothing
	if got := d.codes(row.ID); !strings.Contains(got, "3:BOOKED 4:REFUSEDINSUFFICIENT_POINTS 5:BOOKED") {
		t.Errorf("lines %s", got)
	}
	row, err = d.Find(t.Context(), row.ID)
	d.must(err)
	if row.Status != adjust.Booked || row.Done != 3 || row.Refused != 1 {
		t.Errorf("%+v", row)
	}
	var paid int64
	d.must(d.db.Pool.QueryRow(t.Context(), `SELECT sum(remaining) FROM point_lots WHERE origin = 'PAID' AND expires_at = '2026-12-31 15:00Z'`).Scan(&paid))
	if paid != 1200 {
		t.Errorf("%d bought points until the end of the year", paid)
	}
}

func TestASecondPersonApprovesAboveTheLimit(t *testing.T) {
	d := newDesk(t)
	a := d.member("a@example.com")
	d.must(d.ChangeSettings(d.first, adjust.Settings{ApprovalAbove: 100}))
	take := func(points string) *db.PointAdjustment {
		row, err := d.Take(d.first, "x.csv", strings.NewReader("mail,points,reason\na@example.com,"+points+",why\n"))
		d.must(err)
		row, err = d.Submit(d.first, row.ID)
		d.must(err)
		d.must(d.Work(t.Context()))
		return row
	}
	take("100")
	d.wants(a, 100)
	row := take("101")
	if row.Status != adjust.Waiting {
		t.Fatalf("above the limit: %+v", row)
	}
	d.wants(a, 100)
	if _, err := d.Approve(d.first, row.ID, ""); code(err) != "SAME_PERSON" {
		t.Errorf("who brought it approves: %v", err)
	}
	if _, err := d.Approve(t.Context(), row.ID, ""); code(err) != "SAME_PERSON" {
		t.Errorf("nobody approves: %v", err)
	}
	if _, err := d.db.Pool.Exec(t.Context(), `UPDATE point_adjustments SET status = 'APPROVED', decided_by = created_by WHERE id = $1`, row.ID); err == nil {
		t.Error("the table lets who brought it approve")
	}
	_, err := d.Approve(d.second, row.ID, "確認しました")
	d.must(err)
	d.must(d.Work(t.Context()))
	d.wants(a, 201)

	row = take("5000")
	if _, err := d.Reject(d.second, row.ID, " "); code(err) != "REQUIRED" {
		t.Errorf("rejected without a word: %v", err)
	}
	_, err = d.Reject(d.second, row.ID, "多すぎます")
	d.must(err)
	if _, err := d.Approve(d.second, row.ID, ""); code(err) != "NOT_WAITING" {
		t.Errorf("approved after it was rejected: %v", err)
	}
	d.must(d.Work(t.Context()))
	d.wants(a, 201)
}

// Accounts are locked in the order of those who have the points now, as everybody
// else locks them: whoever was merged since the file came in stands elsewhere.
func TestLinesAreBookedInTheOrderOfAccounts(t *testing.T) {
	d := newDesk(t)
	a, b, c := d.member("a@example.com"), d.member("b@example.com"), d.member("c@example.com")
	row, err := d.Take(d.first, "x.csv", strings.NewReader("mail,points,reason\nb@example.com,10,why\nc@example.com,10,why\na@example.com,10,why\n"))
	d.must(err)
	d.exec(`DELETE FROM identity_keys WHERE customer_id = $1`, c)
	d.exec(`UPDATE customers SET merged_into = $1 WHERE id = $2`, a, c)
	_, err = d.Submit(d.first, row.ID)
	d.must(err)
	d.must(d.Work(t.Context()))
	var order []int64
	d.must(d.db.Pool.QueryRow(t.Context(), `SELECT array_agg(customer_id ORDER BY id) FROM point_bookings`).Scan(&order))
	if !slices.Equal(order, []int64{a, a, b}) {
		t.Errorf("booked for %v, want %v", order, []int64{a, a, b})
	}
	d.wants(a, 20)
	d.wants(b, 10)
}

// A process that dies at any statement of a part leaves the books true, and
// whoever comes next books each line once.
func TestADeathAtAnyStatementBooksEachLineOnce(t *testing.T) {
	d := newDesk(t)
	a, b := d.member("a@example.com"), d.member("b@example.com")
	var file strings.Builder
	file.WriteString("mail,points,reason\n")
	for i := range 450 { // three parts
		file.WriteString([]string{"a", "b"}[i%2] + "@example.com,10,why\n")
	}
	row, err := d.Take(d.first, "x.csv", strings.NewReader(file.String()))
	d.must(err)
	_, err = d.Submit(d.first, row.ID)
	d.must(err)
	// The n-th insert or update of a session fails until it has gone by.
	d.exec(`CREATE SEQUENCE statements`)
	d.exec(`CREATE TABLE dies_at (n bigint)`)
	d.exec(`INSERT INTO dies_at VALUES (1)`)
	d.exec(`CREATE FUNCTION die() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
		IF nextval('statements') = (SELECT n FROM dies_at) THEN RAISE EXCEPTION 'the process died' USING ERRCODE = 'admin_shutdown'; END IF;
		RETURN NULL; END $$`)
	for _, table := range []string{"point_bookings", "point_entries", "point_lots", "point_accounts", "point_adjustment_lines", "point_adjustments", "events"} {
		d.exec(`CREATE TRIGGER die AFTER INSERT OR UPDATE ON ` + table + ` FOR EACH STATEMENT EXECUTE FUNCTION die()`)
	}
	deaths := 0
	for n := int64(1); ; n += 97 {
		d.exec(`SELECT setval('statements', 1, false)`)
		d.exec(`UPDATE dies_at SET n = $1`, n)
		if err := d.Work(t.Context()); err == nil {
			break
		}
		deaths++
		wrong, err := d.points.Verify(t.Context())
		if err != nil || len(wrong) > 0 {
			t.Fatalf("after the death at %d: %v %+v", n, err, wrong)
		}
		if deaths > 200 {
			t.Fatal("it never ends")
		}
	}
	if deaths < 5 {
		t.Errorf("%d deaths show nothing", deaths)
	}
	d.wants(a, 2250)
	d.wants(b, 2250)
	row, err = d.Find(t.Context(), row.ID)
	d.must(err)
	if row.Status != adjust.Booked || row.Done != 450 || row.Refused != 0 {
		t.Errorf("%+v", row)
	}
}

func TestFilesThatCannotBeRead(t *testing.T) {
	d := newDesk(t)
	for file, want := range map[string]string{
		"":                             "FILE_UNREADABLE",
		"mail,points\na,1\n":           "HEADER_UNKNOWN",
		"\x81":                         "FILE_UNREADABLE",
		"who,points,reason\na,1,why\n": "HEADER_UNKNOWN",
	} {
		if _, err := d.Take(d.first, "x.csv", strings.NewReader(file)); code(err) != want {
			t.Errorf("%q: %v, want %s", file, err, want)
		}
	}
}
