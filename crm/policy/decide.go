package policy

import (
	"slices"
	"time"
)

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
	// Domain of his address, in lower case; "" when he has none.
	Domain string
	// Age in full years; 0: not known.
	Age int
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

// Decide picks the origin: the best of the consents that no rule refuses, own
// site and stores first. When all are refused, or there is none, it tells every
// rule that stands in the way. content is what he would be sent; nil judges the
// person alone.
func (s *Set) Decide(r Recipient, content *Reading) Decision {
	if len(r.Consents) == 0 {
		return Decision{Refusals: withAddress(s.inOrder(s.refusals(r, nil, content, nil)), r)}
	}
	candidates := slices.Clone(r.Consents)
	slices.SortStableFunc(candidates, betterOrigin)
	var refusals []string
	for i := range candidates {
		said := s.refusals(r, &candidates[i], content, nil)
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

func (s *Set) refusals(r Recipient, origin *Consent, content *Reading, said []string) []string {
	for _, rule := range s.recipient {
		if origin != nil && !binds(rule.Scope.Origin, origin.Mall) {
			continue
		}
		if rule.Severity == Block && rule.says(r, origin) {
			said = append(said, rule.ID)
		}
	}
	if content == nil {
		return said
	}
	return content.refusals(speaksFor(r, origin), said)
}

// speaksFor is the malls whose rules for content bind: that of the consent or,
// without one, those he is known from, as far as nothing of the merchant's own
// lets one hope to speak without them. An Amazon buyer stays one in any case.
func speaksFor(r Recipient, origin *Consent) []string {
	if origin != nil {
		return []string{origin.Mall}
	}
	if slices.ContainsFunc(r.KnownFrom, func(mall string) bool { return originRank(mall) < marketplace }) {
		return slices.DeleteFunc(slices.Clone(r.KnownFrom), func(mall string) bool { return mall != "AMAZON" })
	}
	return r.KnownFrom
}

// inOrder is the distinct ids in the order of the rules.
func (s *Set) inOrder(ids []string) []string {
	if len(ids) < 2 {
		return ids
	}
	var out []string
	for _, id := range s.order {
		if slices.Contains(ids, id) {
			out = append(out, id)
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

// marketplace is the rank of what belongs to somebody else.
const marketplace = 3

func originRank(mall string) int {
	switch mall {
	case "OWN_SITE":
		return 0
	case "STORE":
		return 1
	case "SHOPIFY", "FUTURESHOP", "MAKESHOP":
		return 2
	default:
		return marketplace
	}
}

// IsOwn reports whether a mall is the merchant's own ground: his site, his
// stores, his site on a hosted platform.
func IsOwn(mall string) bool { return originRank(mall) < marketplace }
