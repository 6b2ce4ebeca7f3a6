package pulltest

import (
	"bytes"
	"context"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/meguri-crm/meguri/crm/clock"
	"github.com/meguri-crm/meguri/crm/customer"
	"github.com/meguri-crm/meguri/crm/intake"
	"github.com/meguri-crm/meguri/crm/mall"
	"github.com/meguri-crm/meguri/crm/mall/malltest/merchant"
	"github.com/meguri-crm/meguri/crm/pull"
	"github.com/meguri-crm/meguri/crm/pull/source"
	"github.com/meguri-crm/meguri/crm/shop"
	"github.com/meguri-crm/meguri/db"
	"github.com/meguri-crm/meguri/db/dbtest"
)

type quietQueue struct{}

func (quietQueue) Enqueue(context.Context, db.Tx, interface{ Kind() string }) error { return nil }

var owners atomic.Int64

// World is an installation with one shop.
type World struct {
	DB     *db.DB
	Intake *intake.Service
	Pull   *pull.Service
	Clock  *Clock
	ShopID int64
	Log    *Log
}

// Log keeps what is logged, to look for what must not be.
type Log struct {
	mu sync.Mutex
	b  bytes.Buffer
}

// Write implements io.Writer.
func (l *Log) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

// String is all that was logged.
func (l *Log) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}

// NewWorld is an installation whose shop is on a mall.
func NewWorld(t testing.TB, on mall.Mall, c *Clock, services ...source.Service) *World {
	t.Helper()
	d := dbtest.New(t)
	row, err := shop.New(d, clock.System{}).Create(t.Context(), shop.Draft{Code: "shop", Name: "巡り商店", Mall: on, Currency: "JPY"})
	if err != nil {
		t.Fatal(err)
	}
	w := &World{DB: d, Clock: c, ShopID: row.ID, Log: new(Log)}
	log := slog.New(slog.NewJSONHandler(w.Log, &slog.HandlerOptions{Level: slog.LevelDebug}))
	w.Intake = intake.New(d, clock.System{}, quietQueue{}, intake.Hooks{People: customer.New(d, clock.System{}, nil)}, log, fmt.Sprintf("intake-%d", owners.Add(1)))
	w.Pull = w.Process(t, services...)
	return w
}

// Process is the pull service of one more process.
func (w *World) Process(t testing.TB, services ...source.Service) *pull.Service {
	t.Helper()
	return process(w.DB, w.Intake, w.Clock, slog.New(slog.NewJSONHandler(w.Log, nil)), services)
}

// Attach is the pull service of another process on a database that is there.
func Attach(d *db.DB, c *Clock, services ...source.Service) *pull.Service {
	log := slog.New(slog.DiscardHandler)
	taker := intake.New(d, clock.System{}, quietQueue{}, intake.Hooks{}, log, "attached")
	return process(d, taker, c, log, services)
}

func process(d *db.DB, taker *intake.Service, c *Clock, log *slog.Logger, services []source.Service) *pull.Service {
	sealer, err := pull.NewSealer("a secret that is long enough to be one")
	if err != nil {
		panic(err) // the secret above is one
	}
	return pull.New(pull.Config{
		DB: d, Clock: c, Queue: quietQueue{}, Intake: taker, Sealer: sealer, Zone: jst, Services: services, Log: log,
		Owner: fmt.Sprintf("pull-%d-%d", os.Getpid(), owners.Add(1)), Wait: c.Wait, Chance: func() float64 { return 0.5 },
	})
}

// Settle works until nothing is due: pulls, and then the imports they began.
func (w *World) Settle(t testing.TB) {
	t.Helper()
	if err := w.Pull.Work(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := w.Intake.Work(t.Context()); err != nil {
		t.Fatal(err)
	}
}

// Due moves the clock to when the connection is due.
func (w *World) Due(t testing.TB, id int64) {
	t.Helper()
	row, err := w.Pull.Find(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	w.Clock.Advance(max(row.NextAt.Sub(w.Clock.Now()), 0))
}

// PullAll settles, turn by turn, until the connection's pull is done.
func (w *World) PullAll(t testing.TB, id int64) {
	t.Helper()
	for range 3_000 {
		w.Settle(t)
		row, err := w.Pull.Find(t.Context(), id)
		if err != nil {
			t.Fatal(err)
		}
		if bytes.Contains(row.Trouble, []byte(`"passing": false`)) {
			t.Fatalf("the pull cannot go on: %s", row.Trouble)
		}
		if row.PulledTo != nil && row.NextAt.After(w.Clock.Now()) && len(row.Trouble) == 0 {
			return
		}
		w.Due(t, id)
	}
	t.Fatal("the pull does not end")
}

// TakeFiles takes the merchant's files in, cut at random; how many rows changed something.
func (w *World) TakeFiles(t testing.TB, m *merchant.Merchant, s *Subject) (changed int64) {
	t.Helper()
	files, err := m.Files(rand.New(rand.NewPCG(1, 2)), 2) //nolint:gosec // nor is how files are cut
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		kind := f.Name[:strings.LastIndexByte(f.Name, '-')]
		if f.Mall != s.Mall || s.Files != nil && !slices.Contains(s.Files, kind) {
			continue
		}
		imp, err := w.Intake.TakeFile(t.Context(), intake.File{Name: f.Name, Content: bytes.NewReader(f.Content), ShopID: w.ShopID}, nil)
		if err != nil {
			t.Fatalf("%s: %v", f.Name, err)
		}
		changed += imp.RowsInserted + imp.RowsUpdated
	}
	return changed
}

// Told is everything the database says of orders and whose they are, without ids.
func (w *World) Told(t testing.TB) []string {
	t.Helper()
	var rows []string
	err := w.DB.NewRaw(`WITH told AS (
			SELECT o.order_no, o.customer_id, c.anonymous, concat_ws(' ', o.kind, o.status, o.ordered_at AT TIME ZONE 'UTC', o.shipped_at AT TIME ZONE 'UTC', o.currency, 'goods', o.goods_amount,
				'shipping', o.shipping_amount, 'fee', o.fee_amount, 'tax', o.tax_amount, o.tax_breakdown, 'shop', o.shop_coupon, 'mall', o.mall_coupon, 'points', o.points_used,
				'total', o.total_amount, 'net', o.net_sales, 'quantity', o.quantity, 'gift', o.gift, 'codes', array_to_string(o.coupon_codes, ','), 'lines',
				(SELECT string_agg(concat(line_key, '=', sku, ' ', name, ' ', option, '*', l.quantity, '=', amount, '@', tax_rate), ' ' ORDER BY line_key COLLATE "C") FROM order_lines l
					WHERE l.customer_id = o.customer_id AND l.order_id = o.id)) AS facts
			FROM orders o JOIN customers c ON c.id = o.customer_id)
		SELECT concat_ws(' ', order_no, facts, CASE WHEN anonymous THEN 'nobody' ELSE 'with ' || min(order_no COLLATE "C") OVER (PARTITION BY customer_id) END) FROM told ORDER BY order_no COLLATE "C"`).
		Scan(t.Context(), &rows)
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

// Since drops the orders before an instant.
func Since(m *merchant.Merchant, at time.Time) *merchant.Merchant {
	kept := *m
	kept.Orders = nil
	for _, o := range m.Orders {
		if !o.At.Before(at) {
			kept.Orders = append(kept.Orders, o)
		}
	}
	return &kept
}
