package message_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/meguri-crm/meguri/crm/message"
)

func TestWhatWouldStayEmptyIsFound(t *testing.T) {
	bare := message.Fixed{}
	twice := message.Fixed{Offer: message.Offer{Name: "ポイント2倍", Kind: "POINT_MULTIPLIER"}}
	for _, c := range []struct {
		name    string
		source  message.Source
		fixed   message.Fixed
		hasCode bool
		want    string
	}{
		{"an offer that is not chosen", message.Source{Subject: "{{ offer.name }}", MJML: body("a\n{{ offer.code }} {{ offer.code }}")}, bare, false, "LEFT_EMPTY BLOCK subject:1 VARIABLE_EMPTY WARN mjml:5"},
		{"beside other words", message.Source{Subject: "{{ offer.name }}のご案内"}, bare, false, "LEFT_OUT BLOCK subject:1"},
		{"in a heading beside other words", message.Source{MJML: whole(`<mj-text font-size="22px">{{ offer.name }}をお届けします</mj-text>`)}, bare, false, "LEFT_OUT BLOCK mjml:2"},
		{"a heading", message.Source{MJML: whole(`<mj-text font-size="22px"><b>{{ offer.name }}</b>&nbsp;</mj-text>`)}, bare, false, "LEFT_EMPTY BLOCK mjml:2"},
		{"a heading with a default", message.Source{MJML: whole(`<mj-text font-size="22px">{{ offer.name | default: "特典" }}</mj-text>`)}, bare, false, ""},
		{"a heading under a condition", message.Source{MJML: whole(`<mj-raw>{% if offer.name %}</mj-raw><mj-text font-size="22px">{{ offer.name }}</mj-text><mj-raw>{% endif %}</mj-raw>`)}, bare, false, ""},
		{"a heading that is meant to be left out", message.Source{MJML: whole(`<mj-text font-size="22px">{% if offer.name %}{{ offer.name }}{% endif %}</mj-text>`)}, bare, false, ""},
		{"a text of usual size", message.Source{MJML: whole(`<mj-text font-size="15px">{{ offer.name }}</mj-text>`)}, bare, false, "VARIABLE_EMPTY WARN mjml:2"},
		{"a button", message.Source{MJML: whole(`<mj-button href="https://shop.example/">{{ offer.name }}</mj-button>`)}, bare, false, "LEFT_EMPTY BLOCK mjml:2"},
		{"a subject left out by a condition", message.Source{Subject: "{% if offer.name %}{{ offer.name }}{% endif %}"}, bare, false, "LEFT_EMPTY BLOCK subject:1"},
		{"a subject some people have no value for", message.Source{Subject: "{{ stage.next.name }}"}, fixed, true, "LEFT_EMPTY BLOCK subject:1"},
		{"with words for those", message.Source{Subject: "{{ stage.next.name | default: '次のステージ' }}"}, fixed, true, ""},
		{"of what the content itself sets", message.Source{MJML: whole(`<mj-raw>{% assign words = "秋の新作" %}</mj-raw><mj-text font-size="22px">{{ words }}</mj-text>`)}, bare, false, ""},
		{"a shop without address", message.Source{MJML: body(`<a href="{{ shop.url }}new">a</a>`)}, bare, false, "LINK_EMPTY BLOCK mjml:4"},
		{"a condition foresees it", message.Source{MJML: body("{% if offer.name %}{{ offer.name }}{% endif %}")}, bare, false, ""},
		{"a code that its condition leaves out for everybody", message.Source{MJML: body("{% if offer.code %}\n{{ offer.code }}{% endif %}")}, bare, false, "CODE_MISSING WARN mjml:5"},
		{"the same with a code", message.Source{MJML: body("{% if offer.code %}\n{{ offer.code }}{% endif %}")}, fixed, true, ""},
		{"with other words in its place", message.Source{MJML: body("{% if offer.code %}{{ offer.code }}{% else %}いつでも{% endif %}")}, fixed, false, ""},
		{"inside another condition", message.Source{MJML: body("{% if offer.code %}{% if stage.name %}{{ offer.code }}{% endif %}{% endif %}")}, fixed, false, "CODE_MISSING WARN mjml:4"},
		{"the word coupon beside twice the points", message.Source{MJML: body("a\nクーポンを使う")}, twice, false, "NO_COUPON WARN mjml:5"},
		{"only for those with a code", message.Source{MJML: body("{% if offer.code %}クーポン{% endif %}")}, twice, false, ""},
		{"where the points are had for a code", message.Source{MJML: body("クーポンを使う")}, message.Fixed{Offer: message.Offer{Name: "ポイント2倍", Kind: "POINT_MULTIPLIER", Coded: true}}, true, ""},
		{"beside a discount that holds by itself", message.Source{MJML: body("クーポンを使う")}, fixed, false, ""},
		{"a default foresees it", message.Source{Text: "{{ offer.name | default: '特典' }}"}, bare, false, ""},
		{"terms may stay open", message.Source{MJML: body("{{ offer.terms }}")}, bare, false, ""},
		{"all is there", message.Source{Subject: "{{ offer.name }} {{ offer.code }} {{ offer.ends_on }}", MJML: body(`<a href="{{ shop.url }}">{{ shop.name }}</a>`)}, fixed, true, ""},
		{"an offer without code in the only words", message.Source{Subject: "{{ offer.code }}"}, fixed, false, "LEFT_EMPTY BLOCK subject:1"},
		{"an offer without code", message.Source{Subject: "{{ offer.name }} {{ offer.code }}"}, fixed, false, "LEFT_OUT BLOCK subject:1"},
		{"a person's own are never empty here", message.Source{Subject: "{{ customer.full_name }} {{ stage.name }}"}, bare, false, ""},
	} {
		var got []string
		for _, f := range message.Unfilled(c.source, c.fixed, c.hasCode) {
			got = append(got, fmt.Sprintf("%s %s %s:%d", f.Code, f.Severity, f.Place, f.Line))
		}
		if strings.Join(got, " ") != c.want {
			t.Errorf("%s: %v, want %s", c.name, got, c.want)
		}
	}
}

