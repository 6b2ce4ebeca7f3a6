package mail

import (
	"encoding/base64"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/meguri-crm/meguri/crm/message/channel"
)

// Lengths of header lines: RFC 5322 2.1.1 recommends 78 characters, RFC 2047 2
// allows 76 to a line with encoded words and 75 to the word.
const (
	plainLine   = 78
	encodedLine = 76

	wordBegin, wordEnd = "=?UTF-8?B?", "?="
)

// appendText appends an unstructured field, folded, as RFC 5322 and RFC 2047
// want it. Control characters become spaces, so that no value adds a field.
func appendText(b []byte, name, value string) []byte {
	value = clean(value)
	b = append(append(b, name...), ": "...)
	if plainText(value) {
		b, _ = appendFolded(b, value, len(name)+2)
	} else {
		b, _ = appendEncoded(b, value, len(name)+2)
	}
	return append(b, "\r\n"...)
}

// appendMailbox appends an address field of one mailbox.
func appendMailbox(b []byte, name string, a channel.Address) []byte {
	b = append(append(b, name...), ": "...)
	column, display := len(name)+2, clean(a.Name)
	switch {
	case display == "":
	case !plainText(display):
		b, column = appendEncoded(b, display, column)
	case atoms(display):
		b, column = appendFolded(b, display, column)
	default:
		quoted := `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(display) + `"`
		b, column = appendFolded(b, quoted, column)
	}
	if display != "" {
		if column+len(" <>")+len(a.Email) > encodedLine {
			b = append(b, "\r\n"...)
		}
		b = append(b, ' ')
	}
	return append(append(append(b, '<'), a.Email...), ">\r\n"...)
}

// clean is a value of one line in valid UTF-8.
func clean(value string) string {
	value = strings.ToValidUTF8(value, "\uFFFD")
	return strings.TrimSpace(strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return ' '
		}
		return r
	}, value))
}

// plainText reports whether a value can stand as it is: ASCII that nobody takes
// for an encoded word, in words that fit into a line, with single spaces, which
// folding keeps.
func plainText(value string) bool {
	if strings.Contains(value, "=?") || strings.Contains(value, "  ") {
		return false
	}
	word := 0
	for i := range len(value) {
		switch c := value[i]; {
		case c >= utf8.RuneSelf:
			return false
		case c == ' ':
			word = 0
		default:
			if word++; word > encodedLine-len("List-Unsubscribe: ") {
				return false
			}
		}
	}
	return true
}

// atoms reports whether an ASCII phrase needs no quotes (RFC 5322 3.2.3).
func atoms(phrase string) bool {
	for i := range len(phrase) {
		c := phrase[i]
		letter := c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z'
		if !letter && strings.IndexByte(" !#$%&'*+-/=?^_`{|}~", c) < 0 {
			return false
		}
	}
	return true
}

// appendFolded appends ASCII words, with a line break before the space where
// the next word would not fit. It gives back the column it ends in.
func appendFolded(b []byte, value string, column int) ([]byte, int) {
	for i, word := range strings.Split(value, " ") {
		if i > 0 {
			if column+1+len(word) > plainLine {
				b, column = append(b, "\r\n"...), 0
			}
			b, column = append(b, ' '), column+1
		}
		b, column = append(b, word...), column+len(word)
	}
	return b, column
}

// appendEncoded appends a value as encoded words (RFC 2047) of whole characters,
// one to a line, and gives back the column it ends in.
func appendEncoded(b []byte, value string, column int) ([]byte, int) {
	for {
		room := (min(encodedLine-column, 75) - len(wordBegin) - len(wordEnd)) / 4 * 3
		n := min(room, len(value))
		for n < len(value) && n > 0 && !boundaryAt(value, n) {
			n--
		}
		if n == 0 { // a cluster longer than a line: whole runes must do
			for n = min(room, len(value)); !utf8.RuneStart(value[n]); n-- {
			}
		}
		b = append(b, wordBegin...)
		b = append(base64.StdEncoding.AppendEncode(b, []byte(value[:n])), wordEnd...)
		column += len(wordBegin) + base64.StdEncoding.EncodedLen(n) + len(wordEnd)
		if value = value[n:]; value == "" {
			return b, column
		}
		b, column = append(b, "\r\n "...), 1
	}
}

// boundaryAt reports whether an encoded word may end before byte n: at the
// start of a rune that does not belong to the one before (marks, joiners,
// variation selectors and skin tones do), because some readers show each word
// by itself.
func boundaryAt(value string, n int) bool {
	if !utf8.RuneStart(value[n]) {
		return false
	}
	next, _ := utf8.DecodeRuneInString(value[n:])
	last, _ := utf8.DecodeLastRuneInString(value[:n])
	const joiner = '\u200d'
	skinTone := next >= 0x1F3FB && next <= 0x1F3FF
	return next != joiner && last != joiner && !unicode.Is(unicode.M, next) && !skinTone
}
