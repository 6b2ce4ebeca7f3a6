package pull_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/meguri-crm/meguri/crm/alert"
	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/crm/mall"
	"github.com/meguri-crm/meguri/crm/mall/malltest/merchant"
	"github.com/meguri-crm/meguri/crm/pull"
	"github.com/meguri-crm/meguri/crm/pull/pulltest"
	"github.com/meguri-crm/meguri/crm/pull/rakuten"
	"github.com/meguri-crm/meguri/crm/pull/source"
)

// statusOf is how an order stands.
func statusOf(t *testing.T, w *pulltest.World, no string) (status string) {
	t.Helper()
	if err := w.DB.NewRaw("SELECT status FROM orders WHERE order_no = ?", no).Scan(t.Context(), &status); err != nil {
		t.Fatal(err)
	}
	return status
}

// TestChangesFollow: what is shipped and cancelled after it came follows with
// the next pull, and only that is taken in.
func TestChangesFollow(t *testing.T) {
	t.Parallel()
	w, fake, row := connected(t, 60)
	w.PullAll(t, row.ID)
	var placed []string
	err := w.DB.NewRaw("SELECT order_no FROM orders WHERE status = 'PLACED' AND ordered_at > ? ORDER BY ordered_at DESC LIMIT 2", now.Add(-60*24*time.Hour)).Scan(t.Context(), &placed)
	if err != nil || len(placed) < 2 {
		t.Fatalf("%v, %v: no orders to change", placed, err)
	}
	w.Due(t, row.ID)
	fake.Ship(placed[0])
	fake.Cancel(placed[1])
	w.Clock.Advance(time.Minute)
	w.PullAll(t, row.ID)
	if a, b := statusOf(t, w, placed[0]), statusOf(t, w, placed[1]); a != "SHIPPED" || b != "CANCELLED" {
		t.Errorf("they are %s and %s", a, b)
	}
	pulls, err := w.Pull.Pulls(t.Context(), row.ID, 0, 10)
	if err != nil || len(pulls) != 2 || pulls[0].First || pulls[0].Orders != 2 || pulls[0].Inserted != 0 {
		t.Errorf("the pull after the first is told as %+v, %v", pulls[0], err)
	}
}

// TestStopped: a stopped connection asks nothing, and goes on where it was.
func TestStopped(t *testing.T) {
	t.Parallel()
	w, fake, row := connected(t, 200)
	ctx := t.Context()
	fake.Instead(func(_ string, n int) *pulltest.Answer {
		if n == 8 {
			if _, err := w.Pull.Stop(ctx, row.ID); err != nil {
				t.Error(err)
			}
		}
		return nil
	})
	w.Settle(t)
	before := fake.Calls("")
	w.Due(t, row.ID)
	w.Clock.Advance(24 * time.Hour)
	w.Settle(t)
	found, err := w.Pull.Find(ctx, row.ID)
	if err != nil || found.PulledTo != nil || found.LeaseOwner != nil || fake.Calls("") != before || before > 10 {
		t.Fatalf("stopped, it went on: %+v, %d calls, then %d, %v", found, before, fake.Calls(""), err)
	}
	if _, err := w.Pull.PullNow(ctx, row.ID); !fault.Is(err, fault.Precondition) {
		t.Errorf("stopped, it pulls: %v", err)
	}
	if _, err := w.Pull.Resume(ctx, row.ID); err != nil {
		t.Fatal(err)
	}
	w.PullAll(t, row.ID)
	if pulls, err := w.Pull.Pulls(ctx, row.ID, 0, 10); err != nil || pulls[len(pulls)-1].FromAt.After(now.Add(-700*24*time.Hour)) || pulls[len(pulls)-1].FinishedAt == nil {
		t.Errorf("it did not go on: %+v, %v", pulls, err)
	}
}

