package campaign_test

import (
	"slices"
	"testing"
	"time"

	"github.com/meguri-crm/meguri/crm/campaign"
	"github.com/meguri-crm/meguri/crm/fault"
)

func on(day string) *time.Time {
	t, err := time.Parse(time.DateOnly, day)
	if err != nil {
		panic(err)
	}
	return &t
}

func TestACampaignStandsOnItsDays(t *testing.T) {
	w := newWorld(t)
	create := func(name string, p campaign.Period) int64 {
		t.Helper()
		row, err := w.service.Create(t.Context(), campaign.Draft{Name: name, Period: p})
		if err != nil {
			t.Fatal(err)
		}
		return row.ID
	}
	create("no day", campaign.Period{})
	create("one day", campaign.Period{StartsOn: on("2026-12-04")})
	create("a week", campaign.Period{StartsOn: on("2026-12-01"), EndsOn: on("2026-12-07")})
	scheduled := create("scheduled", campaign.Period{StartsOn: on("2026-12-01"), EndsOn: on("2026-12-20")})
	w.exec(`UPDATE campaigns SET status = 'SCHEDULED', scheduled_at = '2026-12-09T15:30:00Z' WHERE id = ?`, scheduled) // the 10th in Japan
	dropped := create("dropped", campaign.Period{StartsOn: on("2026-12-04")})
	w.exec(`UPDATE campaigns SET status = 'CANCELLED' WHERE id = ?`, dropped)
	long := create("sent", campaign.Period{})
	w.exec(`UPDATE campaigns SET status = 'SENT', sent_at = '2026-11-30T03:00:00Z', finished_at = '2026-12-02T03:00:00Z' WHERE id = ?`, long)

	calendar := func(from, to string) (days []string) {
		list, err := w.service.Calendar(t.Context(), *on(from), *on(to))
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range list {
			days = append(days, p.Campaign.Name+" "+p.From.Format("01-02")+" "+p.To.Format("01-02"))
		}
		return days
	}
	for name, c := range map[string]struct{ got, want []string }{
		"the month":         {calendar("2026-12-01", "2026-12-31"), []string{"sent 11-30 12-02", "a week 12-01 12-07", "one day 12-04 12-04", "scheduled 12-10 12-20"}},
		"a day in a week":   {calendar("2026-12-06", "2026-12-06"), []string{"a week 12-01 12-07"}},
		"before the moment": {calendar("2026-12-08", "2026-12-09"), nil},
	} {
		if !slices.Equal(c.got, c.want) {
			t.Errorf("%s: %v, want %v", name, c.got, c.want)
		}
	}
}

func TestAPeriodEndsAfterItStarts(t *testing.T) {
	w := newWorld(t)
	row := w.draft()
	for name, p := range map[string]campaign.Period{
		"before": {StartsOn: on("2026-12-04"), EndsOn: on("2026-12-03")}, "an end without a start": {EndsOn: on("2026-12-03")},
	} {
		if _, err := w.service.Update(t.Context(), row.ID, row.Version, campaign.Change{Period: &p}); fault.KindOf(err) != fault.Invalid {
			t.Errorf("%s: %v", name, err)
		}
	}
	same := campaign.Period{StartsOn: on("2026-12-04"), EndsOn: on("2026-12-04")}
	saved, err := w.service.Update(t.Context(), row.ID, row.Version, campaign.Change{Period: &same})
	if err != nil || !saved.EndsOn.Equal(*on("2026-12-04")) {
		t.Fatalf("%+v %v", saved, err)
	}
	if saved, err = w.service.Update(t.Context(), row.ID, saved.Version, campaign.Change{Period: &campaign.Period{}}); err != nil || saved.StartsOn != nil {
		t.Errorf("taken off again: %+v %v", saved, err)
	}
}

func TestCampaignsAreFoundByNameAndTheme(t *testing.T) {
	w := newWorld(t)
	for _, d := range []campaign.Draft{{Name: "母の日ギフト"}, {Name: "初夏の便り", Theme: "母の日"}, {Name: "100%OFF"}} {
		if _, err := w.service.Create(t.Context(), d); err != nil {
			t.Fatal(err)
		}
	}
	for search, want := range map[string]int{"母の日": 2, "%": 1, "_": 0, "off": 1, "": 3} {
		rows, err := w.service.List(t.Context(), campaign.Filter{Search: search}, 0, 10)
		if err != nil || len(rows) != want {
			t.Errorf("%q: %d found, %v; want %d", search, len(rows), err, want)
		}
	}
}

// What a list says of a campaign is what its page says.
func TestTotalsAreThoseOfTheMetrics(t *testing.T) {
	w := newWorld(t)
	row, _ := w.sent(7)
	draft := w.draft()
	totals, err := w.service.Totals(t.Context(), []int64{row.ID, draft.ID})
	if err != nil {
		t.Fatal(err)
	}
	metrics, err := w.service.Metrics(t.Context(), row.ID)
	if err != nil {
		t.Fatal(err)
	}
	if got, want := totals[row.ID], metrics.Total; got.Sent != 7 || got.Sent != want.Sent || got.Audience != want.Audience || got.Delivered != want.Delivered {
		t.Errorf("%+v, want %+v", got, want)
	}
	if _, ok := totals[draft.ID]; ok {
		t.Error("a draft has figures")
	}
}
