package message_test

import (
	"reflect"
	"slices"
	"testing"
	"time"

	"github.com/uptrace/bun"

	"github.com/meguri-crm/meguri/crm/clock"
	"github.com/meguri-crm/meguri/crm/message"
	"github.com/meguri-crm/meguri/db"
	"github.com/meguri-crm/meguri/db/dbtest"
)

// people writes customers the way the nouns that own them do.
type people struct {
	t  *testing.T
	tx bun.IDB
}

func (p people) exec(query string, args ...any) {
	p.t.Helper()
	if _, err := p.tx.NewRaw(query, args...).Exec(p.t.Context()); err != nil {
		p.t.Fatal(err)
	}
}

func (p people) shop(code, mall string) int64 {
	p.t.Helper()
	shop := db.Shop{Code: code, Name: code, Mall: mall}
	if _, err := p.tx.NewInsert().Model(&shop).Exec(p.t.Context()); err != nil {
		p.t.Fatal(err)
	}
	return shop.ID
}

func (p people) customer(email string, shops ...int64) int64 {
	p.t.Helper()
	customer := db.Customer{Email: email}
	if _, err := p.tx.NewInsert().Model(&customer).Exec(p.t.Context()); err != nil {
		p.t.Fatal(err)
	}
	for _, shop := range shops {
		p.exec(`INSERT INTO identities (customer_id, shop_id, kind, value, reason, first_seen_at, last_seen_at)
			VALUES (?, ?, 'MAIL', ?, 'NEW', now(), now())`, customer.ID, shop, email)
	}
	return customer.ID
}

func (p people) consent(customer, shop int64, state string, at time.Time) {
	p.t.Helper()
	p.exec(`INSERT INTO consents (customer_id, channel, state, origin_shop_id, occurred_at, method, wording)
		VALUES (?, 'MAIL', ?, ?, ?, 'SIGN_UP_FORM', 'お知らせメールを受け取る')`, customer, state, shop, at)
}

func TestTheGate(t *testing.T) {
	tx := dbtest.Tx(t)
	p := people{t, tx}
	now := time.Date(2026, 11, 21, 3, 0, 0, 0, time.UTC)
	site, store := p.shop("site", "OWN_SITE"), p.shop("store", "STORE")
	rakuten, amazon := p.shop("rakuten", "RAKUTEN"), p.shop("amazon", "AMAZON")
	long := now.AddDate(0, -6, 0)

	given := p.customer(" Hanako@Example.com ", rakuten, site)
	p.consent(given, store, "GIVEN", now)
	p.consent(given, site, "GIVEN", long)
	withdrawn := p.customer("w@example.com", site)
	p.consent(withdrawn, site, "GIVEN", long)
	p.consent(withdrawn, site, "WITHDRAWN", now)
	back := p.customer("back@example.com", site)
	p.consent(back, site, "WITHDRAWN", long)
	p.consent(back, site, "GIVEN", now)
	bounced := p.customer("Bounced@example.com", site)
	p.consent(bounced, site, "GIVEN", now)
	p.exec(`INSERT INTO suppressions (channel, value_hash, reason, at) VALUES ('MAIL', ?, 'HARD_BOUNCE', ?)`, message.AddressHash("bounced@EXAMPLE.com "), long)
	relay := p.customer("abc@fw.rakuten.ne.jp", rakuten)
	p.consent(relay, site, "GIVEN", now)
	buyer, amazonian := p.customer("r@example.com", rakuten), p.customer("", amazon)
	merged := p.customer("m@example.com", site)
	p.consent(merged, site, "GIVEN", now)
	p.exec("UPDATE customers SET merged_into = ? WHERE id = ?", given, merged)
	bare := p.customer("bare@example.com", site)
	p.exec(`INSERT INTO consents (customer_id, channel, state, origin_shop_id, occurred_at, method) VALUES (?, 'MAIL', 'GIVEN', ?, ?, 'IMPORT')`, bare, site, now)
	lineOnly := p.customer("line@example.com", site)
	p.exec(`INSERT INTO consents (customer_id, channel, state, origin_shop_id, occurred_at, method, wording) VALUES (?, 'LINE', 'GIVEN', ?, ?, 'API', 'x')`, lineOnly, site, now)

	want := []struct {
		id       int64
		refusals []string
	}{
		{given, nil},
		{withdrawn, []string{"LAW-03", "LAW-01"}},
		{back, nil},
		{bounced, []string{"LAW-03"}},
		{relay, []string{"RK-08", "NO_ADDRESS"}},
		{buyer, []string{"RK-07", "LAW-01"}},
		{amazonian, []string{"AM-02", "LAW-01", "NO_ADDRESS"}},
		{merged, []string{"LAW-01", "NO_ADDRESS"}},
		{bare, []string{"LAW-01"}},
		{lineOnly, []string{"LAW-01"}},
		{-5, []string{"LAW-01", "NO_ADDRESS"}},
	}
	var asked []message.Asked
	for _, w := range want {
		asked = append(asked, message.Asked{CustomerID: w.id})
	}
	got, err := message.NewGate(&clock.Fixed{T: now}, time.UTC).Check(t.Context(), tx, "MAIL", asked)
	if err != nil || len(got) != len(want) {
		t.Fatalf("%d verdicts, %v", len(got), err)
	}
	for i, w := range want {
		if got[i].CustomerID != w.id || !slices.Equal(got[i].Refusals, w.refusals) {
			t.Errorf("customer %d: %v, want %v", i, got[i].Refusals, w.refusals)
		}
	}
	if v := got[0]; v.OriginShopID != site || v.OriginMall != "OWN_SITE" || v.Address != "Hanako@Example.com" {
		t.Errorf("origin of the first: %+v", v)
	}
	if v := got[5]; v.Address != "" || v.OriginShopID != 0 || v.Reason() != "RK-07" {
		t.Errorf("a refused one shows more than the reason: %+v", v)
	}
}

