package stage

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/jackc/pgx/v5"

	"github.com/meguri-crm/meguri/crm/access"
	"github.com/meguri-crm/meguri/crm/check"
	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/crm/live"
	"github.com/meguri-crm/meguri/db"
)

// The bounds of a ladder.
const (
	MaxSteps    = 20
	maxAmount   = 1_000_000_000_000
	maxName     = 40
	maxBenefits = 10
	maxBenefit  = 80
	keepRange   = "at least 1, and no more than reaches the stage"
)

// Current is the ladder that holds now.
func (s *Service) Current(ctx context.Context) (*Current, error) {
	return readLadder(ctx, s.db.Pool)
}

// Validate reports the first thing about the ladder that makes no sense, as
// fault.Invalid at its field.
func (l Ladder) Validate() error {
	if err := check.Struct(l.Rules); err != nil {
		return err
	}
	if len(l.Steps) == 0 || len(l.Steps) > MaxSteps {
		return fault.New(fault.Invalid, "a ladder has 1 to %d stages", MaxSteps).WithCode("STAGE_COUNT").At("stages")
	}
	if l.Steps[0].Reach != (Amounts{}) {
		return fault.New(fault.Invalid, "the lowest stage asks for nothing").WithCode("LOWEST_ASKS").At("stages.0.spend")
	}
	names := map[string]bool{}
	for i, step := range l.Steps {
		if w := step.wrong(names); w.field != "" {
			return fault.New(fault.Invalid, "%s", w.message).WithCode(w.code).At(fmt.Sprintf("stages.%d.%s", i, w.field))
		}
		names[step.Name] = true
	}
	return nil
}

type mistake struct{ field, code, message string }

func (s Step) wrong(names map[string]bool) mistake {
	switch r, k := s.Reach, s.Keep; {
	case strings.TrimSpace(s.Name) == "" || utf8.RuneCountInString(s.Name) > maxName:
		return mistake{"name", "STAGE_NAME", fmt.Sprintf("a name has 1 to %d characters", maxName)}
	case names[s.Name]:
		return mistake{"name", "STAGE_NAME_TWICE", "two stages have the same name"}
	case s.WindowMonths < 1 || s.WindowMonths > 120:
		return mistake{"windowMonths", "STAGE_MONTHS", "1 to 120 months"}
	case s.Multiplier < 0 || s.Multiplier > 1_000_000:
		return mistake{"pointMultiplier", "STAGE_MULTIPLIER", "0 to 1,000,000 basis points"}
	case r.Spend < 0 || r.Spend > maxAmount:
		return mistake{"spend", "STAGE_RANGE", "out of range"}
	case r.Orders < 0 || r.Orders > maxAmount:
		return mistake{"orders", "STAGE_RANGE", "out of range"}
	case r.Points < 0 || r.Points > maxAmount:
		return mistake{"points", "STAGE_RANGE", "out of range"}
	case len(s.Benefits) > maxBenefits || slices.ContainsFunc(s.Benefits, func(b string) bool { return strings.TrimSpace(b) == "" || utf8.RuneCountInString(b) > maxBenefit }):
		return mistake{"benefits", "STAGE_BENEFITS", fmt.Sprintf("up to %d benefits of 1 to %d characters", maxBenefits, maxBenefit)}
	case k.Spend > r.Spend || k.Spend < min(r.Spend, 1):
		return mistake{"keepSpend", "STAGE_KEEP", keepRange}
	case k.Orders > r.Orders || k.Orders < min(r.Orders, 1):
		return mistake{"keepOrders", "STAGE_KEEP", keepRange}
	case k.Points > r.Points || k.Points < min(r.Points, 1):
		return mistake{"keepPoints", "STAGE_KEEP", keepRange}
	}
	return mistake{}
}

