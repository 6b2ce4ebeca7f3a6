package message

import (
	"slices"
	"testing"

	"github.com/meguri-crm/meguri/crm/policy"
)

func TestAPropertyIsToldOfWhereItMayBeUnknown(t *testing.T) {
	for text, want := range map[string]bool{
		"{{ customer.properties.pet }}":                                                    true,
		`{{ customer.properties.pet | default: "お友だち" }}`:                                  false,
		"{% if customer.properties.pet %}{{ customer.properties.pet }}{% endif %}":         false,
		"{% if customer.properties.pet %}a{% endif %}{{ customer.properties.favourite }} ": true,
	} {
		source := Source{Subject: text}
		found := slices.ContainsFunc(Unfilled(source, Fixed{}, false), func(f policy.Finding) bool { return f.Code == "VARIABLE_UNSET" })
		if found != want {
			t.Errorf("%s: told of %v, want %v", text, found, want)
		}
		for _, f := range review(placeSubject, text) {
			t.Errorf("%s: %s", text, f.Code)
		}
	}
	if !slices.ContainsFunc(review(placeSubject, "{{ customer.properties.Pet }}"), func(f policy.Finding) bool { return f.Code == "UNKNOWN_VARIABLE" }) {
		t.Error("a name that no key can have is known")
	}
}

func TestAPropertyIsFilledIn(t *testing.T) {
	values := Fixed{}.valuesFor(Person{Properties: map[string]any{"pet": "犬"}})
	liquid, failed := parseLiquid(newEngine(plain), `{{ customer.properties.pet }}と{{ customer.properties.none | default: "あなた" }}`)
	if failed != nil {
		t.Fatal(failed.message)
	}
	if got, err := run(liquid, values, 1000); err != nil || got != "犬とあなた" {
		t.Errorf("%q, %v", got, err)
	}
}
