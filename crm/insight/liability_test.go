package insight_test

import (
	"context"
	"reflect"
	"testing"
	"time"

	"github.com/meguri-crm/meguri/crm/clock"
	"github.com/meguri-crm/meguri/crm/insight"
)

// balanceAt replays the ledger: what all customers have at an instant.
func (w *world) balanceAt(at time.Time) (sum int64) {
	w.t.Helper()
	err := w.db.Pool.QueryRow(context.Background(), `SELECT coalesce(sum(e.amount), 0)::bigint FROM point_bookings AS b JOIN point_entries AS e ON e.customer_id = b.customer_id AND e.booking_id = b.id
		WHERE b.occurred_at <= $1 AND e.account IN ('AVAILABLE', 'PENDING', 'HELD')`, at).Scan(&sum)
	if err != nil {
		w.t.Fatal(err)
	}
	return sum
}

// tiesOut checks that an answer is what the ledger says, month by month, and
// that its parts add up.
func (w *world) tiesOut(l *insight.Liability) {
	w.t.Helper()
	for i, m := range l.Months {
		if sum := m.Opening + m.Issued - m.Redeemed - m.Expired - m.ClawedBack + m.Other; sum != m.Closing {
			w.t.Errorf("%s: the flows lead to %d, the month closes with %d", m.Day.Format(time.DateOnly), sum, m.Closing)
		}
		y, month, d := m.Day.Date()
		if want := w.balanceAt(time.Date(y, month, d+1, 0, 0, 0, 0, tokyo)); m.Closing != want {
			w.t.Errorf("%s closes with %d, the ledger says %d", m.Day.Format(time.DateOnly), m.Closing, want)
		}
		if i > 0 && m.Opening != l.Months[i-1].Closing {
			w.t.Errorf("%s opens with %d, the month before closed with %d", m.Day.Format(time.DateOnly), m.Opening, l.Months[i-1].Closing)
		}
	}
	var forecast int64
	for _, e := range l.Forecast {
		forecast += e.Points
	}
	if last := l.Months[len(l.Months)-1].Closing; l.Balance() != last || forecast != last || last == 0 {
		w.t.Errorf("the balance is %d, the last month closes with %d, the forecast adds up to %d", l.Balance(), last, forecast)
	}
}

// TestLiabilityTiesOutToTheLedger: with months that are kept, without, and with
// kept months to which a booking was added later.
func TestLiabilityTiesOutToTheLedger(t *testing.T) {
	w := newCrowd(t, 11)
	s, segments := w.services()
	fresh, err := s.Liability(t.Context(), 24)
	if err != nil {
		t.Fatal(err)
	}
	w.tiesOut(fresh)
	if err := s.CloseMonths(t.Context()); err != nil {
		t.Fatal(err)
	}
	kept, err := s.Liability(t.Context(), 24)
	if err != nil || !reflect.DeepEqual(fresh, kept) {
		t.Errorf("with kept months: %v\n got %+v\nwant %+v", err, kept.Months, fresh.Months)
	}
	for _, m := range kept.Months {
		y, month, d := m.Day.Date()
		var holders int64
		err := w.db.Pool.QueryRow(t.Context(), `SELECT count(*) FROM (SELECT survivor_of(b.customer_id) FROM point_bookings AS b JOIN point_entries AS e ON e.customer_id = b.customer_id AND e.booking_id = b.id
			WHERE b.occurred_at <= $1 AND e.account IN ('AVAILABLE', 'PENDING', 'HELD') GROUP BY 1 HAVING sum(e.amount) > 0) AS h`, time.Date(y, month, d+1, 0, 0, 0, 0, tokyo)).Scan(&holders)
		preview, previewErr := segments.Preview(t.Context(), m.Holders, 0)
		if err != nil || previewErr != nil || preview.Count != holders {
			t.Errorf("%s: %d had points, the rule finds %+v (%v, %v)", m.Day.Format(time.DateOnly), holders, preview, err, previewErr)
		}
	}

	w.posting(1, 77, "GRANT", time.Date(2026, 3, 5, 12, 0, 0, 0, tokyo), 0, "AVAILABLE", 700, "ISSUED")
	w.exec(`INSERT INTO point_lots (customer_id, id, booking_id, amount, remaining, status, earned_at, usable_at) VALUES (1, 77, 77, 700, 700, 'USABLE', now(), now())`)
	w.exec(`INSERT INTO point_accounts AS a (customer_id, available) VALUES (1, 700) ON CONFLICT (customer_id) DO UPDATE SET available = a.available + 700`)
	late, err := s.Liability(t.Context(), 24)
	if err != nil {
		t.Fatal(err)
	}
	w.tiesOut(late)
	if err := s.CloseMonths(t.Context()); err != nil {
		t.Fatal(err)
	}
	if again, err := s.Liability(t.Context(), 24); err != nil || !reflect.DeepEqual(late, again) {
		t.Errorf("the kept months were not brought up to date: %v", err)
	}
}

