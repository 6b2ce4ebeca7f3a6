package calendar_test

import (
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/meguri-crm/meguri/crm/calendar"
	"github.com/meguri-crm/meguri/crm/clock"
	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/db"
	"github.com/meguri-crm/meguri/db/dbtest"
)

var now = time.Date(2026, 11, 22, 3, 0, 0, 0, time.UTC)

func service(t *testing.T) *calendar.Service {
	t.Helper()
	return &calendar.Service{DB: dbtest.New(t), Clock: &clock.Fixed{T: now}}
}

func events(t *testing.T, s *calendar.Service, from, to string, f calendar.Filter) []calendar.Occurrence {
	t.Helper()
	list, err := s.Events(t.Context(), day(from), day(to), f)
	if err != nil {
		t.Fatal(err)
	}
	return list
}

func names(list []calendar.Occurrence) []string {
	out := make([]string, len(list))
	for i, o := range list {
		out[i] = o.Name
	}
	return out
}

func find(t *testing.T, list []calendar.Occurrence, key string) calendar.Occurrence {
	t.Helper()
	for _, o := range list {
		if o.Key.String() == key {
			return o
		}
	}
	t.Fatalf("%s is not among %v", key, names(list))
	return calendar.Occurrence{}
}

func at(text string) *time.Time {
	t, err := time.ParseInLocation("2006-01-02 15:04", text, calendar.Zone)
	if err != nil {
		panic(err)
	}
	return &t
}

// The rules that come with the program say what the malls and the calendar say.
func TestTheYear(t *testing.T) {
	s := service(t)
	december := events(t, s, "2026-12-01", "2026-12-31", calendar.Filter{MajorOnly: true})
	want := []string{"Amazonブラックフライデー", "お歳暮", "楽天スーパーSALE", "楽天大感謝祭", "クリスマス"}
	// The Amazon sale of 2026 ends on the last of November.
	if got := names(december); !slices.Equal(got, want[1:]) {
		t.Errorf("December 2026: %v", got)
	}
	if got := names(events(t, s, "2025-12-01", "2025-12-01", calendar.Filter{MajorOnly: true, Malls: []string{"AMAZON"}})); !slices.Equal(got, []string{want[0], want[1]}) {
		t.Errorf("1 December 2025: %v", got)
	}
	if got := names(events(t, s, "2026-11-15", "2026-11-15", calendar.Filter{})); !slices.Contains(got, "5のつく日") || !slices.Contains(got, "0と5のつく日") || !slices.Contains(got, "日曜日キャンペーン") {
		t.Errorf("Sunday, 15 November: %v", got)
	}
	marathon := events(t, s, "2026-02-01", "2026-02-28", calendar.Filter{MajorOnly: true, Malls: []string{"RAKUTEN"}})
	first := find(t, marathon, "RAKUTEN_MARATHON@2026-02-04")
	if first.Status != calendar.Confirmed || first.Approximate || !first.EndsAt.Equal(*at("2026-02-10 01:59")) {
		t.Errorf("the announced one: %+v", first)
	}
}

func TestAPredictionIsConfirmedMovedCalledOffAndTakenBack(t *testing.T) {
	s := service(t)
	const text = "RAKUTEN_SUPER_SALE@2026-12-04"
	key, err := calendar.ParseKey(text)
	if err != nil {
		t.Fatal(err)
	}
	december := func(f calendar.Filter) []calendar.Occurrence { return events(t, s, "2026-12-01", "2026-12-31", f) }

	confirmed, err := s.Announce(t.Context(), key, calendar.Change{})
	if err != nil || confirmed.Status != calendar.Confirmed || !confirmed.StartsAt.Equal(*at("2026-12-04 20:00")) {
		t.Fatalf("confirmed: %+v %v", confirmed, err)
	}
	if o := find(t, december(calendar.Filter{}), text); o.Status != calendar.Confirmed {
		t.Errorf("read back: %+v", o)
	}

	source := "楽天のお知らせ"
	if _, err := s.Announce(t.Context(), key, calendar.Change{StartsAt: at("2027-01-04 20:00"), EndsAt: at("2027-01-11 01:59"), Source: &source}); err != nil {
		t.Fatal(err)
	}
	for _, o := range december(calendar.Filter{WithCancelled: true}) {
		if o.Key.String() == text {
			t.Error("it moved into January, and December still has it")
		}
	}
	if o := find(t, events(t, s, "2027-01-01", "2027-01-31", calendar.Filter{}), text); o.Source != source {
		t.Errorf("moved: %+v", o)
	}

	if o, err := s.Reset(t.Context(), key); err != nil || o.Status != calendar.Predicted || !o.StartsAt.Equal(*at("2026-12-04 20:00")) {
		t.Errorf("taken back: %+v %v", o, err)
	}
	if _, err := s.Cancel(t.Context(), key); err != nil {
		t.Fatal(err)
	}
	if got := names(december(calendar.Filter{})); slices.Contains(got, "楽天スーパーSALE") {
		t.Error("a cancelled one is shown")
	}
	if o := find(t, december(calendar.Filter{WithCancelled: true}), text); o.Status != calendar.Cancelled {
		t.Errorf("cancelled: %+v", o)
	}
	if n := audited(t, s.DB); n != 4 {
		t.Errorf("%d entries in the audit log, want one for each change", n)
	}
}

