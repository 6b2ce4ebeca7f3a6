package intake_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/meguri-crm/meguri/crm/clock"
	"github.com/meguri-crm/meguri/crm/customer"
	"github.com/meguri-crm/meguri/crm/intake"
	"github.com/meguri-crm/meguri/crm/mall"
	"github.com/meguri-crm/meguri/crm/message"
	"github.com/meguri-crm/meguri/crm/order"
	"github.com/meguri-crm/meguri/crm/points"
	"github.com/meguri-crm/meguri/crm/stage"
	"github.com/meguri-crm/meguri/db"
	"github.com/meguri-crm/meguri/db/dbtest"
)

// loyal is a merchant with a site and a store, whose points, stages and people
// follow his files.
type loyal struct {
	*intake.Service
	t      testing.TB
	d      *db.DB
	site   int64
	points *points.Service
	people *customer.Service
}

func newLoyal(t testing.TB) *loyal {
	d := dbtest.New(t)
	tokyo := time.FixedZone("Asia/Tokyo", 9*60*60)
	ledger, ladder := points.New(d, clock.System{}, tokyo), stage.New(d, clock.System{}, tokyo, order.BaseCurrency)
	people := customer.New(d, clock.System{}, ladder)
	people.WithFollowing(customer.Following{Ledger: ledger})
	l := &loyal{t: t, d: d, points: ledger, people: people, site: newShop(t, d, "site", mall.OwnSite).ID}
	newShop(t, d, "kyoto", mall.Store)
	l.Service = newService(d, intake.Hooks{
		Ledger: ledger, Stages: ladder, People: people, Points: ledger, Ranks: ladder, Suppressions: message.Suppressions{DB: d, Clock: clock.System{}},
	})
	return l
}

// day is a day so many days ago, as files write it.
func day(ago int) string { return time.Now().AddDate(0, 0, -ago).Format(time.DateOnly) }

// membersFile is three members: hanako, who joined 60 days ago and was given a
// stage; ichiro, whose books were closed 10 days ago; jiro, who has a card only.
func membersFile() string {
	return fmt.Sprintf(`{"memberNo":"M-1","identities":[{"shop":"kyoto","kind":"MEMBER_ID","value":"K-1"},{"shop":"site","kind":"LINE","value":"U1"}],"profile":{"familyName":"佐藤","givenName":"花子","mail":"hanako@example.com"},"joinedAt":"%[1]s","stage":{"code":"GOLD","since":"%[1]s","until":"%[6]s"},"consents":[{"channel":"LINE","state":"GIVEN","at":"%[1]s","method":"SIGN_UP_FORM","wording":"LINEでお知らせを受け取る"},{"shop":"kyoto","channel":"MAIL","state":"GIVEN","at":"%[1]s","method":"STORE","wording":"メールでお知らせを受け取る"},{"shop":"kyoto","channel":"MAIL","state":"WITHDRAWN","at":"%[2]s","method":"UNSUBSCRIBE_LINK"}],"pointActions":[{"key":"join","kind":"GRANT","amount":500,"at":"%[1]s","reason":"JOIN","note":"入会特典"},{"key":"use-1","kind":"REDEEM","amount":120,"at":"%[2]s"}]}
{"memberNo":"M-2","profile":{"mail":"ichiro@example.com"},"joinedAt":"%[5]s","pointActions":[{"key":"open","kind":"OPENING","amount":1000,"at":"%[3]s","expiresAt":"%[6]s"}],"suppressions":[{"reason":"HARD_BOUNCE","at":"%[4]s"}]}
{"shop":"kyoto","memberNo":"K-3","profile":{"familyName":"高橋","phone":"090-5555-0303"},"joinedAt":"%[4]s","joinedVia":"STORE_CARD"}
{"memberNo":"M-4","shop":"osaka"}
{"memberNo":"M-5","joinedAt":"%[6]s"}
{"profile":{"gender":"FEMALE"}}
`, day(60), day(30), day(10), day(40), day(400), day(-300))
}

