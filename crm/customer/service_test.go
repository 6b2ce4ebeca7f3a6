package customer_test

import (
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/meguri-crm/meguri/crm/clock"
	"github.com/meguri-crm/meguri/crm/customer"
	"github.com/meguri-crm/meguri/crm/event"
	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/crm/mall"
	"github.com/meguri-crm/meguri/crm/shop"
	"github.com/meguri-crm/meguri/db"
	"github.com/meguri-crm/meguri/db/dbtest"
)

var now = &clock.Fixed{T: time.Date(2026, 4, 1, 12, 0, 0, 0, time.UTC)}

func newService(t *testing.T) (*customer.Service, *db.DB, int64) {
	t.Helper()
	d := dbtest.New(t)
	s, err := shop.New(d, now).Create(t.Context(), shop.Draft{Code: "own", Name: "本店", Mall: mall.OwnSite, Currency: "JPY"})
	if err != nil {
		t.Fatal(err)
	}
	return customer.New(d, now, nil), d, s.ID
}

func code(err error) string {
	var f *fault.Error
	if !errors.As(err, &f) {
		return ""
	}
	return f.CodeOrKind()
}

func profile(family, given, mail, phone string) customer.Profile {
	return customer.Profile{FamilyName: &family, GivenName: &given, Email: &mail, Phone: &phone}
}

func TestCreateUpdateAndWhatIsKnownAlready(t *testing.T) {
	s, d, own := newService(t)
	first, err := s.Create(t.Context(), own, "m-1", profile("新田", "里美", " Satomi@Example.com", "０９０-5555-0999"))
	if err != nil || first.Email != "satomi@example.com" || first.Phone != "+819055550999" {
		t.Fatalf("%+v, %v", first, err)
	}
	for want, p := range map[string]customer.Profile{
		"CUSTOMER_EXISTS":    profile("", "", "satomi@example.com", ""),
		"INVALID_EMAIL":      profile("", "", "x@fw.rakuten.ne.jp", ""),
		"INVALID_PHONE":      profile("", "", "", "12"),
		"NOTHING_TO_KNOW_BY": profile("森", "", "", "090-5555-0001"),
	} {
		if _, err := s.Create(t.Context(), own, "", p); code(err) != want {
			t.Errorf("%v, want %s", err, want)
		}
	}
	if _, err := s.Create(t.Context(), own, "m-1", profile("別", "人", "", "")); code(err) != "CUSTOMER_EXISTS" {
		t.Errorf("a member id twice: %v", err)
	}
	// A phone and name that are somebody's do not make the next customer that one, but a mail of her own does not either.
	second, err := s.Create(t.Context(), own, "", profile("新田", "里美", "other@example.com", "090-5555-0999"))
	if err != nil || second.ID == first.ID {
		t.Fatalf("%+v, %v", second, err)
	}
	newMail := "satomi.new@example.com"
	if _, err := s.Update(t.Context(), first.ID, customer.Profile{Email: &newMail}); err != nil {
		t.Fatal(err)
	}
	var owner int64
	if err := d.NewRaw("SELECT customer_id FROM identity_keys WHERE kind = 'MAIL' AND value = ?", newMail).Scan(t.Context(), &owner); err != nil || owner != first.ID {
		t.Errorf("the new address belongs to %d, %v", owner, err)
	}
	found, err := s.List(t.Context(), customer.Filter{Search: "SATOMI.new"}, customer.ByLastOrder, true, nil, 10)
	if err != nil || len(found) != 1 || found[0].ID != first.ID {
		t.Errorf("%v, %v", found, err)
	}
}

func TestEnrollOnce(t *testing.T) {
	s, d, own := newService(t)
	c, err := s.Create(t.Context(), own, "m-1", customer.Profile{})
	if err != nil {
		t.Fatal(err)
	}
	since := now.Now()
	for range 2 {
		member, err := s.Enroll(t.Context(), c.ID, "STAFF")
		if err != nil || !member.MemberSince.Equal(since) {
			t.Fatalf("%+v, %v", member, err)
		}
		now.Advance(time.Hour)
	}
	events, err := event.Timeline(t.Context(), d, c.ID, []string{"member"}, nil, 10)
	if err != nil || len(events) != 1 {
		t.Errorf("joined %d times, %v", len(events), err)
	}
	nobody, err := customer.Anonymous(t.Context(), d, own, now.Now())
	if err != nil {
		t.Fatal(err)
	}
	if again, err := customer.Anonymous(t.Context(), d, own, now.Now()); err != nil || again != nobody {
		t.Errorf("a shop has two stand-ins, %d and %d, %v", nobody, again, err)
	}
	if _, err := s.Enroll(t.Context(), nobody, "STAFF"); code(err) != "ANONYMOUS_CUSTOMER" {
		t.Errorf("nobody in particular is a member: %v", err)
	}
}

