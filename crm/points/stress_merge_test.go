package points_test

import (
	"context"
	"math/rand/v2"

	"github.com/uptrace/bun/dialect/pgdialect"

	"github.com/meguri-crm/meguri/db"
)

// pair is one merge that stands.
type pair struct {
	id, from, to int64
	orders       []int64
}

// mergeAndPart merges random customers and undoes merges, in whatever order.
func (s *storm) mergeAndPart(stop <-chan struct{}) {
	ctx := context.Background()
	rnd := rand.New(rand.NewPCG(3, 3))
	var standing []pair
	for id := int64(1); ; id++ {
		select {
		case <-stop:
			return
		default:
		}
		if len(standing) > len(s.customers)/4 || len(standing) > 0 && rnd.IntN(2) == 0 {
			i := rnd.IntN(len(standing))
			if s.part(ctx, standing[i]) == nil {
				standing = append(standing[:i], standing[i+1:]...)
			}
			continue
		}
		p := pair{id: id, from: s.customers[rnd.IntN(len(s.customers))], to: s.customers[rnd.IntN(len(s.customers))]}
		if s.merge(ctx, &p); s.stands(ctx, p) { // a cut at the commit leaves open whether it does
			s.merges.Add(1)
			standing = append(standing, p)
		}
	}
}

func (s *storm) stands(ctx context.Context, p pair) bool {
	for {
		var n int
		err := s.db.Pool.QueryRow(ctx, `SELECT count(*) FROM point_merges WHERE merge_id = $1 AND undone_at IS NULL`, p.id).Scan(&n)
		if err == nil {
			return n == 1
		}
	}
}

// alone holds off those who book in a customer's name, as whoever merges
// customers or undoes that has to.
func alone(ctx context.Context, tx db.Tx) error {
	_, err := tx.NewRaw("SELECT pg_advisory_xact_lock(?)", db.PeopleLock).Exec(ctx)
	return err
}

func (s *storm) merge(ctx context.Context, p *pair) {
	_ = db.RunInTx(ctx, s.db, func(ctx context.Context, tx db.Tx) error {
		if err := alone(ctx, tx); err != nil {
			return err
		}
		var free int
		if err := tx.NewRaw(`SELECT count(*) FROM (SELECT FROM customers WHERE id IN (?, ?) AND merged_into IS NULL ORDER BY id FOR UPDATE) free`, p.from, p.to).Scan(ctx, &free); err != nil || free < 2 {
			return err
		}
		p.orders = nil
		if err := tx.NewRaw(`WITH ended AS (UPDATE customers SET merged_into = ? WHERE id = ?)
			UPDATE orders SET customer_id = ? WHERE customer_id = ? RETURNING id`, p.to, p.from, p.to, p.from).Scan(ctx, &p.orders); err != nil {
			return err
		}
		if err := linesFollow(ctx, tx, p.orders); err != nil {
			return err
		}
		if err := s.MergeInto(ctx, tx, p.id, p.from, p.to); err != nil {
			return err
		}
		return s.SettleOrders(ctx, tx, p.orders)
	})
}

// linesFollow lets the lines of orders be of whom the orders are of.
func linesFollow(ctx context.Context, tx db.Tx, orders []int64) error {
	_, err := tx.NewRaw(`UPDATE order_lines l SET customer_id = o.customer_id FROM orders o
		WHERE o.id = l.order_id AND o.customer_id <> l.customer_id AND o.id = ANY(?)`, pgdialect.Array(orders)).Exec(ctx)
	return err
}

// part undoes a merge. One whose answer was cut is tried again, and then is no
// merge any more.
func (s *storm) part(ctx context.Context, p pair) error {
	err := db.RunInTx(ctx, s.db, func(ctx context.Context, tx db.Tx) error {
		if err := alone(ctx, tx); err != nil {
			return err
		}
		if _, err := tx.NewRaw(`SELECT FROM customers WHERE id IN (?, ?) ORDER BY id FOR UPDATE`, p.from, p.to).Exec(ctx); err != nil {
			return err
		}
		if _, err := tx.NewRaw(`UPDATE customers SET merged_into = NULL WHERE id = ?`, p.from).Exec(ctx); err != nil {
			return err
		}
		holder, err := survivorOf(ctx, tx, p.to)
		if err != nil {
			return err
		}
		for _, o := range p.orders { // but for those that another undo has given back further
			if _, err := tx.NewRaw(`UPDATE orders SET customer_id = ? WHERE id = ? AND customer_id = ?`, p.from, o, holder).Exec(ctx); err != nil {
				return err
			}
		}
		if err := linesFollow(ctx, tx, p.orders); err != nil {
			return err
		}
		if err := s.UndoMerge(ctx, tx, p.id, p.from, p.to); err != nil {
			return err
		}
		return s.SettleOrders(ctx, tx, p.orders)
	})
	if refusedAs(err, "NOT_MERGED") {
		return nil
	}
	return err
}
