// Package labelled makes up buyers of whom it is known who is who: people as
// files of malls tell of them, in the cases in which they are mistaken for one
// another or not recognised. It is for tests.
//
// It owns the cases and how each mall writes a buyer, both taken from what such
// files are known to hold, not from what the matching can do. It promises that
// the same seed gives the same appearances, in the order of their days, and that
// a label is made with the person, before anything is written. Who joins them,
// and what is counted, is left to its caller.
package labelled

import (
	"cmp"
	"math/rand/v2"
	"slices"
	"time"

	"github.com/meguri-crm/meguri/crm/mall"
)

// Malls are those of the merchant, a shop on each.
var Malls = []mall.Mall{mall.Rakuten, mall.Yahoo, mall.Amazon, mall.Shopify, mall.Store, mall.AuPay}

// Appearance is a buyer on one order.
type Appearance struct {
	Case   string
	Group  int // appearances that could be mistaken for one another by the case
	Person int // who it is. A buyer of Amazon is a person of her own there: nothing may join her
	Mall   mall.Mall
	Buyer  mall.Buyer
	At     time.Time
}

// Make is the appearances of about times groups of every case, by day.
func Make(seed uint64, times int) []Appearance {
	w := &world{rng: rand.New(rand.NewPCG(seed, 34))} //nolint:gosec // the same people for the same seed
	for _, c := range cases {
		w.label = c.name
		for range max(1, times*c.often/100) {
			w.group++
			c.make(w)
		}
	}
	slices.SortStableFunc(w.all, func(a, b Appearance) int { return cmp.Or(a.At.Compare(b.At), cmp.Compare(a.Group, b.Group)) })
	return w.all
}

// Cases are the names of the cases, in their order.
func Cases() (names []string) {
	for _, c := range cases {
		names = append(names, c.name)
	}
	return names
}

// world is the people in the making.
type world struct {
	rng     *rand.Rand
	label   string
	group   int
	persons int
	homes   int
	all     []Appearance
}

func (w *world) chance(percent int) bool { return w.rng.IntN(100) < percent }

func pick[T any](w *world, of []T) T { return of[w.rng.IntN(len(of))] }

// day is some day of the years from and to.
func (w *world) day(from, to int) time.Time {
	begin := time.Date(from, 1, 1, 0, 0, 0, 0, time.UTC)
	return begin.Add(time.Duration(w.rng.Int64N(int64(time.Date(to+1, 1, 1, 0, 0, 0, 0, time.UTC).Sub(begin)))).Truncate(time.Second))
}

// buys puts p on an order of a mall, as p is now.
func (w *world) buys(p *person, m mall.Mall, at time.Time) *mall.Buyer {
	who := p.id
	if m == mall.Amazon {
		who = -p.id
	}
	w.all = append(w.all, Appearance{Case: w.label, Group: w.group, Person: who, Mall: m, Buyer: w.written(p, m), At: at})
	return &w.all[len(w.all)-1].Buyer
}

// roams lets p buy on some malls, Amazon among them now and then.
func (w *world) roams(p *person, from, to, most int) {
	for range 1 + w.rng.IntN(most) {
		m := pick(w, []mall.Mall{mall.Rakuten, mall.Rakuten, mall.Yahoo, mall.Shopify, mall.Store, mall.AuPay, mall.Amazon})
		w.buys(p, m, w.day(from, to))
	}
}
