// Package insight turns what happened into figures.
//
// It owns the definition of each figure and the SQL behind it. It promises that
// days are those of the merchant's zone, that money is in the base currency and
// never adds two currencies, that anonymous stand-ins and customers who were
// merged away count in sales but not among customers, and that all figures of
// one answer are of one instant, which it says: what takes long to compute is
// kept by crm/kept and computed anew by a job while somebody looks at it. Every figure of an
// analysis that counts customers comes with the rule of crm/segment that finds
// them, and a test counts both.
// It leaves the keeping of rollups to the nouns they belong to (but keeps the
// ends of the ledger's months, which nobody else reads), and the showing to the
// clients.
package insight

import (
	"sync/atomic"
	"time"

	"github.com/meguri-crm/meguri/crm/clock"
	"github.com/meguri-crm/meguri/crm/kept"
	"github.com/meguri-crm/meguri/db"
)

// Code names a figure.
type Code string

// The figures of the home page.
const (
	NetSales        Code = "NET_SALES"        // goods less shop-paid coupons; cancelled orders left out, returns taken off
	Orders          Code = "ORDERS"           // sales that are not cancelled, of any currency
	NewCustomers    Code = "NEW_CUSTOMERS"    // first order in the period
	RepeatCustomers Code = "REPEAT_CUSTOMERS" // ordered in the period, and before it
	Members         Code = "MEMBERS"          // enrolled by the period's end
	F2Rate          Code = "F2_RATE"          // of first orders 90 to 180 days before the end, those with a second within 90 days
	CirculationRate Code = "CIRCULATION_RATE" // customers of two malls or more among customers who bought
	PointsLiability Code = "POINTS_LIABILITY" // points available, pending and held
)

// Unit is what a figure counts.
type Unit string

// The units of figures.
const (
	Money  Unit = "MONEY" // minor unit of the base currency
	Count  Unit = "COUNT"
	Points Unit = "POINTS"
	Share  Unit = "SHARE" // basis points
)

// Figure is one number with what it was in the period before.
type Figure struct {
	Code     Code
	Unit     Unit
	Value    int64
	Previous *int64  // up to the same time of its last day; nil where it has no meaning
	Base     *int64  // of a share, how many it is a share of; nil for the others
	Series   []int64 // one a day, oldest first, the last day as far as it is; empty where it has no meaning
	// People are those behind the figure: who bought (sales, orders), came first
	// or again, are members, came back within the window, bought on several malls,
	// hold points.
	People People
}

// MallSales is what one mall sold.
type MallSales struct {
	Mall     string
	Orders   int64
	NetSales int64
	Previous int64  // net sales of the period before
	People   People // who bought there in the period
}

// Dashboard is the home page: the last days, today included, beside as many
// days before them.
type Dashboard struct {
	Taken

	From, To    time.Time // days, as midnight UTC
	Currency    string    // of MONEY and net sales
	Figures     []Figure
	SalesByMall []MallSales // the largest first; malls of either period
}

// Service computes figures. It is safe for concurrent use.
type Service struct {
	db       *db.DB
	clock    clock.Clock
	zone     *time.Location
	currency string
	shelf    *kept.Shelf  // nil: nothing is kept
	calendar Calendar     // nil: there are no events
	warmed   atomic.Int64 // the day on which the expected answers were computed last
}

// New is the service for a merchant's zone and base currency (ISO 4217). What is
// dear stands on shelf; with nil nothing is kept.
func New(d *db.DB, shelf *kept.Shelf, c clock.Clock, zone *time.Location, currency string) *Service {
	return &Service{db: d, clock: c, zone: zone, currency: currency, shelf: shelf}
}
