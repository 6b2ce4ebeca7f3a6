package privacy

// Act is what an erasure does with rows of a person.
type Act string

// The acts.
const (
	Erase Act = "ERASE" // the rows go
	Keep  Act = "KEEP"  // they stay: nothing in them tells who it was, or a law wants them
	Blank Act = "BLANK" // the row stays, what tells who it was goes
)

// Why rows stay.
const (
	WhyFigures = "FIGURES"      // sales and counts, which name nobody once the person is gone
	WhyBooks   = "BOOKS"        // the ledger of points, which must add up (企業会計, 資金決済法)
	WhyConsent = "CONSENT_LAW"  // 特定商取引法 12条の3, 施行規則: records of consent are kept for three years
	WhyStop    = "STOP_SENDING" // hashes by which an address is not written to
	WhyProof   = "PROOF"        // that the request was answered
)

// Group is a kind of data, as people speak of it.
type Group string

// The groups, in the order in which they are shown.
const (
	Profile    Group = "PROFILE"
	Identities Group = "IDENTITIES"
	Orders     Group = "ORDERS"
	Points     Group = "POINTS"
	Stages     Group = "STAGES"
	Consents   Group = "CONSENTS"
	Messages   Group = "MESSAGES"
	Events     Group = "EVENTS"
	Notes      Group = "NOTES" // properties, tags, notes of staff
	Segments   Group = "SEGMENTS"
	Imports    Group = "IMPORTS"
	Requests   Group = "REQUESTS"
)

// table is what becomes of the rows of one table that are a person's.
type table struct {
	name  string
	group Group
	act   Act
	why   string
	where string   // of those that an erasure takes; "": all
	hide  []string // columns that an export leaves out: not the person's, or unreadable
}

// tables are all that name a customer, in the order in which an erasure goes
// through them. A test holds the list against the schema.
var tables = []table{
	{name: "identities", group: Identities, act: Erase},
	{name: "identity_keys", group: Identities, act: Erase, hide: []string{"learned_by"}},
	{name: "identity_candidates", group: Identities, act: Erase},
	{name: "household_members", group: Identities, act: Erase},
	{name: "member_cards", group: Identities, act: Erase},
	{name: "referral_codes", group: Identities, act: Erase},
	{name: "mail_changes", group: Identities, act: Erase, hide: []string{"address_hash"}},
	{name: "app_installs", group: Identities, act: Erase, hide: []string{"device"}},
	{name: "customer_merge_keys", group: Identities, act: Erase},
	{name: "customer_merge_rows", group: Identities, act: Erase},
	{name: "customer_merges", group: Identities, act: Erase},
	{name: "point_merges", group: Points, act: Keep, why: WhyBooks},
	{name: "stage_merges", group: Stages, act: Keep, why: WhyFigures},
	{name: "orders", group: Orders, act: Keep, why: WhyFigures, hide: []string{"content_hash", "known_by"}},
	{name: "order_lines", group: Orders, act: Keep, why: WhyFigures},
	{name: "order_keys", group: Orders, act: Keep, why: WhyFigures},
	{name: "customer_stats", group: Orders, act: Keep, why: WhyFigures},
	{name: "net_sales_coming", group: Orders, act: Keep, why: WhyFigures},
	{name: "customer_mall_stats", group: Orders, act: Keep, why: WhyFigures},
	{name: "conversions", group: Orders, act: Keep, why: WhyFigures},
	{name: "trial_orders", group: Orders, act: Keep, why: WhyFigures},
	{name: "point_accounts", group: Points, act: Keep, why: WhyBooks},
	{name: "point_bookings", group: Points, act: Keep, why: WhyBooks, hide: []string{"request_hash"}},
	{name: "point_entries", group: Points, act: Keep, why: WhyBooks},
	{name: "point_lots", group: Points, act: Keep, why: WhyBooks},
	{name: "point_holds", group: Points, act: Keep, why: WhyBooks},
	{name: "point_key_aliases", group: Points, act: Keep, why: WhyBooks},
	{name: "point_reversals", group: Points, act: Keep, why: WhyBooks},
	{name: "point_awards_undone", group: Points, act: Keep, why: WhyBooks},
	{name: "earn_uses", group: Points, act: Keep, why: WhyFigures},
	{name: "point_adjustment_lines", group: Points, act: Keep, why: WhyBooks, hide: []string{"who"}},
	{name: "reward_exchanges", group: Points, act: Keep, why: WhyBooks},
	{name: "referrals", group: Points, act: Keep, why: WhyFigures, hide: []string{"referrer_id", "flags", "decided_by", "decision_note"}},
	{name: "member_stages", group: Stages, act: Erase},
	{name: "stage_changes", group: Stages, act: Keep, why: WhyFigures},
	{name: "consents", group: Consents, act: Keep, why: WhyConsent},
	{name: "sign_ups", group: Consents, act: Keep, why: WhyConsent, hide: []string{"address_hash"}},
	{name: "suppressions", group: Consents, act: Keep, why: WhyStop, hide: []string{"value_hash"}},
	{name: "contact_wishes", group: Consents, act: Erase},
	{name: "messages", group: Messages, act: Keep, why: WhyFigures},
	{name: "bounces", group: Messages, act: Keep, why: WhyStop, hide: []string{"value_hash", "digest"}},
	{name: "offer_codes", group: Messages, act: Keep, why: WhyFigures},
	{name: "member_offers", group: Messages, act: Keep, why: WhyFigures},
	{name: "webhook_events", group: Events, act: Keep, why: WhyFigures},
	{name: "member_watches", group: Messages, act: Erase, hide: []string{"node"}},
	{name: "delivery_audience", group: Messages, act: Erase},
	{name: "events", group: Events, act: Erase, where: "kind LIKE 'behaviour.%' OR kind LIKE 'property.%' OR kind LIKE 'note.%' OR kind LIKE 'tag.%'"},
	{name: "customer_behaviour", group: Events, act: Erase},
	{name: "visitors", group: Events, act: Erase},
	{name: "property_values", group: Notes, act: Erase},
	{name: "customer_taggings", group: Notes, act: Erase},
	{name: "customer_note_pins", group: Notes, act: Erase},
	{name: "customer_note_versions", group: Notes, act: Erase},
	{name: "customer_notes", group: Notes, act: Erase},
	{name: "bulk_edit_customers", group: Notes, act: Erase},
	{name: "import_property_values", group: Imports, act: Erase},
	{name: "segment_members", group: Segments, act: Erase},
	{name: "segment_picks", group: Segments, act: Erase},
	{name: "import_customers", group: Imports, act: Erase},
	{name: "customer_token_versions", group: Requests, act: Keep, why: WhyProof},
	{name: "privacy_requests", group: Requests, act: Keep, why: WhyProof, hide: []string{"file"}},
}

// Groups are all of them, in their order.
var Groups = []Group{Profile, Identities, Orders, Points, Stages, Consents, Messages, Events, Notes, Segments, Imports, Requests}
