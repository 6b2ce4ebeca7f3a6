package message_test

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"github.com/meguri-crm/meguri/crm/message"
)

// The golden files are what npm mjml 5.4.1 makes of the same MJML:
//
//	fs.writeFileSync(html, (await mjml2html(fs.readFileSync(mjml, 'utf8'), {validationLevel: 'soft'})).html)
//
// Both outputs are read into tokens first. Not told apart are the order of
// attributes and of style declarations, white space, empty styles, an Outlook
// comment split in two, and what says again what is so anyway: word-spacing on
// the article, text-align:left, and the border and height of social icons.
func TestMJMLCompilesAsTheReferenceDoes(t *testing.T) {
	sources := map[string]string{}
	for _, s := range message.Starters() {
		sources[s.Code] = s.MJML
	}
	kitchen, err := os.ReadFile("testdata/mjml/kitchen.mjml")
	if err != nil {
		t.Fatal(err)
	}
	sources["kitchen"] = string(kitchen)
	for name, mjml := range sources {
		compiled, findings := message.Compile(message.Source{Subject: "x", MJML: mjml})
		if len(findings) > 0 {
			t.Errorf("%s: findings %+v", name, findings)
		}
		golden, err := os.ReadFile(filepath.Join("testdata/mjml", name+".html"))
		if err != nil {
			t.Fatal(err)
		}
		got, want := tokens(compiled.HTML), tokens(string(golden))
		for i := range max(len(got), len(want)) {
			if i >= len(got) || i >= len(want) || got[i] != want[i] {
				t.Errorf("%s: token %d of %d and %d\n got %s\nwant %s", name, i, len(got), len(want),
					strings.Join(got[min(i, len(got)):min(i+4, len(got))], "\n     "), strings.Join(want[min(i, len(want)):min(i+4, len(want))], "\n     "))
				break
			}
		}
	}
}

var (
	space = regexp.MustCompile(`\s+`)
	// One Outlook comment that ends where the next begins is one comment.
	split = regexp.MustCompile(`<!\[endif\]-->\s*<!--\[if mso \| IE\]>`)
	// Declarations that change nothing.
	idle = []string{"word-spacing:normal", "text-align:left", "border:0"}
)

// tokens is markup as a list of comparable tokens.
func tokens(markup string) []string {
	var list []string
	z := html.NewTokenizer(strings.NewReader(split.ReplaceAllString(markup, "")))
	for {
		kind := z.Next()
		if kind == html.ErrorToken {
			return list
		}
		t := z.Token()
		switch kind {
		case html.TextToken:
			if text := strings.TrimSpace(space.ReplaceAllString(t.Data, " ")); text != "" {
				list = append(list, text)
			}
		case html.CommentToken:
			list = append(list, "<!--")
			list = append(list, tokens(t.Data)...)
			list = append(list, "-->")
		case html.EndTagToken:
			list = append(list, "</"+t.Data+">")
		default:
			list = append(list, element(t))
		}
	}
}

func element(t html.Token) string {
	attributes := []string{t.Data}
	for _, a := range t.Attr {
		value := strings.ReplaceAll(strings.TrimSpace(space.ReplaceAllString(a.Val, " ")), ", ", ",")
		if a.Key == "style" {
			value = style(value)
		}
		if value == "" && a.Key == "style" || a.Key == "height" && t.Data == "img" {
			continue
		}
		attributes = append(attributes, a.Key+"="+value)
	}
	slices.Sort(attributes[1:])
	return "<" + strings.Join(attributes, " ") + ">"
}

func style(value string) string {
	value = strings.TrimSuffix(strings.NewReplacer("; ", ";", ": ", ":").Replace(value), ";")
	declarations := slices.DeleteFunc(strings.Split(value, ";"), func(d string) bool { return slices.Contains(idle, d) })
	slices.Sort(declarations)
	return strings.Join(declarations, ";")
}
