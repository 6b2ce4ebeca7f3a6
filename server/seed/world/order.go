package world

import (
	"fmt"
	"math"
	"slices"
	"time"

	"github.com/meguri-crm/meguri/crm/mall"
)

// Order is one order with its life: placed, shipped, completed or cancelled.
type Order struct {
	Mall mall.Mall

	no          string
	at          time.Time
	shippedAt   time.Time
	cancelledAt time.Time // zero: never
	lines       []line
	coupon      string
	shopCoupon  int64 // yen
	mallCoupon  int64
	pointsUsed  int64 // the mall's own
	gift        bool
	refunded    int64 // yen of the goods, known some days after the shipment
	spoilt      int   // 1…: how the till has spoilt its row
}

type line struct {
	product  *Product
	quantity int64
}

const (
	shippingFee   = 550  // yen
	freeFrom      = 3980 // goods in yen from which shipping is free
	completeAfter = 8 * 24 * time.Hour
	refundAfter   = 4 * 24 * time.Hour
)

func (o *Order) goods() (sum int64) {
	for _, l := range o.lines {
		sum += l.product.Price * l.quantity
	}
	return sum
}

func (o *Order) shipping() int64 {
	if o.Mall == mall.Store || o.goods() >= freeFrom || o.lines[0].product == trial {
		return 0
	}
	return shippingFee
}

// state is what a mall would say of the order at an instant: the till knows what
// is paid only, and two of the malls do not tell what is completed.
func (o *Order) state(at time.Time) mall.OrderStatus {
	switch {
	case o.Mall == mall.Store:
		return mall.Completed
	case !o.cancelledAt.IsZero() && !at.Before(o.cancelledAt):
		return mall.Cancelled
	case !at.Before(o.shippedAt.Add(completeAfter)) && (o.Mall == mall.Rakuten || o.Mall == mall.Yahoo):
		return mall.Completed
	case !at.Before(o.shippedAt):
		return mall.Shipped
	}
	return mall.Placed
}

// refundedBy is what has gone back at an instant.
func (o *Order) refundedBy(at time.Time) int64 {
	if at.Before(o.shippedAt.Add(refundAfter)) {
		return 0
	}
	return o.refunded
}

// told reports whether a file of the time between two ticks tells of the order:
// it is new, or its state has moved on.
func (o *Order) told(from, to time.Time) bool {
	if !o.at.Before(to) {
		return false
	}
	return !o.at.Before(from) || o.state(from) != o.state(to) || o.refundedBy(from) != o.refundedBy(to)
}

// kind is how somebody buys.
type kind struct {
	count func(g dice) int
	gap   float64 // days between orders, on average
	large bool    // buys for others, too
}

// Most people buy once or twice, a few come back for years.
var kinds = []kind{
	{func(dice) int { return 1 }, 0, false},
	{func(dice) int { return 2 }, 80, false},
	{func(g dice) int { return 3 + g.IntN(5) }, 62, false},
	{func(g dice) int { return 8 + g.IntN(16) }, 33, false},
	{func(g dice) int { return 9 + g.IntN(20) }, 27, true},
}

// kindsOf say how many of whom a mall brings in: sales bring people who never
// come back, the merchant's own shops keep theirs.
var kindsOf = map[mall.Mall][]int{
	mall.Rakuten: {590, 180, 150, 62, 18}, mall.OwnSite: {370, 200, 240, 150, 40}, mall.Yahoo: {560, 200, 160, 65, 15},
	mall.Amazon: {620, 200, 130, 45, 5}, mall.Store: {390, 210, 240, 125, 35},
}

// buy gives a person his orders. A third of those who come back try another shop.
func (g dice) buy(p *Person) {
	k := kinds[g.weighted(kindsOf[p.first]...)]
	wanders := g.chance(36) && p.first != mall.Amazon
	favourites := g.favourites()
	day := g.firstDay(p.first)
	if k.gap > 0 && k.gap < 60 && day.After(g.w.Day(200)) {
		day = day.AddDate(0, 0, -150-g.IntN(200))
	}
	for n := range k.count(g) {
		on := p.first
		if n > 0 && wanders && g.chance(45) {
			on = []mall.Mall{mall.OwnSite, mall.Rakuten, mall.Yahoo, mall.Store}[g.weighted(50, 22, 16, 12)]
		}
		basket := basket{first: n == 0, large: k.large, favourites: favourites}
		o := g.place(on, day, p, basket)
		for ; o == nil && n == 0; o = g.place(on, day, p, basket) { // everybody buys once
			day = day.AddDate(0, 0, -9)
		}
		if o == nil {
			break
		}
		o.number(p, n+1)
		p.Orders = append(p.Orders, o)
		day = o.at.AddDate(0, 0, 6+int(g.ExpFloat64()*k.gap))
	}
	if p.lateFound() {
		g.tryYahoo(p)
	}
	p.changePhone()
}

// mostLate bounds the numbers of people who are found late: every merge is work
// for staff to look through, and a large merchant has enough of it.
const mostLate = 5_000

// tryYahoo lets a person buy on Yahoo! twice in the last months.
func (g dice) tryYahoo(p *Person) {
	for i, before := range []int{110, 24} {
		if o := g.place(mall.Yahoo, g.w.Day(before), p, basket{}); o != nil {
			o.number(p, mostOrders-1-i)
			p.Orders = append(p.Orders, o)
		}
	}
	slices.SortStableFunc(p.Orders, func(a, b *Order) int { return a.at.Compare(b.at) })
}

