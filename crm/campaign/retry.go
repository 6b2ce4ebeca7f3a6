package campaign

import (
	"time"

	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/crm/message/channel"
)

// Why a message failed or is tried again; stored as its reason.
const (
	reasonRefused    = "REFUSED"        // the receiving server refused it for good
	reasonBadAddress = "BAD_ADDRESS"    // there is no such mailbox
	reasonGivenUp    = "GIVEN_UP"       // still not accepted after maxAttempts
	reasonRender     = "RENDER_FAILED"  // the content cannot be filled in for this customer
	reasonUnknown    = "OUTCOME_HIDDEN" // never confirmed: it may have arrived
)

// backoff is how long a message waits after its first, second … attempt that
// was refused for the moment. Greylisting asks for some minutes (RFC 6647), a
// receiver that is down for some hours (RFC 5321, 4.5.4.1).
var backoff = []time.Duration{
	time.Minute, 5 * time.Minute, 15 * time.Minute, time.Hour, 2 * time.Hour, 4 * time.Hour, 8 * time.Hour, 12 * time.Hour,
}

// maxAttempts is after how many attempts a message is given up: after 27 to 34
// hours.
var maxAttempts = len(backoff) + 1

// retryUntried is the pause before another try that costs no attempt.
const retryUntried = 5 * time.Second

// retryAfter is how long a message waits after its attempts so far: up to a
// quarter longer than backoff says, another time for each message, so that what
// was refused together does not come back together.
func (m claimed) retryAfter() time.Duration {
	wait := backoff[m.Attempts-1]
	return wait + m.spread(wait/4)
}

// spread is a share of span that is this message's own.
func (m claimed) spread(span time.Duration) time.Duration {
	hash := (uint64(m.CustomerID)*0x9E3779B97F4A7C15 + uint64(m.Attempts)) >> 54 // Fibonacci hashing: ten bits
	return span * time.Duration(hash) / 1024
}

// judgeOutcome turns the wire's word on one mail into what becomes of it. A mail
// that was handed over whole and never answered stays uncertain: sending it
// again would bring a second copy to everybody whose server was slow, and most
// servers had taken it.
func judgeOutcome(m claimed, address string, o channel.Outcome) result {
	r := result{claimed: m, Reply: o.Reply(), Domain: channel.Domain(address)}
	switch o.Verdict {
	case channel.Accepted:
		r.Status = MessageSent
		if m.Uncertain {
			r.Status = MessageUncertain
		}
	case channel.Permanent:
		r.Status, r.Reason = MessageFailed, reasonRefused
		if o.BadAddress {
			r.Status, r.Reason, r.Address = MessageBounced, reasonBadAddress, address
		}
	case channel.Temporary:
		r.Deferred = o.Code/100 == 4
		r.Status, r.Reason = MessageFailed, reasonGivenUp
		if m.Attempts < maxAttempts {
			r.Status, r.Reason, r.Retry = MessageQueued, "", m.retryAfter()
		}
	case channel.Uncertain:
		r.Uncertain = true
		r.Status, r.Reason = MessageUncertain, reasonUnknown
	case channel.Untried:
		return untried([]claimed{m})[0]
	default:
		r.Status, r.Reason = MessageFailed, string(fault.Internal)
	}
	return r
}
