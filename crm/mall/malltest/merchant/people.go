package merchant

import (
	"fmt"
	"math/rand/v2"
	"time"

	"github.com/meguri-crm/meguri/crm/mall"
)

var jst = time.FixedZone("JST", 9*60*60)

// world is a merchant in the making.
type world struct {
	rng    *rand.Rand
	people []*person
	homes  int
}

func (w *world) chance(percent int) bool { return w.rng.IntN(100) < percent }

func (w *world) oneOf(values ...int64) int64 { return values[w.rng.IntN(len(values))] }

func (w *world) word(words ...string) string { return words[w.rng.IntN(len(words))] }

// sometimes is value or nothing.
func (w *world) sometimes(percent int, value int64) int64 {
	if w.chance(percent) {
		return value
	}
	return 0
}

// name is a name in the spellings it is written in, and its reading.
type name struct {
	spellings []string
	kana      string
}

var families = []name{
	{[]string{"髙﨑", "高崎"}, "タカサキ"},
	{[]string{"齋藤", "斎藤", "斉藤"}, "サイトウ"},
	{[]string{"渡邉", "渡辺"}, "ワタナベ"},
	{[]string{"濵田", "浜田"}, "ハマダ"},
	{[]string{"德永", "徳永"}, "トクナガ"},
	{[]string{"櫻井", "桜井"}, "サクライ"},
	{[]string{"山田"}, "ヤマダ"},
	{[]string{"佐藤"}, "サトウ"},
	{[]string{"五十嵐"}, "イガラシ"},
	{[]string{"勅使河原"}, "テシガワラ"},
	{[]string{"林"}, "ハヤシ"},
	{[]string{"長谷部"}, "ハセベ"},
}

var givens = []name{
	{[]string{"花子"}, "ハナコ"},
	{[]string{"太郎"}, "タロウ"},
	{[]string{"美咲"}, "ミサキ"},
	{[]string{"一"}, "ハジメ"},
	{[]string{"さくら"}, "サクラ"},
	{[]string{"眞理子", "真理子"}, "マリコ"},
	{[]string{"健二"}, "ケンジ"},
	{[]string{"龍之介", "竜之介"}, "リュウノスケ"},
	{[]string{"ジョー"}, "ジョー"},
	{[]string{"優"}, "ユウ"},
}

var goods = []string{"シャツ①「青」", "靴下, 3足組", "帽子㈱巡り製", "コーヒー豆 100ｇ", "ﾏｸﾞｶｯﾌﾟ", "タオル〔大〕", "\"限定\" 手ぬぐい", "お茶№5"}

// place is a town with its postcode.
type place struct{ code, prefecture, city, zip, town string }

var places = []place{
	{"JP-13", "東京都", "千代田区", "1010051", "神田神保町"},
	{"JP-27", "大阪府", "大阪市北区", "5300001", "梅田"},
	{"JP-01", "北海道", "札幌市中央区", "0600001", "北一条西"},
	{"JP-14", "神奈川県", "茅ヶ崎市", "2530044", "新栄町"},
	{"JP-40", "福岡県", "福岡市博多区", "8120011", "博多駅前"},
}

// home is an address that no other household has.
type home struct {
	place
	block [3]int
	flat  int // 0: a house
	phone string
}

type person struct {
	id            int
	family, given name
	home          *home
	phone         string // own, or that of the home
	mail, other   string
}

// household is one to three people under one roof and name.
func (w *world) household() {
	n := w.homes
	w.homes++
	h := &home{
		place: places[n%len(places)], block: [3]int{1 + n%9, 1 + n/9%30, 1 + n/270}, phone: fmt.Sprintf("03%08d", 30_000_000+n),
	}
	if n%2 == 0 {
		h.flat = 101 + n%800
	}
	family := families[w.rng.IntN(len(families))]
	first := w.rng.IntN(len(givens))
	for i := range 1 + w.rng.IntN(3) {
		id := len(w.people)
		p := &person{id: id, family: family, given: givens[(first+i)%len(givens)], home: h, phone: h.phone}
		if w.chance(60) {
			p.phone = fmt.Sprintf("090%08d", 10_000_000+id)
		}
		p.mail, p.other = fmt.Sprintf("person%d@mail.example", id), fmt.Sprintf("p-%d@other.example", id)
		w.people = append(w.people, p)
	}
}

// account is a person on one mall, always known there by the same.
type account struct {
	mall   mall.Mall
	person *person
	mail   string // "": not told
	lent   bool   // the mall lends the address
	phone  string // "": not told, or made up
}

// accounts gives everybody accounts on one mall or several.
func (w *world) accounts() []*account {
	var all []*account
	for _, p := range w.people {
		mine := w.accountsOf(p)
		for len(mine) == 0 {
			mine = w.accountsOf(p)
		}
		all = append(all, mine...)
	}
	w.rng.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
	return all
}

func (w *world) accountsOf(p *person) []*account {
	var mine []*account
	if w.chance(50) {
		a := &account{mall: mall.Rakuten, person: p, mail: fmt.Sprintf("%08x@pc.fw.rakuten.ne.jp", p.id*7919), lent: true, phone: p.phone}
		if w.chance(15) {
			a.mail, a.lent = p.mail, false
		}
		mine = append(mine, a)
	}
	if w.chance(40) {
		mine = append(mine, &account{mall: mall.Amazon, person: p, mail: fmt.Sprintf("a%012d@marketplace.amazon.co.jp", p.id), lent: true, phone: p.phone})
	}
	if w.chance(40) {
		a := &account{mall: mall.Yahoo, person: p, mail: p.mail, phone: p.phone}
		switch {
		case w.chance(15):
			a.phone = fmt.Sprintf("080%08d", 20_000_000+p.id)
		case w.chance(10):
			a.phone = ""
		}
		if w.chance(15) {
			a.mail = ""
		}
		mine = append(mine, a)
	}
	if w.chance(35) {
		a := &account{mall: mall.Shopify, person: p, mail: p.mail, phone: p.phone}
		if w.chance(40) {
			a.mail = p.other
		}
		if w.chance(50) {
			a.phone = ""
		}
		mine = append(mine, a)
	}
	return mine
}

// sure is what an account tells that joins it with others, by the ladder:
// a mail address of one's own; phone and name, in kanji or kana; name, kana and
// address. Amazon's buyers, and lent addresses, are known within their mall only.
func (a *account) sure() []string {
	p := a.person
	full, kana := p.family.spellings[0]+p.given.spellings[0], p.family.kana+p.given.kana
	var tokens []string
	add := func(format string, args ...any) { tokens = append(tokens, fmt.Sprintf(format, args...)) }
	switch {
	case a.lent:
		add("lent %s %s", a.mall, a.mail)
	case a.mail != "":
		add("mail %s", a.mail)
	}
	if a.mall == mall.Amazon {
		return tokens
	}
	if a.phone != "" {
		add("phone %s %s", a.phone, full)
	}
	if a.mall == mall.Shopify { // has no kana
		return tokens
	}
	if a.phone != "" {
		add("phone %s %s", a.phone, kana)
	}
	add("home %s %s %v %s", full, kana, p.home.block, p.home.zip)
	return tokens
}
