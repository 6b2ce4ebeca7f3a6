package entry_test

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/meguri-crm/meguri/crm/clock"
	"github.com/meguri-crm/meguri/crm/customer"
	"github.com/meguri-crm/meguri/crm/entry"
	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/crm/mall"
	"github.com/meguri-crm/meguri/crm/property"
	"github.com/meguri-crm/meguri/crm/shop"
	"github.com/meguri-crm/meguri/crm/tag"
	"github.com/meguri-crm/meguri/db"
	"github.com/meguri-crm/meguri/db/dbtest"
)

var now = &clock.Fixed{T: time.Date(2026, 11, 22, 3, 0, 0, 0, time.UTC)}

type world struct {
	*testing.T
	d       *db.DB
	entries *entry.Service
	people  *customer.Service
	kept    *property.Service
	shop    int64
	tag     int64
}

func newWorld(t *testing.T) *world {
	t.Helper()
	d := dbtest.New(t)
	w := &world{T: t, d: d, people: customer.New(d, now, nil), kept: property.New(d, now)}
	tags := tag.New(d, now, nil)
	w.entries = &entry.Service{DB: d, Customers: w.people, Tags: tags, Properties: w.kept}
	s, err := shop.New(d, now).Create(t.Context(), shop.Draft{Code: "store", Name: "本店", Mall: mall.Store, Currency: "JPY"})
	if err != nil {
		t.Fatal(err)
	}
	w.shop = s.ID
	made, err := tags.Create(t.Context(), "催事")
	if err != nil {
		t.Fatal(err)
	}
	w.tag = made.ID
	if _, err := w.kept.Create(t.Context(), property.Draft{Key: "pet", Name: "ペット", Type: property.Boolean}); err != nil {
		t.Fatal(err)
	}
	return w
}

// of is the entry of somebody with a number of the shop and a name.
func (w *world) of(memberID, family, given string) entry.Entry {
	return entry.Entry{
		Meeting:  customer.Meeting{ShopID: w.shop, MemberID: memberID, Profile: customer.Profile{FamilyName: &family, GivenName: &given}},
		Consents: []entry.Consent{{Channel: "MAIL", Method: "STORE", Wording: "お知らせを受け取ります", Source: "申込用紙 12"}},
		TagIDs:   []int64{w.tag}, Values: map[string]json.RawMessage{"pet": json.RawMessage("true")}, Enroll: true,
	}
}

// kept is what the database keeps of a customer: consents, tags, values, membership.
func (w *world) kept4(id int64) (found [4]int) {
	w.Helper()
	err := w.d.NewRaw(`SELECT (SELECT count(*) FROM consents WHERE customer_id = ?0 AND method = 'STORE' AND evidence->>'source' = '申込用紙 12'),
		(SELECT count(*) FROM customer_taggings WHERE customer_id = ?0), (SELECT count(*) FROM property_values WHERE customer_id = ?0 AND flag),
		(SELECT count(*) FROM customers WHERE id = ?0 AND member_via = 'STAFF')`, id).Scan(w.Context(), &found[0], &found[1], &found[2], &found[3])
	if err != nil {
		w.Fatal(err)
	}
	return found
}

func code(err error) string {
	var f *fault.Error
	if !errors.As(err, &f) {
		return ""
	}
	return f.CodeOrKind() + " " + f.Field
}

func TestAllOfAnEntryStands(t *testing.T) {
	w := newWorld(t)
	row, err := w.entries.Create(t.Context(), w.of("m-1", "原", "薫"), &customer.Others{})
	if err != nil || row.MemberSince == nil {
		t.Fatalf("%+v, %v", row, err)
	}
	if got := w.kept4(row.ID); got != [4]int{1, 1, 1, 1} {
		t.Errorf("kept %v", got)
	}
}

func TestNothingOfAnEntryStandsWhereAPartIsWrong(t *testing.T) {
	w := newWorld(t)
	for want, spoil := range map[string]func(*entry.Entry){
		"WORDING_REQUIRED consents.0.wording": func(e *entry.Entry) { e.Consents[0].Wording = " " },
		"IN_THE_FUTURE consents.0.occurredAt": func(e *entry.Entry) { e.Consents[0].At = now.Now().Add(time.Hour) },
		"UNKNOWN_VALUE consents.0.method":     func(e *entry.Entry) { e.Consents[0].Method = "SIGN_UP_FORM" },
		"TOO_LONG consents.0.source":          func(e *entry.Entry) { e.Consents[0].Source = strings.Repeat("字", 201) },
		"NOT_FOUND tagIds":                    func(e *entry.Entry) { e.TagIDs = []int64{w.tag + 100} },
		"VALUE_TYPE values.pet":               func(e *entry.Entry) { e.Values["pet"] = json.RawMessage(`"x"`) },
		"NO_SUCH_PROPERTY values.size":        func(e *entry.Entry) { e.Values["size"] = json.RawMessage(`1`) },
	} {
		e := w.of("m-1", "原", "薫")
		spoil(&e)
		if _, err := w.entries.Create(t.Context(), e, &customer.Others{}); code(err) != want {
			t.Errorf("%v, want %s", err, want)
		}
	}
	var left int
	if err := w.d.NewRaw("SELECT (SELECT count(*) FROM customers) + (SELECT count(*) FROM audit_log WHERE action LIKE 'customer.%')").Scan(t.Context(), &left); err != nil || left != 0 {
		t.Errorf("%d rows are left, %v", left, err)
	}
}

func TestAddingOverwritesNothing(t *testing.T) {
	w := newWorld(t)
	row, err := w.people.Create(t.Context(), w.shop, "m-1", w.of("", "原", "薫").Profile)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.kept.Set(t.Context(), row.ID, map[string]json.RawMessage{"pet": json.RawMessage("false")}); err != nil {
		t.Fatal(err)
	}
	added, err := w.entries.AddTo(t.Context(), row.ID, w.of("m-1", "別", "人"))
	if err != nil || added.ID != row.ID || added.FamilyName != "原" {
		t.Fatalf("%+v, %v", added, err)
	}
	if got := w.kept4(row.ID); got != [4]int{1, 1, 0, 1} { // the pet is known: there is none
		t.Errorf("kept %v", got)
	}
	since := *added.MemberSince
	now.Advance(time.Hour)
	if added, err = w.entries.AddTo(t.Context(), row.ID, w.of("m-1", "原", "薫")); err != nil || !added.MemberSince.Equal(since) {
		t.Errorf("a member since %v is one since %v, %v", since, added.MemberSince, err)
	}
}
