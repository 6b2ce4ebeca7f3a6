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
)

func pick[T any](r *rand.Rand, list []T) T { return list[r.IntN(len(list))] }

// TestCompiledRulesAgreeWithNaiveEvaluation runs random rules on random people
// both ways: the SQL over rollups, and a plain loop over their facts.
func TestCompiledRulesAgreeWithNaiveEvaluation(t *testing.T) {
	const people, rules = 250, 400
	r := rand.New(rand.NewPCG(2026, 11))
	crowd := make([]*person, people)
	for i := range crowd {
		crowd[i] = randomPerson(r, int64(i+1))
	}
	c := catalog()
	err := dbtest.Tx(t).Pgx(func(tx pgx.Tx) error {
		staleStatistics(t, tx)
		insertPeople(t, tx, crowd)
		for range rules {
			text, _ := json.Marshal(randomNode(r, 3))
			rule := parse(t, c, string(text))
			if got, want := selected(t, tx, c.Compile(rule, night)), expected(crowd, rule); !slices.Equal(got, want) {
				t.Fatalf("%s\n%s\n SQL gives %v\nwant       %v", text, c.Compile(rule, night).IDs().SQL, got, want)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// staleStatistics makes the planner believe that the tables are empty, as after
// a large import, and gives rules the settings they run with. A rule that then
// takes more than some milliseconds has gone quadratic.
func staleStatistics(t *testing.T, tx pgx.Tx) {
	t.Helper()
	for _, sql := range []string{
		"ANALYZE customers, customer_stats, customer_mall_stats, orders, order_lines, consents, point_lots, point_accounts, member_stages",
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

func randomPerson(r *rand.Rand, id int64) *person {
	p := &person{id: id, anonymous: r.IntN(20) == 0, merged: r.IntN(20) == 0}
	// Many facts lie on the edges of days, where zones and windows go wrong.
	instant := func(days int) time.Time {
		edge := pick(r, []time.Duration{0, -time.Microsecond, time.Duration(r.IntN(86400)) * time.Second})
		return time.Date(2026, 11, 21-days, 0, 0, 0, 0, tokyo).Add(edge)
	}
	if !p.anonymous && r.IntN(2) == 0 {
		p.member, p.stage, p.available = true, pick(r, someStage), int64(r.IntN(4)*100)
	}
	if r.IntN(3) > 0 {
		birth := time.Date(1990, time.Month(1+r.IntN(12)), 1+r.IntN(28), 0, 0, 0, 0, time.UTC)
		p.birth = &birth
	}
	for range r.IntN(5) {
		o := order{mall: pick(r, someMalls), currency: pick(r, []string{"JPY", "JPY", "GBP"}), at: instant(r.IntN(60)), sale: r.IntN(5) > 0}
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
		p.consents = append(p.consents, consent{mall: pick(r, someMalls), given: r.IntN(2) == 0})
	}
	return p
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
		case "net_sales":
			return int64(r.IntN(12)-2) * 1000
		case "points":
			return int64(r.IntN(5) * 100)
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
		values := map[string][]string{"malls": someMalls, "sku": someSKUs, "stage": someStage, "birth_month": {"1", "11", "12"}}[f.Name]
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
	return c
}
