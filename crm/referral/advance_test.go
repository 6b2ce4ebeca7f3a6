package referral_test

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/meguri-crm/meguri/crm/alert"
	"github.com/meguri-crm/meguri/crm/clock"
	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/crm/points"
	"github.com/meguri-crm/meguri/crm/referral"
	"github.com/meguri-crm/meguri/db"
	"github.com/meguri-crm/meguri/db/dbtest"
)

// now is when friends are brought in these tests.
var now = time.Date(2026, 11, 2, 3, 0, 0, 0, time.UTC)

type noQueue struct{}

func (noQueue) Enqueue(context.Context, db.Tx, interface{ Kind() string }) error { return nil }

type world struct {
	*referral.Service
	t      *testing.T
	d      *db.DB
	clock  *clock.Fixed
	points *points.Service
	shop   int64
	people int
}

// newWorld is a merchant who gives 500 points to whoever brings somebody, at most
// 1,200 to one person, and 300 to who is brought, and nothing for orders.
func newWorld(t *testing.T) *world {
	t.Helper()
	d := dbtest.New(t)
	at := &clock.Fixed{T: now.Add(-time.Hour)}
	w := &world{t: t, d: d, clock: at, points: points.New(d, at, time.UTC)}
	w.Service = &referral.Service{DB: d, Clock: at, Queue: noQueue{}, Rewards: w.points, Currency: "JPY", Zone: time.UTC}
	programme := points.DefaultSettings()
	programme.Rates = nil
	if err := w.points.UpdateSettings(t.Context(), d, programme); err != nil {
		t.Fatal(err)
	}
	desk := points.Desk{Service: w.points}
	for _, r := range []points.EarnRule{
		{Name: "紹介した人", Kind: points.EarnAction, Action: points.ActionReferral, Points: 500, Caps: points.Caps{Person: 1200}},
		{Name: "紹介された人", Kind: points.EarnAction, Action: points.ActionReferred, Points: 300},
	} {
		if _, err := desk.CreateRule(t.Context(), r); err != nil {
			t.Fatal(err)
		}
	}
	set := referral.DefaultSettings()
	set.Enabled, set.MinAmount = true, 1000
	if err := w.ChangeSettings(t.Context(), set); err != nil {
		t.Fatal(err)
	}
	w.shop = w.insert(`INSERT INTO shops (code, name, mall) VALUES ('site', '本店', 'OWN_SITE') RETURNING id`)
	at.T = now
	return w
}

func (w *world) insert(sql string, args ...any) (id int64) {
	w.t.Helper()
	if err := w.d.Pool.QueryRow(w.t.Context(), sql, args...).Scan(&id); err != nil {
		w.t.Fatal(err)
	}
	return id
}

func (w *world) exec(sql string, args ...any) {
	w.t.Helper()
	if _, err := w.d.Pool.Exec(w.t.Context(), sql, args...); err != nil {
		w.t.Fatal(err)
	}
}

// member is somebody like nobody else, who has just joined.
func (w *world) member() int64 {
	w.t.Helper()
	w.people++
	return w.insert(`INSERT INTO customers (family_name, given_name, email, phone, member_since, member_via)
		VALUES ('姓' || $1::text, '名', 'member' || $1::text || '@example.com', '+8190' || $1::text, $2, 'SITE') RETURNING id`, fmt.Sprint(w.people), w.clock.Now())
}

func (w *world) code(of int64) string {
	w.t.Helper()
	code, err := w.Code(w.t.Context(), of)
	if err != nil {
		w.t.Fatal(err)
	}
	return code
}

// brought is a friend of a referrer.
func (w *world) brought(by int64) *db.Referral {
	w.t.Helper()
	row, err := w.Refer(w.t.Context(), nil, w.member(), w.code(by), referral.ByApp)
	if err != nil {
		w.t.Fatal(err)
	}
	return row
}

// order is one of goods, placed and shipped so many days after the friends came.
func (w *world) order(of, goods int64, ordered, shipped int) int64 {
	w.t.Helper()
	w.people++
	return w.insert(`INSERT INTO orders (customer_id, shop_id, order_no, status, ordered_at, shipped_at, currency, goods_amount, total_amount, net_sales, content_hash)
		VALUES ($1, $2, 'N' || $3::text, 'SHIPPED', $4, $5, 'JPY', $6, $6, $6, '') RETURNING id`,
		of, w.shop, fmt.Sprint(w.people), now.AddDate(0, 0, ordered), now.AddDate(0, 0, shipped), goods)
}

