package operation

import (
	"fmt"
	"slices"

	"github.com/meguri-crm/meguri/crm/access"
	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
)

// rootFields says for each field of the root types what it asks of the caller.
type rootFields struct {
	schema                        *ast.Schema
	personal                      map[string]requirement               // by type
	own                           map[*ast.FieldDefinition]requirement // of fields below the root that say it themselves
	query, mutation, subscription map[string]requirement
}

type requirement struct {
	scope  access.Scope
	bits   access.ScopeSet
	public bool
}

// personalTypes are the object types that show who somebody is or what he did.
// Whoever selects a field of such a type needs the scope, whichever root field
// led there: a campaign's messages, a segment's sample, the payload of a
// mutation. A field below the root that carries @auth asks for its own scope
// instead: whoever tells of an order may see what became of it. node(id) asks for
// it by the object that it finds.
var personalTypes = map[string]access.Scope{
	"Candidate":     access.ScopeCustomersRead,
	"Consent":       access.ScopeCustomersRead,
	"Customer":      access.ScopeCustomersRead,
	"CustomerMerge": access.ScopeCustomersRead,
	"Identity":      access.ScopeCustomersRead,
	"Order":         access.ScopeCustomersRead,
	"Prospect":      access.ScopeCustomersRead,
	"Suppression":   access.ScopeCustomersRead,
}

// rootField is one root field that an operation selects, or a field below one
// that shows personal data.
type rootField struct {
	name string
	need requirement
}

func readRootFields(schema *ast.Schema) (roots rootFields, err error) {
	roots = rootFields{schema: schema, personal: map[string]requirement{}, own: map[*ast.FieldDefinition]requirement{}}
	for name, scope := range personalTypes {
		bits, err := access.Scopes(scope)
		if err != nil {
			return rootFields{}, fmt.Errorf("graph: %s: %w", name, err)
		}
		roots.personal[name] = requirement{scope: scope, bits: bits}
	}
	for _, root := range []struct {
		def *ast.Definition
		to  *map[string]requirement
	}{{schema.Query, &roots.query}, {schema.Mutation, &roots.mutation}, {schema.Subscription, &roots.subscription}} {
		*root.to = map[string]requirement{}
		if root.def == nil {
			continue
		}
		for _, field := range root.def.Fields {
			need, err := readRequirement(root.def.Name, field)
			if err != nil {
				return rootFields{}, err
			}
			(*root.to)[field.Name] = need
		}
	}
	return roots, roots.readOwn()
}

func (r rootFields) readOwn() error {
	for name, def := range r.schema.Types {
		if def == r.schema.Query || def == r.schema.Mutation || def == r.schema.Subscription {
			continue
		}
		for _, field := range def.Fields {
			if field.Directives.ForName("auth") == nil {
				continue
			}
			need, err := readRequirement(name, field)
			if err != nil {
				return err
			}
			r.own[field] = need
		}
	}
	return nil
}

func readRequirement(root string, field *ast.FieldDefinition) (requirement, error) {
	if field.Name == "__schema" || field.Name == "__type" || field.Directives.ForName("public") != nil {
		return requirement{public: true}, nil
	}
	auth := field.Directives.ForName("auth")
	if auth == nil {
		return requirement{}, fmt.Errorf("graph: %s.%s carries neither @auth nor @public", root, field.Name)
	}
	scope := access.Scope(auth.Arguments.ForName("scope").Value.Raw)
	bits, err := access.Scopes(scope)
	if err != nil {
		return requirement{}, fmt.Errorf("graph: %s.%s: %w", root, field.Name, err)
	}
	return requirement{scope: scope, bits: bits}, nil
}

// plan lists the root fields of each operation. It works on a document that is
// not validated yet, so that authorization can come first: a field that does
// not exist asks for nothing here and fails validation afterwards.
func (r rootFields) plan(parsed *ast.QueryDocument, limits Limits) (*document, *gqlerror.Error) {
	doc := &document{ast: parsed}
	for _, op := range parsed.Operations {
		p := &plan{operation: op}
		p.collect(r.of(op.Operation), op.SelectionSet, parsed)
		if len(p.roots) > limits.RootFields {
			return nil, refuse(CodeLimitExceeded, "an operation has more than %d root fields", limits.RootFields)
		}
		r.personalIn(p, r.root(op.Operation), op.SelectionSet, parsed)
		doc.plans = append(doc.plans, p)
	}
	return doc, nil
}

