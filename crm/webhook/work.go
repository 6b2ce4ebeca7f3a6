package webhook

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"
	"unicode/utf8"

	"github.com/meguri-crm/meguri/crm/lease"
	"github.com/meguri-crm/meguri/db"
)

const (
	// atOnce is how many events an endpoint is sent at the same time.
	atOnce = 8
	// batch is how many deliveries are read, and their outcomes written, together.
	batch = 64
	// lookAgain is when an endpoint for which nothing is due is looked at again.
	lookAgain = 2 * time.Second
	// keptAnswer is how much of an answer is kept for the log, in bytes.
	keptAnswer = 500
)

// pauses are those between the attempts of a delivery: 23 hours and 43 minutes
// together.
var pauses = []time.Duration{
	5 * time.Second, 30 * time.Second, 2 * time.Minute, 10 * time.Minute, 30 * time.Minute,
	time.Hour, 2 * time.Hour, 4 * time.Hour, 6 * time.Hour, 10 * time.Hour,
}

// triedFor is how long a delivery is tried at most.
const triedFor = 24 * time.Hour

// An endpoint that failed so often in a row is asked with one event at a time,
// after a pause that doubles from the first to the last.
const (
	down       = 5
	firstPause = time.Minute
	lastPause  = 30 * time.Minute
)

// Troubles of an attempt, beside HTTP_<status>.
const (
	Timeout     = "TIMEOUT"
	Unreachable = "UNREACHABLE"
	Refused     = "INTERNAL_ADDRESS" // its name stands for an address of the own network
	BadAnswer   = "HTTP_STATUS"      // an answer outside 200 … 299
	Locked      = "SEALED_ELSEWHERE" // the secret cannot be opened
)

// Run delivers to endpoints, up to workers of them at a time, until ctx ends;
// what was not answered then is sent again later.
func (s *Service) Run(ctx context.Context, workers int) { s.workers.Run(ctx, workers) }

func (s *Service) endpoints() lease.Due { return lease.Due{DB: s.DB, Table: "webhook_endpoints"} }

// Work delivers what is due, endpoint by endpoint.
func (s *Service) Work(ctx context.Context) error {
	for {
		row, owner, err := lease.Claim[db.WebhookEndpoint](ctx, s.endpoints(), s.Owner, s.Clock.Now())
		if err != nil || row == nil {
			return err
		}
		w := &worker{s: s, row: row, owner: owner}
		if err := w.end(ctx, s.endpoints().Hold(ctx, row.ID, owner, w.deliver)); err != nil {
			return err
		}
	}
}

// worker is one process's work on one endpoint.
type worker struct {
	s     *Service
	row   *db.WebhookEndpoint
	owner string // of this claim's lease
	keys  []string
}

// end gives the lease back and says when the endpoint is looked at again.
func (w *worker) end(ctx context.Context, err error) error {
	if errors.Is(err, lease.ErrLost) {
		return nil // it is another's
	}
	if errors.Is(err, lease.ErrStopped) || ctx.Err() != nil {
		err = nil
	}
	next := lookAgain
	if w.row.Failures >= down {
		next = min(firstPause<<min(w.row.Failures-down, 10), lastPause)
	}
	return errors.Join(err, w.s.endpoints().Leave(context.WithoutCancel(ctx), w.row.ID, w.owner, "next_at = ?", w.s.Clock.Now().Add(next)))
}

// deliver sends what is due until nothing is, or the endpoint is down.
func (w *worker) deliver(ctx context.Context) error {
	if known, err := w.s.open(w.row); err == nil {
		w.keys = known.valid(w.s.Clock.Now())
	}
	for ctx.Err() == nil {
		limit := batch
		if w.row.Failures >= down {
			limit = 1
		}
		due, err := w.due(ctx, limit)
		if err != nil || len(due) == 0 {
			return err
		}
		outcomes := w.send(ctx, due)
		if err := w.settle(ctx, outcomes); err != nil {
			return err
		}
		if w.row.Failures >= down || w.row.Status == Stopped {
			return nil
		}
	}
	return ctx.Err()
}

