package event

import (
	"context"
	"errors"
	"maps"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/uptrace/bun"

	"github.com/meguri-crm/meguri/crm/imprint"
	"github.com/meguri-crm/meguri/crm/product"
	"github.com/meguri-crm/meguri/db"
)

// Marks is what files of behaviours leave.
func (s *Service) Marks() []imprint.Mark { return []imprint.Mark{told{s}, product.Names} }

// told are behaviours that imports told. Nobody changes a behaviour, so that all
// are taken back that were not swept away; with them go their keys, so that the
// file can come in again.
type told struct{ s *Service }

// Kind implements imprint.Mark.
func (told) Kind() imprint.Kind { return imprint.Behaviour }

// TakeBack implements imprint.Mark: the oldest first, keys and behaviours of the
// same instants together.
func (t told) TakeBack(ctx context.Context, tx db.Tx, importID int64, limit int) (u imprint.Undone, err error) {
	err = tx.Pgx(func(tx pgx.Tx) error {
		var until time.Time
		err := tx.QueryRow(ctx, `SELECT max(occurred_at) FROM (
			SELECT occurred_at FROM event_keys WHERE import_id = $1 ORDER BY occurred_at LIMIT $2) next HAVING count(*) > 0`, importID, limit).Scan(&until)
		if errors.Is(err, pgx.ErrNoRows) {
			return nil
		}
		if err != nil {
			return err
		}
		tag, err := tx.Exec(ctx, "DELETE FROM event_keys WHERE import_id = $1 AND occurred_at <= $2", importID, until)
		if err != nil {
			return err
		}
		u.Removed = tag.RowsAffected()
		if _, err := tx.Exec(ctx, "DELETE FROM visitor_events WHERE import_id = $1 AND occurred_at <= $2", importID, until); err != nil {
			return err
		}
		return t.s.forget(ctx, tx, importID, until)
	})
	return u, db.Fault(err)
}

// forget removes behaviours up to an instant, and counts the days anew that they
// were counted in.
func (s *Service) forget(ctx context.Context, tx pgx.Tx, importID int64, until time.Time) error {
	rows, err := tx.Query(ctx, `DELETE FROM events WHERE import_id = $1 AND occurred_at <= $2
		RETURNING customer_id, kind, coalesce(data->>'sku', ''), occurred_at`, importID, until)
	if err != nil {
		return err
	}
	touched := map[cell]bool{}
	var customer int64
	var kind, sku string
	var at time.Time
	_, err = pgx.ForEachRow(rows, []any{&customer, &kind, &sku, &at}, func() error {
		touched[cell{customer, actionOf(kind), sku, dayIn(at, s.zone)}] = true
		return nil
	})
	if err != nil || len(touched) == 0 {
		return err
	}
	return s.recount(ctx, tx, slices.SortedFunc(maps.Keys(touched), cell.compare))
}

// recount makes these cells of the rollup what their events say. The cells are
// locked first, in the order of count: who adds to one has either committed,
// with his event to be seen, or adds to what is counted here.
func (s *Service) recount(ctx context.Context, tx pgx.Tx, cells []cell) error {
	n := len(cells)
	customers, actions, kinds, skus, days := make([]int64, n), make([]string, n), make([]string, n), make([]string, n), make([]time.Time, n)
	for i, c := range cells {
		customers[i], actions[i], kinds[i], skus[i], days[i] = c.customer, string(c.action), Actions[c.action], c.sku, c.day
	}
	const cellsOf = `unnest($1::bigint[], $2::text[], $3::text[], $4::date[]) AS c (customer_id, kind, sku, day)`
	_, err := tx.Exec(ctx, `SELECT 1 FROM customer_behaviour b JOIN `+cellsOf+` USING (customer_id, kind, sku, day)
		ORDER BY customer_id, kind, sku, day FOR UPDATE OF b`, customers, actions, skus, days)
	if err != nil {
		return err
	}
	_, err = tx.Exec(ctx, `WITH counted AS (
			SELECT c.*, e.events, e.last_at, e.category
			FROM unnest($1::bigint[], $2::text[], $3::text[], $4::date[], $5::text[]) AS c (customer_id, kind, sku, day, told)
			CROSS JOIN LATERAL (
				SELECT count(*) AS events, max(e.occurred_at) AS last_at,
					(array_agg(e.data->>'category' ORDER BY e.occurred_at DESC, e.id DESC) FILTER (WHERE e.data->>'category' <> ''))[1] AS category
				FROM events e WHERE e.customer_id = c.customer_id AND e.kind = c.told AND coalesce(e.data->>'sku', '') = c.sku
					AND e.occurred_at >= c.day::timestamp AT TIME ZONE $6 AND e.occurred_at < (c.day + 1)::timestamp AT TIME ZONE $6) e
		), gone AS (
			DELETE FROM customer_behaviour b USING counted c WHERE c.events = 0
				AND b.customer_id = c.customer_id AND b.kind = c.kind AND b.sku = c.sku AND b.day = c.day
		)
		UPDATE customer_behaviour b SET events = c.events, last_at = c.last_at, category = coalesce(c.category, '')
		FROM counted c WHERE c.events > 0 AND b.customer_id = c.customer_id AND b.kind = c.kind AND b.sku = c.sku AND b.day = c.day`,
		customers, actions, skus, days, kinds, s.zone.String())
	return err
}

// Preview implements imprint.Mark.
func (t told) Preview(ctx context.Context, idb bun.IDB, importID int64) (u imprint.Undone, later map[int64]int64, err error) {
	err = idb.NewRaw("SELECT count(*) FROM event_keys WHERE import_id = ?", importID).Scan(ctx, &u.Removed)
	return u, nil, db.Fault(err)
}
