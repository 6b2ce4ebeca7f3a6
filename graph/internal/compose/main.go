// Command compose writes the published contract, schema.graphql, from
// graph/schema. It leaves out what only the generator reads (goField, goModel).
package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"sort"
	"strings"

	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/formatter"
)

func main() {
	contract, err := compose("graph/schema")
	if err == nil {
		err = os.WriteFile("schema.graphql", contract, 0o644)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "compose:", err)
		os.Exit(1)
	}
}

// compose reads the sources of dir in the order of their names.
func compose(dir string) ([]byte, error) {
	names, err := filepath.Glob(filepath.Join(dir, "*.graphqls"))
	if err != nil {
		return nil, err
	}
	sort.Strings(names)
	var sources []*ast.Source
	for _, name := range names {
		text, err := os.ReadFile(name)
		if err != nil {
			return nil, err
		}
		sources = append(sources, &ast.Source{Name: name, Input: string(text)})
	}
	schema, err := gqlparser.LoadSchema(sources...)
	if err != nil {
		return nil, err
	}
	withoutGeneratorDirectives(schema)
	var out bytes.Buffer
	out.WriteString("# The published contract, composed from graph/schema by `make generate`. Never edited by hand.\n\n")
	formatter.NewFormatter(&out, formatter.WithIndent("  "), formatter.WithComments()).FormatSchema(schema)
	return out.Bytes(), nil
}

func withoutGeneratorDirectives(schema *ast.Schema) {
	for name := range schema.Directives {
		if strings.HasPrefix(name, "go") {
			delete(schema.Directives, name)
		}
	}
	for _, def := range schema.Types {
		for _, field := range def.Fields {
			kept := field.Directives[:0]
			for _, d := range field.Directives {
				if !strings.HasPrefix(d.Name, "go") {
					kept = append(kept, d)
				}
			}
			field.Directives = kept
		}
	}
}
