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
	Condition     string // the name of a condition (condition.go)
	Params        Params
	Severity      Severity
	Override      string // OverrideNone, OverrideReason, OverrideEvidence
	Message       Text
	Remedy        Text
	Sources       []string
	Certainty     string    // VH, H, M, L
	ReviewedOn    time.Time // a day
	Enabled       bool
	Note          string    // why the version was made
	CreatedAt     time.Time // zero for what came with the program
	CreatedBy     *int64    // staff
}

// Scope says where a rule binds. An empty list binds everywhere.
type Scope struct {
	Origin  []string `json:"origin,omitempty"`  // malls
	Channel []string `json:"channel,omitempty"` // of Channels
}

// Channels are the ways to speak to a customer that rules know. Those of the
// malls' own mail tools are apart: what is forbidden from outside may be allowed
// there.
var Channels = []string{"MAIL", "LINE", "SMS", "PUSH", "POSTAL", RMail, StoreNewsletter, Insert, OrderMessage, ReviewRequest, Export}

// The malls' own mail tools, and ways that are no message of the merchant's own.
const (
	RMail           = "R_MAIL"           // 楽天市場 R-Mail
	StoreNewsletter = "STORE_NEWSLETTER" // Yahoo!ショッピング ストアニュースレター
	Insert          = "INSERT"           // paper in a parcel
	OrderMessage    = "ORDER_MESSAGE"    // a mall's messages about an order
	ReviewRequest   = "REVIEW_REQUEST"   // asking for a review
	Export          = "EXPORT"           // data of people handed to others: lists for advertisements
)

// How a refusal can be lifted for one campaign and one content.
const (
	OverrideNone     = "NONE"
	OverrideReason   = "REASON"   // with a reason
	OverrideEvidence = "EVIDENCE" // with the number under which the mall approved it
)

// Params is the data conditions work with. Each condition reads the parts that
// its entry in Conditions names.
type Params struct {
	// Hosts may be linked to; subdomains are included.
	Hosts []string `json:"hosts,omitempty"`
	// Classes of hosts that may not be linked to.
	Classes []HostClass `json:"classes,omitempty"`
	// Phrases are looked for without regard to width, case and blanks; a * in
	// one stands for up to twelve characters of the same sentence.
	Phrases []string `json:"phrases,omitempty"`
	// Except are harmless wordings in which Phrases are not looked for.
	Except []string `json:"except,omitempty"`
	// Advertising are phrases that make a notice an advertisement.
	Advertising []string `json:"advertising,omitempty"`
	// With are phrases that must stand near what is looked for.
	With []string `json:"with,omitempty"`
	// Contacts are the kinds of contact details that are looked for.
	Contacts []ContactKind `json:"contacts,omitempty"`
	// Domains of mail addresses; subdomains are included.
	Domains []string `json:"domains,omitempty"`
	// Years is how long something must be kept at least.
	Years int `json:"years,omitempty"`
}

// Set is the rules in force on one day for one channel. It never changes and is
// safe for concurrent use.
type Set struct {
	recipient []recipientRule // in the order they are told
	content   []contentRule
	sender    []Rule
	retention []Rule
	order     []string // of all rules that refuse recipients
}

type recipientRule struct {
	Rule
	says recipientCondition
}

// NewSet takes from all versions of all rules those in force on day for
// channel. A rule in force that names an unknown condition is fault.Internal:
// passing over a rule nobody can check would be worse than not sending.
func NewSet(all []Rule, channel string, day time.Time) (*Set, error) {
	s := &Set{}
	for _, rule := range InForce(all, day) {
		if !rule.Enabled || !binds(rule.Scope.Channel, channel) {
			continue
		}
		if err := s.add(rule); err != nil {
			return nil, err
		}
	}
	slices.SortStableFunc(s.recipient, func(a, b recipientRule) int { return rank(a.Condition) - rank(b.Condition) })
	s.order = s.told()
	return s, nil
}

func (s *Set) add(rule Rule) error {
	switch {
	case recipientConditions[rule.Condition] != nil:
		s.recipient = append(s.recipient, recipientRule{rule, recipientConditions[rule.Condition](rule.Params)})
	case contentConditions[rule.Condition] != nil:
		s.content = append(s.content, contentRule{rule, contentConditions[rule.Condition](rule.Params)})
	case rule.Condition == senderIncomplete:
		s.sender = append(s.sender, rule)
	case rule.Condition == consentRetention:
		s.retention = append(s.retention, rule)
	case rule.Condition == builtIn || rule.Condition == reminder:
	default:
		return fault.New(fault.Internal, "policy rule %s names the unknown condition %q", rule.ID, rule.Condition)
	}
	return nil
}

// told is the order in which refusals are told: a person's own no, the mall's
// no, the lack of a yes, and last what the content does wrong, which is the
// reason only of those whom another content would reach.
func (s *Set) told() []string {
	ids := make([]string, 0, len(s.recipient)+len(s.content))
	for _, rule := range s.recipient {
		ids = append(ids, rule.ID)
	}
	for _, rule := range s.content {
		ids = append(ids, rule.ID)
	}
	return ids
}

// InForce is, per rule, the newest version that is effective on day, by id.
func InForce(all []Rule, day time.Time) []Rule {
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
