package points

import (
	"cmp"
	"math/big"
	"slices"
)

// Line is a part of an order, as rules about goods see it.
type Line struct {
	Key      string `json:"key,omitempty"` // its name within the order
	SKU      string `json:"sku,omitempty"`
	Category string `json:"category,omitempty"`
	Quantity int64  `json:"quantity"`
	Amount   int64  `json:"amount"`
}

// Purchase is what an order is about.
type Purchase struct {
	Amounts
	Lines []Line `json:"lines,omitempty"`
}

// Left is what the caps of a rule that are counted over orders still leave; First
// is what they left when the order earned first. Nil: no bound.
type Left struct{ Day, Person, Total, First *int64 }

// PartKind says what a part of a breakdown is.
type PartKind string

// PartStage is the multiplier of the member's stage; the other kinds are those of the rules.
const PartStage PartKind = "STAGE"

// Part is what the programme (Rule 0), the stage or a rule has given.
type Part struct {
	Rule       int64    `json:"rule,omitempty"`
	Version    int64    `json:"version,omitempty"`
	Kind       PartKind `json:"kind"`
	Multiplier int64    `json:"multiplier,omitempty"` // basis points
	Points     int64    `json:"points"`
	Cap        string   `json:"cap,omitempty"`   // which one cut it: ORDER, DAY, PERSON, TOTAL, or FIRST: what these left when the order earned first
	Whole      int64    `json:"whole,omitempty"` // without the cap
}

// Refused is a rule that gave nothing.
type Refused struct {
	Rule, Version int64
	Kind          PartKind
	Why           Refusal
}

// Breakdown is what an order or an action earns and why. The points of the parts
// add up to the total, and so do those of the lines.
type Breakdown struct {
	Total int64
	Parts []Part
	Not   []Refused
	Lines []LinePoints // where Keep worked it out, and lines are told
}

// Work is what a purchase earns by the rule of the programme and by the rules
// under which it falls. The result does not depend on their order.
//
//   - A line earns by the rate of the programme or of a BASE rule that means it:
//     one that names goods before one that does not, else the one that gives more.
//     Lines of one rate share its money by their amounts; whole steps of it are
//     counted as its rounding says. That is the base.
//   - The base is spread over the lines by their amounts, and each line is
//     multiplied by what the multipliers that mean it come to when they are
//     stacked, that of the stage among them. The sum is exact, and rounded once,
//     as the programme rounds.
//   - What each multiplier adds is told apart in the order of the rules' ids, by
//     how the rounded sum grows; under BEST all of it belongs to the best.
//   - Bonuses come on top and are not multiplied. A purchase that counts for
//     nothing, say because all of it went back, has none.
//   - Caps cut what a rule adds. The whole is MaxAmount at most.
func (r Rule) Work(under []EarnRule, p Purchase, left map[int64]Left) Breakdown {
	if len(under) == 0 { // by far the most common; the same by a shorter way
		return r.plain(p)
	}
	w := working{programme: r, sold: p, now: p.Amounts, left: left}
	return w.work(under)
}

func (r Rule) plain(p Purchase) Breakdown {
	base := Rule{Rate: r.Rate, Base: r.Base, Rounding: r.Rounding, Multiplier: 10_000}.Earn(p.Amounts)
	b := Breakdown{Total: r.Earn(p.Amounts), Parts: []Part{{Kind: PartKind(EarnBase), Points: base}}}
	if r.Multiplier != 10_000 {
		b.Parts = append(b.Parts, Part{Kind: PartStage, Multiplier: r.Multiplier, Points: b.Total - base})
	}
	return b
}

// working is a purchase on the way to its breakdown.
type working struct {
	Breakdown
	programme Rule
	sold      Purchase
	now       Amounts // what is left of its money
	left      map[int64]Left
	rules     []EarnRule // that apply, by id
	lines     []share
	bases     []base
	base      int64 // what the bases have given
	given     []given
	apart     *apart // nil: nobody asks for lines
}

// share is a line with its share of the order; where nobody asks about goods,
// one line stands for all.
type share struct {
	Line
	at     int // in sold.Lines
	weight int64
	base   int // in bases
}

// given is what a rate, the stage or a rule gives before any cap.
type given struct {
	rule   EarnRule // of none: the zero value
	part   Part
	points int64
	per    BonusPer // of a bonus
	lines  []int64  // of points, by line; nil: nobody asks
}

func (w *working) work(under []EarnRule) Breakdown {
	w.sift(under)
	w.spread()
	w.multiply()
	w.bonus()
	w.settle()
	return w.Breakdown
}

// base is one rate with the lines that earn by it. The first is the programme's.
type base struct {
	rule   *EarnRule // nil: the programme
	rate   Rule
	weight int64
	points int64
}

