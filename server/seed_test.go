package server

import (
	"context"
	"log/slog"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/meguri-crm/meguri/crm/clock"
	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/crm/ledger"
	"github.com/meguri-crm/meguri/crm/points"
	"github.com/meguri-crm/meguri/db"
	"github.com/meguri-crm/meguri/db/dbtest"
	"github.com/meguri-crm/meguri/server/seed"
)

func seedWorld(t *testing.T) *App {
	t.Helper()
	public, _ := url.Parse("http://127.0.0.1:8080")
	return &App{
		Config: &Config{Secret: strings.Repeat("s", 40), PublicURL: public, Zone: time.UTC},
		Log:    slog.New(slog.DiscardHandler), Clock: clock.System{}, DB: dbtest.New(t),
	}
}

// given is what each rule of the point programme has given.
const given = `SELECT 'given by ' || v.name, sum(u.points) FROM earn_uses u JOIN earn_rule_versions v ON (v.rule_id, v.version) = (u.rule_id, 1)
	WHERE u.source NOT LIKE 'action:REFER%' GROUP BY v.name`

// figures are what a page would be empty without.
const figures = `SELECT kind, n FROM (
	SELECT 'customers' AS kind, count(*) AS n FROM customers WHERE NOT anonymous AND merged_into IS NULL
	UNION ALL SELECT 'members', count(*) FROM customers WHERE member_since IS NOT NULL
	UNION ALL SELECT 'orders on ' || h.mall, count(*) FROM orders o JOIN shops h ON h.id = o.shop_id GROUP BY h.mall
	UNION ALL SELECT 'orders ' || status, count(*) FROM orders GROUP BY status
	UNION ALL SELECT 'net sales', sum(net_sales) FROM orders
	UNION ALL SELECT 'on two malls', count(*) FROM customer_stats WHERE cardinality(malls) > 1
	UNION ALL SELECT 'imports ' || status, count(*) FROM imports GROUP BY status
	UNION ALL SELECT 'quarantined', count(*) FROM import_quarantine
	UNION ALL SELECT 'points', sum(available + pending) FROM point_accounts
	UNION ALL ` + given + `
	UNION ALL SELECT 'consents ' || state, count(*) FROM consents GROUP BY state
	UNION ALL SELECT 'goods with a cost', count(*) FROM product_costs
	UNION ALL SELECT 'segments', count(*) FROM segments WHERE member_count IS NOT NULL
	UNION ALL SELECT 'messages ' || status, count(*) FROM messages GROUP BY status
	UNION ALL SELECT 'opened', count(*) FROM messages WHERE opened_at IS NOT NULL
	UNION ALL SELECT 'conversions', count(*) FROM conversions
	UNION ALL SELECT 'mails', count(*) FROM mailbox_mails
	UNION ALL SELECT 'campaigns ' || status, count(*) FROM campaigns GROUP BY status
	UNION ALL SELECT 'candidates ' || status, count(*) FROM identity_candidates GROUP BY status
	UNION ALL SELECT 'households', count(*) FROM identity_candidates WHERE household AND status = 'OPEN'
	UNION ALL SELECT 'tasks ' || status, count(*) FROM tasks GROUP BY status
	UNION ALL SELECT 'behaviours', count(*) FROM events WHERE kind LIKE 'behaviour.%'
) AS f`

func figuresOf(t *testing.T, d *db.DB, query string) map[string]int64 {
	t.Helper()
	var rows []struct {
		Kind string
		N    int64
	}
	if err := d.NewRaw(query).Scan(context.Background(), &rows); err != nil {
		t.Fatal(err)
	}
	m := map[string]int64{}
	for _, r := range rows {
		m[r.Kind] = r.N
	}
	return m
}

