package webhook_test

import (
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	standard "github.com/standard-webhooks/standard-webhooks/libraries/go"

	"github.com/meguri-crm/meguri/crm/clock"
	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/crm/gid"
	"github.com/meguri-crm/meguri/crm/webhook"
	"github.com/meguri-crm/meguri/db"
	"github.com/meguri-crm/meguri/db/dbtest"
)

// heard is one request that a partner got.
type heard struct {
	id, signatures string
	body           []byte
	header         http.Header
}

// partner is a program that hears events, and answers as answer says.
type partner struct {
	*httptest.Server

	mu     sync.Mutex
	heard  []heard
	answer func(n int) (status int, header http.Header)
}

func newPartner(t *testing.T) *partner {
	p := &partner{answer: func(int) (int, http.Header) { return http.StatusNoContent, nil }}
	p.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		p.mu.Lock()
		defer p.mu.Unlock()
		p.heard = append(p.heard, heard{r.Header.Get("webhook-id"), r.Header.Get("webhook-signature"), body, r.Header.Clone()})
		status, header := p.answer(len(p.heard))
		for name, values := range header {
			w.Header()[name] = values
		}
		w.WriteHeader(status)
		if status != http.StatusNoContent {
			_, _ = io.WriteString(w, "so it is")
		}
	}))
	t.Cleanup(p.Close)
	return p
}

func (p *partner) all() []heard {
	p.mu.Lock()
	defer p.mu.Unlock()
	return slices.Clone(p.heard)
}

type world struct {
	*webhook.Service

	t     *testing.T
	db    *db.DB
	clock *clock.Fixed
	shop  int64
}

func newWorld(t *testing.T, internal bool) *world {
	d := dbtest.New(t)
	sealer, err := webhook.NewSealer(strings.Repeat("s", 32))
	if err != nil {
		t.Fatal(err)
	}
	// Events are due by the database's clock.
	w := &world{t: t, db: d, clock: &clock.Fixed{T: time.Now().Add(time.Minute)}}
	w.Service = webhook.New(webhook.Config{
		DB: d, Clock: w.clock, Sealer: sealer, Log: slog.New(slog.DiscardHandler), Owner: "test", Internal: internal, Chance: func() float64 { return 0 },
	})
	shop := &db.Shop{Code: "own", Name: "本店", Mall: "OWN_SITE"}
	if _, err := d.NewInsert().Model(shop).Returning("*").Exec(t.Context()); err != nil {
		t.Fatal(err)
	}
	w.shop = shop.ID
	return w
}

// endpoint sets p up for events of the given kinds.
func (w *world) endpoint(p *partner, kinds ...webhook.Kind) (*db.WebhookEndpoint, string) {
	w.t.Helper()
	row, secret, err := w.Create(w.t.Context(), webhook.Draft{Name: p.URL, URL: p.URL + "/hook", Kinds: kinds})
	if err != nil {
		w.t.Fatal(err)
	}
	return row, secret
}

func (w *world) exec(query string, args ...any) (id int64) {
	w.t.Helper()
	if err := w.db.NewRaw(query+" RETURNING id", args...).Scan(w.t.Context(), &id); err != nil {
		w.t.Fatal(err)
	}
	return id
}

// consents takes n words of consent down in one statement.
func (w *world) consents(n int) (customer int64) {
	w.t.Helper()
	customer = w.exec(`INSERT INTO customers (family_name) VALUES ('佐藤')`)
	_, err := w.db.NewRaw(`INSERT INTO consents (customer_id, channel, state, origin_shop_id, occurred_at, method)
		SELECT ?, 'MAIL', 'GIVEN', ?, now(), 'STAFF' FROM generate_series(1, ?)`, customer, w.shop, n).Exec(w.t.Context())
	if err != nil {
		w.t.Fatal(err)
	}
	return customer
}

func (w *world) work() {
	w.t.Helper()
	if err := w.Work(w.t.Context()); err != nil {
		w.t.Fatal(err)
	}
}

func (w *world) deliveries(endpoint int64) []*db.WebhookDelivery {
	w.t.Helper()
	rows, err := w.Deliveries(w.t.Context(), endpoint, webhook.Narrow{}, 0, 100)
	if err != nil {
		w.t.Fatal(err)
	}
	return rows
}

