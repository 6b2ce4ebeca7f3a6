package event

import (
	"encoding/json"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"github.com/meguri-crm/meguri/crm/fault"
)

// Action is something a person does on a site or in an app.
type Action string

// The actions. Each is written to the stream as the kind "behaviour.<word>".
const (
	View            Action = "VIEW"
	PageView        Action = "PAGE_VIEW"
	Search          Action = "SEARCH"
	Favourite       Action = "FAVOURITE"
	CartAdd         Action = "CART_ADD"
	CartRemove      Action = "CART_REMOVE"
	CheckoutStart   Action = "CHECKOUT_START"
	RestockRequest  Action = "RESTOCK_REQUEST"
	AppOpen         Action = "APP_OPEN"
	RedemptionVisit Action = "REDEMPTION_VISIT"
	Custom          Action = "CUSTOM"
)

// Actions are all of them, with the kinds they have in the stream.
var Actions = map[Action]string{
	View: "behaviour.viewed", PageView: "behaviour.page_viewed", Search: "behaviour.searched", Favourite: "behaviour.favourited",
	CartAdd: "behaviour.carted", CartRemove: "behaviour.uncarted", CheckoutStart: "behaviour.checkout_started",
	RestockRequest: "behaviour.restock_requested", AppOpen: "behaviour.app_opened", RedemptionVisit: "behaviour.redemption_visited",
	Custom: "behaviour.custom",
}

// Bounds of what a source may send.
const (
	MaxBatch = 2000 // behaviours of one call
	// MaxAhead is how far a source's clock may run ahead; such an event counts as happening now.
	MaxAhead = 5 * time.Minute
	// MaxAge is how old an event may be. A dedupe key is known for as long, so
	// that sending again never counts twice.
	MaxAge = 400 * 24 * time.Hour

	maxKey        = 200 // characters of a dedupe key
	maxVisitor    = 64
	maxSKU        = 100
	maxText       = 200 // name of a product, search words, path, name of a custom event
	maxProperties = 2000
	maxPrice      = 1_000_000_000_000
)

// Behaviour is one action of one person, as a source tells it. Exactly one of
// CustomerID, MemberID and VisitorID says whose it is; CustomerID and MemberID
// may come with the visitor whose browser it was, which changes nothing.
type Behaviour struct {
	DedupeKey  string // of the source: the same key of the same shop counts once
	Action     Action
	OccurredAt time.Time

	CustomerID int64  // 0: not told
	MemberID   string // of the customer on the shop
	VisitorID  string // of a browser or app that may not be known yet

	SKU      string
	Name     string // of the product; with Custom, of the event
	Category string
	Price    *int64 // minor unit of the shop's currency
	Quantity int64  // 0: not told
	Words    string // searched for
	Path     string // of the page, without what follows ? or #
	// Properties is a JSON object of the source's own. It must not hold personal data.
	Properties json.RawMessage
}

