package segment

import (
	"fmt"
	"strings"
)

// Words of the fields about behaviour and answers to mails, both languages
// beside each other because they share what an action is called.

// act is how an action is said: 「を見た」「を見ていない」, "viewed", "view".
type act struct {
	goOn, beforeNoun, notGoOn, notBeforeNoun string
	noun                                     string // 「閲覧」回数
	past, base, tail                         string // "put", "put", " into the cart"
}

var acts = map[string]act{
	"viewed":     {"見", "見た", "見ておらず", "見ていない", "閲覧", "viewed", "view", ""},
	"carted":     {"カートに入れ", "カートに入れた", "カートに入れておらず", "カートに入れていない", "カートに入れた", "put", "put", " into the cart"},
	"favourited": {"お気に入りに入れ", "お気に入りに入れた", "お気に入りに入れておらず", "お気に入りに入れていない", "お気に入りに入れた", "marked", "mark", " as a favourite"},
	"searched":   {"検索し", "検索した", "検索しておらず", "検索していない", "検索", "searched", "search", ""},
}

// none reports whether a figure's condition says that there is nothing.
func (c *Condition) none() bool {
	return (c.Op == Equal || c.Op == AtMost) && c.Numbers[0] == 0
}

// jaWithin is the period before a verb: 「直近30日以内に」.
func jaWithin(c *Condition) string {
	if c.Days == nil {
		return ""
	}
	return fmt.Sprintf("直近%d日以内に", *c.Days)
}

func enWithin(c *Condition) string {
	if c.Days == nil {
		return ""
	}
	return fmt.Sprintf(" within the last %d %s", *c.Days, plural(*c.Days, "day", "days"))
}

// jaProducts names the products and categories of a condition, otherwise the
// given noun: 「商品TEA-01かカテゴリ「お茶」の商品」.
func jaProducts(c *Condition, otherwise string) string {
	var parts []string
	if len(c.SKUs) > 0 {
		parts = append(parts, "商品"+someOf(c.SKUs, "か", "など（ほか%d点）"))
	}
	if len(c.Categories) > 0 {
		quoted := make([]string, len(c.Categories))
		for i, category := range c.Categories {
			quoted[i] = "「" + category + "」"
		}
		parts = append(parts, "カテゴリ"+someOf(quoted, "か", "など（ほか%d件）")+"の商品")
	}
	if len(parts) == 0 {
		return otherwise
	}
	return strings.Join(parts, "または")
}

func enProducts(c *Condition, otherwise string) string {
	var parts []string
	if len(c.SKUs) > 0 {
		parts = append(parts, someOf(c.SKUs, " or ", " or %d other products"))
	}
	if len(c.Categories) > 0 {
		parts = append(parts, "products of "+someOf(c.Categories, " or ", " or %d other categories"))
	}
	if len(parts) == 0 {
		return otherwise
	}
	return strings.Join(parts, " or ")
}

func (a act) japanese(s *speaker, c *Condition) phrase {
	object, times := "", func(n int64) string { return s.number(n) + "回" }
	if c.field.Product {
		object = jaProducts(c, "商品") + "を"
	}
	switch text := jaWithin(c) + object; {
	case c.none():
		return phrase{text + a.notGoOn, text + a.notBeforeNoun}
	case c.Op == AtLeast && c.Numbers[0] > 0:
		text += times(c.Numbers[0]) + "以上"
		return phrase{text + a.goOn, text + a.beforeNoun}
	default:
		// 「商品をカートに入れた回数」, but 「商品の閲覧回数」.
		if !strings.HasSuffix(a.noun, "た") {
			text = strings.TrimSuffix(text, "を") + strings.Repeat("の", min(len(object), 1))
		}
		return jaRange(text+a.noun+"回数", c, times)
	}
}

func (a act) english(s *speaker, c *Condition) string {
	object := ""
	if c.field.Product {
		object = " " + enProducts(c, "products") + a.tail
	}
	if c.none() {
		return "did not " + a.base + object + enWithin(c)
	}
	last := c.Numbers[len(c.Numbers)-1]
	return a.past + object + " " + enRange(c, s.number) + plural(last, " time", " times") + enWithin(c)
}

