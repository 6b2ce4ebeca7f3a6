package points

import (
	"context"
	"encoding/json"
	"time"

	"github.com/uptrace/bun/dialect/pgdialect"

	"github.com/meguri-crm/meguri/crm/access"
	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/db"
)

// maxRules is how many rules there may be that are not removed; each is asked
// for every order.
const maxRules = 200

// newest reads rules in their newest version.
const newest = `SELECT v.* FROM earn_rules r
	JOIN LATERAL (SELECT * FROM earn_rule_versions v WHERE v.rule_id = r.id ORDER BY v.version DESC LIMIT 1) v ON true `

// EarnRules are the rules that are not removed, each in its newest version, the
// newest rule first.
func (s *Service) EarnRules(ctx context.Context) ([]EarnRule, error) {
	var rows []db.EarnRuleVersion
	err := s.db.NewRaw(newest+`WHERE r.archived_at IS NULL ORDER BY r.id DESC`).Scan(ctx, &rows)
	return rulesFrom(rows, err)
}

// EarnRulesByID are rules in their newest version, removed ones too; what does
// not exist is left out.
func (s *Service) EarnRulesByID(ctx context.Context, ids []int64) ([]EarnRule, error) {
	var rows []db.EarnRuleVersion
	err := s.db.NewRaw(newest+`WHERE r.id = ANY(?)`, pgdialect.Array(ids)).Scan(ctx, &rows)
	return rulesFrom(rows, err)
}

// EarnRule is a rule in its newest version. Errors: fault.NotFound.
func (s *Service) EarnRule(ctx context.Context, id int64) (EarnRule, error) {
	rules, err := s.EarnRulesByID(ctx, []int64{id})
	if err == nil && len(rules) == 0 {
		err = noRule()
	}
	if err != nil {
		return EarnRule{}, err
	}
	return rules[0], nil
}

// EarnRuleVersions are the versions of a rule, the newest first, at most 100.
func (s *Service) EarnRuleVersions(ctx context.Context, id int64) ([]EarnRule, error) {
	var rows []db.EarnRuleVersion
	err := s.db.NewRaw(`SELECT * FROM earn_rule_versions WHERE rule_id = ? ORDER BY version DESC LIMIT 100`, id).Scan(ctx, &rows)
	return rulesFrom(rows, err)
}

func rulesFrom(rows []db.EarnRuleVersion, err error) ([]EarnRule, error) {
	if err != nil {
		return nil, db.Fault(err)
	}
	rules := make([]EarnRule, len(rows))
	for i, row := range rows {
		if rules[i], err = ruleFrom(row); err != nil {
			return nil, err
		}
	}
	return rules, nil
}

func noRule() error { return fault.New(fault.NotFound, "there is no such rule").At("id") }

// Given is what a rule has given, less what was taken back.
type Given struct{ RuleID, Points, People, Times int64 }

// GivenBy is what rules have given, by rule; one that gave nothing is left out.
func (s *Service) GivenBy(ctx context.Context, rules []int64) (map[int64]Given, error) {
	var rows []Given
	err := s.db.NewRaw(`SELECT rule_id, sum(points)::bigint AS points, count(DISTINCT customer_id) AS people, count(*) AS times
		FROM earn_uses WHERE rule_id = ANY(?) GROUP BY rule_id`, pgdialect.Array(rules)).Scan(ctx, &rows)
	if err != nil {
		return nil, db.Fault(err)
	}
	given := make(map[int64]Given, len(rows))
	for _, row := range rows {
		given[row.RuleID] = row
	}
	return given, nil
}

// CreateRule makes a rule that holds for what happens from now on and, where it
// names a first day, for what has happened since and comes in later.
// Errors: fault.Invalid, which names the field; fault.Precondition TOO_MANY_RULES.
func (d Desk) CreateRule(ctx context.Context, r EarnRule) (EarnRule, error) {
	return d.inRules(ctx, func(ctx context.Context, tx db.Tx) (EarnRule, error) { return d.create(ctx, tx, r) })
}

// create is CreateRule where the rules are locked.
func (d Desk) create(ctx context.Context, tx db.Tx, r EarnRule) (EarnRule, error) {
	r.Enabled = true
	var there int
	if err := tx.NewRaw(`SELECT count(*) FROM earn_rules WHERE archived_at IS NULL`).Scan(ctx, &there); err != nil {
		return r, err
	}
	if there >= maxRules {
		return r, fault.New(fault.Precondition, "there are %d rules already", maxRules).WithCode("TOO_MANY_RULES").With("max", maxRules)
	}
	if err := tx.NewRaw(`INSERT INTO earn_rules (created_at) VALUES (?) RETURNING id`, d.clock.Now()).Scan(ctx, &r.ID); err != nil {
		return r, err
	}
	return d.writeVersion(ctx, tx, r, "earn_rule.create")
}

// UpdateRule makes a new version of a rule. What was earned stays as it is, and
// orders that are changed later are worked out as they were. r.Version is the
// version that the change was made on.
// Errors: fault.Invalid; fault.NotFound; fault.Conflict STALE_VERSION;
// fault.Precondition KIND_IS_FIXED.
func (d Desk) UpdateRule(ctx context.Context, r EarnRule) (EarnRule, error) {
	return d.change(ctx, r.ID, "earn_rule.update", func(was EarnRule) (EarnRule, error) {
		switch {
		case was.Version != r.Version:
			return r, fault.New(fault.Conflict, "somebody else has changed the rule").WithCode("STALE_VERSION").At("version")
		case was.Kind != r.Kind:
			return r, fault.New(fault.Precondition, "a rule stays of its kind; make another").WithCode("KIND_IS_FIXED").At("kind")
		}
		r.Enabled = was.Enabled
		return r, nil
	})
}

