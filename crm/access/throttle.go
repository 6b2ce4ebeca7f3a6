package access

import (
	"context"
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
	accountAttempts = 10
	networkAttempts = 60
)

// countAttempt books one sign-in for the address and for the network before the
// password is looked at, so that attempts sent at the same time (or as aliases
// of one query) cannot slip through together. It goes by the address as typed,
// whether or not an account has it.
// Errors: fault.Throttled with the parameter retryAfterSeconds.
func (s *Service) countAttempt(ctx context.Context, email string, from netip.Prefix) error {
	now := s.clock.Now()
	for _, limit := range []struct {
		key  []byte
		most int
	}{
		{s.keys.masked("account", email), accountAttempts},
		{s.keys.masked("network", from.String()), networkAttempts},
	} {
		var attempts int
		var began time.Time
		err := s.db.NewRaw(`
			INSERT INTO sign_in_throttles AS t (key, failures, window_starts) VALUES (?0, 1, ?1)
			ON CONFLICT (key) DO UPDATE SET
				failures      = CASE WHEN t.window_starts <= ?2 THEN 1 ELSE least(t.failures + 1, 1000000) END,
				window_starts = CASE WHEN t.window_starts <= ?2 THEN ?1 ELSE t.window_starts END
			RETURNING failures, window_starts`, limit.key, now, now.Add(-throttleWindow)).Scan(ctx, &attempts, &began)
		if err != nil {
			return db.Fault(err)
		}
		if attempts > limit.most {
			wait := began.Add(throttleWindow).Sub(now)
			return fault.New(fault.Throttled, "too many sign-ins; try again later").With("retryAfterSeconds", int(wait.Seconds())+1)
		}
	}
	return nil
}

// forgiveAttempts takes back what countAttempt booked, after a right password.
func (s *Service) forgiveAttempts(ctx context.Context, tx bun.IDB, email string, from netip.Prefix) error {
	_, err := tx.NewRaw(`DELETE FROM sign_in_throttles WHERE key = ?`, s.keys.masked("account", email)).Exec(ctx)
	if err != nil {
		return err
	}
	_, err = tx.NewRaw(`UPDATE sign_in_throttles SET failures = greatest(failures - 1, 0) WHERE key = ?`,
		s.keys.masked("network", from.String())).Exec(ctx)
	return err
}