func TestTheMerchantsOwn(t *testing.T) {
	s := service(t)
	own, err := s.Add(t.Context(), calendar.Draft{Name: " 創業祭 ", StartsAt: *at("2026-12-01 10:00"), EndsAt: *at("2026-12-03 23:59")})
	if err != nil {
		t.Fatal(err)
	}
	if own.Name != "創業祭" || own.Rule != nil || !own.Major() || own.Mall != "" {
		t.Errorf("%+v", own)
	}
	name := "創業祭 2026"
	if _, err := s.Announce(t.Context(), own.Key, calendar.Change{Name: &name}); err != nil {
		t.Fatal(err)
	}
	if o := find(t, events(t, s, "2026-12-03", "2026-12-03", calendar.Filter{Malls: []string{"AMAZON"}, MajorOnly: true}), own.Key.String()); o.Name != name {
		t.Errorf("renamed: %+v", o)
	}
	if _, err := s.Reset(t.Context(), own.Key); fault.KindOf(err) != fault.Precondition {
		t.Errorf("no rule predicts it: %v", err)
	}
	if o, err := s.Cancel(t.Context(), own.Key); o != nil || err != nil {
		t.Errorf("gone: %+v %v", o, err)
	}
	if _, err := s.Cancel(t.Context(), own.Key); fault.KindOf(err) != fault.NotFound {
		t.Errorf("twice: %v", err)
	}

	sale, err := s.Add(t.Context(), calendar.Draft{Rule: "YAHOO_PAYPAY", Name: "ignored", Mall: "RAKUTEN", StartsAt: *at("2026-12-01 00:00"), EndsAt: *at("2026-12-25 23:59")})
	if err != nil || sale.Name != "超PayPay祭" || sale.Mall != "YAHOO" {
		t.Errorf("announced by its rule: %+v %v", sale, err)
	}
}

func TestWhatIsWrongIsFoundAtItsField(t *testing.T) {
	s := service(t)
	good := calendar.Draft{Name: "創業祭", StartsAt: *at("2026-12-01 10:00"), EndsAt: *at("2026-12-03 23:59")}
	for name, c := range map[string]struct {
		change func(*calendar.Draft)
		field  string
	}{
		"no name":               {func(d *calendar.Draft) { d.Name = "  " }, "name"},
		"ends before it starts": {func(d *calendar.Draft) { d.EndsAt = d.StartsAt }, "endsAt"},
		"half a year":           {func(d *calendar.Draft) { d.EndsAt = d.StartsAt.AddDate(0, 6, 0) }, "endsAt"},
		"unknown mall":          {func(d *calendar.Draft) { d.Mall = "EBAY" }, "mall"},
		"unknown rule":          {func(d *calendar.Draft) { d.Rule = "NONE" }, "rule"},
	} {
		d := good
		c.change(&d)
		_, err := s.Add(t.Context(), d)
		var f *fault.Error
		if !errors.As(err, &f) || f.Kind != fault.Invalid || f.Field != c.field {
			t.Errorf("%s: %v, want it at %s", name, err, c.field)
		}
	}
	if _, err := s.Events(t.Context(), day("2026-01-01"), day("2027-06-01"), calendar.Filter{}); fault.KindOf(err) != fault.Invalid {
		t.Errorf("a year and a half at once: %v", err)
	}
	if _, err := s.Announce(t.Context(), calendar.Key{Rule: "RAKUTEN_SUPER_SALE", On: day("2026-12-05")}, calendar.Change{}); fault.KindOf(err) != fault.NotFound {
		t.Errorf("a day nothing is predicted for: %v", err)
	}
}

