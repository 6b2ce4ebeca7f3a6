package customer

import (
	"slices"
	"strings"
)

// Fact is something two customers agree or differ in.
type Fact string

// The facts.
const (
	FactMemberID   Fact = "MEMBER_ID" // two on one shop: differs only
	FactMail       Fact = "MAIL"
	FactPhone      Fact = "PHONE"
	FactName       Fact = "NAME" // in full
	FactKana       Fact = "KANA"
	FactFamilyName Fact = "FAMILY_NAME"
	FactGivenName  Fact = "GIVEN_NAME"
	FactBirthDate  Fact = "BIRTH_DATE"
	FactAddress    Fact = "ADDRESS" // postcode and street to the house number
	FactGender     Fact = "GENDER"
)

// contradicting are the facts that keep two customers from being joined without
// a person: everything else of one person may change or be double.
var contradicting = []Fact{FactMemberID, FactBirthDate, FactName, FactKana, FactGivenName, FactFamilyName}

// Comparison is what two customers agree and differ in. What one of them does
// not tell is in neither.
type Comparison struct{ Agree, Differ []Fact }

// Compare holds two customers against each other, in the spelling of match keys.
func Compare(a, b Known) *Comparison {
	c := &Comparison{}
	x, y := a.Normal, b.Normal
	c.names(x, y)
	c.both(FactPhone, x.Phone, y.Phone)
	if !x.Relay && !y.Relay {
		c.both(FactMail, x.Mail, y.Mail)
	}
	c.both(FactAddress, joined(x.PostalCode, addressKey(x)), joined(y.PostalCode, addressKey(y)))
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

// names compares as much of the names as both tell. One who writes a name
// otherwise but reads it the same agrees.
func (c *Comparison) names(x, y Normal) {
	kana := c.sameKana(x, y)
	full, other := kanjiKey(x), kanjiKey(y)
	switch {
	case full != "" && full == other:
		c.Agree = append(c.Agree, FactName)
	case kana:
	case x.FamilyName == "" || y.FamilyName == "":
	case x.GivenName == "" || y.GivenName == "":
		c.undivided(x, y)
	default:
		c.both(FactFamilyName, folded(x.FamilyName), folded(y.FamilyName))
		c.both(FactGivenName, folded(x.GivenName), folded(y.GivenName))
	}
}

// undivided compares names of which one is a surname, or written in one piece.
func (c *Comparison) undivided(x, y Normal) {
	a, b := kanjiFolded(x), kanjiFolded(y)
	if strings.HasPrefix(a, b) || strings.HasPrefix(b, a) {
		c.Agree = append(c.Agree, FactFamilyName)
	} else {
		c.Differ = append(c.Differ, FactName)
	}
}

func (c *Comparison) sameKana(x, y Normal) bool {
	a, b := kanaKey(x), kanaKey(y)
	c.both(FactKana, a, b)
	return a != "" && a == b
}

func (c *Comparison) both(f Fact, a, b string) {
	switch {
	case a == "" || b == "":
	case a == b:
		c.Agree = append(c.Agree, f)
	default:
		c.Differ = append(c.Differ, f)
	}
}

func folded(name string) string { return strings.ToLower(variants.Replace(unspaced(name))) }

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

// household says that they are rather two people of one house: the same phone
// or address, and another given name.
func (c *Comparison) household() bool {
	return (c.agrees(FactPhone) || c.agrees(FactAddress)) && (c.differs(FactGivenName) || c.differs(FactKana) && !c.agrees(FactName))
}

// Reason is how a doubtful pair was found.
type Reason string

// The reasons, surest first.
const (
	Linked         Reason = "LINKED"         // one order names both
	ByNameAddress  Reason = "NAME_ADDRESS"   // full name, postcode and address, and nothing to prove it
	ByPhone        Reason = "PHONE"          // a phone alone
	ByFamily       Reason = "ADDRESS_FAMILY" // address and surname
	linkedAtOdds          = 60               // what a link is worth that something contradicts
	householdScore        = 30
)

// doubt is why a pair that shares a phone or an address is worth a look, and
// how sure it is that they are one, 0 to 100; never sure enough to join. ok is
// false when it is not.
func (c *Comparison) doubt() (reason Reason, score int, ok bool) {
	fullName := c.agrees(FactName) || c.agrees(FactKana)
	switch {
	case c.agrees(FactAddress) && fullName:
		reason, score = ByNameAddress, 70
	case c.agrees(FactPhone):
		reason, score = ByPhone, 55
	case c.agrees(FactAddress) && c.agrees(FactFamilyName):
		reason, score = ByFamily, 50
	default:
		return "", 0, false
	}
	if c.household() {
		return reason, householdScore, true
	}
	for _, f := range c.Agree {
		score += worth[f]
	}
	score -= 15 * len(c.contradictions())
	return reason, min(max(score, 10), sure-1), true
}

// worth is what an agreement adds to a pair found otherwise.
var worth = map[Fact]int{FactBirthDate: 15, FactMail: 15, FactPhone: 5, FactAddress: 5, FactFamilyName: 3, FactGivenName: 3}

// atOdds is the score of a pair that one order names, with what speaks against it.
func (c *Comparison) atOdds(score int) int {
	switch {
	case c.household():
		return householdScore
	case len(c.contradictions()) > 0:
		return min(score, linkedAtOdds)
	}
	return score
}
