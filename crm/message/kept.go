package message

import (
	"context"
	"regexp"
	"slices"
	"strings"

	"github.com/uptrace/bun"

	"github.com/meguri-crm/meguri/crm/policy"
)

// What the merchant keeps of customers stands in content under its key:
// {{ customer.properties.pet }}. It is not known of everybody, so that content
// which shows it without a condition or a default is told of.

const propertyPrefix = "customer.properties."

var propertyName = regexp.MustCompile(`^customer\.properties\.[a-z][a-z0-9_]{0,39}$`)

// PropertyVariable is the variable of a property.
func PropertyVariable(key, name, example string) Variable {
	return Variable{Name: propertyPrefix + key, Label: policy.Text{JA: name, EN: name}, Example: example}
}

func isProperty(name string) bool { return propertyName.MatchString(name) }

// Properties tells what is kept of customers.
type Properties interface {
	// Keys are the keys of the properties in use.
	Keys(ctx context.Context, idb bun.IDB) ([]string, error)
}

// Unkept finds the properties in content that are not among keys: misspelt ones
// and those taken out of use, which are filled in for nobody.
func Unkept(source Source, keys []string) []policy.Finding {
	var findings []policy.Finding
	for _, part := range source.parts() {
		for _, t := range spoken(scan(part.text)) {
			for _, name := range read(t.args).variables {
				if isProperty(name) && !slices.Contains(keys, strings.TrimPrefix(name, propertyPrefix)) {
					findings = append(findings, at(part.place, t.line, findingUnkept(name, keys)))
				}
			}
		}
	}
	return findings
}

// unkept is Unkept by what is kept now; content without properties asks nothing.
func (p *Previewer) unkept(ctx context.Context, source Source) ([]policy.Finding, error) {
	if p.Properties == nil || len(Unkept(source, nil)) == 0 {
		return nil, nil
	}
	keys, err := p.Properties.Keys(ctx, p.DB)
	return Unkept(source, keys), err
}

func findingUnkept(name string, keys []string) policy.Finding {
	remedy := policy.Text{
		JA: "「設定 → カスタム項目」にある項目を、変数の一覧から選んでください。", EN: "Choose a property that is in use from the list of variables.",
	}
	names := make([]string, len(keys))
	for i, key := range keys {
		names[i] = propertyPrefix + key
	}
	if meant := nearest(name, strings.TrimPrefix(name, propertyPrefix), names); meant != "" {
		remedy = policy.Text{JA: "「" + meant + "」ではありませんか。", EN: "Did you mean “" + meant + "”?"}
	}
	return blocking("UNKNOWN_VARIABLE", policy.Text{
		JA: "変数「" + name + "」のカスタム項目はありません。", EN: "There is no property for the variable “" + name + "”.",
	}, remedy)
}

// findingUnset tells of a property that not every recipient has.
func findingUnset(name string) policy.Finding {
	f := blocking("VARIABLE_UNSET", policy.Text{
		JA: "カスタム項目（" + name + "）が未登録の顧客では、ここが空になります。", EN: "This stays empty for customers of whom " + name + " is not known.",
	}, policy.Text{
		JA: "{{ " + name + " | default: \"…\" }} のように代わりの言葉を書くか、{% if " + name + " %} で囲んでください。",
		EN: "Give a default, {{ " + name + " | default: \"…\" }}, or put it under {% if " + name + " %}.",
	})
	f.Severity = policy.Warn
	return f
}