// ordersFile is orders of all three, before and after they joined or their books
// were closed; hanako's second is a guest's whom only the line of the members joins.
func ordersFile() string {
	var b strings.Builder
	b.WriteString("no,at,shipped,n,price,mail,card\n")
	for i, o := range []struct {
		ago, price int
		mail, card string
	}{
		{90, 10_000, "hanako@example.com", ""},
		{45, 10_000, "hanako@example.com", ""},
		{20, 4_000, "", "M-1"},
		{50, 30_000, "ichiro@example.com", ""},
		{5, 2_000, "ichiro@example.com", ""},
	} {
		fmt.Fprintf(&b, "%d,%s 10:00,%s 12:00,1,%d,%s,%s\n", i+1, day(o.ago), day(o.ago), o.price, o.mail, o.card)
	}
	return b.String()
}

func (l *loyal) orders() {
	l.t.Helper()
	m, err := mall.ParseMapping([]byte(`{"name":"mail","currency":"JPY","status":{"default":"COMPLETED"},
		"columns":{"orderNo":["no"],"orderedAt":["at"],"shippedAt":["shipped"],"quantity":["n"],"unitPrice":["price"],"mail":["mail"],"memberId":["card"]}}`))
	if err != nil {
		l.t.Fatal(err)
	}
	take(l.t, l.Service, l.site, &m, ordersFile())
}

func (l *loyal) members(content string) *db.Import {
	l.t.Helper()
	return take(l.t, l.Service, l.site, nil, content)
}

// state is what the merchant sees of his customers, points and stages.
func (l *loyal) state() string {
	l.t.Helper()
	var rows []string
	err := l.d.NewRaw(`SELECT concat_ws(' ', c.email, c.phone, c.member_via, (c.member_since AT TIME ZONE 'Asia/Tokyo')::date, a.available, a.pending, a.debt, s.code,
			st.orders_count, (SELECT string_agg(i.value, ',' ORDER BY i.value) FROM identities i WHERE i.customer_id = c.id AND i.kind IN ('MEMBER_ID', 'LINE')),
			(SELECT string_agg(l.amount || '/' || l.remaining, ',' ORDER BY l.earned_at, l.amount) FROM point_lots l WHERE l.customer_id = c.id))
		FROM customers c JOIN customer_stats st ON st.customer_id = c.id LEFT JOIN point_accounts a ON a.customer_id = c.id
		LEFT JOIN member_stages m ON m.customer_id = c.id LEFT JOIN stages s ON s.id = m.stage_id
		WHERE c.merged_into IS NULL AND NOT c.anonymous ORDER BY 1`).Scan(l.t.Context(), &rows)
	if err != nil {
		l.t.Fatal(err)
	}
	if found, err := l.points.Verify(l.t.Context()); err != nil || len(found) > 0 {
		l.t.Errorf("the books are not in order: %v, %v", found, err)
	}
	return strings.Join(rows, "\n")
}

// TestMembersMoveIn whichever file is first, once, and out again.
func TestMembersMoveIn(t *testing.T) {
	first, last := newLoyal(t), newLoyal(t)
	imp := first.members(membersFile())
	wantFigures(t, "members", imp, "inserted 3, updated 0, unchanged 0, quarantined 3")
	if imp.MembersCount != 3 || imp.ActionsCount != 3 || imp.ConsentsCount != 3 {
		t.Errorf("%d members, %d actions, %d consents", imp.MembersCount, imp.ActionsCount, imp.ConsentsCount)
	}
	first.orders()
	last.orders()
	after := last.members(membersFile())

	// Hanako: 500 less 120, and half as much again for gold on what she bought since. Ichiro: his opening, and what he bought since.
	want := strings.Join([]string{
		fmt.Sprintf(" +819055550303 STORE_CARD %s 0 0 0 REGULAR 0 K-3", day(40)),
		fmt.Sprintf("hanako@example.com  SITE %s 590 0 0 GOLD 3 K-1,M-1,U1 500/380,150/150,60/60", day(60)),
		fmt.Sprintf("ichiro@example.com  SITE %s 1000 20 0 SILVER 2 M-2 1000/1000,20/20", day(400)),
	}, "\n")
	if got := first.state(); got != want {
		t.Errorf("members first:\n%s\nwant\n%s", got, want)
	}
	if a, b := first.state(), last.state(); a != b {
		t.Errorf("members first:\n%s\nlast:\n%s", a, b)
	}
	wantFigures(t, "the same file again", first.members(membersFile()), "inserted 0, updated 0, unchanged 3, quarantined 3")
	if a, b := first.state(), last.state(); a != b {
		t.Errorf("taken in twice:\n%s\nonce:\n%s", a, b)
	}
	undo(t, last.Service, after.ID)
	if n := count(t, last.d, "SELECT count(*) FROM customers WHERE member_since IS NOT NULL"); n != 0 {
		t.Errorf("%d members are left", n)
	}
	if n := count(t, last.d, "SELECT coalesce(sum(available + pending + debt), 0) FROM point_accounts"); n != 0 {
		t.Errorf("%d points are left", n)
	}
	last.members(membersFile())
	if a, b := first.state(), last.state(); balances(a) != balances(b) {
		t.Errorf("taken in once more:\n%s\nwant\n%s", b, a)
	}
}

