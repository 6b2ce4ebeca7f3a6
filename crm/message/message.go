// Package message turns content into mails for one person each, and decides
// who may get one.
//
// It owns the compiling of MJML, the Liquid variables and filters content may
// use, the plain-text part, the legal footer and unsubscribe link that every
// mail carries, the rewriting of links, and the gate that every send passes.
// It promises that a preview is rendered by the same code as a send; that
// customer data is escaped in HTML; that no template can run without end, read
// a file or leave out the footer; and that MJML is compiled once per save and
// Liquid parsed once per delivery, never per recipient. It leaves the wire to
// crm/message/channel, tokens to crm/message/link, what recipients do back to
// crm/message/response, and who is asked when to crm/campaign.
//
// The way of a mail:
//
//	compiled, findings := message.Compile(source)         // when staff save
//	template, err := message.Prepare(compiled, fixed)     // once per variant of a delivery
//	                                                      // (store template.Links as tracked_links)
//	rendered, err := template.Render(person, links)       // per recipient
package message

// Source is content as staff write it.
type Source struct {
	Subject string // Liquid
	MJML    string // MJML with Liquid
	Text    string // Liquid; empty: made from the HTML
}

// passage is one text of content, and where findings say that it is.
type passage struct{ place, text string }

func (s Source) parts() []passage {
	return []passage{{placeSubject, s.Subject}, {placeMJML, s.MJML}, {placeText, s.Text}}
}

// Compiled is content that compiled: what a campaign variant stores.
type Compiled struct {
	Subject string `json:"subject"`
	HTML    string `json:"html"` // Liquid still in it
	Text    string `json:"text"`
}

// Rendered is the content of one mail.
type Rendered struct {
	Subject string
	HTML    string
	Text    string
}

// Limits of content. A template beyond them does not compile; a rendering
// beyond them fails.
const (
	maxSource     = 256 << 10 // bytes of MJML
	maxRendered   = 512 << 10 // bytes of one rendered part
	maxIterations = 10_000    // of all loops of one part
	maxString     = 64 << 10  // bytes a filter may make
)
