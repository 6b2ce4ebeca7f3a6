package points

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/meguri-crm/meguri/db"
)

// walk makes one random history of a book in memory, the way the service does:
// every operation first brings the book up to its instant.
type walk struct {
	t      *testing.T
	rnd    *rand.Rand
	b      *book
	now    time.Time
	orders []*order
	back   map[*line]map[*lot]int64 // what of a spending was reversed
	seq    *int64                   // shared by walks that are merged with each other
	kin    func() []*walk
}

// Any interleaving of earn, hold, capture, expire, return and cancel replays to
// the balance, and breaks no promise of the package.
func TestAnyHistoryReplaysToTheBalance(t *testing.T) {
	for seed := range uint64(400) {
		w := newWalk(t, rand.New(rand.NewPCG(seed, 1)), 1, new(int64))
		for range 120 {
			w.step()
			w.number()
			w.check()
		}
		if t.Failed() {
			t.Fatalf("seed %d", seed)
		}
	}
}

func newWalk(t *testing.T, rnd *rand.Rand, customer int64, seq *int64) *walk {
	w := &walk{t: t, rnd: rnd, b: &book{}, now: time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC), seq: seq, back: map[*line]map[*lot]int64{}}
	w.b.account.CustomerID = customer
	w.kin = func() []*walk { return []*walk{w} }
	return w
}

func (w *walk) step() {
	w.now = w.now.Add(time.Duration(w.rnd.IntN(80)) * time.Hour / 4)
	w.b.advance(w.now)
	amount := int64(1 + w.rnd.IntN(120))
	set := DefaultSettings()
	set.ExpiryMonths, set.PendingDays, set.RestoreGraceDays = 1, 3, w.rnd.IntN(3)
	if w.rnd.IntN(4) == 0 {
		set.Shortfall = ShortfallForgive
	}
	switch w.rnd.IntN(9) {
	case 0:
		w.grant(amount)
	case 1, 2:
		w.newOrder(amount, set)
	case 3:
		w.changeOrder(amount, set)
	case 4:
		w.spend(amount)
	case 5:
		w.hold(amount)
	case 6:
		w.reverse(amount, set)
	default:
		w.closeHold()
	}
}

func (w *walk) cause(reason string) Cause {
	return Cause{Reason: reason, key: fmt.Sprint("walk:", w.next())}
}

func (w *walk) next() int64 {
	*w.seq++
	return *w.seq
}

func (w *walk) grant(amount int64) {
	t := Terms{EarnedAt: w.now, UsableAt: &w.now}
	if w.rnd.IntN(3) > 0 {
		end := w.now.Add(time.Duration(1+w.rnd.IntN(200)) * time.Hour)
		t.ExpiresAt = &end
	}
	if w.rnd.IntN(3) == 0 {
		usable := w.now.Add(time.Duration(w.rnd.IntN(300)) * time.Hour)
		t.UsableAt = &usable
	}
	w.b.grant(w.now, amount, t, w.cause("STAFF"))
}

func (w *walk) newOrder(amount int64, set Settings) {
	id := w.next()
	joined := time.Time{}
	o := &order{CustomerID: w.b.account.CustomerID, ID: id, ShopID: 1, OrderNo: fmt.Sprint(id), Kind: "SALE", Status: "PLACED", OrderedAt: w.now, Currency: "JPY", Goods: amount * 100, MemberSince: &joined, Multiplier: 10000}
	if w.rnd.IntN(6) == 0 {
		o.Kind, o.Goods = "RETURN", -o.Goods
	}
	w.orders = append(w.orders, o)
	w.settle(o, set)
}

func (w *walk) changeOrder(amount int64, set Settings) {
	if len(w.orders) == 0 {
		return
	}
	o := w.orders[w.rnd.IntN(len(w.orders))]
	switch w.rnd.IntN(3) {
	case 0:
		at := w.now
		o.ShippedAt, o.Status = &at, "SHIPPED"
	case 1:
		if o.Kind == "SALE" {
			o.Goods = amount * 100
		}
	default:
		o.Status = "CANCELLED"
		o.spent = w.spentOn(o.OrderNo)
	}
	w.settle(o, set)
}