// whole is a mail whose column begins on its second line.
func whole(column string) string {
	return "<mjml><mj-body><mj-section><mj-column>\n" + column + "\n</mj-column></mj-section></mj-body></mjml>"
}

func TestStartersAreFilledByAnOfferAndAShop(t *testing.T) {
	for _, s := range message.Starters() {
		source := message.Source{Subject: s.Subject, MJML: s.MJML}
		if findings := message.Unfilled(source, fixed, true); len(findings) != 0 {
			t.Errorf("%s: %+v", s.Code, findings)
		}
		for _, f := range message.Unfilled(source, message.Fixed{Offer: fixed.Offer, Shop: fixed.Shop}, false) {
			if f.Place == "mjml" && f.Code != "CODE_MISSING" {
				t.Errorf("%s without a code: %+v", s.Code, f)
			}
		}
	}
}

// TestAnInvitationFitsItsOffer: the coupon starter promises no coupon where the
// offer is none.
func TestAnInvitationFitsItsOffer(t *testing.T) {
	for _, c := range []struct {
		offer message.Offer
		want  string
	}{
		{message.Offer{Name: "10%OFF", Kind: "COUPON_RATE", Coded: true}, "クーポンを使って買い物する"},
		{message.Offer{Name: "10%OFF", Kind: "COUPON_RATE"}, "特典を使って買い物する"},
		{message.Offer{Name: "送料無料", Kind: "FREE_SHIPPING"}, "送料無料で買い物する"},
		{message.Offer{Name: "ポイント2倍", Kind: "POINT_MULTIPLIER"}, "ポイントアップで買い物する"},
		{message.Offer{}, "お店で買い物する"},
	} {
		compiled, _ := message.Compile(message.Source{Subject: "{{ offer.action }}", MJML: body("a")})
		template, err := message.Prepare(compiled, message.Fixed{Offer: c.offer, Zone: time.UTC})
		if err != nil {
			t.Fatal(err)
		}
		if mail, err := template.Preview(message.Person{}); err != nil || mail.Subject != c.want {
			t.Errorf("%+v: %q (%v), want %q", c.offer, mail.Subject, err, c.want)
		}
	}
}

// TestPointsAreCalledByTheMerchantsName: whoever a campaign says it comes from.
func TestPointsAreCalledByTheMerchantsName(t *testing.T) {
	sender := message.Sender{Name: "秋のお便り係"}
	for want, f := range map[string]message.Fixed{
		"めぐり堂のポイント":   {Sender: sender, Brand: message.Brand{Name: "めぐり堂"}},
		"秋のお便り係のポイント": {Sender: sender}, // of a delivery that began before brands had names
		"当店のポイント":     {},
	} {
		compiled, _ := message.Compile(message.Source{Subject: "{{ points.program }}", MJML: body("a")})
		f.Zone = time.UTC
		template, err := message.Prepare(compiled, f)
		if err != nil {
			t.Fatal(err)
		}
		if mail, err := template.Preview(message.Person{}); err != nil || mail.Subject != want {
			t.Errorf("%q (%v), want %q", mail.Subject, err, want)
		}
	}
}
