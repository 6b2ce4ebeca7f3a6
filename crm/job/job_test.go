package job_test

import (
	"context"
	"errors"
	"log/slog"
	"testing"
	"time"

	"github.com/meguri-crm/meguri/crm/job"
	"github.com/meguri-crm/meguri/db"
	"github.com/meguri-crm/meguri/db/dbtest"
)

type greet struct {
	N int `json:"n"`
}

func (greet) Kind() string { return "greet" }

var quietLog = slog.New(slog.DiscardHandler)

// runner starts a runner that sends what it was asked to greet on the channel.
func runner(t *testing.T, d *db.DB, handle func(context.Context, greet) error) *job.Runner {
	t.Helper()
	r := newRunner(t, d, 2, handle)
	start(t, r)
	return r
}

func newRunner(t *testing.T, d *db.DB, workers int, handle func(context.Context, greet) error) *job.Runner {
	t.Helper()
	h := job.NewHandlers()
	if err := job.Handle(h, handle); err != nil {
		t.Fatal(err)
	}
	r, err := job.NewRunner(d, h, workers, quietLog)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func start(t *testing.T, r *job.Runner) {
	t.Helper()
	if err := r.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
}

func TestAJobExistsExactlyWhenItsTransactionCommits(t *testing.T) {
	ctx := t.Context()
	d := dbtest.New(t)
	ran := make(chan int, 10)
	r := runner(t, d, func(_ context.Context, g greet) error {
		ran <- g.N
		return nil
	})
	defer stop(t, r)

	undone := errors.New("undone")
	err := db.RunInTx(ctx, d, func(ctx context.Context, tx db.Tx) error {
		return errors.Join(r.Enqueue(ctx, tx, greet{N: 1}), undone)
	})
	if !errors.Is(err, undone) {
		t.Fatal(err)
	}
	if err := db.RunInTx(ctx, d, func(ctx context.Context, tx db.Tx) error {
		return r.Enqueue(ctx, tx, greet{N: 2})
	}); err != nil {
		t.Fatal(err)
	}
	if got := receive(t, ran); got != 2 {
		t.Fatalf("ran %d, want 2", got)
	}
	var jobs int
	if err := d.NewRaw("SELECT count(*) FROM river_job").Scan(ctx, &jobs); err != nil || jobs != 1 {
		t.Fatalf("%d jobs, %v; want 1", jobs, err)
	}
}

func TestAnotherProcessEnqueues(t *testing.T) {
	ctx := t.Context()
	d := dbtest.New(t)
	ran := make(chan int, 1)
	r := runner(t, d, func(_ context.Context, g greet) error {
		ran <- g.N
		return nil
	})
	defer stop(t, r)
	q, err := job.NewQueue(d, quietLog)
	if err != nil {
		t.Fatal(err)
	}
	if err := db.RunInTx(ctx, d, func(ctx context.Context, tx db.Tx) error {
		return q.Enqueue(ctx, tx, greet{N: 3})
	}); err != nil {
		t.Fatal(err)
	}
	if got := receive(t, ran); got != 3 {
		t.Fatalf("ran %d, want 3", got)
	}
}

func TestStopWaitsForRunningJobsAndThenCancels(t *testing.T) {
	ctx := t.Context()
	d := dbtest.New(t)
	started, cancelled := make(chan int, 1), make(chan int, 1)
	r := runner(t, d, func(ctx context.Context, g greet) error {
		started <- g.N
		<-ctx.Done()
		cancelled <- g.N
		return ctx.Err()
	})
	if err := db.RunInTx(ctx, d, func(ctx context.Context, tx db.Tx) error {
		return r.Enqueue(ctx, tx, greet{N: 4})
	}); err != nil {
		t.Fatal(err)
	}
	receive(t, started)
	soon, cancel := context.WithTimeout(ctx, 50*time.Millisecond)
	defer cancel()
	if err := r.Stop(soon); err != nil {
		t.Fatalf("stop: %v", err)
	}
	if got := receive(t, cancelled); got != 4 {
		t.Fatalf("cancelled %d, want 4", got)
	}
}

func TestRegistrationErrors(t *testing.T) {
	h := job.NewHandlers()
	nothing := func(context.Context, greet) error { return nil }
	if err := h.Every(time.Minute, greet{}); err == nil {
		t.Error("a periodic job without a handler was accepted")
	}
	if err := job.Handle(h, nothing); err != nil {
		t.Fatal(err)
	}
	if err := job.Handle(h, nothing); err == nil {
		t.Error("a second handler of one kind was accepted")
	}
	if err := h.Every(time.Minute, greet{}); err != nil {
		t.Errorf("periodic: %v", err)
	}
}

func TestPeriodicJobsRunOnStart(t *testing.T) {
	d := dbtest.New(t)
	ran := make(chan int, 1)
	h := job.NewHandlers()
	if err := job.Handle(h, func(_ context.Context, g greet) error {
		ran <- g.N
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	if err := h.Every(time.Hour, greet{N: 5}); err != nil {
		t.Fatal(err)
	}
	r, err := job.NewRunner(d, h, 1, quietLog)
	if err != nil {
		t.Fatal(err)
	}
	if err := r.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	defer stop(t, r)
	if got := receive(t, ran); got != 5 {
		t.Fatalf("ran %d, want 5", got)
	}
}

// A job whose process was killed runs again, and lets the turns of a periodic one
// go on; one whose process lives is left to it.
func TestJobsOfADeadProcessAreTakenUp(t *testing.T) {
	ctx := t.Context()
	d := dbtest.New(t)
	ran, begun, end := make(chan int, 10), make(chan int, 10), make(chan struct{})
	busy := newRunner(t, d, 1, func(_ context.Context, g greet) error {
		begun <- g.N
		<-end
		return nil
	})
	start(t, busy)
	defer stop(t, busy)
	defer close(end)
	q, err := job.NewQueue(d, quietLog)
	if err != nil {
		t.Fatal(err)
	}
	enqueue := func(n int) {
		t.Helper()
		if err := db.RunInTx(ctx, d, func(ctx context.Context, tx db.Tx) error { return q.Enqueue(ctx, tx, greet{N: n}) }); err != nil {
			t.Fatal(err)
		}
	}
	enqueue(1)
	receive(t, begun)

	r := newRunner(t, d, 2, func(_ context.Context, g greet) error {
		ran <- g.N
		return nil
	})
	r.LookEvery(20 * time.Millisecond)
	start(t, r)
	defer stop(t, r)
	for n := 2; n < 5; n++ { // between these it has looked more than once
		if _, err := d.Pool.Exec(ctx, `INSERT INTO river_job (kind, args, state, queue, attempt, max_attempts, priority, attempted_at, attempted_by)
			VALUES ('greet', jsonb_build_object('n', $1::int), 'running', 'default', 1, 25, 1, now(), '{"meguri/killed"}')`, n); err != nil {
			t.Fatal(err)
		}
		if got := receive(t, ran); got != n {
			t.Fatalf("ran %d, want %d: who lives was robbed of it", got, n)
		}
	}
}

func stop(t *testing.T, r *job.Runner) {
	t.Helper()
	if err := r.Stop(context.Background()); err != nil {
		t.Errorf("stop: %v", err)
	}
}

func receive(t *testing.T, from <-chan int) int {
	t.Helper()
	select {
	case n := <-from:
		return n
	case <-time.After(20 * time.Second):
		t.Fatal("nothing ran")
		return 0
	}
}
