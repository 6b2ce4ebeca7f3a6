package policy

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Position is a place in what staff wrote, in lines and characters from 1. The
// zero value is no place: the text came about otherwise.
type Position struct{ Line, Column int }

// Part is one text of a content, or the target of one link in it.
type Part struct {
	Place string // subject, mjml, text …
	Runs  []Run
	// Link says that the part is nothing but the target of a link.
	Link bool
	// Code says that the part is what a QR code in a picture holds; it is read
	// as the target of a link and as a text.
	Code bool
	// Picture says that the part is the address of a picture whose QR codes are
	// still to be read; no condition looks at it.
	Picture bool
	// Echo says that the part says again what others say, as it arrives. A hit in
	// it counts only where no other part has the same.
	Echo bool
}

// Run is a piece of a part.
type Run struct {
	Text string
	At   Position // of its first character
	// Filled says that the text stands in the place of something else, a
	// variable for instance, so that all of it is at At.
	Filled bool
}

// scroll is a text as people read it: full-width and half-width forms are one,
// invisible characters are gone, and each character knows its place.
type scroll struct {
	runes  []rune
	places []Position
}

func unroll(p Part) scroll {
	var s scroll
	for _, run := range p.Runs {
		s = s.with(run)
	}
	return s
}

// with is the scroll with a run behind it, in normal form KC (Unicode TR 15).
func (s scroll) with(run Run) scroll {
	at := run.At
	var iter norm.Iter
	iter.InitString(norm.NFKC, run.Text)
	for from := 0; !iter.Done(); {
		segment := iter.Next()
		for len(segment) > 0 {
			r, size := utf8.DecodeRune(segment)
			segment = segment[size:]
			if invisible(r) {
				continue
			}
			s.runes, s.places = append(s.runes, r), append(s.places, at)
		}
		to := iter.Pos()
		if !run.Filled {
			at = at.After(run.Text[from:to])
		}
		from = to
	}
	return s
}

// After is the position behind text that begins at the position.
func (at Position) After(text string) Position {
	if at.Line == 0 {
		return at
	}
	for _, r := range text {
		if r == '\n' {
			at = Position{at.Line + 1, 1}
			continue
		}
		at.Column++
	}
	return at
}

// invisible characters only serve to hide what a text says.
func invisible(r rune) bool {
	return r == '\u00ad' || r == '\ufeff' || r == utf8.RuneError || unicode.Is(unicode.Cf, r) || unicode.Is(unicode.Variation_Selector, r)
}

// lower is the text in lower case, rune by rune at the same place.
func (s scroll) lower() string {
	return strings.Map(unicode.ToLower, string(s.runes))
}

// replace puts with in the place of what re finds in the lower-case text, at the
// place of the first character found.
func (s scroll) replace(re *regexp.Regexp, with string) scroll {
	text := s.lower()
	var out scroll
	from, rune0 := 0, 0
	for _, m := range re.FindAllStringSubmatchIndex(text, -1) {
		// The first group, if there is one, is what to replace.
		a, b := m[0], m[1]
		if len(m) > 2 {
			a, b = m[2], m[3]
		}
		start := rune0 + utf8.RuneCountInString(text[from:a])
		end := start + utf8.RuneCountInString(text[a:b])
		out.runes, out.places = append(out.runes, s.runes[rune0:start]...), append(out.places, s.places[rune0:start]...)
		for _, r := range with {
			out.runes, out.places = append(out.runes, r), append(out.places, s.places[start])
		}
		from, rune0 = b, end
	}
	out.runes, out.places = append(out.runes, s.runes[rune0:]...), append(out.places, s.places[rune0:]...)
	return out
}

// replaceEach puts what with makes of each thing found in its place, at the place
// of the first character found.
func (s scroll) replaceEach(re *regexp.Regexp, with func(string) string) scroll {
	var out scroll
	text, from := s.lower(), 0
	for _, m := range re.FindAllStringIndex(text, -1) {
		start := utf8.RuneCountInString(text[:m[0]])
		out.runes, out.places = append(out.runes, s.runes[from:start]...), append(out.places, s.places[from:start]...)
		for _, r := range with(text[m[0]:m[1]]) {
			out.runes, out.places = append(out.runes, r), append(out.places, s.places[start])
		}
		from = start + utf8.RuneCountInString(text[m[0]:m[1]])
	}
	out.runes, out.places = append(out.runes, s.runes[from:]...), append(out.places, s.places[from:]...)
	return out
}

// slice is what stands between two byte offsets of lower().
func (s scroll) slice(text string, from, to int) (excerpt string, at Position) {
	a := utf8.RuneCountInString(text[:from])
	b := a + utf8.RuneCountInString(text[from:to])
	return string(s.runes[a:b]), s.places[a]
}

// without drops the characters for which drop says so.
func (s scroll) without(drop func(i int, r rune) bool) scroll {
	var out scroll
	for i, r := range s.runes {
		if !drop(i, r) {
			out.runes, out.places = append(out.runes, r), append(out.places, s.places[i])
		}
	}
	return out
}
