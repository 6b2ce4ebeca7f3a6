package segment

import "strings"

// Words of the fields about buying in sales.

// during names the events of a condition, or sales at large: 「楽天スーパーSALE」.
func (s *speaker) during(c *Condition) Words {
	if len(c.Events) == 0 {
		return Words{"セール", "sales"}
	}
	ja, en := make([]string, len(c.Events)), make([]string, len(c.Events))
	for i, code := range c.Events {
		w := wordsOf(s.catalog.eventChoices, code)
		ja[i], en[i] = w.JA, w.EN
	}
	return Words{someOf(ja, "か", "など（ほか%d件）"), someOf(en, " or ", " or %d other events")}
}

func jaEventShare(s *speaker, c *Condition) phrase {
	sale := s.during(c).JA
	switch {
	case c.Op == AtLeast && c.Numbers[0] >= 100, c.Op == Equal && c.Numbers[0] == 100:
		text := s.at(c.Mall) + sale + "のときだけ"
		return phrase{text + "買い", text + "買う"}
	case c.Op != AtLeast && c.Numbers[len(c.Numbers)-1] == 0:
		text := s.at(c.Mall) + sale + "のときには一度も"
		return phrase{text + "買わず", text + "買わない"}
	}
	return jaRange(s.of(c.Mall)+"注文のうち"+sale+"中の割合", c, s.percent)
}

func enEventShare(s *speaker, c *Condition) string {
	sale := s.during(c).EN + s.on(c.Mall)
	switch {
	case c.Op == AtLeast && c.Numbers[0] >= 100, c.Op == Equal && c.Numbers[0] == 100:
		return "buy only during " + sale
	case c.Op != AtLeast && c.Numbers[len(c.Numbers)-1] == 0:
		return "never buy during " + sale
	}
	return "placed " + enRange(c, s.percent) + " of their orders" + s.on(c.Mall) + " during " + s.during(c).EN
}

func jaEventOrder(s *speaker, c *Condition) phrase {
	return jaDated(c, "購入", s.at(c.Mall)+s.during(c).JA+"中に購入し")
}

func enEventOrder(s *speaker, c *Condition) string {
	return enDated(c, "bought"+s.on(c.Mall)+" during "+s.during(c).EN)
}

func jaFirstInEvent(s *speaker, c *Condition) phrase {
	text := s.during(c).JA + "中に初めて"
	if !c.Bool {
		text = strings.TrimSuffix(text, "中に初めて") + "以外のときに初めて"
	}
	return phrase{text + "購入し", text + "購入した"}
}

func enFirstInEvent(s *speaker, c *Condition) string {
	if c.Bool {
		return "first bought during " + s.during(c).EN
	}
	return "first bought outside " + s.during(c).EN
}
