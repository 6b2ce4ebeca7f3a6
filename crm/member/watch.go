package member

import (
	"context"
	"iter"
	"log/slog"
	"math/rand/v2"
	"reflect"
	"sync"
	"time"

	"github.com/meguri-crm/meguri/crm/live"
	"github.com/meguri-crm/meguri/db"
)

// How a watch is kept in the database.
const (
	watchFor   = time.Minute      // without renewal
	renewEvery = 20 * time.Second // by the process that holds it
	liveTick   = 250 * time.Millisecond
)

// Hub wakes on what happens in any process.
type Hub interface {
	OnWake(topic string, id int64, wake func()) (cancel func())
}

// Live hands members their figures as they change. However many connections a
// member has on this node, he is read once per change, and thousands of members
// cost one LISTEN and, while nothing happens, no goroutine but their readers'. Who is
// watched stands in member_watches, where the database looks before it notifies.
//
// A watch that begins while a booking is under way may miss that one; everybody
// who is new is read once more at the next renewal, which mends it.
type Live struct {
	service *Service
	hub     Hub
	log     *slog.Logger
	feeds   *live.Feeds[Self]
	node    int64

	mu      sync.Mutex
	watched map[int64]*watch // by customer
}

type watch struct {
	kept bool // its row was written
	wake func()
	once bool // read again at the next renewal
}

// NewLive watches for one process.
func NewLive(s *Service, hub Hub, log *slog.Logger) *Live {
	l := &Live{service: s, hub: hub, log: log, node: rand.Int64(), //nolint:gosec // it tells processes apart and keeps nobody out
		watched: map[int64]*watch{}}
	l.feeds = &live.Feeds[Self]{Subscribe: l.subscribe, Read: l.read, Tick: liveTick, Warn: func(ctx context.Context, id int64, err error) {
		log.WarnContext(ctx, "a member's points could not be read", "customer", id, "error", err)
	}}
	return l
}

// Watch is the member as he stands, then again after every booking that changes what
// he sees, until ctx ends. After a merge he is who survived it, after its undo himself
// again. A reader that is slow misses readings in between, never the newest; one that
// goes away without reading ends ctx. Errors: fault.NotFound.
func (l *Live) Watch(ctx context.Context, customer int64) (iter.Seq[Self], error) {
	first, err := l.service.Self(ctx, customer, Want{})
	if err != nil {
		return nil, err
	}
	now, err := l.join(ctx, first.CustomerID)
	if err != nil {
		return nil, err
	}
	return func(yield func(Self) bool) { l.follow(ctx, customer, now, yield) }, nil
}

// joined is a place at a feed.
type joined struct {
	customer int64
	feed     <-chan Self
	leave    func()
}

func (l *Live) join(ctx context.Context, customer int64) (joined, error) {
	ctx, leave := context.WithCancel(ctx)
	feed, err := l.feeds.Watch(ctx, customer)
	if err != nil {
		leave()
	}
	return joined{customer, feed, leave}, err
}

// follow passes on what a feed sends that is new, and goes over to another feed where
// customer is another one now.
func (l *Live) follow(ctx context.Context, customer int64, now joined, yield func(Self) bool) {
	defer func() { now.leave() }()
	var told *Self
	for {
		self, open := <-now.feed
		if !open {
			return
		}
		who, err := l.whoIs(ctx, customer, now.customer, self)
		if err == nil && who == now.customer {
			if told != nil && reflect.DeepEqual(*told, self) {
				continue // e.g. read once more by a renewal
			}
			told = &self
			if !yield(self) {
				return
			}
			continue
		}
		now.leave()
		if err == nil {
			now, err = l.join(ctx, who)
		}
		if err != nil {
			l.log.WarnContext(ctx, "a member could not be followed", "customer", customer, "error", err)
			return
		}
	}
}

