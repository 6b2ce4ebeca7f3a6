// Package pull fetches orders from the services of malls, shop by shop.
//
// It owns the connections with their credentials, the pulls with their cursors,
// and what was fetched until it is taken in. It promises that:
//   - credentials lie in the database encrypted, and nobody can read one back;
//   - an order that comes by the service and in a file is one order: what is
//     fetched is written as the mall's own file and goes through crm/intake;
//   - nothing is missed and nothing comes twice, whatever is killed and whenever:
//     a page is kept in the transaction that moves the cursor behind it, pages
//     vanish in the transaction that begins their import, spans overlap, and
//     what comes again unchanged is left out;
//   - at most one worker works on a connection, under a lease with heartbeats;
//   - a service that is down is asked again later and later, and trouble that
//     staff has to mend is told in words and as an alert.
//
// How each service is asked is left to crm/pull/<service>, what the rows mean to
// crm/mall, and what becomes of them to crm/intake.
package pull

import (
	"context"
	"crypto/rand"
	"encoding/binary"
	"log/slog"
	"net/http"
	"slices"
	"sync"
	"time"

	"github.com/meguri-crm/meguri/crm/clock"
	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/crm/intake"
	"github.com/meguri-crm/meguri/crm/lease"
	"github.com/meguri-crm/meguri/crm/live"
	"github.com/meguri-crm/meguri/crm/pull/source"
	"github.com/meguri-crm/meguri/crm/seal"
	"github.com/meguri-crm/meguri/db"
)

// Intake takes in what was pulled.
type Intake interface {
	TakePulled(ctx context.Context, p intake.Pulled, then func(ctx context.Context, tx db.Tx) error) error
}

// Queue wakes workers: a job enqueued in a transaction runs once it commits.
type Queue interface {
	Enqueue(ctx context.Context, tx db.Tx, args interface{ Kind() string }) error
}

// Job wakes a process for connections that are due; its handler calls Service.Poke.
type Job struct{}

// Kind names the job.
func (Job) Kind() string { return "pull.work" }

// Config is what a service is made of.
type Config struct {
	DB     *db.DB
	Hub    *live.Hub // nil: nobody watches
	Clock  clock.Clock
	Queue  Queue
	Intake Intake
	Sealer *seal.Sealer
	Log    *slog.Logger
	Owner  string // of the leases this process takes
	Zone   *time.Location
	// Services are the malls' services, in the order they are offered.
	Services []source.Service
	// HTTP, Wait and Chance are the sources' tools; nil: the machine's own.
	HTTP   *http.Client
	Wait   func(ctx context.Context, d time.Duration) error
	Chance func() float64
}

// Service keeps connections and pulls.
type Service struct {
	Config
	workers *lease.Workers
	feeds   *live.Feeds[[]Overview]

	mu    sync.Mutex
	paces map[int64]*source.Paces // by shop
}

// New is the service of one process.
func New(c Config) *Service {
	if c.HTTP == nil {
		c.HTTP = &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	}
	if c.Wait == nil {
		c.Wait = wait
	}
	if c.Chance == nil {
		c.Chance = chance
	}
	s := &Service{Config: c, paces: map[int64]*source.Paces{}}
	s.workers = lease.NewWorkers(s.Work, func(ctx context.Context, err error) {
		c.Log.WarnContext(ctx, "pulls: will look again", "error", err)
	})
	s.feeds = &live.Feeds[[]Overview]{
		Subscribe: func(_ int64, wake func()) func() { return c.Hub.OnWake(live.Pulls, 0, wake) },
		Read:      func(ctx context.Context, _ int64) ([]Overview, error) { return s.Overviews(ctx) },
		Tick:      time.Second,
		Warn: func(ctx context.Context, _ int64, err error) {
			c.Log.WarnContext(ctx, "connections: will be read again", "error", err)
		},
	}
	return s
}

func wait(ctx context.Context, d time.Duration) error {
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-time.After(d):
		return nil
	}
}

func chance() float64 {
	var b [8]byte
	_, _ = rand.Read(b[:]) // never fails
	return float64(binary.BigEndian.Uint64(b[:])>>11) / (1 << 53)
}

// NewSealer encrypts credentials under the installation's secrets.
func NewSealer(secrets string) (*seal.Sealer, error) {
	return seal.New(secrets, "meguri mall credentials v1")
}

// service finds a mall's service by name.
func (s *Service) service(name string) (source.Service, error) {
	i := slices.IndexFunc(s.Services, func(c source.Service) bool { return string(c.Name()) == name })
	if i < 0 {
		return nil, fault.New(fault.Invalid, "there is no service %s", name).WithCode("UNKNOWN_SERVICE").At("service")
	}
	return s.Services[i], nil
}

// The states of a connection and of a pull.
const (
	active  = "ACTIVE"
	stopped = "STOPPED"
	open    = "OPEN"
	done    = "DONE"
)
