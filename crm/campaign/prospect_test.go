package campaign_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/meguri-crm/meguri/crm/access"
	"github.com/meguri-crm/meguri/crm/campaign"
	"github.com/meguri-crm/meguri/crm/campaign/experiment"
	"github.com/meguri-crm/meguri/crm/clock"
	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/crm/message"
	"github.com/meguri-crm/meguri/crm/message/channel"
	"github.com/meguri-crm/meguri/crm/points"
	"github.com/meguri-crm/meguri/crm/stage"
)

func TestEveryPersonOfTheAudienceIsToldWhatHeWouldGet(t *testing.T) {
	w := newWorld(t)
	w.customers(12, true)
	w.customers(2, false)
	w.exec(`UPDATE customers SET city = CASE WHEN id % 4 = 0 THEN 'VIP' ELSE '' END`)
	rules := ruled{}
	w.service.Audience = rules
	vip := w.segment(rules, `city = 'VIP'`)
	pool, rate := w.pool("OWN_SITE", "A-1"), 3000
	row := w.change(w.draft(campaign.Variant{Mall: "OWN_SITE", OfferID: &pool.ID}), campaign.Change{Exclusions: &[]int64{vip}, HoldoutRate: &rate})

	var seen []campaign.Prospect
	for after := int64(0); ; {
		page, err := w.service.Prospects(t.Context(), row, "", after, 5)
		if err != nil {
			t.Fatal(err)
		}
		if len(page) == 0 {
			break
		}
		seen, after = append(seen, page...), page[len(page)-1].CustomerID
	}
	if len(seen) != 14 {
		t.Fatalf("%d people, want 14", len(seen))
	}
	for _, p := range seen {
		excluded := p.CustomerID%4 == 0
		if excluded != (len(p.Reasons) > 0 && p.Reasons[0] == campaign.ReasonExcluded && p.Ref == vip) {
			t.Errorf("customer %d, excluded %v: %+v", p.CustomerID, excluded, p)
		}
		if len(p.Reasons) == 0 && p.HeldOut != experiment.HeldOut(row.ID, p.CustomerID, rate) {
			t.Errorf("customer %d: held out %v", p.CustomerID, p.HeldOut)
		}
		if p.Mall != "OWN_SITE" || p.OfferID == nil || *p.OfferID != pool.ID {
			t.Errorf("customer %d would get %s, offer %v", p.CustomerID, p.Mall, p.OfferID)
		}
	}
}

func TestThePeopleBehindAReasonAreThoseThePreviewCounts(t *testing.T) {
	w := newWorld(t)
	w.customers(5, true)
	w.customers(7, false)
	row := w.draft(campaign.Variant{Mall: "OWN_SITE"})
	preview, err := w.service.Preview(t.Context(), row)
	if err != nil || len(preview.Refused) != 1 || preview.Refused[0].Reason != "LAW-01" || preview.Refused[0].Count != 7 {
		t.Fatalf("%+v, %v; want 7 refused by LAW-01", preview, err)
	}
	first, err := w.service.Prospects(t.Context(), row, "LAW-01", 0, 4)
	if err != nil || len(first) != 4 {
		t.Fatalf("%d on the first page, %v; want 4", len(first), err)
	}
	second, err := w.service.Prospects(t.Context(), row, "LAW-01", first[3].CustomerID, 4)
	if err != nil || len(second) != 3 {
		t.Fatalf("%d on the second page, %v; want 3", len(second), err)
	}
	for _, p := range append(first, second...) {
		if p.Reached() || p.Reasons[0] != "LAW-01" {
			t.Errorf("customer %d: %+v", p.CustomerID, p)
		}
	}
	if none, err := w.service.Prospects(t.Context(), row, "RK-07", 0, 4); err != nil || len(none) != 0 {
		t.Errorf("%d refused by RK-07, %v; want none", len(none), err)
	}
}

