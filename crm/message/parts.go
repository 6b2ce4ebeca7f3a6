package message

import (
	"regexp"
	"slices"
	"strings"

	"golang.org/x/net/html"

	"github.com/meguri-crm/meguri/crm/policy"
)

// The texts of a content as policy reads them: what people will see and where
// links lead, with the variables filled in, and each character at its place in
// what staff wrote. All branches of conditions are read, whoever would see them.

// partsOf is the parts of a source that stands at place, with every value that
// conditions may give its variables.
func partsOf(place string, f form, text string, filler *filler) []policy.Part {
	parts := readOnce(place, f, text, filler)
	for filler.begin() {
		parts = append(parts, readOnce(place, f, text, filler)...)
	}
	return parts
}

func readOnce(place string, f form, text string, filler *filler) []policy.Part {
	w := &partWriter{source: text, masked: text, place: place}
	w.masked = w.mask(filler)
	if f == plain {
		w.literal(0, len(text))
		return w.done()
	}
	w.markup()
	return w.done()
}

// partWriter walks through a source whose Liquid is masked by letters of the
// same length, so that offsets hold for both.
type partWriter struct {
	source, masked, place string
	last                  place // the one told last: places are asked for in order
	filled                []filled
	runs                  []policy.Run
	parts                 []policy.Part
}

// filled is what stands in the place of a Liquid token.
type filled struct {
	from, to int
	value    string
}

func (w *partWriter) mask(f *filler) string {
	var b strings.Builder
	from, comment, raw := 0, false, false
	commentFrom := 0
	for _, t := range scan(w.source) {
		end := t.start + len(t.source)
		switch {
		case raw:
			if t.name != "endraw" {
				continue
			}
			raw = false
		case comment:
			if t.name != "endcomment" {
				continue
			}
			comment = false
			t.start = commentFrom
		case t.name == "comment":
			comment, commentFrom = true, t.start
			continue
		case t.name == "raw":
			raw = true
		}
		b.WriteString(w.source[from:t.start])
		b.WriteString(strings.Repeat("x", end-t.start))
		from = end
		w.filled = append(w.filled, filled{t.start, end, f.value(t)})
	}
	b.WriteString(w.source[from:])
	return b.String()
}

// literal writes the source between two offsets, with what the Liquid in it
// stands for.
func (w *partWriter) literal(from, to int) {
	at, _ := slices.BinarySearchFunc(w.filled, from, func(f filled, from int) int { return f.from - from })
	for _, f := range w.filled[at:] {
		if f.from >= to {
			break
		}
		w.run(from, f.from)
		if f.value != "" {
			w.runs = append(w.runs, policy.Run{Text: f.value, At: w.position(f.from), Filled: true})
		}
		from = f.to
	}
	w.run(from, to)
}

func (w *partWriter) run(from, to int) {
	if from < to {
		w.runs = append(w.runs, policy.Run{Text: w.source[from:to], At: w.position(from)})
	}
}

// place is a byte of the source and its position.
type place struct {
	offset int
	at     policy.Position
}

func (w *partWriter) position(offset int) policy.Position {
	if w.last.at.Line == 0 || offset < w.last.offset {
		w.last = place{at: policy.Position{Line: 1, Column: 1}}
	}
	w.last = place{offset, w.last.at.After(w.source[w.last.offset:offset])}
	return w.last.at
}

// cut ends the part that is being written.
func (w *partWriter) cut(link bool) {
	if len(w.runs) > 0 {
		w.parts = append(w.parts, policy.Part{Place: w.place, Runs: w.runs, Link: link})
	}
	w.runs = nil
}

func (w *partWriter) cutPicture() {
	if len(w.runs) > 0 {
		w.parts = append(w.parts, policy.Part{Place: w.place, Runs: w.runs, Picture: true})
	}
	w.runs = nil
}

func (w *partWriter) done() []policy.Part {
	w.cut(false)
	return w.parts
}

