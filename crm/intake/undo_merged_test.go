package intake_test

import (
	"testing"

	"github.com/meguri-crm/meguri/crm/clock"
	"github.com/meguri-crm/meguri/crm/customer"
	"github.com/meguri-crm/meguri/crm/intake"
	"github.com/meguri-crm/meguri/crm/mall"
	"github.com/meguri-crm/meguri/db/dbtest"
)

// TestUndoTakesConsentsBackFromSurvivors: a consent that a file brought is taken
// back wherever merges have moved it, and no undoing of them brings it to life
// again; what the survivor said himself stands.
func TestUndoTakesConsentsBackFromSurvivors(t *testing.T) {
	for _, c := range []struct {
		what     string
		own      bool // the survivor has a newer word of his own
		consents int64
		inForce  int64
	}{
		{what: "the file's word is the last", consents: 1},
		{what: "the survivor's own word hides it", own: true, inForce: 1},
	} {
		t.Run(c.what, func(t *testing.T) {
			d := dbtest.New(t)
			s := newService(d, intake.Hooks{})
			shop := newShop(t, d, "site", mall.OwnSite)
			people := customer.New(d, clock.System{}, nil)
			const survivor, between = 900001, 900002
			if _, err := d.Exec(`INSERT INTO customers (id, email) OVERRIDING SYSTEM VALUE VALUES (900001, 'hana@example.org'), (900002, 'h@example.org');
				INSERT INTO customer_stats (customer_id) VALUES (900001), (900002)`); err != nil {
				t.Fatal(err)
			}
			if c.own {
				w := customer.Word{CustomerID: survivor, Channel: "MAIL", State: customer.Given, OriginShopID: shop.ID, Method: "STAFF", Wording: "yes"}
				if _, _, err := people.Record(t.Context(), w); err != nil {
					t.Fatal(err)
				}
			}
			imp := takePeople(t, s, shop.ID, "お得な情報をメールで受け取る", peopleHeader+"M-1,佐藤 花子,,hanako@example.com,,,,はい,2024-03-01\n")
			hanako := count(t, d, "SELECT id FROM customers WHERE email = 'hanako@example.com'")
			first, err := people.Merge(t.Context(), customer.MergeRequest{SurvivorID: between, MergedID: hanako})
			if err != nil {
				t.Fatal(err)
			}
			second, err := people.Merge(t.Context(), customer.MergeRequest{SurvivorID: survivor, MergedID: between})
			if err != nil {
				t.Fatal(err)
			}
			inForce := func(what string, want int64) {
				t.Helper()
				got := count(t, d, `SELECT count(*) FROM consents c WHERE state = 'GIVEN' AND NOT EXISTS (SELECT FROM consents n
					WHERE n.customer_id = c.customer_id AND n.channel = c.channel AND (n.occurred_at, n.id) > (c.occurred_at, c.id))`)
				if got != want {
					t.Errorf("%s: %d consents in force, want %d", what, got, want)
				}
			}
			inForce("merged", 1)
			p, err := s.PreviewUndo(t.Context(), imp.ID)
			if err != nil || p.Consents != c.consents || p.Customers != 0 || p.KeptMade != 1 {
				t.Fatalf("%+v, %v", p, err)
			}
			undo(t, s, imp.ID)
			inForce("the import is undone", c.inForce)
			for _, m := range []customer.UndoRequest{{SurvivorID: survivor, MergeID: second.ID}, {SurvivorID: between, MergeID: first.ID}} {
				if _, err := people.Undo(t.Context(), m); err != nil {
					t.Fatal(err)
				}
				inForce("a merge is undone", c.inForce)
			}
			if n := count(t, d, "SELECT count(*) FROM consents WHERE customer_id = ? AND state = 'WITHDRAWN'", hanako); n != 1 {
				t.Errorf("%d answers to the word of the file", n)
			}
		})
	}
}
