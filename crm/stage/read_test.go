package stage

import (
	"context"
	"testing"
)

func TestMemberCounts(t *testing.T) {
	w := newWorld(t)
	var members []int64
	for range 3 {
		members = append(members, w.id(`INSERT INTO customers (member_since, member_via) VALUES ('2025-01-01', 'APP') RETURNING id`))
	}
	w.order(members[0], "RAKUTEN", "JPY", w.clock.Now(), 60000)
	w.recompute(members...)
	ladder, err := w.List(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	var ids []int64
	for _, s := range ladder {
		ids = append(ids, s.ID)
	}
	counts, err := w.MemberCounts(context.Background(), ids)
	if err != nil {
		t.Fatal(err)
	}
	got := map[int64]int{}
	for _, c := range counts {
		got[c.StageID] = c.Members
	}
	if len(ladder) != 4 || got[ids[0]] != 2 || got[ids[2]] != 1 || len(got) != 2 {
		t.Errorf("%d stages, members %v; want 2 on the lowest and 1 on the third", len(ladder), got)
	}
}
