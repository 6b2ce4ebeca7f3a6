package server

import (
	"fmt"
	"testing"

	"github.com/meguri-crm/meguri/crm/customer"
)

// The merchant's app tells, or the merchant's own program for it, that a member has it:
// points once per person and device, also where people are merged and parted again.
func TestTheAppTellsThatAMemberHasIt(t *testing.T) {
	s := newSite(t)
	staff := s.signIn()
	mine, other, third := s.newShopper("佐藤"), s.newShopper("鈴木"), s.newShopper("高橋")
	guest := s.insert(`INSERT INTO customers (family_name) VALUES ('田中') RETURNING id`)
	s.data(staff, `mutation { saveEarnRule(input: {name: "アプリ", kind: ACTION, action: APP_INSTALL, points: 300, conditions: {}, caps: {}}) { rule { id } userErrors { code } } }`)
	tells := func(token, device, want string) {
		t.Helper()
		if got := s.data(token, fmt.Sprintf(`mutation { recordMyAppInstall(input: {deviceId: %q}) { points userErrors { code field } } }`, device)); got != `{"recordMyAppInstall":`+want+`}` {
			t.Errorf("got  %s\nwant %s", got, want)
		}
	}
	const given, nothing = `{"points":300,"userErrors":[]}`, `{"points":0,"userErrors":[]}`
	const taken = `{"points":0,"userErrors":[{"code":"DEVICE_TAKEN","field":["input","deviceId"]}]}`
	tells(mine.token, "", `{"points":0,"userErrors":[{"code":"REQUIRED","field":["input","deviceId"]}]}`)
	tells(s.customerToken(guest), "d-0", `{"points":0,"userErrors":[{"code":"NOT_A_MEMBER","field":null}]}`)
	tells(mine.token, "d-1", given)
	tells(mine.token, "d-1", nothing)
	tells(mine.token, "d-2", nothing)
	tells(other.token, "d-1", taken)

	award := func(who shopper, device string) string {
		t.Helper()
		return s.data(staff, fmt.Sprintf(`mutation { awardAction(input: {customerId: %q, action: APP_INSTALL, reference: %q}) { points { available } userErrors { code field } } }`, who.id, device))
	}
	if got := award(other, "d-1"); got != `{"awardAction":{"points":null,"userErrors":[{"code":"DEVICE_TAKEN","field":["input","reference"]}]}}` {
		t.Errorf("another's device from a program: %s", got)
	}
	if got := award(other, "d-3"); got != `{"awardAction":{"points":{"available":300},"userErrors":[]}}` {
		t.Errorf("from a program: %s", got)
	}
	tells(other.token, "d-4", nothing)
	if got := s.data(mine.token, `{ me { statement { nodes { kind amount action } } } }`); got != `{"me":{"statement":{"nodes":[{"kind":"GRANT","amount":300,"action":"APP_INSTALL"}]}}}` {
		t.Errorf("his statement: %s", got)
	}

	merged, err := s.app.Customers.Merge(t.Context(), customer.MergeRequest{SurvivorID: mine.row, MergedID: other.row, Accept: []customer.Fact{customer.FactFamilyName, customer.FactName}})
	if err != nil {
		t.Fatal(err)
	}
	for _, token := range []string{mine.token, other.token} {
		tells(token, "d-5", nothing)
	}
	tells(third.token, "d-3", taken)
	if _, err := s.app.Customers.Undo(t.Context(), customer.UndoRequest{SurvivorID: mine.row, MergeID: merged.ID}); err != nil {
		t.Fatal(err)
	}
	tells(other.token, "d-6", nothing)
	tells(third.token, "d-3", taken)
	tells(third.token, "d-4", given)
	for _, who := range []shopper{mine, other, third} {
		if got := s.data(who.token, `{ me { points { available } } }`); got != `{"me":{"points":{"available":300}}}` {
			t.Errorf("%s has %s", who.id, got)
		}
	}
}
