package customer

import (
	"context"
	"errors"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/db"
)

// Own is what a customer tells of himself; nil leaves a field.
type Own struct {
	FamilyName, GivenName, FamilyKana, GivenKana *string
	Gender                                       *string
	PostalCode, Prefecture, City, AddressLine    *string
	Phone                                        *string
	BirthDate                                    *time.Time
}

// Bounds of what a customer tells, in characters.
const (
	maxOwnName    = 100
	maxOwnAddress = 150
)

// ownField is one thing that a customer tells.
type ownField struct {
	name  string
	part  OwnPart
	value *string
	max   int
}

func (o *Own) fields() []ownField {
	return []ownField{
		{"familyName", OwnName, o.FamilyName, maxOwnName},
		{"givenName", OwnName, o.GivenName, maxOwnName},
		{"familyKana", OwnKana, o.FamilyKana, maxOwnName},
		{"givenKana", OwnKana, o.GivenKana, maxOwnName},
		{"gender", OwnGender, o.Gender, maxOwnName},
		{"postalCode", OwnAddress, o.PostalCode, maxOwnAddress},
		{"prefecture", OwnAddress, o.Prefecture, maxOwnAddress},
		{"city", OwnAddress, o.City, maxOwnAddress},
		{"addressLine", OwnAddress, o.AddressLine, maxOwnAddress},
		{"phone", OwnPhone, o.Phone, maxOwnName},
	}
}

// UpdateOwn writes what a customer tells of himself, as far as the merchant lets him.
// Nobody becomes known by it: a name or a phone that somebody else has must not bring
// him that one's orders. Errors: fault.NotFound; fault.Invalid TOO_LONG, IN_THE_FUTURE,
// INVALID_PHONE; fault.Precondition NOT_CHANGEABLE, BIRTH_DATE_SET, BIRTH_DATE_TOO_SOON.
func (s *Service) UpdateOwn(ctx context.Context, id int64, o Own) (*db.Customer, error) {
	return s.change(ctx, id, "customer.update_own", func(ctx context.Context, tx db.Tx, row *db.Customer) (bool, error) {
		may, err := readOwnRules(ctx, tx)
		if err != nil {
			return false, err
		}
		for _, f := range o.fields() {
			switch {
			case f.value == nil:
			case !may.Parts[f.part]:
				return false, fault.New(fault.Precondition, "the shop changes this on request").WithCode("NOT_CHANGEABLE").At(f.name)
			case utf8.RuneCountInString(*f.value) > f.max:
				return false, fault.New(fault.Invalid, "at most %d characters", f.max).WithCode("TOO_LONG").At(f.name).With("max", f.max)
			}
		}
		now := s.clock.Now()
		if o.BirthDate != nil && (row.BirthDate == nil || !row.BirthDate.Equal(*o.BirthDate)) {
			if err := may.birthDate(row, *o.BirthDate, now); err != nil {
				return false, err
			}
			row.BirthDateToldAt = &now
		}
		p := Profile{
			FamilyName: o.FamilyName, GivenName: o.GivenName, FamilyKana: o.FamilyKana, GivenKana: o.GivenKana, Gender: o.Gender,
			PostalCode: o.PostalCode, Prefecture: o.Prefecture, City: o.City, AddressLine: o.AddressLine, Phone: o.Phone, BirthDate: o.BirthDate,
		}
		err = p.apply(row)
		var wrong *fault.Error
		if errors.As(err, &wrong) {
			wrong.Field = strings.TrimPrefix(wrong.Field, "profile.")
		}
		return true, err
	})
}

// birthDate refuses a birthday that row may not tell now.
func (r OwnRules) birthDate(row *db.Customer, day, now time.Time) error {
	from := r.BirthDateFrom(row.BirthDate, row.BirthDateToldAt, now)
	switch {
	case r.Birthday == BirthdayByShop:
		return fault.New(fault.Precondition, "the shop changes this on request").WithCode("NOT_CHANGEABLE").At("birthDate")
	case from == nil:
		return fault.New(fault.Precondition, "the birthday is told once; ask the shop to correct it").WithCode("BIRTH_DATE_SET").At("birthDate")
	case from.After(now):
		return fault.New(fault.Precondition, "the birthday was changed not long ago").WithCode("BIRTH_DATE_TOO_SOON").At("birthDate").With("from", from.Format(time.RFC3339))
	case day.After(now):
		return fault.New(fault.Invalid, "nobody was born in the future").WithCode("IN_THE_FUTURE").At("birthDate")
	}
	return nil
}
