package message

import (
	"cmp"
	"time"

	"github.com/meguri-crm/meguri/crm/policy"
)

// Variable is one name that content can use.
type Variable struct {
	Name    string
	Label   policy.Text
	Example string
	// fixed says that it is the same for all recipients of a variant, so that a
	// link made of fixed variables only can be tracked.
	fixed bool
}

// Variables is what content can use, in the order staff are shown them.
func Variables() []Variable { return variables }

var variables = []Variable{
	{"customer.family_name", policy.Text{JA: "姓（不明なら「お客」）", EN: "Family name, 「お客」 when unknown"}, "佐藤", false},
	{"customer.given_name", policy.Text{JA: "名", EN: "Given name"}, "花子", false},
	{"customer.full_name", policy.Text{JA: "氏名（不明なら「お客」）", EN: "Full name, 「お客」 when unknown"}, "佐藤 花子", false},
	{"customer.addressee", policy.Text{JA: "宛名（敬称つき）", EN: "Name with 様"}, "佐藤 花子 様", false},
	{"points.program", policy.Text{JA: "自社ポイントの名前", EN: "Name of your points"}, "めぐり堂のポイント", true},
	{"points.available", policy.Text{JA: "使えるポイント", EN: "Points that can be used"}, "1,200", false},
	{"points.expiring", policy.Text{JA: "次に失効するポイント", EN: "Points that expire next"}, "300", false},
	{"points.expiring_on", policy.Text{JA: "次の失効日", EN: "Day they expire"}, "2026年12月31日", false},
	{"stage.name", policy.Text{JA: "会員ステージ", EN: "Member stage"}, "シルバー", false},
	{"stage.next.name", policy.Text{JA: "次のステージ", EN: "Next stage"}, "ゴールド", false},
	{"stage.missing", policy.Text{JA: "次のステージまでの金額", EN: "Amount missing to the next stage"}, "3,200", false},
	{"stage.by", policy.Text{JA: "次のステージの期限", EN: "Day by which it counts"}, "2026年12月31日", false},
	{"offer.name", policy.Text{JA: "特典名", EN: "Offer"}, "秋の10%OFFクーポン", true},
	{"offer.code", policy.Text{JA: "クーポンコード", EN: "Coupon code"}, "AUTUMN-10", false},
	{"offer.starts_on", policy.Text{JA: "特典の開始日", EN: "First day of the offer"}, "2026年11月20日", true},
	{"offer.ends_on", policy.Text{JA: "特典の終了日", EN: "Last day of the offer"}, "2026年11月30日", true},
	{"offer.action", policy.Text{JA: "特典に合わせた買い物への誘い", EN: "Invitation to shop, by the kind of offer"}, "クーポンを使って買い物する", true},
	{"offer.terms", policy.Text{JA: "特典の条件", EN: "Terms of the offer"}, "5,000円以上のお買い物で使えます。", true},
	{"shop.name", policy.Text{JA: "行き先の店舗名", EN: "Shop the mail leads to"}, "めぐり堂 本店", true},
	{"shop.url", policy.Text{JA: "行き先の店舗のURL", EN: "Address of that shop"}, "https://shop.example/", true},
	{"brand.accent", policy.Text{JA: "ブランドの色", EN: "Colour of the brand"}, DefaultAccent, true},
	{"brand.ink", policy.Text{JA: "ブランドの色の上の文字の色", EN: "Colour of words on it"}, "#ffffff", true},
}

// Person is what is filled in for one recipient.
type Person struct {
	FamilyName, GivenName string
	Points                Points
	Stage                 Stage
	OfferCode             string // his own, or the shared one
	// Properties are what the merchant keeps of him, by key: texts as people read
	// them, days as instants, so that templates can write them their own way.
	Properties map[string]any
}

// Points is the balance of a recipient.
type Points struct {
	Available  int64
	Expiring   int64     // of the lot that expires first
	ExpiringOn time.Time // zero: none expires
}

// Stage is where a recipient stands on the ladder.
type Stage struct {
	Name     string // "" for one who is no member
	NextName string // "" at the top
	Missing  int64  // minor unit of the base currency
	By       time.Time
}

// Fixed is what is the same for all recipients of one variant.
type Fixed struct {
	Sender Sender
	Offer  Offer
	Shop   Shop
	Brand  Brand
	// Zone is where days are reckoned.
	Zone *time.Location
}

// Sender is who a mail comes from; see policy.Sender for the parts the law
// asks for.
type Sender = policy.Sender

// Offer is the offer of a variant; zero when it has none.
type Offer struct {
	Name, Terms      string
	StartsAt, EndsAt time.Time
	Kind             string // of offer.Kind
	Coded            bool   // whoever gets it has a code
}

