package message_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/crm/message"
	"github.com/meguri-crm/meguri/crm/policy"
)

// body wraps lines of content in MJML; the first of them is line 4.
func body(content string) string {
	return "<mjml><mj-body><mj-section>\n<mj-column>\n<mj-text>\n" + content + "\n</mj-text>\n</mj-column>\n</mj-section></mj-body></mjml>"
}

func TestFindingsNameThePlaceAndTheLine(t *testing.T) {
	cases := []struct {
		name   string
		source message.Source
		want   string // code place:line
	}{
		{"all is well", message.Source{Subject: "{{ customer.addressee }}", MJML: body("{{ offer.ends_on | date: '%m/%d' }}"), Text: "{{ points.available | plus: 1 }}"}, ""},
		{"unknown variable", message.Source{Subject: "x", MJML: body("a\n{{ customer.familyname }}")}, "UNKNOWN_VARIABLE mjml:5"},
		{"unknown variable in a condition", message.Source{Subject: "x", MJML: body("{% if customer.age > 20 %}a{% endif %}")}, "UNKNOWN_VARIABLE mjml:4"},
		{"unknown variable in a filter's argument", message.Source{Subject: "x", MJML: body(`{{ offer.code | default: offr.name }}`)}, "UNKNOWN_VARIABLE mjml:4"},
		{"unknown variable over two lines", message.Source{Subject: "x", MJML: body("{{\n customer.x }}")}, "UNKNOWN_VARIABLE mjml:4"},
		{"in the subject", message.Source{Subject: "{{ name }}", MJML: body("a")}, "UNKNOWN_VARIABLE subject:1"},
		{"in the text", message.Source{Subject: "x", MJML: body("a"), Text: "a\n\n{{ name }}"}, "UNKNOWN_VARIABLE text:3"},
		{"the server's own names", message.Source{Subject: "x", MJML: body("{{ meguri_budget }}")}, "UNKNOWN_VARIABLE mjml:4"},
		{"a name of one's own", message.Source{Subject: "x", MJML: body("{% assign who = customer.full_name %}{{ who }}{% for i in (1..3) %}{{ i }}{{ forloop.index }}{% endfor %}")}, ""},
		{"a string is no variable", message.Source{Subject: "x", MJML: body(`{% if stage.name == "customer.x" %}a{% elsif stage.name contains 'gold' %}b{% else %}c{% endif %}`)}, ""},
		{"raw and comments are not looked at", message.Source{Subject: "x", MJML: body("{% raw %}{{ foo }}{% endraw %}{% comment %}{{ bar }}{% endcomment %}")}, ""},
		{"unknown filter", message.Source{Subject: "x", MJML: body("{{ offer.name | shout }}")}, "UNKNOWN_FILTER mjml:4"},
		{"a filter that builds lists", message.Source{Subject: "x", MJML: body("{{ offer.name | split: ',' | join: ' ' }}")}, "UNKNOWN_FILTER mjml:4 UNKNOWN_FILTER mjml:4"},
		{"a filter of the server", message.Source{Subject: "x", MJML: body("{{ offer.name | meguri_show }}")}, "UNKNOWN_FILTER mjml:4"},
		{"include", message.Source{Subject: "x", MJML: body("{% include '/etc/passwd' %}")}, "UNKNOWN_TAG mjml:4"},
		{"capture", message.Source{Subject: "x", MJML: body("{% capture x %}a{% endcapture %}")}, "UNKNOWN_TAG mjml:4 UNKNOWN_TAG mjml:4"},
		{"a block that is not closed", message.Source{Subject: "x", MJML: body("{% if offer.code %}a")}, "LIQUID_INVALID mjml:4"},
		{"an end without a beginning", message.Source{Subject: "x", MJML: body("{% endif %}")}, "LIQUID_INVALID mjml:4"},
		{"an output that is not closed", message.Source{Subject: "x", MJML: body("{{ offer.code")}, "LIQUID_INVALID mjml:4"},
		{"a comment that is not closed", message.Source{Subject: "x", MJML: body("{% comment %}a")}, "LIQUID_INVALID mjml:4"},
		{"an HTML comment over the footer", message.Source{Subject: "x", MJML: "<mjml><mj-body><mj-section><mj-column><mj-text>a</mj-text></mj-column></mj-section><mj-raw><!-- a</mj-raw></mj-body></mjml>"}, "MJML_INVALID mjml:1"},
		{"a number too large", message.Source{Subject: "x", MJML: body("{{ 99999999999999999999 }}")}, "LIQUID_INVALID mjml:1"},
		{"an expression that is none", message.Source{Subject: "x", MJML: body("{{ offer.code | }}")}, "LIQUID_INVALID mjml:4"},
		{"Liquid where MJML has no text", message.Source{Subject: "x", MJML: "<mjml><mj-body>\n{% if offer.code %}\n<mj-section><mj-column><mj-text>a</mj-text></mj-column></mj-section>\n{% endif %}\n</mj-body></mjml>"}, "LIQUID_LOST mjml:2 LIQUID_LOST mjml:4"},
		{"broken MJML", message.Source{Subject: "x", MJML: "<mjml>\n<mj-body><mj-section>\n</mj-body></mjml>"}, "MJML_INVALID mjml:3"},
		{"an attribute that does not exist", message.Source{Subject: "x", MJML: "<mjml><mj-body>\n<mj-section colour='red'><mj-column><mj-text>a</mj-text></mj-column></mj-section></mj-body></mjml>"}, "MJML_INVALID mjml:2"},
		{"mj-hero", message.Source{Subject: "x", MJML: "<mjml><mj-body>\n<mj-hero><mj-text>a</mj-text></mj-hero></mj-body></mjml>"}, "MJML_FORBIDDEN mjml:2"},
		{"mj-include", message.Source{Subject: "x", MJML: "<mjml><mj-body>\n<mj-include path='/etc/passwd' /></mj-body></mjml>"}, "MJML_FORBIDDEN mjml:2"},
		{"a script", message.Source{Subject: "x", MJML: body("<script>alert(1)</script>")}, "MJML_FORBIDDEN mjml:4"},
		{"a wrapper in a narrow body", message.Source{Subject: "x", MJML: "<mjml>\n<mj-body width=\"500px\"><mj-wrapper><mj-section></mj-section></mj-wrapper></mj-body></mjml>"}, "MJML_FORBIDDEN mjml:2"},
		{"no subject, no body", message.Source{}, "SUBJECT_EMPTY subject:0 BODY_EMPTY mjml:0"},
		{"a subject of two lines", message.Source{Subject: "a\nb", MJML: body("a")}, "SUBJECT_LINE_BREAK subject:0"},
		{"too large", message.Source{Subject: "x", MJML: body(strings.Repeat("a", 300<<10))}, "TOO_LARGE :0"},
		{"a link that differs by recipient", message.Source{Subject: "x", MJML: body(`<a href="https://shop.example/?c={{ offer.code }}">a</a>`)}, "LINK_UNTRACKED mjml:4"},
	}
	for _, c := range cases {
		_, findings := message.Compile(c.source)
		var got []string
		for _, f := range findings {
			got = append(got, fmt.Sprintf("%s %s:%d", f.Code, f.Place, f.Line))
			if f.Message.JA == "" || f.Message.EN == "" || f.Remedy.JA == "" || f.Remedy.EN == "" {
				t.Errorf("%s: a finding without words: %+v", c.name, f)
			}
		}
		if strings.Join(got, " ") != c.want {
			t.Errorf("%s: %v (%+v), want %s", c.name, got, findings, c.want)
		}
	}
}

