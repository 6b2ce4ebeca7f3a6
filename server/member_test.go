package server

import (
	"bufio"
	"encoding/json"
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/meguri-crm/meguri/crm/access"
	"github.com/meguri-crm/meguri/crm/gid"
)

// shopper is a member with a token; all of his numbers end in a figure of his own,
// so that a leak shows.
type shopper struct {
	row   int64
	id    string
	token string
}

func (s *site) newShopper(family string) shopper {
	s.t.Helper()
	row := s.insert(`INSERT INTO customers (family_name, given_name, member_since, member_via) VALUES ($1, '花子', '2025-01-01', 'APP') RETURNING id`, family)
	return shopper{row, gid.Encode("Customer", row), s.customerToken(row)}
}

// orderOf makes a shop and one order of the customer on it.
func (s *site) orderOf(customer int64, mall, orderNo string) {
	s.t.Helper()
	shop := s.insert(`INSERT INTO shops (code, name, mall) VALUES ($1, '店 ' || $2::text, $2) RETURNING id`, strings.ToLower(mall+"-"+orderNo), mall)
	order := s.insert(`INSERT INTO orders (customer_id, shop_id, order_no, kind, status, ordered_at, currency, goods_amount, total_amount, content_hash)
		VALUES ($1, $2, $3, 'SALE', 'SHIPPED', now() - interval '1 day', 'JPY', 3000, 3500, '') RETURNING id`, customer, shop, orderNo)
	s.insert(`INSERT INTO order_lines (customer_id, order_id, line_key, sku, name, unit_price, quantity, amount) VALUES ($1, $2, '1', 'T', '煎茶 ' || $3, 3000, 1, 3000) RETURNING order_id`, customer, order, orderNo)
	s.insert(`INSERT INTO point_lots (customer_id, booking_id, amount, remaining, status, earned_at, usable_at, order_id)
		VALUES ($1, 0, 30, 30, 'PENDING', now(), '2099-12-31 15:00Z', $2) RETURNING id`, customer, order)
}

const everythingMine = `{ me { profile { name memberSince } points { available } stage { name progress counts { spend } benefits { pointMultiplier } }
	card { number code codeText refreshInSeconds } lots { nodes { points usable usableOn expiresOn reason } } statement { nodes { kind amount note } }
	orders { nodes { mall shopName orderNo total { amount } items { name quantity } pointsEarned pointsPending pendingUntil } }
	offers { id name state code usable fromStage } referralCode preferences { perMonth } } }`

func TestAShopperSeesHimselfAndNobodyElse(t *testing.T) {
	s := newSite(t)
	staff := s.signIn()
	mine, other := s.newShopper("佐藤"), s.newShopper("鈴木")
	s.onStage(mine.row)
	s.orderOf(mine.row, "RAKUTEN", "R-1")
	s.orderOf(other.row, "YAHOO", "Y-9")
	for _, w := range []shopper{mine, other} {
		s.data(staff, fmt.Sprintf(`mutation { grantPoints(input: {customerId: %q, amount: %d, note: "%s様へ", expiresOn: "2099-03-31", idempotencyKey: "g"}) { userErrors { code } } }`,
			w.id, 500+w.row, map[bool]string{true: "佐藤", false: "鈴木"}[w == mine]))
	}
	got := s.data(mine.token, everythingMine)
	for _, want := range []string{
		`"name":"佐藤 花子"`, fmt.Sprintf(`"available":%d`, 500+mine.row), `"progress":9360,"counts":{"spend":46800},"benefits":{"pointMultiplier":`,
		`{"points":30,"usable":false,"usableOn":"2100-01-01","expiresOn":null,"reason":""}`, `"usable":true,"usableOn":null,"expiresOn":"2099-03-31","reason":"STAFF"`,
		`"kind":"GRANT"`, `"note":"佐藤様へ"`, `"mall":"RAKUTEN","shopName":"店 RAKUTEN","orderNo":"R-1","total":{"amount":3500},"items":[{"name":"煎茶 R-1","quantity":1}],"pointsEarned":30,"pointsPending":30,"pendingUntil":"2100-01-01"`,
	} {
		if !strings.Contains(got, want) {
			t.Errorf("no %s in %s", want, got)
		}
	}
	for _, foreign := range []string{"鈴木", "Y-9", "YAHOO"} {
		if strings.Contains(got, foreign) {
			t.Errorf("another's %s in %s", foreign, got)
		}
	}
	if code := regexp.MustCompile(`"referralCode":"([2-9A-HJKMNP-Z]{8})"`).FindString(got); code == "" {
		t.Errorf("no referral code in %s", got)
	}
	again := s.data(mine.token, `{ me { card { number } } }`)
	if number := regexp.MustCompile(`"number":"\d{12}"`).FindString(got); number == "" || !strings.Contains(again, number) {
		t.Errorf("the number does not stay: %s, %s", got, again)
	}
	guest := s.insert(`INSERT INTO customers DEFAULT VALUES RETURNING id`)
	if got := s.data(s.customerToken(guest), `{ me { profile { name memberSince } card { code } referralCode offers { id } stage { name } } }`); got !=
		`{"me":{"profile":{"name":"","memberSince":null},"card":null,"referralCode":null,"offers":[],"stage":null}}` {
		t.Errorf("who is no member sees %s", got)
	}
}

