package points

import (
	"math/big"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"
	"time"
)

// yen is the programme of most tests: a point per 100 yen of net goods.
func yen(stack Stack, stage int64) Rule {
	return Rule{Rate: Rate{PerAmount: 100, Points: 1}, Base: BaseNetGoods, Rounding: RoundDown, Multiplier: stage, Stack: stack}
}

func times(id, multiplier int64, c Conditions) EarnRule {
	return EarnRule{ID: id, Version: 1, Enabled: true, Kind: EarnMultiplier, Multiplier: multiplier, Conditions: c, Currency: "JPY"}
}

func bonus(id, points int64, per BonusPer, c Conditions) EarnRule {
	return EarnRule{ID: id, Version: 1, Enabled: true, Kind: EarnBonus, Points: points, Per: per, Conditions: c, Currency: "JPY"}
}

func rate(id, perAmount, points int64, c Conditions) EarnRule {
	return EarnRule{ID: id, Version: 1, Enabled: true, Kind: EarnBase, Rate: Rate{perAmount, points}, Base: BaseNetGoods, Rounding: RoundDown, Conditions: c, Currency: "JPY"}
}

func capped(r EarnRule, c Caps) EarnRule {
	r.Caps = c
	return r
}

func ptr(n int64) *int64 { return &n }

func TestWork(t *testing.T) {
	tea := Line{SKU: "tea", Category: "drinks", Quantity: 2, Amount: 3000}
	cup := Line{SKU: "cup", Category: "ware", Quantity: 1, Amount: 1000}
	both := Purchase{Amounts: Amounts{Goods: 4000}, Lines: []Line{tea, cup}}
	small := Purchase{Amounts: Amounts{Goods: 1999}}
	drinks := Conditions{Categories: []string{"drinks"}}
	tests := []struct {
		name string
		rule Rule
		of   Purchase
		by   []EarnRule
		left map[int64]Left
		want int64
		each map[int64]int64 // points by rule; 0: the programme's rate
		not  map[int64]Refusal
	}{
		{"twice", yen(StackAdd, 10_000), small, []EarnRule{times(1, 20_000, Conditions{})}, nil, 38, map[int64]int64{0: 19, 1: 19}, nil},
		{"what each gives beyond once is added", yen(StackAdd, 15_000), small, []EarnRule{times(1, 20_000, Conditions{})}, nil, 47, map[int64]int64{1: 19}, nil},
		{"multiplied", yen(StackMultiply, 15_000), small, []EarnRule{times(1, 20_000, Conditions{})}, nil, 57, map[int64]int64{1: 29}, nil},
		{"the best alone, the stage", yen(StackBest, 30_000), small, []EarnRule{times(1, 20_000, Conditions{})}, nil, 57, nil, map[int64]Refusal{1: Outdone}},
		{"the best alone, a rule", yen(StackBest, 15_000), small, []EarnRule{times(1, 20_000, Conditions{}), times(2, 30_000, Conditions{})}, nil, 57, map[int64]int64{2: 38}, map[int64]Refusal{0: Outdone, 1: Outdone}},
		{"rounded once, at the end", yen(StackAdd, 10_000), small, []EarnRule{times(1, 11_500, Conditions{}), times(2, 11_500, Conditions{})}, nil, 24, map[int64]int64{0: 19, 1: 2, 2: 3}, nil}, // 19 × 1.3 = 24.7
		{"some goods twice", yen(StackAdd, 10_000), both, []EarnRule{times(1, 20_000, drinks)}, nil, 70, map[int64]int64{0: 40, 1: 30}, nil},
		{"goods that are not there", yen(StackAdd, 10_000), small, []EarnRule{times(1, 20_000, drinks)}, nil, 19, nil, map[int64]Refusal{1: NoGoods}},
		{"too little money", yen(StackAdd, 10_000), small, []EarnRule{times(1, 20_000, Conditions{MinAmount: 2000})}, nil, 19, nil, map[int64]Refusal{1: TooLittle}},
		{"a bonus is not multiplied", yen(StackAdd, 10_000), small, []EarnRule{times(1, 20_000, Conditions{}), bonus(2, 50, PerOrder, Conditions{})}, nil, 88, map[int64]int64{1: 19, 2: 50}, nil},
		{"a bonus per item of some goods", yen(StackAdd, 10_000), both, []EarnRule{bonus(1, 7, PerItem, drinks)}, nil, 54, map[int64]int64{1: 14}, nil},
		{"a bonus per line", yen(StackAdd, 10_000), both, []EarnRule{bonus(1, 7, PerLine, Conditions{})}, nil, 54, map[int64]int64{1: 14}, nil},
		{"no bonus where nothing counts", yen(StackAdd, 10_000), Purchase{}, []EarnRule{bonus(1, 7, PerOrder, Conditions{})}, nil, 0, nil, map[int64]Refusal{1: NothingCame}},
		{"another rate", yen(StackAdd, 10_000), small, []EarnRule{rate(1, 100, 3, Conditions{})}, nil, 57, map[int64]int64{1: 57}, nil},
		{"a rate that gives less replaces the programme's", yen(StackAdd, 10_000), small, []EarnRule{rate(1, 200, 1, Conditions{})}, nil, 9, map[int64]int64{1: 9}, nil},
		{"of two rates the greater", yen(StackAdd, 10_000), small, []EarnRule{rate(1, 200, 1, Conditions{}), rate(2, 50, 1, Conditions{})}, nil, 39, map[int64]int64{2: 39}, map[int64]Refusal{1: Outdone}},
		{"the rate that names goods goes first", yen(StackAdd, 10_000), both, []EarnRule{rate(1, 100, 5, Conditions{}), rate(2, 100, 0, drinks)}, nil, 50, map[int64]int64{1: 50}, nil},
		{"a cap per order", yen(StackAdd, 10_000), both, []EarnRule{capped(times(1, 30_000, Conditions{}), Caps{Order: 50})}, nil, 90, map[int64]int64{1: 50}, nil},
		{"what is left of the day", yen(StackAdd, 10_000), both, []EarnRule{capped(times(1, 30_000, Conditions{}), Caps{Day: 100})}, map[int64]Left{1: {Day: ptr(12)}}, 52, map[int64]int64{1: 12}, nil},
		{"nothing left", yen(StackAdd, 10_000), both, []EarnRule{capped(times(1, 30_000, Conditions{}), Caps{Total: 100})}, map[int64]Left{1: {Total: ptr(0)}}, 40, nil, map[int64]Refusal{1: UsedUp}},
		{"the coupon is shared by the goods", yen(StackAdd, 10_000), Purchase{Amounts: Amounts{Goods: 4000, ShopCoupon: 1000}, Lines: []Line{tea, cup}}, []EarnRule{rate(1, 100, 10, drinks)}, nil, 227, map[int64]int64{0: 7, 1: 220}, nil},
	}
	for _, tt := range tests {
		b := tt.rule.Work(tt.by, tt.of, tt.left)
		if b.Total != tt.want {
			t.Errorf("%s: %d points, want %d: %+v", tt.name, b.Total, tt.want, b.Parts)
		}
		for id, want := range tt.each {
			if got := pointsOf(b, id); got != want {
				t.Errorf("%s: rule %d gave %d, want %d", tt.name, id, got, want)
			}
		}
		for id, want := range tt.not {
			if i := slices.IndexFunc(b.Not, func(r Refused) bool { return r.Rule == id }); i < 0 || b.Not[i].Why != want {
				t.Errorf("%s: rule %d was not refused for %s: %+v", tt.name, id, want, b.Not)
			}
		}
	}
}

