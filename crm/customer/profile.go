package customer

import "github.com/meguri-crm/meguri/db"

// fill puts what n tells into the empty fields of p and reports whether there
// was any. What is known is never overwritten by an import: staff and the
// customer know better than an order form.
func fill(p *db.Customer, n Normal) bool {
	changed := false
	set := func(field *string, value string) {
		if *field == "" && value != "" {
			*field, changed = value, true
		}
	}
	if p.FamilyName == "" && p.GivenName == "" { // a name is taken whole
		set(&p.FamilyName, n.FamilyName)
		set(&p.GivenName, n.GivenName)
	}
	if p.FamilyKana == "" && p.GivenKana == "" {
		set(&p.FamilyKana, n.FamilyKana)
		set(&p.GivenKana, n.GivenKana)
	}
	if !n.Relay {
		set(&p.Email, n.Mail)
	}
	set(&p.Phone, n.Phone)
	if p.PostalCode == "" && p.Prefecture == "" && p.City == "" && p.AddressLine == "" { // an address, too
		set(&p.PostalCode, n.PostalCode)
		set(&p.Prefecture, n.Prefecture)
		set(&p.City, n.City)
		set(&p.AddressLine, n.Address)
	}
	if p.Gender == "UNKNOWN" && n.Gender != "UNKNOWN" {
		p.Gender, changed = n.Gender, true
	}
	if p.BirthDate == nil && !n.BirthDate.IsZero() {
		born := n.BirthDate
		p.BirthDate, changed = &born, true
	}
	if changed {
		p.SearchText = searchTextOf(p)
	}
	return changed
}

// searchTextOf is the search text of a stored profile.
func searchTextOf(p *db.Customer) string {
	return SearchText(Normal{
		FamilyName: p.FamilyName, GivenName: p.GivenName, FamilyKana: p.FamilyKana, GivenKana: p.GivenKana,
		Mail: p.Email, Phone: p.Phone,
	})
}
