package segment_test

import (
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/meguri-crm/meguri/crm/segment"
	"github.com/meguri-crm/meguri/db/dbtest"
)

var (
	someMalls = []string{"RAKUTEN", "YAHOO", "OWN_SITE"}
	someSKUs  = []string{"TEA-01", "TEA-02", "CUP-01"}
	someStage = []string{"REGULAR", "SILVER", "GOLD"}
	someHomes = []string{"東京都", "大阪府", "京都府", ""}
	someActs  = []string{"VIEW", "VIEW", "CART_ADD", "CART_ADD", "CART_REMOVE", "FAVOURITE", "SEARCH", "PAGE_VIEW"}
)

// survivor is whom all who were merged were merged into.
const survivor = int64(1)

func pick[T any](r *rand.Rand, list []T) T { return list[r.IntN(len(list))] }

// TestCompiledRulesAgreeWithNaiveEvaluation runs random rules on random people
// both ways: the SQL over rollups, and a plain loop over their facts.
func TestCompiledRulesAgreeWithNaiveEvaluation(t *testing.T) {
	const people, rules = 250, 1500
	r := rand.New(rand.NewPCG(2026, 11))
	crowd := make([]*person, people)
	for i := range crowd {
		crowd[i] = randomPerson(r, int64(i+1))
	}
	for _, p := range crowd {
		if p.booked = append(p.booked, p.own...); p.merged {
			crowd[survivor-1].booked = append(crowd[survivor-1].booked, p.own...)
		}
	}
	livingTogether(crowd)
	c := catalog()
	tx, err := dbtest.New(t).Pool.Begin(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = tx.Rollback(context.Background()) }()
	staleStatistics(t, tx)
	insertPeople(t, tx, crowd)
	insertKnowing(t, tx, crowd)
	for range rules {
		text, _ := json.Marshal(randomNode(r, 3))
		rule := parse(t, c, string(text))
		if got, want := selected(t, tx, c.Compile(rule, night)), expected(crowd, rule); !slices.Equal(got, want) {
			t.Fatalf("%s\n%s\n SQL gives %v\nwant       %v", text, c.Compile(rule, night).IDs().SQL, got, want)
		}
	}
}

// staleStatistics makes the planner believe that the tables are empty, as after
// a large import, and gives rules the settings they run with. A rule that then
// takes more than some milliseconds has gone quadratic.
func staleStatistics(t *testing.T, tx pgx.Tx) {
	t.Helper()
	for _, sql := range []string{
		"ANALYZE customers, customer_stats, customer_mall_stats, orders, order_lines, consents, point_lots, point_accounts, member_stages, customer_behaviour, messages, products",
		segment.RuleSettings,
		"SET LOCAL statement_timeout = 5000",
	} {
		if _, err := tx.Exec(context.Background(), sql); err != nil {
			t.Fatal(err)
		}
	}
}

func selected(t *testing.T, tx pgx.Tx, q segment.Query) []int64 {
	t.Helper()
	st := q.IDs()
	rows, err := tx.Query(context.Background(), st.SQL, st.ExecArgs()...)
	if err != nil {
		t.Fatal(err)
	}
	ids, err := pgx.CollectRows(rows, pgx.RowTo[int64])
	if err != nil {
		t.Fatalf("%v\n%s", err, st.SQL)
	}
	slices.Sort(ids)
	return ids
}

func expected(crowd []*person, rule *segment.Rule) []int64 {
	ids := []int64{}
	for _, p := range crowd {
		if p.matches(rule.Root(), night) {
			ids = append(ids, p.id)
		}
	}
	return ids
}

// livingTogether puts most people into households of two or three.
func livingTogether(crowd []*person) {
	homes := map[int64][]*person{}
	for _, p := range crowd {
		if p.id%5 != 0 {
			p.household = 1 + p.id/3
			homes[p.household] = append(homes[p.household], p)
		}
	}
	for _, together := range homes {
		for _, p := range together {
			p.together = int64(len(together))
		}
	}
}

