package points

import (
	"cmp"
	"math/big"
	"math/bits"
	"slices"
)

// LinePoints is what a line of a purchase earns. The points of all lines add up
// to those of the purchase.
type LinePoints struct {
	Line
	Points int64
}

// Keep is what is still earned of a purchase that was sold, when so much is left
// of its lines and this of its money: what the goods that are left earned then,
// and not what they would earn by themselves.
//
//   - Rate, multipliers and bonuses per order are shared out over the lines in
//     whole points, by what each line earned of them to a fraction; what remains
//     goes to the largest remainders. A bonus per line or item is its line's own.
//   - A line of which a part came back keeps its points by the pieces that are
//     left, or by the money where that became less. A point that is broken stays
//     until the last piece comes back.
//   - A multiplier or bonus whose least amount the rest does not reach any more
//     gives nothing, as if it had never applied; a rate stays.
//   - Caps cut what the rest earns, not what all earned: points that a cap had cut
//     fill up what came back.
//
// So the order in which goods come back makes no difference, nor in how many
// parts, and when all is back nothing is kept. rest is of the lines sold, in their
// order; nil for one that is gone.
func (r Rule) Keep(under []EarnRule, sold Purchase, rest []*Line, now Amounts, left map[int64]Left) Breakdown {
	w := working{programme: r, sold: sold, now: now, left: left, apart: newApart(sold.Lines, rest)}
	return w.work(under)
}

// ByLine is Work with what each line earns.
func (r Rule) ByLine(under []EarnRule, p Purchase, left map[int64]Left) Breakdown {
	return r.Keep(under, p, p.whole(), p.Amounts, left)
}

// whole is the rest of a purchase of which nothing has come back.
func (p Purchase) whole() []*Line {
	rest := make([]*Line, len(p.Lines))
	for i := range p.Lines {
		rest[i] = &p.Lines[i]
	}
	return rest
}

// apart shares out over the lines.
type apart struct {
	sold   []Line // one of unknown goods where none is told
	told   bool
	rest   []*Line
	grown  []int64 // what rates and multipliers have given each line
	points []int64 // what each line keeps in the end
}

func newApart(sold []Line, rest []*Line) *apart {
	a := &apart{sold: sold, told: len(sold) > 0, rest: rest}
	if !a.told {
		a.sold = make([]Line, 1)
		a.rest = []*Line{&a.sold[0]}
	}
	a.grown, a.points = make([]int64, len(a.sold)), make([]int64, len(a.sold))
	return a
}

// grow adds what a rate or a multiplier gives. of is what a line has come to by
// then, exactly; nil where it has no part in it. What was rounded against a line
// before is made up for now.
func (w *working) grow(g given, of func(share) *big.Rat) {
	if w.apart != nil {
		g.lines = w.apart.grow(g.points, w.lines, of)
	}
	w.given = append(w.given, g)
}

func (a *apart) grow(points int64, shares []share, of func(share) *big.Rat) []int64 {
	sum, was := new(big.Rat), int64(0)
	exact := make([]*big.Rat, len(shares))
	for i, l := range shares {
		if exact[i] = of(l); exact[i] != nil {
			sum.Add(sum, exact[i])
			was += a.grown[l.at]
		}
	}
	wanted := make([]*big.Rat, len(a.sold))
	for i, l := range shares {
		if exact[i] == nil || sum.Sign() == 0 {
			continue
		}
		due := exact[i].Mul(exact[i], new(big.Rat).SetFrac(big.NewInt(was+points), big.NewInt(1)))
		due.Quo(due, sum).Sub(due, new(big.Rat).SetInt64(a.grown[l.at]))
		if points < 0 {
			due.Neg(due)
		}
		if due.Sign() > 0 {
			wanted[l.at] = due
		}
	}
	lines := apportion(points, wanted)
	for i, n := range lines {
		a.grown[i] += n
	}
	return lines
}

// bonusByLine is whose a bonus is. One for the order as such belongs to the goods
// that it means, by their amounts, or by their pieces where they cost nothing.
func (w *working) bonusByLine(r EarnRule) []int64 {
	weights := make([]*big.Rat, len(w.apart.sold))
	pick := func(weight func(Line) int64) (some bool) {
		for i, l := range w.apart.sold {
			if n := weight(l); n > 0 && r.fits(l) {
				weights[i], some = new(big.Rat).SetInt64(n), true
			}
		}
		return some
	}
	if r.Per != PerOrder {
		lines := make([]int64, len(w.apart.sold))
		for i, l := range w.apart.sold {
			lines[i] = r.Points * min(r.times(l), MaxAmount/r.Points)
		}
		return lines
	}
	if !pick(func(l Line) int64 { return l.Amount }) {
		pick(func(l Line) int64 { return l.Quantity })
	}
	return apportion(r.Points, weights)
}

// keep is what is left of what was given, in all and by line.
func (a *apart) keep(g given) (whole int64, kept []int64) {
	kept = make([]int64, len(a.sold))
	for i, rest := range a.rest {
		switch {
		case rest == nil:
		case g.per == PerItem:
			kept[i] = g.rule.Points * min(g.rule.times(Line{SKU: a.sold[i].SKU, Category: a.sold[i].Category, Quantity: rest.Quantity}), MaxAmount/g.rule.Points)
		case g.per == PerLine:
			kept[i] = g.lines[i]
		default:
			kept[i] = a.sold[i].keeps(g.lines[i], *rest)
		}
		whole += kept[i]
	}
	return whole, kept
}