// coupon reports whether people take it for a coupon: a discount, or anything
// that is had for a code.
func (o Offer) coupon() bool {
	return o.Coded || o.Kind != "FREE_SHIPPING" && o.Kind != "POINT_MULTIPLIER"
}

// action invites to shop with the offer.
func (o Offer) action() string {
	switch {
	case o.Coded:
		return "クーポンを使って買い物する"
	case o.Kind == "FREE_SHIPPING":
		return "送料無料で買い物する"
	case o.Kind == "POINT_MULTIPLIER":
		return "ポイントアップで買い物する"
	case o.Name != "":
		return "特典を使って買い物する"
	default:
		return "お店で買い物する"
	}
}

// Shop is the shop at the destination.
type Shop struct{ Name, URL string }

// ExamplePerson is whom a preview shows when no customer is chosen.
func ExamplePerson(now time.Time) Person {
	return Person{
		FamilyName: "佐藤", GivenName: "花子", OfferCode: "AUTUMN-10",
		Points: Points{Available: 1200, Expiring: 300, ExpiringOn: now.AddDate(0, 1, 0)},
		Stage:  Stage{Name: "シルバー", NextName: "ゴールド", Missing: 3200, By: now.AddDate(0, 2, 0)},
	}
}

// values are the values of the fixed variables, as nested maps, with the
// offer's code of one person ("" when it is not his turn).
func (f Fixed) values(code string) map[string]any {
	return map[string]any{
		"offer": map[string]any{
			"name": optional(f.Offer.Name), "terms": optional(f.Offer.Terms), "code": optional(code),
			"starts_on": f.day(f.Offer.StartsAt), "ends_on": f.ending(f.Offer.EndsAt), "action": f.Offer.action(),
		},
		"shop":   map[string]any{"name": optional(f.Shop.Name), "url": optional(f.Shop.URL)},
		"points": map[string]any{"program": f.program()},
		"brand":  map[string]any{"accent": cmp.Or(f.Brand.Accent, DefaultAccent), "ink": f.Brand.Ink()},
	}
}

// valuesFor are the values of all variables for one person.
func (f Fixed) valuesFor(p Person) map[string]any {
	values := f.values(p.OfferCode)
	values["customer"] = map[string]any{
		"family_name": orGuest(p.FamilyName), "given_name": optional(p.GivenName),
		"full_name": orGuest(p.fullName()), "addressee": p.addressee(), "properties": p.Properties,
	}
	values["points"] = map[string]any{
		"program":   f.program(),
		"available": p.Points.Available, "expiring": p.Points.Expiring, "expiring_on": f.day(p.Points.ExpiringOn),
	}
	values["stage"] = map[string]any{
		"name": optional(p.Stage.Name), "missing": p.Stage.Missing, "by": f.day(p.Stage.By),
		"next": map[string]any{"name": optional(p.Stage.NextName)},
	}
	return values
}

// program is what the merchant's own points are called in mails, so that nobody
// takes them for those of a mall.
func (f Fixed) program() string {
	if name := cmp.Or(f.Brand.Name, f.Sender.Name); name != "" {
		return name + "のポイント"
	}
	return "当店のポイント"
}

// optional is nil for an empty text, because Liquid takes an empty text for
// true: {% if stage.next.name %} asks whether there is a next stage.
func optional(s string) any {
	if s == "" {
		return nil
	}
	return s
}

// day is t as templates see it: nil when there is none.
func (f Fixed) day(t time.Time) any {
	if t.IsZero() {
		return nil
	}
	return t.In(f.Zone)
}

// ending is an instant at which something ends, as its last day; filters take it
// for the instant.
type ending time.Time

// ending is t as templates see it: nil when there is none. Midnight ends the day
// before it.
func (f Fixed) ending(t time.Time) any {
	if t.IsZero() {
		return nil
	}
	t = t.In(f.Zone)
	if h, m, s := t.Clock(); h == 0 && m == 0 && s == 0 {
		t = t.Add(-time.Second)
	}
	return ending(t)
}

// String is the last day, with the time where it does not last to the day's end:
// 2026年11月30日, 2026年11月30日 9:00.
func (e ending) String() string {
	t := time.Time(e)
	if t.Hour() == 23 && t.Minute() == 59 {
		return t.Format("2006年1月2日")
	}
	return t.Format("2006年1月2日 15:04")
}

// orGuest makes 「{{ customer.family_name }}様」 read お客様 when the name is
// not known.
func orGuest(name string) string {
	if name == "" {
		return "お客"
	}
	return name
}

func (p Person) fullName() string {
	if p.FamilyName == "" || p.GivenName == "" {
		return p.FamilyName + p.GivenName
	}
	return p.FamilyName + " " + p.GivenName
}

func (p Person) addressee() string {
	if name := p.fullName(); name != "" {
		return name + " 様"
	}
	return "お客様"
}
