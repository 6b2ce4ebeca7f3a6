package message_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/meguri-crm/meguri/crm/clock"
	"github.com/meguri-crm/meguri/crm/message"
	"github.com/meguri-crm/meguri/crm/policy"
	"github.com/meguri-crm/meguri/db/dbtest"
)

// ruled is what the rules find in content for Rakuten recipients: code, place,
// line, column and excerpt of each.
func ruled(t *testing.T, source message.Source, fixed message.Fixed) []string {
	t.Helper()
	tx := dbtest.Tx(t)
	p := people{t, tx}
	p.exec(`INSERT INTO shops (code, name, mall, url) VALUES ('r', '楽天店', 'RAKUTEN', 'https://www.rakuten.co.jp/meguri/'), ('own', '本店', 'OWN_SITE', 'https://www.shop.example/')`)
	compiled, found := message.Compile(source)
	if policy.Blocks(found) {
		t.Fatalf("findings %+v", found)
	}
	gate := message.NewGate(&clock.Fixed{T: time.Date(2026, 11, 21, 3, 0, 0, 0, time.UTC)}, time.UTC)
	written, err := gate.CheckLetter(t.Context(), tx, "MAIL", &message.Letter{Source: &source, Compiled: compiled, Fixed: fixed})
	if err != nil {
		t.Fatal(err)
	}
	sent, err := gate.CheckLetter(t.Context(), tx, "MAIL", &message.Letter{Compiled: compiled, Fixed: fixed})
	if err != nil {
		t.Fatal(err)
	}
	if a, b := codes(written), codes(sent); !slices.Equal(a, b) {
		t.Errorf("staff are told %v, the send is judged by %v", a, b)
	}
	var out []string
	for _, f := range written {
		out = append(out, fmt.Sprintf("%s %s %d:%d %s", f.Code, f.Place, f.Line, f.Column, f.Excerpt))
	}
	return out
}

func codes(findings []policy.Finding) []string {
	var list []string
	for _, f := range findings {
		list = append(list, f.Code)
	}
	slices.Sort(list)
	return slices.Compact(list)
}

