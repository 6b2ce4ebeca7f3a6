package intake

import (
	"context"

	"github.com/uptrace/bun/dialect/pgdialect"

	"github.com/meguri-crm/meguri/db"
)

// images are the changed orders as they stand before this batch, by id: what
// an undo puts back.
func (b *batch) images(ctx context.Context) (map[int64]string, error) {
	var rows []struct {
		ID    int64
		Image string
	}
	err := b.tx.NewRaw(`SELECT o.id, jsonb_build_object('order', to_jsonb(o), 'lines', (
			SELECT coalesce(jsonb_agg(to_jsonb(l)), '[]') FROM order_lines l WHERE l.customer_id = o.customer_id AND l.order_id = o.id)) AS image
		FROM orders o WHERE o.id = ANY (?::bigint[])`, pgdialect.Array(ids(b.changed))).Scan(ctx, &rows)
	images := make(map[int64]string, len(rows))
	for _, r := range rows {
		images[r.ID] = r.Image
	}
	return images, db.Fault(err)
}

// keepImages keeps those of the orders that did change.
func (b *batch) keepImages(ctx context.Context, images map[int64]string, orderIDs []int64) error {
	if len(orderIDs) == 0 || b.importID() == nil {
		return nil
	}
	kept := make([]string, len(orderIDs))
	for i, id := range orderIDs {
		kept[i] = images[id]
	}
	_, err := b.tx.NewRaw(`INSERT INTO import_orders (import_id, order_id, before)
		SELECT ?, q.order_id, q.before::jsonb FROM unnest(?::bigint[], ?::text[]) AS q (order_id, before)`,
		b.imp.ID, pgdialect.Array(orderIDs), pgdialect.Array(kept)).Exec(ctx)
	return db.Fault(err)
}

func ids(orders []*staged) []int64 {
	list := make([]int64, len(orders))
	for i, o := range orders {
		list[i] = o.orderID
	}
	return list
}

// lateOrders are the changed orders of which a later import has told.
func (b *batch) lateOrders() []int64 {
	late := []int64{}
	for _, o := range b.changed {
		if o.late {
			late = append(late, o.orderID)
		}
	}
	return late
}
