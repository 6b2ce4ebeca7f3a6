// Package channel is the small interface between what wants to be said and a
// wire that carries it.
//
// It owns the shape of a mail that is ready to go and the outcomes a send can
// have. It promises nothing about any wire: an adapter (channel/mail) passes
// channeltest.Run and keeps those promises. It leaves rendering, the gate, the
// retry schedule and the record of each outcome to its callers.
package channel

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"
)

// Address is a mail address with the name shown beside it.
type Address struct {
	Name  string
	Email string
}

// Mail is one mail for one recipient, complete but for its MIME form.
type Mail struct {
	// MessageID is stable for one message, whatever the attempt, so that a
	// receiver can recognise a second copy. Without angle brackets; made by
	// MessageID.
	MessageID string
	// EnvelopeFrom is where bounces go; From.Email when empty.
	EnvelopeFrom string
	From         Address
	ReplyTo      string // empty: none
	To           Address
	Subject      string
	HTML         string
	Text         string
	// UnsubscribeURL goes into List-Unsubscribe with the one-click header of
	// RFC 8058. Empty only for mails that are not advertising.
	UnsubscribeURL string
	// UnsubscribeMail stands beside it for mail programs that know no web; an
	// address whose mails unsubscribe this one recipient. Empty: none.
	UnsubscribeMail string
	// Private marks a mail that the program itself writes to one person and that
	// may hold the key to an account: Sensitivity (RFC 4021) and Auto-Submitted
	// (RFC 3834) say so.
	Private bool
	Date    time.Time
	// Signers make the DKIM signatures that go in front, in their order.
	Signers []Signer
}

// Signer signs mails for a domain.
type Signer interface {
	// Sign is the header field, with its line end, that vouches for a complete
	// mail. It is safe for concurrent use.
	Sign(mail []byte) (field string, err error)
}

// MessageID is the stable id of the message of one delivery to one customer.
func MessageID(deliveryID, customerID int64, domain string) string {
	return strconv.FormatInt(deliveryID, 36) + "." + strconv.FormatInt(customerID, 36) + ".meguri@" + domain
}

// Domain is the part of a mail address after the last @, in lower case; empty
// when there is none.
func Domain(email string) string {
	at := strings.LastIndexByte(email, '@')
	if at < 0 {
		return ""
	}
	return strings.ToLower(email[at+1:])
}

// Verdict is what became of one mail.
type Verdict string

const (
	// Accepted: the receiving server took responsibility for the mail.
	Accepted Verdict = "ACCEPTED"
	// Temporary: not accepted now; the same mail may be tried again later.
	Temporary Verdict = "TEMPORARY"
	// Permanent: refused; trying again brings the same answer.
	Permanent Verdict = "PERMANENT"
	// Uncertain: the connection broke after the mail's last byte was handed
	// over and before the answer came. It may have been accepted.
	Uncertain Verdict = "UNCERTAIN"
	// Untried: nothing was sent, because the context ended or no connection
	// could be made. It does not count as an attempt.
	Untried Verdict = "UNTRIED"
)

// Outcome is the verdict on one mail with what the server said.
type Outcome struct {
	Verdict Verdict
	// Code is the three-digit reply, 0 when none came.
	Code int
	// Enhanced is the enhanced status code of RFC 3463 ("5.1.1"), "" when the
	// server gave none.
	Enhanced string
	// BadAddress says that the refusal means the mailbox does not exist, so
	// that the address should be suppressed. A policy or spam refusal (5.7.x)
	// or a full mailbox never is.
	BadAddress bool
	// Err is why, for the log: it holds no address.
	Err error
}

// Reply is the code and the enhanced code, the only part of an answer that is
// stored, because the free text often repeats the address.
func (o Outcome) Reply() string {
	switch {
	case o.Code == 0:
		return ""
	case o.Enhanced == "":
		return strconv.Itoa(o.Code)
	default:
		return fmt.Sprintf("%d %s", o.Code, o.Enhanced)
	}
}

// Sender carries mails.
type Sender interface {
	// Send tries each mail once and answers with one outcome per mail, in the
	// order of batch. It returns when every mail has its outcome. It is safe
	// for concurrent use; all callers share the sender's connections. Ending
	// ctx stops the start of further mails (Untried), while those on the wire
	// still get their answer within the adapter's time limit.
	Send(ctx context.Context, batch []Mail) []Outcome
}
