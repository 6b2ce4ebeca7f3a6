// Package webhook tells programs of partners what happened.
//
// It owns the endpoints with their signing secrets, what happened since somebody
// wanted to hear of it, and the deliveries with their log. It promises that:
//   - a thing that happened is told if and only if its transaction committed: the
//     database takes it down itself, by triggers;
//   - each is told at least once, and every time under the same webhook-id, with
//     a signature as Standard Webhooks 1.0 has it (https://www.standardwebhooks.com);
//   - what is not taken is tried again with growing pauses over 24 hours, then
//     lies dead until staff replays it;
//   - an endpoint that is down is asked once in a while, not once per event, and
//     holds no other endpoint up;
//   - no request goes to an address of the own network, unless the installation
//     allows it, and none follows a redirect;
//   - events carry ids and figures, no personal data.
//
// It promises no order: who needs one compares timestamps, or asks the API. What
// the ids stand for is left to the API.
package webhook

import (
	"context"
	"log/slog"
	"math/rand/v2"
	"net"
	"net/http"
	"time"

	"github.com/meguri-crm/meguri/crm/clock"
	"github.com/meguri-crm/meguri/crm/lease"
	"github.com/meguri-crm/meguri/crm/seal"
	"github.com/meguri-crm/meguri/db"
)

// Config is what a service is made of.
type Config struct {
	DB     *db.DB
	Clock  clock.Clock
	Sealer *seal.Sealer
	Log    *slog.Logger
	Owner  string // of the leases this process takes
	// Internal allows addresses of the own network, and http.
	Internal bool
	// Chance is between 0 and 1; nil: the machine's own.
	Chance func() float64
}

// Service keeps endpoints and delivers to them.
type Service struct {
	Config
	guard   guard
	http    *http.Client
	workers *lease.Workers
}

// New is the service of one process.
func New(c Config) *Service {
	if c.Chance == nil {
		c.Chance = rand.Float64
	}
	g := newGuard(c.Internal)
	s := &Service{Config: c, guard: g, http: newClient(g)}
	s.workers = lease.NewWorkers(s.Work, func(ctx context.Context, err error) {
		c.Log.WarnContext(ctx, "webhooks: will look again", "error", err)
	})
	return s
}

// NewSealer encrypts signing secrets under the installation's secrets.
func NewSealer(secrets string) (*seal.Sealer, error) {
	return seal.New(secrets, "meguri webhook secrets v1")
}

// answerWithin is how long an endpoint may take for one event, as Standard
// Webhooks advises (15 to 30 seconds).
const answerWithin = 15 * time.Second

// newClient dials what g does not refuse: it is asked for the address that the
// name stands for at that moment.
func newClient(g guard) *http.Client {
	dialer := &net.Dialer{Timeout: 5 * time.Second, Control: g.control}
	return &http.Client{
		Timeout: answerWithin,
		Transport: &http.Transport{
			DialContext: dialer.DialContext, TLSHandshakeTimeout: 5 * time.Second, ForceAttemptHTTP2: true,
			MaxIdleConns: 100, MaxIdleConnsPerHost: atOnce, IdleConnTimeout: time.Minute, MaxResponseHeaderBytes: 64 << 10,
		},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
}

// The states of an endpoint and of a delivery.
const (
	Active    = "ACTIVE"
	Stopped   = "STOPPED"
	Waiting   = "WAITING"
	Delivered = "DELIVERED"
	Dead      = "DEAD"
)

// Why an endpoint is stopped.
const (
	ByStaff = "STAFF"
	Gone    = "GONE" // it answered 410
)