// keeps is what of points stays with the rest of a line, rounded up.
func (l Line) keeps(points int64, rest Line) int64 {
	of, whole := rest.Quantity, l.Quantity
	if l.Amount > 0 && (whole <= 0 || less(rest.Amount, whole, of, l.Amount)) {
		of, whole = rest.Amount, l.Amount
	}
	if whole <= 0 || of >= whole {
		return points
	}
	sign := int64(cmp.Compare(points, 0))
	hi, lo := bits.Mul64(uint64(points*sign), uint64(max(of, 0)))
	q, r := bits.Div64(hi, lo, uint64(whole))
	if r > 0 {
		q++
	}
	return int64(q) * sign
}

// less: a·b < c·d, of numbers that are not negative.
func less(a, b, c, d int64) bool {
	hi1, lo1 := bits.Mul64(uint64(max(a, 0)), uint64(max(b, 0)))
	hi2, lo2 := bits.Mul64(uint64(max(c, 0)), uint64(max(d, 0)))
	return hi1 < hi2 || hi1 == hi2 && lo1 < lo2
}

// note keeps whose the points are that a cap left of what was kept.
func (a *apart) note(points int64, kept []int64) {
	if a == nil {
		return
	}
	var whole int64
	for _, n := range kept {
		whole += n
	}
	if points != whole {
		weights := make([]*big.Rat, len(kept))
		for i, n := range kept {
			if n > 0 {
				weights[i] = new(big.Rat).SetInt64(n)
			}
		}
		kept = apportion(points, weights)
	}
	for i, n := range kept {
		a.points[i] += n
	}
}

func (a *apart) lines() (lines []LinePoints) {
	if a == nil || !a.told {
		return nil
	}
	for i, l := range a.sold {
		lines = append(lines, LinePoints{l, a.points[i]})
	}
	return lines
}

// apportion shares n out in whole numbers by weights, which nil ones have none of:
// each gets its share rounded down, and the largest remainders get one more, of
// equal ones the first.
func apportion(n int64, weights []*big.Rat) []int64 {
	shares := make([]int64, len(weights))
	sum := new(big.Rat)
	for _, weight := range weights {
		if weight != nil {
			sum.Add(sum, weight)
		}
	}
	if sum.Sign() == 0 {
		if n != 0 {
			shares[0] = n
		}
		return shares
	}
	sign := int64(cmp.Compare(n, 0))
	rest := n * sign
	remainders := make([]*big.Rat, len(weights))
	var in []int
	for i, weight := range weights {
		if weight == nil {
			continue
		}
		exact := new(big.Rat).Mul(weight, new(big.Rat).SetInt64(n*sign))
		exact.Quo(exact, sum)
		down := new(big.Int).Quo(exact.Num(), exact.Denom())
		remainders[i] = exact.Sub(exact, new(big.Rat).SetInt(down))
		shares[i], rest, in = down.Int64()*sign, rest-down.Int64(), append(in, i)
	}
	slices.SortStableFunc(in, func(x, y int) int { return remainders[y].Cmp(remainders[x]) })
	for _, i := range in[:rest] {
		shares[i] += sign
	}
	return shares
}

// restOf is what is left of the lines sold, where nothing else has become of the
// order than that goods, or money for them, went back; ok is false where it has
// otherwise changed. A file may number the lines that are left anew. rates are
// those that a line may earn by.
func (p Purchase) restOf(sold Purchase, rates []Rule) (rest []*Line, ok bool) {
	rest = make([]*Line, len(sold.Lines))
	var others []*Line
	for i := range p.Lines {
		if at := sold.find(&p.Lines[i], rest, true); at >= 0 {
			rest[at] = &p.Lines[i]
		} else {
			others = append(others, &p.Lines[i])
		}
	}
	for _, l := range others {
		at := sold.find(l, rest, false)
		if at < 0 {
			return nil, false
		}
		rest[at] = l
	}
	var money int64
	for i, l := range sold.Lines {
		if rest[i] == nil && l.Amount < 0 { // a discount that was taken off
			return nil, false
		}
		if money += l.Amount; rest[i] != nil {
			money -= rest[i].Amount
		}
	}
	if p.Goods != sold.Goods-money {
		return nil, false
	}
	return rest, !slices.ContainsFunc(rates, func(r Rule) bool { return !r.sameBeside(sold.Amounts, p.Amounts) })
}

// find is the place of a line, or of what is left of it, among those sold that are
// not taken yet: of the same key, or only of the same goods, rather of the same money.
func (p Purchase) find(l *Line, taken []*Line, byKey bool) int {
	best := -1
	for i, s := range p.Lines {
		switch {
		case taken[i] != nil || s.SKU != l.SKU || l.Quantity > s.Quantity, byKey && s.Key != l.Key:
		case l.Amount != s.Amount && (l.Amount < 0 || l.Amount > s.Amount):
		case best < 0 || s.Amount == l.Amount && p.Lines[best].Amount != l.Amount:
			best = i
		}
	}
	return best
}

// sameBeside: what counts beside the goods is as it was. A coupon of the shop may
// have gone down with the goods, at most in their proportion.
func (r Rule) sameBeside(was, now Amounts) bool {
	if now.ShopCoupon < was.ShopCoupon && now.Goods < was.Goods && !less(now.ShopCoupon+1, was.Goods, was.ShopCoupon, now.Goods) {
		was.ShopCoupon = now.ShopCoupon
	}
	was.Goods = now.Goods
	return r.money(was) == r.money(now)
}
