package access

import (
	"context"
	"database/sql"
	"errors"
	"net/netip"
	"time"

	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/db"
	"github.com/uptrace/bun"
)

// Sign-ins that may fail within one window, per address and per network. The
// window is fixed, so that a blocked address is free again when it ends, however
// often it was tried in between.
const (
	throttleWindow  = 15 * time.Minute
	longestWindow   = time.Hour // of all limits
	accountAttempts = 10
	networkAttempts = 60
)

// limit is how often something may be tried within a window that begins with the
// first attempt.
type limit struct {
	key    []byte
	most   int
	window time.Duration
}

// countAttempt books one sign-in for the address and for the network before the
// password is looked at, so that attempts sent at the same time (or as aliases
// of one query) cannot slip through together. It goes by the address as typed,
// whether or not an account has it.
// Errors: fault.Throttled with the parameter retryAfterSeconds.
func (s *Service) countAttempt(ctx context.Context, email string, from netip.Prefix) error {
	return s.count(ctx,
		limit{s.keys.masked("account", email), accountAttempts, throttleWindow},
		limit{s.keys.masked("network", from.String()), networkAttempts, throttleWindow})
}

// count books one attempt under each limit.
// Errors: fault.Throttled with the parameter retryAfterSeconds.
func (s *Service) count(ctx context.Context, limits ...limit) error {
	now := s.clock.Now()
	for _, l := range limits {
		var attempts int
		var began time.Time
		err := s.db.NewRaw(`
			INSERT INTO sign_in_throttles AS t (key, failures, window_starts) VALUES (?0, 1, ?1)
			ON CONFLICT (key) DO UPDATE SET
				failures      = CASE WHEN t.window_starts <= ?2 THEN 1 ELSE least(t.failures + 1, 1000000) END,
				window_starts = CASE WHEN t.window_starts <= ?2 THEN ?1 ELSE t.window_starts END
			RETURNING failures, window_starts`, l.key, now, now.Add(-l.window)).Scan(ctx, &attempts, &began)
		if err != nil {
			return db.Fault(err)
		}
		if attempts > l.most {
			return throttled(began.Add(l.window).Sub(now))
		}
	}
	return nil
}

// hold refuses whoever stands at one of the limits, and books nothing.
// Errors: fault.Throttled with the parameter retryAfterSeconds.
func (s *Service) hold(ctx context.Context, limits []limit) error {
	now := s.clock.Now()
	for _, l := range limits {
		var began time.Time
		err := s.db.NewRaw(`SELECT window_starts FROM sign_in_throttles WHERE key = ? AND failures >= ? AND window_starts > ?`,
			l.key, l.most, now.Add(-l.window)).Scan(ctx, &began)
		if errors.Is(err, sql.ErrNoRows) {
			continue
		}
		if err != nil {
			return db.Fault(err)
		}
		return throttled(began.Add(l.window).Sub(now))
	}
	return nil
}

func throttled(wait time.Duration) error {
	return fault.New(fault.Throttled, "too many attempts; try again later").With("retryAfterSeconds", int(wait.Seconds())+1)
}

// forgiveAttempts takes back what countAttempt booked, after a right password.
func (s *Service) forgiveAttempts(ctx context.Context, tx bun.IDB, email string, from netip.Prefix) error {
	if err := forget(ctx, tx, s.keys.masked("account", email)); err != nil {
		return err
	}
	_, err := tx.NewRaw(`UPDATE sign_in_throttles SET failures = greatest(failures - 1, 0) WHERE key = ?`,
		s.keys.masked("network", from.String())).Exec(ctx)
	return err
}

// forget begins a limit anew.
func forget(ctx context.Context, tx bun.IDB, key []byte) error {
	_, err := tx.NewRaw(`DELETE FROM sign_in_throttles WHERE key = ?`, key).Exec(ctx)
	return err
}
