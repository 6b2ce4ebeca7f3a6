package world

import (
	"fmt"
	"iter"
	"time"

	"github.com/meguri-crm/meguri/crm/mall"
)

// What people do on the own site.
const (
	View      = "VIEW"
	Search    = "SEARCH"
	Favourite = "FAVOURITE"
	CartAdd   = "CART_ADD"
)

// Visit is one thing that a member does on the own site.
type Visit struct {
	Key      string
	MemberNo string
	At       time.Time
	Action   string
	Product  *Product // nil: none
	Words    string   // searched for
}

const (
	// visitDays is how far back it is known what members look at.
	visitDays = 30
	// mostVisitors is how many members' doings are known.
	mostVisitors = 4_000
)

// Visits are what members do on the own site in the last weeks.
func (w *World) Visits() iter.Seq[Visit] {
	return func(yield func(Visit) bool) {
		visitors := 0
		for p := range w.People() {
			if p.Joined.IsZero() || p.nameless || !p.buysOn(mall.OwnSite) || p.No%5 > 2 {
				continue
			}
			if visitors++; visitors > mostVisitors {
				return
			}
			for _, v := range w.visits(p) {
				if !yield(v) {
					return
				}
			}
		}
	}
}

// visits are one to three visits of a person: a search, some products, perhaps
// one of them into the cart.
func (w *World) visits(p *Person) []Visit {
	g := w.dice(p.No, ofVisits)
	var list []Visit
	tell := func(v Visit, at time.Time) {
		v.Key, v.MemberNo, v.At = fmt.Sprintf("demo-%d-%d", p.No, len(list)), p.MemberNo(), at
		list = append(list, v)
	}
	for range 1 + g.IntN(3) {
		at := g.daytime(w.Day(1 + g.IntN(visitDays)))
		if g.chance(40) {
			tell(Visit{Action: Search, Words: oneOf(g, searches)}, at)
		}
		for n := range 1 + g.IntN(3) {
			at = at.Add(time.Duration(40+g.IntN(200)) * time.Second)
			item := Visit{Product: g.seasonal(at), Action: View}
			tell(item, at)
			if n == 0 && g.chance(35) {
				item.Action = CartAdd
				tell(item, at.Add(30*time.Second))
			} else if g.chance(15) {
				item.Action = Favourite
				tell(item, at.Add(20*time.Second))
			}
		}
	}
	return list
}

var searches = []string{"ギフト", "水出し", "抹茶", "ティーバッグ", "急須", "新茶", "お歳暮", "ほうじ茶", "デカフェ", "お試し"}