// TestAPartnerHearsSignedEvents: what happened arrives once, signed so that the
// library of Standard Webhooks takes it, with ids of the API and nothing of the
// person.
func TestAPartnerHearsSignedEvents(t *testing.T) {
	t.Parallel()
	w, p := newWorld(t, true), newPartner(t)
	row, secret := w.endpoint(p, webhook.ConsentChanged)
	customer := w.consents(1)
	w.work()
	got := p.all()
	if len(got) != 1 {
		t.Fatalf("%d events were heard", len(got))
	}
	check, err := standard.NewWebhook(secret)
	if err != nil {
		t.Fatal(err)
	}
	if err := check.VerifyIgnoringTimestamp(got[0].body, got[0].header); err != nil {
		t.Errorf("the signature: %v", err)
	}
	if err := check.VerifyIgnoringTimestamp(append(slices.Clone(got[0].body), ' '), got[0].header); err == nil {
		t.Error("another body has the same signature")
	}
	var told struct {
		Type      string
		Timestamp time.Time
		Data      map[string]any
	}
	if err := json.Unmarshal(got[0].body, &told); err != nil {
		t.Fatal(err)
	}
	want := map[string]any{
		"customerId": gid.Encode("Customer", customer), "shopId": gid.Encode("Shop", w.shop),
		"channel": "MAIL", "purpose": "MARKETING", "state": "GIVEN", "method": "STAFF",
	}
	if told.Type != "consent.changed" || told.Timestamp.IsZero() || len(told.Data) != len(want) {
		t.Errorf("told was %s", got[0].body)
	}
	for name, value := range want {
		if told.Data[name] != value {
			t.Errorf("%s is %v, not %v", name, told.Data[name], value)
		}
	}
	d := w.deliveries(row.ID)
	if len(d) != 1 || d[0].Status != webhook.Delivered || len(d[0].Tries) != 1 || *d[0].Tries[0].HTTPStatus != http.StatusNoContent {
		t.Errorf("the log: %+v", d)
	}
	w.clock.Advance(time.Hour)
	w.work()
	if n := len(p.all()); n != 1 {
		t.Errorf("it was told %d times", n)
	}
}

// TestOnlyWhatIsWanted: an endpoint hears its kinds, and nothing that happened
// in a transaction that was rolled back.
func TestOnlyWhatIsWanted(t *testing.T) {
	t.Parallel()
	w, p, other := newWorld(t, true), newPartner(t), newPartner(t)
	w.endpoint(p, webhook.CustomerJoined)
	w.endpoint(other, webhook.ConsentChanged, webhook.CustomerErased)
	w.consents(20)
	joined := w.exec(`INSERT INTO customers (family_name, member_since, member_via) VALUES ('鈴木', now(), 'STAFF')`)
	tx, err := w.db.Begin()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := tx.Exec(`INSERT INTO customers (family_name, member_since, member_via) VALUES ('田中', now(), 'STAFF')`); err != nil {
		t.Fatal(err)
	}
	if err := tx.Rollback(); err != nil {
		t.Fatal(err)
	}
	w.work()
	if got := p.all(); len(got) != 1 || !strings.Contains(string(got[0].body), gid.Encode("Customer", joined)) {
		t.Errorf("who wants members heard %d events", len(got))
	}
	if got := other.all(); len(got) != 20 {
		t.Errorf("who wants consents heard %d events", len(got))
	}
	ids := map[string]bool{}
	for _, h := range other.all() {
		ids[h.id] = true
	}
	if len(ids) != 20 {
		t.Errorf("20 events have %d ids", len(ids))
	}
}

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

// TestTwoSecretsForADay: after a change both secrets sign for 24 hours, then the
// new one alone.
func TestTwoSecretsForADay(t *testing.T) {
	t.Parallel()
	w, p := newWorld(t, true), newPartner(t)
	row, old := w.endpoint(p, webhook.ConsentChanged)
	_, fresh, err := w.Rotate(t.Context(), row.ID)
	if err != nil {
		t.Fatal(err)
	}
	verifies := func(secret string) bool {
		t.Helper()
		w.consents(1)
		w.work()
		got := p.all()
		check, err := standard.NewWebhook(secret)
		if err != nil {
			t.Fatal(err)
		}
		return check.VerifyIgnoringTimestamp(got[len(got)-1].body, got[len(got)-1].header) == nil
	}
	if !verifies(old) || !verifies(fresh) {
		t.Error("one of the two secrets does not do")
	}
	w.clock.Advance(25 * time.Hour)
	if verifies(old) || !verifies(fresh) {
		t.Error("after a day the old secret still does, or the new one does not")
	}
}

