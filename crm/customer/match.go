package customer

import (
	"cmp"
	"crypto/sha256"
	"encoding/binary"
	"slices"
	"strconv"
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
	Hints  Hints
	SeenAt time.Time
	// Elsewhere is how the same person appears on other shops, in the words of
	// whoever brings the evidence; its keys are among Keys.
	Elsewhere []Appearance
}

// Appearance is a key and the shop it was seen on.
type Appearance struct {
	Shop int64
	Key  Key
}

// Also is the evidence with an appearance of the same person on another shop,
// which somebody who knows has put there: it needs no agreement in anything else.
func (e Evidence) Also(shop int64, m mall.Mall, kind KeyKind, value string) Evidence {
	wide := AnyShop
	if !m.LinksByPersonalData() {
		wide = shop
	}
	key := Key{kind, shop, clean(value)}
	switch kind {
	case Mail, RelayMail:
		address, relay := mail(value)
		if key.Kind, key.Value = RelayMail, address; !relay {
			key.Kind, key.Shop = Mail, wide
		}
	case LineID:
		key.Shop = wide
	}
	if key.Value == "" {
		return e
	}
	e.Elsewhere = append(e.Elsewhere, Appearance{shop, key})
	if !slices.Contains(e.Keys, key) {
		e.Keys = append(e.Keys, key)
		slices.SortStableFunc(e.Keys, func(a, b Key) int { return cmp.Compare(slices.Index(ladder, a.Kind), slices.Index(ladder, b.Kind)) })
	}
	return e
}

// ladder is the kinds of key, surest first.
var ladder = []KeyKind{MemberID, Mail, RelayMail, LineID, PhoneName, NameAddress}

// KnownBy is the hash of the surest key, 0 without one: what an order keeps of
// who was named on it.
func (e Evidence) KnownBy() int64 {
	if len(e.Keys) == 0 {
		return 0
	}
	return e.Keys[0].hash()
}

// Hints are what several customers may share; 0: none. They find pairs for a
// person to look at and never join.
type Hints struct{ Phone, Address int64 }

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
		address := joined(n.PostalCode, addressKey(n))
		for _, proof := range []string{kanaKey(n), dateKey(n.BirthDate)} {
			add(NameAddress, AnyShop, joined(kanjiKey(n), address, proof))
		}
		add(NameAddress, shop, joined(kanjiKey(n), address))
		e.Hints = Hints{Phone: hashOf(n.Phone), Address: hashOf(joined(address, firstLetter(n)))}
	}
	return e
}

// score is how sure k is, where it is one of two steps that lead to two
// customers. Full name and address alone are below sure.
func (k Key) score() int {
	if k.Kind == NameAddress && k.Shop != AnyShop {
		return unproved
	}
	return scores[k.Kind]
}

const (
	sure     = 80 // from here on a step joins by itself
	unproved = 75
)

// hash is k in 64 bits, for where its value must not stand.
func (k Key) hash() int64 {
	return hashOf(string(k.Kind) + "|" + strconv.FormatInt(k.Shop, 10) + "|" + k.Value)
}

// hashOf is a value in 64 bits; 0 for "".
func hashOf(value string) int64 {
	if value == "" {
		return 0
	}
	sum := sha256.Sum256([]byte(value))
	return int64(binary.BigEndian.Uint64(sum[:8]))
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
