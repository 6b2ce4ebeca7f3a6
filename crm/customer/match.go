package customer

import (
	"strings"
	"time"

	"github.com/meguri-crm/meguri/crm/mall"
)

// KeyKind is what kind of evidence a key is.
type KeyKind string

// The kinds of key, surest first: the order is the ladder.
const (
	MemberID    KeyKind = "MEMBER_ID"
	Mail        KeyKind = "MAIL"
	RelayMail   KeyKind = "RELAY_MAIL"
	LineID      KeyKind = "LINE"
	PhoneName   KeyKind = "PHONE_NAME"
	NameAddress KeyKind = "NAME_ADDRESS"
)

// scores say how sure each step is, 0 to 100. Source: the practice of public
// identity products, ranked; a step below 80 would not join by itself.
var scores = map[KeyKind]int{MemberID: 100, Mail: 95, RelayMail: 90, LineID: 95, PhoneName: 90, NameAddress: 85}

// AnyShop is the shop of keys that hold on every shop.
const AnyShop int64 = 0

// Key is a piece of evidence that belongs to at most one customer. Shop is
// AnyShop, or the only shop it says something about.
type Key struct {
	Kind  KeyKind
	Shop  int64
	Value string
}

// Evidence is what one order says about who bought.
type Evidence struct {
	Shop   int64
	Normal Normal
	Keys   []Key // surest first; empty: nobody is named
	SeenAt time.Time
}

// NewEvidence makes the keys of a buyer of a shop.
//
// Relay addresses hold within their shop only. Where the mall forbids joining
// by personal data, every key does, and phone, name and address make none.
// Full name and address alone are one step below sure; within one shop they
// are kept as a key, so that a guest who comes again is not a stranger, but
// they never join two shops.
func NewEvidence(shop int64, m mall.Mall, b mall.Buyer, seenAt time.Time) Evidence {
	e := Evidence{Shop: shop, Normal: Normalize(b), SeenAt: seenAt}
	n, wide := e.Normal, AnyShop
	if !m.LinksByPersonalData() {
		wide = shop
	}
	add := func(kind KeyKind, shop int64, value string) {
		if value != "" {
			e.Keys = append(e.Keys, Key{kind, shop, value})
		}
	}
	add(MemberID, shop, n.MemberID)
	if n.Relay {
		add(RelayMail, shop, n.Mail)
	} else {
		add(Mail, wide, n.Mail)
	}
	add(LineID, wide, n.LineID)
	if m.LinksByPersonalData() {
		for _, name := range nameKeys(n) {
			add(PhoneName, AnyShop, joined(n.Phone, name))
		}
		for _, proof := range []string{kanaKey(n), dateKey(n.BirthDate)} {
			add(NameAddress, AnyShop, joined(kanjiKey(n), n.PostalCode, addressKey(n), proof))
		}
		add(NameAddress, shop, joined(kanjiKey(n), n.PostalCode, addressKey(n)))
	}
	return e
}

// joined is the parts as one value; "" when one of them is missing.
func joined(parts ...string) string {
	for _, p := range parts {
		if p == "" {
			return ""
		}
	}
	return strings.Join(parts, "|")
}

// Known is what is known of a customer that a key leads to.
type Known struct {
	MemberIDs map[int64][]string // by shop
	BirthDate time.Time
}

// contradicts says that e cannot be that customer: another member id on the
// same shop, or another birth date.
func (k Known) contradicts(e Evidence) bool {
	if !k.BirthDate.IsZero() && !e.Normal.BirthDate.IsZero() && !k.BirthDate.Equal(e.Normal.BirthDate) {
		return true
	}
	ids := k.MemberIDs[e.Shop]
	if e.Normal.MemberID == "" || len(ids) == 0 {
		return false
	}
	for _, id := range ids {
		if id == e.Normal.MemberID {
			return false
		}
	}
	return true
}

// Match is whom one piece of evidence belongs to and why.
type Match struct {
	Customer int64   // id of a customer, or minus the number of a new one, from -1
	Reason   KeyKind // the step that joined it; "" for a new customer
	NewKeys  []Key   // that this evidence adds
}

// Index answers to whom a key leads. New customers have negative numbers.
type Index struct {
	owners map[Key]int64
	known  map[int64]*Known
	made   int64
}

// NewIndex is an index over what the database knows of the keys at hand.
func NewIndex(owners map[Key]int64, known map[int64]*Known) *Index {
	return &Index{owners: owners, known: known}
}

// Match walks down the ladder: the surest key whose customer is not
// contradicted wins, and the evidence's other keys become the customer's unless
// they are somebody's already. Nobody found: a new customer. The result depends
// on the order of calls only, not on how they are cut into batches.
func (x *Index) Match(e Evidence) Match {
	var m Match
	for _, k := range e.Keys {
		owner, ok := x.owners[k]
		if ok && !x.known[owner].contradicts(e) {
			m.Customer, m.Reason = owner, k.Kind
			break
		}
	}
	if m.Customer == 0 {
		x.made++
		m.Customer = -x.made
		x.known[m.Customer] = &Known{MemberIDs: map[int64][]string{}}
	}
	for _, k := range e.Keys {
		if _, taken := x.owners[k]; !taken {
			x.owners[k] = m.Customer
			m.NewKeys = append(m.NewKeys, k)
		}
	}
	x.learn(m.Customer, e)
	return m
}

func (x *Index) learn(customer int64, e Evidence) {
	k := x.known[customer]
	if k.BirthDate.IsZero() {
		k.BirthDate = e.Normal.BirthDate
	}
	if id := e.Normal.MemberID; id != "" && len(k.MemberIDs[e.Shop]) == 0 {
		k.MemberIDs[e.Shop] = append(k.MemberIDs[e.Shop], id)
	}
}