func (r rootFields) of(kind ast.Operation) map[string]requirement {
	switch kind {
	case ast.Mutation:
		return r.mutation
	case ast.Subscription:
		return r.subscription
	}
	return r.query
}

// collect goes through fragments; their number is bounded and they form no
// circle. A field under @skip or @include counts: whether it runs depends on
// variables, which nobody has looked at yet.
func (p *plan) collect(fields map[string]requirement, set ast.SelectionSet, doc *ast.QueryDocument) {
	for _, selection := range set {
		switch sel := selection.(type) {
		case *ast.Field:
			need, known := fields[sel.Name]
			if !known {
				continue
			}
			p.roots = append(p.roots, rootField{name: sel.Name, need: need})
			p.needs |= need.bits
		case *ast.InlineFragment:
			p.collect(fields, sel.SelectionSet, doc)
		case *ast.FragmentSpread:
			if def := doc.Fragments.ForName(sel.Name); def != nil {
				p.collect(fields, def.SelectionSet, doc)
			}
		}
	}
}

func (r rootFields) root(kind ast.Operation) *ast.Definition {
	switch kind {
	case ast.Mutation:
		return r.schema.Mutation
	case ast.Subscription:
		return r.schema.Subscription
	}
	return r.schema.Query
}

// personalIn adds what the fields of personal types ask for, at any depth. How
// much there is behind fragments is bounded before.
func (r rootFields) personalIn(p *plan, on *ast.Definition, set ast.SelectionSet, doc *ast.QueryDocument) {
	if on == nil {
		return
	}
	for _, selection := range set {
		switch sel := selection.(type) {
		case *ast.Field:
			field := on.Fields.ForName(sel.Name)
			if field == nil {
				continue
			}
			name := field.Type.Name()
			if need, ok := r.personal[name]; ok {
				if own, ok := r.own[field]; ok {
					need = own
				}
				p.ask(rootField{name: sel.Name, need: need})
			}
			r.personalIn(p, r.schema.Types[name], sel.SelectionSet, doc)
		case *ast.InlineFragment:
			inner := on
			if sel.TypeCondition != "" {
				inner = r.schema.Types[sel.TypeCondition]
			}
			r.personalIn(p, inner, sel.SelectionSet, doc)
		case *ast.FragmentSpread:
			if def := doc.Fragments.ForName(sel.Name); def != nil {
				r.personalIn(p, r.schema.Types[def.TypeCondition], def.SelectionSet, doc)
			}
		}
	}
}

// ask adds a requirement that the plan does not have yet.
func (p *plan) ask(field rootField) {
	if p.needs.HasAll(field.need.bits) {
		return
	}
	p.personal = append(p.personal, field)
	p.needs |= field.need.bits
}

// authorize refuses the whole operation when the caller may not use one of its
// root fields, or see the persons it shows.
func (p *plan) authorize(caller access.Principal) *gqlerror.Error {
	if caller.Scopes.HasAll(p.needs) {
		return nil
	}
	for _, root := range slices.Concat(p.roots, p.personal) {
		if root.need.public || caller.Scopes.HasAll(root.need.bits) {
			continue
		}
		err := Forbidden(caller, root.need.scope)
		return &gqlerror.Error{Err: err, Message: err.Error(), Path: ast.Path{ast.PathName(root.name)}}
	}
	return nil
}

// Forbidden is the fault of a caller who lacks a scope.
func Forbidden(caller access.Principal, scope access.Scope) error {
	if !caller.SignedIn() {
		return fault.New(fault.Unauthenticated, "sign in first")
	}
	return fault.New(fault.Forbidden, "this needs the scope %s", scope).With("scope", string(scope))
}
