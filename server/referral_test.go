package server

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/meguri-crm/meguri/crm/gid"
	"github.com/meguri-crm/meguri/crm/referral"
)

// A member's link leads a friend through the sign-up form to a referral; a wrong code
// is said at its field, a wrong link in silence.
func TestALinkBringsAFriend(t *testing.T) {
	w := newSignUpWorld(t)
	set := referral.DefaultSettings()
	if page := w.do("GET", "/f/news?ref=ABCD2345", nil); strings.Contains(page.Body.String(), "紹介コード") {
		t.Error("the form asks for codes that nobody takes")
	}
	set.Enabled = true
	if err := w.app.Referrals.ChangeSettings(t.Context(), set); err != nil {
		t.Fatal(err)
	}
	var by int64
	if err := w.app.DB.NewRaw(`INSERT INTO customers (member_since, member_via) VALUES (now(), 'APP') RETURNING id`).Scan(t.Context(), &by); err != nil {
		t.Fatal(err)
	}
	code, err := w.app.Referrals.Code(t.Context(), by)
	if err != nil {
		t.Fatal(err)
	}
	link, err := w.app.Referrals.ShareURL(t.Context(), code, "https://crm.example")
	if err != nil || link != "https://crm.example/f/news?ref="+code {
		t.Fatalf("%s, %v", link, err)
	}
	page := w.do("GET", strings.TrimPrefix(link, "https://crm.example"), nil).Body.String()
	if !strings.Contains(page, `name="byLink" value="`+code+`"`) || !strings.Contains(page, `name="referral" type="text" value="`+code+`"`) {
		t.Fatalf("the form lost the code of its address: %s", page)
	}
	typed := hanako()
	typed.Set("referral", "wrong-code")
	if got := w.do("POST", "/f/news", typed); got.Code != http.StatusUnprocessableEntity || !strings.Contains(got.Body.String(), "このコードは使えません") {
		t.Errorf("a wrong code: %d", got.Code)
	}
	for mail, form := range map[string]url.Values{
		"hanako@example.com": {"referral": {code}, "byLink": {code}},
		"jiro@example.com":   {"referral": {strings.ToLower(code)}},
		"saburo@example.com": {"referral": {"GONE2345"}, "byLink": {"GONE2345"}},
	} {
		sent := hanako()
		sent.Set("mail", mail)
		for name, value := range form {
			sent[name] = value
		}
		if got := w.do("POST", "/f/news", sent); got.Code != http.StatusSeeOther {
			t.Fatalf("%s: %d", mail, got.Code)
		}
		if got := w.do("POST", w.deliver(), nil); got.Code != http.StatusOK {
			t.Fatalf("%s confirms: %d", mail, got.Code)
		}
	}
	for way, n := range map[referral.Way]int{referral.ByLink: 1, referral.ByForm: 1} {
		if got := w.count(`SELECT count(*) FROM referrals WHERE way = ? AND referrer_id = ? AND status = 'WAITING'`, way, by); got != n {
			t.Errorf("%d brought by %s, want %d", got, way, n)
		}
	}
	if n := w.count(`SELECT count(*) FROM customers WHERE member_via = 'SITE'`); n != 3 {
		t.Errorf("%d members by the form", n)
	}
}

