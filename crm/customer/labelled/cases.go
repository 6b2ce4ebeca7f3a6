package labelled

import (
	"fmt"
	"strings"

	"github.com/meguri-crm/meguri/crm/mall"
)

// hard is a case: how often it is met, in percent of the groups asked for, and
// who is in it.
type hard struct {
	name  string
	often int
	make  func(*world)
}

// Most customers are no case at all; of the others there are far more than any
// merchant has.
var cases = []hard{
	{"ordinary", 800, (*world).ordinary},
	{"name typed wrong", 100, (*world).wrongName},
	{"mail typed wrong", 100, (*world).wrongMail},
	{"phone typed wrong", 100, (*world).wrongPhone},
	{"moved house", 100, (*world).moved},
	{"married name", 100, (*world).married},
	{"mail changed", 100, (*world).newMail},
	{"address written otherwise", 100, (*world).addresses},
	{"building left out", 100, (*world).noBuilding},
	{"old letters", 100, (*world).oldLetters},
	{"kana only", 100, (*world).kanaOnly},
	{"widths and look-alikes", 100, (*world).widths},
	{"twins and siblings at home", 100, (*world).atHome},
	{"father and son, one phone", 100, (*world).fatherAndSon},
	{"couple, one mail", 100, (*world).couple},
	{"read alike in one family", 50, (*world).readAlike},
	{"phone of a firm", 10, (*world).firm},
	{"phone of the shop at the till", 2, (*world).till},
	{"placeholders", 25, (*world).placeholders},
	{"same name in one city", 100, (*world).homonyms},
	{"same name in one building", 50, (*world).oneBuilding},
	{"phone given to somebody else", 100, (*world).reusedPhone},
	{"gift and its recipient", 100, (*world).gift},
	{"Amazon and elsewhere", 100, (*world).amazon},
}

func (w *world) ordinary() { w.roams(w.someone(), 2019, 2024, 4) }

// wrongName: somebody at a till or on a phone mistypes a letter of the name.
func (w *world) wrongName() {
	p := w.someone()
	w.buys(p, mall.Rakuten, w.day(2019, 2021))
	b := w.buys(p, mall.Yahoo, w.day(2022, 2023))
	switch w.rng.IntN(3) {
	case 0:
		b.FamilyKana = strings.NewReplacer("ザ", "サ", "ダ", "タ", "バ", "ハ", "ガ", "カ", "サ", "ザ", "ト", "ド").Replace(b.FamilyKana)
	case 1:
		kana := []rune(b.GivenKana)
		b.GivenKana = string(kana[:len(kana)-1])
	default:
		b.GivenName = strings.NewReplacer("子", "古", "美", "実", "一", "市", "二", "次", "郎", "朗", "太", "大").Replace(b.GivenName)
	}
	if w.chance(50) {
		b.Mail = ""
	}
	w.buys(p, mall.AuPay, w.day(2023, 2024))
}

func (w *world) wrongMail() {
	p := w.someone()
	w.buys(p, mall.Yahoo, w.day(2019, 2021))
	b := w.buys(p, mall.Shopify, w.day(2022, 2024))
	b.Mail = strings.NewReplacer("gmail.com", "gmial.com", "mail.example", "mail.exampl.example", "carrier.example", "carrier.exampel.example", "home.example", "hone.example").Replace(p.mail)
}

func (w *world) wrongPhone() {
	p := w.someone()
	w.buys(p, mall.Rakuten, w.day(2019, 2021))
	b := w.buys(p, mall.Yahoo, w.day(2022, 2024))
	digits := []rune(b.Phone)
	at := len(digits) - 1 - w.rng.IntN(4)
	digits[at] = '0' + (digits[at]-'0'+1)%10
	b.Phone = string(digits)
}

// moved: the home and its phone are others; the mobile phone stays mostly, the
// mail address too.
func (w *world) moved() {
	p := w.someone()
	w.roams(p, 2018, 2020, 2)
	p.home = w.home()
	if w.chance(15) {
		p.phone = w.mobile()
	}
	w.roams(p, 2022, 2024, 3)
}

// married: another surname and mostly another home; mobile phone and mail stay.
func (w *world) married() {
	p := w.someone()
	p.woman, p.given = true, pick(w, women)
	w.roams(p, 2018, 2020, 2)
	p.family, p.spelling = pick(w, families), 0
	if w.chance(70) {
		p.home = w.home()
	}
	w.roams(p, 2022, 2024, 3)
}

func (w *world) newMail() {
	p := w.someone()
	w.buys(p, mall.Yahoo, w.day(2018, 2020))
	w.buys(p, mall.Shopify, w.day(2018, 2020))
	p.mail = w.box()
	if w.chance(20) {
		p.phone = w.mobile()
	}
	w.roams(p, 2022, 2024, 3)
}