func randomPerson(r *rand.Rand, id int64) *person {
	p := &person{id: id, anonymous: r.IntN(20) == 0, merged: r.IntN(20) == 0}
	if id == survivor {
		p.anonymous, p.merged = false, false
	}
	// Many facts lie on the edges of days, where zones and windows go wrong.
	instant := func(days int) time.Time {
		edge := pick(r, []time.Duration{0, -time.Microsecond, time.Duration(r.IntN(86400)) * time.Second})
		return time.Date(2026, 11, 21-days, 0, 0, 0, 0, tokyo).Add(edge)
	}
	if !p.anonymous && r.IntN(2) == 0 {
		p.member, p.since, p.stage, p.available = true, instant(r.IntN(60)), pick(r, someStage), int64(r.IntN(4)*100)
	}
	for range r.IntN(4) {
		p.friends = append(p.friends, referral{instant(r.IntN(60)), r.IntN(4) > 0})
	}
	for range r.IntN(2) {
		p.broughtBy = append(p.broughtBy, referral{instant(r.IntN(60)), r.IntN(3) > 0})
	}
	for range r.IntN(3) {
		p.keys = append(p.keys, int64(r.IntN(3)))
	}
	p.gender, p.home = pick(r, []string{"FEMALE", "MALE", "UNKNOWN"}), pick(r, someHomes)
	if r.IntN(3) > 0 {
		birth := time.Date(1990, time.Month(1+r.IntN(12)), 1+r.IntN(28), 0, 0, 0, 0, time.UTC)
		p.birth = &birth
	}
	for range r.IntN(7) {
		o := order{coupon: r.IntN(3) == 0, mall: pick(r, someMalls), currency: pick(r, []string{"JPY", "JPY", "GBP"}), at: instant(r.IntN(60)), sale: r.IntN(5) > 0}
		if o.sale {
			o.net = int64(r.IntN(5) * 1000)
		} else if r.IntN(2) == 0 {
			o.net = -int64(r.IntN(5) * 1000)
		}
		for range r.IntN(3) {
			o.skus = append(o.skus, pick(r, someSKUs))
		}
		p.orders = append(p.orders, o)
	}
	for range r.IntN(3) {
		l := lot{usable: r.IntN(3) > 0, remaining: int64(r.IntN(3) * 100)}
		if r.IntN(4) > 0 {
			expires := instant(20 - r.IntN(60))
			l.expires = &expires
		}
		p.lots = append(p.lots, l)
	}
	for range r.IntN(4) {
		p.consents = append(p.consents, consent{mall: pick(r, someMalls), channel: pick(r, []string{"MAIL", "LINE"}), given: r.IntN(2) == 0})
	}
	randomBehaviour(r, p, instant)
	randomPast(r, p, instant)
	p.knowing = randomKnowing(r)
	return p
}

// randomPast is what the ledger and the history of stages hold.
func randomPast(r *rand.Rand, p *person, instant func(int) time.Time) {
	p.reserved = int64(r.IntN(3) * 100)
	for range r.IntN(4) {
		p.own = append(p.own, booking{at: instant(r.IntN(60)), amount: int64(1+r.IntN(3)) * pick(r, []int64{100, -100}), expired: r.IntN(3) == 0})
	}
	for range r.IntN(4) {
		p.rose = append(p.rose, rise{at: instant(r.IntN(60)), to: pick(r, someStage)})
	}
	slices.SortStableFunc(p.rose, func(a, b rise) int { return a.at.Compare(b.at) })
}

func randomBehaviour(r *rand.Rand, p *person, instant func(int) time.Time) {
	for range r.IntN(8) {
		d := deed{action: pick(r, someActs), at: instant(r.IntN(60))}
		if d.action != "SEARCH" && d.action != "PAGE_VIEW" && r.IntN(6) > 0 {
			d.sku = pick(r, someSKUs)
		}
		if len(p.orders) > 0 && r.IntN(4) == 0 {
			d.at = pick(r, p.orders).at // in the very moment of a purchase
		}
		if n := len(p.acts); n > 0 && r.IntN(5) == 0 {
			d.sku, d.at = p.acts[n-1].sku, p.acts[n-1].at // or of another behaviour
		}
		p.acts = append(p.acts, d)
	}
	for range r.IntN(4) {
		var m mail
		for _, at := range []**time.Time{&m.sent, &m.opened, &m.clicked} {
			if r.IntN(4) == 0 {
				break
			}
			moment := instant(r.IntN(60))
			*at = &moment
		}
		p.mails = append(p.mails, m)
	}
}

