package customer

import (
	"strconv"
	"strings"
	"time"

	"github.com/meguri-crm/meguri/db"
)

// facets is a profile as words, so that what a merge filled can be told from
// what was there and from what changed since. An empty word is left out.
type facets map[string]string

func facetsOf(p *db.Customer) facets {
	f := facets{}
	for _, at := range facetFields(p) {
		if *at.text != "" {
			f[at.name] = *at.text
		}
	}
	f.put("hintPhone", p.HintPhone)
	f.put("hintAddress", p.HintAddress)
	if p.BirthDate != nil {
		f["birthDate"] = p.BirthDate.Format(time.DateOnly)
	}
	if p.MemberSince != nil {
		f["member"] = p.MemberSince.UTC().Format(time.RFC3339Nano) + " " + *p.MemberVia
	}
	return f
}

func (f facets) put(name string, v *int64) {
	if v != nil {
		f[name] = strconv.FormatInt(*v, 10)
	}
}

type facetField struct {
	name string
	text *string
}

func facetFields(p *db.Customer) []facetField {
	return []facetField{
		{"familyName", &p.FamilyName},
		{"givenName", &p.GivenName},
		{"familyKana", &p.FamilyKana},
		{"givenKana", &p.GivenKana},
		{"email", &p.Email},
		{"phone", &p.Phone},
		{"postalCode", &p.PostalCode},
		{"prefecture", &p.Prefecture},
		{"city", &p.City},
		{"addressLine", &p.AddressLine},
		{"gender", &p.Gender},
	}
}

// takeBack undoes on p what a merge had filled: what stood before comes back,
// unless it was changed since.
func takeBack(p *db.Customer, before, after facets) {
	now := facetsOf(p)
	undone := func(name string) bool { return before[name] != after[name] && now[name] == after[name] }
	for _, at := range facetFields(p) {
		if undone(at.name) {
			*at.text = before[at.name]
		}
	}
	if undone("birthDate") {
		p.BirthDate = nil // a merge fills a birth date only where there was none
	}
	if undone("hintPhone") {
		p.HintPhone = nil
	}
	if undone("hintAddress") {
		p.HintAddress = nil
	}
	if undone("member") {
		p.MemberSince, p.MemberVia = memberOf(before["member"])
	}
	p.SearchText = searchTextOf(p)
}

// memberOf reads what facetsOf wrote of a membership.
func memberOf(word string) (*time.Time, *string) {
	at, via, _ := strings.Cut(word, " ")
	since, err := time.Parse(time.RFC3339Nano, at)
	if err != nil {
		return nil, nil // was no member
	}
	return &since, &via
}

// absorb fills a profile from that of another customer who is the same. A
// member stays one since the earlier of two days.
func absorb(p, other *db.Customer) {
	fill(p, normalOf(other))
	var h Hints
	if other.HintPhone != nil {
		h.Phone = *other.HintPhone
	}
	if other.HintAddress != nil {
		h.Address = *other.HintAddress
	}
	hint(p, h)
	if other.MemberSince != nil && (p.MemberSince == nil || other.MemberSince.Before(*p.MemberSince)) {
		p.MemberSince, p.MemberVia = other.MemberSince, other.MemberVia
	}
}