func TestAMisspeltVariableIsSetRight(t *testing.T) {
	_, findings := message.Compile(message.Source{Subject: "{{ customer.familyname }}", MJML: body("a")})
	if len(findings) != 1 || !strings.Contains(findings[0].Remedy.EN, "customer.family_name") {
		t.Errorf("findings %+v", findings)
	}
}

// render compiles and renders content that is expected to compile.
func render(t *testing.T, mjml string) (message.Rendered, error) {
	t.Helper()
	compiled, findings := message.Compile(message.Source{Subject: "x", MJML: mjml})
	if policy.Blocks(findings) {
		t.Fatalf("findings %+v", findings)
	}
	template, err := message.Prepare(compiled, fixed)
	if err != nil {
		t.Fatal(err)
	}
	return template.Render(message.ExamplePerson(time.Date(2026, 11, 21, 0, 0, 0, 0, time.UTC)), links(t))
}

func TestNoTemplateRunsWithoutEnd(t *testing.T) {
	for name, content := range map[string]string{
		"a loop that writes":          "{% for i in (1..100000000) %}aaaaaaaaaa{% endfor %}",
		"a loop that does not":        "{% for i in (1..100000000) %}{% endfor %}",
		"loops in loops":              "{% for i in (1..9999) %}{% for j in (1..9999) %}{% endfor %}{% endfor %}",
		"a text that doubles":         "{% assign s = 'aaaaaaaaaa' %}{% for i in (1..60) %}{% assign s = s | append: s %}{% endfor %}{{ s }}",
		"a text that doubles forward": "{% assign s = 'aaaaaaaaaa' %}{% for i in (1..60) %}{% assign s = s | prepend: s %}{% endfor %}{{ s }}",
		"a text that multiplies":      "{% assign s = 'aaaaaaaaaaaaaaaaaaaaaaaa' %}{% for i in (1..20) %}{% assign s = s | replace: 'a', s %}{% endfor %}{{ s }}",
		"division by zero":            "{{ points.available | divided_by: 0 }}",
	} {
		begin := time.Now()
		if _, err := render(t, body(content)); !fault.Is(err, fault.Invalid) {
			t.Errorf("%s: err = %v, want Invalid", name, err)
		}
		if spent := time.Since(begin); spent > 20*time.Second {
			t.Errorf("%s took %s", name, spent)
		}
	}
	if got, err := render(t, body("{% for i in (1..5) %}{{ i }}{% if i == 3 %}{% break %}{% endif %}{% endfor %}")); err != nil || !strings.Contains(got.HTML, "123") {
		t.Errorf("an ordinary loop: %v", err)
	}
}

