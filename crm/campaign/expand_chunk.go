package campaign

import (
	"cmp"
	"context"
	"encoding/json"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/uptrace/bun"

	"github.com/meguri-crm/meguri/crm/event"
	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/crm/offer"
	"github.com/meguri-crm/meguri/db"
)

// reasonNoCode refuses a customer for whom the pool has no code left.
const reasonNoCode = "NO_CODE_LEFT"

// verdict is what becomes of one recipient when the audience is expanded.
type verdict struct {
	recipient
	Code   string // of the offer
	Status MessageStatus
	Why    string // SUPPRESSED: the first reason
}

// expandChunk writes one message per customer with what is decided for him,
// hands out codes, counts, and moves expanded_to, all in tx.
func (e *Engine) expandChunk(ctx context.Context, tx db.Tx, row *db.Delivery, content *Snapshot, members []member) error {
	if err := waitForOthers(ctx, tx, content); err != nil {
		return err
	}
	now, upTo := e.Clock.Now(), members[len(members)-1].CustomerID
	members, err := survivors(ctx, tx, members)
	if err != nil {
		return err
	}
	recipients, err := judge(ctx, tx, e.Gate, content, members, now)
	if err != nil {
		return err
	}
	verdicts, err := decide(ctx, tx, recipients)
	if err != nil {
		return err
	}
	written, err := writeMessages(ctx, tx, row, content, verdicts, now)
	if err != nil {
		return err
	}
	if err := e.issueCodes(ctx, tx, verdicts, written); err != nil {
		return err
	}
	if err := withheldEvents(ctx, tx, row, verdicts, written, now); err != nil {
		return err
	}
	row.ExpandedTo = upTo
	if err := saveDelivery(ctx, tx, row, "expanded_to"); err != nil {
		return err
	}
	return expandFigures(row, verdicts, written).write(ctx, tx)
}

// written is a message that holds what was decided for its customer.
type written struct {
	ID int64
	// Was is where it was counted as refused for want of a code; nil: nowhere,
	// because it is new.
	Was *place
}

// writeMessages answers with the messages by customer: new ones or, of the rest,
// those that told of a missing code.
func writeMessages(ctx context.Context, tx db.Tx, row *db.Delivery, content *Snapshot, verdicts []verdict, now time.Time) (map[int64]written, error) {
	if row.Rest {
		return reviseMessages(ctx, tx, row, content, verdicts)
	}
	return insertMessages(ctx, tx, row, content, verdicts, now)
}

// withheldEvents put what was not sent, and why, on the customers' timelines.
func withheldEvents(ctx context.Context, tx db.Tx, row *db.Delivery, verdicts []verdict, messages map[int64]written, now time.Time) error {
	d := delivery{ID: row.ID, CampaignID: *row.CampaignID}
	var events []event.Event
	for _, v := range verdicts {
		m, ok := messages[v.CustomerID]
		told := m.Was != nil && v.Why == reasonNoCode
		if !ok || told || v.Status == MessageQueued {
			continue
		}
		events = append(events, withheld(v.CustomerID, m.ID, d, v.Variant.Mall, cmp.Or(v.Why, string(MessageHeldOut)), now))
	}
	return event.Append(ctx, tx, events...)
}

func withheld(customerID, messageID int64, d delivery, mall, reason string, at time.Time) event.Event {
	e := messageEvent(EventWithheld, customerID, messageID, d, mall, at)
	e.Data = eventData{CampaignID: d.CampaignID, DeliveryID: d.ID, Mall: mall, Reason: reason}
	return e
}

// expandKey is the advisory lock of chunks ("expd" in ASCII).
const expandKey = 0x65787064

// waitForOthers lets a chunk that asks who is about to get another campaign see
// all that other chunks, of any process, have decided; others do not wait for
// one another.
func waitForOthers(ctx context.Context, tx bun.IDB, content *Snapshot) error {
	lock := `SELECT pg_advisory_xact_lock_shared(?)`
	if content.FrequencyDays > 0 {
		lock = `SELECT pg_advisory_xact_lock(?)`
	}
	_, err := tx.NewRaw(lock, expandKey).Exec(ctx)
	return db.Fault(err)
}

func expandFigures(row *db.Delivery, verdicts []verdict, messages map[int64]written) *tally {
	t := newTally()
	for _, v := range verdicts {
		m, ok := messages[v.CustomerID]
		if !ok {
			continue
		}
		if m.Was != nil {
			t.add(*m.Was, Audience, "", -1)
			t.add(*m.Was, Suppressed, reasonNoCode, -1)
		}
		p := place{*row.CampaignID, row.ID, v.Variant.ID, v.Variant.Mall}
		t.add(p, Audience, "", 1)
		switch v.Status {
		case MessageSuppressed:
			t.add(p, Suppressed, v.Why, 1)
		case MessageHeldOut:
			t.add(p, HeldOut, "", 1)
		default:
			t.add(p, Treated, "", 1)
			t.add(p, Queued, "", 1)
		}
	}
	return t
}

