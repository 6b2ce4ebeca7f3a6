package segment

import (
	"fmt"
	"strings"
)

// Japanese words of each catalog field.

// at is the mall as the place of a purchase: 「楽天で」.
func (s *speaker) at(mall string) string {
	if mall == "" {
		return ""
	}
	return s.mall(mall).JA + "で"
}

// of is the mall before a noun: 「楽天での」.
func (s *speaker) of(mall string) string {
	if mall == "" {
		return ""
	}
	return s.mall(mall).JA + "での"
}

// jaRange says a comparison of a named figure: 「純売上が¥20,000以上」.
func jaRange(subject string, c *Condition, figure func(int64) string) phrase {
	var text string
	switch c.Op {
	case AtLeast:
		text = figure(c.Numbers[0]) + "以上"
	case AtMost:
		text = figure(c.Numbers[0]) + "以下"
	case Between:
		text = figure(c.Numbers[0]) + "〜" + figure(c.Numbers[1])
	default:
		text = "ちょうど" + figure(c.Numbers[0])
	}
	return phrase{subject + "が" + text + "で", subject + "が" + text + "の"}
}

// jaWithin says how many days something took: 「2回目の購入が前回から90日以内の」.
// subject ends where the days stand.
func (s *speaker) jaWithin(subject string, c *Condition) phrase {
	var text string
	switch c.Op {
	case AtLeast:
		text = s.days(c.Numbers[0]) + "以上あと"
	case AtMost:
		text = s.days(c.Numbers[0]) + "以内"
	case Between:
		text = s.number(c.Numbers[0]) + "〜" + s.days(c.Numbers[1]) + "後"
	default:
		text = "ちょうど" + s.days(c.Numbers[0]) + "後"
	}
	return phrase{subject + text + "で", subject + text + "の"}
}

func jaOrders(s *speaker, c *Condition) phrase {
	times := func(n int64) string { return s.number(n) + "回" }
	switch at := s.at(c.Mall); {
	case c.Op == AtLeast && c.Numbers[0] > 0:
		text := at + times(c.Numbers[0]) + "以上"
		return phrase{text + "買い", text + "買った"}
	case c.Op == Equal && c.Numbers[0] > 0:
		text := at + "ちょうど" + times(c.Numbers[0])
		return phrase{text + "買い", text + "買った"}
	case c.Op == Equal || c.Op == AtMost && c.Numbers[0] == 0:
		text := at + "一度も"
		return phrase{text + "買っておらず", text + "買っていない"}
	}
	return jaRange(s.of(c.Mall)+"購入回数", c, times)
}

func jaNetSales(s *speaker, c *Condition) phrase {
	return jaRange(s.of(c.Mall)+"純売上", c, s.money)
}

func jaLastOrder(s *speaker, c *Condition) phrase {
	last := s.of(c.Mall) + "最終購入"
	switch c.Op {
	case WithinDays:
		text := fmt.Sprintf("直近%d日以内に%s", c.Numbers[0], s.at(c.Mall))
		return phrase{text + "購入し", text + "購入した"}
	case BeforeDays:
		text := fmt.Sprintf("%sから%d日を", last, c.Numbers[0])
		return phrase{text + "過ぎ", text + "過ぎた"}
	case Since:
		text := jaDate(c.Dates[0]) + "以降に" + s.at(c.Mall)
		return phrase{text + "購入し", text + "購入した"}
	case Before:
		text := last + "が" + jaDate(c.Dates[0]) + "より前"
		return phrase{text + "で", text + "の"}
	}
	text := last + "が" + jaDate(c.Dates[0]) + "〜" + jaDate(c.Dates[1])
	return phrase{text + "で", text + "の"}
}

func jaDate(d Date) string { return fmt.Sprintf("%d/%d/%d", d.Year, d.Month, d.Day) }

func jaMalls(s *speaker, c *Condition) phrase {
	names := make([]string, len(c.Texts))
	for i, code := range c.Texts {
		names[i] = s.mall(code).JA
	}
	switch c.Op {
	case AnyOf:
		text := someOf(names, "か", "など（ほか%dモール）") + "で"
		return phrase{text + "買い", text + "買った"}
	case AllOf:
		text := strings.Join(names, "と") + "の"
		if len(names) == 1 {
			text = names[0] + "で"
		} else {
			text += "すべてで"
		}
		return phrase{text + "買い", text + "買った"}
	case NoneOf:
		text := strings.Join(names, "でも") + "でも"
		if len(names) == 1 {
			text = names[0] + "では"
		}
		return phrase{text + "買っておらず", text + "買っていない"}
	case CountLeast:
		text := s.number(c.Numbers[0]) + "つ以上のモールで"
		return phrase{text + "買い", text + "買った"}
	}
	text := "購入モールが" + s.number(c.Numbers[0]) + "つ以下"
	return phrase{text + "で", text + "の"}
}

func jaSKU(_ *speaker, c *Condition) phrase {
	text := "商品" + someOf(c.Texts, "か", "など（ほか%d点）") + "を"
	if c.Days != nil {
		text += fmt.Sprintf("直近%d日以内に", *c.Days)
	}
	if c.Op == NoneOf {
		return phrase{text + "買っておらず", text + "買っていない"}
	}
	return phrase{text + "買い", text + "買った"}
}

func jaMember(_ *speaker, c *Condition) phrase {
	if c.Bool {
		return phrase{"会員で", "会員である"}
	}
	return phrase{"会員ではなく", "会員ではない"}
}

func jaStage(_ *speaker, c *Condition) phrase {
	names := make([]string, len(c.Texts))
	for i, code := range c.Texts {
		names[i] = wordsOf(c.field.Choices, code).JA
	}
	stage := jaAsOf(c) + "ステージが"
	if c.Op == NoneOf {
		text := stage + strings.Join(names, "でも") + "でも"
		if len(names) == 1 {
			text = stage + names[0] + "では"
		}
		return phrase{text + "なく", text + "ない"}
	}
	text := stage + strings.Join(names, "か")
	return phrase{text + "で", text + "の"}
}

func jaPoints(s *speaker, c *Condition) phrase {
	points := func(n int64) string { return s.number(n) + "ポイント" }
	if c.Days != nil {
		within := fmt.Sprintf("%d日以内に失効する", *c.Days)
		if c.Op == AtLeast {
			text := within + "ポイントが" + s.number(c.Numbers[0]) + "以上"
			return phrase{text + "あり", text + "ある"}
		}
		return jaRange(within+"ポイント", c, s.number)
	}
	return jaRange("利用可能ポイント", c, points)
}

func jaMailConsent(s *speaker, c *Condition) phrase {
	text := "メール配信に同意して"
	if c.Mall != "" {
		text = s.mall(c.Mall).JA + "の" + text
	}
	if c.Bool {
		return phrase{text + "おり", text + "いる"}
	}
	return phrase{text + "おらず", text + "いない"}
}

func jaBirthMonth(_ *speaker, c *Condition) phrase {
	switch c.Op {
	case ThisMonth:
		return phrase{"今月が誕生月で", "今月が誕生月の"}
	case NextMonth:
		return phrase{"来月が誕生月で", "来月が誕生月の"}
	}
	names := make([]string, len(c.Texts))
	for i, code := range c.Texts {
		names[i] = wordsOf(c.field.Choices, code).JA
	}
	text := "誕生月が" + strings.Join(names, "か")
	return phrase{text + "で", text + "の"}
}
