// Package lease is how a process works on rows that several processes could
// work on: loops that look for rows to claim, the claim of rows that are due
// again and again (Due), and the heartbeat that keeps a claim while its work
// goes on.
//
// It promises that work is looked for at once when a process is woken and soon
// when the waking was lost, and that work ends when its lease is gone or staff
// asked for it. It leaves to nouns whose rows are no Due the claim itself, a
// statement that writes an owner and an end into the row, and to the work to
// check the lease in each of its transactions.
package lease

import (
	"context"
	"errors"
	"sync"
	"time"
)

// What ends work on a claim without trouble.
var (
	ErrLost    = errors.New("the lease is lost: another worker has the work")
	ErrStopped = errors.New("staff stopped the work")
)

// lookEvery is how often a process looks by itself, because a wake-up dies with
// the process it reached.
const lookEvery = 2 * time.Second

// Workers look for work, again and again, until none is left.
type Workers struct {
	work    func(ctx context.Context) error
	trouble func(ctx context.Context, err error)
	poked   chan struct{}
}

// NewWorkers are workers that call work, which takes what there is to take, one
// after the other, and trouble with an error of it: it is tried again.
func NewWorkers(work func(ctx context.Context) error, trouble func(ctx context.Context, err error)) *Workers {
	return &Workers{work: work, trouble: trouble, poked: make(chan struct{}, 8)}
}

// Poke makes one of the workers look at once.
func (w *Workers) Poke() {
	select {
	case w.poked <- struct{}{}:
	default: // as many looks as there are workers are due already
	}
}

// Run works with n workers until ctx ends and each has given back what it held.
func (w *Workers) Run(ctx context.Context, n int) {
	var all sync.WaitGroup
	for range n {
		all.Go(func() { w.loop(ctx) })
	}
	all.Wait()
}

func (w *Workers) loop(ctx context.Context) {
	tick := time.NewTicker(lookEvery)
	defer tick.Stop()
	for {
		if err := w.work(ctx); err != nil && ctx.Err() == nil {
			w.trouble(ctx, err)
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		case <-w.poked:
		}
	}
}

// Hold does work and calls renew every so often meanwhile. When renew says that
// the lease is lost or the work stopped, work's context ends and Hold returns
// that; another error of renew does not end it, because the database may be away
// for a moment and work checks the lease, too.
func Hold(ctx context.Context, every time.Duration, renew, work func(ctx context.Context) error) error {
	working, cancel := context.WithCancelCause(ctx)
	var beating sync.WaitGroup
	beating.Go(func() { beat(working, every, renew, cancel) })
	err := work(working)
	if cause := context.Cause(working); cause != nil && err != nil {
		err = cause
	}
	cancel(nil)
	beating.Wait()
	return err
}

func beat(ctx context.Context, every time.Duration, renew func(ctx context.Context) error, end context.CancelCauseFunc) {
	tick := time.NewTicker(every)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		if err := renew(ctx); errors.Is(err, ErrLost) || errors.Is(err, ErrStopped) {
			end(err)
			return
		}
	}
}
