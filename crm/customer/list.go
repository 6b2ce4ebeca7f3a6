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
	Rule        json.RawMessage // whom a rule of segments means at this moment; empty: everybody
	Anonymous   bool            // the stand-ins of shops, too
}

// Rules reads the rules of segments, which a list may be narrowed by.
type Rules interface {
	// People is SQL for the ids of everybody a rule means, with ? for its arguments.
	// Errors: fault.Invalid RULE_INVALID.
	People(ctx context.Context, rule json.RawMessage) (sql string, args []any, err error)
	// Guard runs a read that has a rule in it in a transaction of its own, and
	// again by a safer plan when the first takes long.
	Guard(ctx context.Context, read func(context.Context, bun.IDB) error) error
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
// by them, so that its cost grows neither with the table nor with the depth.
// Errors: fault.Invalid RULE_INVALID; fault.Unavailable when a rule takes too long.
func (s *Service) List(ctx context.Context, f Filter, by Sort, descending bool, after *Cursor, limit int) ([]Listed, error) {
	var ids []int64
	err := s.read(ctx, f, func(ctx context.Context, idb bun.IDB, narrow narrowing) error {
		return ordered(narrow(idb), by, descending, after).Column("s.customer_id").Limit(int64(limit)).Scan(ctx, &ids)
	})
	if err != nil {
		return nil, err
	}
	return s.listed(ctx, ids)
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

const inForce = `EXISTS (SELECT 1 FROM (
		SELECT DISTINCT ON (origin_shop_id) state FROM consents
		WHERE customer_id = s.customer_id AND channel = 'MAIL' AND purpose = 'MARKETING'
		ORDER BY origin_shop_id, occurred_at DESC, id DESC) newest
	WHERE state = 'GIVEN')`

// narrowing selects the customers of a filter.
type narrowing func(bun.IDB) *bun.SelectQuery

// read runs a read of the customers of f, guarded when a rule is among what it
// is narrowed by.
func (s *Service) read(ctx context.Context, f Filter, read func(context.Context, bun.IDB, narrowing) error) error {
	if len(f.Rule) == 0 {
		return db.Fault(read(ctx, s.db, func(idb bun.IDB) *bun.SelectQuery { return filtered(idb, f) }))
	}
	people, args, err := s.rules.People(ctx, f.Rule)
	if err != nil {
		return err
	}
	return db.Fault(s.rules.Guard(ctx, func(ctx context.Context, idb bun.IDB) error {
		return read(ctx, idb, func(idb bun.IDB) *bun.SelectQuery {
			return filtered(idb, f).Where("s.customer_id IN ("+people+")", args...)
		})
	}))
}

// filtered selects the customers of f but for its rule; every customer has a row
// of rollups.
func filtered(idb bun.IDB, f Filter) *bun.SelectQuery {
	q := idb.NewSelect().TableExpr("customer_stats AS s").Join("JOIN customers AS c ON c.id = s.customer_id").Where("c.merged_into IS NULL")
	if !f.Anonymous {
		q.Where("NOT c.anonymous")
	}
	if words := strings.TrimSpace(f.Search); words != "" {
		searched(q, words)
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

// exactly is up to how many customers Count counts.
const exactly = 10_000

// Count is how many customers f leaves: exact up to 10,000, beyond that what
// the planner estimates, and more than 10,000. Errors: as List.
func (s *Service) Count(ctx context.Context, f Filter) (int, error) {
	var n int
	err := s.read(ctx, f, func(ctx context.Context, idb bun.IDB, narrow narrowing) error {
		few := narrow(idb).ColumnExpr("1").Limit(exactly + 1)
		if err := idb.NewSelect().ColumnExpr("count(*)").TableExpr("(?) AS few", few).Scan(ctx, &n); err != nil || n <= exactly {
			return err
		}
		var plan []byte
		if err := idb.NewRaw("EXPLAIN (FORMAT JSON) ?", narrow(idb).ColumnExpr("1")).Scan(ctx, &plan); err != nil {
			return err
		}
		rows, err := plannedRows(plan)
		n = max(n, rows)
		return err
	})
	return n, err
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