func TestValuesAreShownAsPeopleReadThem(t *testing.T) {
	for content, want := range map[string]string{
		"{{ points.available }}":                                   "1,200",
		"{{ points.available | times: 10 | number }}":              "12,000",
		"{{ points.expiring_on }}":                                 "2026年12月21日",
		"{{ points.expiring_on | date: '%Y/%m/%d' }}":              "2026/12/21",
		"{{ offer.terms | default: '条件なし' }}":                      "条件なし",
		"{% if offer.terms %}yes{% else %}no{% endif %}":           "no",
		"{{ customer.family_name | append: '<b>' }}":               "佐藤&lt;b&gt;",
		"{{ customer.family_name | append: '<b>' | escape }}":      "佐藤&lt;b&gt;",
		"{{ '<i>' | escape_once }}":                                "&lt;i&gt;",
		"{%- if points.available >= 1000 -%} rich {%- endif -%}":   "rich",
		"{{ \"a\" | append: 'b' | upcase }}":                       "AB",
		"{{ offer.name | truncate: 3, '' }}":                       "10%",
		"{% assign x = points.available | minus: 200 %}[{{ x }}]":  "[1,000]",
		"{% raw %}{{ customer.full_name }}{% endraw %}":            "{{ customer.full_name }}",
		"{% case stage.name %}{% when 'シルバー' %}S{% endcase %}":     "S",
		"{% unless stage.next.name == 'プラチナ' %}not{% endunless %}": "not",
		"{{ 'a\nb' | newline_to_br }}":                             "a b",
		"{{ customer.full_name | url_encode }}":                    "%E4%BD%90%E8%97%A4+%E8%8A%B1%E5%AD%90",
	} {
		got, err := render(t, body("["+content+"]"))
		if err != nil || !strings.Contains(got.HTML, want) {
			t.Errorf("%s: %v, lacks %q in %s", content, err, want, got.HTML[max(0, strings.Index(got.HTML, "[")):min(len(got.HTML), strings.Index(got.HTML, "[")+120)])
		}
	}
}

