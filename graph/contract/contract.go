// Package contract writes the schema as clients and partners read it.
//
// It owns the form of schema.graphql: one file, types in the order of their
// names, descriptions kept, without what only the generator reads (goField,
// goModel). What stands in the schema is left to graph/schema.
package contract

import (
	"bytes"
	"maps"
	"slices"
	"strings"

	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/formatter"
)

const header = "# The published contract, composed from graph/schema by `make generate`. Never edited by hand.\n\n"

// Compose is the text of schema.graphql. The schema itself stays as it is.
func Compose(schema *ast.Schema) []byte {
	out := bytes.NewBufferString(header)
	formatter.NewFormatter(out, formatter.WithIndent("  "), formatter.WithComments()).FormatSchema(published(schema))
	return out.Bytes()
}

// published is a copy of the schema without the generator's directives.
func published(schema *ast.Schema) *ast.Schema {
	public := *schema
	public.Directives = maps.Clone(schema.Directives)
	maps.DeleteFunc(public.Directives, func(name string, _ *ast.DirectiveDefinition) bool { return internal(name) })
	public.Types = make(map[string]*ast.Definition, len(schema.Types))
	for name, def := range schema.Types {
		clean := *def
		clean.Directives = withoutInternal(def.Directives)
		clean.Fields = make(ast.FieldList, len(def.Fields))
		for i, field := range def.Fields {
			f := *field
			f.Directives = withoutInternal(field.Directives)
			clean.Fields[i] = &f
		}
		public.Types[name] = &clean
	}
	public.Query, public.Mutation, public.Subscription = same(&public, schema.Query), same(&public, schema.Mutation), same(&public, schema.Subscription)
	return &public
}

func same(schema *ast.Schema, root *ast.Definition) *ast.Definition {
	if root == nil {
		return nil
	}
	return schema.Types[root.Name]
}

func withoutInternal(directives ast.DirectiveList) ast.DirectiveList {
	return slices.DeleteFunc(slices.Clone(directives), func(d *ast.Directive) bool { return internal(d.Name) })
}

func internal(directive string) bool { return strings.HasPrefix(directive, "go") }
