package customer

import (
	"context"
	"encoding/json"
	"strings"
	"time"

	"github.com/uptrace/bun"
	"github.com/uptrace/bun/dialect/pgdialect"

	"github.com/meguri-crm/meguri/db"
)

// Filter narrows the list of customers; zero fields do not.
type Filter struct {
	Search      string   // part of a name, kana, mail address or phone, or an order number
	Malls       []string // has bought on one of these
	StageIDs    []int64
	Member      *bool
	MailConsent *bool
	SegmentID   int64
	Anonymous   bool // the stand-ins of shops, too
}

// Sort is what the list is ordered by; the customer's id decides among equals.
type Sort string

// The orders of the list.
const (
	ByLastOrder  Sort = "LAST_ORDER" // who never ordered comes last when descending
	ByNetSales   Sort = "NET_SALES"
	ByOrderCount Sort = "ORDER_COUNT"
	ByCreated    Sort = "CREATED"
)

// Cursor is a place in the list: the customer, and what the list is sorted by.
type Cursor struct {
	ID     int64      `json:"i"`
	Number int64      `json:"n,omitempty"`
	Time   *time.Time `json:"t,omitempty"`
}

// Listed is a customer with its rollup.
type Listed struct {
	db.Customer
	Stats db.CustomerStats
}

// CursorOf is the place of a customer in the list.
func (l Listed) CursorOf(s Sort) Cursor {
	switch s {
	case ByLastOrder:
		return Cursor{ID: l.ID, Time: l.Stats.LastOrderAt}
	case ByNetSales:
		return Cursor{ID: l.ID, Number: l.Stats.NetSales}
	case ByOrderCount:
		return Cursor{ID: l.ID, Number: int64(l.Stats.OrdersCount)}
	case ByCreated:
	}
	return Cursor{ID: l.ID}
}

// List is a page of customers after the cursor (nil: from the beginning), at
// most limit. It reads the keys of the page along an index first and the rows
// by them, so that its cost does not grow with the table.
func (s *Service) List(ctx context.Context, f Filter, by Sort, descending bool, after *Cursor, limit int) ([]Listed, error) {
	q := s.filtered(f).Column("s.customer_id").Limit(int64(limit))
	direction, beyond := "ASC", ">"
	if descending {
		direction, beyond = "DESC", "<"
	}
	const recent = "coalesce(s.last_order_at, '-infinity')"
	switch by {
	case ByLastOrder:
		q.OrderExpr(recent + " " + direction + ", s.customer_id " + direction)
		if after != nil {
			q.Where("("+recent+", s.customer_id) "+beyond+" (coalesce(?::timestamptz, '-infinity'), ?)", after.Time, after.ID)
		}
	case ByNetSales, ByOrderCount:
		column := map[Sort]string{ByNetSales: "s.net_sales", ByOrderCount: "s.orders_count"}[by]
		q.OrderExpr(column + " " + direction + ", s.customer_id " + direction)
		if after != nil {
			q.Where("("+column+", s.customer_id) "+beyond+" (?, ?)", after.Number, after.ID)
		}
	case ByCreated:
		q.OrderExpr("s.customer_id " + direction)
		if after != nil {
			q.Where("s.customer_id "+beyond+" ?", after.ID)
		}
	}
	var ids []int64
	if err := q.Scan(ctx, &ids); err != nil {
		return nil, db.Fault(err)
	}
	return s.listed(ctx, ids)
}

// listed reads customers and rollups, in the order of ids.
func (s *Service) listed(ctx context.Context, ids []int64) ([]Listed, error) {
	rows, err := s.ByIDs(ctx, ids)
	if err != nil {
		return nil, err
	}
	byID := make(map[int64]db.Customer, len(rows))
	for _, r := range rows {
		byID[r.ID] = r
	}
	var stats []db.CustomerStats
	if len(ids) > 0 {
		if err := s.db.NewSelect().Model(&stats).Where("customer_id IN (?)", bun.List(ids)).Scan(ctx); err != nil {
			return nil, db.Fault(err)
		}
	}
	statsOf := make(map[int64]db.CustomerStats, len(stats))
	for _, r := range stats {
		statsOf[r.CustomerID] = r
	}
	page := make([]Listed, 0, len(ids))
	for _, id := range ids {
		if c, ok := byID[id]; ok {
			page = append(page, Listed{c, statsOf[id]})
		}
	}
	return page, nil
}

