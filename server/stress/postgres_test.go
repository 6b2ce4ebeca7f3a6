package stress

import (
	"fmt"
	"syscall"
	"testing"
	"time"

	"github.com/meguri-crm/meguri/crm/gid"
	"github.com/meguri-crm/meguri/crm/message/channel/channeltest"
	"github.com/meguri-crm/meguri/server/servertest"
)

// load is what an installation has to do while its Postgres is in trouble.
type load struct{ orders, people, bookers int }

// TestPostgresInTrouble kills Postgres, cuts all its connections and restarts it
// in immediate mode, each in the middle of an import, of a campaign and of
// bookings on two servers and a worker.
func TestPostgresInTrouble(t *testing.T) {
	postgresInTrouble(t, load{orders: 16_000, people: 2_000, bookers: 4})
}

// TestSoakPostgresInTrouble is the same with more of everything.
func TestSoakPostgresInTrouble(t *testing.T) {
	postgresInTrouble(t, load{orders: 200_000, people: 20_000, bookers: 16})
}

func postgresInTrouble(t *testing.T, l load) {
	wire := channeltest.NewServer(t)
	in := servertest.New(t).With("MEGURI_DEV=on", "MEGURI_SMTP_URL=smtp://"+wire.Addr+"?tls=none")
	server := in.Start(t, "serve", "--workers=0")
	in.Serving(t, server)
	beside := in.Beside(t)
	second := beside.Start(t, "serve", "--workers=0")
	beside.Serving(t, second)
	worker := in.Start(t, "worker")
	worker.Working(t)

	m := newMerchant(t, in, server)
	m.subscribers(l.people)
	desk := m.colleague(in)
	books := newBookers(m, []*servertest.Client{desk, desk.At(beside)}, l.bookers)
	books.start()
	for i, trouble := range []struct {
		name string
		make func()
	}{
		{"killed", func() { kill(t, in, syscall.SIGKILL) }},
		{"cut off from everybody", m.cutConnections},
		{"restarted in immediate mode", func() { kill(t, in, syscall.SIGQUIT) }},
	} {
		imported := m.importRetail(retail(i*l.orders, l.orders))
		m.importing()
		arrived := len(wire.Received())
		campaign := m.campaign(fmt.Sprint("第", i+1, "号"))
		servertest.Eventually(t, "mails arrive", func() bool { return len(wire.Received()) > arrived+l.people/20 })
		if m.count("SELECT count(*) FROM imports WHERE finished_at IS NULL") != 1 || m.count("SELECT count(*) FROM deliveries WHERE finished_at IS NULL") != 1 {
			t.Error("the trouble came too late: this machine needs a larger load")
		}

		at := time.Now()
		trouble.make()
		seen := books.booked.Load()
		servertest.Eventually(t, "bookings after Postgres was "+trouble.name, func() bool { return books.booked.Load() > seen+int64(2*l.bookers) })
		wentOn := time.Since(at)
		var sent, taken time.Duration
		servertest.Within(t, 5*time.Minute, "the campaign and the import end", func() bool {
			if sent == 0 && m.ask("SELECT count(*) FROM deliveries WHERE finished_at IS NULL") == 0 {
				sent = time.Since(at)
			}
			if taken == 0 && m.ask("SELECT count(*) FROM imports WHERE finished_at IS NULL") == 0 {
				taken = time.Since(at)
			}
			return sent > 0 && taken > 0
		})
		t.Logf("Postgres was %s: bookings after %v, campaign sent after %v, import done after %v", trouble.name,
			wentOn.Round(time.Millisecond), sent.Round(time.Millisecond), taken.Round(time.Millisecond))
		checkImport(t, m, imported, i*l.orders, l.orders)
		checkCampaign(t, m, campaign, wire.Received()[arrived:], l.people)
	}
	books.stop()
	books.check()
	for _, p := range []*servertest.Process{server, second, worker} {
		select {
		case <-p.Done:
			t.Errorf("a process did not survive:\n%s", p.Output)
		default:
		}
	}
}

// cutConnections ends every connection to Postgres but the one that asks for it.
func (m *merchant) cutConnections() {
	m.t.Helper()
	m.exec("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND backend_type = 'client backend'")
}

// kill sends sig to Postgres and waits until another one runs.
func kill(t *testing.T, in *servertest.Installation, sig syscall.Signal) {
	t.Helper()
	pid := in.Postgres()
	if pid == 0 {
		t.Fatal("Postgres is down already")
	}
	if err := syscall.Kill(pid, sig); err != nil {
		t.Fatal(err)
	}
	servertest.Eventually(t, "another Postgres", func() bool { now := in.Postgres(); return now != 0 && now != pid })
}

// checkImport compares with the file that retail made of orders from first on.
func checkImport(t *testing.T, m *merchant, id string, first, orders int) {
	t.Helper()
	got, err := m.imported(id)
	if err != nil {
		t.Fatal(err)
	}
	quantity := int64(0)
	for i := first; i < first+orders; i++ {
		quantity += 2 * int64(1+i%3)
	}
	want := imported{Status: "DONE", Rows: int64(2 * orders), Inserted: int64(2 * orders), Quantity: quantity, Orders: int64(orders), Customers: int64(orders / 4)}
	if got != want {
		t.Errorf("the import: %+v, want %+v", got, want)
	}
	if n := m.count("SELECT count(*) FROM orders"); n != int64(first+orders) {
		t.Errorf("%d orders, want %d", n, first+orders)
	}
	if n := m.count("SELECT count(*) FROM order_lines"); n != int64(2*(first+orders)) {
		t.Errorf("%d lines, want %d", n, 2*(first+orders))
	}
	if n := m.count(`SELECT count(*) FROM customer_stats s FULL JOIN (
			SELECT customer_id, count(*) AS orders FROM orders WHERE kind = 'SALE' AND status <> 'CANCELLED' GROUP BY customer_id
		) o USING (customer_id) WHERE coalesce(s.orders_count, 0) <> coalesce(o.orders, 0)`); n != 0 {
		t.Errorf("the rollups of %d customers do not fit their orders", n)
	}
}

// checkCampaign counts what arrived: each person's mail, and a second time only
// where the program names the message as uncertain, under the same Message-ID.
func checkCampaign(t *testing.T, m *merchant, id string, mails []channeltest.Received, people int) (twice int) {
	t.Helper()
	got, err := m.metrics(id)
	if err != nil {
		t.Fatal(err)
	}
	if got.Total.Sent != int64(people) || got.Total.Queued != 0 || got.Total.Failed != 0 {
		t.Errorf("the campaign: %+v, want %d sent", got, people)
	}
	campaign, err := gid.Decode("Campaign", id)
	if err != nil {
		t.Fatal(err)
	}
	arrived := map[string][]string{}
	for _, mail := range mails {
		arrived[mail.To] = append(arrived[mail.To], messageID(mail.Raw))
	}
	for to, ids := range arrived {
		for _, id := range ids[1:] {
			if id != ids[0] {
				t.Errorf("%s got two mails with different Message-IDs", to)
			}
		}
		if len(ids) == 1 {
			continue
		}
		twice++
		if m.count(`SELECT count(*) FROM messages JOIN customers ON customers.id = customer_id WHERE email = $1 AND campaign_id = $2 AND uncertain`, to, campaign) != 1 {
			t.Errorf("%s got %d mails, and the message is not named as uncertain", to, len(ids))
		}
	}
	if len(arrived) != people {
		t.Errorf("mails arrived for %d people, want %d", len(arrived), people)
	}
	t.Logf("%d of %d people got a mail twice; %d named as uncertain", twice, people, got.Total.Uncertain)
	return twice
}