func TestATillReadsACard(t *testing.T) {
	s := newSite(t)
	staff, mine := s.signIn(), s.newShopper("佐藤")
	var card struct {
		Me struct {
			Card struct{ Number, Code, CodeText string }
		}
	}
	if err := json.Unmarshal([]byte(s.data(mine.token, `{ me { card { number code codeText } } }`)), &card); err != nil {
		t.Fatal(err)
	}
	c := card.Me.Card
	scan := func(token, code string) string {
		r := s.graphql(token, fmt.Sprintf(`{ memberByCard(code: %q) { customerId number name live } }`, code))
		if len(r.Errors) > 0 {
			return r.Errors[0].Extensions.Code
		}
		return string(r.Data)
	}
	found := func(live bool) string {
		return fmt.Sprintf(`{"memberByCard":{"customerId":%q,"number":%q,"name":"佐藤 花子","live":%t}}`, mine.id, c.Number, live)
	}
	wrong := c.Code[:19] + string('0'+(c.Code[19]-'0'+1)%10)
	for code, want := range map[string]string{
		c.Code: found(true), c.CodeText: found(true), c.Number: found(false),
		wrong: "CARD_UNKNOWN", c.Number[:11]: "CARD_UNKNOWN", "400000000006": "CARD_UNKNOWN", "": "CARD_UNKNOWN",
	} {
		if got := scan(staff, code); got != want {
			t.Errorf("%q: %s, want %s", code, got, want)
		}
	}
	if got := scan(mine.token, c.Code); got != "FORBIDDEN" {
		t.Errorf("a shopper reads cards: %s", got)
	}
	survivor := s.newShopper("田中")
	if _, err := s.app.DB.Exec("UPDATE customers SET merged_into = ? WHERE id = ?", survivor.row, mine.row); err != nil {
		t.Fatal(err)
	}
	if got := scan(staff, c.Number); !strings.Contains(got, survivor.id) {
		t.Errorf("after a merge the number finds %s, want %s", got, survivor.id)
	}
}

