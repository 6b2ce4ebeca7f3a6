package segment

import (
	"math/big"
	"strings"
)

// Property is something the merchant keeps of customers, as its catalog shows it.
type Property struct {
	ID       int64
	Key      string
	Words    Words
	Help     string
	Kind     PropertyKind
	Choices  []Choice // of a choice, those that are no longer offered, too
	Decimals int      // of a number: digits after the point
}

// PropertyKind is what values of a property are.
type PropertyKind string

// The kinds, as crm/property names them.
const (
	PropertyText    PropertyKind = "TEXT"
	PropertyNumber  PropertyKind = "NUMBER"
	PropertyDate    PropertyKind = "DATE"
	PropertyChoice  PropertyKind = "CHOICE"
	PropertyChoices PropertyKind = "CHOICES"
	PropertyBoolean PropertyKind = "BOOLEAN"
)

// propertyField begins the names of their fields.
const propertyField = "property."

var properties = Words{"カスタム項目", "Properties"}

// propertyForms are how fields of each kind are asked.
var propertyForms = map[PropertyKind]struct {
	shown     Type
	operators []Operator
	ja        func(*speaker, *Condition) phrase
	en        func(*speaker, *Condition) string
}{
	PropertyText:    {TypeText, []Operator{AnyOf, NoneOf, Contains}, jaPropertyText, enPropertyList},
	PropertyNumber:  {TypeNumber, numberOperators, jaPropertyNumber, enPropertyNumber},
	PropertyDate:    {TypeTime, append(dateOperators[:len(dateOperators):len(dateOperators)], NextDays, ThisMonth, NextMonth), jaPropertyDate, enPropertyDate},
	PropertyChoice:  {TypeChoice, []Operator{AnyOf, NoneOf}, jaPropertyChoice, enPropertyList},
	PropertyChoices: {TypeChoices, []Operator{AnyOf, AllOf, NoneOf}, jaPropertyChoices, enPropertyList},
	PropertyBoolean: {TypeBoolean, []Operator{Is}, jaPropertyBoolean, enPropertyBoolean},
}

// propertyFields are what the merchant keeps of customers.
func propertyFields(merchant Merchant) []*Field {
	fields := make([]*Field, 0, len(merchant.Properties))
	for i := range merchant.Properties {
		p := &merchant.Properties[i]
		form := propertyForms[p.Kind]
		f := &Field{
			Name: propertyField + p.Key, Type: form.shown, Group: properties, Words: p.Words,
			Help:      Words{p.Help, p.Help},
			Operators: append(form.operators[:len(form.operators):len(form.operators)], Known, Unknown),
			Choices:   p.Choices, Decimals: p.Decimals, Signed: true, Max: maxMoney * tenTo(p.Decimals), property: p,
			sql: sqlProperty, ja: jaKnown(form.ja), en: enKnown(form.en),
		}
		fields = append(fields, f)
	}
	return fields
}

func tenTo(n int) int64 {
	p := int64(1)
	for range n {
		p *= 10
	}
	return p
}

// decimal writes a number of units of 1/10ⁿ: 245 of tenths is 24.5.
func decimal(n int64, decimals int) string {
	text := big.NewRat(n, tenTo(decimals)).FloatString(decimals)
	if !strings.Contains(text, ".") {
		return text
	}
	return strings.TrimRight(strings.TrimRight(text, "0"), ".")
}

// units reads a number with at most so many digits after the point as units of
// 1/10ⁿ.
func units(text string, decimals int) (int64, bool) {
	whole, rest, _ := strings.Cut(text, ".")
	if len(rest) > decimals || strings.ContainsAny(rest, "+-eE.") {
		return 0, false
	}
	return integer([]byte(whole + rest + strings.Repeat("0", decimals-len(rest))))
}
