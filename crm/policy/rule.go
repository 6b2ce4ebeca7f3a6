package policy

import (
	"slices"
	"time"

	"github.com/meguri-crm/meguri/crm/fault"
)

// Rule is one version of one rule, as data.
type Rule struct {
	ID            string
	Version       int
	EffectiveFrom time.Time // a day
	Scope         Scope
	Condition     string // the name of a condition below
	Severity      Severity
	Override      string // NONE, REASON, EVIDENCE
	Message       Text
	Remedy        Text
	Sources       []string
	Certainty     string    // VH, H, M, L
	ReviewedOn    time.Time // a day
	Enabled       bool
}

// Scope says where a rule binds. An empty list binds everywhere.
type Scope struct {
	Origin  []string `json:"origin,omitempty"`  // malls
	Channel []string `json:"channel,omitempty"` // MAIL, LINE, SMS, PUSH, POSTAL
}

// Recipient is what the rules must know about one person before an
// advertisement is sent to him through one channel.
type Recipient struct {
	// KnownFrom holds the malls he has appeared on, each once.
	KnownFrom []string
	// Consents are those in force for the channel: the newest of each shop, if
	// it gives and does not withdraw.
	Consents []Consent
	// Withdrawn says that the newest record of at least one shop withdraws.
	Withdrawn bool
	// Suppression is why his address must not be written to: OPT_OUT, COMPLAINT,
	// HARD_BOUNCE or STAFF; "" when it may.
	Suppression  string
	SuppressedAt time.Time
	// HasAddress says that there is a real address, not a mall's relay.
	HasAddress bool
}

// Consent is one consent in force.
type Consent struct {
	ShopID     int64
	Mall       string
	OccurredAt time.Time
	// Recorded says that the record can be shown: when and how it was given,
	// and which wording or document was agreed to.
	Recorded bool
}

// NoAddress is the reason for a person whom the rules allow to be written to,
// but who has no address that can be.
const NoAddress = "NO_ADDRESS"

// Decision is the answer for one recipient.
type Decision struct {
	// Origin is the consent that lets one speak; it decides which rules bind.
	// Zero when refused.
	Origin Consent
	// Refusals holds the ids of all rules that refuse, and NoAddress, most
	// telling first; empty when allowed.
	Refusals []string
}

// Allowed reports whether the recipient may be written to.
func (d Decision) Allowed() bool { return len(d.Refusals) == 0 }

// Reason is the first refusal, "" when allowed.
func (d Decision) Reason() string {
	if d.Allowed() {
		return ""
	}
	return d.Refusals[0]
}

// A condition reports whether a rule refuses recipient when origin is the
// consent that would let one speak. origin is nil when he is judged without
// one: then a rule about a mall speaks of where he is known from.
type condition func(r Recipient, origin *Consent) bool

// conditions are the checks a recipient rule can name, in the order in which
// their rules are told: a person's own no comes first, then the mall's no,
// then the lack of a yes.
var conditions = []struct {
	name string
	says condition
}{
	{"address_suppressed", addressSuppressed},
	{"amazon_buyer", amazonBuyer},
	{"known_only_from_rakuten", knownOnlyFromRakuten},
	{"no_consent_record", noConsentRecord},
}

// contentConditions are checked per campaign (content.go), not per recipient.
var contentConditions = []string{"sender_incomplete"}

func conditionRank(name string) int {
	for i, c := range conditions {
		if c.name == name {
			return i
		}
	}
	return -1
}

// Set is the rules in force on one day for one channel.
type Set struct {
	rules     []Rule // recipient rules, in the order they are told
	content   []Rule
	condition []condition // of rules[i]
}

// NewSet takes from all versions of all rules those in force on day for
// channel. A rule in force that names an unknown condition is fault.Internal:
// passing over a rule nobody can check would be worse than not sending.
func NewSet(all []Rule, channel string, day time.Time) (*Set, error) {
	s := &Set{}
	for _, rule := range inForce(all, day) {
		if !rule.Enabled || !binds(rule.Scope.Channel, channel) {
			continue
		}
		switch rank := conditionRank(rule.Condition); {
		case rank >= 0:
			s.rules = append(s.rules, rule)
		case slices.Contains(contentConditions, rule.Condition):
			s.content = append(s.content, rule)
		default:
			return nil, fault.New(fault.Internal, "policy rule %s names the unknown condition %q", rule.ID, rule.Condition)
		}
	}
	slices.SortStableFunc(s.rules, func(a, b Rule) int { return conditionRank(a.Condition) - conditionRank(b.Condition) })
	for _, rule := range s.rules {
		s.condition = append(s.condition, conditions[conditionRank(rule.Condition)].says)
	}
	return s, nil
}

