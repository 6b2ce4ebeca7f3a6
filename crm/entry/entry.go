// Package entry owns what staff writes down of one person at once: who it is,
// the consents that were given, tags, custom properties, and whether he becomes
// a member.
//
// It promises that all of it stands or none, that nobody is made twice without a
// word of staff that the two are different people, and that writing to a customer
// who is there adds and never overwrites: what is known stays, other than what
// staff changes in the profile itself. How people resemble each other is left to
// crm/customer, what a tag or a value is to crm/tag and crm/property.
package entry

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/meguri-crm/meguri/crm/customer"
	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/crm/property"
	"github.com/meguri-crm/meguri/db"
)

// Customers finds and makes people.
type Customers interface {
	CreateIn(ctx context.Context, tx db.Tx, m customer.Meeting, others *customer.Others) (*db.Customer, error)
	CompleteIn(ctx context.Context, tx db.Tx, id int64, m customer.Meeting) (*db.Customer, error)
	EnrollIn(ctx context.Context, tx db.Tx, id int64, via string) error
	RecordIn(ctx context.Context, tx db.Tx, w customer.Word) error
	Find(ctx context.Context, id int64) (*db.Customer, error)
}

// Tags puts tags on a customer whom the transaction holds.
type Tags interface {
	ChangeIn(ctx context.Context, tx db.Tx, customerID int64, add, remove []int64) error
}

// Properties writes values of a customer whom the transaction holds.
type Properties interface {
	SetIn(ctx context.Context, tx db.Tx, customerID int64, values map[string]json.RawMessage) ([]string, error)
}

// Service writes people down.
type Service struct {
	DB         *db.DB
	Customers  Customers
	Tags       Tags
	Properties Properties
}

// Entry is what staff writes of one person.
type Entry struct {
	customer.Meeting
	Consents []Consent
	TagIDs   []int64
	Values   map[string]json.RawMessage // by the keys of properties
	Enroll   bool                       // makes him a member
}

// Consent is a word of consent that staff took, for the shop of the entry.
type Consent struct {
	Channel string
	Method  string // STAFF: told to staff; STORE: written down in a store
	Wording string
	Source  string    // where the proof is: a paper, a call; "": not said
	At      time.Time // zero: now
}

// maxSource is how many characters say where the proof of a consent is.
const maxSource = 200

// methods are the ways by which staff comes to a consent.
var methods = []string{"STAFF", "STORE"}

// Create makes the customer of an entry. others are those of whom staff says that
// they are different people; nil: nobody was asked. Errors: as of
// customer.CreateIn; fault.Invalid and fault.NotFound at consents, tagIds and values.
func (s *Service) Create(ctx context.Context, e Entry, others *customer.Others) (*db.Customer, error) {
	return s.write(ctx, &e, func(ctx context.Context, tx db.Tx) (*db.Customer, error) {
		return s.Customers.CreateIn(ctx, tx, e.Meeting, others)
	})
}

// AddTo adds an entry to a customer who is the same person: what is known stays.
// Errors: as of customer.CompleteIn and Create.
func (s *Service) AddTo(ctx context.Context, id int64, e Entry) (*db.Customer, error) {
	return s.write(ctx, &e, func(ctx context.Context, tx db.Tx) (*db.Customer, error) {
		row, err := s.Customers.CompleteIn(ctx, tx, id, e.Meeting)
		if err != nil {
			return nil, err
		}
		e.Values, err = unknown(ctx, tx, row.ID, e.Values)
		return row, err
	})
}

// write does the parts of an entry in one transaction, after who it is of, which
// may leave parts out.
func (s *Service) write(ctx context.Context, e *Entry, who func(context.Context, db.Tx) (*db.Customer, error)) (*db.Customer, error) {
	var id int64
	err := db.RunInTx(ctx, s.DB, func(ctx context.Context, tx db.Tx) error {
		row, err := who(ctx, tx)
		if err != nil {
			return err
		}
		id = row.ID
		if err := s.consents(ctx, tx, id, e); err != nil {
			return err
		}
		if len(e.TagIDs) > 0 {
			if err := s.Tags.ChangeIn(ctx, tx, id, e.TagIDs, nil); err != nil {
				return at("tagIds", err)
			}
		}
		if len(e.Values) > 0 {
			if _, err := s.Properties.SetIn(ctx, tx, id, e.Values); err != nil {
				return err
			}
		}
		if e.Enroll {
			return s.Customers.EnrollIn(ctx, tx, id, "STAFF")
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return s.Customers.Find(ctx, id)
}

// consents takes down what was agreed to, with the staff of the request as the
// one who took it.
func (s *Service) consents(ctx context.Context, tx db.Tx, id int64, e *Entry) error {
	for i, c := range e.Consents {
		field := fmt.Sprintf("consents.%d", i)
		switch {
		case !slices.Contains(methods, c.Method):
			return fault.New(fault.Invalid, "staff takes a consent by STAFF or STORE").WithCode("UNKNOWN_VALUE").At(field + ".method")
		case len([]rune(c.Source)) > maxSource:
			return fault.New(fault.Invalid, "at most %d characters", maxSource).WithCode("TOO_LONG").At(field+".source").With("max", maxSource)
		}
		err := s.Customers.RecordIn(ctx, tx, customer.Word{
			CustomerID: id, Channel: c.Channel, State: customer.Given, OriginShopID: e.ShopID, OccurredAt: c.At, Method: c.Method, Wording: c.Wording,
			Evidence: customer.Evidenced{Source: c.Source},
		})
		if err != nil {
			return at(field, err)
		}
	}
	return nil
}

// unknown are the values of properties of which nothing is known yet.
func unknown(ctx context.Context, tx db.Tx, id int64, values map[string]json.RawMessage) (map[string]json.RawMessage, error) {
	all, err := property.List(ctx, tx, false)
	if err != nil {
		return nil, err
	}
	held, err := property.Of(ctx, tx, []int64{id})
	if err != nil {
		return nil, err
	}
	left := map[string]json.RawMessage{}
	for key, value := range values {
		at := slices.IndexFunc(all, func(d property.Definition) bool { return d.Key == key })
		if at < 0 || !property.Known(held[id][all[at].ID]) {
			left[key] = value
		}
	}
	return left, nil
}

// at puts the field of a fault under where the part stands in the entry.
func at(place string, err error) error {
	var f *fault.Error
	if !errors.As(err, &f) {
		return err
	}
	if f.Field != "" && f.Field != "add" {
		place += "." + f.Field
	}
	return f.At(place)
}
