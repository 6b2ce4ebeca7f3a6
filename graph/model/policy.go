package model

import (
	"github.com/meguri-crm/meguri/crm/campaign"
	"github.com/meguri-crm/meguri/crm/gid"
	"github.com/meguri-crm/meguri/crm/policy"
)

// NewFindings maps what is to mend; texts are chosen by the resolver.
func NewFindings(findings []policy.Finding) []*CampaignFinding {
	list := make([]*CampaignFinding, len(findings))
	for i, f := range findings {
		list[i] = newFinding(f)
	}
	return list
}

func newFinding(f policy.Finding) *CampaignFinding {
	m := &CampaignFinding{
		Severity: Severity(f.Severity), Code: f.Code, Place: f.Place, Line: numberOrNil(f.Line), Column: numberOrNil(f.Column),
		Excerpt: f.Excerpt, MessageText: f.Message, RemedyText: f.Remedy, Sources: listed(f.Sources), Certainty: f.Certainty,
		Origins: kinds[Mall](f.Origins), Blocks: f.Blocks(), RuleVersion: numberOrNil(f.Version), Lifted: NewOverride(f.Lifted),
	}
	if f.Override != "" {
		override := PolicyOverride(f.Override)
		m.Override = &override
	}
	return m
}

// numberOrNil is nil for 0.
func numberOrNil(n int) *int {
	if n == 0 {
		return nil
	}
	return &n
}

// listed is a list that is never null.
func listed(values []string) []string {
	if values == nil {
		return []string{}
	}
	return values
}

// kinds maps a list of names to those of an enum, and back.
func kinds[To, From ~string](from []From) []To {
	list := make([]To, len(from))
	for i, v := range from {
		list[i] = To(v)
	}
	return list
}

// NewOverride maps an override; nil stays nil.
func NewOverride(o *policy.Override) *PolicyOverrideRecord {
	if o == nil {
		return nil
	}
	return &PolicyOverrideRecord{
		ID: gid.Encode("PolicyOverride", o.ID), RuleID: o.RuleID, RuleVersion: o.RuleVersion, Reason: o.Reason,
		EvidenceNo: o.EvidenceNo, ValidUntil: o.ValidUntil, CreatedAt: o.CreatedAt, StaffRow: o.CreatedBy,
	}
}

// NewPolicyRules maps rules; texts are chosen by the resolver.
func NewPolicyRules(rules []policy.Rule) []*PolicyRule {
	list := make([]*PolicyRule, len(rules))
	for i := range rules {
		list[i] = NewPolicyRule(&rules[i])
	}
	return list
}

// NewPolicyRule maps a rule; nil stays nil.
func NewPolicyRule(r *policy.Rule) *PolicyRule {
	if r == nil {
		return nil
	}
	condition, _ := policy.ConditionOf(r.Condition)
	return &PolicyRule{
		ID: r.ID, Version: r.Version, Origins: kinds[Mall](r.Scope.Origin), Channels: kinds[PolicyChannel](r.Scope.Channel),
		Condition: newCondition(condition), Severity: Severity(r.Severity), Override: PolicyOverride(r.Override),
		Params: &PolicyParams{
			Hosts: listed(r.Params.Hosts), Classes: kinds[string](r.Params.Classes), Phrases: listed(r.Params.Phrases),
			Except: listed(r.Params.Except), Advertising: listed(r.Params.Advertising), Domains: listed(r.Params.Domains),
			With: listed(r.Params.With), Contacts: kinds[string](r.Params.Contacts), Years: r.Params.Years,
		},
		MessageText: r.Message, RemedyText: r.Remedy, Sources: listed(r.Sources), Certainty: r.Certainty,
		EffectiveFrom: r.EffectiveFrom, ReviewedOn: r.ReviewedOn, Enabled: r.Enabled, Note: r.Note, CanWeaken: r.CanWeaken(),
		CreatedAt: r.CreatedAt, StaffRow: r.CreatedBy,
	}
}

// NewPolicyConditions maps the checks rules are built from.
func NewPolicyConditions(conditions []policy.Condition) []*PolicyCondition {
	list := make([]*PolicyCondition, len(conditions))
	for i, c := range conditions {
		list[i] = newCondition(c)
	}
	return list
}

func newCondition(c policy.Condition) *PolicyCondition {
	return &PolicyCondition{Name: c.Name, LabelText: c.Label, Params: listed(c.Params), Content: c.Content, Judged: c.Judged()}
}

// NewRuleDraft maps the input of savePolicyRule.
func NewRuleDraft(in PolicyRuleInput) policy.Rule {
	return policy.Rule{
		ID: in.ID, Scope: policy.Scope{Origin: kinds[string](in.Origins), Channel: kinds[string](in.Channels)},
		Condition: in.Condition, Severity: policy.Severity(in.Severity), Override: string(in.Override),
		Params: policy.Params{
			Hosts: in.Params.Hosts, Classes: kinds[policy.HostClass](in.Params.Classes), Phrases: in.Params.Phrases,
			Except: in.Params.Except, Advertising: in.Params.Advertising, Domains: in.Params.Domains,
			With: in.Params.With, Contacts: kinds[policy.ContactKind](in.Params.Contacts), Years: in.Params.Years,
		},
		Message: policy.Text{JA: in.MessageJa, EN: in.MessageEn}, Remedy: policy.Text{JA: in.RemedyJa, EN: in.RemedyEn},
		Sources: in.Sources, Certainty: in.Certainty, EffectiveFrom: in.EffectiveFrom, Enabled: in.Enabled, Note: in.Note,
	}
}

// NewTrialHits maps what a rule would have found.
func NewTrialHits(hits []campaign.TrialHit) []*PolicyTrialHit {
	list := []*PolicyTrialHit{}
	for _, h := range hits {
		if h.State == campaign.FoundNoLonger {
			continue
		}
		list = append(list, &PolicyTrialHit{
			CampaignID: gid.Encode("Campaign", h.Campaign.ID), CampaignName: h.Campaign.Name, Mall: Mall(h.Mall),
			Place: h.Finding.Place, Line: numberOrNil(h.Finding.Line), Excerpt: h.Finding.Excerpt,
		})
	}
	return list
}

// NewLift maps the input of overridePolicyFinding. Errors: fault.Invalid.
func NewLift(in OverridePolicyFindingInput) (policy.Lift, error) {
	id, err := gid.Decode("Campaign", in.CampaignID)
	return policy.Lift{CampaignID: id, RuleID: in.RuleID, Place: in.Place, Reason: in.Reason, EvidenceNo: in.EvidenceNo, ValidUntil: in.ValidUntil}, err
}
