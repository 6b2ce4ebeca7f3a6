package customer

import (
	"context"
	"encoding/json"
	"slices"
	"strings"

	"github.com/uptrace/bun"
	"github.com/uptrace/bun/dialect/pgdialect"

	"github.com/meguri-crm/meguri/db"
)

// condition is one of the conditions a list is narrowed by.
type condition struct {
	needs []string // what it reads beside the customer's id: c for the profile, rollups by the names of joins
	where string   // about customers as c
	args  []any
}

// Rules reads the rules of segments, which a list may be narrowed by.
type Rules interface {
	// Condition is whom a rule means at this moment: SQL about customers as c with
	// ?0, ?1 … for its arguments, and what it reads beside c.id: c for the profile, s
	// for customer_stats, p for point_accounts, m for member_stages, g for its stages.
	// Errors: fault.Invalid RULE_INVALID.
	Condition(ctx context.Context, rule json.RawMessage) (needs []string, where string, args []any, err error)
	// Guard runs a read that nothing bounds, a rule for instance, in a transaction
	// of its own, and again by a safer plan when the first takes long.
	Guard(ctx context.Context, read func(context.Context, bun.IDB) error) error
}

// narrowing selects the customers of a filter.
type narrowing struct {
	conditions []condition
	anonymous  bool // the stand-ins of shops, too
}

// joins are the rollups a condition may need that only some customers have, at
// most one row each.
var joins = []struct{ name, sql string }{
	{"p", "LEFT JOIN point_accounts AS p ON p.customer_id = c.id"},
	{"m", "LEFT JOIN member_stages AS m ON m.customer_id = c.id"},
	{"g", "LEFT JOIN stages AS g ON g.id = m.stage_id"},
}

// of is the statement, with what the caller needs beside what the conditions do.
// Where nobody needs the profile, a customer is a row of customer_stats, which
// everybody has: it is smaller, and an index takes the few out who do not count.
func (n narrowing) of(idb bun.IDB, needs ...string) *bun.SelectQuery {
	for _, c := range n.conditions {
		needs = append(needs, c.needs...)
	}
	q := n.everybody(idb.NewSelect(), needs)
	for _, j := range joins {
		if slices.Contains(needs, j.name) {
			q.Join(j.sql)
		}
	}
	for _, c := range n.conditions {
		q.Where(c.where, c.args...)
	}
	return q
}

// everybody is whom the conditions are asked of.
func (n narrowing) everybody(q *bun.SelectQuery, needs []string) *bun.SelectQuery {
	nobody := "(x.anonymous OR x.merged_into IS NOT NULL)"
	if n.anonymous {
		nobody = "x.merged_into IS NOT NULL"
	}
	if !slices.Contains(needs, "c") {
		return q.TableExpr("customer_stats AS s CROSS JOIN LATERAL (SELECT s.customer_id AS id) AS c").
			Where("NOT EXISTS (SELECT FROM customers AS x WHERE x.id = c.id AND " + nobody + ")")
	}
	q.TableExpr("customers AS c").Where("c.merged_into IS NULL")
	if !n.anonymous {
		q.Where("NOT c.anonymous")
	}
	if slices.Contains(needs, "s") {
		q.Join("JOIN customer_stats AS s ON s.customer_id = c.id")
	}
	return q
}

// reading is a read of the customers whom a narrowing leaves.
type reading func(context.Context, bun.IDB, narrowing) error

// read runs a read of some of the customers of f, guarded when a rule is among
// what it is narrowed by.
func (s *Service) read(ctx context.Context, f Filter, read reading) error {
	n, err := s.narrowed(ctx, f)
	if err != nil {
		return err
	}
	if len(f.Rule) == 0 {
		return db.Fault(read(ctx, s.db, n))
	}
	return s.guarded(ctx, n, read)
}

// readAll runs a read of all customers of f. No page bounds it, so it is guarded
// whatever it is narrowed by.
func (s *Service) readAll(ctx context.Context, f Filter, read reading) error {
	n, err := s.narrowed(ctx, f)
	if err != nil {
		return err
	}
	return s.guarded(ctx, n, read)
}

func (s *Service) guarded(ctx context.Context, n narrowing, read reading) error {
	if s.rules == nil {
		return db.Fault(read(ctx, s.db, n))
	}
	return s.rules.Guard(ctx, func(ctx context.Context, idb bun.IDB) error { return read(ctx, idb, n) })
}

// narrowed are the conditions of f. Errors: those of Rules.Condition.
func (s *Service) narrowed(ctx context.Context, f Filter) (narrowing, error) {
	conditions, none := plain(f), narrowing{}
	if words := strings.TrimSpace(f.Search); words != "" {
		c, err := s.searched(ctx, words)
		if err != nil {
			return none, err
		}
		conditions = append(conditions, c)
	}
	if len(f.Rule) > 0 {
		needs, where, args, err := s.rules.Condition(ctx, f.Rule)
		if err != nil {
			return none, err
		}
		conditions = append(conditions, condition{needs, where, args})
	}
	return narrowing{conditions, f.Anonymous}, nil
}

// inForce says of a customer that a consent to mails is the last word on a shop.
const inForce = `EXISTS (SELECT FROM consents k WHERE k.customer_id = c.id AND k.channel = 'MAIL' AND k.purpose = 'MARKETING' AND k.state = 'GIVEN'
	AND NOT EXISTS (SELECT FROM consents n WHERE n.customer_id = k.customer_id AND n.channel = k.channel AND n.purpose = k.purpose
		AND n.origin_shop_id = k.origin_shop_id AND (n.occurred_at, n.id) > (k.occurred_at, k.id)))`

// plain are the conditions of f that need no look at the database first.
func plain(f Filter) (all []condition) {
	and := func(needs []string, where string, args ...any) { all = append(all, condition{needs, where, args}) }
	if len(f.Malls) > 0 {
		and([]string{"s"}, "s.malls && ?::text[]", pgdialect.Array(f.Malls))
	}
	if len(f.StageIDs) > 0 {
		and([]string{"m"}, "m.stage_id IN (?)", bun.List(f.StageIDs))
	}
	if len(f.TagIDs) > 0 {
		and(nil, "EXISTS (SELECT FROM customer_taggings t WHERE t.customer_id = c.id AND t.tag_id = ANY (?::bigint[]))", pgdialect.Array(f.TagIDs))
	}
	if f.Member != nil {
		and([]string{"c"}, map[bool]string{true: "c.member_since IS NOT NULL", false: "c.member_since IS NULL"}[*f.Member])
	}
	if f.MailConsent != nil && *f.MailConsent {
		and(nil, inForce)
	} else if f.MailConsent != nil {
		and(nil, "NOT "+inForce)
	}
	if f.SegmentID != 0 {
		and(nil, "c.id IN (SELECT customer_id FROM segment_members WHERE segment_id = ?)", f.SegmentID)
	}
	return all
}
