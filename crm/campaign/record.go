package campaign

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/uptrace/bun"
	"github.com/uptrace/bun/dialect/pgdialect"

	"github.com/meguri-crm/meguri/crm/event"
	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/crm/message"
	"github.com/meguri-crm/meguri/crm/offer"
	"github.com/meguri-crm/meguri/db"
)

// Pauses between two tries to write outcomes down.
const recordAgain, recordAgainMost = 100 * time.Millisecond, 2 * time.Second

// record writes the outcomes of a batch with their figures, events and
// suppressions in one transaction. Outcomes are dear: without them mails go out
// twice. It therefore goes on for as long as the database is away, until ctx
// ends; whoever took the batch over meanwhile keeps it.
func (e *Engine) record(ctx context.Context, d delivery, results []result) error {
	pause := recordAgain
	for {
		err := e.recordOnce(ctx, d, results)
		if err == nil || ctx.Err() != nil || !fault.Is(db.Fault(err), fault.Unavailable) {
			return err
		}
		e.Log.WarnContext(ctx, "the outcomes of a batch wait for the database", "delivery", d.ID, "messages", len(results), "error", err)
		sleep(ctx, pause)
		pause = min(2*pause, recordAgainMost)
	}
}

func (e *Engine) recordOnce(ctx context.Context, d delivery, results []result) error {
	notified := func() {}
	err := db.RunInTx(ctx, e.DB, func(ctx context.Context, tx db.Tx) error {
		now := e.Clock.Now()
		applied, err := e.updateMessages(ctx, tx, d, results, now)
		if err != nil {
			return err
		}
		if err := e.suppress(ctx, tx, applied, now); err != nil {
			return err
		}
		if err := sentEvents(ctx, tx, d, applied, now); err != nil {
			return err
		}
		if err := e.releaseCodes(ctx, tx, d, applied); err != nil {
			return err
		}
		if err := e.writePauses(ctx, tx, applied); err != nil {
			return err
		}
		if err := outcomeFigures(d, applied, now).write(ctx, tx); err != nil {
			return err
		}
		notified, err = e.notices.inTx(ctx, tx, d.CampaignID)
		return err
	})
	if err == nil {
		notified()
	}
	return err
}

// updateMessagesSQL locks the messages in the order in which facts and
// conversions lock them too, so that none of them deadlocks with another: that
// of the arrays. The subquery with its OFFSET is a fence: while a campaign runs,
// statistics know nothing of its delivery yet, and without the fence the planner
// would rather read all that wait in it, for each batch, than look up the key.
const updateMessagesSQL = `
WITH mine AS MATERIALIZED (
    SELECT v.* FROM unnest($5::bigint[], $6::text[], $7::text[], $8::text[], $9::text[], $10::boolean[], $11::int[], $12::float8[], $13::int[])
      AS v (customer_id, status, reason, reply, findings, uncertain, untried, retry, attempts)
    CROSS JOIN LATERAL (
        SELECT status, lease_owner, attempts FROM messages
        WHERE customer_id = v.customer_id AND delivery_id = $1 AND delivery_month = $2 OFFSET 0 FOR UPDATE
    ) m
    WHERE m.status = 'SENDING' AND m.lease_owner = $3 AND m.attempts = v.attempts
)
UPDATE messages m
SET status = v.status, reason = v.reason, smtp_reply = v.reply, findings = coalesce(nullif(v.findings, '')::jsonb, m.findings),
    uncertain = v.uncertain, attempts = m.attempts - v.untried, lease_owner = NULL,
    due_at = CASE WHEN v.status = 'QUEUED' THEN now() + v.retry * interval '1 second' END,
    sent_at = CASE WHEN v.status IN ('SENT', 'UNCERTAIN') THEN $4 ELSE m.sent_at END,
    bounced_at = CASE WHEN v.status = 'BOUNCED' THEN $4 ELSE m.bounced_at END
FROM mine v
WHERE m.customer_id = v.customer_id AND m.delivery_id = $1 AND m.delivery_month = $2
RETURNING m.customer_id`

// updateMessages answers with the results that held: a batch whose lease has
// ended belongs to somebody else, who will bring its outcome.
func (e *Engine) updateMessages(ctx context.Context, tx db.Tx, d delivery, results []result, now time.Time) ([]result, error) {
	slices.SortFunc(results, func(a, b result) int { return cmp.Compare(a.CustomerID, b.CustomerID) })
	n := len(results)
	customers, statuses, reasons, replies, findings := make([]int64, n), make([]string, n), make([]string, n), make([]string, n), make([]string, n)
	uncertain, untried, attempts, retries := make([]bool, n), make([]int, n), make([]int, n), make([]float64, n)
	for i, r := range results {
		customers[i], statuses[i], reasons[i], replies[i], findings[i] = r.CustomerID, string(r.Status), r.Reason, r.Reply, r.Findings
		uncertain[i], attempts[i], retries[i] = r.Uncertain, r.Attempts, r.Retry.Seconds()
		if r.Untried {
			untried[i] = 1
		}
	}
	updated, err := db.Prepared(ctx, tx, pgx.RowTo[int64], updateMessagesSQL, d.ID, d.DeliveryMonth, e.Owner, now,
		customers, statuses, reasons, replies, findings, uncertain, untried, retries, attempts)
	if err != nil {
		return nil, err
	}
	held := make(map[int64]bool, n)
	for _, customer := range updated {
		held[customer] = true
	}
	return slices.DeleteFunc(slices.Clone(results), func(r result) bool { return !held[r.CustomerID] }), nil
}

