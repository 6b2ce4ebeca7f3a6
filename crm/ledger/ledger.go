// Package ledger reads the books of crm/points for those who answer for them:
// staff who look for a booking, shoppers who ask for their statement,
// accountants who report what the points are worth.
//
// It owns the search over all bookings, the statement of a customer, the reports
// by month and the days they are added up from. It promises:
//
//   - A page costs the same however deep it is.
//   - A month's opening balance is the closing one of the month before; opening
//     and flows lead to closing, and closing is the sum of the entries on what
//     customers have, each reckoned by itself.
//   - Reports are of one snapshot, true to the last booking committed, and count
//     bookings that were written for a month long past. Days are those of the
//     merchant's zone; what is booked at midnight, as points expire, belongs to
//     the day that ends.
//
// It writes nothing but its own sums. It leaves booking to crm/points, and who
// may see what to graph.
package ledger

import (
	"time"

	"github.com/meguri-crm/meguri/crm/clock"
	"github.com/meguri-crm/meguri/crm/points"
	"github.com/meguri-crm/meguri/db"
)

// Service reads the ledger.
type Service struct {
	db     *db.DB
	clock  clock.Clock
	zone   *time.Location
	points *points.Service
}

// New is the ledger of the merchant in zone, as its reader sees it.
func New(d *db.DB, c clock.Clock, zone *time.Location, p *points.Service) *Service {
	return &Service{db: d, clock: c, zone: zone, points: p}
}
