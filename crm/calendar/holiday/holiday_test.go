package holiday_test

import (
	"os"
	"strings"
	"testing"
	"time"

	"github.com/meguri-crm/meguri/crm/calendar/holiday"
)

// testdata/official.csv is the Cabinet Office's list (内閣府, 国民の祝日・休日,
// syukujitsu.csv) from 2007 on, with its dates in ISO form. Every day of it is
// computed, by its name, and no other.
func TestAgainstTheOfficialList(t *testing.T) {
	raw, err := os.ReadFile("testdata/official.csv")
	if err != nil {
		t.Fatal(err)
	}
	official := map[string]string{}
	last := 0
	for line := range strings.Lines(string(raw)) {
		day, name, ok := strings.Cut(strings.TrimSpace(line), ",")
		on, err := time.Parse(time.DateOnly, day)
		if !ok || err != nil {
			t.Fatalf("line %q: %v", line, err)
		}
		official[day] = name
		last = max(last, on.Year())
	}
	if last < 2026 {
		t.Fatalf("the list ends in %d", last)
	}
	computed := map[string]string{}
	for year := holiday.FirstYear; year <= last; year++ {
		for _, d := range holiday.Of(year) {
			computed[d.On.Format(time.DateOnly)] = d.Name
			if d.English() == "" {
				t.Errorf("%q has no English name", d.Name)
			}
		}
	}
	for day, name := range official {
		// The list adds the name to come to that of the year before it.
		if computed[day] != strings.TrimSuffix(name, "（スポーツの日）") {
			t.Errorf("%s is %q, computed %q", day, name, computed[day])
		}
	}
	for day, name := range computed {
		if official[day] == "" {
			t.Errorf("%s is no holiday, computed %q", day, name)
		}
	}
}

// What the list does not reach yet, by the almanac and the Act: the second run
// of 敬老の日 and 秋分の日 with a day between, and a substitute three days later.
func TestYearsToCome(t *testing.T) {
	for day, want := range map[string]string{
		"2030-02-11": "建国記念の日", "2032-09-21": holiday.Rest, "2033-05-06": "", "2037-05-06": holiday.Rest, "2044-03-20": "春分の日", "2099-09-23": "秋分の日",
	} {
		on, err := time.Parse(time.DateOnly, day)
		if err != nil {
			t.Fatal(err)
		}
		got := ""
		for _, d := range holiday.Between(on, on) {
			got = d.Name
		}
		if got != want {
			t.Errorf("%s: %q, want %q", day, got, want)
		}
	}
}

func TestBetweenIsWithinItsBounds(t *testing.T) {
	day := func(s string) time.Time { on, _ := time.Parse(time.DateOnly, s); return on }
	days := holiday.Between(day("2026-12-30"), day("2027-01-11"))
	if len(days) != 2 || days[0].Name != "元日" || days[1].Name != "成人の日" {
		t.Errorf("over the turn of the year: %v", days)
	}
	if days := holiday.Between(day("1999-01-01"), day("2006-12-31")); days != nil {
		t.Errorf("before the first year: %v", days)
	}
}
