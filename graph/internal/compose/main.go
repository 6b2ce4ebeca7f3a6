// Command compose writes the published contract, schema.graphql, from graph/schema.
package main

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"

	"github.com/meguri-crm/meguri/graph/contract"
	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"
)

func main() {
	if err := compose("graph/schema", "schema.graphql"); err != nil {
		fmt.Fprintln(os.Stderr, "compose:", err)
		os.Exit(1)
	}
}

// compose reads the sources of dir in the order of their names.
func compose(dir, to string) error {
	names, err := filepath.Glob(filepath.Join(dir, "*.graphqls"))
	if err != nil {
		return err
	}
	slices.Sort(names)
	var sources []*ast.Source
	for _, name := range names {
		text, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		sources = append(sources, &ast.Source{Name: name, Input: string(text)})
	}
	schema, err := gqlparser.LoadSchema(sources...)
	if err != nil {
		return err
	}
	return os.WriteFile(to, contract.Compose(schema), 0o644)
}
