package message

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/preslavrachev/gomjml/mjml"

	"github.com/meguri-crm/meguri/crm/policy"
)

// Places of findings in content.
const (
	placeSubject = "subject"
	placeMJML    = "mjml"
	placeText    = "text"
)

// forbidden are the MJML elements that content may not use. mj-include reads
// files. The compiler makes something else of the others than the reference
// does: it lets mj-hero's Outlook table leak into what follows, passes over
// mj-breakpoint, and styles the interactive ones, which most mail programs show
// badly in any case, in its own way.
var forbidden = []string{"mj-include", "mj-hero", "mj-breakpoint", "mj-carousel", "mj-accordion", "mj-navbar"}

var (
	elementPattern   = regexp.MustCompile(`<(mj-[a-z-]+|script|iframe|object|embed|form)\b`)
	bodyWidthPattern = regexp.MustCompile(`<mj-body\b[^>]*\bwidth="([^"]*)"`)
	xmlLinePattern   = regexp.MustCompile(`line (\d+): (.*)`)
)

// Compile checks content and compiles its MJML. Findings name the place and
// line in what staff wrote; while one of them blocks, the content cannot be
// sent and what is compiled is not complete.
func Compile(source Source) (Compiled, []policy.Finding) {
	if len(source.MJML)+len(source.Text)+len(source.Subject) > maxSource {
		return Compiled{}, []policy.Finding{findingTooLarge()}
	}
	findings := checkSubject(source.Subject)
	html, found := compileMJML(source.MJML)
	findings = append(findings, found...)
	findings = append(findings, review(placeText, source.Text)...)
	if !policy.Blocks(findings) {
		findings = append(findings, untrackedLinks(source.MJML)...)
	}
	return Compiled{Subject: strings.TrimSpace(source.Subject), HTML: html, Text: source.Text}, findings
}

func checkSubject(subject string) []policy.Finding {
	findings := review(placeSubject, subject)
	switch {
	case strings.TrimSpace(subject) == "":
		findings = append(findings, at(placeSubject, 0, findingEmpty("SUBJECT_EMPTY", "件名", "subject")))
	case strings.ContainsAny(subject, "\r\n"):
		findings = append(findings, at(placeSubject, 0, findingSubjectLine()))
	}
	return findings
}

func compileMJML(source string) (string, []policy.Finding) {
	if strings.TrimSpace(source) == "" {
		return "", []policy.Finding{at(placeMJML, 0, findingEmpty("BODY_EMPTY", "本文", "body"))}
	}
	findings := review(placeMJML, source)
	findings = append(findings, forbiddenElements(source)...)
	if policy.Blocks(findings) {
		return "", findings
	}
	kept, vault := protect(markup, source)
	html, err := renderMJML(kept)
	if html == "" {
		return "", append(findings, invalidMJML(err, vault)...)
	}
	findings = append(findings, invalidMJML(err, vault)...)
	findings = append(findings, lostLiquid(source, kept, html, vault)...)
	return strings.ReplaceAll(vault.restore(html), `lang="und"`, `lang="ja"`), findings
}

// renderMJML compiles MJML; a panic of the compiler is the content's error.
func renderMJML(source string) (html string, err error) {
	defer func() {
		if r := recover(); r != nil {
			html, err = "", fmt.Errorf("%v", r)
		}
	}()
	return mjml.Render(source)
}

func forbiddenElements(source string) []policy.Finding {
	var findings []policy.Finding
	for _, m := range elementPattern.FindAllStringSubmatchIndex(source, -1) {
		name := source[m[2]:m[3]]
		if strings.HasPrefix(name, "mj-") && !slices.Contains(forbidden, name) {
			continue
		}
		findings = append(findings, at(placeMJML, lineOf(source, m[0]), findingForbiddenElement(name)))
	}
	// Inside mj-wrapper the compiler reckons with the usual width, whatever
	// mj-body says.
	if m := bodyWidthPattern.FindStringSubmatchIndex(source); m != nil && source[m[2]:m[3]] != "600px" && strings.Contains(source, "<mj-wrapper") {
		findings = append(findings, at(placeMJML, lineOf(source, m[0]), findingWrapperWidth()))
	}
	return findings
}

// invalidMJML tells what the compiler found, line by line.
func invalidMJML(err error, v *vault) []policy.Finding {
	if err == nil {
		return nil
	}
	var detailed mjml.Error
	if errors.As(err, &detailed) && len(detailed.Details) > 0 {
		var findings []policy.Finding
		for _, d := range detailed.Details {
			f := at(placeMJML, d.Line, findingMJML(v.restore(d.Message)))
			// The mail is made without the attribute, as npm mjml does.
			f.Severity = policy.Warn
			findings = append(findings, f)
		}
		return findings
	}
	line, text := 0, v.restore(err.Error())
	if m := xmlLinePattern.FindStringSubmatch(text); m != nil {
		_, _ = fmt.Sscan(m[1], &line)
		text = m[2]
	}
	return []policy.Finding{at(placeMJML, line, findingMJML(text))}
}

// lostLiquid finds tokens that stand where MJML passes no text on, between
// sections for instance: an {% if %} there would silently do nothing.
func lostLiquid(source, kept, html string, v *vault) []policy.Finding {
	var findings []policy.Finding
	tokens := scan(source)
	for i, piece := range v.pieces {
		if piece[0] != '{' || strings.Contains(html, v.wordOf(i)) {
			continue
		}
		line := lineOf(kept, strings.Index(kept, v.wordOf(i)))
		// A token that spans lines moves those behind it up in kept.
		for _, t := range tokens {
			if t.source == piece && t.line >= line {
				line = t.line
				break
			}
		}
		findings = append(findings, at(placeMJML, line, findingLiquidLost(piece)))
	}
	return findings
}

// untrackedLinks names the links whose target differs by recipient.
func untrackedLinks(source string) []policy.Finding {
	var findings []policy.Finding
	for _, m := range hrefPattern.FindAllStringSubmatchIndex(source, -1) {
		url := source[m[2]:m[3]]
		if strings.HasPrefix(url, "http") && !isFixed(url) {
			findings = append(findings, at(placeMJML, lineOf(source, m[0]), findingUntracked(url)))
		}
	}
	return findings
}

var hrefPattern = regexp.MustCompile(`\bhref="([^"]*)"`)

// isFixed reports whether text is the same for all recipients of a variant.
func isFixed(text string) bool {
	for _, t := range scan(text) {
		if !t.output {
			return false
		}
		for _, name := range read(t.args).variables {
			if i := slices.IndexFunc(variables, func(v Variable) bool { return v.Name == name }); i < 0 || !variables[i].fixed {
				return false
			}
		}
	}
	return true
}

func at(place string, line int, f policy.Finding) policy.Finding {
	f.Place, f.Line = place, line
	return f
}

func lineOf(text string, offset int) int { return 1 + strings.Count(text[:max(offset, 0)], "\n") }
