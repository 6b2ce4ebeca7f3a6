package policy

import (
	"regexp"
	"strings"
	"unicode"
)

// phrases looks for wordings in texts.
type phrases struct {
	find   *regexp.Regexp // nil: none
	except *regexp.Regexp
}

// gap is what a * in a phrase stands for.
const gap = `[^。！!？?\n\x00]{0,12}?`

// address is a written-out address; one in the middle of a phrase hides nothing.
var address = regexp.MustCompile(`https?://[!-~]+`)

func newPhrases(find, except []string) phrases {
	return phrases{find: alternatives(find), except: alternatives(except)}
}

func alternatives(list []string) *regexp.Regexp {
	var patterns []string
	for _, phrase := range list {
		pieces := strings.Split(phrase, "*")
		for i, piece := range pieces {
			pieces[i] = regexp.QuoteMeta(letters(unroll(Part{Runs: []Run{{Text: piece}}})).lower())
		}
		if pattern := strings.Join(pieces, gap); strings.Trim(pattern, " ") != "" {
			patterns = append(patterns, pattern)
		}
	}
	if len(patterns) == 0 {
		return nil
	}
	return regexp.MustCompile(strings.Join(patterns, "|"))
}

// letters is a text without its blanks and single line breaks, which people put
// where a line is full; an empty line stays, as the end of a sentence.
func letters(s scroll) scroll {
	return s.without(func(i int, r rune) bool {
		if r == '\n' {
			return i+1 >= len(s.runes) || s.runes[i+1] != '\n'
		}
		return unicode.IsSpace(r)
	})
}

// in finds the phrases in a part.
func (p phrases) in(part Part) []hit {
	return p.near(part, phrases{})
}

// nearness is how many letters may stand between phrases that belong together.
const nearness = 40

// near finds the phrases in a part that stand near one of with, in the same
// paragraph; with nothing to stand near, all of them.
func (p phrases) near(part Part, with phrases) []hit {
	if p.find == nil || part.Link && !part.Code {
		return nil
	}
	s := letters(unroll(part)).replace(address, "…")
	if p.except != nil {
		s = s.replace(p.except, "\x00")
	}
	text := s.lower()
	var hits []hit
	for _, m := range p.find.FindAllStringIndex(text, -1) {
		if m[0] == m[1] || with.find != nil && !with.find.MatchString(around(text, m[0], m[1])) {
			continue
		}
		excerpt, at := s.slice(text, m[0], m[1])
		hits = append(hits, hit{place: part.Place, at: at, excerpt: clip(excerpt), echo: part.Echo})
	}
	return hits
}

// around is what stands near a place of a text, within its paragraph.
func around(text string, from, to int) string {
	before, after := []rune(text[:from]), []rune(text[to:])
	head, tail := string(before[max(0, len(before)-nearness):]), string(after[:min(len(after), nearness)])
	if at := strings.LastIndex(head, "\n"); at >= 0 {
		head = head[at+1:]
	}
	tail, _, _ = strings.Cut(tail, "\n")
	return head + text[from:to] + tail
}

// saidIn reports whether one of the phrases is in a text in lower case.
func (p phrases) saidIn(text string) bool {
	text = strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return -1
		}
		return r
	}, text)
	if p.except != nil {
		text = p.except.ReplaceAllString(text, "\x00")
	}
	return p.find.MatchString(text)
}
