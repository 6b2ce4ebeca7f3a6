package points

import (
	"math/rand/v2"
	"slices"
	"testing"
)

func TestWhatEachLineEarns(t *testing.T) {
	tea := Line{Key: "1", SKU: "tea", Category: "drinks", Quantity: 2, Amount: 3000}
	cup := Line{Key: "2", SKU: "cup", Category: "ware", Quantity: 1, Amount: 1000}
	free := Line{Key: "3", SKU: "card", Quantity: 1}
	both := Purchase{Amounts: Amounts{Goods: 4000}, Lines: []Line{tea, cup}}
	drinks := Conditions{Categories: []string{"drinks"}}
	tests := []struct {
		name string
		of   Purchase
		by   []EarnRule
		want []int64
	}{
		{"by their money", both, nil, []int64{30, 10}},
		{"the remainder goes to the largest", Purchase{Amounts: Amounts{Goods: 400}, Lines: []Line{{Key: "1", Amount: 199}, {Key: "2", Amount: 101}, {Key: "3", Amount: 100}}}, nil, []int64{2, 1, 1}},
		{"of equal ones to the first", Purchase{Amounts: Amounts{Goods: 300}, Lines: []Line{{Key: "1", Amount: 150}, {Key: "2", Amount: 150}}}, nil, []int64{2, 1}},
		{"what was rounded is made up for", Purchase{Amounts: Amounts{Goods: 300}, Lines: []Line{{Key: "1", Amount: 150}, {Key: "2", Amount: 150}}}, []EarnRule{times(1, 20_000, Conditions{})}, []int64{3, 3}},
		{"some goods twice", both, []EarnRule{times(1, 20_000, drinks)}, []int64{60, 10}},
		{"some goods by another rate", both, []EarnRule{rate(1, 100, 5, drinks)}, []int64{150, 10}},
		{"a bonus per piece", both, []EarnRule{bonus(1, 7, PerItem, drinks)}, []int64{44, 10}},
		{"a bonus per line, also of what is free", Purchase{Amounts: both.Amounts, Lines: []Line{tea, cup, free}}, []EarnRule{bonus(1, 7, PerLine, Conditions{})}, []int64{37, 17, 7}},
		{"a bonus for the order by money", both, []EarnRule{bonus(1, 50, PerOrder, Conditions{})}, []int64{68, 22}}, // 37.5 and 12.5: the first gets the half
		{"a cap cuts all alike", both, []EarnRule{capped(times(1, 30_000, Conditions{}), Caps{Order: 40})}, []int64{60, 20}},
		{"the coupon is shared", Purchase{Amounts: Amounts{Goods: 4000, ShopCoupon: 1000}, Lines: []Line{tea, cup}}, nil, []int64{23, 7}}, // 22.5 and 7.5
		{"a discount is no goods", Purchase{Amounts: Amounts{Goods: 3500}, Lines: []Line{tea, cup, {Key: "3", Amount: -500, Quantity: 1}}}, nil, []int64{26, 9, 0}},
	}
	for _, tt := range tests {
		b := yen(StackAdd, 10_000).ByLine(tt.by, tt.of, nil)
		got := make([]int64, len(b.Lines))
		for i, l := range b.Lines {
			got[i] = l.Points
		}
		if !slices.Equal(got, tt.want) {
			t.Errorf("%s: %v of %d, want %v", tt.name, got, b.Total, tt.want)
		}
	}
}

