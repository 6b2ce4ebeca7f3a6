package intake

import (
	"context"
	"encoding/json"

	"github.com/uptrace/bun"
	"github.com/uptrace/bun/dialect/pgdialect"

	"github.com/meguri-crm/meguri/crm/mall"
	"github.com/meguri-crm/meguri/crm/order"
	"github.com/meguri-crm/meguri/db"
)

// Doubt is what may be wrong with an order that came in.
type Doubt string

// The doubts. An order without a buyer counts, but for nobody; one whose sums do
// not agree counts as the file says it, because the mall's total is what was paid.
const (
	WithoutBuyer Doubt = "WITHOUT_BUYER"
	SumsDiffer   Doubt = "SUMS_DIFFER"
)

// difference is what a file says an order comes to, and what its parts do, in
// minor units.
type difference struct {
	Said  int64 `json:"said"`
	Added int64 `json:"added"`
}

// disagrees compares an order's total with its parts; nil where they agree, or
// where the file does not tell enough. Malls differ in what of coupons, points
// and tax is off a total or in it, so that any of these sums is right, and each
// line may be rounded by one.
func (o *staged) disagrees() *difference {
	m := o.order
	if m.Kind != mall.Sale || m.Status == mall.Cancelled || m.Total == nil || o.half == nil && o.places != o.lines {
		return nil
	}
	goods := o.sums.amount
	bases := []int64{goods}
	if m.Goods != nil {
		bases = append(bases, *m.Goods)
	}
	for _, base := range bases {
		for _, off := range []int64{0, m.ShopCoupon, m.MallCoupon, m.PointsUsed, m.ShopCoupon + m.MallCoupon, m.ShopCoupon + m.PointsUsed, m.ShopCoupon + m.MallCoupon + m.PointsUsed} {
			for _, tax := range []int64{0, m.Tax} {
				if apart := base + m.Shipping + m.Fee + tax - off - *m.Total; max(apart, -apart) <= max(o.lines, 1) {
					return nil
				}
			}
		}
	}
	return &difference{*m.Total, goods + m.Shipping + m.Fee - m.ShopCoupon - m.MallCoupon - m.PointsUsed}
}

// noteDoubts notes the orders of the batch whose sums do not agree, and forgets
// what was noted of orders that are told otherwise now.
func (b *batch) noteDoubts(ctx context.Context) error {
	var changed, doubtful []int64
	for _, o := range b.changed {
		changed = append(changed, o.orderID)
	}
	var details []string
	for _, o := range b.orders {
		d := o.disagrees()
		if d == nil || o.orderID == 0 {
			continue
		}
		detail, err := json.Marshal(d)
		if err != nil {
			return err
		}
		doubtful, details = append(doubtful, o.orderID), append(details, string(detail))
	}
	if len(changed) > 0 {
		if _, err := b.tx.NewRaw("DELETE FROM import_notices WHERE order_id = ANY (?::bigint[])", pgdialect.Array(changed)).Exec(ctx); err != nil {
			return db.Fault(err)
		}
	}
	if len(doubtful) == 0 || b.importID() == nil {
		return nil
	}
	_, err := b.tx.NewRaw(`INSERT INTO import_notices (import_id, order_id, code, detail)
		SELECT ?, n.id, ?, n.detail::jsonb FROM unnest(?::bigint[], ?::text[]) AS n (id, detail) ON CONFLICT DO NOTHING`,
		b.imp.ID, SumsDiffer, pgdialect.Array(doubtful), pgdialect.Array(details)).Exec(ctx)
	return db.Fault(err)
}

// CountSumsDiffer is how many orders of an import, and of those that brought its
// refused rows back, have sums that do not agree.
func (s *Service) CountSumsDiffer(ctx context.Context, importID int64) (int64, error) {
	var n int64
	err := s.db.NewRaw("SELECT count(DISTINCT order_id) FROM import_notices WHERE code = ? AND import_id IN (?)", SumsDiffer, wholeFamily(s.db, importID)).Scan(ctx, &n)
	return n, db.Fault(err)
}

// Doubtful is an order of an import of which something may be wrong.
type Doubtful struct {
	db.Order
	Said, Added *int64 // of one whose sums do not agree
}

// Doubtful is a page of the orders of an import, and of those that brought its
// refused rows back, that are in doubt, by id: limit of them behind after. With
// an order number it is that order, if it is one of them.
func (s *Service) Doubtful(ctx context.Context, importID int64, of Doubt, orderNo string, after int64, limit int) ([]Doubtful, error) {
	var rows []struct {
		CustomerID, ID int64
		Said, Added    *int64
	}
	q := s.db.NewSelect().TableExpr("orders AS o").ColumnExpr("o.customer_id, o.id").Where("o.id > ?", after).OrderExpr("o.id").Limit(int64(limit))
	family := wholeFamily(s.db, importID)
	if of == SumsDiffer {
		q.Join("JOIN import_notices n ON n.order_id = o.id AND n.code = ?", SumsDiffer).Where("n.import_id IN (?)", family).DistinctOn("o.id").
			ColumnExpr("(n.detail->>'said')::bigint AS said, (n.detail->>'added')::bigint AS added")
	} else {
		q.Join("JOIN customers c ON c.id = o.customer_id AND c.anonymous").Where("o.id IN (SELECT order_id FROM import_orders WHERE import_id IN (?))", family)
	}
	if orderNo != "" {
		q.Where("o.order_no = ?", orderNo)
	}
	if err := q.Scan(ctx, &rows); err != nil {
		return nil, db.Fault(err)
	}
	refs := make([]order.Ref, len(rows))
	for i, r := range rows {
		refs[i] = order.Ref{CustomerID: r.CustomerID, ID: r.ID}
	}
	orders, err := order.ByRefs(ctx, s.db, refs)
	found := make([]Doubtful, len(rows))
	for i, r := range rows {
		found[i] = Doubtful{orders[refs[i]], r.Said, r.Added}
	}
	return found, err
}

// wholeFamily asks for an import and those that brought its refused rows back.
func wholeFamily(idb bun.IDB, importID int64) *bun.RawQuery {
	return idb.NewRaw("SELECT id FROM imports WHERE ?0 IN (id, mends_id)", importID)
}
