// Package embedded runs the private Postgres that is used when DATABASE_URL is
// empty.
//
// It owns one folder: the cluster, its log, its socket and three lock files.
// It promises that the processes joined to a folder share one server, which
// outlives each of them and stops when the last one is gone, whatever ended it:
//
//   - start.lock is held while a server is created or started, so that two
//     processes starting at once make one cluster.
//   - lease.lock is held shared by every joined process. The operating system
//     drops it with the process, also on kill -9.
//   - keeper.lock is held by the keeper, a small detached process that starts a
//     crashed server again and stops it once nobody holds a lease. Every joined
//     process sees a dead keeper within a second and starts another.
//
// The server is in a session of its own: neither Ctrl-C in a terminal nor the
// death of keeper or starter reaches it. The package leaves the schema to
// db/migrations.
package embedded

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"sync"
	"time"
)

// Options say where and how to run the server.
type Options struct {
	// Dir is the folder of the cluster; made when missing.
	Dir string
	// Database is created when missing; the lease's DSN names it.
	Database string
	// Keeper is the command that runs Keep with the arguments appended to it.
	Keeper []string
	// Linger is how long the server stays after the last lease, in case the
	// next process comes soon.
	Linger time.Duration
	// Settings are lines of postgresql.conf beyond the package's own.
	Settings map[string]string
	// Log receives what happens to the server; nil discards it.
	Log *slog.Logger
}

func (o Options) logger() *slog.Logger {
	if o.Log == nil {
		return slog.New(slog.DiscardHandler)
	}
	return o.Log
}

// Lease is one process's hold on a running server.
type Lease struct {
	// DSN reaches the database over a Unix socket that only the folder's owner
	// can use.
	DSN string

	place place
	opts  Options
	file  *os.File
	stop  context.CancelFunc
	done  chan struct{}
	leave sync.Once
}

// Join makes sure that the folder's server runs, starting it when it does not,
// and holds it until Leave or the end of the process.
func Join(ctx context.Context, opts Options) (*Lease, error) {
	opts.Log = opts.logger()
	at, err := prepare(opts.Dir)
	if err != nil {
		return nil, err
	}
	starting, err := lock(ctx, at.path("start.lock"), exclusive)
	if err != nil {
		return nil, fmt.Errorf("wait for another process that is starting Postgres: %w", err)
	}
	defer func() { _ = starting.Close() }()

	file, err := lock(ctx, at.path("lease.lock"), shared)
	if err != nil {
		return nil, fmt.Errorf("wait for Postgres to finish stopping: %w", err)
	}
	l := &Lease{place: at, opts: opts, file: file, done: make(chan struct{})}
	if err := l.start(ctx); err != nil {
		return nil, errors.Join(err, file.Close())
	}
	watching, stop := context.WithCancel(context.WithoutCancel(ctx))
	l.stop = stop
	go l.watch(watching)
	return l, nil
}

// Leave gives the lease back. Without a linger time the last one to leave stops
// the server and returns when it is down; otherwise the keeper does it later.
// Leaving twice does nothing.
func (l *Lease) Leave() error {
	var err error
	l.leave.Do(func() {
		l.stop()
		<-l.done
		err = l.file.Close()
		if l.opts.Linger == 0 {
			err = errors.Join(err, l.stopIfLast())
		}
	})
	return err
}

func (l *Lease) stopIfLast() error {
	last, err := tryLock(l.place.path("lease.lock"), exclusive)
	if err != nil {
		return err
	}
	if last != nil {
		return errors.Join(l.place.stop(), last.Close())
	}
	// Others stay, or the keeper was quicker and is stopping it now.
	ctx, cancel := context.WithTimeout(context.Background(), stopTimeout)
	defer cancel()
	quiet, err := lock(ctx, l.place.path("lease.lock"), shared)
	if err != nil {
		return fmt.Errorf("wait for Postgres to stop: %w", err)
	}
	return quiet.Close()
}

func (l *Lease) start(ctx context.Context) error {
	s, err := l.place.ensure(ctx, l.opts.Settings, l.opts.Log)
	if err != nil {
		return err
	}
	if err := s.createDatabase(ctx, l.opts.Database); err != nil {
		return err
	}
	l.DSN = s.dsn(l.opts.Database)
	return l.keep()
}

// watch starts a new keeper whenever there is none.
func (l *Lease) watch(ctx context.Context) {
	defer close(l.done)
	tick := time.NewTicker(watchEvery)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			if err := l.keep(); err != nil {
				l.opts.Log.Error("embedded Postgres: cannot start its keeper", "error", err)
			}
		}
	}
}

// place is a prepared folder.
type place struct {
	dir   string // absolute, without symbolic links
	owner owner
}

func (p place) path(name string) string { return filepath.Join(p.dir, name) }
func (p place) data() string            { return p.path("data") }

// prepare makes the folder and finds out whom it belongs to.
func prepare(dir string) (place, error) {
	abs, err := filepath.Abs(dir)
	if err != nil {
		return place{}, err
	}
	if err := os.MkdirAll(abs, 0o700); err != nil {
		return place{}, fmt.Errorf("make the folder of the embedded Postgres: %w", err)
	}
	if abs, err = filepath.EvalSymlinks(abs); err != nil {
		return place{}, err
	}
	who, err := ownerOf(abs)
	if err != nil {
		return place{}, err
	}
	if me := os.Geteuid(); me != 0 && me != who.uid {
		return place{}, fmt.Errorf("the folder %s belongs to user %d, and this process runs as user %d: set MEGURI_DATA_DIR to a folder of your own", abs, who.uid, me)
	}
	return place{dir: abs, owner: who}, nil
}
