package access

import (
	"fmt"
	"slices"
	"strings"
)

// Scope is one thing a caller may do, as it stands in tokens and in @auth.
type Scope string

// The scopes.
const (
	ScopeViewer         Scope = "viewer"    // is signed in as staff
	ScopeNodeRead       Scope = "node:read" // may ask node(id); each type asks for its own scope besides
	ScopeMe             Scope = "me"        // a customer: himself and nobody else
	ScopeCustomersRead  Scope = "customers:read"
	ScopeCustomersWrite Scope = "customers:write"
	ScopePointsRead     Scope = "points:read"
	ScopePointsWrite    Scope = "points:write"
	ScopeSegmentsRead   Scope = "segments:read"
	ScopeSegmentsWrite  Scope = "segments:write"
	ScopeOffersRead     Scope = "offers:read"
	ScopeOffersWrite    Scope = "offers:write"
	ScopeCampaignsRead  Scope = "campaigns:read"
	ScopeCampaignsWrite Scope = "campaigns:write"
	ScopeCampaignsSend  Scope = "campaigns:send"
	ScopeImportsRead    Scope = "imports:read"
	ScopeImportsWrite   Scope = "imports:write"
	ScopeShopsRead      Scope = "shops:read"
	ScopeShopsWrite     Scope = "shops:write"
	ScopeMailboxRead    Scope = "mailbox:read"
	ScopePolicyWrite    Scope = "policy:write"    // the rules
	ScopePolicyOverride Scope = "policy:override" // lifting one for a content
	ScopeSettingsRead   Scope = "settings:read"
	ScopeSettingsWrite  Scope = "settings:write"
	ScopeStaffRead      Scope = "staff:read"
	ScopeStaffWrite     Scope = "staff:write"
	ScopeAuditRead      Scope = "audit:read"
	ScopePrivacyWrite   Scope = "privacy:write"  // exports and erases people
	ScopeConsentsWrite  Scope = "consents:write" // takes words of consent down, and nothing else
	ScopeMembersScan    Scope = "members:scan"   // reads a member's card at a till
	ScopeMembersOpen    Scope = "members:open"   // opens the page of a member in his stead
	ScopeEventsWrite    Scope = "events:write"   // sends behaviour events and says who visitors are
	ScopeClientsRead    Scope = "clients:read"   // partner clients and the settings of tokens
	ScopeClientsWrite   Scope = "clients:write"
	ScopeTokensIssue    Scope = "tokens:issue"   // hands out tokens of customers; of partner clients only
	ScopeOffersUse      Scope = "offers:use"     // says whether a customer may use an offer, and that he has
	ScopeExportsWrite   Scope = "exports:write"  // takes everything of a kind as a file, with the scope of the kind
	ScopeOrdersWrite    Scope = "orders:write"   // tells orders of the merchant's own shops, and what comes back of them
	ScopeProductsRead   Scope = "products:read"  // products with their stock
	ScopeProductsWrite  Scope = "products:write" // tells of them and of their costs, as files do
	ScopeStockWrite     Scope = "stock:write"    // tells how much shops have, of products that are known
)

// scopeBits gives each scope its place in a ScopeSet.
var scopeBits = func() map[Scope]ScopeSet {
	bits := map[Scope]ScopeSet{}
	for i, s := range allScopes {
		bits[s] = 1 << i
	}
	return bits
}()

var allScopes = [...]Scope{
	ScopeViewer, ScopeNodeRead, ScopeMe,
	ScopeCustomersRead, ScopeCustomersWrite, ScopePointsRead, ScopePointsWrite,
	ScopeSegmentsRead, ScopeSegmentsWrite, ScopeOffersRead, ScopeOffersWrite,
	ScopeCampaignsRead, ScopeCampaignsWrite, ScopeCampaignsSend,
	ScopeImportsRead, ScopeImportsWrite, ScopeShopsRead, ScopeShopsWrite, ScopeMailboxRead,
	ScopeSettingsRead, ScopeSettingsWrite, ScopeStaffRead, ScopeStaffWrite, ScopeAuditRead, ScopeEventsWrite,
	ScopePolicyWrite, ScopePolicyOverride, ScopePrivacyWrite, ScopeConsentsWrite,
	ScopeClientsRead, ScopeClientsWrite, ScopeTokensIssue, ScopeMembersScan, ScopeMembersOpen,
	ScopeOrdersWrite, ScopeOffersUse, ScopeExportsWrite, ScopeProductsRead, ScopeProductsWrite, ScopeStockWrite,
}

