package customer

import (
	"cmp"
	"slices"
)

// Known is what is known of a customer, or of several who are one.
type Known struct {
	Normal    Normal
	MemberIDs map[int64][]string // by shop
	hints     Hints              // what it may share with others
}

// contradicts says that e cannot be that customer whatever names both: another
// member id on the same shop, or another birth date.
func (k *Known) contradicts(e Evidence) bool {
	if !k.Normal.BirthDate.IsZero() && !e.Normal.BirthDate.IsZero() && !k.Normal.BirthDate.Equal(e.Normal.BirthDate) {
		return true
	}
	return slices.ContainsFunc(e.Keys, func(key Key) bool { return key.Kind == MemberID && k.disagrees(key.Shop, e) })
}

// doubts says that a step of the ladder leads e to that customer and is not
// enough: couples share a mail address, families a phone and a home, and some
// of them read their names alike, so that beside the number of a home a reading
// alone names nobody who is known by more.
func (k *Known) doubts(step Key, e Evidence) bool {
	c := &Comparison{}
	switch step.Kind {
	case Mail:
		c.names(k.Normal, e.Normal)
		return c.otherGiven()
	case PhoneName:
		c.names(k.Normal, e.Normal)
		return c.differs(FactWriting) || k.Normal.onlyRead() != e.Normal.onlyRead() && !mobile(e.Normal.Phone)
	case NameAddress:
		c = Compare(*k, Known{Normal: e.Normal})
		if step.Shop != AnyShop && c.differs(FactMail) && !c.agrees(FactPhone) {
			return true // nothing proves the name, and the rest is another's
		}
		return c.differs(FactWriting) || c.differs(FactKana) || c.nextDoor(k.Normal, e.Normal)
	}
	return false
}

// nextDoor says that two of one name at one house number may live behind two
// doors: each tells another room, or one tells a room and the other none, and
// each has a mobile phone of her own.
func (c *Comparison) nextDoor(x, y Normal) bool {
	if c.differs(FactRoom) {
		return true
	}
	oneTells := (placeOf(x).Room == "") != (placeOf(y).Room == "")
	return oneTells && c.agrees(FactAddress) && !c.agrees(FactMail) && mobile(x.Phone) && mobile(y.Phone) && digitsApart(x.Phone, y.Phone) > 1
}

// digitsApart is in how many places two numbers differ: in one by a slip of the
// pen. One that is not told differs in none.
func digitsApart(a, b string) (apart int) {
	if a == "" || b == "" {
		return 0
	}
	if len(a) != len(b) {
		return max(len(a), len(b))
	}
	for i := range a {
		if a[i] != b[i] {
			apart++
		}
	}
	return apart
}

// sameRoom says that both tell the same room.
func (k *Known) sameRoom(e Evidence) bool {
	return held(placeOf(k.Normal).Room, placeOf(e.Normal).Room) == same
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
	k.hints.Phone, k.hints.Address = cmp.Or(k.hints.Phone, e.Hints.Phone), cmp.Or(k.hints.Address, e.Hints.Address)
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

// onlyRead says that the name is written as it is read.
func (n Normal) onlyRead() bool { return allKana(n.FamilyName + n.GivenName) }

// fill takes from m what n has not: a name whole, an address whole, and what
// stands alone; of a name that is written in kana only, how it is written. It
// reports whether there was any.
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
	if n.onlyRead() && m.FamilyName != "" && !m.onlyRead() && held(spell(*n).kanaKey(), spell(m).kanaKey()) == same {
		n.FamilyName, n.GivenName, changed = m.FamilyName, m.GivenName, true
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
