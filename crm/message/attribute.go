package message

import (
	"slices"
	"strings"
)

// written is one attribute of a tag with the place of its value. The tokenizer
// of x/net/html splits tags in the same way (a test holds both together), but
// does not tell where a value stands.
type written struct {
	name     string // lower case
	from, to int    // of the value, without its quotes
}

// leadingAttributes take people elsewhere. Those that only load a picture, as
// src, background and srcset do, are none.
var leadingAttributes = []string{"href", "xlink:href", "action", "formaction", "ping"}

func (a written) leads() bool { return slices.Contains(leadingAttributes, a.name) }

const tagSpace = " \n\r\t\f"

// attributes finds the attributes of the tag at text[from:to].
func attributes(text string, from, to int) (found []written) {
	end := to
	if strings.HasSuffix(text[from:to], ">") {
		end--
	}
	at := until(text, from, end, tagSpace+"/")
	for {
		at = past(text, at, end, tagSpace+"/")
		if at >= end {
			return found
		}
		name := at
		at = until(text, at+1, end, tagSpace+"/=")
		attr := written{name: strings.ToLower(text[name:at])}
		at = past(text, at, end, tagSpace)
		if at < end && text[at] == '=' {
			attr.from, attr.to, at = value(text, past(text, at+1, end, tagSpace), end)
		}
		found = append(found, attr)
	}
}

// value is where the value at an offset begins and ends, and what comes next.
func value(text string, at, end int) (from, to, next int) {
	if at < end && (text[at] == '"' || text[at] == '\'') {
		to = until(text, at+1, end, text[at:at+1])
		return at + 1, to, min(to+1, end)
	}
	to = until(text, at, end, tagSpace)
	return at, to, to
}

func until(text string, at, end int, stop string) int {
	for at < end && strings.IndexByte(stop, text[at]) < 0 {
		at++
	}
	return at
}

func past(text string, at, end int, skipped string) int {
	for at < end && strings.IndexByte(skipped, text[at]) >= 0 {
		at++
	}
	return at
}
