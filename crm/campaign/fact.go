package campaign

import (
	"cmp"
	"context"
	"encoding/json"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/uptrace/bun"

	"github.com/meguri-crm/meguri/crm/event"
	"github.com/meguri-crm/meguri/crm/live"
	"github.com/meguri-crm/meguri/crm/message/response"
	"github.com/meguri-crm/meguri/db"
)

// The kinds of event on a customer's timeline; RefID is the message.
const (
	EventSent         = "message.sent"
	EventWithheld     = "message.withheld" // he was in the audience and gets nothing; with the reason
	EventOpened       = "message.opened"   // first, and by a person
	EventClicked      = "message.clicked"  // every click of a person
	EventUnsubscribed = "message.unsubscribed"
	EventBounced      = "message.bounced"
	EventComplained   = "message.complained"
)

// Responses books what recipients do with their messages. It is the Recorder of
// crm/message/response.
type Responses struct{}

var _ response.Recorder = Responses{}

// Record books facts in tx: on the message, in the figures, and on the
// customer's timeline. A person counts once for each kind of fact, however often
// it comes and whichever process brings it. A click shows that the mail was
// opened; what a machine did is neither an open nor a click. Facts about
// messages that do not exist are passed over.
func (Responses) Record(ctx context.Context, tx db.Tx, facts []response.Fact) error {
	facts, err := followMerges(ctx, tx, facts)
	if err != nil {
		return err
	}
	firsts, keys := gather(facts)
	if len(keys) == 0 {
		return nil
	}
	news, err := updateResponses(ctx, tx, firsts, keys)
	if err != nil {
		return err
	}
	if err := responseEvents(ctx, tx, facts, news); err != nil {
		return err
	}
	figures := newTally()
	for _, n := range news {
		n.count(figures)
	}
	if err := figures.write(ctx, tx); err != nil {
		return err
	}
	return notifyAll(ctx, tx, figures)
}

// notifyAll wakes the watchers of every campaign whose figures changed.
func notifyAll(ctx context.Context, tx bun.IDB, figures *tally) error {
	for _, id := range figures.campaigns() {
		if err := live.Notify(ctx, tx, live.Campaign, id); err != nil {
			return err
		}
	}
	return nil
}

// messageKey names a message.
type messageKey struct {
	CustomerID, DeliveryID int64
	Month                  time.Time
}

func keyOf(f response.Fact) messageKey {
	return messageKey{f.CustomerID, f.DeliveryID, f.DeliveryMonth.UTC()}
}

// first is the earliest fact of each kind about one message; nil for none.
type first struct{ opened, machine, clicked, unsubscribed, bounced, complained *time.Time }

func earliest(at **time.Time, t time.Time) {
	if *at == nil || t.Before(**at) {
		*at = &t
	}
}

// gather brings facts down to one row per message, in the order in which rows
// are locked everywhere.
func gather(facts []response.Fact) (map[messageKey]*first, []messageKey) {
	firsts := map[messageKey]*first{}
	for _, f := range facts {
		k := keyOf(f)
		if firsts[k] == nil {
			firsts[k] = &first{}
		}
		switch to := firsts[k]; {
		case f.Kind == response.Opened && f.Machine:
			earliest(&to.machine, f.At)
		case f.Kind == response.Opened:
			earliest(&to.opened, f.At)
		case f.Kind == response.Clicked && !f.Machine:
			earliest(&to.clicked, f.At)
			earliest(&to.opened, f.At)
		case f.Kind == response.Unsubscribed:
			earliest(&to.unsubscribed, f.At)
		case f.Kind == response.Bounced:
			earliest(&to.bounced, f.At)
		case f.Kind == response.Complained:
			earliest(&to.complained, f.At)
		}
	}
	keys := make([]messageKey, 0, len(firsts))
	for k, f := range firsts {
		if *f != (first{}) {
			keys = append(keys, k)
		}
	}
	slices.SortFunc(keys, func(a, b messageKey) int {
		return cmp.Or(cmp.Compare(a.CustomerID, b.CustomerID), cmp.Compare(a.DeliveryID, b.DeliveryID))
	})
	return firsts, keys
}

