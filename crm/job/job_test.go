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
	h := job.NewHandlers()
	if err := job.Handle(h, handle); err != nil {
		t.Fatal(err)
	}
	r, err := job.NewRunner(d, h, 2, quietLog)
	if err != nil {
		t.Fatal(err)
	}
	if err := r.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	return r
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
