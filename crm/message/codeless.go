package message

import (
	"slices"
	"strings"

	"github.com/meguri-crm/meguri/crm/policy"
)

// couponWord is what a text says of an offer that it takes for a coupon.
const couponWord = "クーポン"

// codeless finds what a content says of a code that no recipient has: a code
// that is left out by its own condition, so that nothing is seen of it, and the
// word coupon beside an offer that is none.
func codeless(source Source, offer Offer) (findings []policy.Finding) {
	for _, part := range source.parts() {
		read := readCode(part.text)
		if read.shown > 0 {
			findings = append(findings, at(part.place, read.shown, findingCodeMissing(offer)))
		}
		if read.said > 0 && offer.Name != "" && !offer.coupon() {
			f := at(part.place, read.said, findingNoCoupon(offer))
			f.Excerpt = couponWord
			findings = append(findings, f)
		}
	}
	return findings
}

// codeRead is where a text speaks of a code: lines from 1, or 0.
type codeRead struct {
	// shown is where it shows the code to those who have one, with nothing in its
	// place for the others.
	shown int
	// said is where it says coupon to everybody.
	said int
}

// branch is a condition or a loop that a text is in.
type branch struct {
	asks  bool // for the code
	shown int
}

func readCode(text string) codeRead {
	var r codeRead
	var open []branch
	from := 0
	for _, t := range scan(text) {
		r.words(text, from, t.start, open)
		from = t.start + len(t.source)
		switch {
		case t.output:
			if at := slices.IndexFunc(open, func(b branch) bool { return b.asks && b.shown == 0 }); at >= 0 && speaksOfCode(t) {
				open[at].shown = t.line
			}
		case slices.Contains([]string{"if", "unless", "case", "for"}, t.name):
			open = append(open, branch{asks: t.name == "if" && speaksOfCode(t)})
		case (t.name == "else" || t.name == "elsif") && len(open) > 0:
			open[len(open)-1].shown, open[len(open)-1].asks = 0, false
		case strings.HasPrefix(t.name, "end") && len(open) > 0:
			if last := open[len(open)-1]; r.shown == 0 {
				r.shown = last.shown
			}
			open = open[:len(open)-1]
		}
	}
	r.words(text, from, len(text), open)
	return r
}

func speaksOfCode(t token) bool { return slices.Contains(read(t.args).variables, "offer.code") }

// words notes the coupon in a stretch that those without a code are shown, too.
func (r *codeRead) words(text string, from, to int, open []branch) {
	if r.said > 0 || slices.ContainsFunc(open, func(b branch) bool { return b.asks }) {
		return
	}
	if offset := strings.Index(text[from:to], couponWord); offset >= 0 {
		r.said = lineOf(text, from+offset)
	}
}

func findingCodeMissing(offer Offer) policy.Finding {
	what := policy.Text{JA: "特典が選ばれていないため、クーポンコードは表示されません。", EN: "No coupon code is shown, because no offer is chosen."}
	if offer.Name != "" {
		what = policy.Text{
			JA: "特典「" + offer.Name + "」にはコードがないため、クーポンコードは表示されません。",
			EN: "No coupon code is shown, because the offer “" + offer.Name + "” has none.",
		}
	}
	return warning("CODE_MISSING", what, remedyCode)
}

func findingNoCoupon(offer Offer) policy.Finding {
	return warning("NO_COUPON", policy.Text{
		JA: "特典「" + offer.Name + "」はクーポンではありませんが、「クーポン」と書かれています。",
		EN: "The offer “" + offer.Name + "” is no coupon, but the content says 「クーポン」.",
	}, policy.Text{
		JA: "特典に合う言葉に書き替えてください。ボタンには変数「" + labelOf("offer.action").JA + "」も使えます。",
		EN: "Write what fits the offer; for a button there is the variable “" + labelOf("offer.action").EN + "”.",
	})
}

var remedyCode = policy.Text{
	JA: "コードのある特典を選ぶか、クーポンコードを外してください。", EN: "Choose an offer with a code, or take the coupon code out.",
}
