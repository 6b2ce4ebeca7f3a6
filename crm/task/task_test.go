package task_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/meguri-crm/meguri/crm/clock"
	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/crm/message"
	"github.com/meguri-crm/meguri/crm/policy"
	"github.com/meguri-crm/meguri/crm/task"
	"github.com/meguri-crm/meguri/db"
	"github.com/meguri-crm/meguri/db/dbtest"
)

var now = time.Date(2026, 11, 22, 3, 0, 0, 0, time.UTC)

// world is a merchant with a shop on Rakuten and a site, a draft campaign, and
// a coupon on Rakuten.
type world struct {
	*testing.T
	db       *db.DB
	clock    *clock.Fixed
	tasks    *task.Service
	campaign int64
	coupon   *db.Offer
	rakuten  *db.Shop
}

type reach struct{}

func (reach) RefusedBy(_ context.Context, _ int64, rule string) (int64, error) {
	return map[string]int64{"RK-07": 41}[rule], nil
}

func newWorld(t *testing.T) *world {
	t.Helper()
	w := &world{T: t, db: dbtest.New(t), clock: &clock.Fixed{T: now}}
	w.tasks = &task.Service{DB: w.db, Clock: w.clock, Zone: time.UTC, Gate: message.NewGate(w.clock, time.UTC), Reach: reach{}}
	w.rakuten = &db.Shop{Code: "r", Name: "楽天店", Mall: "RAKUTEN"}
	w.insert(w.rakuten)
	w.insert(&db.Shop{Code: "own", Name: "本店", Mall: "OWN_SITE", URL: "https://shop.example/"})
	w.coupon = &db.Offer{Name: "冬の10%OFF", Mall: "RAKUTEN", Kind: "COUPON_RATE", Value: 1000, Proof: "SHARED_CODE", SharedCode: "FUYU10", StartsAt: now, EndsAt: now.AddDate(0, 0, 20)}
	w.insert(w.coupon)
	c := &db.Campaign{Name: "冬"}
	w.insert(c)
	w.campaign = c.ID
	return w
}

func (w *world) insert(row any) {
	w.Helper()
	if _, err := w.db.NewInsert().Model(row).Returning("*").Exec(w.Context()); err != nil {
		w.Fatal(err)
	}
}

func (w *world) draft(text string) task.Draft {
	return task.Draft{CampaignID: w.campaign, Mall: "RAKUTEN", Subject: "冬のご案内", Text: text, OfferID: &w.coupon.ID}
}

func (w *world) findings(d task.Draft) []string {
	w.Helper()
	findings, err := w.tasks.Findings(w.Context(), d)
	if err != nil {
		w.Fatal(err)
	}
	var list []string
	for _, f := range findings {
		said := f.Code + " " + f.Place
		if f.Blocks() {
			said += "!"
		}
		list = append(list, said)
	}
	return list
}

