package privacy

import (
	"context"
	"encoding/json"
	"time"

	"github.com/uptrace/bun"

	"github.com/meguri-crm/meguri/crm/access"
	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/db"
)

// settingsKey is the setting that crm/message reads for the rule LAW-04, too.
const settingsKey = "retention"

// Settings are for how many days each kind of data is kept, and who erases.
// Shorter times than those of the program hold; none can be longer.
type Settings struct {
	// ConsentDays is for how long the consents of somebody who was erased are kept
	// after the last mail to him; 0: for good. The law wants three years.
	ConsentDays int `json:"consentDays"`
	// BehaviourDays is for visits, searches and carts.
	BehaviourDays int `json:"behaviourDays"`
	// ImportFileDays is for files that were imported; with them goes the undo.
	ImportFileDays int `json:"importFileDays"`
	// QuarantineDays is for rows of files that were held back.
	QuarantineDays int `json:"quarantineDays"`
	// TwoPeople: an erasure is approved by somebody else than who took it down.
	TwoPeople bool `json:"twoPeople"`
}

// The bounds: the longest are what the program keeps by itself.
const (
	leastConsentDays  = 3 * 366
	mostConsentDays   = 20 * 366
	mostBehaviourDays = 400
	mostFileDays      = 30
	mostRefusedDays   = 90
)

// DefaultSettings hold while nobody has changed them.
var DefaultSettings = Settings{BehaviourDays: mostBehaviourDays, ImportFileDays: mostFileDays, QuarantineDays: mostRefusedDays}

func (c Settings) check() error {
	for _, f := range []struct {
		field            string
		days, least, max int
	}{
		{"behaviourDays", c.BehaviourDays, 30, mostBehaviourDays}, {"importFileDays", c.ImportFileDays, 1, mostFileDays}, {"quarantineDays", c.QuarantineDays, 1, mostRefusedDays},
	} {
		if f.days < f.least || f.days > f.max {
			return fault.New(fault.Invalid, "from %d to %d", f.least, f.max).WithCode("RANGE").At(f.field).With("min", f.least).With("max", f.max)
		}
	}
	if c.ConsentDays != 0 && (c.ConsentDays < leastConsentDays || c.ConsentDays > mostConsentDays) {
		return fault.New(fault.Invalid, "from %d to %d, or 0 for good", leastConsentDays, mostConsentDays).
			WithCode("RANGE").At("consentDays").With("min", leastConsentDays).With("max", mostConsentDays)
	}
	return nil
}

// Settings are those in force.
func (s *Service) Settings(ctx context.Context) (Settings, error) { return s.settings(ctx, s.DB) }

func (*Service) settings(ctx context.Context, idb bun.IDB) (Settings, error) {
	c := DefaultSettings
	var raw []json.RawMessage
	if err := idb.NewSelect().Table("settings").Column("value").Where("key = ?", settingsKey).Scan(ctx, &raw); err != nil || len(raw) == 0 {
		return c, db.Fault(err)
	}
	if err := json.Unmarshal(raw[0], &c); err != nil {
		return c, fault.Wrap(fault.Internal, err, "the retention settings cannot be read")
	}
	return c, nil
}

// Update changes the settings. Errors: fault.Invalid RANGE by field.
func (s *Service) Update(ctx context.Context, c Settings) (Settings, error) {
	if err := c.check(); err != nil {
		return c, err
	}
	value, err := json.Marshal(c)
	if err != nil {
		return c, fault.Wrap(fault.Internal, err, "internal error")
	}
	err = db.RunInTx(ctx, s.DB, func(ctx context.Context, tx db.Tx) error {
		before, err := s.settings(ctx, tx)
		if err != nil {
			return err
		}
		_, err = tx.NewRaw(`INSERT INTO settings (key, value, updated_at) VALUES (?, ?::jsonb, ?)
			ON CONFLICT (key) DO UPDATE SET value = excluded.value, updated_at = excluded.updated_at`, settingsKey, string(value), s.Clock.Now()).Exec(ctx)
		if err != nil {
			return db.Fault(err)
		}
		return access.Audit(ctx, tx, access.Entry{
			Action: "settings.retention", ObjectKind: "RetentionSettings", Detail: access.Differences(audited(before), audited(c)),
		})
	})
	return c, err
}

func audited(c Settings) map[string]any {
	return map[string]any{
		"consentDays": c.ConsentDays, "behaviourDays": c.BehaviourDays, "importFileDays": c.ImportFileDays, "quarantineDays": c.QuarantineDays, "twoPeople": c.TwoPeople,
	}
}

// SweepJob is the nightly reminder; its handler calls Sweep.
type SweepJob struct{}