// balances leaves out how points lie in lots.
func balances(state string) string {
	var b strings.Builder
	for line := range strings.Lines(state) {
		for _, field := range strings.Fields(line) {
			if !strings.Contains(field, "/") {
				b.WriteString(field + " ")
			}
		}
	}
	return b.String()
}

// TestRefusedMembersAreMended as rows of other files are.
func TestRefusedMembersAreMended(t *testing.T) {
	l := newLoyal(t)
	imp := l.members(membersFile())
	file := download(t, l.Service, imp.ID)
	for _, reason := range []string{"shop: この店舗コードの店舗がありません", "まだ来ていない日時です", "会員ID・メールアドレス"} {
		if !strings.Contains(file, reason) {
			t.Errorf("no %s in\n%s", reason, file)
		}
	}
	mended := mend(t, l.Service, imp.ID, strings.NewReplacer("osaka", "kyoto").Replace(file))
	wantFigures(t, "mended", mended, "inserted 1, updated 0, unchanged 0, quarantined 2")
	if n := count(t, l.d, "SELECT count(*) FROM identities i JOIN shops s ON s.id = i.shop_id WHERE i.value = 'M-4' AND s.code = 'kyoto'"); n != 1 {
		t.Errorf("%d have the card of the mended line", n)
	}
}

// TestMembersArePaidOnceHoweverTheyAreNamed: by the card of the store, by the number of the site, or by both.
func TestMembersArePaidOnceHoweverTheyAreNamed(t *testing.T) {
	l := newLoyal(t)
	line := func(who string) string {
		return fmt.Sprintf(`{%s,"joinedAt":"%s","pointActions":[{"key":"open","kind":"OPENING","amount":700,"at":"%s","expiresAt":"never"}]}`+"\n", who, day(90), day(9))
	}
	const card, number = `"identities":[{"shop":"kyoto","kind":"MEMBER_ID","value":"K-1"}]`, `"memberNo":"M-1"`
	for _, who := range []string{card, number + "," + card, number, card} {
		l.members(line(who))
		if n := count(t, l.d, "SELECT coalesce(sum(available), 0) FROM point_accounts"); n != 700 {
			t.Errorf("%d points once she is named by %s", n, who)
		}
	}
	// The shop knows ichiro by two numbers since two members were found to be one: both balances are his.
	l.members(line(`"memberNo":"M-7"`))
	if _, err := l.d.Pool.Exec(t.Context(), `INSERT INTO identity_keys (kind, shop_id, value, customer_id)
		SELECT kind, shop_id, 'M-8', customer_id FROM identity_keys WHERE value = 'M-7'`); err != nil {
		t.Fatal(err)
	}
	l.members(line(`"memberNo":"M-8"`))
	if n := count(t, l.d, "SELECT max(available) FROM point_accounts"); n != 1400 {
		t.Errorf("%d points of both members", n)
	}
}

