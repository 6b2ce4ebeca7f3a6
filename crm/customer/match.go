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
	MailName    KeyKind = "MAIL_NAME" // one of several people with one address
	RelayMail   KeyKind = "RELAY_MAIL"
	LineID      KeyKind = "LINE"
	PhoneName   KeyKind = "PHONE_NAME"
	NameAddress KeyKind = "NAME_ADDRESS"

	byStaff KeyKind = "STAFF" // no key: a person said so
)

// scores say how sure each step is, 0 to 100. Source: the practice of public
// identity products, ranked; a step below 80 would not join by itself.
var scores = map[KeyKind]int{MemberID: 100, Mail: 95, MailName: 90, RelayMail: 90, LineID: 95, PhoneName: 90, NameAddress: 85, byStaff: 100}

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
	wide, seal := AnyShop, func(value string) string { return value }
	if !m.LinksByPersonalData() {
		wide, seal = shop, sealed
	}
	key := Key{kind, shop, clean(value)}
	switch kind {
	case Mail, RelayMail:
		address, relay := mail(value)
		key.Kind, key.Value = mailKind(relay), seal(mailKey(address))
		if !relay {
			key.Shop = wide
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
var ladder = []KeyKind{MemberID, Mail, MailName, RelayMail, LineID, PhoneName, NameAddress}

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
// by personal data, every key does, mail addresses are kept as what knows them
// again only, and phone, name and address make none.
// Full name and address alone are one step below sure; within one shop they
// are kept as a key, so that a guest who comes again is not a stranger, but
// they never join two shops. Mail and name together are looked up only; they
// become a key where an address has several people behind it.
func NewEvidence(shop int64, m mall.Mall, b mall.Buyer, seenAt time.Time) Evidence {
	e := Evidence{Shop: shop, Normal: Normalize(b), SeenAt: seenAt}
	n, name, keys := e.Normal, spell(e.Normal), &keyring{}
	keys.add(MemberID, shop, n.MemberID)
	if !m.LinksByPersonalData() {
		keys.add(mailKind(n.Relay), shop, sealed(mailKey(n.Mail)))
		keys.add(LineID, shop, n.LineID)
		e.Keys = keys.all
		return e
	}
	if n.Relay {
		keys.add(RelayMail, shop, n.Mail)
	} else {
		box := mailKey(n.Mail)
		keys.add(Mail, AnyShop, box)
		keys.add(MailName, AnyShop, joined(box, cmp.Or(name.kanjiKey(), name.kanaKey())))
	}
	keys.add(LineID, AnyShop, n.LineID)
	e.Hints = keys.personal(shop, n, name)
	e.Keys = keys.all
	return e
}

func mailKind(relay bool) KeyKind {
	if relay {
		return RelayMail
	}
	return Mail
}

// keyring gathers keys.
type keyring struct{ all []Key }

func (r *keyring) add(kind KeyKind, shop int64, value string) {
	if value != "" {
		r.all = append(r.all, Key{kind, shop, value})
	}
}

// personal adds what a person tells of herself, and answers with what she may
// share of it with others.
func (r *keyring) personal(shop int64, n Normal, name spelled) Hints {
	for _, k := range name.keys() {
		r.add(PhoneName, AnyShop, joined(n.Phone, k))
	}
	full, place := name.kanjiKey(), placeOf(n).Key()
	for _, proof := range []string{name.kanaKey(), dateKey(n.BirthDate)} {
		r.add(NameAddress, AnyShop, joined(full, place, proof))
	}
	r.add(NameAddress, shop, joined(full, place))
	return Hints{Phone: hashOf(n.Phone), Address: hashOf(place)}
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