func TestNoLiquidSwallowsTheFooter(t *testing.T) {
	// Compiled content as an older version may have stored it.
	template, err := message.Prepare(message.Compiled{Subject: "x", HTML: "<html><body>a{% comment %}</body></html>", Text: "a{% comment %}"}, fixed)
	if err != nil {
		t.Fatal(err)
	}
	got, err := template.Render(message.Person{}, links(t))
	if err != nil || !strings.Contains(got.HTML, "東京都千代田区1-1") || !strings.Contains(got.HTML, "/u/") || !strings.Contains(got.Text, "/u/") {
		t.Errorf("%+v, %v", got, err)
	}
}

func TestANameThatIsNotKnownStillReadsWell(t *testing.T) {
	compiled, _ := message.Compile(message.Source{Subject: "{{ customer.family_name }}様 {{ customer.addressee }}", MJML: body("a")})
	template, err := message.Prepare(compiled, fixed)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		person message.Person
		want   string
	}{
		{message.Person{}, "お客様 お客様"},
		{message.Person{FamilyName: "佐藤"}, "佐藤様 佐藤 様"},
		{message.Person{FamilyName: "佐藤\r\nBcc: x", GivenName: "花子"}, "佐藤  Bcc: x様 佐藤  Bcc: x 花子 様"},
	} {
		if got, err := template.Render(c.person, links(t)); err != nil || got.Subject != c.want {
			t.Errorf("%+v: %q, %v, want %q", c.person, got.Subject, err, c.want)
		}
	}
}

func TestATextOfOnesOwnIsKeptAndItsLinksAreTracked(t *testing.T) {
	compiled, findings := message.Compile(message.Source{Subject: "x", MJML: body(`<a href="https://shop.example/a">A</a>`), Text: "{{ customer.full_name }}様\nhttps://shop.example/a。\n{{ shop.url }}b, http://other.example/?x=1&y=2."})
	if len(findings) != 0 {
		t.Fatalf("findings %+v", findings)
	}
	template, err := message.Prepare(compiled, fixed)
	if err != nil {
		t.Fatal(err)
	}
	if got := strings.Join(template.Links(), " "); got != "https://shop.example/a https://shop.example/b http://other.example/?x=1&y=2" {
		t.Errorf("links %s", got)
	}
	preview, err := template.Preview(message.Person{FamilyName: "佐藤", GivenName: "花子"})
	if err != nil || !strings.HasPrefix(preview.Text, "佐藤 花子様\nhttps://shop.example/a。\nhttps://shop.example/b, http://other.example/?x=1&y=2.\n") {
		t.Errorf("text %q, %v", preview.Text, err)
	}
}

func FuzzCompile(f *testing.F) {
	f.Add("{{ customer.full_name }}", newsletter)
	f.Add("{% if %}", body("{{ 'a' | date }} &amp; mgq0z <a href='x'>"))
	f.Fuzz(func(t *testing.T, subject, mjml string) {
		compiled, findings := message.Compile(message.Source{Subject: subject, MJML: mjml, Text: subject})
		if policy.Blocks(findings) {
			return
		}
		template, err := message.Prepare(compiled, fixed)
		if err != nil {
			t.Fatalf("what compiled cannot be prepared: %v", err)
		}
		if got, err := template.Preview(message.Person{}); err == nil && !strings.Contains(got.HTML, "東京都千代田区1-1") {
			t.Error("the footer is missing")
		}
	})
}

func BenchmarkRender(b *testing.B) {
	compiled, _ := message.Compile(message.Source{Subject: "{{ customer.addressee }}", MJML: newsletter})
	template, err := message.Prepare(compiled, fixed)
	if err != nil {
		b.Fatal(err)
	}
	person, l := message.ExamplePerson(time.Now()), links(b)
	b.RunParallel(func(p *testing.PB) {
		for p.Next() {
			if _, err := template.Render(person, l); err != nil {
				b.Fatal(err)
			}
		}
	})
}
