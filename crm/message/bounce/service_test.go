package bounce_test

import (
	"fmt"
	"log/slog"
	"strings"
	"testing"
	"time"

	"github.com/meguri-crm/meguri/crm/campaign"
	"github.com/meguri-crm/meguri/crm/clock"
	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/crm/message"
	"github.com/meguri-crm/meguri/crm/message/bounce"
	"github.com/meguri-crm/meguri/crm/message/link"
	"github.com/meguri-crm/meguri/crm/message/response"
	"github.com/meguri-crm/meguri/db"
	"github.com/meguri-crm/meguri/db/dbtest"
)

var month = time.Date(2026, 11, 1, 0, 0, 0, 0, time.UTC)

// world is one customer who got one mail of one campaign.
type world struct {
	t       *testing.T
	db      *db.DB
	clock   *clock.Fixed
	signer  *link.Signer
	service *bounce.Service
	ref     link.BounceRef
}

func newWorld(t *testing.T) *world {
	t.Helper()
	signer, err := link.NewSigner("secret", "https://crm.example")
	if err != nil {
		t.Fatal(err)
	}
	w := &world{t: t, db: dbtest.New(t), clock: &clock.Fixed{T: time.Date(2026, 11, 22, 3, 0, 0, 0, time.UTC)}, signer: signer}
	consents := response.New(w.db, w.clock, signer, campaign.Responses{}, slog.New(slog.DiscardHandler))
	w.service = &bounce.Service{DB: w.db, Clock: w.clock, Signer: signer, Recorder: campaign.Responses{}, Consents: consents}
	w.exec(`INSERT INTO shops (code, name, mall) VALUES ('s', '本店', 'OWN_SITE')`)
	w.exec(`INSERT INTO customers (family_name, email) VALUES ('佐藤', 'Hanako@Example.com')`)
	w.exec(`INSERT INTO consents (customer_id, channel, state, origin_shop_id, occurred_at, method) SELECT c.id, 'MAIL', 'GIVEN', s.id, '2026-01-01', 'STORE' FROM customers c, shops s`)
	w.exec(`INSERT INTO campaigns (name) VALUES ('年末')`)
	w.exec(`INSERT INTO deliveries (campaign_id, delivery_month, content) SELECT id, '2026-11-01', '{}' FROM campaigns`)
	w.exec(`INSERT INTO messages (customer_id, delivery_id, delivery_month, campaign_id, status, sent_at)
		SELECT c.id, d.id, d.delivery_month, d.campaign_id, 'SENT', '2026-11-21' FROM customers c, deliveries d`)
	w.ref = link.BounceRef{DeliveryMonth: month, DeliveryID: w.count(`SELECT id FROM deliveries`), CustomerID: w.count(`SELECT id FROM customers`), Address: link.AddressMark("hanako@example.com")}
	return w
}

func (w *world) exec(sql string, args ...any) {
	w.t.Helper()
	if _, err := w.db.NewRaw(sql, args...).Exec(w.t.Context()); err != nil {
		w.t.Fatal(err)
	}
}

func (w *world) count(sql string) (n int64) {
	w.t.Helper()
	if err := w.db.NewRaw(sql).Scan(w.t.Context(), &n); err != nil {
		w.t.Fatal(err)
	}
	return n
}

func (w *world) to() string { return w.signer.BounceLocal(w.ref) + "@bounce.shop.example" }

func (w *world) take(raw, to string) bounce.Result {
	w.t.Helper()
	result, err := w.service.Take(w.t.Context(), []byte(raw), to)
	if err != nil {
		w.t.Fatal(err)
	}
	return result
}

func (w *world) figure(metric string) int64 {
	w.t.Helper()
	return w.count(fmt.Sprintf(`SELECT coalesce(sum(value), 0) FROM campaign_counters WHERE metric = '%s'`, metric))
}

func TestAHardBounceSuppressesOnce(t *testing.T) {
	w := newWorld(t)
	raw := report(daemon, "", status("failed", "5.1.1", "550 5.1.1 user unknown"))
	if got := w.take(raw, w.to()); !got.Matched || !got.Suppressed || got.Duplicate || got.Kind != bounce.Hard {
		t.Errorf("%+v", got)
	}
	if got := w.take("Received: again\r\n"+raw, strings.ToUpper(w.to())); !got.Duplicate || got.Suppressed {
		t.Errorf("the same once more: %+v", got)
	}
	if n := w.count(`SELECT count(*) FROM messages WHERE status = 'BOUNCED'`); n != 1 || w.figure("BOUNCED") != 1 {
		t.Errorf("%d messages bounced, figure %d", n, w.figure("BOUNCED"))
	}
	if n := w.count(`SELECT count(*) FROM suppressions WHERE reason = 'HARD_BOUNCE' AND status = '5.1.1' AND customer_id IS NOT NULL`); n != 1 {
		t.Errorf("%d suppressions", n)
	}
	if n := w.count(`SELECT count(*) FROM events WHERE kind = 'message.bounced'`); n != 1 {
		t.Errorf("%d events", n)
	}
}

