package policy

import (
	"context"
	"encoding/json"
	"slices"
	"time"

	"github.com/uptrace/bun"

	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/db"
)

// Day is the merchant's day at an instant, as the dates of rules are read:
// midnight UTC.
func Day(at time.Time, zone *time.Location) time.Time {
	y, m, d := at.In(zone).Date()
	return time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
}

// Load is the rules in force on day for channel. Without any rule it is
// fault.Internal: an empty table is a broken installation, not permission.
func Load(ctx context.Context, idb bun.IDB, channel string, day time.Time) (*Set, error) {
	all, err := load(ctx, idb)
	if err != nil {
		return nil, err
	}
	return newSet(all, channel, day)
}

// Asked are the enabled rules in force on day for channel, by id.
func Asked(ctx context.Context, idb bun.IDB, channel string, day time.Time) ([]Rule, error) {
	all, err := load(ctx, idb)
	return slices.DeleteFunc(InForce(all, day), func(r Rule) bool { return !r.Enabled || !binds(r.Scope.Channel, channel) }), err
}

// InForceOn is the version of a rule that is in force on day; nil: none.
func InForceOn(ctx context.Context, idb bun.IDB, id string, day time.Time) (*Rule, error) {
	all, err := load(ctx, idb)
	return newestOf(InForce(all, day), id), err
}

func newSet(all []Rule, channel string, day time.Time) (*Set, error) {
	if len(all) == 0 {
		return nil, fault.New(fault.Internal, "there are no policy rules: nothing may be sent")
	}
	return NewSet(all, channel, day)
}

// load is all versions of all rules, each with the day it was last reviewed.
func load(ctx context.Context, idb bun.IDB) ([]Rule, error) {
	var rows []db.PolicyRule
	err := idb.NewSelect().Model(&rows).ExcludeColumn("reviewed_on").
		ColumnExpr(`GREATEST(policy_rule.reviewed_on, (SELECT max(r.reviewed_on) FROM policy_reviews r
			WHERE r.rule_id = policy_rule.id AND r.version = policy_rule.version)) AS reviewed_on`).
		Order("policy_rule.id", "policy_rule.version").Scan(ctx)
	if err != nil {
		return nil, db.Fault(err)
	}
	rules := make([]Rule, len(rows))
	for i, row := range rows {
		if rules[i], err = fromRow(row); err != nil {
			return nil, err
		}
	}
	return rules, nil
}

func fromRow(row db.PolicyRule) (Rule, error) {
	rule := Rule{
		ID: row.ID, Version: row.Version, EffectiveFrom: row.EffectiveFrom,
		Condition: row.Condition, Severity: Severity(row.Severity), Override: row.Override,
		Sources: slices.Clone(row.Sources), Certainty: row.Certainty, ReviewedOn: row.ReviewedOn, Enabled: row.Enabled,
		Note: row.Note, CreatedAt: row.CreatedAt, CreatedBy: row.CreatedBy,
	}
	parts := []struct {
		raw  json.RawMessage
		into any
	}{{row.Scope, &rule.Scope}, {row.Params, &rule.Params}, {row.Message, &rule.Message}, {row.Remedy, &rule.Remedy}}
	for _, part := range parts {
		if err := json.Unmarshal(part.raw, part.into); err != nil {
			return Rule{}, fault.Wrap(fault.Internal, err, "policy rule %s version %d cannot be read", row.ID, row.Version)
		}
	}
	return rule, nil
}

func toRow(r Rule) (*db.PolicyRule, error) {
	row := &db.PolicyRule{
		ID: r.ID, Version: r.Version, EffectiveFrom: r.EffectiveFrom, Condition: r.Condition, Severity: string(r.Severity),
		Override: r.Override, Sources: r.Sources, Certainty: r.Certainty, ReviewedOn: r.ReviewedOn, Enabled: r.Enabled,
		Note: r.Note, CreatedAt: r.CreatedAt, CreatedBy: r.CreatedBy,
	}
	parts := []struct {
		into *json.RawMessage
		from any
	}{{&row.Scope, r.Scope}, {&row.Params, r.Params}, {&row.Message, r.Message}, {&row.Remedy, r.Remedy}}
	for _, part := range parts {
		raw, err := json.Marshal(part.from)
		if err != nil {
			return nil, fault.Wrap(fault.Internal, err, "the rule cannot be kept")
		}
		*part.into = raw
	}
	return row, nil
}
