package intake_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/meguri-crm/meguri/crm/intake"
	"github.com/meguri-crm/meguri/crm/points"
	"github.com/meguri-crm/meguri/db"
)

// list takes in a list of customers.
func (l *loyal) list(t *testing.T, content string, o intake.Order) *db.Import {
	t.Helper()
	up, err := l.Upload(t.Context(), "list.csv", strings.NewReader(content), 0)
	if err != nil {
		t.Fatal(err)
	}
	o.UploadID = up.ID
	if o.ShopID == 0 {
		o.ShopID = l.site
	}
	begun, err := l.Start(t.Context(), "", o)
	if err != nil {
		t.Fatal(err)
	}
	if err := l.Work(t.Context()); err != nil {
		t.Fatal(err)
	}
	return find(t, l.Service, begun.ID)
}

// TestAListOfCustomersMakesMembers of those of whom it says since when, says why
// it made none, and takes them back when it is undone.
func TestAListOfCustomersMakesMembers(t *testing.T) {
	l := newLoyal(t)
	content := fmt.Sprintf("会員No,登録日,氏名,メールアドレス\nA-1,%s,佐藤 花子,hanako@example.com\nA-2,,鈴木 一郎,ichiro@example.com\nA-3,0000-00-00,高橋 次郎,jiro@example.com\n", day(40))
	without := l.list(t, content, intake.Order{WithoutMembers: true})
	if got := intake.MembershipOf(without); without.MembersCount != 0 || got != intake.MembersLeftOut {
		t.Errorf("asked to make none, it made %d (%s)", without.MembersCount, got)
	}
	imp := l.list(t, content, intake.Order{})
	if got := intake.MembershipOf(imp); imp.MembersCount != 1 || imp.RowsQuarantined != 0 || got != intake.MembersTold {
		t.Fatalf("it made %d members and held %d rows back (%s)", imp.MembersCount, imp.RowsQuarantined, got)
	}
	const members = "SELECT count(*) FROM customers c WHERE c.member_since IS NOT NULL AND c.member_via = 'SITE' AND EXISTS (SELECT FROM member_stages m WHERE m.customer_id = c.id)"
	if n := count(t, l.d, members); n != 1 {
		t.Errorf("%d members with a stage", n)
	}
	p, err := l.PreviewUndo(t.Context(), imp.ID)
	if err != nil || p.Members != 1 {
		t.Errorf("undoing it would take back %+v, %v", p, err)
	}
	if _, err := l.Undo(t.Context(), imp.ID); err != nil {
		t.Fatal(err)
	}
	if err := l.Work(t.Context()); err != nil {
		t.Fatal(err)
	}
	if n := count(t, l.d, members); n != 0 {
		t.Errorf("%d are members still", n)
	}

	untold := l.list(t, "会員No,氏名,メールアドレス\nA-1,佐藤 花子,hanako@example.com\n", intake.Order{})
	if got := intake.MembershipOf(untold); untold.MembersCount != 0 || got != intake.MembersUntold {
		t.Errorf("a list that does not say since when made %d (%s)", untold.MembersCount, got)
	}
}

// TestAMappingMakesMembers by the column that staff chose; those of a store by card.
func TestAMappingMakesMembers(t *testing.T) {
	l := newLoyal(t)
	definition := `{"kind":"CUSTOMERS","columns":{"memberId":["カード"],"joinedAt":["発行"],"mail":["宛先"]},"dateOrder":"DMY"}`
	if _, err := l.SaveMapping(t.Context(), "cards", []byte(definition)); err != nil {
		t.Fatal(err)
	}
	var kyoto int64
	if err := l.d.NewRaw("SELECT id FROM shops WHERE code = 'kyoto'").Scan(t.Context(), &kyoto); err != nil {
		t.Fatal(err)
	}
	imp := l.list(t, "カード,発行,宛先\nC-1,03/04/2024,a@example.com\nC-2,いつか,b@example.com\nC-3,01/01/1970,c@example.com\nC-4,,d@example.com\n", intake.Order{Mapping: "cards", ShopID: kyoto})
	if imp.MembersCount != 1 || imp.RowsQuarantined != 2 || intake.MembershipOf(imp) != intake.MembersTold {
		t.Errorf("%d members, %d rows held back", imp.MembersCount, imp.RowsQuarantined)
	}
	if n := count(t, l.d, "SELECT count(*) FROM customers WHERE member_via = 'STORE_CARD' AND (member_since AT TIME ZONE 'Asia/Tokyo')::date = '2024-04-03'"); n != 1 {
		t.Errorf("%d became members by card on that day", n)
	}
}

