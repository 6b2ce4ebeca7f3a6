package stress

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"
	"time"

	standard "github.com/standard-webhooks/standard-webhooks/libraries/go"

	"github.com/meguri-crm/meguri/crm/gid"
	"github.com/meguri-crm/meguri/server/servertest"
)

// TestWebhooksSurviveTheirWorkers tells a partner, who takes a third of it at the
// second asking only, of 300 events. One worker is killed while requests are on
// their way, the next between the two attempts, and then it is counted: nothing
// is lost, what came twice came under the same id with the same words, and twice
// came no more than a killed worker had not written down.
func TestWebhooksSurviveTheirWorkers(t *testing.T) {
	const events, unwritten = 300, 64 // a worker writes down what came of 64 events together
	in := servertest.New(t).With("MEGURI_WEBHOOKS_INTERNAL=on")
	server := in.Start(t, "serve", "--workers=0")
	in.Serving(t, server)
	m := newMerchant(t, in, server)
	p := newPartner(t)
	secret := m.hears(p.URL)
	m.subscribers(events)

	p.allow(events / 2)
	worker := in.Start(t, "worker")
	servertest.Within(t, time.Minute, "requests wait for their answers", p.full)
	dies(t, worker)
	p.allow(1 << 30)
	worker = in.Start(t, "worker")
	const between = "SELECT count(*) FROM webhook_deliveries WHERE status = 'WAITING' AND attempts = 1"
	servertest.Within(t, 2*time.Minute, "all have had a first attempt", func() bool {
		return m.ask("SELECT count(*) FROM webhook_deliveries WHERE attempts = 0") == 0
	})
	if m.ask(between) == 0 {
		t.Error("nothing waited for another attempt at the kill: it shows nothing")
	}
	dies(t, worker)
	in.Start(t, "worker")
	servertest.Within(t, 3*time.Minute, "all is delivered", func() bool {
		return m.ask("SELECT count(*) FROM webhook_deliveries WHERE status = 'DELIVERED'") == events
	})
	if n := m.count("SELECT count(*) FROM webhook_events"); n != events {
		t.Errorf("%d events were taken down, not %d", n, events)
	}
	check, err := standard.NewWebhook(secret)
	if err != nil {
		t.Fatal(err)
	}
	if twice := p.check(t, events, check); twice > 2*unwritten {
		t.Errorf("%d came twice, more than the %d that two killed workers had not written down", twice, 2*unwritten)
	}
}

// hears sets a partner up to hear of consents, and answers the signing secret.
func (m *merchant) hears(url string) (secret string) {
	m.t.Helper()
	made := m.mutate("createWebhookEndpoint", fmt.Sprintf(`{name: "partner", url: %q, events: [CONSENT_CHANGED]}`, url), "secret")
	if err := json.Unmarshal(made["secret"], &secret); err != nil {
		m.t.Fatal(err)
	}
	return secret
}

// partner is a program that hears events. It refuses a third of them the first
// time, and answers no more than it is allowed to.
type partner struct {
	*httptest.Server

	mu      sync.Mutex
	change  *sync.Cond
	allowed int
	waiting int
	taken   map[string]int // how often, by webhook-id
	refused map[string]bool
	told    map[string]told // the first time
	other   []string        // ids that came with other words later
}

type told struct {
	body   string
	header http.Header
}

func newPartner(t *testing.T) *partner {
	t.Helper()
	p := &partner{taken: map[string]int{}, refused: map[string]bool{}, told: map[string]told{}}
	p.change = sync.NewCond(&p.mu)
	p.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		if err != nil {
			return // the line was cut
		}
		w.WriteHeader(p.answer(r.Header, string(body)))
	}))
	t.Cleanup(func() {
		p.allow(1 << 30)
		p.Close()
	})
	return p
}

func (p *partner) answer(header http.Header, body string) int {
	p.mu.Lock()
	defer p.mu.Unlock()
	id := header.Get("Webhook-Id")
	if first, again := p.told[id]; !again {
		p.told[id] = told{body, header.Clone()}
	} else if first.body != body {
		p.other = append(p.other, id)
	}
	p.waiting++
	for p.allowed == 0 {
		p.change.Wait()
	}
	p.waiting--
	p.allowed--
	row, err := gid.Decode("WebhookEvent", id)
	if err != nil {
		return http.StatusBadRequest
	}
	if row%3 == 0 && !p.refused[id] {
		p.refused[id] = true
		return http.StatusServiceUnavailable
	}
	p.taken[id]++
	return http.StatusNoContent
}

// allow lets it answer n more.
func (p *partner) allow(n int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.allowed = n
	p.change.Broadcast()
}

// full says that it has answered what it may, and others wait.
func (p *partner) full() bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.allowed == 0 && p.waiting > 0
}

// check counts what was taken twice or more.
func (p *partner) check(t *testing.T, events int, signed *standard.Webhook) (twice int) {
	t.Helper()
	p.mu.Lock()
	defer p.mu.Unlock()
	if len(p.taken) != events {
		t.Errorf("%d of %d events arrived", len(p.taken), events)
	}
	if len(p.other) != 0 {
		t.Errorf("%d came again with other words", len(p.other))
	}
	for id, first := range p.told {
		if err := signed.VerifyIgnoringTimestamp([]byte(first.body), first.header); err != nil {
			t.Fatalf("the signature of %s: %v", id, err)
		}
	}
	for _, n := range p.taken {
		if n > 1 {
			twice++
		}
	}
	t.Logf("%d refused once, %d came twice", len(p.refused), twice)
	return twice
}