// Save lets l hold from now on in the place of the ladder of the version. Steps
// with an ID are changed, those without are new, and stages that l has not are
// taken off: their members go to what they have earned. The review places all
// members anew.
// Errors: fault.Invalid, which names the field; fault.NotFound for an ID that is
// not on the ladder; fault.Conflict LADDER_CHANGED when another version holds,
// LADDER_PLANNED while a change is planned, which would undo this one.
func (s *Service) Save(ctx context.Context, l Ladder, version int64) error {
	return s.change(ctx, l, version, func(ctx context.Context, tx db.Tx, now *Current) error {
		switch planned, err := s.planned(ctx, tx); {
		case err != nil:
			return err
		case planned != nil:
			return fault.New(fault.Conflict, "a change of the ladder is planned for %s", planned.StartsOn.Format(time.DateOnly)).WithCode("LADDER_PLANNED")
		}
		if err := s.hold(ctx, tx, l, now); err != nil {
			return err
		}
		at := s.clock.Now()
		return keepLadder(ctx, tx, l, db.StageLadder{MadeAt: at, MadeBy: access.From(ctx).StaffID(), HeldFrom: &at})
	})
}

// change does what is done with a ladder in the place of the one of the version,
// which nobody else changes meanwhile.
func (s *Service) change(ctx context.Context, l Ladder, version int64, do func(context.Context, db.Tx, *Current) error) error {
	if err := l.Validate(); err != nil {
		return err
	}
	return db.Fault(db.RunInTx(ctx, s.db, func(ctx context.Context, tx db.Tx) error {
		now, err := lockLadder(ctx, tx)
		if err != nil {
			return err
		}
		if now.Version != version {
			return fault.New(fault.Conflict, "the ladder was changed meanwhile").WithCode("LADDER_CHANGED")
		}
		return do(ctx, tx, now)
	}))
}

// lockLadder reads the ladder for who changes it.
func lockLadder(ctx context.Context, tx db.Tx) (now *Current, err error) {
	err = tx.Pgx(func(q pgx.Tx) error {
		if _, err := q.Exec(ctx, `LOCK TABLE stages IN SHARE ROW EXCLUSIVE MODE`); err != nil {
			return err
		}
		now, err = readLadder(ctx, q)
		return err
	})
	return now, err
}

// hold lets l hold in the place of now.
func (s *Service) hold(ctx context.Context, tx db.Tx, l Ladder, now *Current) error {
	if err := tx.Pgx(func(q pgx.Tx) error { return s.write(ctx, q, l, now) }); err != nil {
		return err
	}
	return tell(ctx, tx, "settings.stages", access.Differences(auditedLadder(now.Ladder), auditedLadder(l)))
}

// tell tells pages and the audit log of a change.
func tell(ctx context.Context, tx db.Tx, action string, detail map[string]any) error {
	if err := live.Notify(ctx, tx, live.Stages, 0); err != nil {
		return err
	}
	return access.Audit(ctx, tx, access.Entry{Action: action, ObjectKind: "StageLadder", Detail: detail})
}

// auditedLadder is what the audit log keeps of a ladder: its rules, and its
// stages by name.
func auditedLadder(l Ladder) map[string]any {
	stages := map[string]any{}
	for i, step := range l.Steps {
		stages[step.Name] = map[string]any{
			"position": i + 1, "spend": step.Reach.Spend, "orders": step.Reach.Orders, "points": step.Reach.Points,
			"keepSpend": step.Keep.Spend, "keepOrders": step.Keep.Orders, "keepPoints": step.Keep.Points,
			"windowMonths": step.WindowMonths, "multiplier": step.Multiplier, "benefits": strings.Join(step.Benefits, "\n"),
		}
	}
	return map[string]any{
		"window": l.Window, "match": l.Match, "fall": l.Fall, "review": l.Review, "graceDays": l.GraceDays, "stages": stages,
	}
}

// knows reports a step of l that names a stage which is not on the ladder.
func (l *Current) knows(other Ladder) error {
	for i, step := range other.Steps {
		if _, known := l.index(step.ID); step.ID != 0 && !known {
			return fault.New(fault.NotFound, "there is no such stage").At(fmt.Sprintf("stages.%d.id", i))
		}
	}
	return nil
}