func pointsOf(b Breakdown, rule int64) (points int64) {
	for _, p := range b.Parts {
		if p.Rule == rule && p.Kind != PartStage {
			points += p.Points
		}
	}
	return points
}

// anyRule makes up a rule; without caps nothing but another rate ever lowers a total.
func anyRule(r *rand.Rand, id int64, withCaps, withRates bool) EarnRule {
	var c Conditions
	if r.IntN(3) == 0 {
		c.Categories = []string{[]string{"a", "b"}[r.IntN(2)]}
	}
	if r.IntN(4) == 0 {
		c.MinAmount = r.Int64N(20_000)
	}
	var rule EarnRule
	switch n := r.IntN(5); {
	case n == 0 && withRates:
		return rate(id, 1+r.Int64N(300), r.Int64N(5), c)
	case n < 3:
		rule = times(id, 10_001+r.Int64N(60_000), c)
	default:
		rule = bonus(id, 1+r.Int64N(300), []BonusPer{PerOrder, PerLine, PerItem}[r.IntN(3)], c)
	}
	if withCaps && r.IntN(2) == 0 {
		rule.Caps = Caps{Order: r.Int64N(60), Day: r.Int64N(200)}
	}
	return rule
}

func anyPurchase(r *rand.Rand) (p Purchase) {
	for range r.IntN(4) {
		l := Line{SKU: "s", Category: []string{"a", "b", ""}[r.IntN(3)], Quantity: r.Int64N(4), Amount: r.Int64N(20_000)}
		p.Lines = append(p.Lines, l)
		p.Goods += l.Amount
	}
	p.ShopCoupon, p.PointsUsed, p.Shipping = r.Int64N(1000), r.Int64N(500), r.Int64N(800)
	return p
}

