package message_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/uptrace/bun"

	"github.com/meguri-crm/meguri/crm/clock"
	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/crm/message"
	"github.com/meguri-crm/meguri/db"
	"github.com/meguri-crm/meguri/db/dbtest"
)

// known is People with one customer in it.
type known map[int64]message.Person

func (k known) People(context.Context, bun.IDB, []int64) (map[int64]message.Person, error) {
	return k, nil
}

// keptKeys are the keys of what is kept of customers.
type keptKeys []string

func (k keptKeys) Keys(context.Context, bun.IDB) ([]string, error) { return k, nil }

func TestAPreviewShowsWhatWouldArrive(t *testing.T) {
	tx := dbtest.Tx(t)
	p := people{t, tx}
	now := time.Date(2026, 11, 21, 3, 0, 0, 0, time.UTC)
	p.exec("INSERT INTO shops (code, name, mall, url) VALUES ('r', '楽天店', 'RAKUTEN', 'https://item.rakuten.co.jp/meguri/')")
	offer := db.Offer{Name: "秋の特典", Mall: "RAKUTEN", Kind: "COUPON_RATE", Value: 1000, Proof: "SHARED_CODE", SharedCode: "AKI10", StartsAt: now, EndsAt: now.AddDate(0, 0, 9)}
	pool := offer
	pool.Proof, pool.SharedCode = "CODE_POOL", ""
	for _, o := range []*db.Offer{&offer, &pool} {
		if _, err := tx.NewInsert().Model(o).Exec(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	previewer := &message.Previewer{
		DB: tx, Clock: &clock.Fixed{T: now}, Zone: time.FixedZone("JST", 9*3600), Gate: message.NewGate(&clock.Fixed{T: now}, time.UTC),
		People: known{7: {FamilyName: "山田", GivenName: "太郎"}},
	}
	request := message.PreviewRequest{
		Source: message.Source{Subject: "{{ customer.addressee }} {{ offer.code }}", MJML: body(`<a href="{{ shop.url }}sale">{{ shop.name }}</a> {{ offer.ends_on }}`)},
		Mall:   "RAKUTEN", OfferID: offer.ID, CustomerID: 7,
	}

	got, err := previewer.Preview(t.Context(), request)
	if err != nil || len(got.Findings) != 4 || got.Findings[0].Code != "LAW-02" {
		t.Fatalf("without a sender: %+v, %v", got, err)
	}
	if _, err := message.SaveSender(t.Context(), tx, message.Sender{Name: "めぐり堂", Email: "news@shop.example", PostalAddress: "東京都", Contact: "03"}); err != nil {
		t.Fatal(err)
	}
	got, err = previewer.Preview(t.Context(), request)
	if err != nil || len(got.Findings) != 0 || got.Subject != "山田 太郎 様 AKI10" || got.From != "めぐり堂 <news@shop.example>" ||
		!strings.Contains(got.HTML, `href="https://item.rakuten.co.jp/meguri/sale"`) || !strings.Contains(got.HTML, "2026年11月30日") || !strings.Contains(got.Text, "https://item.rakuten.co.jp/meguri/sale") {
		t.Errorf("preview %+v, %v", got, err)
	}
	request.CustomerID, request.OfferID, request.SenderName = 0, pool.ID, "秋の係"
	if got, err = previewer.Preview(t.Context(), request); err != nil || !got.SampleCode || got.Subject != "佐藤 花子 様 SAMPLE-CODE" || !strings.HasPrefix(got.From, "秋の係 <") {
		t.Errorf("an example person: %+v, %v", got, err)
	}
	request.Source.Subject = "{{ nobody }}"
	if got, err = previewer.Preview(t.Context(), request); err != nil || len(got.Findings) != 1 || got.HTML != "" {
		t.Errorf("what cannot be rendered: %+v, %v", got, err)
	}
	previewer.Properties = keptKeys{"pet"}
	request.Source.Subject = "{{ customer.properties.pet | default: '-' }}{{ customer.properties.cat | default: '-' }}"
	if got, err = previewer.Preview(t.Context(), request); err != nil || len(got.Findings) != 1 || got.Findings[0].Code != "UNKNOWN_VARIABLE" {
		t.Errorf("a property that nobody keeps: %+v, %v", got, err)
	}
	request.OfferID = 0
	request.Source.Subject, request.Source.MJML = "x", body("{% for i in (1..99999999) %}{% endfor %}")
	if got, err = previewer.Preview(t.Context(), request); err != nil || len(got.Findings) != 1 || got.Findings[0].Code != "LIQUID_INVALID" {
		t.Errorf("what runs too long: %+v, %v", got, err)
	}
	for name, bad := range map[string]message.PreviewRequest{"customer": {CustomerID: 8, Mall: "RAKUTEN"}, "offer": {OfferID: -1, Mall: "RAKUTEN"}} {
		if _, err := previewer.Preview(t.Context(), bad); !fault.Is(err, fault.NotFound) {
			t.Errorf("an unknown %s: %v", name, err)
		}
	}
}

func TestTheSenderIsCheckedAndKept(t *testing.T) {
	tx := dbtest.Tx(t)
	whole := message.Sender{Name: " めぐり堂\r\nBcc: x ", Email: "news@shop.example", PostalAddress: "東京都", Contact: "03"}
	saved, err := message.SaveSender(t.Context(), tx, whole)
	if err != nil || saved.Name != "めぐり堂 Bcc: x" {
		t.Fatalf("%+v, %v", saved, err)
	}
	if got, err := (message.Senders{}).Sender(t.Context(), tx); err != nil || got != saved {
		t.Errorf("%+v, %v", got, err)
	}
	for field, change := range map[string]func(*message.Sender){
		"name":          func(s *message.Sender) { s.Name = "  " },
		"email":         func(s *message.Sender) { s.Email = "めぐり <a@b.example>" },
		"postalAddress": func(s *message.Sender) { s.PostalAddress = "" },
		"contact":       func(s *message.Sender) { s.Contact = strings.Repeat("あ", 301) },
	} {
		s := whole
		change(&s)
		_, err := message.SaveSender(t.Context(), tx, s)
		if f := new(fault.Error); !errors.As(err, &f) || f.Kind != fault.Invalid || f.Field != field {
			t.Errorf("%s: %v", field, err)
		}
	}
}
