package message

import (
	"strings"

	"github.com/osteele/liquid"
)

// filler tells what single Liquid tokens write for an example person, so that
// an address or a wording made of variables is read like one that is written
// out. A variable that conditions give several values is read with each of them:
// begin starts the next reading of the text.
type filler struct {
	engine  *liquid.Engine
	values  map[string]any
	known   map[string]string
	assigns []assign // those before the token
	depth   int      // of the conditions and loops around it

	choices int // how many values a variable can have at most
	choice  int // which of them this reading takes; -1: the last
}

// assign is an {% assign %}.
type assign struct {
	variable, source string
	nth              int // among the values that the variable may have from here on
}

// maxFilled bounds how many different tokens are filled in; the rest are read
// in the content as a whole only. maxChoices bounds how often a text is read.
const (
	maxFilled  = 400
	maxChoices = 16
)

func newFiller(fixed Fixed, person Person) *filler {
	return &filler{engine: newEngine(plain), values: fixed.valuesFor(person), known: map[string]string{}, choice: -1}
}

// begin readies the filler for another reading of its text, and reports whether
// there is any.
func (f *filler) begin() bool {
	if f.choice+1 >= min(f.choices, maxChoices) {
		return false
	}
	f.choice++
	f.assigns, f.depth = nil, 0
	clear(f.known)
	return true
}

func (f *filler) value(t token) string {
	switch t.name {
	case "if", "unless", "case", "for":
		f.depth++
	case "endif", "endunless", "endcase", "endfor":
		f.depth--
	case "assign":
		f.assign(t)
	}
	if !t.output || len(f.known) >= maxFilled {
		return ""
	}
	if known, ok := f.known[t.source]; ok {
		return known
	}
	value := ""
	if parsed, failed := parseLiquid(f.engine, f.script()+t.source); failed == nil {
		// What cannot be filled in is a finding of Compile already.
		value, _ = run(parsed, f.values, len(t.source))
	}
	f.known[t.source] = value
	return value
}

// assign notes a value of a variable: outside of conditions it takes the place
// of those before.
func (f *filler) assign(t token) {
	name, _, _ := strings.Cut(t.args, "=")
	a := assign{variable: strings.TrimSpace(name), source: t.source}
	if f.depth > 0 {
		a.nth = 1 // 0 is what it was before
		for _, b := range f.assigns {
			if b.variable == a.variable {
				a.nth = b.nth + 1
			}
		}
		f.choices = max(f.choices, a.nth+1)
	}
	f.assigns = append(f.assigns, a)
	clear(f.known)
}

// script is the assigns that this reading takes.
func (f *filler) script() string {
	var b strings.Builder
	for _, a := range f.assigns {
		if f.choice < 0 || a.nth <= f.choice {
			b.WriteString(a.source)
		}
	}
	return b.String()
}
