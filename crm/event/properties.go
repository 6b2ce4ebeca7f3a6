package event

import (
	"bytes"
	"encoding/json"
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// storable says whether JSON that Go reads can be kept as jsonb too, which has
// no NUL, no half of a surrogate pair and no numbers without bounds.
func storable(raw json.RawMessage) bool {
	return utf8.Valid(raw) && escapesStorable(raw) && numbersStorable(raw)
}

// escapesStorable looks at the \u escapes of well-formed JSON; a backslash
// stands nowhere but in its texts.
func escapesStorable(raw []byte) bool {
	for {
		i := bytes.IndexByte(raw, '\\')
		if i < 0 {
			return true
		}
		raw = raw[i:]
		unit, ok := escaped(raw)
		switch {
		case !ok:
			raw = raw[2:]
			continue
		case unit == 0:
			return false
		case !utf16.IsSurrogate(unit):
			raw = raw[6:]
			continue
		}
		low, ok := escaped(raw[6:])
		if !ok || utf16.DecodeRune(unit, low) == utf8.RuneError {
			return false
		}
		raw = raw[12:]
	}
}

// escaped is the code unit of the \u escape that text begins with.
func escaped(text []byte) (rune, bool) {
	if len(text) < 6 || text[0] != '\\' || text[1] != 'u' {
		return 0, false
	}
	unit, err := strconv.ParseUint(string(text[2:6]), 16, 16)
	return rune(unit), err == nil
}

// maxExponent keeps numbers to what both a float64 and jsonb can hold.
const maxExponent = 308

func numbersStorable(raw []byte) bool {
	dec := json.NewDecoder(bytes.NewReader(raw))
	dec.UseNumber()
	for {
		token, err := dec.Token()
		if err != nil {
			return true // the end: it is well-formed
		}
		number, ok := token.(json.Number)
		if !ok {
			continue
		}
		if _, err := number.Float64(); err != nil {
			return false
		}
		if i := strings.IndexAny(string(number), "eE"); i >= 0 {
			if exponent, err := strconv.Atoi(string(number[i+1:])); err != nil || exponent < -maxExponent || exponent > maxExponent {
				return false
			}
		}
	}
}