func TestPolicyNeverSuppresses(t *testing.T) {
	w := newWorld(t)
	for i := range 8 {
		w.clock.Advance(24 * time.Hour)
		w.take(strings.Replace(report(daemon, "", status("failed", "5.7.1", "550 5.7.1 spam")), "@mx.example>", fmt.Sprint(i, "@mx.example>"), 1), w.to())
	}
	if n := w.count(`SELECT count(*) FROM suppressions`); n != 0 {
		t.Errorf("%d suppressions", n)
	}
}

func TestSoftBouncesSuppressAfterSeveralDays(t *testing.T) {
	w := newWorld(t)
	at := 0
	soft := func() bool {
		at++
		return w.take(strings.Replace(report(daemon, "", status("failed", "4.2.2", "452 4.2.2 mailbox full")), "@mx.example>", fmt.Sprint(at, "@mx.example>"), 1), w.to()).Suppressed
	}
	for range 6 {
		if soft() {
			t.Fatal("suppressed within one day")
		}
	}
	for day := range 3 {
		w.clock.Advance(24 * time.Hour)
		if got, want := soft(), day == 2; got != want {
			t.Errorf("on day %d: suppressed %v", day+2, got)
		}
	}
}

func TestSoftBouncesThatAreLongPastCountNoMore(t *testing.T) {
	w := newWorld(t)
	for i := range 8 {
		if w.take(strings.Replace(report(daemon, "", status("failed", "4.2.2", "452 full")), "@mx.example>", fmt.Sprint(i, "@mx.example>"), 1), w.to()).Suppressed {
			t.Fatal("suppressed by bounces 11 days apart")
		}
		w.clock.Advance(11 * 24 * time.Hour)
	}
}

func TestAComplaintWithdrawsConsent(t *testing.T) {
	w := newWorld(t)
	w.exec(`INSERT INTO suppressions (channel, value_hash, reason) VALUES ('MAIL', sha256('hanako@example.com'), 'HARD_BOUNCE')`)
	if got := w.take(arf("abuse"), w.to()); !got.Matched || !got.Suppressed {
		t.Errorf("%+v", got)
	}
	if n := w.count(`SELECT count(*) FROM consents WHERE state = 'WITHDRAWN' AND method = 'COMPLAINT'`); n != 1 {
		t.Errorf("%d withdrawals", n)
	}
	if n := w.count(`SELECT count(*) FROM suppressions WHERE reason = 'COMPLAINT'`); n != 1 || w.figure("COMPLAINED") != 1 {
		t.Errorf("%d suppressed for a complaint, figure %d", n, w.figure("COMPLAINED"))
	}
	if n := w.count(`SELECT count(*) FROM messages WHERE status = 'SENT' AND complained_at IS NOT NULL`); n != 1 {
		t.Errorf("%d messages complained of", n)
	}
}

func TestAMailUnsubscribes(t *testing.T) {
	w := newWorld(t)
	envelope, unsubscribe := bounce.Addresses(w.signer, w.ref, "bounce.shop.example")
	if envelope != w.to() {
		t.Errorf("envelope %q", envelope)
	}
	if got := w.take("From: <hanako@example.com>\r\nSubject: unsubscribe\r\n\r\n", unsubscribe); got.Kind != bounce.Unsubscribe || !got.Matched {
		t.Errorf("%+v", got)
	}
	if n := w.count(`SELECT count(*) FROM consents WHERE state = 'WITHDRAWN' AND method = 'UNSUBSCRIBE_MAIL'`); n != 1 || w.figure("UNSUBSCRIBED") != 1 {
		t.Errorf("%d withdrawals, figure %d", n, w.figure("UNSUBSCRIBED"))
	}
}

