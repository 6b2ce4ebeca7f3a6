package signup

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"github.com/uptrace/bun"

	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/crm/property"
	"github.com/meguri-crm/meguri/db"
)

// PropertyQuestion is a custom property that a form asks, in the merchant's order.
type PropertyQuestion struct {
	Key      string `json:"key"`
	Label    Text   `json:"label,omitzero"` // empty: the property's name
	Required bool   `json:"required"`
}

// Asked is a question of a form with the property it fills.
type Asked struct {
	PropertyQuestion
	Property property.Definition
}

// Values keeps custom properties of customers.
type Values interface {
	// FillIn writes what a customer told of whom it was not known.
	FillIn(ctx context.Context, tx db.Tx, customerID int64, values map[string]json.RawMessage) error
}

// maxProperties is how many custom properties a form asks.
const maxProperties = 20

// checkProperties finds what is wrong with the questions themselves.
func (c Content) checkProperties() error {
	if len(c.Properties) > maxProperties {
		return fault.New(fault.Invalid, "at most %d custom properties", maxProperties).WithCode("TOO_MANY_QUESTIONS").At("properties").With("max", maxProperties)
	}
	seen := map[string]bool{}
	for i, q := range c.Properties {
		at := fmt.Sprintf("properties.%d", i)
		if seen[q.Key] {
			return fault.New(fault.Invalid, "each property once").WithCode("UNKNOWN_VALUE").At(at)
		}
		seen[q.Key] = true
		if err := q.Label.check(at+".label", maxTitle, false); err != nil {
			return err
		}
	}
	return nil
}

// checkKept finds a question of a property that is not in use. Errors:
// fault.Invalid NO_SUCH_PROPERTY.
func checkKept(ctx context.Context, idb bun.IDB, c Content) error {
	asked, err := askedOf(ctx, idb, c)
	if err != nil || len(asked) == len(c.Properties) {
		return err
	}
	gone := slices.IndexFunc(c.Properties, func(q PropertyQuestion) bool {
		return !slices.ContainsFunc(asked, func(a Asked) bool { return a.Key == q.Key })
	})
	return fault.New(fault.Invalid, "this property is not in use").WithCode("NO_SUCH_PROPERTY").At(fmt.Sprintf("properties.%d", gone))
}

// Asked are the custom properties that a form asks now: one that went out of use
// since it was written is not asked any more.
func (s *Service) Asked(ctx context.Context, c Content) ([]Asked, error) {
	return askedOf(ctx, s.DB, c)
}

func askedOf(ctx context.Context, idb bun.IDB, c Content) ([]Asked, error) {
	if len(c.Properties) == 0 {
		return nil, nil
	}
	kept, err := property.List(ctx, idb, false)
	if err != nil {
		return nil, err
	}
	var asked []Asked
	for _, q := range c.Properties {
		if at := slices.IndexFunc(kept, func(d property.Definition) bool { return d.Key == q.Key }); at >= 0 {
			asked = append(asked, Asked{q, kept[at]})
		}
	}
	return asked, nil
}

// settleKept keeps of a the custom properties that the form asks, each in its
// canonical form, and adds what is wrong with them.
func (a *Answers) settleKept(asked []Asked, sent map[string][]string, problems map[string]Problem) {
	for _, q := range asked {
		value, err := q.Property.Posted(sent[q.Key])
		var f *fault.Error
		switch {
		case errors.As(err, &f) && f.Code == "VALUE_TOO_LONG":
			problems[KeptPrefix+q.Key] = TooLong
		case err != nil:
			problems[KeptPrefix+q.Key] = Wrong
		case property.Known(value):
			if a.Kept == nil {
				a.Kept = map[string]json.RawMessage{}
			}
			a.Kept[q.Key] = value
		case q.Required:
			problems[KeptPrefix+q.Key] = Missing
		}
	}
}

// KeptPrefix begins the names of answers that are custom properties; the key follows.
const KeptPrefix = "kept."
