package stress

import (
	"context"
	"fmt"
	"strings"
	"syscall"
	"testing"

	"github.com/coder/websocket"
	"github.com/coder/websocket/wsjson"

	"github.com/meguri-crm/meguri/crm/message/channel/channeltest"
	"github.com/meguri-crm/meguri/server/servertest"
)

// TestRollingRestart replaces two servers and two workers one after the other
// while a file is imported, a campaign is sent and points are booked: no request
// that was taken is cut, nothing waits for a lease to end, and whoever watches
// on one server sees what the worker of another process does.
func TestRollingRestart(t *testing.T) {
	const orders, people = 16_000, 2_000
	wire := channeltest.NewServer(t)
	in := servertest.New(t).With("MEGURI_DEV=on", "MEGURI_SMTP_URL=smtp://"+wire.Addr+"?tls=none")
	first := in.Start(t, "serve", "--workers=0")
	in.Serving(t, first)
	beside := in.Beside(t)
	second := beside.Start(t, "serve", "--workers=0")
	beside.Serving(t, second)
	workers := []*servertest.Process{in.Start(t, "worker"), in.Start(t, "worker")}
	for _, w := range workers {
		w.Working(t)
	}

	m := newMerchant(t, in, first)
	m.subscribers(people)
	desk := m.colleague(in)
	books := newBookers(m, []*servertest.Client{desk, desk.At(beside)}, 4)
	books.start()
	imported := m.importRetail(retail(0, orders))
	m.importing()
	campaign := m.campaign("年末")
	watched := watch(t, m.At(beside), campaign)
	servertest.Eventually(t, "mails arrive", func() bool { return len(wire.Received()) > people/20 })
	for i := range workers {
		if m.count("SELECT count(*) FROM deliveries WHERE finished_at IS NULL") != 1 {
			t.Error("a worker is replaced too late: this machine needs a larger load")
		}
		workers[i] = replace(t, in, workers[i], "worker")
		workers[i].Working(t)
	}
	final := <-watched // before its server goes
	first = replace(t, in, first, "serve", "--workers=0")
	in.Serving(t, first)
	second = replace(t, beside, second, "serve", "--workers=0")
	beside.Serving(t, second)

	servertest.Eventually(t, "the import ends", func() bool { return m.ask("SELECT count(*) FROM imports WHERE finished_at IS NULL") == 0 })
	books.stop()
	books.check()
	if n := books.cut.Load(); n != 0 {
		t.Errorf("%d requests were taken and not answered", n)
	}
	checkImport(t, m, imported, 0, orders)
	if twice := checkCampaign(t, m, campaign, wire.Received(), people); twice != 0 {
		t.Errorf("%d people got a mail twice, though nobody was killed", twice)
	}
	if final.Status != "SENT" || final.Total.Sent != people {
		t.Errorf("the second server showed %+v at last", final)
	}
}

// replace ends a process in order and starts the next one.
func replace(t *testing.T, in *servertest.Installation, p *servertest.Process, args ...string) *servertest.Process {
	t.Helper()
	p.Signal(t, syscall.SIGTERM)
	if code := p.Wait(t); code != 0 {
		t.Errorf("%v ended with %d:\n%s", args, code, p.Output)
	}
	return in.Start(t, args...)
}

// watch subscribes to a campaign's figures and answers with the last ones, as
// soon as it is sent.
func watch(t *testing.T, c *servertest.Client, campaign string) <-chan metrics {
	t.Helper()
	conn, upgraded, err := websocket.Dial(t.Context(), strings.Replace(c.URL, "http", "ws", 1)+"/graphql",
		&websocket.DialOptions{Subprotocols: []string{"graphql-transport-ws"}})
	if err != nil {
		t.Fatal(err)
	}
	if upgraded.Body != nil {
		_ = upgraded.Body.Close()
	}
	t.Cleanup(func() { _ = conn.CloseNow() })
	query := fmt.Sprintf(`subscription { campaignMetrics(campaignId: %q) { status total { audience suppressed queued sent failed uncertain } } }`, campaign)
	for _, m := range []map[string]any{
		{"type": "connection_init", "payload": map[string]string{"authorization": "Bearer " + c.Token()}},
		{"type": "subscribe", "id": "1", "payload": map[string]string{"query": query}},
	} {
		if err := wsjson.Write(t.Context(), conn, m); err != nil {
			t.Fatal(err)
		}
	}
	last := make(chan metrics, 1)
	go func() {
		defer close(last)
		for ctx := context.WithoutCancel(t.Context()); ; {
			var m struct {
				Type    string
				Payload struct {
					Data struct{ CampaignMetrics metrics }
				}
			}
			if err := wsjson.Read(ctx, conn, &m); err != nil {
				return // the server went; the test sees zero figures
			}
			if m.Payload.Data.CampaignMetrics.Status == "SENT" {
				last <- m.Payload.Data.CampaignMetrics
				return
			}
		}
	}()
	return last
}
