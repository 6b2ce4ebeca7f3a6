package model

import (
	"encoding/json"

	"github.com/meguri-crm/meguri/crm/gid"
	"github.com/meguri-crm/meguri/crm/property"
)

// NewProperty maps a property.
func NewProperty(d property.Definition) *Property {
	p := &Property{
		ID: gid.Encode("Property", d.ID), Key: d.Key, Name: d.Name, Help: d.Help, Type: PropertyType(d.Type), Decimals: d.Decimals,
		Choices: make([]*PropertyChoice, 0, len(d.Options)), Places: make([]PropertyPlace, len(d.Places)), CreatedAt: d.CreatedAt, ArchivedAt: d.ArchivedAt,
	}
	var retired []*PropertyChoice
	for _, o := range d.Options {
		choice := &PropertyChoice{Value: o.Value, Name: o.Name, Archived: o.Archived}
		if o.Archived {
			retired = append(retired, choice)
		} else {
			p.Choices = append(p.Choices, choice)
		}
	}
	p.Choices = append(p.Choices, retired...)
	for i, place := range d.Places {
		p.Places[i] = PropertyPlace(place)
	}
	return p
}

// NewProperties maps a list.
func NewProperties(list []property.Definition) []*Property {
	out := make([]*Property, len(list))
	for i, d := range list {
		out[i] = NewProperty(d)
	}
	return out
}

// NewPropertyValues maps what is known of a customer.
func NewPropertyValues(list []property.Definition, held property.Held) []*PropertyValue {
	out := make([]*PropertyValue, len(list))
	for i, d := range list {
		out[i] = &PropertyValue{Property: NewProperty(d), Value: held[d.ID]}
	}
	return out
}

// NewPropertyDraft maps the input of createProperty.
func NewPropertyDraft(in CreatePropertyInput) property.Draft {
	return property.Draft{
		Key: in.Key, Name: in.Name, Help: in.Help, Type: property.Type(in.Type), Options: newOptions(in.Choices), Decimals: in.Decimals,
		Places: newPlaces(in.Places),
	}
}

// NewPropertyChange maps the input of updateProperty.
func NewPropertyChange(in UpdatePropertyInput) property.Draft {
	return property.Draft{Name: in.Name, Help: in.Help, Options: newOptions(in.Choices), Decimals: in.Decimals, Places: newPlaces(in.Places)}
}

func newOptions(in []*PropertyChoiceInput) []property.Option {
	var out []property.Option
	for _, c := range in {
		o := property.Option{Name: c.Name}
		if c.Value != nil {
			o.Value = *c.Value
		}
		out = append(out, o)
	}
	return out
}

func newPlaces(in []PropertyPlace) []string {
	var out []string
	for _, p := range in {
		out = append(out, string(p))
	}
	return out
}

// NewPropertyInputs maps values by key; of a key that is named twice the last counts.
func NewPropertyInputs(in []*PropertyValueInput) map[string]json.RawMessage {
	values := make(map[string]json.RawMessage, len(in))
	for _, v := range in {
		values[v.Key] = v.Value
	}
	return values
}