// changePhone lets some who buy on Yahoo! and elsewhere give another number there
// at first, so that they are strangers until the last order tells who they are.
func (p *Person) changePhone() {
	var there []*Order
	for _, o := range p.Orders {
		if o.Mall == mall.Yahoo {
			there = append(there, o)
		}
	}
	if p.No <= mostLate && p.other != "" && len(there) > 1 && len(there) < len(p.Orders) {
		p.changed, p.oldPhone = there[len(there)-1].at, "070-0"+p.phone[5:]
	}
}

// firstDay is when somebody comes to a mall: more of them every year, and on the
// mall's great days.
func (g dice) firstDay(m mall.Mall) time.Time {
	ago := 0.3 + math.Pow(g.Float64(), 1.15)*(historyDays-1)
	return g.drawn(m, g.w.Day(int(ago)), 14)
}

// drawn moves a day to one that draws people to the mall.
func (g dice) drawn(m mall.Mall, day time.Time, around int) time.Time {
	best, most := day, 0.0
	for range 4 {
		d := day.AddDate(0, 0, g.IntN(2*around+1)-around)
		if weight := pull(m, d) * g.Float64(); weight > most {
			best, most = d, weight
		}
	}
	return best
}

// basket is what guides an order's lines.
type basket struct {
	first, large bool
	favourites   []*Product
}

func (g dice) order(on mall.Mall, day time.Time, p *Person) *Order {
	return g.place(on, day, p, basket{})
}

// place makes an order of about a day; nil when that is beyond the end.
func (g dice) place(on mall.Mall, day time.Time, p *Person, b basket) *Order {
	at := g.daytime(g.drawn(on, day, 4))
	if at.Before(g.w.Begin()) {
		at = at.AddDate(0, 0, int(g.w.Begin().Sub(at).Hours()/24)+1)
	}
	if !at.Before(g.w.End) {
		return nil
	}
	o := &Order{Mall: on, at: at}
	g.fill(o, b)
	g.discount(o)
	g.deliver(o)
	if o.lines[0].product.gift {
		o.gift = on != mall.Store && !p.nameless && g.chance(60)
	}
	return o
}

// fill puts what somebody buys into the order: what he always drinks, or what
// the season has.
func (g dice) fill(o *Order, b basket) {
	if b.first && o.Mall != mall.Store && g.chance(22) {
		o.lines = []line{{trial, 1}}
		return
	}
	lines := 1 + g.weighted(46, 32, 16, 6)
	if b.large {
		lines++
	}
	for range lines {
		p := g.seasonal(o.at)
		if len(b.favourites) > 0 && g.chance(50) {
			p = oneOf(g, b.favourites)
		}
		if slices.ContainsFunc(o.lines, func(l line) bool { return l.product == p }) {
			continue
		}
		quantity := int64(1 + g.weighted(78, 15, 7))
		if b.large && p.gift {
			quantity += int64(1 + g.IntN(4))
		}
		o.lines = append(o.lines, line{p, quantity})
	}
}

// coupons are the merchant's own, one for each mall.
var coupons = map[mall.Mall]string{mall.Rakuten: "RKT300", mall.OwnSite: "MEGURI300", mall.Yahoo: "YHO300", mall.Store: "STORE300"}

func (g dice) discount(o *Order) {
	goods := o.goods()
	if code := coupons[o.Mall]; code != "" && goods >= 3000 && g.chance(20) {
		o.coupon, o.shopCoupon = code, 300
	}
	if o.Mall == mall.Amazon && goods >= 2000 && g.chance(12) {
		o.shopCoupon = goods / 20
	}
	if o.Mall != mall.Rakuten && o.Mall != mall.Yahoo {
		return
	}
	if sale(o.Mall, o.at) && g.chance(24) {
		o.mallCoupon = 200
	}
	if rest := goods - o.shopCoupon - o.mallCoupon; rest > 500 && g.chance(26) {
		o.pointsUsed = min(int64(50+g.IntN(900)), rest/2)
	}
}

func (g dice) deliver(o *Order) {
	o.shippedAt = o.at.Add(time.Duration(18+g.IntN(40)) * time.Hour)
	switch {
	case o.Mall == mall.Store:
		o.shippedAt = o.at
	case g.permille(35):
		o.cancelledAt = o.at.Add(time.Duration(1+g.IntN(16)) * time.Hour)
	case o.Mall == mall.OwnSite && g.permille(20):
		o.refunded = o.lines[0].product.Price * o.lines[0].quantity
		o.refunded = min(o.refunded, o.goods()-o.shopCoupon)
	}
}

// daytime moves a day to an hour at which people shop, most in the evening.
func (g dice) daytime(t time.Time) time.Time {
	hour := []int{8, 10, 12, 15, 18, 20, 21, 22}[g.weighted(5, 8, 12, 9, 11, 18, 22, 15)]
	y, m, d := t.In(Japan).Date()
	return time.Date(y, m, d, hour, g.IntN(60), g.IntN(60), 0, Japan)
}

// mostOrders is more than anybody places by himself.
const mostOrders = 40

// number gives the n-th order of a person the number the mall would give it.
func (o *Order) number(p *Person, n int) {
	id := p.No*64 + n
	switch o.Mall {
	case mall.Rakuten:
		o.no = fmt.Sprintf("300001-%s-%010d", o.at.In(Japan).Format("20060102"), id)
	case mall.Yahoo:
		o.no = fmt.Sprintf("chaho-meguri-%08d", 10_000_000+id)
	case mall.Amazon:
		o.no = fmt.Sprintf("250-%07d-%07d", id/1000, id%1000*7+1_000_000)
	case mall.Store:
		o.no = fmt.Sprintf("POS%s-%08d", o.at.In(Japan).Format("060102"), id)
	default:
		o.no = fmt.Sprintf("#%d", 100_000+id)
	}
}
