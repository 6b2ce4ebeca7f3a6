// Package mall knows what a mall is: which file formats it exports, which
// addresses are its relays, and what may be concluded from its data.
//
// It owns the canonical order that every file format is turned into
// ([Order], [Line], [Buyer]), the formats themselves (one file per mall, and
// the mapping for any other file) and their registry. It promises that reading
// is pure and deterministic: the same record always gives the same order, and
// a record that cannot be read gives a [Problem] that names the column. It
// leaves bytes, encodings and storage to crm/intake and the matching of buyers
// to crm/customer. It imports no database.
package mall

import (
	"slices"
	"strings"
)

// Mall is a kind of marketplace with its own rules.
type Mall string

// The malls.
const (
	Rakuten    Mall = "RAKUTEN"
	Amazon     Mall = "AMAZON"
	Yahoo      Mall = "YAHOO"
	AuPay      Mall = "AU_PAY"
	Qoo10      Mall = "QOO10"
	Shopify    Mall = "SHOPIFY"
	Futureshop Mall = "FUTURESHOP"
	Makeshop   Mall = "MAKESHOP"
	OwnSite    Mall = "OWN_SITE"
	Store      Mall = "STORE"
)

// All lists the malls in the order they are shown.
var All = []Mall{Rakuten, Amazon, Yahoo, AuPay, Qoo10, Shopify, Futureshop, Makeshop, OwnSite, Store}

// Parse finds the mall called name, in any case.
func Parse(name string) (Mall, bool) {
	m := Mall(strings.ToUpper(strings.TrimSpace(name)))
	return m, slices.Contains(All, m)
}

// Own are the malls whose shops are the merchant's own: a consent given there is
// to him, and no mall's rules bind it.
var Own = []Mall{OwnSite, Store, Shopify, Futureshop, Makeshop}

// LinksByPersonalData says whether a buyer of m may be joined with buyers of
// other shops by mail, phone, name or address. Amazon forbids it (malls' rule
// AM-05): its buyers are known within their own shop only.
func (m Mall) LinksByPersonalData() bool { return m != Amazon }

// Exports says whether files of m may be of a shop on another mall: a site of the
// merchant's own may run on Shopify, and files of no mall in particular are of any.
func (m Mall) Exports(shop Mall) bool {
	return m == "" || m == shop || m == Shopify && shop == OwnSite
}

// relayDomains are the mail domains of addresses that a mall lends to a buyer.
// They reach the buyer only through that mall and say nothing across shops.
// Sources: Rakuten あんしんメルアド (two domains, since 2010), Amazon
// Buyer-Seller Messaging, Yahoo! and au PAY relays as seen in exports.
var relayDomains = []string{
	"fw.rakuten.ne.jp", "pc.fw.rakuten.ne.jp", "mobile.fw.rakuten.ne.jp",
	"marketplace.amazon.co.jp", "m.marketplace.amazon.co.jp", "marketplace.amazon.com",
	"relay.wowma.jp", "relay.aupaymarket.jp",
}

// IsRelayDomain reports whether domain, in lower case, belongs to a mall's mail relay.
func IsRelayDomain(domain string) bool { return slices.Contains(relayDomains, domain) }
