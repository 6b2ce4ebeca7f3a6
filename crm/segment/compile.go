package segment

import (
	"strconv"
	"strings"
	"time"
)

// Statement is SQL for Postgres with its arguments: $1 is Args[0].
type Statement struct {
	SQL  string
	Args []any
}

// Query is a compiled rule: the people of it, to be counted, listed or joined.
type Query struct {
	from  string // FROM … WHERE …, customers as c
	where string // what of it the rule says; it may be put into another statement over customers as c
	needs []string
	args  []any
}

// Compile translates a rule as it reads at an instant. Relative days count
// from that instant's day in the merchant's zone.
//
// Every leaf is written so that NULL means no. Negations are pushed down to
// the leaves, where "x IS NOT TRUE" or NOT EXISTS turns that no into a yes;
// a NOT above an OR would let NULL swallow people.
func (c *Catalog) Compile(rule *Rule, now time.Time) Query {
	b := &builder{zone: c.merchant.Zone, currency: c.merchant.Currency, now: now}
	where, needs := "TRUE", []string(nil)
	if !rule.root.everybody() {
		where = b.node(rule.root, false)
	}
	var sql strings.Builder
	sql.WriteString("FROM customers AS c")
	for _, j := range joins {
		if b.joined[j.name] {
			sql.WriteString("\n" + j.sql)
			needs = append(needs, j.aliases...)
		}
	}
	sql.WriteString("\nWHERE NOT c.anonymous AND c.merged_into IS NULL")
	if where != "TRUE" {
		sql.WriteString("\nAND " + where)
	}
	return Query{from: sql.String(), where: where, needs: needs, args: b.args}
}

// Count is the statement for how many people the rule has.
func (q Query) Count() Statement {
	return Statement{SQL: "SELECT count(*)\n" + q.from, Args: q.args}
}

// IDs is the statement for the people of the rule, one customer id a row, in
// no order. It can stand as a subquery.
func (q Query) IDs() Statement {
	return Statement{SQL: "SELECT c.id\n" + q.from, Args: q.args}
}

// Preview is the statement for both the count and n ids, from one pass over
// the rule. The ids are a sample that looks random but stays the same while
// the rule does: a multiplicative hash orders them.
func (q Query) Preview(n int) Statement {
	limit := "$" + strconv.Itoa(len(q.args)+1)
	return Statement{
		SQL: "WITH hit AS MATERIALIZED (\nSELECT c.id\n" + q.from + "\n)\n" +
			"SELECT (SELECT count(*) FROM hit),\n" +
			"ARRAY(SELECT id FROM hit ORDER BY (id % 1048576 * 2654435761) % 4294967296, id LIMIT " + limit + ")",
		Args: append(q.args[:len(q.args):len(q.args)], int64(n)),
	}
}

// joins are the rollups with at most one row a customer. An outer join costs
// nothing: the planner makes an inner one of it wherever a condition needs a
// row.
var joins = []struct {
	name, sql string
	aliases   []string
}{
	{"stats", "LEFT JOIN customer_stats AS s ON s.customer_id = c.id", []string{"s"}},
	{"points", "LEFT JOIN point_accounts AS p ON p.customer_id = c.id", []string{"p"}},
	{"stage", "LEFT JOIN member_stages AS m ON m.customer_id = c.id\nLEFT JOIN stages AS g ON g.id = m.stage_id", []string{"m", "g"}},
}

// builder collects the arguments and joins of one statement.
type builder struct {
	zone     *time.Location
	currency string
	now      time.Time
	args     []any
	joined   map[string]bool
}

// arg gives a value its place in the statement.
func (b *builder) arg(v any) string {
	b.args = append(b.args, v)
	return "$" + strconv.Itoa(len(b.args))
}

func (b *builder) join(name string) {
	if b.joined == nil {
		b.joined = map[string]bool{}
	}
	b.joined[name] = true
}

// day is midnight at the start of the day n days from today.
func (b *builder) day(n int64) time.Time {
	y, m, d := b.now.In(b.zone).Date()
	return time.Date(y, m, d+int(n), 0, 0, 0, 0, b.zone).UTC()
}

// date is the day n days from today, as a day of Postgres.
func (b *builder) date(n int64) string {
	y, m, d := b.now.In(b.zone).Date()
	return b.arg(time.Date(y, m, d+int(n), 0, 0, 0, 0, time.UTC).Format(time.DateOnly)) + "::date"
}

// midnight is the start of a calendar day.
func (b *builder) midnight(d Date) time.Time {
	return time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, b.zone).UTC()
}

func (b *builder) node(n *Node, negated bool) string {
	switch {
	case n.Not != nil:
		return b.node(n.Not, !negated)
	case n.Condition != nil && n.Condition.Field == segmentField:
		return b.segments(n.Condition, negated)
	case n.Condition != nil:
		p := n.Condition.field.sql(b, n.Condition)
		if negated {
			p.not = !p.not
		}
		return p.String()
	}
	word := " AND "
	if (n.Any != nil) != negated { // De Morgan: a negated OR is an AND of negations
		word = " OR "
	}
	parts := make([]string, 0, len(n.children()))
	for _, child := range n.children() {
		parts = append(parts, b.node(child, negated))
	}
	switch {
	case len(parts) == 0 && negated: // everybody, as the rule of a segment that is named
		return "FALSE"
	case len(parts) == 0:
		return "TRUE"
	case len(parts) == 1:
		return parts[0]
	}
	return "(" + strings.Join(parts, word) + ")"
}

// predicate is a leaf in SQL: an expression over the joined row that may be
// NULL, or the subquery of an EXISTS.
type predicate struct {
	sql    string
	exists bool
	not    bool
}

func (p predicate) String() string {
	switch {
	case p.exists && p.not:
		return "NOT EXISTS (" + p.sql + ")"
	case p.exists:
		return "EXISTS (" + p.sql + ")"
	case p.not:
		return "(" + p.sql + ") IS NOT TRUE"
	}
	return p.sql
}