// on lets the days go by and moves everything on.
func (w *world) on(days int) {
	w.t.Helper()
	w.clock.T = now.AddDate(0, 0, days)
	if _, err := w.Advance(w.t.Context()); err != nil {
		w.t.Fatal(err)
	}
}

func (w *world) standing(id int64) (row db.Referral) {
	w.t.Helper()
	if err := w.d.NewSelect().Model(&row).Where("id = ?", id).Scan(w.t.Context()); err != nil {
		w.t.Fatal(err)
	}
	return row
}

func (w *world) is(id int64, want referral.Status, more ...string) db.Referral {
	w.t.Helper()
	row := w.standing(id)
	if got := strings.TrimSpace(row.Reason + " " + strings.Join(row.Flags, " ")); row.Status != string(want) || got != strings.Join(more, " ") {
		w.t.Errorf("referral %d is %s %q, want %s %q", id, row.Status, got, want, more)
	}
	return row
}

func (w *world) balance(of int64) int64 {
	w.t.Helper()
	account, err := w.points.Balance(w.t.Context(), of)
	if err != nil {
		w.t.Fatal(err)
	}
	return account.Available
}

func TestBothAreRewardedOnceTheOrderCannotComeBack(t *testing.T) {
	w := newWorld(t)
	by := w.member()
	row := w.brought(by)
	w.on(1)
	w.is(row.ID, referral.Waiting)
	w.order(row.CustomerID, 3000, 2, 3)
	w.on(4)
	if got := w.is(row.ID, referral.Qualified); got.DueAt == nil || !got.DueAt.Equal(now.AddDate(0, 0, 17)) {
		t.Errorf("due %v, want 14 days after shipment", got.DueAt)
	}
	w.on(16)
	w.is(row.ID, referral.Qualified)
	if w.balance(by)+w.balance(row.CustomerID) != 0 {
		t.Error("points before the window is over")
	}
	w.on(17)
	if got := w.is(row.ID, referral.Rewarded); got.ReferrerPoints != 500 || got.FriendPoints != 300 || w.balance(by) != 500 || w.balance(row.CustomerID) != 300 {
		t.Errorf("%+v; %d and %d points", got, w.balance(by), w.balance(row.CustomerID))
	}
	w.on(18)
	if w.balance(by) != 500 {
		t.Errorf("%d points on the day after", w.balance(by))
	}
	var kinds []string
	if err := w.d.NewRaw(`SELECT kind FROM events WHERE ref_id = ? AND kind LIKE 'referral.%' ORDER BY occurred_at, kind`, row.ID).Scan(t.Context(), &kinds); err != nil {
		t.Fatal(err)
	}
	if want := []string{"referral.brought", "referral.joined", "referral.rewarded", "referral.rewarded"}; !slices.Equal(kinds, want) {
		t.Errorf("timelines tell %v, want %v", kinds, want)
	}
}

