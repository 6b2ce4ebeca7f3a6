package customer_test

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/meguri-crm/meguri/crm/customer"
	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/crm/gid"
	"github.com/meguri-crm/meguri/crm/mall"
	"github.com/meguri-crm/meguri/crm/shop"
	"github.com/meguri-crm/meguri/db"
)

// person is a profile of name = value pairs.
func person(fields ...string) customer.Profile {
	var p customer.Profile
	into := map[string]**string{
		"family": &p.FamilyName, "given": &p.GivenName, "sei": &p.FamilyKana, "mei": &p.GivenKana, "mail": &p.Email, "phone": &p.Phone,
		"zip": &p.PostalCode, "prefecture": &p.Prefecture, "city": &p.City, "address": &p.AddressLine,
	}
	for i := 0; i < len(fields); i += 2 {
		if fields[i] == "born" {
			at, _ := time.Parse(time.DateOnly, fields[i+1])
			p.BirthDate = &at
			continue
		}
		*into[fields[i]] = &fields[i+1]
	}
	return p
}

func enter(t *testing.T, s *customer.Service, d *db.DB, m customer.Meeting, others *customer.Others) (*db.Customer, error) {
	t.Helper()
	var row *db.Customer
	err := db.RunInTx(t.Context(), d, func(ctx context.Context, tx db.Tx) (err error) {
		row, err = s.CreateIn(ctx, tx, m, others)
		return err
	})
	return row, err
}

func TestWhoMayBeThePersonOfAForm(t *testing.T) {
	s, _, own := newService(t)
	known, err := s.Create(t.Context(), own, "m-1", person("family", "髙橋", "given", "美咲", "sei", "タカハシ", "mei", "ミサキ", "mail", "misaki@example.com",
		"phone", "090-5555-0101", "zip", "150-0001", "prefecture", "東京都", "city", "渋谷区", "address", "神宮前1-2-3", "born", "1988-05-06"))
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		memberID string
		typed    customer.Profile
		want     string // step reason score exact asks household; "": nobody
	}{
		"half a number":           {"", person("phone", "090-55"), ""},
		"nobody alike":            {"", person("family", "森", "given", "太郎", "phone", "090-5555-0999"), ""},
		"a surname":               {"", person("family", "髙橋"), ""},
		"the member id":           {"m-1", person(), "MEMBER_ID  100 true true false"},
		"the mail address":        {"", person("mail", "MISAKI@example.com"), "MAIL  95 true true false"},
		"phone and name":          {"", person("family", "高橋", "given", "美咲", "phone", "09055550101"), "PHONE_NAME PHONE 90 false true false"},
		"a phone alone":           {"", person("phone", "09055550101"), " PHONE 55 false true false"},
		"a name alone":            {"", person("family", "髙橋", "given", "美咲"), " NAME 30 false false false"},
		"an old letter and kana":  {"", person("family", "高橋", "given", "美咲", "sei", "たかはし", "mei", "みさき"), " NAME 35 false false false"},
		"name and day of birth":   {"", person("family", "髙橋", "given", "美咲", "born", "1988-05-06"), " NAME 45 false true false"},
		"husband at one address":  {"", person("family", "髙橋", "given", "健", "zip", "1500001", "prefecture", "東京都", "city", "渋谷区", "address", "神宮前1丁目2番3号"), " ADDRESS_FAMILY 30 false true true"},
		"husband with her mail":   {"", person("family", "髙橋", "given", "健", "mail", "misaki@example.com"), " MAIL 30 false true true"},
		"the member id of others": {"m-2", person(), ""},
	} {
		found, err := s.Resembling(t.Context(), customer.Meeting{ShopID: own, MemberID: c.memberID, Profile: c.typed})
		got := ""
		if len(found) > 0 {
			r := found[0]
			got = fmt.Sprintf("%s %s %d %v %v %v", r.Step, r.Reason, r.Score, r.Exact, r.Asks, r.Household())
		}
		if err != nil || got != c.want || len(found) > 1 || len(found) == 1 && found[0].Customer.ID != known.ID {
			t.Errorf("%s: %q of %d, %v, want %q", name, got, len(found), err, c.want)
		}
	}
}

func TestBuyersOfAmazonAreNotLookedForByTheirNames(t *testing.T) {
	s, d, own := newService(t)
	amazon, err := shop.New(d, now).Create(t.Context(), shop.Draft{Code: "amz", Name: "Amazon店", Mall: mall.Amazon, Currency: "JPY"})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.Create(t.Context(), amazon.ID, "A1", person("family", "森", "given", "洋子")); err != nil {
		t.Fatal(err)
	}
	typed := person("family", "森", "given", "洋子")
	if found, err := s.Resembling(t.Context(), customer.Meeting{ShopID: own, Profile: typed}); err != nil || len(found) != 0 {
		t.Errorf("found %d by name, %v", len(found), err)
	}
	found, err := s.Resembling(t.Context(), customer.Meeting{ShopID: amazon.ID, MemberID: "A1"})
	if err != nil || len(found) != 1 || !found[0].Exact {
		t.Errorf("found %v by the number of the shop, %v", found, err)
	}
}

