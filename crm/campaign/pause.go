package campaign

import (
	"context"
	"sync"
	"time"

	"github.com/uptrace/bun"

	"github.com/meguri-crm/meguri/db"
)

// A receiving domain that defers half of at least deferredLeast mails within
// deferredWindow is left alone: for firstPause, and twice as long each time it
// does so again, up to longestPause. Going on would make it refuse for longer,
// and use up the attempts of everybody there.
const (
	deferredLeast  = 10
	deferredWindow = 2 * time.Minute
	firstPause     = 5 * time.Minute
	longestPause   = 4 * time.Hour
)

// deferrals counts what each receiving domain said of late to this engine.
type deferrals struct {
	mu   sync.Mutex
	seen map[string]*said
}

type said struct {
	since           time.Time
	taken, deferred int
	reply           string
}

// note counts outcomes and answers with the domains that defer too much, with
// what they last said, and those that take mails.
func (d *deferrals) note(results []result, now time.Time) (pause map[string]string, taking map[string]bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	pause, taking = map[string]string{}, map[string]bool{}
	for _, r := range results {
		if r.Domain == "" {
			continue
		}
		s := d.seen[r.Domain]
		if s == nil || now.Sub(s.since) > deferredWindow {
			s = &said{since: now}
			if d.seen == nil {
				d.seen = map[string]*said{}
			}
			d.seen[r.Domain] = s
		}
		switch {
		case r.Deferred:
			s.deferred, s.reply = s.deferred+1, r.Reply
		case r.Status == MessageSent || r.Status == MessageUncertain:
			s.taken++
			taking[r.Domain] = true
		}
		if s.deferred >= deferredLeast && s.deferred >= s.taken {
			pause[r.Domain] = s.reply
		}
	}
	for domain, s := range d.seen {
		if _, paused := pause[domain]; paused || now.Sub(s.since) > deferredWindow {
			delete(d.seen, domain)
		}
	}
	return pause, taking
}

// writePauses tells all engines which domains to leave alone, and forgets the
// pauses of those that take mails again.
func (e *Engine) writePauses(ctx context.Context, tx bun.IDB, results []result) error {
	pause, taking := e.deferrals.note(results, e.Clock.Now())
	for domain, reply := range pause {
		delete(taking, domain)
		_, err := tx.NewRaw(`
			INSERT INTO domain_pauses (domain, paused_until, status) VALUES (?0, now() + ?2 * interval '1 second', ?1)
			ON CONFLICT ON CONSTRAINT domain_pauses_pkey DO UPDATE SET status = excluded.status, updated_at = now(),
				strikes = domain_pauses.strikes + 1, paused_until = now() + least(?2 * 2 ^ least(domain_pauses.strikes, 20), ?3) * interval '1 second'
			WHERE domain_pauses.paused_until <= now()`,
			domain, reply, firstPause.Seconds(), longestPause.Seconds()).Exec(ctx)
		if err != nil {
			return db.Fault(err)
		}
		e.Log.WarnContext(ctx, "a receiving domain defers much and is left alone for a while", "domain", domain, "reply", reply)
	}
	e.pauses.mu.Lock()
	known := len(e.pauses.until) > 0
	e.pauses.mu.Unlock()
	if !known || len(taking) == 0 {
		return nil
	}
	domains := make([]string, 0, len(taking))
	for domain := range taking {
		domains = append(domains, domain)
	}
	_, err := tx.NewRaw(`DELETE FROM domain_pauses WHERE domain IN (?) AND paused_until <= now()`, bun.List(domains)).Exec(ctx)
	return db.Fault(err)
}

// pauses are the domains to leave alone, as last read.
type pauses struct {
	mu     sync.Mutex
	readAt time.Time
	until  map[string]time.Duration // left of each pause at readAt; 0 when it is over
}

// readPausesEvery is how old the list may be.
const readPausesEvery = 2 * time.Second

// pausedFor is how long a domain is still to be left alone.
func (e *Engine) pausedFor(ctx context.Context) (func(domain string) time.Duration, error) {
	e.pauses.mu.Lock()
	defer e.pauses.mu.Unlock()
	if now := time.Now(); now.Sub(e.pauses.readAt) > readPausesEvery {
		var rows []struct {
			Domain string
			Left   float64
		}
		err := e.DB.NewRaw(`SELECT domain, greatest(extract(epoch FROM paused_until - now()), 0)::float8 AS "left" FROM domain_pauses`).Scan(ctx, &rows)
		if err != nil {
			return nil, db.Fault(err)
		}
		e.pauses.readAt, e.pauses.until = now, make(map[string]time.Duration, len(rows))
		for _, r := range rows {
			e.pauses.until[r.Domain] = time.Duration(r.Left * float64(time.Second))
		}
	}
	readAt, until := e.pauses.readAt, e.pauses.until
	return func(domain string) time.Duration { return until[domain] - time.Since(readAt) }, nil
}
