package world

import (
	"slices"
	"time"

	"github.com/meguri-crm/meguri/crm/mall"
)

// word is what a person says about being written to.
type word struct {
	Shop    string `json:"shop"`
	Channel string `json:"channel"`
	Purpose string `json:"purpose"`
	State   string `json:"state"`
	At      string `json:"at"`
	Method  string `json:"method"`
	Wording string `json:"wording,omitempty"`

	at time.Time
}

// deed is something that gives or takes points beside orders.
type deed struct {
	Key    string `json:"key"`
	Kind   string `json:"kind"`
	Action string `json:"action,omitempty"` // of AWARD
	Amount int64  `json:"amount,omitempty"` // of REDEEM
	At     string `json:"at"`
	Reason string `json:"reason,omitempty"`
	Note   string `json:"note,omitempty"`

	at    time.Time
	worth int64     // of AWARD
	until time.Time // of AWARD: at least so long its points live
}

// What people agree to.
const (
	siteWording     = "新商品やお得な情報をメールで受け取ることに同意します。"
	storeWording    = "店頭申込書：お知らせメールの配信に同意する"
	lineWording     = "LINE公式アカウントを友だち追加し、お知らせを受け取ることに同意します。"
	checkoutWording = "ストアニュースレターを受け取る"
)

// belong makes some people members of the merchant's programme, who agree to be
// written to or not, and earn and spend points.
func (g dice) belong(p *Person) {
	p.Joined = g.joins(p)
	if p.Joined.IsZero() {
		if o := p.firstOn(mall.Yahoo); o != nil && g.chance(30) {
			p.says(Yahoo, "MAIL", "GIVEN", o.at, "CHECKOUT", checkoutWording)
		}
		return
	}
	g.agree(p)
	g.points(p)
	slices.SortStableFunc(p.deeds, func(a, b deed) int { return a.at.Compare(b.at) })
}

// joins is when a person becomes a member: with a card of the shop before he pays
// there, on the site some time after he has bought there. Zero: never.
func (g dice) joins(p *Person) time.Time {
	var at time.Time
	if o := p.firstOn(mall.OwnSite); o != nil && g.chance(80) {
		at = o.at.Add(time.Duration((g.Float64()*1.3 - 0.3) * 20 * 24 * float64(time.Hour))).Truncate(time.Minute)
	}
	if o := p.firstOn(mall.Store); o != nil && (at.IsZero() || o.at.Before(at)) {
		at = o.at.Add(-time.Minute)
	}
	if at.Before(g.w.Begin()) && !at.IsZero() {
		at = g.w.Begin().Add(time.Hour)
	}
	if !at.Before(g.w.End) {
		return time.Time{}
	}
	return at
}

// club is the shop that knows the person by a number.
func (p *Person) club() (code, number string) {
	if p.buysOn(mall.OwnSite) {
		return OwnSite, p.MemberNo()
	}
	return Kyoto, p.cardNo()
}

func (p *Person) via() string {
	shop, _ := p.club()
	switch {
	case shop == Kyoto:
		return "STORE_CARD"
	case p.spells%8 == 0:
		return "APP"
	case p.spells%5 == 0:
		return "LINE"
	}
	return "SITE"
}

func (p *Person) says(shop, channel, state string, at time.Time, method, wording string) {
	p.words = append(p.words, word{shop, channel, "MARKETING", state, rfc3339(at), method, wording, at})
}

func rfc3339(t time.Time) string { return t.In(Japan).Format(time.RFC3339) }

// agree is what a member says about mails and LINE.
func (g dice) agree(p *Person) {
	shop, _ := p.club()
	method, wording := "SIGN_UP_FORM", siteWording
	if shop == Kyoto {
		method, wording = "STORE", storeWording
	}
	if g.chance(80) {
		p.says(shop, "MAIL", "GIVEN", p.Joined, method, wording)
		if at := g.after(p.Joined, 30, 500); g.chance(11) && at.Before(g.w.End) {
			p.says(shop, "MAIL", "WITHDRAWN", at, "UNSUBSCRIBE_LINK", "")
		}
	}
	if at := g.after(p.Joined, 0, 60); shop == OwnSite && g.chance(38) && at.Before(g.w.End) {
		p.says(shop, "LINE", "GIVEN", at, "SIGN_UP_FORM", lineWording)
		p.does("line", "LINE_SUBSCRIPTION", at, befriend, aYear(at))
	}
	if shop == Kyoto && g.chance(25) {
		p.says(shop, "POSTAL", "GIVEN", p.Joined, "STORE", "店頭申込書：季節のご案内を郵便で受け取る")
	}
}

// after is an instant some days after another.
func (dice) hours(days float64) time.Duration { return time.Duration(days * 24 * float64(time.Hour)) }

func (g dice) after(t time.Time, from, to int) time.Time {
	return t.Add(g.hours(float64(from) + g.Float64()*float64(to-from))).Truncate(time.Minute)
}

func (p *Person) does(key, action string, at time.Time, worth int64, until time.Time) {
	p.deeds = append(p.deeds, deed{Key: key, Kind: "AWARD", Action: action, At: rfc3339(at), at: at, worth: worth, until: until})
}

// aYear is how long ordinary points live at least.
func aYear(t time.Time) time.Time { return t.AddDate(0, 12, -1) }

// points are what a member gets beside his orders, and what he spends.
func (g dice) points(p *Person) {
	p.does("join", "JOIN", p.Joined, welcome, aYear(p.Joined))
	for year := p.Joined.Year(); !p.birth.IsZero() && year <= g.w.End.Year(); year++ {
		at := time.Date(year, p.birth.Month(), p.birth.Day(), 7, 0, 0, 0, Japan)
		if at.After(p.Joined) && at.Before(g.w.End) {
			p.does("birthday-"+at.Format("2006"), "BIRTHDAY", at, birthday, at.AddDate(0, 0, birthdayDays-1))
		}
	}
	g.spend(p)
}
