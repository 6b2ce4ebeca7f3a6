package message

import (
	"errors"
	"fmt"
	"html"
	"io"
	"math"
	"strconv"
	"strings"
	"time"

	"github.com/osteele/liquid"
	"github.com/osteele/liquid/render"

	"github.com/meguri-crm/meguri/crm/fault"
)

// The kinds of text that Liquid makes.
type form bool

const (
	plain  form = false // subject and text part
	markup form = true  // HTML: what variables bring is escaped
)

// filterNames are the filters content may use. Those that build lists or
// strings without bound are left out or bounded below.
var filterNames = []string{
	"default", "date", "number", "upcase", "downcase", "capitalize", "strip", "lstrip", "rstrip", "strip_newlines",
	"newline_to_br", "truncate", "truncatewords", "append", "prepend", "replace", "replace_first", "remove", "remove_first",
	"escape", "escape_once", "url_encode", "plus", "minus", "times", "divided_by", "modulo", "round", "ceil", "floor", "abs", "size",
}

// showFilter is put behind every output by the server. Its name cannot be
// written by staff: check knows filterNames only.
const showFilter = "meguri_show"

// tickTag is put at the head of every loop's body and counts iterations.
const tickTag = "meguri_tick"

const budgetKey = "meguri_budget"

// safe is text that is HTML already.
type safe string

var (
	errTooMany = errors.New("the loops of the template go round too often")
	errInclude = errors.New("templates include nothing")
	errTooLong = errors.New("the template makes too long a text")
)

func newEngine(f form) *liquid.Engine {
	engine := liquid.NewEngine()
	engine.RegisterTag(tickTag, tick)
	engine.RegisterTag("include", func(render.Context) (string, error) { return "", errInclude }) // it would read files
	engine.RegisterFilter(showFilter, func(v any) any { return f.show(v) })
	engine.RegisterFilter("number", func(v any) any { return f.show(v) })
	engine.RegisterFilter("append", func(a, b string) (string, error) { return bounded(a + b) })
	engine.RegisterFilter("prepend", func(a, b string) (string, error) { return bounded(b + a) })
	engine.RegisterFilter("replace", func(s, old, with string) (string, error) { return replace(s, old, with, -1) })
	engine.RegisterFilter("replace_first", func(s, old, with string) (string, error) { return replace(s, old, with, 1) })
	engine.RegisterFilter("escape", f.escape)
	engine.RegisterFilter("escape_once", func(s string) any { return f.escape(html.UnescapeString(s)) })
	engine.RegisterFilter("newline_to_br", f.breaks)
	return engine
}

// show is a value as people read it: numbers with separators, days in
// Japanese, everything else as it is; escaped in HTML.
func (f form) show(v any) any {
	switch v := v.(type) {
	case nil:
		return ""
	case safe:
		return v
	case string:
		return f.escape(v)
	case time.Time:
		return v.Format("2006年1月2日")
	case ending:
		return v.String()
	case int:
		return separated(int64(v))
	case int64:
		return separated(v)
	case float64:
		if v == math.Trunc(v) && math.Abs(v) < 1<<53 {
			return separated(int64(v))
		}
		return strconv.FormatFloat(v, 'f', -1, 64)
	default:
		return f.escape(fmt.Sprint(v))
	}
}

func (f form) escape(s string) any {
	if f == markup {
		return safe(html.EscapeString(s))
	}
	return s
}

func (f form) breaks(s string) any {
	if f == plain {
		return s
	}
	return safe(strings.ReplaceAll(html.EscapeString(strings.ReplaceAll(s, "\r\n", "\n")), "\n", "<br>"))
}

func separated(n int64) string {
	s := strconv.FormatInt(n, 10)
	first := 0
	if n < 0 {
		first = 1
	}
	for i := len(s) - 3; i > first; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

func bounded(s string) (string, error) {
	if len(s) > maxString {
		return "", errTooLong
	}
	return s, nil
}

func replace(s, old, with string, n int) (string, error) {
	count := strings.Count(s, old)
	if n >= 0 {
		count = min(count, n)
	}
	if len(s)+count*len(with) > maxString {
		return "", errTooLong
	}
	return strings.Replace(s, old, with, n), nil
}

// tick takes one iteration from the rendering's budget.
func tick(ctx render.Context) (string, error) {
	budget, ok := ctx.Get(budgetKey).(*int)
	if !ok || *budget <= 0 {
		return "", errTooMany
	}
	*budget--
	return "", nil
}

// instrument puts showFilter behind every output and tickTag into every loop.
// raw and comment blocks stay as they are.
func instrument(text string) string {
	var b strings.Builder
	from, verbatim := 0, ""
	for _, t := range scan(text) {
		b.WriteString(text[from:t.start])
		from = t.start + len(t.source)
		switch {
		case verbatim != "":
			if t.name == verbatim {
				verbatim = ""
			}
			b.WriteString(t.source)
		case t.output:
			end := len(t.source) - 2
			if t.source[end-1] == '-' {
				end--
			}
			b.WriteString(newlines.Replace(t.source[:end]) + " | " + showFilter + " " + t.source[end:])
		default:
			if t.name == "raw" || t.name == "comment" {
				verbatim = "end" + t.name
			}
			b.WriteString(newlines.Replace(t.source))
			if t.name == "for" {
				b.WriteString("{% " + tickTag + " %}")
			}
		}
	}
	b.WriteString(text[from:])
	return b.String()
}

// liquidError is where and why a template does not parse.
type liquidError struct {
	line    int
	message string
}

// parseLiquid parses text as engine sees it, turning the parser's panics (an
// integer too large, a tag out of place) into errors.
func parseLiquid(engine *liquid.Engine, text string) (t *liquid.Template, failed *liquidError) {
	defer func() {
		if r := recover(); r != nil {
			t, failed = nil, &liquidError{line: 1, message: fmt.Sprint(r)}
		}
	}()
	t, err := engine.ParseTemplateLocation([]byte(instrument(text)), "", 1)
	if err != nil {
		return nil, &liquidError{line: max(err.LineNumber(), 1), message: err.Error()}
	}
	return t, nil
}

// run renders t within the limits. Errors are fault.Invalid: the template is at
// fault, whatever it did.
// size is how long the text probably gets.
func run(t *liquid.Template, values map[string]any, size int) (text string, err error) {
	defer func() {
		if r := recover(); r != nil {
			text, err = "", fault.Wrap(fault.Invalid, fmt.Errorf("%v", r), "the content cannot be rendered").WithCode("RENDER_FAILED")
		}
	}()
	budget := maxIterations
	values[budgetKey] = &budget
	w := &capped{}
	w.Grow(size)
	if err := t.FRender(w, values); err != nil {
		return "", fault.Wrap(fault.Invalid, err, "the content cannot be rendered").WithCode("RENDER_FAILED")
	}
	return w.String(), nil
}

// capped is a builder that refuses more than maxRendered bytes.
type capped struct{ strings.Builder }

func (c *capped) Write(p []byte) (int, error) {
	if c.Len()+len(p) > maxRendered {
		return 0, errTooLong
	}
	return c.Builder.Write(p)
}

var _ io.Writer = (*capped)(nil)
