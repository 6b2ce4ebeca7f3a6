package response

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/meguri-crm/meguri/crm/clock"
	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/crm/message/link"
	"github.com/meguri-crm/meguri/db"
)

const (
	// flushEvery keeps a live page within its second, with room to spare.
	flushEvery = 150 * time.Millisecond
	// maxBuffered facts wait at most; beyond, the oldest are let go, because a
	// database that is away must not fill the memory of a process that answers
	// clicks.
	maxBuffered = 100_000
	maxFails    = 20
	flushLimit  = 5 * time.Second
	maxTargets  = 20_000 // cached
)

// Service takes in responses. Run must be running for clicks and opens to be
// recorded.
type Service struct {
	db       *db.DB
	clock    clock.Clock
	signer   *link.Signer
	recorder Recorder
	log      *slog.Logger

	mu    sync.Mutex
	facts []Fact
	lost  int
	fails int // in a row, for another reason than that the database is away

	targets targets
}

// New makes a service.
func New(d *db.DB, c clock.Clock, signer *link.Signer, recorder Recorder, log *slog.Logger) *Service {
	return &Service{db: d, clock: c, signer: signer, recorder: recorder, log: log}
}

// Click is where the link of token leads, and notes the click. The address is
// always one that was stored with the delivery. Errors: fault.NotFound.
func (s *Service) Click(ctx context.Context, token string, machine bool) (string, error) {
	ref, err := s.signer.Parse(link.Click, token)
	if err != nil {
		return "", err
	}
	target, err := s.target(ctx, targetKey{ref.DeliveryID, ref.VariantID, ref.Position})
	if err != nil {
		return "", err
	}
	s.note(Clicked, ref, machine)
	return target, nil
}

// Open notes that the pixel of token was fetched. A token that is not valid is
// passed over: the answer is the same picture.
func (s *Service) Open(token string, machine bool) {
	if ref, err := s.signer.Parse(link.Open, token); err == nil {
		s.note(Opened, ref, machine)
	}
}

func (s *Service) note(kind FactKind, ref link.Ref, machine bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.facts) >= maxBuffered {
		s.facts, s.lost = s.facts[1:], s.lost+1
	}
	s.facts = append(s.facts, factOf(kind, ref, machine, s.clock.Now()))
}

func factOf(kind FactKind, ref link.Ref, machine bool, at time.Time) Fact {
	return Fact{
		Kind: kind, DeliveryMonth: ref.DeliveryMonth, DeliveryID: ref.DeliveryID, CustomerID: ref.CustomerID,
		VariantID: ref.VariantID, Position: ref.Position, Machine: machine, At: at,
	}
}

// Run hands the facts to the Recorder until ctx ends, then hands over the rest.
func (s *Service) Run(ctx context.Context) {
	ticker := time.NewTicker(flushEvery)
	defer ticker.Stop()
	for ended := false; !ended; {
		select {
		case <-ticker.C:
		case <-ctx.Done():
			ended = true
		}
		s.flushLogged(ctx)
	}
}

// flushLogged ends what it began, also when ctx ends meanwhile.
func (s *Service) flushLogged(ctx context.Context) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), flushLimit)
	defer cancel()
	if err := s.Flush(ctx); err != nil {
		s.log.ErrorContext(ctx, "responses could not be recorded", "error", err)
	}
	s.mu.Lock()
	lost := s.lost
	s.lost = 0
	s.mu.Unlock()
	if lost > 0 {
		s.log.ErrorContext(ctx, "responses are lost", "facts", lost)
	}
}

// Flush records what is buffered, in one transaction. When that fails the facts
// stay for the next time; when it fails again and again although the database
// is there, they are let go, so that one that cannot be recorded does not hold
// up all that follow.
func (s *Service) Flush(ctx context.Context) error {
	s.mu.Lock()
	batch := s.facts
	s.facts = nil
	s.mu.Unlock()
	if len(batch) == 0 {
		return nil
	}
	err := db.RunInTx(ctx, s.db, func(ctx context.Context, tx db.Tx) error {
		return s.recorder.Record(ctx, tx, distinct(batch))
	})
	s.mu.Lock()
	defer s.mu.Unlock()
	switch {
	case err == nil:
		s.fails = 0
		return nil
	case ctx.Err() == nil && !fault.Is(db.Fault(err), fault.Unavailable):
		s.fails++
	}
	if s.fails < maxFails {
		s.facts = append(batch, s.facts...)
		return err
	}
	s.lost, s.fails = s.lost+len(batch), 0
	return err
}

// distinct leaves the first of facts that differ in time only.
func distinct(facts []Fact) []Fact {
	seen := make(map[Fact]bool, len(facts))
	out := make([]Fact, 0, len(facts))
	for _, f := range facts {
		key := f
		key.At = time.Time{}
		if !seen[key] {
			seen[key] = true
			out = append(out, f)
		}
	}
	return out
}

// targets remembers where links lead. They never change once stored.
type targets struct {
	mu sync.RWMutex
	of map[targetKey]string
}

type targetKey struct {
	delivery, variant int64
	position          int
}

func (s *Service) target(ctx context.Context, key targetKey) (string, error) {
	s.targets.mu.RLock()
	target, known := s.targets.of[key]
	s.targets.mu.RUnlock()
	if known {
		return target, nil
	}
	err := s.db.Pool.QueryRow(ctx,
		`SELECT url FROM tracked_links WHERE delivery_id = $1 AND variant_id = $2 AND position = $3`,
		key.delivery, key.variant, key.position).Scan(&target)
	switch {
	case errors.Is(err, pgx.ErrNoRows):
		return "", fault.New(fault.NotFound, "this link is not valid")
	case err != nil:
		return "", db.Fault(err)
	}
	s.targets.mu.Lock()
	defer s.targets.mu.Unlock()
	if s.targets.of == nil || len(s.targets.of) >= maxTargets {
		s.targets.of = map[targetKey]string{}
	}
	s.targets.of[key] = target
	return target, nil
}
