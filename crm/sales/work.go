package sales

import (
	"context"

	"github.com/meguri-crm/meguri/crm/live"
	"github.com/meguri-crm/meguri/crm/order"
	"github.com/meguri-crm/meguri/db"
)

// Work brings the coming definition into force, part by part; with none it does
// nothing.
func (s *Service) Work(ctx context.Context) error {
	for {
		left, err := s.step(ctx)
		if err != nil {
			return err
		}
		if left == nothing {
			return nil
		}
		if left == lastStep {
			return s.change(ctx)
		}
	}
}

type remaining int

const (
	nothing  remaining = iota // no change, or another process has it in hand
	parts                     // more customers
	lastStep                  // all are worked out
)

// step works out the next customers. The row of the coming definition is the
// claim: its lock ends with the process that had it.
func (s *Service) step(ctx context.Context) (left remaining, err error) {
	err = db.RunInTx(ctx, s.db, func(ctx context.Context, tx db.Tx) error {
		var upto []int64
		err := tx.NewRaw("SELECT upto FROM net_sales_definitions WHERE state = 'COMING' FOR UPDATE SKIP LOCKED").Scan(ctx, &upto)
		if err != nil || len(upto) == 0 {
			return db.Fault(err)
		}
		var ids []int64
		err = tx.NewRaw(`SELECT s.customer_id FROM customer_stats s WHERE s.customer_id > ? ORDER BY s.customer_id LIMIT ?`, upto[0], s.part).Scan(ctx, &ids)
		if err != nil {
			return db.Fault(err)
		}
		if left = parts; len(ids) < s.part {
			left = lastStep
		}
		if len(ids) == 0 {
			return nil
		}
		if err := order.ByComingDefinition(ctx, tx, ids); err != nil {
			return err
		}
		_, err = tx.NewRaw("UPDATE net_sales_definitions SET done = done + ?, upto = ? WHERE state = 'COMING'", len(ids), ids[len(ids)-1]).Exec(ctx)
		if err != nil {
			return db.Fault(err)
		}
		return live.Notify(ctx, tx, live.NetSales, 0)
	})
	return left, err
}

// change lets the coming definition hold. It keeps everybody off who writes
// rollups, works out those whose orders have changed since their part, and puts
// all of them in their place.
func (s *Service) change(ctx context.Context) error {
	return db.RunInTx(ctx, s.db, func(ctx context.Context, tx db.Tx) error {
		if _, err := tx.NewRaw("SELECT pg_advisory_xact_lock(?)", db.PeopleLock).Exec(ctx); err != nil {
			return db.Fault(err)
		}
		if _, err := tx.ExecContext(ctx, "SELECT FROM net_sales_definitions WHERE state = 'IN_FORCE' FOR UPDATE"); err != nil {
			return db.Fault(err) // before the coming one, as in Set
		}
		var coming []bool
		err := tx.NewRaw("SELECT TRUE FROM net_sales_definitions WHERE state = 'COMING' AND (done > 0 OR total = 0) FOR UPDATE SKIP LOCKED").Scan(ctx, &coming)
		if err != nil || len(coming) == 0 {
			return db.Fault(err) // another process was first, or staff chose anew
		}
		if err := s.rest(ctx, tx); err != nil {
			return err
		}
		if err := order.TakeComing(ctx, tx); err != nil {
			return err
		}
		for _, sql := range []string{
			`UPDATE net_sales_definitions d SET shipping = c.shipping, fees = c.fees, shop_coupon = c.shop_coupon, mall_coupon = c.mall_coupon, points = c.points, chosen_at = c.chosen_at
				FROM net_sales_definitions c WHERE d.state = 'IN_FORCE' AND c.state = 'COMING'`,
			`DELETE FROM net_sales_definitions WHERE state = 'COMING'`,
		} {
			if _, err := tx.ExecContext(ctx, sql); err != nil {
				return db.Fault(err)
			}
		}
		for _, f := range s.followers {
			if err := f.NetSalesChanged(ctx, tx); err != nil {
				return err
			}
		}
		return live.Notify(ctx, tx, live.NetSales, 0)
	})
}

// rest works out the customers who are new or whose orders have changed.
func (s *Service) rest(ctx context.Context, tx db.Tx) error {
	var ids []int64
	err := tx.NewRaw(`SELECT s.customer_id FROM customer_stats s JOIN customers c ON c.id = s.customer_id AND NOT c.anonymous
		WHERE NOT EXISTS (SELECT FROM net_sales_coming n WHERE n.customer_id = s.customer_id AND n.mall = '') ORDER BY s.customer_id`).Scan(ctx, &ids)
	if err != nil {
		return db.Fault(err)
	}
	for len(ids) > 0 {
		n := min(s.part, len(ids))
		if err := order.ByComingDefinition(ctx, tx, ids[:n]); err != nil {
			return err
		}
		ids = ids[n:]
	}
	return nil
}
