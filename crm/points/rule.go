package points

import (
	"math/bits"

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

	// Release says when what an order earned becomes usable: PendingDays after
	// the shipment or the order, or at once.
	Release     Release `json:"release" field:"release" validate:"oneof=SHIPMENT ORDER AT_ONCE"`
	PendingDays int     `json:"pendingDays" field:"pendingDays" validate:"min=0,max=365"`

	Expiry       ExpiryKind     `json:"expiry" field:"expiry" validate:"oneof=MONTHS ACTIVITY YEAR_END NEVER"`
	ExpiryMonths int            `json:"expiryMonths"`                                                      // of MONTHS and ACTIVITY
	ExpiryYears  int            `json:"expiryYears"`                                                       // of YEAR_END; 0 = the end of the same year
	ExpiryTo     PeriodEnd      `json:"expiryTo" field:"expiryTo" validate:"oneof=DAY MONTH QUARTER YEAR"` // of MONTHS and ACTIVITY
	StageMonths  map[string]int `json:"stageMonths,omitempty"`                                             // of MONTHS and ACTIVITY: instead of ExpiryMonths, by code of the stage
	// HasRolled: expiry has been by activity once, so that there may be lots that
	// move with it.
	HasRolled bool `json:"hasRolled,omitempty"`

	// RestoreGraceDays is how long points live that come back into a lot whose
	// last day has gone by.
	RestoreGraceDays int `json:"restoreGraceDays" field:"restoreGraceDays" validate:"min=0,max=365"`

	// EarnBeforeJoining lets orders earn that were placed before their customer
	// became a member.
	EarnBeforeJoining bool `json:"earnBeforeJoining"`

	// Stack says how the multipliers of the stage and of rules go together.
	Stack Stack `json:"stack" field:"stack" validate:"oneof=ADD MULTIPLY BEST"`
}

// DefaultSettings is what holds until the merchant says otherwise: one point
// per 100 yen of net goods, usable 14 days after shipment, for 12 months.
func DefaultSettings() Settings {
	return Settings{
		Enabled: true, Rates: map[string]Rate{"JPY": {PerAmount: 100, Points: 1}},
		Base: BaseNetGoods, Rounding: RoundDown, Shortfall: ShortfallDebt,
		Release: ReleaseAfterShipment, PendingDays: 14, Expiry: ExpireAfterMonths, ExpiryMonths: 12, ExpiryTo: EndOfTheDay,
		RestoreGraceDays: 30, Stack: StackAdd,
	}
}

// Validate reports the first setting that makes no sense, as fault.Invalid.
func (s Settings) Validate() error {
	if err := check.Struct(s); err != nil {
		return err
	}
	switch {
	case s.byMonths() && (s.ExpiryMonths < 1 || s.ExpiryMonths > maxMonths):
		return invalid("expiryMonths", "1 to %d months", maxMonths)
	case s.Expiry == ExpireYearEnd && (s.ExpiryYears < 0 || s.ExpiryYears > 10):
		return invalid("expiryYears", "0 to 10 years")
	}
	for _, months := range s.StageMonths {
		if months < 1 || months > maxMonths {
			return invalid("stageMonths", "1 to %d months", maxMonths)
		}
	}
	return nil
}

func invalid(field, message string, args ...any) *fault.Error {
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

	// Stack, Under and Parts stand only in lots that were earned under rules.
	Stack Stack   `json:"stack,omitempty"`
	Under []Under `json:"under,omitempty"`
	Parts []Part  `json:"parts,omitempty"` // what the order had earned when the lot was granted

	// Sold is what the order was of when the lot was granted, so that goods which
	// come back take back what they earned. Nil where only the whole can come back.
	Sold *Purchase `json:"sold,omitempty"`
}

// Under names a version of a rule whose occasion an order was, whether or not
// points came of it: later changes of the order are worked out by these.
type Under struct {
	Rule    int64 `json:"rule"`
	Version int64 `json:"version"`
	// Left is what the counted caps left when the order earned first. It never
	// gets more, whatever becomes free since.
	Left *int64 `json:"left,omitempty"`
}

// RuleFor is the rule for a member on stage, whose multiplier is in basis
// points. ok is false when the currency earns nothing.
func (s Settings) RuleFor(currency, stage string, multiplier int64) (r Rule, ok bool) {
	rate, ok := s.Rates[currency]
	if !s.Enabled || !ok {
		return Rule{}, false
	}
	return Rule{Rate: rate, Base: s.Base, Rounding: s.Rounding, Multiplier: multiplier, Stage: stage}, true
}

// Amounts is the money of an order, in the minor unit of its currency.
type Amounts struct {
	Goods      int64 `json:"goods"`
	Shipping   int64 `json:"shipping,omitempty"`
	Fees       int64 `json:"fees,omitempty"`
	ShopCoupon int64 `json:"shopCoupon,omitempty"`
	PointsUsed int64 `json:"pointsUsed,omitempty"`
}

// Earn is what the order is worth in points: whole steps of money first, then the
// multiplier. A step that is not full counts as Rounding says, and so does a
// part of a point. Never negative, at most MaxAmount.
func (r Rule) Earn(a Amounts) int64 {
	steps := divide(max(r.money(a), 0), r.PerAmount, r.Rounding)
	return min(multiply(r.pointsOf(steps), r.Multiplier, 10_000, r.Rounding), MaxAmount)
}

// pointsOf is what so many steps are worth, at most MaxAmount.
func (r Rule) pointsOf(steps int64) int64 {
	if r.Points > 0 && steps > MaxAmount/r.Points {
		steps = MaxAmount / r.Points
	}
	return steps * r.Points
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
