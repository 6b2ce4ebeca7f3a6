package experiment

import "math"

// Error is the probability that an interval of lift misses the truth at any
// moment at all while it is watched: 1 in 20.
const Error = 0.05

// Arm is one group of the comparison: what its people, all of them, bought.
type Arm struct {
	People int64
	// Buyers are the people with an order.
	Buyers int64
	// Sum and Squares add up each person's outcome and its square: 1 for a buyer
	// when conversion is compared, net sales in the minor unit when money is.
	Sum, Squares float64
}

// Mean is the outcome per person, 0 without people.
func (a Arm) Mean() float64 {
	if a.People == 0 {
		return 0
	}
	return a.Sum / float64(a.People)
}

// Lift is what being written to brought per person: the treated's mean less
// that of the held out, with the interval that holds it.
type Lift struct {
	Difference float64
	Low, High  float64
	// Known reports whether enough was bought for an interval to be stated at
	// all; without it Low and High are infinite.
	Known bool
}

// Decided reports whether the interval leaves 0 out: only then did the campaign
// do something, as far as can be told.
func (l Lift) Decided() bool { return l.Known && (l.Low > 0 || l.High < 0) }

// Conversion compares the shares of people who bought.
func Conversion(treated, heldOut Arm) Lift {
	return compare(share(treated), share(heldOut), 1)
}

func share(a Arm) Arm {
	a.Sum, a.Squares = float64(a.Buyers), float64(a.Buyers)
	return a
}

// Sales compares net sales per person, in the minor unit.
func Sales(treated, heldOut Arm) Lift { return compare(treated, heldOut, typicalSale) }

// What the interval is made narrowest for: the moment at which a fiftieth of the
// people have bought, each for about this much in the minor unit. They are fixed
// beforehand and shape only the width; the promise holds whatever is true.
const (
	typicalShare = 0.02
	typicalSale  = 5_000
)

// Where the normal approximation begins to hold: before so many buyers in all,
// and so many expected in the smaller arm if there were no effect, nothing is
// stated. Both look at the arms together, which tells nothing about lift.
const (
	leastBuyers   = 30
	leastExpected = 8
)

// compare is the difference of two means with an asymptotic confidence sequence:
//
//	d ± se·√( (1 + 1/r)·ln((1 + r)/Error²) ),  r = se²/se₀²·ω
//
// It is the two-sided normal mixture boundary of Robbins, "Statistical methods
// related to the law of the iterated logarithm", Ann. Math. Stat. 41 (1970), in
// the form of Howard, Ramdas, McAuliffe and Sekhon, "Time-uniform,
// nonparametric, nonasymptotic confidence sequences", Ann. Stat. 49 (2021), eq.
// 14, √((V+ρ)·ln((V+ρ)/(ρα²))), with the variance estimated as Waudby-Smith,
// Arbour, Sinha, Kennedy and Ramdas, "Time-uniform central limit theory and
// asymptotic confidence sequences", Ann. Stat. 52 (2024), allow.
//
// The people of both arms are fixed when sending begins; what grows while one
// watches is what they have bought, and with it the squared error se² of the
// difference: the intrinsic time V. se₀² is se² at the moment of typicalShare.
//
// Assumed: arms drawn independently per person (HeldOut), people who do not
// influence one another, and enough buyers for the sum over people to be near
// a Gaussian process, for which least… stands. Repeat orders of one person add
// to the same term of the sum: they make looks more alike, and the promise
// safer. Everybody counts in the arm he was drawn for, whether or not his mail
// arrived (intention to treat).
func compare(treated, heldOut Arm, typical float64) Lift {
	l := Lift{Difference: treated.Mean() - heldOut.Mean(), Low: math.Inf(-1), High: math.Inf(1)}
	if !stateable(treated, heldOut) {
		return l
	}
	square := (treated.Squares + heldOut.Squares) / float64(treated.Buyers+heldOut.Buyers)
	error2 := treated.error2(square) + heldOut.error2(square)
	design := typicalShare * typical * typical * (1/float64(treated.People) + 1/float64(heldOut.People))
	width := boundary(error2/design, 1, Error) * math.Sqrt(design)
	l.Known, l.Low, l.High = true, l.Difference-width, l.Difference+width
	return l
}

func stateable(treated, heldOut Arm) bool {
	if treated.People == 0 || heldOut.People == 0 {
		return false
	}
	buyers := float64(treated.Buyers + heldOut.Buyers)
	smaller := float64(min(treated.People, heldOut.People))
	return buyers >= leastBuyers && buyers*smaller/float64(treated.People+heldOut.People) >= leastExpected
}

// error2 is the squared standard error of the arm's mean, given the mean square
// of a buyer's outcome over both arms. One more such buyer is added before the
// variance is taken (after Agresti and Caffo, Am. Stat. 54 (2000)), and the arm's
// own squares count only where they say more: a small arm whose buyers happened
// to be few, or to spend little, would seem surer than it is.
func (a Arm) error2(square float64) float64 {
	n, mean := float64(a.People), a.Mean()
	second := max(a.Squares+square, float64(a.Buyers+1)*square) / (n + 1)
	return max(second-mean*mean, 0) / n
}

// boundary is what a Gaussian martingale with variance v leaves, at any v at
// all, with probability alpha at most; it is nearest to 0 at about best.
func boundary(v, best, alpha float64) float64 {
	rho := best / (2*math.Log(1/alpha) + math.Log(1+2*math.Log(1/alpha)))
	return math.Sqrt((v + rho) * math.Log((v+rho)/(rho*alpha*alpha)))
}