// Kind names the job.
func (SweepJob) Kind() string { return "privacy.sweep" }

// sweepStep is how many rows go in one transaction, so that none is held long.
const sweepStep = 10_000

// keepRuns is how many runs are remembered.
const keepRuns = 100

// sweep is one kind of data and what of it goes: rows before ?0, ?1 at a time.
type sweep struct {
	name   string
	before time.Time
	sql    string
}

// sweeps are what goes at an instant, by what the settings say.
func (c Settings) sweeps(now time.Time) []sweep {
	ago := func(days int) time.Time { return now.AddDate(0, 0, -days) }
	const idle = `i.status IN ('DONE', 'STOPPED', 'FAILED')`
	list := []sweep{
		{"behaviour", ago(c.BehaviourDays), `DELETE FROM events WHERE (customer_id, occurred_at, id) IN
			(SELECT customer_id, occurred_at, id FROM events WHERE kind LIKE 'behaviour.%' AND occurred_at < ?0 LIMIT ?1)`},
		{"behaviourCounts", ago(c.BehaviourDays), `DELETE FROM customer_behaviour WHERE ctid = ANY (ARRAY(SELECT ctid FROM customer_behaviour WHERE day < (?0::timestamptz)::date LIMIT ?1))`},
		{"importFiles", ago(c.ImportFileDays), `DELETE FROM upload_chunks WHERE (upload_id, seq) IN (SELECT c.upload_id, c.seq FROM upload_chunks c
			JOIN imports i ON i.upload_id = c.upload_id WHERE i.created_at < ?0 AND ` + idle + ` LIMIT ?1)`},
		{"quarantine", ago(c.QuarantineDays), `DELETE FROM import_quarantine WHERE (import_id, line_no) IN (SELECT q.import_id, q.line_no FROM import_quarantine q
			JOIN imports i ON i.id = q.import_id WHERE i.created_at < ?0 AND ` + idle + ` LIMIT ?1)`},
		{"exports", now, `UPDATE privacy_requests SET file = NULL WHERE id IN (SELECT id FROM privacy_requests WHERE file IS NOT NULL AND file_expires_at <= ?0 LIMIT ?1)`},
	}
	if c.ConsentDays == 0 {
		return list
	}
	return append(list, sweep{"consents", ago(c.ConsentDays), `DELETE FROM consents WHERE (customer_id, id) IN (SELECT s.customer_id, s.id FROM consents s
		JOIN customers c ON c.id = s.customer_id AND c.erased_at < ?0 WHERE s.recorded_at < ?0
		AND NOT EXISTS (SELECT FROM messages m WHERE m.customer_id = s.customer_id AND m.sent_at >= ?0) LIMIT ?1)`})
}

// Sweep removes what has been kept long enough, and notes how much that was. It
// may run in several processes at once, and again at any time.
func (s *Service) Sweep(ctx context.Context) error {
	settings, err := s.Settings(ctx)
	if err != nil {
		return err
	}
	removed := map[string]int64{}
	for _, w := range settings.sweeps(s.Clock.Now()) {
		if removed[w.name], err = s.sweep(ctx, w); err != nil {
			return err
		}
	}
	raw, err := json.Marshal(removed)
	if err != nil {
		return fault.Wrap(fault.Internal, err, "internal error")
	}
	if _, err := s.DB.NewInsert().Model(&db.RetentionRun{RanAt: s.Clock.Now(), Removed: raw}).Exec(ctx); err != nil {
		return db.Fault(err)
	}
	_, err = s.DB.NewRaw("DELETE FROM retention_runs WHERE id <= (SELECT id FROM retention_runs ORDER BY id DESC OFFSET ? LIMIT 1)", keepRuns).Exec(ctx)
	return db.Fault(err)
}

func (s *Service) sweep(ctx context.Context, w sweep) (gone int64, err error) {
	for {
		var n int64
		err := db.RunInTx(ctx, s.DB, func(ctx context.Context, tx db.Tx) error {
			if _, err := tx.ExecContext(ctx, "SET LOCAL meguri.retention = 'on'"); err != nil {
				return db.Fault(err)
			}
			res, err := tx.NewRaw(w.sql, w.before, sweepStep).Exec(ctx)
			if err == nil {
				n, err = res.RowsAffected()
			}
			return db.Fault(err)
		})
		gone += n
		if err != nil || n < sweepStep {
			return gone, err
		}
	}
}

// Runs are what the last sweeps removed, the newest first.
func (s *Service) Runs(ctx context.Context, limit int) ([]db.RetentionRun, error) {
	var rows []db.RetentionRun
	err := s.DB.NewSelect().Model(&rows).Order("id DESC").Limit(int64(limit)).Scan(ctx)
	return rows, db.Fault(err)
}
