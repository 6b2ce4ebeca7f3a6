package labelled

import (
	"fmt"
	"time"

	"github.com/meguri-crm/meguri/crm/mall"
)

// name is a name in the spellings it is written in, and its reading. Families
// are among the most frequent of the country, weighted by being there twice.
type name struct {
	spellings []string
	kana      string
}

var families = []name{
	{[]string{"佐藤"}, "サトウ"},
	{[]string{"佐藤"}, "サトウ"},
	{[]string{"鈴木"}, "スズキ"},
	{[]string{"鈴木"}, "スズキ"},
	{[]string{"高橋", "髙橋"}, "タカハシ"},
	{[]string{"田中"}, "タナカ"},
	{[]string{"伊藤"}, "イトウ"},
	{[]string{"渡辺", "渡邉", "渡邊"}, "ワタナベ"},
	{[]string{"山本"}, "ヤマモト"},
	{[]string{"中村"}, "ナカムラ"},
	{[]string{"小林"}, "コバヤシ"},
	{[]string{"加藤"}, "カトウ"},
	{[]string{"吉田", "𠮷田"}, "ヨシダ"},
	{[]string{"山崎", "山﨑"}, "ヤマザキ"},
	{[]string{"斎藤", "齋藤", "斉藤", "齊藤"}, "サイトウ"},
	{[]string{"林"}, "ハヤシ"},
	{[]string{"浜田", "濱田", "濵田"}, "ハマダ"},
	{[]string{"大沢", "大澤"}, "オオサワ"},
	{[]string{"桜井", "櫻井"}, "サクライ"},
	{[]string{"広瀬", "廣瀬"}, "ヒロセ"},
	{[]string{"柳", "栁"}, "ヤナギ"},
	{[]string{"島", "嶋"}, "シマ"},
	{[]string{"二宮"}, "ニノミヤ"},
	{[]string{"八田"}, "ハッタ"},
	{[]string{"勅使河原"}, "テシガワラ"},
	{[]string{"徳永", "德永"}, "トクナガ"},
}

var women = []name{
	{[]string{"花子"}, "ハナコ"},
	{[]string{"恵子", "惠子"}, "ケイコ"},
	{[]string{"美咲"}, "ミサキ"},
	{[]string{"陽子"}, "ヨウコ"},
	{[]string{"さくら"}, "サクラ"},
	{[]string{"真理子", "眞理子"}, "マリコ"},
	{[]string{"裕子"}, "ユウコ"},
	{[]string{"由美"}, "ユミ"},
	{[]string{"久美子"}, "クミコ"},
	{[]string{"明美"}, "アケミ"},
	{[]string{"美津子"}, "ミツコ"},
	{[]string{"千鶴"}, "チヅル"},
	{[]string{"京子"}, "キョウコ"},
	{[]string{"優"}, "ユウ"},
	{[]string{"結衣"}, "ユイ"},
	{[]string{"遥", "遙"}, "ハルカ"},
}

var men = []name{
	{[]string{"太郎"}, "タロウ"},
	{[]string{"健二"}, "ケンジ"},
	{[]string{"健一"}, "ケンイチ"},
	{[]string{"竜之介", "龍之介"}, "リュウノスケ"},
	{[]string{"一"}, "ハジメ"},
	{[]string{"大輔"}, "ダイスケ"},
	{[]string{"翔太"}, "ショウタ"},
	{[]string{"浩"}, "ヒロシ"},
	{[]string{"誠"}, "マコト"},
	{[]string{"隆"}, "タカシ"},
	{[]string{"直樹"}, "ナオキ"},
	{[]string{"和也"}, "カズヤ"},
	{[]string{"正男"}, "マサオ"},
	{[]string{"純一"}, "ジュンイチ"},
	{[]string{"修"}, "オサム"},
	{[]string{"茂"}, "シゲル"},
}

// alike are given names that read alike and are written otherwise.
var alike = [][2]name{
	{{[]string{"恵子"}, "ケイコ"}, {[]string{"啓子"}, "ケイコ"}},
	{{[]string{"裕子"}, "ユウコ"}, {[]string{"優子"}, "ユウコ"}},
	{{[]string{"由美"}, "ユミ"}, {[]string{"有美"}, "ユミ"}},
	{{[]string{"浩"}, "ヒロシ"}, {[]string{"博"}, "ヒロシ"}},
}

