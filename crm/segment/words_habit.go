package segment

import (
	"fmt"
	"strings"
)

// Words of the fields about dates and habits of buying, and about the person.

// jaDated says when something that happens once was done: 「直近30日以内に」 + 「入会し」.
func jaDated(c *Condition, noun, goOn string) phrase {
	var text string
	switch c.Op {
	case WithinDays:
		text = fmt.Sprintf("直近%d日以内に", c.Numbers[0])
	case BeforeDays:
		text = fmt.Sprintf("%sから%d日を", noun, c.Numbers[0])
		return phrase{text + "過ぎ", text + "過ぎた"}
	case Since:
		text = jaDate(c.Dates[0]) + "以降に"
	case Before:
		text = jaDate(c.Dates[0]) + "より前に"
	default:
		text = jaDate(c.Dates[0]) + "〜" + jaDate(c.Dates[1]) + "に"
	}
	return phrase{text + goOn, text + goOn + "た"}
}

func enDated(c *Condition, verb string) string {
	switch c.Op {
	case WithinDays:
		return fmt.Sprintf("%s within the last %d %s", verb, c.Numbers[0], plural(c.Numbers[0], "day", "days"))
	case BeforeDays:
		return fmt.Sprintf("%s more than %d %s ago", verb, c.Numbers[0], plural(c.Numbers[0], "day", "days"))
	case Since:
		return verb + " since " + c.Dates[0].String()
	case Before:
		return verb + " before " + c.Dates[0].String()
	}
	return verb + " from " + c.Dates[0].String() + " to " + c.Dates[1].String()
}

func jaFirstOrder(_ *speaker, c *Condition) phrase {
	if products := jaProducts(c, ""); products != "" {
		return jaDated(c, products+"を含む初回購入", products+"を含む初回の購入をし")
	}
	return jaDated(c, "初回購入", "初めて購入し")
}

func enFirstOrder(_ *speaker, c *Condition) string {
	if products := enProducts(c, ""); products != "" {
		return enDated(c, "had "+products+" in their first order, placed")
	}
	return enDated(c, "bought for the first time")
}

func jaOrderDate(s *speaker, c *Condition) phrase {
	object := s.at(c.Mall)
	if products := jaProducts(c, ""); products != "" {
		object += products + "を"
	}
	return jaDated(c, "購入", object+"購入し")
}

func enOrderDate(s *speaker, c *Condition) string {
	return enDated(c, "bought"+strings.TrimRight(" "+enProducts(c, ""), " ")+s.on(c.Mall))
}

func jaMemberSince(_ *speaker, c *Condition) phrase { return jaDated(c, "入会", "入会し") }

func enMemberSince(_ *speaker, c *Condition) string { return enDated(c, "became members") }

func jaFirstPrice(s *speaker, c *Condition) phrase { return jaRange("初回購入額", c, s.money) }

func enFirstPrice(s *speaker, c *Condition) string {
	return "spent " + enRange(c, s.money) + " on the first order"
}

func jaAverageOrder(s *speaker, c *Condition) phrase { return jaRange("平均注文額", c, s.money) }

func enAverageOrder(s *speaker, c *Condition) string {
	return "spend " + enRange(c, s.money) + " per order on average"
}

func (s *speaker) percent(n int64) string { return s.number(n) + "%" }

func jaCouponShare(s *speaker, c *Condition) phrase {
	return jaRange("クーポン利用率", c, s.percent)
}

func enCouponShare(s *speaker, c *Condition) string {
	return "used a coupon in " + enRange(c, s.percent) + " of their orders"
}

func jaOrderInterval(s *speaker, c *Condition) phrase {
	return jaRange("平均購入間隔", c, func(n int64) string { return s.number(n) + "日" })
}

func enOrderInterval(s *speaker, c *Condition) string {
	return "order every " + strings.TrimPrefix(enRange(c, s.number), "exactly ") + plural(c.Numbers[len(c.Numbers)-1], " day", " days") + " on average"
}

func jaOverdue(s *speaker, c *Condition) phrase {
	if c.Op == Between {
		return jaRange("ふだんの購入間隔に対する、最終購入からの日数の割合", c, s.percent)
	}
	return jaRange("最終購入からの日数", c, func(n int64) string { return "ふだんの購入間隔の" + s.percent(n) })
}

func enOverdue(s *speaker, c *Condition) string {
	return "last bought " + enRange(c, s.percent) + " of their own interval ago"
}

// jaChosen says that one of the choices holds, or none does: 「東京都か大阪府に住む」.
func jaChosen(c *Condition, particle string, yes, no phrase) phrase {
	names := choiceNames(c, "ja")
	if c.Op == NoneOf {
		text := strings.Join(names, particle+"も") + particle + "も"
		if len(names) == 1 {
			text = names[0] + particle + "は"
		}
		return phrase{text + no.goOn, text + no.beforeNoun}
	}
	text := someOf(names, "か", "など（ほか%d件）") + particle
	return phrase{text + yes.goOn, text + yes.beforeNoun}
}

func choiceNames(c *Condition, locale string) []string {
	names := make([]string, len(c.Texts))
	for i, value := range c.Texts {
		names[i] = wordsOf(c.field.Choices, value).In(locale)
	}
	return names
}

