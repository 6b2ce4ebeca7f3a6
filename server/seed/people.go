package seed

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"time"

	"github.com/meguri-crm/meguri/crm/mall"
)

// history is how far back the first orders lie.
const history = 730 * 24 * time.Hour

// person is one made-up customer with everything he is going to do.
type person struct {
	no                     int
	family, given          name
	gender                 string // 女, 男 or ""
	birth                  time.Time
	phone                  string
	home                   town
	house                  string
	mail, memberID, cardNo string
	joins                  bool // enrols once a shop knows him by number
	consents, withdraws    bool
	newsletter             bool // agrees to mail of the mall shop he buys on, where the mall has that
	orders                 []*order
}

// order is one order with its life: placed, shipped, completed or cancelled.
type order struct {
	no          string
	buyer       *person // nil: the mall names nobody
	mall        mall.Mall
	at          time.Time
	shippedAt   time.Time
	cancelledAt time.Time // zero: never
	lines       []line
	coupon      string
	discount    int64 // yen, paid by the shop
}

type line struct {
	product  product
	quantity int64
}

const (
	shippingFee   = 550  // yen
	freeFrom      = 5000 // goods in yen from which shipping is free
	completeAfter = 10 * 24 * time.Hour
)

func (o *order) goods() (sum int64) {
	for _, l := range o.lines {
		sum += l.product.price * l.quantity
	}
	return sum
}

func (o *order) shipping() int64 {
	if o.mall == mall.Store || o.goods() >= freeFrom {
		return 0
	}
	return shippingFee
}

func (o *order) total() int64 { return o.goods() + o.shipping() - o.discount }

// state is what a mall would say of the order at an instant.
func (o *order) state(at time.Time) mall.OrderStatus {
	switch {
	case !o.cancelledAt.IsZero() && !at.Before(o.cancelledAt):
		return mall.Cancelled
	case !at.Before(o.shippedAt.Add(completeAfter)):
		return mall.Completed
	case !at.Before(o.shippedAt):
		return mall.Shipped
	}
	return mall.Placed
}

// generator makes the same people for the same number and the same end.
type generator struct {
	*rand.Rand
	zone *time.Location
	end  time.Time
	seq  map[mall.Mall]int
}

func newGenerator(zone *time.Location, end time.Time) *generator {
	return &generator{Rand: rand.New(rand.NewPCG(0x6d656775, 0x7269)), zone: zone, end: end, seq: map[mall.Mall]int{}} //nolint:gosec // made-up people, always the same
}

func (g *generator) chance(percent int) bool { return g.IntN(100) < percent }

// weighted picks an index by weight.
func (g *generator) weighted(weights ...int) int {
	total := 0
	for _, w := range weights {
		total += w
	}
	n := g.IntN(total)
	for i, w := range weights {
		if n -= w; n < 0 {
			return i
		}
	}
	return len(weights) - 1
}

func oneOf[T any](g *generator, list []T) T { return list[g.IntN(len(list))] }

// people makes n customers with their orders.
func (g *generator) people(n int) []*person {
	list := make([]*person, n)
	for i := range list {
		p := g.person(i + 1)
		g.buy(p)
		list[i] = p
	}
	return list
}

func (g *generator) person(no int) *person {
	p := &person{
		no: no, family: oneOf(g, familyNames), home: oneOf(g, towns),
		house: fmt.Sprintf("%d-%d-%d", 1+g.IntN(5), 1+g.IntN(20), 1+g.IntN(15)),
		// 090-0 is not given out to anybody.
		phone:    fmt.Sprintf("090-0%03d-%04d", no/10000, no%10000),
		memberID: fmt.Sprintf("M%06d", 100000+no), cardNo: fmt.Sprintf("9000%06d", no),
		joins: g.chance(78), consents: g.chance(82), withdraws: g.chance(8), newsletter: g.chance(25),
	}
	if g.chance(64) {
		p.given, p.gender = oneOf(g, femaleNames), "女"
	} else {
		p.given, p.gender = oneOf(g, maleNames), "男"
	}
	if g.chance(10) {
		p.gender = ""
	}
	if g.chance(70) {
		p.birth = time.Date(1950+g.IntN(55), time.Month(1+g.IntN(12)), 1+g.IntN(28), 0, 0, 0, 0, time.UTC)
	}
	domain := oneOf(g, []string{"example.com", "mail.example", "home.example"})
	p.mail = fmt.Sprintf("%s.%s%d@%s", p.given.roman, p.family.roman, no, domain)
	return p
}

