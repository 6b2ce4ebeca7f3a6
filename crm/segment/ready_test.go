package segment_test

import (
	"context"
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/meguri-crm/meguri/crm/segment"
)

func TestReadySegmentsHoldForAnyMerchant(t *testing.T) {
	s, _, _ := shop(t)
	list, err := s.Ready(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	codes, names := map[string]bool{}, map[string]bool{}
	for _, r := range list {
		if codes[r.Code] || names[r.Words.JA] || names[r.Words.EN] {
			t.Errorf("%s: a code or name stands twice", r.Code)
		}
		codes[r.Code], names[r.Words.JA], names[r.Words.EN] = true, true, true
		if r.Sentence.JA == "" || r.Sentence.EN == "" {
			t.Errorf("%s: no sentence", r.Code)
		}
		if _, err := s.Preview(context.Background(), r.Rule, 1); err != nil {
			t.Errorf("%s: %v", r.Code, err)
		}
	}
	if len(list) < 10 {
		t.Errorf("%d ready segments", len(list))
	}
}

// A name with a number would say what the rule may say otherwise.
func TestReadySegmentsSayTheirNumbersInTheRuleOnly(t *testing.T) {
	s, _, _ := shop(t)
	list, err := s.Ready(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range list {
		if strings.ContainsAny(strings.ReplaceAll(r.Words.JA, "F2", "")+strings.ReplaceAll(r.Words.EN, "F2", ""), "0123456789") {
			t.Errorf("%s: %v", r.Code, r.Words)
		}
	}
	wall := list[slices.IndexFunc(list, func(r segment.Ready) bool { return r.Code == segment.ReadyF2Wall })]
	if want := "60日"; !strings.Contains(wall.Sentence.JA, want) {
		t.Errorf("%q does not say %s", wall.Sentence.JA, want)
	}
}

// Whoever has bought once is due for the second purchase for a while and stands
// before the wall afterwards, never both.
func TestTheF2WallBeginsWhereTheTimeForASecondOrderEnds(t *testing.T) {
	s, d, _ := shop(t)
	ctx := context.Background()
	list, err := s.Ready(ctx)
	if err != nil {
		t.Fatal(err)
	}
	rules := map[string]json.RawMessage{}
	for _, r := range list {
		rules[r.Code] = r.Rule
	}
	for _, tc := range []struct {
		days      int
		due, wall int64
	}{{29, 0, 0}, {31, 1, 0}, {59, 1, 0}, {61, 0, 1}, {400, 0, 1}} {
		at := night.AddDate(0, 0, -tc.days)
		if _, err := d.Exec("UPDATE customer_stats SET orders_count = 1, first_order_at = ?, last_order_at = ? WHERE customer_id = 2", at, at); err != nil {
			t.Fatal(err)
		}
		if _, err := d.Exec("UPDATE customer_stats SET orders_count = 0 WHERE customer_id = 1"); err != nil {
			t.Fatal(err)
		}
		for code, want := range map[string]int64{"F2_IN_TIME": tc.due, segment.ReadyF2Wall: tc.wall} {
			if got, err := s.Count(ctx, rules[code]); err != nil || got != want {
				t.Errorf("%s %d days after the only order: %d people (%v), want %d", code, tc.days, got, err, want)
			}
		}
	}
}
