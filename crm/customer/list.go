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
	TagIDs      []int64 // has one of these
	Member      *bool
	MailConsent *bool
	SegmentID   int64
	Rule        json.RawMessage // whom a rule of segments means at this moment; empty: everybody
	Anonymous   bool            // the stand-ins of shops, too
}

// empty reports whether f leaves everybody.
func (f Filter) empty() bool {
	return strings.TrimSpace(f.Search) == "" && len(f.Malls) == 0 && len(f.StageIDs) == 0 && len(f.TagIDs) == 0 && f.Member == nil && f.MailConsent == nil &&
		f.SegmentID == 0 && len(f.Rule) == 0
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

// fewEnough is up to how many customers are sorted to find a page of them. Of
// more, the page is found by walking along the index of the order, and then
// nobody is far from the next who fits.
const fewEnough = 2000

// List is a page of customers after the cursor (nil: from the beginning), at
// most limit. It reads the keys of the page first and the rows by them. What it
// costs hangs on the filter but not on the depth of the page.
// Errors: fault.Invalid RULE_INVALID; fault.Unavailable when a rule takes too long.
func (s *Service) List(ctx context.Context, f Filter, by Sort, descending bool, after *Cursor, limit int) ([]Listed, error) {
	var ids []int64
	err := s.read(ctx, f, func(ctx context.Context, idb bun.IDB, n narrowing) error {
		q, err := pageOf(ctx, idb, f, n)
		if err != nil {
			return err
		}
		return ordered(q, by, descending, after).ColumnExpr("s.customer_id").Limit(int64(limit)).Scan(ctx, &ids)
	})
	if err != nil {
		return nil, err
	}
	return s.listed(ctx, ids)
}

// pageOf is what a page is to be taken of: the few that fit, by their ids, or
// the whole list with its conditions. Which of both is found out rather than
// left to the planner's guess, which is far off for words and rules.
func pageOf(ctx context.Context, idb bun.IDB, f Filter, n narrowing) (*bun.SelectQuery, error) {
	if f.empty() {
		return n.of(idb, "s"), nil
	}
	var few []int64
	if err := n.of(idb).ColumnExpr("c.id").Limit(fewEnough+1).Scan(ctx, &few); err != nil {
		return nil, err
	}
	if len(few) > fewEnough {
		return n.of(idb, "s"), nil
	}
	return idb.NewSelect().TableExpr("customer_stats AS s").Where("s.customer_id = ANY (?::bigint[])", pgdialect.Array(few)), nil
}

// ordered puts the list into an order that an index gives, and begins after a
// place in it.
func ordered(q *bun.SelectQuery, by Sort, descending bool, after *Cursor) *bun.SelectQuery {
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
	return q
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

// exactly is up to how many customers Count counts.
const exactly = 10_000

// Count is how many customers f leaves: exact up to 10,000, beyond that what
// the planner estimates, and more than 10,000. Errors: as List.
func (s *Service) Count(ctx context.Context, f Filter) (int, error) {
	var count int
	err := s.read(ctx, f, func(ctx context.Context, idb bun.IDB, n narrowing) error {
		few := n.of(idb).ColumnExpr("1").Limit(exactly + 1)
		if err := idb.NewSelect().ColumnExpr("count(*)").TableExpr("(?) AS few", few).Scan(ctx, &count); err != nil || count <= exactly {
			return err
		}
		var plan []byte
		if err := idb.NewRaw("EXPLAIN (FORMAT JSON) ?", n.of(idb).ColumnExpr("1")).Scan(ctx, &plan); err != nil {
			return err
		}
		rows, err := plannedRows(plan)
		count = max(count, rows)
		return err
	})
	return count, err
}

// plannedRows is how many rows a plan expects.
func plannedRows(plan []byte) (int, error) {
	var parsed []struct {
		Plan struct {
			Rows float64 `json:"Plan Rows"`
		}
	}
	if err := json.Unmarshal(plan, &parsed); err != nil || len(parsed) == 0 {
		return 0, err
	}
	return int(parsed[0].Plan.Rows), nil
}