func TestStaffSaysWhoIsAnother(t *testing.T) {
	s, d, own := newService(t)
	wife, err := s.Create(t.Context(), own, "m-1", person("family", "林", "given", "久美", "mail", "hayashi@example.com", "phone", "03-5555-0101"))
	if err != nil {
		t.Fatal(err)
	}
	husband := customer.Meeting{ShopID: own, Profile: person("family", "林", "given", "浩", "mail", "hayashi@example.com", "phone", "03-5555-0101")}
	_, err = enter(t, s, d, husband, &customer.Others{})
	if code(err) != "POSSIBLE_DUPLICATES" {
		t.Fatalf("nobody was asked: %v", err)
	}
	made, err := enter(t, s, d, husband, &customer.Others{IDs: []int64{wife.ID}})
	if err != nil || made.ID == wife.ID || made.Email != "hayashi@example.com" {
		t.Fatalf("%+v, %v", made, err)
	}
	pairs, err := s.Nearby(t.Context(), made.ID, 10)
	if err != nil || len(pairs) != 1 || pairs[0].Status != customer.Rejected || pairs[0].DecidedScore == nil {
		t.Errorf("the word is not kept: %+v, %v", pairs, err)
	}
	// The husband comes again with the address they share: he is known by it and his name.
	again, err := s.Resembling(t.Context(), husband)
	if err != nil || len(again) == 0 || again[0].Customer.ID != made.ID || again[0].Step == "" {
		t.Errorf("%+v, %v", again, err)
	}
	var entries int
	err = d.NewRaw("SELECT count(*) FROM audit_log WHERE action = 'customer.create' AND detail::text LIKE '%hayashi%'").Scan(t.Context(), &entries)
	if err != nil || entries != 0 {
		t.Errorf("%d entries of the audit log tell who it is, %v", entries, err)
	}
}

func TestNobodyIsMadeTwice(t *testing.T) {
	s, d, own := newService(t)
	first, err := s.Create(t.Context(), own, "m-1", person("family", "原", "given", "薫", "mail", "hara@example.com"))
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range []customer.Meeting{
		{ShopID: own, MemberID: "m-1", Profile: person("family", "別", "given", "人")},
		{ShopID: own, Profile: person("mail", "hara@example.com")},
	} {
		_, err := enter(t, s, d, m, &customer.Others{IDs: []int64{first.ID}})
		if code(err) != "CUSTOMER_EXISTS" || paramOf(err, "customerId") != gid.Encode("Customer", first.ID) {
			t.Errorf("%+v: %v", m, err)
		}
	}
}

func TestWhatIsKnownStaysWhenStaffAddsToIt(t *testing.T) {
	s, d, own := newService(t)
	known, err := s.Create(t.Context(), own, "", person("family", "原", "given", "薫", "mail", "hara@example.com", "phone", "090-5555-0101"))
	if err != nil {
		t.Fatal(err)
	}
	other, err := s.Create(t.Context(), own, "m-9", person("family", "南", "given", "誠", "mail", "minami@example.com"))
	if err != nil {
		t.Fatal(err)
	}
	complete := func(m customer.Meeting) (row *db.Customer, err error) {
		err = db.RunInTx(t.Context(), d, func(ctx context.Context, tx db.Tx) error {
			row, err = s.CompleteIn(ctx, tx, known.ID, m)
			return err
		})
		return row, err
	}
	row, err := complete(customer.Meeting{ShopID: own, MemberID: "m-1", Profile: person("family", "別", "given", "人", "phone", "090-5555-0202", "sei", "ハラ", "mei", "カオル", "born", "1990-01-02")})
	if err != nil || row.FamilyName != "原" || row.Phone != "+819055550101" || row.FamilyKana != "ハラ" || row.BirthDate == nil {
		t.Fatalf("%+v, %v", row, err)
	}
	found, err := s.Resembling(t.Context(), customer.Meeting{ShopID: own, MemberID: "m-1"})
	if err != nil || len(found) != 1 || found[0].Customer.ID != known.ID {
		t.Errorf("the number is not theirs: %+v, %v", found, err)
	}
	ids, err := s.Identities(t.Context(), []int64{known.ID})
	if err != nil || !hasIdentity(ids[known.ID], "MEMBER_ID", "STAFF") {
		t.Errorf("%+v, %v", ids, err)
	}
	if _, err := complete(customer.Meeting{ShopID: own, MemberID: "m-9"}); code(err) != "CUSTOMER_EXISTS" {
		t.Errorf("another's number: %v", err)
	}
	if _, err := complete(customer.Meeting{ShopID: own, Profile: person("mail", "minami@example.com")}); err != nil {
		t.Fatal(err)
	}
	pairs, err := s.Nearby(t.Context(), known.ID, 10)
	if err != nil || len(pairs) != 1 || pairs[0].Status != customer.Open || pairs[0].CustomerID != known.ID || pairs[0].OtherID != other.ID {
		t.Errorf("who else is named waits for nobody: %+v, %v", pairs, err)
	}
}

func hasIdentity(list []db.Identity, kind, reason string) bool {
	for _, i := range list {
		if i.Kind == kind && i.Reason == reason {
			return true
		}
	}
	return false
}

func paramOf(err error, name string) any {
	var f *fault.Error
	if !errors.As(err, &f) {
		return nil
	}
	return f.Params[name]
}
