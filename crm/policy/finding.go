// Package policy says what may be said to whom: the rules of malls, laws and
// the merchant.
//
// It owns the rules (versioned rows of policy_rules, the first of them brought
// by migrations), the named conditions they are built from, the detectors of
// what a content says (links, phrases, offers), the findings they give, and the
// overrides staff record. It promises that a rule is judged the same way
// wherever it is asked; that every refusal names all rules that refuse with the
// most telling first; that a rule of one mall touches only recipients one speaks
// to by that mall's consent, so that a mixed audience is split and not refused;
// and that a rule whose condition this program does not know stops sending
// instead of being passed over. A version of a rule is never changed: what was
// in force on a day can always be told. It leaves reading the facts about
// recipients and templates to crm/message (the gate). Everything but store.go,
// catalog.go and override.go is pure.
package policy

// Severity is how hard a finding weighs.
type Severity string

// The severities, hardest first.
const (
	Block Severity = "BLOCK" // it cannot be sent
	Warn  Severity = "WARN"  // it can, after a look
	Info  Severity = "INFO"
)

// Text is a sentence for people, in the languages of the product.
type Text struct {
	JA string `json:"ja"`
	EN string `json:"en"`
}

// In is the text in locale, Japanese unless English is asked for.
func (t Text) In(locale string) string {
	if locale == "en" {
		return t.EN
	}
	return t.JA
}

// Finding is one thing to mend, or to know, before something is sent.
type Finding struct {
	Code      string   `json:"code"` // a rule id (LAW-02) or a code (UNKNOWN_VARIABLE)
	Severity  Severity `json:"severity"`
	Place     string   `json:"place"`             // subject, mjml, text, sender.postalAddress …
	Line      int      `json:"line"`              // from 1; 0 when the place has no lines
	Column    int      `json:"column,omitempty"`  // in characters, from 1; 0 when not known
	Excerpt   string   `json:"excerpt,omitempty"` // what was found there
	Message   Text     `json:"message"`
	Remedy    Text     `json:"remedy"`
	Sources   []string `json:"sources,omitempty"`
	Certainty string   `json:"certainty,omitempty"` // VH, H, M, L
	// Origins are the malls whose recipients the finding is about; empty: all.
	// A finding about some of them splits the audience and forbids nothing else.
	Origins []string `json:"origins,omitempty"`
	// Version of the rule; 0 when the code is no rule.
	Version int `json:"version,omitempty"`
	// Override is how the rule can be lifted; "" when the code is no rule.
	Override string `json:"override,omitempty"`
	// Lifted is the override in force for this content, nil when there is none.
	Lifted *Override `json:"-"`
}

// Blocks reports whether the finding forbids sending altogether.
func (f Finding) Blocks() bool { return f.Severity == Block && len(f.Origins) == 0 && f.Lifted == nil }

// Blocks reports whether any of the findings forbids sending.
func Blocks(findings []Finding) bool {
	for _, f := range findings {
		if f.Blocks() {
			return true
		}
	}
	return false
}