// decide finds a code for each recipient who is to be written to: his own from
// the pool, or the shared one. Where a pool runs dry, those behind the last code
// are refused, also those who would have been held out: who could not have got
// a mail is no measure for those who did.
func decide(ctx context.Context, tx bun.IDB, recipients []recipient) ([]verdict, error) {
	verdicts := make([]verdict, len(recipients))
	pools := map[*SnapshotVariant][]int{}
	for i, r := range recipients {
		v := verdict{recipient: r, Status: MessageQueued, Why: r.refusal()}
		switch {
		case v.Why != "":
			v.Status = MessageSuppressed
		case r.Variant.pooled():
			pools[r.Variant] = append(pools[r.Variant], i)
		case !r.HeldOut:
			v.Code = r.Variant.sharedCode()
		}
		if v.Status == MessageQueued && r.HeldOut {
			v.Status = MessageHeldOut
		}
		verdicts[i] = v
	}
	for variant, places := range pools {
		if err := handOut(ctx, tx, variant, verdicts, places); err != nil {
			return nil, err
		}
	}
	return verdicts, nil
}

// handOut gives the codes of a pool to the places of one variant, in order.
func handOut(ctx context.Context, tx bun.IDB, variant *SnapshotVariant, verdicts []verdict, places []int) error {
	wanted := 0
	for _, i := range places {
		if !verdicts[i].HeldOut {
			wanted++
		}
	}
	codes, err := offer.Take(ctx, tx, variant.Offer.ID, wanted)
	if err != nil {
		return err
	}
	dry := false
	for _, i := range places {
		v := &verdicts[i]
		dry = dry || !v.HeldOut && len(codes) == 0
		switch {
		case dry:
			v.Status, v.Why, v.HeldOut = MessageSuppressed, reasonNoCode, false
		case !v.HeldOut:
			v.Code, codes = codes[0], codes[1:]
		}
	}
	return nil
}

const insertMessagesSQL = `
INSERT INTO messages (customer_id, delivery_id, delivery_month, campaign_id, variant_id, mall, origin_shop_id, origin_mall, status, reason, reason_ref, findings, offer_code, in_trial, due_at, created_at)
SELECT v.customer_id, $1, $2, $3, v.variant_id, v.mall, nullif(v.origin_shop_id, 0), v.origin_mall,
       v.status, v.reason, nullif(v.reason_ref, 0), nullif(v.findings, '')::jsonb, v.offer_code, $5::boolean AND v.status IN ('QUEUED', 'HELD_OUT'),
       CASE WHEN v.status = 'QUEUED' THEN now() END, $4
FROM unnest($6::bigint[], $7::bigint[], $8::text[], $9::bigint[], $10::text[], $11::text[], $12::text[], $13::bigint[], $14::text[], $15::text[])
  AS v (customer_id, variant_id, mall, origin_shop_id, origin_mall, status, reason, reason_ref, findings, offer_code)
ON CONFLICT DO NOTHING
RETURNING customer_id, id`

// insertMessages leaves out who has a message of this delivery already, which
// only a merge of customers can bring about.
func insertMessages(ctx context.Context, tx db.Tx, row *db.Delivery, content *Snapshot, verdicts []verdict, now time.Time) (map[int64]written, error) {
	columns, err := columnsOf(verdicts)
	if err != nil {
		return nil, err
	}
	args := append([]any{row.ID, row.DeliveryMonth, *row.CampaignID, now, content.HoldoutRate > 0}, columns...)
	created := make(map[int64]written, len(verdicts))
	err = tx.Pgx(func(p pgx.Tx) error {
		rows, err := p.Query(ctx, insertMessagesSQL, args...)
		if err != nil {
			return err
		}
		var customer, id int64
		_, err = pgx.ForEachRow(rows, []any{&customer, &id}, func() error {
			created[customer] = written{ID: id}
			return nil
		})
		return err
	})
	return created, db.Fault(err)
}

// columnsOf is what was decided, as one array for each column that it fills.
func columnsOf(verdicts []verdict) ([]any, error) {
	n := len(verdicts)
	customers, variants, origins, refs := make([]int64, n), make([]int64, n), make([]int64, n), make([]int64, n)
	malls, originMalls, statuses, reasons := make([]string, n), make([]string, n), make([]string, n), make([]string, n)
	findings, codes := make([]string, n), make([]string, n)
	for i, v := range verdicts {
		customers[i], variants[i], malls[i] = v.CustomerID, v.Variant.ID, v.Variant.Mall
		origins[i], originMalls[i] = v.OriginShopID, v.OriginMall
		statuses[i], reasons[i], refs[i], codes[i] = string(v.Status), v.Why, v.Ref, v.Code
		if all := v.refusals(); len(all) > 1 {
			listed, err := json.Marshal(all)
			if err != nil {
				return nil, fault.Wrap(fault.Internal, err, "the reasons cannot be kept")
			}
			findings[i] = string(listed)
		}
	}
	return []any{customers, variants, malls, origins, originMalls, statuses, reasons, refs, findings, codes}, nil
}

// issueCodes books the pool codes of the messages that were written.
func (e *Engine) issueCodes(ctx context.Context, tx bun.IDB, verdicts []verdict, messages map[int64]written) error {
	issued := map[int64][]offer.Issued{}
	for _, v := range verdicts {
		m, ok := messages[v.CustomerID]
		if !ok || v.Code == "" || !v.Variant.pooled() {
			continue
		}
		issued[v.Variant.Offer.ID] = append(issued[v.Variant.Offer.ID], offer.Issued{Code: v.Code, CustomerID: v.CustomerID, MessageID: m.ID})
	}
	for offerID, list := range issued {
		if err := e.Offers.Issue(ctx, tx, offerID, list); err != nil {
			return err
		}
	}
	return nil
}