// TestAgain: after an import was undone its orders come again when they are asked for.
func TestAgain(t *testing.T) {
	t.Parallel()
	w, _, row := connected(t, 30)
	w.PullAll(t, row.ID)
	want := w.Told(t)
	pulls, err := w.Pull.Pulls(t.Context(), row.ID, 0, 1)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.Intake.Undo(t.Context(), *pulls[0].LatestImport); err != nil {
		t.Fatal(err)
	}
	w.Settle(t)
	if left := w.Told(t); len(left) != 0 {
		t.Fatalf("%d orders are left of what was undone", len(left))
	}
	if _, err := w.Pull.PullAgain(t.Context(), row.ID, now.Add(-726*24*time.Hour)); err != nil {
		t.Fatal(err)
	}
	w.PullAll(t, row.ID)
	if got := w.Told(t); strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("%d orders came again, want %d as they were", len(got), len(want))
	}
}

// TestExpiry: the end of a key is told before and after.
func TestExpiry(t *testing.T) {
	t.Parallel()
	w, fake, row := connected(t, 10)
	w.PullAll(t, row.ID)
	cause := func() (alert.Cause, bool) {
		causes, err := w.Pull.Expiring(t.Context())
		if err != nil || len(causes) > 1 {
			t.Fatal(causes, err)
		}
		if len(causes) == 0 {
			return alert.Cause{}, false
		}
		return causes[0], true
	}
	if c, ok := cause(); ok {
		t.Errorf("80 days before: %+v", c)
	}
	w.Clock.Advance(fake.Ends.Sub(w.Clock.Now()) - 10*24*time.Hour)
	if c, ok := cause(); !ok || c.Severity != alert.Warning || c.Figures["days"] != 10 || c.Figures["expired"] != false || c.Subject.Name != "巡り商店" {
		t.Errorf("10 days before: %+v", c)
	}
	w.Clock.Advance(11 * 24 * time.Hour)
	if c, ok := cause(); !ok || c.Severity != alert.Critical || c.Figures["expired"] != true {
		t.Errorf("after it: %+v", c)
	}
	_, err := w.Pull.Update(t.Context(), row.ID, pull.Draft{EveryMinutes: 15, FirstFrom: row.FirstFrom})
	var refused *fault.Error
	if !errors.As(err, &refused) || refused.Code != string(source.KeyRefused) {
		t.Errorf("an expired key is taken: %v", err)
	}
	fake.Key, fake.Ends = "SL123456_anew", w.Clock.Now().Add(90*24*time.Hour)
	if _, err := w.Pull.Update(t.Context(), row.ID, pull.Draft{Values: map[string]string{"licenseKey": fake.Key}, EveryMinutes: 15, FirstFrom: row.FirstFrom}); err != nil {
		t.Fatal(err)
	}
	if c, ok := cause(); ok {
		t.Errorf("with a new key: %+v", c)
	}
	w.PullAll(t, row.ID)
}

// TestOtherShop: a key of another shop is told by the numbers of its orders.
func TestOtherShop(t *testing.T) {
	t.Parallel()
	m := merchant.New(7, 30)
	for i := range m.Orders {
		m.Orders[i].No = strings.Replace(m.Orders[i].No, "123456-", "654321-", 1)
		m.Orders[i].At = now.Add(-time.Duration(i+1) * time.Hour)
	}
	w, _, row := connected(t, 10)
	w.PullAll(t, row.ID)
	other := pulltest.NewRakuten(t, w.Clock, m)
	p := w.Process(t, rakuten.Service{Base: other.URL})
	a, err := p.Try(t.Context(), row.ID, pull.Draft{EveryMinutes: 60, Values: map[string]string{"serviceSecret": other.Secret, "licenseKey": other.Key}})
	if err != nil || a.Trouble == nil || a.Trouble.Code != source.WrongShop {
		t.Errorf("%+v, %v", a.Trouble, err)
	}
}