// novelty is what a batch of facts newly says about one message.
type novelty struct {
	CustomerID, DeliveryID, ID, CampaignID, VariantID int64
	Mall                                              string
	Opened, Machine, Clicked, Unsubscribed, Bounced   *time.Time // nil: known before, or not said
	Complained                                        *time.Time
}

func (n novelty) count(t *tally) {
	p := place{n.CampaignID, n.DeliveryID, n.VariantID, n.Mall}
	if n.Opened != nil {
		t.addAt(p, Opened, *n.Opened, 1)
	}
	if n.Machine != nil {
		t.add(p, MachineOpened, "", 1)
	}
	if n.Clicked != nil {
		t.addAt(p, Clicked, *n.Clicked, 1)
	}
	if n.Unsubscribed != nil {
		t.add(p, Unsubscribed, "", 1)
	}
	if n.Bounced != nil {
		t.add(p, Bounced, BounceLater, 1)
	}
	if n.Complained != nil {
		t.add(p, Complained, "", 1)
	}
}

// updateResponsesSQL sets what is not set yet and answers with what it set. The
// rows are locked in key order, that of the arrays, before they are looked at, so
// that of two processes with the same fact one sees the other's. The subquery
// with its OFFSET is a fence, as in updateMessagesSQL: each row is looked up by
// its key whatever the statistics say of its delivery.
const updateResponsesSQL = `
WITH said AS (
    SELECT * FROM unnest($1::bigint[], $2::bigint[], $3::date[], $4::timestamptz[], $5::timestamptz[], $6::timestamptz[], $7::timestamptz[], $8::timestamptz[], $9::timestamptz[])
      AS v (customer_id, delivery_id, delivery_month, opened, machine, clicked, unsubscribed, bounced, complained)
), known AS MATERIALIZED (
    SELECT m.customer_id, m.delivery_id, m.delivery_month,
           CASE WHEN m.opened_at IS NULL THEN said.opened END AS opened, CASE WHEN m.machine_opened_at IS NULL THEN said.machine END AS machine,
           CASE WHEN m.clicked_at IS NULL THEN said.clicked END AS clicked, CASE WHEN m.unsubscribed_at IS NULL THEN said.unsubscribed END AS unsubscribed,
           CASE WHEN m.status IN ('SENT', 'UNCERTAIN') THEN said.bounced END AS bounced,
           CASE WHEN m.complained_at IS NULL THEN said.complained END AS complained
    FROM said CROSS JOIN LATERAL (
        SELECT * FROM messages
        WHERE customer_id = said.customer_id AND delivery_id = said.delivery_id AND delivery_month = said.delivery_month AND campaign_id IS NOT NULL
        OFFSET 0 FOR UPDATE
    ) m
)
UPDATE messages m
SET opened_at = coalesce(m.opened_at, known.opened), machine_opened_at = coalesce(m.machine_opened_at, known.machine),
    clicked_at = coalesce(m.clicked_at, known.clicked), unsubscribed_at = coalesce(m.unsubscribed_at, known.unsubscribed),
    status = CASE WHEN known.bounced IS NULL THEN m.status ELSE 'BOUNCED' END, bounced_at = coalesce(known.bounced, m.bounced_at),
    complained_at = coalesce(m.complained_at, known.complained)
FROM known WHERE m.customer_id = known.customer_id AND m.delivery_id = known.delivery_id AND m.delivery_month = known.delivery_month
RETURNING m.customer_id, m.delivery_id, m.id, m.campaign_id, coalesce(m.variant_id, 0), m.mall,
          known.opened, known.machine, known.clicked, known.unsubscribed, known.bounced, known.complained`

