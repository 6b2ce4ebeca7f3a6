package calendar

import (
	"context"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/uptrace/bun"

	"github.com/meguri-crm/meguri/crm/access"
	"github.com/meguri-crm/meguri/crm/clock"
	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/crm/mall"
	"github.com/meguri-crm/meguri/db"
)

// Bounds of what can be asked for and typed in.
const (
	maxDays   = 400 // of a range
	maxLength = 62  // days of an event
	maxName   = 120
	maxSource = 500
)

// Service tells what is on, and keeps what staff say about it.
type Service struct {
	DB    *db.DB
	Clock clock.Clock
}

// Filter narrows the events of a range; the zero value takes all that are not
// cancelled.
type Filter struct {
	Malls         []string // none: any; seasons and the merchant's own are always taken
	MajorOnly     bool
	WithCancelled bool
}

func (f Filter) takes(o Occurrence) bool {
	return (len(f.Malls) == 0 || o.Mall == "" || slices.Contains(f.Malls, o.Mall)) &&
		(!f.MajorOnly || o.Major()) && (f.WithCancelled || o.Status != Cancelled)
}

// Events is what is on at some time between two days, both included and given
// as midnight UTC, by its beginning.
// Errors: fault.Invalid RANGE for more than 400 days, or none.
func (s *Service) Events(ctx context.Context, from, to time.Time, f Filter) ([]Occurrence, error) {
	if err := CheckRange(from, to); err != nil {
		return nil, err
	}
	rules, err := s.Rules(ctx)
	if err != nil {
		return nil, err
	}
	stored, err := s.stored(ctx, rules, from, to)
	if err != nil {
		return nil, err
	}
	list := Overlay(Expand(rules, from, to), stored)
	return slices.DeleteFunc(list, func(o Occurrence) bool {
		return !f.takes(o) || !touches(Day(o.StartsAt), Day(o.EndsAt), from, to) // a stored one may have moved away
	}), nil
}

// History is all that was and will be between two days, both included, however
// long that is, without what is cancelled; and the rules. It is for judging what
// people did.
func (s *Service) History(ctx context.Context, from, to time.Time) ([]Occurrence, []Rule, error) {
	rules, err := s.Rules(ctx)
	if err != nil {
		return nil, nil, err
	}
	stored, err := s.stored(ctx, rules, from, to)
	if err != nil {
		return nil, nil, err
	}
	list := Overlay(Expand(rules, from, to), stored)
	return slices.DeleteFunc(list, func(o Occurrence) bool { return o.Status == Cancelled }), rules, nil
}

// CheckRange holds a range of days to what may be asked for at once.
// Errors: fault.Invalid RANGE.
func CheckRange(from, to time.Time) error {
	if days := int(to.Sub(from).Hours()/24) + 1; days < 1 || days > maxDays {
		return fault.New(fault.Invalid, "a range has 1 to %d days", maxDays).WithCode("RANGE").At("to").With("min", 1).With("max", maxDays)
	}
	return nil
}

// Rules is how sales and seasons come back: those of malls first.
func (s *Service) Rules(ctx context.Context) ([]Rule, error) {
	var rows []*db.MallEventRule
	if err := s.DB.NewSelect().Model(&rows).OrderExpr("mall NULLS LAST, major DESC, code").Scan(ctx); err != nil {
		return nil, db.Fault(err)
	}
	rules := make([]Rule, len(rows))
	for i, row := range rows {
		rules[i] = newRule(row)
	}
	return rules, nil
}

// stored is what is stored of a range: by its own days, and by those of the
// predictions it stands in for, because it may have moved.
func (s *Service) stored(ctx context.Context, rules []Rule, from, to time.Time) ([]Occurrence, error) {
	var rows []*db.MallEventOccurrence
	err := s.DB.NewSelect().Model(&rows).
		Where("(starts_at < ? AND ends_at >= ?) OR predicted_on BETWEEN ? AND ?", at(to.AddDate(0, 0, 1), 0), at(from, 0), from.Add(-reach), to).
		Order("id").Scan(ctx)
	if err != nil {
		return nil, db.Fault(err)
	}
	list := make([]Occurrence, len(rows))
	for i, row := range rows {
		list[i] = newOccurrence(row, rules)
	}
	return list, nil
}

// Draft is an event that staff enter: one that a mall announced, by its rule, or
// one of the merchant's own.
type Draft struct {
	Rule     string // "": the merchant's own
	Mall     string // of his own; "": all
	Name     string // of his own
	StartsAt time.Time
	EndsAt   time.Time
	Source   string // where it was announced
}

