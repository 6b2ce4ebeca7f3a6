package intake

import (
	"context"
	"encoding/json"
	"slices"
	"time"

	"github.com/uptrace/bun"
	"github.com/uptrace/bun/dialect/pgdialect"

	"github.com/meguri-crm/meguri/crm/mall"
	"github.com/meguri-crm/meguri/db"
)

// row is the order as it is to stand in the database, its lines adding up to total.
func (o *staged) row(b *batch, total sums) (*db.Order, error) {
	m := o.order
	row := &db.Order{
		CustomerID: o.customerID, ID: o.orderID, ShopID: b.shop.ID, OrderNo: o.no, Kind: string(m.Kind), Status: string(m.Status),
		OrderedAt: m.OrderedAt, ShippedAt: instant(m.ShippedAt), Currency: m.Currency,
		GoodsAmount: total.amount, ShippingAmount: m.Shipping, FeeAmount: m.Fee, TaxAmount: m.Tax, TaxBreakdown: json.RawMessage("{}"),
		ShopCoupon: m.ShopCoupon, MallCoupon: m.MallCoupon, PointsUsed: m.PointsUsed, Quantity: total.quantity,
		CouponCodes: m.CouponCodes, Gift: m.Gift, ContentHash: o.hash, ImportID: b.importID(), CreatedAt: b.now, UpdatedAt: b.now,
	}
	if o.knownBy != 0 {
		row.KnownBy = &o.knownBy
	} else if b.remembered(o) && o.before != nil {
		row.KnownBy = o.before.KnownBy
	}
	if row.CouponCodes == nil {
		row.CouponCodes = []string{}
	}
	if m.Goods != nil {
		row.GoodsAmount = *m.Goods
	}
	row.TotalAmount = row.GoodsAmount + row.ShippingAmount + row.FeeAmount
	if m.Total != nil {
		row.TotalAmount = *m.Total
	}
	row.NetSales = row.GoodsAmount - row.ShopCoupon
	if m.Status == mall.Cancelled {
		row.NetSales = 0
		row.CancelledAt = o.cancelledAt(b.now)
	}
	if o.before != nil {
		row.CreatedAt = o.before.CreatedAt
	}
	if len(m.TaxBreakdown) == 0 {
		return row, nil
	}
	var err error
	row.TaxBreakdown, err = json.Marshal(m.TaxBreakdown)
	return row, err
}

// cancelledAt is when the order was cancelled: as the file says, else when it
// was first seen so.
func (o *staged) cancelledAt(now time.Time) *time.Time {
	if at := instant(o.order.CancelledAt); at != nil {
		return at
	}
	if o.before != nil && o.before.CancelledAt != nil {
		return o.before.CancelledAt
	}
	return &now
}

func instant(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	return &t
}

// whole says that the file tells all lines of the order, so that lines it does
// not tell are gone. Lines known by their place are always told together; lines
// with keys may come in several files, and are complete when they add up to
// what the order says its goods cost. Orders put together from halves are whole.
func (o *staged) whole() bool {
	return o.half != nil || !o.keyed && o.places == o.lines || o.keyed && o.order.Goods != nil && *o.order.Goods == o.sums.amount
}

// change brings orders that the file tells otherwise up to date.
func (b *batch) change(ctx context.Context) error {
	if len(b.changed) == 0 {
		return nil
	}
	images, err := b.images(ctx)
	if err != nil {
		return err
	}
	if err := b.moveStrangers(ctx); err != nil {
		return err
	}
	inserted, updated, err := b.upsertLines(ctx)
	if err != nil {
		return err
	}
	removed, err := b.removeLines(ctx)
	if err != nil {
		return err
	}
	totals, err := b.lineSums(ctx)
	if err != nil {
		return err
	}
	var touched []int64
	rows := make([]*db.Order, 0, len(b.changed))
	for _, o := range b.changed {
		row, err := o.changedRow(b, totals[o.orderID])
		if err != nil {
			return err
		}
		differs := o.before.CustomerID != row.CustomerID || !sameOrder(o.before, row) || removed[o.orderID]
		b.tally(o, inserted[o.orderID], updated[o.orderID], differs)
		if differs || inserted[o.orderID]+updated[o.orderID] > 0 {
			touched, o.touched = append(touched, o.orderID), true
		} else {
			row.ImportID = o.before.ImportID // it told nothing new, so that it has nothing to undo either
		}
		rows = append(rows, row)
	}
	if _, err := b.tx.NewUpdate().Model(&rows).ExcludeColumn("customer_id", "id", "created_at").Bulk().Exec(ctx); err != nil {
		return db.Fault(err)
	}
	return b.keepImages(ctx, images, touched)
}

