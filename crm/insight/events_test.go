package insight_test

import (
	"context"
	"testing"
	"time"

	"github.com/meguri-crm/meguri/crm/clock"
	"github.com/meguri-crm/meguri/crm/insight"
	"github.com/meguri-crm/meguri/crm/segment"
)

// eventCalendar is a sale of Rakuten, days of the merchant's own that overlap it,
// and days that come several times a month.
type eventCalendar struct{}

func (eventCalendar) SegmentEvents(context.Context, time.Time) ([]segment.Event, error) {
	ago := func(from, until int) segment.Interval {
		day := func(n int) time.Time { return time.Date(2026, 11, 21-n, 0, 0, 0, 0, tokyo) }
		return segment.Interval{From: day(from), Until: day(until - 1)}
	}
	return []segment.Event{
		{Code: "SALE", Words: segment.Words{JA: "セール", EN: "Sale"}, Mall: "RAKUTEN", Sale: true, Times: []segment.EventTime{
			{Mall: "RAKUTEN", Interval: ago(205, 195)}, {Mall: "RAKUTEN", Interval: ago(102, 99)}, {Mall: "RAKUTEN", Interval: ago(700, 690)},
		}},
		{Code: "FIVE", Words: segment.Words{JA: "5のつく日", EN: "Days with a 5"}, Mall: "RAKUTEN", Times: []segment.EventTime{{Mall: "RAKUTEN", Interval: ago(150, 150)}}},
		{Code: "OWN", Words: segment.Words{JA: "自店の予定", EN: "Own"}, Sale: true, Times: []segment.EventTime{{Interval: ago(101, 100)}, {Interval: ago(20, 20)}}},
	}, nil
}

func TestEventsByHand(t *testing.T) {
	s, _ := smallWorld(t).services()
	s.UseCalendar(eventCalendar{})
	e, err := s.Events(t.Context(), 12)
	if err != nil {
		t.Fatal(err)
	}
	// Of nine orders, those 200 days ago of 1 and 2, that of 3, and the later of 4 fell into sales.
	if total := e.Total; total.Orders != 9 || total.InSale != 4 || total.NetSales != 12400 || total.NetInSale != 3800 || counts(total.Buyers) != [2]int64{4, 4} {
		t.Errorf("total %+v", total)
	}
	if len(e.ByMall) != 2 || e.ByMall[0].Mall != "OWN_SITE" || e.ByMall[0].InSale != 1 || e.ByMall[1].InSale != 3 || counts(e.ByMall[1].Buyers) != [2]int64{3, 3} {
		t.Errorf("by mall %+v", e.ByMall)
	}
	if len(e.Months) != 12 || e.Months[5].Orders != 2 || e.Months[5].InSale != 2 || e.Months[5].People.Count != 2 || e.Months[6].InSale != 0 {
		t.Errorf("months %+v", e.Months)
	}
	var each []string
	for _, r := range e.Each {
		each = append(each, r.Code)
		if want := map[string][3]int64{"SALE": {3, 3700, 3}, "OWN": {2, 800, 2}, "FIVE": {1, 1000, 1}}[r.Code]; [3]int64{r.Orders, r.NetSales, r.People.Count} != want {
			t.Errorf("%s: %+v, want %v", r.Code, r, want)
		}
	}
	if len(each) != 3 || each[0] != "SALE" || e.Each[0].Times != 2 {
		t.Errorf("events %v", each)
	}
	if counts(e.First.Sale) != [2]int64{2, 3} || counts(e.First.Other) != [2]int64{1, 1} {
		t.Errorf("began in a sale %v, else %v", counts(e.First.Sale), counts(e.First.Other))
	}
}

// TestPeopleOfEvents: who is counted is who the rules find, in a crowd with the
// edges of days and months, and where nothing is known of events.
func TestPeopleOfEvents(t *testing.T) {
	w := newCrowd(t, 11)
	s, _ := w.services()
	for name, c := range map[string]insight.Calendar{"with events": eventCalendar{}, "without": noEvents{}} {
		s.UseCalendar(c)
		e, err := s.Events(t.Context(), 12)
		if err != nil {
			t.Fatal(err)
		}
		rules := segment.New(segment.Config{DB: w.db, Clock: &clock.Fixed{T: now}, Zone: tokyo, Currency: "JPY", Calendar: c})
		if some := checkPeople(t, rules, e); some < 5 {
			t.Errorf("%s: only %d figures count anybody", name, some)
		}
	}
}

type noEvents struct{}

func (noEvents) SegmentEvents(context.Context, time.Time) ([]segment.Event, error) { return nil, nil }
