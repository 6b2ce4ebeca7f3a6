package world

import (
	"fmt"
	"time"

	"github.com/meguri-crm/meguri/crm/mall"
)

// Person is one made-up customer with everything he does.
type Person struct {
	No      int
	Orders  []*Order
	Mail    string
	Joined  time.Time // zero: no member
	Consent bool      // may be sent mail on the last day

	family, given name
	gender        string // 女, 男 or ""
	birth         time.Time
	phone         string
	home          town
	house         [3]int
	building      string
	nameless      bool   // nobody names him
	other         string // the address he uses on Yahoo!, where it is another
	changed       time.Time
	oldPhone      string // his number on Yahoo! before changed
	first         mall.Mall
	words         []word
	deeds         []deed
	noKana        bool
	spells        int // which spellings he uses
}

// original makes the person a number stands for, before he does anything.
func (w *World) original(no int) *Person {
	g := w.dice(no, ofPerson)
	p := &Person{
		No: no, family: oneOf(g, familyNames), phone: phoneOf(no),
		home: towns[no%len(towns)], house: houseOf(no / len(towns)), spells: g.IntN(64),
	}
	if g.chance(35) {
		p.building = oneOf(g, buildings) + fmt.Sprintf("%d0%d", 1+g.IntN(9), 1+g.IntN(8))
	}
	if g.chance(64) {
		p.given, p.gender = oneOf(g, femaleNames), "女"
	} else {
		p.given, p.gender = oneOf(g, maleNames), "男"
	}
	if g.chance(70) {
		p.birth = time.Date(1948+g.IntN(56), time.Month(1+g.IntN(12)), 1+g.IntN(28), 0, 0, 0, 0, time.UTC)
	}
	p.Mail = fmt.Sprintf("%s.%s%d@%s", p.given.roman, p.family.roman, no, oneOf(g, mailDomains))
	p.first = homes[g.weighted(39, 24, 14, 13, 10)]
	if g.permille(25) && no > 1 && p.first != mall.Amazon {
		p.shareHouse(w.original(no - 1))
	}
	if g.chance(20) || p.lateFound() {
		p.other = fmt.Sprintf("%s%d@%s", p.family.roman, 7*no, oneOf(g, mailDomains))
	}
	return p
}

var (
	homes       = []mall.Mall{mall.Rakuten, mall.OwnSite, mall.Yahoo, mall.Amazon, mall.Store}
	mailDomains = []string{"example.com", "mail.example", "home.example", "post.example"}
	buildings   = []string{"メゾン若葉 ", "グリーンハイツ ", "コーポみなみ ", "さくらマンション ", "ロイヤル本町 ", "パークサイド茶園 "}
)

// shareHouse lets a person live with another who has lived alone so far: one
// name, one roof, one phone. Of three, two might be called the same and be one.
func (p *Person) shareHouse(with *Person) {
	if with.given.kanji == p.given.kanji || with.phone != phoneOf(with.No) {
		return
	}
	p.family, p.home, p.house, p.building, p.phone = with.family, with.home, with.house, with.building, with.phone
}

// phoneOf is a number that is not given out: none begins with 090-0 or 070-0.
// (0800 is given out, to those whom one may call for nothing.)
func phoneOf(no int) string { return fmt.Sprintf("090-0%03d-%04d", no/10000%1000, no%10000) }

// houseOf is a house in its town that no other number has.
func houseOf(n int) [3]int { return [3]int{1 + n%6, 1 + n/6%24, 1 + n/144} }

// lateFound reports whether the person buys on Yahoo! under another number before
// he is found to be who he is.
func (p *Person) lateFound() bool {
	return p.No%50 == 7 && p.No <= mostLate && p.first != mall.Amazon && p.first != mall.Yahoo
}

// MemberNo is the number by which the own site knows its members.
func (p *Person) MemberNo() string { return fmt.Sprintf("M%07d", p.No) }

// NumberOf is whose number a member number is.
func NumberOf(memberNo string) (no int, ok bool) {
	n, err := fmt.Sscanf(memberNo, "M%d", &no)
	return no, n == 1 && err == nil
}

// cardNo is the number of a card of the shop in Kyoto.
func (p *Person) cardNo() string { return fmt.Sprintf("9000%07d", p.No) }

// lineID is the person on LINE.
func (p *Person) lineID() string { return fmt.Sprintf("U%032x", uint64(p.No)*0x9e3779b97f4a7c15) }

