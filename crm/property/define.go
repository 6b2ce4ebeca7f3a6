package property

import (
	"context"
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/uptrace/bun"

	"github.com/meguri-crm/meguri/crm/access"
	"github.com/meguri-crm/meguri/crm/check"
	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/db"
)

// Draft is a property to define, or what it is to be. Key and Type of one that
// is there do not change.
type Draft struct {
	Key      string
	Name     string `field:"name" code:"PROPERTY_NAME" validate:"required,max=40"`
	Help     string `field:"help" validate:"max=200"`
	Type     Type   `field:"type" validate:"oneof=TEXT NUMBER DATE CHOICE CHOICES BOOLEAN"`
	Options  []Option
	Decimals int      `field:"decimals" validate:"min=0,max=4"`
	Places   []string `field:"places" validate:"dive,oneof=PROFILE LIST FORM PREFERENCES"`
}

var (
	validKey   = regexp.MustCompile(`^[a-z][a-z0-9_]{0,39}$`)
	validValue = regexp.MustCompile(`^[A-Za-z0-9_-]{1,40}$`)
)

// Create defines a property.
// Errors: fault.Invalid; fault.Conflict PROPERTY_KEY_TAKEN, PROPERTY_NAME_TAKEN;
// fault.Precondition TOO_MANY_PROPERTIES.
func (s *Service) Create(ctx context.Context, d Draft) (Definition, error) {
	d.Options = valued(d.Options)
	if err := d.check(); err != nil {
		return Definition{}, err
	}
	if !validKey.MatchString(d.Key) {
		return Definition{}, fault.New(fault.Invalid, "a key is small letters, digits and _, and begins with a letter; at most 40").WithCode("PROPERTY_KEY").At("key")
	}
	now := s.clock.Now()
	row := &db.Property{Key: d.Key, Type: string(d.Type), CreatedAt: now, CreatedBy: access.From(ctx).StaffID()}
	err := db.RunInTx(ctx, s.db, func(ctx context.Context, tx db.Tx) error {
		if err := room(ctx, tx); err != nil {
			return err
		}
		if err := d.into(row); err != nil {
			return err
		}
		row.UpdatedAt = now
		_, err := tx.NewInsert().Model(row).ExcludeColumn("id").
			Value("position", "(SELECT coalesce(max(position), 0) + 1 FROM properties)").Returning("id, position").Exec(ctx)
		if err != nil {
			return taken(err)
		}
		return audit(ctx, tx, "property.create", row, map[string]any{"propertyKey": row.Key, "valueType": row.Type})
	})
	if err != nil {
		return Definition{}, err
	}
	return definitionOf(row)
}

// Update changes what may change of a property. Values are kept, and so is a
// choice that is no longer offered: it is archived.
// Errors: as Create; fault.NotFound; fault.Precondition DECIMALS_FEWER.
func (s *Service) Update(ctx context.Context, id int64, d Draft) (Definition, error) {
	return s.change(ctx, id, "property.update", func(row *db.Property) (map[string]any, error) {
		before, err := definitionOf(row)
		if err != nil {
			return nil, err
		}
		d.Type, d.Options = before.Type, valued(kept(before.Options, d.Options))
		if err := d.check(); err != nil {
			return nil, err
		}
		if d.Decimals < before.Decimals {
			return nil, fault.New(fault.Precondition, "values may have more digits than that").WithCode("DECIMALS_FEWER").At("decimals").With("min", before.Decimals)
		}
		detail := access.Differences(before.auditedFacts(), d.auditedFacts())
		return detail, d.into(row)
	})
}

// Archive takes a property out of use: its values stay, rules that name it go on.
// Errors: fault.NotFound.
func (s *Service) Archive(ctx context.Context, id int64) (Definition, error) {
	return s.change(ctx, id, "property.archive", func(row *db.Property) (map[string]any, error) {
		if row.ArchivedAt == nil {
			now := s.clock.Now()
			row.ArchivedAt = &now
		}
		return map[string]any{"propertyKey": row.Key}, nil
	})
}