// addresses: nothing but name, reading and home in common, the home written in
// another way each time.
func (w *world) addresses() {
	p := w.someone()
	for i, m := range []mall.Mall{mall.Rakuten, mall.Yahoo, mall.AuPay} {
		p.phone, p.mail = w.mobile(), w.box()
		b := w.buys(p, m, w.day(2019+i, 2019+i))
		switch w.rng.IntN(4) {
		case 0:
			b.Prefecture = ""
			b.Address = strings.TrimPrefix(b.Address, p.home.prefecture)
		case 1:
			b.PostalCode = ""
		case 2:
			b.Address = strings.ReplaceAll(b.Address, "-", "の")
		}
	}
}

func (w *world) noBuilding() {
	p := w.someone()
	p.home.building, p.home.room = pick(w, buildings), 101+w.rng.IntN(600)
	w.buys(p, mall.Rakuten, w.day(2019, 2021))
	p.phone, p.mail = w.mobile(), w.box()
	room := p.home.room
	p.home.room = 0
	w.buys(p, mall.Yahoo, w.day(2022, 2024))
	p.home.room = room
}

// oldLetters: the surname as in the register here, as on the keyboard there; at
// the till by phone.
func (w *world) oldLetters() {
	p := w.someone()
	for len(p.family.spellings) < 2 {
		p.family = pick(w, families)
	}
	p.spelling = 0
	w.buys(p, mall.Rakuten, w.day(2019, 2020))
	p.spelling = len(p.family.spellings) - 1
	b := w.buys(p, mall.Shopify, w.day(2021, 2022))
	b.Phone = "+81" + p.phone[1:]
	b.City = strings.NewReplacer("区", "區", "沢", "澤", "県", "縣").Replace(b.City)
	if len(p.given.spellings) > 1 {
		b.GivenName = p.given.spellings[1]
	}
	p.mail = w.box()
	w.buys(p, mall.Yahoo, w.day(2023, 2024))
}

// kanaOnly: orders by phone and at tills are written down as heard.
func (w *world) kanaOnly() {
	p := w.someone()
	w.buys(p, mall.Rakuten, w.day(2019, 2021))
	w.buys(p, mall.Store, w.day(2022, 2022))
	b := w.buys(p, mall.Store, w.day(2023, 2024))
	b.FamilyName, b.GivenName = p.family.kana, p.given.kana
	b.PostalCode, b.Address = p.home.zip, p.home.prefecture+p.home.city+w.address(p.home)
}

// widths: paper that was read by a machine, and systems without small kana.
func (w *world) widths() {
	p := w.someone()
	w.buys(p, mall.Rakuten, w.day(2019, 2021))
	b := w.buys(p, mall.Yahoo, w.day(2022, 2024))
	b.Mail = ""
	b.Phone = fullWidth(strings.ReplaceAll(b.Phone, "-", "―"))
	look := strings.NewReplacer("二", "ニ", "一", "ー", "八", "ハ", "ョ", "ヨ", "ュ", "ユ", "ッ", "ツ", "ャ", "ヤ", "ニ", "二")
	b.FamilyName, b.GivenName = look.Replace(b.FamilyName), look.Replace(b.GivenName)
	b.FamilyKana, b.GivenKana = halfWidth(look.Replace(b.FamilyKana)), halfWidth(look.Replace(b.GivenKana))
	b.PostalCode = fullWidth(b.PostalCode)
}

// atHome: twins have the birth date in common, too.
func (w *world) atHome() {
	h, family := w.home(), pick(w, families)
	names := pick(w, siblings)
	first, second := w.lives(h, family), w.lives(h, family)
	first.given, second.given = names[0], names[1]
	second.spelling, second.woman = first.spelling, first.woman
	twins := w.chance(50)
	for _, p := range []*person{first, second} {
		if w.chance(70) {
			p.phone = h.phone
		}
		w.roams(p, 2019, 2024, 3)
	}
	if twins {
		second.born = first.born
	}
	for _, p := range []*person{first, second} {
		w.buys(p, mall.Yahoo, w.day(2019, 2024)).BirthDate = p.born.Format("2006/1/2")
	}
}

func (w *world) fatherAndSon() {
	h, family := w.home(), pick(w, families)
	father, son := w.lives(h, family), w.lives(h, family)
	father.woman, son.woman = false, false
	father.given, son.given = name{[]string{"正男"}, "マサオ"}, name{[]string{"正樹"}, "マサキ"}
	son.spelling = father.spelling
	father.phone, son.phone = h.phone, h.phone
	w.roams(father, 2018, 2024, 3)
	w.roams(son, 2018, 2024, 3)
}

