package policy

import (
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// Texts promise premiums in words: 「3,000円以上お買い上げで、もれなく1,000円分の
// ギフト券をプレゼント」. What can be read out of them is held against the limits.
var (
	premiumValue = regexp.MustCompile(`([0-9][0-9,]{0,14})(万)?円(?:\(税込\))?(?:分|相当|程度)?(?:の)?([^。!?\n円]{0,24}?)(?:プレゼント|進呈|差し上げ|さしあげ|贈呈|もらえ|当た|お渡し)`)
	premiumPrice = regexp.MustCompile(`([0-9][0-9,]{0,14})(万)?円(?:\(税込\))?(?:以上|のお買い上げ|お買い上げ|のご購入|ご購入|のお買い物|お買い物)`)
	drawn        = regexp.MustCompile(`抽選|抽せん|くじ|当た|当選|ガラポン`)
	drawnJointly = regexp.MustCompile(`共同懸賞|商店街`)
)

// givesTooMuch: a premium of one of the kinds is worth more than the law lets one
// give for the purchase that the text asks for.
func givesTooMuch(kinds ...PremiumKind) func(Params) contentCondition {
	return func(p Params) contentCondition {
		with, except := alternatives(p.With), alternatives(p.Except)
		return func(c Content, _ string) []hit {
			var hits []hit
			for _, part := range c.Parts {
				if !part.Link {
					hits = append(hits, premiumsIn(part, kinds, with, except)...)
				}
			}
			return hits
		}
	}
}

func premiumsIn(part Part, kinds []PremiumKind, with, except *regexp.Regexp) []hit {
	s := letters(unroll(part))
	text := s.lower()
	var hits []hit
	for _, m := range premiumValue.FindAllStringSubmatchIndex(text, -1) {
		what := text[m[6]:m[7]]
		if with != nil && !with.MatchString(text[m[0]:m[1]]) || except != nil && except.MatchString(what) {
			continue // money off for the shop's own goods is no premium
		}
		sentence := sentenceAround(text, m[0], m[1])
		premium := Premium{Kind: kindIn(sentence), Value: yenIn(text, m), Price: priceIn(sentence, text)}
		limit := LimitOf(premium)
		if !slices.Contains(kinds, premium.Kind) || !limit.EachOver {
			continue
		}
		excerpt, at := s.slice(text, m[0], m[1])
		hits = append(hits, hit{place: part.Place, at: at, excerpt: clip(excerpt), echo: part.Echo, what: Text{
			JA: "上限 " + grouped(limit.Each) + "円、取引の額 " + grouped(limit.Price) + "円",
			EN: "limit " + grouped(limit.Each) + " yen for a purchase of " + grouped(limit.Price) + " yen",
		}})
	}
	return hits
}

func kindIn(sentence string) PremiumKind {
	switch {
	case drawnJointly.MatchString(sentence):
		return JointLottery
	case drawn.MatchString(sentence):
		return Lottery
	}
	return Gift
}

// priceIn is the least purchase the sentence asks for or, when it asks for none,
// the text; 0 when neither does.
func priceIn(sentence, text string) int64 {
	for _, s := range []string{sentence, text} {
		least := int64(0)
		for _, m := range premiumPrice.FindAllStringSubmatchIndex(s, -1) {
			if yen := yenIn(s, m); least == 0 || yen < least {
				least = yen
			}
		}
		if least > 0 {
			return least
		}
	}
	return 0
}

// yenIn is the amount of a match whose first two groups are figures and 万.
func yenIn(text string, m []int) int64 {
	yen, err := strconv.ParseInt(strings.ReplaceAll(text[m[2]:m[3]], ",", ""), 10, 64)
	if err != nil || yen > math.MaxInt64/10_000 {
		return maxYen
	}
	if m[4] >= 0 {
		yen *= 10_000
	}
	return min(yen, maxYen)
}

func sentenceAround(text string, from, to int) string {
	const ends = "。!?\n"
	start := 0
	if at := strings.LastIndexAny(text[:from], ends); at >= 0 {
		start = at + 1
	}
	if at := strings.IndexAny(text[to:], ends); at >= 0 {
		return text[start : to+at]
	}
	return text[start:]
}

func grouped(n int64) string {
	s := strconv.FormatInt(n, 10)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}