// buy gives a person his orders: most people buy once or twice, a few come
// back for years, and a third of those who come back try another mall.
func (g *generator) buy(p *person) {
	kind := g.weighted(41, 21, 22, 16) // once, twice, regular, loyal
	count := []int{1, 2, 3 + g.IntN(4), 7 + g.IntN(14)}[kind]
	gap := []float64{0, 85, 60, 30}[kind] // days between orders, on average
	home := []mall.Mall{mall.Rakuten, mall.OwnSite, mall.Yahoo, mall.Store}[g.weighted(46, 27, 16, 11)]
	wanders := g.chance(38)

	ago := 1 + math.Pow(g.Float64(), 1.2)*(history.Hours()/24-1)
	if kind == 3 {
		ago = max(ago, 150+g.Float64()*200)
	}
	for range count {
		on := home
		if len(p.orders) > 0 && wanders && g.chance(55) {
			on = []mall.Mall{mall.OwnSite, mall.Rakuten, mall.Yahoo, mall.Store}[g.weighted(55, 20, 15, 10)]
		}
		o := g.order(on, ago)
		if o == nil {
			return
		}
		o.buyer = p
		p.orders = append(p.orders, o)
		ago -= 6 + g.ExpFloat64()*gap
	}
}

// strangers makes orders of a mall that names no buyer.
func (g *generator) strangers(n int) []*order {
	var list []*order
	for range n {
		if o := g.order(mall.Amazon, math.Pow(g.Float64(), 1.1)*history.Hours()/24); o != nil {
			list = append(list, o)
		}
	}
	return list
}

// order makes an order so many days before the end; nil when that lies beyond it.
func (g *generator) order(on mall.Mall, daysAgo float64) *order {
	at := g.daytime(g.end.Add(-time.Duration(daysAgo * 24 * float64(time.Hour))))
	if !at.Before(g.end) {
		return nil
	}
	o := &order{mall: on, at: at}
	weights := make([]int, len(products))
	for i, p := range products {
		weights[i] = p.weight
	}
	for range 1 + g.weighted(45, 33, 22) {
		p := products[g.weighted(weights...)]
		if !slices.ContainsFunc(o.lines, func(l line) bool { return l.product.sku == p.sku }) {
			o.lines = append(o.lines, line{p, int64(1 + g.weighted(80, 15, 5))})
		}
	}
	if on != mall.Amazon && o.goods() >= 3000 && g.chance(25) {
		o.coupon, o.discount = couponOf[on], 300
	}
	o.shippedAt = at.Add(time.Duration(20+g.IntN(50)) * time.Hour)
	if on == mall.Store {
		o.shippedAt = at
	} else if g.chance(4) {
		o.cancelledAt = at.Add(time.Duration(1+g.IntN(18)) * time.Hour)
	}
	return o
}

// daytime moves an instant to an hour at which people shop, most in the evening.
func (g *generator) daytime(t time.Time) time.Time {
	hour := []int{8, 10, 12, 15, 18, 20, 21, 22}[g.weighted(5, 8, 12, 9, 11, 18, 22, 15)]
	y, m, d := t.In(g.zone).Date()
	return time.Date(y, m, d, hour, g.IntN(60), g.IntN(60), 0, g.zone)
}

var couponOf = map[mall.Mall]string{mall.Rakuten: "RKT300", mall.OwnSite: "MEGURI300", mall.Yahoo: "YHO300", mall.Store: "STORE300"}

// number gives all orders their numbers, in the order they were placed.
func (g *generator) number(orders []*order) {
	slices.SortStableFunc(orders, func(a, b *order) int { return a.at.Compare(b.at) })
	for _, o := range orders {
		g.seq[o.mall]++
		n := g.seq[o.mall]
		day := o.at.In(g.zone)
		switch o.mall {
		case mall.Rakuten:
			o.no = fmt.Sprintf("300001-%s-%08d", day.Format("20060102"), n)
		case mall.Yahoo:
			o.no = fmt.Sprintf("chaho-meguri-%08d", 10000000+n)
		case mall.Amazon:
			o.no = fmt.Sprintf("250-%07d-%07d", 1000000+n, 2000000+n*7)
		case mall.Store:
			o.no = fmt.Sprintf("POS%s-%05d", day.Format("060102"), n)
		default:
			o.no = fmt.Sprintf("W%07d", n)
		}
	}
}
