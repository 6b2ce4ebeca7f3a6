package server

import (
	"slices"
	"strings"

	"github.com/meguri-crm/meguri/crm/property"
	"github.com/meguri-crm/meguri/crm/signup"
)

// keptField is a custom property as a page for shoppers asks it, in the words of
// the page.
type keptField struct {
	ID, Name, Label, Must, Note, Problem string
	Type, Mode, Value                    string // of an input
	Max                                  int
	Options                              []keptOption // choices instead
	Several, Menu                        bool         // boxes to tick; a menu
}

type keptOption struct {
	Value, Label string
	Checked      bool
}

// longMenu is from how many choices on they stand in a menu.
const longMenu = 7

// newKeptField asks for d. sent is what came in, to be mended.
func newKeptField(d property.Definition, label, locale string, required bool, sent []string) keptField {
	f := keptField{ID: "kept-" + d.Key, Name: signup.KeptPrefix + d.Key, Label: label, Note: d.Help, Type: "text", Max: property.MaxText}
	if required {
		f.Must = said(locale, "required")
	}
	if len(sent) > 0 {
		f.Value = sent[0]
	}
	switch d.Type {
	case property.Number:
		f.Mode, f.Max = "decimal", 20
	case property.Date:
		f.Type, f.Max = "date", 10
	case property.Boolean:
		f.Options = []keptOption{{Value: "true", Label: said(locale, "kept.yes")}, {Value: "false", Label: said(locale, "kept.no")}}
	case property.Choice, property.Choices:
		f.Several = d.Type == property.Choices
		for _, o := range d.Options {
			if !o.Archived {
				f.Options = append(f.Options, keptOption{Value: o.Value, Label: o.Name})
			}
		}
		f.Menu = !f.Several && len(f.Options) >= longMenu
	case property.Text:
	}
	if len(f.Options) > 0 && !f.Several && (!required || f.Menu) {
		f.Options = append(f.Options, keptOption{Label: said(locale, "kept.none")})
	}
	for i := range f.Options {
		f.Options[i].Checked = slices.Contains(sent, f.Options[i].Value) || len(sent) == 0 && f.Options[i].Value == ""
	}
	return f
}

// keptFields are the custom properties that a form asks.
func keptFields(asked []signup.Asked, locale string, a signup.Answers, problems map[string]signup.Problem) []keptField {
	list := make([]keptField, len(asked))
	for i, q := range asked {
		label := q.Label.In(locale)
		if label == "" {
			label = q.Property.Name
		}
		list[i] = newKeptField(q.Property, label, locale, q.Required, a.Sent[q.Key])
		if wrong := problems[list[i].Name]; wrong != "" {
			list[i].Problem = said(locale, string(wrong))
		}
	}
	return list
}

// sentValues are what a page has sent for custom properties, by their keys.
func sentValues(form map[string][]string) map[string][]string {
	sent := map[string][]string{}
	for name, values := range form {
		if key, ok := strings.CutPrefix(name, signup.KeptPrefix); ok {
			sent[key] = values
		}
	}
	return sent
}