// Restore puts a property back into use.
// Errors: fault.NotFound; fault.Conflict PROPERTY_NAME_TAKEN; fault.Precondition TOO_MANY_PROPERTIES.
func (s *Service) Restore(ctx context.Context, id int64) (Definition, error) {
	return s.change(ctx, id, "property.restore", func(row *db.Property) (map[string]any, error) {
		row.ArchivedAt = nil
		return map[string]any{"propertyKey": row.Key}, nil
	})
}

// Reorder puts the properties that are in use into an order: ids are all of them.
// Errors: fault.Conflict PROPERTIES_CHANGED.
func (s *Service) Reorder(ctx context.Context, ids []int64) error {
	return db.RunInTx(ctx, s.db, func(ctx context.Context, tx db.Tx) error {
		var there []int64
		if err := tx.NewRaw("SELECT id FROM properties WHERE archived_at IS NULL ORDER BY id FOR UPDATE").Scan(ctx, &there); err != nil {
			return db.Fault(err)
		}
		if !slices.Equal(there, slices.Sorted(slices.Values(ids))) {
			return fault.New(fault.Conflict, "there are other properties by now").WithCode("PROPERTIES_CHANGED").At("ids")
		}
		for i, id := range ids {
			if _, err := tx.NewRaw("UPDATE properties SET position = ? WHERE id = ?", i+1, id).Exec(ctx); err != nil {
				return db.Fault(err)
			}
		}
		return access.Audit(ctx, tx, access.Entry{Action: "property.reorder", Detail: map[string]any{"properties": len(ids)}})
	})
}

func (s *Service) change(ctx context.Context, id int64, action string, edit func(*db.Property) (map[string]any, error)) (Definition, error) {
	row := new(db.Property)
	err := db.RunInTx(ctx, s.db, func(ctx context.Context, tx db.Tx) error {
		if err := tx.NewSelect().Model(row).Where("id = ?", id).For("UPDATE").Scan(ctx); err != nil {
			return db.Fault(err)
		}
		was := row.ArchivedAt
		detail, err := edit(row)
		if err != nil {
			return err
		}
		if was != nil && row.ArchivedAt == nil {
			if err := room(ctx, tx); err != nil {
				return err
			}
		}
		row.UpdatedAt = s.clock.Now()
		if _, err := tx.NewUpdate().Model(row).WherePK().ExcludeColumn("key", "type", "position", "created_at", "created_by").Exec(ctx); err != nil {
			return taken(err)
		}
		return audit(ctx, tx, action, row, detail)
	})
	if err != nil {
		return Definition{}, err
	}
	return definitionOf(row)
}

func (d Draft) check() error {
	if err := check.Struct(d); err != nil {
		return err
	}
	chosen := d.Type == Choice || d.Type == Choices
	offered := slices.DeleteFunc(slices.Clone(d.Options), func(o Option) bool { return o.Archived })
	switch {
	case chosen && len(offered) == 0:
		return fault.New(fault.Invalid, "there is nothing to choose").WithCode("CHOICES_REQUIRED").At("choices")
	case !chosen && len(d.Options) > 0:
		return fault.New(fault.Invalid, "only a choice has choices").WithCode("CHOICES_NOT_ALLOWED").At("choices")
	case len(d.Options) > MaxChoices:
		return fault.New(fault.Invalid, "at most %d choices", MaxChoices).WithCode("TOO_MANY_CHOICES").At("choices").With("max", MaxChoices)
	}
	names, values := map[string]bool{}, map[string]bool{}
	for _, o := range d.Options {
		if !validValue.MatchString(o.Value) || values[o.Value] {
			return fault.New(fault.Invalid, "the value of a choice is its own, of at most 40 letters, digits, - and _").WithCode("CHOICE_VALUE").At("choices")
		}
		values[o.Value] = true
	}
	for i, o := range offered {
		at := fmt.Sprintf("choices.%d", i)
		switch name := fold(o.Name); {
		case name == "" || utf8.RuneCountInString(o.Name) > 40 || strings.ContainsAny(o.Name, between):
			return fault.New(fault.Invalid, "a choice has 1 to 40 characters, without commas and slashes").WithCode("CHOICE_NAME").At(at)
		case names[name]:
			return fault.New(fault.Invalid, "two choices have one name").WithCode("CHOICE_TWICE").At(at)
		default:
			names[name] = true
		}
	}
	return nil
}

