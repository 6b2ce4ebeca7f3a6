package customer

import (
	"context"
	"time"
	"unicode/utf8"

	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/db"
)

// Own is what a customer tells of himself; nil leaves a field.
type Own struct {
	FamilyName, GivenName, FamilyKana, GivenKana *string
	BirthDate                                    *time.Time
}

const maxOwnName = 100 // characters

// UpdateOwn writes what a customer tells of himself. Nobody becomes known by it:
// a name that somebody else has must not bring him that one's orders. The birthday
// is told once, because points are given for it.
// Errors: fault.NotFound; fault.Invalid TOO_LONG, IN_THE_FUTURE; fault.Precondition
// BIRTH_DATE_SET.
func (s *Service) UpdateOwn(ctx context.Context, id int64, o Own) (*db.Customer, error) {
	return s.change(ctx, id, "customer.update_own", func(_ context.Context, _ db.Tx, row *db.Customer) (bool, error) {
		for field, name := range map[string]*string{"familyName": o.FamilyName, "givenName": o.GivenName, "familyKana": o.FamilyKana, "givenKana": o.GivenKana} {
			if name != nil && utf8.RuneCountInString(*name) > maxOwnName {
				return false, fault.New(fault.Invalid, "a name has at most %d characters", maxOwnName).WithCode("TOO_LONG").At(field).With("max", maxOwnName)
			}
		}
		if o.BirthDate != nil {
			switch {
			case row.BirthDate != nil && !row.BirthDate.Equal(*o.BirthDate):
				return false, fault.New(fault.Precondition, "the birthday is told once; ask the shop to correct it").WithCode("BIRTH_DATE_SET").At("birthDate")
			case o.BirthDate.After(s.clock.Now()):
				return false, fault.New(fault.Invalid, "nobody was born in the future").WithCode("IN_THE_FUTURE").At("birthDate")
			}
		}
		p := Profile{FamilyName: o.FamilyName, GivenName: o.GivenName, FamilyKana: o.FamilyKana, GivenKana: o.GivenKana, BirthDate: o.BirthDate}
		return true, p.apply(row)
	})
}
