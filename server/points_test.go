package server

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/meguri-crm/meguri/crm/gid"
)

// insert runs an INSERT … RETURNING id.
func (s *site) insert(sql string, args ...any) (id int64) {
	s.t.Helper()
	if err := s.app.DB.Pool.QueryRow(s.t.Context(), sql, args...).Scan(&id); err != nil {
		s.t.Fatal(err)
	}
	return id
}

// data runs an operation that must succeed, and gives its data as text.
func (s *site) data(token, query string) string {
	s.t.Helper()
	r := s.graphql(token, query)
	if len(r.Errors) > 0 {
		s.t.Fatalf("%s: %v", query, r.Errors)
	}
	return string(r.Data)
}

// onStage puts a member on a stage as crm/stage would.
func (s *site) onStage(customer int64) {
	s.t.Helper()
	if _, err := s.app.DB.Pool.Exec(s.t.Context(), `INSERT INTO member_stages (customer_id, stage_id, since, spend, next_stage_id, missing, next_by, review_at)
		SELECT $1, a.id, '2026-01-02T03:04:05.678Z', 46800, b.id, 3200, '2099-12-31', '2099-12-31 15:00Z' FROM stages a, stages b WHERE a.code = 'SILVER' AND b.code = 'GOLD'`, customer); err != nil {
		s.t.Fatal(err)
	}
}

func TestPointsFromTheDeskToTheShopper(t *testing.T) {
	s := newSite(t)
	staff := s.signIn()
	member := s.insert(`INSERT INTO customers (member_since, member_via) VALUES ('2025-01-01', 'APP') RETURNING id`)
	merged := s.insert(`INSERT INTO customers (merged_into) VALUES ($1) RETURNING id`, member)
	guest := s.insert(`INSERT INTO customers DEFAULT VALUES RETURNING id`)
	s.onStage(member)
	id := gid.Encode("Customer", member)
	book := func(mutation string) string {
		t.Helper()
		return s.data(staff, "mutation { "+mutation+" }")
	}
	want := func(got, want string) {
		t.Helper()
		if got != want {
			t.Errorf("got  %s\nwant %s", got, want)
		}
	}
	grant := fmt.Sprintf(`grantPoints(input: {customerId: %q, amount: 500, note: "お詫び", expiresOn: "2099-03-31", idempotencyKey: "g"}) { booking { kind amount availableAfter actorKind } points { available } userErrors { code } }`, id)
	granted := `{"grantPoints":{"booking":{"kind":"GRANT","amount":500,"availableAfter":500,"actorKind":"STAFF"},"points":{"available":500},"userErrors":[]}}`
	want(book(grant), granted)
	want(book(grant), granted) // the same key, the same answer
	want(book(strings.Replace(grant, "500", "501", 1)), `{"grantPoints":{"booking":null,"points":null,"userErrors":[{"code":"IDEMPOTENCY_KEY_REUSED"}]}}`)
	want(book(fmt.Sprintf(`grantPoints(input: {customerId: %q, amount: 10, idempotencyKey: "g"}) { booking { id } userErrors { code field } }`, gid.Encode("Customer", guest))),
		`{"grantPoints":{"booking":null,"userErrors":[{"code":"NOT_A_MEMBER","field":["input","customerId"]}]}}`)
	want(book(fmt.Sprintf(`redeemPoints(input: {customerId: %q, amount: 501, idempotencyKey: "r"}) { userErrors { code params } }`, id)),
		`{"redeemPoints":{"userErrors":[{"code":"INSUFFICIENT_POINTS","params":{"asked":501,"available":500}}]}}`)

	var held struct {
		HoldPoints struct{ Hold struct{ ID string } }
	}
	if err := json.Unmarshal([]byte(book(fmt.Sprintf(`holdPoints(input: {customerId: %q, amount: 200, idempotencyKey: "h"}) { hold { id } }`, id))), &held); err != nil {
		t.Fatal(err)
	}
	want(book(fmt.Sprintf(`capturePoints(input: {holdId: %q, amount: 120, idempotencyKey: "c"}) { hold { status captured } points { available held } userErrors { code } }`, held.HoldPoints.Hold.ID)),
		`{"capturePoints":{"hold":{"status":"CAPTURED","captured":120},"points":{"available":380,"held":0},"userErrors":[]}}`)
	want(book(fmt.Sprintf(`releasePoints(input: {holdId: %q, idempotencyKey: "x"}) { userErrors { code } }`, held.HoldPoints.Hold.ID)),
		`{"releasePoints":{"userErrors":[{"code":"HOLD_CLOSED"}]}}`)
	want(book(fmt.Sprintf(`deductPoints(input: {customerId: %q, amount: 80, note: "二重付与", idempotencyKey: "d"}) { booking { kind amount } userErrors { code } }`, id)),
		`{"deductPoints":{"booking":{"kind":"ADJUST","amount":-80},"userErrors":[]}}`)

	want(s.data(staff, fmt.Sprintf(`{ customer(id: %q) { points { available } stage { stage { code } next { name } } pointHistory(first: 2) { edges { node { kind points } } pageInfo { hasNextPage } } } }`, id)),
		`{"customer":{"points":{"available":300},"stage":{"stage":{"code":"SILVER"},"next":{"name":"ゴールド"}},"pointHistory":{"edges":[{"node":{"kind":"ADJUST","points":80}},{"node":{"kind":"CAPTURE","points":120}}],"pageInfo":{"hasNextPage":true}}}}`)
	if n := s.insert(`SELECT count(*) FROM audit_log WHERE action LIKE 'points.%' AND actor_kind = 'STAFF' AND object_kind = 'Customer' AND object_id = $1`, member); n != 4 {
		t.Errorf("%d lines in the audit log, want 4: one for each booking, none for what was refused or repeated", n)
	}

	mine := `{"me":{"points":{"available":300,"pending":0,"expiringNext":{"amount":300,"on":"2099-03-31"}},"stage":{"name":"シルバー","next":{"name":"ゴールド","missingAmount":3200,"by":"2099-12-31"}}}}`
	for who, customer := range map[string]int64{"the member": member, "who was merged into him": merged} {
		if got := s.data(s.customerToken(customer), meQuery); got != mine {
			t.Errorf("%s sees %s, want %s", who, got, mine)
		}
	}
	want(s.data(s.customerToken(guest), `{ me { points { available expiringNext { amount } } stage { name } } }`), `{"me":{"points":{"available":0,"expiringNext":null},"stage":null}}`)
}