// whoIs is who customer is, of whom a feed sent self as now. A merge shows in the
// reading itself; only he who went by one can come back by its undo.
func (l *Live) whoIs(ctx context.Context, customer, now int64, self Self) (int64, error) {
	if customer == now {
		return self.CustomerID, nil
	}
	again, err := l.service.Self(ctx, customer, Want{})
	return again.CustomerID, err
}

// subscribe joins what the hub tells of a customer and what a renewal does.
func (l *Live) subscribe(customer int64, wake func()) func() {
	w := &watch{wake: wake, once: true}
	l.mu.Lock()
	l.watched[customer] = w
	l.mu.Unlock()
	cancel := l.hub.OnWake(live.Points, customer, wake)
	return func() {
		cancel()
		l.mu.Lock()
		defer l.mu.Unlock()
		if l.watched[customer] == w {
			delete(l.watched, customer)
		}
	}
}

// read is the member as he stands, who is first made known to be watched.
func (l *Live) read(ctx context.Context, customer int64) (Self, error) {
	l.mu.Lock()
	w := l.watched[customer]
	known := w != nil && w.kept
	l.mu.Unlock()
	if !known {
		if err := l.keep(ctx, []int64{customer}); err != nil {
			return Self{}, err
		}
		l.mu.Lock()
		if w != nil {
			w.kept = true
		}
		l.mu.Unlock()
	}
	return l.service.Self(ctx, customer, Want{Points: true, Stage: true, Detail: true})
}

// keep writes that customers are watched from here.
func (l *Live) keep(ctx context.Context, customers []int64) error {
	_, err := l.service.db.Pool.Exec(ctx, `INSERT INTO member_watches (customer_id, node, until)
		SELECT id, $2, clock_timestamp() + make_interval(secs => $3) FROM unnest($1::bigint[]) id ORDER BY id
		ON CONFLICT (customer_id, node) DO UPDATE SET until = excluded.until`, customers, l.node, watchFor.Seconds())
	return db.Fault(err)
}

// Run renews what is watched until ctx ends, and then takes it back.
func (l *Live) Run(ctx context.Context) {
	ticker := time.NewTicker(renewEvery)
	defer ticker.Stop()
	last := time.Now()
	for {
		select {
		case <-ctx.Done():
			l.leave(context.WithoutCancel(ctx))
			return
		case <-ticker.C:
		}
		if err := l.renew(ctx, time.Since(last) > watchFor); err != nil {
			l.log.WarnContext(ctx, "who watches his points could not be renewed", "error", err)
			continue
		}
		last = time.Now()
	}
}

// renew keeps who is watched. New ones are read once more; after a lapse, in which
// nobody was told anything, all are.
func (l *Live) renew(ctx context.Context, lapsed bool) error {
	customers, again := l.toRenew(lapsed)
	if len(customers) > 0 {
		if err := l.keep(ctx, customers); err != nil {
			return err
		}
	}
	for _, w := range again {
		w.wake()
	}
	l.forget(ctx)
	return nil
}

func (l *Live) toRenew(lapsed bool) (customers []int64, again []*watch) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for id, w := range l.watched {
		customers = append(customers, id)
		if w.once || lapsed {
			again = append(again, w)
		}
		w.once = false
	}
	return customers, again
}

// forget takes away what nobody has renewed: of watches that ended, and of dead
// processes.
func (l *Live) forget(ctx context.Context) {
	if _, err := l.service.db.Pool.Exec(ctx, `DELETE FROM member_watches WHERE until < clock_timestamp()`); err != nil {
		l.log.WarnContext(ctx, "who watched his points could not be forgotten", "error", err)
	}
}

// leave takes away all watches of this process.
func (l *Live) leave(ctx context.Context) {
	if _, err := l.service.db.Pool.Exec(ctx, `DELETE FROM member_watches WHERE node = $1`, l.node); err != nil {
		l.log.WarnContext(ctx, "the watches of this process could not be taken away", "error", err)
	}
}
