package customer

import (
	"context"
	"time"

	"github.com/uptrace/bun/dialect/pgdialect"

	"github.com/meguri-crm/meguri/crm/event"
	"github.com/meguri-crm/meguri/db"
)

// ImportedWord is what a file of customers says about being written to.
type ImportedWord struct {
	CustomerID int64
	Channel    string // MAIL, SMS, POSTAL …
	Given      bool
	At         time.Time // zero: the file does not say when
	Line       int64     // of the file
}

// Imported is where imported words come from.
type Imported struct {
	ImportID int64
	ShopID   int64  // whose consent it is
	Wording  string // what was agreed to
	At       time.Time
}

// RecordImported adds the words of a batch of rows that say something new, and
// returns whose they are. A file never speaks louder than the customer: a
// consent without a date counts only where nothing was said yet, one with a
// date only when it is newer, and a "no" only where a consent is in force. The
// evidence of each word is the import and the line.
func RecordImported(ctx context.Context, tx db.Tx, from Imported, words []ImportedWord) (said []int64, err error) {
	if len(words) == 0 {
		return nil, nil
	}
	var customers, lines []int64
	var channels, states []string
	var times []*time.Time
	for _, w := range words {
		customers, lines, channels = append(customers, w.CustomerID), append(lines, w.Line), append(channels, w.Channel)
		state, at := Withdrawn, (*time.Time)(nil)
		if w.Given {
			state = Given
		}
		if !w.At.IsZero() && !w.At.After(from.At) {
			at = &w.At
		}
		states, times = append(states, state), append(times, at)
	}
	var rows []db.Consent
	err = tx.NewRaw(`INSERT INTO consents (customer_id, channel, state, origin_shop_id, occurred_at, method, wording, evidence, recorded_at)
		SELECT customer_id, channel, state, ?0, coalesce(at, ?1), 'IMPORT', CASE state WHEN 'GIVEN' THEN ?2 ELSE '' END,
			jsonb_build_object('import', ?3::bigint, 'line', line, 'dated', at IS NOT NULL), ?1
		FROM (SELECT DISTINCT ON (customer_id, channel) * FROM unnest(?4::bigint[], ?5::text[], ?6::text[], ?7::timestamptz[], ?8::bigint[])
			AS w (customer_id, channel, state, at, line) ORDER BY customer_id, channel, at DESC NULLS LAST, line DESC) w
		LEFT JOIN LATERAL (
			SELECT state AS was, occurred_at FROM consents c
			WHERE c.customer_id = w.customer_id AND c.channel = w.channel AND c.purpose = 'MARKETING' AND c.origin_shop_id = ?0
			ORDER BY occurred_at DESC, id DESC LIMIT 1) c ON true
		WHERE CASE WHEN c.was IS NULL THEN state = 'GIVEN'
			WHEN c.was = state THEN false
			WHEN at IS NULL THEN state = 'WITHDRAWN'
			ELSE at > c.occurred_at END
		RETURNING *`, from.ShopID, from.At, from.Wording, from.ImportID, pgdialect.Array(customers), pgdialect.Array(channels),
		pgdialect.Array(states), pgdialect.Array(times), pgdialect.Array(lines)).Scan(ctx, &rows)
	if err != nil {
		return nil, db.Fault(err)
	}
	for _, r := range rows {
		said = append(said, r.CustomerID)
	}
	return said, event.Append(ctx, tx, consentEvents(rows)...)
}

func consentEvents(rows []db.Consent) []event.Event {
	events := make([]event.Event, len(rows))
	for i, r := range rows {
		kind := event.ConsentGiven
		if r.State == Withdrawn {
			kind = event.ConsentDropped
		}
		events[i] = event.Event{
			CustomerID: r.CustomerID, OccurredAt: r.OccurredAt, Kind: kind, ShopID: r.OriginShopID, RefID: r.ID,
			Data: map[string]any{"channel": r.Channel, "method": r.Method},
		}
	}
	return events
}

// ofImport selects the consents in force that an import (?1) brought.
const ofImport = `SELECT c.* FROM consents c WHERE c.evidence->>'import' = (?1)::text AND c.state = 'GIVEN'
	AND NOT EXISTS (SELECT FROM consents n WHERE n.customer_id = c.customer_id AND n.channel = c.channel AND n.purpose = c.purpose
		AND n.origin_shop_id = c.origin_shop_id AND (n.occurred_at, n.id) > (c.occurred_at, c.id))`

// whoTheyAre selects these customers (?0, a query of customer_id) and whom they
// were merged into: a consent moves with its customer.
const whoTheyAre = `WITH RECURSIVE who (customer_id) AS (SELECT customer_id FROM (?0) these
	UNION SELECT c.merged_into FROM who JOIN customers c ON c.id = who.customer_id WHERE c.merged_into IS NOT NULL)`

// TakeBackConsents withdraws the consents of an import that are still in force,
// on these customers or on whom they were merged into. What was recorded stays,
// as the law asks: a word is answered, never removed.
func TakeBackConsents(ctx context.Context, tx db.Tx, importID int64, customerIDs []int64, now time.Time) error {
	var rows []db.Consent
	err := tx.NewRaw(`INSERT INTO consents (customer_id, channel, purpose, state, origin_shop_id, occurred_at, method, evidence, recorded_at)
		`+whoTheyAre+`
		SELECT customer_id, channel, purpose, 'WITHDRAWN', origin_shop_id, greatest(?2, occurred_at), 'IMPORT', jsonb_build_object('undoneImport', ?1::bigint), ?2
		FROM (`+ofImport+` AND c.customer_id IN (SELECT customer_id FROM who)) mine RETURNING *`,
		tx.NewRaw("SELECT unnest(?::bigint[]) AS customer_id", pgdialect.Array(customerIDs)), importID, now).Scan(ctx, &rows)
	if err != nil {
		return db.Fault(err)
	}
	return event.Append(ctx, tx, consentEvents(rows)...)
}
