package graph

import (
	"context"

	"github.com/meguri-crm/meguri/crm/gid"
	"github.com/meguri-crm/meguri/crm/message"
	"github.com/meguri-crm/meguri/crm/property"
	"github.com/meguri-crm/meguri/db"
	"github.com/meguri-crm/meguri/graph/loader"
	"github.com/meguri-crm/meguri/graph/model"
)

// propertyPayload is the property that a mutation changed, or what was wrong with it.
func propertyPayload(d property.Definition, err error) (*model.PropertyPayload, error) {
	wrong, err := userErrors(err)
	payload := &model.PropertyPayload{UserErrors: wrong}
	if err == nil && len(wrong) == 0 {
		payload.Property = model.NewProperty(d)
	}
	return payload, err
}

// changeProperty runs a change of the property with an id.
func changeProperty(ctx context.Context, id string, change func(context.Context, int64) (property.Definition, error)) (*model.PropertyPayload, error) {
	row, err := gid.Decode("Property", id)
	if err != nil {
		return propertyPayload(property.Definition{}, err)
	}
	return propertyPayload(change(ctx, row))
}

func (r *Resolver) setProperties(ctx context.Context, in model.SetCustomerPropertiesInput) (*db.Customer, []string, error) {
	id, err := gid.Decode("Customer", in.CustomerID)
	if err != nil {
		return nil, nil, err
	}
	row, err := r.Customers.Find(ctx, id)
	if err != nil {
		return nil, nil, err
	}
	changed, err := r.Properties.Set(ctx, row.ID, model.NewPropertyInputs(in.Values))
	return row, changed, err
}

// propertiesOf is what is known of a customer. The properties are read once per
// operation: the loader's key of them is the same for everybody.
func propertiesOf(ctx context.Context, customerID string) ([]*model.PropertyValue, error) {
	id, err := gid.Decode("Customer", customerID)
	if err != nil {
		return nil, err
	}
	list, err := loader.For(ctx).Properties(ctx)
	if err != nil {
		return nil, err
	}
	held, err := loader.For(ctx).PropertyValues(ctx, id)
	return model.NewPropertyValues(list, held), err
}

// propertyVariables are what content can say of the merchant's properties; a
// choice shows as its name.
func propertyVariables(kept []property.Definition) []message.Variable {
	list := make([]message.Variable, len(kept))
	for i, d := range kept {
		list[i] = message.PropertyVariable(d.Key, d.Name, exampleOf(d))
	}
	return list
}

func exampleOf(d property.Definition) string {
	switch d.Type {
	case property.Number:
		return "10"
	case property.Date:
		return "2026年11月22日"
	case property.Boolean:
		return "はい"
	case property.Choice, property.Choices:
		return d.Options[0].Name
	case property.Text:
	}
	return d.Name
}
