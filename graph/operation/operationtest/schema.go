// Package operationtest is a small schema for tests of what lies around a
// schema: limits, authorization, cost, transports. It answers every field with
// a value made up from its type, and a subscription with what the test sends.
// It needs no generated code, so that those tests build quickly.
package operationtest

import (
	"bytes"
	"context"
	"fmt"
	"slices"
	"strconv"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"
)

const sdl = `
directive @auth(scope: String!) on FIELD_DEFINITION
directive @public on FIELD_DEFINITION
directive @cost(weight: Int!) on FIELD_DEFINITION
type Query {
  name: String! @public
  item: Item! @public
  list(kind: Kind, old: Boolean @deprecated): [Item!]! @public
  items(first: Int! = 10, after: String): ItemConnection! @public
  secret: String! @auth(scope: "customers:read")
  letters: [Letter!]! @auth(scope: "campaigns:read")
}
type Letter { id: ID! customer: Customer! }
type Customer { id: ID! name: String! }
type Item {
  id: ID!
  name: String!
  heavy: String! @cost(weight: 20)
  title: String! @deprecated(reason: "Use name.")
  item: Item!
  list: [Item!]!
  items(first: Int! = 10): ItemConnection!
}
type ItemConnection { edges: [ItemEdge!]! nodes: [Item!]! pageInfo: PageInfo! totalCount: Int! }
type ItemEdge { node: Item! cursor: String! }
type PageInfo { hasNextPage: Boolean! }
type Mutation {
  open: Item! @public
  change(input: ChangeInput!): Item! @auth(scope: "customers:write")
}
input ChangeInput { amount: Int! kind: Kind size: Int @deprecated(reason: "Use amount.") parts: [ChangeInput!] }
enum Kind { SMALL LARGE HUGE @deprecated(reason: "Use LARGE.") }
type Subscription {
  ticks: String! @auth(scope: "campaigns:read")
}
`

// Rows is how many objects a list answers with.
const Rows = 2

// Schema is the schema; it is safe for concurrent use.
type Schema struct {
	schema *ast.Schema
	// Ticks is called for each subscription and gives its events.
	Ticks func(ctx context.Context) <-chan string
}

// New makes the schema.
func New() *Schema {
	return &Schema{schema: gqlparser.MustLoadSchema(&ast.Source{Name: "operationtest", Input: sdl})}
}

// Schema is the parsed schema.
func (s *Schema) Schema() *ast.Schema { return s.schema }

// Complexity leaves the pricing to the default.
func (s *Schema) Complexity(context.Context, string, string, int, map[string]any) (int, bool) {
	return 0, false
}

// Exec answers the operation of the context.
func (s *Schema) Exec(ctx context.Context) graphql.ResponseHandler {
	op := graphql.GetOperationContext(ctx)
	if op.Operation.Operation == ast.Subscription {
		return s.stream(ctx)
	}
	if op.DisableIntrospection && introspects(op.Operation.SelectionSet) {
		return graphql.OneShot(graphql.ErrorResponse(ctx, "introspection disabled"))
	}
	var out bytes.Buffer
	writeObject(&out, op.Operation.SelectionSet)
	return graphql.OneShot(&graphql.Response{Data: out.Bytes()})
}

func (s *Schema) stream(ctx context.Context) graphql.ResponseHandler {
	events := s.Ticks(ctx)
	return func(ctx context.Context) *graphql.Response {
		select {
		case <-ctx.Done():
			return nil
		case event, ok := <-events:
			if !ok {
				return nil
			}
			return &graphql.Response{Data: fmt.Appendf(nil, `{"ticks":%q}`, event)}
		}
	}
}

func introspects(set ast.SelectionSet) bool {
	return slices.ContainsFunc(set, func(sel ast.Selection) bool {
		f, ok := sel.(*ast.Field)
		return ok && (f.Name == "__schema" || f.Name == "__type")
	})
}

func writeObject(out *bytes.Buffer, set ast.SelectionSet) {
	out.WriteByte('{')
	first := true
	var fields func(set ast.SelectionSet)
	fields = func(set ast.SelectionSet) {
		for _, selection := range set {
			switch sel := selection.(type) {
			case *ast.Field:
				if !first {
					out.WriteByte(',')
				}
				first = false
				fmt.Fprintf(out, "%q:", sel.Alias)
				writeValue(out, sel, sel.Definition.Type)
			case *ast.InlineFragment:
				fields(sel.SelectionSet)
			case *ast.FragmentSpread:
				fields(sel.Definition.SelectionSet)
			}
		}
	}
	fields(set)
	out.WriteByte('}')
}

func writeValue(out *bytes.Buffer, f *ast.Field, t *ast.Type) {
	switch {
	case t.Elem != nil:
		out.WriteByte('[')
		for i := range Rows {
			if i > 0 {
				out.WriteByte(',')
			}
			writeValue(out, f, t.Elem)
		}
		out.WriteByte(']')
	case len(f.SelectionSet) > 0:
		writeObject(out, f.SelectionSet)
	case t.NamedType == "Boolean":
		out.WriteString("true")
	case t.NamedType == "Int":
		out.WriteString("1")
	default:
		out.WriteString(strconv.Quote("a {value} of " + f.Name))
	}
}
