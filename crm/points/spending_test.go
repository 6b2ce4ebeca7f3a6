package points

import (
	"testing"
	"time"

	"github.com/meguri-crm/meguri/crm/access"
)

func TestSpendingKeepsToItsSettings(t *testing.T) {
	two := SpendSettings{Enabled: true, Points: 100, Amount: 50, Min: 200, Step: 100, MaxShare: 3000} // 100 points are 50 yen, for 30 % of an order
	off := two
	off.Enabled = false
	for _, c := range []struct {
		set                     SpendSettings
		available, amount, most int64
	}{
		{DefaultSpendSettings(), 500, 300, 300},
		{DefaultSpendSettings(), 500, 900, 500},
		{DefaultSpendSettings(), 0, 900, 0},
		{DefaultSpendSettings(), 500, 0, 0},
		{two, 10_000, 1000, 600}, // 300 yen
		{two, 10_000, 999, 500},  // 299 yen would be 598 points
		{two, 550, 100_000, 500}, // whole steps
		{two, 199, 100_000, 0},   // fewer than the least
		{two, 10_000, 300, 0},    // 90 yen are 180 points
		{off, 10_000, 1000, 0},
		{DefaultSpendSettings(), 1 << 50, 1 << 50, MaxAmount},
	} {
		most := c.set.Most(c.available, c.amount)
		if most != c.most {
			t.Errorf("of %d on an order of %d: %d, want %d", c.available, c.amount, most, c.most)
		}
		if err := c.set.Check(most, &c.amount); most > 0 && err != nil {
			t.Errorf("the most, %d, is refused: %v", most, err)
		}
		if worth := c.set.Worth(most); most > 0 && worth > c.amount {
			t.Errorf("%d points pay %d of an order of %d", most, worth, c.amount)
		}
	}
	order := int64(1000)
	for points, want := range map[int64]string{100: "SPEND_MIN", 250: "SPEND_STEP", 700: "SPEND_SHARE", 600: ""} {
		if got := codeOf(two.Check(points, &order)); got != want {
			t.Errorf("%d points: %q, want %q", points, got, want)
		}
	}
	if got := codeOf(off.Check(600, nil)); got != "SPENDING_OFF" {
		t.Errorf("switched off: %q", got)
	}
}

func TestCheckoutsAreBoundAndCorrectionsAreNot(t *testing.T) {
	l := newLedger(t)
	c := l.member()
	_, err := l.grant(c, 1000, "g", nil)
	must(t, err)
	d := Desk{l.Service}
	ctx := access.As(t.Context(), access.Principal{Kind: access.ActorStaff, ID: 1})
	if err := d.ChangeSpendSettings(ctx, SpendSettings{Enabled: true, Points: 1, Amount: 1, Min: 150, Step: 100, MaxShare: 5000}); codeOf(err) != "NOT_A_MULTIPLE" {
		t.Errorf("a least that is no multiple of the step: %v", err)
	}
	must(t, d.ChangeSpendSettings(ctx, SpendSettings{Enabled: true, Points: 1, Amount: 1, Min: 100, Step: 100, MaxShare: 5000}))
	order := int64(500)
	if _, _, err := d.Hold(ctx, ByHand{CustomerID: c, Amount: 300, OrderAmount: &order, Minutes: 5, Key: "h"}); codeOf(err) != "SPEND_SHARE" {
		t.Errorf("more than half of the order: %v", err)
	}
	_, h, err := d.Hold(ctx, ByHand{CustomerID: c, Amount: 200, OrderAmount: &order, Minutes: 5, Key: "h"})
	must(t, err)
	_, _, err = d.Capture(ctx, ByHand{CustomerID: c, HoldID: h.ID, Amount: 130, Key: "c"}) // a part of what was agreed to
	must(t, err)
	if _, err := d.Redeem(ctx, ByHand{CustomerID: c, Amount: 50, Key: "r"}); codeOf(err) != "SPEND_MIN" {
		t.Errorf("fewer than the least: %v", err)
	}
	_, err = d.Deduct(ctx, ByHand{CustomerID: c, Amount: 7, Note: "二重付与", Key: "d"})
	must(t, err)
	l.want(c, 863, 0, 0, 0)
}

// The balance at an instant knows what time had brought by then, though nobody has
// booked it.
func TestBalanceAtAnInstantBeforeTheJobRan(t *testing.T) {
	l := newLedger(t)
	c := l.member()
	begin, end := l.clock.T, l.clock.T.AddDate(0, 0, 10)
	_, err := l.grant(c, 100, "soon", &end)
	must(t, err)
	_, err = l.grant(c, 40, "never", nil)
	must(t, err)
	l.clock.T = begin.AddDate(0, 0, 30)
	for _, at := range []struct {
		t    time.Time
		want int64
	}{{begin.Add(-time.Second), 0}, {begin, 140}, {end.Add(-time.Microsecond), 140}, {end, 40}, {l.clock.T, 40}} {
		a, err := l.BalanceAt(t.Context(), c, at.t)
		must(t, err)
		if a.Available != at.want {
			t.Errorf("at %s: %d, want %d", at.t, a.Available, at.want)
		}
	}
}