// TestDrafts: what cannot be is refused with its field.
func TestDrafts(t *testing.T) {
	t.Parallel()
	w, fake, row := connected(t, 5)
	for name, c := range map[string]struct {
		change      func(*pull.Draft)
		code, field string
	}{
		"twice":        {func(*pull.Draft) {}, "SHOP_CONNECTED", "shopId"},
		"nothing":      {func(d *pull.Draft) { d.Values = nil }, "REQUIRED", "values.serviceSecret"},
		"too often":    {func(d *pull.Draft) { d.EveryMinutes = 1 }, "OUT_OF_RANGE", "everyMinutes"},
		"ahead":        {func(d *pull.Draft) { d.FirstFrom = now.Add(time.Hour) }, "AHEAD_OF_NOW", "firstFrom"},
		"no service":   {func(d *pull.Draft) { d.Service = "EBAY" }, "UNKNOWN_SERVICE", "service"},
		"refused":      {func(d *pull.Draft) { d.Values = map[string]string{"serviceSecret": "a", "licenseKey": "b"} }, "KEY_REFUSED", "values"},
		"no such shop": {func(d *pull.Draft) { d.ShopID = 999 }, "NOT_FOUND", ""},
	} {
		d := draft(w, fake)
		c.change(&d)
		_, err := w.Pull.Connect(t.Context(), d)
		var f *fault.Error
		if !errors.As(err, &f) || f.CodeOrKind() != c.code || f.Field != c.field {
			t.Errorf("%s: %v", name, err)
		}
	}
	if err := w.Pull.Disconnect(t.Context(), row.ID); err != nil {
		t.Fatal(err)
	}
	if _, err := w.Pull.Connect(t.Context(), draft(w, fake)); err != nil {
		t.Errorf("after it was disconnected: %v", err)
	}
	yahoo := pulltest.NewWorld(t, mall.Yahoo, w.Clock, rakuten.Service{Base: fake.URL})
	if _, err := yahoo.Pull.Connect(t.Context(), draft(yahoo, fake)); !fault.Is(err, fault.Precondition) {
		t.Errorf("a shop on another mall: %v", err)
	}
}

// TestHidden: an order that RMS finds and does not tell is held back by its number.
func TestHidden(t *testing.T) {
	t.Parallel()
	w, fake, row := connected(t, 20)
	m := pulltest.SomeMerchant(20)
	no := m.Told(mall.Rakuten)[2].No
	fake.Hidden[no] = true
	w.PullAll(t, row.ID)
	var raws []string
	if err := w.DB.NewRaw("SELECT raw FROM import_quarantine").Scan(t.Context(), &raws); err != nil || len(raws) != 1 || !strings.Contains(raws[0], no) || !strings.Contains(raws[0], "ORDER_EXT_API_GET_ORDER_WARNING_101") {
		t.Errorf("held back: %v, %v", raws, err)
	}
	if got, want := len(w.Told(t)), len(m.Told(mall.Rakuten))-1; got != want {
		t.Errorf("%d orders, want %d", got, want)
	}
}

// TestUnderway: the first pull of a shop is shown with how far it is, until it is done.
func TestUnderway(t *testing.T) {
	t.Parallel()
	w, fake, row := connected(t, 300)
	calls := fake.Calls("")
	fake.Instead(func(_ string, n int) *pulltest.Answer {
		if n > calls+6 {
			return &pulltest.Answer{Status: 503}
		}
		return nil
	})
	w.Settle(t)
	jobs, err := w.Pull.Underway(t.Context())
	if err != nil || len(jobs) != 1 || !jobs[0].Waiting || jobs[0].Name != "巡り商店" || jobs[0].Progress == nil || *jobs[0].Progress <= 0 || *jobs[0].Progress > 1 {
		t.Errorf("in the middle: %+v, %v", jobs, err)
	}
	fake.Instead(nil)
	w.Due(t, row.ID)
	w.PullAll(t, row.ID)
	if jobs, err := w.Pull.Underway(t.Context()); err != nil || len(jobs) != 0 {
		t.Errorf("when it is done: %+v, %v", jobs, err)
	}
}