// liabilityAddsUp holds the report of the demo merchant's points against the
// entries and the accounts, to the point, before and after days are added up.
func liabilityAddsUp(t *testing.T, a *App) {
	t.Helper()
	books := ledger.New(a.DB, a.Clock, a.Config.Zone, points.New(a.DB, a.Clock, a.Config.Zone))
	for range 3 {
		report, err := books.Report(t.Context(), 60)
		if err != nil {
			t.Fatal(err)
		}
		var issued, redeemed int64
		for _, m := range report.Months {
			if sum := m.Opening + m.Issued - m.Redeemed + m.Restored - m.Expired - m.ClawedBack + m.Adjusted + m.Debt + m.Transferred; sum != m.Closing {
				t.Errorf("%s: the columns lead to %d, the month closes with %d", m.First.Format("2006-01"), sum, m.Closing)
			}
			issued, redeemed = issued+m.Issued, redeemed+m.Redeemed
		}
		for what, query := range map[string]string{
			"entries":  `SELECT sum(amount)::bigint FROM point_entries WHERE account IN ('AVAILABLE', 'PENDING', 'HELD')`,
			"accounts": `SELECT sum(available + pending + held)::bigint FROM point_accounts`,
			"lots":     `SELECT sum(remaining)::bigint FROM point_lots`,
		} {
			var n int64
			if err := a.DB.Pool.QueryRow(t.Context(), query).Scan(&n); err != nil {
				t.Fatal(err)
			}
			if last := report.Months[len(report.Months)-1].Closing; last != n || n == 0 || issued == 0 || redeemed == 0 {
				t.Errorf("the report closes with %d (%d issued, %d redeemed), the %s say %d", last, issued, redeemed, what, n)
			}
		}
		if err := books.AddUp(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
}

func TestSeedFillsEveryPage(t *testing.T) {
	a, ctx := seedWorld(t), context.Background()
	o := seed.Options{Customers: 100, AsOf: time.Date(2026, 6, 30, 0, 0, 0, 0, time.UTC)}
	if _, err := a.Seed(ctx, o); err != nil {
		t.Fatal(err)
	}
	seedFindings(t, a, o.AsOf)
	liabilityAddsUp(t, a)
	got := figuresOf(t, a.DB, figures)
	for _, kind := range []string{
		"members", "net sales", "on two malls", "points", "segments", "opened", "mails", "conversions",
		"orders on RAKUTEN", "orders on OWN_SITE", "orders on YAHOO", "orders on AMAZON", "orders on STORE",
		"orders COMPLETED", "orders CANCELLED", "imports DONE", "consents GIVEN", "messages SENT", "messages SUPPRESSED",
		"messages HELD_OUT", "campaigns DRAFT", "campaigns SENT", "campaigns SCHEDULED", "campaigns PAUSED", "goods with a cost", "tasks OPEN", "behaviours",
		"candidates OPEN", "candidates MERGED", "candidates HOUSEHOLD", "households",
	} {
		if got[kind] == 0 {
			t.Errorf("no %s", kind)
		}
	}
	if got["customers"] != 100 {
		t.Errorf("%d customers; two people became one, or one became two", got["customers"])
	}
	if got["quarantined"] != 3 {
		t.Errorf("the import refused %d rows", got["quarantined"])
	}
	var late int64
	if err := a.DB.NewRaw("SELECT count(*) FROM orders WHERE ordered_at > ?", time.Date(2026, 6, 30, 0, 0, 0, 0, time.UTC)).Scan(ctx, &late); err != nil || late != 0 {
		t.Errorf("%d orders after the last day, %v", late, err)
	}
	if unfinished, err := seed.Unfinished(ctx, a.DB); err != nil || unfinished {
		t.Errorf("Unfinished = %v, %v after a whole run", unfinished, err)
	}
	if _, err := a.Seed(ctx, o); !fault.Is(err, fault.Precondition) {
		t.Errorf("a second time: %v", err)
	}

	b := seedWorld(t)
	if _, err := b.Seed(ctx, o); err != nil {
		t.Fatal(err)
	}
	for kind, n := range figuresOf(t, b.DB, figures) {
		if got[kind] != n {
			t.Errorf("%s: %d, then %d of the same options", kind, got[kind], n)
		}
	}
}

// told is what must be the same once the files alone are taken in, which tell of no
// referrals: every balance
// and every stage, by the number of the member.
const told = `
	SELECT 'customers' AS kind, count(*) AS n FROM customers WHERE NOT anonymous AND merged_into IS NULL
	UNION ALL SELECT 'members', count(*) FROM customers WHERE member_since IS NOT NULL AND merged_into IS NULL
	UNION ALL SELECT 'merges', count(*) FROM customers WHERE merged_into IS NOT NULL
	UNION ALL SELECT 'orders of ' || h.code || ' ' || o.kind || ' ' || o.status, count(*) FROM orders o JOIN shops h ON h.id = o.shop_id GROUP BY h.code, o.kind, o.status
	UNION ALL SELECT 'net sales of ' || h.code, sum(o.net_sales) FROM orders o JOIN shops h ON h.id = o.shop_id GROUP BY h.code
	UNION ALL SELECT 'points of ' || k.value, a.available - (SELECT coalesce(sum(b.amount), 0) FROM point_bookings b WHERE b.customer_id = a.customer_id AND b.detail ? 'referral')
		FROM point_accounts a JOIN identity_keys k ON k.customer_id = a.customer_id AND k.kind = 'MEMBER_ID'
	UNION ALL SELECT 'pending of ' || k.value, a.pending FROM point_accounts a JOIN identity_keys k ON k.customer_id = a.customer_id AND k.kind = 'MEMBER_ID'
	UNION ALL ` + given + `
	UNION ALL SELECT 'members on ' || s.code, count(*) FROM member_stages m JOIN stages s ON s.id = m.stage_id GROUP BY s.code
	UNION ALL SELECT 'stage of ' || k.value, s.position FROM member_stages m JOIN stages s ON s.id = m.stage_id JOIN identity_keys k ON k.customer_id = m.customer_id AND k.kind = 'MEMBER_ID'
	UNION ALL SELECT 'consents ' || channel || ' ' || state, count(*) FROM consents WHERE method <> 'UNSUBSCRIBE_LINK' GROUP BY channel, state
	UNION ALL SELECT 'refused rows', count(*) FROM import_quarantine`

func TestFilesOfTheSeedGiveTheSameFigures(t *testing.T) {
	seeded, imported, ctx := seedWorld(t), seedWorld(t), context.Background()
	day := time.Date(2026, 6, 30, 0, 0, 0, 0, time.UTC)
	o := seed.Options{Customers: 120, AsOf: day, WriteFiles: t.TempDir()}
	if _, err := seeded.Seed(ctx, o); err != nil {
		t.Fatal(err)
	}
	if err := imported.ImportFolder(ctx, o.WriteFiles, day, nil); err != nil {
		t.Fatal(err)
	}
	want, got := figuresOf(t, seeded.DB, told), figuresOf(t, imported.DB, told)
	if want["customers"] != 120 || want["refused rows"] != 3 || want["merges"] == 0 || want["members on SILVER"] == 0 {
		t.Errorf("the seed made %d customers, %d merges and %d silver members of 120 and refused %d rows: the comparison shows little",
			want["customers"], want["merges"], want["members on SILVER"], want["refused rows"])
	}
	for _, rule := range []string{"入会特典", "お誕生日特典", "LINE友だち追加の特典", "毎月5・15・25日 ご愛顧感謝デー", "新茶まつり ポイント3倍"} {
		if want["given by "+rule] == 0 {
			t.Errorf("the rule %q has given nothing", rule)
		}
	}
	if joined := want["given by 入会特典"]; joined != 500*want["members"] {
		t.Errorf("%d members got %d points for joining", want["members"], joined)
	}
	for by, a := range map[string]*App{"the seed": seeded, "its files": imported} {
		books := points.New(a.DB, &clock.Fixed{T: day.Add(time.Hour)}, a.Config.Zone)
		if n, err := books.AwardDue(ctx, day.AddDate(-2, 0, 0)); n != 0 || err != nil {
			t.Errorf("the server awards %d more than %s did, %v", n, by, err)
		}
	}
	for kind := range got {
		if _, there := want[kind]; !there {
			t.Errorf("%s: only the import has it", kind)
		}
	}
	for kind, n := range want {
		if got[kind] != n {
			t.Errorf("%s: %d by the seed, %d by its files", kind, n, got[kind])
		}
	}
}

// TestACutSeedIsKnown cuts a run off once it has made its first shop.
func TestACutSeedIsKnown(t *testing.T) {
	a := seedWorld(t)
	ctx, cut := context.WithCancel(context.Background())
	defer cut()
	ended := make(chan error, 1)
	go func() {
		_, err := a.Seed(ctx, seed.Options{Customers: 80, AsOf: time.Date(2026, 6, 30, 0, 0, 0, 0, time.UTC)})
		ended <- err
	}()
	for empty := true; empty; {
		var err error
		if empty, err = seed.Empty(context.Background(), a.DB); err != nil {
			t.Fatal(err)
		}
	}
	cut()
	if err := <-ended; err == nil {
		t.Fatal("the run was not cut off: the test shows nothing")
	}
	if unfinished, err := seed.Unfinished(context.Background(), a.DB); err != nil || !unfinished {
		t.Errorf("Unfinished = %v, %v after a cut", unfinished, err)
	}
}

func TestSeedRefusesNonsense(t *testing.T) {
	a, ctx := seedWorld(t), context.Background()
	for name, o := range map[string]seed.Options{
		"nobody":   {Customers: 0},
		"a crowd":  {Customers: seed.MaxCustomers + 1},
		"tomorrow": {Customers: 1, AsOf: time.Now().AddDate(0, 0, 3)},
	} {
		if _, err := a.Seed(ctx, o); !fault.Is(err, fault.Invalid) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
