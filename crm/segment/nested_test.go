package segment_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/meguri-crm/meguri/crm/event"
	"github.com/meguri-crm/meguri/crm/segment"
)

func naming(ids ...string) json.RawMessage {
	raw, _ := json.Marshal(map[string]any{"field": "segment", "op": "any_of", "value": ids}) // texts always marshal
	return raw
}

// TestSegmentsNameEachOther: no circles, no bombs, no rules that broke since.
func TestSegmentsNameEachOther(t *testing.T) {
	saved := []segment.Named{
		{ID: "a", Rule: naming("b")},
		{ID: "b", Rule: naming("c")},
		{ID: "c", Rule: json.RawMessage(`{"field":"orders","op":"gte","value":1}`)},
		{ID: "x", Rule: naming("y")},
		{ID: "y", Rule: naming("x")},
		{ID: "broken", Rule: json.RawMessage(`{"field":"stage","op":"any_of","value":["GONE"]}`)},
	}
	for i := range 20 { // each names the one before twice: 2^20 rules in all
		rule := fmt.Sprintf(`{"all":[%[1]s,%[1]s]}`, naming(fmt.Sprint("bomb", i)))
		if i == 0 {
			rule = `{"all":[]}`
		}
		saved = append(saved, segment.Named{ID: fmt.Sprint("bomb", i+1), Rule: json.RawMessage(rule)})
	}
	c := segment.NewCatalog(segment.Merchant{Zone: tokyo, Currency: "JPY", Segments: saved})
	for _, tc := range []struct {
		self string
		rule json.RawMessage
		want string
	}{
		{"", naming("a"), ""},
		{"d", naming("a", "b"), ""},
		{"a", naming("a"), "value: SEGMENT_CYCLE"},
		{"c", naming("a"), "value: SEGMENT_CYCLE"},
		{"c", json.RawMessage(`{"all":[{"not":` + string(naming("a")) + `}]}`), "all.0.not.value: SEGMENT_CYCLE"},
		{"", naming("x"), "value: SEGMENT_CYCLE"},
		{"", naming("broken"), "value: SEGMENT_INVALID"},
		{"", naming("bomb19"), "value: RULE_TOO_LARGE"},
	} {
		_, err := c.ParseFor(tc.self, tc.rule)
		if got := describe(err); got != tc.want {
			t.Errorf("%s in %q: %s, want %s", tc.rule, tc.self, got, tc.want)
		}
	}
	rule := parse(t, c, string(naming("a")))
	if sql := c.Compile(rule, night).Count().SQL; !strings.Contains(sql, "s.orders_count >= $1") {
		t.Errorf("the rule behind two names: %s", sql)
	}
}

// TestEveryActionIsAVisit: the catalog, which is pure, repeats the names.
func TestEveryActionIsAVisit(t *testing.T) {
	c := catalog()
	st := c.Compile(parse(t, c, `{"field":"visits","op":"gte","value":1}`), night).Count()
	actions, _ := st.Args[0].([]string)
	for action := range event.Actions {
		if !strings.Contains(strings.Join(actions, " "), string(action)) {
			t.Errorf("%s is no visit", action)
		}
	}
	if len(actions) != len(event.Actions) {
		t.Errorf("%v are not the actions there are", actions)
	}
}
