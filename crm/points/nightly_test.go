package points

import (
	"context"
	"log/slog"
	"testing"
	"time"

	"github.com/meguri-crm/meguri/crm/alert"
	"github.com/meguri-crm/meguri/db"
)

// woken keeps which alerts were asked to be looked at.
type woken []alert.Kind

func (w *woken) Enqueue(_ context.Context, _ db.Tx, args interface{ Kind() string }) error {
	*w = append(*w, args.(alert.CheckJob).Of)
	return nil
}

func TestTheNightBegins(t *testing.T) {
	at := func(day, hour, minute int) time.Time { return time.Date(2026, 4, day, hour, minute, 0, 0, tokyo) }
	for now, want := range map[time.Time]time.Time{
		at(2, 2, 59):        at(1, 3, 0),
		at(2, 3, 0):         at(2, 3, 0),
		at(2, 23, 0):        at(2, 3, 0),
		at(1, 1, 0):         time.Date(2026, 3, 31, 3, 0, 0, 0, tokyo),
		at(2, 12, 0).UTC():  at(2, 3, 0),
		at(2, 1, 0).Local(): at(1, 3, 0),
	} {
		if got := lastNight(now, tokyo); !got.Equal(want) {
			t.Errorf("at %v it began %v, want %v", now, got, want)
		}
	}
}

func TestTheNightlyCheckKeepsItsFigures(t *testing.T) {
	l := newLedger(t)
	log, asked := slog.New(slog.DiscardHandler), &woken{}
	check := func() {
		t.Helper()
		if err := l.CheckNightly(t.Context(), asked, log); err != nil {
			t.Fatal(err)
		}
	}
	causes := func() int {
		t.Helper()
		found, err := l.Broken(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		return len(found)
	}
	if n := causes(); n != 0 {
		t.Fatalf("%d causes before the first check", n)
	}
	one, other := l.member(), l.member()
	for _, customer := range []int64{one, other} {
		if _, err := l.grant(customer, 500, "g", nil); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := l.redeem(one, 200, "r"); err != nil {
		t.Fatal(err)
	}
	check()
	check() // of the same night: nothing
	last, err := l.LastCheck(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if last.Bookings != 3 || last.Entries != 6 || last.EntriesSum != 0 || last.Accounts != 2 || last.Lots != 2 || last.Outstanding != 800 || string(last.Discrepancies) != "[]" {
		t.Errorf("counted %+v", last)
	}
	if nights, err := l.Checks(t.Context(), 10); err != nil || len(nights) != 1 || len(*asked) != 1 || (*asked)[0] != alert.LedgerBroken {
		t.Errorf("%d checks, asked for %v, %v; want one of each", len(nights), *asked, err)
	}

	l.exec(`UPDATE point_accounts SET available = available + 1 WHERE customer_id = $1`, one)
	l.exec(`UPDATE point_lots SET remaining = remaining - 1 WHERE customer_id = $1`, other)
	if n := causes(); n != 0 {
		t.Errorf("%d causes before anybody looked", n)
	}
	l.clock.T = l.clock.T.AddDate(0, 0, 1)
	check()
	if last, err = l.LastCheck(t.Context()); err != nil {
		t.Fatal(err)
	}
	found, err := DiscrepanciesOf(last)
	if err != nil || len(found) < 2 || causes() != 1 {
		t.Errorf("found %+v, %v, %d causes", found, err, causes())
	}
	l.exec(`UPDATE point_accounts SET available = available - 1 WHERE customer_id = $1`, one)
	l.exec(`UPDATE point_lots SET remaining = remaining + 1 WHERE customer_id = $1`, other)
	l.clock.T = l.clock.T.AddDate(0, 0, 1)
	check()
	if n := causes(); n != 0 {
		t.Errorf("%d causes after the books were put in order", n)
	}
}
