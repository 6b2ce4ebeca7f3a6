package stress

import (
	"fmt"
	"syscall"
	"testing"
	"time"

	"github.com/meguri-crm/meguri/crm/message/channel/channeltest"
	"github.com/meguri-crm/meguri/server/servertest"
)

// TestScheduledCampaignSurvivesItsWorkers schedules a campaign, kills the worker
// before its instant, lets two others see it due at once, kills one of them as
// soon as it has begun, and counts: it began once, and everybody got it, nobody
// twice but those a killed worker had in hand.
func TestScheduledCampaignSurvivesItsWorkers(t *testing.T) {
	const people = 600
	wire := channeltest.NewServer(t)
	in := servertest.New(t).With("MEGURI_DEV=on", "MEGURI_SMTP_URL=smtp://"+wire.Addr+"?tls=none")
	server := in.Start(t, "serve", "--workers=0")
	in.Serving(t, server)
	first := in.Start(t, "worker")
	first.Working(t)

	m := newMerchant(t, in, server)
	m.subscribers(people)
	c := m.draft("年末")
	c = m.object("updateCampaign", fmt.Sprintf(`{id: %q, version: %d, ratePerMinute: 12000}`, c.ID, c.Version), "campaign", "id version")
	m.object("scheduleCampaign", fmt.Sprintf(`{id: %q, version: %d, scheduledAt: %q}`, c.ID, c.Version, time.Now().Add(time.Hour).Format(time.RFC3339)), "campaign", "id")
	dies(t, first)

	workers := []*servertest.Process{in.Start(t, "worker"), in.Start(t, "worker")}
	for _, w := range workers {
		w.Working(t)
	}
	if n := m.count("SELECT count(*) FROM deliveries"); n != 0 {
		t.Error("the campaign began before its instant")
	}
	m.exec("UPDATE campaigns SET scheduled_at = now()") // the hour goes by
	servertest.Eventually(t, "the campaign begins", func() bool { return m.count("SELECT count(*) FROM deliveries") > 0 })
	dies(t, workers[0])
	servertest.Eventually(t, "the campaign is sent", func() bool { return m.count("SELECT count(*) FROM campaigns WHERE status = 'SENT'") == 1 })
	if n := m.count("SELECT count(*) FROM deliveries"); n != 1 {
		t.Errorf("the campaign began %d times", n)
	}
	checkCampaign(t, m, c.ID, wire.Received(), people)
}

// dies kills a process and waits until it is gone.
func dies(t *testing.T, p *servertest.Process) {
	t.Helper()
	p.Signal(t, syscall.SIGKILL)
	p.Wait(t)
}
