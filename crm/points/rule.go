package points

import (
	"math/bits"
	"time"

	"github.com/meguri-crm/meguri/crm/check"
	"github.com/meguri-crm/meguri/crm/fault"
)

// MaxAmount is the most points one booking may be about. A balance of 2^53-1,
// which every JSON reader gets exactly, is 900 million bookings of it away.
const MaxAmount = 10_000_000

// Base says which money of an order earns.
type Base string

// The bases. Money that the mall pays (its coupons, its points) is part of
// each: it is the merchant's income all the same.
const (
	BaseGoods    Base = "GOODS"     // goods
	BaseNetGoods Base = "NET_GOODS" // goods less the shop's coupon
	BaseNetPaid  Base = "NET_PAID"  // goods less the shop's coupon and the points paid with
	BaseTotal    Base = "TOTAL"     // goods, shipping and fees less the shop's coupon
)

// Rounding says what becomes of a part of a step or of a point.
type Rounding string

// The roundings.
const (
	RoundDown   Rounding = "DOWN"
	RoundHalfUp Rounding = "HALF_UP"
	RoundUp     Rounding = "UP"
)

// ExpiryKind says how the last day of points is found.
type ExpiryKind string

// The kinds of expiry. Each ends with the end of a day in the merchant's zone.
const (
	ExpireAfterMonths ExpiryKind = "MONTHS"   // so many months after the day they were earned
	ExpireYearEnd     ExpiryKind = "YEAR_END" // 31 December, so many years after the year they were earned in
	ExpireNever       ExpiryKind = "NEVER"
)

// Shortfall says what becomes of points that an order takes back after they
// were spent.
type Shortfall string

// The ways to treat a shortfall.
const (
	ShortfallDebt    Shortfall = "DEBT"    // owed, and paid off by the next points
	ShortfallForgive Shortfall = "FORGIVE" // the merchant's loss
)

// Rate is how many points so much money earns; money in the currency's minor unit.
type Rate struct {
	PerAmount int64 `json:"perAmount" field:"perAmount" validate:"min=1,max=1000000000"`
	Points    int64 `json:"points" field:"points" validate:"min=0,max=1000000"`
}

// Settings is how the merchant's programme earns and expires: the value of the
// settings key "points". A change holds for later grants only, because each lot
// keeps the Rule it was made by.
type Settings struct {
	Enabled   bool            `json:"enabled"`
	Rates     map[string]Rate `json:"rates" field:"rates" validate:"dive,keys,iso4217,endkeys"` // by currency; orders in any other earn nothing
	Base      Base            `json:"base" field:"base" validate:"oneof=GOODS NET_GOODS NET_PAID TOTAL"`
	Rounding  Rounding        `json:"rounding" field:"rounding" validate:"oneof=DOWN HALF_UP UP"`
	Shortfall Shortfall       `json:"shortfall" field:"shortfall" validate:"oneof=DEBT FORGIVE"`

	// PendingDays is how long after shipment the return window stays open.
	PendingDays int `json:"pendingDays" field:"pendingDays" validate:"min=0,max=365"`

	Expiry       ExpiryKind `json:"expiry" field:"expiry" validate:"oneof=MONTHS YEAR_END NEVER"`
	ExpiryMonths int        `json:"expiryMonths"` // of MONTHS
	ExpiryYears  int        `json:"expiryYears"`  // of YEAR_END; 0 = the end of the same year

	// RestoreGraceDays is how long points live that come back into a lot whose
	// last day has gone by.
	RestoreGraceDays int `json:"restoreGraceDays" field:"restoreGraceDays" validate:"min=0,max=365"`

	// EarnBeforeJoining lets orders earn that were placed before their customer
	// became a member.
	EarnBeforeJoining bool `json:"earnBeforeJoining"`
}

// DefaultSettings is what holds until the merchant says otherwise: one point
// per 100 yen of net goods, usable 14 days after shipment, for 12 months.
func DefaultSettings() Settings {
	return Settings{
		Enabled: true, Rates: map[string]Rate{"JPY": {PerAmount: 100, Points: 1}},
		Base: BaseNetGoods, Rounding: RoundDown, Shortfall: ShortfallDebt,
		PendingDays: 14, Expiry: ExpireAfterMonths, ExpiryMonths: 12, RestoreGraceDays: 30,
	}
}

// Validate reports the first setting that makes no sense, as fault.Invalid.
func (s Settings) Validate() error {
	if err := check.Struct(s); err != nil {
		return err
	}
	switch {
	case s.Expiry == ExpireAfterMonths && (s.ExpiryMonths < 1 || s.ExpiryMonths > 120):
		return invalid("expiryMonths", "1 to 120 months")
	case s.Expiry == ExpireYearEnd && (s.ExpiryYears < 0 || s.ExpiryYears > 10):
		return invalid("expiryYears", "0 to 10 years")
	}
	return nil
}

func invalid(field, message string, args ...any) error {
	return fault.New(fault.Invalid, message, args...).At(field)
}

