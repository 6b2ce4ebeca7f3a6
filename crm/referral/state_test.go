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
		{"rewarded, its order stands", facts{Status: Rewarded, OrderBy: over, Ordered: true, Stands: true, HandedAt: day(-1)}, standing{Status: Rewarded, DueAt: day(-1)}},
		{"rewarded, its shipment was corrected", facts{Status: Rewarded, Ordered: true, Stands: true, WaitDays: 5, HandedAt: day(-1)}, standing{Status: Rewarded, DueAt: day(4)}},
		{"rewarded, the order is gone", facts{Status: Rewarded, OrderBy: open}, standing{Status: TakenBack, Reason: OrderGone}},
		{"rewarded, most of it came back", facts{Status: Rewarded, OrderBy: over, Short: true}, standing{Status: TakenBack, Reason: TooSmall}},
		{"rewarded, another order counts", facts{Status: Rewarded, Ordered: true, HandedAt: day(-1)}, standing{Status: Rewarded, DueAt: day(-1)}},
		{"rewarded, another order may count", facts{Status: Rewarded, Short: true, Ordered: true, WaitDays: 2, HandedAt: day(-1)}, standing{Status: TakenBack, Reason: TooSmall, DueAt: day(1)}},
		{"rewarded, both are one", facts{Status: Rewarded, OnePair: true, Ordered: true, Stands: true}, standing{Status: TakenBack, Reason: Same}},
		{"rewarded, brought twice", facts{Status: Rewarded, Repeated: true, Ordered: true, Stands: true}, standing{Status: Rewarded}},
		{"taken back stays", facts{Status: TakenBack, Reason: OrderGone, OrderBy: over}, standing{Status: TakenBack, Reason: OrderGone}},
		{"taken back, most of it came back since", facts{Status: TakenBack, Reason: OrderGone, Short: true}, standing{Status: TakenBack, Reason: TooSmall}},
		{"taken back, the order is there again", facts{Status: TakenBack, Reason: OrderGone, Ordered: true, Stands: true, HandedAt: day(-1)}, standing{Status: Rewarded, DueAt: day(-1)}},
		{"taken back, the order is to be handed over anew", facts{Status: TakenBack, Reason: OrderGone, Ordered: true, Stands: true}, standing{Status: TakenBack, Reason: OrderGone}},
		{"taken back, another order is flagged", facts{Status: TakenBack, Reason: OrderGone, Ordered: true, Flags: []Flag{FlagSamePhone}}, standing{Status: Flagged}},
		{"taken back, both are one", facts{Status: TakenBack, Reason: OrderGone, OnePair: true}, standing{Status: TakenBack, Reason: Same}},
		{"taken back, both are two again", facts{Status: TakenBack, Reason: Same, Ordered: true, Stands: true, HandedAt: day(-1)}, standing{Status: Rewarded, DueAt: day(-1)}},
		{"taken back, both are two again without an order", facts{Status: TakenBack, Reason: Same}, standing{Status: TakenBack, Reason: OrderGone}},
		{"refused stays", facts{Status: Refused, OrderBy: open, Ordered: true, HandedAt: day(-20)}, standing{Status: Refused}},
		{"refused stays, one pair", facts{Status: Refused, OnePair: true}, standing{Status: Refused}},
		{"void for its order stays", facts{Status: Void, Reason: OrderGone, OrderBy: over}, standing{Status: Void, Reason: OrderGone}},
		{"void for its order, which is there again", facts{Status: Void, Reason: OrderGone, OrderBy: over, Ordered: true}, standing{Status: Qualified}},
		{"void, still one pair", facts{Status: Void, Reason: Same, OnePair: true, Ordered: true}, standing{Status: Void, Reason: Same}},
		{"void, both are two again", facts{Status: Void, Reason: Same, OrderBy: open}, standing{Status: Waiting}},
		{"void, both are two again too late", facts{Status: Void, Reason: Same, OrderBy: over}, standing{Status: Lapsed, Reason: NoOrder}},
		{"void, both are two again with an order", facts{Status: Void, Reason: Same, OrderBy: over, Ordered: true, HandedAt: day(-1)}, standing{Status: Rewarded, DueAt: day(-1)}},
		{"void, not brought twice after all", facts{Status: Void, Reason: Again, OrderBy: open}, standing{Status: Waiting}},
	} {
		got := c.of.next(now)
		if !reflect.DeepEqual(got, c.want) {
			t.Errorf("%s: %+v, want %+v", c.name, got, c.want)
		}
		if again := c.of; got.Status != Refused {
			again.Status, again.Reason = got.Status, got.Reason
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
		if err := decidable(from, Refused); (err != nil) != from.closed() {
			t.Errorf("refused from %s: %v", from, err)
		}
	}
}
