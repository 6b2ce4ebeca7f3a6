package policy

import (
	"slices"
	"strings"
)

// A recipientCondition reports whether a rule refuses r when origin is the
// consent that would let one speak. origin is nil when he is judged without
// one: then a rule about a mall speaks of where he is known from.
type recipientCondition func(r Recipient, origin *Consent) bool

// The names of the conditions on recipients.
const (
	addressSuppressed   = "address_suppressed"
	relayAddress        = "relay_address"
	amazonBuyer         = "amazon_buyer"
	knownOnlyRakuten    = "known_only_from_rakuten"
	noNewsletterConsent = "no_newsletter_consent"
	noConsentRecord     = "no_consent_record"
	mustNotContact      = "must_not_contact"
)

var recipientConditions = map[string]func(Params) recipientCondition{
	addressSuppressed:   func(Params) recipientCondition { return isSuppressed },
	relayAddress:        isRelay,
	amazonBuyer:         func(Params) recipientCondition { return isAmazonBuyer },
	knownOnlyRakuten:    func(Params) recipientCondition { return isKnownOnlyFromRakuten },
	noNewsletterConsent: func(Params) recipientCondition { return isKnownOnlyFromYahoo },
	noConsentRecord:     func(Params) recipientCondition { return hasNoRecord },
	mustNotContact:      isTooYoung,
}

// rank is the order in which the rules of recipient conditions are told.
func rank(condition string) int {
	return slices.Index([]string{addressSuppressed, mustNotContact, amazonBuyer, knownOnlyRakuten, noNewsletterConsent, relayAddress, noConsentRecord}, condition)
}

// isSuppressed: he said no, or his address may not be written to
// (特定電子メール法 for opt-outs and complaints; deliverability for hard
// bounces). An opt-out binds until the person himself opts in again, later than
// it; a withdrawal at one shop leaves what he gave another.
func isSuppressed(r Recipient, origin *Consent) bool {
	switch {
	case r.Suppression == "":
		return origin == nil && r.Withdrawn
	case r.Suppression == "OPT_OUT" && origin != nil:
		return !origin.OccurredAt.After(r.SuppressedAt)
	}
	return true
}

// isTooYoung: he is known to be younger than one may decide by himself about his
// data. Who asked to be erased has no address any more.
func isTooYoung(p Params) recipientCondition {
	return func(r Recipient, _ *Consent) bool { return r.Age > 0 && r.Age < p.Years }
}

// isRelay: the address is a mall's mask, which only that mall's own mail server
// can reach from the shop's registered address.
func isRelay(p Params) recipientCondition {
	return func(r Recipient, _ *Consent) bool { return under(r.Domain, p.Domains) }
}

// isAmazonBuyer: the one who would be spoken to is known as a buyer on Amazon,
// whose data may be used for fulfilling the order only.
func isAmazonBuyer(r Recipient, origin *Consent) bool {
	if origin != nil {
		return origin.Mall == "AMAZON"
	}
	return slices.Contains(r.KnownFrom, "AMAZON")
}

// isKnownOnlyFromRakuten: all that is known of him came with Rakuten orders.
// Rakuten's newsletter consent does not reach beyond Rakuten's own mail tool,
// so that it counts as no consent of the merchant's own.
func isKnownOnlyFromRakuten(r Recipient, origin *Consent) bool {
	if origin != nil {
		return origin.Mall == "RAKUTEN"
	}
	return knownOnlyFrom(r, "RAKUTEN")
}

// isKnownOnlyFromYahoo: all that is known of him came with Yahoo! orders, and he
// did not opt in to the store's newsletter; whoever did may be written to.
func isKnownOnlyFromYahoo(r Recipient, origin *Consent) bool {
	return origin == nil && knownOnlyFrom(r, "YAHOO")
}

// knownOnlyFrom: Amazon appearances bring no right to speak, so that they do
// not count as knowing him from elsewhere.
func knownOnlyFrom(r Recipient, mall string) bool {
	known := false
	for _, m := range r.KnownFrom {
		switch m {
		case mall:
			known = true
		case "AMAZON":
		default:
			return false
		}
	}
	return known
}

// hasNoRecord: there is no consent in force that can be shown to an authority
// (特定電子メール法 3条, 特定商取引法 12条の3).
func hasNoRecord(_ Recipient, origin *Consent) bool {
	return origin == nil || !origin.Recorded
}

// under reports whether host is one of domains or below one of them.
func under(host string, domains []string) bool {
	return host != "" && slices.ContainsFunc(domains, func(d string) bool {
		return host == d || strings.HasSuffix(host, "."+d)
	})
}