func TestWhatStaysWhenGoodsComeBack(t *testing.T) {
	tea := Line{Key: "1", SKU: "tea", Category: "drinks", Quantity: 3, Amount: 3000}
	cup := Line{Key: "2", SKU: "cup", Category: "ware", Quantity: 1, Amount: 2000}
	both := Purchase{Amounts: Amounts{Goods: 5000}, Lines: []Line{tea, cup}}
	teas := func(n int64) *Line { return &Line{Key: "1", SKU: "tea", Quantity: n, Amount: 1000 * n} }
	onCup, onTea := Conditions{SKUs: []string{"cup"}}, Conditions{SKUs: []string{"tea"}}
	tests := []struct {
		name string
		rest []*Line
		by   []EarnRule
		want int64
	}{
		{"nothing came back", []*Line{&tea, &cup}, nil, 50},
		{"the other line's points", []*Line{nil, &cup}, []EarnRule{times(1, 50_000, onCup)}, 100},
		{"a piece", []*Line{teas(2), &cup}, []EarnRule{times(1, 50_000, onCup)}, 120},
		{"a broken point stays", []*Line{teas(1), nil}, []EarnRule{bonus(1, 5, PerLine, onTea), bonus(2, 10, PerOrder, onTea)}, 10 + 5 + 4},
		{"money alone", []*Line{{Key: "1", SKU: "tea", Quantity: 3, Amount: 1500}, &cup}, nil, 35},
		{"a cap that had cut is filled up", []*Line{nil, &cup}, []EarnRule{capped(times(1, 50_000, Conditions{}), Caps{Order: 60})}, 20 + 60},
		{"no further than the rest earned", []*Line{teas(1), nil}, []EarnRule{capped(times(1, 50_000, Conditions{}), Caps{Order: 60})}, 10 + 40},
		{"too little is left for a rule", []*Line{&tea, nil}, []EarnRule{times(1, 20_000, Conditions{MinAmount: 4000})}, 30},
		{"enough is left", []*Line{&tea, nil}, []EarnRule{times(1, 20_000, Conditions{MinAmount: 3000})}, 60},
		{"all came back", []*Line{nil, nil}, []EarnRule{bonus(1, 7, PerOrder, Conditions{})}, 0},
	}
	for _, tt := range tests {
		now := Amounts{}
		for _, l := range tt.rest {
			now.Goods += lineOrNone(l).Amount
		}
		if b := yen(StackAdd, 10_000).Keep(tt.by, both, tt.rest, now, nil); b.Total != tt.want {
			t.Errorf("%s: %d stay, want %d: %+v", tt.name, b.Total, tt.want, b.Parts)
		}
	}
}

// In whatever order and parts goods come back: each takes back what it earned, never
// is anything given for it, no sequence of parts makes a difference, and when all is
// back nothing is kept.
func TestGoodsComeBackExactly(t *testing.T) {
	r := rand.New(rand.NewPCG(6, 9))
	for n := range 3_000 {
		programme, sold := anyProgramme(r), anyPurchase(r)
		for i := range sold.Lines {
			sold.Lines[i].Key, sold.Lines[i].Quantity = string(rune('1'+i)), 1+r.Int64N(4)
		}
		var rules []EarnRule
		free := true // of caps and least amounts
		for id := range int64(r.IntN(5)) {
			rules = append(rules, anyRule(r, id+1, n%2 == 0, n%3 == 0))
			free = free && rules[id].Caps == Caps{} && rules[id].MinAmount == 0
		}
		if len(sold.Lines) == 0 {
			continue
		}
		all := programme.ByLine(rules, sold, nil)
		if worked := programme.Work(rules, sold, nil); worked.Total != all.Total || len(rules) > 0 && !slices.Equal(worked.Parts, all.Parts) {
			t.Fatalf("run %d: by line %+v, else %+v", n, all, worked)
		}
		now := sold
		now.Lines = slices.Clone(sold.Lines)
		keeps := func() Breakdown {
			there := now
			there.Lines = slices.DeleteFunc(slices.Clone(now.Lines), func(l Line) bool { return l.Quantity == 0 })
			rest, ok := there.restOf(sold, []Rule{{Base: BaseGoods}})
			if !ok {
				t.Fatalf("run %d: %+v is not what is left of %+v", n, there, sold)
			}
			b := programme.Keep(rules, sold, rest, there.Amounts, nil)
			var lines, parts int64
			for _, l := range b.Lines {
				if lines += l.Points; l.Points < 0 {
					t.Fatalf("run %d: a line earned %d", n, l.Points)
				}
			}
			for _, p := range b.Parts {
				parts += p.Points
			}
			if lines != b.Total || parts != b.Total {
				t.Fatalf("run %d: lines %d, parts %d of %d", n, lines, parts, b.Total)
			}
			return b
		}
		kept := keeps()
		for left := len(now.Lines); left > 0; {
			i := r.IntN(len(now.Lines))
			l := &now.Lines[i]
			if l.Quantity == 0 {
				continue
			}
			back := 1 + r.Int64N(l.Quantity)
			money := l.Amount * back / l.Quantity
			l.Quantity, l.Amount, now.Goods = l.Quantity-back, l.Amount-money, now.Goods-money
			was := kept
			if kept = keeps(); kept.Total > was.Total {
				t.Fatalf("run %d: %d after %d of line %d came back, %d before", n, kept.Total, back, i, was.Total)
			}
			if l.Quantity > 0 {
				continue
			}
			left--
			if free && was.Total-kept.Total != was.Lines[i].Points {
				t.Fatalf("run %d: line %d took back %d, it had %d", n, i, was.Total-kept.Total, was.Lines[i].Points)
			}
		}
		if kept.Total != 0 {
			t.Fatalf("run %d: %d are kept when all is back", n, kept.Total)
		}
	}
}

