// Package merchant makes up a merchant with shops on four malls: the people who
// buy there, their orders, the files those malls would export, and the truth
// about all of it. It is for tests.
//
// It owns what such files hold in life: one person on several malls, written
// differently on each (variant kanji, half-width kana, full-width digits, lost
// leading zeros, +81), households that share phone and address, addresses that
// a mall lends, gifts, cancellations, refunds, coupons of shop and mall, amounts
// not decided yet, orders nobody is named on. It promises that the same seed
// gives the same merchant, and that its truth is made before the files are
// written, by nothing of what reads them. What the product makes of the files
// is left to who compares it.
package merchant

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strconv"
	"time"

	"github.com/meguri-crm/meguri/crm/mall"
)

// Malls are those of the merchant, a shop on each.
var Malls = []mall.Mall{mall.Rakuten, mall.Amazon, mall.Yahoo, mall.Shopify}

// Merchant is one made-up merchant.
type Merchant struct {
	Orders []Order
	// People is how many people bought and are named on an order at least.
	People int
	// Customers is how many of them can be told apart by what the orders say:
	// more than People, because nothing may join some people's orders on two malls.
	Customers int
}

// Order is one order and the truth about it. Money is in yen.
type Order struct {
	Mall       mall.Mall
	No         string
	At         time.Time
	Status     mall.OrderStatus
	Lines      []Line
	Goods      int64
	Shipping   int64
	Fee        int64
	Tax        int64
	ShopCoupon int64
	MallCoupon int64
	Points     int64
	Refunded   int64
	Code       string // of the coupon
	Gift       bool
	// Customer numbers whose order it is, from 1; 0: the files name nobody.
	Customer int

	undecided bool // shipping, coupons and total are not decided yet
	waiting   bool // the recipient of a gift among friends has not answered yet
	byMall    bool // the mall keeps and ships the goods, and does not tell the shop for whom
	buyer     *account
}

// Line is one item of an order.
type Line struct {
	Key      string
	SKU      string
	Name     string
	Price    int64
	Quantity int64
}

// Amount is what the line costs.
func (l Line) Amount() int64 { return l.Price * l.Quantity }

// Total is what the order is worth before points and coupons of the mall.
func (o Order) Total() int64 {
	if o.Mall == mall.Shopify { // the one mall whose total is after the shop's coupon
		return o.Goods + o.Refunded - o.ShopCoupon + o.Shipping
	}
	return o.Goods + o.Shipping + o.Fee
}

// Net is what the shop sold: goods less its own coupons, nothing when cancelled.
func (o Order) Net() int64 {
	if o.Status == mall.Cancelled {
		return 0
	}
	return o.Goods - o.ShopCoupon
}

// Quantity is over all lines.
func (o Order) Quantity() (n int64) {
	for _, l := range o.Lines {
		n += l.Quantity
	}
	return n
}

// New makes up a merchant with about that many people.
func New(seed uint64, people int) *Merchant {
	w := &world{rng: rand.New(rand.NewPCG(seed, 4))} //nolint:gosec // made up people are no secret
	m := &Merchant{}
	for len(w.people) < people {
		w.household()
	}
	accounts := w.accounts()
	customers, named := joinable(accounts)
	for i, a := range accounts {
		for range 1 + w.rng.IntN(4) {
			o := w.order(a, len(m.Orders))
			if !o.waiting && !o.byMall {
				o.Customer = customers[i]
			}
			m.Orders = append(m.Orders, o)
		}
	}
	m.Customers, m.People = named(m.Orders)
	return m
}

// order is the n-th order, made with an account.
func (w *world) order(a *account, n int) Order {
	at := time.Date(2023, 1, 1, 0, 0, 0, 0, jst).Add(time.Duration(w.rng.IntN(2*365*24*60)) * time.Minute)
	o := Order{Mall: a.mall, At: at, buyer: a, Status: w.status(a.mall), Gift: w.chance(10)}
	o.Shipping = w.oneOf(0, 550, 880)
	for i := range 1 + w.rng.IntN(4) {
		item := w.rng.IntN(900)
		o.Lines = append(o.Lines, Line{SKU: fmt.Sprintf("it-%03d-%d", item, i), Name: goods[item%len(goods)], Price: 100 * int64(1+item%90), Quantity: int64(1 + w.rng.IntN(3))})
	}
	for _, l := range o.Lines {
		o.Goods += l.Amount()
	}
	if w.chance(20) {
		o.ShopCoupon, o.Code = min(o.Goods, w.oneOf(100, 300, 500)), w.word("SPRING-300", "夏-500", "AKI_10")
	}
	particular[a.mall](w, &o, n)
	return o
}