// TestNoWayIntoTheOwnNetwork: neither by an address, nor by a name that stands
// for one, nor by a redirect.
func TestNoWayIntoTheOwnNetwork(t *testing.T) {
	t.Parallel()
	w, p := newWorld(t, false), newPartner(t)
	for _, url := range []string{
		"http://shop.example/hook", "https://127.0.0.1/x", "https://localhost/x", "https://10.0.0.8/", "https://[::1]/", "https://192.168.1.1:8443/",
		"https://169.254.169.254/latest", "https://user:secret@shop.example/", "ftp://shop.example/", "shop.example", "https:///x",
	} {
		if _, _, err := w.Create(t.Context(), webhook.Draft{Name: url, URL: url, Kinds: webhook.Kinds}); !fault.Is(err, fault.Invalid) {
			t.Errorf("%s: %v", url, err)
		}
	}
	row, _, err := w.Create(t.Context(), webhook.Draft{Name: "a", URL: "https://shop.example/hook", Kinds: webhook.Kinds})
	if err != nil {
		t.Fatal(err)
	}
	// As if the name had come to stand for this machine after it was checked.
	if _, err := w.db.NewRaw("UPDATE webhook_endpoints SET url = ? WHERE id = ?", p.URL, row.ID).Exec(t.Context()); err != nil {
		t.Fatal(err)
	}
	if _, err := w.Try(t.Context(), row.ID); err != nil {
		t.Fatal(err)
	}
	w.work()
	if d := w.deliveries(row.ID)[0]; len(p.all()) != 0 || *d.Tries[0].Trouble != webhook.Refused {
		t.Errorf("%d requests came, the log says %+v", len(p.all()), d.Tries[0])
	}
}

func TestRedirectsAreNotFollowed(t *testing.T) {
	t.Parallel()
	w, p, target := newWorld(t, true), newPartner(t), newPartner(t)
	p.answer = func(int) (int, http.Header) {
		return http.StatusTemporaryRedirect, http.Header{"Location": {target.URL}}
	}
	row, _ := w.endpoint(p, webhook.ConsentChanged)
	w.consents(1)
	w.work()
	if d := w.deliveries(row.ID)[0]; len(target.all()) != 0 || d.Status != webhook.Waiting || *d.Tries[0].HTTPStatus != 307 {
		t.Errorf("%d came where it led; %+v", len(target.all()), d)
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

// TestEveryKindIsTold makes each thing happen that an endpoint can want.
func TestEveryKindIsTold(t *testing.T) {
	t.Parallel()
	w, p := newWorld(t, true), newPartner(t)
	w.endpoint(p, webhook.Kinds...)
	one := w.exec(`INSERT INTO customers (family_name) VALUES ('佐藤')`)
	two := w.exec(`INSERT INTO customers (family_name) VALUES ('佐藤')`)
	stage := w.exec(`INSERT INTO stages (code, name, position, spend_threshold) VALUES ('TOP', '特別', 9, 999999)`)
	offer := w.exec(`INSERT INTO offers (name, mall, kind, proof, starts_at, ends_at) VALUES ('送料無料', 'OWN_SITE', 'FREE_SHIPPING', 'NONE', now(), now() + interval '1 day')`)
	w.consents(1)
	steps := []struct {
		statement string
		args      []any
	}{
		{`UPDATE customers SET member_since = now(), member_via = 'STAFF' WHERE id = ?`, []any{one}},
		{`INSERT INTO point_bookings (customer_id, kind, amount, available_after, occurred_at, idempotency_key, reason) VALUES (?, 'GRANT', 500, 500, now(), 'k', 'STAFF')`, []any{one}},
		{`INSERT INTO stage_changes (customer_id, to_stage, at, reason) VALUES (?, ?, now(), 'STAFF')`, []any{one, stage}},
		{`INSERT INTO customer_merges (customer_id, merged_id, reason, score, profile_before, profile_after, merged_at) VALUES (?, ?, 'STAFF', 0, '{}', '{}', now())`, []any{one, two}},
		{`UPDATE customer_merges SET undone_at = now() WHERE customer_id = ?`, []any{one}},
		{`INSERT INTO member_offers (customer_id, offer_id, seen_at) VALUES (?, ?, now())`, []any{one, offer}},
		{`UPDATE member_offers SET issued_at = now() WHERE customer_id = ?`, []any{one}},
		{`UPDATE member_offers SET used_at = now(), used_by = 'STAFF' WHERE customer_id = ?`, []any{one}},
		{`UPDATE customers SET erased_at = now() WHERE id = ?`, []any{two}},
	}
	for _, s := range steps {
		if _, err := w.db.NewRaw(s.statement, s.args...).Exec(t.Context()); err != nil {
			t.Fatalf("%s: %v", s.statement, err)
		}
	}
	w.work()
	told := map[webhook.Kind]int{}
	for _, h := range p.all() {
		var m struct{ Type webhook.Kind }
		if err := json.Unmarshal(h.body, &m); err != nil {
			t.Fatal(err)
		}
		told[m.Type]++
	}
	for _, kind := range webhook.Kinds {
		if told[kind] != 1 {
			t.Errorf("%s was told %d times", kind, told[kind])
		}
	}
}
