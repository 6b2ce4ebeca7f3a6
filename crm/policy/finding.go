// Package policy says what may be said to whom: the rules of malls, laws and
// the merchant.
//
// It owns the rules (versioned rows of policy_rules, the first of them brought
// by a migration), the named conditions they are built from, and the findings
// they give. It promises that a rule is judged the same way wherever it is
// asked, that every refusal names all rules that refuse with the most telling
// first, and that a rule whose condition this program does not know stops
// sending instead of being passed over. rule.go and content.go are pure. It
// leaves reading the facts about recipients to crm/message (the gate), and what
// a template contains to crm/message (Compile).
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
	Place     string   `json:"place"` // subject, mjml, text, sender.postalAddress …
	Line      int      `json:"line"`  // from 1; 0 when the place has no lines
	Message   Text     `json:"message"`
	Remedy    Text     `json:"remedy"`
	Sources   []string `json:"sources,omitempty"`
	Certainty string   `json:"certainty,omitempty"` // VH, H, M, L
}

// Blocks reports whether any of the findings forbids sending.
func Blocks(findings []Finding) bool {
	for _, f := range findings {
		if f.Severity == Block {
			return true
		}
	}
	return false
}
