package loader

import (
	"context"

	"github.com/meguri-crm/meguri/crm/property"
	"github.com/meguri-crm/meguri/db"
)

// PeopleSources are the queries behind what the merchant keeps of customers.
type PeopleSources struct {
	// Properties are those in use.
	Properties func(ctx context.Context) ([]property.Definition, error)
	// By customer or property; who has none is left out.
	PropertyValues func(ctx context.Context, customers []int64) (map[int64]property.Held, error)
	PropertyUses   func(ctx context.Context, properties []int64) (map[int64]int, error)
	Tags           func(ctx context.Context, customers []int64) (map[int64][]db.CustomerTag, error)
	TagCounts      func(ctx context.Context, tags []int64) (map[int64]int, error)
	Notes          func(ctx context.Context, ids []int64) ([]*db.CustomerNote, error)
}

type peopleBatches struct {
	properties     group[struct{}, []property.Definition]
	propertyValues group[int64, property.Held]
	propertyUses   group[int64, int]
	tags           group[int64, []db.CustomerTag]
	tagCounts      group[int64, int]
	notes          batch[int64, *db.CustomerNote]
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

// Tags are the tags of a customer.
func (l *Loaders) Tags(ctx context.Context, customer int64) ([]db.CustomerTag, error) {
	return l.tags.load(ctx, customer, l.sources.Tags)
}

// TagCount is how many customers have a tag.
func (l *Loaders) TagCount(ctx context.Context, id int64) (int, error) {
	return l.tagCounts.load(ctx, id, l.sources.TagCounts)
}

// Note is a note. Errors: fault.NotFound.
func (l *Loaders) Note(ctx context.Context, id int64) (*db.CustomerNote, error) {
	return l.notes.load(ctx, id, l.sources.Notes, func(n *db.CustomerNote) int64 { return n.ID })
}