func updateResponses(ctx context.Context, tx db.Tx, firsts map[messageKey]*first, keys []messageKey) (map[messageKey]novelty, error) {
	n := len(keys)
	customers, deliveries, months := make([]int64, n), make([]int64, n), make([]time.Time, n)
	opened, machine, clicked := make([]*time.Time, n), make([]*time.Time, n), make([]*time.Time, n)
	unsubscribed, bounced, complained := make([]*time.Time, n), make([]*time.Time, n), make([]*time.Time, n)
	for i, k := range keys {
		customers[i], deliveries[i], months[i] = k.CustomerID, k.DeliveryID, k.Month
		f := firsts[k]
		opened[i], machine[i], clicked[i] = f.opened, f.machine, f.clicked
		unsubscribed[i], bounced[i], complained[i] = f.unsubscribed, f.bounced, f.complained
	}
	news := make(map[messageKey]novelty, n)
	list, err := db.Prepared(ctx, tx, pgx.RowToStructByPos[novelty], updateResponsesSQL,
		customers, deliveries, months, opened, machine, clicked, unsubscribed, bounced, complained)
	for _, found := range list {
		news[messageKey{found.CustomerID, found.DeliveryID, time.Time{}}] = found
	}
	return news, err
}

// responseEvents put first opens, unsubscribes and bounces, and every click of a
// person, on the timelines. Conversions are found by the clicks: the last one
// before an order counts.
func responseEvents(ctx context.Context, tx bun.IDB, facts []response.Fact, news map[messageKey]novelty) error {
	var events []event.Event
	for _, f := range facts {
		n, ok := news[messageKey{f.CustomerID, f.DeliveryID, time.Time{}}]
		if ok && f.Kind == response.Clicked && !f.Machine {
			events = append(events, n.event(EventClicked, f.At, &f.Position))
		}
	}
	for _, n := range news {
		if n.Opened != nil && n.Clicked == nil {
			events = append(events, n.event(EventOpened, *n.Opened, nil))
		}
		if n.Unsubscribed != nil {
			events = append(events, n.event(EventUnsubscribed, *n.Unsubscribed, nil))
		}
		if n.Bounced != nil {
			events = append(events, n.event(EventBounced, *n.Bounced, nil))
		}
		if n.Complained != nil {
			events = append(events, n.event(EventComplained, *n.Complained, nil))
		}
	}
	return event.Append(ctx, tx, events...)
}

func (n novelty) event(kind string, at time.Time, position *int) event.Event {
	e := messageEvent(kind, n.CustomerID, n.ID, delivery{ID: n.DeliveryID, CampaignID: n.CampaignID}, n.Mall, at)
	e.Data = eventData{CampaignID: n.CampaignID, DeliveryID: n.DeliveryID, Mall: n.Mall, Position: position}
	return e
}

// eventData is what the events of messages hold.
type eventData struct {
	CampaignID int64  `json:"campaignId"`
	DeliveryID int64  `json:"deliveryId"`
	Mall       string `json:"mall"`               // destination
	Position   *int   `json:"position,omitempty"` // of the link that was clicked
	Reason     string `json:"reason,omitempty"`   // why nothing came: as that of the message, or HELD_OUT
}

// OfEvent is the campaign that an event of a message tells of; nil when it tells of none.
func OfEvent(data json.RawMessage) *int64 {
	var told eventData
	if json.Unmarshal(data, &told) != nil || told.CampaignID == 0 {
		return nil
	}
	return &told.CampaignID
}

// messageEvent is an event that speaks of one message.
func messageEvent(kind string, customerID, messageID int64, d delivery, mall string, at time.Time) event.Event {
	return event.Event{
		CustomerID: customerID, OccurredAt: at, Kind: kind, RefID: messageID,
		Data: eventData{CampaignID: d.CampaignID, DeliveryID: d.ID, Mall: mall},
	}
}
