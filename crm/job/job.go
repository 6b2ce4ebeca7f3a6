// Package job runs work in the background, on River in the same Postgres.
//
// It owns the River client, its settings, and the registration of handlers. It
// promises that a job enqueued in a transaction exists exactly when that
// transaction commits, runs at least once, and is taken up within seconds when its
// process dies. It leaves to the nouns what a job does and the claim on work that
// stops and goes on: there jobs only wake workers, which claim rows with short
// leases of their own.
//
// It is an edge package: nouns do not import it but declare the one method they
// need, and the composition root hands the Queue in:
//
//	type Queue interface {
//		Enqueue(ctx context.Context, tx db.Tx, args interface{ Kind() string }) error
//	}
package job

import (
	"context"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver/riverpgxv5"

	"github.com/meguri-crm/meguri/db"
)

// Args are a job's arguments, kept as JSON; Kind names its handler. They hold
// ids, no personal data.
type Args = interface{ Kind() string }

// Enqueuer puts jobs in the queue inside the caller's transaction.
type Enqueuer interface {
	Enqueue(ctx context.Context, tx db.Tx, args Args) error
}

// Queue enqueues jobs; Runner.Queue and NewQueue make one.
type Queue struct{ river *river.Client[pgx.Tx] }

var _ Enqueuer = (*Queue)(nil)

// NewQueue is a queue for a process that enqueues and runs nothing itself.
func NewQueue(d *db.DB, log *slog.Logger) (*Queue, error) {
	client, err := river.NewClient(riverpgxv5.New(d.Pool), &river.Config{Logger: quiet(log)})
	if err != nil {
		return nil, fmt.Errorf("open the job queue: %w", err)
	}
	return &Queue{river: client}, nil
}

// Enqueue adds a job that becomes visible when tx commits.
func (q *Queue) Enqueue(ctx context.Context, tx db.Tx, args Args) error {
	return q.EnqueueAt(ctx, tx, args, time.Time{})
}

// EnqueueAt adds a job that runs at an instant; the zero time is at once.
func (q *Queue) EnqueueAt(ctx context.Context, tx db.Tx, args Args, at time.Time) error {
	return tx.Pgx(func(p pgx.Tx) error {
		_, err := q.river.InsertTx(ctx, p, args, &river.InsertOpts{ScheduledAt: at})
		if err != nil {
			return fmt.Errorf("enqueue %s: %w", args.Kind(), err)
		}
		return nil
	})
}

// quiet lowers River's chatter: what it calls info is debugging for us, and what
// it says again and again while the database is away is told now and then.
func quiet(log *slog.Logger) *slog.Logger {
	return slog.New(warnings{log.Handler(), &repeated{at: map[string]time.Time{}}})
}

type warnings struct {
	slog.Handler
	*repeated
}

// repeatAfter is how long a message that was said is not said again.
const repeatAfter = 10 * time.Second

type repeated struct {
	mu sync.Mutex
	at map[string]time.Time
}

func (r *repeated) lately(message string, at time.Time) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	if at.Sub(r.at[message]) < repeatAfter {
		return true
	}
	r.at[message] = at
	return false
}

func (h warnings) Enabled(ctx context.Context, level slog.Level) bool {
	return level >= slog.LevelWarn && h.Handler.Enabled(ctx, level)
}

func (h warnings) Handle(ctx context.Context, r slog.Record) error {
	if h.lately(r.Message, r.Time) {
		return nil
	}
	return h.Handler.Handle(ctx, r)
}

func (h warnings) WithAttrs(attrs []slog.Attr) slog.Handler {
	return warnings{h.Handler.WithAttrs(attrs), h.repeated}
}

func (h warnings) WithGroup(name string) slog.Handler {
	return warnings{h.Handler.WithGroup(name), h.repeated}
}
