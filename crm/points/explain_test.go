package points

import (
	"context"
	"testing"
)

func TestExplain(t *testing.T) {
	l := newLedger(t)
	c := l.member()
	l.settle(l.order("A-1", placed{customer: c, goods: 1000}))
	twice := l.rule(times(0, 20_000, Conditions{}))
	l.settle(l.order("A-2", placed{customer: c, goods: 2000, at: l.clock.Now()}))
	_, err := l.Grant(context.Background(), nil, GrantRequest{CustomerID: c, Amount: 5, Key: "by hand", Cause: Cause{Reason: "STAFF"}})
	must(t, err)
	twice.Name = "renamed"
	twice, err = Desk{l.Service}.UpdateRule(context.Background(), twice)
	must(t, err)

	history, err := l.History(context.Background(), c, 0, 10)
	must(t, err)
	var refs []BookingRef
	for _, b := range history {
		refs = append(refs, BookingRef{b.CustomerID, b.ID})
	}
	got, err := l.Explain(context.Background(), refs)
	must(t, err)
	if len(refs) != 3 || len(got) != 2 || got[refs[0]] != nil {
		t.Fatalf("of %d bookings %+v, want the two of orders explained", len(refs), got)
	}
	if parts := got[refs[2]]; len(parts) != 1 || parts[0].Part != (Part{Kind: PartKind(EarnBase), Points: 10}) {
		t.Errorf("the plain order: %+v", parts)
	}
	parts := got[refs[1]]
	want := []NamedPart{{Part: Part{Kind: PartKind(EarnBase), Points: 20}}, {Part: Part{Kind: PartKind(EarnMultiplier), Rule: twice.ID, Version: 1, Multiplier: 20_000, Points: 20}, Name: "renamed"}}
	if len(parts) != 2 || parts[0] != want[0] || parts[1] != want[1] {
		t.Errorf("the order under a rule: %+v, want %+v", parts, want)
	}
}
