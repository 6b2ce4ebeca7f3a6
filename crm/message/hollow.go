package message

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/meguri-crm/meguri/crm/policy"
)

// A spot is a place in content that must not stay empty: nothing else tells what
// the mail is about, or where a click leads.
type spot struct {
	place  string
	name   policy.Text // what staff call it
	line   int
	source string
	// foreseen are the variables that a condition before it asks for.
	foreseen []string
	// optional: where a condition inside it leaves nothing, that was meant so.
	optional bool
}

var (
	spotSubject = policy.Text{JA: "件名", EN: "The subject"}
	spotHeading = policy.Text{JA: "見出し", EN: "A heading"}
	spotButton  = policy.Text{JA: "ボタンの文字", EN: "The words of a button"}
)

// headingPx is from which size on a text is a heading, as the editor has it.
const headingPx = 18

var (
	textOrButton = regexp.MustCompile(`(?s)<mj-(text|button)\b([^>]*)>(.*?)</mj-(?:text|button)>`)
	fontSize     = regexp.MustCompile(`\bfont-size\s*=\s*["'](\d+)`)
	markupTag    = regexp.MustCompile(`(?s)<[^>]*>|&nbsp;|&#160;`)
)

// spots are the subject, headings and buttons of content.
func (s Source) spots() []spot {
	list := []spot{{place: placeSubject, name: spotSubject, line: 1, source: s.Subject}}
	kept, vault := protect(markup, s.MJML)
	for _, m := range textOrButton.FindAllStringSubmatchIndex(kept, -1) {
		before := vault.restore(kept[:m[0]])
		found := spot{place: placeMJML, name: spotButton, line: lineOf(before, len(before)), source: vault.restore(kept[m[6]:m[7]]), foreseen: conditionsIn(before)}
		if kept[m[2]:m[3]] == "text" {
			if !isHeading(kept[m[4]:m[5]]) {
				continue
			}
			found.name, found.optional = spotHeading, true
		}
		list = append(list, found)
	}
	return list
}

func isHeading(attributes string) bool {
	m := fontSize.FindStringSubmatch(attributes)
	if m == nil {
		return false
	}
	size, err := strconv.Atoi(m[1])
	return err == nil && size >= headingPx
}

// conditionsIn is the variables that the tags of a text ask for.
func conditionsIn(text string) []string {
	var asked []string
	for _, t := range scan(text) {
		if !t.output {
			asked = append(asked, read(t.args).variables...)
		}
	}
	return asked
}

// hollow finds the spots in which something that stands there for nobody is
// meant to stand, and those that would be empty for people of whom a variable is
// not known. It answers also with the variables it has spoken of.
func hollow(source Source, fixed Fixed, hasCode bool) (findings []policy.Finding, spokenOf []string) {
	missing := fixed.empty(hasCode)
	somebody, stranger := ExamplePerson(time.Unix(0, 0)), Person{}
	if somebody.OfferCode = ""; hasCode {
		somebody.OfferCode, stranger.OfferCode = sampleCode, sampleCode
	}
	for _, s := range source.spots() {
		if never := s.showing(missing); len(never) > 0 {
			findings = append(findings, at(s.place, s.line, findingHollow(s.name, never[0], s.blank(fixed, somebody), fixed.remedy(never[0]))))
			spokenOf = append(spokenOf, never...)
		} else if some := s.showing(unsure); len(some) > 0 && s.blank(fixed, stranger) {
			findings = append(findings, at(s.place, s.line, findingHollowForSome(s.name, some[0])))
		}
	}
	return findings, spokenOf
}

// showing is which of the variables the spot shows without having foreseen that
// they have no value; none where it shows what only the rest of the content
// knows.
func (s spot) showing(variables []string) []string {
	var shown []string
	for _, t := range scan(s.source) {
		if !t.output {
			if s.optional {
				return nil
			}
			continue
		}
		found := read(t.args)
		for _, name := range found.variables {
			if !knownVariable(name) {
				return nil
			}
			if !slices.Contains(found.filters, "default") && slices.Contains(variables, name) && !slices.Contains(s.foreseen, name) {
				shown = append(shown, name)
			}
		}
	}
	return shown
}

// blank reports whether nothing that can be read is left of the spot.
func (s spot) blank(fixed Fixed, person Person) bool {
	if fixed.Zone == nil {
		fixed.Zone = time.UTC
	}
	parsed, failed := parseLiquid(newEngine(plain), s.source)
	if failed != nil {
		return false // said already
	}
	text, err := run(parsed, fixed.valuesFor(person), len(s.source))
	return err == nil && strings.TrimSpace(markupTag.ReplaceAllString(text, "")) == ""
}

func findingHollow(spot policy.Text, name string, empty bool, remedy policy.Text) policy.Finding {
	label := labelOf(name)
	if empty {
		return blocking("LEFT_EMPTY", policy.Text{
			JA: spot.JA + "が空になります。「" + label.JA + "」に入る値がありません。",
			EN: spot.EN + " would be empty: there is no value for “" + label.EN + "”.",
		}, remedy)
	}
	return blocking("LEFT_OUT", policy.Text{
		JA: spot.JA + "の「" + label.JA + "」に入る値がなく、そこだけ抜けて届きます。",
		EN: spot.EN + " would arrive with a gap: there is no value for “" + label.EN + "”.",
	}, remedy)
}

func findingHollowForSome(spot policy.Text, name string) policy.Finding {
	label, example := labelOf(name), "{{ "+name+` | default: "…" }}`
	return blocking("LEFT_EMPTY", policy.Text{
		JA: "「" + label.JA + "」が分からない人には、" + spot.JA + "が空で届きます。",
		EN: spot.EN + " would be empty for people whose “" + label.EN + "” is not known.",
	}, policy.Text{
		JA: "ほかの言葉を足すか、" + example + " のように、分からないときの言葉を書いてください。",
		EN: "Add other words, or write what stands there instead: " + example + ".",
	})
}
