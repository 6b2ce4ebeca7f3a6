package policy

import (
	"context"
	"regexp"
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

// Catalog is the merchant's rules, for people to read and change. Every change
// is audited in its own transaction.
type Catalog struct {
	DB    *db.DB
	Clock clock.Clock
	Zone  *time.Location // rules take effect at midnight here
}

// Bounds of what can be typed in.
const (
	maxRuleText = 1000 // characters of a message, a remedy, a note
	maxEntries  = 300  // of a list
	maxEntry    = 300  // characters of an entry
)

// Rules is, per rule, the version that is effective today, by id; rules that
// were switched off are listed too.
func (c Catalog) Rules(ctx context.Context) ([]Rule, error) {
	all, err := load(ctx, c.DB)
	if err != nil {
		return nil, err
	}
	return InForce(all, c.today()), nil
}

// Versions are all versions of one rule, newest first, also those that take
// effect later; none for an unknown id.
func (c Catalog) Versions(ctx context.Context, id string) ([]Rule, error) {
	all, err := load(ctx, c.DB)
	if err != nil {
		return nil, err
	}
	versions := slices.DeleteFunc(all, func(r Rule) bool { return r.ID != id })
	slices.Reverse(versions)
	return versions, nil
}

// Save adds the next version of a rule, or the first of a new one.
// Errors: fault.Invalid at the field; fault.Precondition (LAW_STAYS) for a
// version that would weaken a rule of the law; fault.Conflict when somebody else
// saved in between.
func (c Catalog) Save(ctx context.Context, rule Rule) (*Rule, error) {
	rule.tidy()
	err := db.RunInTx(ctx, c.DB, func(ctx context.Context, tx db.Tx) error {
		all, err := load(ctx, tx)
		if err != nil {
			return err
		}
		before := newestOf(all, rule.ID)
		if err := rule.follow(before, c.today()); err != nil {
			return err
		}
		if err := rule.check(c.today()); err != nil {
			return err
		}
		rule.CreatedAt, rule.CreatedBy = c.Clock.Now(), access.CallerFrom(ctx).Principal.StaffID()
		row, err := toRow(rule)
		if err != nil {
			return err
		}
		if _, err := tx.NewInsert().Model(row).Exec(ctx); err != nil {
			return db.Fault(err)
		}
		return auditRule(ctx, tx, "policy.save_rule", rule, before)
	})
	if err != nil {
		return nil, err
	}
	return &rule, nil
}

// Review records that the version in force was held against its sources today.
// Errors: fault.NotFound.
func (c Catalog) Review(ctx context.Context, id, note string) (*Rule, error) {
	var found *Rule
	err := db.RunInTx(ctx, c.DB, func(ctx context.Context, tx db.Tx) error {
		all, err := load(ctx, tx)
		if err != nil {
			return err
		}
		found = newestOf(InForce(all, c.today()), id)
		if found == nil {
			return fault.New(fault.NotFound, "there is no such rule")
		}
		review := &db.PolicyReview{
			RuleID: id, Version: found.Version, ReviewedOn: c.today(), Note: strings.TrimSpace(note),
			CreatedAt: c.Clock.Now(), CreatedBy: access.CallerFrom(ctx).Principal.StaffID(),
		}
		if _, err := tx.NewInsert().Model(review).Exec(ctx); err != nil {
			return db.Fault(err)
		}
		found.ReviewedOn = review.ReviewedOn
		return auditRule(ctx, tx, "policy.review_rule", *found, found)
	})
	if err != nil {
		return nil, err
	}
	return found, nil
}

// auditRule notes a version of a rule and what is otherwise in it than in the one before.
func auditRule(ctx context.Context, tx bun.IDB, action string, r Rule, before *Rule) error {
	was := map[string]any{}
	if before != nil {
		was = auditedRule(*before)
	}
	detail := access.Differences(was, auditedRule(r))
	detail["rule"], detail["version"] = r.ID, r.Version
	return access.Audit(ctx, tx, access.Entry{Action: action, ObjectKind: "PolicyRule", Detail: detail})
}

func auditedRule(r Rule) map[string]any {
	return map[string]any{
		"effectiveFrom": r.EffectiveFrom.Format(time.DateOnly), "severity": r.Severity, "enabled": r.Enabled,
		"message": map[string]string{"ja": r.Message.JA, "en": r.Message.EN}, "remedy": map[string]string{"ja": r.Remedy.JA, "en": r.Remedy.EN},
	}
}

func (c Catalog) today() time.Time { return Day(c.Clock.Now(), c.Zone) }

func newestOf(rules []Rule, id string) *Rule {
	var newest *Rule
	for i := range rules {
		if rules[i].ID == id && (newest == nil || rules[i].Version > newest.Version) {
			newest = &rules[i]
		}
	}
	return newest
}

// CanWeaken reports whether a rule may be switched off or made milder. Those of
// the law may not: what they say is no choice of the merchant's.
func (r *Rule) CanWeaken() bool { return !strings.HasPrefix(r.ID, "LAW-") }

var ownID = regexp.MustCompile(`^[A-Z]{2,8}-[0-9]{2,3}$`)

// follow makes the rule the version after before; nil: the first.
func (r *Rule) follow(before *Rule, today time.Time) error {
	if before == nil {
		condition, ok := ConditionOf(r.Condition)
		switch {
		case !ownID.MatchString(r.ID) || !r.CanWeaken():
			return fault.New(fault.Invalid, "an id is two to eight capitals, a hyphen, and two or three digits").WithCode("BAD_ID").At("id")
		case !ok || !condition.Content:
			return fault.New(fault.Invalid, "there is no such condition").WithCode("UNKNOWN_CONDITION").At("condition")
		}
		r.Version, r.ReviewedOn = 1, today
		return nil
	}
	r.Version, r.Condition, r.ReviewedOn = before.Version+1, before.Condition, before.ReviewedOn
	if r.CanWeaken() {
		return nil
	}
	if !r.Enabled || r.Severity != before.Severity || r.Override != before.Override || r.Params.Years < before.Params.Years ||
		!slices.Equal(r.Scope.Origin, before.Scope.Origin) || !slices.Equal(r.Scope.Channel, before.Scope.Channel) {
		return fault.New(fault.Precondition, "a rule of the law can be neither switched off nor weakened").WithCode("LAW_STAYS")
	}
	return nil
}

func (r *Rule) check(today time.Time) error {
	condition, _ := ConditionOf(r.Condition)
	switch {
	case r.EffectiveFrom.Before(today):
		return fault.New(fault.Invalid, "a version takes effect today or later").WithCode("EFFECTIVE_IN_PAST").At("effectiveFrom")
	case r.Override != OverrideNone && !condition.Content:
		return fault.New(fault.Invalid, "only a rule for contents can be lifted").WithCode("OVERRIDE_NEEDS_CONTENT").At("override")
	case !slices.Contains([]string{"VH", "H", "M", "L"}, r.Certainty):
		return fault.New(fault.Invalid, "VH, H, M or L").WithCode("UNKNOWN_VALUE").At("certainty")
	}
	for _, text := range []struct{ field, value string }{
		{"messageJa", r.Message.JA}, {"messageEn", r.Message.EN}, {"remedyJa", r.Remedy.JA}, {"remedyEn", r.Remedy.EN}, {"note", r.Note},
	} {
		if text.value == "" {
			return fault.New(fault.Invalid, "this is required").WithCode("REQUIRED").At(text.field)
		}
		if utf8.RuneCountInString(text.value) > maxRuleText {
			return fault.New(fault.Invalid, "longer than %d characters", maxRuleText).WithCode("TOO_LONG").At(text.field).With("max", maxRuleText)
		}
	}
	return r.checkLists()
}

func (r *Rule) checkLists() error {
	for _, list := range r.lists() {
		if len(*list.values) > maxEntries || slices.ContainsFunc(*list.values, func(s string) bool { return utf8.RuneCountInString(s) > maxEntry }) {
			return fault.New(fault.Invalid, "at most %d entries of %d characters", maxEntries, maxEntry).WithCode("TOO_LONG").At(list.field).With("max", maxEntries)
		}
	}
	for _, class := range r.Params.Classes {
		if !slices.Contains(HostClasses, class) {
			return fault.New(fault.Invalid, "there is no such kind of host").WithCode("UNKNOWN_VALUE").At("params.classes")
		}
	}
	for _, kind := range r.Params.Contacts {
		if !slices.Contains(ContactKinds, kind) {
			return fault.New(fault.Invalid, "there is no such kind of contact").WithCode("UNKNOWN_VALUE").At("params.contacts")
		}
	}
	return nil
}

type namedList struct {
	field  string
	values *[]string
}

func (r *Rule) lists() []namedList {
	return []namedList{
		{"sources", &r.Sources},
		{"params.hosts", &r.Params.Hosts},
		{"params.phrases", &r.Params.Phrases},
		{"params.except", &r.Params.Except},
		{"params.advertising", &r.Params.Advertising},
		{"params.domains", &r.Params.Domains},
		{"params.with", &r.Params.With},
	}
}

// tidy trims what people type and drops empty entries and doubles.
func (r *Rule) tidy() {
	for _, text := range []*string{&r.ID, &r.Message.JA, &r.Message.EN, &r.Remedy.JA, &r.Remedy.EN, &r.Note} {
		*text = strings.TrimSpace(*text)
	}
	for _, list := range r.lists() {
		var kept []string
		for _, entry := range *list.values {
			if entry = strings.TrimSpace(entry); entry != "" && !slices.Contains(kept, entry) {
				kept = append(kept, entry)
			}
		}
		*list.values = kept
	}
	if r.Sources == nil {
		r.Sources = []string{}
	}
}

// Routes is the matrix of what may be sent by the rules in force today: from each
// mall the merchant has a shop on, through each channel, to each of them, LINE and
// SNS. consented: people gave their consent at the origin; otherwise they are
// known from its orders only.
func (c Catalog) Routes(ctx context.Context, consented bool) ([]Route, error) {
	all, err := load(ctx, c.DB)
	if err != nil {
		return nil, err
	}
	var origins []string
	if err := c.DB.NewSelect().Table("shops").ColumnExpr("DISTINCT mall").Where("archived_at IS NULL").Scan(ctx, &origins); err != nil {
		return nil, db.Fault(err)
	}
	slices.SortFunc(origins, func(a, b string) int {
		return slices.Index(mall.All, mall.Mall(a)) - slices.Index(mall.All, mall.Mall(b))
	})
	destinations := append(slices.Clone(origins), ToLine, ToSNS)
	var list []Route
	for _, channel := range Channels {
		set, err := newSet(all, channel, c.today())
		if err != nil {
			return nil, err
		}
		list = append(list, set.routes(channel, origins, destinations, consented, c.today())...)
	}
	return list, nil
}