func TestOnePersonIsToldWhyNothingCame(t *testing.T) {
	w := newWorld(t)
	w.customers(1, true)
	w.customers(1, false)
	ids := w.people(`SELECT id FROM customers ORDER BY id`)
	rules := ruled{}
	w.service.Audience = rules
	row := w.draft()
	all := *row.SegmentID
	ask := func(id int64) *campaign.Prospect {
		p, err := w.service.Prospect(t.Context(), row, id)
		if err != nil {
			t.Fatal(err)
		}
		return p
	}
	if p := ask(ids[0]); !p.Reached() || p.OriginShopID != w.shops["OWN_SITE"].ID || p.Message != nil {
		t.Errorf("with consent: %+v", p)
	}
	if p := ask(ids[1]); p.Reached() || !p.InAudience || !slices.Equal(p.Reasons, []string{"LAW-01"}) {
		t.Errorf("without consent: %+v", p)
	}
	w.run(w.send(row), campaign.StatusSent, w.engine("one", &wire{}))
	rules[all] = "false"
	if p := ask(ids[0]); p.InAudience || p.Message == nil || p.Message.Status != string(campaign.MessageSent) {
		t.Errorf("who moved out since: %+v", p)
	}
	if _, err := w.service.Prospect(t.Context(), row, ids[1]+100); !fault.Is(err, fault.NotFound) {
		t.Errorf("a stranger: %v, want fault.NotFound", err)
	}
	mails, err := w.service.CustomerMessages(t.Context(), ids[1], 0, 10)
	if err != nil || len(mails) != 1 || mails[0].Reason != "LAW-01" {
		t.Errorf("his messages: %+v, %v", mails, err)
	}
	for i, want := range []int{0, 1} {
		states, err := w.service.Channels(t.Context(), ids[i])
		if err != nil || len(states) != 1 || len(states[0].Reasons) != want {
			t.Errorf("channels of %d: %+v, %v", i, states, err)
		}
	}
}

func (w *world) tester(f channel.Sender) *campaign.Tester {
	people := campaign.Directory{Ledger: points.New(w.db, clock.System{}, zone), Ladder: stage.New(w.db, clock.System{}, zone, "JPY")}
	return &campaign.Tester{Campaigns: w.service, Wire: f, Previewer: &message.Previewer{
		DB: w.db, Clock: clock.System{}, Zone: zone, People: people, Gate: w.service.Gate, Senders: message.Senders{DB: w.db},
	}}
}

func TestATestMailIsMarkedHarmlessAndCountedNowhere(t *testing.T) {
	w := newWorld(t)
	w.customers(1, false)
	w.exec(`INSERT INTO settings (key, value) VALUES ('sender', '{"name": "めぐり堂", "email": "shop@example.com", "postalAddress": "東京都", "contact": "03-0000-0000"}')
		ON CONFLICT (key) DO UPDATE SET value = excluded.value`)
	customer := w.people(`SELECT id FROM customers`)[0]
	row := w.draft()
	f := &wire{answer: func(m channel.Mail, _ int) channel.Outcome {
		if m.To.Email == "no@example.com" {
			return channel.Outcome{Verdict: channel.Permanent, Code: 550}
		}
		return channel.Outcome{Verdict: channel.Accepted, Code: 250}
	}}
	tester := w.tester(f)
	w.exec(`INSERT INTO staff (email, name, role, password_hash) VALUES ('a@example.com', 'A', 'OWNER', 'x'), ('no@example.com', 'N', 'OWNER', 'x')`)
	ctx := access.As(t.Context(), access.Principal{Kind: access.ActorStaff, ID: 1, Scopes: access.RoleOwner.Scopes()})
	results, err := tester.Send(ctx, campaign.TestMail{
		CampaignID: row.ID, Mall: "OWN_SITE", To: []string{" a@example.com ", "no@example.com"}, CustomerID: customer,
	})
	if err != nil {
		t.Fatal(err)
	}
	if want := []campaign.TestResult{{Address: "a@example.com", Accepted: true}, {Address: "no@example.com", Reply: "550"}}; !slices.Equal(results, want) {
		t.Errorf("results %+v", results)
	}
	mail := f.mails[0]
	if mail.Subject != "[テスト] 佐藤1様へ" || mail.From.Email != "shop@example.com" || mail.UnsubscribeURL != "" ||
		!strings.Contains(mail.HTML, `href="https://shop.example/sale"`) || strings.Contains(mail.HTML, "/t/") || !strings.Contains(mail.Text, "03-0000-0000") {
		t.Errorf("mail %q from %s, unsubscribe %q\n%s", mail.Subject, mail.From.Email, mail.UnsubscribeURL, mail.HTML)
	}
	if f.mails[0].MessageID == f.mails[1].MessageID {
		t.Error("two tests have one Message-ID")
	}
	if n := w.scan(`SELECT (SELECT count(*) FROM messages) + (SELECT count(*) FROM campaign_counters) + (SELECT count(*) FROM events)`); n != 0 {
		t.Errorf("%d traces of a test", n)
	}
	for name, c := range map[string]struct {
		to   []string
		code string
	}{
		"nobody": {nil, "REQUIRED"}, "too many": {strings.Fields(strings.Repeat("a@example.com ", 6)), "TOO_MANY"}, "no address": {[]string{"a@example.com", "佐藤"}, "BAD_ADDRESS"},
	} {
		if _, err := tester.Send(ctx, campaign.TestMail{CampaignID: row.ID, Mall: "OWN_SITE", To: c.to}); !hasCode(err, c.code) {
			t.Errorf("%s: %v, want %s", name, err, c.code)
		}
	}
	if _, err := tester.Send(t.Context(), campaign.TestMail{CampaignID: row.ID, Mall: "YAHOO", To: []string{"a@example.com"}}); !fault.Is(err, fault.NotFound) {
		t.Errorf("a mall without a variant: %v, want fault.NotFound", err)
	}
}