// valued gives each new choice a value of its own that no later one gets.
func valued(options []Option) []Option {
	out := slices.Clone(options)
	for i := range out {
		out[i].Name = strings.TrimSpace(out[i].Name)
		for n := len(out); out[i].Value == ""; n++ {
			value := fmt.Sprintf("c%d", n)
			if !slices.ContainsFunc(out, func(o Option) bool { return o.Value == value }) {
				out[i].Value = value
			}
		}
	}
	return out
}

// kept are the choices as they are to be, with those that were left out,
// archived. One that comes again under its name is the same as before.
func kept(before, after []Option) []Option {
	out := slices.Clone(after)
	for i := range out {
		for _, o := range before {
			if out[i].Value == "" && o.Archived && fold(o.Name) == fold(out[i].Name) {
				out[i].Value = o.Value
			}
		}
	}
	for _, o := range before {
		if !slices.ContainsFunc(out, func(n Option) bool { return n.Value == o.Value }) {
			o.Archived = true
			out = append(out, o)
		}
	}
	return out
}

func (d Draft) into(row *db.Property) error {
	row.Name, row.Help, row.Decimals = strings.TrimSpace(d.Name), strings.TrimSpace(d.Help), d.Decimals
	row.Places = append([]string{}, d.Places...)
	options := d.Options
	if options == nil {
		options = []Option{}
	}
	raw, err := json.Marshal(options)
	row.Choices = raw
	return err
}

// auditedFacts are what the audit log tells of a property.
func (d Draft) auditedFacts() map[string]any {
	names := make([]string, 0, len(d.Options))
	for _, o := range d.Options {
		if !o.Archived {
			names = append(names, o.Name)
		}
	}
	return map[string]any{
		"name": strings.TrimSpace(d.Name), "decimals": d.Decimals, "places": strings.Join(d.Places, " "), "choices": strings.Join(names, "、"),
	}
}

func (d Definition) auditedFacts() map[string]any {
	return Draft{Name: d.Name, Decimals: d.Decimals, Places: d.Places, Options: d.Options}.auditedFacts()
}

// room sees that one more property fits. The lock is what two who define at
// once wait at.
func room(ctx context.Context, tx bun.IDB) error {
	var count int
	if _, err := tx.NewRaw("LOCK TABLE properties IN SHARE ROW EXCLUSIVE MODE").Exec(ctx); err != nil {
		return db.Fault(err)
	}
	err := tx.NewRaw("SELECT count(*) FROM properties WHERE archived_at IS NULL").Scan(ctx, &count)
	if err == nil && count >= MaxProperties {
		return fault.New(fault.Precondition, "there are %d properties already; archive one first", MaxProperties).WithCode("TOO_MANY_PROPERTIES").With("max", MaxProperties)
	}
	return db.Fault(err)
}

func taken(err error) error {
	switch db.Constraint(err) {
	case "properties_key_key":
		return fault.Wrap(fault.Conflict, err, "there is a property with this key, perhaps an archived one").WithCode("PROPERTY_KEY_TAKEN").At("key")
	case "properties_name_key":
		return fault.Wrap(fault.Conflict, err, "there is a property of this name already").WithCode("PROPERTY_NAME_TAKEN").At("name")
	}
	return db.Fault(err)
}

func audit(ctx context.Context, tx bun.IDB, action string, row *db.Property, detail map[string]any) error {
	return access.Audit(ctx, tx, access.Entry{Action: action, ObjectKind: "Property", ObjectID: row.ID, Detail: detail})
}
