package calendar_test

import (
	"slices"
	"testing"
	"time"

	"github.com/meguri-crm/meguri/crm/calendar"
)

const hour = time.Hour

func day(s string) time.Time {
	on, err := time.Parse(time.DateOnly, s)
	if err != nil {
		panic(err)
	}
	return on
}

// spans writes occurrences as "from – to" in the malls' time.
func spans(list []calendar.Occurrence) []string {
	out := make([]string, len(list))
	for i, o := range list {
		out[i] = o.StartsAt.In(calendar.Zone).Format("01-02 15:04") + " – " + o.EndsAt.In(calendar.Zone).Format("01-02 15:04")
	}
	return out
}

func TestExpand(t *testing.T) {
	allDay := 24*hour - time.Minute
	for name, c := range map[string]struct {
		rule     calendar.Rule
		from, to string
		want     []string
	}{
		"a sale ends at night": {
			calendar.Rule{Kind: calendar.AnnualRange, Months: []int{3, 6, 9, 12}, First: 4, Last: 11, Starts: 20 * hour, Ends: hour + 59*time.Minute},
			"2026-11-01", "2026-12-31",
			[]string{"12-04 20:00 – 12-11 01:59"},
		},
		"one that is still on when the range begins": {
			calendar.Rule{Kind: calendar.AnnualRange, Months: []int{12}, First: 4, Last: 11, Starts: 20 * hour, Ends: hour + 59*time.Minute},
			"2026-12-11", "2026-12-11",
			[]string{"12-04 20:00 – 12-11 01:59"},
		},
		"one that ended the day before": {
			calendar.Rule{Kind: calendar.AnnualRange, Months: []int{12}, First: 4, Last: 11, Starts: 20 * hour, Ends: hour + 59*time.Minute},
			"2026-12-12", "2026-12-31",
			[]string{},
		},
		"over the turn of the year": {
			calendar.Rule{Kind: calendar.AnnualRange, Months: []int{12}, First: 28, Last: 3, Ends: allDay},
			"2027-01-02", "2027-01-31",
			[]string{"12-28 00:00 – 01-03 23:59"},
		},
		"days a month has not": {
			calendar.Rule{Kind: calendar.DayOfMonth, Days: []int{5, 30}, Ends: allDay},
			"2027-02-01", "2027-03-31",
			[]string{"02-05 00:00 – 02-05 23:59", "03-05 00:00 – 03-05 23:59", "03-30 00:00 – 03-30 23:59"},
		},
		"a night": {
			calendar.Rule{Kind: calendar.DayOfMonth, Days: []int{31}, Starts: 20 * hour, Ends: hour + 59*time.Minute},
			"2026-12-01", "2026-12-31",
			[]string{"12-31 20:00 – 01-01 01:59"},
		},
		"the second Sunday of May": {
			calendar.Rule{Kind: calendar.NthWeekday, Months: []int{5}, Weekday: time.Sunday, Nth: 2, Ends: allDay},
			"2026-01-01", "2027-12-31",
			[]string{"05-10 00:00 – 05-10 23:59", "05-09 00:00 – 05-09 23:59"},
		},
		"each Sunday": {
			calendar.Rule{Kind: calendar.NthWeekday, Weekday: time.Sunday, Ends: allDay},
			"2026-11-20", "2026-11-30",
			[]string{"11-22 00:00 – 11-22 23:59", "11-29 00:00 – 11-29 23:59"},
		},
		"the last Friday, and a fifth where there is one": {
			calendar.Rule{Kind: calendar.NthWeekday, Weekday: time.Friday, Nth: -1, Ends: allDay},
			"2026-10-01", "2026-11-30",
			[]string{"10-30 00:00 – 10-30 23:59", "11-27 00:00 – 11-27 23:59"},
		},
		"a fifth Friday that October has and November has not": {
			calendar.Rule{Kind: calendar.NthWeekday, Weekday: time.Friday, Nth: 5, Ends: allDay},
			"2026-10-01", "2026-11-30",
			[]string{"10-30 00:00 – 10-30 23:59"},
		},
		"around the fourth Thursday of November": {
			calendar.Rule{Kind: calendar.Relative, Months: []int{11}, Weekday: time.Thursday, Nth: 4, Offset: -3, Length: 8, Ends: allDay},
			"2025-11-01", "2025-12-31",
			[]string{"11-24 00:00 – 12-01 23:59"},
		},
		"told from the month after": {
			calendar.Rule{Kind: calendar.Relative, Months: []int{5}, Weekday: time.Friday, Nth: 1, Offset: -7, Length: 2, Ends: allDay},
			"2026-04-01", "2026-04-30",
			[]string{"04-24 00:00 – 04-25 23:59"},
		},
		"announced, without a window": {
			calendar.Rule{Kind: calendar.Announced}, "2026-01-01", "2026-12-31", []string{},
		},
		"before the rule was": {
			calendar.Rule{Kind: calendar.AnnualRange, Months: []int{10}, First: 7, Last: 10, Ends: allDay, ValidFrom: day("2023-01-01")},
			"2022-01-01", "2023-12-31",
			[]string{"10-07 00:00 – 10-10 23:59"},
		},
		"after the rule was": {
			calendar.Rule{Kind: calendar.AnnualRange, Months: []int{10}, First: 7, Last: 10, Ends: allDay, ValidTo: day("2022-12-31")},
			"2022-01-01", "2023-12-31",
			[]string{"10-07 00:00 – 10-10 23:59"},
		},
	} {
		got := spans(calendar.Expand([]calendar.Rule{c.rule}, day(c.from), day(c.to)))
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", name, got, c.want)
		}
	}
}

