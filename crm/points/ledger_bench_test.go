package points

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/meguri-crm/meguri/crm/clock"
	"github.com/meguri-crm/meguri/db"
	"github.com/meguri-crm/meguri/db/dbtest"
)

const (
	benchAccounts = 100_000
	benchRounds   = 5
	benchRound    = 800 * time.Millisecond
)

// BenchmarkLedger measures bookings beside the least that any booking needs:
// one prepared statement that moves a balance and writes one entry, without
// lots, second postings, keys, events or history. ratio is the median over the
// rounds, taken in turns, of ledger/bare.
func BenchmarkLedger(b *testing.B) {
	w := newBenchLedger(b)
	for _, clients := range []int{1, 8, 32} {
		b.Run(fmt.Sprintf("grant-%d", clients), func(b *testing.B) { w.compare(b, clients, w.grant) })
		b.Run(fmt.Sprintf("redeem-%d", clients), func(b *testing.B) { w.compare(b, clients, w.redeem) })
	}
	found, err := w.ledger.Verify(context.Background())
	if err != nil || len(found) > 0 {
		b.Fatalf("the books are not in order: %v, %v", found, err)
	}
}

type benchLedger struct {
	ledger *Service
	db     *db.DB
	keys   atomic.Int64
}

func newBenchLedger(b *testing.B) *benchLedger {
	d := dbtest.New(b)
	for _, sql := range []string{
		`CREATE TABLE bare_accounts (customer_id bigint PRIMARY KEY, balance bigint NOT NULL CHECK (balance >= 0))`,
		`CREATE TABLE bare_entries (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, customer_id bigint NOT NULL, amount bigint NOT NULL, at timestamptz NOT NULL)`,
		fmt.Sprintf(`INSERT INTO bare_accounts SELECT n, 1000000 FROM generate_series(1, %d) n`, benchAccounts),
		fmt.Sprintf(`INSERT INTO customers (id, member_since, member_via) SELECT n, '2025-01-01', 'APP' FROM generate_series(1, %d) n`, benchAccounts),
		`INSERT INTO point_bookings (customer_id, id, kind, amount, available_after, occurred_at, idempotency_key, reason, outstanding) SELECT id, id, 'GRANT', 1000000, 1000000, '2025-01-01', 'first', 'STAFF', 1000000 FROM customers`,
		`INSERT INTO point_entries (customer_id, booking_id, account, amount, lot_id) SELECT id, id, side.account, side.amount, id FROM customers, (VALUES ('AVAILABLE', 1000000), ('ISSUED', -1000000)) side (account, amount)`,
		`INSERT INTO point_lots (customer_id, id, booking_id, amount, remaining, status, earned_at, usable_at) SELECT id, id, id, 1000000, 1000000, 'USABLE', '2025-01-01', '2025-01-01' FROM customers`,
		`INSERT INTO point_accounts (customer_id, available, updated_at) SELECT id, 1000000, '2025-01-01' FROM customers`,
		`SELECT setval('point_bookings_id_seq', (SELECT max(id) FROM point_bookings)), setval('point_lots_id_seq', (SELECT max(id) FROM point_lots))`,
		`ANALYZE`,
	} {
		if _, err := d.Pool.Exec(context.Background(), sql); err != nil {
			b.Fatal(err)
		}
	}
	return &benchLedger{ledger: New(d, clock.System{}, tokyo), db: d}
}

func (w *benchLedger) bare(ctx context.Context, customer int64) error {
	_, err := w.db.Pool.Exec(ctx, `WITH moved AS (UPDATE bare_accounts SET balance = balance - $2 WHERE customer_id = $1 RETURNING customer_id)
		INSERT INTO bare_entries (customer_id, amount, at) SELECT customer_id, -$2::bigint, now() FROM moved`, customer, 1)
	return err
}

func (w *benchLedger) grant(ctx context.Context, customer int64) error {
	_, err := w.ledger.Grant(ctx, nil, GrantRequest{CustomerID: customer, Amount: 100, Key: fmt.Sprint(w.keys.Add(1)), Cause: Cause{Reason: "API"}})
	return err
}

func (w *benchLedger) redeem(ctx context.Context, customer int64) error {
	_, err := w.ledger.Redeem(ctx, nil, SpendRequest{CustomerID: customer, Amount: 1, Key: fmt.Sprint(w.keys.Add(1)), Cause: Cause{Reason: "API"}})
	return err
}

func (w *benchLedger) compare(b *testing.B, clients int, book func(context.Context, int64) error) {
	for b.Loop() {
		w.run(b, clients, w.bare) // prepares the statements
		w.run(b, clients, book)
		var floors, rates, ratios []float64
		for range benchRounds {
			f, r := w.run(b, clients, w.bare), w.run(b, clients, book)
			floors, rates, ratios = append(floors, f), append(rates, r), append(ratios, r/f)
		}
		b.ReportMetric(middle(floors), "bare/s")
		b.ReportMetric(middle(rates), "ledger/s")
		b.ReportMetric(middle(ratios), "ratio")
	}
}

func middle(v []float64) float64 {
	slices.Sort(v)
	return v[len(v)/2]
}

// run lets clients book for random customers, and answers with bookings per second.
func (w *benchLedger) run(b *testing.B, clients int, book func(context.Context, int64) error) float64 {
	var wg sync.WaitGroup
	var done atomic.Int64
	failed := make(chan error, clients)
	start := time.Now()
	for range clients {
		wg.Go(func() {
			for time.Since(start) < benchRound {
				if err := book(context.Background(), 1+rand.Int64N(benchAccounts)); err != nil {
					failed <- err
					return
				}
				done.Add(1)
			}
		})
	}
	wg.Wait()
	elapsed := time.Since(start)
	select {
	case err := <-failed:
		b.Fatal(err)
	default:
	}
	return float64(done.Load()) / elapsed.Seconds()
}
