package message

import (
	"regexp"
	"slices"
	"strings"

	"golang.org/x/net/html"
)

// linker collects the links of a variant. The same target has one position,
// wherever it stands.
type linker struct {
	vault *vault
	// fill makes the Liquid in a target that is the same for all; false when it
	// differs by recipient.
	fill    func(target string) (string, bool)
	targets []string
}

// track is the mark that stands for target in a mail, and false when target
// is not followed: no web address, or one that differs by recipient.
func (l *linker) track(target string) (string, bool) {
	filled, ok := l.fill(target)
	if !ok || !strings.HasPrefix(filled, "http://") && !strings.HasPrefix(filled, "https://") {
		return "", false
	}
	position := slices.Index(l.targets, filled)
	if position < 0 {
		position = len(l.targets)
		l.targets = append(l.targets, filled)
	}
	return mark(markLinks + position), true
}

// inHTML rewrites the targets of links in markup whose Liquid is in the vault.
func (l *linker) inHTML(markup string) string {
	var b strings.Builder
	b.Grow(len(markup))
	z := html.NewTokenizer(strings.NewReader(markup))
	for {
		kind := z.Next()
		if kind == html.ErrorToken {
			return b.String()
		}
		raw := string(z.Raw())
		if name, hasAttr := z.TagName(); kind == html.StartTagToken && hasAttr && string(name) == "a" {
			raw = l.anchor(raw)
		}
		b.WriteString(raw)
	}
}

var anchorHref = regexp.MustCompile(`(?i)(\bhref\s*=\s*)("[^"]*"|'[^']*')`)

// anchor rewrites the href of one <a …>, leaving the rest of the tag as it is.
func (l *linker) anchor(tag string) string {
	m := anchorHref.FindStringSubmatchIndex(tag)
	if m == nil {
		return tag
	}
	target := html.UnescapeString(l.vault.restore(tag[m[4]+1 : m[5]-1]))
	tracked, ok := l.track(target)
	if !ok {
		return tag
	}
	return tag[:m[4]] + `"` + tracked + `"` + tag[m[5]:]
}

// A web address in plain text, or Liquid that may make one: ASCII only, so that
// Japanese text may follow it without a space.
var textURL = regexp.MustCompile(`(?:https?://|mgq+[0-9]+z)[A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=%]*`)

// inText rewrites the web addresses in a text part whose Liquid is in the vault.
func (l *linker) inText(text string) string {
	return textURL.ReplaceAllStringFunc(text, func(found string) string {
		target := strings.TrimRight(found, ".,;:!?'()")
		tracked, ok := l.track(l.vault.restore(target))
		if !ok {
			return found
		}
		return tracked + found[len(target):]
	})
}
