package fee_test

import (
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/meguri-crm/meguri/crm/clock"
	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/crm/fee"
	"github.com/meguri-crm/meguri/db/dbtest"
)

var tokyo = time.FixedZone("JST", 9*3600)

func newService(t *testing.T) (*fee.Service, *clock.Fixed, []int64) {
	t.Helper()
	d := dbtest.New(t)
	var shops []int64
	if err := d.NewRaw(`INSERT INTO shops (code, name, mall) VALUES ('r1', '楽天1号店', 'RAKUTEN'), ('y1', 'ヤフー店', 'YAHOO') RETURNING id`).Scan(t.Context(), &shops); err != nil {
		t.Fatal(err)
	}
	at := &clock.Fixed{T: time.Date(2026, 11, 21, 16, 0, 0, 0, time.UTC)} // the 22nd in Tokyo
	return &fee.Service{DB: d, Clock: at, Zone: tokyo}, at, shops
}

func on(s string) time.Time {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		panic(err)
	}
	return t
}

func system(rate int, from string) fee.Draft {
	d := fee.Draft{Mall: "RAKUTEN", Kind: "SYSTEM", Basis: "NET_SALES", Rate: rate}
	if from != "" {
		d.From = on(from)
	}
	return d
}

// states tells the versions of Rakuten's system fee, the newest first.
func states(t *testing.T, s *fee.Service) (out []string) {
	t.Helper()
	list, err := s.List(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range list {
		if r.Mall == "RAKUTEN" && r.Kind == "SYSTEM" && r.ShopID == nil {
			out = append(out, fmt.Sprintf("%d %s %v", r.Rate, r.State, r.Estimated))
		}
	}
	return out
}

func code(err error) string {
	var f *fault.Error
	switch {
	case err == nil:
		return ""
	case errors.As(err, &f):
		return f.CodeOrKind() + " " + f.Field
	}
	return err.Error()
}

func TestVersionsNeverChangeThePast(t *testing.T) {
	s, at, _ := newService(t)
	if got := fmt.Sprint(states(t, s)); got != "[400 IN_FORCE true]" {
		t.Fatalf("to begin with: %s", got)
	}
	add := func(d fee.Draft, want string) int64 {
		t.Helper()
		row, err := s.Add(t.Context(), d)
		if code(err) != want {
			t.Fatalf("%d from %v: %v, want %q", d.Rate, d.From, err, want)
		}
		if row == nil {
			return 0
		}
		return row.ID
	}
	first := add(system(350, ""), "") // the merchant's own first one reaches back behind the estimate
	add(system(350, "2026-01-01"), "FEE_IN_PAST from")
	add(system(300, "2026-11-21"), "FEE_IN_PAST from") // yesterday in Tokyo
	today := add(system(300, "2026-11-22"), "")
	add(system(310, "2026-11-22"), "FEE_EXISTS from")
	coming := add(system(250, "2027-04-01"), "")
	if got := fmt.Sprint(states(t, s)); got != "[250 COMING false 300 IN_FORCE false 350 PAST false 400 PAST true]" {
		t.Errorf("the versions: %s", got)
	}
	at.Advance(24 * time.Hour)
	for id, want := range map[int64]string{first: "FEE_HOLDS ", today: "FEE_HOLDS ", coming: ""} {
		if _, err := s.Withdraw(t.Context(), id); code(err) != want {
			t.Errorf("withdrawing %d the next day: %v, want %q", id, err, want)
		}
	}
	if _, err := s.Withdraw(t.Context(), coming); !fault.Is(err, fault.NotFound) {
		t.Errorf("withdrawing twice: %v", err)
	}
	if got := fmt.Sprint(states(t, s)); got != "[300 IN_FORCE false 350 PAST false 400 PAST true]" {
		t.Errorf("afterwards: %s", got)
	}
}

// TestAShopFollowsItsMall: under a mall's rate of the merchant's own, the first
// one of a shop changes nothing that was charged.
func TestAShopFollowsItsMall(t *testing.T) {
	s, _, shops := newService(t)
	ofShop := func(from string) fee.Draft {
		d := system(200, from)
		d.ShopID = shops[0]
		return d
	}
	if _, err := s.Add(t.Context(), system(350, "")); err != nil {
		t.Fatal(err)
	}
	for from, want := range map[string]string{"": "FEE_IN_PAST from", "2026-11-21": "FEE_IN_PAST from", "2026-11-22": ""} {
		if _, err := s.Add(t.Context(), ofShop(from)); code(err) != want {
			t.Errorf("the shop's first one from %q: %v, want %q", from, err, want)
		}
	}
	other := ofShop("")
	other.Kind = "PAYMENT"
	if _, err := s.Add(t.Context(), other); err != nil {
		t.Errorf("of a kind that the mall has no rate of: %v", err)
	}
	whole := system(100, "")
	whole.Kind = "PAYMENT"
	if _, err := s.Add(t.Context(), whole); err != nil {
		t.Errorf("the mall's first one, by which no shop with a rate was charged: %v", err)
	}
}

// TestOneOfManyFirstVersionsReachesBack although all are entered at once.
func TestOneOfManyFirstVersionsReachesBack(t *testing.T) {
	s, _, _ := newService(t)
	const many = 8
	var all sync.WaitGroup
	var added atomic.Int32
	for i := range many {
		all.Go(func() {
			_, err := s.Add(t.Context(), system(300+i, fmt.Sprintf("2026-01-%02d", i+1)))
			if err == nil {
				added.Add(1)
			} else if code(err) != "FEE_IN_PAST from" {
				t.Error(err)
			}
		})
	}
	all.Wait()
	if n := added.Load(); n != 1 {
		t.Errorf("%d first versions, want 1", n)
	}
}

func TestATypingErrorIsTakenBackOnItsDay(t *testing.T) {
	s, _, _ := newService(t)
	wrong, err := s.Add(t.Context(), system(8000, ""))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.Withdraw(t.Context(), wrong.ID); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Add(t.Context(), system(800, "")); err != nil {
		t.Errorf("once more: %v", err)
	}
}

func TestDraftsAreChecked(t *testing.T) {
	s, _, shops := newService(t)
	for name, c := range map[string]struct {
		change func(*fee.Draft)
		want   string
	}{
		"an unknown mall":      {func(d *fee.Draft) { d.Mall = "MARS" }, "UNKNOWN_MALL mall"},
		"an unknown kind":      {func(d *fee.Draft) { d.Kind = "TIP" }, "UNKNOWN_VALUE kind"},
		"more than everything": {func(d *fee.Draft) { d.Rate = 10_001 }, "OUT_OF_RANGE rate"},
		"less than nothing":    {func(d *fee.Draft) { d.Amount = -1 }, "OUT_OF_RANGE amount"},
		"another mall's shop":  {func(d *fee.Draft) { d.ShopID = shops[1] }, "WRONG_MALL shopId"},
		"no shop at all":       {func(d *fee.Draft) { d.ShopID = 99 }, "NOT_FOUND shopId"},
		"before the beginning": {func(d *fee.Draft) { d.From = on("1969-12-31") }, "FEE_IN_PAST from"},
	} {
		d := system(300, "")
		c.change(&d)
		if _, err := s.Add(t.Context(), d); code(err) != c.want {
			t.Errorf("%s: %v, want %s", name, err, c.want)
		}
	}
	d := system(300, "")
	d.ShopID = shops[0]
	if _, err := s.Add(t.Context(), d); err != nil {
		t.Errorf("a shop's own: %v", err)
	}
}

func TestEveryEstimateSaysWhereItComesFrom(t *testing.T) {
	s, _, _ := newService(t)
	list, err := s.List(t.Context())
	if err != nil || len(list) == 0 {
		t.Fatal(list, err)
	}
	for _, r := range list {
		if !r.Estimated || r.Source == "" || r.CheckedOn == nil || r.Note == "" || r.Withdrawable {
			t.Errorf("%s %s: %+v", r.Mall, r.Kind, r)
		}
	}
}
