package webhook_test

import (
	"net/http"
	"testing"
	"time"

	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/crm/webhook"
)

// TestTriedForADay: what is not taken comes again under the same id and with the
// same body, with growing pauses, and lies dead after a day; a replay begins
// anew.
func TestTriedForADay(t *testing.T) {
	t.Parallel()
	w, p := newWorld(t, true), newPartner(t)
	p.answer = func(int) (int, http.Header) { return http.StatusInternalServerError, nil }
	row, _ := w.endpoint(p, webhook.ConsentChanged)
	w.consents(1)
	began := w.clock.Now()
	for range 160 {
		w.work()
		if w.deliveries(row.ID)[0].Status == webhook.Dead {
			break
		}
		w.clock.Advance(10 * time.Minute)
	}
	d := w.deliveries(row.ID)[0]
	if took := w.clock.Now().Sub(began); d.Status != webhook.Dead || d.Attempts != 11 || took < 23*time.Hour || took > 26*time.Hour {
		t.Fatalf("%s after %d attempts in %s", d.Status, d.Attempts, took)
	}
	got := p.all()
	for _, h := range got {
		if h.id != got[0].id || string(h.body) != string(got[0].body) {
			t.Errorf("an attempt differs: %s %s", h.id, h.body)
		}
	}
	if last := d.Tries[10]; *last.Trouble != webhook.BadAnswer || *last.HTTPStatus != 500 || last.Answer != "so it is" {
		t.Errorf("the log says %+v", last)
	}
	causes, err := w.Failing(t.Context())
	if err != nil || len(causes) != 1 || causes[0].Subject.ID != row.ID {
		t.Errorf("the alert: %+v, %v", causes, err)
	}

	p.answer = func(int) (int, http.Header) { return http.StatusOK, nil }
	if n, err := w.ReplayDead(t.Context(), row.ID, began.Add(-time.Hour)); err != nil || n != 1 {
		t.Fatalf("replayed %d, %v", n, err)
	}
	w.work()
	if d := w.deliveries(row.ID)[0]; d.Status != webhook.Delivered || d.Attempts != 1 || len(d.Tries) != 12 {
		t.Errorf("after the replay: %s, %d attempts, %d in the log", d.Status, d.Attempts, len(d.Tries))
	}
	if again := p.all(); again[len(again)-1].id != got[0].id {
		t.Error("a replay has another id")
	}
	if causes, err := w.Failing(t.Context()); err != nil || len(causes) != 0 {
		t.Errorf("the alert stays: %+v, %v", causes, err)
	}
}

// TestRetryAfterIsKept: an endpoint says itself when to come again.
func TestRetryAfterIsKept(t *testing.T) {
	t.Parallel()
	w, p := newWorld(t, true), newPartner(t)
	p.answer = func(n int) (int, http.Header) {
		if n == 1 {
			return http.StatusTooManyRequests, http.Header{"Retry-After": {"600"}}
		}
		return http.StatusOK, nil
	}
	w.endpoint(p, webhook.ConsentChanged)
	w.consents(1)
	w.work()
	w.clock.Advance(9 * time.Minute)
	w.work()
	if n := len(p.all()); n != 1 {
		t.Errorf("asked %d times within 9 minutes", n)
	}
	w.clock.Advance(2 * time.Minute)
	w.work()
	if n := len(p.all()); n != 2 {
		t.Errorf("asked %d times within 11 minutes", n)
	}
}

// TestAnEndpointThatIsDownIsAskedOnceInAWhile: not once per event; when it is
// back, all arrive.
func TestAnEndpointThatIsDownIsAskedOnceInAWhile(t *testing.T) {
	t.Parallel()
	w, p := newWorld(t, true), newPartner(t)
	isDown := true
	p.answer = func(int) (int, http.Header) {
		if isDown {
			return http.StatusBadGateway, nil
		}
		return http.StatusOK, nil
	}
	row, _ := w.endpoint(p, webhook.ConsentChanged)
	w.consents(500)
	w.work()
	first := len(p.all())
	if first > 64 {
		t.Errorf("it was asked %d times at once", first)
	}
	for range 10 {
		w.clock.Advance(31 * time.Minute)
		w.work()
	}
	if n := len(p.all()) - first; n < 5 || n > 10 {
		t.Errorf("in five hours it was asked %d times", n)
	}
	p.mu.Lock()
	isDown = false
	p.mu.Unlock()
	for range 40 {
		w.clock.Advance(31 * time.Minute)
		w.work()
	}
	load, err := w.Loads(t.Context(), []int64{row.ID})
	if err != nil || load[0].Waiting != 0 || load[0].Dead != 0 {
		t.Errorf("%+v wait, %v", load[0], err)
	}
	taken := map[string]bool{}
	for _, h := range p.all() {
		taken[h.id] = true
	}
	if len(taken) != 500 {
		t.Errorf("%d of 500 arrived", len(taken))
	}
}

// TestGone: an endpoint that answers 410 is stopped and hears nothing more until
// it is resumed.
func TestGone(t *testing.T) {
	t.Parallel()
	w, p := newWorld(t, true), newPartner(t)
	p.answer = func(int) (int, http.Header) { return http.StatusGone, nil }
	row, _ := w.endpoint(p, webhook.ConsentChanged)
	w.consents(1)
	w.work()
	found, err := w.Find(t.Context(), row.ID)
	if err != nil || found.Status != webhook.Stopped || *found.StoppedWhy != webhook.Gone {
		t.Fatalf("%+v, %v", found, err)
	}
	w.consents(3)
	w.clock.Advance(time.Hour)
	w.work()
	if n := len(p.all()); n != 1 {
		t.Errorf("stopped, it heard %d", n)
	}
	if _, err := w.Try(t.Context(), row.ID); !fault.Is(err, fault.Precondition) {
		t.Errorf("trying a stopped one: %v", err)
	}
	p.answer = func(int) (int, http.Header) { return http.StatusOK, nil }
	if _, err := w.Resume(t.Context(), row.ID); err != nil {
		t.Fatal(err)
	}
	w.work()
	if got := w.deliveries(row.ID); len(got) != 1 || got[0].Status != webhook.Delivered {
		t.Errorf("resumed: %+v", got)
	}
}

// TestSweep: after a day an endpoint that is down is given up with what waits,
// and after 30 days nothing is left of what happened.
func TestSweep(t *testing.T) {
	t.Parallel()
	w, p := newWorld(t, true), newPartner(t)
	p.answer = func(int) (int, http.Header) { return http.StatusBadGateway, nil }
	row, _ := w.endpoint(p, webhook.ConsentChanged)
	w.consents(200)
	w.work()
	w.clock.Advance(25 * time.Hour)
	if err := w.Sweep(t.Context()); err != nil {
		t.Fatal(err)
	}
	if load, err := w.Loads(t.Context(), []int64{row.ID}); err != nil || load[0].Waiting != 0 || load[0].Dead != 200 {
		t.Errorf("%+v, %v", load[0], err)
	}
	w.clock.Advance(31 * 24 * time.Hour)
	if err := w.Sweep(t.Context()); err != nil {
		t.Fatal(err)
	}
	for _, table := range []string{"webhook_events", "webhook_deliveries", "webhook_attempts"} {
		var n int
		if err := w.db.NewRaw("SELECT count(*) FROM "+table).Scan(t.Context(), &n); err != nil || n != 0 {
			t.Errorf("%s: %d rows are left, %v", table, n, err)
		}
	}
}
