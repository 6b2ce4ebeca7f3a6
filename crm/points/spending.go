package points

import (
	"context"
	"encoding/json"
	"errors"
	"sync/atomic"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/uptrace/bun"

	"github.com/meguri-crm/meguri/crm/access"
	"github.com/meguri-crm/meguri/crm/check"
	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/db"
)

const spendKey = "points.spend"

// fullShare is a whole order, in basis points.
const fullShare = 10_000

// SpendSettings is how points are spent at a checkout: the value of the settings
// key "points.spend". What staff takes away by hand is not bound by it.
type SpendSettings struct {
	Enabled bool `json:"enabled"`
	// So many points pay so much of the base currency, in its minor unit.
	Points int64 `json:"points" field:"points" validate:"min=1,max=1000000"`
	Amount int64 `json:"amount" field:"amount" validate:"min=1,max=1000000"`
	// Min is the least to be spent at once, Step what it is a multiple of.
	Min  int64 `json:"min" field:"min" validate:"min=1,max=10000000"`
	Step int64 `json:"step" field:"step" validate:"min=1,max=1000000"`
	// MaxShare is the part of an order that points may pay, in basis points.
	MaxShare int64 `json:"maxShare" field:"maxShare" validate:"min=1,max=10000"`
}

// DefaultSpendSettings is what holds until the merchant says otherwise: a point
// is a yen, and points may pay for all of an order.
func DefaultSpendSettings() SpendSettings {
	return SpendSettings{Enabled: true, Points: 1, Amount: 1, Min: 1, Step: 1, MaxShare: fullShare}
}

// Worth is what points pay, in the minor unit of the base currency; a part of a
// unit is the merchant's.
func (s SpendSettings) Worth(points int64) int64 { return points * s.Amount / s.Points }

// Most is how many of the available points may be spent on an order of amount: 0
// when fewer than Min.
func (s SpendSettings) Most(available, amount int64) int64 {
	if !s.Enabled || amount <= 0 || available <= 0 {
		return 0
	}
	share := multiply(min(amount, maxOrderAmount), s.MaxShare, fullShare, RoundDown)
	most := min(available, share*s.Points/s.Amount, MaxAmount)
	if most -= most % s.Step; most < s.Min {
		return 0
	}
	return most
}

// maxOrderAmount bounds what is reckoned with: points pay for no more than
// MaxAmount of the least unit at the dearest rate.
const maxOrderAmount = 1_000_000_000

// Check says why points may not be spent, on an order of amount where that is
// known. Errors: fault.Precondition SPENDING_OFF, SPEND_MIN, SPEND_STEP,
// SPEND_SHARE, each with the figure that is asked.
func (s SpendSettings) Check(points int64, amount *int64) error {
	refuse := func(code, message, param string, value int64) error {
		return fault.New(fault.Precondition, message, value).WithCode(code).At("amount").With(param, value)
	}
	switch {
	case !s.Enabled:
		return fault.New(fault.Precondition, "points cannot be spent at present").WithCode("SPENDING_OFF")
	case points < s.Min:
		return refuse("SPEND_MIN", "at least %d points are spent at once", "min", s.Min)
	case points%s.Step != 0:
		return refuse("SPEND_STEP", "points are spent in steps of %d", "step", s.Step)
	case amount == nil:
		return nil
	}
	if most := s.Most(MaxAmount, *amount); points > most {
		return refuse("SPEND_SHARE", "at most %d points may be spent on this order", "most", most)
	}
	return nil
}

// spendCache keeps what was read last.
type spendCache struct{ last atomic.Pointer[readSpend] }

type readSpend struct {
	value SpendSettings
	at    time.Time
}

// SpendSettings is how points are spent now.
func (s *Service) SpendSettings(ctx context.Context) (SpendSettings, error) {
	var raw []byte
	err := s.db.Pool.QueryRow(ctx, `SELECT value FROM settings WHERE key = $1`, spendKey).Scan(&raw)
	if errors.Is(err, pgx.ErrNoRows) {
		return DefaultSpendSettings(), nil
	}
	if err != nil {
		return SpendSettings{}, db.Fault(err)
	}
	set := DefaultSpendSettings()
	if err := json.Unmarshal(raw, &set); err != nil {
		return SpendSettings{}, fault.Wrap(fault.Internal, err, "the settings of spending cannot be read")
	}
	return set, nil
}

// spending is SpendSettings, at most settingsFresh old.
func (s *Service) spending(ctx context.Context) (SpendSettings, error) {
	if last := s.spends.last.Load(); last != nil && time.Since(last.at) < settingsFresh {
		return last.value, nil
	}
	set, err := s.SpendSettings(ctx)
	if err == nil {
		s.spends.last.Store(&readSpend{set, time.Now()})
	}
	return set, err
}

// ChangeSpendSettings lets set hold from now on, with a line in the audit log.
// Errors: fault.Invalid, which names the setting.
func (d Desk) ChangeSpendSettings(ctx context.Context, set SpendSettings) error {
	if err := check.Struct(set); err != nil {
		return err
	}
	if set.Min%set.Step != 0 {
		return fault.New(fault.Invalid, "the least must be a multiple of the step").WithCode("NOT_A_MULTIPLE").At("min").With("step", set.Step)
	}
	before, err := d.SpendSettings(ctx)
	if err != nil {
		return err
	}
	raw, err := json.Marshal(set)
	if err != nil {
		return fault.Wrap(fault.Internal, err, "the settings cannot be written")
	}
	err = d.db.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		if _, err := tx.NewRaw(`INSERT INTO settings (key, value, updated_at) VALUES (?, ?::jsonb, ?)
			ON CONFLICT (key) DO UPDATE SET value = excluded.value, updated_at = excluded.updated_at`, spendKey, string(raw), d.clock.Now()).Exec(ctx); err != nil {
			return db.Fault(err)
		}
		return access.Audit(ctx, tx, access.Entry{Action: "settings.points_spend", ObjectKind: "PointSettings", Detail: access.Differences(before.audited(), set.audited())})
	})
	d.spends.last.Store(nil)
	return db.Fault(err)
}

func (s SpendSettings) audited() map[string]any {
	return map[string]any{"enabled": s.Enabled, "points": s.Points, "amount": s.Amount, "min": s.Min, "step": s.Step, "maxShare": s.MaxShare}
}