func (s *site) customerToken(customer int64) string {
	s.t.Helper()
	token, err := s.app.Access.CustomerToken(s.t.Context(), customer, time.Hour)
	if err != nil {
		s.t.Fatal(err)
	}
	return token
}

// The direct answer must be what gqlgen's execution gives. A second root field
// sends the same selection the ordinary way.
func TestMeIsAnsweredAlikeBothWays(t *testing.T) {
	s := newSite(t)
	full := s.insert(`INSERT INTO customers (member_since, member_via) VALUES ('2025-01-01', 'APP') RETURNING id`)
	s.onStage(full)
	for _, sql := range []string{
		`INSERT INTO point_accounts (customer_id, available, pending, held, debt, expiring_next_on, expiring_next_amount) VALUES ($1, 9007199254740991, 2, 3, 4, '2099-12-31 15:00Z', 5)`,
		`UPDATE member_stages SET stage_id = (SELECT id FROM stages WHERE code = 'SILVER'), missing_orders = 2, missing_points = 3, falls_on = '2099-01-02', keep_by = '2099-01-01',
			falls_to = (SELECT id FROM stages WHERE code = 'REGULAR'), keep_spend = 4, keep_orders = 5, keep_points = 6 WHERE customer_id = $1`,
	} {
		if _, err := s.app.DB.Pool.Exec(t.Context(), sql, full); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := s.app.DB.Pool.Exec(t.Context(), `UPDATE stages SET name = E'銀 "&<>\n\u2028\\' WHERE code = 'SILVER'`); err != nil {
		t.Fatal(err)
	}
	top := s.insert(`INSERT INTO customers (member_since, member_via) VALUES ('2025-01-01', 'APP') RETURNING id`)
	if _, err := s.app.DB.Pool.Exec(t.Context(), `INSERT INTO member_stages (customer_id, stage_id, since) SELECT $1, id, '2026-01-01' FROM stages WHERE code = 'PLATINUM'`, top); err != nil {
		t.Fatal(err)
	}
	guest := s.insert(`INSERT INTO customers DEFAULT VALUES RETURNING id`)
	selections := []string{
		meQuery[strings.Index(meQuery, "me {")+3 : len(meQuery)-2],
		`{ points { available pending held debt expiringNext { on amount } } stage { since name next { by missingAmount name } } }`,
		`{ __typename points { __typename a: available expiringNext { __typename b: on } } s: stage { __typename c: name next { __typename } } }`,
		`{ stage { name } }`,
		`{ stage { next { missingOrders missingPoints name } loss { on to by missing { spend orders points __typename } __typename } } }`,
		`{ points { available } stage { loss { to } } }`,
		`{ points { debt } }`,
		`{ __typename }`,
	}
	for _, customer := range []int64{full, top, guest} {
		token := s.customerToken(customer)
		for _, sel := range selections {
			direct := s.data(token, "{ me "+sel+" }")
			ordinary := s.data(token, "{ me "+sel+" __typename }")
			if want := strings.TrimSuffix(ordinary, `,"__typename":"Query"}`) + "}"; direct != want {
				t.Errorf("%s\ndirect   %s\nordinary %s", sel, direct, want)
			}
		}
		for _, both := range []string{
			`{ me { points { available } points { pending } } }`, `{ me { ...on Me { points { available } } } }`,
			`{ me { points @skip(if: false) { available } } }`, `query Q($no: Boolean = false) { me { stage { name } points @include(if: $no) { debt } } }`,
		} {
			s.data(token, both)
		}
	}
}

func TestPointSettings(t *testing.T) {
	s := newSite(t)
	staff := s.signIn()
	for _, step := range []struct{ query, want string }{
		{
			`{ pointSettings { earnPerAmount earnPoints pendingDays expiryMonths } }`,
			`{"pointSettings":{"earnPerAmount":100,"earnPoints":1,"pendingDays":14,"expiryMonths":12}}`,
		},
		{
			`mutation { updatePointSettings(input: {earnPerAmount: 200, earnPoints: 3, pendingDays: 400, expiryMonths: 6}) { settings { earnPoints } userErrors { code field } } }`,
			`{"updatePointSettings":{"settings":null,"userErrors":[{"code":"OUT_OF_RANGE","field":["input","pendingDays"]}]}}`,
		},
		{
			`mutation { updatePointSettings(input: {earnPerAmount: 200, earnPoints: 3, pendingDays: 7, expiryMonths: 6}) { settings { earnPoints } userErrors { code } } }`,
			`{"updatePointSettings":{"settings":{"earnPoints":3},"userErrors":[]}}`,
		},
		{
			`{ pointSettings { earnPerAmount earnPoints pendingDays expiryMonths } stages { code pointMultiplier spendThreshold { amount currency } memberCount } }`,
			`{"pointSettings":{"earnPerAmount":200,"earnPoints":3,"pendingDays":7,"expiryMonths":6},"stages":[` +
				`{"code":"REGULAR","pointMultiplier":10000,"spendThreshold":{"amount":0,"currency":"JPY"},"memberCount":0},` +
				`{"code":"SILVER","pointMultiplier":12500,"spendThreshold":{"amount":20000,"currency":"JPY"},"memberCount":0},` +
				`{"code":"GOLD","pointMultiplier":15000,"spendThreshold":{"amount":50000,"currency":"JPY"},"memberCount":0},` +
				`{"code":"PLATINUM","pointMultiplier":20000,"spendThreshold":{"amount":120000,"currency":"JPY"},"memberCount":0}]}`,
		},
	} {
		if got := s.data(staff, step.query); got != step.want {
			t.Errorf("%s\ngot  %s\nwant %s", step.query, got, step.want)
		}
	}
}

// Staff sees which program of a partner booked, also once it is disabled, and a
// page of bookings asks for the programs once.
func TestTheLedgerNamesThePrograms(t *testing.T) {
	p := newProgram(t)
	staff := p.signIn()
	var made struct{ CustomerID string }
	p.ask(upsertOne, map[string]any{"shopId": p.shop, "memberId": "m-1", "profile": map[string]any{"familyName": "山田"}, "enroll": true, "idempotencyKey": "c"}, &made)
	for i := range 3 {
		p.ask(`mutation($input: GrantPointsInput!) { grantPoints(input: $input) { userErrors { code } } }`,
			map[string]any{"customerId": made.CustomerID, "amount": 100, "idempotencyKey": fmt.Sprint(i)}, &struct{}{})
	}
	p.data(staff, fmt.Sprintf(`mutation { grantPoints(input: {customerId: %q, amount: 7, idempotencyKey: "staff"}) { userErrors { code } } }`, made.CustomerID))
	if _, err := p.app.DB.Pool.Exec(t.Context(), "UPDATE api_clients SET disabled_at = now()"); err != nil {
		t.Fatal(err)
	}
	who := `{ node { amount actorKind actor { email } client { name } } }`
	line := func(amount int, rest string) string {
		return fmt.Sprintf(`{"node":{"amount":%d,"actorKind":%s}}`, amount, rest)
	}
	byStaff := line(7, `"STAFF","actor":{"email":"`+testEmail+`"},"client":null`)
	byProgram := line(100, `"CLIENT","actor":null,"client":{"name":"公式アプリ"}`)
	edges := `{"edges":[` + strings.Join([]string{byStaff, byProgram, byProgram, byProgram}, ",") + `]}`
	counter := new(statements)
	p.app.DB.DB = p.app.DB.WithQueryHook(counter)
	if got, want := p.data(staff, `{ pointLedger(filter: {}) { edges `+who+` } }`), `{"pointLedger":`+edges+`}`; got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	page := counter.n.Load()
	if p.data(staff, `{ pointLedger(filter: {}, first: 3) { edges `+who+` } }`); counter.n.Load()-page != page {
		t.Errorf("%d statements for one booking fewer, %d for all: they grow with the page", counter.n.Load()-page, page)
	}
	statement := fmt.Sprintf(`{ customer(id: %q) { pointStatement { edges { node { booking { amount client { name } } } } } } }`, made.CustomerID)
	if got := p.data(staff, statement); strings.Count(got, `{"amount":100,"client":{"name":"公式アプリ"}}`) != 3 || !strings.Contains(got, `{"amount":7,"client":null}`) {
		t.Errorf("the statement: %s", got)
	}
}

// Which other programs a merchant has is nothing to a program.
func TestProgramsDoNotSeeWhoBooked(t *testing.T) {
	p := newProgram(t)
	var made struct{ CustomerID string }
	p.ask(upsertOne, map[string]any{"shopId": p.shop, "memberId": "m-1", "profile": map[string]any{"familyName": "山田"}, "enroll": true, "idempotencyKey": "c"}, &made)
	p.ask(`mutation($input: GrantPointsInput!) { grantPoints(input: $input) { userErrors { code } } }`,
		map[string]any{"customerId": made.CustomerID, "amount": 100, "idempotencyKey": "1"}, &struct{}{})
	r := p.graphql(p.bearer, `{ pointLedger(filter: {}) { edges { node { amount client { name } } } } }`)
	if got := string(r.Data); len(r.Errors) != 1 || strings.Contains(got, "公式アプリ") {
		t.Errorf("%s, %v", got, r.Errors)
	}
}
