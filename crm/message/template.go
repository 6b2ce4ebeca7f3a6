package message

import (
	"cmp"
	"html"
	"strings"
	"time"
	"unicode"

	"github.com/osteele/liquid"

	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/crm/message/link"
)

// Template is the content of one variant of one delivery, ready to be filled in
// for each recipient. It is safe for concurrent use.
type Template struct {
	fixed               Fixed
	subject, html, text part
	links               []string
	// madeText: the text part was made from the HTML, so that blocks which
	// conditions left out leave blank lines.
	madeText bool
}

// part is one part of a mail.
type part struct {
	parsed *liquid.Template
	size   int // of the text it makes, about
}

// Prepare parses the Liquid of compiled content and fills in what is the same
// for all. Errors are fault.Invalid: the content does not parse, which Compile
// would have found.
func Prepare(c Compiled, fixed Fixed) (*Template, error) {
	if fixed.Zone == nil {
		fixed.Zone = time.UTC
	}
	t := &Template{fixed: fixed}
	c = Compiled{Subject: unmarked.Replace(c.Subject), HTML: unmarked.Replace(c.HTML), Text: unmarked.Replace(c.Text)}
	markupEngine, plainEngine := newEngine(markup), newEngine(plain)
	l := &linker{fill: func(target string) (string, bool) { return fillFixed(plainEngine, target, fixed) }}

	body := l.rewrite(markup, c.HTML, l.inHTML)
	text := l.rewrite(plain, c.Text, l.inText)
	if strings.TrimSpace(c.Text) == "" {
		text, t.madeText = plainText(body), true
	}
	t.links = l.targets

	for _, part := range []struct {
		into   *part
		engine *liquid.Engine
		source string
	}{
		{&t.subject, plainEngine, c.Subject},
		{&t.html, markupEngine, beforeEnd(body, mark(markFooter))},
		{&t.text, plainEngine, text},
	} {
		parsed, failed := parseLiquid(part.engine, part.source)
		if failed != nil {
			return nil, fault.New(fault.Invalid, "the content cannot be read: line %d: %s", failed.line, failed.message).WithCode("LIQUID_INVALID")
		}
		part.into.parsed, part.into.size = parsed, len(part.source)+len(part.source)/8
	}
	return t, nil
}

// rewrite changes source while its Liquid is out of the way.
func (l *linker) rewrite(f form, source string, change func(string) string) string {
	kept, vault := protect(f, source)
	l.vault = vault
	return vault.restore(change(kept))
}

// fillFixed is target with its Liquid filled in, if all of it is the same for
// all recipients.
func fillFixed(engine *liquid.Engine, target string, fixed Fixed) (string, bool) {
	if !strings.Contains(target, "{") {
		return target, true
	}
	if !isFixed(target) {
		return "", false
	}
	parsed, failed := parseLiquid(engine, target)
	if failed != nil {
		return "", false
	}
	filled, err := run(parsed, fixed.values(""), len(target))
	return filled, err == nil
}

// Links are the targets of the tracked links by position; the caller stores
// them with the delivery before the first mail goes out.
func (t *Template) Links() []string { return t.links }

// Links makes the addresses in one mail.
type Links struct {
	Signer *link.Signer
	Ref    link.Ref // Kind and Position are set for each link
}

func (l Links) url(kind link.Kind, position int) string {
	ref := l.Ref
	ref.Kind, ref.Position = kind, position
	return l.Signer.URL(ref)
}

// Unsubscribe is the address for the footer and for List-Unsubscribe.
func (l Links) Unsubscribe() string { return l.url(link.Unsubscribe, 0) }

// Preferences is where the recipient chooses what he gets.
func (l Links) Preferences() string { return l.url(link.Preferences, 0) }

// Render fills the template in for one person. Errors are fault.Invalid with
// code RENDER_FAILED: the template goes beyond its limits for him.
func (t *Template) Render(p Person, links Links) (Rendered, error) {
	values := make([]string, markLinks+len(t.links))
	values[markUnsubscribe], values[markPreferences], values[markPixel] = links.Unsubscribe(), links.Preferences(), links.url(link.Open, 0)
	for i := range t.links {
		values[markLinks+i] = links.url(link.Click, i)
	}
	return t.render(p, values)
}

// Preview fills the template in as Render does, with links that lead straight
// to their targets and an unsubscribe link that leads nowhere.
func (t *Template) Preview(p Person) (Rendered, error) {
	values := make([]string, markLinks, markLinks+len(t.links))
	values[markUnsubscribe], values[markPreferences], values[markPixel] = "#", "#", "data:,"
	return t.render(p, append(values, t.links...))
}

// render fills in variables and marks. values have room for the sender.
func (t *Template) render(p Person, values []string) (Rendered, error) {
	r, err := t.variables(p)
	if err != nil {
		return Rendered{}, err
	}
	if t.madeText {
		r.Text = squeeze(r.Text)
	}
	s := t.fixed.Sender
	values[markSenderName], values[markSenderAddress], values[markSenderContact] = s.Name, s.PostalAddress, s.Contact
	values[markAccent] = cmp.Or(t.fixed.Brand.Accent, DefaultAccent)
	r.Subject, r.Text = oneLine(r.Subject), fill(strings.TrimRight(r.Text, "\n")+"\n"+footerText, values)
	for i, value := range values {
		values[i] = html.EscapeString(value)
	}
	values[markLogo] = logoHTML(t.fixed.Brand, s.Name)
	r.HTML = fillHTML(r.HTML, values)
	return r, nil
}

// variables fills in the Liquid; the marks stay.
func (t *Template) variables(p Person) (r Rendered, err error) {
	values := t.fixed.valuesFor(p)
	if r.Subject, err = run(t.subject.parsed, values, t.subject.size); err != nil {
		return Rendered{}, err
	}
	if r.HTML, err = run(t.html.parsed, values, t.html.size); err != nil {
		return Rendered{}, err
	}
	if r.Text, err = run(t.text.parsed, values, t.text.size); err != nil {
		return Rendered{}, err
	}
	return r, nil
}

// bare is what the template says to p itself: links lead straight to their
// targets, and there is no footer.
func (t *Template) bare(p Person) (Rendered, error) {
	r, err := t.variables(p)
	if err != nil {
		return Rendered{}, err
	}
	values := append(make([]string, markLinks, markLinks+len(t.links)), t.links...)
	r.Text = fill(r.Text, values)
	for i, value := range values {
		values[i] = html.EscapeString(value)
	}
	r.HTML = fill(r.HTML, values)
	return r, nil
}

// oneLine keeps a variable from adding headers to a mail.
func oneLine(s string) string {
	return strings.TrimSpace(strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return ' '
		}
		return r
	}, s))
}
