package message

import (
	"regexp"
	"slices"
	"strings"

	"github.com/meguri-crm/meguri/crm/policy"
)

// tags are the Liquid tags content may use. include reads files, capture grows
// without bound, and the others have no use in a mail.
var tags = []string{
	"assign", "if", "elsif", "else", "endif", "unless", "endunless", "case", "when", "endcase",
	"for", "endfor", "break", "continue", "comment", "endcomment", "raw", "endraw",
}

var (
	expressionPattern = regexp.MustCompile(`"[^"]*"|'[^']*'|[A-Za-z_][\w-]*\??(?:\s*\.\s*[A-Za-z_][\w-]*\??)*\s*:?|\||-?\d+(?:\.\d+)?|\S`)
	keywords          = []string{"and", "or", "contains", "in", "true", "false", "nil", "reversed"}
)

// names is what an expression refers to.
type names struct{ variables, filters []string }

// read finds the variables and filters in the expression of a token.
func read(expression string) names {
	var n names
	filter := false
	for _, word := range expressionPattern.FindAllString(expression, -1) {
		switch first := word[0]; {
		case word == "|":
			filter = true
			continue
		case first == '_' || first >= 'A' && first <= 'Z' || first >= 'a' && first <= 'z':
			name := strings.TrimSuffix(strings.TrimSpace(strings.ReplaceAll(word, " ", "")), ":")
			switch {
			case filter:
				n.filters = append(n.filters, name)
			case strings.HasSuffix(word, ":") || slices.Contains(keywords, name):
			default:
				n.variables = append(n.variables, name)
			}
		}
		filter = false
	}
	return n
}

// checker gathers findings over one place of the content.
type checker struct {
	place    string
	locals   []string // assigned, or of a loop
	findings []policy.Finding
}

// review finds what the tokens of text do wrong: unknown variables, filters and
// tags, and Liquid that does not parse.
func review(place, text string) []policy.Finding {
	c := &checker{place: place}
	tokens := scan(text)
	for i := 0; i < len(tokens); i++ {
		t := tokens[i]
		if t.name == "raw" || t.name == "comment" {
			if i = skipTo(tokens, i, "end"+t.name); i == len(tokens) {
				c.add(t.line, findingLiquid(t.name+" is not closed"))
			}
			continue
		}
		c.token(t)
	}
	if len(c.findings) == 0 {
		c.parse(text)
	}
	return c.findings
}

// spoken are the tokens that do something: those within raw and comment do not.
func spoken(tokens []token) (list []token) {
	for i := 0; i < len(tokens); i++ {
		if name := tokens[i].name; name == "raw" || name == "comment" {
			i = skipTo(tokens, i, "end"+name)
			continue
		}
		list = append(list, tokens[i])
	}
	return list
}

func skipTo(tokens []token, i int, name string) int {
	for i < len(tokens) && tokens[i].name != name {
		i++
	}
	return i
}

func (c *checker) token(t token) {
	expression := t.args
	if !t.output {
		if !slices.Contains(tags, t.name) {
			c.add(t.line, findingUnknownTag(t.name, t.source))
			return
		}
		switch t.name {
		case "assign":
			name, value, _ := strings.Cut(t.args, "=")
			c.locals, expression = append(c.locals, strings.TrimSpace(name)), value
		case "for":
			name, values, _ := strings.Cut(t.args, " in ")
			c.locals, expression = append(c.locals, strings.TrimSpace(name), "forloop"), values
		}
	}
	found := read(expression)
	for _, name := range found.variables {
		if !c.known(name) {
			c.add(t.line, findingUnknownVariable(name))
		}
	}
	for _, name := range found.filters {
		if !slices.Contains(filterNames, name) {
			c.add(t.line, findingUnknownFilter(name))
		}
	}
}

func (c *checker) known(name string) bool {
	if knownVariable(name) {
		return true
	}
	root, _, _ := strings.Cut(name, ".")
	return slices.Contains(c.locals, root)
}

func knownVariable(name string) bool {
	return isProperty(name) || slices.ContainsFunc(variables, func(v Variable) bool { return v.Name == name })
}

// parse lets the Liquid parser itself read the text, which finds unclosed
// blocks and broken expressions.
func (c *checker) parse(text string) {
	if _, err := parseLiquid(newEngine(plain), text); err != nil {
		c.add(err.line, findingLiquid(err.message))
	}
	if at := strings.Index(stripTokens(text), "{{"); at >= 0 {
		c.add(1+strings.Count(text[:strings.LastIndex(text, "{{")], "\n"), findingLiquid("{{ is not closed"))
	}
}

func stripTokens(text string) string { return liquidPattern.ReplaceAllString(text, "") }

func (c *checker) add(line int, f policy.Finding) {
	f.Place, f.Line = c.place, line
	c.findings = append(c.findings, f)
}

// suggestion is the known variable that name was probably meant to be.
func suggestion(name string) string {
	names := make([]string, len(variables))
	for i, v := range variables {
		names[i] = v.Name
	}
	return nearest(name, name, names)
}

// nearest is the one of names that name was probably meant to be, "" where none
// is near enough for how long its telling part is.
func nearest(name, telling string, names []string) string {
	best, distance := "", len(telling)/2+1
	for _, n := range names {
		if d := editDistance(name, n); d < distance {
			best, distance = n, d
		}
	}
	return best
}

func editDistance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := 1; i <= len(a); i++ {
		diagonal := row[0]
		row[0] = i
		for j := 1; j <= len(b); j++ {
			cost := diagonal
			if a[i-1] != b[j-1] {
				cost++
			}
			diagonal = row[j]
			row[j] = min(cost, row[j]+1, row[j-1]+1)
		}
	}
	return row[len(b)]
}
