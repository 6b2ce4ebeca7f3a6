// Package live tells the processes of an installation that something changed.
//
// It owns one LISTEN connection per process and a hub that wakes whoever
// watches an object. It promises that a watcher is woken at least once after
// each committed Notify of its object, also across a lost connection, and that
// a slow watcher delays nobody: wake-ups coalesce, latest wins. It carries no
// data; whoever is woken reads the present state. It leaves the pace to its
// callers: notify from a batch, never per fact, because commits that notify
// wait for each other.
package live

import (
	"context"
	"errors"
	"log/slog"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/uptrace/bun"
)

const channel = "meguri"

// Topics of the product. Watching id 0 is watching all objects of a topic.
const (
	Campaign = "campaign"
	Import   = "import"
	Alert    = "alert"  // all alerts together: id 0
	Stages   = "stage"  // the placing of members: id 0
	Pulls    = "pull"   // connections to malls, by id
	Bulk     = "bulk"   // changes of many customers, by id
	Points   = "points" // of customers who are watched, by id; the database tells it (crm/member)
	NetSales = "sales"  // what counts as net sales: id 0
)

// Notify wakes the watchers of an object, in all processes, when tx commits.
// Equal notices of one transaction count once.
func Notify(ctx context.Context, tx bun.IDB, topic string, id int64) error {
	_, err := tx.NewRaw("SELECT pg_notify(?, ?)", channel, key{topic, id}.String()).Exec(ctx)
	return err
}

type key struct {
	topic string
	id    int64
}

func (k key) String() string { return k.topic + ":" + strconv.FormatInt(k.id, 10) }

func parse(payload string) (key, bool) {
	topic, id, found := strings.Cut(payload, ":")
	n, err := strconv.ParseInt(id, 10, 64)
	return key{topic, n}, found && err == nil
}

// Hub hands wake-ups of one process's connection to its watchers.
type Hub struct {
	log *slog.Logger

	mu       sync.Mutex
	watchers map[key]map[*watcher]struct{}
	ready    chan struct{}
	once     sync.Once
}

// watcher hears of what it watches by a call that blocks on nothing.
type watcher struct{ wake func() }

// NewHub is a hub that wakes nobody before Run.
func NewHub(log *slog.Logger) *Hub {
	return &Hub{log: log, watchers: map[key]map[*watcher]struct{}{}, ready: make(chan struct{})}
}

// Subscribe watches an object, or with id 0 all of its topic, until cancel is called. The channel holds one
// wake-up: reading late misses none, it only sees several as one. It is never
// closed, so a receive also selects on the watcher's context.
func (h *Hub) Subscribe(topic string, id int64) (wake <-chan struct{}, cancel func()) {
	ch := make(chan struct{}, 1)
	return ch, h.OnWake(topic, id, func() { poke(ch) })
}

// OnWake watches an object as Subscribe does, by a call instead of a channel: who
// waits takes no goroutine. The call is made while the hub is locked: it must neither
// wait nor ask the hub for anything.
func (h *Hub) OnWake(topic string, id int64, wake func()) (cancel func()) {
	return h.subscribe(wake, key{topic, id})
}

// OnWakeOfAll watches all objects of some topics, as OnWake does.
func (h *Hub) OnWakeOfAll(wake func(), topics ...string) (cancel func()) {
	keys := make([]key, len(topics))
	for i, topic := range topics {
		keys[i] = key{topic, 0}
	}
	return h.subscribe(wake, keys...)
}

func (h *Hub) subscribe(wake func(), keys ...key) (cancel func()) {
	w := &watcher{wake}
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, k := range keys {
		if h.watchers[k] == nil {
			h.watchers[k] = map[*watcher]struct{}{}
		}
		h.watchers[k][w] = struct{}{}
	}
	return func() { h.unsubscribe(w, keys) }
}

// Ready is closed once the hub listens; what is notified later is not missed.
func (h *Hub) Ready() <-chan struct{} { return h.ready }

// Watchers is how many subscriptions are open.
func (h *Hub) Watchers() int {
	h.mu.Lock()
	defer h.mu.Unlock()
	n := 0
	for _, each := range h.watchers {
		n += len(each)
	}
	return n
}

// Run listens until ctx ends, connecting again when the connection is lost.
func (h *Hub) Run(ctx context.Context, pool *pgxpool.Pool) {
	const shortest, longest = 100 * time.Millisecond, 5 * time.Second
	pause := shortest
	for ctx.Err() == nil {
		begun := time.Now()
		err := h.listen(ctx, pool)
		if ctx.Err() != nil {
			return
		}
		if time.Since(begun) > longest {
			pause = shortest
		}
		h.log.WarnContext(ctx, "live updates: connection lost, connecting again", "error", err, "pause", pause)
		select {
		case <-ctx.Done():
		case <-time.After(pause):
			pause = min(2*pause, longest)
		}
	}
}

func (h *Hub) listen(ctx context.Context, pool *pgxpool.Pool) error {
	pooled, err := pool.Acquire(ctx)
	if err != nil {
		return err
	}
	// Out of the pool: it must not come back to it while it listens.
	conn := pooled.Hijack()
	defer func() { _ = conn.Close(context.WithoutCancel(ctx)) }()
	if _, err := conn.Exec(ctx, "LISTEN "+pgx.Identifier{channel}.Sanitize()); err != nil {
		return err
	}
	h.wakeAll() // something may have happened while nobody listened
	h.once.Do(func() { close(h.ready) })
	for {
		n, err := conn.WaitForNotification(ctx)
		if err != nil {
			return err
		}
		k, ok := parse(n.Payload)
		if !ok {
			return errors.New("a notice of unknown form on channel " + channel)
		}
		h.wake(k)
	}
}

func (h *Hub) unsubscribe(w *watcher, keys []key) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, k := range keys {
		delete(h.watchers[k], w)
		if len(h.watchers[k]) == 0 {
			delete(h.watchers, k)
		}
	}
}

func (h *Hub) wake(k key) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for w := range h.watchers[k] {
		w.wake()
	}
	if k.id == 0 {
		return
	}
	for w := range h.watchers[key{k.topic, 0}] {
		w.wake()
	}
}

func (h *Hub) wakeAll() {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, each := range h.watchers {
		for w := range each {
			w.wake()
		}
	}
}

// poke leaves a wake-up unless one is waiting already.
func poke(ch chan struct{}) {
	select {
	case ch <- struct{}{}:
	default:
	}
}