func TestAMemberTakesAnOfferAndUsesItOnce(t *testing.T) {
	s := newSite(t)
	staff, mine, other := s.signIn(), s.newShopper("佐藤"), s.newShopper("鈴木")
	s.onStage(mine.row)
	add := func(mall, proof, more string) string {
		t.Helper()
		var made struct {
			CreateOffer struct{ Offer struct{ ID string } }
		}
		raw := s.data(staff, fmt.Sprintf(`mutation { createOffer(input: {name: "特典", mall: %s, kind: COUPON_AMOUNT, value: 300, proof: %s, startsAt: "2020-01-01T00:00:00Z", endsAt: "2099-01-01T00:00:00Z" %s}) { offer { id } userErrors { code field } } }`, mall, proof, more))
		if err := json.Unmarshal([]byte(raw), &made); err != nil || made.CreateOffer.Offer.ID == "" {
			t.Fatalf("%s: %v", raw, err)
		}
		return made.CreateOffer.Offer.ID
	}
	gold := gid.Encode("Stage", s.insert(`SELECT id FROM stages WHERE code = 'GOLD'`))
	shared := add("OWN_SITE", "SHARED_CODE", `, sharedCode: "TEA300", members: {on: true}`)
	pool := add("STORE", "CODE_POOL", `, members: {on: true, limit: 1}`)
	abroad := add("RAKUTEN", "SHARED_CODE", `, sharedCode: "R300", members: {on: true}`)
	locked := add("STORE", "NONE", fmt.Sprintf(`, members: {on: true, minStageId: %q}`, gold))
	private := add("STORE", "NONE", "")
	s.data(staff, fmt.Sprintf(`mutation { addOfferCodes(input: {offerId: %q, codes: ["P-1", "P-2"]}) { added } }`, pool))

	do := func(token, mutation, offer string) string {
		t.Helper()
		return s.data(token, fmt.Sprintf(`mutation { r: %s(input: {offerId: %q}) { offer { state code usable } userErrors { code } } }`, mutation, offer))
	}
	is := func(state, code string, usable bool) string {
		return fmt.Sprintf(`{"r":{"offer":{"state":%q,"code":%s,"usable":%t},"userErrors":[]}}`, state, code, usable)
	}
	no := func(code string) string { return fmt.Sprintf(`{"r":{"offer":null,"userErrors":[{"code":%q}]}}`, code) }
	for _, step := range []struct{ token, do, offer, want string }{
		{mine.token, "useMyOffer", shared, no("OFFER_NOT_ISSUED")},
		{mine.token, "markMyOfferSeen", shared, is("AVAILABLE", "null", false)},
		{mine.token, "issueMyOffer", shared, is("ISSUED", `"TEA300"`, true)},
		{mine.token, "useMyOffer", shared, is("USED", `"TEA300"`, false)},
		{mine.token, "useMyOffer", shared, no("OFFER_USED")},
		{other.token, "useMyOffer", shared, no("OFFER_NOT_ISSUED")},
		{mine.token, "issueMyOffer", pool, is("ISSUED", `"P-1"`, true)},
		{mine.token, "issueMyOffer", pool, is("ISSUED", `"P-1"`, true)},
		{other.token, "issueMyOffer", pool, no("OFFER_TAKEN")},
		{mine.token, "useMyOffer", pool, is("USED", `"P-1"`, false)},
		{mine.token, "issueMyOffer", abroad, is("ISSUED", `"R300"`, false)},
		{mine.token, "useMyOffer", abroad, no("OFFER_ELSEWHERE")},
		{mine.token, "issueMyOffer", locked, no("STAGE_TOO_LOW")},
		{mine.token, "issueMyOffer", private, no("OFFER_UNKNOWN")},
		{mine.token, "issueMyOffer", "nonsense", no("INVALID_ID")},
		{mine.token, "issueMyOffer", other.id, no("INVALID_ID")},
	} {
		if got := do(step.token, step.do, step.offer); got != step.want {
			t.Errorf("%s: %s, want %s", step.do, got, step.want)
		}
	}
	want := `{"offer":{"memberFigures":{"seen":1,"issued":1,"used":1},"codes":null}}`
	if got := s.data(staff, fmt.Sprintf(`{ offer(id: %q) { memberFigures { seen issued used } codes { used } } }`, shared)); got != want {
		t.Errorf("figures %s", got)
	}
	if n := s.insert(`SELECT count(*) FROM offer_codes WHERE used_at IS NOT NULL AND customer_id = $1`, mine.row); n != 1 {
		t.Errorf("%d codes of the pool used, want 1", n)
	}
	if n := s.insert(`SELECT count(*) FROM audit_log WHERE action IN ('offer.issued', 'offer.used') AND actor_kind = 'CUSTOMER' AND object_id = $1`, mine.row); n != 5 {
		t.Errorf("%d lines in the audit log, want 5: three taken, two used", n)
	}
}

