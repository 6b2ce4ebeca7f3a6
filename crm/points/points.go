// Package points is the ledger of the merchant's own points.
//
// It owns accounts, bookings with their postings, lots and holds, the rule by
// which an order earns and the one by which points are spent, and the settings of
// the programme. It promises:
//
//   - Double entry. A booking has two or more postings that add up to zero:
//     some on the customer's accounts (AVAILABLE, PENDING, HELD, DEBT), the
//     rest on counter-accounts. Bookings and postings are never changed; a
//     replay of them gives every balance, now and at any past instant.
//   - No balance is ever negative. What an order takes back after it was spent
//     stands apart as a debt, or is forgiven, as the settings say.
//   - One result per idempotency key and customer, under any concurrency,
//     retry or crash: the same request again gives the first result, another
//     request under the same key is a CONFLICT (IDEMPOTENCY_KEY_REUSED). A
//     refusal is not kept: a try that was given up on while it waited for the
//     account may be booked after a later try was refused. Once, all the same.
//   - One ledger per person: a merge hands everything over to the survivor by
//     transfer pairs, an undo gives back what remains of it, and a key, a hold or
//     an order of before either is still found (merge.go).
//   - Points are spent from the lots that expire first (never-expiring ones
//     last, then the earlier earned, then the lower id), and given back into
//     the lots they came from.
//
// Lock order: a booking locks the row of its point account (made first when it
// is missing) before it reads anything it decides on, several accounts in the
// order of customer id; nothing else of the ledger is locked. Callers that book
// inside a transaction of their own must book for all customers at once, or in
// that order.
//
// book.go and book_time.go hold what a booking does, in memory. What is asked for
// at the same time is booked together (together.go).
//
// The package leaves to others who may book (graph), what stage a member has
// (crm/stage) and when the periodic job runs (crm/job).
package points

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"sync/atomic"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"github.com/meguri-crm/meguri/crm/clock"
	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/db"
)

// Service books points.
type Service struct {
	db       *db.DB
	clock    clock.Clock
	zone     *time.Location
	settings settingsCache
	spends   spendCache
	rules    atomic.Pointer[catalog]
	queue    queue
}

// New makes the ledger of the merchant in zone.
func New(d *db.DB, c clock.Clock, zone *time.Location) *Service {
	return &Service{db: d, clock: c, zone: zone}
}

// Cause says why a booking exists and who made it.
type Cause struct {
	Reason    string // a code: STAFF, API, ACTION, ORDER, CANCELLATION, TIME
	Note      string
	ShopID    *int64 // with OrderNo: the order it hangs on, which may not have come in yet
	OrderNo   *string
	OrderID   *int64
	ActorKind string // STAFF, CUSTOMER, SYSTEM (when empty), COMMAND
	ActorID   *int64
	Detail    map[string]any // ids and figures, no personal data

	key  string
	hash []byte
}

func (c Cause) actorKind() string {
	if c.ActorKind == "" {
		return "SYSTEM"
	}
	return c.ActorKind
}

func (c Cause) detail() json.RawMessage {
	if len(c.Detail) == 0 {
		return json.RawMessage("{}")
	}
	raw, err := json.Marshal(c.Detail)
	if err != nil { // figures and strings always marshal
		return json.RawMessage("{}")
	}
	return raw
}

// Receipt is the result of a booking.
type Receipt struct {
	Booking  db.PointBooking
	Replayed bool // the key was used before by the same request; nothing new was booked
}

// querier is what the pool and a transaction of pgx have in common.
type querier interface {
	SendBatch(ctx context.Context, b *pgx.Batch) pgx.BatchResults
	Query(ctx context.Context, sql string, args ...any) (pgx.Rows, error)
	QueryRow(ctx context.Context, sql string, args ...any) pgx.Row
	Exec(ctx context.Context, sql string, args ...any) (pgconn.CommandTag, error)
}

// identified gives the cause its key, and the hash of what was asked for, which
// tells a repeated request from another under the same key.
func (c Cause) identified(key string, what ...any) (Cause, error) {
	if key == "" || len(key) > 200 {
		return c, fault.New(fault.Invalid, "an idempotency key has 1 to 200 bytes").At("idempotencyKey")
	}
	if len(c.Note) > 2000 {
		return c, fault.New(fault.Invalid, "a note has at most 2000 bytes").At("note")
	}
	h := sha256.New()
	for _, w := range append(what, c.Reason, c.Note, text(c.ShopID), text(c.OrderNo), text(c.OrderID)) {
		fmt.Fprintf(h, "%v\x00", w)
	}
	c.key, c.hash = "request:"+key, h.Sum(nil)
	return c, nil
}

func text[T any](v *T) string {
	if v == nil {
		return ""
	}
	return fmt.Sprint(*v)
}

func keyReused() error {
	return fault.New(fault.Conflict, "the idempotency key was used for another request").
		WithCode("IDEMPOTENCY_KEY_REUSED").At("idempotencyKey")
}

func checkAmount(amount int64) error {
	if amount < 1 || amount > MaxAmount {
		return fault.New(fault.Invalid, "an amount is 1 to %d points", MaxAmount).At("amount").With("max", int64(MaxAmount))
	}
	return nil
}
