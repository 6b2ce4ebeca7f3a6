// Package response takes in what recipients do with a message: clicks, opens
// and unsubscribes.
//
// It owns the reading of tokens, the telling apart of machines and people, the
// buffer that turns single facts into batches, and the withdrawal of consent
// that an unsubscribe is. It promises that a click is answered without waiting
// for the database's commit, that an unsubscribe is not, and that facts reach
// the Recorder within a quarter of a second, in batches, each batch in one
// transaction. It leaves the counters and the messages' rows to the Recorder,
// which crm/campaign is.
package response

import (
	"context"
	"time"

	"github.com/meguri-crm/meguri/db"
)

// FactKind is what happened.
type FactKind string

// The kinds of fact.
const (
	Clicked      FactKind = "CLICKED"
	Opened       FactKind = "OPENED"
	Unsubscribed FactKind = "UNSUBSCRIBED"
	Bounced      FactKind = "BOUNCED"    // accepted first, returned later
	Complained   FactKind = "COMPLAINED" // called spam
)

// Fact is one thing a recipient, or a machine on his behalf, did with one
// message. The same fact may come any number of times; the first one counts.
type Fact struct {
	Kind          FactKind
	DeliveryMonth time.Time // with DeliveryID and CustomerID the key of the message
	DeliveryID    int64
	CustomerID    int64
	VariantID     int64 // 0: none
	Position      int   // of the link, from 0; Clicked only
	// Machine says that a proxy or a scanner did it, not a person: it opens no
	// mail and clicks no link in the figures for people.
	Machine bool
	At      time.Time
}

// Recorder writes facts to the messages and counters they belong to, inside
// the given transaction, and notifies whoever watches. Facts about messages
// that do not exist are passed over. The order of facts within a batch is the
// order in which they happened.
type Recorder interface {
	Record(ctx context.Context, tx db.Tx, facts []Fact) error
}
