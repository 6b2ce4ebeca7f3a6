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
	b := &builder{zone: c.merchant.Zone, currency: c.merchant.Currency, events: c.merchant.Events, now: now, joined: map[string]bool{}}
	where := "TRUE"
	if !rule.root.everybody() {
		where = b.node(rule.root, place{certain: true})
	}
	var needs []string
	for _, j := range joins {
		if b.joined[j.name] {
			needs = append(needs, j.aliases...)
		}
	}
	from := b.from()
	if where != "TRUE" {
		from += "\nAND " + where
	}
	return Query{from: from, where: where, needs: needs, args: b.args}
}

// from is whom a rule is asked of. Where nothing of the profile is read, the
// customer is only an id: every customer has his row of customer_stats, which
// is smaller, and the few who do not count are taken out of it by an index.
func (b *builder) from() string {
	sql := "FROM customer_stats AS s CROSS JOIN LATERAL (SELECT s.customer_id AS id) AS c"
	counts := "NOT EXISTS (SELECT 1 FROM customers AS x WHERE x.id = c.id AND (x.anonymous OR x.merged_into IS NOT NULL))"
	if b.joined["profile"] {
		sql, counts = "FROM customers AS c", "NOT c.anonymous AND c.merged_into IS NULL"
		if b.joined["stats"] {
			sql += "\nJOIN customer_stats AS s ON s.customer_id = c.id"
		}
	}
	for _, j := range joins {
		if b.joined[j.name] && j.sql != "" {
			sql += "\n" + j.sql
		}
	}
	return sql + "\nWHERE " + counts
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

// scatter orders customers so that the first of them look random but stay the
// same while the rule does: a multiplicative hash.
const scatter = "(c.id % 1048576 * 2654435761) % 4294967296"

// likely is the part of the hash's range that holds a preview's sample unless
// the rule has few people: a sixteenth.
const likely = 1 << 28

// Preview is the statement for both the count and n ids, from one pass over the
// rule that sorts only whom the hash puts first. Of few people it gives fewer
// ids than there are; Sample then has them.
func (q Query) Preview(n int) Statement {
	limit := "$" + strconv.Itoa(len(q.args)+1)
	return Statement{
		SQL: "SELECT hit.count, ARRAY(SELECT c.id FROM unnest(hit.ids) AS c (id) ORDER BY " + scatter + ", c.id LIMIT " + limit + ")\n" +
			"FROM (SELECT count(*) AS count, array_agg(c.id) FILTER (WHERE " + scatter + " < " + strconv.Itoa(likely) + ") AS ids\n" + q.from + "\n) AS hit",
		Args: append(q.args[:len(q.args):len(q.args)], int64(n)),
	}
}

// Sample is the statement for the ids of a preview alone, however few people
// the rule has.
func (q Query) Sample(n int) Statement {
	limit := "$" + strconv.Itoa(len(q.args)+1)
	return Statement{
		SQL:  "SELECT ARRAY(SELECT c.id\n" + q.from + "\nORDER BY " + scatter + ", c.id LIMIT " + limit + ")",
		Args: append(q.args[:len(q.args):len(q.args)], int64(n)),
	}
}

// joins are what a rule reads of a customer beside subqueries: the profile,
// customer_stats, and the rollups that only some have. An outer join costs
// nothing: the planner makes an inner one of it wherever a condition needs a
// row.
var joins = []struct {
	name, sql string
	aliases   []string
}{
	{"profile", "", []string{"c"}},
	{"stats", "", []string{"s"}},
	{"points", "LEFT JOIN point_accounts AS p ON p.customer_id = c.id", []string{"p"}},
	{"stage", "LEFT JOIN member_stages AS m ON m.customer_id = c.id\nLEFT JOIN stages AS g ON g.id = m.stage_id", []string{"m", "g"}},
}

// builder collects the arguments and joins of one statement.
type builder struct {
	zone     *time.Location
	currency string
	events   []Event
	now      time.Time
	args     []any
	joined   map[string]bool
}

// arg gives a value its place in the statement.
func (b *builder) arg(v any) string {
	b.args = append(b.args, v)
	return "$" + strconv.Itoa(len(b.args))
}

func (b *builder) join(name string) { b.joined[name] = true }

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

// place is where in the tree a node stands.
type place struct {
	negated bool
	certain bool // whoever does not meet the node does not meet the rule
}

func (b *builder) node(n *Node, at place) string {
	if s, ok := b.spanOf(n, at.negated); ok {
		return b.recent(s)
	}
	switch {
	case n.Not != nil:
		at.negated = !at.negated
		return b.node(n.Not, at)
	case n.Condition != nil && n.Condition.Field == segmentField:
		return b.segments(n.Condition, at)
	case n.Condition != nil:
		return b.leaf(n.Condition, at)
	case (n.Any != nil) != at.negated: // De Morgan: a negated OR is an AND of negations
		return b.either(n.children(), at)
	}
	return b.every(n.children(), at)
}

func (b *builder) leaf(c *Condition, at place) string {
	if c.Field == "member" && at.certain && c.Bool != at.negated {
		return b.members()
	}
	p := c.field.sql(b, c)
	if at.negated {
		p.not = !p.not
	}
	return p.String()
}

// either is the OR of nodes.
func (b *builder) either(nodes []*Node, at place) string {
	at.certain = at.certain && len(nodes) == 1
	parts := make([]string, 0, len(nodes))
	for _, n := range nodes {
		parts = append(parts, b.node(n, at))
	}
	return grouping(parts, " OR ", "FALSE") // nothing: everybody, as the rule of a segment that is named, negated
}

// every is the AND of nodes. What they say of the last order is said in one:
// Postgres would not see one stretch of an index in it.
func (b *builder) every(nodes []*Node, at place) string {
	var all *span
	parts := make([]string, 0, len(nodes))
	for _, n := range nodes {
		if s, ok := b.spanOf(n, at.negated); ok {
			all = all.and(s)
			continue
		}
		parts = append(parts, b.node(n, at))
	}
	if all != nil {
		parts = append(parts, b.recent(*all))
	}
	return grouping(parts, " AND ", "TRUE")
}

func grouping(parts []string, word, none string) string {
	switch len(parts) {
	case 0:
		return none
	case 1:
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
