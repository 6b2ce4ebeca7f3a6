package speed

import (
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/formatter"
	"github.com/vektah/gqlparser/v2/parser"
	"github.com/vektah/gqlparser/v2/validator/rules"
)

// Where the application keeps what it asks, and the contract it asks by.
const (
	application = "../../frontend/src"
	members     = application + "/member/"
	contract    = "../../schema.graphql"
)

// question is a query of the application with all it needs to be asked alone.
type question struct {
	name   string
	text   string
	member bool // asked by members of themselves, on the pages for them
	*ast.OperationDefinition
}

// has tells whether the question takes a variable.
func (q question) has(variable string) bool {
	return q.VariableDefinitions.ForName(variable) != nil
}

// documents are the application's questions, by their names in order, and the
// contract.
func documents(t testing.TB) ([]question, *ast.Schema) {
	t.Helper()
	raw, err := os.ReadFile(contract)
	if err != nil {
		t.Fatal(err)
	}
	schema, err := gqlparser.LoadSchema(&ast.Source{Name: contract, Input: string(raw)})
	if err != nil {
		t.Fatal(err)
	}
	operations, fragments := written(t)
	var list []question
	for _, o := range operations {
		if o.Operation != ast.Query {
			continue
		}
		q := question{name: o.Name, text: standalone(o, fragments), member: strings.HasPrefix(o.Position.Src.Name, members), OperationDefinition: o}
		if _, problems := gqlparser.LoadQueryWithRules(schema, q.text, rules.NewDefaultRules()); problems != nil {
			t.Fatal(problems)
		}
		list = append(list, q)
	}
	slices.SortFunc(list, func(a, b question) int { return strings.Compare(a.name, b.name) })
	return list, schema
}

// written are the operations and fragments of all pages.
func written(t testing.TB) (operations ast.OperationList, fragments map[string]*ast.FragmentDefinition) {
	t.Helper()
	fragments = map[string]*ast.FragmentDefinition{}
	err := filepath.WalkDir(application, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || filepath.Ext(path) != ".graphql" {
			return err
		}
		raw, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		doc, err := parser.ParseQuery(&ast.Source{Name: path, Input: string(raw)})
		if err != nil {
			return err
		}
		operations = append(operations, doc.Operations...)
		for _, f := range doc.Fragments {
			fragments[f.Name] = f
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return operations, fragments
}

// standalone is the text of an operation with the fragments it spreads.
func standalone(o *ast.OperationDefinition, fragments map[string]*ast.FragmentDefinition) string {
	needed := map[string]*ast.FragmentDefinition{}
	gather(o.SelectionSet, fragments, needed)
	doc := &ast.QueryDocument{Operations: ast.OperationList{o}}
	for _, name := range slices.Sorted(maps.Keys(needed)) {
		doc.Fragments = append(doc.Fragments, needed[name])
	}
	var out strings.Builder
	formatter.NewFormatter(&out).FormatQueryDocument(doc)
	return out.String()
}

func gather(set ast.SelectionSet, all, needed map[string]*ast.FragmentDefinition) {
	for _, s := range set {
		switch s := s.(type) {
		case *ast.Field:
			gather(s.SelectionSet, all, needed)
		case *ast.InlineFragment:
			gather(s.SelectionSet, all, needed)
		case *ast.FragmentSpread:
			if f := all[s.Name]; f != nil && needed[s.Name] == nil {
				needed[s.Name] = f
				gather(f.SelectionSet, all, needed)
			}
		}
	}
}
