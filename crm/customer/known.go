package customer

import "slices"

// Known is what is known of a customer, or of several who are one.
type Known struct {
	Normal    Normal
	MemberIDs map[int64][]string // by shop
}

// contradicts says that e cannot be that customer: another member id on the
// same shop, or another birth date.
func (k *Known) contradicts(e Evidence) bool {
	if !k.Normal.BirthDate.IsZero() && !e.Normal.BirthDate.IsZero() && !k.Normal.BirthDate.Equal(e.Normal.BirthDate) {
		return true
	}
	return slices.ContainsFunc(e.Keys, func(key Key) bool { return key.Kind == MemberID && k.disagrees(key.Shop, e) })
}

// disagrees says that a shop knows the customer by other member ids than those
// that e tells of it.
func (k *Known) disagrees(shop int64, e Evidence) bool {
	ids := k.MemberIDs[shop]
	return len(ids) > 0 && !slices.ContainsFunc(e.Keys, func(key Key) bool {
		return key.Kind == MemberID && key.Shop == shop && slices.Contains(ids, key.Value)
	})
}

// learn adds what e tells. What is known stays; a member id is learned only
// where it does not stand against those the shop has given, which contradicts
// sees to.
func (k *Known) learn(e Evidence) {
	k.Normal.fill(e.Normal)
	for _, key := range e.Keys {
		if key.Kind == MemberID && !k.disagrees(key.Shop, e) {
			k.add(key.Shop, key.Value)
		}
	}
}

func (k *Known) add(shop int64, id string) {
	if !slices.Contains(k.MemberIDs[shop], id) {
		k.MemberIDs[shop] = append(k.MemberIDs[shop], id)
	}
}

// join adds what is known of another customer who is the same.
func (k *Known) join(other *Known) {
	k.Normal.fill(other.Normal)
	for shop, ids := range other.MemberIDs {
		for _, id := range ids {
			k.add(shop, id)
		}
	}
}

// fill takes from m what n has not: a name whole, an address whole, and what
// stands alone. It reports whether there was any.
func (n *Normal) fill(m Normal) bool {
	changed := false
	set := func(field *string, value string) {
		if *field == "" && value != "" {
			*field, changed = value, true
		}
	}
	if n.FamilyName == "" && n.GivenName == "" {
		set(&n.FamilyName, m.FamilyName)
		set(&n.GivenName, m.GivenName)
	}
	if n.FamilyKana == "" && n.GivenKana == "" {
		set(&n.FamilyKana, m.FamilyKana)
		set(&n.GivenKana, m.GivenKana)
	}
	if !m.Relay {
		set(&n.Mail, m.Mail)
	}
	set(&n.Phone, m.Phone)
	if n.PostalCode == "" && n.Prefecture == "" && n.City == "" && n.Address == "" {
		set(&n.PostalCode, m.PostalCode)
		set(&n.Prefecture, m.Prefecture)
		set(&n.City, m.City)
		set(&n.Address, m.Address)
	}
	if (n.Gender == "" || n.Gender == "UNKNOWN") && m.Gender != "" && m.Gender != "UNKNOWN" {
		n.Gender, changed = m.Gender, true
	}
	if n.BirthDate.IsZero() && !m.BirthDate.IsZero() {
		n.BirthDate, changed = m.BirthDate, true
	}
	return changed
}
