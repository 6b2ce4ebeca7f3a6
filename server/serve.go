package server

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"sync"
	"sync/atomic"
	"time"

	"github.com/meguri-crm/meguri/crm/job"
)

// Time limits. Bodies and answers have none here: uploads and streams are long,
// and their handlers bound them.
const (
	readHeaderTimeout = 5 * time.Second
	idleTimeout       = 2 * time.Minute
	stopTimeout       = 20 * time.Second
	maxHeaderBytes    = 32 << 10
)

// Listen opens the address, before anything slow, so that a taken port is told
// at once.
func Listen(ctx context.Context, cfg *Config) (net.Listener, error) {
	var lc net.ListenConfig
	l, err := lc.Listen(ctx, "tcp", cfg.Addr)
	if err != nil {
		return nil, fmt.Errorf("MEGURI_ADDR: cannot listen on %s: %w: stop what uses it, or set MEGURI_ADDR to another address", cfg.Addr, err)
	}
	return l, nil
}

// Serve answers HTTP on l and runs workers jobs at a time (0: none) until ctx
// ends, then stops in order: it says it is not ready, takes no more requests,
// ends streams, lets requests and jobs finish, and returns. ready is called
// once requests are answered.
func (a *App) Serve(ctx context.Context, l net.Listener, workers int, ready func()) error {
	telemetry, err := newTelemetry(a)
	if err != nil {
		return err
	}
	routes := &routes{app: a, telemetry: telemetry, streams: newStreams()}
	handler, err := routes.handler()
	if err != nil {
		return err
	}
	web := newWebServer(handler, a.Log)
	background, err := a.startBackground(ctx, workers)
	if err != nil {
		return err
	}
	failed := make(chan error, 1)
	go func() { failed <- web.Serve(l) }()
	buyers := runLoops(ctx, func(ctx context.Context) { a.Demo.Run(ctx, "http://"+l.Addr().String()) })
	routes.ready.Store(true)
	if ready != nil {
		ready()
	}
	select {
	case <-ctx.Done():
	case err = <-failed:
	}

	a.Log.Info("stopping")
	buyers.stop()
	routes.ready.Store(false)
	stopping, cancel := context.WithTimeout(context.WithoutCancel(ctx), stopTimeout)
	defer cancel()
	routes.streams.close()
	return errors.Join(err, web.Shutdown(stopping), routes.streams.wait(stopping), background.stop(stopping), telemetry.shutdown(stopping))
}

func newWebServer(handler http.Handler, log *slog.Logger) *http.Server {
	return &http.Server{
		Handler:           handler,
		ReadHeaderTimeout: readHeaderTimeout,
		IdleTimeout:       idleTimeout,
		MaxHeaderBytes:    maxHeaderBytes,
		ErrorLog:          slog.NewLogLogger(log.Handler(), slog.LevelDebug),
	}
}

// Work runs jobs only, until ctx ends.
func (a *App) Work(ctx context.Context, workers int, ready func()) error {
	background, err := a.startBackground(ctx, workers)
	if err != nil {
		return err
	}
	if ready != nil {
		ready()
	}
	<-ctx.Done()
	a.Log.Info("stopping")
	stopping, cancel := context.WithTimeout(context.WithoutCancel(ctx), stopTimeout)
	defer cancel()
	return background.stop(stopping)
}

// background is what runs beside the requests.
type background struct {
	runner *job.Runner // nil without workers
	mailer *mailer     // tests of campaigns leave without workers too
	claims *loops      // they claim work, so they end first
	rest   *loops      // they serve the others, so they end last
}

func (a *App) startBackground(ctx context.Context, workers int) (*background, error) {
	b := &background{}
	var err error
	if b.mailer, err = a.newMailer(a.Log); err != nil {
		return nil, err
	}
	a.Tester.Wire, a.Notices.Wire = b.mailer, b.mailer
	if workers > 0 {
		handlers, err := a.handlers()
		if err != nil {
			return nil, err
		}
		a.engine.Sender = b.mailer
		if b.runner, err = job.NewRunner(a.DB, handlers, workers, a.Log); err != nil {
			return nil, err
		}
		if err := b.runner.Start(ctx); err != nil {
			return nil, err
		}
	}
	b.claims = runLoops(ctx, a.loops(workers)...)
	b.rest = runLoops(ctx, func(ctx context.Context) { a.Hub.Run(ctx, a.DB.Pool) }, a.Messages.Responses.Run, a.MemberLive.Run)
	return b, nil
}

func (b *background) stop(ctx context.Context) error {
	b.claims.stop()
	var err error
	if b.runner != nil {
		err = b.runner.Stop(ctx)
	}
	err = errors.Join(err, b.mailer.close(ctx))
	b.rest.stop()
	return err
}

// loops are functions that run until they are told to stop.
type loops struct {
	cancel context.CancelFunc
	done   sync.WaitGroup
}

// runLoops starts them; the end of ctx does not stop them, stop does.
func runLoops(ctx context.Context, each ...func(context.Context)) *loops {
	l := &loops{}
	ctx, l.cancel = context.WithCancel(context.WithoutCancel(ctx))
	for _, run := range each {
		l.done.Go(func() { run(ctx) })
	}
	return l
}

func (l *loops) stop() {
	l.cancel()
	l.done.Wait()
}

// readiness is whether the process wants requests.
type readiness = atomic.Bool