func (w *walk) settle(o *order, set Settings) {
	p := &programme{Settings: set, zone: tokyo, rules: &catalog{}, used: &usage{byOwner: map[owner][]*use{}, totals: map[int64]int64{}}}
	if err := w.b.settle(w.now, o, p); err != nil {
		w.t.Error(err)
	}
	books := map[int64]*book{}
	for _, k := range w.kin() {
		books[k.b.account.CustomerID] = k.b
	}
	giveBackSpent(books, w.now, o, set, tokyo)
	before := len(w.b.lines)
	if err := w.b.settle(w.now, o, p); err != nil || len(w.b.lines) != before {
		w.t.Errorf("settling twice booked %s; %v", w.b.lines[len(w.b.lines)-1].Kind, err)
	}
}

// spentOn is what the lines say was spent on an order and not given back.
func (w *walk) spentOn(no string) (parts []posting) {
	sums := map[*lot]int64{}
	var order []*lot
	var lines []*line
	for _, k := range w.kin() {
		lines = append(lines, k.b.lines...)
	}
	for _, l := range lines {
		if l.OrderNo == nil || *l.OrderNo != no {
			continue
		}
		for _, p := range l.postings {
			if p.account == redeemed {
				if _, ok := sums[p.lot]; !ok {
					order = append(order, p.lot)
				}
				sums[p.lot] += p.amount
			}
		}
	}
	for _, of := range order {
		if sums[of] > 0 {
			parts = append(parts, posting{lot: of, amount: sums[of]})
		}
	}
	return parts
}

func (w *walk) onSomeOrder(c Cause) Cause {
	if len(w.orders) > 0 && w.rnd.IntN(2) == 0 {
		o := w.orders[w.rnd.IntN(len(w.orders))]
		c.ShopID, c.OrderNo = &o.ShopID, &o.OrderNo
	}
	return c
}

func (w *walk) spend(amount int64) {
	had := w.b.account.Available
	l, err := w.b.spend(w.now, "REDEEM", redeemed, amount, w.onSomeOrder(w.cause("API")))
	if (err == nil) != (amount <= had) {
		w.t.Errorf("spending %d of %d: %v", amount, had, err)
	}
	if err == nil {
		w.firstExpiringFirst(l)
	}
}

// firstExpiringFirst: no lot was touched while one before it in the order of
// spending kept something free.
func (w *walk) firstExpiringFirst(l *line) {
	touched := map[*lot]bool{}
	for _, p := range l.postings {
		touched[p.lot] = true
	}
	w.b.sortLots()
	left := false
	for _, of := range w.b.lots {
		if touched[of] && left {
			w.t.Errorf("lot %d was spent from before an earlier one was used up", of.ID)
		}
		left = left || of.Status == lotUsable && of.free() > 0
	}
}

func (w *walk) hold(amount int64) {
	_, _ = w.b.reserve(w.now, amount, w.now.Add(time.Duration(1+w.rnd.IntN(90))*time.Minute*30), w.onSomeOrder(w.cause("API")))
}

func (w *walk) closeHold() {
	if len(w.b.holds) == 0 {
		return
	}
	h := w.b.holds[w.rnd.IntN(len(w.b.holds))]
	open := h.Status == holdOpen
	c := w.cause("API").ofOrder(h)
	var err error
	if w.rnd.IntN(3) == 0 {
		_, err = w.b.release(w.now, h, c)
	} else {
		_, err = w.b.capture(w.now, h, w.rnd.Int64N(h.Amount+1), c)
	}
	if (err == nil) != open {
		w.t.Errorf("closing a hold that is open %v: %v", open, err)
	}
}

// number gives new lots and lines the ids that the store would give them.
func (w *walk) number() {
	for i, l := range w.b.lines {
		l.ID = int64(i + 1)
	}
	for _, l := range w.b.lots {
		if l.ID == 0 {
			l.ID = w.next()
		}
		l.born = nil
	}
	for _, h := range w.b.holds {
		if h.ID == 0 {
			h.ID = w.next()
		}
		h.nameLots()
	}
}

