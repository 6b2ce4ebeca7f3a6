// Package world makes up the demonstration merchant: a tea merchant on three
// malls, with a site and a shop of its own, and two years of customers.
//
// It owns who the people are, what they buy, when and where, what they say about
// being written to, and how the malls, the till and the member system would
// export all that. It promises the same files, byte for byte, for the same number
// of customers and the same last day; that it holds one person at a time, so that
// memory does not grow with their number; and that it knows the truth: how many
// customers the product must find in the files. Names, streets and numbers are
// made up; phone numbers and mail domains are ones that nobody can have.
//
// It knows no database and no service of the product: what becomes of the files
// is left to package seed.
package world

import (
	"iter"
	"math/rand/v2"
	"slices"
	"strings"
	"time"

	"github.com/meguri-crm/meguri/crm/mall"
)

// Japan is where the demonstration merchant is; Rakuten's file knows no other zone.
var Japan = time.FixedZone("Asia/Tokyo", 9*60*60)

// The codes of the merchant's shops.
const (
	Rakuten = "rakuten"
	OwnSite = "own-site"
	Yahoo   = "yahoo"
	Amazon  = "amazon"
	Kyoto   = "kyoto"
)

// Shops are the merchant's, in the order in which their files are taken in.
var Shops = []Shop{
	{Rakuten, "茶舗めぐり 楽天市場店", mall.Rakuten, "https://www.rakuten.co.jp/chaho-meguri-demo/"},
	{OwnSite, "茶舗めぐり 公式オンラインショップ", mall.OwnSite, "https://shop.example.com/"},
	{Yahoo, "茶舗めぐり Yahoo!ショッピング店", mall.Yahoo, "https://store.shopping.yahoo.co.jp/chaho-meguri-demo/"},
	{Amazon, "茶舗めぐり Amazon店", mall.Amazon, "https://www.amazon.co.jp/chaho-meguri-demo/"},
	{Kyoto, "茶舗めぐり 京都本店", mall.Store, ""},
}

// InShop reports whether an address leads into one of the merchant's shops, where
// no page answers.
func InShop(address string) bool {
	return slices.ContainsFunc(Shops, func(s Shop) bool {
		return s.URL != "" && (strings.HasPrefix(address, s.URL) || address == strings.TrimSuffix(s.URL, "/"))
	})
}

// Shop is one storefront of the merchant.
type Shop struct {
	Code string    `json:"code"`
	Name string    `json:"name"`
	Mall mall.Mall `json:"mall"`
	URL  string    `json:"url,omitempty"`
}

// historyDays is how far back the first orders lie.
const historyDays = 730

// World is the merchant with so many customers, until a day.
type World struct {
	Customers int       // whom the product must find in the files, no more and no fewer
	End       time.Time // the morning of the last day

	ticks []time.Time
}

// New is the merchant with so many customers, whose files are taken in until end.
func New(customers int, end time.Time) *World {
	w := &World{Customers: customers, End: end}
	for _, before := range ticksOf(customers) {
		w.ticks = append(w.ticks, w.Day(before))
	}
	return w
}

// ticksOf are the days before the end on which staff take the files in: first by
// the month, then more and more often. A small merchant looks more rarely, and so
// does a very large one, whose files are for trying how fast pages are.
func ticksOf(customers int) []int {
	if customers < 1_000 || customers >= 50_000 {
		return []int{550, 365, 270, 180, 120, 60, 30, 14, 3, 0}
	}
	return []int{640, 550, 460, 395, 335, 300, 270, 240, 210, 180, 150, 120, 90, 60, 30, 14, 7, 3, 1, 0}
}

// Ticks are the instants at which staff take files in.
func (w *World) Ticks() []time.Time { return w.ticks }

// tellsMembers reports whether the member system exports on a day: on the last
// one, and before it not more than once a week.
func (w *World) tellsMembers(tick time.Time) bool {
	return tick.Equal(w.End) || w.End.Sub(tick) >= 7*24*time.Hour
}

// Day is the morning so many days before the end.
func (w *World) Day(before int) time.Time { return w.End.AddDate(0, 0, -before) }

// Begin is the morning of the first day.
func (w *World) Begin() time.Time { return w.Day(historyDays) }

// People are all who buy, one after the other, each with all he does. Those
// without a number stand for buyers whom a mall or a till does not name.
func (w *World) People() iter.Seq[*Person] {
	return func(yield func(*Person) bool) {
		for no := 1; no <= w.Customers+w.strangers(); no++ {
			if !yield(w.Person(no)) {
				return
			}
		}
	}
}

// doubles is how many of the customers are doubtful: they stand beside another
// without being him for sure.
func (w *World) doubles() int { return min(max(8, w.Customers/80), w.Customers/4) }

// strangers is how many buy once without being named.
func (w *World) strangers() int { return w.Customers/6 + spoiltRows }

// Person is the one with a number, always the same.
func (w *World) Person(no int) *Person {
	switch {
	case no > w.Customers:
		return w.stranger(no)
	case no > w.Customers-w.doubles():
		return w.double(no)
	}
	p := w.original(no)
	g := w.dice(no, ofDoings)
	g.buy(p)
	g.belong(p)
	return p
}

// What dice are thrown for: the same person comes out whatever else is asked.
const (
	ofPerson = iota + 1
	ofDoings
	ofSpelling
	ofDouble
	ofAnswers
	ofVisits
)

// dice are thrown for one person and one purpose.
type dice struct {
	*rand.Rand
	w *World
}

func (w *World) dice(no, purpose int) dice {
	return dice{rand.New(rand.NewPCG(uint64(no), uint64(purpose))), w} //nolint:gosec // made-up people, always the same
}

func (g dice) chance(percent int) bool { return g.IntN(100) < percent }

func (g dice) permille(n int) bool { return g.IntN(1000) < n }

// weighted picks an index by weight.
func (g dice) weighted(weights ...int) int {
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

func oneOf[T any](g dice, list []T) T { return list[g.IntN(len(list))] }