func anyProgramme(r *rand.Rand) Rule {
	rule := yen([]Stack{StackAdd, StackMultiply, StackBest}[r.IntN(3)], []int64{10_000, 12_500, 20_000, 10_000 + r.Int64N(9_999)}[r.IntN(4)])
	rule.Base = []Base{BaseGoods, BaseNetGoods, BaseNetPaid, BaseTotal}[r.IntN(4)]
	rule.Rounding = []Rounding{RoundDown, RoundHalfUp, RoundUp}[r.IntN(3)]
	return rule
}

func TestWorkProperties(t *testing.T) {
	r := rand.New(rand.NewPCG(6, 2))
	for n := range 4_000 {
		programme, p := anyProgramme(r), anyPurchase(r)
		var rules []EarnRule
		left := map[int64]Left{}
		for id := range int64(r.IntN(6)) {
			rule := anyRule(r, id+1, true, true)
			if rules = append(rules, rule); rule.Caps.Day > 0 {
				left[rule.ID] = Left{Day: ptr(r.Int64N(rule.Caps.Day + 1))}
			}
		}
		b := programme.Work(rules, p, left)

		var sum int64
		for _, part := range b.Parts {
			sum += part.Points
			if i := slices.IndexFunc(rules, func(e EarnRule) bool { return e.ID == part.Rule }); i >= 0 {
				if rules[i].Caps.Order > 0 && part.Points > rules[i].Caps.Order || left[part.Rule].Day != nil && part.Points > *left[part.Rule].Day {
					t.Fatalf("run %d: %+v exceeds the caps of %+v", n, part, rules[i])
				}
			}
		}
		if sum != b.Total || b.Total < 0 || b.Total > MaxAmount {
			t.Fatalf("run %d: parts add up to %d, the total is %d", n, sum, b.Total)
		}
		for _, rule := range rules { // each is accounted for exactly once
			if gave, not := len(partsOf(b, rule.ID)), slices.ContainsFunc(b.Not, func(x Refused) bool { return x.Rule == rule.ID }); gave > 1 || (gave == 1) == not {
				t.Fatalf("run %d: rule %+v gave %d times, refused: %v", n, rule, gave, not)
			}
		}

		shuffled := slices.Clone(rules)
		r.Shuffle(len(shuffled), func(i, j int) { shuffled[i], shuffled[j] = shuffled[j], shuffled[i] })
		if other := programme.Work(shuffled, p, left); !reflect.DeepEqual(other, b) {
			t.Fatalf("run %d: another order of rules gives %+v, not %+v", n, other, b)
		}
		if none := programme.Work(nil, p, nil); none.Total != programme.Earn(p.Amounts) {
			t.Fatalf("run %d: without rules %d, want %d", n, none.Total, programme.Earn(p.Amounts))
		}
	}
}

func partsOf(b Breakdown, rule int64) (parts []Part) {
	for _, p := range b.Parts {
		if p.Rule == rule {
			parts = append(parts, p)
		}
	}
	return parts
}

// One more multiplier or bonus never takes anything away, and neither does more money.
func TestWorkIsMonotone(t *testing.T) {
	r := rand.New(rand.NewPCG(6, 3))
	for n := range 4_000 {
		programme, p := anyProgramme(r), anyPurchase(r)
		var rules []EarnRule
		for id := range int64(r.IntN(5)) {
			rules = append(rules, anyRule(r, id+1, false, false))
		}
		before := programme.Work(rules, p, nil)
		if more := programme.Work(append(slices.Clone(rules), anyRule(r, 99, false, false)), p, nil); more.Total < before.Total {
			t.Fatalf("run %d: a rule more gives %d instead of %d", n, more.Total, before.Total)
		}
		if programme.Base != BaseTotal { // a dearer line draws shipping to itself
			programme.Base = BaseGoods
		}
		if len(p.Lines) == 0 {
			continue
		}
		one := programme.Work([]EarnRule{bonus(1, 3, PerOrder, Conditions{MinAmount: 5000}), times(2, 15_000, Conditions{})}, p, nil)
		p.Lines[0].Amount += 700
		p.Goods += 700
		if dearer := programme.Work([]EarnRule{bonus(1, 3, PerOrder, Conditions{MinAmount: 5000}), times(2, 15_000, Conditions{})}, p, nil); dearer.Total < one.Total {
			t.Fatalf("run %d: more money gives %d instead of %d", n, dearer.Total, one.Total)
		}
	}
}