// TestKeptMonthsAreRead: an answer over kept months comes from them, not from the
// entries behind them.
func TestKeptMonthsAreRead(t *testing.T) {
	w := newCrowd(t, 12)
	s, _ := w.services()
	if err := s.CloseMonths(t.Context()); err != nil {
		t.Fatal(err)
	}
	before, err := s.Liability(t.Context(), 12)
	if err != nil {
		t.Fatal(err)
	}
	w.exec(`UPDATE point_month_ends SET issued = issued + 5, other = other - 5 WHERE ends_at = $1`, time.Date(2026, 10, 1, 0, 0, 0, 0, tokyo))
	after, err := s.Liability(t.Context(), 12)
	if err != nil {
		t.Fatal(err)
	}
	if got, want := after.Months[9].Issued-before.Months[9].Issued, int64(5); got != want {
		t.Errorf("September issued %d more, want %d", got, want)
	}
}

// TestExpiryAtMidnightBelongsToTheDayThatEnds holds the months apart to the
// instant: points that can be used until the 31st expire in that month.
func TestExpiryAtMidnightBelongsToTheDayThatEnds(t *testing.T) {
	w := &world{t: t, db: newCrowd(t, 1).db}
	for _, table := range []string{"point_lots", "point_accounts"} {
		w.exec("DELETE FROM " + table)
	}
	w.exec("TRUNCATE point_entries, point_bookings")
	since := time.Date(2026, 1, 1, 0, 0, 0, 0, tokyo)
	end := time.Date(2026, 11, 1, 0, 0, 0, 0, tokyo)
	w.exec(`UPDATE customers SET anonymous = false, merged_into = NULL, member_since = now(), member_via = 'SITE' WHERE id = 5`)
	w.posting(5, 1, "GRANT", since, 1, "AVAILABLE", 100, "ISSUED") // at the very beginning: last year's
	w.posting(5, 2, "EXPIRE", end, 1, "AVAILABLE", -40, "EXPIRED")
	w.exec(`INSERT INTO point_lots (customer_id, id, booking_id, amount, remaining, clawed_back, status, earned_at, usable_at, expires_at) VALUES (5, 1, 1, 100, 0, 20, 'DONE', $1, $1, $2)`, since, end)
	w.posting(5, 3, "GRANT", since.Add(time.Second), 3, "AVAILABLE", 60, "ISSUED")
	w.exec(`INSERT INTO point_lots (customer_id, id, booking_id, amount, remaining, status, earned_at, usable_at, expires_at) VALUES (5, 3, 3, 60, 60, 'USABLE', $1, $1, $2)`, since, time.Date(2027, 1, 1, 0, 0, 0, 0, tokyo))
	w.posting(5, 4, "REDEEM", since.Add(time.Minute), 1, "AVAILABLE", -60, "REDEEMED")
	w.exec(`INSERT INTO point_accounts (customer_id, available) VALUES (5, 60)`)
	s := insight.New(w.db, nil, &clock.Fixed{T: now}, tokyo, "JPY")
	l, err := s.Liability(t.Context(), 12)
	if err != nil {
		t.Fatal(err)
	}
	w.tiesOut(l)
	december, january, october := l.Months[0], l.Months[1], l.Months[10]
	if december.Issued != 100 || january.Issued != 60 || january.Redeemed != 60 || october.Expired != 40 || october.Opening != 100 || october.Closing != 60 {
		t.Errorf("December %+v\nJanuary %+v\nOctober %+v", december, january, october)
	}
	if e := l.Expired[10]; e.Granted != 80 || e.Expired != 40 || e.People.Count != 1 {
		t.Errorf("ended in October: %+v", e)
	}
	if b := l.Breakage; b.Granted != 80 || b.Expired != 40 || b.Share == nil || *b.Share != 5000 || b.Estimate != 30 || b.Previous != nil {
		t.Errorf("breakage %+v", b)
	}
	if f := l.Forecast[1]; f.Month == nil || f.Month.Month() != time.December || f.Points != 60 || f.People.Count != 1 {
		t.Errorf("December's forecast %+v", f)
	}

	w.posting(5, 5, "CLAWBACK", now.Add(-time.Hour), 1, "EXPIRED", -30, "CLAWED_BACK") // the goods came back
	w.exec(`UPDATE point_lots SET clawed_back = 50 WHERE customer_id = 5 AND id = 1`)
	if l, err = s.Liability(t.Context(), 12); err != nil {
		t.Fatal(err)
	}
	w.tiesOut(l)
	if e := l.Expired[10]; e.Granted != 50 || e.Expired != 10 || *l.Breakage.Share != 2000 {
		t.Errorf("ended in October, with a claw-back: %+v, breakage %+v", e, l.Breakage)
	}
	if m := l.Months[11]; m.Expired != -30 || m.ClawedBack != 30 || m.Opening != m.Closing {
		t.Errorf("the month of the claw-back: %+v", m)
	}
}
