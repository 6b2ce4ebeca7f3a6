package transport

import (
	"context"
	"time"

	"github.com/meguri-crm/meguri/crm/access"
	"github.com/meguri-crm/meguri/crm/fault"
)

// standing watches over the caller of a long stream: his token's end, and every
// now and then whether his session and his rights are still what they were.
type standing struct {
	h         *Handler
	principal access.Principal
	timer     *time.Timer
}

func (h *Handler) newStanding(p access.Principal) *standing {
	s := &standing{h: h, principal: p}
	s.timer = time.NewTimer(s.wait())
	return s
}

func (s *standing) due() <-chan time.Time { return s.timer.C }

func (s *standing) stop() { s.timer.Stop() }

func (s *standing) wait() time.Duration {
	wait := s.h.cfg.Limits.Recheck
	if p := s.principal; p.SignedIn() {
		wait = min(wait, p.ExpiresAt.Sub(s.h.cfg.Clock.Now()))
	}
	return max(wait, 0)
}

// check asks again. That the database is away for a moment ends no stream.
func (s *standing) check(ctx context.Context) error {
	if !s.principal.SignedIn() {
		s.timer.Reset(s.wait())
		return nil
	}
	now, err := s.h.cfg.Verifier.Recheck(ctx, s.principal)
	if fault.Is(err, fault.Unavailable) {
		s.timer.Reset(s.h.cfg.Limits.Recheck)
		return nil
	}
	if err == nil && now.Scopes != s.principal.Scopes {
		err = fault.New(fault.Forbidden, "the rights of this session have changed")
	}
	if err != nil {
		return err
	}
	s.timer.Reset(s.wait())
	return nil
}
