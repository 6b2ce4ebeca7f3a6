package large

import (
	"context"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"testing"
	"time"

	"github.com/meguri-crm/meguri/crm/points/pointstest"
	"github.com/meguri-crm/meguri/server"
	"github.com/meguri-crm/meguri/server/command"
	"github.com/meguri-crm/meguri/server/servertest"
)

// merchant is a merchant with many members, on a Postgres of his own.
type merchant struct {
	*server.App
	members int
	socket  string // the folder of Postgres' socket
}

// open starts Postgres on a data folder and fills an empty one.
func open(b *testing.B) *merchant {
	b.Helper()
	m := &merchant{members: 1_000_000}
	if n, err := strconv.Atoi(os.Getenv("MEGURI_BENCH_MEMBERS")); err == nil {
		m.members = n
	}
	in := servertest.New(b)
	if dir := os.Getenv("MEGURI_BENCH_LEDGER"); dir != "" {
		absolute, err := filepath.Abs(dir)
		if err != nil {
			b.Fatal(err)
		}
		in = servertest.Here(b, absolute)
	}
	cfg, err := server.Load(map[string]string{"MEGURI_DATA_DIR": in.Dir, "MEGURI_ADDR": in.Addr, "MEGURI_SEED": "off"})
	if err != nil {
		b.Fatal(err)
	}
	if m.App, err = server.Open(b.Context(), cfg, slog.New(slog.DiscardHandler), in.Keeper(b, command.KeeperCommand)); err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = m.Close() })
	m.fill(b)
	if err := m.DB.Pool.QueryRow(b.Context(), `SELECT split_part(current_setting('unix_socket_directories'), ',', 1)`).Scan(&m.socket); err != nil {
		b.Fatal(err)
	}
	return m
}

func (m *merchant) fill(b *testing.B) {
	b.Helper()
	var there int
	if err := m.DB.Pool.QueryRow(b.Context(), `SELECT count(*) FROM point_accounts`).Scan(&there); err != nil {
		b.Fatal(err)
	}
	if there == 0 {
		begun := time.Now()
		pointstest.Fill(b, m.DB, m.members, time.Now().UTC().Truncate(time.Second))
		b.Logf("%d members with %d bookings were made in %s", m.members, m.members*pointstest.Each, time.Since(begun).Round(time.Second))
	}
}

// inOrder is the nightly check.
func (m *merchant) inOrder(b *testing.B) {
	b.Helper()
	found, err := m.Points.Verify(context.WithoutCancel(b.Context()))
	if err != nil || len(found) > 0 {
		b.Fatalf("the books are not in order: %v, %v", found, err)
	}
}

func median(v []float64) float64 {
	slices.Sort(v)
	return v[len(v)/2]
}