// TestAnUndoneImportTakesItsAwardsBack: what was awarded for memberships and
// consents that a file brought goes with them, what others brought stays, and the
// same file, taken in again, earns again exactly once.
func TestAnUndoneImportTakesItsAwardsBack(t *testing.T) {
	l := newLoyal(t)
	ctx := t.Context()
	for action, amount := range map[points.Action]int64{points.ActionJoin: 500, points.ActionMail: 200} {
		rule := points.EarnRule{Name: string(action), Kind: points.EarnAction, Action: action, Points: amount, Conditions: points.Conditions{From: points.Day(day(100))}}
		if _, err := (points.Desk{Service: l.points}).CreateRule(ctx, rule); err != nil {
			t.Fatal(err)
		}
	}
	award := func(want int) {
		t.Helper()
		for _, want := range []int{want, 0} {
			if n, err := l.points.AwardDue(ctx, time.Now().Add(-points.AwardWindow)); err != nil || n != want {
				t.Errorf("%d awards, want %d (%v)", n, want, err)
			}
		}
	}
	id := func(mail string) (id int64) {
		t.Helper()
		if err := l.d.NewRaw("SELECT customer_id FROM identity_keys WHERE value = ? LIMIT 1", mail).Scan(ctx, &id); err != nil {
			t.Fatal(err)
		}
		return id
	}
	has := func(mail string, available, debt int64) {
		t.Helper()
		a, err := l.points.Balance(ctx, id(mail))
		if err != nil || a.Available != available || a.Debt != debt {
			t.Errorf("%s has %d and owes %d, want %d and %d (%v)", mail, a.Available, a.Debt, available, debt, err)
		}
	}
	undo := func(imp *db.Import) {
		t.Helper()
		if _, err := l.Undo(ctx, imp.ID); err != nil {
			t.Fatal(err)
		}
		if err := l.Work(ctx); err != nil {
			t.Fatal(err)
		}
	}
	old := fmt.Sprintf(`{"memberNo":"B-1","profile":{"mail":"jiro@example.com"},"joinedAt":"%s"}`, day(20))
	l.members(old)
	both := fmt.Sprintf(`{"memberNo":"A-1","profile":{"mail":"hanako@example.com"},"joinedAt":"%[1]s","consents":[{"channel":"MAIL","state":"GIVEN","at":"%[1]s","method":"SIGN_UP_FORM","wording":"w"}]}
{"memberNo":"B-1","consents":[{"channel":"MAIL","state":"GIVEN","at":"%[1]s","method":"SIGN_UP_FORM","wording":"w"}]}`, day(10))
	imp := l.members(both)
	award(4)
	has("hanako@example.com", 700, 0)
	has("jiro@example.com", 700, 0)
	if _, err := l.points.Redeem(ctx, nil, points.SpendRequest{CustomerID: id("hanako@example.com"), Amount: 100, Key: "r", Cause: points.Cause{Reason: "API"}}); err != nil {
		t.Fatal(err)
	}
	undo(imp)
	has("hanako@example.com", 0, 100)
	has("jiro@example.com", 500, 0) // he joined by another file
	award(0)
	for n := range 2 {
		imp = l.members(both)
		award(1) // that she joined; a word of consent that was answered is not said again by a file
		has("hanako@example.com", 400, 0)
		if n == 0 {
			undo(imp)
			has("hanako@example.com", 0, 100)
		}
	}
	if found, err := l.points.Verify(ctx); err != nil || len(found) > 0 {
		t.Errorf("the books are not in order: %v, %v", found, err)
	}
}
