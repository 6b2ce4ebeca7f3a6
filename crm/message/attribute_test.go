package message

import (
	"html"
	"strings"
	"testing"

	xhtml "golang.org/x/net/html"
)

// TestAttributesAreThoseOfTheTokenizer holds our reading of tags to the one of
// x/net/html.
func TestAttributesAreThoseOfTheTokenizer(t *testing.T) {
	for _, tag := range []string{
		`<a href="x">`, `<a/href="x">`, `<a/href=x/>`, `<a href = 'x y' title=z>`, "<a\nHREF\t=\nx>", `<a href>`, `<a href="">`, `<a b="c"href="x">`,
		`<a / href=x / >`, `<a href="a&amp;b" x='"'>`, `<a href=x"y'z>`, `<a ==b href=x>`, `<br/>`, `<a href="x>y">`,
	} {
		z := xhtml.NewTokenizer(strings.NewReader(tag))
		z.Next()
		var want, got []string
		for _, a := range z.Token().Attr {
			want = append(want, a.Key+"="+a.Val)
		}
		for _, a := range attributes(tag, 0, len(tag)) {
			got = append(got, a.name+"="+html.UnescapeString(tag[a.from:a.to]))
		}
		if strings.Join(got, "|") != strings.Join(want, "|") {
			t.Errorf("%s: %q, the tokenizer says %q", tag, got, want)
		}
	}
}
