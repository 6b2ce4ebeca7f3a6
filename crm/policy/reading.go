package policy

import (
	"slices"
	"strings"
)

type contentRule struct {
	Rule
	finds contentCondition
}

// Reading is what the rules of a Set say of one content. It never changes and
// is safe for concurrent use: it is made once for all recipients.
type Reading struct {
	said   []saying
	lifted []Override
}

// saying is what one rule found for one origin ("" for all).
type saying struct {
	rule   Rule
	origin string
	hits   []hit
}

// Read judges a content by all rules for contents.
func (s *Set) Read(c Content) *Reading {
	r := &Reading{}
	c.Parts = slices.DeleteFunc(slices.Clone(c.Parts), func(p Part) bool { return p.Picture })
	for _, rule := range s.content {
		origins := rule.Scope.Origin
		if len(origins) == 0 {
			origins = []string{""}
		}
		for _, origin := range origins {
			if hits := distinct(rule.finds(c, origin)); len(hits) > 0 {
				r.said = append(r.said, saying{rule.Rule, origin, hits})
			}
		}
	}
	return r
}

// distinct leaves one hit per place and excerpt, and those of echoes out that
// another part has.
func distinct(hits []hit) []hit {
	var kept []hit
	for _, h := range hits {
		if slices.ContainsFunc(kept, func(k hit) bool { return k.at == h.at && k.excerpt == h.excerpt && k.place == h.place }) {
			continue
		}
		if h.echo && slices.ContainsFunc(hits, func(k hit) bool { return !k.echo && alike(k, h) }) {
			continue
		}
		kept = append(kept, h)
	}
	return kept
}

func alike(a, b hit) bool {
	return strings.EqualFold(a.excerpt, b.excerpt) || a.what.JA != "" && a.what == b.what
}

// Liftable reports whether an override could change what the reading refuses.
func (r *Reading) Liftable() bool {
	return slices.ContainsFunc(r.said, func(s saying) bool { return s.rule.Severity == Block && s.rule.Override != OverrideNone })
}

// With is the reading with overrides in force: those that name a rule and the
// version of it that spoke. Whether they are of this content the caller knows.
func (r *Reading) With(overrides []Override) *Reading {
	return &Reading{said: r.said, lifted: overrides}
}

func (r *Reading) liftedBy(rule Rule) *Override {
	if rule.Override == OverrideNone {
		return nil
	}
	for i := range r.lifted {
		if r.lifted[i].RuleID == rule.ID && r.lifted[i].RuleVersion == rule.Version {
			return &r.lifted[i]
		}
	}
	return nil
}

// refusals appends the rules that refuse the content to recipients one speaks to
// by the consent of one of the malls.
func (r *Reading) refusals(malls, said []string) []string {
	for _, s := range r.said {
		if s.rule.Severity == Block && (s.origin == "" || slices.Contains(malls, s.origin)) && r.liftedBy(s.rule) == nil {
			said = append(said, s.rule.ID)
		}
	}
	return said
}

// Findings is what the reading has to say to staff about recipients of the
// origins: one finding per rule and place.
func (r *Reading) Findings(origins []string) []Finding {
	var findings []Finding
	for _, s := range r.said {
		if s.origin != "" && !slices.Contains(origins, s.origin) {
			continue
		}
		for _, h := range s.hits {
			f := s.finding(h, r.liftedBy(s.rule))
			at := slices.IndexFunc(findings, func(g Finding) bool {
				return g.Code == f.Code && g.Place == f.Place && g.Line == f.Line && g.Column == f.Column && g.Excerpt == f.Excerpt
			})
			if at >= 0 {
				findings[at].Origins = append(findings[at].Origins, f.Origins...)
				continue
			}
			findings = append(findings, f)
		}
	}
	return findings
}

func (s saying) finding(h hit, lifted *Override) Finding {
	message := s.rule.Message
	if h.what.JA != "" {
		message = Text{JA: message.JA + "（" + h.what.JA + "）", EN: message.EN + " (" + h.what.EN + ")"}
	}
	f := s.rule.finding(h.place, message)
	f.Line, f.Column, f.Excerpt, f.Lifted = h.at.Line, h.at.Column, h.excerpt, lifted
	if s.origin != "" {
		f.Origins = []string{s.origin}
	}
	return f
}
