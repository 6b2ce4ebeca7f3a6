package message

import (
	"strings"

	"github.com/osteele/liquid"
)

// filler tells what single Liquid tokens write for an example person, so that
// an address or a wording made of variables is read like one that is written
// out.
type filler struct {
	engine  *liquid.Engine
	values  map[string]any
	assigns strings.Builder // those before the token
	known   map[string]string
}

// maxFilled bounds how many different tokens are filled in; the rest are read
// in the content as a whole only.
const maxFilled = 400

func newFiller(fixed Fixed, person Person) *filler {
	return &filler{engine: newEngine(plain), values: fixed.valuesFor(person), known: map[string]string{}}
}

func (f *filler) value(t token) string {
	if t.name == "assign" {
		f.assigns.WriteString(t.source)
		clear(f.known)
	}
	if !t.output || len(f.known) >= maxFilled {
		return ""
	}
	if known, ok := f.known[t.source]; ok {
		return known
	}
	value := ""
	if parsed, failed := parseLiquid(f.engine, f.assigns.String()+t.source); failed == nil {
		// What cannot be filled in is a finding of Compile already.
		value, _ = run(parsed, f.values, len(t.source))
	}
	f.known[t.source] = value
	return value
}
