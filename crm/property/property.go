// Package property owns what a merchant wants to know of customers beside the
// profile: the properties (what there is to know, typed) and their values per
// customer.
//
// It promises that a value always fits the type of its property, in one
// canonical form whoever wrote it (staff, a partner, a file); that keys and the
// values of choices never change, so that rules, templates and files go on
// meaning what they meant after something was renamed; that a property is
// archived and never deleted, with its values kept; and that neither errors nor
// the audit log tell a value.
//
// A value is JSON: a string for TEXT, a number for NUMBER, "2026-11-22" for
// DATE, true or false for BOOLEAN, the choice's value for CHOICE, a list of
// them in the order of the choices for CHOICES, and null where nothing is known.
//
// It leaves to others: asking by values (segment), writing them into mails
// (message), and moving them with a merge (customer: the survivor's value wins,
// the other's waits under the old id for an undo).
package property

import (
	"context"
	"encoding/json"
	"slices"
	"time"

	"github.com/uptrace/bun"

	"github.com/meguri-crm/meguri/crm/clock"
	"github.com/meguri-crm/meguri/db"
)

// Type is what values of a property are.
type Type string

// The types.
const (
	Text    Type = "TEXT"
	Number  Type = "NUMBER"
	Date    Type = "DATE"
	Choice  Type = "CHOICE"  // one of a few
	Choices Type = "CHOICES" // several of a few
	Boolean Type = "BOOLEAN"
)

// The places that show a property, of the admin and beside it.
const (
	OnProfile = "PROFILE" // the customer's page
	InList    = "LIST"    // a column that can be chosen in the list
	InForm    = "FORM"    // asked for when staff adds a customer
	// OnPreferences is the page on which shoppers choose what they get.
	OnPreferences = "PREFERENCES"
)

// Places are all of them.
var Places = []string{OnProfile, InList, InForm, OnPreferences}

// Limits.
const (
	MaxProperties = 100 // that are not archived
	MaxChoices    = 100 // of one property
	MaxText       = 500 // characters of a value
	MaxDecimals   = 4
	MaxNumber     = 1_000_000_000_000 // magnitude
)

// Option is one choice of a property.
type Option struct {
	Value    string `json:"value"` // stands in rules and values, never changes
	Name     string `json:"name"`
	Archived bool   `json:"archived,omitempty"` // no longer offered; who has it keeps it
}

// Definition is a property: something to know of customers.
type Definition struct {
	ID         int64
	Key        string
	Name, Help string
	Type       Type
	Options    []Option // of CHOICE and CHOICES
	Decimals   int      // of NUMBER: digits after the point
	Places     []string
	CreatedAt  time.Time
	ArchivedAt *time.Time
}

// Archived reports whether it is out of use.
func (d Definition) Archived() bool { return d.ArchivedAt != nil }

// In reports whether a place shows it.
func (d Definition) In(place string) bool { return !d.Archived() && slices.Contains(d.Places, place) }

// option is the choice of a value.
func (d Definition) option(value string) (Option, bool) {
	i := slices.IndexFunc(d.Options, func(o Option) bool { return o.Value == value })
	if i < 0 {
		return Option{}, false
	}
	return d.Options[i], true
}

// Service keeps properties and values.
type Service struct {
	db    *db.DB
	clock clock.Clock
}

// New is the service.
func New(d *db.DB, c clock.Clock) *Service { return &Service{db: d, clock: c} }

// List is all properties in the merchant's order, archived ones last and only
// when they are asked for.
func (s *Service) List(ctx context.Context, archived bool) ([]Definition, error) {
	return List(ctx, s.db, archived)
}

// List is as Service.List.
func List(ctx context.Context, idb bun.IDB, archived bool) ([]Definition, error) {
	var rows []db.Property
	q := idb.NewSelect().Model(&rows).OrderExpr("archived_at IS NOT NULL, position, id")
	if !archived {
		q.Where("archived_at IS NULL")
	}
	if err := q.Scan(ctx); err != nil {
		return nil, db.Fault(err)
	}
	list := make([]Definition, len(rows))
	for i := range rows {
		var err error
		if list[i], err = definitionOf(&rows[i]); err != nil {
			return nil, err
		}
	}
	return list, nil
}

// Keys are the keys of the properties in use.
func (s *Service) Keys(ctx context.Context, idb bun.IDB) ([]string, error) { return Keys(ctx, idb) }

// Keys is as Service.Keys.
func Keys(ctx context.Context, idb bun.IDB) ([]string, error) {
	var keys []string
	err := idb.NewRaw("SELECT key FROM properties WHERE archived_at IS NULL ORDER BY position, id").Scan(ctx, &keys)
	return keys, db.Fault(err)
}

// Find is one property. Errors: fault.NotFound.
func (s *Service) Find(ctx context.Context, id int64) (Definition, error) {
	row := new(db.Property)
	if err := s.db.NewSelect().Model(row).Where("id = ?", id).Scan(ctx); err != nil {
		return Definition{}, db.Fault(err)
	}
	return definitionOf(row)
}

func definitionOf(row *db.Property) (Definition, error) {
	d := Definition{
		ID: row.ID, Key: row.Key, Name: row.Name, Help: row.Help, Type: Type(row.Type), Decimals: row.Decimals,
		Places: row.Places, CreatedAt: row.CreatedAt, ArchivedAt: row.ArchivedAt,
	}
	return d, json.Unmarshal(row.Choices, &d.Options)
}