func TestWhoIsMeant(t *testing.T) {
	hard := report(daemon, "", status("failed", "5.1.1", "550 5.1.1 user unknown"))
	for name, c := range map[string]struct {
		before              string // SQL
		raw, to             func(w *world) string
		matched, suppressed bool
	}{
		"by the address it came to":              {matched: true, suppressed: true, to: (*world).to},
		"by a header that says where it came to": {matched: true, suppressed: true, raw: func(w *world) string { return "Delivered-To: " + w.to() + "\r\n" + hard }},
		"by the link in what was returned": {matched: true, suppressed: true, raw: func(w *world) string {
			return strings.Replace(hard, "Subject: sale", "List-Unsubscribe: <"+w.url()+">\r\nSubject: sale", 1)
		}},
		"by the address alone, of late":            {matched: true, suppressed: true},
		"by the address alone, long ago":           {before: `UPDATE messages SET sent_at = '2026-10-01'`},
		"of somebody who got nothing":              {before: `DELETE FROM messages`, to: (*world).to},
		"of somebody whose address is another now": {matched: true, before: `UPDATE customers SET email = 'new@example.com'`, to: (*world).to},
		"of somebody who was merged into another":  {matched: true, suppressed: true, before: `WITH n AS (INSERT INTO customers (email) VALUES ('hanako@example.com') RETURNING id), m AS (UPDATE messages SET customer_id = (SELECT id FROM n)) UPDATE customers SET merged_into = (SELECT id FROM n) WHERE family_name = '佐藤'`, to: (*world).to},
		"an unsubscribe link of another installation": {before: `DELETE FROM messages`, raw: func(*world) string {
			return strings.Replace(hard, "Subject: sale", "List-Unsubscribe: <https://crm.example/u/AXVSBQkC9nmSjR4BEudlSZGi1mXWKw>\r\nSubject: sale", 1)
		}},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			if c.before != "" {
				w.exec(c.before)
			}
			raw, to := hard, ""
			if c.raw != nil {
				raw = c.raw(w)
			}
			if c.to != nil {
				to = c.to(w)
			}
			got := w.take(raw, to)
			if n := w.count(`SELECT count(*) FROM suppressions`); got.Matched != c.matched || got.Suppressed != c.suppressed || (n == 1) != c.suppressed {
				t.Errorf("%+v with %d suppressions", got, n)
			}
		})
	}
}

func (w *world) url() string {
	return w.signer.URL(link.Ref{Kind: link.Unsubscribe, DeliveryMonth: month, DeliveryID: w.ref.DeliveryID, CustomerID: w.ref.CustomerID})
}

func TestForgedAddressesAreRefused(t *testing.T) {
	w := newWorld(t)
	other, _ := link.NewSigner("another secret", "https://crm.example")
	raw := report(daemon, "", status("failed", "5.1.1", "550 5.1.1 user unknown"))
	_, err := w.service.Take(t.Context(), []byte(raw), other.BounceLocal(w.ref)+"@bounce.shop.example")
	if !fault.Is(err, fault.Invalid) {
		t.Errorf("err = %v", err)
	}
	if _, err := w.service.Take(t.Context(), []byte("To: "+other.BounceLocal(w.ref)+"@bounce.shop.example\r\n"+raw), ""); !fault.Is(err, fault.Invalid) {
		t.Errorf("in a header: %v", err)
	}
	if n := w.count(`SELECT count(*) FROM suppressions`); n != 0 || w.count(`SELECT count(*) FROM bounces`) != 0 {
		t.Errorf("%d suppressions", n)
	}
}

// A second customer has the address, and his consent stands.
func (w *world) twin() (allowed func() bool) {
	w.t.Helper()
	w.exec(`INSERT INTO customers (family_name, email) VALUES ('佐藤', 'hanako@example.com')`)
	w.exec(`INSERT INTO consents (customer_id, channel, state, origin_shop_id, occurred_at, method, wording)
		SELECT max(c.id), 'MAIL', 'GIVEN', min(s.id), '2026-01-01', 'STORE', '受け取る' FROM customers c, shops s`)
	twin := w.count(`SELECT max(id) FROM customers`)
	return func() bool {
		verdicts, err := message.NewGate(w.clock, time.UTC).Check(w.t.Context(), w.db, "MAIL", []message.Asked{{CustomerID: twin}})
		if err != nil {
			w.t.Fatal(err)
		}
		return verdicts[0].Allowed()
	}
}

