package event

import (
	"context"
	"sync"
	"time"

	"github.com/meguri-crm/meguri/crm/fault"
)

// collector joins what many pages send at the same time: while one transaction
// commits, the next batch of the shop gathers. A page waits for one commit, and
// a thousand pages for hardly more.
type collector struct {
	mu     sync.Mutex
	queues map[int64]*queue // by shop
}

type queue struct {
	waiting []*part
	running bool
}

// part is what one request brought.
type part struct {
	batch []Behaviour
	done  chan struct{}
	err   error
}

// collectTimeout bounds the transaction that several requests wait for; it is
// not that of any of them.
const collectTimeout = 30 * time.Second

// Collect takes in what a page sent. It is durable when this returns nil; what
// is not well-formed is left out without a word, as nobody reads it. No page's
// events are refused for those of another.
func (s *Service) Collect(ctx context.Context, shopID int64, batch []Behaviour) error {
	p := &part{batch: batch, done: make(chan struct{})}
	s.collected.mu.Lock()
	if s.collected.queues == nil {
		s.collected.queues = map[int64]*queue{}
	}
	q := s.collected.queues[shopID]
	if q == nil {
		q = &queue{}
		s.collected.queues[shopID] = q
	}
	q.waiting = append(q.waiting, p)
	if !q.running {
		q.running = true
		go s.work(context.WithoutCancel(ctx), shopID, q)
	}
	s.collected.mu.Unlock()
	select {
	case <-p.done:
		return p.err
	case <-ctx.Done():
		return ctx.Err()
	}
}

// work records what waits for a shop until nothing does.
func (s *Service) work(ctx context.Context, shopID int64, q *queue) {
	for {
		parts, batch := s.collected.take(q)
		if len(parts) == 0 {
			return
		}
		err := s.recordPage(ctx, shopID, batch)
		for _, p := range parts {
			p.err = err
			if len(parts) > 1 && ofItsData(err) {
				p.err = s.recordPage(ctx, shopID, p.batch) // what one page sent must not cost the others theirs
			}
			if ofItsData(p.err) {
				p.err = fault.Wrap(fault.Internal, p.err, "the events could not be stored")
			}
			close(p.done)
		}
	}
}

func (s *Service) recordPage(ctx context.Context, shopID int64, batch []Behaviour) error {
	limited, cancel := context.WithTimeout(ctx, collectTimeout)
	defer cancel()
	_, err := s.Record(limited, FromPage, shopID, batch)
	return err
}

// ofItsData says that the database refused a batch for what is in it. As each
// event was checked before, that is a defect of ours and no fault of the page:
// answered as such, the page keeps its events and sends them again.
func ofItsData(err error) bool {
	return fault.Is(err, fault.Invalid) || fault.Is(err, fault.Precondition) || fault.Is(err, fault.Conflict)
}

// take takes as many parts as fit into one batch; with none left the worker ends.
func (c *collector) take(q *queue) (parts []*part, batch []Behaviour) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for len(q.waiting) > 0 && len(batch)+len(q.waiting[0].batch) <= MaxBatch {
		parts, batch = append(parts, q.waiting[0]), append(batch, q.waiting[0].batch...)
		q.waiting = q.waiting[1:]
	}
	q.running = len(parts) > 0
	return parts, batch
}