func TestAWindowIsOnlyAbout(t *testing.T) {
	rule := calendar.Rule{Code: "PRIME", Kind: calendar.Announced, Months: []int{7}, First: 8, Last: 20}
	list := calendar.Expand([]calendar.Rule{rule}, day("2026-07-01"), day("2026-07-31"))
	if len(list) != 1 || !list[0].Approximate || list[0].Status != calendar.Predicted {
		t.Fatalf("%+v", list)
	}
}

// What is stored takes the place of what it stands in for, also when it moved
// out of the month; what it does not stand in for stays.
func TestOverlay(t *testing.T) {
	predicted := calendar.Expand([]calendar.Rule{
		{Code: "A", Kind: calendar.DayOfMonth, Days: []int{1, 15}, Major: true},
		{Code: "B", Kind: calendar.DayOfMonth, Days: []int{1}},
	}, day("2026-11-01"), day("2026-11-30"))
	moved := calendar.Occurrence{
		Key: calendar.Key{Rule: "A", On: day("2026-11-01")}, Status: calendar.Confirmed,
		StartsAt: day("2026-12-03"), EndsAt: day("2026-12-05"),
	}
	list := calendar.Overlay(predicted, []calendar.Occurrence{moved})
	keys := make([]string, len(list))
	for i, o := range list {
		keys[i] = o.Key.String()
	}
	if want := []string{"B@2026-11-01", "A@2026-11-15", "A@2026-11-01"}; !slices.Equal(keys, want) {
		t.Errorf("%v, want %v", keys, want)
	}
}

func TestKeysAreReadAsTheyAreWritten(t *testing.T) {
	for _, text := range []string{"RAKUTEN_SUPER_SALE@2026-12-04", "#17"} {
		key, err := calendar.ParseKey(text)
		if err != nil || key.String() != text {
			t.Errorf("%s: %v %v", text, key, err)
		}
	}
	for _, text := range []string{"", "#", "#0", "#-1", "#01", "@2026-12-04", "A@2026-13-01", "A@", "17"} {
		if key, err := calendar.ParseKey(text); err == nil {
			t.Errorf("%q is read as %v", text, key)
		}
	}
}