// Whatever else speaks against an address, an opt-out is not lifted with it.
func TestAnOptOutOutlivesWhatStaffLift(t *testing.T) {
	const optOut, complaint, hard, staff = "opt-out", "complaint", "hard bounce", "staff"
	for name, c := range map[string]struct {
		said    []string
		allowed bool
	}{
		"opt-out, then a complaint":  {said: []string{optOut, complaint}},
		"a complaint alone":          {said: []string{complaint}},
		"a bounce, then an opt-out":  {said: []string{hard, optOut}},
		"an opt-out, then a bounce":  {said: []string{optOut, hard}},
		"staff, then an opt-out":     {said: []string{staff, optOut}},
		"an opt-out, then staff":     {said: []string{optOut, staff}},
		"a bounce, then a complaint": {said: []string{hard, complaint}},
		"a bounce alone":             {said: []string{hard}, allowed: true},
		"staff alone":                {said: []string{staff}, allowed: true},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			allowed := w.twin()
			if !allowed() {
				t.Fatal("nobody said anything, yet he is refused")
			}
			list := message.Suppressions{DB: w.db, Clock: w.clock}
			_, unsubscribe := bounce.Addresses(w.signer, w.ref, "bounce.shop.example")
			for _, said := range c.said {
				switch said {
				case optOut:
					w.take("From: <hanako@example.com>\r\nSubject: unsubscribe\r\n\r\n", unsubscribe)
				case complaint:
					w.take(arf("abuse"), w.to())
				case hard:
					w.take(report(daemon, "", status("failed", "5.1.1", "550 5.1.1 user unknown")), w.to())
				case staff:
					if _, err := list.Add(t.Context(), "hanako@example.com", "電話で"); err != nil {
						t.Fatal(err)
					}
				}
				w.clock.Advance(time.Hour)
				if allowed() {
					t.Fatalf("allowed after: %s", said)
				}
			}
			row, err := list.Lift(t.Context(), w.count(`SELECT id FROM suppressions`), "電話で")
			if err != nil {
				t.Fatal(err)
			}
			if allowed() != c.allowed || (w.count(`SELECT count(*) FROM suppressions`) == 0) != c.allowed || (row.Reason == "OPT_OUT") == c.allowed {
				t.Errorf("allowed %v after lifting, row %+v", allowed(), row)
			}
			if c.allowed {
				return
			}
			if _, err := list.Lift(t.Context(), row.ID, "もう一度"); !fault.Is(err, fault.Precondition) {
				t.Errorf("lifting the opt-out: %v", err)
			}
			w.exec(`INSERT INTO consents (customer_id, channel, state, origin_shop_id, occurred_at, method, wording)
				SELECT max(c.id), 'MAIL', 'GIVEN', min(s.id), '2026-11-23', 'SIGN_UP_FORM', '受け取る' FROM customers c, shops s`)
			if !allowed() {
				t.Error("who consents anew is still refused")
			}
		})
	}
}

// Where bounces come to signed addresses, anybody's word about one is nothing.
func TestUnsignedReportsCountForNothingWithABounceDomain(t *testing.T) {
	w := newWorld(t)
	w.exec(`INSERT INTO sender_domains (domain, bounce_domain) VALUES ('shop.example', 'bounce.shop.example')`)
	for day := range 5 {
		for i, code := range []string{"5.1.1", "4.2.2"} {
			raw := strings.Replace(report(daemon, "", status("failed", code, code+" forged")), "@mx.example>", fmt.Sprint(day, i, "@mx.example>"), 1)
			if got := w.take(raw, "postmaster@bounce.shop.example"); got.Matched || got.Suppressed {
				t.Errorf("%+v", got)
			}
		}
		w.clock.Advance(24 * time.Hour)
	}
	if n := w.count(`SELECT count(*) FROM suppressions`); n != 0 || w.figure("BOUNCED") != 0 {
		t.Errorf("%d suppressions, %d bounced", n, w.figure("BOUNCED"))
	}
	if n := w.count(`SELECT count(*) FROM bounces WHERE customer_id IS NULL`); n != 10 {
		t.Errorf("%d reports are kept as unproven, want 10", n)
	}
	if got := w.take(report(daemon, "", status("failed", "5.1.1", "550 5.1.1 user unknown")), w.to()); !got.Suppressed {
		t.Errorf("a signed one: %+v", got)
	}
}

func TestSweepForgetsReportsInTime(t *testing.T) {
	w := newWorld(t)
	now := w.clock.Now()
	for days, matched := range map[int]bool{29: false, 31: false, 32: true, 89: true, 91: true} {
		w.exec(`INSERT INTO bounces (received_at, digest, kind, customer_id) VALUES (?, sha256(?::text::bytea), 'HARD', CASE WHEN ? THEN 1 END)`,
			now.AddDate(0, 0, -days), fmt.Sprint(days), matched)
	}
	for range 2 {
		if err := w.service.Sweep(t.Context()); err != nil {
			t.Fatal(err)
		}
		if n := w.count(`SELECT count(*) FROM bounces`); n != 3 {
			t.Errorf("%d reports are left, want those of 29, 32 and 89 days ago", n)
		}
	}
}
