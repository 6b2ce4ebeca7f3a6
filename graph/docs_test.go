package graph

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/validator/rules"

	"github.com/meguri-crm/meguri/crm/access"
	"github.com/meguri-crm/meguri/crm/export"
	"github.com/meguri-crm/meguri/docs"
)

var fence = regexp.MustCompile("(?s)```(\\w+)\n(.*?)```")

// The examples of the guide are asked of the schema, and those that stand in a
// program are the same as the one shown by itself.
func TestExamplesOfTheGuideFitTheSchema(t *testing.T) {
	schema := NewSchema(&Resolver{}).Schema()
	text := string(docs.API.English)
	var operations []string
	var programs strings.Builder
	for _, found := range fence.FindAllStringSubmatch(text, -1) {
		if found[1] != "graphql" {
			programs.WriteString(found[2])
			continue
		}
		operations = append(operations, strings.TrimSpace(found[2]))
		if _, errs := gqlparser.LoadQueryWithRules(schema, found[2], rules.NewDefaultRules()); errs != nil {
			t.Errorf("%s\n%v", found[2], errs)
		}
	}
	for _, kind := range export.Kinds {
		if _, fields := kind.Selection(); !strings.Contains(text, "{ __typename "+fields+" }") {
			t.Errorf("the guide does not say what a line of %s has:\n%s", kind, fields)
		}
	}
	if len(operations) < 5 {
		t.Fatalf("only %d operations found: the reader has lost its way", len(operations))
	}
	for _, quoted := range regexp.MustCompile(`(?s)"(\{ me .*?)"|`+"`((?:mutation|query) .*?)`").FindAllStringSubmatch(programs.String(), -1) {
		if example := quoted[1] + quoted[2]; !slices.Contains(operations, example) {
			t.Errorf("a program asks what is not shown by itself:\n%s", example)
		}
	}
}

// The guide says of each operation that it names which scope it takes, and names
// all that its examples use.
func TestScopesOfTheGuideAreThoseOfTheSchema(t *testing.T) {
	schema := NewSchema(&Resolver{}).Schema()
	scopes := map[string]string{}
	for _, root := range []*ast.Definition{schema.Query, schema.Mutation, schema.Subscription} {
		for _, field := range root.Fields {
			if auth := field.Directives.ForName("auth"); auth != nil {
				scopes[field.Name] = auth.Arguments.ForName("scope").Value.Raw
			}
		}
	}
	named := map[string]bool{}
	text := string(docs.API.English)
	for _, scope := range access.ClientScopes {
		row := regexp.MustCompile("(?m)^\\| `" + string(scope) + "` \\| (.*) \\|$").FindStringSubmatch(text)
		if row == nil {
			t.Errorf("the guide does not say what %s opens", scope)
			continue
		}
		for _, name := range regexp.MustCompile("`(\\w+)`").FindAllStringSubmatch(row[1], -1) {
			if named[name[1]] = true; scopes[name[1]] != string(scope) {
				t.Errorf("%s takes %q, the guide says %s", name[1], scopes[name[1]], scope)
			}
		}
	}
	for _, found := range fence.FindAllStringSubmatch(text, -1) {
		if found[1] != "graphql" {
			continue
		}
		for _, op := range gqlparser.MustLoadQueryWithRules(schema, found[2], rules.NewDefaultRules()).Operations {
			for _, field := range op.SelectionSet {
				name := field.(*ast.Field).Name
				if slices.Contains(access.ClientScopes, access.Scope(scopes[name])) && !named[name] {
					t.Errorf("an example uses %s, of which the guide does not say what it takes", name)
				}
			}
		}
	}
}