// TestUndoTakesToldStagesBack: the history says nothing of a stage that an undone
// file told, whether its member is one still, was merged, or never was one.
func TestUndoTakesToldStagesBack(t *testing.T) {
	const hanako = "(SELECT customer_id FROM identity_keys WHERE value = 'M-1')"
	for what, c := range map[string]struct {
		meanwhile string // what happened since the file
		stage     string // hers in the end
		history   string
	}{
		"never a member":   {"", "", ""},
		"a member already": {"UPDATE customers SET member_since = now() - interval '200 days', member_via = 'SITE' WHERE id = " + hanako, "REGULAR", "JOINED REGULAR"},
	} {
		t.Run(what, func(t *testing.T) {
			l := newLoyal(t)
			imp := l.members(membersFile())
			gold := func(table string) int64 {
				return count(t, l.d, "SELECT count(*) FROM "+table)
			}
			if gold("stage_changes WHERE import_id IS NOT NULL") != 1 || gold("events WHERE kind = 'stage.changed' AND data->>'to' = 'GOLD'") != 1 {
				t.Fatal("the file tells no stage")
			}
			if c.meanwhile != "" {
				if _, err := l.d.Pool.Exec(t.Context(), c.meanwhile); err != nil {
					t.Fatal(err)
				}
			}
			id := count(t, l.d, "SELECT "+hanako)
			undo(t, l.Service, imp.ID)
			if n := gold("events WHERE kind = 'stage.changed' AND data->>'to' = 'GOLD'"); n != 0 {
				t.Errorf("%d events of the stage are left", n)
			}
			var stage, history string
			if err := l.d.NewRaw(`SELECT coalesce((SELECT s.code FROM member_stages m JOIN stages s ON s.id = m.stage_id WHERE m.customer_id = ?0), ''),
				coalesce((SELECT string_agg(h.reason || ' ' || s.code, ',' ORDER BY h.at) FROM stage_changes h JOIN stages s ON s.id = h.to_stage WHERE h.customer_id = ?0), '')`, id).
				Scan(t.Context(), &stage, &history); err != nil {
				t.Fatal(err)
			}
			if stage != c.stage || history != c.history {
				t.Errorf("she stands on %q by %q, want %q by %q", stage, history, c.stage, c.history)
			}
		})
	}
}

// TestUndoTakesToldStagesFromSurvivors, and an undoing of the merge does not
// bring them back.
func TestUndoTakesToldStagesFromSurvivors(t *testing.T) {
	l := newLoyal(t)
	l.members(fmt.Sprintf(`{"memberNo":"M-9","profile":{"mail":"h@example.org"},"joinedAt":"%s"}`+"\n", day(100)))
	imp := l.members(membersFile())
	survivor, told := count(t, l.d, "SELECT customer_id FROM identity_keys WHERE value = 'M-9'"), count(t, l.d, "SELECT customer_id FROM identity_keys WHERE value = 'M-1'")
	stageOf := func(id int64) (code string) {
		t.Helper()
		if err := l.d.NewRaw("SELECT coalesce((SELECT s.code FROM member_stages m JOIN stages s ON s.id = m.stage_id WHERE m.customer_id = ?), 'none')", id).Scan(t.Context(), &code); err != nil {
			t.Fatal(err)
		}
		return code
	}
	m, err := l.people.Merge(t.Context(), customer.MergeRequest{SurvivorID: survivor, MergedID: told, Accept: []customer.Fact{customer.FactMemberID}})
	if err != nil {
		t.Fatal(err)
	}
	if got := stageOf(survivor); got != "GOLD" {
		t.Fatalf("the survivor stands on %s", got)
	}
	undo(t, l.Service, imp.ID)
	if got := stageOf(survivor); got != "REGULAR" {
		t.Errorf("the survivor stands on %s once the file is undone", got)
	}
	if _, err := l.people.Undo(t.Context(), customer.UndoRequest{SurvivorID: survivor, MergeID: m.ID}); err != nil {
		t.Fatal(err)
	}
	if a, b := stageOf(survivor), stageOf(told); a != "REGULAR" || b != "none" {
		t.Errorf("parted they stand on %s and %s", a, b)
	}
	if n := count(t, l.d, "SELECT count(*) FROM stage_changes WHERE import_id = ?", imp.ID); n != 0 {
		t.Errorf("%d told stages are left", n)
	}
}
