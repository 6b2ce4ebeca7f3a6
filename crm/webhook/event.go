package webhook

import (
	"encoding/json"
	"fmt"
	"time"

	"github.com/meguri-crm/meguri/crm/gid"
	"github.com/meguri-crm/meguri/db"
)

// Kind is what happened.
type Kind string

// The kinds of events.
const (
	PointsBooked     Kind = "points.booked"
	StageChanged     Kind = "stage.changed"
	ConsentChanged   Kind = "consent.changed"
	CustomerJoined   Kind = "customer.joined" // became a member
	CustomerMerged   Kind = "customer.merged"
	CustomerUnmerged Kind = "customer.unmerged"
	CustomerErased   Kind = "customer.erased" // nothing of the person is left here
	OfferIssued      Kind = "offer.issued"    // a member took it
	OfferUsed        Kind = "offer.used"
	Ping             Kind = "ping" // staff tries an endpoint out

	ReferralRewarded  Kind = "referral.rewarded"   // of a friend whom the member brought: both have points for it
	ReferralTakenBack Kind = "referral.taken_back" // these are taken back
)

// Kinds are those that an endpoint can want.
var Kinds = []Kind{
	PointsBooked, StageChanged, ConsentChanged, CustomerJoined, CustomerMerged, CustomerUnmerged, CustomerErased, OfferIssued, OfferUsed,
	ReferralRewarded, ReferralTakenBack,
}

// message is what is sent, as Standard Webhooks advises: what happened, when,
// and to what.
type message struct {
	Type      Kind           `json:"type"`
	Timestamp time.Time      `json:"timestamp"`
	Data      map[string]any `json:"data"`
}

// reference says that a figure of an event is a row, of which type, and whether it
// is keyed by the customer first.
type reference struct {
	field, kind string
	ofCustomer  bool
}

// references are the rows that events name, by how the database told them.
var references = map[string]reference{
	"booking":  {"bookingId", "PointBooking", true},
	"shop":     {"shopId", "Shop", false},
	"from":     {"fromId", "Stage", false},
	"to":       {"toId", "Stage", false},
	"merged":   {"mergedId", "Customer", false},
	"offer":    {"offerId", "Offer", false},
	"referral": {"referralId", "Referral", false},
	"friend":   {"friendId", "Customer", false},
}

// Body is what endpoints are sent of an event: the same bytes each time. An event
// that names a row of a customer, and no customer, is an error.
func Body(e *db.WebhookEvent) ([]byte, error) {
	var told map[string]json.RawMessage
	if err := json.Unmarshal(e.Told, &told); err != nil {
		return nil, fmt.Errorf("webhook: event %d: %w", e.ID, err)
	}
	data := map[string]any{}
	if e.CustomerID != nil {
		data["customerId"] = gid.Encode("Customer", *e.CustomerID)
	}
	for name, value := range told {
		ref, isRow := references[name]
		if !isRow {
			data[name] = value
			continue
		}
		var row *int64
		if err := json.Unmarshal(value, &row); err != nil {
			return nil, fmt.Errorf("webhook: event %d: %s: %w", e.ID, name, err)
		}
		data[ref.field] = nil
		switch {
		case row == nil:
		case ref.ofCustomer && e.CustomerID == nil: // its id would be of no row
			return nil, fmt.Errorf("webhook: event %d: %s of nobody", e.ID, name)
		case ref.ofCustomer:
			data[ref.field] = gid.EncodePair(ref.kind, *e.CustomerID, *row)
		default:
			data[ref.field] = gid.Encode(ref.kind, *row)
		}
	}
	return json.Marshal(message{Kind(e.Kind), e.At.UTC(), data})
}

// MessageID is the webhook-id of an event: the same for every attempt and every
// endpoint, so that a partner knows what came before.
func MessageID(event int64) string { return gid.Encode("WebhookEvent", event) }
