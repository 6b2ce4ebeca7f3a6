package job

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver/riverpgxv5"
	"github.com/riverqueue/river/rivertype"

	"github.com/meguri-crm/meguri/db"
)

const (
	// A notification that comes within the cooldown of the last fetch waits for
	// the next poll, so both are short: people wait for what the queue does.
	fetchCooldown = 20 * time.Millisecond
	fetchPoll     = 100 * time.Millisecond

	// DefaultWorkers is how many jobs one process runs at the same time.
	DefaultWorkers = 8
)

// Handlers is the explicit list of what the process can run.
type Handlers struct {
	workers  *river.Workers
	periodic []*river.PeriodicJob
	kinds    map[string]bool
}

// NewHandlers is an empty list.
func NewHandlers() *Handlers {
	return &Handlers{workers: river.NewWorkers(), kinds: map[string]bool{}}
}

// Handle registers the handler of A's kind; a second one is an error. A handler
// that fails runs again later, with growing pauses; it has no time limit but
// must end when ctx does.
func Handle[A river.JobArgs](h *Handlers, handle func(ctx context.Context, args A) error) error {
	worker := river.WorkFunc(func(ctx context.Context, j *river.Job[A]) error { return handle(ctx, j.Args) })
	if err := river.AddWorkerSafely(h.workers, worker); err != nil {
		return fmt.Errorf("register a job handler: %w", err)
	}
	var args A
	h.kinds[args.Kind()] = true
	return nil
}

// Every runs args each interval, and once on start, on one of the processes.
// A turn is left out while the one before it still waits or runs.
func (h *Handlers) Every(interval time.Duration, args Args) error {
	if !h.kinds[args.Kind()] {
		return fmt.Errorf("register a periodic job: %s has no handler", args.Kind())
	}
	one := &river.InsertOpts{UniqueOpts: river.UniqueOpts{ByArgs: true, ByState: []rivertype.JobState{
		rivertype.JobStateAvailable, rivertype.JobStatePending, rivertype.JobStateRetryable,
		rivertype.JobStateRunning, rivertype.JobStateScheduled,
	}}}
	h.periodic = append(h.periodic, river.NewPeriodicJob(
		river.PeriodicInterval(interval),
		func() (river.JobArgs, *river.InsertOpts) { return args, one },
		&river.PeriodicJobOpts{RunOnStart: true},
	))
	return nil
}

// Runner works off the queue.
type Runner struct {
	*Queue

	name      string // of the process, as its jobs have it
	pool      *pgxpool.Pool
	log       *slog.Logger
	lookEvery time.Duration
	leave     func() // ends attend, and waits for its end
}

// NewRunner is a runner with workers jobs at a time. It does nothing before
// Start.
func NewRunner(d *db.DB, h *Handlers, workers int, log *slog.Logger) (*Runner, error) {
	if workers < 1 {
		return nil, errors.New("a runner needs at least one worker")
	}
	name := newName()
	client, err := river.NewClient(riverpgxv5.New(d.Pool), &river.Config{
		ID:                name,
		Queues:            map[string]river.QueueConfig{river.QueueDefault: {MaxWorkers: workers}},
		Workers:           h.workers,
		PeriodicJobs:      h.periodic,
		FetchCooldown:     fetchCooldown,
		FetchPollInterval: fetchPoll,
		JobTimeout:        -1, // a delivery takes as long as it takes
		Logger:            quiet(log),
		ErrorHandler:      &failures{log: log},
	})
	if err != nil {
		return nil, fmt.Errorf("open the job queue: %w", err)
	}
	return &Runner{Queue: &Queue{river: client}, name: name, pool: d.Pool, log: log, lookEvery: lookEvery}, nil
}

// Start begins to run jobs; they go on when ctx ends, until Stop.
func (r *Runner) Start(ctx context.Context) error {
	if err := r.appear(ctx); err != nil {
		return err
	}
	if err := r.river.Start(context.WithoutCancel(ctx)); err != nil {
		r.leave()
		return fmt.Errorf("start the job queue: %w", err)
	}
	return nil
}

// appear attends from now on; it ends when the others can see it.
func (r *Runner) appear(ctx context.Context) error {
	attending, end := context.WithCancel(context.WithoutCancel(ctx))
	present := make(chan struct{})
	var running sync.WaitGroup
	running.Go(func() { r.attend(attending, sync.OnceFunc(func() { close(present) })) })
	r.leave = func() { end(); running.Wait() }
	select {
	case <-present:
		return nil
	case <-ctx.Done():
		r.leave()
		return fmt.Errorf("start the job queue: %w", ctx.Err())
	}
}

// Stop takes no more jobs and waits for those that run. When ctx ends first,
// their contexts are cancelled, and it waits until they have returned.
func (r *Runner) Stop(ctx context.Context) error {
	defer r.leave()
	err := r.river.Stop(ctx)
	if err == nil || ctx.Err() == nil {
		return err
	}
	last, cancel := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
	defer cancel()
	return r.river.StopAndCancel(last)
}

// failures logs what handlers return; River tries again by itself.
type failures struct{ log *slog.Logger }

func (f *failures) HandleError(ctx context.Context, j *rivertype.JobRow, err error) *river.ErrorHandlerResult {
	f.log.ErrorContext(ctx, "job failed", "kind", j.Kind, "job", j.ID, "attempt", j.Attempt, "error", err)
	return nil
}

func (f *failures) HandlePanic(ctx context.Context, j *rivertype.JobRow, panicked any, trace string) *river.ErrorHandlerResult {
	f.log.ErrorContext(ctx, "job panicked", "kind", j.Kind, "job", j.ID, "attempt", j.Attempt, "panic", panicked, "trace", trace)
	return nil
}