// A batch may name a person twice; his consents count once.
func TestWhoIsAskedAboutTwiceIsJudgedTwiceAlike(t *testing.T) {
	tx := dbtest.Tx(t)
	p := people{t, tx}
	now := time.Date(2026, 11, 21, 3, 0, 0, 0, time.UTC)
	site, store := p.shop("site", "OWN_SITE"), p.shop("store", "STORE")
	twice, once := p.customer("twice@example.com", site), p.customer("once@example.com", site)
	p.consent(twice, store, "GIVEN", now)
	p.consent(twice, site, "WITHDRAWN", now)
	gate := message.NewGate(&clock.Fixed{T: now}, time.UTC)
	asked := []message.Asked{{CustomerID: twice}, {CustomerID: once}, {CustomerID: twice}}
	verdicts, err := gate.Check(t.Context(), tx, "MAIL", asked)
	if err != nil {
		t.Fatal(err)
	}
	if v := verdicts[0]; !v.Allowed() || v.OriginShopID != store || !reflect.DeepEqual(v, verdicts[2]) {
		t.Errorf("first %+v, then %+v; want both allowed by the store", v, verdicts[2])
	}
	if verdicts[1].Allowed() || verdicts[1].CustomerID != once {
		t.Errorf("between them %+v, want the other one, refused", verdicts[1])
	}
}

// BenchmarkGate judges a chunk of an audience, first where nobody is suppressed,
// then beside lists that name people by their address, their member's number and
// their phone, as a merchant brings them along: the look-ups are then made for
// everybody. lists-ms is what those add.
func BenchmarkGate(b *testing.B) {
	tx := dbtest.Tx(b)
	const customers = 5000
	fillGate(b, tx, `INSERT INTO shops (code, name, mall) VALUES ('bench', 'bench', 'OWN_SITE')`,
		`INSERT INTO customers (email, phone) SELECT 'p' || n || '@example.com', '+8190' || 10000000 + n FROM generate_series(1, 5000) n`,
		`INSERT INTO identities (customer_id, shop_id, kind, value, reason, first_seen_at, last_seen_at)
			SELECT c.id, s.id, 'MAIL', c.email, 'NEW', now(), now() FROM customers c, shops s WHERE s.code = 'bench'`,
		`INSERT INTO identity_keys (shop_id, kind, value, customer_id) SELECT s.id, 'MEMBER_ID', 'M' || c.id, c.id FROM customers c, shops s WHERE s.code = 'bench'`,
		`INSERT INTO consents (customer_id, channel, state, origin_shop_id, occurred_at, method, wording)
			SELECT c.id, 'MAIL', 'GIVEN', s.id, now(), 'API', 'x' FROM customers c, shops s WHERE s.code = 'bench'`, `ANALYZE`)
	var ids []int64
	if err := tx.NewRaw("SELECT id FROM customers ORDER BY id DESC LIMIT 5000").Scan(b.Context(), &ids); err != nil {
		b.Fatal(err)
	}
	gate, asked := message.NewGate(clock.System{}, time.UTC), make([]message.Asked, len(ids))
	for i, id := range ids {
		asked[i].CustomerID = id
	}
	check := func() time.Duration {
		begun := time.Now()
		verdicts, err := gate.Check(b.Context(), tx, "MAIL", asked)
		if err != nil || !verdicts[0].Allowed() {
			b.Fatal(err, verdicts[0])
		}
		return time.Since(begun)
	}
	for b.Loop() {
		without := fastest(check)
		fillGate(b, tx, `INSERT INTO suppressions (channel, value_hash, reason, at)
			SELECT channel, sha256(convert_to(channel || n, 'UTF8')), 'STAFF', now() FROM unnest('{MAIL,MEMBER_NO,PHONE}'::text[]) channel, generate_series(1, 30000) n`, `ANALYZE suppressions`)
		with := fastest(check)
		fillGate(b, tx, `DELETE FROM suppressions`)
		b.ReportMetric(customers/without.Seconds(), "customers/s")
		b.ReportMetric(customers/with.Seconds(), "beside-lists/s")
		b.ReportMetric(float64((with-without).Microseconds())/1000, "lists-ms")
		b.ReportMetric(float64(without)/float64(with), "ratio")
	}
	b.ReportMetric(0, "ns/op") // of the whole, which says nothing
}

func fillGate(b *testing.B, tx bun.IDB, statements ...string) {
	b.Helper()
	for _, q := range statements {
		if _, err := tx.NewRaw(q).Exec(b.Context()); err != nil {
			b.Fatal(err)
		}
	}
}

// fastest is the best of some turns, after those that prepare the statement.
func fastest(turn func() time.Duration) time.Duration {
	best := turn()
	for range 4 {
		best = min(best, turn())
	}
	return best
}
