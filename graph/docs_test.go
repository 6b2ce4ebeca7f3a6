package graph

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/validator/rules"

	"github.com/meguri-crm/meguri/crm/export"
	"github.com/meguri-crm/meguri/docs"
)

var fence = regexp.MustCompile("(?s)```(\\w+)\n(.*?)```")

// The examples of the guide are asked of the schema, and those that stand in a
// program are the same as the one shown by itself.
func TestExamplesOfTheGuideFitTheSchema(t *testing.T) {
	schema := NewSchema(&Resolver{}).Schema()
	text := string(docs.API)
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
