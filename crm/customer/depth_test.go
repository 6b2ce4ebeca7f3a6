package customer_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/meguri-crm/meguri/crm/customer"
)

// node is a part of a plan.
type node struct {
	Type  string  `json:"Node Type"`
	Index string  `json:"Index Name"`
	Rows  float64 `json:"Actual Rows"`
	Loops float64 `json:"Actual Loops"`
	Gone  float64 `json:"Rows Removed by Filter"`
	Plans []node  `json:"Plans"`
}

// read is how many rows were taken from tables and indexes.
func (n node) read() (rows float64) {
	if len(n.Plans) == 0 {
		rows = (n.Rows + n.Gone) * n.Loops
	}
	for _, part := range n.Plans {
		rows += part.read()
	}
	return rows
}

// uses names the indexes and says whether anything is sorted.
func (n node) uses() (indexes []string, sorts bool) {
	if n.Index != "" {
		indexes = append(indexes, n.Index)
	}
	sorts = strings.Contains(n.Type, "Sort")
	for _, part := range n.Plans {
		below, sorted := part.uses()
		indexes, sorts = append(indexes, below...), sorts || sorted
	}
	return indexes, sorts
}

const depthCustomers = 20_000

func planOf(t *testing.T, s *customer.Service, f customer.Filter, by customer.Sort, after *customer.Cursor) node {
	t.Helper()
	raw, err := customer.PlanOf(t.Context(), s, f, by, true, after, pageSize)
	if err != nil {
		t.Fatal(err)
	}
	var plans []struct{ Plan node }
	if err := json.Unmarshal(raw, &plans); err != nil || len(plans) != 1 {
		t.Fatalf("%s, %v", raw, err)
	}
	return plans[0].Plan
}

// TestNoPageCostsMoreThanTheFirst: whatever the order, a page is a walk along an
// index that reads a page's rows, at the beginning as at the end.
func TestNoPageCostsMoreThanTheFirst(t *testing.T) {
	s, _ := crowd(t, depthCustomers)
	late := time.Date(2024, 12, 30, 0, 0, 0, 0, time.UTC) // nearly the last by each order
	for by, walk := range map[customer.Sort]struct {
		index string
		deep  customer.Cursor
	}{
		customer.ByLastOrder:  {"customer_stats_recent_idx", customer.Cursor{ID: 1 << 40, Time: &late}},
		customer.ByNetSales:   {"customer_stats_net_sales_idx", customer.Cursor{ID: 1 << 40, Number: 1000}},
		customer.ByOrderCount: {"customer_stats_orders_count_idx", customer.Cursor{ID: 5000, Number: 1}},
		customer.ByCreated:    {"customer", customer.Cursor{ID: 1000}},
	} {
		for depth, after := range map[string]*customer.Cursor{"first": nil, "deep": &walk.deep} {
			plan := planOf(t, s, customer.Filter{}, by, after)
			indexes, sorts := plan.uses()
			if sorts || !slices.ContainsFunc(indexes, func(i string) bool { return strings.HasPrefix(i, walk.index) }) {
				t.Errorf("by %s, the %s page: indexes %v, sorted %t", by, depth, indexes, sorts)
			}
			if rows := plan.read(); plan.Rows != pageSize || rows > 4*pageSize {
				t.Errorf("by %s, the %s page of %.0f customers reads %.0f rows", by, depth, plan.Rows, rows)
			}
		}
	}
}

// TestFewAreFoundByTheirIds: a narrow filter does not walk through everybody in
// search of a page, however rare those are who fit, and a wide one does not sort.
func TestFewAreFoundByTheirIds(t *testing.T) {
	s, _ := crowd(t, depthCustomers)
	narrow := map[string]customer.Filter{
		"mall":    {Malls: []string{"AU_PAY"}},
		"stage":   {StageIDs: []int64{4}},
		"segment": {SegmentID: 1},
		"words":   {Search: "user1999"},
		"nobody":  {Search: "どこにもいない"},
		"rule":    {Rule: json.RawMessage(`{"all":[{"field":"net_sales","op":"gte","value":199000},{"field":"mail_consent","op":"is","value":true}]}`)},
	}
	for name, f := range narrow {
		matches, err := s.Count(t.Context(), f)
		if err != nil {
			t.Fatal(err)
		}
		if rows := planOf(t, s, f, customer.ByNetSales, nil).read(); int(rows) > matches+1 {
			t.Errorf("%s: %d fit, and the page reads %.0f rows", name, matches, rows)
		}
	}
	wide := customer.Filter{Member: &yes}
	if plan := planOf(t, s, wide, customer.ByNetSales, nil); plan.Rows != pageSize || plan.read() > depthCustomers/20 {
		t.Errorf("members: a page of %.0f reads %.0f rows", plan.Rows, plan.read())
	}
}

// TestSearchFinds what people type: short names at the beginning of a word,
// phone numbers as they are written, whole numbers of orders and members.
func TestSearchFinds(t *testing.T) {
	s, d := crowd(t, 300)
	_, err := d.NewRaw(`UPDATE customers SET search_text = E'森亜里\n森 亜里\nモリアリ\n+819012340001\n09012340001\nari@mail.example' WHERE id = 7`).Exec(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	found := func(words string) []int64 {
		page, err := s.List(t.Context(), customer.Filter{Search: words}, customer.ByCreated, false, nil, 400)
		if err != nil {
			t.Fatal(err)
		}
		ids := []int64{}
		for _, c := range page {
			ids = append(ids, c.ID)
		}
		return ids
	}
	for _, words := range []string{"亜里", "モリ", "ﾓﾘｱﾘ", "森　亜里", "090-1234-0001", "(090) 1234 0001", "ARI@mail", "order-7", "member-7", " order-7 "} {
		if ids := found(words); !slices.Equal(ids, []int64{7}) {
			t.Errorf("%q finds %v", words, ids)
		}
	}
	for _, words := range []string{"里", "リア", "090-1234-0009", "100%", "order-"} {
		if ids := found(words); len(ids) != 0 {
			t.Errorf("%q finds %v", words, ids)
		}
	}
	if ids := found("森"); !slices.Contains(ids, 7) {
		t.Errorf("one letter finds %v", ids)
	}
}

// TestABrokenRuleIsRefused, and not taken for everybody.
func TestABrokenRuleIsRefused(t *testing.T) {
	s, _ := crowd(t, 10)
	for _, rule := range []string{`{"field":"nope","op":"gte","value":1}`, `"text"`, `[]`} {
		if page, err := s.List(t.Context(), customer.Filter{Rule: json.RawMessage(rule)}, customer.ByCreated, false, nil, 10); code(err) != "RULE_INVALID" {
			t.Errorf("%s: %d customers, %v", rule, len(page), err)
		}
	}
	everybody, err := s.List(t.Context(), customer.Filter{Rule: json.RawMessage(`{"all":[]}`)}, customer.ByCreated, false, nil, 20)
	if err != nil || len(everybody) != 10 {
		t.Errorf("%d customers, %v", len(everybody), err)
	}
}
