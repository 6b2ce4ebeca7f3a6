package campaign

import (
	"context"
	"encoding/json"
	"errors"
	"time"

	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/crm/message"
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

// maxAttempts is after how many attempts a message is given up: after a bit
// more than a day.
var maxAttempts = len(backoff) + 1

// Pauses before another try that costs no attempt, or whose outcome was lost.
const (
	retryUntried   = 5 * time.Second
	retryUncertain = 30 * time.Second
)

// sendStep sends one batch of one delivery, or closes one that has nothing left.
func (e *Engine) sendStep(ctx context.Context) (worked bool, err error) {
	list, err := e.active(ctx, Sending)
	if err != nil {
		return false, err
	}
	for _, d := range list {
		// A claim that ctx cuts off may have been made all the same, and nobody would send it.
		batch, err := e.claim(context.WithoutCancel(ctx), d)
		if err != nil {
			return false, err
		}
		if len(batch) > 0 {
			return e.sendBatch(ctx, d, batch)
		}
		if err := e.finish(ctx, d); err != nil {
			return false, err
		}
	}
	return false, nil
}

// sendBatch brings a claimed batch to its outcomes. It goes on when ctx ends:
// for grace, mails are still started; what is not started then waits for the
// next engine. It answers false when the wire is down, so that the lane rests.
func (e *Engine) sendBatch(ctx context.Context, d delivery, batch []claimed) (worked bool, err error) {
	recording := context.WithoutCancel(ctx)
	sending, stop := context.WithCancel(recording)
	defer stop()
	defer context.AfterFunc(ctx, func() { time.AfterFunc(grace, stop) })()
	defer e.keep(recording, d, batch)()

	results, mails, places, err := e.mails(recording, d, batch)
	if err != nil {
		// Nothing went out: the batch waits for the next try, and is not uncertain.
		return false, errors.Join(err, e.record(recording, d, untried(batch)))
	}
	up := len(mails) == 0
	for i, outcome := range e.Sender.Send(sending, mails) {
		results[places[i]] = judgeOutcome(batch[places[i]], mails[i].To.Email, outcome)
		up = up || outcome.Verdict != channel.Untried
	}
	return up, e.record(recording, d, results)
}

// mails asks the gate once more, since consent may have been withdrawn while
// the message waited, and composes the mails of those who still may be written
// to. places says which result each mail brings; the others have theirs.
func (e *Engine) mails(ctx context.Context, d delivery, batch []claimed) (results []result, mails []channel.Mail, places []int, err error) {
	p, err := e.prepare(ctx, d.ID)
	if err != nil {
		return nil, nil, nil, err
	}
	ids := customerIDs(batch)
	verdicts, err := e.Gate.Check(ctx, e.DB, mail, p.asked(batch))
	if err != nil {
		return nil, nil, nil, err
	}
	people, err := e.People.People(ctx, e.DB, ids)
	if err != nil {
		return nil, nil, nil, err
	}
	results = make([]result, len(batch))
	for i, m := range batch {
		if !verdicts[i].Allowed() {
			results[i] = suppressed(m, verdicts[i])
			continue
		}
		composed, err := e.compose(p, d, m, verdicts[i].Address, people[m.CustomerID])
		if err != nil {
			e.Log.WarnContext(ctx, "a mail could not be composed", "delivery", d.ID, "customer", m.CustomerID, "error", err)
			results[i] = result{claimed: m, Status: MessageFailed, Reason: reasonRender}
			continue
		}
		mails, places = append(mails, composed), append(places, i)
	}
	return results, mails, places, nil
}

// result is what a message becomes: its last status, or QUEUED with the pause
// before the next attempt.
type result struct {
	claimed
	Status   MessageStatus
	Reason   string
	Findings string // JSON, "" for none
	Reply    string
	Retry    time.Duration
	Untried  bool   // the attempt does not count
	Address  string // to be suppressed, because there is no such mailbox; "" for none
}

// untried puts a batch back as it was.
func untried(batch []claimed) []result {
	results := make([]result, len(batch))
	for i, m := range batch {
		results[i] = result{claimed: m, Status: MessageQueued, Retry: retryUntried, Untried: true}
	}
	return results
}

func suppressed(m claimed, v message.Verdict) result {
	r := result{claimed: m, Status: MessageSuppressed, Reason: v.Reason()}
	if len(v.Refusals) > 1 {
		all, err := json.Marshal(v.Refusals)
		if err == nil {
			r.Findings = string(all)
		}
	}
	return r
}

// judgeOutcome turns the wire's word on one mail into what becomes of it.
func judgeOutcome(m claimed, address string, o channel.Outcome) result {
	r := result{claimed: m, Reply: o.Reply()}
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
		r.Status, r.Reason = MessageFailed, reasonGivenUp
		if m.Attempts < maxAttempts {
			r.Status, r.Reason, r.Retry = MessageQueued, "", backoff[m.Attempts-1]
		}
	case channel.Uncertain:
		r.Uncertain = true
		r.Status, r.Reason = MessageUncertain, reasonUnknown
		if m.Attempts < maxAttempts {
			r.Status, r.Reason, r.Retry = MessageQueued, "", retryUncertain
		}
	case channel.Untried:
		return untried([]claimed{m})[0]
	default:
		r.Status, r.Reason = MessageFailed, string(fault.Internal)
	}
	return r
}
