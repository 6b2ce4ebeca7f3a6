package message

import (
	"regexp"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// plainText is the plain-text part of an HTML source with its Liquid.
func plainText(source string) string {
	kept, vault := protect(markup, source)
	return vault.replace(textOf(kept), func(piece string) string {
		if piece[0] == '&' {
			return html.UnescapeString(piece)
		}
		return piece
	})
}

// textOf makes the plain-text part from markup: blocks become lines, links
// show their target, images their alternative, and what is hidden in the mail
// stays hidden here.
func textOf(markup string) string {
	w := &textWriter{}
	z := html.NewTokenizer(strings.NewReader(markup))
	for {
		switch z.Next() {
		case html.ErrorToken:
			return w.done()
		case html.TextToken:
			w.text(string(z.Text()))
		case html.StartTagToken, html.SelfClosingTagToken:
			w.open(z.Token())
		case html.EndTagToken:
			w.close(z.Token())
		}
	}
}

type textWriter struct {
	b      strings.Builder
	hidden []atom.Atom // elements whose content is not shown, outermost first
	href   string
	label  int // where the label of the open link begins
}

func (w *textWriter) text(s string) {
	if len(w.hidden) == 0 {
		w.b.WriteString(spaces.ReplaceAllString(s, " "))
	}
}

func (w *textWriter) open(t html.Token) {
	if len(w.hidden) > 0 {
		if t.Type == html.StartTagToken && t.DataAtom == w.hidden[0] {
			w.hidden = append(w.hidden, t.DataAtom)
		}
		return
	}
	switch t.DataAtom {
	case atom.Head, atom.Style, atom.Script, atom.Title:
		w.hide(t)
	case atom.Br, atom.P, atom.Div, atom.Tr, atom.H1, atom.H2, atom.H3, atom.H4, atom.Table, atom.Ul, atom.Ol:
		if strings.Contains(strings.ReplaceAll(attribute(t, "style"), " ", ""), "display:none") {
			w.hide(t)
			return
		}
		w.b.WriteByte('\n')
	case atom.Td, atom.Th:
		w.b.WriteByte(' ')
	case atom.Li:
		w.b.WriteString("\n・")
	case atom.Hr:
		w.b.WriteString("\n――――――――――\n")
	case atom.Img:
		w.text(attribute(t, "alt"))
	case atom.A:
		w.href, w.label = attribute(t, "href"), w.b.Len()
	}
}

func (w *textWriter) hide(t html.Token) {
	if t.Type == html.StartTagToken {
		w.hidden = append(w.hidden, t.DataAtom)
	}
}

func (w *textWriter) close(t html.Token) {
	if len(w.hidden) > 0 {
		if t.DataAtom == w.hidden[0] {
			w.hidden = w.hidden[:len(w.hidden)-1]
		}
		return
	}
	switch t.DataAtom {
	case atom.P, atom.Div, atom.Table, atom.H1, atom.H2, atom.H3, atom.H4, atom.Ul, atom.Ol:
		w.b.WriteByte('\n')
	case atom.A:
		label := strings.TrimSpace(w.b.String()[min(w.label, w.b.Len()):])
		if w.href != "" && w.href != label && !strings.HasPrefix(w.href, "#") {
			w.b.WriteString("\n" + w.href + "\n")
		}
		w.href = ""
	}
}

var spaces = regexp.MustCompile(`[ \t\r\n\f\x{00a0}]+`)

func (w *textWriter) done() string { return squeeze(w.b.String()) }

// squeeze leaves at most one blank line at a time, and none at the ends; lines
// neither begin nor end with spaces.
func squeeze(text string) string {
	var b strings.Builder
	b.Grow(len(text) + 1)
	blank := 0
	for line := range strings.Lines(text) {
		line = strings.Trim(strings.TrimSuffix(line, "\n"), " ")
		if strings.TrimSpace(line) == "" {
			blank++
			continue
		}
		if blank > 0 && b.Len() > 0 {
			b.WriteByte('\n')
		}
		blank = 0
		b.WriteString(line)
		b.WriteByte('\n')
	}
	if b.Len() == 0 {
		return "\n"
	}
	return b.String()
}

func attribute(t html.Token, name string) string {
	for _, a := range t.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}
