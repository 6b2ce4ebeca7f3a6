package message

import (
	"context"
	"encoding/json"
	"time"

	"github.com/uptrace/bun"

	"github.com/meguri-crm/meguri/crm/access"
	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/db"
)

// Pace is when advertising through a channel rests and how much of it one
// person gets at most. The zero value rests never and has no limit.
type Pace struct {
	// QuietFrom and QuietTo are minutes after midnight in the merchant's zone;
	// equal: there are no quiet hours. A later start than end spans midnight.
	QuietFrom int `json:"quietFrom"`
	QuietTo   int `json:"quietTo"`
	// PerDay and PerWeek are how many advertising messages one person gets within
	// any 24 hours and any 7 days; 0: no limit.
	PerDay  int `json:"perDay"`
	PerWeek int `json:"perWeek"`
}

// Bounds of a pace.
const (
	dayMinutes = 24 * 60
	// openLeast is how long a channel must stay open each day: with less, a
	// campaign would hang for days.
	openLeast = 60
	maxCap    = 100
)

// Capped reports whether there is a limit per person.
func (p Pace) Capped() bool { return p.PerDay > 0 || p.PerWeek > 0 }

// QuietUntil is when the quiet hours end in which now lies; zero when it lies in
// none. Hours are those of now's zone, by the clock on the wall: on the days on
// which clocks are changed the quiet hours are shorter or longer.
func (p Pace) QuietUntil(now time.Time) time.Time {
	at := now.Hour()*60 + now.Minute()
	days := 0
	switch {
	case p.QuietFrom == p.QuietTo:
		return time.Time{}
	case p.QuietFrom < p.QuietTo:
		if at < p.QuietFrom || at >= p.QuietTo {
			return time.Time{}
		}
	case at >= p.QuietFrom:
		days = 1
	case at >= p.QuietTo:
		return time.Time{}
	}
	end := time.Date(now.Year(), now.Month(), now.Day()+days, p.QuietTo/60, p.QuietTo%60, 0, 0, now.Location())
	for !end.After(now) { // the hour is there twice, and this is the second
		end = end.Add(30 * time.Minute)
	}
	return end
}

func (p Pace) check() error {
	switch {
	case p.QuietFrom < 0 || p.QuietFrom >= dayMinutes:
		return fault.New(fault.Invalid, "from 00:00 to 23:59").WithCode("BAD_TIME").At("quietFrom")
	case p.QuietTo < 0 || p.QuietTo >= dayMinutes:
		return fault.New(fault.Invalid, "from 00:00 to 23:59").WithCode("BAD_TIME").At("quietTo")
	case p.QuietFrom != p.QuietTo && (p.QuietFrom-p.QuietTo+dayMinutes)%dayMinutes < openLeast:
		return fault.New(fault.Invalid, "at least %d minutes of a day must stay open", openLeast).WithCode("QUIET_TOO_LONG").At("quietTo").With("minutes", openLeast)
	case p.PerDay < 0 || p.PerDay > maxCap:
		return fault.New(fault.Invalid, "from 0 to %d", maxCap).WithCode("RANGE").At("perDay").With("min", 0).With("max", maxCap)
	case p.PerWeek < 0 || p.PerWeek > maxCap:
		return fault.New(fault.Invalid, "from 0 to %d", maxCap).WithCode("RANGE").At("perWeek").With("min", 0).With("max", maxCap)
	case p.PerDay > p.PerWeek && p.PerWeek > 0:
		return fault.New(fault.Invalid, "a week cannot hold less than a day").WithCode("WEEK_BELOW_DAY").At("perWeek")
	}
	return nil
}

// paceKey is the setting that holds the paces, by channel.
const paceKey = "pace"

// Paces are the paces of the channels, kept in the settings.
type Paces struct{ DB *db.DB }

// Of is the pace of a channel ("MAIL"); the zero one while nobody has set it.
func (s Paces) Of(ctx context.Context, through string) (Pace, error) {
	return readPace(ctx, s.DB, through)
}

func readPace(ctx context.Context, idb bun.IDB, through string) (Pace, error) {
	var raw []json.RawMessage
	err := idb.NewRaw(`SELECT value->?0 FROM settings WHERE key = ?1 AND value->?0 IS NOT NULL`, through, paceKey).Scan(ctx, &raw)
	if err != nil || len(raw) == 0 {
		return Pace{}, db.Fault(err)
	}
	var p Pace
	if err := json.Unmarshal(raw[0], &p); err != nil {
		return Pace{}, fault.Wrap(fault.Internal, err, "the pace settings cannot be read")
	}
	return p, nil
}

// Update sets the pace of a channel. Messages that wait go by it within
// paceFresh, also those of campaigns that are being sent. Errors: fault.Invalid
// (BAD_TIME, QUIET_TOO_LONG, RANGE, WEEK_BELOW_DAY) with the field.
func (s Paces) Update(ctx context.Context, through string, p Pace) (Pace, error) {
	if err := p.check(); err != nil {
		return Pace{}, err
	}
	value, err := json.Marshal(map[string]Pace{through: p})
	if err != nil {
		return Pace{}, fault.Wrap(fault.Internal, err, "internal error")
	}
	err = db.RunInTx(ctx, s.DB, func(ctx context.Context, tx db.Tx) error {
		before, err := readPace(ctx, tx, through)
		if err != nil {
			return err
		}
		_, err = tx.NewRaw(`
			INSERT INTO settings (key, value) VALUES (?, ?::jsonb)
			ON CONFLICT (key) DO UPDATE SET value = settings.value || excluded.value, updated_at = now()`, paceKey, string(value)).Exec(ctx)
		if err != nil {
			return db.Fault(err)
		}
		detail := access.Differences(auditedPace(before), auditedPace(p))
		detail["channel"] = through
		return access.Audit(ctx, tx, access.Entry{Action: "settings.update_pace", ObjectKind: "PaceSettings", Detail: detail})
	})
	return p, err
}

func auditedPace(p Pace) map[string]any {
	return map[string]any{"quietFrom": p.QuietFrom, "quietTo": p.QuietTo, "perDay": p.PerDay, "perWeek": p.PerWeek}
}