// siblings are given names as twins, sisters and brothers have them.
var siblings = [][2]name{
	{{[]string{"遥"}, "ハルカ"}, {[]string{"遥菜"}, "ハルナ"}},
	{{[]string{"美咲"}, "ミサキ"}, {[]string{"美月"}, "ミヅキ"}},
	{{[]string{"健一"}, "ケンイチ"}, {[]string{"健二"}, "ケンジ"}},
	{{[]string{"優"}, "ユウ"}, {[]string{"優子"}, "ユウコ"}},
	{{[]string{"翔太"}, "ショウタ"}, {[]string{"翔"}, "ショウ"}},
	{{[]string{"結衣"}, "ユイ"}, {[]string{"由衣"}, "ユイ"}},
}

// town is a town with its postcode, in other spellings where it has them.
type town struct {
	prefecture, city, zip string
	names                 []string
}

var towns = []town{
	{"東京都", "千代田区", "1010051", []string{"神田神保町"}},
	{"東京都", "千代田区", "1000013", []string{"霞が関", "霞ヶ関", "霞ケ関"}},
	{"東京都", "新宿区", "1600023", []string{"西新宿"}},
	{"東京都", "世田谷区", "1540024", []string{"三軒茶屋"}},
	{"東京都", "港区", "1060032", []string{"六本木"}},
	{"東京都", "府中市", "1830023", []string{"宮町"}},
	{"大阪府", "大阪市北区", "5300001", []string{"梅田"}},
	{"大阪府", "大阪市中央区", "5420081", []string{"南船場"}},
	{"北海道", "札幌市中央区", "0600001", []string{"北一条西", "北1条西"}},
	{"神奈川県", "茅ヶ崎市", "2530044", []string{"新栄町"}},
	{"神奈川県", "横浜市西区", "2200012", []string{"みなとみらい"}},
	{"千葉県", "市川市", "2720021", []string{"八幡"}},
	{"福岡県", "福岡市博多区", "8120011", []string{"博多駅前"}},
	{"愛知県", "名古屋市中区", "4600008", []string{"栄"}},
	{"三重県", "三重郡菰野町", "5101233", []string{"菰野", "大字菰野"}},
	{"京都府", "京都市中京区", "6048225", []string{"蟷螂山町", "新町通四条上る蟷螂山町"}},
	{"宮城県", "仙台市青葉区", "9800811", []string{"一番町", "1番町"}},
	{"広島県", "広島市中区", "7300013", []string{"八丁堀"}},
}

// home is a house, or a flat in one.
type home struct {
	town
	numbers  [3]int
	building string
	room     int // 0: a house
	phone    string
}

var buildings = []string{"メゾン巡り", "コーポ桜", "グランドハイツ", "第二サンライズビル", "レジデンス青葉"}

func (w *world) home() *home {
	w.homes++
	n := w.homes
	h := &home{town: pick(w, towns), numbers: [3]int{1 + n%7, 1 + n/7%40, 1 + n/280}, phone: fmt.Sprintf("03%08d", 31_000_000+n*13)}
	if w.chance(45) {
		h.building, h.room = pick(w, buildings), 101+100*w.rng.IntN(9)+w.rng.IntN(12)
	}
	return h
}

// person is somebody, as known at the moment.
type person struct {
	id            int
	family, given name
	home          *home
	phone, mail   string
	born          time.Time
	woman         bool
	spelling      int // which spelling of the surname is the own one
}

// someone is a new person in a home of her own.
func (w *world) someone() *person { return w.lives(w.home(), pick(w, families)) }

// lives is a new person of a family in a home.
func (w *world) lives(h *home, family name) *person {
	w.persons++
	p := &person{id: w.persons, family: family, home: h, woman: w.chance(60), born: w.day(1945, 2003).Truncate(24 * time.Hour)}
	p.given = pick(w, men)
	if p.woman {
		p.given = pick(w, women)
	}
	p.spelling = w.rng.IntN(len(family.spellings))
	p.phone = w.mobile()
	p.mail = w.box()
	return p
}

func (w *world) mobile() string {
	return fmt.Sprintf("0%d0%08d", 7+w.rng.IntN(3), 10_000_000+w.rng.IntN(89_000_000))
}

// box is a new mail address.
func (w *world) box() string {
	w.persons++
	return fmt.Sprintf("%s%d@%s", pick(w, []string{"hana", "sakura", "ken", "m.tanaka", "yuki_", "nekosuki"}), w.persons*7919,
		pick(w, []string{"mail.example", "carrier.example", "gmail.com", "home.example"}))
}

// relay is the address a mall lends p.
func (p *person) relay(m mall.Mall) string {
	switch m {
	case mall.Rakuten:
		return fmt.Sprintf("%08x@pc.fw.rakuten.ne.jp", p.id*104729)
	case mall.Amazon:
		return fmt.Sprintf("a%012d@marketplace.amazon.co.jp", p.id)
	}
	return fmt.Sprintf("%08d@relay.aupaymarket.jp", p.id*31)
}