// ClientScopes are the scopes that a partner client can be given, in the order
// they are shown: data of customers and what it brings, but nothing of staff, of
// settings or of other clients.
var ClientScopes = []Scope{
	ScopeCustomersRead, ScopeCustomersWrite, ScopeConsentsWrite, ScopeTokensIssue, ScopeOrdersWrite,
	ScopeProductsRead, ScopeProductsWrite, ScopeStockWrite, ScopeEventsWrite,
	ScopePointsRead, ScopePointsWrite, ScopeMembersScan, ScopeOffersRead, ScopeOffersUse,
	ScopeSegmentsRead, ScopeCampaignsRead, ScopeImportsRead, ScopeImportsWrite, ScopeExportsWrite, ScopeShopsRead, ScopeNodeRead,
}

var clientScopes = setOf(ClientScopes...)

// setOf is the set of scopes that exist.
func setOf(scopes ...Scope) (set ScopeSet) {
	for _, s := range scopes {
		set |= scopeBits[s]
	}
	return set
}

// ScopeSet is a set of scopes, one bit each.
type ScopeSet uint64

// Scopes is the set of the given scopes. Unknown ones are an error: a typing
// error in a token or a schema must not pass as "no scope needed".
func Scopes(scopes ...Scope) (ScopeSet, error) {
	var set ScopeSet
	for _, s := range scopes {
		bit, ok := scopeBits[s]
		if !ok {
			return 0, fmt.Errorf("access: unknown scope %q", s)
		}
		set |= bit
	}
	return set, nil
}

// parseScopes reads the space-separated claim of a token. Scopes that this
// version does not know give nothing.
func parseScopes(claim string) ScopeSet {
	var set ScopeSet
	for name := range strings.FieldsSeq(claim) {
		set |= scopeBits[Scope(name)]
	}
	return set
}

// Has reports whether s is in the set; an unknown scope never is.
func (set ScopeSet) Has(s Scope) bool { return set&scopeBits[s] != 0 }

// HasAll reports whether the set holds all of other.
func (set ScopeSet) HasAll(other ScopeSet) bool { return set&other == other }

// List is the scopes of the set in their fixed order.
func (set ScopeSet) List() []Scope {
	var scopes []Scope
	for i, s := range allScopes {
		if set&(1<<i) != 0 {
			scopes = append(scopes, s)
		}
	}
	return scopes
}

// String is the set as it stands in a token.
func (set ScopeSet) String() string {
	names := make([]string, 0, len(allScopes))
	for _, s := range set.List() {
		names = append(names, string(s))
	}
	return strings.Join(names, " ")
}

// Role is a named set of scopes for staff.
type Role string

// The roles.
const (
	RoleOwner    Role = "OWNER"
	RoleManager  Role = "MANAGER"
	RoleMarketer Role = "MARKETER"
	RoleAnalyst  Role = "ANALYST"
	RoleSupport  Role = "SUPPORT"
)

// Roles are all roles, the mightiest first.
var Roles = []Role{RoleOwner, RoleManager, RoleMarketer, RoleAnalyst, RoleSupport}

// Valid reports whether r is a role.
func (r Role) Valid() bool { return slices.Contains(Roles, r) }

// Scopes is what the role may do. Owner and manager differ only in that a
// manager cannot touch owners, which is a rule of Service and no scope.
func (r Role) Scopes() ScopeSet { return roleScopes[r] }

var roleScopes = func() map[Role]ScopeSet {
	set := setOf
	everything := set(allScopes[:]...) &^ set(ScopeMe, ScopeTokensIssue) // staff act for customers, not as them
	signedIn := set(ScopeViewer, ScopeNodeRead, ScopeShopsRead, ScopeSettingsRead, ScopeProductsRead)
	return map[Role]ScopeSet{
		RoleOwner:   everything,
		RoleManager: everything,
		RoleMarketer: signedIn | set(ScopeCustomersRead, ScopeCustomersWrite, ScopePointsRead, ScopeSegmentsRead, ScopeSegmentsWrite,
			ScopeOffersRead, ScopeOffersWrite, ScopeCampaignsRead, ScopeCampaignsWrite, ScopeCampaignsSend,
			ScopeImportsRead, ScopeImportsWrite, ScopeMailboxRead, ScopeEventsWrite),
		RoleAnalyst: signedIn | set(ScopeCustomersRead, ScopePointsRead, ScopeSegmentsRead, ScopeOffersRead, ScopeCampaignsRead,
			ScopeImportsRead, ScopeMailboxRead),
		RoleSupport: signedIn | set(ScopeCustomersRead, ScopeCustomersWrite, ScopePointsRead, ScopePointsWrite, ScopeMembersScan, ScopeMembersOpen),
	}
}()
