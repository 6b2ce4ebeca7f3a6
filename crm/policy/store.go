package policy

import (
	"context"
	"encoding/json"
	"slices"
	"time"

	"github.com/uptrace/bun"

	"github.com/meguri-crm/meguri/crm/clock"
	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/db"
)

// Catalog is the merchant's rules, for people to read.
type Catalog struct {
	DB    bun.IDB
	Clock clock.Clock
	Zone  *time.Location // rules take effect at midnight here
}

// Rules is, per rule, the version that is effective today, by id; rules that
// were switched off are listed too.
func (c Catalog) Rules(ctx context.Context) ([]Rule, error) {
	all, err := load(ctx, c.DB)
	if err != nil {
		return nil, err
	}
	return inForce(all, Day(c.Clock.Now(), c.Zone)), nil
}

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
	if len(all) == 0 {
		return nil, fault.New(fault.Internal, "there are no policy rules: nothing may be sent")
	}
	return NewSet(all, channel, day)
}

func load(ctx context.Context, idb bun.IDB) ([]Rule, error) {
	var rows []db.PolicyRule
	if err := idb.NewSelect().Model(&rows).Scan(ctx); err != nil {
		return nil, db.Fault(err)
	}
	rules := make([]Rule, len(rows))
	for i, row := range rows {
		rule, err := fromRow(row)
		if err != nil {
			return nil, err
		}
		rules[i] = rule
	}
	return rules, nil
}

func fromRow(row db.PolicyRule) (Rule, error) {
	rule := Rule{
		ID: row.ID, Version: row.Version, EffectiveFrom: row.EffectiveFrom,
		Condition: row.Condition, Severity: Severity(row.Severity), Override: row.Override,
		Sources: slices.Clone(row.Sources), Certainty: row.Certainty,
		ReviewedOn: row.ReviewedOn, Enabled: row.Enabled,
	}
	parts := []struct {
		raw  json.RawMessage
		into any
	}{{row.Scope, &rule.Scope}, {row.Message, &rule.Message}, {row.Remedy, &rule.Remedy}}
	for _, part := range parts {
		if err := json.Unmarshal(part.raw, part.into); err != nil {
			return Rule{}, fault.Wrap(fault.Internal, err, "policy rule %s version %d cannot be read", row.ID, row.Version)
		}
	}
	return rule, nil
}
