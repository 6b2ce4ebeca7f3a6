package segment

import (
	"fmt"
	"strconv"
	"strings"

	"golang.org/x/text/currency"
	"golang.org/x/text/language"
	"golang.org/x/text/message"
)

// Sentence reads a rule back in both languages, for instance
// 「直近90日以内に購入し、楽天で2回以上買った会員」 and "Members who bought
// within the last 90 days and ordered on Rakuten at least 2 times".
func (c *Catalog) Sentence(rule *Rule) Words {
	s := &speaker{catalog: c, printer: message.NewPrinter(language.Japanese)}
	return Words{JA: s.japanese(rule.root), EN: s.english(rule.root)}
}

// speaker turns conditions into words.
type speaker struct {
	catalog *Catalog
	printer *message.Printer // groups digits, which both languages do alike
}

func (s *speaker) number(n int64) string { return s.printer.Sprintf("%d", n) }

// money writes an amount of the base currency: ¥20,000 or GBP 12.50.
func (s *speaker) money(n int64) string {
	code := s.catalog.merchant.Currency
	if code == "JPY" {
		if n < 0 {
			return "-¥" + s.number(-n)
		}
		return "¥" + s.number(n)
	}
	scale := 2
	if unit, err := currency.ParseISO(code); err == nil {
		scale, _ = currency.Standard.Rounding(unit)
	}
	return code + " " + s.printer.Sprintf("%."+strconv.Itoa(scale)+"f", float64(n)/pow10(scale))
}

func pow10(n int) float64 {
	p := 1.0
	for range n {
		p *= 10
	}
	return p
}

func (s *speaker) mall(code string) Words { return wordsOf(s.catalog.Malls(), code) }

// member takes "is a member" out of the conditions of an AND, because it is
// better said as the noun of the sentence.
func member(nodes []*Node) (rest []*Node, found bool) {
	for _, n := range nodes {
		if n.Condition != nil && n.Condition.Field == "member" && n.Condition.Bool {
			found = true
			continue
		}
		rest = append(rest, n)
	}
	return rest, found
}

// conjuncts are the parts of a rule that all must hold.
func conjuncts(root *Node) []*Node {
	if root.Condition != nil || root.Not != nil || root.Any != nil {
		return []*Node{root}
	}
	return root.All
}

// phrase is a Japanese predicate in the two forms a relative clause needs:
// 「購入し」 goes on, 「購入した」 stands before a noun.
type phrase struct{ goOn, beforeNoun string }

// japanese puts conditions first and groups last, because a group reads as an
// apposition to the noun: 「楽天で買い、（Aした、またはBした）顧客」.
func (s *speaker) japanese(root *Node) string {
	parts, members := member(conjuncts(root))
	noun := "顧客"
	if members {
		noun = "会員"
	}
	if len(parts) == 0 {
		return "すべての" + noun
	}
	return s.jaAll(parts).beforeNoun + noun
}

func (s *speaker) jaNode(n *Node) phrase {
	switch {
	case n.Condition != nil:
		return n.Condition.field.ja(s, n.Condition)
	case n.Not != nil:
		inner := s.jaNode(n.Not).beforeNoun
		return phrase{inner + "人を除き", inner + "人を除く"}
	}
	if len(n.children()) == 1 {
		return s.jaNode(n.children()[0])
	}
	var inner string
	if n.Any != nil {
		said := make([]string, len(n.Any))
		for i, child := range n.Any {
			said[i] = s.jaNode(child).beforeNoun
		}
		inner = strings.Join(said, "、または")
	} else {
		inner = s.jaAll(n.All).beforeNoun
	}
	return phrase{"（" + inner + "）のうえ", "（" + inner + "）"}
}

func (s *speaker) jaAll(nodes []*Node) phrase {
	var simple, groups []*Node
	for _, n := range nodes {
		if n.Condition == nil && n.Not == nil {
			groups = append(groups, n)
		} else {
			simple = append(simple, n)
		}
	}
	if len(nodes) == 1 && len(groups) == 1 && len(groups[0].children()) > 1 {
		return s.jaOnly(groups[0])
	}
	var b strings.Builder
	for i, n := range simple {
		p := s.jaNode(n)
		if i == len(simple)-1 && len(groups) == 0 {
			b.WriteString(p.beforeNoun)
			break
		}
		b.WriteString(p.goOn + "、")
	}
	for i, n := range groups {
		if i > 0 || len(simple) > 0 {
			b.WriteString("かつ")
		}
		b.WriteString(s.jaNode(n).beforeNoun)
	}
	return phrase{beforeNoun: b.String()}
}

// jaOnly says a group that is the whole rule, without its brackets.
func (s *speaker) jaOnly(group *Node) phrase {
	inner := strings.TrimSuffix(strings.TrimPrefix(s.jaNode(group).beforeNoun, "（"), "）")
	return phrase{beforeNoun: inner}
}

func (s *speaker) english(root *Node) string {
	parts, members := member(conjuncts(root))
	noun := "Customers"
	if members {
		noun = "Members"
	}
	if len(parts) == 0 {
		return "All " + strings.ToLower(noun)
	}
	said := make([]string, len(parts))
	for i, n := range parts {
		said[i] = s.enNode(n, len(parts) > 1)
	}
	return noun + " who " + strings.Join(said, " and ")
}

func (s *speaker) enNode(n *Node, bracket bool) string {
	switch {
	case n.Condition != nil:
		return n.Condition.field.en(s, n.Condition)
	case n.Not != nil:
		return "are not among those who " + s.enNode(n.Not, true)
	}
	word := " and "
	if n.Any != nil {
		word = " or "
	}
	said := make([]string, len(n.children()))
	for i, child := range n.children() {
		said[i] = s.enNode(child, true)
	}
	text := strings.Join(said, word)
	if bracket && len(said) > 1 {
		return "(" + text + ")"
	}
	return text
}

// someOf joins up to three names and counts the rest.
func someOf(names []string, or, rest string) string {
	if len(names) <= 3 {
		return strings.Join(names, or)
	}
	return strings.Join(names[:3], or) + fmt.Sprintf(rest, len(names)-3)
}