// A test goes round every gate, so that it goes to staff, and not often.
func TestATestMailReachesStaffOnly(t *testing.T) {
	w := newWorld(t)
	w.customers(1, true)
	w.exec(`INSERT INTO settings (key, value) VALUES ('sender', '{"name": "めぐり堂", "email": "shop@example.com", "postalAddress": "東京都", "contact": "03-0000-0000"}')
		ON CONFLICT (key) DO UPDATE SET value = excluded.value`)
	w.exec(`INSERT INTO staff (email, name, role, password_hash, disabled_at) VALUES ('staff@example.com', 'A', 'OWNER', 'x', NULL),
		('left@example.com', 'B', 'OWNER', 'x', now()), ('quiet@example.com', 'C', 'OWNER', 'x', NULL)`)
	w.exec(`INSERT INTO suppressions (channel, value_hash, reason) VALUES ('MAIL', sha256('quiet@example.com'), 'STAFF')`)
	row, customer := w.draft(), w.people(`SELECT id FROM customers`)[0]
	f := &wire{}
	send := func(who int64, scopes access.ScopeSet, customer int64, to string) error {
		ctx := access.As(t.Context(), access.Principal{Kind: access.ActorStaff, ID: who, Scopes: scopes})
		_, err := w.tester(f).Send(ctx, campaign.TestMail{CampaignID: row.ID, Mall: "OWN_SITE", To: []string{to}, CustomerID: customer})
		return err
	}
	all := access.RoleOwner.Scopes()
	for to, code := range map[string]string{"stranger@example.com": "NOT_STAFF", "left@example.com": "NOT_STAFF", "quiet@example.com": "SUPPRESSED"} {
		if err := send(1, all, 0, to); !hasCode(err, code) {
			t.Errorf("to %s: %v, want %s", to, err, code)
		}
	}
	if err := send(1, 0, customer, "staff@example.com"); !hasCode(err, "CUSTOMERS_HIDDEN") {
		t.Errorf("a customer who may not be seen: %v", err)
	}
	if len(f.mails) != 0 {
		t.Errorf("%d mails went out", len(f.mails))
	}
	for range 60 {
		if err := send(1, all, 0, "Staff@example.com"); err != nil {
			t.Fatal(err)
		}
	}
	if err := send(1, all, 0, "staff@example.com"); !hasCode(err, "TOO_MANY_TESTS") {
		t.Errorf("the 61st within an hour: %v", err)
	}
	if err := send(3, all, 0, "staff@example.com"); err != nil {
		t.Errorf("another member of staff: %v", err)
	}
	w.exec(`ALTER TABLE audit_log DISABLE TRIGGER USER`) // the log goes by the database's clock, which cannot be moved
	w.exec(`UPDATE audit_log SET at = at - interval '2 hours'`)
	if err := send(1, all, 0, "staff@example.com"); err != nil {
		t.Errorf("an hour later: %v", err)
	}
}
