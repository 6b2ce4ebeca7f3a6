package live_test

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"testing"
	"time"

	"github.com/meguri-crm/meguri/crm/live"
	"github.com/meguri-crm/meguri/db"
	"github.com/meguri-crm/meguri/db/dbtest"
)

func start(t *testing.T, d *db.DB) *live.Hub {
	t.Helper()
	hub := live.NewHub(slog.New(slog.DiscardHandler))
	ctx, cancel := context.WithCancel(t.Context())
	var running sync.WaitGroup
	running.Go(func() { hub.Run(ctx, d.Pool) })
	t.Cleanup(func() {
		cancel()
		running.Wait()
	})
	select {
	case <-hub.Ready():
	case <-time.After(20 * time.Second):
		t.Fatal("the hub does not listen")
	}
	return hub
}

func notify(t *testing.T, d *db.DB, id int64) {
	t.Helper()
	if err := live.Notify(t.Context(), d, live.Campaign, id); err != nil {
		t.Fatal(err)
	}
}

func woken(t *testing.T, wake <-chan struct{}) {
	t.Helper()
	select {
	case <-wake:
	case <-time.After(20 * time.Second):
		t.Fatal("not woken")
	}
}

func TestOnlyWatchersOfTheObjectWake(t *testing.T) {
	d := dbtest.New(t)
	first, second := start(t, d), start(t, d) // two processes
	one, cancelOne := first.Subscribe(live.Campaign, 1)
	defer cancelOne()
	alsoOne, cancelAlso := second.Subscribe(live.Campaign, 1)
	defer cancelAlso()
	other, cancelOther := first.Subscribe(live.Campaign, 2)
	defer cancelOther()
	imported, cancelImport := first.Subscribe(live.Import, 1)
	defer cancelImport()

	notify(t, d, 1)
	woken(t, one)
	woken(t, alsoOne)
	notify(t, d, 2) // a later notice has arrived: an earlier one would have, too
	woken(t, other)
	select {
	case <-imported:
		t.Error("a watcher of another topic was woken")
	case <-one:
		t.Error("woken twice by one notice")
	default:
	}
}

func TestASlowWatcherDelaysNobody(t *testing.T) {
	d := dbtest.New(t)
	hub := start(t, d)
	slow, cancelSlow := hub.Subscribe(live.Campaign, 1)
	defer cancelSlow()
	marker, cancelMarker := hub.Subscribe(live.Campaign, 2)
	defer cancelMarker()
	for range 50 {
		notify(t, d, 1)
	}
	notify(t, d, 2)
	woken(t, marker)
	woken(t, slow)
	select {
	case <-slow:
		t.Error("50 notices left more than one wake-up")
	default:
	}
}

func TestNotifyWaitsForTheCommit(t *testing.T) {
	d := dbtest.New(t)
	hub := start(t, d)
	wake, cancel := hub.Subscribe(live.Campaign, 1)
	defer cancel()
	marker, cancelMarker := hub.Subscribe(live.Campaign, 2)
	defer cancelMarker()
	undone := errors.New("undone")
	err := db.RunInTx(t.Context(), d, func(ctx context.Context, tx db.Tx) error {
		return errors.Join(live.Notify(ctx, tx, live.Campaign, 1), undone)
	})
	if !errors.Is(err, undone) {
		t.Fatal(err)
	}
	notify(t, d, 2)
	woken(t, marker)
	select {
	case <-wake:
		t.Error("woken by a transaction that was rolled back")
	default:
	}
}

func TestALostConnectionWakesEveryone(t *testing.T) {
	d := dbtest.New(t)
	hub := start(t, d)
	wake, cancel := hub.Subscribe(live.Campaign, 1)
	defer cancel()
	_, err := d.NewRaw("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'LISTEN%'").Exec(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	woken(t, wake)
	notify(t, d, 1)
	woken(t, wake)
}

func TestCancelForgetsTheWatcher(t *testing.T) {
	hub := live.NewHub(slog.New(slog.DiscardHandler))
	_, cancel := hub.Subscribe(live.Campaign, 1)
	_, other := hub.Subscribe(live.Campaign, 1)
	cancel()
	cancel()
	if n := hub.Watchers(); n != 1 {
		t.Fatalf("%d watchers, want 1", n)
	}
	other()
	if n := hub.Watchers(); n != 0 {
		t.Fatalf("%d watchers, want none", n)
	}
}

func TestWatchingATopicIsWatchingAllItsObjects(t *testing.T) {
	d := dbtest.New(t)
	hub := start(t, d)
	all, cancel := hub.Subscribe(live.Campaign, 0)
	defer cancel()
	other, cancelOther := hub.Subscribe(live.Import, 0)
	defer cancelOther()
	both := make(chan struct{}, 10)
	defer hub.OnWakeOfAll(func() { both <- struct{}{} }, live.Import, live.Campaign)()
	for _, id := range []int64{7, 8, 0} {
		notify(t, d, id)
		woken(t, all)
		woken(t, both)
	}
	select {
	case <-other:
		t.Error("another topic woke")
	default:
	}
}
