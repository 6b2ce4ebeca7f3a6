package policy_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/meguri-crm/meguri/crm/policy"
	"github.com/meguri-crm/meguri/db/dbtest"
)

// text is a content of one part of plain text.
func text(s string) policy.Content {
	return policy.Content{
		Parts:    []policy.Part{{Place: "text", Runs: []policy.Run{{Text: s, At: policy.Position{Line: 1, Column: 1}}}}},
		OwnHosts: []string{"shop.example"},
	}
}

// target is a content of one link.
func target(s string) policy.Content {
	c := text(s)
	c.Parts[0].Link = true
	return c
}

func offered(s string, offers ...policy.Offer) policy.Content {
	c := text(s)
	c.Offers = offers
	return c
}

func known(s string, codes ...policy.Offer) policy.Content {
	c := text(s)
	c.Codes = codes
	return c
}

// TestEachContentRule holds every rule that the migrations bring to what it must
// find, what it must not, and what only looks like it.
func TestEachContentRule(t *testing.T) {
	own := policy.Offer{Name: "本店10%OFF", Mall: "OWN_SITE", Code: "HONTEN10"}
	rakuten := policy.Offer{Name: "楽天10%OFF", Mall: "RAKUTEN", Code: "RAKU10"}
	cases := []struct {
		name    string
		content policy.Content
		channel string
		origin  string
		want    string // rules, by id
	}{
		{"clean", text("いつもありがとうございます。冬の新作が入りました。"), "MAIL", "RAKUTEN", ""},
		{"own site", text("こちら https://shop.example/sale"), "MAIL", "RAKUTEN", "RK-01"},
		{"own site in R-Mail", text("こちら https://shop.example/sale"), policy.RMail, "RAKUTEN", "RK-01"},
		{"without scheme", text("詳しくはwww.meguri-do.co.jpへ"), policy.RMail, "RAKUTEN", "RK-01"},
		{"full width", text("ｈｔｔｐｓ：／／ｓｈｏｐ．ｅｘａｍｐｌｅ／"), policy.RMail, "RAKUTEN", "RK-01"},
		{"。 for a dot", text("https://shop。example/"), policy.RMail, "RAKUTEN", "RK-01"},
		{"hidden dot", text("meguri-do[.]co[.]jp"), policy.RMail, "RAKUTEN", "RK-01"},
		{"dot in a word", text("meguri-do(ドット)com"), policy.RMail, "RAKUTEN", "RK-01"},
		{"zero-width", text("https://sh\u200bop.example"), policy.RMail, "RAKUTEN", "RK-01"},
		{"hxxp", text("hxxps://shop.example"), policy.RMail, "RAKUTEN", "RK-01"},
		{"LINE", text("https://lin.ee/abc"), policy.RMail, "RAKUTEN", "RK-01"},
		{"a name before the @", text("https://www.rakuten.co.jp@shop.example/"), policy.RMail, "RAKUTEN", "RK-01"},
		{"a name that only begins like Rakuten's", text("https://rakuten.co.jp.shop.example/"), policy.RMail, "RAKUTEN", "RK-01"},
		{"a name that only ends like it", text("https://fakerakuten.co.jp/"), policy.RMail, "RAKUTEN", "RK-01"},
		{"a redirect", text("https://hb.afl.rakuten.co.jp/?pc=https%3A%2F%2Fshop.example%2F"), policy.RMail, "RAKUTEN", "RK-01"},
		{"a number for a name", text("http://192.0.2.7/"), policy.RMail, "RAKUTEN", "RK-01"},
		{"a target with backslashes", target(`https:\\shop.example`), policy.RMail, "RAKUTEN", "RK-01"},
		{"a target with one slash", target("https:/shop.example"), policy.RMail, "RAKUTEN", "RK-01"},
		{"a target without slashes", target("https:shop.example"), policy.RMail, "RAKUTEN", "RK-01"},
		{"a target over two lines", target("ht\ntps://shop.example"), policy.RMail, "RAKUTEN", "RK-01"},
		{"backslashes", text(`https:\\shop.example`), policy.RMail, "RAKUTEN", "RK-01"},
		{"one slash", text("https:/shop.example"), policy.RMail, "RAKUTEN", "RK-01"},
		{"no slashes", text("https:shop.example"), policy.RMail, "RAKUTEN", "RK-01"},
		{"a scheme over two lines", text("ht\ntps://shop.example"), policy.RMail, "RAKUTEN", "RK-01"},
		{"Rakuten with one slash", target("https:/item.rakuten.co.jp/x/"), policy.RMail, "RAKUTEN", ""},
		{"target without scheme", target("//shop.example/a"), policy.RMail, "RAKUTEN", "RK-01"},

		{"Rakuten itself", text("https://item.rakuten.co.jp/meguri/1/"), policy.RMail, "RAKUTEN", ""},
		{"an approved link", text("https://link.rakuten.co.jp/0/001/abc"), policy.RMail, "RAKUTEN", ""},
		{"a carrier", text("https://toi.kuronekoyamato.co.jp/cgi-bin/tneko"), policy.RMail, "RAKUTEN", ""},
		{"a mail address", text("support@meguri-do.co.jp"), policy.RMail, "RAKUTEN", ""},
		{"a file", text("index.htmlとREADME.md、Ver.2.0、Meguri Co.Ltd"), policy.RMail, "RAKUTEN", ""},
		{"a place on the page", target("#top"), policy.RMail, "RAKUTEN", ""},
		{"a telephone link", target("tel:0300000000"), policy.RMail, "RAKUTEN", ""},
		{"prose with 。", text("A社。co-opと。OK。Next"), policy.RMail, "RAKUTEN", ""},

		{"bypass", text("本店なら送料無料です"), policy.RMail, "RAKUTEN", "RK-03"},
		{"bypass over a line", text("公式サイトの\n方が早く届きます"), policy.RMail, "RAKUTEN", "RK-03"},
		{"next time directly", text("次回からは当店へ直接どうぞ"), policy.RMail, "RAKUTEN", "RK-03"},
		{"price comparison", text("楽天市場より５％お安くなります"), policy.RMail, "RAKUTEN", "RK-03"},
		{"the shop on Rakuten", text("楽天市場本店なら送料無料です"), policy.RMail, "RAKUTEN", ""},
		{"next time elsewhere", text("次回からは本店でどうぞ"), policy.RMail, "RAKUTEN", "RK-03"},
		{"better elsewhere", text("公式サイトが10%お得です"), policy.RMail, "RAKUTEN", "RK-03"},
		{"an address in the middle", text("公式サイト https://item.rakuten.co.jp/a/very/long/path/of/an/item/ が10%お得です"), policy.RMail, "RAKUTEN", "RK-03"},
		{"better on Rakuten", text("楽天市場本店がお得です"), policy.RMail, "RAKUTEN", ""},
		{"two sentences", text("次回から値上げします。お店には直接いらっしゃれます"), policy.RMail, "RAKUTEN", ""},

		{"an offer of the own site", offered("特典つき", own), "MAIL", "RAKUTEN", "RK-04"},
		{"a code of the own site", known("コード honten10 をどうぞ", own), policy.RMail, "RAKUTEN", "RK-04"},
		{"a phrase", text("自社サイトで使えるクーポンです"), policy.RMail, "RAKUTEN", "RK-04"},
		{"its own offer", offered("RAKU10", rakuten), policy.RMail, "RAKUTEN", ""},
		{"part of a word", known("XHONTEN10Y", own), policy.RMail, "RAKUTEN", ""},
		{"a code that is valid on both", known("HONTEN10", own, policy.Offer{Mall: "RAKUTEN", Code: "HONTEN10"}), policy.RMail, "RAKUTEN", ""},

		{"by phone", text("お電話でのご注文も承ります"), policy.RMail, "RAKUTEN", "RK-05"},
		{"by fax, half width", text("ﾌｧｯｸｽでもご注文いただけます"), policy.RMail, "RAKUTEN", "RK-05"},
		{"inquiries", text("お問い合わせはお電話で。注文番号をお知らせください。"), policy.RMail, "RAKUTEN", ""},
		{"not taken", text("お電話でのご注文はお受けしておりません"), policy.RMail, "RAKUTEN", ""},
		{"about an order", text("ご注文に関するお問い合わせ 03-0000-0000"), policy.RMail, "RAKUTEN", ""},

		{"Amazon: own site", text("https://shop.example/"), "MAIL", "AMAZON", "AM-01"},
		{"Amazon: brand site", text("公式サイトをご覧ください"), "MAIL", "AMAZON", "AM-01"},
		{"Amazon: an offer elsewhere", offered("特典", rakuten), "MAIL", "AMAZON", "AM-01"},
		{"Amazon: Amazon", text("https://www.amazon.co.jp/dp/B000"), "MAIL", "AMAZON", ""},

		{"Yahoo: own site", text("https://shop.example/"), policy.StoreNewsletter, "YAHOO", "YH-01"},
		{"Yahoo: another mall", text("https://item.rakuten.co.jp/x/"), policy.StoreNewsletter, "YAHOO", "YH-01"},
		{"Yahoo: Yahoo", text("https://store.shopping.yahoo.co.jp/x/"), policy.StoreNewsletter, "YAHOO", ""},
		{"Yahoo: SNS", text("https://instagram.com/x"), policy.StoreNewsletter, "YAHOO", ""},
		{"Yahoo: bypass", text("本店の方がお得です"), policy.StoreNewsletter, "YAHOO", "YH-03"},
		{"Yahoo: harmless", text("本店で人気の品です"), policy.StoreNewsletter, "YAHOO", ""},

		{"own origin: everything", text("本店なら https://shop.example/ お電話でご注文"), "MAIL", "OWN_SITE", ""},
		{"a notice that advertises", text("発送のお知らせ\n\nただいまセール中です"), "MAIL", "OWN_SITE", "LAW-05"},
		{"a notice with an offer", offered("ご注文ありがとうございます", own), "MAIL", "OWN_SITE", "LAW-05"},
		{"a notice", text("発送のお知らせ"), "MAIL", "OWN_SITE", ""},
		{"an advertisement", text("セールのお知らせ"), "MAIL", "OWN_SITE", ""},
	}
	sets := map[string]*policy.Set{}
	tx := dbtest.Tx(t)
	for _, channel := range policy.Channels {
		var err error
		if sets[channel], err = policy.Load(t.Context(), tx, channel, today); err != nil {
			t.Fatal(err)
		}
	}
	for _, c := range cases {
		var got []string
		for _, f := range sets[c.channel].Read(c.content).Findings([]string{c.origin}) {
			got = append(got, f.Code)
			if f.Place == "text" && (f.Line == 0 || f.Column == 0 || f.Excerpt == "") {
				t.Errorf("%s: no place: %+v", c.name, f)
			}
			if f.Version == 0 || f.Certainty == "" || len(f.Sources) == 0 || f.Remedy.JA == "" {
				t.Errorf("%s: a finding without its grounds: %+v", c.name, f)
			}
		}
		slices.Sort(got)
		if said := strings.Join(slices.Compact(got), " "); said != c.want {
			t.Errorf("%s: %q, want %q", c.name, said, c.want)
		}
	}
}

