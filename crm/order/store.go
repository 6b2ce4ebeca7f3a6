package order

import (
	"context"
	"time"

	"github.com/uptrace/bun"

	"github.com/meguri-crm/meguri/db"
)

// Ref names an order: orders are keyed by their customer first.
type Ref struct{ CustomerID, ID int64 }

// Cursor is a place in a customer's orders.
type Cursor struct {
	OrderedAt time.Time
	ID        int64
}

// List is a page of a customer's orders, newest first, after the cursor (nil:
// from the newest), at most limit.
func List(ctx context.Context, idb bun.IDB, customerID int64, after *Cursor, limit int) ([]db.Order, error) {
	var rows []db.Order
	q := idb.NewSelect().Model(&rows).Where("customer_id = ?", customerID)
	if after != nil {
		q.Where("(ordered_at, id) < (?, ?)", after.OrderedAt, after.ID)
	}
	err := q.OrderExpr("ordered_at DESC, id DESC").Limit(int64(limit)).Scan(ctx)
	return rows, db.Fault(err)
}

// Find is one order. Errors: fault.NotFound.
func Find(ctx context.Context, idb bun.IDB, ref Ref) (*db.Order, error) {
	row := new(db.Order)
	err := idb.NewSelect().Model(row).Where("customer_id = ? AND id = ?", ref.CustomerID, ref.ID).Scan(ctx)
	return row, db.Fault(err)
}

// Lines are the lines of these orders, by order id, in the order of their keys.
func Lines(ctx context.Context, idb bun.IDB, refs []Ref) (map[int64][]db.OrderLine, error) {
	byOrder := map[int64][]db.OrderLine{}
	if len(refs) == 0 {
		return byOrder, nil
	}
	pairs := make([][]int64, len(refs))
	for i, r := range refs {
		pairs[i] = []int64{r.CustomerID, r.ID}
	}
	var rows []db.OrderLine
	err := idb.NewSelect().Model(&rows).Where("(customer_id, order_id) IN (?)", bun.In(pairs)).
		OrderExpr("order_id, length(line_key), line_key").Scan(ctx)
	for _, l := range rows {
		byOrder[l.OrderID] = append(byOrder[l.OrderID], l)
	}
	return byOrder, db.Fault(err)
}

// Stats are the rollups of these customers, by id; who never ordered has none.
func Stats(ctx context.Context, idb bun.IDB, customerIDs []int64) (map[int64]db.CustomerStats, error) {
	byCustomer := make(map[int64]db.CustomerStats, len(customerIDs))
	if len(customerIDs) == 0 {
		return byCustomer, nil
	}
	var rows []db.CustomerStats
	err := idb.NewSelect().Model(&rows).Where("customer_id IN (?)", bun.In(customerIDs)).Scan(ctx)
	for _, r := range rows {
		byCustomer[r.CustomerID] = r
	}
	return byCustomer, db.Fault(err)
}

// MallStats are the rollups per mall and currency of these customers, by id.
func MallStats(ctx context.Context, idb bun.IDB, customerIDs []int64) (map[int64][]db.CustomerMallStats, error) {
	byCustomer := map[int64][]db.CustomerMallStats{}
	if len(customerIDs) == 0 {
		return byCustomer, nil
	}
	var rows []db.CustomerMallStats
	err := idb.NewSelect().Model(&rows).Where("customer_id IN (?)", bun.In(customerIDs)).OrderExpr("customer_id, mall, currency").Scan(ctx)
	for _, r := range rows {
		byCustomer[r.CustomerID] = append(byCustomer[r.CustomerID], r)
	}
	return byCustomer, db.Fault(err)
}
