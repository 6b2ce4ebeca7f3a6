package points

import (
	"flag"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/meguri-crm/meguri/db"
)

var walkSeeds = flag.Uint64("points.walks", 20_000, "how many histories TestSoakMergeHistories walks")

// crowd is a few people who are merged and parted again while their points move.
type crowd struct {
	t      *testing.T
	rnd    *rand.Rand
	people []*walk
	seq    int64
	merges []*merged
	undone int
}

// merged is the record of one merge.
type merged struct {
	from, to *walk
	lots     []*lot
	holds    []*hold
	debt     int64
}

// Any history of several people, with merges and undone merges in between,
// replays to every balance, and what a merge or its undo moves is what the simple
// rules of it say.
func TestAnyHistoryWithMerges(t *testing.T) { walkCrowds(t, 400) }

// TestSoakMergeHistories is the same for more histories.
func TestSoakMergeHistories(t *testing.T) { walkCrowds(t, *walkSeeds) }

func walkCrowds(t *testing.T, seeds uint64) {
	merges, undone := 0, 0
	for seed := range seeds {
		c := newCrowd(t, seed)
		for range 100 {
			c.step()
		}
		if t.Failed() {
			t.Fatalf("seed %d", seed)
		}
		merges, undone = merges+len(c.merges), undone+c.undone
	}
	if undone < int(seeds) || merges == 0 {
		t.Errorf("only %d merges were undone in %d histories, %d left: the run shows little", undone, seeds, merges)
	}
}

func newCrowd(t *testing.T, seed uint64) *crowd {
	c := &crowd{t: t, rnd: rand.New(rand.NewPCG(seed, 2))}
	for i := range 4 {
		w := newWalk(t, c.rnd, int64(i+1), &c.seq)
		w.kin = func() []*walk { return c.people }
		c.people = append(c.people, w)
	}
	return c
}

// free are those who are not merged into another.
func (c *crowd) free() []*walk {
	return slices.DeleteFunc(slices.Clone(c.people), func(w *walk) bool {
		return slices.ContainsFunc(c.merges, func(m *merged) bool { return m.from == w })
	})
}

// holder is who has the points of w now.
func (c *crowd) holder(w *walk) *walk {
	for _, m := range c.merges {
		if m.from == w {
			return c.holder(m.to)
		}
	}
	return w
}

func (c *crowd) step() {
	free := c.free()
	w := free[c.rnd.IntN(len(free))]
	switch n := c.rnd.IntN(12); {
	case n == 0 && len(free) > 1:
		if other := free[c.rnd.IntN(len(free))]; other != w {
			c.merge(w, other)
		}
	case n == 1 && len(c.merges) > 0:
		c.undo(c.rnd.IntN(len(c.merges)))
	default:
		w.step()
	}
	for _, w := range c.people {
		w.number()
	}
	for _, w := range c.people {
		w.checkAt(c.latest())
	}
}

// latest is the time on the clock that all share from now on.
func (c *crowd) latest() (now time.Time) {
	for _, w := range c.people {
		now = maxTime(now, w.now)
	}
	for _, w := range c.people {
		w.now = now
		w.b.advance(now)
		w.number()
	}
	return now
}

func (w *walk) checkAt(now time.Time) {
	w.now = now
	w.check()
}

func (c *crowd) cause() Cause {
	c.seq++
	return Cause{Reason: "MERGE", key: fmt.Sprint("merge:", c.seq)}
}

func (c *crowd) merge(from, to *walk) {
	now := c.latest()
	m := &merged{from, to, slices.Clone(from.b.lots), slices.Clone(from.b.holds), from.b.account.Debt}
	was := sum(from.b.account, to.b.account)
	from.b.handOver(to.b, now, handover{m.lots, m.holds, m.debt}, c.cause())
	c.merges = append(c.merges, m)
	c.move(from, to, from.orders)
	if from.b.account != empty(from) || len(from.b.lots)+len(from.b.holds) > 0 {
		c.t.Errorf("the merged customer keeps %+v, %d lots, %d holds", from.b.account, len(from.b.lots), len(from.b.holds))
	}
	c.same("the merge", was, to.b.account)
}

func (c *crowd) undo(i int) {
	now := c.latest()
	m := c.merges[i]
	holder := c.holder(m.to)
	c.merges = slices.Delete(c.merges, i, i+1)
	c.undone++
	g := handover{owed: min(m.debt, holder.b.account.Debt)}
	var want db.PointAccount
	for _, h := range m.holds {
		if slices.Contains(holder.b.holds, h) {
			g.holds = append(g.holds, h)
			if h.Status == holdOpen {
				want.Held += h.Amount
			}
		}
	}
	g.lots = slices.DeleteFunc(slices.Clone(m.lots), func(l *lot) bool { return !slices.Contains(holder.b.lots, l) })
	orders := c.ordersOf(holder, g.lots)
	for _, o := range orders { // with all that they have earned since
		for _, l := range holder.b.lotsOf(o.ID) {
			if !slices.Contains(g.lots, l) {
				g.lots = append(g.lots, l)
			}
		}
	}
	for _, l := range g.lots {
		if l.Status == lotPending {
			want.Pending += l.Remaining
		} else {
			want.Available += l.free()
		}
	}
	paid := min(want.Available, g.owed)
	want.Available, want.Debt = want.Available-paid, g.owed-paid
	was := sum(holder.b.account, m.from.b.account)
	for owed := m.to; owed != holder; {
		for _, further := range c.merges {
			if further.from == owed {
				further.debt, owed = max(further.debt-g.owed, 0), further.to
				break
			}
		}
	}
	holder.b.handOver(m.from.b, now, g, c.cause())
	c.same("giving back", want, m.from.b.account)
	c.same("the undo", was, sum(holder.b.account, m.from.b.account))
	c.move(holder, m.from, orders)
}

// ordersOf are the orders that one of lots was earned by: they go back with it.
func (c *crowd) ordersOf(w *walk, lots []*lot) (orders []*order) {
	for _, o := range w.orders {
		if slices.ContainsFunc(lots, func(l *lot) bool { return l.OrderID != nil && *l.OrderID == o.ID }) {
			orders = append(orders, o)
		}
	}
	return orders
}

func (c *crowd) move(from, to *walk, orders []*order) {
	to.orders = append(to.orders, orders...)
	moved := slices.Clone(orders)
	from.orders = slices.DeleteFunc(slices.Clone(from.orders), func(o *order) bool { return slices.Contains(moved, o) })
	for _, o := range moved {
		o.CustomerID = to.b.account.CustomerID
	}
}

// same compares balances; what is available less what is owed counts as one.
func (c *crowd) same(what string, want, got db.PointAccount) {
	c.t.Helper()
	if want.Pending != got.Pending || want.Held != got.Held || want.Available-want.Debt != got.Available-got.Debt {
		c.t.Errorf("after %s: pending %d, held %d, available less debt %d; want %d, %d, %d", what,
			got.Pending, got.Held, got.Available-got.Debt, want.Pending, want.Held, want.Available-want.Debt)
	}
}

func sum(a, b db.PointAccount) db.PointAccount {
	return db.PointAccount{Pending: a.Pending + b.Pending, Held: a.Held + b.Held, Available: a.Available + b.Available, Debt: a.Debt + b.Debt}
}

func empty(w *walk) db.PointAccount {
	return db.PointAccount{CustomerID: w.b.account.CustomerID}
}
