package stress

import (
	"fmt"
	"testing"
	"time"

	"github.com/meguri-crm/meguri/crm/clock"
	"github.com/meguri-crm/meguri/crm/gid"
	"github.com/meguri-crm/meguri/crm/points"
	"github.com/meguri-crm/meguri/server/servertest"
)

// TestReferralsSurviveTheirWorkers has a worker reward 2,400 friends and who brought
// them, and another take most of that back, as the orders are cancelled. Each is killed
// in the middle, and it is counted: everybody has his points once, or lost them once.
func TestReferralsSurviveTheirWorkers(t *testing.T) {
	const friends, kept = 2400, 300 // a worker moves 500 on at a time
	in := servertest.New(t)
	server := in.Start(t, "serve", "--workers=0")
	in.Serving(t, server)
	m := newMerchant(t, in, server)
	ledger := m.rewards()
	m.brought(friends + 4) // those without an order are there to be refused
	m.exec(`INSERT INTO orders (customer_id, shop_id, order_no, status, ordered_at, shipped_at, currency, goods_amount, total_amount, net_sales, content_hash)
		SELECT customer_id, (SELECT min(id) FROM shops), 'N' || id, 'SHIPPED', now(), now(), 'JPY', 2000, 2000, 2000, '' FROM referrals ORDER BY id LIMIT $1`, friends)
	refuse := func() { // which has a worker look at all of them
		last := m.count(`SELECT max(id) FROM referrals WHERE status = 'WAITING' AND order_id IS NULL`)
		m.mutate("refuseReferral", fmt.Sprintf(`{id: %q, note: "同じ方です"}`, gid.Encode("Referral", last)), "referral { status }")
	}
	moved := func(status string, all int64) {
		t.Helper()
		sql := fmt.Sprintf("SELECT count(*) FROM referrals WHERE status = '%s'", status)
		worker := in.Start(t, "worker")
		refuse()
		servertest.Within(t, 2*time.Minute, "some are "+status, func() bool { return m.ask(sql) > 0 })
		dies(t, worker)
		if n := m.count(sql); n == all {
			t.Errorf("all %d were %s at the kill: it shows nothing", n, status)
		}
		worker = in.Start(t, "worker")
		refuse()
		servertest.Within(t, 3*time.Minute, "all are "+status, func() bool { return m.ask(sql) == all })
		dies(t, worker)
		if n := m.count(`SELECT count(*) FROM referral_looks`); n != 0 {
			t.Errorf("%d looks are left", n)
		}
		if wrong, err := ledger.Verify(t.Context()); err != nil || len(wrong) > 0 {
			t.Errorf("the books: %v %+v", err, wrong)
		}
	}
	has := func(what string, want int64, sql string) {
		t.Helper()
		if n := m.count(sql); n != want {
			t.Errorf("%s: %d, not %d", what, n, want)
		}
	}
	const standing = `SELECT %s FROM point_bookings b WHERE b.idempotency_key LIKE 'request:action:REFERR%%'
		AND NOT EXISTS (SELECT FROM point_awards_undone u WHERE u.customer_id = b.customer_id AND u.booking_id = b.id)`

	moved("REWARDED", friends)
	has("awards", 2*friends, fmt.Sprintf(standing, "count(*)"))
	has("awarded", friends*800, fmt.Sprintf(standing, "sum(b.amount)::bigint"))
	has("told of rewards", 2*friends, `SELECT count(*) FROM events WHERE kind = 'referral.rewarded'`)

	m.exec(`UPDATE orders SET status = 'CANCELLED', cancelled_at = now(), net_sales = 0 WHERE id % $1 <> 0`, friends/kept)
	moved("TAKEN_BACK", friends-kept)
	has("awards that stand", 2*kept, fmt.Sprintf(standing, "count(*)"))
	has("who has them", 2*kept, fmt.Sprintf(standing, "count(DISTINCT b.customer_id)"))
	has("what stands", kept*800, fmt.Sprintf(standing, "sum(b.amount)::bigint"))
	has("taken back", (friends-kept)*800, `SELECT sum(amount)::bigint FROM point_bookings WHERE kind = 'CLAWBACK' AND reason = 'REFERRAL_ENDED'`)
	has("told of what is taken back", 2*(friends-kept), `SELECT count(*) FROM events WHERE kind = 'referral.takenBack'`)
	has("rewarded with their order gone", 0, `SELECT count(*) FROM referrals r JOIN orders o ON o.id = r.order_id WHERE (r.status = 'REWARDED') <> (o.status = 'SHIPPED')`)
}

// rewards makes the rules that give 500 points for who brings somebody and 300 for who
// is brought.
func (m *merchant) rewards() *points.Service {
	m.t.Helper()
	zone, err := time.LoadLocation("Asia/Tokyo")
	if err != nil {
		m.t.Fatal(err)
	}
	ledger := points.New(m.db, clock.System{}, zone)
	for _, r := range []points.EarnRule{
		{Name: "紹介した人", Kind: points.EarnAction, Action: points.ActionReferral, Points: 500},
		{Name: "紹介された人", Kind: points.EarnAction, Action: points.ActionReferred, Points: 300},
	} {
		if _, err := (points.Desk{Service: ledger}).CreateRule(m.t.Context(), r); err != nil {
			m.t.Fatal(err)
		}
	}
	return ledger
}

// brought makes n members who brought one friend each.
func (m *merchant) brought(n int) {
	m.t.Helper()
	m.exec(`WITH new AS (INSERT INTO customers (member_since, member_via) SELECT now(), 'SITE' FROM generate_series(1, 2 * $1::int) RETURNING id),
		stats AS (INSERT INTO customer_stats (customer_id) SELECT id FROM new),
		people AS (SELECT id, row_number() OVER (ORDER BY id) AS n FROM new)
		INSERT INTO referrals (customer_id, referrer_id, code, way, referred_at, order_by, min_amount, wait_days, first_order, changed_at)
		SELECT friend.id, referrer.id, 'K7WQ2MXA', 'APP', now(), now() + interval '30 days', 0, 0, false, now()
		FROM people friend JOIN people referrer ON referrer.n = friend.n + 1 WHERE friend.n % 2 = 1`, n)
	m.exec("ANALYZE customers, referrals")
}