// sift keeps the rules that the purchase fulfils, by id.
func (w *working) sift(under []EarnRule) {
	rules := slices.Clone(under)
	slices.SortFunc(rules, func(a, b EarnRule) int { return cmp.Compare(a.ID, b.ID) })
	for _, r := range rules {
		money := w.now
		if r.Kind == EarnBase { // goods keep the rate they earned by
			money = w.sold.Amounts
		}
		switch {
		case r.MinAmount > 0 && max(w.programme.money(money), 0) < r.MinAmount:
			w.refuse(r, TooLittle)
		case r.byGoods() && !slices.ContainsFunc(w.sold.Lines, r.fits):
			w.refuse(r, NoGoods)
		default:
			w.rules = append(w.rules, r)
		}
	}
}

func (w *working) refuse(r EarnRule, why Refusal) {
	w.Not = append(w.Not, Refused{Rule: r.ID, Version: r.Version, Kind: PartKind(r.Kind), Why: why})
}

// spread finds the base of every line.
func (w *working) spread() {
	w.bases = []base{{rate: w.programme}}
	for i := range w.rules {
		if r := &w.rules[i]; r.Kind == EarnBase {
			w.bases = append(w.bases, base{rule: r, rate: Rule{Rate: r.Rate, Base: r.Base, Rounding: r.Rounding}})
		}
	}
	var whole int64
	for _, l := range w.shares() {
		l.base = w.baseOf(l.Line)
		w.bases[l.base].weight += l.weight
		whole += l.weight
		w.lines = append(w.lines, l)
	}
	for i := range w.bases {
		b := &w.bases[i]
		if b.weight == 0 {
			if b.rule != nil {
				w.refuse(*b.rule, Outdone)
			}
			continue
		}
		b.points = min(b.rate.steps(w.sold.Amounts, b.weight, whole), MaxAmount-w.base)
		w.base += b.points
		g := given{part: Part{Kind: PartKind(EarnBase)}, points: b.points}
		if b.rule != nil {
			g.part.Rule, g.part.Version = b.rule.ID, b.rule.Version
		}
		w.grow(g, func(l share) *big.Rat {
			if l.base != i {
				return nil
			}
			return w.ofBase(l)
		})
	}
}

// ofBase is the part of a line in what its rate gives.
func (w *working) ofBase(l share) *big.Rat {
	b := w.bases[l.base]
	part := big.NewRat(l.weight, b.weight)
	return part.Mul(part, new(big.Rat).SetInt64(b.points))
}

// shares are the lines that count; money that no line tells of counts as one
// line of unknown goods.
func (w *working) shares() (lines []share) {
	if w.apart != nil || slices.ContainsFunc(w.rules, func(r EarnRule) bool { return r.byGoods() }) {
		for i, l := range w.sold.Lines {
			if l.Amount > 0 {
				lines = append(lines, share{Line: l, at: i, weight: l.Amount})
			}
		}
	}
	if len(lines) == 0 {
		lines = []share{{weight: 1}}
	}
	return lines
}

// baseOf is the rate a line earns by.
func (w *working) baseOf(l Line) (best int) {
	for i, b := range w.bases {
		if b.rule == nil || !b.rule.fits(l) {
			continue
		}
		was := w.bases[best]
		if was.rule == nil || b.rule.byGoods() && !was.rule.byGoods() ||
			b.rule.byGoods() == was.rule.byGoods() && b.rate.Points*was.rate.PerAmount > was.rate.Points*b.rate.PerAmount {
			best = i
		}
	}
	return best
}

// steps are the points, before any multiplier, of the lines that make up weight
// of whole.
func (r Rule) steps(a Amounts, weight, whole int64) int64 {
	money := max(r.money(a), 0)
	var steps int64
	if weight == whole {
		steps = divide(money, r.PerAmount, r.Rounding)
	} else {
		n := new(big.Int).Mul(big.NewInt(money), big.NewInt(weight))
		d := new(big.Int).Mul(big.NewInt(whole), big.NewInt(r.PerAmount))
		steps = round(new(big.Rat).SetFrac(n, d), r.Rounding)
	}
	return r.pointsOf(steps)
}

// multiply tells what the stage and each multiplier add.
func (w *working) multiply() {
	stage := EarnRule{Kind: EarnKind(PartStage), Multiplier: w.programme.Multiplier}
	all := []EarnRule{}
	if stage.Multiplier != 10_000 {
		all = append(all, stage)
	}
	for _, r := range w.rules {
		if r.Kind == EarnMultiplier {
			all = append(all, r)
		}
	}
	before := w.base
	for i, m := range all {
		sum := w.times(all, i)
		gain := sum - before
		before = sum
		switch {
		case gain == 0 && w.programme.Stack == StackBest:
			w.refuse(m, Outdone)
		case gain == 0:
			w.refuse(m, NothingCame)
		case m.ID == 0:
			w.grow(given{part: Part{Kind: PartStage, Multiplier: m.Multiplier}, points: gain}, w.multiplied(all, i))
		default:
			w.grow(given{rule: m, part: Part{Multiplier: m.Multiplier}, points: gain}, w.multiplied(all, i))
		}
	}
}

// multiplied is what a line comes to by those of the multipliers up to upto.
func (w *working) multiplied(all []EarnRule, upto int) func(share) *big.Rat {
	return func(l share) *big.Rat {
		part := w.ofBase(l)
		return part.Mul(part, w.programme.Stack.factor(l.Line, all, upto))
	}
}

