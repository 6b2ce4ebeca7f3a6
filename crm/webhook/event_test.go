package webhook_test

import (
	"strings"
	"testing"
	"time"

	"github.com/meguri-crm/meguri/crm/gid"
	"github.com/meguri-crm/meguri/crm/webhook"
	"github.com/meguri-crm/meguri/db"
)

// The id of a booking holds its customer: an event that names one without the
// other is not sent with an id that opens nothing.
func TestABookingOfNobodyIsNotTold(t *testing.T) {
	t.Parallel()
	customer := int64(7)
	e := &db.WebhookEvent{ID: 1, Kind: string(webhook.PointsBooked), At: time.Unix(0, 0), CustomerID: &customer, Told: []byte(`{"booking": 42, "shop": null}`)}
	body, err := webhook.Body(e)
	if want := `"bookingId":"` + gid.EncodePair("PointBooking", 7, 42) + `"`; err != nil || !strings.Contains(string(body), want) {
		t.Errorf("%s, %v; want %s", body, err, want)
	}
	e.CustomerID = nil
	if body, err = webhook.Body(e); err == nil || !strings.Contains(err.Error(), "booking of nobody") {
		t.Errorf("%s, %v", body, err)
	}
	e.Told = []byte(`{"booking": null, "shop": 3}`)
	if body, err = webhook.Body(e); err != nil || !strings.Contains(string(body), `"bookingId":null`) {
		t.Errorf("%s, %v", body, err)
	}
}