// Add enters an event.
// Errors: fault.Invalid at the field; fault.NotFound for an unknown rule.
func (s *Service) Add(ctx context.Context, d Draft) (*Occurrence, error) {
	row := &db.MallEventOccurrence{StartsAt: d.StartsAt, EndsAt: d.EndsAt, Status: string(Confirmed), Source: d.Source, CreatedBy: staffID(ctx)}
	if d.Rule == "" {
		row.Name = d.Name
		row.Mall = orNil(d.Mall)
	} else {
		row.RuleCode = &d.Rule
	}
	return s.save(ctx, row, "calendar.add")
}

// Change is what staff set of an event; nil leaves it as it is.
type Change struct {
	Name             *string // of the merchant's own
	StartsAt, EndsAt *time.Time
	Source           *string
}

// Announce confirms a predicted event, with other days where they are given, or
// changes one that is stored. A cancelled one is on again.
// Errors: fault.NotFound; fault.Invalid at the field.
func (s *Service) Announce(ctx context.Context, key Key, c Change) (*Occurrence, error) {
	row, err := s.row(ctx, key)
	if err != nil {
		return nil, err
	}
	row.Status = string(Confirmed)
	set(&row.StartsAt, c.StartsAt)
	set(&row.EndsAt, c.EndsAt)
	set(&row.Source, c.Source)
	if row.RuleCode == nil {
		set(&row.Name, c.Name)
	}
	return s.save(ctx, row, "calendar.announce")
}

// Cancel says that an event will not be. One that no rule predicts is gone for
// good; a predicted one is kept, cancelled, so that it is not predicted again.
// The occurrence is nil when it is gone.
// Errors: fault.NotFound.
func (s *Service) Cancel(ctx context.Context, key Key) (*Occurrence, error) {
	row, err := s.row(ctx, key)
	if err != nil {
		return nil, err
	}
	if row.PredictedOn == nil {
		return nil, s.remove(ctx, row, "calendar.remove")
	}
	row.Status = string(Cancelled)
	return s.save(ctx, row, "calendar.cancel")
}

// Reset takes back what staff said of a predicted event: it stands as its rule
// has it.
// Errors: fault.NotFound; fault.Precondition (NOT_PREDICTED) for one that no
// rule predicts.
func (s *Service) Reset(ctx context.Context, key Key) (*Occurrence, error) {
	row, err := s.row(ctx, key)
	if err != nil {
		return nil, err
	}
	if row.PredictedOn == nil {
		return nil, fault.New(fault.Precondition, "no rule predicts this event").WithCode("NOT_PREDICTED")
	}
	if row.ID != 0 {
		if err := s.remove(ctx, row, "calendar.reset"); err != nil {
			return nil, err
		}
	}
	return s.predicted(ctx, Key{Rule: *row.RuleCode, On: *row.PredictedOn})
}

// row is what is stored under a key, or else a new row of what is predicted.
func (s *Service) row(ctx context.Context, key Key) (*db.MallEventOccurrence, error) {
	row := new(db.MallEventOccurrence)
	q := s.DB.NewSelect().Model(row)
	if key.Row != 0 {
		q = q.Where("id = ?", key.Row)
	} else {
		q = q.Where("rule_code = ? AND predicted_on = ?", key.Rule, key.On.Format(time.DateOnly))
	}
	err := db.Fault(q.Scan(ctx))
	if err == nil || key.Row != 0 || fault.KindOf(err) != fault.NotFound {
		return row, err
	}
	o, err := s.predicted(ctx, key)
	if err != nil {
		return nil, err
	}
	return &db.MallEventOccurrence{
		RuleCode: &key.Rule, PredictedOn: &key.On, Mall: orNil(o.Mall), StartsAt: o.StartsAt, EndsAt: o.EndsAt, CreatedBy: staffID(ctx),
	}, nil
}

// predicted is what a rule predicts of a day. Errors: fault.NotFound.
func (s *Service) predicted(ctx context.Context, key Key) (*Occurrence, error) {
	rules, err := s.Rules(ctx)
	if err != nil {
		return nil, err
	}
	for _, o := range Expand(rules, key.On, key.On) {
		if o.Key == key {
			return &o, nil
		}
	}
	return nil, fault.New(fault.NotFound, "there is no such event")
}

