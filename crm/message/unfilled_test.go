package message_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/meguri-crm/meguri/crm/message"
)

func TestWhatWouldStayEmptyIsFound(t *testing.T) {
	bare := message.Fixed{}
	for _, c := range []struct {
		name    string
		source  message.Source
		fixed   message.Fixed
		hasCode bool
		want    string
	}{
		{"an offer that is not chosen", message.Source{Subject: "{{ offer.name }}", MJML: body("a\n{{ offer.code }} {{ offer.code }}")}, bare, false, "VARIABLE_EMPTY WARN subject:1 VARIABLE_EMPTY WARN mjml:5"},
		{"a shop without address", message.Source{MJML: body(`<a href="{{ shop.url }}new">a</a>`)}, bare, false, "LINK_EMPTY BLOCK mjml:4"},
		{"a condition foresees it", message.Source{MJML: body("{% if offer.code %}{{ offer.code }}{% endif %}")}, bare, false, ""},
		{"a default foresees it", message.Source{Text: "{{ offer.name | default: '特典' }}"}, bare, false, ""},
		{"terms may stay open", message.Source{MJML: body("{{ offer.terms }}")}, bare, false, ""},
		{"all is there", message.Source{Subject: "{{ offer.name }} {{ offer.code }} {{ offer.ends_on }}", MJML: body(`<a href="{{ shop.url }}">{{ shop.name }}</a>`)}, fixed, true, ""},
		{"an offer without code", message.Source{Subject: "{{ offer.name }} {{ offer.code }}"}, fixed, false, "VARIABLE_EMPTY WARN subject:1"},
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

func TestStartersAreFilledByAnOfferAndAShop(t *testing.T) {
	for _, s := range message.Starters() {
		source := message.Source{Subject: s.Subject, MJML: s.MJML}
		if findings := message.Unfilled(source, fixed, true); len(findings) != 0 {
			t.Errorf("%s: %+v", s.Code, findings)
		}
		for _, f := range message.Unfilled(source, message.Fixed{Offer: fixed.Offer, Shop: fixed.Shop}, false) {
			if f.Place == "mjml" {
				t.Errorf("%s without a code: %+v", s.Code, f)
			}
		}
	}
}
