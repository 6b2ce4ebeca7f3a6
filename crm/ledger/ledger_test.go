package ledger_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/meguri-crm/meguri/crm/clock"
	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/crm/ledger"
	"github.com/meguri-crm/meguri/crm/mall"
	"github.com/meguri-crm/meguri/crm/points"
	"github.com/meguri-crm/meguri/db"
	"github.com/meguri-crm/meguri/db/dbtest"
)

var tokyo = func() *time.Location {
	zone, err := time.LoadLocation("Asia/Tokyo")
	if err != nil {
		panic(err)
	}
	return zone
}()

// world is a ledger with a history that a test makes.
type world struct {
	t         *testing.T
	db        *db.DB
	clock     *clock.Fixed
	points    *points.Service
	ledger    *ledger.Service
	rnd       *rand.Rand
	customers []int64
	spent     []db.PointBooking
	n         int
}

func newWorld(t *testing.T) *world {
	d := dbtest.New(t)
	c := &clock.Fixed{T: time.Date(2025, 8, 5, 3, 0, 0, 0, time.UTC)}
	w := &world{t: t, db: d, clock: c, points: points.New(d, c, tokyo), rnd: rand.New(rand.NewPCG(7, 7))}
	w.ledger = ledger.New(d, c, tokyo, w.points)
	rows, err := d.Pool.Query(t.Context(), `INSERT INTO customers (member_since, member_via) SELECT '2025-01-01', 'SITE' FROM generate_series(1, 8) RETURNING id`)
	w.must(err)
	w.customers, err = pgx.CollectRows(rows, pgx.RowTo[int64])
	w.must(err)
	return w
}