// check replays all lines from nothing.
func (w *walk) check() {
	var sum db.PointAccount
	lots, heldOf := map[*lot]int64{}, map[*lot]int64{}
	keys := map[string]bool{}
	last := time.Time{}
	for _, l := range w.b.lines {
		var total int64
		for _, p := range l.postings {
			total += p.amount
			switch p.account {
			case available:
				sum.Available += p.amount
			case pending:
				sum.Pending += p.amount
			case held:
				sum.Held += p.amount
				heldOf[p.lot] += p.amount
			case debt:
				sum.Debt -= p.amount
				continue
			default:
				continue
			}
			lots[p.lot] += p.amount
		}
		if total != 0 || len(l.postings) < 2 {
			w.t.Errorf("line %d %s: %d postings add up to %d", l.ID, l.Kind, len(l.postings), total)
		}
		if sum.Available < 0 || sum.Pending < 0 || sum.Held < 0 || sum.Debt < 0 || sum.Available != l.AvailableAfter {
			w.t.Errorf("after line %d %s: %+v, kept %d", l.ID, l.Kind, sum, l.AvailableAfter)
		}
		if keys[l.IdempotencyKey] {
			w.t.Errorf("line %d %s: key %s is used twice", l.ID, l.Kind, l.IdempotencyKey)
		}
		if l.OccurredAt.Before(last) {
			w.t.Errorf("line %d %s happened before the one it follows", l.ID, l.Kind)
		}
		keys[l.IdempotencyKey], last = true, l.OccurredAt
	}
	a := w.b.account
	if a.Available != sum.Available || a.Pending != sum.Pending || a.Held != sum.Held || a.Debt != sum.Debt {
		w.t.Errorf("the lines replay to %+v, the account is %+v", sum, a)
	}
	if a.Debt > 0 && a.Available > 0 {
		w.t.Errorf("%d available beside a debt of %d: usable points pay it off", a.Available, a.Debt)
	}
	for _, l := range w.b.lots {
		if lots[l] != l.Remaining || heldOf[l] != l.Held || l.free() < 0 || l.Remaining > l.Amount || l.ClawedBack > l.Amount {
			w.t.Errorf("lot %+v: the lines say %d, %d held", l.PointLot, lots[l], heldOf[l])
		}
		if l.Status == lotUsable && l.free() > 0 && l.ExpiresAt != nil && !l.ExpiresAt.After(w.now) {
			w.t.Errorf("lot %d has %d free after its last day", l.ID, l.free())
		}
	}
	for l, sum := range lots {
		if sum != 0 && !slices.Contains(w.b.lots, l) {
			w.t.Errorf("%d of lot %d, which another customer has", sum, l.ID)
		}
	}
	w.checkHolds()
	w.checkOrders()
}

// checkHolds: what open holds took is what lots of the same customer reserve.
func (w *walk) checkHolds() {
	reserved := map[int64]int64{}
	for _, h := range w.b.holds {
		var took int64
		for _, a := range h.Allocations {
			took += a.Amount
			if h.Status == holdOpen {
				reserved[a.Lot] += a.Amount
			}
		}
		if took != h.Amount {
			w.t.Errorf("hold %d of %d took %d", h.ID, h.Amount, took)
		}
	}
	for _, l := range w.b.lots {
		if reserved[l.ID] != l.Held {
			w.t.Errorf("lot %d reserves %d, its holds say %d", l.ID, l.Held, reserved[l.ID])
		}
		delete(reserved, l.ID)
	}
	if len(reserved) > 0 {
		w.t.Errorf("holds of lots that another customer has: %v", reserved)
	}
}

// checkOrders: after settling, what an order's lots gave and did not take back
// is what the order is worth.
func (w *walk) checkOrders() {
	for _, o := range w.orders {
		if o.Kind != "SALE" || !o.cancelled() {
			continue
		}
		for _, l := range w.b.lotsOf(o.ID) {
			if l.ClawedBack != l.Amount {
				w.t.Errorf("cancelled order %d still has %d of a lot", o.ID, l.Amount-l.ClawedBack)
			}
		}
	}
}