// mailOn is the address that a mall tells of the person.
func (p *Person) mailOn(m mall.Mall) string {
	switch m {
	case mall.Rakuten:
		return fmt.Sprintf("%016x@pc.fw.rakuten.ne.jp", uint64(p.No)*0xbf58476d1ce4e5b9)
	case mall.Amazon:
		return fmt.Sprintf("%014x@marketplace.amazon.co.jp", uint64(p.No)*0x94d049bb133111eb>>8)
	case mall.Yahoo:
		if p.other != "" {
			return p.other
		}
	}
	return p.Mail
}

// phoneOn is the number the person gives on an order.
func (p *Person) phoneOn(o *Order) string {
	if o.Mall == mall.Yahoo && p.oldPhone != "" && o.at.Before(p.changed) {
		return p.oldPhone
	}
	return p.phone
}

// buysOn reports whether the person ever buys on a mall.
func (p *Person) buysOn(m mall.Mall) bool { return p.firstOn(m) != nil }

func (p *Person) firstOn(m mall.Mall) *Order {
	for _, o := range p.Orders {
		if o.Mall == m {
			return o
		}
	}
	return nil
}

// double is somebody whom an order's data does not tell apart from a known
// customer: by phone and surname, by name and address, or as another person of
// the same house. He buys once, on Yahoo!, in the last weeks.
func (w *World) double(no int) *Person {
	g := w.dice(no, ofDouble)
	known := w.aliked(no)
	p := *known
	p.No, p.Orders, p.words, p.deeds, p.Joined, p.noKana = no, nil, nil, nil, time.Time{}, true
	p.other = fmt.Sprintf("guest%d@mail.example", no)
	switch no % 3 {
	case 0: // the phone, and only the surname
		p.given, p.home, p.house, p.building = name{}, towns[(no+7)%len(towns)], houseOf(no/len(towns)), ""
	case 1: // another of the house
		p.given, p.gender = otherName(known)
	default: // name and address, and a phone of his own
		p.phone = phoneOf(no)
	}
	o := g.order(mall.Yahoo, w.Day(9+g.IntN(36)), &p)
	o.number(&p, 1)
	p.Orders = []*Order{o}
	return &p
}

// aliked is the customer beside whom a double stands: one of Rakuten's, where
// name, reading, phone and address are all told.
func (w *World) aliked(no int) *Person {
	originals := w.Customers - w.doubles()
	stride := max(originals/w.doubles(), 1)
	for at := (no - originals - 1) * stride; ; at++ {
		p := w.original(1 + at%originals)
		if p.first == mall.Rakuten && w.livesAlone(p) && w.knownLong(p.No) || at > no*originals {
			return p
		}
	}
}

// livesAlone reports whether nobody else of the made-up people has the person's phone.
func (w *World) livesAlone(p *Person) bool {
	return p.phone == phoneOf(p.No) && w.original(p.No+1).phone != p.phone
}

// knownLong reports whether a person has bought on Rakuten long before the end.
func (w *World) knownLong(no int) bool {
	p := w.Person(no)
	return p.firstOn(mall.Rakuten) != nil && p.firstOn(mall.Yahoo) == nil && p.Orders[0].at.Before(w.Day(100))
}

// otherName is a given name that is not the person's, with the gender it tells.
func otherName(p *Person) (name, string) {
	list, gender := femaleNames, "女"
	if p.gender == "女" {
		list, gender = maleNames, "男"
	}
	return list[p.No%len(list)], gender
}

// spoiltRows is how many rows of the till cannot be read.
const spoiltRows = 3

// stranger buys once and is not named: Amazon ships for the merchant, or
// somebody pays in the shop without a card.
func (w *World) stranger(no int) *Person {
	g := w.dice(no, ofDoings)
	p := &Person{No: no, nameless: true, first: mall.Amazon}
	if g.chance(35) {
		p.first = mall.Store
	}
	if left := w.Customers + w.strangers() - no; left < spoiltRows { // the till has spoilt the last ones' rows
		o := g.order(mall.Store, w.Day(6+4*left), p)
		o.lines, o.spoilt = o.lines[:1], left+1
		o.number(p, 1)
		p.first, p.Orders = mall.Store, []*Order{o}
	} else if o := g.order(p.first, g.firstDay(p.first), p); o != nil {
		o.number(p, 1)
		p.Orders = []*Order{o}
	}
	return p
}
