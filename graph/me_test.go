package graph

import (
	"testing"

	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/validator/rules"
)

func TestDirectTakesPlainSelectionsOfMeOnly(t *testing.T) {
	schema := NewSchema(&Resolver{}).Schema()
	for query, want := range map[string]bool{
		`{ me { points { available pending expiringNext { amount on } } stage { name next { name missingAmount by } } } }`: true,
		`query Named { mine: me { a: __typename p: points { debt } } }`:                                                    true,
		`{ me { points { available } } __typename }`:                                                                       false,
		`{ me { points { available } ...F } } fragment F on Me { stage { name } }`:                                         false,
		`{ me { points { available } points { pending } } }`:                                                               false,
		`{ me { points @skip(if: true) { available } } }`:                                                                  false,
		`{ me @include(if: false) { points { available } } }`:                                                              false,
		`{ stages { name } }`: false,
	} {
		doc, errs := gqlparser.LoadQueryWithRules(schema, query, rules.NewDefaultRules())
		if len(errs) > 0 {
			t.Fatal(errs)
		}
		if got := (&Resolver{}).Direct(doc.Operations[0]) != nil; got != want {
			t.Errorf("%s: direct %v, want %v", query, got, want)
		}
	}
}
