package message

import (
	"slices"
	"strings"
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

// TestAPropertyThatIsNotKept is as unknown as any other name, wherever content
// speaks of it.
func TestAPropertyThatIsNotKept(t *testing.T) {
	keys := []string{"pet", "favourite"}
	for text, want := range map[string]string{
		"{{ customer.properties.pet }}":                                            "",
		"{{ customer.properties.pett }}":                                           "customer.properties.pet」",
		`{{ customer.properties.shoe_size | default: "-" }}`:                       "customer.properties.shoe_size」",
		"{% if customer.properties.pets == 'x' %}a{% endif %}":                     "customer.properties.pet」",
		"{% assign a = customer.properties.shoe_size %}{{ a }}":                    "customer.properties.shoe_size」",
		"{% raw %}{{ customer.properties.pett }}{% endraw %}":                      "",
		"{% comment %}{{ customer.properties.pett }}{% endcomment %}{{ offer.x }}": "",
	} {
		for _, source := range []Source{{Subject: text}, {MJML: "\n" + text}, {Text: text}} {
			found := Unkept(source, keys)
			if want == "" {
				if len(found) != 0 {
					t.Errorf("%s: %+v", text, found)
				}
				continue
			}
			if len(found) != 1 || found[0].Code != "UNKNOWN_VARIABLE" || found[0].Severity != policy.Block || found[0].Line == 0 ||
				!strings.Contains(found[0].Message.JA+found[0].Remedy.JA, want) {
				t.Errorf("%s: %+v, want one that names %s", text, found, want)
			}
		}
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