// due are the deliveries that have been due longest.
func (w *worker) due(ctx context.Context, limit int) ([]*db.WebhookDelivery, error) {
	var rows []*db.WebhookDelivery
	err := w.s.DB.NewSelect().Model(&rows).Relation("Event").
		Where("delivery.endpoint_id = ? AND delivery.status = 'WAITING' AND delivery.next_at <= ?", w.row.ID, w.s.Clock.Now()).
		Order("delivery.next_at", "delivery.id").Limit(int64(limit)).Scan(ctx)
	return rows, db.Fault(err)
}

// outcome is what came of one attempt.
type outcome struct {
	of      *db.WebhookDelivery
	at      time.Time
	took    time.Duration
	status  int    // 0: no answer
	trouble string // "": it took it
	answer  string
	after   time.Duration // how long it asks us to wait
}

// send sends deliveries, some at once. Those cut off by the end of ctx have no outcome.
func (w *worker) send(ctx context.Context, due []*db.WebhookDelivery) []*outcome {
	var all sync.WaitGroup
	next := make(chan *db.WebhookDelivery)
	results := make(chan *outcome, len(due))
	for range min(atOnce, len(due)) {
		all.Go(func() {
			for d := range next {
				if o := w.attempt(ctx, d); ctx.Err() == nil {
					results <- o
				}
			}
		})
	}
	for _, d := range due {
		next <- d
	}
	close(next)
	all.Wait()
	close(results)
	outcomes := make([]*outcome, 0, len(due))
	for o := range results {
		outcomes = append(outcomes, o)
	}
	return outcomes
}

// attempt sends one event once.
func (w *worker) attempt(ctx context.Context, d *db.WebhookDelivery) *outcome {
	o := &outcome{of: d, at: w.s.Clock.Now()}
	began := time.Now()
	defer func() { o.took = time.Since(began) }()
	if len(w.keys) == 0 {
		o.trouble = Locked
		return o
	}
	req, err := w.request(ctx, d, o.at)
	if err != nil {
		w.s.Log.ErrorContext(ctx, "webhook cannot be made", "endpoint", w.row.ID, "event", d.EventID, "error", err)
		o.trouble = Unreachable
		return o
	}
	answer, err := w.s.http.Do(req)
	if err != nil {
		o.trouble = troubleOf(err)
		return o
	}
	defer func() { _ = answer.Body.Close() }()
	o.answer = beginning(answer.Body)
	if o.status = answer.StatusCode; o.status < 200 || o.status > 299 {
		o.trouble, o.after = BadAnswer, retryAfter(answer.Header)
	}
	return o
}

func (w *worker) request(ctx context.Context, d *db.WebhookDelivery, at time.Time) (*http.Request, error) {
	body, err := Body(d.Event)
	if err != nil {
		return nil, err
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, w.row.URL, bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("User-Agent", "Meguri-Webhooks/1")
	return req, sign(req.Header, w.keys, MessageID(d.EventID), at, body)
}

func troubleOf(err error) string {
	var slow interface{ Timeout() bool }
	switch {
	case isRefused(err):
		return Refused
	case errors.As(err, &slow) && slow.Timeout():
		return Timeout
	}
	return Unreachable
}

// beginning is what the log keeps of an answer. A little more is read, so that
// the connection can be used again.
func beginning(r io.Reader) string {
	raw, _ := io.ReadAll(io.LimitReader(r, 64<<10)) // what cannot be read is no trouble: the status tells
	text := strings.ToValidUTF8(string(raw[:min(len(raw), keptAnswer)]), string(utf8.RuneError))
	return strings.ReplaceAll(text, "\x00", "")
}

// retryAfter reads the header of that name in seconds, a day at most.
func retryAfter(h http.Header) time.Duration {
	seconds, err := strconv.Atoi(h.Get("Retry-After"))
	if err != nil || seconds < 0 {
		return 0
	}
	return min(time.Duration(seconds)*time.Second, triedFor)
}
