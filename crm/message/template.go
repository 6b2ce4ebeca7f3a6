package message

import (
	"strconv"
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
	subject, html, text *liquid.Template
	links               []string
}

// Prepare parses the Liquid of compiled content and fills in what is the same
// for all. Errors are fault.Invalid: the content does not parse, which Compile
// would have found.
func Prepare(c Compiled, fixed Fixed) (*Template, error) {
	if fixed.Zone == nil {
		fixed.Zone = time.UTC
	}
	t := &Template{fixed: fixed}
	markupEngine, plainEngine := newEngine(markup), newEngine(plain)
	l := &linker{fill: func(target string) (string, bool) { return fillFixed(plainEngine, target, fixed) }}

	html := l.rewrite(c.HTML, l.inHTML)
	text := l.rewrite(c.Text, l.inText)
	if strings.TrimSpace(c.Text) == "" {
		text = plainText(html)
	}
	t.links = l.targets

	for _, part := range []struct {
		into   **liquid.Template
		engine *liquid.Engine
		source string
	}{
		{&t.subject, plainEngine, c.Subject},
		{&t.html, markupEngine, beforeEnd(html, footerHTML)},
		{&t.text, plainEngine, strings.TrimRight(text, "\n") + "\n" + footerText},
	} {
		parsed, failed := parseLiquid(part.engine, part.source)
		if failed != nil {
			return nil, fault.New(fault.Invalid, "the content cannot be read: line %d: %s", failed.line, failed.message).WithCode("LIQUID_INVALID")
		}
		*part.into = parsed
	}
	return t, nil
}

// rewrite changes source while its Liquid is out of the way.
func (l *linker) rewrite(source string, change func(string) string) string {
	kept, vault := protect(source)
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
	filled, err := run(parsed, fixed.values())
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

// Render fills the template in for one person. Errors are fault.Invalid with
// code RENDER_FAILED: the template goes beyond its limits for him.
func (t *Template) Render(p Person, links Links) (Rendered, error) {
	values := t.fixed.valuesFor(p)
	values[unsubscribeVariable] = links.Unsubscribe()
	values[pixelVariable] = links.url(link.Open, 0)
	for i := range t.links {
		values[linkVariable+strconv.Itoa(i)] = links.url(link.Click, i)
	}
	return t.run(values)
}

// Preview fills the template in as Render does, with links that lead straight
// to their targets and an unsubscribe link that leads nowhere.
func (t *Template) Preview(p Person) (Rendered, error) {
	values := t.fixed.valuesFor(p)
	values[unsubscribeVariable] = "#"
	values[pixelVariable] = "data:,"
	for i, target := range t.links {
		values[linkVariable+strconv.Itoa(i)] = target
	}
	return t.run(values)
}

func (t *Template) run(values map[string]any) (Rendered, error) {
	var r Rendered
	var err error
	if r.Subject, err = run(t.subject, values); err != nil {
		return Rendered{}, err
	}
	if r.HTML, err = run(t.html, values); err != nil {
		return Rendered{}, err
	}
	if r.Text, err = run(t.text, values); err != nil {
		return Rendered{}, err
	}
	r.Subject = oneLine(r.Subject)
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
