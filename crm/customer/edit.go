package customer

import (
	"strings"

	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/crm/mall"
	"github.com/meguri-crm/meguri/db"
)

// apply writes p onto a profile, each field in its one spelling. What staff
// writes must be valid: unlike an import it can be mended at once.
func (p Profile) apply(row *db.Customer) error {
	for _, f := range []struct {
		from *string
		into *string
		form func(string) string
	}{
		{p.FamilyName, &row.FamilyName, clean},
		{p.GivenName, &row.GivenName, clean},
		{p.FamilyKana, &row.FamilyKana, katakana},
		{p.GivenKana, &row.GivenKana, katakana},
		{p.PostalCode, &row.PostalCode, postalCode},
		{p.Prefecture, &row.Prefecture, clean},
		{p.City, &row.City, clean},
		{p.AddressLine, &row.AddressLine, clean},
	} {
		if f.from == nil {
			continue
		}
		if len(*f.from) > 500 {
			return fault.New(fault.Invalid, "a field of a profile has at most 500 bytes").At("profile")
		}
		*f.into = f.form(*f.from)
	}
	if p.Email != nil {
		address, relay := mail(*p.Email)
		if strings.TrimSpace(*p.Email) != "" && (address == "" || relay) {
			return fault.New(fault.Invalid, "this is no mail address of a person").WithCode("INVALID_EMAIL").At("profile.email")
		}
		row.Email = address
	}
	if p.Phone != nil {
		number := phone(*p.Phone, row.Country)
		if strings.TrimSpace(*p.Phone) != "" && number == "" {
			return fault.New(fault.Invalid, "this is no phone number").WithCode("INVALID_PHONE").At("profile.phone")
		}
		row.Phone = number
	}
	if p.Gender != nil {
		row.Gender = *p.Gender
	}
	if p.BirthDate != nil || p.NoBirthDate {
		row.BirthDate = p.BirthDate
	}
	row.SearchText = searchTextOf(row)
	return nil
}

// buyerOf is a stored profile as a mall would write it, to make its keys.
func buyerOf(row *db.Customer, memberID string) mall.Buyer {
	b := mall.Buyer{
		MemberID: memberID, Mail: row.Email, FamilyName: row.FamilyName, GivenName: row.GivenName, FamilyKana: row.FamilyKana,
		GivenKana: row.GivenKana, Phone: row.Phone, PostalCode: row.PostalCode, Prefecture: row.Prefecture, City: row.City,
		Address: row.AddressLine, Country: row.Country,
	}
	if row.BirthDate != nil {
		b.BirthDate = row.BirthDate.Format("2006-01-02")
	}
	return b
}