// StopRule lets a rule hold no more for what happens from now on; StartRule lets
// it hold again. Nothing happens where it is so already. Errors: fault.NotFound.
func (d Desk) StopRule(ctx context.Context, id int64) (EarnRule, error) {
	return d.change(ctx, id, "earn_rule.stop", func(r EarnRule) (EarnRule, error) { r.Enabled = false; return r, nil })
}

// StartRule undoes StopRule, from now on.
func (d Desk) StartRule(ctx context.Context, id int64) (EarnRule, error) {
	return d.change(ctx, id, "earn_rule.start", func(r EarnRule) (EarnRule, error) { r.Enabled = true; return r, nil })
}

// RemoveRule stops a rule and takes it off the list. Errors: fault.NotFound.
func (d Desk) RemoveRule(ctx context.Context, id int64) error {
	_, err := d.inRules(ctx, func(ctx context.Context, tx db.Tx) (r EarnRule, err error) {
		if r, err = lastVersion(ctx, tx, id); err != nil {
			return r, err
		}
		if r.Enabled {
			r.Enabled = false
			if r, err = d.insertVersion(ctx, tx, r); err != nil {
				return r, err
			}
		}
		if _, err := tx.NewRaw(`UPDATE earn_rules SET archived_at = ? WHERE id = ?`, d.clock.Now(), id).Exec(ctx); err != nil {
			return r, err
		}
		return r, access.Audit(ctx, tx, access.Entry{Action: "earn_rule.archive", ObjectKind: "EarnRule", ObjectID: id})
	})
	return err
}

func (d Desk) change(ctx context.Context, id int64, action string, change func(EarnRule) (EarnRule, error)) (EarnRule, error) {
	return d.inRules(ctx, func(ctx context.Context, tx db.Tx) (EarnRule, error) {
		was, err := lastVersion(ctx, tx, id)
		if err != nil {
			return was, err
		}
		r, err := change(was)
		if err != nil {
			return was, err
		}
		if r.Enabled == was.Enabled && sameRule(r, was) {
			return was, nil
		}
		return d.writeVersion(ctx, tx, r, action)
	})
}

// lockRules lets one caller after the other change rules, so that who sees a
// version sees all before it.
func lockRules(ctx context.Context, tx db.Tx) error {
	_, err := tx.NewRaw(`LOCK TABLE earn_rules IN SHARE ROW EXCLUSIVE MODE`).Exec(ctx)
	return db.Fault(err)
}

// inRules changes rules in a transaction.
func (d Desk) inRules(ctx context.Context, do func(context.Context, db.Tx) (EarnRule, error)) (r EarnRule, err error) {
	err = db.RunInTx(ctx, d.db, func(ctx context.Context, tx db.Tx) error {
		if err := lockRules(ctx, tx); err != nil {
			return err
		}
		r, err = do(ctx, tx)
		return err
	})
	return r, db.Fault(err)
}

func lastVersion(ctx context.Context, tx db.Tx, id int64) (EarnRule, error) {
	var rows []db.EarnRuleVersion
	err := tx.NewRaw(newest+`WHERE r.id = ? AND r.archived_at IS NULL`, id).Scan(ctx, &rows)
	rules, err := rulesFrom(rows, err)
	if err == nil && len(rules) == 0 {
		err = noRule()
	}
	if err != nil {
		return EarnRule{}, err
	}
	return rules[0], nil
}

func sameRule(a, b EarnRule) bool {
	x, _ := json.Marshal(a.normal()) // figures and words always marshal
	y, _ := json.Marshal(b.normal())
	return string(x) == string(y) && a.normal().Name == b.normal().Name
}

// writeVersion keeps the rule as its next version, with a line in the audit log.
func (d Desk) writeVersion(ctx context.Context, tx db.Tx, r EarnRule, action string) (EarnRule, error) {
	if err := r.Validate(); err != nil {
		return r, err
	}
	r, err := d.insertVersion(ctx, tx, r)
	if err != nil {
		return r, err
	}
	return r, access.Audit(ctx, tx, access.Entry{Action: action, ObjectKind: "EarnRule", ObjectID: r.ID, Detail: map[string]any{"version": r.Version}})
}

func (d Desk) insertVersion(ctx context.Context, tx db.Tx, r EarnRule) (EarnRule, error) {
	r = r.normal()
	r.Since = d.clock.Now().Truncate(time.Microsecond)
	definition, err := json.Marshal(r)
	if err != nil {
		return r, fault.Wrap(fault.Internal, err, "the rule cannot be written")
	}
	caller := access.From(ctx)
	kind, actor := string(caller.Kind), &caller.ID
	if caller.ID == 0 {
		kind, actor = string(access.ActorSystem), nil
	}
	err = tx.NewRaw(`INSERT INTO earn_rule_versions (rule_id, version, name, enabled, definition, created_at, actor_kind, actor_id)
		SELECT ?0, 1 + coalesce(max(version), 0), ?1, ?2, ?3::jsonb, ?4, ?5, ?6 FROM earn_rule_versions WHERE rule_id = ?0 RETURNING version`,
		r.ID, r.Name, r.Enabled, string(definition), r.Since, kind, actor).Scan(ctx, &r.Version)
	return r, err
}
