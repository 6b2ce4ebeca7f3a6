// Package source is what the services of malls have in common, seen from the
// one who pulls orders out of them.
//
// It owns the shape of a service ([Service], [Source]), what an answer is turned
// into ([Order]: the rows that the mall's own files would have), what can go
// wrong with a service ([Trouble], in kinds the merchant can act upon) and the
// way requests are made ([Tools.Do]): with a deadline, in the pace the service
// allows, again after failures that pass. It promises that no secret stands in
// an error, and that waiting ends with the context. Each mall's own requests are
// left to its package, when and how often to pull to crm/pull, and what a row
// means to crm/mall.
package source

import (
	"context"
	"encoding/json"
	"net/http"
	"time"

	"github.com/meguri-crm/meguri/crm/clock"
	"github.com/meguri-crm/meguri/crm/mall"
)

// Name is the stable name of a service.
type Name string

// Field is one thing that has to be entered to use a service.
type Field struct {
	Name     string
	Secret   bool // never shown again
	Optional bool
	// Valid says whether a value can be one at all; nil: any.
	Valid func(value string) bool
}

// Leave is what has to be entered of a service whose use the merchant grants to
// a program of his own by OAuth 2.
func Leave() []Field {
	return []Field{{Name: "clientId"}, {Name: "clientSecret", Secret: true}, {Name: "refreshToken", Secret: true}}
}

// Credentials are what was entered, and what the service has handed out since,
// by name. Names that begin with "_" are the service's.
type Credentials map[string]string

// Format is one kind of file that a service's orders are written as.
type Format struct {
	Name    string // of crm/mall
	Columns []string
}

// Where is the column in which an order that could not be read says what was
// wrong and where. No format knows it, so that it stands in the refused row only.
const Where = "読めなかった箇所"

// Habits are what a service demands of those who pull.
type Habits struct {
	Oldest  time.Duration // how far back it tells orders; 0: all
	Overlap time.Duration // how much of the last pull is pulled again, because it lists changes late
	Lag     time.Duration // how much of the present is left to the next pull
	Least   time.Duration // between two pulls
}

// Service is one kind of mall service. It is stateless and safe for concurrent use.
type Service interface {
	Name() Name
	Mall() mall.Mall
	Fields() []Field
	Formats() []Format
	Habits() Habits
	// Open is the service as one merchant uses it.
	Open(Credentials, Tools) (Source, error)
}

// Source is one merchant's access to a service. It is used by one goroutine.
type Source interface {
	// Check asks for as little as possible. Errors: *Trouble.
	Check(ctx context.Context) (Checked, error)
	// Next tells the orders behind a cursor (nil: the first of span) and where
	// the next page begins. The same cursor may be asked for again, and again by
	// another process. Errors: *Trouble.
	Next(ctx context.Context, span Span, cursor json.RawMessage) (Page, error)
}

// Checked is what a working connection tells of itself.
type Checked struct {
	Shop      string    // the service's name for it; "": it tells none
	ExpiresAt time.Time // when what was entered ends; zero: never, or the service does not tell
	Orders    []string  // numbers of some orders, to tell whose shop it is
}

// Span is what a pull is to bring: what was ordered or changed in it.
type Span struct {
	From, To time.Time
	First    bool // nothing was pulled before: the orders' present state is all there is to know
}

// Page is one answer.
type Page struct {
	Orders []Order
	Cursor json.RawMessage
	Done   bool
	Total  int // orders of the span, where the service tells; else 0
}

// Order is one order as rows of the mall's files.
type Order struct {
	No   string // "": could not be read
	Rows []Row
	// Partial says that it could not be read whole: it is told again next time.
	Partial bool
}

// Row is one row of a file of a format.
type Row struct {
	Format string
	Cells  map[string]string
}

// Unreadable is an order of which nothing can be believed but its number. It is
// refused by the format, because every other column is empty, and its row says
// where and why. why must hold no personal data.
func Unreadable(format, numberColumn, no, where, why string) Order {
	return Order{No: no, Partial: true, Rows: []Row{{Format: format, Cells: map[string]string{numberColumn: no, Where: where + ": " + why}}}}
}

// Tools are what a source works with.
type Tools struct {
	HTTP  *http.Client
	Clock clock.Clock
	// Wait returns after d or when ctx ends.
	Wait func(ctx context.Context, d time.Duration) error
	// Chance is evenly between 0 and 1.
	Chance func() float64
	// Paces are what is left of the merchant's allowances.
	Paces *Paces
	// Keep stores what the service handed out, e.g. a new token; nil: nowhere.
	Keep func(ctx context.Context, c Credentials) error
}
