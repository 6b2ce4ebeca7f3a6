package referral

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"

	"github.com/uptrace/bun"

	"github.com/meguri-crm/meguri/crm/access"
	"github.com/meguri-crm/meguri/crm/check"
	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/db"
)

const settingsKey = "referral"

// Settings is when a referral counts; how many points it brings, and how many at
// most, is said by the rules of the point programme.
type Settings struct {
	// Enabled: codes are taken. What was begun goes on without.
	Enabled bool `json:"enabled"`
	// UseWithin is how many days after joining a friend may say who sent him.
	UseWithin int `json:"useWithin" field:"useWithinDays" validate:"min=0,max=365"`
	// OrderWithin is how many days after that he must have ordered.
	OrderWithin int `json:"orderWithin" field:"orderWithinDays" validate:"min=1,max=730"`
	// MinAmount is what the order must come to, goods less the shop's coupon, in the
	// minor unit of the base currency.
	MinAmount int64 `json:"minAmount" field:"minAmount" validate:"min=0,max=100000000"`
	// FirstOrder: only the first order counts, not a later one that is large enough.
	FirstOrder bool `json:"firstOrder"`
	// Wait is how many days after shipment goods may come back.
	Wait int `json:"wait" field:"waitDays" validate:"min=0,max=365"`
	// ShareURL is the page that members send their friends to; empty: the newest open
	// sign-up form that makes members.
	ShareURL string `json:"shareUrl" field:"shareUrl" validate:"omitempty,http_url,max=500"`
}

// DefaultSettings is what holds until the merchant says otherwise.
func DefaultSettings() Settings {
	return Settings{UseWithin: 30, OrderWithin: 90, FirstOrder: true, Wait: 14}
}

// Settings is when referrals count now.
func (s *Service) Settings(ctx context.Context) (Settings, error) { return readSettings(ctx, s.DB) }

func readSettings(ctx context.Context, idb bun.IDB) (Settings, error) {
	var raw []byte
	err := idb.NewRaw(`SELECT value FROM settings WHERE key = ?`, settingsKey).Scan(ctx, &raw)
	if errors.Is(err, sql.ErrNoRows) {
		return DefaultSettings(), nil
	}
	if err != nil {
		return Settings{}, db.Fault(err)
	}
	set := DefaultSettings() // for what an older version did not write
	if err := json.Unmarshal(raw, &set); err != nil {
		return Settings{}, fault.Wrap(fault.Internal, err, "the settings of referrals cannot be read")
	}
	return set, nil
}

// ChangeSettings lets set hold for friends who are brought from now on, with a line
// in the audit log. Errors: fault.Invalid, which names the setting.
func (s *Service) ChangeSettings(ctx context.Context, set Settings) error {
	if err := check.Struct(set); err != nil {
		return err
	}
	raw, err := json.Marshal(set)
	if err != nil {
		return fault.Wrap(fault.Internal, err, "the settings cannot be written")
	}
	return db.RunInTx(ctx, s.DB, func(ctx context.Context, tx db.Tx) error {
		before, err := readSettings(ctx, tx)
		if err != nil {
			return err
		}
		if _, err := tx.NewRaw(`INSERT INTO settings (key, value, updated_at) VALUES (?, ?::jsonb, ?)
			ON CONFLICT (key) DO UPDATE SET value = excluded.value, updated_at = excluded.updated_at`, settingsKey, string(raw), s.Clock.Now()).Exec(ctx); err != nil {
			return db.Fault(err)
		}
		return access.Audit(ctx, tx, access.Entry{Action: "settings.referral", ObjectKind: "ReferralSettings", Detail: access.Differences(before.audited(), set.audited())})
	})
}

func (s Settings) audited() map[string]any {
	return map[string]any{
		"enabled": s.Enabled, "useWithinDays": s.UseWithin, "orderWithinDays": s.OrderWithin, "minAmount": s.MinAmount,
		"firstOrder": s.FirstOrder, "waitDays": s.Wait, "shareUrl": s.ShareURL,
	}
}