func audited(t *testing.T, d *db.DB) int64 {
	t.Helper()
	n, err := d.NewSelect().Table("audit_log").Where("object_kind = 'MallEvent'").Count(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// Sales of the past as they were held: by rule, and as they were announced where
// that was otherwise.
func TestSalesOfThePast(t *testing.T) {
	s := service(t)
	for _, c := range []struct{ on, name, from, to string }{
		{"2026-03-10", "楽天スーパーSALE", "2026-03-04 20:00", "2026-03-11 01:59"},
		{"2021-06-04", "楽天スーパーSALE", "2021-06-04 20:00", "2021-06-11 01:59"},
		{"2025-07-15", "お買い物マラソン", "2025-07-11 20:00", "2025-07-18 01:59"},
		{"2025-08-02", "お買い物マラソン", "2025-08-02 20:00", "2025-08-09 01:59"},
		{"2026-02-20", "お買い物マラソン", "2026-02-19 20:00", "2026-02-23 01:59"},
		{"2025-11-25", "楽天ブラックフライデー", "2025-11-20 20:00", "2025-11-27 01:59"},
		{"2025-07-12", "プライムデー", "2025-07-11 00:00", "2025-07-14 23:59"},
		{"2020-10-13", "プライムデー", "2020-10-13 00:00", "2020-10-14 23:59"},
		{"2021-06-22", "プライムデー", "2021-06-21 00:00", "2021-06-22 23:59"},
		{"2025-10-08", "プライム感謝祭", "2025-10-07 00:00", "2025-10-10 23:59"},
		{"2025-11-24", "Amazonブラックフライデー", "2025-11-24 00:00", "2025-12-01 23:59"},
		{"2024-11-29", "Amazonブラックフライデー", "2024-11-29 00:00", "2024-12-06 23:59"},
		{"2022-03-01", "超PayPay祭", "2022-02-14 00:00", "2022-03-21 23:59"},
		{"2026-03-15", "超PayPay祭", "2026-03-03 00:00", "2026-03-30 23:59"},
		{"2026-05-10", "母の日", "2026-05-10 00:00", "2026-05-10 23:59"},
		{"2025-09-15", "敬老の日", "2025-09-15 00:00", "2025-09-15 23:59"},
		{"2026-01-12", "成人の日", "2026-01-12 00:00", "2026-01-12 23:59"},
	} {
		var got []string
		for _, o := range events(t, s, c.on, c.on, calendar.Filter{MajorOnly: true}) {
			if o.Name == c.name {
				got = append(got, o.StartsAt.In(calendar.Zone).Format("2006-01-02 15:04"), o.EndsAt.In(calendar.Zone).Format("2006-01-02 15:04"))
			}
		}
		if !slices.Equal(got, []string{c.from, c.to}) {
			t.Errorf("%s on %s: %v, want %s to %s", c.name, c.on, got, c.from, c.to)
		}
	}
	// Where the announcement has it otherwise, the rule's own days are not shown.
	for _, o := range events(t, s, "2024-11-25", "2024-11-27", calendar.Filter{Malls: []string{"AMAZON"}, MajorOnly: true}) {
		if o.Mall == "AMAZON" {
			t.Errorf("%s on 25 November 2024", o.Name)
		}
	}
}

func TestHistoryIsAsLongAsAskedAndWithoutWhatWasCancelled(t *testing.T) {
	s := service(t)
	key, err := calendar.ParseKey("RAKUTEN_SUPER_SALE@2020-03-04")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.Cancel(t.Context(), key); err != nil {
		t.Fatal(err)
	}
	list, rules, err := s.History(t.Context(), day("2017-01-01"), day("2026-11-22"))
	if err != nil {
		t.Fatal(err)
	}
	sales := 0
	for _, o := range list {
		if o.Rule != nil && o.Rule.Code == "RAKUTEN_SUPER_SALE" {
			sales++
		}
	}
	if want := 9*4 + 3 - 1; sales != want || len(rules) < 30 {
		t.Errorf("%d sales in nearly ten years, want %d; %d rules", sales, want, len(rules))
	}
}
