package embedded

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"os/exec"
	"slices"
	"syscall"
	"time"
)

// watchEvery is how often the keeper looks at the server, and every joined
// process at the keeper.
const watchEvery = 500 * time.Millisecond

// keep starts a keeper when there is none.
func (l *Lease) keep() error {
	// A shared lock is a look that two lookers do not mistake for a keeper.
	free, err := tryLock(l.place.path("keeper.lock"), shared)
	if free == nil || err != nil {
		return err
	}
	if err := free.Close(); err != nil {
		return err
	}
	log, err := l.place.openLog()
	if err != nil {
		return err
	}
	defer func() { _ = log.Close() }()
	args := slices.Concat(l.opts.Keeper[1:], []string{l.place.dir, l.opts.Linger.String()})
	// Not bound to a context: the keeper outlives this process on purpose.
	cmd := exec.Command(l.opts.Keeper[0], args...) //nolint:gosec,noctx // the program names its own keeper
	cmd.Stdout, cmd.Stderr = log, log
	cmd.Dir = "/"
	cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true}
	if err := cmd.Start(); err != nil {
		return fmt.Errorf("start the keeper of the embedded Postgres: %w", err)
	}
	go func() { _ = cmd.Wait() }() // a dead child stays a zombie until someone asks
	return nil
}

// Keep is the keeper: it starts the server again when it crashed, and stops it
// once nobody has held a lease for the linger time. It ends at once when the
// folder has a keeper. args are what Lease appends to Options.Keeper.
func Keep(ctx context.Context, args []string) error {
	if len(args) != 2 {
		return errors.New("the keeper is started by meguri itself")
	}
	linger, err := time.ParseDuration(args[1])
	if err != nil {
		return err
	}
	if _, err := os.Stat(args[0]); err != nil {
		return err // the folder was removed; it must not come back
	}
	at, err := prepare(args[0])
	if err != nil {
		return err
	}
	log := slog.New(slog.NewTextHandler(os.Stderr, nil)).With("pid", os.Getpid())

	// Waiting a moment outlasts the lookers of keep.
	soon, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	only, err := lock(soon, at.path("keeper.lock"), exclusive)
	if errors.Is(err, context.DeadlineExceeded) {
		return nil
	}
	if err != nil {
		return err
	}
	// For the person who looks; nothing reads it.
	if err := errors.Join(only.Truncate(0), writePID(only)); err != nil {
		return errors.Join(err, only.Close())
	}
	last, err := at.guard(ctx, linger, log)
	if err != nil {
		return errors.Join(err, only.Close())
	}
	// The lease goes last: whoever waits for it must find the keeper gone.
	return errors.Join(at.stop(), only.Close(), last.Close())
}

func writePID(f *os.File) error {
	_, err := fmt.Fprintln(f, os.Getpid())
	return err
}

// guard watches the server until nobody needs it, and answers the lease file,
// locked against newcomers.
func (p place) guard(ctx context.Context, linger time.Duration, log *slog.Logger) (*os.File, error) {
	tick := time.NewTicker(watchEvery)
	defer tick.Stop()
	var idle time.Duration
	for {
		select {
		case <-ctx.Done():
			return nil, ctx.Err()
		case <-tick.C:
		}
		last, err := tryLock(p.path("lease.lock"), exclusive)
		if err != nil {
			return nil, err
		}
		if last == nil {
			idle = 0
			if err := p.revive(ctx, log); err != nil {
				log.Error("cannot start Postgres again", "error", err)
			}
			continue
		}
		if idle >= linger {
			return last, nil
		}
		idle += watchEvery
		if err := last.Close(); err != nil {
			return nil, err
		}
	}
}

// revive starts a server that is down, unless someone is starting it already.
func (p place) revive(ctx context.Context, log *slog.Logger) error {
	if _, up := p.running(); up {
		return nil
	}
	starting, err := tryLock(p.path("start.lock"), exclusive)
	if starting == nil || err != nil {
		return err
	}
	defer func() { _ = starting.Close() }()
	log.Warn("Postgres is down; starting it again")
	_, err = p.ensure(ctx, nil, log)
	return err
}