func TestAMallMailIsHeldToItsMallsRules(t *testing.T) {
	w := newWorld(t)
	other := &db.Offer{Name: "本店10%OFF", Mall: "OWN_SITE", Kind: "COUPON_RATE", Value: 1000, Proof: "SHARED_CODE", SharedCode: "HONTEN10", StartsAt: now, EndsAt: now.AddDate(0, 0, 20)}
	pool := &db.Offer{Name: "楽天プール", Mall: "RAKUTEN", Kind: "COUPON_RATE", Value: 1000, Proof: "CODE_POOL", StartsAt: now, EndsAt: now.AddDate(0, 0, 20)}
	w.insert(other)
	w.insert(pool)
	yahoo := func(text string) task.Draft {
		d := w.draft(text)
		d.Mall, d.OfferID = "YAHOO", nil
		return d
	}
	for name, c := range map[string]struct {
		draft task.Draft
		want  []string
	}{
		"clean":            {w.draft("FUYU10 をお使いください"), nil},
		"a link":           {w.draft("FUYU10 https://shop.example/"), []string{"RK-01 text!"}},
		"a link in HTML":   {task.Draft{CampaignID: w.campaign, Mall: "RAKUTEN", Subject: "x", HTML: `FUYU10 <a href="https://shop.example/">店</a>`, OfferID: &w.coupon.ID}, []string{"RK-01 html!"}},
		"a bypass":         {w.draft("FUYU10 本店なら送料無料"), []string{"RK-03 text!"}},
		"nothing":          {task.Draft{CampaignID: w.campaign, Mall: "RAKUTEN"}, []string{"SUBJECT_EMPTY subject!", "BODY_EMPTY text!", "NO_COUPON_CODE offer"}},
		"a variable":       {w.draft("{{ offer.code }} FUYU10"), []string{"VARIABLE_IN_MALL_MAIL text!"}},
		"no code in it":    {w.draft("お得です"), []string{"CODE_UNMENTIONED offer"}},
		"another mall's":   {func() task.Draft { d := w.draft("HONTEN10"); d.OfferID = &other.ID; return d }(), []string{"OFFER_OTHER_MALL offer!", "RK-04 offer!", "RK-04 text!"}},
		"a pool":           {func() task.Draft { d := w.draft("x"); d.OfferID = &pool.ID; return d }(), []string{"OFFER_POOLED offer!"}},
		"sent too late":    {func() task.Draft { d := w.draft("FUYU10"); late := now.AddDate(0, 1, 0); d.SendOn = &late; return d }(), nil},
		"Yahoo: own link":  {yahoo("https://shop.example/"), []string{"NO_COUPON_CODE offer", "YH-01 text"}},
		"Yahoo: bypass":    {yahoo("本店なら"), []string{"NO_COUPON_CODE offer", "YH-03 text"}},
		"Yahoo: all right": {yahoo("冬の新作です"), []string{"NO_COUPON_CODE offer"}},
	} {
		if got := w.findings(c.draft); !slices.Equal(got, c.want) {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
	d := w.draft("x")
	d.Mall = "AMAZON"
	if _, err := w.tasks.Findings(t.Context(), d); !isCode(err, "NO_TOOL") {
		t.Errorf("Amazon has no mail tool: %v", err)
	}
}

func isCode(err error, code string) bool {
	var f *fault.Error
	return errors.As(err, &f) && f.CodeOrKind() == code
}

func TestATaskIsMadeOfWhatIsAllowedOnly(t *testing.T) {
	w, ctx := newWorld(t), t.Context()
	if _, err := w.tasks.Save(ctx, w.draft("FUYU10 https://shop.example/")); err != nil {
		t.Fatal(err)
	}
	if _, err := w.tasks.Create(ctx, w.campaign, "RAKUTEN"); !isCode(err, "FINDINGS_BLOCK") {
		t.Fatalf("a task with a link: %v", err)
	}
	if _, err := w.tasks.Save(ctx, w.draft("FUYU10")); err != nil {
		t.Fatal(err)
	}
	made, err := w.tasks.Create(ctx, w.campaign, "RAKUTEN")
	if err != nil || made.CouponCode != "FUYU10" || made.TextBody != "FUYU10" || !made.DueOn.Equal(policy.Day(now, time.UTC)) {
		t.Fatalf("made %+v, %v", made, err)
	}
	if n, err := w.tasks.Customers(ctx, made); err != nil || n != 41 {
		t.Errorf("it concerns %d, %v", n, err)
	}
	if _, err := w.tasks.Create(ctx, w.campaign, "RAKUTEN"); !isCode(err, "TASKS_CAMPAIGN_KEY") {
		t.Errorf("a second task: %v", err)
	}
	if _, err := w.tasks.Cancel(ctx, made.ID); err != nil {
		t.Fatal(err)
	}
	if _, err := w.tasks.Create(ctx, w.campaign, "RAKUTEN"); err != nil {
		t.Errorf("another one once it was dropped: %v", err)
	}
}

func TestACampaignThatBeginsMakesItsTasksOnce(t *testing.T) {
	w, ctx := newWorld(t), t.Context()
	if _, err := w.tasks.Save(ctx, w.draft("FUYU10")); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		err := db.RunInTx(ctx, w.db, func(ctx context.Context, tx db.Tx) error { return w.tasks.Begin(ctx, tx, w.campaign) })
		if err != nil {
			t.Fatal(err)
		}
	}
	open, err := w.tasks.List(ctx, task.Filter{Status: task.Open}, false, nil, 10)
	if err != nil || len(open) != 1 {
		t.Fatalf("open %+v, %v", open, err)
	}
	for _, q := range []string{
		`INSERT INTO deliveries (campaign_id, delivery_month, content) VALUES (?, '2026-11-01', '{}')`,
		`INSERT INTO campaign_counters VALUES (?, 1, 1, 'OWN_SITE', 'SUPPRESSED', 'RK-07', 7), (?0, 1, 1, 'OWN_SITE', 'SUPPRESSED', 'LAW-03', 5)`,
	} {
		if _, err := w.db.NewRaw(strings.Replace(q, "(?,", "(?0,", 1), w.campaign).Exec(ctx); err != nil {
			t.Fatal(err)
		}
	}
	if n, err := w.tasks.Customers(ctx, open[0]); err != nil || n != 7 {
		t.Errorf("it concerns %d, %v", n, err)
	}
}

func TestTasksAreNarrowedAndPagedByTheDayTheyAreDue(t *testing.T) {
	w, ctx := newWorld(t), t.Context()
	staff := &db.Staff{Email: "hana@example.com", Name: "花", Role: "MARKETER", PasswordHash: "x", Locale: "ja"}
	w.insert(staff)
	var ids []int64
	for n, mall := range []string{"RAKUTEN", "YAHOO", "AMAZON"} {
		row := &db.Task{CampaignID: w.campaign, Mall: mall, Status: "OPEN", Subject: mall + " 100%", DueOn: policy.Day(now, time.UTC).AddDate(0, 0, n-1)}
		if n == 1 {
			row.AssigneeID = &staff.ID
		}
		w.insert(row)
		ids = append(ids, row.ID)
	}
	for name, c := range map[string]struct {
		filter task.Filter
		want   []int64
	}{
		"all":                 {task.Filter{}, ids},
		"malls":               {task.Filter{Malls: []string{"YAHOO", "AMAZON"}}, ids[1:]},
		"whose":               {task.Filter{AssigneeID: staff.ID}, ids[1:2]},
		"late":                {task.Filter{Late: true}, ids[:1]},
		"by subject":          {task.Filter{Search: "yahoo"}, ids[1:2]},
		"by campaign":         {task.Filter{Search: "冬"}, ids},
		"a sign, no wildcard": {task.Filter{Search: "100_"}, nil},
	} {
		c.filter.Status = task.Open
		for _, descending := range []bool{false, true} {
			var got []int64
			var after *task.Key
			for {
				rows, err := w.tasks.List(ctx, c.filter, descending, after, 1)
				if err != nil {
					t.Fatal(err)
				}
				if len(rows) == 0 {
					break
				}
				got, after = append(got, rows[0].ID), &task.Key{DueOn: rows[0].DueOn, ID: rows[0].ID}
			}
			if descending {
				slices.Reverse(got)
			}
			if !slices.Equal(got, c.want) {
				t.Errorf("%s (descending %t): %v, want %v", name, descending, got, c.want)
			}
		}
	}
}

func TestATaskIsDoneOnce(t *testing.T) {
	w, ctx := newWorld(t), t.Context()
	if _, err := w.tasks.Save(ctx, w.draft("FUYU10")); err != nil {
		t.Fatal(err)
	}
	made, err := w.tasks.Create(ctx, w.campaign, "RAKUTEN")
	if err != nil {
		t.Fatal(err)
	}
	due := policy.Day(now.AddDate(0, 0, 3), time.UTC)
	if row, err := w.tasks.Update(ctx, made.ID, task.Change{DueOn: &due}); err != nil || !row.DueOn.Equal(due) {
		t.Errorf("updated %+v, %v", row, err)
	}
	if _, err := w.tasks.Complete(ctx, made.ID, -1, ""); !isCode(err, "RANGE") {
		t.Errorf("less than none sent: %v", err)
	}
	if row, err := w.tasks.Complete(ctx, made.ID, 38, " 送りました "); err != nil || *row.SentCount != 38 || row.Note != "送りました" || row.DoneAt == nil {
		t.Fatalf("done %+v, %v", row, err)
	}
	for name, act := range map[string]func() error{
		"complete": func() error { _, err := w.tasks.Complete(ctx, made.ID, 1, ""); return err },
		"cancel":   func() error { _, err := w.tasks.Cancel(ctx, made.ID); return err },
		"update":   func() error { _, err := w.tasks.Update(ctx, made.ID, task.Change{DueOn: &due}); return err },
	} {
		if err := act(); !isCode(err, "TASK_CLOSED") {
			t.Errorf("%s of a done task: %v", name, err)
		}
	}
	if row, err := w.tasks.Reopen(ctx, made.ID); err != nil || row.Status != string(task.Open) || row.SentCount != nil {
		t.Errorf("reopened %+v, %v", row, err)
	}
	if _, err := w.tasks.Reopen(ctx, made.ID); !isCode(err, "TASK_OPEN") {
		t.Errorf("reopened twice: %v", err)
	}
}

func TestResultsComeBackByTheCode(t *testing.T) {
	w, ctx := newWorld(t), t.Context()
	if _, err := w.tasks.Save(ctx, w.draft("FUYU10")); err != nil {
		t.Fatal(err)
	}
	made, err := w.tasks.Create(ctx, w.campaign, "RAKUTEN")
	if err != nil {
		t.Fatal(err)
	}
	customer := &db.Customer{}
	w.insert(customer)
	yahoo := &db.Shop{Code: "y", Name: "Yahoo店", Mall: "YAHOO"}
	w.insert(yahoo)
	order := func(no int, shop *db.Shop, status string, at time.Time, codes ...string) {
		o := &db.Order{
			CustomerID: customer.ID, ShopID: shop.ID, OrderNo: fmt.Sprint(no), Kind: "SALE", Status: status, OrderedAt: at, NetSales: 3000,
			Currency: "JPY", TaxBreakdown: []byte("{}"), CouponCodes: codes, ContentHash: []byte{1},
		}
		if status == "CANCELLED" {
			o.CancelledAt = &at
		}
		w.insert(o)
	}
	order(1, w.rakuten, "PLACED", now.Add(time.Hour), "FUYU10", "OTHER")
	order(2, w.rakuten, "SHIPPED", now.Add(2*time.Hour), "FUYU10")
	order(3, w.rakuten, "CANCELLED", now.Add(time.Hour), "FUYU10")
	order(4, w.rakuten, "PLACED", now.Add(-time.Hour), "FUYU10")
	order(5, yahoo, "PLACED", now.Add(time.Hour), "FUYU10")
	order(6, w.rakuten, "PLACED", now.Add(time.Hour), "FUYU100")
	if r, err := w.tasks.Results(ctx, made); err != nil || r != (task.Results{Orders: 2, Customers: 1, Sales: 6000}) {
		t.Errorf("results %+v, %v", r, err)
	}
}

func TestAnOverrideHoldsForTheContentItWasGivenFor(t *testing.T) {
	w, ctx := newWorld(t), t.Context()
	saved := func(text string) {
		t.Helper()
		if _, err := w.tasks.Save(ctx, w.draft(text)); err != nil {
			t.Fatal(err)
		}
	}
	saved("FUYU10 本店なら送料無料")
	lift := policy.Lift{CampaignID: w.campaign, RuleID: "RK-03", Place: "mallMails.RAKUTEN.text"}
	if _, err := w.tasks.Lift(ctx, lift); !isCode(err, "REQUIRED") {
		t.Fatalf("without a reason: %v", err)
	}
	for field, wrong := range map[string]policy.Lift{
		"reason":     {CampaignID: w.campaign, RuleID: "RK-03", Place: lift.Place, Reason: "hanako@example.com の希望"},
		"evidenceNo": {CampaignID: w.campaign, RuleID: "RK-03", Place: lift.Place, Reason: "承認済み", EvidenceNo: "hanako@example.com"},
	} {
		if _, err := w.tasks.Lift(ctx, wrong); !isCode(err, "NO_PERSONAL_DATA") {
			t.Errorf("an address as %s: %v", field, err)
		}
	}
	lift.Reason = "楽天市場店の呼び名です"
	given, err := w.tasks.Lift(ctx, lift)
	if err != nil || given.RuleVersion != 1 {
		t.Fatalf("lifted %+v, %v", given, err)
	}
	if got := w.findings(w.draft("FUYU10 本店なら送料無料")); !slices.Equal(got, []string{"RK-03 text"}) {
		t.Errorf("lifted: %q", got)
	}
	if got := w.findings(w.draft("FUYU10 本店なら送料無料!")); !slices.Equal(got, []string{"RK-03 text!"}) {
		t.Errorf("another content: %q", got)
	}
	if _, err := w.tasks.Create(ctx, w.campaign, "RAKUTEN"); err != nil {
		t.Errorf("the task: %v", err)
	}
	if n := w.count(`SELECT count(*) FROM audit_log WHERE action = 'policy.override' AND detail->>'rule' = 'RK-03'`); n != 1 {
		t.Errorf("%d entries in the audit log", n)
	}
	if _, err := (policy.Catalog{DB: w.db, Clock: w.clock, Zone: time.UTC}).Withdraw(ctx, given.ID); err != nil {
		t.Fatal(err)
	}
	if got := w.findings(w.draft("FUYU10 本店なら送料無料")); !slices.Equal(got, []string{"RK-03 text!"}) {
		t.Errorf("withdrawn: %q", got)
	}
	saved("HONTEN10 自社サイトで使えるクーポン")
	lift.RuleID = "RK-04"
	if _, err := w.tasks.Lift(ctx, lift); !isCode(err, "NOT_OVERRIDABLE") {
		t.Errorf("a rule that allows none: %v", err)
	}
	saved("FUYU10 https://lin.ee/abc")
	lift.RuleID = "RK-01"
	if _, err := w.tasks.Lift(ctx, lift); !isCode(err, "REQUIRED") {
		t.Errorf("without the approval number: %v", err)
	}
	lift.EvidenceNo = "R-SNS-2026-001"
	if _, err := w.tasks.Lift(ctx, lift); err != nil {
		t.Errorf("with it: %v", err)
	}
}

func (w *world) count(sql string) (n int64) {
	w.Helper()
	if err := w.db.NewRaw(sql).Scan(w.Context(), &n); err != nil {
		w.Fatal(err)
	}
	return n
}

func TestTasksAreCounted(t *testing.T) {
	w := newWorld(t)
	for _, row := range []struct {
		status string
		days   int // until it is due
	}{{"OPEN", -1}, {"OPEN", 0}, {"OPEN", 5}, {"DONE", -3}, {"CANCELLED", -3}} {
		c := &db.Campaign{Name: "冬"}
		w.insert(c)
		made := &db.Task{CampaignID: c.ID, Mall: "RAKUTEN", Subject: "件名", TextBody: "本文", Status: row.status, DueOn: policy.Day(now.AddDate(0, 0, row.days), time.UTC)}
		if row.status == "DONE" {
			made.DoneAt = &made.DueOn
		}
		w.insert(made)
	}
	counts, err := w.tasks.Counts(t.Context())
	if want := (task.Counts{Open: 3, Overdue: 1, Done: 1, Cancelled: 1}); err != nil || counts != want {
		t.Errorf("%+v %v, want %+v", counts, err, want)
	}
}
