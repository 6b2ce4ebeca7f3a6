package customer

import (
	"cmp"
	"context"

	"github.com/uptrace/bun"
	"github.com/uptrace/bun/dialect/pgdialect"

	"github.com/meguri-crm/meguri/db"
)

// belonging is a table whose rows go with their customer. What is worked out
// from rows (rollups) or booked (points, stages) is not moved but follows.
type belonging struct {
	table string
	id    string // the column that an undo knows a row by
	whose string // the column that names the customer; "": customer_id
	// left says which rows stay under the old id: those the survivor has the like
	// of already, o, and those a worker has in hand, which Settle fetches later.
	left string
	// order says that rows hang on orders by order_id and go where their order goes.
	order bool
}

// belongings are all of them; a test holds the list against the schema.
var belongings = []belonging{
	{table: "orders", id: "id"},
	{table: "order_lines", id: "order_id", order: true},
	{table: "order_keys", id: "order_id", order: true},
	{table: "conversions", id: "order_id", order: true},
	{table: "trial_orders", id: "order_id", order: true},
	{table: "identities", id: "id", left: `EXISTS (SELECT FROM identities o WHERE o.customer_id = ?0 AND (o.shop_id, o.kind, o.value) = (t.shop_id, t.kind, t.value))`},
	{table: "consents", id: "id"},
	{table: "events", id: "id"},
	{table: "messages", id: "id", left: `t.status = 'SENDING' OR EXISTS (SELECT FROM messages o WHERE o.customer_id = ?0 AND (o.delivery_id, o.delivery_month) = (t.delivery_id, t.delivery_month))`},
	{table: "bounces", id: "id"},
	{table: "suppressions", id: "id"},
	{table: "sign_ups", id: "id"},
	{table: "privacy_requests", id: "id", left: `t.status NOT IN ('DONE', 'REFUSED') AND EXISTS (SELECT FROM privacy_requests o
		WHERE o.customer_id = ?0 AND o.kind = t.kind AND o.status NOT IN ('DONE', 'REFUSED'))`},
	{table: "contact_wishes", id: "id", left: `EXISTS (SELECT FROM contact_wishes o WHERE o.customer_id = ?0 AND o.channel = t.channel)`},
	{table: "offer_codes", id: "message_id", left: `t.message_id IS NULL`},
	{table: "reward_exchanges", id: "id"},
	{table: "member_offers", id: "offer_id", left: `EXISTS (SELECT FROM member_offers o WHERE o.customer_id = ?0 AND o.offer_id = t.offer_id)`},
	{table: "customer_taggings", id: "tag_id", left: `EXISTS (SELECT FROM customer_taggings o WHERE o.customer_id = ?0 AND o.tag_id = t.tag_id)`},
	{table: "customer_notes", id: "id"},
	{table: "customer_note_versions", id: "id"},
	{table: "customer_note_pins", id: "note_id", left: `EXISTS (SELECT FROM customer_note_pins o WHERE o.customer_id = ?0)`},
	{table: "property_values", id: "property_id", left: `EXISTS (SELECT FROM property_values o WHERE o.customer_id = ?0 AND o.property_id = t.property_id)`},
	{table: "app_installs", id: "id"},
	{table: "mail_changes", id: "id"},
	{table: "referrals", id: "id", left: `EXISTS (SELECT FROM referrals o WHERE o.customer_id = ?0)`},
	{table: "referrals", id: "id", whose: "referrer_id"},
	{table: "earn_uses", id: "id", left: `EXISTS (SELECT FROM earn_uses o WHERE o.customer_id = ?0 AND (o.rule_id, o.source) = (t.rule_id, t.source))`},
	{table: "segment_members", id: "segment_id", left: `EXISTS (SELECT FROM segment_members o WHERE o.customer_id = ?0 AND o.segment_id = t.segment_id)`},
	{table: "segment_picks", id: "segment_id", left: `EXISTS (SELECT FROM segment_picks o WHERE o.customer_id = ?0 AND o.segment_id = t.segment_id)`},
}

// column is the one that names the customer.
func (b belonging) column() string { return cmp.Or(b.whose, "customer_id") }

// noun is under what a merge keeps which rows it moved.
func (b belonging) noun() string {
	if b.whose == "" {
		return b.table
	}
	return b.table + "." + b.whose
}

