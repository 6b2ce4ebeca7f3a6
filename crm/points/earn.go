package points

import (
	"context"
	"encoding/json"
	"maps"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/db"
)

// catalog is every version of every rule there has been. It is never changed,
// only replaced by one that knows more.
type catalog struct {
	last  int64 // id of the newest version
	rules map[int64][]EarnRule
	ids   []int64
}

// readRules is the catalog as of q. Only versions that have come since are read.
func (s *Service) readRules(ctx context.Context, q querier) (*catalog, error) {
	known := s.rules.Load()
	if known == nil {
		known = &catalog{rules: map[int64][]EarnRule{}}
	}
	rows, err := q.Query(ctx, `SELECT id, rule_id, version, name, enabled, definition, created_at FROM earn_rule_versions WHERE id > $1 ORDER BY id`, known.last)
	if err != nil {
		return nil, db.Fault(err)
	}
	more, err := pgx.CollectRows(rows, pgx.RowToStructByNameLax[db.EarnRuleVersion])
	if err != nil || len(more) == 0 {
		return known, db.Fault(err)
	}
	next := &catalog{last: more[len(more)-1].ID, rules: maps.Clone(known.rules)}
	for _, row := range more {
		r, err := ruleFrom(row)
		if err != nil {
			return nil, err
		}
		next.rules[r.ID] = append(slices.Clone(next.rules[r.ID]), r)
	}
	next.ids = slices.Sorted(maps.Keys(next.rules))
	s.rules.Store(next)
	return next, nil
}

func ruleFrom(row db.EarnRuleVersion) (r EarnRule, err error) {
	if err := json.Unmarshal(row.Definition, &r); err != nil {
		return r, fault.Wrap(fault.Internal, err, "version %d of earn rule %d cannot be read", row.Version, row.RuleID)
	}
	r.ID, r.Version, r.Name, r.Enabled, r.Since = row.RuleID, row.Version, row.Name, row.Enabled, row.CreatedAt
	return r, nil
}

// under are the rules whose occasion it is, and why the others are none; for
// orders, or for an action.
func (c *catalog) under(o Occasion, action Action) (rules []EarnRule, not []Refused) {
	for _, id := range c.ids {
		r, why := VersionAt(c.rules[id], o.At)
		if r.Action != action {
			continue
		}
		if why == "" {
			why = r.Refuses(o)
		}
		if why != "" {
			not = append(not, Refused{Rule: r.ID, Version: r.Version, Kind: PartKind(r.Kind), Why: why})
			continue
		}
		rules = append(rules, r)
	}
	return rules, not
}

// named are the versions that an order fell under when it earned first.
func (c *catalog) named(under []Under) ([]EarnRule, error) {
	rules := make([]EarnRule, len(under))
	for i, u := range under {
		versions := c.rules[u.Rule]
		j := slices.IndexFunc(versions, func(r EarnRule) bool { return r.Version == u.Version })
		if j < 0 {
			return nil, fault.New(fault.Internal, "version %d of earn rule %d is not there", u.Version, u.Rule)
		}
		rules[i] = versions[j]
	}
	return rules, nil
}

// asks lists what the rules of some actions ("" for orders) ask about that is not
// in an order itself.
func (c *catalog) asks(actions []Action) (segments, counted []int64, categories bool) {
	for id, versions := range c.rules {
		if !slices.ContainsFunc(versions, func(r EarnRule) bool { return slices.Contains(actions, r.Action) }) {
			continue
		}
		for _, r := range versions {
			segments = append(segments, r.Segments...)
			categories = categories || len(r.Categories) > 0
			if r.counted() && !slices.Contains(counted, id) {
				counted = append(counted, id)
			}
		}
	}
	slices.Sort(segments)
	slices.Sort(counted)
	return slices.Compact(segments), counted, categories
}

// ofOrders are the rules that orders fall under.
var ofOrders = []Action{""}

// programme is what orders are worked out by within one transaction.
type programme struct {
	Settings
	zone  *time.Location
	rules *catalog
	used  *usage

	byLine bool // what each line earns is asked for
}

// programmeFor reads the programme, and of the orders what its rules ask about: a
// number of statements that does not depend on how many orders there are, and one
// where there are no rules. Where actions are worked out, they stand in the place
// of orders.
func (s *Service) programmeFor(ctx context.Context, q querier, orders []*order, books map[int64]*book, actions []Action, hold locking) (*programme, error) {
	set, err := s.readSettings(ctx, q)
	if err != nil {
		return nil, err
	}
	rules, err := s.readRules(ctx, q)
	if err != nil {
		return nil, err
	}
	p := &programme{Settings: set, zone: s.zone, rules: rules}
	segments, counted, categories := rules.asks(actions)
	if slices.Contains(actions, "") {
		if err := loadLines(ctx, q, orders, categories); err != nil {
			return nil, err
		}
	}
	if len(segments) > 0 {
		if err := loadSegments(ctx, q, orders, segments); err != nil {
			return nil, err
		}
	}
	p.used, err = loadUsage(ctx, q, slices.Sorted(maps.Keys(books)), rules, counted, hold)
	return p, err
}