// tally counts the rows that tell of a changed order.
func (b *batch) tally(o *staged, inserted, updated int64, differs bool) {
	rows := b.told(o)
	inserted = min(inserted, rows)
	if differs {
		updated = rows
	}
	updated = min(updated, rows-inserted)
	b.figures.inserted += inserted
	b.figures.updated += updated
	b.figures.unchanged += rows - inserted - updated
}

// changedRow is row; of an order that was told of anew since the file that is
// mended, what is told of the order as a whole stays.
func (o *staged) changedRow(b *batch, total sums) (*db.Order, error) {
	if !o.late {
		return o.row(b, total)
	}
	row := *o.before
	row.Quantity, row.ImportID, row.UpdatedAt = total.quantity, &b.imp.ID, b.now
	if o.order.Goods == nil && row.GoodsAmount != total.amount {
		more := total.amount - row.GoodsAmount
		row.GoodsAmount, row.TotalAmount = total.amount, row.TotalAmount+more
		if row.CancelledAt == nil {
			row.NetSales += more
		}
	}
	return &row, nil
}

// moveStrangers gives orders whose buyer the file names at last to that customer.
func (b *batch) moveStrangers(ctx context.Context) error {
	var from, to, ids []int64
	for _, o := range b.changed {
		if o.customerID != o.before.CustomerID {
			from, to, ids = append(from, o.before.CustomerID), append(to, o.customerID), append(ids, o.orderID)
		}
	}
	if len(ids) == 0 {
		return nil
	}
	for _, table := range []struct{ name, id string }{{"orders", "id"}, {"order_lines", "order_id"}, {"order_keys", "order_id"}} {
		_, err := b.tx.NewRaw(`UPDATE ? AS o SET customer_id = m.to_id FROM unnest(?::bigint[], ?::bigint[], ?::bigint[]) AS m (from_id, to_id, id)
			WHERE o.customer_id = m.from_id AND o.? = m.id`,
			bun.Ident(table.name), pgdialect.Array(from), pgdialect.Array(to), pgdialect.Array(ids), bun.Ident(table.id)).Exec(ctx)
		if err != nil {
			return db.Fault(err)
		}
	}
	return nil
}

// upsertLines writes the lines of changed orders, and returns by order how many
// were new and how many were told otherwise. Of late ones only what is missing
// is written.
func (b *batch) upsertLines(ctx context.Context) (inserted, updated map[int64]int64, err error) {
	var written []struct {
		OrderID  int64
		Inserted bool
		Lines    int64
	}
	err = b.tx.NewRaw(`WITH written AS (
			INSERT INTO order_lines AS o (customer_id, order_id, line_key, sku, name, option, unit_price, quantity, amount, tax_rate)
			SELECT `+lineValues+` FROM `+b.lineSource()+`
			ON CONFLICT (customer_id, order_id, line_key) DO UPDATE SET
				sku = excluded.sku, name = excluded.name, option = excluded.option, unit_price = excluded.unit_price,
				quantity = excluded.quantity, amount = excluded.amount, tax_rate = excluded.tax_rate
			WHERE o.order_id <> ALL (?::bigint[]) AND (o.sku, o.name, o.option, o.unit_price, o.quantity, o.amount, o.tax_rate) IS DISTINCT FROM
				(excluded.sku, excluded.name, excluded.option, excluded.unit_price, excluded.quantity, excluded.amount, excluded.tax_rate)
			RETURNING order_id, xmax = 0 AS inserted)
		SELECT order_id, inserted, count(*) AS lines FROM written GROUP BY order_id, inserted`,
		append(b.lineArgs(b.changed), pgdialect.Array(b.lateOrders()))...).Scan(ctx, &written)
	inserted, updated = map[int64]int64{}, map[int64]int64{}
	for _, w := range written {
		if w.Inserted {
			inserted[w.OrderID] = w.Lines
		} else {
			updated[w.OrderID] = w.Lines
		}
	}
	return inserted, updated, db.Fault(err)
}