var (
	entityPattern = regexp.MustCompile(`&(?:#[0-9]+;?|#[xX][0-9a-fA-F]+;?|[a-zA-Z][a-zA-Z0-9]*;)`)
	refreshTarget = regexp.MustCompile(`(?i)^[\s\d.;,]*url\s*=\s*["']?`)
	blankPattern  = regexp.MustCompile(`\s+`)
	inlineTags    = []string{"a", "b", "i", "u", "s", "em", "strong", "small", "span", "font", "big", "sub", "sup", "wbr", "mark", "code"}
	unseenTags    = []string{"style", "script", "mj-style", "title"}
	pictureTags   = []string{"img", "mj-image", "mj-hero"}
	linklessTags  = []string{"link", "mj-font", "mj-include"}
)

// markup reads HTML or MJML: text, targets of links, alternatives of images.
// What is no text, and comments, are passed over.
func (w *partWriter) markup() {
	z := html.NewTokenizer(strings.NewReader(w.masked))
	offset, unseen := 0, ""
	for {
		kind := z.Next()
		if kind == html.ErrorToken {
			return
		}
		from := offset
		offset += len(z.Raw())
		name, _ := z.TagName()
		tag := string(name)
		switch {
		case unseen != "":
			if kind == html.EndTagToken && tag == unseen {
				unseen = ""
			}
		case kind == html.TextToken:
			w.characters(from, offset)
		case kind == html.StartTagToken && slices.Contains(unseenTags, tag):
			unseen = tag
		case kind == html.StartTagToken || kind == html.SelfClosingTagToken:
			w.tag(tag, from, offset)
		case kind == html.EndTagToken && !slices.Contains(inlineTags, tag):
			w.cut(false)
		}
	}
}

func (w *partWriter) tag(name string, from, to int) {
	if !slices.Contains(inlineTags, name) {
		w.cut(false)
	}
	held := w.runs // a link within a sentence does not end it
	w.runs = nil
	for _, attr := range attributes(w.masked, from, to) {
		switch {
		case attr.leads() && slices.Contains(linklessTags, name):
		case attr.leads():
			w.entities(attr.from, attr.to)
			w.cut(true)
		case attr.name == "src" && slices.Contains(pictureTags, name):
			w.entities(attr.from, attr.to)
			w.cutPicture()
		case attr.name == "alt" || attr.name == "title":
			w.entities(attr.from, attr.to)
			w.cut(false)
		case attr.name == "content" && name == "meta":
			w.refresh(attr)
		}
	}
	w.runs = held
}

// refresh reads what a page is told to go to after some seconds.
func (w *partWriter) refresh(content written) {
	if m := refreshTarget.FindStringIndex(w.masked[content.from:content.to]); m != nil {
		w.entities(content.from+m[1], content.to)
		w.cut(true)
	}
}

// characters is text of markup, in which line breaks are blanks.
func (w *partWriter) characters(from, to int) {
	before := len(w.runs)
	w.entities(from, to)
	for i := before; i < len(w.runs); i++ {
		if run := &w.runs[i]; !run.Filled && strings.Contains(run.Text, "\n") {
			w.runs = slices.Replace(w.runs, i, i+1, blanks(*run)...)
		}
	}
}

// blanks takes the line breaks out of a run, each piece at its place.
func blanks(run policy.Run) []policy.Run {
	var runs []policy.Run
	from, at := 0, run.At
	step := func(to int) { from, at = to, at.After(run.Text[from:to]) }
	for _, m := range blankPattern.FindAllStringIndex(run.Text, -1) {
		if m[0] > from {
			runs = append(runs, policy.Run{Text: run.Text[from:m[0]], At: at})
		}
		step(m[0])
		runs = append(runs, policy.Run{Text: " ", At: at, Filled: true})
		step(m[1])
	}
	if from < len(run.Text) {
		runs = append(runs, policy.Run{Text: run.Text[from:], At: at})
	}
	return runs
}

// entities writes markup's text with its character references resolved.
func (w *partWriter) entities(from, to int) {
	text, done := w.masked[from:to], 0
	for _, m := range entityPattern.FindAllStringIndex(text, -1) {
		w.literal(from+done, from+m[0])
		w.runs = append(w.runs, policy.Run{Text: html.UnescapeString(text[m[0]:m[1]]), At: w.position(from + m[0]), Filled: true})
		done = m[1]
	}
	w.literal(from+done, to)
}
