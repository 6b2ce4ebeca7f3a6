// Package access decides who is calling and what that caller may do.
//
// It owns staff and their passwords, sign-in and its throttle, sessions with
// rotating refresh tokens, access tokens of staff and customers, roles as sets
// of scopes, the Principal that travels in the context, and the audit log.
//
// It promises that a wrong address and a wrong password cannot be told apart by
// text, code or time; that password hashing never takes more than a bounded
// part of the machine; that a refresh token used twice ends its session; that a
// session ended on any node is refused by every node within SessionCheckEvery;
// and that the last owner stays.
//
// It leaves asking for a scope to the edge (@auth), cookies and headers to the
// server, and which customer is behind an id to crm/customer.
package access

import (
	"time"

	"github.com/meguri-crm/meguri/crm/clock"
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
)

// Service is what the program knows about staff, sessions and tokens. It is
// safe for concurrent use.
type Service struct {
	db     *db.DB
	clock  clock.Clock
	keys   *Keyring
	hasher *Hasher
}

// New makes the service.
func New(d *db.DB, c clock.Clock, keys *Keyring, hasher *Hasher) *Service {
	return &Service{db: d, clock: c, keys: keys, hasher: hasher}
}
