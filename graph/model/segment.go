package model

import (
	"encoding/json"
	"time"

	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/crm/gid"
	"github.com/meguri-crm/meguri/crm/segment"
	"github.com/meguri-crm/meguri/db"
)

// NewSegment maps a saved segment; nil stays nil. Its sentence is a resolver's.
func NewSegment(row *db.Segment) *Segment {
	if row == nil {
		return nil
	}
	return &Segment{
		ID:          gid.Encode("Segment", row.ID),
		Name:        row.Name,
		Description: row.Description,
		Rule:        row.Rule,
		Fixed:       row.Fixed,
		MemberCount: row.MemberCount,
		ComputedAt:  row.ComputedAt,
		CreatedAt:   row.CreatedAt,
		UpdatedAt:   row.UpdatedAt,
		ArchivedAt:  row.ArchivedAt,
	}
}

// NewSegments maps a list.
func NewSegments(rows []*db.Segment) []*Segment {
	list := make([]*Segment, len(rows))
	for i, row := range rows {
		list[i] = NewSegment(row)
	}
	return list
}

// NewSegmentPreview maps what a rule means; people are the rows of its sample.
func NewSegmentPreview(p *segment.Preview, people []*Customer, locale string) *SegmentPreview {
	return &SegmentPreview{
		Count: p.Count, Sample: people, Sentence: p.Sentence.In(locale), Errors: []*SegmentRuleError{},
		Milliseconds: float64(p.Took) / float64(time.Millisecond),
	}
}

// NewRuleErrors maps what is wrong with a rule.
func NewRuleErrors(problems []*fault.Error) *SegmentPreview {
	errors := make([]*SegmentRuleError, len(problems))
	for i, p := range problems {
		errors[i] = &SegmentRuleError{Path: p.Field, Code: p.CodeOrKind(), Message: p.Message}
	}
	return &SegmentPreview{Sample: []*Customer{}, Errors: errors}
}

// ReadySegment shows a ready segment; its words depend on the locale asked for.
type ReadySegment struct{ ready segment.Ready }

// NewReadySegments maps a list.
func NewReadySegments(list []segment.Ready) []*ReadySegment {
	all := make([]*ReadySegment, len(list))
	for i, r := range list {
		all[i] = &ReadySegment{r}
	}
	return all
}

// Code names it for programs.
func (r *ReadySegment) Code() string { return r.ready.Code }

// Name is what it is called on screen.
func (r *ReadySegment) Name(locale string) string { return r.ready.Words.In(locale) }

// Rule is its rule tree.
func (r *ReadySegment) Rule() json.RawMessage { return r.ready.Rule }

// Sentence says the rule in words.
func (r *ReadySegment) Sentence(locale string) string { return r.ready.Sentence.In(locale) }

// SegmentField shows a field of the catalog; its words depend on the locale asked for.
type SegmentField struct {
	field  *segment.Field
	events []segment.Choice
}

// NewSegmentFields maps the catalog.
func NewSegmentFields(catalog *segment.Catalog) []*SegmentField {
	list := make([]*SegmentField, len(catalog.Fields()))
	for i, f := range catalog.Fields() {
		list[i] = &SegmentField{field: f}
		if f.Event {
			list[i].events = catalog.Events()
		}
	}
	return list
}

// Name is what rules call the field.
func (f *SegmentField) Name() string { return f.field.Name }

// Label names the field on screen.
func (f *SegmentField) Label(locale string) string { return f.field.Words.In(locale) }

// Group names the fields it stands with.
func (f *SegmentField) Group(locale string) string { return f.field.Group.In(locale) }

// Description says how the figure is defined.
func (f *SegmentField) Description(locale string) string { return f.field.Help.In(locale) }

// Type tells how to show values.
func (f *SegmentField) Type() SegmentFieldType { return SegmentFieldType(f.field.Type) }

// Unit follows a number.
func (f *SegmentField) Unit(locale string) string { return f.field.Unit.In(locale) }

// UnitOfOne follows the number one.
func (f *SegmentField) UnitOfOne(locale string) string { return f.field.UnitOfOne().In(locale) }

// PerMall says whether "mall" is allowed.
func (f *SegmentField) PerMall() bool { return f.field.PerMall }

// Period says whether "within_days" is allowed.
func (f *SegmentField) Period() bool { return f.field.Period }

// PerProduct says whether "skus" and "categories" are allowed.
func (f *SegmentField) PerProduct() bool { return f.field.Product }

// AsOf says whether "as_of" is allowed.
func (f *SegmentField) AsOf() bool { return f.field.AsOf }

// Decimals are the digits after the point that numbers may have.
func (f *SegmentField) Decimals() int { return f.field.Decimals }

// Signed says whether numbers may be below 0.
func (f *SegmentField) Signed() bool { return f.field.Signed }

// Operators lists what can be asked of the field.
func (f *SegmentField) Operators() []*SegmentOperator {
	list := make([]*SegmentOperator, len(f.field.Operators))
	for i, op := range f.field.Operators {
		list[i] = &SegmentOperator{op}
	}
	return list
}

// Choices lists the values of a field that has only a few.
func (f *SegmentField) Choices(locale string) []*SegmentChoice {
	return newSegmentChoices(f.field.Choices, locale)
}

// Events lists what "events" may hold; nothing where it is not allowed.
func (f *SegmentField) Events(locale string) []*SegmentChoice {
	return newSegmentChoices(f.events, locale)
}

func newSegmentChoices(choices []segment.Choice, locale string) []*SegmentChoice {
	list := make([]*SegmentChoice, len(choices))
	for i, c := range choices {
		list[i] = &SegmentChoice{Value: c.Value, Label: c.Words.In(locale)}
	}
	return list
}

// SegmentOperator shows an operator of the catalog.
type SegmentOperator struct{ operator segment.Operator }

// Name is what rules call the operator.
func (o *SegmentOperator) Name() string { return string(o.operator) }

// Label names the operator on screen.
func (o *SegmentOperator) Label(locale string) string { return o.operator.Words().In(locale) }

// Operand is the form of its value.
func (o *SegmentOperator) Operand() SegmentOperand {
	switch shape := o.operator.Shape(); shape {
	case segment.ShapeNone, segment.ShapeList, segment.ShapeDays, segment.ShapeCount:
		return SegmentOperand(shape)
	case segment.ShapeNumberRange, segment.ShapeDateRange:
		return SegmentOperandRange
	default:
		return SegmentOperandOne
	}
}
