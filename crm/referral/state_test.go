package referral

import (
	"reflect"
	"testing"
	"time"
)

// Where a referral goes, by all that may be known of it.
func TestWhereAReferralGoes(t *testing.T) {
	now := time.Date(2026, 11, 20, 3, 0, 0, 0, time.UTC)
	day := func(n int) *time.Time { at := now.AddDate(0, 0, n); return &at }
	open, over := *day(10), *day(-1)
	for _, c := range []struct {
		name string
		of   facts
		want standing
	}{
		{"no order yet", facts{Status: Waiting, OrderBy: open}, standing{Status: Waiting}},
		{"at the last instant", facts{Status: Waiting, OrderBy: now}, standing{Status: Waiting}},
		{"no order in time", facts{Status: Waiting, OrderBy: over}, standing{Status: Lapsed, Reason: NoOrder}},
		{"lapsed, and the file comes late", facts{Status: Lapsed, OrderBy: over, Ordered: true}, standing{Status: Qualified}},
		{"lapsed stays so", facts{Status: Lapsed, OrderBy: over}, standing{Status: Lapsed, Reason: NoOrder}},
		{"ordered, not shipped", facts{Status: Waiting, OrderBy: open, Ordered: true}, standing{Status: Qualified}},
		{"shipped, may come back", facts{Status: Qualified, OrderBy: over, WaitDays: 14, Ordered: true, HandedAt: day(-3)}, standing{Status: Qualified, DueAt: day(11)}},
		{"the window ends now", facts{Status: Qualified, OrderBy: over, WaitDays: 14, Ordered: true, HandedAt: day(-14)}, standing{Status: Rewarded, DueAt: day(0)}},
		{"from waiting in one step", facts{Status: Waiting, OrderBy: open, Ordered: true, HandedAt: day(-1)}, standing{Status: Rewarded, DueAt: day(-1)}},
		{"cancelled, time left", facts{Status: Qualified, OrderBy: open}, standing{Status: Waiting}},
		{"cancelled, no time left", facts{Status: Qualified, OrderBy: over}, standing{Status: Void, Reason: OrderGone}},
		{"flagged and cancelled", facts{Status: Flagged, OrderBy: over, Flags: []Flag{FlagSameName}}, standing{Status: Void, Reason: OrderGone}},
		{"flagged", facts{Status: Waiting, OrderBy: open, Ordered: true, HandedAt: day(-1), Flags: []Flag{FlagSamePhone}}, standing{Status: Flagged, DueAt: day(-1)}},
		{"flagged on the last day", facts{Status: Qualified, OrderBy: open, Ordered: true, HandedAt: day(-1), Flags: []Flag{FlagSamePhone}}, standing{Status: Flagged, DueAt: day(-1)}},
		{"approved, the window open", facts{Status: Qualified, Approved: true, OrderBy: open, WaitDays: 2, Ordered: true, HandedAt: day(-1), Flags: []Flag{FlagSamePhone}}, standing{Status: Qualified, DueAt: day(1)}},
		{"approved, the window over", facts{Status: Qualified, Approved: true, OrderBy: open, Ordered: true, HandedAt: day(-1), Flags: []Flag{FlagSamePhone}}, standing{Status: Rewarded, DueAt: day(-1)}},
		{"the flags were mended", facts{Status: Flagged, OrderBy: open, Ordered: true}, standing{Status: Qualified}},
		{"both are one", facts{Status: Flagged, OrderBy: open, Ordered: true, OnePair: true}, standing{Status: Void, Reason: Same}},
		{"brought twice", facts{Status: Qualified, OrderBy: open, Ordered: true, Repeated: true}, standing{Status: Void, Reason: Again}},
		{"rewarded stays", facts{Status: Rewarded, OrderBy: over}, standing{Status: Rewarded}},
		{"rewarded stays, one pair", facts{Status: Rewarded, OnePair: true}, standing{Status: Rewarded}},
		{"refused stays", facts{Status: Refused, OrderBy: open, Ordered: true, HandedAt: day(-20)}, standing{Status: Refused}},
		{"void stays", facts{Status: Void, OrderBy: open, Ordered: true}, standing{Status: Void}},
	} {
		got := c.of.next(now)
		if !reflect.DeepEqual(got, c.want) {
			t.Errorf("%s: %+v, want %+v", c.name, got, c.want)
		}
		if again := c.of; !got.Status.settled() {
			again.Status = got.Status
			if twice := again.next(now); !reflect.DeepEqual(twice, got) && got.Status != Waiting {
				t.Errorf("%s: asked again %+v, first %+v", c.name, twice, got)
			}
		}
	}
}

func TestWhatStaffMayDecide(t *testing.T) {
	for _, from := range Statuses {
		if err := decidable(from, Qualified); (err == nil) != (from == Flagged) {
			t.Errorf("approved from %s: %v", from, err)
		}
		if err := decidable(from, Refused); (err != nil) != from.settled() {
			t.Errorf("refused from %s: %v", from, err)
		}
	}
}
