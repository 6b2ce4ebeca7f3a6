// Package direct writes the answer of an operation straight from API models,
// for the few operations for which gqlgen's execution costs more than all the
// rest (graph/operation.Direct).
//
// A selection set is turned into writers once, when its document is first seen;
// an operation then runs them. The package promises that what it writes is what
// gqlgen would, byte for byte, and makes no writer for a selection it does not
// master: fragments, directives, a response key that occurs twice. Which fields
// a type has is left to the caller.
package direct

import (
	"bytes"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
)

// Writer writes a value as JSON. A nil Writer is one that cannot be made.
type Writer[T any] func(b *bytes.Buffer, v T)

// Object writes the fields of a selection set in their order; field makes the
// writer of one.
func Object[T any](typeName string, set ast.SelectionSet, field func(*ast.Field) Writer[T]) Writer[T] {
	type part struct {
		key   string
		write Writer[T]
	}
	var parts []part
	seen := map[string]bool{}
	for _, s := range set {
		f, ok := s.(*ast.Field)
		if !ok || len(f.Directives) > 0 || seen[f.Alias] {
			return nil
		}
		seen[f.Alias] = true
		write := field(f)
		if f.Name == "__typename" {
			write = func(b *bytes.Buffer, _ T) { b.WriteString(`"` + typeName + `"`) }
		}
		if write == nil {
			return nil
		}
		parts = append(parts, part{`"` + f.Alias + `":`, write})
	}
	return func(b *bytes.Buffer, v T) {
		b.WriteByte('{')
		for i, p := range parts {
			if i > 0 {
				b.WriteByte(',')
			}
			b.WriteString(p.key)
			p.write(b, v)
		}
		b.WriteByte('}')
	}
}

// Nullable writes null for nil.
func Nullable[T any](write Writer[*T]) Writer[*T] {
	if write == nil {
		return nil
	}
	return func(b *bytes.Buffer, v *T) {
		if v == nil {
			b.WriteString("null")
			return
		}
		write(b, v)
	}
}

// Of writes what get takes from a value.
func Of[T, U any](write Writer[U], get func(T) U) Writer[T] {
	if write == nil {
		return nil
	}
	return func(b *bytes.Buffer, v T) { write(b, get(v)) }
}

// Scalar writes what get takes from a value, by the marshaler of the scalar.
func Scalar[T, U any](marshal func(U) graphql.Marshaler, get func(T) U) Writer[T] {
	return func(b *bytes.Buffer, v T) { marshal(get(v)).MarshalGQL(b) }
}