func TestConsentsAreOnlyAdded(t *testing.T) {
	s, d, own := newService(t)
	c, err := s.Create(t.Context(), own, "m-1", customer.Profile{})
	if err != nil {
		t.Fatal(err)
	}
	say := func(state, wording string, at time.Time) error {
		_, _, err := s.Record(t.Context(), customer.Word{
			CustomerID: c.ID, Channel: "MAIL", State: state, OriginShopID: own,
			OccurredAt: at, Method: "STAFF", Wording: wording,
		})
		return err
	}
	day := now.Now().AddDate(0, 0, -1)
	if err := say(customer.Given, "", day); code(err) != "WORDING_REQUIRED" {
		t.Errorf("consent to nothing: %v", err)
	}
	if err := say(customer.Given, "yes", now.Now().Add(time.Hour)); code(err) != "IN_THE_FUTURE" {
		t.Errorf("consent of tomorrow: %v", err)
	}
	// Told out of order: what was said last holds, not what was written down last.
	for _, w := range []struct {
		state string
		at    time.Time
	}{{customer.Given, day}, {customer.Withdrawn, day.Add(2 * time.Hour)}, {customer.Given, day.Add(time.Hour)}} {
		if err := say(w.state, "お知らせを受け取る", w.at); err != nil {
			t.Fatal(err)
		}
	}
	inForce, err := s.ConsentsInForce(t.Context(), []int64{c.ID})
	if err != nil || len(inForce[c.ID]) != 1 || inForce[c.ID][0].State != customer.Withdrawn {
		t.Errorf("%+v, %v", inForce, err)
	}
	yes := true
	if n, err := s.Count(t.Context(), customer.Filter{MailConsent: &yes}); err != nil || n != 0 {
		t.Errorf("%d customers may be written to, %v", n, err)
	}
	if all, err := s.Consents(t.Context(), c.ID, 10); err != nil || len(all) != 3 {
		t.Errorf("%d words are kept, %v", len(all), err)
	}
	if _, err := d.NewRaw("UPDATE consents SET state = 'GIVEN'").Exec(t.Context()); err == nil {
		t.Error("a consent can be changed")
	}
}

// TestListPagesThroughEveryone: in each order, page by page, everybody once.
func TestListPagesThroughEveryone(t *testing.T) {
	s, d, own := newService(t)
	_, err := d.NewRaw(`WITH made AS (INSERT INTO customers (id, family_name, search_text)
			SELECT n, 'C' || n, 'c' || n FROM generate_series(1000, 1029) n RETURNING id)
		INSERT INTO customer_stats (customer_id, orders_count, net_sales, last_order_at, malls)
		SELECT id, id % 3, id % 5 * 100, CASE WHEN id % 4 > 0 THEN timestamptz '2026-01-01' + id % 4 * interval '1 day' END,
			CASE WHEN id % 2 = 0 THEN '{RAKUTEN,YAHOO}'::text[] ELSE '{STORE}' END FROM made`).Exec(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := customer.Anonymous(t.Context(), d, own, now.Now()); err != nil {
		t.Fatal(err)
	}
	for _, by := range []customer.Sort{customer.ByLastOrder, customer.ByNetSales, customer.ByOrderCount, customer.ByCreated} {
		for _, descending := range []bool{true, false} {
			var ids []int64
			var after *customer.Cursor
			for {
				page, err := s.List(t.Context(), customer.Filter{}, by, descending, after, 7)
				if err != nil {
					t.Fatal(err)
				}
				if len(page) == 0 {
					break
				}
				for _, c := range page {
					ids = append(ids, c.ID)
				}
				cursor := page[len(page)-1].CursorOf(by)
				after = &cursor
			}
			slices.Sort(ids)
			if len(slices.Compact(ids)) != 30 {
				t.Errorf("by %s (descending %t) the pages show %d customers", by, descending, len(ids))
			}
		}
	}
	for name, f := range map[string]customer.Filter{"malls": {Malls: []string{"YAHOO", "AMAZON"}}, "search": {Search: "c101"}} {
		want := map[string]int{"malls": 15, "search": 10}[name]
		if n, err := s.Count(t.Context(), f); err != nil || n != want {
			t.Errorf("%s: %d customers, %v; want %d", name, n, err, want)
		}
	}
	if n, err := s.Count(t.Context(), customer.Filter{Anonymous: true}); err != nil || n != 31 {
		t.Errorf("%d with the stand-in, %v", n, err)
	}
}