func (s *Service) write(ctx context.Context, q pgx.Tx, l Ladder, now *Current) error {
	if err := now.knows(l); err != nil {
		return err
	}
	kept := make([]int64, len(l.Steps))
	for i, step := range l.Steps {
		kept[i] = step.ID
	}
	// Out of the way first, because two stages cannot have one place.
	if _, err := q.Exec(ctx, `UPDATE stages SET position = -id, archived_at = CASE WHEN id = ANY($1::bigint[]) THEN NULL ELSE $2::timestamptz END
		WHERE archived_at IS NULL`, kept, s.clock.Now()); err != nil {
		return err
	}
	for i, step := range l.Steps {
		if err := writeStep(ctx, q, step, i+1); err != nil {
			return err
		}
	}
	return s.keepRules(ctx, q, l.Rules, now.Version+1)
}

// NetSalesChanged has the review place all members anew: what they spent is
// another sum now.
func (s *Service) NetSalesChanged(ctx context.Context, tx db.Tx) error {
	now, err := lockLadder(ctx, tx)
	if err == nil {
		err = tx.Pgx(func(q pgx.Tx) error { return s.keepRules(ctx, q, now.Rules, now.Version+1) })
	}
	if err != nil {
		return db.Fault(err)
	}
	return live.Notify(ctx, tx, live.Stages, 0)
}

// keepRules keeps what holds for all stages, as a version that the review has
// not placed anybody by.
func (s *Service) keepRules(ctx context.Context, q pgx.Tx, rules Rules, version int64) error {
	raw, err := json.Marshal(stored{Rules: rules, Version: version})
	if err != nil {
		return err
	}
	_, err = q.Exec(ctx, `INSERT INTO settings (key, value, updated_at) VALUES ($1, $2::text::jsonb, $3)
		ON CONFLICT (key) DO UPDATE SET value = excluded.value, updated_at = excluded.updated_at`, settingsKey, string(raw), s.clock.Now())
	return err
}

func writeStep(ctx context.Context, q pgx.Tx, s Step, position int) error {
	keep := func(keep, reach int64) *int64 {
		if keep == reach {
			return nil
		}
		return &keep
	}
	args := []any{
		s.ID, s.Name, position, s.Reach.Spend, s.Reach.Orders, s.Reach.Points, keep(s.Keep.Spend, s.Reach.Spend),
		keep(s.Keep.Orders, s.Reach.Orders), keep(s.Keep.Points, s.Reach.Points), s.WindowMonths, s.Multiplier, append([]string{}, s.Benefits...),
	}
	if s.ID != 0 {
		_, err := q.Exec(ctx, `UPDATE stages SET name = $2, position = $3, spend_threshold = $4, order_threshold = $5, point_threshold = $6,
			keep_spend = $7, keep_orders = $8, keep_points = $9, window_months = $10, point_multiplier = $11, benefits = $12 WHERE id = $1`, args...)
		return err
	}
	_, err := q.Exec(ctx, `WITH n AS (SELECT nextval(pg_get_serial_sequence('stages', 'id')) AS id)
		INSERT INTO stages (id, code, name, position, spend_threshold, order_threshold, point_threshold, keep_spend, keep_orders, keep_points, window_months, point_multiplier, benefits)
		OVERRIDING SYSTEM VALUE SELECT n.id, 'STAGE_' || n.id, $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11 FROM n`, args[1:]...)
	return err
}

// Losing counts the members who lose their stage within days, without another
// purchase.
func (s *Service) Losing(ctx context.Context, days int) (n int, err error) {
	until := s.Today().AddDays(days).Start(time.UTC).Format(time.DateOnly)
	err = s.db.NewRaw(`SELECT count(*) FROM member_stages WHERE falls_on <= ?::date`, until).Scan(ctx, &n)
	return n, db.Fault(err)
}

// Unplaced counts the members whom the review has not placed by the ladder yet.
func (s *Service) Unplaced(ctx context.Context) (n int, err error) {
	err = s.db.NewRaw(`SELECT count(*) FROM member_stages WHERE ladder_version < coalesce((SELECT (value->>'version')::bigint FROM settings WHERE key = ?), 0)`, settingsKey).Scan(ctx, &n)
	return n, db.Fault(err)
}
