package message_test

import (
	"strings"
	"testing"
	"time"

	"github.com/meguri-crm/meguri/crm/message"
	"github.com/meguri-crm/meguri/crm/message/link"
)

const newsletter = `<mjml>
  <mj-head><mj-title>秋の限定カラー</mj-title><mj-preview>{{ customer.family_name }}様だけの先行案内</mj-preview></mj-head>
  <mj-body>
    <mj-section><mj-column>
      <mj-text>{{ customer.full_name }} 様<br/>A &lt; B &amp; C</mj-text>
      <mj-raw>{% if points.available > 0 %}</mj-raw>
      <mj-text>{{ points.available }}ポイントが<b>{{ points.expiring_on | default: "期限なし" }}</b>まで</mj-text>
      <mj-raw>{% endif %}</mj-raw>
      <mj-button href="https://shop.example/sale?a=1&amp;copy=2&b=3">{{ offer.code }}を使う</mj-button>
      <mj-text>もう一度 <a href="https://shop.example/sale?a=1&amp;copy=2&amp;b=3">こちら</a> <a href="{{ shop.url }}new">新着</a> <a href="mailto:a@example.com">mail</a></mj-text>
    </mj-column></mj-section>
  </mj-body>
</mjml>`

var fixed = message.Fixed{
	Sender: message.Sender{Name: "めぐり堂 <本店>", Email: "news@shop.example", PostalAddress: "東京都千代田区1-1", Contact: "03-0000-0000"},
	Offer:  message.Offer{Name: "10%OFF", EndsAt: time.Date(2026, 11, 30, 14, 59, 0, 0, time.UTC)},
	Shop:   message.Shop{Name: "本店", URL: "https://shop.example/"},
	Zone:   time.FixedZone("JST", 9*3600),
}

func prepare(t *testing.T, source message.Source) *message.Template {
	t.Helper()
	compiled, findings := message.Compile(source)
	if len(findings) > 0 {
		t.Fatalf("findings: %+v", findings)
	}
	template, err := message.Prepare(compiled, fixed)
	if err != nil {
		t.Fatal(err)
	}
	return template
}

func links(t testing.TB) message.Links {
	t.Helper()
	signer, err := link.NewSigner("secret", "https://crm.example")
	if err != nil {
		t.Fatal(err)
	}
	return message.Links{Signer: signer, Ref: link.Ref{DeliveryMonth: time.Date(2026, 11, 1, 0, 0, 0, 0, time.UTC), DeliveryID: 5, CustomerID: 9, VariantID: 2}}
}

func TestAMailIsFilledInForOnePerson(t *testing.T) {
	template := prepare(t, message.Source{Subject: "{{ customer.addressee }}、{{ offer.ends_on }}まで", MJML: newsletter})
	person := message.ExamplePerson(time.Date(2026, 11, 21, 0, 0, 0, 0, time.UTC))
	person.FamilyName, person.OfferCode = `<b>"山田"</b>`, "X&Y"
	got, err := template.Render(person, links(t))
	if err != nil {
		t.Fatal(err)
	}
	if want := `<b>"山田"</b> 花子 様、2026年11月30日まで`; got.Subject != want {
		t.Errorf("subject %q, want %q", got.Subject, want)
	}
	for _, want := range []string{
		"&lt;b&gt;&#34;山田&#34;&lt;/b&gt; 花子 様", "A &lt; B &amp; C", "1,200ポイント", "2026年12月21日", "X&amp;Yを使う",
		`href="https://crm.example/t/c/`, `href="https://crm.example/u/`, `src="https://crm.example/t/o/`,
		"めぐり堂 &lt;本店&gt;", "東京都千代田区1-1", "03-0000-0000", "配信停止", `href="mailto:a@example.com"`,
	} {
		if !strings.Contains(got.HTML, want) {
			t.Errorf("HTML lacks %q", want)
		}
	}
	for _, want := range []string{"A < B & C", `<b>"山田"</b> 花子 様`, "X&Yを使う\nhttps://crm.example/t/c/", "めぐり堂 <本店>", "https://crm.example/u/"} {
		if !strings.Contains(got.Text, want) {
			t.Errorf("text lacks %q", want)
		}
	}
	for _, never := range []string{"shop.example", "{{", "{%", "mgq"} {
		if strings.Contains(got.HTML, never) || strings.Contains(got.Text, never) {
			t.Errorf("%q was left in", never)
		}
	}
}

// An offer that does not last to the end of its last day says until when it does.
func TestEndOfAnOffer(t *testing.T) {
	of := fixed
	for at, want := range map[time.Time]string{
		time.Date(2026, 11, 30, 14, 59, 0, 0, time.UTC): "2026年11月30日まで 11/30",
		time.Date(2026, 11, 30, 15, 0, 0, 0, time.UTC):  "2026年11月30日まで 11/30",
		time.Date(2026, 11, 30, 0, 0, 0, 0, time.UTC):   "2026年11月30日 09:00まで 11/30",
	} {
		of.Offer.EndsAt = at
		compiled, findings := message.Compile(message.Source{Subject: "{{ offer.ends_on }}まで {{ offer.ends_on | date: '%m/%d' }}", MJML: newsletter})
		if len(findings) > 0 {
			t.Fatalf("findings: %+v", findings)
		}
		template, err := message.Prepare(compiled, of)
		if err != nil {
			t.Fatal(err)
		}
		mail, err := template.Render(message.ExamplePerson(of.Offer.EndsAt), links(t))
		if err != nil || mail.Subject != want {
			t.Errorf("of %v: %q, %v; want %q", at, mail.Subject, err, want)
		}
	}
}