// Only what went back is a return; anything else is another order.
func TestRestOf(t *testing.T) {
	a, b := Line{Key: "1", SKU: "a", Quantity: 2, Amount: 200}, Line{Key: "2", SKU: "b", Quantity: 1, Amount: 100}
	off := Line{Key: "3", SKU: "off", Quantity: 1, Amount: -50}
	sold := Purchase{Amounts: Amounts{Goods: 250, ShopCoupon: 100, Shipping: 30}, Lines: []Line{a, b, off}}
	of := func(goods, coupon int64, lines ...Line) Purchase {
		return Purchase{Amounts: Amounts{Goods: goods, ShopCoupon: coupon, Shipping: 30}, Lines: lines}
	}
	one := Line{Key: "1", SKU: "a", Quantity: 1, Amount: 100}
	anew := Line{Key: "1", SKU: "b", Quantity: 1, Amount: 100}
	tests := []struct {
		name string
		now  Purchase
		want []int64 // quantities; nil: it is none
	}{
		{"as it was", of(250, 100, a, b, off), []int64{2, 1, 1}},
		{"a piece", of(150, 100, one, b, off), []int64{1, 1, 1}},
		{"a line, the coupon stays", of(50, 100, b, off), []int64{0, 1, 1}},
		{"the coupon goes down in proportion", of(150, 60, one, b, off), []int64{1, 1, 1}},
		{"the coupon goes down further", of(150, 50, one, b, off), nil},
		{"the coupon alone", of(250, 90, a, b, off), nil},
		{"lines are numbered anew", of(50, 100, anew, Line{Key: "2", SKU: "off", Quantity: 1, Amount: -50}), []int64{0, 1, 1}},
		{"more than was sold", of(350, 100, Line{Key: "1", SKU: "a", Quantity: 3, Amount: 300}, b, off), nil},
		{"a dearer line", of(260, 100, Line{Key: "1", SKU: "a", Quantity: 2, Amount: 210}, b, off), nil},
		{"a new line", of(260, 100, a, b, off, Line{Key: "4", SKU: "d", Quantity: 1, Amount: 10}), nil},
		{"the discount was taken off", of(300, 100, a, b), nil},
		{"goods that no line tells of", of(240, 100, a, b, off), nil},
	}
	for _, tt := range tests {
		rest, ok := tt.now.restOf(sold, []Rule{{Base: BaseNetGoods}})
		var got []int64
		for _, l := range rest {
			got = append(got, lineOrNone(l).Quantity)
		}
		if ok != (tt.want != nil) || ok && !slices.Equal(got, tt.want) {
			t.Errorf("%s: %v, %v; want %v", tt.name, got, ok, tt.want)
		}
	}
	dearer := sold
	dearer.Shipping = 0
	if _, ok := dearer.restOf(sold, []Rule{{Base: BaseNetGoods}}); !ok {
		t.Error("shipping that earns nothing makes it another order")
	}
	if _, ok := dearer.restOf(sold, []Rule{{Base: BaseTotal}}); ok {
		t.Error("shipping that earned is gone, and it counts as goods that came back")
	}
}
