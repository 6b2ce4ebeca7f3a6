package policy

import (
	"slices"
	"time"
)

// Outcome is what the rules say of a way to speak.
type Outcome string

// The outcomes, best first.
const (
	Allowed    Outcome = "ALLOWED"
	Warned     Outcome = "WARNED"
	Refused    Outcome = "REFUSED"
	Impossible Outcome = "IMPOSSIBLE" // a mall's own tool reaches that mall's customers only
)

// Route is one way to speak: to people of an origin, through a channel, with a
// link to a destination and an offer that is valid there.
type Route struct {
	Origin, Channel, Destination string
	Outcome                      Outcome
	// Rules are those that refuse, most telling first, or else those that warn.
	Rules []Rule
}

// Destinations beside the malls.
const (
	ToLine = "LINE"
	ToSNS  = "SNS"
)

// toolOf is the mall whose customers a tool reaches.
var toolOf = map[string]string{RMail: "RAKUTEN", StoreNewsletter: "YAHOO"}

// placesOf is where a link to a destination leads; none for a store.
var placesOf = map[string]string{"OWN_SITE": "own-site.example", "SHOPIFY": "myshopify.com", "FUTURESHOP": "future-shop.jp", "MAKESHOP": "makeshop.jp", ToLine: "lin.ee", ToSNS: "instagram.com"}

// routes judges every way from the origins to the destinations through one
// channel, by the code that judges a recipient and what he is sent. consented: he
// gave his consent at the origin; otherwise he is known from its orders only.
func (s *Set) routes(channel string, origins, destinations []string, consented bool, day time.Time) []Route {
	list := make([]Route, 0, len(origins)*len(destinations))
	for _, destination := range destinations {
		reading := s.Read(contentTo(destination))
		for _, origin := range origins {
			route := Route{Origin: origin, Channel: channel, Destination: destination, Outcome: Impossible}
			if mall, bound := toolOf[channel]; !bound || mall == origin {
				route.Outcome, route.Rules = s.outcome(typical(origin, consented, day), origin, reading)
			}
			list = append(list, route)
		}
	}
	return list
}

func (s *Set) outcome(who Recipient, origin string, reading *Reading) (Outcome, []Rule) {
	if decision := s.Decide(who, reading); !decision.Allowed() {
		return Refused, s.named(decision.Refusals)
	}
	var warnings []string
	for _, f := range reading.Findings([]string{origin}) {
		if f.Severity == Warn && !slices.Contains(warnings, f.Code) {
			warnings = append(warnings, f.Code)
		}
	}
	if len(warnings) > 0 {
		return Warned, s.named(warnings)
	}
	return Allowed, nil
}

// named are the rules of the set with the ids, in their order.
func (s *Set) named(ids []string) []Rule {
	var rules []Rule
	for _, id := range ids {
		for _, rule := range s.recipient {
			if rule.ID == id {
				rules = append(rules, rule.Rule)
			}
		}
		for _, rule := range s.content {
			if rule.ID == id {
				rules = append(rules, rule.Rule)
			}
		}
	}
	return rules
}

// typical is a person of the origin.
func typical(origin string, consented bool, day time.Time) Recipient {
	who := Recipient{KnownFrom: []string{origin}, HasAddress: true}
	if consented {
		who.Consents = []Consent{{ShopID: 1, Mall: origin, OccurredAt: day, Recorded: true}}
	}
	return who
}

// contentTo is a content that does nothing but lead to the destination.
func contentTo(destination string) Content {
	c := Content{OwnHosts: []string{placesOf["OWN_SITE"]}}
	host := placesOf[destination]
	if domains := known.Malls[destination]; len(domains) > 0 {
		host = domains[0]
	}
	if host != "" {
		c.Parts = []Part{{Place: "text", Runs: []Run{{Text: "https://" + host + "/"}}, Link: true}}
	}
	if destination != ToLine && destination != ToSNS {
		c.Offers = []Offer{{Mall: destination}}
	}
	return c
}