// ByIDs is customers by id, for loaders; what is not there is left out.
func (s *Service) ByIDs(ctx context.Context, ids []int64) ([]db.Customer, error) {
	var rows []db.Customer
	if len(ids) == 0 {
		return rows, nil
	}
	err := s.db.NewSelect().Model(&rows).Where("id IN (?)", bun.List(ids)).Scan(ctx)
	return rows, db.Fault(err)
}

const inForce = `EXISTS (SELECT 1 FROM (
		SELECT DISTINCT ON (origin_shop_id) state FROM consents
		WHERE customer_id = s.customer_id AND channel = 'MAIL' AND purpose = 'MARKETING'
		ORDER BY origin_shop_id, occurred_at DESC, id DESC) newest
	WHERE state = 'GIVEN')`

// filtered selects the customers of f; every customer has a row of rollups.
func (s *Service) filtered(f Filter) *bun.SelectQuery {
	q := s.db.NewSelect().TableExpr("customer_stats AS s").Join("JOIN customers AS c ON c.id = s.customer_id").Where("c.merged_into IS NULL")
	if !f.Anonymous {
		q.Where("NOT c.anonymous")
	}
	if search := FoldSearch(f.Search); search != "" {
		q.Where(`s.customer_id IN (
			SELECT id FROM customers WHERE search_text LIKE ?
			UNION SELECT k.customer_id FROM shops JOIN order_keys k ON k.shop_id = shops.id WHERE k.order_no = ?)`,
			"%"+likeEscaper.Replace(search)+"%", strings.TrimSpace(f.Search))
	}
	if len(f.Malls) > 0 {
		q.Where("s.malls && ?::text[]", pgdialect.Array(f.Malls))
	}
	if len(f.StageIDs) > 0 {
		q.Where("s.customer_id IN (SELECT customer_id FROM member_stages WHERE stage_id IN (?))", bun.List(f.StageIDs))
	}
	if f.Member != nil {
		q.Where("(c.member_since IS NOT NULL) = ?", *f.Member)
	}
	if f.MailConsent != nil {
		q.Where(inForce+" = ?", *f.MailConsent)
	}
	if f.SegmentID != 0 {
		q.Where("s.customer_id IN (SELECT customer_id FROM segment_members WHERE segment_id = ?)", f.SegmentID)
	}
	return q
}

var likeEscaper = strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`)

// exactly is up to how many customers Count counts.
const exactly = 10_000

// Count is how many customers f leaves: exact up to 10,000, beyond that what
// the planner estimates.
func (s *Service) Count(ctx context.Context, f Filter) (int, error) {
	var n int
	few := s.filtered(f).ColumnExpr("1").Limit(exactly + 1)
	if err := s.db.NewSelect().ColumnExpr("count(*)").TableExpr("(?) AS few", few).Scan(ctx, &n); err != nil || n <= exactly {
		return n, db.Fault(err)
	}
	var plan []byte
	if err := s.db.NewRaw("EXPLAIN (FORMAT JSON) ?", s.filtered(f).ColumnExpr("1")).Scan(ctx, &plan); err != nil {
		return 0, db.Fault(err)
	}
	var parsed []struct {
		Plan struct {
			Rows float64 `json:"Plan Rows"`
		}
	}
	if err := json.Unmarshal(plan, &parsed); err != nil || len(parsed) == 0 {
		return n, err
	}
	return max(n, int(parsed[0].Plan.Rows)), nil
}
