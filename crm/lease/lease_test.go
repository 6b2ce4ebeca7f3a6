package lease_test

import (
	"context"
	"errors"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/meguri-crm/meguri/crm/lease"
)

func TestWorkersLookWhenPokedAndByThemselves(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var looks, troubles atomic.Int64
		w := lease.NewWorkers(
			func(context.Context) error { looks.Add(1); return errors.New("away") },
			func(context.Context, error) { troubles.Add(1) })
		ctx, cancel := context.WithCancel(t.Context())
		done := make(chan struct{})
		go func() { w.Run(ctx, 1); close(done) }()
		synctest.Wait()
		if looks.Load() != 1 {
			t.Fatalf("%d looks at the start, want 1", looks.Load())
		}
		w.Poke()
		synctest.Wait()
		if looks.Load() != 2 {
			t.Fatalf("%d looks after a poke, want 2", looks.Load())
		}
		time.Sleep(5 * time.Second)
		synctest.Wait()
		if looks.Load() != 4 {
			t.Fatalf("%d looks after five seconds alone, want 4", looks.Load())
		}
		cancel()
		<-done
		if troubles.Load() != looks.Load() {
			t.Errorf("%d troubles of %d failed looks were told", troubles.Load(), looks.Load())
		}
	})
}

func TestHoldEndsWorkWhenTheLeaseIsGone(t *testing.T) {
	away := errors.New("the database is away")
	for _, c := range []struct {
		name  string
		renew []error
		want  error
	}{
		{"lost", []error{nil, lease.ErrLost}, lease.ErrLost},
		{"stopped", []error{lease.ErrStopped}, lease.ErrStopped},
		{"a renewal that failed is not the end", []error{away, nil, away}, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				beats := 0
				renew := func(context.Context) error {
					beats++
					if beats > len(c.renew) {
						return nil
					}
					return c.renew[beats-1]
				}
				err := lease.Hold(t.Context(), time.Second, renew, func(ctx context.Context) error {
					select {
					case <-ctx.Done():
						return ctx.Err()
					case <-time.After(10 * time.Second):
						return nil
					}
				})
				if !errors.Is(err, c.want) {
					t.Errorf("%v, want %v", err, c.want)
				}
				if beats < len(c.renew) {
					t.Errorf("%d beats, want at least %d", beats, len(c.renew))
				}
			})
		})
	}
}

func TestHoldKeepsTheResultOfWorkDoneInTime(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		own := errors.New("its own fault")
		never := func(context.Context) error { t.Error("renewed before its time"); return nil }
		if err := lease.Hold(t.Context(), time.Second, never, func(context.Context) error { return own }); !errors.Is(err, own) {
			t.Errorf("%v, want the fault of the work", err)
		}
	})
}
