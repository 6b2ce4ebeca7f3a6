package loader

import (
	"context"

	"github.com/meguri-crm/meguri/crm/property"
)

// PeopleSources are the queries behind what the merchant keeps of customers.
type PeopleSources struct {
	// Properties are those in use.
	Properties func(ctx context.Context) ([]property.Definition, error)
	// By customer or property; who has none is left out.
	PropertyValues func(ctx context.Context, customers []int64) (map[int64]property.Held, error)
	PropertyUses   func(ctx context.Context, properties []int64) (map[int64]int, error)
}

type peopleBatches struct {
	properties     group[struct{}, []property.Definition]
	propertyValues group[int64, property.Held]
	propertyUses   group[int64, int]
}

// Properties are the properties in use.
func (l *Loaders) Properties(ctx context.Context) ([]property.Definition, error) {
	return l.properties.load(ctx, struct{}{}, func(ctx context.Context, _ []struct{}) (map[struct{}][]property.Definition, error) {
		list, err := l.sources.Properties(ctx)
		return map[struct{}][]property.Definition{{}: list}, err
	})
}

// PropertyValues are the values of a customer.
func (l *Loaders) PropertyValues(ctx context.Context, customer int64) (property.Held, error) {
	return l.propertyValues.load(ctx, customer, l.sources.PropertyValues)
}

// PropertyUses is of how many customers a property is known.
func (l *Loaders) PropertyUses(ctx context.Context, id int64) (int, error) {
	return l.propertyUses.load(ctx, id, l.sources.PropertyUses)
}