func TestRulesReadWhatPeopleWillRead(t *testing.T) {
	own := message.Fixed{Shop: message.Shop{Name: "本店", URL: "https://shop.example/"}}
	for name, c := range map[string]struct {
		source message.Source
		fixed  message.Fixed
		want   string
	}{
		"clean":                          {message.Source{Subject: "x", MJML: body("こんにちは")}, own, ""},
		"a link":                         {message.Source{Subject: "x", MJML: body("あ\n<a href=\"https://shop.example/a\">店</a>")}, own, "RK-01 mjml 5:10 https://shop.example/a"},
		"a variable that is a link":      {message.Source{Subject: "x", MJML: body(`<a href="{{ shop.url }}sale">店</a>`)}, own, "RK-01 mjml 4:10 https://shop.example/sale"},
		"a link in pieces":               {message.Source{Subject: "x", MJML: body(`{% assign a = "https://shop" %}{{ a }}.{{ "example" }}/`)}, own, "RK-01 mjml 4:32 https://shop.example/"},
		"a link with a comment in it":    {message.Source{Subject: "x", MJML: body(`https://shop{% comment %}x{% endcomment %}.example/`)}, own, "RK-01 mjml 4:1 https://shop.example/"},
		"values of branches":             {message.Source{Subject: "x", MJML: body(`{% if stage.name == "none" %}{% assign a = "https://shop" %}{% else %}{% assign a = "x" %}{% endif %}{{ a }}.example/`)}, own, "RK-01 mjml 4:102 https://shop.example/"},
		"a value given up":               {message.Source{Subject: "x", MJML: body(`{% assign a = "https://shop" %}{% assign a = "x" %}{{ a }}.example/`)}, own, ""},
		"a branch for others":            {message.Source{Subject: "x", MJML: body(`{% if stage.name == "none" %}https://shop.example/{% endif %}`)}, own, "RK-01 mjml 4:30 https://shop.example/"},
		"in character references":        {message.Source{Subject: "x", MJML: body(`https&#58;//shop.example/`)}, own, "RK-01 mjml 4:1 https://shop.example/"},
		"letters apart in tags":          {message.Source{Subject: "x", MJML: body(`本<b>店な</b>ら`)}, own, "RK-03 mjml 4:1 本店なら"},
		"over lines of markup":           {message.Source{Subject: "x", MJML: body("本店\n   なら")}, own, "RK-03 mjml 4:1 本店なら"},
		"built by a loop":                {message.Source{Subject: "x", MJML: body(`{% for i in (1..1) %}{% assign p = "本店" %}{% endfor %}{% for i in (1..1) %}{{ p }}{% endfor %}なら`)}, own, "RK-03 mjml 4:76 本店なら"},
		"an image's place is no link":    {message.Source{Subject: "x", MJML: body(`<img src="https://cdn.example/a.png" alt="写真">`)}, own, ""},
		"an image's alternative is read": {message.Source{Subject: "x", MJML: body(`<img src="https://cdn.example/a.png" alt="本店なら">`)}, own, "RK-03 mjml 4:43 本店なら"},
		"styles and comments are not":    {message.Source{Subject: "x", MJML: "<mjml><mj-head><mj-style>.a { background: url(https://shop.example/) }</mj-style></mj-head><mj-body><mj-section><mj-column><mj-text>a</mj-text><!-- 本店なら --></mj-column></mj-section></mj-body></mjml>"}, own, ""},
		"two blocks are two sentences":   {message.Source{Subject: "x", MJML: body("次回から<p>直接</p>")}, own, ""},
		"the subject":                    {message.Source{Subject: "本店なら", MJML: body("a")}, own, "RK-03 subject 1:1 本店なら"},
		"the text":                       {message.Source{Subject: "x", MJML: body("a"), Text: "a\nhttps://shop.example/"}, own, "RK-01 text 2:1 https://shop.example/"},
	} {
		t.Run(name, func(t *testing.T) {
			if got := strings.Join(ruled(t, c.source, c.fixed), "; "); got != c.want {
				t.Errorf("%q, want %q", got, c.want)
			}
		})
	}
}

func TestForgottenThingsAreWarnedOf(t *testing.T) {
	starter := message.Starters()[0]
	offer := &policy.Offer{Name: "冬の10%OFF", Mall: "OWN_SITE", Code: "FUYU10"}
	for name, c := range map[string]struct {
		source  message.Source
		offer   *policy.Offer
		hasCode bool
		want    []string
	}{
		"the starter as it is":      {message.Source{Subject: starter.Subject, MJML: starter.MJML}, nil, false, []string{"EXAMPLE_TEXT"}},
		"written out":               {message.Source{Subject: "x", MJML: body("FUYU10")}, offer, true, nil},
		"by variable":               {message.Source{Subject: "x", MJML: body("{{ offer.code }}")}, offer, true, nil},
		"only asked for":            {message.Source{Subject: "x", MJML: body("{% if offer.code %}a{% endif %}")}, offer, true, []string{"CODE_UNMENTIONED"}},
		"only in the text part":     {message.Source{Subject: "x", MJML: body("a"), Text: "FUYU10"}, offer, true, []string{"CODE_UNMENTIONED"}},
		"the name without its code": {message.Source{Subject: "{{ offer.name }}", MJML: body("a")}, offer, true, []string{"CODE_UNMENTIONED"}},
		"no code to mention":        {message.Source{Subject: "{{ offer.name }}", MJML: body("a")}, offer, false, nil},
		"nothing at all":            {message.Source{Subject: "x", MJML: body("a")}, offer, false, []string{"OFFER_UNMENTIONED"}},
	} {
		findings := message.Forgotten(c.source, c.offer, c.hasCode)
		if got := codes(findings); !slices.Equal(got, c.want) || policy.Blocks(findings) {
			t.Errorf("%s: %v, want %v", name, got, c.want)
		}
	}
}

