package customer

import (
	"slices"

	"github.com/meguri-crm/meguri/crm/customer/address"
)

// Fact is something two customers agree or differ in.
type Fact string

// The facts.
const (
	FactMemberID   Fact = "MEMBER_ID" // two on one shop: differs only
	FactMail       Fact = "MAIL"
	FactNearMail   Fact = "NEAR_MAIL" // but for a slip of the pen: agrees only
	FactPhone      Fact = "PHONE"
	FactName       Fact = "NAME" // in full
	FactKana       Fact = "KANA"
	FactNearName   Fact = "NEAR_NAME" // the reading, but for a slip of the pen: agrees only
	FactWriting    Fact = "WRITING"   // read alike, but the given name has other letters: differs only
	FactFamilyName Fact = "FAMILY_NAME"
	FactGivenName  Fact = "GIVEN_NAME"
	FactBirthDate  Fact = "BIRTH_DATE"
	FactAddress    Fact = "ADDRESS" // down to the house number
	FactRoom       Fact = "ROOM"    // of a house they share
	FactGender     Fact = "GENDER"
)

// contradicting are the facts that keep two customers from being joined without
// a person: everything else of one person may change or be double.
var contradicting = []Fact{FactMemberID, FactBirthDate, FactName, FactKana, FactWriting, FactGivenName, FactFamilyName}

// Comparison is what two customers agree and differ in. What one of them does
// not tell is in neither.
type Comparison struct{ Agree, Differ []Fact }

// Compare holds two customers against each other, in the spelling of match keys.
func Compare(a, b Known) *Comparison {
	c := &Comparison{}
	x, y := a.Normal, b.Normal
	c.names(x, y)
	c.both(FactPhone, x.Phone, y.Phone)
	c.mails(x, y)
	c.places(x, y)
	c.both(FactBirthDate, dateKey(x.BirthDate), dateKey(y.BirthDate))
	c.both(FactGender, known(x.Gender), known(y.Gender))
	for shop, ids := range a.MemberIDs {
		others := b.MemberIDs[shop]
		if len(others) > 0 && !slices.ContainsFunc(ids, func(id string) bool { return slices.Contains(others, id) }) {
			c.Differ = append(c.Differ, FactMemberID)
			break
		}
	}
	return c
}

// mails compares addresses of one's own; one with a slip of the pen says
// neither that the two are one nor that they are not.
func (c *Comparison) mails(x, y Normal) {
	if x.Relay || y.Relay {
		return
	}
	a, b := mailKey(x.Mail), mailKey(y.Mail)
	if held(a, b) == other && nearMail(a, b) {
		c.Agree = append(c.Agree, FactNearMail)
		return
	}
	c.both(FactMail, a, b)
}

func (c *Comparison) places(x, y Normal) {
	a, b := placeOf(x), placeOf(y)
	c.both(FactAddress, a.Key(), b.Key())
	if c.agrees(FactAddress) {
		c.both(FactRoom, a.Room, b.Room)
	}
}

// placeOf reads the address of n; other countries have none that could be compared.
func placeOf(n Normal) *address.Address {
	if n.Country != "" && n.Country != "JP" {
		return new(address.Address)
	}
	return address.Parse(n.PostalCode, n.Prefecture, n.City, n.Address)
}

func (c *Comparison) both(f Fact, a, b string) { c.judge(f, held(a, b)) }

func known(gender string) string {
	if gender == "UNKNOWN" {
		return ""
	}
	return gender
}

func (c *Comparison) agrees(f Fact) bool  { return slices.Contains(c.Agree, f) }
func (c *Comparison) differs(f Fact) bool { return slices.Contains(c.Differ, f) }

// contradictions are the differences that speak against one person.
func (c *Comparison) contradictions() []Fact { return Contradicting(c.Differ) }

// Contradicting are those of the facts two customers differ in that speak
// against their being one.
func Contradicting[S ~string](differ []S) []Fact {
	var against []Fact
	for _, f := range differ {
		if slices.Contains(contradicting, Fact(f)) {
			against = append(against, Fact(f))
		}
	}
	return against
}

// fullName says that both tell the same name in full.
func (c *Comparison) fullName() bool { return c.agrees(FactName) || c.agrees(FactKana) }

// otherGiven says that the two have different given names, as far as they tell.
func (c *Comparison) otherGiven() bool {
	if c.fullName() || c.agrees(FactNearName) || c.agrees(FactGivenName) {
		return false
	}
	return c.differs(FactGivenName) || c.differs(FactName) || c.differs(FactKana)
}

// household says that they are rather two people of one house: they share a
// phone, a mail address or a home, and have another given name. With another
// surname, too, it takes phone and home.
func (c *Comparison) household() bool {
	home := c.agrees(FactAddress) && !c.differs(FactRoom)
	if !c.otherGiven() {
		return false
	}
	if c.differs(FactFamilyName) {
		return home && (c.agrees(FactPhone) || c.agrees(FactMail))
	}
	return home || c.agrees(FactPhone) || c.agrees(FactMail)
}
