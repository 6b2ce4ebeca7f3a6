package campaign_test

import (
	"context"
	"log/slog"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/meguri-crm/meguri/crm/campaign"
	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/crm/live"
	"github.com/meguri-crm/meguri/crm/message/response"
)

// liveOn is a node of its own that watches the world's database.
func (w *world) liveOn(reads *atomic.Int64) *campaign.Live {
	w.t.Helper()
	hub := live.NewHub(slog.New(slog.DiscardHandler))
	ctx, stop := context.WithCancel(context.Background())
	done := make(chan struct{})
	go func() {
		defer close(done)
		hub.Run(ctx, w.db.Pool)
	}()
	w.t.Cleanup(func() { stop(); <-done })
	<-hub.Ready()
	return &campaign.Live{Hub: hub, Log: slog.New(slog.DiscardHandler), Read: func(ctx context.Context, id int64) (*campaign.Metrics, error) {
		reads.Add(1)
		return w.service.Metrics(ctx, id)
	}}
}

// until receives readings until one is as wanted.
func until(t *testing.T, ch <-chan *campaign.Metrics, wanted func(*campaign.Metrics) bool) *campaign.Metrics {
	t.Helper()
	timeout := time.After(10 * time.Second)
	for {
		select {
		case m, ok := <-ch:
			if !ok {
				t.Fatal("the readings ended")
			}
			if wanted(m) {
				return m
			}
		case <-timeout:
			t.Fatal("no such reading came")
		}
	}
}

// TestManyWatchersCostOneReadPerChange lets 150 watch a campaign that is being
// sent; one of them never takes anything.
func TestManyWatchersCostOneReadPerChange(t *testing.T) {
	const watchers = 150
	w := newWorld(t)
	row, m := w.sent(30)
	var reads atomic.Int64
	l := w.liveOn(&reads)
	ctx, stop := context.WithCancel(t.Context())

	stalled, err := l.Watch(ctx, row.ID)
	if err != nil {
		t.Fatal(err)
	}
	var watching sync.WaitGroup
	all := make([]<-chan *campaign.Metrics, watchers)
	for i := range all {
		watching.Go(func() {
			ch, err := l.Watch(ctx, row.ID)
			if err != nil {
				t.Error(err)
				return
			}
			all[i] = ch
		})
	}
	watching.Wait()
	for _, ch := range all {
		if got := <-ch; got.Total.Sent != 30 || got.Total.Opened != 0 {
			t.Fatalf("the snapshot says %+v", got.Total)
		}
	}
	if n := reads.Load(); n != 1 {
		t.Errorf("%d reads for %d snapshots, want 1", n, watchers+1)
	}

	start := time.Now()
	for i := range m {
		w.record(fact(response.Opened, m[i], time.Now()))
	}
	for _, ch := range all {
		watching.Go(func() { until(t, ch, func(m *campaign.Metrics) bool { return m.Total.Opened == 30 }) })
	}
	watching.Wait()
	took := time.Since(start)
	// The first change is read at once, the others once a tick.
	if most := int64(took/campaign.Tick) + 3; reads.Load() > most {
		t.Errorf("%d reads in %v, want at most %d however many watch", reads.Load(), took, most)
	}
	if got := until(t, stalled, func(*campaign.Metrics) bool { return true }); got.Total.Opened != 30 {
		t.Errorf("who did not look gets %d opened, want the newest", got.Total.Opened)
	}

	stop()
	for _, ch := range all {
		for m := range ch {
			if m.CampaignID != row.ID {
				t.Errorf("a reading of campaign %d", m.CampaignID)
			}
		}
	}
	before := reads.Load()
	w.record(fact(response.Clicked, m[0], time.Now()))
	again, err := l.Watch(t.Context(), row.ID)
	if err != nil {
		t.Fatal(err)
	}
	if got := <-again; got.Total.Clicked != 1 {
		t.Errorf("a new watcher sees %d clicked, want 1", got.Total.Clicked)
	}
	// The notice of the click may arrive when the new watcher listens already.
	if n := reads.Load() - before; n > 2 {
		t.Errorf("%d reads since everybody left, want the new watcher's", n)
	}
}

func TestWatchersHearOfTheSending(t *testing.T) {
	w := newWorld(t)
	w.customers(120, true)
	draft := w.draft()
	var reads atomic.Int64
	ch, err := w.liveOn(&reads).Watch(t.Context(), draft.ID)
	if err != nil {
		t.Fatal(err)
	}
	if first := <-ch; first.Status != campaign.StatusDraft {
		t.Errorf("status %s", first.Status)
	}
	row := w.send(draft)
	w.run(row, campaign.StatusSent, w.engine("one", &wire{}))
	m := until(t, ch, func(m *campaign.Metrics) bool { return m.Status == campaign.StatusSent })
	if m.Total.Sent != 120 || m.Total.Queued != 0 || len(m.ByMall) != 1 || len(m.ByVariant) != 1 || len(m.ByDelivery) != 1 || len(m.Series) == 0 {
		t.Errorf("the last reading %+v", m)
	}
	if _, err := w.liveOn(&reads).Watch(t.Context(), draft.ID+1); !fault.Is(err, fault.NotFound) {
		t.Errorf("a campaign that is not there: %v, want fault.NotFound", err)
	}
}