// moveRows gives the survivor the rows of the other and keeps which they were.
// It may be called again, for rows that were written under the old id since.
func (m *merging) moveRows(ctx context.Context) error {
	for _, b := range belongings {
		left := ""
		if b.left != "" {
			left = " AND NOT (" + b.left + ")"
		}
		_, err := m.tx.NewRaw(`WITH moved AS (
				UPDATE `+b.table+` t SET `+b.column()+` = ?0 WHERE t.`+b.column()+` = ?1`+left+` RETURNING t.`+b.id+` AS id)
			INSERT INTO customer_merge_rows AS r (customer_id, merge_id, noun, ids)
			SELECT ?0, ?2, ?3, array_agg(DISTINCT id) FROM moved HAVING count(*) > 0
			ON CONFLICT (customer_id, merge_id, noun) DO UPDATE SET ids = r.ids || excluded.ids`,
			m.stay.ID, m.gone.ID, m.row.ID, b.noun()).Exec(ctx)
		if err != nil {
			return db.Fault(err)
		}
	}
	orders, err := m.moved(ctx, "orders")
	m.row.OrdersCount = len(orders)
	return err
}

// moved are the rows of a noun that the merge has moved.
func (m *merging) moved(ctx context.Context, noun string) (ids []int64, err error) {
	err = m.tx.NewRaw(`SELECT unnest(ids) FROM customer_merge_rows WHERE customer_id = ? AND merge_id = ? AND noun = ?`,
		m.stay.ID, m.row.ID, noun).Scan(ctx, &ids)
	return ids, db.Fault(err)
}

// ownIdentities is the noun under which a merge keeps which identities were the
// survivor's own: an undo must not take those for the other's.
const ownIdentities = "identities of the survivor"

// moveKeys makes the survivor known by the keys of the other.
func (m *merging) moveKeys(ctx context.Context) error {
	_, err := m.tx.NewRaw(`INSERT INTO customer_merge_rows (customer_id, merge_id, noun, ids)
		SELECT ?0, ?1, ?2, coalesce(array_agg(id), '{}') FROM identities WHERE customer_id = ?0`, m.stay.ID, m.row.ID, ownIdentities).Exec(ctx)
	if err != nil {
		return db.Fault(err)
	}
	_, err = m.tx.NewRaw(`WITH moved AS (
			UPDATE identity_keys SET customer_id = ?0 WHERE customer_id = ?1 RETURNING kind, shop_id, value)
		INSERT INTO customer_merge_keys (customer_id, merge_id, kind, shop_id, value)
		SELECT ?0, ?2, kind, shop_id, value FROM moved`, m.stay.ID, m.gone.ID, m.row.ID).Exec(ctx)
	return db.Fault(err)
}

// putBack gives the rows that the merge moved back, and with them those of
// orders that came later.
func (m *merging) putBack(ctx context.Context, later []int64) error {
	for _, b := range belongings {
		ids, err := m.moved(ctx, b.noun())
		if err != nil {
			return err
		}
		if b.order || b.table == "orders" {
			ids = append(ids, later...)
		}
		if err := m.give(ctx, b, ids); err != nil {
			return err
		}
	}
	_, err := m.tx.NewRaw("UPDATE events SET customer_id = ? WHERE customer_id = ? AND kind LIKE 'order.%' AND ref_id = ANY (?::bigint[])",
		m.gone.ID, m.stay.ID, pgdialect.Array(later)).Exec(ctx)
	return db.Fault(err)
}

// give hands rows of the survivor to the one who leaves. What a worker has in
// hand stays where it is.
func (m *merging) give(ctx context.Context, b belonging, ids []int64) error {
	if len(ids) == 0 {
		return nil
	}
	q := m.tx.NewUpdate().TableExpr(b.table+" AS t").Set("? = ?", bun.Ident(b.column()), m.gone.ID).
		Where("t.? = ?", bun.Ident(b.column()), m.stay.ID).Where("t.? = ANY (?::bigint[])", bun.Ident(b.id), pgdialect.Array(ids))
	if b.table == "messages" {
		q.Where("t.status <> 'SENDING'")
	}
	_, err := q.Exec(ctx)
	return db.Fault(err)
}
