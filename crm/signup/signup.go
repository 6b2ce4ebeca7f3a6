// Package signup takes consents and members from shoppers themselves, on forms
// that the merchant lays out and Meguri hosts.
//
// It owns the forms with every version of their wording, what was sent on them,
// the mail that asks whether an address is its sender's (double opt-in), and the
// evidence that the law wants of a consent: who, when, how, and which words. It
// promises that nothing becomes of a form before its address is confirmed by a
// press of a button, which no link scanner makes; that a form answers alike
// whether or not the address is known; that one address gets a few mails a day
// at most; and that a form never changes what is known of a person, but adds
// what is not; and that what it promises new members is what the rules of the
// point programme give. How a customer is found is left to crm/customer, what a consent
// allows to crm/policy, and the pages themselves to the server.
package signup

import (
	"context"
	"log/slog"
	"time"

	"github.com/uptrace/bun"

	"github.com/meguri-crm/meguri/crm/clock"
	"github.com/meguri-crm/meguri/crm/mall"
	"github.com/meguri-crm/meguri/crm/message/link"
	"github.com/meguri-crm/meguri/crm/message/personal"
	"github.com/meguri-crm/meguri/crm/policy"
	"github.com/meguri-crm/meguri/db"
)

// How long things last.
const (
	// ConfirmWithin is how long the link of a mail confirms.
	ConfirmWithin = 72 * time.Hour
	// keepWaiting is how long answers that nobody has confirmed are kept: as long
	// as somebody who comes late is offered another mail.
	keepWaiting = 7 * 24 * time.Hour
)

// mailsPerDay is how many mails one address is sent within 24 hours, whoever
// types it into whichever form.
const mailsPerDay = 3

// Queue enqueues jobs in a transaction.
type Queue interface {
	Enqueue(ctx context.Context, tx db.Tx, args interface{ Kind() string }) error
}

// People finds and makes customers.
type People interface {
	// Meet is the customer whose mail address has been proved to be theirs.
	Meet(ctx context.Context, tx db.Tx, shop *db.Shop, b mall.Buyer) (customerID int64, err error)
	// Enlist makes the customer a member and reports whether he was none.
	Enlist(ctx context.Context, tx db.Tx, customerID int64) (joined bool, err error)
}

// Rewards is what the rules of the point programme give new members.
type Rewards interface {
	// Joining is how many points a new member gets who comes by the form now.
	Joining(ctx context.Context, f *Form) (int64, error)
	// Promise makes, changes or stops the rule of the form, so that Joining is points.
	Promise(ctx context.Context, tx db.Tx, f *Form, points int64) error
	// Joined awards somebody who has become a member by the form.
	Joined(ctx context.Context, tx db.Tx, f *Form, customerID int64) error
}

// Referrals take down who sent a new member.
type Referrals interface {
	// On reports whether codes are taken.
	On(ctx context.Context) (bool, error)
	// Usable reports whether a code is somebody's.
	Usable(ctx context.Context, code string) (bool, error)
	// Brought takes down that a member was sent by the one whose code it is; a code
	// that is not taken is no error.
	Brought(ctx context.Context, tx db.Tx, customerID int64, code string, byLink bool) error
}

// Senders tells in whose name shoppers are written to.
type Senders interface {
	Sender(ctx context.Context, idb bun.IDB) (policy.Sender, error)
}

// Returned lets an address that was erased come in again.
type Returned interface {
	Returned(ctx context.Context, tx bun.IDB, address string) error
}

// Post writes to shoppers.
type Post interface {
	Send(ctx context.Context, l personal.Letter) error
}

// Service keeps forms and what is sent on them.
type Service struct {
	DB      *db.DB
	Clock   clock.Clock
	Queue   Queue
	Signer  *link.Signer
	People  People
	Rewards Rewards
	// Referrals take down who sent a new member.
	Referrals Referrals
	Values    Values
	Post      Post
	Senders   Senders
	// Returned is told whose address is his own again after an erasure.
	Returned Returned
	Log      *slog.Logger
}
