package campaign_test

import (
	"context"
	"fmt"
	"log/slog"
	"os"
	"os/exec"
	"os/signal"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/meguri-crm/meguri/crm/campaign"
	"github.com/meguri-crm/meguri/crm/message/channel/channeltest"
	"github.com/meguri-crm/meguri/crm/message/channel/mail"
	"github.com/meguri-crm/meguri/db"
	"github.com/meguri-crm/meguri/db/dbtest"
)

// The test binary becomes a worker process when these are set.
const (
	envDSN   = "CAMPAIGN_TEST_DSN"
	envSMTP  = "CAMPAIGN_TEST_SMTP"
	envOwner = "CAMPAIGN_TEST_OWNER"
)

func TestMain(m *testing.M) {
	if os.Getenv(envDSN) == "" {
		os.Exit(m.Run())
	}
	if err := workerProcess(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// workerProcess is a process that sends until SIGTERM, over real SMTP.
func workerProcess() error {
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM)
	defer stop()
	d, err := db.Open(ctx, os.Getenv(envDSN))
	if err != nil {
		return err
	}
	config, err := mail.ParseURL("smtp://" + os.Getenv(envSMTP) + "?tls=none")
	if err != nil {
		return err
	}
	wire := mail.NewSender(config)
	defer wire.Close()
	e := newEngine(new(testing.T), d, os.Getenv(envOwner), wire)
	e.Lease = crashLease
	e.Log = slog.New(slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{Level: slog.LevelError}))
	e.Run(ctx)
	return d.Close()
}

const crashLease = 3 * time.Second

// process starts a worker process.
func (w *world) process(t *testing.T, owner, smtp string) *exec.Cmd {
	t.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), envDSN+"="+dbtest.DSN(t, w.db), envSMTP+"="+smtp, envOwner+"="+owner)
	cmd.Stderr = os.Stderr
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if cmd.ProcessState == nil {
			_ = cmd.Process.Kill()
			_ = cmd.Wait()
		}
	})
	return cmd
}

// TestAKilledWorkerLosesNobody kills two worker processes in the middle of 2,000
// mails and stops a third in good order. Nobody is lost; who got a second copy
// was in hand at a kill, got the same Message-ID, and is named uncertain.
func TestAKilledWorkerLosesNobody(t *testing.T) {
	const people, kills = 2000, 2
	w := newWorld(t)
	w.customers(people, true)
	server := channeltest.NewServer(t)
	row := w.send(w.draft())

	for kill := range kills {
		p := w.process(t, fmt.Sprint("killed-", kill), server.Addr)
		w.await("some mails went out", func() bool { return len(server.Received()) > 400*(kill+1) })
		if err := p.Process.Kill(); err != nil {
			t.Fatal(err)
		}
		_ = p.Wait()
	}
	inHand := w.scan(`SELECT count(*) FROM messages WHERE status = 'SENDING'`)
	if inHand == 0 {
		t.Fatal("nothing was in hand at the kill: the test shows nothing")
	}
	stopped := w.process(t, "stopped", server.Addr)
	w.await("some more went out", func() bool { return len(server.Received()) > 1300 })
	if err := stopped.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	if err := stopped.Wait(); err != nil {
		t.Errorf("the worker that was told to stop: %v", err)
	}
	if n := w.scan(`SELECT count(*) FROM messages WHERE status = 'SENDING' AND lease_owner = 'stopped'`); n != 0 {
		t.Errorf("a worker that stopped in good order left %d messages in hand", n)
	}
	w.process(t, "last-1", server.Addr)
	w.process(t, "last-2", server.Addr)
	w.await("the campaign is sent", func() bool {
		return w.scan(`SELECT count(*) FROM campaigns WHERE id = ? AND status = 'SENT'`, row.ID) == 1
	})

	copies := map[string]map[string]int{} // by recipient, then Message-ID
	total := 0
	for _, r := range server.Received() {
		if copies[r.To] == nil {
			copies[r.To] = map[string]int{}
		}
		copies[r.To][messageID(r.Raw)]++
		total++
	}
	if len(copies) != people {
		t.Errorf("%d people got a mail, want %d: somebody was lost", len(copies), people)
	}
	for to, ids := range copies {
		if len(ids) != 1 {
			t.Errorf("a recipient got %d Message-IDs, want one", len(ids))
		}
		for _, n := range ids {
			if n > 1 && w.scan(`SELECT count(*) FROM messages m JOIN customers c ON c.id = m.customer_id WHERE c.email = ? AND m.status = 'UNCERTAIN'`, to) != 1 {
				t.Errorf("a recipient got %d copies and is not named uncertain", n)
			}
		}
	}
	m := w.metrics(row)
	w.balanced(m)
	if bound := int64(kills * campaign.InHand); m.Total.Uncertain > bound || int64(total-people) > m.Total.Uncertain {
		t.Errorf("%d second copies, %d uncertain, want at most the %d in hand", total-people, m.Total.Uncertain, bound)
	}
	if m.Total.Sent != people {
		t.Errorf("sent %d, want %d", m.Total.Sent, people)
	}
	t.Logf("%d people, %d mails, %d second copies, %d uncertain", people, total, total-people, m.Total.Uncertain)
}

// TestAKilledExpansionCountsEverybodyOnce kills workers at any instant while an
// audience of several chunks is expanded.
func TestAKilledExpansionCountsEverybodyOnce(t *testing.T) {
	const people = 17_000
	w := newWorld(t)
	w.customers(people-10, false)
	w.customers(10, true)
	server := channeltest.NewServer(t)
	row := w.send(w.draft())
	expanded := func() int64 { return w.scan(`SELECT count(*) FROM messages`) }
	for kill := range 3 {
		p := w.process(t, fmt.Sprint("killed-", kill), server.Addr)
		w.await("the audience is taken and a chunk more is expanded", func() bool { return expanded() > int64(kill*5000) })
		if err := p.Process.Kill(); err != nil {
			t.Fatal(err)
		}
		_ = p.Wait()
		if m := w.metrics(row); m.Total.Audience != expanded() {
			t.Errorf("after kill %d: audience %d, but %d messages", kill, m.Total.Audience, expanded())
		}
	}
	w.process(t, "last", server.Addr)
	w.await("the campaign is sent", func() bool {
		return w.scan(`SELECT count(*) FROM campaigns WHERE id = ? AND status = 'SENT'`, row.ID) == 1
	})
	m := w.metrics(row)
	w.balanced(m)
	if m.Total.Audience != people || m.Total.Sent != 10 || m.Total.Suppressed != people-10 {
		t.Errorf("figures %+v, want everybody once", m.Total)
	}
}

func messageID(raw []byte) string {
	for line := range strings.Lines(string(raw)) {
		if id, ok := strings.CutPrefix(strings.TrimSpace(line), "Message-ID: "); ok {
			return id
		}
	}
	return ""
}