func TestAFindingTellsItsPlace(t *testing.T) {
	set := shipped(t)
	c := text("一行目\n二行目は ＨＴＴＰＳ：／／shop.example/a です\nhttps://shop.example/a")
	var places []string
	for _, f := range set.Read(c).Findings([]string{"RAKUTEN", "AMAZON"}) {
		places = append(places, fmt.Sprintf("%s %d:%d %s %v", f.Code, f.Line, f.Column, f.Excerpt, f.Origins))
	}
	want := []string{
		"AM-01 2:6 HTTPS://shop.example/a [AMAZON]", "AM-01 3:1 https://shop.example/a [AMAZON]",
		"RK-01 2:6 HTTPS://shop.example/a [RAKUTEN]", "RK-01 3:1 https://shop.example/a [RAKUTEN]",
	}
	if !slices.Equal(places, want) {
		t.Errorf("places %q, want %q", places, want)
	}
}

func TestAnEchoCountsOnlyAlone(t *testing.T) {
	set := shipped(t)
	c := text("https://shop.example/a")
	c.Parts = append(c.Parts, policy.Part{Place: "mjml", Echo: true, Runs: []policy.Run{{Text: "https://shop.example/a https://other.example/"}}})
	findings := set.Read(c).Findings([]string{"RAKUTEN"})
	if len(findings) != 2 || findings[0].Line != 1 || findings[1].Line != 0 || findings[1].Excerpt != "https://other.example/" {
		t.Errorf("findings %+v", findings)
	}
}

