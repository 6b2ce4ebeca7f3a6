package intake

import (
	"context"

	"github.com/uptrace/bun/dialect/pgdialect"

	"github.com/meguri-crm/meguri/db"
)

// remembered says that an order has found its buyer though who tells of it now
// may not name him: what it was put together from may be kept without him (see
// Sweep), and a program, or its file, need not say again what it has told.
func (b *batch) remembered(o *staged) bool {
	return (o.half != nil || o.rows != nil) && o.orderID != 0 && o.customerID != b.anonymous
}

// shareOrders notes orders that this file completed with the imports that had
// told their other half: they stand on both, and an undoing of those keeps them.
func (b *batch) shareOrders(ctx context.Context) error {
	var imports, orders []int64
	for _, o := range b.fresh {
		if o.half == nil {
			return nil
		}
		for _, id := range o.half.others {
			imports, orders = append(imports, id), append(orders, o.orderID)
		}
	}
	_, err := b.tx.NewRaw("INSERT INTO import_orders (import_id, order_id) SELECT * FROM unnest(?::bigint[], ?::bigint[]) ON CONFLICT DO NOTHING",
		pgdialect.Array(imports), pgdialect.Array(orders)).Exec(ctx)
	return db.Fault(err)
}

// untell takes back what the import told of orders that it made or changed.
// What other files told of them holds, as it did before the import; of orders
// that vanish it waits again.
func (u *undoBatch) untell(ctx context.Context) error {
	orders := append(append([]int64{}, u.removed...), u.restored...)
	if len(orders) == 0 {
		return nil
	}
	_, err := u.tx.NewRaw(`DELETE FROM order_parts p USING orders o
		WHERE o.id = ANY (?::bigint[]) AND p.shop_id = o.shop_id AND p.order_no = o.order_no AND p.import_id = ?`,
		pgdialect.Array(orders), u.imp.ID).Exec(ctx)
	if err != nil {
		return db.Fault(err)
	}
	_, err = u.tx.NewRaw(waitAgain, u.imp.ShopID, u.tx.NewRaw("SELECT order_no FROM orders WHERE id = ANY (?::bigint[])", pgdialect.Array(u.removed))).Exec(ctx)
	return db.Fault(err)
}

// waitAgain marks the latest parts of orders (?1) that are not whole.
const waitAgain = `UPDATE order_parts p SET waiting = true WHERE p.shop_id = ?0 AND p.order_no IN (?1) AND NOT EXISTS (
	SELECT FROM order_parts n WHERE n.shop_id = p.shop_id AND n.order_no = p.order_no AND n.format = p.format AND n.id > p.id)`

// undoWaiting takes back what the import told of orders that never were whole.
func (w *worker) undoWaiting(ctx context.Context) (more bool, err error) {
	before := *w.imp
	err = db.RunInTx(ctx, w.s.db, func(ctx context.Context, tx db.Tx) error {
		if err := lockParts(ctx, tx, w.imp.ShopID); err != nil {
			return err
		}
		var numbers []string
		err := tx.NewRaw(`DELETE FROM order_parts WHERE (shop_id, order_no, format, id) IN (
			SELECT shop_id, order_no, format, id FROM order_parts WHERE import_id = ? AND waiting ORDER BY id LIMIT ?) RETURNING order_no`,
			w.imp.ID, ordersPerUndo).Scan(ctx, &numbers)
		if err != nil || len(numbers) == 0 {
			return db.Fault(err)
		}
		more = true
		if _, err := tx.NewRaw(waitAgain, w.imp.ShopID, tx.NewRaw("SELECT unnest(?::text[])", pgdialect.Array(numbers))).Exec(ctx); err != nil {
			return db.Fault(err)
		}
		return w.update(ctx, tx, "rows_per_second = NULL")
	})
	if err != nil {
		*w.imp = before
	}
	return more, err
}
