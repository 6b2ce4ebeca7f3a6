package campaign

import (
	"context"

	"github.com/meguri-crm/meguri/db"
)

// revalued is how many credited orders are valued anew at a time.
const revalued = 5000

// NetSalesChanged values the orders that were credited to messages, and those of
// trials, by the definition in force.
func (Conversions) NetSalesChanged(ctx context.Context, tx db.Tx) error {
	for last := int64(0); ; {
		var sold []struct{ OrderID, Sales int64 }
		err := tx.NewRaw(`SELECT v.order_id, net_sales(o, d) AS sales FROM conversions v JOIN orders o ON o.customer_id = v.customer_id AND o.id = v.order_id
			JOIN net_sales_definitions d ON d.state = 'IN_FORCE' WHERE v.order_id > ? ORDER BY v.order_id LIMIT ?`, last, revalued).Scan(ctx, &sold)
		if err != nil {
			return db.Fault(err)
		}
		if len(sold) == 0 {
			break
		}
		ids, sales := make([]int64, len(sold)), map[int64]int64{}
		for i, o := range sold {
			ids[i], sales[o.OrderID], last = o.OrderID, o.Sales, o.OrderID
		}
		if err := revalue(ctx, tx, ids, sales); err != nil {
			return err
		}
	}
	_, err := tx.ExecContext(ctx, `UPDATE trial_orders t SET sales = net_sales(o, d) FROM orders o, net_sales_definitions d
		WHERE d.state = 'IN_FORCE' AND o.customer_id = t.customer_id AND o.id = t.order_id AND t.sales <> net_sales(o, d)`)
	return db.Fault(err)
}

// revalue settles credits as they stand, at other sums.
func revalue(ctx context.Context, tx db.Tx, orderIDs []int64, sales map[int64]int64) error {
	before, err := conversionsOf(ctx, tx, orderIDs)
	if err != nil {
		return err
	}
	after := make([]*credit, len(before))
	for i, c := range before {
		now := *c
		now.Sales = sales[c.OrderID]
		after[i] = &now
	}
	return settle(ctx, tx, before, after)
}
