package order

import (
	"context"
	"time"

	"github.com/uptrace/bun"
	"github.com/uptrace/bun/dialect/pgdialect"

	"github.com/meguri-crm/meguri/db"
)

// Ref names an order: orders are keyed by their customer first.
type Ref struct{ CustomerID, ID int64 }

// Cursor is a place in a customer's orders.
type Cursor struct {
	At time.Time
	ID int64
}

// ByRefs are those of these orders that are there, as their rows have them, for
// those who write orders: net sales are goods less coupons of the shop.
func ByRefs(ctx context.Context, idb bun.IDB, refs []Ref) (map[Ref]db.Order, error) {
	return byRefs(ctx, refs, func(rows *[]db.Order) *bun.SelectQuery { return idb.NewSelect().Model(rows) })
}

func byRefs(ctx context.Context, refs []Ref, query func(*[]db.Order) *bun.SelectQuery) (map[Ref]db.Order, error) {
	customers, ids := make([]int64, len(refs)), make([]int64, len(refs))
	for i, r := range refs {
		customers[i], ids[i] = r.CustomerID, r.ID
	}
	var rows []db.Order
	err := query(&rows).Where("(customer_id, id) IN ("+pairSource+")", pgdialect.Array(customers), pgdialect.Array(ids)).Scan(ctx)
	found := make(map[Ref]db.Order, len(rows))
	for _, o := range rows {
		found[Ref{o.CustomerID, o.ID}] = o
	}
	return found, db.Fault(err)
}

// pairSource is the rows of two arrays, customers and orders.
const pairSource = "SELECT * FROM unnest(?::bigint[], ?::bigint[])"

// Service reads orders for the API, with net sales by the definition in force.
type Service struct{ db *db.DB }

// New is the service.
func New(d *db.DB) *Service { return &Service{db: d} }

// told asks for orders as the API tells them.
func (s *Service) told(into any) *bun.SelectQuery {
	return s.db.NewSelect().Model(into).ExcludeColumn("net_sales").ColumnExpr(`net_sales("order", d) AS net_sales`).
		Join("JOIN net_sales_definitions AS d ON d.state = 'IN_FORCE'")
}

// List is a page of a customer's orders, newest first, after the cursor (nil:
// from the newest), at most limit.
func (s *Service) List(ctx context.Context, customerID int64, after *Cursor, limit int) ([]db.Order, error) {
	var rows []db.Order
	q := s.told(&rows).Where("customer_id = ?", customerID)
	if after != nil {
		q.Where("(ordered_at, id) < (?, ?)", after.At, after.ID)
	}
	err := q.OrderExpr("ordered_at DESC, id DESC").Limit(int64(limit)).Scan(ctx)
	return rows, db.Fault(err)
}

// Find is one order. Errors: fault.NotFound.
func (s *Service) Find(ctx context.Context, ref Ref) (*db.Order, error) {
	row := new(db.Order)
	err := s.told(row).Where("customer_id = ? AND id = ?", ref.CustomerID, ref.ID).Scan(ctx)
	return row, db.Fault(err)
}

// Numbered is the order of a number of a shop, whosever it is by now.
// Errors: fault.NotFound.
func (s *Service) Numbered(ctx context.Context, shopID int64, orderNo string) (*db.Order, error) {
	row := new(db.Order)
	err := s.told(row).Where("(customer_id, id) IN (SELECT customer_id, order_id FROM order_keys WHERE shop_id = ? AND order_no = ?)", shopID, orderNo).Scan(ctx)
	return row, db.Fault(err)
}

// ByRefs are those of these orders that are there.
func (s *Service) ByRefs(ctx context.Context, refs []Ref) (map[Ref]db.Order, error) {
	return byRefs(ctx, refs, func(rows *[]db.Order) *bun.SelectQuery { return s.told(rows) })
}

// Lines are the lines of these orders, by order, in the order of their keys.
func (s *Service) Lines(ctx context.Context, refs []Ref) (map[Ref][]db.OrderLine, error) {
	return LinesOf(ctx, s.db, refs)
}

// LinesOf is Lines for those who write orders.
func LinesOf(ctx context.Context, idb bun.IDB, refs []Ref) (map[Ref][]db.OrderLine, error) {
	customers, ids := make([]int64, len(refs)), make([]int64, len(refs))
	for i, r := range refs {
		customers[i], ids[i] = r.CustomerID, r.ID
	}
	var rows []db.OrderLine
	err := idb.NewSelect().Model(&rows).Where("(customer_id, order_id) IN ("+pairSource+")", pgdialect.Array(customers), pgdialect.Array(ids)).
		OrderExpr("order_id, length(line_key), line_key").Scan(ctx)
	byOrder := map[Ref][]db.OrderLine{}
	for _, l := range rows {
		ref := Ref{l.CustomerID, l.OrderID}
		byOrder[ref] = append(byOrder[ref], l)
	}
	return byOrder, db.Fault(err)
}

// Stats are the rollups of these customers, by id.
func (s *Service) Stats(ctx context.Context, customerIDs []int64) (map[int64]db.CustomerStats, error) {
	var rows []db.CustomerStats
	err := s.db.NewSelect().Model(&rows).Where("customer_id IN (?)", bun.List(customerIDs)).Scan(ctx)
	byCustomer := make(map[int64]db.CustomerStats, len(rows))
	for _, r := range rows {
		byCustomer[r.CustomerID] = r
	}
	return byCustomer, db.Fault(err)
}

// MallStats are the rollups per mall and currency of these customers, by id.
func (s *Service) MallStats(ctx context.Context, customerIDs []int64) (map[int64][]db.CustomerMallStats, error) {
	var rows []db.CustomerMallStats
	err := s.db.NewSelect().Model(&rows).Where("customer_id IN (?)", bun.List(customerIDs)).OrderExpr("customer_id, mall, currency").Scan(ctx)
	byCustomer := map[int64][]db.CustomerMallStats{}
	for _, r := range rows {
		byCustomer[r.CustomerID] = append(byCustomer[r.CustomerID], r)
	}
	return byCustomer, db.Fault(err)
}