func TestAMemberTellsHisBirthdayOnceAndStaffDoesNotTellItForHim(t *testing.T) {
	s := newSite(t)
	staff, mine := s.signIn(), s.newShopper("佐藤")
	tell := func(token, input string) string {
		return s.data(token, `mutation { updateMyProfile(input: {`+input+`}) { profile { name birthDate canSetBirthDate } userErrors { code field } } }`)
	}
	for _, step := range []struct{ input, want string }{
		{`familyName: "高橋"`, `{"updateMyProfile":{"profile":{"name":"高橋 花子","birthDate":null,"canSetBirthDate":true},"userErrors":[]}}`},
		{`birthDate: "2199-01-01"`, `{"updateMyProfile":{"profile":null,"userErrors":[{"code":"IN_THE_FUTURE","field":["input","birthDate"]}]}}`},
		{`birthDate: "1990-05-06"`, `{"updateMyProfile":{"profile":{"name":"高橋 花子","birthDate":"1990-05-06","canSetBirthDate":false},"userErrors":[]}}`},
		{`birthDate: "1990-05-07"`, `{"updateMyProfile":{"profile":null,"userErrors":[{"code":"BIRTH_DATE_SET","field":["input","birthDate"]}]}}`},
	} {
		if got := tell(mine.token, step.input); got != step.want {
			t.Errorf("%s: %s, want %s", step.input, got, step.want)
		}
	}
	var opened struct {
		OpenMemberPage struct{ URL string }
	}
	raw := s.data(staff, fmt.Sprintf(`mutation { openMemberPage(input: {customerId: %q}) { url userErrors { code } } }`, mine.id))
	if err := json.Unmarshal([]byte(raw), &opened); err != nil {
		t.Fatal(err)
	}
	page, token, _ := strings.Cut(opened.OpenMemberPage.URL, "/member#token=")
	if page == "" || !strings.Contains(s.data(token, `{ me { profile { name } } }`), "高橋") {
		t.Errorf("the page of a member: %s", raw)
	}
	if got := tell(token, `familyName: "偽"`); !strings.Contains(got, `"STAFF_VIEW"`) {
		t.Errorf("staff tells for the member: %s", got)
	}
	if got := s.data(token, `mutation { updateMyPreferences(input: {perMonth: 1}) { userErrors { code } } }`); !strings.Contains(got, `"STAFF_VIEW"`) {
		t.Errorf("staff consents for the member: %s", got)
	}
	if got := s.data(token, `mutation { recordMyAppInstall(input: {deviceId: "d"}) { userErrors { code } } }`); !strings.Contains(got, `"STAFF_VIEW"`) {
		t.Errorf("staff has the app for the member: %s", got)
	}
	p, err := s.app.Verifier.Verify(t.Context(), token)
	if err != nil || p.ByStaff == 0 || time.Until(p.ExpiresAt) > access.MemberPageTTL {
		t.Errorf("principal %+v, %v", p, err)
	}
	if n := s.insert(`SELECT count(*) FROM audit_log WHERE action = 'customer.open_member_page' AND actor_kind = 'STAFF' AND object_id = $1`, mine.row); n != 1 {
		t.Errorf("%d lines in the audit log, want 1", n)
	}
}