// times is the sum of all lines, each by those of the multipliers up to upto
// that mean it.
func (w *working) times(all []EarnRule, upto int) int64 {
	sum, of := new(big.Rat), w.multiplied(all, upto)
	for _, l := range w.lines {
		sum.Add(sum, of(l))
	}
	return min(round(sum, w.programme.Rounding), MaxAmount)
}

// factor is how many times a line counts.
func (s Stack) factor(l Line, all []EarnRule, upto int) *big.Rat {
	factor, best := big.NewRat(1, 1), -1
	for i, m := range all {
		switch times := big.NewRat(m.Multiplier, 10_000); {
		case !m.fits(l):
		case s == StackBest:
			if best < 0 || m.Multiplier > all[best].Multiplier {
				best = i
			}
		case i > upto:
		case s == StackMultiply:
			factor.Mul(factor, times)
		default:
			factor.Add(factor, times.Sub(times, big.NewRat(1, 1)))
		}
	}
	if best >= 0 && best <= upto {
		factor.SetFrac64(all[best].Multiplier, 10_000)
	}
	if factor.Sign() < 0 {
		factor.SetInt64(0)
	}
	return factor
}

// bonus gives the fixed points.
func (w *working) bonus() {
	counts := w.programme.money(w.sold.Amounts) > 0
	for _, r := range w.rules {
		if r.Kind != EarnBonus {
			continue
		}
		var times int64
		for _, l := range w.sold.Lines {
			times += r.times(l)
		}
		if r.Per == PerOrder {
			times = 1
		}
		if !counts || times == 0 {
			w.refuse(r, NothingCame)
			continue
		}
		g := given{rule: r, points: r.Points * min(times, MaxAmount/r.Points), per: r.Per}
		if w.apart != nil {
			g.lines = w.bonusByLine(r)
		}
		w.given = append(w.given, g)
	}
}

// times is how often a line earns a bonus that is not for the order as such.
func (r EarnRule) times(l Line) int64 {
	switch {
	case l.Quantity <= 0 || !r.fits(l):
		return 0
	case r.Per == PerLine:
		return 1
	case r.Per == PerItem:
		return l.Quantity
	}
	return 0
}

// settle adds up what was given, as far as the goods are still there and the caps
// allow.
func (w *working) settle() {
	for _, g := range w.given {
		whole, kept := g.points, []int64(nil)
		if w.apart != nil {
			whole, kept = w.apart.keep(g)
		}
		switch before := w.Total; {
		case g.rule.ID == 0:
			g.part.Points = whole
			w.add(g.part)
			w.apart.note(whole, kept)
		case whole == 0: // all of it went back
			w.refuse(g.rule, NothingCame)
		default:
			w.give(g.rule, g.part, whole, w.left[g.rule.ID])
			w.apart.note(w.Total-before, kept)
		}
	}
	w.Lines = w.apart.lines()
}

// give adds what a rule gives, as far as its caps allow.
func (b *Breakdown) give(r EarnRule, p Part, points int64, left Left) {
	p.Rule, p.Version, p.Kind, p.Points = r.ID, r.Version, PartKind(r.Kind), min(points, MaxAmount-b.Total)
	bound := func(name string, to *int64) {
		if to != nil && max(*to, 0) < p.Points {
			p.Points, p.Cap, p.Whole = max(*to, 0), name, points
		}
	}
	if r.Caps.Order > 0 {
		bound("ORDER", &r.Caps.Order)
	}
	bound("DAY", left.Day)
	bound("PERSON", left.Person)
	bound("TOTAL", left.Total)
	bound("FIRST", left.First)
	if p.Points == 0 {
		b.Not = append(b.Not, Refused{Rule: r.ID, Version: r.Version, Kind: p.Kind, Why: UsedUp})
		return
	}
	b.add(p)
}

func (b *Breakdown) add(p Part) {
	b.Parts = append(b.Parts, p)
	b.Total += p.Points
}

// WorkAction is what something done earns by the rules under which it falls: the
// points of each, up to its caps.
func WorkAction(under []EarnRule, left map[int64]Left) (b Breakdown) {
	rules := slices.Clone(under)
	slices.SortFunc(rules, func(x, y EarnRule) int { return cmp.Compare(x.ID, y.ID) })
	for _, r := range rules {
		b.give(r, Part{}, r.Points, left[r.ID])
	}
	return b
}

// round is a number that is not negative as a whole one, at most MaxAmount·10^9.
func round(n *big.Rat, r Rounding) int64 {
	q, rest := new(big.Int).QuoRem(n.Num(), n.Denom(), new(big.Int))
	up := r == RoundUp && rest.Sign() > 0 || r == RoundHalfUp && rest.Lsh(rest, 1).Cmp(n.Denom()) >= 0
	if up {
		q.Add(q, big.NewInt(1))
	}
	if !q.IsInt64() {
		return 1<<63 - 1
	}
	return q.Int64()
}
