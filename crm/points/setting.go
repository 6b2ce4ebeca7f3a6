package points

import (
	"context"
	"encoding/json"
	"errors"
	"sync/atomic"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/uptrace/bun"

	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/db"
)

const (
	settingsKey = "points"
	// settingsFresh is how long another node may go on granting by settings
	// that have just been changed.
	settingsFresh = 2 * time.Second
)

// settingsCache keeps what was read last.
type settingsCache struct{ last atomic.Pointer[readSettings] }

type readSettings struct {
	value Settings
	at    time.Time
}

// Settings is how the programme earns and expires now: DefaultSettings where
// the merchant has said nothing.
func (s *Service) Settings(ctx context.Context) (Settings, error) {
	return s.readSettings(ctx, s.db.Pool)
}

func (s *Service) readSettings(ctx context.Context, q querier) (Settings, error) {
	var raw []byte
	err := q.QueryRow(ctx, `SELECT value FROM settings WHERE key = $1`, settingsKey).Scan(&raw)
	if errors.Is(err, pgx.ErrNoRows) {
		return DefaultSettings(), nil
	}
	if err != nil {
		return Settings{}, db.Fault(err)
	}
	set := DefaultSettings() // for what an older version did not write
	set.Rates = nil          // a currency that was taken out stays out
	if err := json.Unmarshal(raw, &set); err != nil {
		return Settings{}, fault.Wrap(fault.Internal, err, "the settings of the point programme cannot be read")
	}
	return set, nil
}

// current is Settings, at most settingsFresh old.
func (s *Service) current(ctx context.Context) (Settings, error) {
	if last := s.settings.last.Load(); last != nil && time.Since(last.at) < settingsFresh {
		return last.value, nil
	}
	set, err := s.Settings(ctx)
	if err == nil {
		s.settings.last.Store(&readSettings{set, time.Now()})
	}
	return set, err
}

// UpdateSettings lets set hold for what is earned from now on.
// Errors: fault.Invalid, which names the setting.
func (s *Service) UpdateSettings(ctx context.Context, tx bun.IDB, set Settings) error {
	if err := set.Validate(); err != nil {
		return err
	}
	set.HasRolled = set.rolls()
	raw, err := json.Marshal(set)
	if err != nil {
		return fault.Wrap(fault.Internal, err, "the settings cannot be written")
	}
	_, err = tx.NewRaw(`INSERT INTO settings (key, value, updated_at) VALUES (?, ?::jsonb, ?)
		ON CONFLICT (key) DO UPDATE SET value = excluded.value, updated_at = excluded.updated_at`, settingsKey, string(raw), s.clock.Now()).Exec(ctx)
	s.settings.last.Store(nil)
	return db.Fault(err)
}