// What a member may change is what the merchant lets him, also where the page is not asked.
func TestAMemberChangesWhatTheMerchantLetsHim(t *testing.T) {
	s := newSite(t)
	staff, mine := s.signIn(), s.newShopper("佐藤")
	change := func(input string) string {
		t.Helper()
		return s.data(mine.token, `mutation { updateMyProfile(input: {`+input+`}) { profile { phone city canChange birthDate birthDateFrom } userErrors { code field } } }`)
	}
	rules := func(input string) string {
		t.Helper()
		return s.data(staff, `mutation { updateOwnProfileSettings(input: {`+input+`}) { settings { parts birthday birthdayMonths } userErrors { code field } } }`)
	}
	refused := func(field, code string) string {
		return fmt.Sprintf(`{"updateMyProfile":{"profile":null,"userErrors":[{"code":%q,"field":["input",%q]}]}}`, code, field)
	}
	expect := func(got, want string) {
		t.Helper()
		if got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
	expect(s.data(staff, `{ ownProfileSettings { parts birthday birthdayMonths } }`), `{"ownProfileSettings":{"parts":["NAME","KANA"],"birthday":"ONCE","birthdayMonths":24}}`)
	expect(change(`phone: "090-5555-0101"`), refused("phone", "NOT_CHANGEABLE"))
	expect(rules(`parts: [], birthday: AGAIN, birthdayMonths: 11`), `{"updateOwnProfileSettings":{"settings":null,"userErrors":[{"code":"RANGE","field":["input","birthdayMonths"]}]}}`)
	expect(rules(`parts: [PHONE, ADDRESS], birthday: AGAIN, birthdayMonths: 12`), `{"updateOwnProfileSettings":{"settings":{"parts":["ADDRESS","PHONE"],"birthday":"AGAIN","birthdayMonths":12},"userErrors":[]}}`)
	expect(change(`familyName: "高橋", phone: "090-5555-0101"`), refused("familyName", "NOT_CHANGEABLE"))
	expect(change(`phone: "12"`), refused("phone", "INVALID_PHONE"))
	today := s.app.Clock.Now().In(s.app.Config.Zone)
	expect(change(`phone: "090-5555-0101", city: "京都市中京区", birthDate: "1990-05-06"`), fmt.Sprintf(
		`{"updateMyProfile":{"profile":{"phone":"+819055550101","city":"京都市中京区","canChange":["ADDRESS","PHONE"],"birthDate":"1990-05-06","birthDateFrom":%q},"userErrors":[]}}`,
		today.AddDate(1, 0, 0).Format(time.DateOnly)))
	expect(change(`birthDate: "1990-06-07"`), refused("birthDate", "BIRTH_DATE_TOO_SOON"))
	s.insert(`UPDATE customers SET birth_date_told_at = now() - interval '13 months' WHERE id = $1 RETURNING id`, mine.row)
	if got := change(`birthDate: "1990-06-07"`); !strings.Contains(got, `"birthDate":"1990-06-07"`) {
		t.Errorf("a year later: %s", got)
	}
	rules(`parts: [], birthday: BY_SHOP`)
	s.insert(`UPDATE customers SET birth_date = NULL, birth_date_told_at = NULL WHERE id = $1 RETURNING id`, mine.row)
	expect(change(`birthDate: "1990-06-07"`), refused("birthDate", "NOT_CHANGEABLE"))
	for action, want := range map[string]int64{"settings.update_own_profile": 2, "customer.update_own": 2} {
		if n := s.insert(`SELECT count(*) FROM audit_log WHERE action = $1`, action); n != want {
			t.Errorf("%s: %d lines in the audit log, want %d", action, n, want)
		}
	}
}

// The phone's way: snapshot, then every booking of its own and of nobody else.
func TestPointsArriveOnThePhone(t *testing.T) {
	s := newSite(t)
	ctx := t.Context()
	go s.app.Hub.Run(ctx, s.app.DB.Pool)
	<-s.app.Hub.Ready()
	staff, mine, other := s.signIn(), s.newShopper("佐藤"), s.newShopper("鈴木")
	grant := func(to shopper, amount int, key string) {
		t.Helper()
		s.data(staff, fmt.Sprintf(`mutation { grantPoints(input: {customerId: %q, amount: %d, idempotencyKey: %q}) { userErrors { code } } }`, to.id, amount, key))
	}
	grant(mine, 100, "before")

	req, err := http.NewRequestWithContext(ctx, http.MethodPost, s.URL+"/graphql", strings.NewReader(`{"query":"subscription { myPoints { points { available } stage { name } } }"}`))
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("Accept", "text/event-stream")
	req.Header.Set("Authorization", "Bearer "+mine.token)
	resp, err := s.client.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = resp.Body.Close() }()
	lines := bufio.NewScanner(resp.Body)
	next := func() string {
		for lines.Scan() {
			if data, ok := strings.CutPrefix(lines.Text(), "data: "); ok && data != "" {
				return data
			}
		}
		t.Fatalf("the stream ended: %v", lines.Err())
		return ""
	}
	has := func(n int) {
		t.Helper()
		if got, want := next(), fmt.Sprintf(`{"data":{"myPoints":{"points":{"available":%d},"stage":null}}`, n); !strings.HasPrefix(got, want) {
			t.Fatalf("got %s, want %s", got, want)
		}
	}
	has(100)
	grant(other, 7, "not mine") // which must not come
	grant(mine, 20, "after")
	has(120)
	if n := s.insert(`SELECT count(*) FROM member_watches`); n != 1 {
		t.Errorf("%d watches, want 1: nobody watches the other member", n)
	}
	grant(mine, 3, "again")
	has(123)
}
