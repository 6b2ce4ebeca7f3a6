package points

import (
	"math"
	"testing"
	"time"
)

var tokyo = time.FixedZone("JST", 9*3600)

func TestEarn(t *testing.T) {
	yen := Rate{PerAmount: 100, Points: 1}
	tests := []struct {
		name string
		rule Rule
		of   Amounts
		want int64
	}{
		{"whole steps only", Rule{Rate: yen, Base: BaseNetGoods, Rounding: RoundDown, Multiplier: 10000}, Amounts{Goods: 1999}, 19},
		{"less the shop's coupon", Rule{Rate: yen, Base: BaseNetGoods, Rounding: RoundDown, Multiplier: 10000}, Amounts{Goods: 2000, ShopCoupon: 1, Shipping: 500}, 19},
		{"all goods", Rule{Rate: yen, Base: BaseGoods, Rounding: RoundDown, Multiplier: 10000}, Amounts{Goods: 2000, ShopCoupon: 500}, 20},
		{"what is paid with points earns none", Rule{Rate: yen, Base: BaseNetPaid, Rounding: RoundDown, Multiplier: 10000}, Amounts{Goods: 2000, PointsUsed: 300}, 17},
		{"shipping and fees", Rule{Rate: yen, Base: BaseTotal, Rounding: RoundDown, Multiplier: 10000}, Amounts{Goods: 2000, Shipping: 550, Fees: 330, ShopCoupon: 100}, 27},
		{"multiplier after the steps", Rule{Rate: yen, Base: BaseGoods, Rounding: RoundDown, Multiplier: 15000}, Amounts{Goods: 199}, 1},
		{"multiplier rounds up", Rule{Rate: yen, Base: BaseGoods, Rounding: RoundUp, Multiplier: 15000}, Amounts{Goods: 101}, 3},
		{"half up", Rule{Rate: yen, Base: BaseGoods, Rounding: RoundHalfUp, Multiplier: 10000}, Amounts{Goods: 150}, 2},
		{"below half", Rule{Rate: yen, Base: BaseGoods, Rounding: RoundHalfUp, Multiplier: 10000}, Amounts{Goods: 149}, 1},
		{"a coupon above the goods", Rule{Rate: yen, Base: BaseNetGoods, Rounding: RoundUp, Multiplier: 10000}, Amounts{Goods: 100, ShopCoupon: 300}, 0},
		{"never above the most a booking takes", Rule{Rate: Rate{PerAmount: 1, Points: 1_000_000}, Base: BaseGoods, Rounding: RoundUp, Multiplier: math.MaxInt64}, Amounts{Goods: math.MaxInt64 / 2}, MaxAmount},
	}
	for _, tt := range tests {
		if got := tt.rule.Earn(tt.of); got != tt.want {
			t.Errorf("%s: %d points, want %d", tt.name, got, tt.want)
		}
	}
}

