package points

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/meguri-crm/meguri/db"
)

// usage is what rules have given to the customers of one transaction, by order
// and action: what was found, and what it has become. Only rules with counted
// caps are found; what others gave is written without being read.
type usage struct {
	byOwner map[owner][]*use
	totals  map[int64]int64 // of rules with a cap over all, as it would be committed
	dirty   []*use
}

type owner struct{ rule, customer int64 }

type use struct {
	owner
	source string
	day    Day
	points int64
	noted  bool
}

// locking says whether what is left of a budget is going to be given.
type locking bool

const (
	toGive locking = true
	toRead locking = false
)

// loadUsage reads what the counted rules have given to customers. A rule with a
// cap over all that is in force is locked until the transaction ends, so that nobody else gives by
// it meanwhile; rules are locked after the accounts, by id.
func loadUsage(ctx context.Context, q querier, customers []int64, rules *catalog, counted []int64, hold locking) (*usage, error) {
	u := &usage{byOwner: map[owner][]*use{}, totals: map[int64]int64{}}
	if len(counted) == 0 {
		return u, nil
	}
	if err := u.loadTotals(ctx, q, rules, counted, hold); err != nil {
		return nil, err
	}
	rows, err := q.Query(ctx, `SELECT rule_id, customer_id, source, day::text, points FROM earn_uses WHERE customer_id = ANY($1::bigint[]) AND rule_id = ANY($2::bigint[])`, customers, counted)
	if err != nil {
		return nil, db.Fault(err)
	}
	var found use
	_, err = pgx.ForEachRow(rows, []any{&found.rule, &found.customer, &found.source, &found.day, &found.points}, func() error {
		one := found
		u.byOwner[one.owner] = append(u.byOwner[one.owner], &one)
		return nil
	})
	return u, db.Fault(err)
}

func (u *usage) loadTotals(ctx context.Context, q querier, rules *catalog, counted []int64, hold locking) error {
	capped := slices.DeleteFunc(slices.Clone(counted), func(id int64) bool {
		return !slices.ContainsFunc(rules.rules[id], func(r EarnRule) bool { return r.Caps.Total > 0 })
	})
	if len(capped) == 0 {
		return nil
	}
	if hold == toRead {
		return u.readTotals(ctx, q, capped)
	}
	inForce := slices.DeleteFunc(slices.Clone(capped), func(id int64) bool { return !rules.rules[id][len(rules.rules[id])-1].Enabled })
	if _, err := q.Exec(ctx, `SELECT FROM earn_rules WHERE id = ANY($1::bigint[]) ORDER BY id FOR NO KEY UPDATE`, inForce); err != nil {
		return db.Fault(err)
	}
	return u.readTotals(ctx, q, capped)
}

func (u *usage) readTotals(ctx context.Context, q querier, capped []int64) error {
	rows, err := q.Query(ctx, `SELECT rule_id, sum(points)::bigint FROM earn_uses WHERE rule_id = ANY($1::bigint[]) GROUP BY rule_id`, capped)
	if err != nil {
		return db.Fault(err)
	}
	var id, points int64
	_, err = pgx.ForEachRow(rows, []any{&id, &points}, func() error {
		u.totals[id] = points
		return nil
	})
	return db.Fault(err)
}

// source is how an order is named in earn_uses.
func (o order) source() string { return fmt.Sprintf("order:%d", o.ID) }

// left is what the caps of rules leave for an order, which does not count itself.
func (u *usage) left(o *order, rules []EarnRule, under []Under, zone *time.Location) map[int64]Left {
	left := map[int64]Left{}
	for _, r := range rules {
		l := u.leftOf(r, o.CustomerID, o.source(), Day(o.OrderedAt.In(zone).Format(time.DateOnly)))
		if i := slices.IndexFunc(under, func(n Under) bool { return n.Rule == r.ID }); i >= 0 {
			l.First = under[i].Left
		}
		left[r.ID] = l
	}
	return left
}

func (u *usage) leftOf(r EarnRule, customer int64, source string, day Day) (l Left) {
	if !r.counted() {
		return l
	}
	var onDay, inYear, ever, own int64
	for _, use := range u.byOwner[owner{r.ID, customer}] {
		if use.source == source {
			own = use.points
			continue
		}
		ever += use.points
		if use.day == day {
			onDay += use.points
		}
		if use.day[:4] == day[:4] {
			inYear += use.points
		}
	}
	rest := func(bound, used int64) *int64 {
		if bound == 0 {
			return nil
		}
		n := max(bound-used, 0)
		return &n
	}
	l = Left{Day: rest(r.Caps.Day, onDay), Person: rest(r.Caps.Person, ever), Total: rest(r.Caps.Total, u.totals[r.ID]-own)}
	if r.Often == Once && ever > 0 || r.Often == PerYear && inYear > 0 {
		l.Person = new(int64)
	}
	return l
}

// note keeps what the rules that an order fell under give it now.
func (u *usage) note(o *order, under []Under, parts []Part, zone *time.Location) {
	day := Day(o.OrderedAt.In(zone).Format(time.DateOnly))
	for _, n := range under {
		var points int64
		for _, p := range parts {
			if p.Rule == n.Rule {
				points += p.Points
			}
		}
		u.set(owner{n.Rule, o.CustomerID}, o.source(), day, points)
	}
}

func (u *usage) set(of owner, source string, day Day, points int64) {
	uses := u.byOwner[of]
	i := slices.IndexFunc(uses, func(one *use) bool { return one.source == source })
	if i < 0 {
		uses = append(uses, &use{owner: of, source: source, day: day})
		i, u.byOwner[of] = len(uses)-1, uses
	}
	one := uses[i]
	u.totals[of.rule] += points - one.points
	one.points = points
	if !one.noted {
		one.noted = true
		u.dirty = append(u.dirty, one)
	}
}

// save writes what was noted: one statement, or two where something is given no more.
func (u *usage) save(ctx context.Context, q querier) error {
	if len(u.dirty) == 0 {
		return nil
	}
	var rules, customers, points []int64
	var sources, days []string
	for _, n := range u.dirty {
		rules, customers, points = append(rules, n.rule), append(customers, n.customer), append(points, n.points)
		sources, days = append(sources, n.source), append(days, string(n.day))
	}
	if slices.Contains(points, 0) {
		if _, err := q.Exec(ctx, `DELETE FROM earn_uses e USING unnest($1::bigint[], $2::bigint[], $3::text[], $4::bigint[]) AS n (rule_id, customer_id, source, points)
			WHERE n.points = 0 AND e.customer_id = n.customer_id AND e.rule_id = n.rule_id AND e.source = n.source`, rules, customers, sources, points); err != nil {
			return db.Fault(err)
		}
	}
	_, err := q.Exec(ctx, `INSERT INTO earn_uses AS e (rule_id, customer_id, source, day, points)
		SELECT * FROM unnest($1::bigint[], $2::bigint[], $3::text[], $4::text[]::date[], $5::bigint[]) AS n (rule_id, customer_id, source, day, points) WHERE n.points > 0
		ON CONFLICT (customer_id, rule_id, source) DO UPDATE SET points = excluded.points WHERE e.points <> excluded.points`,
		rules, customers, sources, days, points)
	return db.Fault(err)
}