// Rule is what turned money into points for one lot. It stays with the lot, so
// that a later change of the order is worked out as the order was.
type Rule struct {
	Rate
	Base       Base     `json:"base"`
	Rounding   Rounding `json:"rounding"`
	Multiplier int64    `json:"multiplier"` // basis points: 10000 = once
	Stage      string   `json:"stage,omitempty"`
	// BeforeJoining: the order was placed before its customer joined, and earned
	// because the settings allowed it.
	BeforeJoining bool `json:"beforeJoining,omitempty"`
}

// RuleFor is the rule for a member on stage, whose multiplier is in basis
// points. ok is false when the currency earns nothing.
func (s Settings) RuleFor(currency, stage string, multiplier int64) (r Rule, ok bool) {
	rate, ok := s.Rates[currency]
	if !s.Enabled || !ok || rate.Points == 0 {
		return Rule{}, false
	}
	return Rule{Rate: rate, Base: s.Base, Rounding: s.Rounding, Multiplier: multiplier, Stage: stage}, true
}

// Amounts is the money of an order, in the minor unit of its currency.
type Amounts struct{ Goods, Shipping, Fees, ShopCoupon, PointsUsed int64 }

// Earn is what the order is worth in points: whole steps of money first, then the
// multiplier. A step that is not full counts as Rounding says, and so does a
// part of a point. Never negative, at most MaxAmount.
func (r Rule) Earn(a Amounts) int64 {
	steps := divide(max(r.money(a), 0), r.PerAmount, r.Rounding)
	if steps > MaxAmount || r.Points > 0 && steps > MaxAmount/r.Points {
		steps = MaxAmount / r.Points
	}
	return min(multiply(steps*r.Points, r.Multiplier, 10_000, r.Rounding), MaxAmount)
}

func (r Rule) money(a Amounts) int64 {
	switch r.Base {
	case BaseGoods:
		return a.Goods
	case BaseNetPaid:
		return a.Goods - a.ShopCoupon - a.PointsUsed
	case BaseTotal:
		return a.Goods + a.Shipping + a.Fees - a.ShopCoupon
	default:
		return a.Goods - a.ShopCoupon
	}
}

func divide(n, by int64, r Rounding) int64 {
	q, rest := n/by, n%by
	if r == RoundUp && rest > 0 || r == RoundHalfUp && rest >= by-rest {
		q++
	}
	return q
}

// multiply is n*m/by without overflow in between; the result is capped at MaxAmount.
func multiply(n, m, by int64, r Rounding) int64 {
	hi, lo := bits.Mul64(uint64(n), uint64(m))
	if hi > 0 || lo > uint64(MaxAmount)*uint64(by) {
		return MaxAmount
	}
	return divide(int64(lo), by, r)
}

// UsableAt is when the return window of an order shipped at shipped closes: at
// the end of the PendingDays-th day after the day of shipment in zone.
func (s Settings) UsableAt(shipped time.Time, zone *time.Location) time.Time {
	if s.PendingDays == 0 {
		return shipped.UTC()
	}
	return endOfDay(shipped, 0, s.PendingDays, zone)
}

// ExpiresAt is the end of the last day on which points earned at earned can be
// spent; nil when they never expire. The day has the same number in its month
// as the day of earning, or is the last of a month that is too short.
func (s Settings) ExpiresAt(earned time.Time, zone *time.Location) *time.Time {
	var at time.Time
	switch s.Expiry {
	case ExpireAfterMonths:
		at = endOfDay(earned, s.ExpiryMonths, 0, zone)
	case ExpireYearEnd:
		year := earned.In(zone).Year() + s.ExpiryYears
		at = time.Date(year+1, time.January, 1, 0, 0, 0, 0, zone).UTC()
	default:
		return nil
	}
	return &at
}

// LastDay is the last day, as midnight in zone, on which points can be spent
// that expire at expiresAt.
func LastDay(expiresAt time.Time, zone *time.Location) time.Time {
	y, m, d := expiresAt.Add(-time.Microsecond).In(zone).Date()
	return time.Date(y, m, d, 0, 0, 0, 0, zone)
}

// EndOfDay is the instant at which the day year-month-day ends in zone.
func EndOfDay(year int, month time.Month, day int, zone *time.Location) time.Time {
	return time.Date(year, month, day+1, 0, 0, 0, 0, zone).UTC()
}

// endOfDay is the end of the day that is months and days after the day of t in
// zone. A month that is too short ends on its last day: time.AddDate would run
// over into the next.
func endOfDay(t time.Time, months, days int, zone *time.Location) time.Time {
	y, m, d := t.In(zone).Date()
	lastOfMonth := time.Date(y, m+time.Month(months)+1, 0, 0, 0, 0, 0, zone).Day()
	return time.Date(y, m+time.Month(months), min(d, lastOfMonth)+days+1, 0, 0, 0, 0, zone).UTC()
}