// From the code in the app to the points of both, over the API.
func TestAReferralFromTheAppToThePointsOfBoth(t *testing.T) {
	s := newSite(t)
	staff := s.signIn()
	want := func(got, want string) {
		t.Helper()
		if got != want {
			t.Errorf("got  %s\nwant %s", got, want)
		}
	}
	settings := `mutation { updateReferralSettings(input: {enabled: true, useWithinDays: %d, orderWithinDays: 90, minAmount: 1000, firstOrder: true, waitDays: 0, shareUrl: "https://shop.example/join?from=app"}) { settings { enabled sharedPage referrerPoints } userErrors { code field } } }`
	want(s.data(staff, fmt.Sprintf(settings, 400)), `{"updateReferralSettings":{"settings":null,"userErrors":[{"code":"OUT_OF_RANGE","field":["input","useWithinDays"]}]}}`)
	for action, n := range map[string]int{"REFERRAL": 500, "REFERRED": 300} {
		s.data(staff, fmt.Sprintf(`mutation { saveEarnRule(input: {name: "紹介", kind: ACTION, action: %s, points: %d, conditions: {}, caps: {}}) { rule { id } userErrors { code } } }`, action, n))
	}
	want(s.data(staff, fmt.Sprintf(settings, 30)), `{"updateReferralSettings":{"settings":{"enabled":true,"sharedPage":"https://shop.example/join?from=app&ref=ABCD2345","referrerPoints":500},"userErrors":[]}}`)
	by, friend := s.newShopper("佐藤"), s.newShopper("鈴木")
	s.insert(`UPDATE customers SET member_since = now() WHERE id = $1 RETURNING id`, friend.row)
	code, err := s.app.Referrals.Code(t.Context(), by.row)
	if err != nil {
		t.Fatal(err)
	}
	want(s.data(by.token, `{ me { referrals { code shareUrl points friendPoints minAmount brought { month } useCodeUntil } } }`),
		fmt.Sprintf(`{"me":{"referrals":{"code":%q,"shareUrl":"https://shop.example/join?from=app&ref=%s","points":500,"friendPoints":300,"minAmount":1000,"brought":[],"useCodeUntil":null}}}`, code, code))
	use := func(w shopper, code string) string {
		t.Helper()
		return s.data(w.token, fmt.Sprintf(`mutation { useReferralCode(input: {code: %q}) { referrals { useCodeUntil } userErrors { code field } } }`, code))
	}
	want(use(by, code), `{"useReferralCode":{"referrals":null,"userErrors":[{"code":"REFERRAL_SELF","field":["input","code"]}]}}`)
	want(use(friend, "ZZZZ2222"), `{"useReferralCode":{"referrals":null,"userErrors":[{"code":"REFERRAL_UNKNOWN","field":["input","code"]}]}}`)
	want(use(friend, code), `{"useReferralCode":{"referrals":{"useCodeUntil":null},"userErrors":[]}}`)

	s.insert(`UPDATE referrals SET referred_at = referred_at - interval '3 days' WHERE customer_id = $1 RETURNING id`, friend.row)
	s.orderOf(friend.row, "OWN_SITE", "N-1")
	s.insert(`UPDATE orders SET shipped_at = ordered_at WHERE customer_id = $1 RETURNING id`, friend.row)
	s.insert(`UPDATE customers SET given_name = '一郎' WHERE id = $1 RETURNING id`, friend.row)
	s.insert(`UPDATE customers SET hint_phone = 5 WHERE id IN ($1, $2) RETURNING id`, by.row, friend.row)
	advance := func() {
		t.Helper()
		if _, err := s.app.Referrals.Advance(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	advance()
	want(s.data(by.token, `{ me { referrals { brought { state points } } points { available } } }`), `{"me":{"referrals":{"brought":[{"state":"CHECKING","points":0}]},"points":{"available":0}}}`)
	id := gid.Encode("Referral", s.insert(`SELECT id FROM referrals`))
	want(s.data(staff, `{ referrals(statuses: [FLAGGED]) { edges { node { id friend { displayName } referrer { displayName } way flags order { orderNo } } } } }`),
		fmt.Sprintf(`{"referrals":{"edges":[{"node":{"id":%q,"friend":{"displayName":"鈴木 一郎"},"referrer":{"displayName":"佐藤 花子"},"way":"APP","flags":["SAME_PHONE"],"order":{"orderNo":"N-1"}}}]}}`, id))
	want(s.data(staff, fmt.Sprintf(`mutation { refuseReferral(input: {id: %q}) { referral { id } userErrors { code field } } }`, id)), `{"refuseReferral":{"referral":null,"userErrors":[{"code":"REQUIRED","field":["input","note"]}]}}`)
	want(s.data(staff, fmt.Sprintf(`mutation { approveReferral(input: {id: %q, note: "ご家族"}) { referral { status decidedBy { email } } userErrors { code } } }`, id)),
		`{"approveReferral":{"referral":{"status":"QUALIFIED","decidedBy":{"email":"`+testEmail+`"}},"userErrors":[]}}`)
	// The rules were made after referred_at, which this test has moved: they hold from before.
	s.insert(`UPDATE referrals SET referred_at = now() WHERE customer_id = $1 RETURNING id`, friend.row)
	s.insert(`UPDATE orders SET ordered_at = now() WHERE customer_id = $1 RETURNING id`, friend.row)
	advance()
	want(s.data(by.token, `{ me { referrals { brought { state points } } points { available } } }`), `{"me":{"referrals":{"brought":[{"state":"REWARDED","points":500}]},"points":{"available":500}}}`)
	want(s.data(friend.token, `{ me { points { available } } }`), `{"me":{"points":{"available":300}}}`)
	want(s.data(staff, `{ referralFigures { referred rewarded flagged referrers referrerPoints friendPoints buyers } }`),
		`{"referralFigures":{"referred":1,"rewarded":1,"flagged":0,"referrers":1,"referrerPoints":500,"friendPoints":300,"buyers":1}}`)
	want(s.data(staff, fmt.Sprintf(`{ customer(id: %q) { referredBy { referrer { displayName } status } referrals { edges { node { id } } } } }`, friend.id)),
		`{"customer":{"referredBy":{"referrer":{"displayName":"佐藤 花子"},"status":"REWARDED"},"referrals":{"edges":[]}}}`)
	if got := s.data(staff, fmt.Sprintf(`{ customer(id: %q) { timeline { edges { node { event } } } } }`, by.id)); !strings.Contains(got, `"referral.approved"`) || !strings.Contains(got, `"referral.rewarded"`) {
		t.Errorf("the referrer's timeline: %s", got)
	}

	s.insert(`UPDATE orders SET status = 'CANCELLED', cancelled_at = now(), net_sales = 0 WHERE customer_id = $1 RETURNING id`, friend.row)
	advance()
	want(s.data(by.token, `{ me { referrals { brought { state points } } points { available } } }`), `{"me":{"referrals":{"brought":[{"state":"TAKEN_BACK","points":500}]},"points":{"available":0}}}`)
	want(s.data(friend.token, `{ me { points { available } } }`), `{"me":{"points":{"available":0}}}`)
	want(s.data(staff, `{ referrals(statuses: [TAKEN_BACK]) { edges { node { reason referrerPoints friendPoints order { status } } } } referralFigures { rewarded takenBack referrerPoints } }`),
		`{"referrals":{"edges":[{"node":{"reason":"ORDER_GONE","referrerPoints":500,"friendPoints":300,"order":{"status":"CANCELLED"}}}]},"referralFigures":{"rewarded":0,"takenBack":1,"referrerPoints":0}}`)
	if got := s.data(staff, fmt.Sprintf(`{ customer(id: %q) { timeline { edges { node { event data } } } } }`, by.id)); !strings.Contains(got, `"referral.takenBack"`) || !strings.Contains(got, "ORDER_GONE") {
		t.Errorf("the referrer's timeline: %s", got)
	}

	client := s.insert(`SELECT id FROM shops WHERE mall = 'OWN_SITE'`)
	upsert := fmt.Sprintf(`mutation { upsertCustomer(input: {shopId: %q, memberId: "M-9", profile: {familyName: "田中"}, enroll: true, referralCode: "%%s"}) { created referralRefused { code field } userErrors { code } } }`, gid.Encode("Shop", client))
	want(s.data(staff, fmt.Sprintf(upsert, "QQQQ2222")), `{"upsertCustomer":{"created":true,"referralRefused":{"code":"REFERRAL_UNKNOWN","field":["input","referralCode"]},"userErrors":[]}}`)
	want(s.data(staff, fmt.Sprintf(upsert, code)), `{"upsertCustomer":{"created":false,"referralRefused":null,"userErrors":[]}}`)
	if n := s.insert(`SELECT count(*) FROM referrals WHERE way = 'API' AND referrer_id = $1`, by.row); n != 1 {
		t.Errorf("%d brought by a partner", n)
	}
}

// A card that is shown in a store earns once a day there; a number that is keyed in,
// and a shop that is no store, do not.
func TestShowingTheCardInAStoreEarnsOnceADay(t *testing.T) {
	s := newSite(t)
	staff := s.signIn()
	who := s.newShopper("佐藤")
	s.data(staff, `mutation { saveEarnRule(input: {name: "来店", kind: ACTION, action: STORE_CHECK_IN, points: 10, conditions: {}, caps: {person: 15}}) { rule { id } userErrors { code } } }`)
	store, second, site := s.insert(`INSERT INTO shops (code, name, mall) VALUES ('a', '京都店', 'STORE') RETURNING id`),
		s.insert(`INSERT INTO shops (code, name, mall) VALUES ('b', '大阪店', 'STORE') RETURNING id`), s.insert(`INSERT INTO shops (code, name, mall) VALUES ('c', '楽天店', 'RAKUTEN') RETURNING id`)
	card, err := s.app.Members.Card(context.Background(), who.row)
	if err != nil {
		t.Fatal(err)
	}
	in := func(code string, shop int64) string {
		t.Helper()
		return s.data(staff, fmt.Sprintf(`mutation { checkInMember(input: {code: %q, shopId: %q}) { member { name points { available } } points userErrors { code field } } }`, code, gid.Encode("Shop", shop)))
	}
	for _, c := range []struct {
		code string
		shop int64
		want string
	}{
		{card.Code, store, `{"member":{"name":"佐藤 花子","points":{"available":10}},"points":10,"userErrors":[]}`},
		{card.Code, store, `{"member":{"name":"佐藤 花子","points":{"available":10}},"points":0,"userErrors":[]}`},
		{card.Code, second, `{"member":{"name":"佐藤 花子","points":{"available":15}},"points":5,"userErrors":[]}`},
		{card.Number, store, `{"member":null,"points":0,"userErrors":[{"code":"CARD_NOT_SHOWN","field":["input","code"]}]}`},
		{card.Code, site, `{"member":null,"points":0,"userErrors":[{"code":"NOT_A_STORE","field":["input","shopId"]}]}`},
	} {
		if got := in(c.code, c.shop); got != `{"checkInMember":`+c.want+`}` {
			t.Errorf("got  %s\nwant %s", got, c.want)
		}
	}
}
