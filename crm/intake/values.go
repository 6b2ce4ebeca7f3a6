package intake

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"maps"
	"slices"

	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/crm/mall"
	"github.com/meguri-crm/meguri/crm/property"
)

// valueColumn is a column of a file of customers that fills a custom property.
type valueColumn struct {
	at     int
	column string
	of     property.Definition
}

type valueColumns []valueColumn

// valueColumns are the columns of a header that fill custom properties: those a
// mapping gives to them, and in the files of shop systems those that are called
// as a property is. A property that is out of use is filled by none.
func (s *Service) valueColumns(ctx context.Context, format mall.PersonFormat, header []string) (valueColumns, error) {
	place := func(d property.Definition) int { return mall.ColumnOf(header, d.Name) }
	switch f := format.(type) {
	case mall.Members:
		return nil, nil
	case mall.MappingCustomers:
		given := f.Mapping.PropertyColumns(header)
		place = func(d property.Definition) int {
			if at, ok := given[d.Key]; ok {
				return at
			}
			return -1
		}
	}
	kept, err := property.List(ctx, s.db, false)
	if err != nil {
		return nil, err
	}
	var columns valueColumns
	for _, d := range kept {
		if at := place(d); at >= 0 {
			columns = append(columns, valueColumn{at, header[at], d})
		}
	}
	return columns, nil
}

// read is what a record tells, by the rows of properties; an empty cell tells
// nothing. The error is a *mall.Problem.
func (c valueColumns) read(rec []string) (map[int64]json.RawMessage, error) {
	var values map[int64]json.RawMessage
	for _, col := range c {
		value, err := col.of.Read(rec[col.at])
		if err != nil {
			return nil, &mall.Problem{Code: mall.BadProperty, Column: col.column, Detail: faultCode(err)}
		}
		if !property.Known(value) {
			continue
		}
		if values == nil {
			values = map[int64]json.RawMessage{}
		}
		values[col.of.ID] = value
	}
	return values, nil
}

func faultCode(err error) string {
	var f *fault.Error
	if errors.As(err, &f) {
		return f.CodeOrKind()
	}
	return err.Error()
}

// checkProperties refuses a mapping that fills properties which are not in use
// here: one that was made in another installation, or before they were archived.
func (s *Service) checkProperties(ctx context.Context, m mall.Mapping) error {
	if len(m.Properties) == 0 {
		return nil
	}
	kept, err := property.List(ctx, s.db, false)
	if err != nil {
		return err
	}
	for _, key := range slices.Sorted(maps.Keys(m.Properties)) {
		if !slices.ContainsFunc(kept, func(d property.Definition) bool { return d.Key == key }) {
			return fault.New(fault.Precondition, "the mapping fills a custom property %q, which is not in use", key).
				WithCode("MAPPING_PROPERTY_MISSING").At("mapping").With("key", key)
		}
	}
	return nil
}

// tellValues writes the values of the rows; of several rows of one customer the
// last that tells a value counts. A file overwrites what is known, since staff
// has given it the column, and its undo puts that back.
func (b *peopleBatch) tellValues(ctx context.Context) error {
	type place struct{ customer, property int64 }
	told := map[place]json.RawMessage{}
	for i, values := range b.values {
		for id, value := range values {
			told[place{b.who[i], id}] = value
		}
	}
	if len(told) == 0 {
		return nil
	}
	writes := make([]property.Write, 0, len(told))
	for at, value := range told {
		writes = append(writes, property.Write{CustomerID: at.customer, Property: property.Definition{ID: at.property}, Value: value})
	}
	slices.SortFunc(writes, func(x, y property.Write) int {
		return cmp.Or(cmp.Compare(x.CustomerID, y.CustomerID), cmp.Compare(x.Property.ID, y.Property.ID))
	})
	changed, err := property.Tell(ctx, b.tx, writes, b.now, b.imp.ID)
	for _, id := range changed {
		b.touched[id] = true
	}
	return err
}