// removeLines takes away lines that the mall no longer has, and returns the orders that lost one.
func (b *batch) removeLines(ctx context.Context) (map[int64]bool, error) {
	var whole []*staged
	for _, o := range b.changed {
		if o.whole() && !o.late {
			whole = append(whole, o)
		}
	}
	removed := map[int64]bool{}
	if len(whole) == 0 {
		return removed, nil
	}
	var ids []int64
	args := append(pairs(whole), b.lineArgs(whole)...)
	err := b.tx.NewRaw(`DELETE FROM order_lines o WHERE (o.customer_id, o.order_id) IN (`+pairSource+`) AND NOT EXISTS (
			SELECT 1 FROM `+b.lineSource()+`
			WHERE m.customer_id = o.customer_id AND m.order_id = o.order_id AND coalesce(l.line_key, (m.base + l.place)::text) = o.line_key)
		RETURNING order_id`, args...).Scan(ctx, &ids)
	for _, id := range ids {
		removed[id] = true
	}
	return removed, db.Fault(err)
}

// lineSums are the sums over all lines that changed orders have now.
func (b *batch) lineSums(ctx context.Context) (map[int64]sums, error) {
	var rows []struct{ OrderID, Quantity, Amount int64 }
	err := b.tx.NewRaw(`SELECT order_id, sum(quantity) AS quantity, sum(amount) AS amount FROM order_lines
		WHERE (customer_id, order_id) IN (`+pairSource+`) GROUP BY order_id`, pairs(b.changed)...).Scan(ctx, &rows)
	byOrder := map[int64]sums{}
	for _, r := range rows {
		byOrder[r.OrderID] = sums{r.Quantity, r.Amount}
	}
	return byOrder, db.Fault(err)
}

// pairSource selects the orders that pairs names.
const pairSource = "SELECT * FROM unnest(?::bigint[], ?::bigint[])"

func pairs(orders []*staged) []any {
	customers, ids := make([]int64, len(orders)), make([]int64, len(orders))
	for i, o := range orders {
		customers[i], ids[i] = o.customerID, o.orderID
	}
	return []any{pgdialect.Array(customers), pgdialect.Array(ids)}
}

// sameOrder compares what a file can tell of an order, leaving its lines out.
func sameOrder(a, b *db.Order) bool {
	sameTime := func(x, y *time.Time) bool { return x == nil && y == nil || x != nil && y != nil && x.Equal(*y) }
	return a.Kind == b.Kind && a.Status == b.Status && a.OrderedAt.Equal(b.OrderedAt) && sameTime(a.ShippedAt, b.ShippedAt) &&
		sameTime(a.CancelledAt, b.CancelledAt) && a.Currency == b.Currency && a.GoodsAmount == b.GoodsAmount &&
		a.ShippingAmount == b.ShippingAmount && a.FeeAmount == b.FeeAmount && a.TaxAmount == b.TaxAmount && sameJSON(a.TaxBreakdown, b.TaxBreakdown) &&
		a.ShopCoupon == b.ShopCoupon && a.MallCoupon == b.MallCoupon && a.PointsUsed == b.PointsUsed && a.TotalAmount == b.TotalAmount &&
		a.Gift == b.Gift && slices.Equal(a.CouponCodes, b.CouponCodes)
}

// sameJSON compares small objects of numbers, however they are spaced and sorted.
func sameJSON(a, b json.RawMessage) bool {
	var x, y map[string]int64
	if json.Unmarshal(a, &x) != nil || json.Unmarshal(b, &y) != nil || len(x) != len(y) {
		return false
	}
	for k, v := range x {
		if w, ok := y[k]; !ok || v != w {
			return false
		}
	}
	return true
}
