package segment

import (
	"fmt"
	"strings"
)

// The words of what the merchant keeps of customers. A property is called by its
// own name, which stands as it is.

func (c *Condition) called() string { return c.field.property.Words.JA }

// textsIn are the condition's texts as people call them.
func (c *Condition) textsIn(locale string) []string {
	names := make([]string, len(c.Texts))
	for i, t := range c.Texts {
		names[i] = wordsOf(c.field.Choices, t).In(locale)
	}
	return names
}

// jaKnown says whether anything is known; the rest says the kind itself.
func jaKnown(rest func(*speaker, *Condition) phrase) func(*speaker, *Condition) phrase {
	return func(s *speaker, c *Condition) phrase {
		switch c.Op {
		case Known:
			return phrase{c.called() + "の登録があり", c.called() + "の登録がある"}
		case Unknown:
			return phrase{c.called() + "の登録がなく", c.called() + "の登録がない"}
		default:
			return rest(s, c)
		}
	}
}

func jaPropertyText(_ *speaker, c *Condition) phrase {
	texts := make([]string, len(c.Texts))
	for i, t := range c.Texts {
		texts[i] = "「" + t + "」"
	}
	said := someOf(texts, "か", "など（ほか%d件）")
	if c.Op == Contains {
		return phrase{c.called() + "に" + said + "を含み", c.called() + "に" + said + "を含む"}
	}
	return jaIsOneOf(c, said)
}

func jaPropertyChoice(_ *speaker, c *Condition) phrase {
	return jaIsOneOf(c, someOf(c.textsIn("ja"), "か", "など（ほか%d件）"))
}

func jaIsOneOf(c *Condition, said string) phrase {
	text := c.called() + "が" + said
	if c.Op == NoneOf {
		return phrase{text + "ではなく", text + "ではない"}
	}
	return phrase{text + "で", text + "の"}
}

func jaPropertyChoices(_ *speaker, c *Condition) phrase {
	names := c.textsIn("ja")
	switch c.Op {
	case AllOf:
		text := c.called() + "に" + strings.Join(names, "と")
		return phrase{text + "があり", text + "がある"}
	case NoneOf:
		text := c.called() + "に" + strings.Join(names, "も") + "も"
		if len(names) == 1 {
			text = c.called() + "に" + names[0] + "が"
		}
		return phrase{text + "なく", text + "ない"}
	}
	text := c.called() + "に" + someOf(names, "か", "など（ほか%d件）")
	return phrase{text + "があり", text + "がある"}
}

func jaPropertyNumber(s *speaker, c *Condition) phrase {
	return jaRange(c.called(), c, func(n int64) string { return s.decimal(n, c.field.Decimals) })
}

// decimal writes a number of units with its digits grouped.
func (s *speaker) decimal(n int64, decimals int) string {
	whole, rest, _ := strings.Cut(decimal(n, decimals), ".")
	grouped := s.number(n / tenTo(decimals))
	if strings.HasPrefix(whole, "-") && !strings.HasPrefix(grouped, "-") {
		grouped = "-" + grouped // -0.5
	}
	if rest != "" {
		return grouped + "." + rest
	}
	return grouped
}

func jaPropertyDate(_ *speaker, c *Condition) phrase {
	var text string
	switch c.Op {
	case WithinDays:
		text = fmt.Sprintf("直近%d日以内", c.Numbers[0])
	case BeforeDays:
		text = fmt.Sprintf("%d日前より前", c.Numbers[0])
	case NextDays:
		text = fmt.Sprintf("今日から%d日以内", c.Numbers[0])
	case Since:
		text = jaDate(c.Dates[0]) + "以降"
	case Before:
		text = jaDate(c.Dates[0]) + "より前"
	case ThisMonth:
		text = "今月（年は問わない）"
	case NextMonth:
		text = "来月（年は問わない）"
	default:
		text = jaDate(c.Dates[0]) + "〜" + jaDate(c.Dates[1])
	}
	return phrase{c.called() + "が" + text + "で", c.called() + "が" + text + "の"}
}

func jaPropertyBoolean(_ *speaker, c *Condition) phrase {
	text := c.called() + "が「いいえ」"
	if c.Bool {
		text = c.called() + "が「はい」"
	}
	return phrase{text + "で", text + "の"}
}

func (c *Condition) calledEN() string { return "“" + c.field.property.Words.EN + "”" }

func enKnown(rest func(*speaker, *Condition) string) func(*speaker, *Condition) string {
	return func(s *speaker, c *Condition) string {
		switch c.Op {
		case Known:
			return "have " + c.calledEN() + " on record"
		case Unknown:
			return "have no " + c.calledEN() + " on record"
		default:
			return rest(s, c)
		}
	}
}

func enPropertyList(_ *speaker, c *Condition) string {
	names := c.textsIn("en")
	some := someOf(names, " or ", " and %d more")
	switch c.Op {
	case Contains:
		return "have " + some + " in " + c.calledEN()
	case AllOf:
		return "have all of " + strings.Join(names, ", ") + " in " + c.calledEN()
	case NoneOf:
		return "do not have " + some + " as " + c.calledEN()
	}
	return "have " + some + " as " + c.calledEN()
}

func enPropertyNumber(s *speaker, c *Condition) string {
	figure := func(i int) string { return s.decimal(c.Numbers[i], c.field.Decimals) }
	switch c.Op {
	case AtLeast:
		return "have " + c.calledEN() + " of at least " + figure(0)
	case AtMost:
		return "have " + c.calledEN() + " of at most " + figure(0)
	case Between:
		return "have " + c.calledEN() + " between " + figure(0) + " and " + figure(1)
	}
	return "have " + c.calledEN() + " of exactly " + figure(0)
}

func enPropertyDate(_ *speaker, c *Condition) string {
	of := "have " + c.calledEN() + " "
	switch c.Op {
	case WithinDays:
		return of + fmt.Sprintf("within the last %d days", c.Numbers[0])
	case BeforeDays:
		return of + fmt.Sprintf("more than %d days ago", c.Numbers[0])
	case NextDays:
		return of + fmt.Sprintf("within the next %d days", c.Numbers[0])
	case Since:
		return of + "on or after " + c.Dates[0].String()
	case Before:
		return of + "before " + c.Dates[0].String()
	case ThisMonth:
		return of + "in this month of any year"
	case NextMonth:
		return of + "in next month of any year"
	}
	return of + "from " + c.Dates[0].String() + " to " + c.Dates[1].String()
}

func enPropertyBoolean(_ *speaker, c *Condition) string {
	if c.Bool {
		return "have “yes” as " + c.calledEN()
	}
	return "have “no” as " + c.calledEN()
}
