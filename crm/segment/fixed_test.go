package segment_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"testing"

	"github.com/meguri-crm/meguri/crm/gid"
	"github.com/meguri-crm/meguri/crm/segment"
)

// TestAFixedSegmentHasWhoWasPicked, whatever they do; others may name it.
func TestAFixedSegmentHasWhoWasPicked(t *testing.T) {
	s, d, _ := shop(t)
	ctx := t.Context()
	_, err := d.NewRaw(`WITH made AS (INSERT INTO customers (id, anonymous, merged_into) VALUES (4, true, NULL), (5, false, 1) RETURNING id)
		INSERT INTO customer_stats (customer_id) SELECT id FROM made`).Exec(ctx)
	if err != nil {
		t.Fatal(err)
	}
	fixed, err := s.CreateFixed(ctx, "夏の上得意", "", []int64{1, 2, 4, 5, 99})
	if err != nil || !fixed.Fixed || *fixed.MemberCount != 2 {
		t.Fatalf("%+v, %v", fixed, err)
	}
	if _, err := s.CreateFixed(ctx, "夏の上得意", "", nil); code(err) != "NAME_TAKEN" {
		t.Errorf("the name twice: %v", err)
	}
	if moves, err := s.Pick(ctx, fixed.ID, []int64{2, 3}); err != nil || moves.Entered != 1 || moves.Left != 0 {
		t.Errorf("%+v, %v", moves, err)
	}
	if moves, err := s.Drop(ctx, fixed.ID, []int64{1}); err != nil || moves.Entered != 0 || moves.Left != 1 {
		t.Errorf("%+v, %v", moves, err)
	}

	reached := func(id int64) (ids []int64) {
		sql, args, err := s.Members(ctx, id)
		if err != nil {
			t.Fatal(err)
		}
		rows, err := d.Pool.Query(ctx, sql, segment.Statement{Args: args}.ExecArgs()...)
		if err != nil {
			t.Fatal(err)
		}
		for rows.Next() {
			var one int64
			if err := rows.Scan(&one); err != nil {
				t.Fatal(err)
			}
			ids = append(ids, one)
		}
		slices.Sort(ids)
		return ids
	}
	if ids := reached(fixed.ID); !slices.Equal(ids, []int64{2, 3}) {
		t.Errorf("a campaign reaches %v", ids)
	}
	// Its rule means the same where rules are read, and other segments name it.
	others := fmt.Sprintf(`{"field":"segment","op":"none_of","value":[%q]}`, gid.Encode("Segment", fixed.ID))
	for rule, want := range map[string]int64{string(fixed.Rule): 2, others: 1} {
		if n, err := s.Count(ctx, json.RawMessage(rule)); err != nil || n != want {
			t.Errorf("%s: %d, %v; want %d", rule, n, err, want)
		}
	}
	if _, err := s.Update(ctx, fixed.ID, segment.Change{Rule: json.RawMessage(`{"all":[]}`)}); code(err) != "SEGMENT_FIXED" {
		t.Errorf("a rule for a fixed segment: %v", err)
	}
	ruled, err := s.Create(ctx, segment.Draft{Name: "ほか", Rule: json.RawMessage(others)})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.Pick(ctx, ruled.ID, []int64{1}); code(err) != "SEGMENT_NOT_FIXED" {
		t.Errorf("somebody is put into a segment with a rule: %v", err)
	}
	if _, err := s.Archive(ctx, fixed.ID); code(err) != "SEGMENT_IN_USE" {
		t.Errorf("archived while another is defined by it: %v", err)
	}
	if _, err := s.Archive(ctx, ruled.ID); err != nil {
		t.Fatal(err)
	}
	if row, err := s.Archive(ctx, fixed.ID); err != nil || row.ArchivedAt == nil {
		t.Errorf("%+v, %v: its own rule keeps nobody", row, err)
	}
}
