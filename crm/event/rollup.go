package event

import (
	"cmp"
	"context"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/uptrace/bun"
	"github.com/uptrace/bun/dialect/pgdialect"

	"github.com/meguri-crm/meguri/db"
)

// cell is a place in customer_behaviour.
type cell struct {
	customer int64
	action   Action
	sku      string
	day      time.Time // midnight UTC of the merchant's day
}

func (c cell) compare(o cell) int {
	return cmp.Or(cmp.Compare(c.customer, o.customer), cmp.Compare(c.action, o.action), cmp.Compare(c.sku, o.sku), c.day.Compare(o.day))
}

// tally is what a batch adds to a cell.
type tally struct {
	events   int32
	category string
	last     time.Time
}

func (t *tally) add(category string, at time.Time) {
	t.events++
	if !at.Before(t.last) {
		t.last = at
		if category != "" {
			t.category = category
		}
	}
}

// dayIn is an instant's day in the merchant's zone.
func dayIn(at time.Time, zone *time.Location) time.Time {
	y, m, d := at.In(zone).Date()
	return time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
}

func (r *recording) counts(rows []kept) map[cell]*tally {
	cells := make(map[cell]*tally, len(rows))
	for _, k := range rows {
		c := cell{k.customer, k.Action, k.SKU, dayIn(k.OccurredAt, r.zone)}
		if cells[c] == nil {
			cells[c] = &tally{}
		}
		cells[c].add(k.Category, k.OccurredAt)
	}
	return cells
}

const addCounts = `INSERT INTO customer_behaviour AS b (customer_id, kind, sku, day, category, events, last_at)
SELECT * FROM unnest($1::bigint[], $2::text[], $3::text[], $4::date[], $5::text[], $6::int[], $7::timestamptz[])
ON CONFLICT (customer_id, kind, sku, day) DO UPDATE SET
	events = b.events + excluded.events, last_at = greatest(b.last_at, excluded.last_at),
	category = CASE WHEN excluded.category = '' OR excluded.last_at < b.last_at THEN b.category ELSE excluded.category END`

// count adds to the rollup, in the order of its key, so that two batches about
// the same people wait for each other and do not deadlock.
func count(ctx context.Context, tx pgx.Tx, cells map[cell]*tally) error {
	if len(cells) == 0 {
		return nil
	}
	order := make([]cell, 0, len(cells))
	for c := range cells {
		order = append(order, c)
	}
	slices.SortFunc(order, cell.compare)
	n := len(order)
	customers, actions, skus := make([]int64, n), make([]string, n), make([]string, n)
	days, categories, events, lasts := make([]time.Time, n), make([]string, n), make([]int32, n), make([]time.Time, n)
	for i, c := range order {
		t := cells[c]
		customers[i], actions[i], skus[i], days[i] = c.customer, string(c.action), c.sku, c.day
		categories[i], events[i], lasts[i] = t.category, t.events, t.last
	}
	_, err := tx.Exec(ctx, addCounts, prepared, customers, actions, skus, days, categories, events, lasts)
	return err
}

// Recompute makes the rollup of these customers what their events say, after
// events went from one to another. What is older than events are kept is gone.
func (s *Service) Recompute(ctx context.Context, tx bun.IDB, customerIDs ...int64) error {
	ids := pgdialect.Array(customerIDs)
	if _, err := tx.NewRaw("DELETE FROM customer_behaviour WHERE customer_id = ANY (?::bigint[])", ids).Exec(ctx); err != nil {
		return db.Fault(err)
	}
	actions, kinds := actionsAndKinds()
	_, err := tx.NewRaw(`INSERT INTO customer_behaviour (customer_id, kind, sku, day, category, events, last_at)
		SELECT e.customer_id, a.action, coalesce(e.data->>'sku', ''), (e.occurred_at AT TIME ZONE ?)::date,
			coalesce((array_agg(e.data->>'category' ORDER BY e.occurred_at DESC, e.id DESC) FILTER (WHERE e.data->>'category' <> ''))[1], ''), count(*), max(e.occurred_at)
		FROM events e JOIN unnest(?::text[], ?::text[]) AS a (action, kind) ON a.kind = e.kind
		WHERE e.customer_id = ANY (?::bigint[]) GROUP BY 1, 2, 3, 4`,
		s.zone.String(), pgdialect.Array(actions), pgdialect.Array(kinds), ids).Exec(ctx)
	return db.Fault(err)
}

func actionsAndKinds() (actions, kinds []string) {
	for action, kind := range Actions {
		actions, kinds = append(actions, string(action)), append(kinds, kind)
	}
	return actions, kinds
}
