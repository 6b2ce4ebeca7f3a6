package operation

import (
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
	"github.com/vektah/gqlparser/v2/parser"
	"github.com/vektah/gqlparser/v2/validator/core"
	"github.com/vektah/gqlparser/v2/validator/rules"
)

// Limits bound what a document may ask, before it is validated or priced. The
// yardstick is graphql-armor; depth is measured with fragments opened.
type Limits struct {
	QueryBytes       int // of the text
	Tokens           int
	Depth            int // of nested selections
	Aliases          int
	Directives       int
	RootFields       int // of one operation
	Fields           int // with all fragments opened, which is what validation and execution work through
	Errors           int // of one response
	PageSize         int // of any argument first
	Cost             int // of one operation
	CachedDocuments  int
	PersistedQueries int
}

// DefaultLimits are the limits of production.
var DefaultLimits = Limits{
	QueryBytes: 15_000, Tokens: 1_000, Depth: 12, Aliases: 15, Directives: 50, RootFields: 15, Fields: 2_000,
	Errors: 20, PageSize: 250, Cost: 5_000, CachedDocuments: 1_000, PersistedQueries: 1_000,
}

// introspectionDepth is how deep tools ask about the schema in development.
const introspectionDepth = 20

// parse reads a text and holds it against the limits. Its work is linear in the
// text, whatever the text says.
func parse(text string, limits Limits) (*ast.QueryDocument, *gqlerror.Error) {
	doc, err := parser.ParseQueryWithTokenLimit(&ast.Source{Input: text}, limits.Tokens)
	if err != nil {
		failed := asGraphQL(err, "the query cannot be read")
		setCode(failed, CodeParseFailed)
		return nil, failed
	}
	if len(doc.Operations) == 0 {
		return nil, refuse(CodeValidationFailed, "the document holds no operation")
	}
	if err := checkShape(doc, limits); err != nil {
		return nil, err
	}
	return doc, nil
}

// shape is the size of a selection set with its fragments opened. Sizes stop
// counting at tooMany, so that a chain of fragments cannot overflow them.
type shape struct{ fields, depth int }

const tooMany = 1 << 30

// measurer measures each fragment once, however often it is spread.
type measurer struct {
	doc        *ast.QueryDocument
	limits     Limits
	fragments  map[string]*shape // nil while being measured: a cycle
	aliases    int
	directives int
	refused    *gqlerror.Error
}

func checkShape(doc *ast.QueryDocument, limits Limits) *gqlerror.Error {
	m := &measurer{doc: doc, limits: limits, fragments: map[string]*shape{}}
	var whole shape
	for _, op := range doc.Operations {
		m.countDirectives(op.Directives)
		s := m.selectionSet(op.SelectionSet)
		whole.fields, whole.depth = min(whole.fields+s.fields, tooMany), max(whole.depth, s.depth)
	}
	for _, f := range doc.Fragments { // those that no operation spreads are validated all the same
		m.countDirectives(f.Directives)
		m.fragment(f.Name)
	}
	switch {
	case m.refused != nil:
		return m.refused
	case whole.depth > limits.Depth:
		return refuse(CodeLimitExceeded, "the query is nested deeper than %d", limits.Depth)
	case whole.fields > limits.Fields:
		return refuse(CodeLimitExceeded, "the query selects more than %d fields", limits.Fields)
	case m.aliases > limits.Aliases:
		return refuse(CodeLimitExceeded, "the query has more than %d aliases", limits.Aliases)
	case m.directives > limits.Directives:
		return refuse(CodeLimitExceeded, "the query has more than %d directives", limits.Directives)
	}
	return nil
}

func (m *measurer) selectionSet(set ast.SelectionSet) (total shape) {
	for _, selection := range set {
		var s shape
		switch sel := selection.(type) {
		case *ast.Field:
			m.countDirectives(sel.Directives)
			if sel.Alias != "" && sel.Alias != sel.Name {
				m.aliases++
			}
			s = m.selectionSet(sel.SelectionSet)
			s.depth++
		case *ast.InlineFragment:
			m.countDirectives(sel.Directives)
			s = m.selectionSet(sel.SelectionSet)
		case *ast.FragmentSpread:
			m.countDirectives(sel.Directives)
			s = m.fragment(sel.Name)
		}
		// A fragment counts too: what spreads only fragments must not be free to open.
		total.fields, total.depth = min(total.fields+s.fields+1, tooMany), max(total.depth, s.depth)
	}
	return total
}

func (m *measurer) fragment(name string) shape {
	s, begun := m.fragments[name]
	if begun && s == nil {
		m.refused = refuse(CodeValidationFailed, "fragments spread each other in a circle")
		return shape{}
	}
	if begun {
		return *s
	}
	def := m.doc.Fragments.ForName(name)
	if def == nil {
		return shape{} // validation names it
	}
	m.fragments[name] = nil
	measured := m.selectionSet(def.SelectionSet)
	m.fragments[name] = &measured
	return measured
}

// countDirectives also refuses @defer: no transport here streams, and gqlgen
// would answer such a field with null.
func (m *measurer) countDirectives(directives ast.DirectiveList) {
	m.directives += len(directives)
	if directives.ForName("defer") != nil {
		m.refused = refuse(CodeValidationFailed, "@defer is not supported")
	}
}

// helpfulRules are the rules of the specification, with suggestions.
var helpfulRules = rules.NewDefaultRules()

// productionRules are the same, but do not spell out the schema to who guesses at it.
var productionRules = func() *rules.Rules {
	quiet := rules.NewDefaultRules()
	for _, pair := range [][2]core.Rule{
		{rules.FieldsOnCorrectTypeRule, rules.FieldsOnCorrectTypeRuleWithoutSuggestions},
		{rules.KnownArgumentNamesRule, rules.KnownArgumentNamesRuleWithoutSuggestions},
		{rules.KnownTypeNamesRule, rules.KnownTypeNamesRuleWithoutSuggestions},
		{rules.ScalarLeafsRule, rules.ScalarLeafsRuleWithoutSuggestions},
		{rules.ValuesOfCorrectTypeRule, rules.ValuesOfCorrectTypeRuleWithoutSuggestions},
	} {
		quiet.RemoveRule(pair[0].Name)
		quiet.AddRule(pair[1].Name, pair[1].RuleFunc)
	}
	return quiet
}()
