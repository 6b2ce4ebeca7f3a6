package message

import (
	"strconv"
	"strings"
)

// A mark stands in a parsed template for what the server puts into each mail:
// the address to unsubscribe, the pixel, the parts of the sender, the brand, the
// tracked links. Marks are not Liquid, so that content cannot make or change them, and
// filling them in costs a copy. They are written in two noncharacters of
// Unicode, which mean nothing in any text.
const (
	markBegin = "\uFDD0"
	markEnd   = "\uFDD1"
)

// The marks. Those of links follow, by position.
const (
	markFooter = iota
	markUnsubscribe
	markPreferences
	markPixel
	markSenderName
	markSenderAddress
	markSenderContact
	markAccent
	markLogo
	markLinks
)

// unmarked takes marks out of what staff wrote.
var unmarked = strings.NewReplacer(markBegin, "", markEnd, "")

func mark(n int) string { return markBegin + strconv.Itoa(n) + markEnd }

// fillHTML is fill for a rendered page, with the footer where its mark stands
// or, where an open comment of Liquid swallowed that, at the end.
func fillHTML(text string, values []string) string {
	before, after, found := strings.Cut(text, mark(markFooter))
	var b strings.Builder
	b.Grow(len(text) + len(footerHTML) + 64*len(values))
	fillInto(&b, before, values)
	fillInto(&b, footerHTML, values)
	if found {
		fillInto(&b, after, values)
	}
	return b.String()
}

// fill puts values where their marks stand; a mark without value vanishes.
func fill(text string, values []string) string {
	var b strings.Builder
	b.Grow(len(text) + 64*len(values))
	fillInto(&b, text, values)
	return b.String()
}

func fillInto(b *strings.Builder, text string, values []string) {
	for {
		before, rest, found := strings.Cut(text, markBegin)
		b.WriteString(before)
		if !found {
			return
		}
		number, after, closed := strings.Cut(rest, markEnd)
		if !closed {
			b.WriteString(rest)
			return
		}
		if n, err := strconv.Atoi(number); err == nil && n >= 0 && n < len(values) {
			b.WriteString(values[n])
		}
		text = after
	}
}
