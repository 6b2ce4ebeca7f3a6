package model

import (
	"github.com/meguri-crm/meguri/crm/campaign"
	"github.com/meguri-crm/meguri/crm/gid"
	"github.com/meguri-crm/meguri/crm/policy"
)

// NewPolicyRoutes maps the matrix of what may be sent.
func NewPolicyRoutes(routes []policy.Route) []*PolicyRoute {
	list := make([]*PolicyRoute, len(routes))
	for i, r := range routes {
		ids := make([]string, len(r.Rules))
		for j, rule := range r.Rules {
			ids[j] = rule.ID
		}
		list[i] = &PolicyRoute{
			Origin: Mall(r.Origin), Channel: PolicyChannel(r.Channel), Destination: RouteDestination(r.Destination),
			Outcome: RouteOutcome(r.Outcome), Rules: ids,
		}
	}
	return list
}

// NewPremium maps what is to be given.
func NewPremium(in PremiumInput) policy.Premium {
	return policy.Premium{Kind: policy.PremiumKind(in.Kind), Price: in.Price, Value: in.Value, Total: in.Total, Sales: in.Sales}
}

// NewPremiumLimit maps a limit, with its reason in locale.
func NewPremiumLimit(l policy.PremiumLimit, locale string) *PremiumLimit {
	m := &PremiumLimit{
		Bound: l.Bound, Price: l.Price, TotalRate: int(l.TotalRate), EachOver: l.EachOver, TotalOver: l.TotalOver,
		Reason: l.Reason.In(locale), Sources: listed(l.Sources),
	}
	if l.Bound {
		m.Each = &l.Each
	}
	if l.Total > 0 {
		m.Total = &l.Total
	}
	return m
}

// maxBenchHits bounds the list of hits.
const maxBenchHits = 200

// NewPolicyBench maps what a changed rule finds.
func NewPolicyBench(b *campaign.Bench) *PolicyBench {
	m := &PolicyBench{Campaigns: b.Campaigns, Hits: []*PolicyBenchHit{}}
	for _, h := range b.Hits {
		switch h.State {
		case campaign.FoundAnew:
			m.Anew++
		case campaign.FoundStill:
			m.Still++
		case campaign.FoundNoLonger:
			m.NoLonger++
		}
		if len(m.Hits) < maxBenchHits {
			m.Hits = append(m.Hits, newBenchHit(h))
		}
	}
	return m
}

func newBenchHit(h campaign.TrialHit) *PolicyBenchHit {
	m := &PolicyBenchHit{Place: h.Finding.Place, Line: numberOrNil(h.Finding.Line), Excerpt: h.Finding.Excerpt, State: PolicyBenchState(h.State)}
	if h.Campaign != nil {
		id, mall := gid.Encode("Campaign", h.Campaign.ID), Mall(h.Mall)
		m.CampaignID, m.CampaignName, m.Mall = &id, &h.Campaign.Name, &mall
	}
	return m
}

// NewComplianceReport maps a report.
func NewComplianceReport(r *campaign.Compliance) *ComplianceReport {
	m := &ComplianceReport{
		CampaignID: gid.Encode("Campaign", r.Campaign.ID), CampaignName: r.Campaign.Name, Status: r.Campaign.Status,
		MadeAt: r.MadeAt, Stale: r.Stale, AsOf: r.AsOf, Rules: NewPolicyRules(r.Rules), Findings: NewFindings(r.Findings),
		Overrides: make([]*ComplianceOverride, len(r.Exemptions)), Outcomes: make([]*ComplianceOutcome, len(r.Outcomes)),
		Texts: make([]*ComplianceText, len(r.Texts)),
	}
	for i, e := range r.Exemptions {
		m.Overrides[i] = &ComplianceOverride{Record: NewOverride(&e.Override), WithdrawnAt: e.WithdrawnAt}
	}
	for i, o := range r.Outcomes {
		m.Outcomes[i] = &ComplianceOutcome{Malls: kinds[Mall](o.Malls), Consented: o.Consented, Status: MessageStatus(o.Status), Reason: o.Reason, Count: o.Count}
	}
	for i, t := range r.Texts {
		m.Texts[i] = &ComplianceText{Mall: Mall(t.Mall), Subject: t.Subject, Hash: t.Hash}
	}
	return m
}
