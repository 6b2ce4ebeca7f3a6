package customer

import (
	"context"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/uptrace/bun"

	"github.com/meguri-crm/meguri/db"
)

// identity is one to keep: a key seen on a shop.
type identity struct {
	customer, shop int64
	kind           KeyKind
	value          string
}

// upsertIdentities keeps, per customer and shop, the keys the batch saw, when
// first and when last, and which step of the ladder brought them.
func (b *batch) upsertIdentities() error {
	type seen struct {
		first, last time.Time
		reason      string
		score       int
	}
	found := map[identity]*seen{}
	var order []identity
	for i, m := range b.matches {
		e := b.evidence[i]
		for _, on := range appearances(e) {
			a := identity{b.id(m.Customer), on.Shop, on.Key.Kind, on.Key.Value}
			if s := found[a]; s != nil {
				s.first, s.last = earlier(s.first, e.SeenAt), later(s.last, e.SeenAt)
				continue
			}
			s := &seen{first: e.SeenAt, last: e.SeenAt, reason: "NEW", score: 100}
			if m.Reason != "" {
				s.reason, s.score = string(m.Reason), scores[m.Reason]
			}
			found[a] = s
			order = append(order, a)
		}
	}
	if len(order) == 0 {
		return nil
	}
	slices.SortStableFunc(order, func(x, y identity) int { return int(min(max(x.customer-y.customer, -1), 1)) })
	order, err := b.copyNew(order, func(a identity) []any {
		s := found[a]
		return []any{a.customer, a.shop, string(a.kind), a.value, s.reason, s.score, optional(b.importID), s.first, s.last}
	})
	if err != nil || len(order) == 0 {
		return err
	}
	var (
		customers, shops       []int64
		kinds, values, reasons []string
		ranks                  []int64
		firsts, lasts          []time.Time
	)
	for _, a := range order {
		s := found[a]
		customers, shops = append(customers, a.customer), append(shops, a.shop)
		kinds, values, reasons = append(kinds, string(a.kind)), append(values, a.value), append(reasons, s.reason)
		ranks = append(ranks, int64(s.score))
		firsts, lasts = append(firsts, s.first), append(lasts, s.last)
	}
	return db.ExecPrepared(b.ctx, b.tx, identitiesSQL, b.importID, customers, shops, kinds, values, reasons, ranks, firsts, lasts)
}

const identitiesSQL = `
INSERT INTO identities AS i (customer_id, shop_id, kind, value, reason, score, import_id, first_seen_at, last_seen_at)
SELECT q.customer_id, q.shop_id, q.kind, q.value, q.reason, q.score, nullif($1::bigint, 0), q.first_seen_at, q.last_seen_at
FROM unnest($2::bigint[], $3::bigint[], $4::text[], $5::text[], $6::text[], $7::int[], $8::timestamptz[], $9::timestamptz[])
	AS q (customer_id, shop_id, kind, value, reason, score, first_seen_at, last_seen_at)
ON CONFLICT (customer_id, shop_id, kind, value) DO UPDATE
SET first_seen_at = least(i.first_seen_at, excluded.first_seen_at), last_seen_at = greatest(i.last_seen_at, excluded.last_seen_at)
WHERE excluded.first_seen_at < i.first_seen_at OR excluded.last_seen_at > i.last_seen_at`

// copyNew copies the identitys of customers that this batch made, which
// nobody else can have, and returns the others.
func (b *batch) copyNew(order []identity, row func(identity) []any) (others []identity, err error) {
	made := make(map[int64]bool, len(b.newIDs))
	for _, id := range b.newIDs {
		made[id] = true
	}
	var rows [][]any
	for _, a := range order {
		if made[a.customer] {
			rows = append(rows, row(a))
		} else {
			others = append(others, a)
		}
	}
	if len(rows) == 0 {
		return others, nil
	}
	err = b.tx.Pgx(func(tx pgx.Tx) error {
		_, err := tx.CopyFrom(b.ctx, pgx.Identifier{"identities"},
			[]string{"customer_id", "shop_id", "kind", "value", "reason", "score", "import_id", "first_seen_at", "last_seen_at"}, pgx.CopyFromRows(rows))
		return err
	})
	return others, db.Fault(err)
}

func optional(id int64) *int64 {
	if id == 0 {
		return nil
	}
	return &id
}

// appearances are the keys that are shown as identities: of several spellings
// of one kind the first, which is the most readable, and what was seen elsewhere.
func appearances(e Evidence) []Appearance {
	var list []Appearance
	for _, k := range e.Keys {
		alike := func(other Appearance) bool { return other.Key.Kind == k.Kind }
		if k.Kind == MailName {
			continue // the address and the name stand there already
		}
		if !slices.ContainsFunc(e.Elsewhere, func(a Appearance) bool { return a.Key == k }) && !slices.ContainsFunc(list, alike) {
			list = append(list, Appearance{e.Shop, k})
		}
	}
	return append(list, e.Elsewhere...)
}

func earlier(a, b time.Time) time.Time {
	if b.Before(a) {
		return b
	}
	return a
}

func later(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}

// Anonymous is the customer that stands for the buyers a shop does not name;
// it is made when first needed.
func Anonymous(ctx context.Context, idb bun.IDB, shopID int64, now time.Time) (int64, error) {
	const kind = "ANONYMOUS"
	var id int64
	find := func() error {
		return idb.NewRaw("SELECT coalesce((SELECT customer_id FROM identity_keys WHERE kind = ? AND shop_id = ? AND value = ''), 0)", kind, shopID).
			Scan(ctx, &id)
	}
	if err := find(); err != nil || id != 0 {
		return id, db.Fault(err)
	}
	_, err := idb.NewRaw(`WITH made AS (SELECT nextval(pg_get_serial_sequence('customers', 'id')) AS id),
		key AS (
			INSERT INTO identity_keys (kind, shop_id, value, customer_id) SELECT ?, ?, '', id FROM made
			ON CONFLICT DO NOTHING RETURNING customer_id),
		customer AS (
			INSERT INTO customers (id, anonymous, created_at, updated_at) SELECT customer_id, true, ?, ? FROM key),
		stats AS (INSERT INTO customer_stats (customer_id) SELECT customer_id FROM key)
		INSERT INTO identities (customer_id, shop_id, kind, value, reason, first_seen_at, last_seen_at)
		SELECT customer_id, ?, ?, '', 'NEW', ?, ? FROM key`, kind, shopID, now, now, shopID, kind, now, now).Exec(ctx)
	if err != nil {
		return 0, db.Fault(err)
	}
	err = find()
	return id, db.Fault(err)
}
