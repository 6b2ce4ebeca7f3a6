package message

import (
	"regexp"
	"slices"
	"strings"

	"github.com/meguri-crm/meguri/crm/policy"
)

// Unfilled finds the variables that content shows although nothing would stand
// there in this variant: an offer's where no offer is chosen, the shop's
// address where the shop has none. What stands under a condition on the
// variable, or has a default, is taken for foreseen. A link that leads nowhere
// blocks, and so does a gap in a subject, heading or button, or nothing left of
// one for some recipients; anything else is a warning, among it what is said of
// a code where there is none. hasCode says that the offer has codes.
func Unfilled(source Source, fixed Fixed, hasCode bool) []policy.Finding {
	findings, spokenOf := hollow(source, fixed, hasCode)
	empty := slices.DeleteFunc(fixed.empty(hasCode), func(name string) bool { return slices.Contains(spokenOf, name) })
	for _, part := range source.parts() {
		findings = append(findings, unfilledIn(part.place, part.text, fixed, empty)...)
	}
	if !hasCode {
		findings = append(findings, codeless(source, fixed.Offer)...)
	}
	return findings
}

// empty is the names of the fixed variables, and of the offer's code, that have
// no value.
func (f Fixed) empty(hasCode bool) []string {
	var names []string
	for name, missing := range map[string]bool{
		"offer.name": f.Offer.Name == "", "offer.terms": f.Offer.Terms == "", "offer.code": !hasCode,
		"offer.starts_on": f.Offer.StartsAt.IsZero(), "offer.ends_on": f.Offer.EndsAt.IsZero(),
		"shop.name": f.Shop.Name == "", "shop.url": f.Shop.URL == "",
	} {
		if missing {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}

// unsure are the variables that have no value for some people. The others have
// words for those whom one does not know.
var unsure = []string{"customer.given_name", "points.expiring_on", "stage.name", "stage.next.name", "stage.by"}

var endsInHref = regexp.MustCompile(`\bhref\s*=\s*["']$`)

func unfilledIn(place, text string, fixed Fixed, empty []string) []policy.Finding {
	var findings []policy.Finding
	var foreseen []string // by an enclosing or earlier condition
	for _, t := range scan(text) {
		if !t.output {
			foreseen = append(foreseen, read(t.args).variables...)
			continue
		}
		found := read(t.args)
		if slices.Contains(found.filters, "default") {
			continue
		}
		for _, name := range found.variables {
			if isProperty(name) && !slices.Contains(foreseen, name) {
				findings = append(findings, at(place, t.line, findingUnset(name)))
				foreseen = append(foreseen, name) // said once
				continue
			}
			if !slices.Contains(empty, name) || slices.Contains(foreseen, name) {
				continue
			}
			f := findingUnfilled(name, fixed.remedy(name))
			if endsInHref.MatchString(text[:t.start]) {
				f = findingEmptyLink(name, fixed.remedy(name))
			}
			// Terms are often left open, and nothing is lost without them.
			if name != "offer.terms" {
				findings = append(findings, at(place, t.line, f))
			}
			foreseen = append(foreseen, name) // said once
		}
	}
	return findings
}

func findingUnfilled(name string, remedy policy.Text) policy.Finding {
	label := labelOf(name)
	return warning("VARIABLE_EMPTY", policy.Text{
		JA: "「" + label.JA + "」に入る値がありません。", EN: "There is no value for “" + label.EN + "”.",
	}, remedy)
}

// labelOf is what staff know a variable by.
func labelOf(name string) policy.Text {
	for _, v := range variables {
		if v.Name == name {
			return v.Label
		}
	}
	return policy.Text{JA: name, EN: name}
}

func findingEmptyLink(name string, remedy policy.Text) policy.Finding {
	label := labelOf(name)
	return blocking("LINK_EMPTY", policy.Text{
		JA: "リンク先の「" + label.JA + "」に値がないため、どこにもつながりません。", EN: "The link leads nowhere: there is no value for “" + label.EN + "”.",
	}, remedy)
}

// remedy is what gives a variable without a value one.
func (f Fixed) remedy(name string) policy.Text {
	if name == "offer.code" && f.Offer.Name != "" {
		return remedyCode
	}
	if strings.HasPrefix(name, "offer.") {
		return policy.Text{JA: "特典を選ぶか、この変数を外してください。", EN: "Choose an offer, or take the variable out."}
	}
	if name == "shop.name" {
		return policy.Text{JA: "行き先のモールに店舗を登録するか、この変数を外してください。", EN: "Add a shop on the destination mall, or take the variable out."}
	}
	return policy.Text{JA: "行き先の店舗にURLを登録するか、リンク先を直接書いてください。", EN: "Give the shop at the destination its address, or write the link's target out."}
}