func (s *Service) save(ctx context.Context, row *db.MallEventOccurrence, action string) (*Occurrence, error) {
	rules, err := s.Rules(ctx)
	if err != nil {
		return nil, err
	}
	if err := s.normalise(row, rules); err != nil {
		return nil, err
	}
	err = db.RunInTx(ctx, s.DB, func(ctx context.Context, tx db.Tx) error {
		if err := upsert(ctx, tx, row); err != nil {
			return err
		}
		return audit(ctx, tx, action, row)
	})
	if err != nil {
		return nil, err
	}
	o := newOccurrence(row, rules)
	return &o, nil
}

// upsert writes a row; of two who confirm the same prediction at once, the
// later one's word stands.
func upsert(ctx context.Context, tx bun.IDB, row *db.MallEventOccurrence) error {
	if row.ID != 0 {
		_, err := tx.NewUpdate().Model(row).WherePK().Exec(ctx)
		return db.Fault(err)
	}
	_, err := tx.NewInsert().Model(row).On("CONFLICT ON CONSTRAINT mall_event_occurrences_predicted_key DO UPDATE").
		Set("starts_at = EXCLUDED.starts_at, ends_at = EXCLUDED.ends_at, status = EXCLUDED.status, source = EXCLUDED.source, updated_at = EXCLUDED.updated_at").
		Returning("*").Exec(ctx)
	return db.Fault(err)
}

func (s *Service) remove(ctx context.Context, row *db.MallEventOccurrence, action string) error {
	return db.RunInTx(ctx, s.DB, func(ctx context.Context, tx db.Tx) error {
		if _, err := tx.NewDelete().Model(row).WherePK().Exec(ctx); err != nil {
			return db.Fault(err)
		}
		return audit(ctx, tx, action, row)
	})
}

// normalise trims what people type and finds what is wrong with it.
func (s *Service) normalise(row *db.MallEventOccurrence, rules []Rule) error {
	row.Name, row.Source, row.UpdatedAt = strings.TrimSpace(row.Name), strings.TrimSpace(row.Source), s.Clock.Now()
	if row.RuleCode != nil {
		rule := ruleOf(rules, *row.RuleCode)
		if rule == nil {
			return fault.New(fault.Invalid, "there is no such event of a mall").WithCode("NOT_FOUND").At("rule")
		}
		row.Mall = orNil(rule.Mall)
	}
	switch {
	case row.RuleCode == nil && row.Name == "":
		return fault.New(fault.Invalid, "an event needs a name").WithCode("REQUIRED").At("name")
	case row.Mall != nil && !slices.Contains(mall.All, mall.Mall(*row.Mall)):
		return fault.New(fault.Invalid, "there is no such mall").WithCode("UNKNOWN_MALL").At("mall")
	case !row.EndsAt.After(row.StartsAt):
		return fault.New(fault.Invalid, "an event ends after it starts").WithCode("PERIOD").At("endsAt")
	case row.EndsAt.Sub(row.StartsAt) > maxLength*24*time.Hour:
		return fault.New(fault.Invalid, "an event lasts at most %d days", maxLength).WithCode("EVENT_TOO_LONG").At("endsAt").With("max", maxLength)
	}
	return bounded(row)
}

func bounded(row *db.MallEventOccurrence) error {
	if utf8.RuneCountInString(row.Name) > maxName {
		return fault.New(fault.Invalid, "the name is longer than %d characters", maxName).WithCode("TOO_LONG").At("name").With("max", maxName)
	}
	if utf8.RuneCountInString(row.Source) > maxSource {
		return fault.New(fault.Invalid, "the source is longer than %d characters", maxSource).WithCode("TOO_LONG").At("source").With("max", maxSource)
	}
	return nil
}

func audit(ctx context.Context, tx bun.IDB, action string, row *db.MallEventOccurrence) error {
	detail := map[string]any{"from": row.StartsAt, "to": row.EndsAt}
	if row.RuleCode != nil {
		detail["rule"] = *row.RuleCode
	}
	return access.Audit(ctx, tx, access.Entry{Action: action, ObjectKind: "MallEvent", ObjectID: row.ID, Detail: detail})
}

func staffID(ctx context.Context) *int64 { return access.CallerFrom(ctx).Principal.StaffID() }

func set[T any](to, from *T) {
	if from != nil {
		*to = *from
	}
}

func orNil(text string) *string {
	if text == "" {
		return nil
	}
	return &text
}
