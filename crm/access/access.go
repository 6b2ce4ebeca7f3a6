// Package access decides who is calling and what that caller may do.
//
// It owns staff, their invitations and passwords, sign-in with its second step
// and its throttle, sessions with rotating refresh tokens, partner clients with
// their secrets, access tokens of staff, customers and clients, roles as sets of
// scopes, the Principal that travels in the context, and writing the audit log.
//
// It promises that a wrong address and a wrong password cannot be told apart by
// text, code or time, nor whether an address that asks for a new password has an
// account; that password hashing never takes more than a bounded part of the
// machine; that a refresh token used twice ends its session; that what a mail
// holds to open an account works once and is nowhere stored; that a session
// ended, or a client disabled, on any node is refused by every node within
// SessionCheckEvery, with all tokens that the client issued; that a secret is
// shown once and kept as a hash; and that the last owner stays.
//
// It leaves asking for a scope to the edge (@auth), cookies and headers to the
// server, reading the audit log to crm/audit, the form of mails to crm/message/notice,
// and which customer is behind an id to crm/customer.
package access

import (
	"context"
	"time"

	"github.com/meguri-crm/meguri/crm/clock"
	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/db"
)

// Lifetimes.
const (
	// AccessTTL is how long an access token of a session is good for.
	AccessTTL = 15 * time.Minute
	// SessionIdle ends a session that was not refreshed for so long.
	SessionIdle = 7 * 24 * time.Hour
	// SessionMax ends a session however busy it is.
	SessionMax = 30 * 24 * time.Hour
	// MaxTokenTTL bounds tokens that are issued by hand, which nothing renews.
	MaxTokenTTL = 24 * time.Hour
	// InviteTTL is how long an invitation can be accepted after it was mailed.
	InviteTTL = 7 * 24 * time.Hour
	// ResetTTL is how long a mail for a new password works.
	ResetTTL = time.Hour
	// ClientTTL is how long a token of a partner client is good for.
	ClientTTL = time.Hour
	// ChallengeTTL is how long the second step of a sign-in may take.
	ChallengeTTL = 5 * time.Minute
)

// Service is what the program knows about staff, sessions and tokens. It is
// safe for concurrent use.
type Service struct {
	db     *db.DB
	clock  clock.Clock
	keys   *Keyring
	hasher *Hasher
	mail   Mail
}

// Mail is how the service writes to staff.
type Mail struct {
	Queue Queue
	Post  Post
	// Base is the scheme and host that links begin with.
	Base string
}

// Queue takes work that is done once the transaction commits.
type Queue interface {
	Enqueue(ctx context.Context, tx db.Tx, args interface{ Kind() string }) error
}

// Letter is a mail to one person, in his language.
type Letter struct {
	// ID is stable for one letter, whatever the attempt.
	ID      string
	To      string // mail address
	Locale  string // ja or en
	Subject string
	Body    []string // paragraphs
	Button  string   // what the link does
	Path    string   // where it leads, within the application
	Notes   []string // smaller, below: how long the link works, what to do if it was not you
}

// Post carries letters. It tries once: an error says that the letter may be sent
// again, a refusal is the code with which the mail server refused it for good.
type Post interface {
	Send(ctx context.Context, l Letter) (refusal string, err error)
}

// WithMail lets the service write to staff; without it, inviting and asking for
// a new password fail.
func (s *Service) WithMail(m Mail) { s.mail = m }

// enqueue has args worked on once tx commits. Errors: fault.Unavailable in a
// program that writes no mails.
func (s *Service) enqueue(ctx context.Context, tx db.Tx, args interface{ Kind() string }) error {
	if s.mail.Queue == nil {
		return fault.New(fault.Unavailable, "this program writes no mails")
	}
	return s.mail.Queue.Enqueue(ctx, tx, args)
}

// New makes the service.
func New(d *db.DB, c clock.Clock, keys *Keyring, hasher *Hasher) *Service {
	return &Service{db: d, clock: c, keys: keys, hasher: hasher}
}