func jaVisits(s *speaker, c *Condition) phrase {
	days := func(n int64) string { return s.number(n) + "日" }
	switch text := jaWithin(c); {
	case c.none():
		return phrase{text + "訪れておらず", text + "訪れていない"}
	case c.Op == AtLeast && c.Numbers[0] > 0:
		text += days(c.Numbers[0]) + "以上訪れ"
		return phrase{text, text + "た"}
	default:
		return jaRange(text+"訪れた日数", c, days)
	}
}

func enVisits(s *speaker, c *Condition) string {
	if c.none() {
		return "did not visit" + enWithin(c)
	}
	last := c.Numbers[len(c.Numbers)-1]
	return "visited on " + enRange(c, s.number) + plural(last, " day", " days") + enWithin(c)
}

func jaCartedNotBought(_ *speaker, c *Condition) phrase {
	return jaNotBought(c, "カートに入れたまま")
}

func jaViewedNotBought(_ *speaker, c *Condition) phrase { return jaNotBought(c, "見たまま") }

func jaNotBought(c *Condition, done string) phrase {
	text := jaWithin(c) + jaProducts(c, "商品") + "を" + done + "買って"
	if c.Bool {
		return phrase{text + "おらず", text + "いない"}
	}
	text += "いないことが"
	return phrase{text + "なく", text + "ない"}
}

func enCartedNotBought(_ *speaker, c *Condition) string {
	if c.Bool {
		return "put " + enProducts(c, "a product") + " into the cart" + enWithin(c) + " and have not bought it since"
	}
	return "have not left " + enProducts(c, "a product") + " in the cart" + enWithin(c)
}

func enViewedNotBought(_ *speaker, c *Condition) string {
	if c.Bool {
		return "viewed " + enProducts(c, "a product") + enWithin(c) + " and have not bought it since"
	}
	return "have not viewed " + enProducts(c, "a product") + enWithin(c) + " without buying it"
}

func jaMailsSent(s *speaker, c *Condition) phrase {
	return jaMails(s, c, act{"受け取り", "受け取った", "受け取っておらず", "受け取っていない", "受け取った", "", "", ""}, "メール")
}

func jaMailsOpened(s *speaker, c *Condition) phrase {
	return jaMails(s, c, act{"開き", "開いた", "開いておらず", "開いていない", "開いた", "", "", ""}, "メール")
}

func jaMailsClicked(s *speaker, c *Condition) phrase {
	return jaMails(s, c, act{"クリックし", "クリックした", "クリックしておらず", "クリックしていない", "クリックした", "", "", ""}, "メールのリンク")
}

func jaMails(s *speaker, c *Condition, a act, object string) phrase {
	mails := func(n int64) string { return s.number(n) + "通" }
	switch text := jaWithin(c) + object + "を"; {
	case c.none():
		return phrase{text + a.notGoOn, text + a.notBeforeNoun}
	case c.Op == AtLeast && c.Numbers[0] > 0:
		text += mails(c.Numbers[0]) + "以上"
		return phrase{text + a.goOn, text + a.beforeNoun}
	default:
		return jaRange(text+a.noun+"数", c, mails)
	}
}

func enMailsSent(s *speaker, c *Condition) string { return enMails(s, c, "received", "receive") }

func enMailsOpened(s *speaker, c *Condition) string { return enMails(s, c, "opened", "open") }

func enMailsClicked(s *speaker, c *Condition) string {
	return enMails(s, c, "clicked a link in", "click a link in")
}

func enMails(s *speaker, c *Condition, past, base string) string {
	if c.none() {
		return "did not " + base + " any mail" + enWithin(c)
	}
	last := c.Numbers[len(c.Numbers)-1]
	return past + " " + enRange(c, s.number) + plural(last, " mail", " mails") + enWithin(c)
}
