package webhook_test

import (
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/meguri-crm/meguri/crm/clock"
	"github.com/meguri-crm/meguri/crm/fault"
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

func newPartner(t testing.TB) *partner {
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

	t     testing.TB
	db    *db.DB
	clock *clock.Fixed
	shop  int64
}

func newWorld(t testing.TB, internal bool) *world {
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

// codeOf is the code of a fault; "" of none.
func codeOf(err error) string {
	var f *fault.Error
	if !errors.As(err, &f) {
		return ""
	}
	return f.Code
}