func TestDays(t *testing.T) {
	at := func(s string) time.Time {
		v, err := time.ParseInLocation("2006-01-02 15:04:05", s, tokyo)
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
	months := func(n int) Settings { return Settings{Expiry: ExpireAfterMonths, ExpiryMonths: n} }
	to := func(n int, end PeriodEnd) Settings {
		return Settings{Expiry: ExpireAfterMonths, ExpiryMonths: n, ExpiryTo: end}
	}
	expiry := []struct {
		name         string
		set          Settings
		earned, last string
	}{
		{"twelve months", months(12), "2026-01-15 23:59:59", "2027-01-15"},
		{"just after midnight in the merchant's zone", months(12), "2026-01-16 00:00:00", "2027-01-16"},
		{"a month that is too short", months(6), "2026-08-31 12:00:00", "2027-02-28"},
		{"a leap day", months(12), "2028-02-29 12:00:00", "2029-02-28"},
		{"to the end of the month", to(12, EndOfMonth), "2026-01-31 12:00:00", "2027-01-31"},
		{"to the end of a short month", to(1, EndOfMonth), "2026-01-10 12:00:00", "2026-02-28"},
		{"to the end of the quarter", to(6, EndOfQuarter), "2026-01-15 12:00:00", "2026-09-30"},
		{"the quarter ends on the day itself", to(6, EndOfQuarter), "2026-06-30 12:00:00", "2026-12-31"},
		{"to the end of the year, across it", to(12, EndOfYear), "2026-12-31 12:00:00", "2027-12-31"},
		{"by activity, as after months", Settings{Expiry: ExpireAfterActivity, ExpiryMonths: 12, ExpiryTo: EndOfTheDay}, "2026-01-15 23:59:59", "2027-01-15"},
		{"longer on a stage", Settings{Expiry: ExpireAfterMonths, ExpiryMonths: 12, StageMonths: map[string]int{"": 24}}, "2026-01-15 23:59:59", "2028-01-15"},
		{"the end of the year", Settings{Expiry: ExpireYearEnd}, "2026-12-31 23:00:00", "2026-12-31"},
		{"the end of the next year", Settings{Expiry: ExpireYearEnd, ExpiryYears: 1}, "2026-03-01 09:00:00", "2027-12-31"},
	}
	for _, tt := range expiry {
		end := tt.set.ExpiresAt(at(tt.earned), "", tokyo)
		if got := LastDay(*end, tokyo).Format(time.DateOnly); got != tt.last {
			t.Errorf("%s: last day %s, want %s", tt.name, got, tt.last)
		}
		if h, m, s := end.In(tokyo).Clock(); h+m+s != 0 {
			t.Errorf("%s: ends at %s, want the end of a day", tt.name, end.In(tokyo))
		}
	}
	if (Settings{Expiry: ExpireNever}).ExpiresAt(at("2026-01-01 00:00:00"), "", tokyo) != nil {
		t.Error("points that never expire have a last day")
	}
	shipped := at("2026-02-20 18:30:00")
	if got, want := (Settings{PendingDays: 14}).UsableAt(shipped, tokyo), at("2026-03-07 00:00:00"); !got.Equal(want) {
		t.Errorf("usable at %s, want %s: the window is 14 whole days after the day of shipment", got, want)
	}
	if got := (Settings{}).UsableAt(shipped, tokyo); !got.Equal(shipped) {
		t.Errorf("without a window usable at %s, want the shipment", got)
	}
	ordered := at("2026-02-10 09:00:00")
	for release, want := range map[Release]time.Time{ReleaseAtOnce: ordered, ReleaseAfterOrder: at("2026-02-25 00:00:00"), ReleaseAfterShipment: at("2026-03-07 00:00:00")} {
		if got := (Settings{Release: release, PendingDays: 14}).ReleasedAt(ordered, &shipped, tokyo); !got.Equal(want) {
			t.Errorf("%s: released at %s, want %s", release, got, want)
		}
	}
	if got := (Settings{Release: ReleaseAfterShipment, PendingDays: 14}).ReleasedAt(ordered, nil, tokyo); got != nil {
		t.Errorf("released at %s without a shipment", got)
	}
}

func TestSettingsValidate(t *testing.T) {
	if err := DefaultSettings().Validate(); err != nil {
		t.Fatalf("the defaults: %v", err)
	}
	wrong := map[string]func(*Settings){
		"rates[JPY].perAmount": func(s *Settings) { s.Rates = map[string]Rate{"JPY": {PerAmount: 0, Points: 1}} },
		"base":                 func(s *Settings) { s.Base = "NET" },
		"rounding":             func(s *Settings) { s.Rounding = "" },
		"shortfall":            func(s *Settings) { s.Shortfall = "NEGATIVE" },
		"pendingDays":          func(s *Settings) { s.PendingDays = -1 },
		"expiry":               func(s *Settings) { s.Expiry = "SOON" },
		"expiryMonths":         func(s *Settings) { s.ExpiryMonths = 0 },
		"release":              func(s *Settings) { s.Release = "LATER" },
		"expiryTo":             func(s *Settings) { s.ExpiryTo = "WEEK" },
		"stageMonths":          func(s *Settings) { s.StageMonths = map[string]int{"GOLD": 0} },
		"stack":                func(s *Settings) { s.Stack = "" },
		"restoreGraceDays":     func(s *Settings) { s.RestoreGraceDays = 400 },
	}
	for field, spoil := range wrong {
		s := DefaultSettings()
		spoil(&s)
		if got := fieldOf(s.Validate()); got != field {
			t.Errorf("%s: the fault names %q", field, got)
		}
	}
}