// check holds a behaviour against the bounds and brings it into its kept form.
// Errors: fault.Invalid, at the field of the source.
func (b *Behaviour) check(now time.Time) *fault.Error {
	for _, t := range []struct {
		value *string
		field string
		most  int
	}{
		{&b.DedupeKey, "dedupeKey", maxKey},
		{&b.MemberID, "memberId", maxKey},
		{&b.VisitorID, "visitorId", maxVisitor},
		{&b.SKU, "product.sku", maxSKU},
		{&b.Name, "product.name", maxText},
		{&b.Category, "product.category", maxText},
		{&b.Words, "search", maxText},
		{&b.Path, "path", maxText},
	} {
		if !printable(t.value, t.most) {
			return fault.New(fault.Invalid, "this has at most %d printable characters", t.most).WithCode("TEXT_INVALID").At(t.field).With("max", t.most)
		}
	}
	b.MemberID = norm.NFKC.String(b.MemberID) // as identities are kept
	switch {
	case b.DedupeKey == "":
		return fault.New(fault.Invalid, "an event has a key by which it counts once").WithCode("DEDUPE_KEY_REQUIRED").At("dedupeKey")
	case Actions[b.Action] == "":
		return fault.New(fault.Invalid, "there is no such kind of event").WithCode("KIND_UNKNOWN").At("kind")
	case b.CustomerID == 0 && b.MemberID == "" && b.VisitorID == "":
		return fault.New(fault.Invalid, "whose event is it? Give customerId, memberId or visitorId").WithCode("PERSON_REQUIRED").At("customerId")
	case b.CustomerID != 0 && b.MemberID != "":
		return fault.New(fault.Invalid, "give customerId or memberId, not both").WithCode("PERSON_AMBIGUOUS").At("memberId")
	case b.Price != nil && (*b.Price < 0 || *b.Price > maxPrice):
		return fault.New(fault.Invalid, "a price is between 0 and %d", int64(maxPrice)).WithCode("OUT_OF_RANGE").At("product.price").With("max", int64(maxPrice))
	case b.Quantity < 0 || b.Quantity > maxPrice:
		return fault.New(fault.Invalid, "a quantity is between 0 and %d", int64(maxPrice)).WithCode("OUT_OF_RANGE").At("quantity").With("max", int64(maxPrice))
	case b.Action == Custom && b.Name == "":
		return fault.New(fault.Invalid, "a custom event has a name").WithCode("NAME_REQUIRED").At("name")
	}
	b.Path, _, _ = strings.Cut(b.Path, "?")
	b.Path, _, _ = strings.Cut(b.Path, "#")
	if f := checkProperties(b.Properties); f != nil {
		return f
	}
	return b.checkTime(now)
}

func (b *Behaviour) checkTime(now time.Time) *fault.Error {
	switch {
	case b.OccurredAt.After(now.Add(MaxAhead)):
		return fault.New(fault.Invalid, "the event lies in the future").WithCode("OCCURRED_IN_FUTURE").At("occurredAt")
	case b.OccurredAt.Before(now.Add(-MaxAge)):
		return fault.New(fault.Invalid, "the event is more than %d days old", int(MaxAge.Hours()/24)).WithCode("OCCURRED_TOO_LONG_AGO").
			At("occurredAt").With("days", int(MaxAge.Hours()/24))
	case b.OccurredAt.After(now):
		b.OccurredAt = now
	}
	b.OccurredAt = b.OccurredAt.UTC().Truncate(time.Microsecond)
	return nil
}

func checkProperties(raw json.RawMessage) *fault.Error {
	if len(raw) == 0 {
		return nil
	}
	var object map[string]json.RawMessage
	if len(raw) > maxProperties || json.Unmarshal(raw, &object) != nil || !storable(raw) {
		return fault.New(fault.Invalid, "properties are a JSON object of at most %d bytes", maxProperties).
			WithCode("PROPERTIES_INVALID").At("properties").With("max", maxProperties)
	}
	return nil
}

// printable trims a text and reports whether it can be kept.
func printable(s *string, most int) bool {
	*s = strings.TrimSpace(*s)
	return len(*s) <= most*utf8.UTFMax && utf8.ValidString(*s) && utf8.RuneCountInString(*s) <= most && strings.IndexFunc(*s, unicode.IsControl) < 0
}

// data is what the stream keeps of a behaviour, by these names: sku, name,
// category, price, currency, quantity, words, path, properties.
func (b *Behaviour) data(currency string) json.RawMessage {
	out := make([]byte, 1, 160)
	out[0] = '{'
	text := func(key, value string) {
		if value != "" {
			quoted, _ := json.Marshal(value) // a text always marshals
			out = append(append(append(out, `"`+key+`":`...), quoted...), ',')
		}
	}
	number := func(key string, value int64) {
		out = append(strconv.AppendInt(append(out, `"`+key+`":`...), value, 10), ',')
	}
	text("sku", b.SKU)
	text("name", b.Name)
	text("category", b.Category)
	if b.Price != nil {
		number("price", *b.Price)
		text("currency", currency)
	}
	if b.Quantity > 0 {
		number("quantity", b.Quantity)
	}
	text("words", b.Words)
	text("path", b.Path)
	if len(b.Properties) > 0 {
		out = append(append(append(out, `"properties":`...), b.Properties...), ',')
	}
	if len(out) > 1 {
		out = out[:len(out)-1]
	}
	return append(out, '}')
}