func (w *world) must(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

func (w *world) key() string {
	w.n++
	return fmt.Sprint(w.n)
}

func (w *world) grant(customer, amount int64, origin points.Origin, expires time.Time) {
	w.t.Helper()
	_, err := w.points.Grant(w.t.Context(), nil, points.GrantRequest{
		CustomerID: customer, Amount: amount, Origin: origin, ExpiresAt: &expires, Key: w.key(), Cause: points.Cause{Reason: "STAFF"},
	})
	w.must(err)
}

// spend redeems or deducts, where there is as much.
func (w *world) spend(customer, amount int64, do func(context.Context, *db.Tx, points.SpendRequest) (points.Receipt, error)) {
	w.t.Helper()
	r, err := do(w.t.Context(), nil, points.SpendRequest{CustomerID: customer, Amount: amount, Key: w.key(), Cause: points.Cause{Reason: "API"}})
	if fault.Is(err, fault.Precondition) {
		return
	}
	w.must(err)
	w.spent = append(w.spent, r.Booking)
}

// live is a random day.
func (w *world) live() {
	w.clock.T = w.clock.T.Add(time.Duration(6+w.rnd.IntN(36)) * time.Hour)
	c := w.customers[w.rnd.IntN(len(w.customers))]
	amount := int64(1 + w.rnd.IntN(300))
	switch w.rnd.IntN(8) {
	case 0, 1, 2:
		origin := points.Free
		if w.rnd.IntN(3) == 0 {
			origin = points.Paid
		}
		w.grant(c, amount, origin, w.clock.T.AddDate(0, 0, 10+w.rnd.IntN(90)))
	case 3, 4:
		w.spend(c, amount, w.points.Redeem)
	case 5:
		w.spend(c, amount/4+1, w.points.Deduct)
	case 6:
		_, _, err := w.points.Hold(w.t.Context(), nil, points.HoldRequest{CustomerID: c, Amount: amount/3 + 1, For: time.Hour, Key: w.key(), Cause: points.Cause{Reason: "API"}})
		if err != nil && !fault.Is(err, fault.Precondition) {
			w.must(err)
		}
	default:
		if len(w.spent) > 0 {
			of := w.spent[w.rnd.IntN(len(w.spent))]
			_, err := w.points.Reverse(w.t.Context(), nil, points.ReverseRequest{CustomerID: of.CustomerID, BookingID: of.ID, Amount: 1, Key: w.key(), Cause: points.Cause{Reason: "REVERSAL"}})
			if err != nil && !fault.Is(err, fault.Precondition) {
				w.must(err)
			}
		}
	}
}

func (w *world) sum(sql string, args ...any) (n int64) {
	w.t.Helper()
	w.must(w.db.Pool.QueryRow(w.t.Context(), sql, args...).Scan(&n))
	return n
}

// balanceAt replays the entries, of bought lots or of all.
func (w *world) balanceAt(t time.Time, paid bool) int64 {
	return w.sum(`SELECT coalesce(sum(e.amount), 0)::bigint FROM point_entries e JOIN point_bookings b ON b.customer_id = e.customer_id AND b.id = e.booking_id
		LEFT JOIN point_lots l ON l.customer_id = e.customer_id AND l.id = e.lot_id
		WHERE b.occurred_at <= $1 AND e.account IN ('AVAILABLE', 'PENDING', 'HELD') AND ($2 = false OR l.origin = 'PAID')`, t, paid)
}

func (w *world) check(r *ledger.Report) {
	w.t.Helper()
	for i, m := range r.Months {
		if got := m.Opening + m.Issued - m.Redeemed + m.Restored - m.Expired - m.ClawedBack + m.Adjusted + m.Debt + m.Transferred; got != m.Closing {
			w.t.Errorf("%s: the columns lead to %d, the month closes with %d", m.First.Format("2006-01"), got, m.Closing)
		}
		if i > 0 && m.Opening != r.Months[i-1].Closing {
			w.t.Errorf("%s opens with %d, the month before closed with %d", m.First.Format("2006-01"), m.Opening, r.Months[i-1].Closing)
		}
		y, month, _ := m.First.Date()
		if want := w.balanceAt(time.Date(y, month+1, 1, 0, 0, 0, 0, tokyo), false); m.Closing != want {
			w.t.Errorf("%s closes with %d, the entries say %d", m.First.Format("2006-01"), m.Closing, want)
		}
	}
	for i, p := range r.Paid {
		y, month, d := p.Day.Date()
		if want := w.balanceAt(time.Date(y, month, d+1, 0, 0, 0, 0, tokyo), true); p.Unused != want || p.Amount != want {
			w.t.Errorf("%s: %d bought and unused, the entries say %d", p.Day.Format(time.DateOnly), p.Unused, want)
		}
		if i+1 < len(r.Paid) && r.Paid[i+1].Unused+p.Issued-p.Used-p.Other != p.Unused {
			w.t.Errorf("%s: the half-year leads to %d, unused are %d", p.Day.Format(time.DateOnly), r.Paid[i+1].Unused+p.Issued-p.Used-p.Other, p.Unused)
		}
	}
}

// addUpAll adds up until no booking is left. Transactions of any database of the
// server hold the days back, those of other tests too, so it asks again for a while.
func (w *world) addUpAll() {
	w.t.Helper()
	for end := time.Now().Add(time.Minute); time.Now().Before(end); time.Sleep(20 * time.Millisecond) {
		w.must(w.ledger.AddUp(w.t.Context()))
		if w.sum("SELECT count(*) FROM point_bookings WHERE id > (SELECT settled_to FROM point_days_state)") == 0 {
			return
		}
	}
	w.t.Fatal("bookings are left that are not added up")
}

// The report is the same from days that are added up, from the bookings alone and
// from both, and it is what the entries say.
func TestTheReportIsWhatTheEntriesSay(t *testing.T) {
	w := newWorld(t)
	for day := range 420 {
		w.live()
		if day == 200 || day == 201 || day == 330 {
			w.must(w.ledger.AddUp(t.Context()))
		}
	}
	r, err := w.ledger.Report(t.Context(), 24)
	w.must(err)
	w.check(r)
	var all ledger.Month
	for _, m := range r.Months {
		all.Issued, all.Redeemed, all.Restored = all.Issued+m.Issued, all.Redeemed+m.Redeemed, all.Restored+m.Restored
		all.Expired, all.Adjusted = all.Expired+m.Expired, all.Adjusted+m.Adjusted
	}
	if all.Issued == 0 || all.Redeemed == 0 || all.Restored == 0 || all.Expired == 0 || all.Adjusted == 0 || len(r.Paid) < 3 {
		t.Errorf("a history without one of the flows shows nothing: %+v, %d half-years", all, len(r.Paid))
	}
	w.addUpAll()
	if w.sum("SELECT count(*) FROM point_days") == 0 {
		t.Error("nothing was added up")
	}
	again, err := w.ledger.Report(t.Context(), 24)
	w.must(err)
	if !reflect.DeepEqual(r, again) {
		t.Errorf("added up:\n%+v\nbefore:\n%+v", again, r)
	}
	if _, err := w.ledger.Report(t.Context(), 0); !fault.Is(err, fault.Invalid) {
		t.Errorf("no months: %v", err)
	}
}

// A booking that was under way when the days were added up, with an id below
// others that were committed, is neither lost nor counted twice.
func TestABookingUnderWayIsCountedOnce(t *testing.T) {
	w := newWorld(t)
	far := w.clock.T.AddDate(1, 0, 0)
	w.grant(w.customers[0], 10, points.Free, far)
	begun, booked, end := make(chan struct{}), make(chan error), make(chan struct{})
	go func() {
		booked <- db.RunInTx(context.Background(), w.db, func(ctx context.Context, tx db.Tx) error {
			_, err := w.points.Grant(ctx, &tx, points.GrantRequest{CustomerID: w.customers[0], Amount: 100, ExpiresAt: &far, Key: "late", Cause: points.Cause{Reason: "STAFF"}})
			close(begun)
			<-end
			return err
		})
	}()
	<-begun
	w.grant(w.customers[1], 1000, points.Free, far)
	for range 3 {
		w.must(w.ledger.AddUp(t.Context()))
	}
	r, err := w.ledger.Report(t.Context(), 1)
	w.must(err)
	if got := r.Months[0].Closing; got != 1010 {
		t.Errorf("while it is under way: %d", got)
	}
	close(end)
	w.must(<-booked)
	for range 3 {
		r, err = w.ledger.Report(t.Context(), 1)
		w.must(err)
		if got := r.Months[0].Closing; got != 1110 {
			t.Errorf("afterwards: %d", got)
		}
		w.must(w.ledger.AddUp(t.Context()))
	}
}

func TestAnotherZoneBeginsAnew(t *testing.T) {
	w := newWorld(t)
	w.clock.T = time.Date(2025, 8, 31, 16, 0, 0, 0, time.UTC) // the 1st of September in Tokyo
	w.grant(w.customers[0], 10, points.Free, w.clock.T.AddDate(1, 0, 0))
	w.must(w.ledger.AddUp(t.Context()))
	w.must(w.ledger.AddUp(t.Context()))
	utc := ledger.New(w.db, w.clock, time.UTC, w.points)
	for range 3 {
		r, err := utc.Report(t.Context(), 1)
		w.must(err)
		if m := r.Months[0]; m.First.Month() != time.August || m.Issued != 10 {
			t.Errorf("in UTC: %+v", m)
		}
		w.must(utc.AddUp(t.Context()))
	}
}

func TestStatement(t *testing.T) {
	w := newWorld(t)
	c := w.customers[0]
	soon, late := w.clock.T.AddDate(0, 1, 0), w.clock.T.AddDate(0, 2, 0)
	w.grant(c, 100, points.Free, soon)
	w.grant(c, 50, points.Paid, late)
	w.clock.T = w.clock.T.Add(time.Hour)
	w.spend(c, 120, w.points.Redeem)
	of := w.spent[0]
	_, err := w.points.Reverse(t.Context(), nil, points.ReverseRequest{CustomerID: c, BookingID: of.ID, Amount: 30, Key: "back", Cause: points.Cause{Reason: "REVERSAL"}})
	w.must(err)

	lines, err := w.ledger.Statement(t.Context(), c, ledger.Narrow{}, 0, 10)
	w.must(err)
	if len(lines) != 4 {
		t.Fatalf("%d lines", len(lines))
	}
	for i, want := range []struct {
		kind         string
		points, left int64
		lots         []int64
	}{{"RESTORE", 30, 0, []int64{10, 20}}, {"REDEEM", 120, 90, []int64{-100, -20}}, {"GRANT", 50, 0, []int64{50}}, {"GRANT", 100, 0, []int64{100}}} {
		l := lines[i]
		var lots []int64
		for _, part := range l.Lots {
			lots = append(lots, part.Points)
		}
		if l.Kind != want.kind || l.Amount != want.points || l.Left != want.left || !reflect.DeepEqual(lots, want.lots) {
			t.Errorf("line %d: %s of %d, left %d, lots %v; want %+v", i, l.Kind, l.Amount, l.Left, lots, want)
		}
	}
	if paid := lines[2].Lots[0]; paid.Origin != "PAID" || paid.ExpiresAt == nil || !paid.ExpiresAt.Equal(late) {
		t.Errorf("the bought lot: %+v", paid)
	}
	for _, part := range lines[1].Lots {
		if part.EarnedAt.IsZero() || part.ExpiresAt == nil || part.Reason != lines[3].Reason {
			t.Errorf("what was spent does not say of which grant it was: %+v", part)
		}
	}
	grant := ledger.Ref{CustomerID: c, ID: lines[2].ID}
	parts, err := w.ledger.Parts(t.Context(), []ledger.Ref{grant, {CustomerID: c, ID: of.ID}})
	w.must(err)
	if !reflect.DeepEqual(parts[grant], lines[2].Lots) || len(parts) != 2 {
		t.Errorf("asked by itself, a booking did %+v", parts)
	}
	next, err := w.ledger.Statement(t.Context(), c, ledger.Narrow{}, lines[1].ID, 1)
	w.must(err)
	if len(next) != 1 || next[0].ID != lines[2].ID {
		t.Errorf("the page behind the second line: %+v", next)
	}
	from := of.OccurredAt.Add(-time.Minute)
	narrow, err := w.ledger.Statement(t.Context(), c, ledger.Narrow{Kinds: []string{"GRANT", "REDEEM"}, From: &from}, 0, 10)
	w.must(err)
	if len(narrow) != 1 || narrow[0].ID != of.ID {
		t.Errorf("redeemed or granted since: %+v", narrow)
	}
}

// What is clawed back after it had expired is no breakage, and the statement says
// that it was taken from nobody.
func TestAClawbackOfWhatHadExpired(t *testing.T) {
	w := newWorld(t)
	c := w.customers[0]
	told := points.Told{CustomerID: c, Names: []string{"1"}, Key: "g", Action: mall.PointAction{
		Kind: mall.PointsGrant, Amount: 100, At: w.clock.T.AddDate(0, 0, -3), ExpiresAt: w.clock.T.AddDate(0, 0, 3),
	}}
	w.must(db.RunInTx(t.Context(), w.db, func(ctx context.Context, tx db.Tx) error {
		_, _, err := w.points.BookTold(ctx, tx, 1, []points.Told{told}, nil)
		return err
	}))
	w.spend(c, 30, w.points.Redeem)
	w.clock.T = w.clock.T.AddDate(0, 1, 0)
	w.grant(c, 50, points.Free, w.clock.T.AddDate(1, 0, 0))
	w.must(db.RunInTx(t.Context(), w.db, func(ctx context.Context, tx db.Tx) error { return w.points.UndoTold(ctx, tx, 1, []int64{c}) }))

	r, err := w.ledger.Report(t.Context(), 2)
	w.must(err)
	w.check(r)
	before, now := r.Months[0], r.Months[1]
	if before.Expired != 70 || now.Expired != -70 || now.ClawedBack != 100 || now.Closing != 20 {
		t.Errorf("the months: %+v, %+v", before, now)
	}
	lines, err := w.ledger.Statement(t.Context(), c, ledger.Narrow{}, 0, 1)
	w.must(err)
	if len(lines) != 1 || lines[0].Kind != "CLAWBACK" || lines[0].Amount != 30 || len(lines[0].Lots) != 2 {
		t.Fatalf("the claw-back: %+v", lines)
	}
	lots := lines[0].Lots
	if lots[0].Points != 0 || lots[0].Moved || lots[0].Expired != 70 || lots[1].Points != -30 || lots[1].Expired != 0 {
		t.Errorf("its lots: %+v", lots)
	}
}

// What is told of a lot names the rules that gave it, as they are called now,
// wherever it turns up: in its grant, its end, and after a merge.
func TestLotsNameTheirRules(t *testing.T) {
	w := newWorld(t)
	ctx := t.Context()
	desk := points.Desk{Service: w.points}
	rule := func(name string, gives int64) points.EarnRule {
		r, err := desk.CreateRule(ctx, points.EarnRule{Name: name, Kind: points.EarnAction, Action: points.ActionSurvey, Points: gives, ValidDays: 30})
		w.must(err)
		return r
	}
	first, c := rule("アンケート", 30), w.customers[0]
	rule("春のアンケート", 5)
	w.clock.T = w.clock.T.Add(time.Minute)
	_, _, err := w.points.Award(ctx, nil, points.Act{CustomerID: c, Action: points.ActionSurvey, Ref: "1"})
	w.must(err)
	first.Name = "満足度アンケート"
	_, err = desk.UpdateRule(ctx, first)
	w.must(err)
	w.grant(c, 7, points.Free, w.clock.T.AddDate(1, 0, 0))
	w.clock.T = w.clock.T.AddDate(0, 2, 0)
	_, err = w.points.BookDue(ctx)
	w.must(err)

	lines, err := w.ledger.Statement(ctx, c, ledger.Narrow{}, 0, 10)
	w.must(err)
	named := func(part ledger.LotPart) string { return part.Action + " " + strings.Join(part.Rules, ", ") }
	const want = "SURVEY 満足度アンケート, 春のアンケート"
	if len(lines) != 3 || lines[0].Kind != "EXPIRE" || named(lines[0].Lots[0]) != want || named(lines[2].Lots[0]) != want {
		t.Fatalf("the statement: %+v", lines)
	}
	if by := lines[1].Lots[0]; by.Action != "" || len(by.Rules) != 0 {
		t.Errorf("what was granted by hand is given by %q", named(by))
	}
	into := w.customers[1]
	w.must(db.RunInTx(ctx, w.db, func(ctx context.Context, tx db.Tx) error { return w.points.MergeInto(ctx, tx, 1, c, into) }))
	ended := lines[0].ID
	parts, err := w.ledger.PartsOfFamily(ctx, []ledger.Ref{{CustomerID: into, ID: ended}})
	w.must(err)
	if did := parts[ledger.Ref{CustomerID: into, ID: ended}]; len(did) != 1 || named(did[0]) != want || did[0].Points != -35 {
		t.Errorf("after a merge the end is told as %+v", parts)
	}
}

// Every filter finds what a look at each booking finds, page by page.
func TestSearch(t *testing.T) {
	w := newWorld(t)
	for range 150 {
		w.live()
	}
	all, err := w.ledger.Search(t.Context(), ledger.Filter{}, nil, 10_000)
	w.must(err)
	from, to := w.clock.T.AddDate(0, -3, 0), w.clock.T.AddDate(0, -1, 0)
	low, high := int64(20), int64(150)
	for name, c := range map[string]struct {
		f  ledger.Filter
		is func(*db.PointBooking) bool
	}{
		"all":      {ledger.Filter{}, func(*db.PointBooking) bool { return true }},
		"customer": {ledger.Filter{CustomerID: &w.customers[2]}, func(b *db.PointBooking) bool { return b.CustomerID == w.customers[2] }},
		"period":   {ledger.Filter{From: &from, To: &to}, func(b *db.PointBooking) bool { return b.OccurredAt.After(from) && !b.OccurredAt.After(to) }},
		"kind":     {ledger.Filter{Kinds: []string{"HOLD", "EXPIRE"}}, func(b *db.PointBooking) bool { return b.Kind == "HOLD" || b.Kind == "EXPIRE" }},
		"amount":   {ledger.Filter{Min: &low, Max: &high}, func(b *db.PointBooking) bool { return b.Amount >= low && b.Amount <= high }},
	} {
		t.Run(name, func(t *testing.T) {
			var want, got []int64
			for _, b := range all {
				if c.is(b) {
					want = append(want, b.ID)
				}
			}
			for after := (*ledger.Place)(nil); ; {
				rows, err := w.ledger.Search(t.Context(), c.f, after, 7)
				w.must(err)
				for _, b := range rows {
					got = append(got, b.ID)
				}
				if len(rows) < 7 {
					break
				}
				last := ledger.PlaceOf(rows[6])
				after = &last
			}
			if len(want) == 0 || !reflect.DeepEqual(got, want) {
				t.Errorf("found %v, want %v", got, want)
			}
		})
	}
}
