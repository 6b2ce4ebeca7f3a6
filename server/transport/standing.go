package transport

import (
	"context"
	"sync"
	"time"

	"github.com/meguri-crm/meguri/crm/access"
	"github.com/meguri-crm/meguri/crm/fault"
)

// ending is why a long stream ends that the client has not ended.
type ending int

const (
	stopping  ending = iota // its context ended: the server stops, or all was said
	silent                  // the client answers no ping
	forbidden               // the caller may not go on
)

// standing keeps a long stream up. It pings, and watches over the caller: his
// token's end, and every now and then whether his session and his rights are still
// what they were. While neither is due it takes no goroutine.
type standing struct {
	h         *Handler
	ctx       context.Context // of the stream
	principal access.Principal
	ping      func(ctx context.Context) bool // whether the client is there
	end       func(why ending)

	mu            sync.Mutex
	over          bool
	pings, checks *time.Timer
}

// keepUp begins, and calls end once.
func (h *Handler) keepUp(ctx context.Context, p access.Principal, ping func(context.Context) bool, end func(why ending)) {
	s := &standing{h: h, ctx: ctx, principal: p, ping: ping, end: end}
	s.mu.Lock()
	s.pings, s.checks = time.AfterFunc(h.cfg.Limits.Ping, s.pingNow), time.AfterFunc(s.wait(), s.checkNow)
	s.mu.Unlock()
	context.AfterFunc(ctx, func() { s.finish(stopping) })
}

func (s *standing) after(timer **time.Timer, wait time.Duration, do func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.over {
		*timer = time.AfterFunc(wait, do)
	}
}

func (s *standing) finish(why ending) {
	s.mu.Lock()
	was := s.over
	s.over = true
	s.pings.Stop()
	s.checks.Stop()
	s.mu.Unlock()
	if !was {
		s.end(why)
	}
}

func (s *standing) pingNow() {
	ctx, cancel := context.WithTimeout(s.ctx, s.h.cfg.Limits.Ping)
	defer cancel()
	if !s.ping(ctx) {
		s.finish(silent)
		return
	}
	s.after(&s.pings, s.h.cfg.Limits.Ping, s.pingNow)
}

func (s *standing) checkNow() {
	wait, err := s.check()
	if err != nil {
		s.finish(forbidden)
		return
	}
	s.after(&s.checks, wait, s.checkNow)
}

// check asks again and says when to ask next. That the database is away for a moment
// ends no stream.
func (s *standing) check() (time.Duration, error) {
	if !s.principal.SignedIn() {
		return s.wait(), nil
	}
	now, err := s.h.cfg.Verifier.Recheck(s.ctx, s.principal)
	if fault.Is(err, fault.Unavailable) {
		return s.h.cfg.Limits.Recheck, nil
	}
	if err == nil && now.Scopes != s.principal.Scopes {
		err = fault.New(fault.Forbidden, "the rights of this session have changed")
	}
	return s.wait(), err
}

func (s *standing) wait() time.Duration {
	wait := s.h.cfg.Limits.Recheck
	if p := s.principal; p.SignedIn() {
		wait = min(wait, p.ExpiresAt.Sub(s.h.cfg.Clock.Now()))
	}
	return max(wait, 0)
}
