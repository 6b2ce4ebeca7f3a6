package policy

import (
	"regexp"
	"slices"
	"strings"
)

// Content is what is to be judged: one variant of a campaign, or what staff
// will paste into a mall's mail tool.
type Content struct {
	Parts  []Part
	Offers []Offer // given with it
	// Codes are the merchant's coupon codes, by which a text offers what is valid
	// elsewhere.
	Codes []Offer
	// OwnHosts are the hosts of the merchant's own sites.
	OwnHosts []string
}

// Offer is a coupon or the like that is valid on one mall.
type Offer struct {
	Name string
	Mall string
	Code string // "" when there is none, or one per recipient
}

// hit is one place where a content does what a rule speaks of.
type hit struct {
	place   string
	at      Position
	excerpt string
	what    Text // said behind the rule's message; may be empty
	echo    bool
}

// A contentCondition finds what a content does wrong towards recipients one
// speaks to by the consent of the mall origin; "" for a rule of all origins.
type contentCondition func(c Content, origin string) []hit

// The names of the conditions on contents.
const (
	urlOutside        = "url_outside"
	urlTo             = "url_to"
	phrasesUsed       = "phrases"
	offerElsewhere    = "offer_elsewhere"
	diverts           = "diverts"
	adInTransactional = "ad_in_transactional"
	phrasesNear       = "phrases_near"
	contactGiven      = "contact"
	giftOver          = "gift_over"
	prizeOver         = "prize_over"
)

var contentConditions = map[string]func(Params) contentCondition{
	urlOutside:        leadsOutside,
	urlTo:             leadsTo,
	phrasesUsed:       saysPhrases,
	offerElsewhere:    offersElsewhere,
	diverts:           divertsBuyers,
	adInTransactional: advertisesInNotice,
	phrasesNear:       saysTogether,
	contactGiven:      givesContact,
	giftOver:          givesTooMuch(Gift),
	prizeOver:         givesTooMuch(Lottery, JointLottery),
}

// leadsOutside: a link leads to a host that is not among the allowed ones.
func leadsOutside(p Params) contentCondition {
	hosts, contacts := lowered(p.Hosts), contacts{kinds: p.Contacts}
	return func(c Content, origin string) []hit {
		led := c.linksThat(origin, func(host string, _ HostClass) bool { return !under(host, hosts) })
		return append(led, c.contactsGiven(contacts)...)
	}
}

// leadsTo: a link leads to a host of one of the classes, or to one of the hosts
// that are named.
func leadsTo(p Params) contentCondition {
	hosts, contacts := lowered(p.Hosts), contacts{kinds: p.Contacts}
	return func(c Content, origin string) []hit {
		led := c.linksThat(origin, func(host string, class HostClass) bool {
			return slices.Contains(p.Classes, class) || under(host, hosts)
		})
		return append(led, c.contactsGiven(contacts)...)
	}
}

func (c Content) linksThat(origin string, wrong func(host string, class HostClass) bool) []hit {
	var hits []hit
	for _, part := range c.Parts {
		for _, l := range links(part) {
			class := classify(l.host, origin, c.OwnHosts)
			if !wrong(l.host, class) {
				continue
			}
			word := classWords[class]
			if part.Code {
				word = Text{JA: "QRコード・" + word.JA, EN: "QR code, " + word.EN}
			}
			hits = append(hits, hit{
				place: part.Place, at: l.at, excerpt: l.text, echo: part.Echo,
				what: Text{JA: word.JA + ": " + l.host, EN: word.EN + ": " + l.host},
			})
		}
	}
	return hits
}

// saysPhrases: one of the phrases is used.
func saysPhrases(p Params) contentCondition {
	wording := newPhrases(p.Phrases, p.Except)
	return func(c Content, _ string) []hit { return c.wordings(wording) }
}

func (c Content) wordings(p phrases) []hit {
	var hits []hit
	for _, part := range c.Parts {
		hits = append(hits, p.in(part)...)
	}
	return hits
}

// saysTogether: one of the phrases stands near one of the others.
func saysTogether(p Params) contentCondition {
	wording, with := newPhrases(p.Phrases, p.Except), newPhrases(p.With, p.Except)
	return func(c Content, _ string) []hit {
		var hits []hit
		for _, part := range c.Parts {
			hits = append(hits, wording.near(part, with)...)
		}
		return hits
	}
}

// offersElsewhere: an offer that is valid on another mall is given with the
// content, its code stands in the text, or a phrase names one.
func offersElsewhere(p Params) contentCondition {
	wording := newPhrases(p.Phrases, p.Except)
	return func(c Content, origin string) []hit {
		var hits []hit
		for _, o := range c.Offers {
			if o.Mall != origin {
				hits = append(hits, hit{place: "offer", excerpt: o.Name})
			}
		}
		for _, o := range c.Codes {
			if o.Mall != origin && !c.validAt(o.Code, origin) {
				hits = append(hits, c.codeHits(o.Code)...)
			}
		}
		return append(hits, c.wordings(wording)...)
	}
}

// validAt reports whether the mall knows the code too.
func (c Content) validAt(code, mall string) bool {
	return slices.ContainsFunc(c.Codes, func(o Offer) bool { return o.Mall == mall && strings.EqualFold(o.Code, code) })
}

// shortestCode keeps codes that are ordinary words or figures from being found
// everywhere.
const shortestCode = 4

func (c Content) codeHits(code string) []hit {
	if len(code) < shortestCode {
		return nil
	}
	find := regexp.MustCompile(`(?:^|[^a-z0-9])(` + regexp.QuoteMeta(strings.ToLower(code)) + `)(?:[^a-z0-9]|$)`)
	var hits []hit
	for _, part := range c.Parts {
		s := unroll(part)
		text := s.lower()
		for _, m := range find.FindAllStringSubmatchIndex(text, -1) {
			excerpt, at := s.slice(text, m[2], m[3])
			hits = append(hits, hit{place: part.Place, at: at, excerpt: excerpt, echo: part.Echo})
		}
	}
	return hits
}

// divertsBuyers: anything that leads buyers away: a link outside, an offer of
// another mall, a phrase.
func divertsBuyers(p Params) contentCondition {
	outside, offers := leadsOutside(p), offersElsewhere(p)
	return func(c Content, origin string) []hit { return append(outside(c, origin), offers(c, origin)...) }
}

// advertisesInNotice: what reads like a notice about an order also advertises,
// which makes an advertising mail of the whole.
func advertisesInNotice(p Params) contentCondition {
	notice, advertising := newPhrases(p.Phrases, p.Except), newPhrases(p.Advertising, nil)
	return func(c Content, _ string) []hit {
		if len(c.Offers) == 0 && len(c.wordings(advertising)) == 0 {
			return nil
		}
		return c.wordings(notice)
	}
}

func lowered(list []string) []string {
	out := make([]string, len(list))
	for i, s := range list {
		out[i] = strings.TrimPrefix(strings.ToLower(strings.TrimSpace(s)), "www.")
	}
	return out
}
