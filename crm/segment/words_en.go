package segment

import (
	"fmt"
	"strings"
)

// English words of each catalog field. Every phrase is a verb phrase in the
// plural, to stand after "who".

func (s *speaker) on(mall string) string {
	if mall == "" {
		return ""
	}
	return " on " + s.mall(mall).EN
}

func enRange(c *Condition, figure func(int64) string) string {
	switch c.Op {
	case AtLeast, CountLeast:
		return "at least " + figure(c.Numbers[0])
	case AtMost, CountAtMost:
		return "at most " + figure(c.Numbers[0])
	case Between:
		return "between " + figure(c.Numbers[0]) + " and " + figure(c.Numbers[1])
	}
	return "exactly " + figure(c.Numbers[0])
}

func plural(n int64, one, many string) string {
	if n == 1 {
		return one
	}
	return many
}

func enOrders(s *speaker, c *Condition) string {
	if (c.Op == Equal || c.Op == AtMost) && c.Numbers[0] == 0 {
		return "never bought" + s.on(c.Mall)
	}
	last := c.Numbers[len(c.Numbers)-1]
	return "ordered" + s.on(c.Mall) + " " + enRange(c, s.number) + plural(last, " time", " times")
}

func enNetSales(s *speaker, c *Condition) string {
	return "brought net sales" + s.on(c.Mall) + " of " + enRange(c, s.money)
}

func enLastOrder(s *speaker, c *Condition) string {
	switch c.Op {
	case WithinDays:
		return fmt.Sprintf("bought%s within the last %d %s", s.on(c.Mall), c.Numbers[0], plural(c.Numbers[0], "day", "days"))
	case BeforeDays:
		return fmt.Sprintf("last bought%s more than %d %s ago", s.on(c.Mall), c.Numbers[0], plural(c.Numbers[0], "day", "days"))
	case Since:
		return "bought" + s.on(c.Mall) + " since " + c.Dates[0].String()
	case Before:
		return "last bought" + s.on(c.Mall) + " before " + c.Dates[0].String()
	}
	return "last bought" + s.on(c.Mall) + " from " + c.Dates[0].String() + " to " + c.Dates[1].String()
}

func enMalls(s *speaker, c *Condition) string {
	names := make([]string, len(c.Texts))
	for i, code := range c.Texts {
		names[i] = s.mall(code).EN
	}
	switch c.Op {
	case AnyOf:
		return "bought on " + someOf(names, " or ", " or %d other malls")
	case AllOf:
		return "bought on " + strings.Join(names, " and ")
	case NoneOf:
		return "never bought on " + strings.Join(names, " or ")
	}
	return "bought on " + enRange(c, s.number) + plural(c.Numbers[0], " mall", " malls")
}

func enSKU(_ *speaker, c *Condition) string {
	text := "bought "
	if c.Op == NoneOf {
		text = "did not buy "
	}
	text += someOf(c.Texts, " or ", " or %d other products")
	if c.Days != nil {
		text += fmt.Sprintf(" within the last %d %s", *c.Days, plural(*c.Days, "day", "days"))
	}
	return text
}

func enMember(_ *speaker, c *Condition) string {
	if c.Bool {
		return "are members"
	}
	return "are not members"
}

func enStage(_ *speaker, c *Condition) string {
	names := make([]string, len(c.Texts))
	for i, code := range c.Texts {
		names[i] = wordsOf(c.field.Choices, code).EN
	}
	if c.Op == NoneOf {
		return enAsOf(c, "were", "are") + " not at stage " + strings.Join(names, " or ")
	}
	return enAsOf(c, "were", "are") + " at stage " + strings.Join(names, " or ")
}

func enPoints(s *speaker, c *Condition) string {
	last := c.Numbers[len(c.Numbers)-1]
	text := "have " + enRange(c, s.number) + plural(last, " usable point", " usable points")
	if c.Days != nil {
		text += fmt.Sprintf(" expiring within %d %s", *c.Days, plural(*c.Days, "day", "days"))
	}
	return text
}

func enMailConsent(s *speaker, c *Condition) string {
	text := "consent to mail"
	if !c.Bool {
		text = "have not consented to mail"
	}
	if c.Mall != "" {
		text += " from " + s.mall(c.Mall).EN
	}
	return text
}

func enBirthMonth(_ *speaker, c *Condition) string {
	switch c.Op {
	case ThisMonth:
		return "have their birthday this month"
	case NextMonth:
		return "have their birthday next month"
	}
	names := make([]string, len(c.Texts))
	for i, code := range c.Texts {
		names[i] = wordsOf(c.field.Choices, code).EN
	}
	return "have their birthday in " + strings.Join(names, " or ")
}