// What was promised holds: a rule that is stopped later, and stricter settings.
func TestWhatWasPromisedHolds(t *testing.T) {
	w := newWorld(t)
	by := w.member()
	row := w.brought(by)
	w.clock.Advance(time.Hour)
	rules, err := w.points.EarnRules(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range rules {
		if _, err := (points.Desk{Service: w.points}).StopRule(t.Context(), r.ID); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.ChangeSettings(t.Context(), referral.Settings{OrderWithin: 1, MinAmount: 1_000_000, Wait: 300}); err != nil {
		t.Fatal(err)
	}
	w.order(row.CustomerID, 1000, 30, 30)
	w.on(45)
	w.is(row.ID, referral.Rewarded)
	if w.balance(by) != 500 {
		t.Errorf("%d points", w.balance(by))
	}
	if _, err := w.Refer(t.Context(), nil, w.member(), w.code(by), referral.ByApp); code(err) != "REFERRAL_OFF" {
		t.Errorf("switched off: %v", err)
	}
}

func TestCapsOfTheRuleBoundWhatOneReferrerGets(t *testing.T) {
	w := newWorld(t)
	by := w.member()
	var rows []*db.Referral
	for range 4 {
		row := w.brought(by)
		w.order(row.CustomerID, 2000, 1, 1)
		rows = append(rows, row)
	}
	w.on(15)
	var got []int64
	for _, row := range rows {
		got = append(got, w.is(row.ID, referral.Rewarded).ReferrerPoints)
	}
	if !slices.Equal(got, []int64{500, 500, 200, 0}) || w.balance(by) != 1200 {
		t.Errorf("%v, %d points; the rule gives one person 1,200", got, w.balance(by))
	}
}

func TestAnOrderMustCountAndStay(t *testing.T) {
	w := newWorld(t)
	by := w.member()
	small, cancelled, back, late, second, early := w.brought(by), w.brought(by), w.brought(by), w.brought(by), w.brought(by), w.brought(w.member())
	w.order(small.CustomerID, 999, 1, 1)
	w.order(small.CustomerID, 5000, 2, 2) // the first one counts
	gone := w.order(cancelled.CustomerID, 2000, 1, 1)
	again := w.order(back.CustomerID, 2000, 1, 1)
	w.order(late.CustomerID, 2000, 91, 91)
	w.exec(`UPDATE referrals SET first_order = false WHERE id = $1`, second.ID)
	w.order(second.CustomerID, 999, 1, 1)
	w.order(second.CustomerID, 1000, 2, 2)
	w.order(early.CustomerID, 2000, -1, -1)
	w.on(3)
	w.is(small.ID, referral.Waiting)
	w.is(cancelled.ID, referral.Qualified)
	w.is(second.ID, referral.Qualified)
	w.is(early.ID, referral.Waiting)
	w.exec(`UPDATE orders SET status = 'CANCELLED', cancelled_at = now() WHERE id = ANY ($1)`, []int64{gone, again})
	w.on(5)
	w.is(cancelled.ID, referral.Waiting)
	w.order(back.CustomerID, 4000, 6, 6)
	w.on(92)
	w.is(small.ID, referral.Lapsed, "NO_ORDER")
	w.is(cancelled.ID, referral.Lapsed, "NO_ORDER")
	w.is(late.ID, referral.Lapsed, "NO_ORDER")
	w.is(back.ID, referral.Rewarded)
	w.is(second.ID, referral.Rewarded)
	w.order(late.CustomerID, 2000, 80, 80) // a file comes late
	w.on(93)
	w.is(late.ID, referral.Qualified)
	w.exec(`UPDATE orders SET status = 'CANCELLED', cancelled_at = now() WHERE customer_id = $1`, late.CustomerID)
	w.on(94)
	w.is(late.ID, referral.Void, "ORDER_GONE")
	if w.balance(by) != 1000 {
		t.Errorf("%d points for two who stayed", w.balance(by))
	}
}

func TestWhatLooksLikeOnePersonWaitsForStaff(t *testing.T) {
	w := newWorld(t)
	cases := []struct {
		flag referral.Flag
		make func(by, friend int64)
	}{
		{referral.FlagSamePerson, func(by, friend int64) {
			w.exec(`INSERT INTO identity_candidates (customer_id, other_id, reason, score, agree, differ, created_at, updated_at) VALUES ($1, $2, 'PHONE', 60, '{}', '{}', now(), now())`, min(by, friend), max(by, friend))
		}},
		{referral.FlagSameMailbox, func(by, friend int64) {
			w.exec(`UPDATE customers SET email = 'Ha.nako@gmail.com' WHERE id = $1`, by)
			w.exec(`UPDATE customers SET email = 'hanako+2@googlemail.com' WHERE id = $1`, friend)
		}},
		{referral.FlagSameMailbox, func(by, friend int64) {
			w.exec(`INSERT INTO identity_keys (kind, shop_id, value, customer_id) VALUES ('MAIL', 0, 'a.b@example.net', $1), ('MAIL', 0, 'a.b+x@example.net', $2)`, by, friend)
		}},
		{referral.FlagSamePhone, func(by, friend int64) {
			w.exec(`UPDATE customers SET hint_phone = 77 WHERE id IN ($1, $2)`, by, friend)
		}},
		{referral.FlagSameAddress, func(by, friend int64) {
			w.exec(`UPDATE customers SET hint_address = 78 WHERE id IN ($1, $2)`, by, friend)
		}},
		{referral.FlagSameName, func(by, friend int64) {
			w.exec(`UPDATE customers SET family_name = '佐藤', given_name = '花子' WHERE id IN ($1, $2)`, by, friend)
		}},
		{referral.FlagSameNetwork, func(by, friend int64) {
			w.exec(`WITH f AS (INSERT INTO sign_up_forms (shop_id, slug, version, created_at) VALUES ($3, 'welcome', 1, now()) RETURNING id),
				v AS (INSERT INTO sign_up_form_versions (form_id, version, content, created_at) SELECT id, 1, '{}', now() FROM f RETURNING form_id)
				INSERT INTO sign_ups (form_id, form_version, address_hash, locale, ip, created_at, expires_at, mails, confirmed_at, customer_id)
				SELECT form_id, 1, '', 'ja', '192.0.2.7', now(), now(), 1, now(), who FROM v, unnest(ARRAY[$1::bigint, $2::bigint]) AS who`, by, friend, w.shop)
		}},
		{referral.FlagKnownBefore, func(_, friend int64) { w.order(friend, 500, -300, -299) }},
		{referral.FlagEachOther, func(by, friend int64) {
			w.exec(`INSERT INTO referrals (customer_id, referrer_id, code, way, referred_at, order_by, min_amount, wait_days, first_order, changed_at, status, reason)
				VALUES ($1, $2, 'X', 'APP', now(), now(), 0, 0, true, now(), 'VOID', 'SELF')`, by, friend)
		}},
	}
	var rows []*db.Referral
	for _, c := range cases {
		row := w.brought(w.member())
		c.make(row.ReferrerID, row.CustomerID)
		w.order(row.CustomerID, 2000, 1, 1)
		rows = append(rows, row)
	}
	w.on(2)
	for i, c := range cases {
		w.is(rows[i].ID, referral.Flagged, string(c.flag))
	}
	w.on(40)
	w.is(rows[0].ID, referral.Flagged, "SAME_PERSON")
	want := []alert.Cause{{Severity: alert.Warning, Figures: map[string]any{"referrals": int64(len(cases)), "days": int64(38)}}}
	if got, err := w.Undecided(t.Context()); err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("staff is told of %+v, want %+v (%v)", got, want, err)
	}
	approved, refused, mended := rows[0], rows[1], rows[3]
	if _, err := w.Approve(t.Context(), approved.ID, "姉妹と確認"); err != nil {
		t.Fatal(err)
	}
	if _, err := w.Refuse(t.Context(), refused.ID, " "); code(err) != "REQUIRED" {
		t.Errorf("refused for no reason: %v", err)
	}
	for range 2 {
		if _, err := w.Refuse(t.Context(), refused.ID, "同じ方です"); err != nil {
			t.Fatal(err)
		}
	}
	w.exec(`UPDATE customers SET hint_phone = NULL WHERE id = $1`, mended.CustomerID)
	w.on(41)
	if got := w.is(approved.ID, referral.Rewarded, "SAME_PERSON"); got.DecisionNote != "姉妹と確認" || got.ReferrerPoints != 500 {
		t.Errorf("%+v", got)
	}
	w.is(refused.ID, referral.Refused, "SAME_MAILBOX")
	w.is(mended.ID, referral.Rewarded)
	if _, err := w.Refuse(t.Context(), mended.ID, "x"); code(err) != "REFERRAL_CLOSED" {
		t.Errorf("refused what is rewarded: %v", err)
	}
	if _, err := w.Approve(t.Context(), refused.ID, ""); code(err) != "NOT_FLAGGED" {
		t.Errorf("approved what is refused: %v", err)
	}
	if n := w.insert(`SELECT count(*) FROM audit_log WHERE action IN ('referral.approve', 'referral.refuse')`); n != 2 {
		t.Errorf("%d decisions in the audit log", n)
	}
	if f, err := w.Figures(t.Context(), nil, nil); err != nil || f.Rewarded != 2 || f.Refused != 1 || f.Flagged != int64(len(cases)-3) || f.ReferrerPoints != 1000 || f.FriendPoints != 600 || f.Friends != 8 || f.Sales != 8*2000 {
		t.Errorf("figures %+v, %v", f, err)
	}
}

func TestTenInAWeekAreFlagged(t *testing.T) {
	w := newWorld(t)
	by := w.member()
	var rows []*db.Referral
	for i := range 10 {
		w.clock.T = now.AddDate(0, 0, i/2)
		rows = append(rows, w.brought(by))
		w.order(rows[i].CustomerID, 2000, 6, 6)
	}
	w.on(7)
	w.is(rows[0].ID, referral.Flagged, "MANY_IN_A_WEEK")
	w.is(rows[9].ID, referral.Flagged, "MANY_IN_A_WEEK")
}

func TestWhoMayBeBrought(t *testing.T) {
	w := newWorld(t)
	by, other := w.member(), w.member()
	guest := w.insert(`INSERT INTO customers DEFAULT VALUES RETURNING id`)
	old := w.insert(`INSERT INTO customers (member_since, member_via) VALUES ($1, 'APP') RETURNING id`, now.AddDate(0, 0, -31))
	friend := w.brought(by)
	for _, c := range []struct {
		name   string
		friend int64
		code   string
		way    referral.Way
		want   string
	}{
		{"himself", by, w.code(by), referral.ByApp, "REFERRAL_SELF"},
		{"no such code", other, "ZZZZ9999", referral.ByApp, "REFERRAL_UNKNOWN"},
		{"no member", guest, w.code(by), referral.ByAPI, "NOT_A_MEMBER"},
		{"joined long ago", old, w.code(by), referral.ByApp, "REFERRAL_TOO_LATE"},
		{"joined long ago, staff says so", old, w.code(by), referral.ByStaff, ""},
		{"nobody", 999999, w.code(by), referral.ByApp, "NOT_FOUND"},
		{"the same again", friend.CustomerID, strings.ToLower(w.code(by)), referral.ByApp, ""},
		{"somebody else brought him", friend.CustomerID, w.code(other), referral.ByApp, "ALREADY_REFERRED"},
	} {
		row, err := w.Refer(t.Context(), nil, c.friend, c.code, c.way)
		if got := code(err); got != c.want {
			t.Errorf("%s: %v, want %q", c.name, err, c.want)
		}
		if err == nil && row.ReferrerID != by {
			t.Errorf("%s: brought by %d", c.name, row.ReferrerID)
		}
	}
	if n := w.insert(`SELECT count(*) FROM referrals`); n != 2 {
		t.Errorf("%d referrals", n)
	}
}

func code(err error) string {
	if err == nil {
		return ""
	}
	var f *fault.Error
	if errors.As(err, &f) {
		return f.CodeOrKind()
	}
	return err.Error()
}

// Sixteen at once move the same referrals on while staff approves some, more orders
// come and accounts are booked on: each side has its points once.
func TestSixteenAtOnceRewardOnce(t *testing.T) {
	w := newWorld(t)
	const friends = 36 // nine each, one less than would be flagged
	referrers := []int64{w.member(), w.member(), w.member(), w.member()}
	var rows []*db.Referral
	for i := range friends {
		row := w.brought(referrers[i%len(referrers)])
		w.order(row.CustomerID, 2000, 1, 1)
		rows = append(rows, row)
	}
	w.clock.T = now.AddDate(0, 0, 20)
	var wg sync.WaitGroup
	for i := range 16 {
		wg.Go(func() {
			for try := range 5 {
				if _, err := w.Advance(context.Background()); err != nil && !fault.Is(err, fault.Unavailable) && !fault.Is(err, fault.Conflict) {
					t.Errorf("advance: %v", err)
				}
				_, _ = w.points.Grant(context.Background(), nil, points.GrantRequest{CustomerID: referrers[i%4], Amount: 1, Key: fmt.Sprintf("%d-%d", i, try)})
			}
		})
	}
	wg.Wait()
	w.on(21)
	for _, row := range rows {
		w.is(row.ID, referral.Rewarded)
	}
	for _, r := range referrers {
		if got := w.balance(r); got != 1200+20 {
			t.Errorf("referrer %d has %d points", r, got)
		}
	}
	if n := w.insert(`SELECT coalesce(sum(amount), 0)::bigint FROM point_bookings WHERE detail->>'action' = 'REFERRED'`); n != 300*friends {
		t.Errorf("friends were given %d points", n)
	}
	if n := w.insert(`SELECT sum(referrer_points)::bigint FROM referrals`); n != 4800 {
		t.Errorf("referrals tell of %d points", n)
	}
	if wrong, err := w.points.Verify(t.Context()); err != nil || len(wrong) > 0 {
		t.Errorf("the books: %v %+v", err, wrong)
	}
}

// A merge takes referrals along on both sides; who turns out to be one person, or was
// brought before, brings nothing more.
func TestMergesTakeReferralsAlong(t *testing.T) {
	w := newWorld(t)
	by, survivor := w.member(), w.member()
	first, self, twice := w.brought(by), w.brought(by), w.brought(by)
	w.merge(survivor, by)
	newID := w.member()
	w.merge(newID, first.CustomerID)
	if got := w.standing(first.ID); got.ReferrerID != survivor || got.CustomerID != newID {
		t.Fatalf("after the merges: %+v", got)
	}
	w.order(newID, 2000, 1, 1)
	w.on(20)
	w.is(first.ID, referral.Rewarded)
	if w.balance(survivor) != 500 {
		t.Errorf("the survivor has %d points", w.balance(survivor))
	}
	w.merge(survivor, self.CustomerID) // he brought himself
	w.on(21)
	w.is(self.ID, referral.Void, "SELF")
	w.merge(twice.CustomerID, newID) // who was brought and rewarded already
	w.order(twice.CustomerID, 2000, 2, 2)
	w.on(22)
	w.is(twice.ID, referral.Void, "REPEATED")
	if n := w.insert(`SELECT sum(amount)::bigint FROM point_bookings WHERE detail->>'action' IN ('REFERRAL', 'REFERRED')`); n != 500+300 {
		t.Errorf("%d points for referrals after all merges", n)
	}
}
