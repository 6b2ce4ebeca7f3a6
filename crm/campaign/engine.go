package campaign

import (
	"context"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/meguri-crm/meguri/crm/clock"
	"github.com/meguri-crm/meguri/crm/message"
	"github.com/meguri-crm/meguri/crm/message/channel"
	"github.com/meguri-crm/meguri/crm/message/link"
	"github.com/meguri-crm/meguri/crm/offer"
	"github.com/meguri-crm/meguri/db"
)

// Engine expands deliveries to messages and sends them. Any number of engines,
// in any number of processes, work on the same database: they share the work by
// the batch, and what one leaves behind when it dies, another takes over once
// the lease has ended.
type Engine struct {
	DB       *db.DB
	Clock    clock.Clock
	Zone     *time.Location
	Log      *slog.Logger
	Audience AudienceSource
	Gate     *message.Gate
	Offers   *offer.Service
	People   People
	Signer   *link.Signer
	Sender   channel.Sender
	// Domains vouches for mails; nil: they go out unsigned.
	Domains Domains
	// Starter begins scheduled campaigns; nil begins none.
	Starter Starter
	// Owner names this engine in leases; no two engines have the same.
	Owner string
	// Lanes is how many batches are in hand at the same time; 0 is DefaultLanes.
	Lanes int
	// Lease is how long a batch waits for a worker that does not move; 0 is
	// DefaultLease. A worker that lives says so four times in it.
	Lease time.Duration

	notices notifier
	plans   plans
	turn    atomic.Int64
	bell    bell

	deferrals deferrals
	pauses    pauses
}

// Bounds of the work in hand. A batch is what may be sent twice when a process
// is killed, so that it is small; its cost in the database is shared by its
// messages, so that it is not smaller.
const (
	DefaultLanes = 3
	DefaultLease = 20 * time.Second
	batchSize    = 100
	idle         = time.Second      // how often an engine looks by itself
	grace        = 20 * time.Second // how long a batch in hand may take after the engine was told to stop
)

// InHand is how many messages a process has in hand at most: those that may be
// sent twice when it is killed.
const InHand = DefaultLanes * batchSize

// Run works until ctx ends. It then takes nothing more, finishes what it has in
// hand and returns.
func (e *Engine) Run(ctx context.Context) {
	lanes := e.Lanes
	if lanes <= 0 {
		lanes = DefaultLanes
	}
	var work sync.WaitGroup
	for range lanes {
		work.Go(func() { e.loop(ctx, e.sendStep) })
	}
	work.Go(func() { e.loop(ctx, e.expandStep) })
	if e.Starter != nil {
		work.Go(func() { e.loop(ctx, e.Starter.StartDue) })
	}
	flushed := make(chan struct{})
	noticing, stop := context.WithCancel(context.WithoutCancel(ctx))
	go func() {
		defer close(flushed)
		e.notices.run(noticing, e.DB, e.Log)
	}()
	work.Wait()
	stop()
	<-flushed
}

func (e *Engine) lease() time.Duration {
	if e.Lease > 0 {
		return e.Lease
	}
	return DefaultLease
}

// Wake makes the engine look for work at once. It never blocks.
func (e *Engine) Wake() { e.bell.ring() }

// loop repeats a step as long as it finds work, and waits when it finds none.
// A step that fails is tried again: all it left behind is in the database.
func (e *Engine) loop(ctx context.Context, step func(context.Context) (worked bool, err error)) {
	for ctx.Err() == nil {
		rung := e.bell.heard()
		worked, err := step(ctx)
		if err != nil && ctx.Err() == nil {
			e.Log.ErrorContext(ctx, "a step of the delivery engine failed", "error", err)
		}
		if worked && err == nil {
			continue
		}
		select {
		case <-ctx.Done():
		case <-rung:
		case <-time.After(idle):
		}
	}
}

// active lists the deliveries in a state, beginning with another one each time,
// so that a small campaign does not wait for a big one.
func (e *Engine) active(ctx context.Context, states ...DeliveryStatus) ([]delivery, error) {
	rows, err := db.Prepared(ctx, e.DB, pgx.RowToStructByPos[delivery], `
		SELECT d.id, d.campaign_id, d.delivery_month, d.status, d.rate_per_minute, d.quiet_until, c.ignores_quiet, c.ignores_caps,
			d.expanded_at IS NOT NULL AND NOT d.rest
		FROM deliveries d JOIN campaigns c ON c.id = d.campaign_id
		WHERE d.finished_at IS NULL ORDER BY d.id`)
	if err != nil {
		return nil, err
	}
	var list []delivery
	for _, d := range rows {
		for _, s := range states {
			if d.Status == s {
				list = append(list, d)
			}
		}
	}
	if len(list) < 2 {
		return list, nil
	}
	first := int(e.turn.Add(1) % int64(len(list)))
	return append(list[first:len(list):len(list)], list[:first]...), nil
}

// delivery is what the engine needs to know of one at each step.
type delivery struct {
	ID, CampaignID int64
	DeliveryMonth  time.Time
	Status         DeliveryStatus
	RatePerMinute  *int // nil: as fast as the wire takes them
	QuietUntil     *time.Time
	IgnoresQuiet   bool
	IgnoresCaps    bool
	Expanded       bool // everybody of its audience has a message
}

// bell wakes everyone who listens.
type bell struct {
	mu sync.Mutex
	ch chan struct{}
}

// heard is closed at the next ring.
func (b *bell) heard() <-chan struct{} {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.ch == nil {
		b.ch = make(chan struct{})
	}
	return b.ch
}

func (b *bell) ring() {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.ch != nil {
		close(b.ch)
		b.ch = nil
	}
}