// suppress keeps addresses without a mailbox from being written to again. It
// outweighs an opt-out, which is kept beside it: a later consent makes no
// mailbox.
func (e *Engine) suppress(ctx context.Context, tx bun.IDB, results []result, now time.Time) error {
	var hashes [][]byte
	var customers []int64
	var replies []string
	for _, r := range results {
		if r.Address != "" {
			_, status, _ := strings.Cut(r.Reply, " ")
			hashes, customers, replies = append(hashes, message.AddressHash(r.Address)), append(customers, r.CustomerID), append(replies, status)
		}
	}
	if len(hashes) == 0 {
		return nil
	}
	_, err := tx.NewRaw(`
		INSERT INTO suppressions (channel, value_hash, reason, at, source, customer_id, status)
		SELECT DISTINCT ON (hash) ?, hash, 'HARD_BOUNCE', ?::timestamptz, 'smtp', customer, status FROM unnest(?::bytea[], ?::bigint[], ?::text[]) AS v (hash, customer, status)
		ON CONFLICT (channel, value_hash) DO UPDATE SET reason = excluded.reason, at = excluded.at, source = excluded.source,
			customer_id = excluded.customer_id, status = excluded.status, import_id = NULL WHERE suppressions.reason = 'OPT_OUT'`,
		mail, now, pgdialect.Array(hashes), pgdialect.Array(customers), pgdialect.Array(replies)).Exec(ctx)
	return db.Fault(err)
}

// sentEvents put what was sent, and what was withheld at the last moment, on the
// customers' timelines.
func sentEvents(ctx context.Context, tx bun.IDB, d delivery, results []result, now time.Time) error {
	var events []event.Event
	for _, r := range results {
		if r.Status == MessageSent || r.Status == MessageUncertain {
			events = append(events, messageEvent(EventSent, r.CustomerID, r.ID, d, r.Mall, now))
		}
		if r.Status == MessageSuppressed {
			events = append(events, withheld(r.CustomerID, r.ID, d, r.Mall, r.Reason, now))
		}
	}
	return event.Append(ctx, tx, events...)
}

// releaseCodes gives the pool codes of messages that never went out back.
func (e *Engine) releaseCodes(ctx context.Context, tx bun.IDB, d delivery, results []result) error {
	unused := map[int64][]string{}
	for _, r := range results {
		if r.OfferCode != "" && !r.Uncertain && (r.Status == MessageSuppressed || r.Status == MessageCancelled) {
			unused[r.VariantID] = append(unused[r.VariantID], r.OfferCode)
		}
	}
	if len(unused) == 0 {
		return nil
	}
	p, err := e.prepare(ctx, d.ID)
	if err != nil {
		return err
	}
	for i := range p.content.Variants {
		v := &p.content.Variants[i]
		if codes := unused[v.ID]; len(codes) > 0 && v.pooled() {
			if err := offer.Release(ctx, tx, v.Offer.ID, codes); err != nil {
				return err
			}
		}
	}
	return nil
}

// outcomeFigures moves messages from Queued to what became of them.
func outcomeFigures(d delivery, results []result, now time.Time) *tally {
	t := newTally()
	for _, r := range results {
		p := place{d.CampaignID, d.ID, r.VariantID, r.Mall}
		if r.Status == MessageQueued {
			continue
		}
		t.add(p, Queued, "", -1)
		switch r.Status {
		case MessageSent:
			t.addAt(p, Sent, now, 1)
		case MessageUncertain:
			t.addAt(p, Sent, now, 1)
			t.add(p, Uncertain, "", 1)
		case MessageSuppressed:
			t.add(p, Suppressed, r.Reason, 1)
		case MessageBounced:
			t.add(p, Bounced, BounceRefused, 1)
			t.minute(p, Bounced, now, 1) // what BounceJump watches
		case MessageCancelled:
			t.add(p, Cancelled, "", 1)
		default:
			t.add(p, Failed, "", 1)
		}
	}
	return t
}

// sleep waits for d, or less when ctx ends.
func sleep(ctx context.Context, d time.Duration) {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
	case <-timer.C:
	}
}
