package message

import (
	"regexp"

	"github.com/meguri-crm/meguri/crm/policy"
)

// What the merchant keeps of customers stands in content under its key:
// {{ customer.properties.pet }}. It is not known of everybody, so that content
// which shows it without a condition or a default is told of.

var propertyName = regexp.MustCompile(`^customer\.properties\.[a-z][a-z0-9_]{0,39}$`)

// PropertyVariable is the variable of a property.
func PropertyVariable(key, name, example string) Variable {
	return Variable{Name: "customer.properties." + key, Label: policy.Text{JA: name, EN: name}, Example: example}
}

func isProperty(name string) bool { return propertyName.MatchString(name) }

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
