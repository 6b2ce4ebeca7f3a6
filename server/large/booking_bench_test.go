package large

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/meguri-crm/meguri/crm/access"
	"github.com/meguri-crm/meguri/crm/points"
)

const (
	rounds = 5
	round  = 3 * time.Second
)

// bareTables are those of testdata/bare.sql.
const bareTables = `
	CREATE TABLE IF NOT EXISTS bare_accounts (customer_id bigint PRIMARY KEY, balance bigint NOT NULL CHECK (balance >= 0), held bigint NOT NULL DEFAULT 0);
	CREATE TABLE IF NOT EXISTS bare_entries (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, customer_id bigint NOT NULL, amount bigint NOT NULL, at timestamptz NOT NULL);
	CREATE TABLE IF NOT EXISTS bare_holds (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, customer_id bigint NOT NULL, amount bigint NOT NULL, open boolean NOT NULL DEFAULT true);
	INSERT INTO bare_accounts SELECT customer_id, 1000000 FROM point_accounts ON CONFLICT DO NOTHING;
	ANALYZE bare_accounts`

// BenchmarkBooking has clients grant points to random members, hold some and
// capture them, as the API's resolvers do it, beside pgbench twice: with the least
// statements for the same, and with all rows that the product writes (testdata).
// ratio and ratio-to-same-rows are the medians over the rounds, taken in turns.
func BenchmarkBooking(b *testing.B) {
	m := open(b)
	if _, err := m.DB.Exec(bareTables); err != nil {
		b.Fatal(err)
	}
	t := &till{Desk: points.Desk{Service: m.Points}}
	for _, clients := range []int{1, 8, 32} {
		b.Run(fmt.Sprintf("clients=%d", clients), func(b *testing.B) { m.compare(b, t, clients, m.members) })
	}
	b.Run("one-account-clients=32", func(b *testing.B) { m.compare(b, t, 32, 1) })
	m.inOrder(b)
}

func (m *merchant) compare(b *testing.B, t *till, clients, members int) {
	for b.Loop() {
		m.pgbench(b, "bare", clients, members)
		m.pgbench(b, "hand", clients, members)
		t.run(b, clients, members)
		var bares, hands, rates, toBare, toHand []float64
		for range rounds {
			bare, hand, rate := m.pgbench(b, "bare", clients, members), m.pgbench(b, "hand", clients, members), t.run(b, clients, members)
			bares, hands, rates = append(bares, bare), append(hands, hand), append(rates, rate)
			toBare, toHand = append(toBare, rate/bare), append(toHand, rate/hand)
		}
		b.ReportMetric(median(bares), "pgbench/s")
		b.ReportMetric(median(hands), "same-rows/s")
		b.ReportMetric(median(rates), "bookings/s")
		b.ReportMetric(median(toBare), "ratio")
		b.ReportMetric(median(toHand), "ratio-to-same-rows")
		b.ReportMetric(0, "ns/op")
	}
}

var tps = regexp.MustCompile(`tps = ([0-9.]+)`)

// pgbench answers with bookings per second of a script, which books three times.
func (m *merchant) pgbench(b *testing.B, script string, clients, members int) float64 {
	b.Helper()
	out, err := exec.CommandContext(b.Context(), "pgbench", "-h", m.socket, "-U", "postgres", "-n", "-M", "prepared",
		"-c", strconv.Itoa(clients), "-j", "2", "-T", strconv.Itoa(int(round.Seconds())), "-D", fmt.Sprint("members=", members),
		"-f", filepath.Join("testdata", script+".sql"), "meguri").CombinedOutput()
	if err != nil {
		b.Skipf("pgbench, of the package postgresql-contrib or postgresql-15: %v %s", err, out)
	}
	found := tps.FindSubmatch(out)
	if found == nil {
		b.Fatalf("%s", out)
	}
	rate, err := strconv.ParseFloat(string(found[1]), 64)
	if err != nil {
		b.Fatal(err)
	}
	return 3 * rate
}

// till books as the resolvers of the API do.
type till struct {
	points.Desk
	keys atomic.Int64
}

// run lets clients book, and answers with bookings per second.
func (t *till) run(b *testing.B, clients, members int) float64 {
	b.Helper()
	ctx := access.As(context.WithoutCancel(b.Context()), access.Principal{Kind: access.ActorClient, ID: 1})
	begun := time.Now()
	var wg sync.WaitGroup
	var done atomic.Int64
	failed := make(chan error, clients)
	for range clients {
		wg.Go(func() {
			for time.Since(begun) < round {
				if err := t.book(ctx, 1+rand.Int64N(int64(members))); err != nil {
					failed <- err
					return
				}
				done.Add(3)
			}
		})
	}
	wg.Wait()
	took := time.Since(begun)
	select {
	case err := <-failed:
		b.Fatal(err)
	default:
	}
	return float64(done.Load()) / took.Seconds()
}

func (t *till) book(ctx context.Context, customer int64) error {
	key := func(what string) string { return fmt.Sprint(what, time.Now().UnixNano(), "-", t.keys.Add(1)) }
	if _, err := t.Grant(ctx, points.ByHand{CustomerID: customer, Amount: 1, Key: key("earn")}); err != nil {
		return err
	}
	_, h, err := t.Hold(ctx, points.ByHand{CustomerID: customer, Amount: 1, Minutes: 10, Key: key("hold")})
	if err != nil {
		return err
	}
	_, _, err = t.Capture(ctx, points.ByHand{CustomerID: customer, HoldID: h.ID, Key: key("capture")})
	return err
}