// particular is what each mall's orders have of their own.
var particular = map[mall.Mall]func(*world, *Order, int){
	mall.Rakuten: func(w *world, o *Order, n int) {
		o.No = fmt.Sprintf("123456-%s-%010d", o.At.Format("20060102"), n)
		for i := range o.Lines {
			o.Lines[i].Key = strconv.Itoa(n*10 + i)
		}
		o.Fee, o.MallCoupon, o.Points = w.oneOf(0, 0, 330), w.sometimes(15, 200), w.sometimes(20, 150)
		o.waiting = w.chance(1)
		if o.undecided = o.Status == mall.Placed && w.chance(30); o.undecided {
			o.Shipping, o.Fee, o.ShopCoupon, o.MallCoupon, o.Points, o.Code = 0, 0, 0, 0, 0, ""
		}
	},
	mall.Yahoo: func(w *world, o *Order, n int) {
		o.No = fmt.Sprintf("meguri-%08d", 10_000_000+n)
		for i := range o.Lines {
			o.Lines[i].Key = strconv.Itoa(i + 1)
		}
		o.Fee, o.MallCoupon, o.Points = w.oneOf(0, 0, 330), w.sometimes(15, 250), w.sometimes(20, 99)
	},
	mall.Amazon: func(w *world, o *Order, n int) {
		o.No = fmt.Sprintf("249-%07d-%07d", n, n*7%9_999_999)
		if len(o.Lines) > 1 && w.chance(10) { // the same item twice
			o.Goods += (o.Lines[0].Price - o.Lines[1].Price) * o.Lines[1].Quantity
			o.Lines[1].SKU, o.Lines[1].Price = o.Lines[0].SKU, o.Lines[0].Price
		}
		seen := map[string]int{}
		for i, l := range o.Lines {
			seen[l.SKU]++
			o.Lines[i].Key = fmt.Sprintf("%s#%d", l.SKU, seen[l.SKU])
		}
		o.Code, o.byMall, o.Fee = "", w.chance(30), w.sometimes(10, 275)
		o.Gift = o.Gift && !o.byMall
		o.ShopCoupon = min(o.ShopCoupon, o.Goods)
		o.Tax = o.Goods / 11
		if o.Status == mall.Cancelled { // the report empties what it had
			for i := range o.Lines {
				o.Lines[i].Price, o.Lines[i].Quantity = 0, 0
			}
			o.Goods, o.Shipping, o.Fee, o.Tax, o.ShopCoupon = 0, 0, 0, 0, 0
		}
	},
	mall.Shopify: func(w *world, o *Order, n int) {
		o.No = fmt.Sprintf("#%d", 1001+n)
		for i := range o.Lines {
			o.Lines[i].Key = strconv.Itoa(i + 1)
		}
		o.Tax = (o.Goods - o.ShopCoupon + o.Shipping) / 11
		if o.Status == mall.Shipped && w.chance(8) {
			o.Refunded = min(500, o.Goods-o.ShopCoupon)
			o.Goods -= o.Refunded
		}
	},
}

func (w *world) status(m mall.Mall) mall.OrderStatus {
	states := []mall.OrderStatus{mall.Placed, mall.Shipped, mall.Shipped, mall.Shipped, mall.Completed, mall.Completed}
	if m == mall.Amazon || m == mall.Shopify { // these know no more than shipped
		states = states[:4]
	}
	if w.chance(8) {
		return mall.Cancelled
	}
	return states[w.rng.IntN(len(states))]
}

// joinable numbers the customers that accounts can be told to be: accounts are
// one where they share what is sure, and what they share is sure again. named
// counts the customers and the people that orders name.
func joinable(accounts []*account) (customers []int, named func([]Order) (customers, people int)) {
	parent := make([]int, len(accounts))
	for i := range parent {
		parent[i] = i
	}
	root := func(i int) int {
		for parent[i] != i {
			i = parent[i]
		}
		return i
	}
	first := map[string]int{}
	for i, a := range accounts {
		for _, token := range a.sure() {
			if at, ok := first[token]; ok {
				parent[root(i)] = root(at)
			} else {
				first[token] = i
			}
		}
	}
	customers = make([]int, len(accounts))
	for i, a := range accounts {
		if len(a.sure()) > 0 {
			customers[i] = root(i) + 1
		}
	}
	return customers, func(orders []Order) (int, int) {
		var groups, people []int
		for _, o := range orders {
			if o.Customer != 0 {
				groups, people = append(groups, o.Customer), append(people, o.buyer.person.id)
			}
		}
		return distinct(groups), distinct(people)
	}
}

func distinct(n []int) int {
	slices.Sort(n)
	return len(slices.Compact(n))
}
