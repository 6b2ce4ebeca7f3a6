package message

import (
	"slices"
	"strings"

	"github.com/meguri-crm/meguri/crm/policy"
)

// examples are the sentences of the starters that stand for what staff will
// write themselves.
var examples = []string{"ここに本文を書いてください", "新しい季節のお知らせ", "新しいお知らせです"}

// Forgotten finds what staff probably did not mean to leave: sentences of the
// starter, and an offer whose code, or where there is none which itself, is
// never mentioned.
func Forgotten(source Source, offer *policy.Offer, hasCode bool) []policy.Finding {
	var findings []policy.Finding
	for _, part := range []struct{ place, text string }{{placeSubject, source.Subject}, {placeMJML, source.MJML}, {placeText, source.Text}} {
		for _, example := range examples {
			if offset := strings.Index(part.text, example); offset >= 0 {
				f := at(part.place, lineOf(part.text, offset), findingExample(example))
				f.Excerpt = example
				findings = append(findings, f)
			}
		}
	}
	switch {
	case offer == nil:
	case hasCode && !mentions(source, "offer.code", offer.Code):
		findings = append(findings, at("offer", 0, findingUnmentioned("CODE_UNMENTIONED", offer.Name, "offer.code")))
	case !hasCode && !mentions(source, "offer.name", offer.Name):
		findings = append(findings, at("offer", 0, findingUnmentioned("OFFER_UNMENTIONED", offer.Name, "offer.name")))
	}
	return findings
}

// mentions reports whether subject or body say a thing, by its variable or in so
// many words. In the plain-text part alone hardly anybody would see it.
func mentions(source Source, variable, words string) bool {
	for _, text := range []string{source.Subject, source.MJML} {
		for _, t := range scan(text) {
			if t.output && slices.Contains(read(t.args).variables, variable) {
				return true
			}
		}
		if words != "" && strings.Contains(text, words) {
			return true
		}
	}
	return false
}

func findingExample(example string) policy.Finding {
	return warning("EXAMPLE_TEXT", policy.Text{
		JA: "テンプレートの例文「" + example + "」が残っています。", EN: "The template's example “" + example + "” is still there.",
	}, policy.Text{JA: "伝えたい内容に書き替えてください。", EN: "Replace it with what you want to say."})
}

func findingUnmentioned(code, name, variable string) policy.Finding {
	what := policy.Text{JA: "特典「" + name + "」が件名にも本文にも出てきません。", EN: "The offer “" + name + "” is mentioned neither in the subject nor in the body."}
	if code == "CODE_UNMENTIONED" {
		what = policy.Text{JA: "特典「" + name + "」のクーポンコードが件名にも本文にも出てきません。", EN: "The coupon code of “" + name + "” is mentioned neither in the subject nor in the body."}
	}
	label := labelOf(variable)
	return warning(code, what, policy.Text{JA: "本文に変数「" + label.JA + "」を入れてください。", EN: "Put the variable “" + label.EN + "” into the body."})
}