// work is what an order earns. One that earns for the first time is told which
// rules it falls under, for good. One of which goods have come back keeps what the
// rest had earned.
func (p *programme) work(o *order, first bool, rule *Rule) (Breakdown, error) {
	rules, err := p.rulesFor(o, first, rule)
	if err != nil {
		return Breakdown{}, err
	}
	left := p.used.left(o, rules, rule.Under, p.zone)
	if first {
		for _, r := range rules {
			rule.Under = append(rule.Under, Under{Rule: r.ID, Version: r.Version, Left: left[r.ID].least()})
		}
	}
	var b Breakdown
	rest, kept := o.restOf(rule, rules)
	if !kept {
		rule.Sold = o.sold(rules)
	}
	switch {
	case kept:
		b = rule.Keep(rules, *rule.Sold, rest, o.amounts(), left)
	case p.byLine:
		b = rule.ByLine(rules, o.purchase(), left)
	default:
		b = rule.Work(rules, o.purchase(), left)
	}
	if len(rules) > 0 {
		rule.Parts = b.Parts
	}
	return b, nil
}

// rulesFor are the rules that an order falls under: now where it is the first
// time, else those of then.
func (p *programme) rulesFor(o *order, first bool, rule *Rule) (rules []EarnRule, err error) {
	if !first {
		rules, err = p.rules.named(rule.Under)
	} else {
		rules, _ = p.rules.under(o.occasion(p.zone), "")
		rule.Stack = p.Stack
	}
	if len(rules) == 0 {
		rule.Stack = ""
	}
	return rules, err
}

// restOf is what is left of the goods of which the order was when it earned; kept
// is false where it has otherwise changed since, or has not earned yet.
func (o order) restOf(rule *Rule, rules []EarnRule) (rest []*Line, kept bool) {
	if rule.Sold == nil {
		return nil, false
	}
	rates := []Rule{*rule}
	for _, r := range rules {
		if r.Kind == EarnBase {
			rates = append(rates, Rule{Base: r.Base})
		}
	}
	return o.purchase().restOf(*rule.Sold, rates)
}

// sold is what of the order has to be known when goods of it come back.
func (o order) sold(rules []EarnRule) *Purchase {
	if len(o.lines) == 0 || len(o.lines) == 1 && o.lines[0].Quantity <= 1 {
		return nil
	}
	p := o.purchase()
	if !slices.ContainsFunc(rules, func(r EarnRule) bool { return len(r.Categories) > 0 }) {
		p.Lines = slices.Clone(p.Lines)
		for i := range p.Lines {
			p.Lines[i].Category = ""
		}
	}
	return &p
}

// least is what all caps together leave.
func (l Left) least() (least *int64) {
	for _, bound := range []*int64{l.Day, l.Person, l.Total} {
		if bound != nil && (least == nil || *bound < *least) {
			least = bound
		}
	}
	return least
}

// occasion is when and where the order was placed, and by whom. He is in a
// segment if he has entered it by then, by the membership that is kept for it
// (worked out every hour, and when somebody asks), and not left it by the time
// the order first earns.
func (o order) occasion(zone *time.Location) Occasion {
	in := Occasion{At: o.OrderedAt.In(zone), Shop: o.ShopID, Mall: o.Mall, Stage: o.StageID, BirthMonth: time.Month(o.BirthMonth), Currency: o.Currency, Form: o.form}
	for _, s := range o.segments {
		if !s.since.After(o.OrderedAt) {
			in.Segments = append(in.Segments, s.id)
		}
	}
	return in
}

// segment is one a customer is in.
type segment struct {
	id    int64
	since time.Time
}

// loadSegments finds which of the segments the customers of orders are in.
func loadSegments(ctx context.Context, q querier, orders []*order, segments []int64) error {
	byCustomer := map[int64][]*order{}
	for _, o := range orders {
		byCustomer[o.CustomerID] = append(byCustomer[o.CustomerID], o)
	}
	rows, err := q.Query(ctx, `SELECT customer_id, segment_id, entered_at FROM segment_members WHERE customer_id = ANY($1::bigint[]) AND segment_id = ANY($2::bigint[])`,
		slices.Sorted(maps.Keys(byCustomer)), segments)
	if err != nil {
		return db.Fault(err)
	}
	var customer int64
	var in segment
	_, err = pgx.ForEachRow(rows, []any{&customer, &in.id, &in.since}, func() error {
		for _, o := range byCustomer[customer] {
			o.segments = append(o.segments, in)
		}
		return nil
	})
	return db.Fault(err)
}

// loadLines reads the lines of orders, with the categories of their goods where
// they are asked for.
func loadLines(ctx context.Context, q querier, orders []*order, categories bool) error {
	byID := map[int64]*order{}
	var customers []int64
	for _, o := range orders {
		if !o.Moved && o.Kind == "SALE" && !o.cancelled() {
			byID[o.ID], customers = o, append(customers, o.CustomerID)
		}
	}
	if len(byID) == 0 {
		return nil
	}
	category, products := "''", ""
	if categories {
		category, products = "coalesce(p.category, '')", "LEFT JOIN products p ON p.sku = l.sku"
	}
	rows, err := q.Query(ctx, `SELECT l.order_id, l.line_key, l.sku, `+category+`, l.quantity, l.amount FROM order_lines l `+products+`
		WHERE l.customer_id = ANY($1::bigint[]) AND l.order_id = ANY($2::bigint[]) ORDER BY l.order_id, length(l.line_key), l.line_key`,
		slices.Compact(customers), slices.Sorted(maps.Keys(byID)))
	if err != nil {
		return db.Fault(err)
	}
	var id int64
	var l Line
	_, err = pgx.ForEachRow(rows, []any{&id, &l.Key, &l.SKU, &l.Category, &l.Quantity, &l.Amount}, func() error {
		byID[id].lines = append(byID[id].lines, l)
		return nil
	})
	return db.Fault(err)
}