// BenchmarkReading is what judging one content costs: once per variant and day,
// not per recipient.
func BenchmarkReading(b *testing.B) {
	tx := dbtest.Tx(b)
	starter := message.Starters()[1]
	source := message.Source{Subject: starter.Subject, MJML: starter.MJML}
	compiled, _ := message.Compile(source)
	gate := message.NewGate(clock.System{}, time.UTC)
	for b.Loop() {
		if _, err := gate.CheckLetter(b.Context(), tx, "MAIL", &message.Letter{Source: &source, Compiled: compiled}); err != nil {
			b.Fatal(err)
		}
	}
}

// TestHashCoversWhatFillsTheVariables: an override ends when the shop's address
// or the offer's terms are others.
func TestHashCoversWhatFillsTheVariables(t *testing.T) {
	letter := func(change func(*message.Fixed)) string {
		l := message.Letter{Fixed: message.Fixed{Shop: message.Shop{Name: "本店", URL: "https://shop.example/"}, Offer: message.Offer{Name: "10%", Terms: "なし"}}}
		change(&l.Fixed)
		return string(l.Hash())
	}
	same := letter(func(*message.Fixed) {})
	if same != letter(func(*message.Fixed) {}) {
		t.Error("the same content has two hashes")
	}
	for name, change := range map[string]func(*message.Fixed){
		"address": func(f *message.Fixed) { f.Shop.URL = "https://other.example/" },
		"shop":    func(f *message.Fixed) { f.Shop.Name = "支店" },
		"terms":   func(f *message.Fixed) { f.Offer.Terms = "本店なら送料無料" },
		"end":     func(f *message.Fixed) { f.Offer.EndsAt = time.Unix(1, 0) },
		"kind":    func(f *message.Fixed) { f.Offer.Kind = "FREE_SHIPPING" },
		"program": func(f *message.Fixed) { f.Brand.Name = "めぐり堂" },
	} {
		if letter(change) == same {
			t.Errorf("%s: another content has the same hash", name)
		}
	}
}

func TestLinksArePastedInManyForms(t *testing.T) {
	tx := dbtest.Tx(t)
	p := people{t, tx}
	p.exec(`INSERT INTO shops (code, name, mall, url) VALUES ('own', '本店', 'OWN_SITE', 'https://www.shop.example/')`)
	gate := message.NewGate(&clock.Fixed{T: time.Date(2026, 11, 21, 3, 0, 0, 0, time.UTC)}, time.UTC)
	for html, want := range map[string][]string{
		`<a href="https:\\\\shop.example/">店</a>`:                                           {"RK-01"},
		`<a href="https:/shop.example/">店</a>`:                                              {"RK-01"},
		`<a href="https:shop.example/">店</a>`:                                               {"RK-01"},
		"<a href=\"ht\ntps://shop.example/\">店</a>":                                         {"RK-01"},
		`<a/href="https://shop.example/">店</a>`:                                             {"RK-01"},
		`<a href="https:/&#47shop.example/">店</a>`:                                          {"RK-01"},
		`<a href="/\\shop.example/">店</a>`:                                                  {"RK-01"},
		`<form action="https://shop.example/"></form>`:                                      {"RK-01"},
		`<button formaction="https://shop.example/">`:                                       {"RK-01"},
		`<base href="https://shop.example/"><a href=a>`:                                     {"RK-01"},
		`<head><p>https://shop.example/</p>`:                                                {"RK-01"},
		`<head><meta http-equiv=refresh content="0; URL='https:shop.example/'"></head>`:     {"RK-01"},
		`<p>https:\\\\shop.example/</p>`:                                                    {"RK-01"},
		`<p>ht<br>https:/shop.example/</p>`:                                                 {"RK-01"},
		`<a/href="https://item.rakuten.co.jp/a/"><img src="https://cdn.example/a.png">`:     nil,
		`<meta name=viewport content="width=device-width"><a href="mailto:a@shop.example">`: nil,
	} {
		html = strings.ReplaceAll(html, `\\`, `\`)
		found, err := gate.CheckPasted(t.Context(), tx, policy.RMail, "RAKUTEN", message.Pasted{Subject: "x", HTML: html})
		if err != nil {
			t.Fatal(err)
		}
		if got := codes(found); !slices.Equal(got, want) {
			t.Errorf("%s: %v, want %v", html, got, want)
		}
	}
}
