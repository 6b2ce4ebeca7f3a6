package message

import (
	"regexp"
	"strconv"
	"strings"
)

// A token of Liquid in a text: {{ output }} or {% tag %}.
type token struct {
	source string
	output bool   // {{ }}
	name   string // of a tag
	args   string // the expression, or what follows the tag's name
	line   int    // from 1
	start  int    // byte offset
}

var (
	liquidPattern = regexp.MustCompile(`(?s)\{\{-?\s*(.*?)\s*-?\}\}|\{%-?\s*(\w*)\s*(.*?)\s*-?%\}`)
	// Character references are kept from the MJML compiler too: it turns
	// &lt; into < and forgets to escape & again.
	protectPattern = regexp.MustCompile(`(?s)\{\{.*?\}\}|\{%.*?%\}|&(?:#[0-9]+|#[xX][0-9a-fA-F]+|[a-zA-Z][a-zA-Z0-9]*);|&`)
	newlines       = strings.NewReplacer("\r\n", " ", "\n", " ", "\r", " ")
)

// scan finds the tokens of text in order.
func scan(text string) []token {
	var tokens []token
	line, from := 1, 0
	for _, m := range liquidPattern.FindAllStringSubmatchIndex(text, -1) {
		line += strings.Count(text[from:m[0]], "\n")
		from = m[0]
		t := token{source: text[m[0]:m[1]], line: line, start: m[0]}
		if m[2] >= 0 {
			t.output, t.args = true, newlines.Replace(text[m[2]:m[3]])
		} else {
			t.name, t.args = text[m[4]:m[5]], newlines.Replace(text[m[6]:m[7]])
		}
		tokens = append(tokens, t)
	}
	return tokens
}

// vault keeps pieces of a text out of the hands of tools that do not know
// them: each is replaced by a word made of letters and digits only, which
// stands for it in text and in attributes alike.
type vault struct {
	word   string
	pieces []string
}

// protect puts the Liquid tokens of text away and, in markup, its character
// references.
func protect(f form, text string) (string, *vault) {
	v := &vault{word: "mgq"}
	for strings.Contains(text, v.word) {
		v.word += "q"
	}
	if f == plain {
		return liquidPattern.ReplaceAllStringFunc(text, v.put), v
	}
	return protectPattern.ReplaceAllStringFunc(text, func(piece string) string {
		if piece == "&" {
			piece = "&amp;"
		}
		return v.put(piece)
	}), v
}

// put is the word that stands for piece from now on.
func (v *vault) put(piece string) string {
	v.pieces = append(v.pieces, piece)
	return v.wordOf(len(v.pieces) - 1)
}

// wordOf ends in a letter, so that no word is the beginning of another.
func (v *vault) wordOf(i int) string { return v.word + strconv.Itoa(i) + "z" }

// restore puts every piece back where its word stands.
func (v *vault) restore(text string) string {
	return v.replace(text, func(piece string) string { return piece })
}

// replace puts with(piece) where a piece's word stands.
func (v *vault) replace(text string, with func(piece string) string) string {
	var b strings.Builder
	b.Grow(len(text) + len(text)/8)
	for {
		at := strings.Index(text, v.word)
		if at < 0 {
			b.WriteString(text)
			return b.String()
		}
		b.WriteString(text[:at])
		text = text[at+len(v.word):]
		i, size := 0, 0
		for size < len(text) && text[size] >= '0' && text[size] <= '9' {
			i, size = i*10+int(text[size]-'0'), size+1
		}
		b.WriteString(with(v.pieces[i]))
		text = text[size+1:]
	}
}