func jaFirstMall(_ *speaker, c *Condition) phrase {
	p := jaChosen(c, "で", phrase{"買い", "買った"}, phrase{"なく", "ない"})
	if c.Op == NoneOf {
		return phrase{"最初の購入が" + p.goOn, "最初の購入が" + p.beforeNoun}
	}
	return phrase{"最初に" + p.goOn, "最初に" + p.beforeNoun}
}

func enFirstMall(_ *speaker, c *Condition) string {
	if c.Op == NoneOf {
		return "did not first buy on " + strings.Join(choiceNames(c, "en"), " or ")
	}
	return "first bought on " + someOf(choiceNames(c, "en"), " or ", " or %d other malls")
}

func jaPlace(_ *speaker, c *Condition) phrase {
	return jaChosen(c, "に", phrase{"住み", "住む"}, phrase{"住んでおらず", "住んでいない"})
}

func enPlace(_ *speaker, c *Condition) string {
	if c.Op == NoneOf {
		return "do not live in " + strings.Join(choiceNames(c, "en"), " or ")
	}
	return "live in " + someOf(choiceNames(c, "en"), " or ", " or %d other places")
}

func jaGender(_ *speaker, c *Condition) phrase {
	text := "性別が" + strings.Join(choiceNames(c, "ja"), "か")
	return phrase{text + "で", text + "の"}
}

func enGender(_ *speaker, c *Condition) string {
	return "are of gender " + strings.Join(choiceNames(c, "en"), " or ")
}

func jaAge(s *speaker, c *Condition) phrase {
	return jaRange("年齢", c, func(n int64) string { return s.number(n) + "歳" })
}

func enAge(s *speaker, c *Condition) string {
	return "are " + strings.TrimPrefix(enRange(c, s.number), "exactly ") + " years old"
}

func jaHousehold(s *speaker, c *Condition) phrase {
	return jaRange("世帯の顧客", c, func(n int64) string { return s.number(n) + "人" })
}

func enHousehold(s *speaker, c *Condition) string {
	return "are of a household of " + enRange(c, s.number) + " customers"
}

func jaFriends(s *speaker, c *Condition) phrase {
	return jaRange(jaWithin(c)+"紹介した友だち", c, func(n int64) string { return s.number(n) + "人" })
}

func enFriends(s *speaker, c *Condition) string {
	if c.none() {
		return "did not bring any friend" + enWithin(c)
	}
	return "brought " + enRange(c, s.number) + plural(c.Numbers[len(c.Numbers)-1], " friend", " friends") + enWithin(c)
}

func jaBrought(_ *speaker, c *Condition) phrase {
	text := "会員に紹介されて"
	if c.Bool {
		return phrase{text + "おり", text + "いる"}
	}
	return phrase{text + "おらず", text + "いない"}
}

func enBrought(_ *speaker, c *Condition) string {
	if c.Bool {
		return "were brought by a member"
	}
	return "were not brought by a member"
}

func jaConsent(s *speaker, c *Condition) phrase {
	names, from := choiceNames(c, "ja"), ""
	if c.Mall != "" {
		from = s.mall(c.Mall).JA + "の"
	}
	switch c.Op {
	case NoneOf:
		text := from + strings.Join(names, "にも") + "にも同意して"
		if len(names) == 1 {
			text = from + names[0] + "の配信に同意して"
		}
		return phrase{text + "おらず", text + "いない"}
	case AllOf:
		text := from + strings.Join(names, "と") + "の配信に同意して"
		return phrase{text + "おり", text + "いる"}
	}
	text := from + strings.Join(names, "か") + "の配信に同意して"
	return phrase{text + "おり", text + "いる"}
}

func enConsent(s *speaker, c *Condition) string {
	names, from := choiceNames(c, "en"), ""
	if c.Mall != "" {
		from = " from " + s.mall(c.Mall).EN
	}
	switch c.Op {
	case NoneOf:
		return "have not consented to " + strings.Join(names, " or ") + from
	case AllOf:
		return "consent to " + strings.Join(names, " and ") + from
	}
	return "consent to " + strings.Join(names, " or ") + from
}

func jaSegment(_ *speaker, c *Condition) phrase {
	names := choiceNames(c, "ja")
	switch text := "セグメント「" + strings.Join(names, "」か「") + "」に該当し"; c.Op {
	case NoneOf:
		text = "セグメント「" + strings.Join(names, "」にも「") + "」に"
		if len(names) > 1 {
			text += "も"
		}
		return phrase{text + "該当せず", text + "該当しない"}
	case AllOf:
		text = "セグメント「" + strings.Join(names, "」と「") + "」"
		if len(names) > 1 {
			text += "のすべて"
		}
		return phrase{text + "に該当し", text + "に該当する"}
	default:
		return phrase{text, strings.TrimSuffix(text, "し") + "する"}
	}
}

func enSegment(_ *speaker, c *Condition) string {
	quoted := func(word string) string { return `"` + strings.Join(choiceNames(c, "en"), `"`+word+`"`) + `"` }
	switch c.Op {
	case NoneOf:
		return "are not in segment " + quoted(" or ")
	case AllOf:
		return "are in segment " + quoted(" and ")
	}
	return "are in segment " + quoted(" or ")
}
