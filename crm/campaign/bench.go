package campaign

import (
	"context"

	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/crm/message"
	"github.com/meguri-crm/meguri/crm/policy"
	"github.com/meguri-crm/meguri/db"
)

// TrialState is how a hit of a changed rule compares with the version in force.
type TrialState string

// The states of a hit.
const (
	FoundAnew     TrialState = "ANEW"
	FoundStill    TrialState = "STILL"
	FoundNoLonger TrialState = "NO_LONGER"
)

// TrialHit is a place in a past content in which a rule finds something, or did.
type TrialHit struct {
	Campaign *db.Campaign // nil: in the text that was pasted
	Mall     string       // the destination; "" for a pasted text
	Finding  policy.Finding
	State    TrialState
}

// Bench is a changed rule held against contents of the past.
type Bench struct {
	Campaigns int // how many it was tried on
	Hits      []TrialHit
}

// maxTrialCampaigns bounds on how many of the newest campaigns a rule is tried,
// and maxTrialText how long a pasted text may be, in bytes.
const (
	maxTrialCampaigns = 50
	maxTrialText      = 100_000
)

// Try holds a rule for contents, as it would be, beside its version in force: on
// the campaigns made last, at most limit of them, and on a text.
// Errors: fault.Invalid (UNKNOWN_CONDITION, TOO_LONG).
func (s *Service) Try(ctx context.Context, rule policy.Rule, text string, limit int) (*Bench, error) {
	condition, ok := policy.ConditionOf(rule.Condition)
	switch {
	case !ok || !condition.Content:
		return nil, fault.New(fault.Invalid, "there is no such condition").WithCode("UNKNOWN_CONDITION").At("condition")
	case len(text) > maxTrialText:
		return nil, fault.New(fault.Invalid, "longer than %d characters", maxTrialText).WithCode("TOO_LONG").At("text").With("max", maxTrialText)
	}
	before, err := policy.InForceOn(ctx, s.DB, rule.ID, policy.Day(s.Clock.Now(), s.Zone))
	if err != nil {
		return nil, err
	}
	comparison, err := newComparison(rule, before)
	if err != nil {
		return nil, err
	}
	rows, err := s.List(ctx, Filter{}, 0, min(max(limit, 0), maxTrialCampaigns))
	if err != nil {
		return nil, err
	}
	bench := &Bench{Campaigns: len(rows)}
	if bench.Hits, err = s.tryText(ctx, comparison, text); err != nil {
		return nil, err
	}
	for _, row := range rows {
		hits, err := s.tryOn(ctx, comparison, row)
		if err != nil {
			return nil, err
		}
		bench.Hits = append(bench.Hits, hits...)
	}
	return bench, nil
}

// comparison is a rule as it would be and as it is.
type comparison struct {
	now, before     *policy.Set
	origins, former []string
}

func newComparison(rule policy.Rule, before *policy.Rule) (c comparison, err error) {
	if c.now, err = alone(rule); err != nil {
		return c, err
	}
	c.origins = rule.Scope.Origin
	if before == nil || !before.Enabled {
		c.before, err = policy.NewSet(nil, mail, rule.EffectiveFrom)
		return c, err
	}
	c.before, err = alone(*before)
	c.former = before.Scope.Origin
	return c, err
}

// alone is a set of nothing but the rule, for every channel.
func alone(rule policy.Rule) (*policy.Set, error) {
	rule.Scope.Channel = nil
	if rule.Version == 0 {
		rule.Version, rule.Enabled = 1, true
	}
	return policy.NewSet([]policy.Rule{rule}, mail, rule.EffectiveFrom)
}

// compare gives the hits of both, the new ones first. find asks a set.
func (c comparison) compare(find func(*policy.Set, []string) ([]policy.Finding, error)) ([]TrialHit, error) {
	now, err := find(c.now, c.origins)
	if err != nil {
		return nil, err
	}
	before, err := find(c.before, c.former)
	if err != nil {
		return nil, err
	}
	hits := make([]TrialHit, 0, len(now))
	for _, f := range now {
		state := FoundAnew
		if holds(before, f) {
			state = FoundStill
		}
		hits = append(hits, TrialHit{Finding: f, State: state})
	}
	for _, f := range before {
		if !holds(now, f) {
			hits = append(hits, TrialHit{Finding: f, State: FoundNoLonger})
		}
	}
	return hits, nil
}

func holds(findings []policy.Finding, f policy.Finding) bool {
	for _, g := range findings {
		if g.Place == f.Place && g.Line == f.Line && g.Column == f.Column && g.Excerpt == f.Excerpt {
			return true
		}
	}
	return false
}

func (s *Service) tryText(ctx context.Context, c comparison, text string) ([]TrialHit, error) {
	if text == "" {
		return nil, nil
	}
	return c.compare(func(set *policy.Set, origins []string) ([]policy.Finding, error) {
		return s.Gate.TryPasted(ctx, s.DB, set, message.Pasted{Text: text}, origins)
	})
}

func (s *Service) tryOn(ctx context.Context, c comparison, row *db.Campaign) (hits []TrialHit, err error) {
	p, err := s.loadPlan(ctx, s.DB, row)
	if err != nil {
		return nil, err
	}
	for _, v := range p.variants {
		found, err := c.compare(func(set *policy.Set, origins []string) ([]policy.Finding, error) {
			return s.Gate.Try(ctx, s.DB, set, p.letter(v), origins)
		})
		if err != nil {
			return nil, err
		}
		for _, hit := range found {
			hit.Campaign, hit.Mall = row, v.Mall
			hits = append(hits, hit)
		}
	}
	return hits, nil
}