// The sum is that of exact fractions, rounded once.
func TestWorkIsExact(t *testing.T) {
	r := rand.New(rand.NewPCG(6, 4))
	for n := range 1_000 {
		programme := yen(StackMultiply, 10_000+r.Int64N(20_000))
		a, b := Line{SKU: "a", Quantity: 1, Amount: 1 + r.Int64N(1_000_000)}, Line{SKU: "b", Quantity: 1, Amount: 1 + r.Int64N(1_000_000)}
		m := 10_001 + r.Int64N(50_000)
		p := Purchase{Amounts: Amounts{Goods: a.Amount + b.Amount}, Lines: []Line{a, b}}
		got := programme.Work([]EarnRule{times(1, m, Conditions{SKUs: []string{"a"}})}, p, nil).Total

		base := new(big.Rat).SetInt64(p.Goods / 100)
		share := big.NewRat(a.Amount, p.Goods)
		rest := new(big.Rat).Sub(big.NewRat(1, 1), share)
		sum := new(big.Rat).Add(share.Mul(share, big.NewRat(m, 10_000)), rest)
		sum.Mul(sum.Mul(sum, base), big.NewRat(programme.Multiplier, 10_000))
		if want := new(big.Int).Quo(sum.Num(), sum.Denom()).Int64(); got != want {
			t.Fatalf("run %d: %d, want %d", n, got, want)
		}
	}
}

func TestOccasions(t *testing.T) {
	at := time.Date(2026, 4, 18, 0, 30, 0, 0, tokyo) // a Saturday; the 17th in UTC
	here := Occasion{At: at, Shop: 7, Mall: "RAKUTEN", Stage: 3, Segments: []int64{5, 6}, BirthMonth: time.April, Currency: "JPY"}
	tests := []struct {
		name string
		c    Conditions
		want Refusal
	}{
		{"nothing asked", Conditions{}, ""},
		{"every 18th", Conditions{DaysOfMonth: []int{8, 18}}, ""},
		{"every 17th", Conditions{DaysOfMonth: []int{17}}, WrongDay},
		{"Saturdays", Conditions{Weekdays: []int{0, 6}}, ""},
		{"Fridays", Conditions{Weekdays: []int{5}}, WrongWeekday},
		{"the first day counts", Conditions{From: "2026-04-18"}, ""},
		{"the last day counts", Conditions{To: "2026-04-18"}, ""},
		{"not yet", Conditions{From: "2026-04-19"}, BeforePeriod},
		{"over", Conditions{To: "2026-04-17"}, AfterPeriod},
		{"birthday", Conditions{BirthMonth: true}, ""},
		{"stage", Conditions{Stages: []int64{3, 4}}, ""},
		{"another stage", Conditions{Stages: []int64{4}}, WrongStage},
		{"one of the segments", Conditions{Segments: []int64{6, 9}}, ""},
		{"none of the segments", Conditions{Segments: []int64{9}}, WrongSegment},
		{"the shop, of another mall", Conditions{Shops: []int64{7}, Malls: []string{"YAHOO"}}, ""},
		{"the mall", Conditions{Malls: []string{"RAKUTEN"}}, ""},
		{"elsewhere", Conditions{Shops: []int64{8}, Malls: []string{"YAHOO"}}, WrongPlace},
	}
	for _, tt := range tests {
		if got := times(1, 20_000, tt.c).Refuses(here); got != tt.want {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
		}
	}
	unknown := here
	unknown.BirthMonth = 0
	if got := times(1, 20_000, Conditions{BirthMonth: true}).Refuses(unknown); got != NoBirthMonth {
		t.Errorf("a birthday nobody knows: %q", got)
	}
	dollars := here
	dollars.Currency = "USD"
	if got := times(1, 20_000, Conditions{MinAmount: 1}).Refuses(dollars); got != WrongCurrency {
		t.Errorf("an amount in another currency: %q", got)
	}
	if got := times(1, 20_000, Conditions{}).Refuses(dollars); got != "" {
		t.Errorf("a multiplier asks no currency: %q", got)
	}
}

func TestVersionAt(t *testing.T) {
	day := func(d int) time.Time { return time.Date(2026, 4, d, 0, 0, 0, 0, time.UTC) }
	first, second := times(1, 20_000, Conditions{}), times(1, 30_000, Conditions{})
	first.Since, second.Since, second.Version = day(10), day(20), 2
	if v, why := VersionAt([]EarnRule{first, second}, day(15)); v.Version != 1 || why != "" {
		t.Errorf("between: version %d, %q", v.Version, why)
	}
	if v, why := VersionAt([]EarnRule{first, second}, day(20)); v.Version != 2 || why != "" {
		t.Errorf("after: version %d, %q", v.Version, why)
	}
	if _, why := VersionAt([]EarnRule{first, second}, day(9)); why != NotYetMade {
		t.Errorf("before: %q", why)
	}
	first.From = "2026-04-01"
	if v, why := VersionAt([]EarnRule{first, second}, day(9)); v.Version != 1 || why != "" {
		t.Errorf("before, with a first day: version %d, %q", v.Version, why)
	}
}
