package model

import (
	"strings"

	"github.com/meguri-crm/meguri/crm/gid"
	"github.com/meguri-crm/meguri/crm/segment"
	"github.com/meguri-crm/meguri/db"
)

// NewSegment maps a saved segment. Its sentence is a resolver's.
func NewSegment(row *db.Segment) *Segment {
	return &Segment{
		ID:          gid.Encode("Segment", row.ID),
		Name:        row.Name,
		Description: row.Description,
		Rule:        row.Rule,
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

// SegmentField shows a field of the catalog; its words depend on the locale asked for.
type SegmentField struct{ field *segment.Field }

// NewSegmentFields maps the catalog.
func NewSegmentFields(fields []*segment.Field) []*SegmentField {
	list := make([]*SegmentField, len(fields))
	for i, f := range fields {
		list[i] = &SegmentField{f}
	}
	return list
}

// Name is what rules call the field.
func (f *SegmentField) Name() string { return f.field.Name }

// Label names the field on screen.
func (f *SegmentField) Label(locale string) string { return in(locale, f.field.Words) }

// Group names the fields it stands with.
func (f *SegmentField) Group(locale string) string { return in(locale, f.field.Group) }

// Description says how the figure is defined.
func (f *SegmentField) Description(locale string) string { return in(locale, f.field.Help) }

// Type tells how to show values.
func (f *SegmentField) Type() SegmentFieldType { return SegmentFieldType(f.field.Type) }

// Unit follows a number.
func (f *SegmentField) Unit(locale string) string { return in(locale, f.field.Unit) }

// PerMall says whether "mall" is allowed.
func (f *SegmentField) PerMall() bool { return f.field.PerMall }

// Period says whether "within_days" is allowed.
func (f *SegmentField) Period() bool { return f.field.Period }

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
	list := make([]*SegmentChoice, len(f.field.Choices))
	for i, c := range f.field.Choices {
		list[i] = &SegmentChoice{Value: c.Value, Label: in(locale, c.Words)}
	}
	return list
}

// SegmentOperator shows an operator of the catalog.
type SegmentOperator struct{ operator segment.Operator }

// Name is what rules call the operator.
func (o *SegmentOperator) Name() string { return string(o.operator) }

// Label names the operator on screen.
func (o *SegmentOperator) Label(locale string) string { return in(locale, o.operator.Words()) }

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

// in picks the language; anything but English reads Japanese, the product's first.
func in(locale string, w segment.Words) string {
	if strings.HasPrefix(locale, "en") {
		return w.EN
	}
	return w.JA
}