// TestAContentSplitsTheAudience: a rule of one mall refuses those one speaks to
// by that mall's consent, and nobody else.
func TestAContentSplitsTheAudience(t *testing.T) {
	set := shipped(t)
	clean, linked := set.Read(text("冬の新作")), set.Read(text("https://shop.example/ 本店なら"))
	own, yahoo := consent("OWN_SITE", day(-9)), consent("YAHOO", day(-1))
	rakutenOnly := policy.Recipient{KnownFrom: []string{"RAKUTEN"}, HasAddress: true}
	amazonOnly := policy.Recipient{KnownFrom: []string{"AMAZON"}, HasAddress: true}
	for _, c := range []struct {
		name    string
		who     policy.Recipient
		content *policy.Reading
		want    []string
	}{
		{"Rakuten only, clean", rakutenOnly, clean, []string{"RK-07", "LAW-01"}},
		{"Rakuten only, linked", rakutenOnly, linked, []string{"RK-07", "LAW-01", "RK-01", "RK-03"}},
		{"of two malls, without consent: out already, whatever is linked", policy.Recipient{KnownFrom: []string{"RAKUTEN", "YAHOO"}, HasAddress: true}, linked, []string{"LAW-01", "RK-01", "RK-03"}},
		{"Amazon only, clean", amazonOnly, clean, []string{"AM-02", "LAW-01"}},
		{"Amazon only, linked", amazonOnly, linked, []string{"AM-02", "LAW-01", "AM-01"}},
		{"Rakuten buyer with an own consent", policy.Recipient{KnownFrom: []string{"OWN_SITE", "RAKUTEN"}, Consents: []policy.Consent{own}, HasAddress: true}, linked, nil},
		{"Yahoo subscriber: warned only", policy.Recipient{KnownFrom: []string{"YAHOO"}, Consents: []policy.Consent{yahoo}, HasAddress: true}, linked, nil},
		{"Yahoo only", policy.Recipient{KnownFrom: []string{"YAHOO"}, HasAddress: true}, linked, []string{"YH-02", "LAW-01"}},
		{"Rakuten and own, no consent", policy.Recipient{KnownFrom: []string{"OWN_SITE", "RAKUTEN"}, HasAddress: true}, linked, []string{"LAW-01"}},
	} {
		if got := set.Decide(c.who, c.content).Refusals; !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
	if policy.Blocks(linked.Findings([]string{"RAKUTEN", "AMAZON", "YAHOO"})) {
		t.Error("a mixed audience is refused, not split")
	}
}

func TestARuleForAllBlocks(t *testing.T) {
	rule := policy.Rule{ID: "M-01", Version: 2, Condition: "phrases", Severity: policy.Block, Override: policy.OverrideReason, Enabled: true, Params: policy.Params{Phrases: []string{"必ず痩せる"}}}
	set, err := policy.NewSet([]policy.Rule{rule}, "MAIL", today)
	if err != nil {
		t.Fatal(err)
	}
	reading := set.Read(text("必ず 痩せる！"))
	who := policy.Recipient{Consents: []policy.Consent{consent("OWN_SITE", day(-1))}, HasAddress: true}
	if !policy.Blocks(reading.Findings(nil)) || !slices.Equal(set.Decide(who, reading).Refusals, []string{"M-01"}) {
		t.Errorf("findings %+v", reading.Findings(nil))
	}
	for _, c := range []struct {
		override policy.Override
		lifted   bool
	}{
		{policy.Override{RuleID: "M-01", RuleVersion: 2}, true},
		{policy.Override{RuleID: "M-01", RuleVersion: 1}, false},
		{policy.Override{RuleID: "M-02", RuleVersion: 2}, false},
	} {
		lifted := reading.With([]policy.Override{c.override})
		if got := !policy.Blocks(lifted.Findings(nil)) && set.Decide(who, lifted).Allowed(); got != c.lifted {
			t.Errorf("override %+v: lifted is %v", c.override, got)
		}
	}
}

func TestWhatCannotBeLiftedIsNot(t *testing.T) {
	set := shipped(t)
	c := text("本店なら")
	c.Offers = []policy.Offer{{Name: "本店10%OFF", Mall: "OWN_SITE"}}
	reading := set.Read(c).With([]policy.Override{{RuleID: "RK-04", RuleVersion: 1}, {RuleID: "RK-03", RuleVersion: 1}})
	got := set.Decide(policy.Recipient{KnownFrom: []string{"RAKUTEN"}, HasAddress: true}, reading).Refusals
	if want := []string{"RK-07", "LAW-01", "RK-04"}; !slices.Equal(got, want) {
		t.Errorf("refusals %v, want %v", got, want)
	}
}

func TestRetentionBelowThreeYearsIsWarnedOf(t *testing.T) {
	set := shipped(t)
	for days, want := range map[int]int{0: 0, 365: 1, 1094: 1, 1095: 0} {
		findings := set.CheckRetention(days)
		if len(findings) != want || policy.Blocks(findings) {
			t.Errorf("%d days: %+v", days, findings)
		}
	}
}

func TestMaskedAddressesAreRefused(t *testing.T) {
	set := shipped(t)
	for domain, want := range map[string]bool{"fw.rakuten.ne.jp": true, "pc.fw.rakuten.ne.jp": true, "rakuten.ne.jp": false, "xfw.rakuten.ne.jp": false, "example.com": false} {
		who := policy.Recipient{Consents: []policy.Consent{consent("OWN_SITE", day(-1))}, Domain: domain, HasAddress: true}
		if got := slices.Contains(set.Decide(who, nil).Refusals, "RK-08"); got != want {
			t.Errorf("%s: refused is %v", domain, got)
		}
	}
}