// inForce is, per rule, the newest version that is effective on day.
func inForce(all []Rule, day time.Time) []Rule {
	newest := map[string]Rule{}
	for _, rule := range all {
		if rule.EffectiveFrom.After(day) {
			continue
		}
		if held, ok := newest[rule.ID]; !ok || rule.Version > held.Version {
			newest[rule.ID] = rule
		}
	}
	rules := make([]Rule, 0, len(newest))
	for _, rule := range newest {
		rules = append(rules, rule)
	}
	slices.SortFunc(rules, func(a, b Rule) int {
		if a.ID < b.ID {
			return -1
		}
		return 1
	})
	return rules
}

func binds(list []string, value string) bool { return len(list) == 0 || slices.Contains(list, value) }

// Decide picks the origin: the best of the consents that no rule refuses, own
// site and stores first. When all are refused, or there is none, it tells every
// rule that stands in the way.
func (s *Set) Decide(r Recipient) Decision {
	if len(r.Consents) == 0 {
		return Decision{Refusals: withAddress(s.refusals(r, nil, nil), r)}
	}
	candidates := slices.Clone(r.Consents)
	slices.SortStableFunc(candidates, betterOrigin)
	var refusals []string
	for i := range candidates {
		said := s.refusals(r, &candidates[i], nil)
		if len(said) == 0 {
			if !r.HasAddress {
				return Decision{Refusals: []string{NoAddress}}
			}
			return Decision{Origin: candidates[i]}
		}
		refusals = append(refusals, said...)
	}
	return Decision{Refusals: withAddress(s.inOrder(refusals), r)}
}

func (s *Set) refusals(r Recipient, origin *Consent, said []string) []string {
	for i, rule := range s.rules {
		if origin != nil && !binds(rule.Scope.Origin, origin.Mall) {
			continue
		}
		if rule.Severity == Block && s.condition[i](r, origin) {
			said = append(said, rule.ID)
		}
	}
	return said
}

// inOrder is the distinct ids in the order of the rules.
func (s *Set) inOrder(ids []string) []string {
	var out []string
	for _, rule := range s.rules {
		if slices.Contains(ids, rule.ID) {
			out = append(out, rule.ID)
		}
	}
	return out
}

func withAddress(refusals []string, r Recipient) []string {
	if !r.HasAddress {
		refusals = append(refusals, NoAddress)
	}
	return refusals
}

// betterOrigin orders consents: own site, own store, own site on a hosted
// platform, then malls; among equals the newest.
func betterOrigin(a, b Consent) int {
	if d := originRank(a.Mall) - originRank(b.Mall); d != 0 {
		return d
	}
	if d := b.OccurredAt.Compare(a.OccurredAt); d != 0 {
		return d
	}
	return int(min(max(a.ShopID-b.ShopID, -1), 1))
}

func originRank(mall string) int {
	switch mall {
	case "OWN_SITE":
		return 0
	case "STORE":
		return 1
	case "SHOPIFY", "FUTURESHOP", "MAKESHOP":
		return 2
	default:
		return 3
	}
}

// addressSuppressed: he said no, or his address may not be written to
// (特定電子メール法 for opt-outs and complaints; deliverability for hard
// bounces). An opt-out binds until the person himself opts in again, later than
// it; a withdrawal at one shop leaves what he gave another.
func addressSuppressed(r Recipient, origin *Consent) bool {
	switch {
	case r.Suppression == "":
		return origin == nil && r.Withdrawn
	case r.Suppression == "OPT_OUT" && origin != nil:
		return !origin.OccurredAt.After(r.SuppressedAt)
	}
	return true
}

// amazonBuyer: the one who would be spoken to is known as a buyer on Amazon,
// whose data may be used for fulfilling the order only.
func amazonBuyer(r Recipient, origin *Consent) bool {
	if origin != nil {
		return origin.Mall == "AMAZON"
	}
	return slices.Contains(r.KnownFrom, "AMAZON")
}

// knownOnlyFromRakuten: all that is known of him came with Rakuten orders.
// Rakuten's newsletter consent does not reach beyond Rakuten's own mail tool,
// so that it counts as no consent of the merchant's own. Amazon appearances
// bring no right to speak either, so they do not lift the rule.
func knownOnlyFromRakuten(r Recipient, origin *Consent) bool {
	if origin != nil {
		return origin.Mall == "RAKUTEN"
	}
	rakuten := false
	for _, mall := range r.KnownFrom {
		switch mall {
		case "RAKUTEN":
			rakuten = true
		case "AMAZON":
		default:
			return false
		}
	}
	return rakuten
}

// noConsentRecord: there is no consent in force that can be shown to an
// authority (特定電子メール法 3条, 特定商取引法 12条の3).
func noConsentRecord(_ Recipient, origin *Consent) bool {
	return origin == nil || !origin.Recorded
}
