package graph

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"github.com/meguri-crm/meguri/graph/contract"
	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"
)

// The sources, the published contract and the generated code say the same.
func TestContractIsFresh(t *testing.T) {
	published, err := os.ReadFile("../schema.graphql")
	if err != nil {
		t.Fatal(err)
	}
	names, err := filepath.Glob("schema/*.graphqls")
	if err != nil || len(names) == 0 {
		t.Fatalf("no sources: %v", err)
	}
	var sources []*ast.Source
	for _, name := range names {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		sources = append(sources, &ast.Source{Name: name, Input: string(text)})
	}
	schema, err := gqlparser.LoadSchema(sources...)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(published, contract.Compose(schema)) {
		t.Error("schema.graphql is stale: run make generate")
	}
	if !bytes.Equal(published, contract.Compose(NewSchema(&Resolver{}).Schema())) {
		t.Error("graph/generated is stale: run make generate")
	}
}
