package segment

import (
	"fmt"
	"strings"
)

// Words of the fields about the course of purchases and about points over time.

func jaNthOrder(nth nthOrder) func(*speaker, *Condition) phrase {
	return func(_ *speaker, c *Condition) phrase { return jaDated(c, nth.ja+"の購入", nth.ja+"の購入をし") }
}

func enNthOrder(nth nthOrder) func(*speaker, *Condition) string {
	return func(_ *speaker, c *Condition) string { return enDated(c, "placed the "+nth.en+" order") }
}

func (s *speaker) days(n int64) string { return s.number(n) + "日" }

func enDays(s *speaker, c *Condition) string {
	return enRange(c, s.number) + plural(c.Numbers[len(c.Numbers)-1], " day", " days")
}

func jaDaysToNth(nth nthOrder) func(*speaker, *Condition) phrase {
	return func(s *speaker, c *Condition) phrase {
		return s.jaWithin(nth.ja+"の購入が前回の購入から", c)
	}
}

func enDaysToNth(nth nthOrder) func(*speaker, *Condition) string {
	return func(s *speaker, c *Condition) string {
		return "placed the " + nth.en + " order " + enDays(s, c) + " after the one before"
	}
}

func jaSecondMall(_ *speaker, c *Condition) phrase { return jaMallOf(c, "2回目の購入") }

func enSecondMall(_ *speaker, c *Condition) string {
	return enMallOf(c, "placed the second order", "did not place a second order")
}

func jaNextMall(_ *speaker, c *Condition) phrase { return jaMallOf(c, "次に購入したモール") }

func enNextMall(_ *speaker, c *Condition) string {
	return enMallOf(c, "went on to buy", "did not go on to buy next")
}

// jaMallOf says which mall something was on: 「次に購入したモールが楽天の」.
func jaMallOf(c *Condition, subject string) phrase {
	p := jaChosen(c, "で", phrase{"", ""}, phrase{"なく", "ない"})
	if c.Op == NoneOf {
		return phrase{subject + "が" + p.goOn, subject + "が" + p.beforeNoun}
	}
	text := subject + "が" + strings.TrimSuffix(p.goOn, "で")
	return phrase{text + "で", text + "の"}
}

func enMallOf(c *Condition, did, didNot string) string {
	if c.Op == NoneOf {
		return didNot + " on " + strings.Join(choiceNames(c, "en"), " or ")
	}
	return did + " on " + someOf(choiceNames(c, "en"), " or ", " or %d other malls")
}

func jaCrossed(_ *speaker, c *Condition) phrase {
	return jaDated(c, "ほかのモールでの初めての購入", "ほかのモールで初めて購入し")
}

func enCrossed(_ *speaker, c *Condition) string {
	return enDated(c, "first bought on another mall")
}

func jaDaysToCross(s *speaker, c *Condition) phrase {
	return s.jaWithin("ほかのモールでの初めての購入が初回購入から", c)
}

func enDaysToCross(s *speaker, c *Condition) string {
	return "first bought on another mall " + enDays(s, c) + " after the first order"
}

func jaJoinable(_ *speaker, c *Condition) phrase {
	if c.Bool {
		return phrase{"ほかのモールと名寄せでき", "ほかのモールと名寄せできる"}
	}
	return phrase{"ほかのモールと名寄せできず", "ほかのモールと名寄せできない"}
}

func enJoinable(_ *speaker, c *Condition) string {
	if c.Bool {
		return "can be matched across malls"
	}
	return "cannot be matched across malls"
}

// jaAsOf is the day a condition speaks of: 「2026/10/31の時点で」.
func jaAsOf(c *Condition) string {
	if c.AsOf == nil {
		return ""
	}
	return jaDate(*c.AsOf) + "の時点で"
}

func enAsOf(c *Condition, was, is string) string {
	if c.AsOf == nil {
		return is
	}
	return fmt.Sprintf("at the end of %s %s", c.AsOf, was)
}

func jaPointsOutstanding(s *speaker, c *Condition) phrase {
	points := func(n int64) string { return s.number(n) + "ポイント" }
	return jaRange(jaAsOf(c)+"未使用ポイント（付与予定・仮押さえを含む）", c, points)
}

func enPointsOutstanding(s *speaker, c *Condition) string {
	return enAsOf(c, "had ", "have ") + enRange(c, s.number) + plural(c.Numbers[len(c.Numbers)-1], " point", " points") + " outstanding (pending and held ones too)"
}

func jaPointsExpiry(_ *speaker, c *Condition) phrase {
	return jaEnding(c, "有効期限が", "のポイントを持ち", "のポイントを持つ")
}

func enPointsExpiry(_ *speaker, c *Condition) string {
	return enDated(c, "have points whose last day is")
}

func jaPointsLasting(_ *speaker, c *Condition) phrase {
	if c.Bool {
		return phrase{"期限のないポイントを持ち", "期限のないポイントを持つ"}
	}
	return phrase{"期限のないポイントを持たず", "期限のないポイントを持たない"}
}

func enPointsLasting(_ *speaker, c *Condition) string {
	if c.Bool {
		return "have points that never expire"
	}
	return "have no points that never expire"
}

func jaPointsExpired(_ *speaker, c *Condition) phrase {
	return jaDated(c, "ポイントの失効", "ポイントが失効し")
}

func enPointsExpired(_ *speaker, c *Condition) string { return enDated(c, "had points expire") }

// jaEnding says that something with a last day is there.
func jaEnding(c *Condition, subject, goOn, beforeNoun string) phrase {
	day := jaDate(c.Dates[0])
	switch c.Op {
	case Since:
		day += "以降"
	case Before:
		day += "より前"
	default:
		day += "〜" + jaDate(c.Dates[1])
	}
	return phrase{subject + day + goOn, subject + day + beforeNoun}
}