// randomNode makes a valid rule, as the JSON a client would send.
func randomNode(r *rand.Rand, depth int) map[string]any {
	if depth == 0 || r.IntN(3) == 0 {
		return randomCondition(r)
	}
	if r.IntN(4) == 0 {
		return map[string]any{"not": randomNode(r, depth-1)}
	}
	var list []any
	for range 1 + r.IntN(3) {
		list = append(list, randomNode(r, depth-1))
	}
	return map[string]any{pick(r, []string{"all", "any"}): list}
}

func randomCondition(r *rand.Rand) map[string]any {
	f := pick(r, catalog().Fields())
	op := pick(r, f.Operators)
	c := map[string]any{"field": f.Name, "op": op}
	number := func() int64 {
		switch f.Name {
		case "net_sales", "first_price", "average_order":
			return int64(r.IntN(12)-2) * 1000
		case "points", "overdue", "points_outstanding":
			return int64(r.IntN(5) * 100)
		case "coupon_share", "event_share":
			return int64(r.IntN(5) * 12)
		case "order_interval", "age", "days_to_second", "days_to_third", "days_to_fourth", "days_to_fifth", "days_to_cross":
			return int64(r.IntN(50))
		}
		return int64(r.IntN(4))
	}
	date := func() string { return fmt.Sprintf("2026-%02d-%02d", 9+r.IntN(3), 1+r.IntN(28)) }
	switch op.Shape() {
	case segment.ShapeNumber, segment.ShapeCount:
		c["value"] = number()
	case segment.ShapeNumberRange:
		low := number()
		c["value"] = []int64{low, low + number()*int64(r.IntN(2))}
		if v, ok := c["value"].([]int64); ok && v[1] < v[0] {
			v[1] = v[0]
		}
	case segment.ShapeDays:
		c["value"] = r.IntN(61)
	case segment.ShapeDate:
		c["value"] = date()
	case segment.ShapeDateRange:
		dates := []string{date(), date()}
		slices.Sort(dates)
		c["value"] = dates
	case segment.ShapeList:
		values := map[string][]string{
			"malls": someMalls, "sku": someSKUs, "stage": someStage, "birth_month": {"1", "11", "12"},
			"first_mall": someMalls, "second_mall": someMalls, "next_mall": someMalls, "consent": {"MAIL", "LINE"}, "gender": {"FEMALE", "MALE", "UNKNOWN"}, "prefecture": {"東京都", "大阪府"},
			"region": {"KANTO", "KINKI"}, "segment": {"twice", "goldTwice", "everybody"},
			"earn_rule": {earnRules[0].Value, earnRules[1].Value, earnRules[2].Value},
			"tag":       {labels[0].Value, labels[1].Value, labels[2].Value}, "property.memo": append(someTexts, "%", "a-1"), "property.pet": {"dog", "cat"}, "property.likes": {"dog", "cat", "c2"},
		}[f.Name]
		c["value"] = []string{pick(r, values), pick(r, values)}
	case segment.ShapeBoolean:
		c["value"] = r.IntN(2) == 0
	case segment.ShapeNone:
	}
	if f.PerMall && r.IntN(2) == 0 {
		c["mall"] = pick(r, someMalls)
	}
	if f.Period && r.IntN(2) == 0 {
		c["within_days"] = r.IntN(61)
	}
	if f.Event && r.IntN(2) == 0 {
		c["events"] = []string{pick(r, someEvents).Code, pick(r, someEvents).Code}
	}
	if f.AsOf && r.IntN(2) == 0 {
		c["as_of"] = date()
	}
	if f.Product && r.IntN(2) == 0 {
		c["skus"] = []string{pick(r, someSKUs), pick(r, someSKUs)}
	}
	if f.Product && r.IntN(3) == 0 {
		c["categories"] = []string{pick(r, []string{"お茶", "器"})}
	}
	return c
}