// couple: two who read one mailbox, each buying under the own name.
func (w *world) couple() {
	h, family := w.home(), pick(w, families)
	a, b := w.lives(h, family), w.lives(h, family)
	a.woman, a.given, b.woman, b.given, b.spelling = true, pick(w, women), false, pick(w, men), a.spelling
	b.mail = a.mail
	if w.chance(50) {
		a.phone, b.phone = h.phone, h.phone
	}
	for _, p := range []*person{a, b} {
		w.buys(p, mall.Yahoo, w.day(2019, 2024))
		w.buys(p, mall.Shopify, w.day(2019, 2024))
	}
}

// readAlike: a mother-in-law and the wife, both 恵子 and 啓子.
func (w *world) readAlike() {
	h, family := w.home(), pick(w, families)
	names := pick(w, alike)
	for _, given := range names {
		p := w.lives(h, family)
		p.given, p.phone, p.spelling = given, h.phone, 0
		w.buys(p, mall.Rakuten, w.day(2019, 2024))
		w.buys(p, mall.Yahoo, w.day(2019, 2024))
	}
}

// firm: its people order to the office, under its number.
func (w *world) firm() {
	h := w.home()
	h.building, h.room = "巡り商事ビル", 0
	for range 6 + w.rng.IntN(30) {
		p := w.lives(h, pick(w, families))
		p.phone = h.phone
		w.roams(p, 2019, 2024, 2)
	}
}

// till: who gives no number is written down with that of the shop.
func (w *world) till() {
	number := fmt.Sprintf("04%08d", 50_000_000+w.rng.IntN(9_000_000))
	for range 120 {
		p := w.someone()
		p.phone = number
		w.buys(p, mall.Store, w.day(2019, 2024))
	}
}

// placeholders: what is written where nothing is told.
func (w *world) placeholders() {
	nothing := []string{"000-0000-0000", "999-9999-9999", "0000000000", "090-0000-0000", "0120-000-000", "11111111111"}
	same := pick(w, families)
	for range 6 {
		p := w.someone()
		p.family, p.given, p.spelling = same, women[0], 0
		b := w.buys(p, mall.Rakuten, w.day(2019, 2024))
		b.Phone = pick(w, nothing)
		w.buys(p, mall.Store, w.day(2019, 2024)).Phone = pick(w, nothing)
		b = w.buys(p, mall.Yahoo, w.day(2019, 2024))
		b.Phone, b.Mail = pick(w, nothing), "noreply@shop.example"
	}
	waiting := w.buys(w.someone(), mall.Rakuten, w.day(2023, 2024)) // a social gift not yet answered
	*waiting = mall.Buyer{
		Mail: waiting.Mail, FamilyName: "入力待ち", GivenName: "入力待ち", FamilyKana: "ニュウリョクマチ", GivenKana: "ニュウリョクマチ",
		PostalCode: "999-9999", Prefecture: "入力待ち", City: "入力待ち", Phone: "999-9999-9999",
	}
}

// homonyms: strangers of one name in one town.
func (w *world) homonyms() {
	first := w.someone()
	for range 2 {
		p := w.someone()
		p.family, p.given, p.spelling, p.woman = first.family, first.given, first.spelling, first.woman
		p.home.town = first.home.town
		w.roams(p, 2019, 2024, 2)
	}
	w.roams(first, 2019, 2024, 2)
}

// oneBuilding: two of one name in two flats of one building.
func (w *world) oneBuilding() {
	first, second := w.someone(), w.someone()
	first.home.building, first.home.room = pick(w, buildings), 203
	flat := *first.home
	flat.room = 801
	second.home, second.family, second.given, second.spelling, second.woman = &flat, first.family, first.given, first.spelling, first.woman
	w.roams(first, 2019, 2024, 2)
	w.roams(second, 2019, 2024, 2)
}

// reusedPhone: a number that went to somebody else after a while.
func (w *world) reusedPhone() {
	before, after := w.someone(), w.someone()
	after.phone = before.phone
	w.roams(before, 2016, 2018, 2)
	w.roams(after, 2022, 2024, 2)
}

// gift: one orders for another, who orders for herself another day; some givers
// leave the recipient's number for the carrier.
func (w *world) gift() {
	giver, friend := w.someone(), w.someone()
	w.buys(giver, mall.Rakuten, w.day(2019, 2021))
	b := w.buys(giver, mall.Rakuten, w.day(2022, 2022))
	if w.chance(40) {
		b.Phone = dashed(friend.phone)
	}
	w.buys(friend, mall.Rakuten, w.day(2023, 2024))
	w.buys(friend, mall.Yahoo, w.day(2023, 2024))
}

// amazon: one person there and elsewhere, with everything in common.
func (w *world) amazon() {
	p := w.someone()
	w.buys(p, mall.Amazon, w.day(2019, 2021))
	w.buys(p, mall.Rakuten, w.day(2019, 2024))
	w.buys(p, mall.Yahoo, w.day(2019, 2024))
	w.buys(p, mall.Amazon, w.day(2022, 2024))
}
