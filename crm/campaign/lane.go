package campaign

import (
	"context"
	"encoding/json"
	"errors"
	"time"

	"github.com/meguri-crm/meguri/crm/message"
	"github.com/meguri-crm/meguri/crm/message/channel"
	"github.com/meguri-crm/meguri/crm/message/link"
)

// sendStep sends one batch of one delivery, or closes one that has nothing left.
func (e *Engine) sendStep(ctx context.Context) (worked bool, err error) {
	list, err := e.active(ctx, Sending)
	if err != nil {
		return false, err
	}
	for _, d := range list {
		quiet, err := e.quiet(ctx, d)
		if err != nil {
			return false, err
		}
		if !quiet {
			// A claim that ctx cuts off may have been made all the same, and nobody would send it.
			batch, err := e.claim(context.WithoutCancel(ctx), d)
			if err != nil {
				return false, err
			}
			if len(batch) > 0 {
				return e.sendBatch(ctx, d, batch)
			}
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
	recording, giveUp := context.WithCancel(context.WithoutCancel(ctx))
	defer giveUp()
	sending, stop := context.WithCancel(recording)
	defer stop()
	defer context.AfterFunc(ctx, func() {
		time.AfterFunc(grace, stop)
		time.AfterFunc(2*grace, giveUp)
	})()
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
// to. places says which result each mail brings; the others have theirs. When
// quiet hours have begun meanwhile, nobody is written to.
func (e *Engine) mails(ctx context.Context, d delivery, batch []claimed) (results []result, mails []channel.Mail, places []int, err error) {
	p, err := e.prepare(ctx, d.ID)
	if err != nil {
		return nil, nil, nil, err
	}
	ids := customerIDs(batch)
	verdicts, quietUntil, err := e.Gate.Admit(ctx, e.DB, message.Admission{
		Through: mail, DeliveryID: d.ID, DeliveryMonth: d.DeliveryMonth, Asked: p.asked(batch),
		IgnoresQuiet: d.IgnoresQuiet, IgnoresCaps: d.IgnoresCaps,
	})
	if err != nil {
		return nil, nil, nil, err
	}
	if !quietUntil.IsZero() {
		return untried(batch), nil, nil, nil
	}
	people, err := e.People.People(ctx, e.DB, ids)
	if err != nil {
		return nil, nil, nil, err
	}
	paused, err := e.pausedFor(ctx)
	if err != nil {
		return nil, nil, nil, err
	}
	vouch, err := e.vouch(ctx, p.content.Sender.Email)
	if err != nil {
		return nil, nil, nil, err
	}
	results = make([]result, len(batch))
	for i, m := range batch {
		if !verdicts[i].Allowed() {
			results[i] = suppressed(m, verdicts[i])
			continue
		}
		if wait := paused(channel.Domain(verdicts[i].Address)); wait > 0 {
			results[i] = untried(batch[i : i+1])[0]
			results[i].Retry = wait + m.spread(time.Minute)
			continue
		}
		composed, err := e.compose(p, d, m, verdicts[i].Address, people[m.CustomerID])
		if err != nil {
			e.Log.WarnContext(ctx, "a mail could not be composed", "delivery", d.ID, "customer", m.CustomerID, "error", err)
			results[i] = result{claimed: m, Status: MessageFailed, Reason: reasonRender}
			continue
		}
		vouch(&composed, link.BounceRef{DeliveryMonth: d.DeliveryMonth, DeliveryID: d.ID, CustomerID: m.CustomerID})
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
	Domain   string // that answered; "" where none was asked
	Deferred bool   // the domain asked for patience
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
