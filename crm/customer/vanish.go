package customer

import (
	"context"
	"time"

	"github.com/uptrace/bun"
	"github.com/uptrace/bun/dialect/pgdialect"

	"github.com/meguri-crm/meguri/db"
)

// onlyOf is the condition that nothing but one import (?1), and others that are
// undone, knows of customer c: nobody enrolled, wrote to, edited or merged them,
// nor
// took down a consent or a property.
const onlyOf = `NOT c.anonymous AND c.member_since IS NULL AND c.merged_into IS NULL
	AND NOT EXISTS (SELECT FROM customer_merges m WHERE c.id IN (m.customer_id, m.merged_id))
	AND NOT EXISTS (SELECT FROM consents s WHERE s.customer_id = c.id)
	AND NOT EXISTS (SELECT FROM property_values v WHERE v.customer_id = c.id AND v.import_id IS DISTINCT FROM ?1)
	AND NOT EXISTS (SELECT FROM customer_taggings t WHERE t.customer_id = c.id)
	AND NOT EXISTS (SELECT FROM point_bookings p WHERE p.customer_id = c.id)
	AND NOT EXISTS (SELECT FROM messages m WHERE m.customer_id = c.id)
	AND NOT EXISTS (SELECT FROM audit_log a WHERE a.object_kind = 'Customer' AND a.object_id = c.id)
	AND NOT EXISTS (SELECT FROM identities i WHERE i.customer_id = c.id AND i.import_id IS DISTINCT FROM ?1
		AND NOT EXISTS (SELECT FROM imports u WHERE u.id = i.import_id AND u.mode = 'UNDO'))`

// vanishing are the tables that may have rows of a customer of whom nothing is
// known; a test holds the list against the schema.
var vanishing = []string{
	"identity_keys", "identities", "customer_mall_stats", "customer_stats", "segment_members", "segment_picks", "member_stages", "point_accounts",
	"delivery_audience", "household_members", "contact_wishes", "app_installs", "mail_changes",
}

// Vanish removes, in a transaction that holds Together, those of these customers who came with an import and of whom
// nothing else is known, and returns them. It is the undoing of Assign.
func Vanish(ctx context.Context, tx bun.IDB, importID int64, customerIDs []int64) (gone []int64, err error) {
	if len(customerIDs) == 0 {
		return nil, nil
	}
	err = tx.NewRaw(`SELECT c.id FROM customers c WHERE c.id = ANY (?0::bigint[]) AND `+onlyOf+`
	AND NOT EXISTS (SELECT FROM orders o WHERE o.customer_id = c.id)
	AND NOT EXISTS (SELECT FROM events e WHERE e.customer_id = c.id)
	ORDER BY c.id FOR UPDATE OF c`, pgdialect.Array(customerIDs), importID).Scan(ctx, &gone)
	if err != nil || len(gone) == 0 {
		return nil, db.Fault(err)
	}
	for _, table := range vanishing {
		if _, err := tx.NewRaw("DELETE FROM ? WHERE customer_id = ANY (?::bigint[])", bun.Ident(table), pgdialect.Array(gone)).Exec(ctx); err != nil {
			return nil, db.Fault(err)
		}
	}
	if err := dropPairs(ctx, tx, gone); err != nil {
		return nil, err
	}
	_, err = tx.NewRaw("DELETE FROM customers WHERE id = ANY (?::bigint[])", pgdialect.Array(gone)).Exec(ctx)
	return gone, db.Fault(err)
}

// dropPairs removes the pairs of customers, and parts their households.
func dropPairs(ctx context.Context, tx bun.IDB, gone []int64) error {
	var left []int64
	err := tx.NewRaw(`WITH dropped AS (
			DELETE FROM identity_candidates WHERE customer_id = ANY (?0::bigint[]) OR other_id = ANY (?0::bigint[]) RETURNING customer_id, other_id, status, decided_as)
		SELECT customer_id FROM dropped e WHERE `+oneHome+` UNION SELECT other_id FROM dropped e WHERE `+oneHome,
		pgdialect.Array(gone)).Scan(ctx, &left)
	if err != nil || len(left) == 0 {
		return db.Fault(err)
	}
	return regroup(ctx, tx, time.Time{}, left...)
}

// WouldVanish counts the customers of these orders who would vanish when an
// import's orders leave them. orders is a query of the orders' ids, as id.
func WouldVanish(ctx context.Context, idb bun.IDB, importID int64, orders *bun.RawQuery) (int64, error) {
	var n int64
	err := idb.NewRaw(`WITH going AS (?0), concerned AS (SELECT DISTINCT o.customer_id FROM orders o JOIN going USING (id))
		SELECT count(*) FROM customers c JOIN concerned n ON n.customer_id = c.id
		WHERE `+onlyOf+`
		AND NOT EXISTS (SELECT FROM orders o WHERE o.customer_id = c.id AND o.id NOT IN (SELECT id FROM going))
		AND NOT EXISTS (SELECT FROM events e WHERE e.customer_id = c.id AND e.kind NOT LIKE 'order.%')`, orders, importID).Scan(ctx, &n)
	return n, db.Fault(err)
}

// WouldTakeBack says what the undoing of a file of customers would do to those
// it made or brought consents of: how many would vanish, and how many words of
// consent would be answered. customers is a query of their ids, as customer_id.
func WouldTakeBack(ctx context.Context, idb bun.IDB, importID int64, customers *bun.RawQuery) (vanish, consents int64, err error) {
	err = idb.NewRaw(whoTheyAre+`, going AS (?0) SELECT
		(SELECT count(*) FROM customers c JOIN going ON going.customer_id = c.id WHERE `+onlyOf+`
			AND NOT EXISTS (SELECT FROM orders o WHERE o.customer_id = c.id) AND NOT EXISTS (SELECT FROM events e WHERE e.customer_id = c.id)),
		(SELECT count(*) FROM (`+ofImport+`) mine JOIN who USING (customer_id))`, customers, importID).Scan(ctx, &vanish, &consents)
	return vanish, consents, db.Fault(err)
}
