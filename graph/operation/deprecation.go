package operation

import (
	"slices"

	"github.com/vektah/gqlparser/v2/ast"
)

// Deprecation is something an operation uses that will go.
type Deprecation struct {
	Name   string `json:"name"`   // Type.field, Type.field(argument:), Input.field or Enum.VALUE
	Reason string `json:"reason"` // and what to use instead
}

// deprecations gathers what is deprecated, each once, in the order in which it is met.
type deprecations struct {
	schema *ast.Schema
	found  []Deprecation
}

// deprecated is what an operation's text uses. It is worked out once, when its
// document enters the cache.
func (e *Executor) deprecated(op *ast.OperationDefinition) []Deprecation {
	d := &deprecations{schema: e.cfg.Schema.Schema()}
	d.set(op.SelectionSet)
	return d.found
}

// deprecatedIn is what the variables of a request add to that of its text.
func (e *Executor) deprecatedIn(p *plan, given map[string]any) []Deprecation {
	if !e.oldInputs {
		return p.deprecated
	}
	d := &deprecations{schema: e.cfg.Schema.Schema(), found: slices.Clip(p.deprecated)}
	for _, v := range p.operation.VariableDefinitions {
		d.variable(v.Type.Name(), given[v.Variable])
	}
	return d.found
}

// hasOldInputs says that variables may hold what is deprecated.
func hasOldInputs(schema *ast.Schema) bool {
	for _, t := range schema.Types {
		for _, f := range t.Fields {
			if t.Kind == ast.InputObject && f.Directives.ForName("deprecated") != nil {
				return true
			}
		}
		for _, v := range t.EnumValues {
			if t.Kind == ast.Enum && !t.BuiltIn && v.Directives.ForName("deprecated") != nil {
				return true
			}
		}
	}
	return false
}

func (d *deprecations) note(name string, directives ast.DirectiveList) {
	found := directives.ForName("deprecated")
	if found == nil || slices.ContainsFunc(d.found, func(known Deprecation) bool { return known.Name == name }) {
		return
	}
	reason := "No longer supported" // the default of the specification
	if arg := found.Arguments.ForName("reason"); arg != nil {
		reason = arg.Value.Raw
	}
	d.found = append(d.found, Deprecation{name, reason})
}

func (d *deprecations) set(set ast.SelectionSet) {
	for _, selection := range set {
		switch sel := selection.(type) {
		case *ast.Field:
			d.field(sel)
		case *ast.InlineFragment:
			d.set(sel.SelectionSet)
		case *ast.FragmentSpread:
			d.set(sel.Definition.SelectionSet)
		}
	}
}

func (d *deprecations) field(f *ast.Field) {
	name := f.ObjectDefinition.Name + "." + f.Name
	d.note(name, f.Definition.Directives)
	for _, arg := range f.Arguments {
		if def := f.Definition.Arguments.ForName(arg.Name); def != nil {
			d.note(name+"("+arg.Name+":)", def.Directives)
			d.literal(def.Type.Name(), arg.Value)
		}
	}
	d.set(f.SelectionSet)
}

// literal looks into a value that the text holds.
func (d *deprecations) literal(typeName string, v *ast.Value) {
	t := d.schema.Types[typeName]
	switch {
	case t == nil:
	case v.Kind == ast.EnumValue:
		d.enum(t, v.Raw)
	case v.Kind == ast.ListValue:
		for _, child := range v.Children {
			d.literal(typeName, child.Value)
		}
	case v.Kind == ast.ObjectValue:
		for _, child := range v.Children {
			if f := t.Fields.ForName(child.Name); f != nil {
				d.note(t.Name+"."+f.Name, f.Directives)
				d.literal(f.Type.Name(), child.Value)
			}
		}
	}
}

// variable looks into a value that came beside the text.
func (d *deprecations) variable(typeName string, value any) {
	t := d.schema.Types[typeName]
	if t == nil {
		return
	}
	switch v := value.(type) {
	case string:
		if t.Kind == ast.Enum {
			d.enum(t, v)
		}
	case []any:
		for _, each := range v {
			d.variable(typeName, each)
		}
	case map[string]any:
		for _, f := range t.Fields {
			if each, given := v[f.Name]; given && t.Kind == ast.InputObject {
				d.note(t.Name+"."+f.Name, f.Directives)
				d.variable(f.Type.Name(), each)
			}
		}
	}
}

func (d *deprecations) enum(t *ast.Definition, value string) {
	if v := t.EnumValues.ForName(value); v != nil {
		d.note(t.Name+"."+value, v.Directives)
	}
}
