package customer

import (
	"time"

	"github.com/meguri-crm/meguri/db"
)

// normalOf is a stored profile in the spelling it was stored in.
func normalOf(p *db.Customer) Normal {
	n := Normal{
		Mail: p.Email, FamilyName: p.FamilyName, GivenName: p.GivenName, FamilyKana: p.FamilyKana, GivenKana: p.GivenKana,
		Phone: p.Phone, PostalCode: p.PostalCode, Prefecture: p.Prefecture, City: p.City, Address: p.AddressLine,
		Country: p.Country, Gender: p.Gender,
	}
	if p.BirthDate != nil {
		n.BirthDate = *p.BirthDate
	}
	return n
}

// fill puts what n tells into the empty fields of p and reports whether there
// was any. What is known is never overwritten by an import: staff and the
// customer know better than an order form.
func fill(p *db.Customer, n Normal) bool {
	own := normalOf(p)
	if !own.fill(n) {
		return false
	}
	write(p, own)
	return true
}

// write puts a profile into its row.
func write(p *db.Customer, n Normal) {
	p.Email, p.FamilyName, p.GivenName, p.FamilyKana, p.GivenKana = n.Mail, n.FamilyName, n.GivenName, n.FamilyKana, n.GivenKana
	p.Phone, p.PostalCode, p.Prefecture, p.City, p.AddressLine = n.Phone, n.PostalCode, n.Prefecture, n.City, n.Address
	p.Gender = n.Gender
	p.BirthDate = dateOf(n.BirthDate)
	p.SearchText = searchTextOf(p)
}

func dateOf(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	return &t
}

// hint keeps the first phone and address that the customer may share with
// others, and reports whether one was added.
func hint(p *db.Customer, h Hints) bool {
	added := false
	set := func(field **int64, value int64) {
		if *field == nil && value != 0 {
			*field, added = &value, true
		}
	}
	set(&p.HintPhone, h.Phone)
	set(&p.HintAddress, h.Address)
	return added
}

// hintsOf are the hints kept with a profile.
func hintsOf(p *db.Customer) (h Hints) {
	if p.HintPhone != nil {
		h.Phone = *p.HintPhone
	}
	if p.HintAddress != nil {
		h.Address = *p.HintAddress
	}
	return h
}

// searchTextOf is the search text of a stored profile.
func searchTextOf(p *db.Customer) string {
	return SearchText(Normal{
		FamilyName: p.FamilyName, GivenName: p.GivenName, FamilyKana: p.FamilyKana, GivenKana: p.GivenKana,
		Mail: p.Email, Phone: p.Phone,
	})
}
