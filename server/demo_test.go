package server

import (
	"fmt"
	"log/slog"
	"strings"
	"testing"
	"time"

	"github.com/meguri-crm/meguri/crm/clock"
	"github.com/meguri-crm/meguri/crm/demo"
	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/crm/intake"
	"github.com/meguri-crm/meguri/crm/mall"
)

// stageOf is the program with somebody to play on it, at a pace of the test's own.
type stageOf struct {
	*site
	token string
	clock *clock.Fixed
}

func (s *stageOf) buyers(owner string, on bool) *demo.Service {
	return demo.New(demo.Config{
		DB: s.app.DB, Clock: s.clock, Zone: time.UTC, Intake: s.app.Intake, Signer: s.app.Messages.Signer, On: on, Log: slog.New(slog.DiscardHandler), Owner: owner,
	})
}

// play lets somebody play for so many steps of five seconds, or until it is over.
func (s *stageOf) play(of *demo.Service, steps int) (over bool) {
	s.t.Helper()
	p := of.Player(s.URL)
	for range steps {
		s.clock.Advance(5 * time.Second)
		playing, err := p.Step(s.t.Context())
		if err != nil {
			s.t.Fatal(err)
		}
		if !playing {
			return true
		}
	}
	return false
}

func (s *stageOf) count(query string) (n int64) {
	s.t.Helper()
	if err := s.app.Messages.Responses.Flush(s.t.Context()); err != nil {
		s.t.Fatal(err)
	}
	if err := s.app.DB.NewRaw(query).Scan(s.t.Context(), &n); err != nil {
		s.t.Fatal(err)
	}
	return n
}

// send sends a campaign with a coupon to everybody.
func (s *stageOf) send() {
	s.t.Helper()
	offer := s.mutate(s.token, "createOffer", fmt.Sprintf(`{name:"秋",mall:OWN_SITE,kind:COUPON_AMOUNT,value:300,proof:SHARED_CODE,sharedCode:"AKI",startsAt:%q,endsAt:%q}`,
		time.Now().Add(-time.Hour).Format(time.RFC3339), time.Now().AddDate(0, 0, 9).Format(time.RFC3339)), "offer")
	segment := s.mutate(s.token, "createSegment", `{name:"全員",rule:{all:[]}}`, "segment")
	c := s.mutate(s.token, "createCampaign", fmt.Sprintf(`{name:"年末",segmentId:%q}`, segment.ID), "campaign")
	c = s.mutate(s.token, "updateCampaign", fmt.Sprintf(`{id:%q,version:%d,variants:[{mall:OWN_SITE,offerId:%q,subject:"ご案内",
		mjml:"<mjml><mj-body><mj-section><mj-column><mj-text>{{ offer.code }} <a href='https://shop.example/sale'>セール</a></mj-text></mj-column></mj-section></mj-body></mjml>"}]}`,
		c.ID, c.Version, offer.ID), "campaign")
	next := s.watch(s.token, c.ID)
	s.mutate(s.token, "sendCampaign", fmt.Sprintf(`{id:%q,version:%d,idempotencyKey:"once"}`, c.ID, c.Version), "campaign")
	for next().Status != "SENT" {
	}
}

// sells gives the merchant something to sell.
func (s *stageOf) sells() {
	s.t.Helper()
	mapping := mall.Mapping{Name: "m", Currency: "JPY", Status: mall.StatusMap{Default: mall.Completed}, Columns: map[mall.Field][]string{
		mall.FieldOrderNo: {"no"}, mall.FieldOrderedAt: {"at"}, mall.FieldSKU: {"sku"}, mall.FieldName: {"name"}, mall.FieldQuantity: {"n"}, mall.FieldUnitPrice: {"price"},
	}}
	shop := s.count("SELECT id FROM shops")
	_, err := s.app.Intake.TakeFile(s.t.Context(), intake.File{
		Name: "orders.csv", Content: strings.NewReader("no,at,sku,name,n,price\n1,2026-01-05,SENCHA,深蒸し煎茶,1,1200\n"), ShopID: shop, Mapping: &mapping,
	}, nil)
	if err != nil {
		s.t.Fatal(err)
	}
}

// TestBuyersOfTheDemonstration answer a campaign through its own links and with
// its coupon, once, whoever plays; and only there, and only until they are stopped.
func TestBuyersOfTheDemonstration(t *testing.T) {
	const people = 120
	made, token := campaignSite(t, people)
	s := &stageOf{site: made, token: token, clock: &clock.Fixed{T: time.Now().Add(-time.Minute)}} // mails are stamped by the mailbox's clock
	s.sells()
	if _, err := s.app.DB.NewRaw(`INSERT INTO identity_keys (kind, shop_id, value, customer_id) SELECT 'MAIL', 0, email, id FROM customers WHERE email <> ''`).Exec(t.Context()); err != nil {
		t.Fatal(err)
	}
	first, second := s.buyers("first", true), s.buyers("second", true)
	if over := s.play(first, 1); !over {
		t.Error("somebody plays on the database of a merchant")
	}
	if st, err := first.Status(t.Context()); st != nil || err != nil {
		t.Errorf("%+v, %v", st, err)
	}
	if err := demo.Mark(t.Context(), s.app.DB, time.Now()); err != nil {
		t.Fatal(err)
	}
	if over := s.play(s.buyers("off", false), 1); !over {
		t.Error("somebody plays although it is switched off")
	}
	s.strangers(people)
	s.play(first, 1)
	s.send()
	s.clock.T = time.Now()
	if over := s.play(first, 12); over {
		t.Fatal("it is over after a minute")
	}
	s.clock.Advance(-4 * time.Second)
	if over := s.play(second, 1); !over {
		t.Error("two play at once")
	}
	s.clock.Advance(10 * time.Second) // the first gives no sign of life any more
	if over := s.play(second, 120); !over {
		t.Fatal("it does not end by itself")
	}
	st, err := second.Status(t.Context())
	if err != nil || st.Playing {
		t.Fatalf("%+v, %v", st, err)
	}
	facts := s.count(`SELECT sum((opened_at IS NOT NULL)::int + (machine_opened_at IS NOT NULL)::int + (clicked_at IS NOT NULL)::int + (unsubscribed_at IS NOT NULL)::int) FROM messages`)
	clicked := s.count("SELECT count(*) FROM messages WHERE clicked_at IS NOT NULL")
	bought := s.count("SELECT count(*) FROM orders WHERE coupon_codes = '{AKI}'")
	if st.Acts != facts || clicked == 0 || bought == 0 || st.Orders != bought {
		t.Errorf("%d acts and %d orders; %d facts, %d clicked, %d bought", st.Acts, st.Orders, facts, clicked, bought)
	}
	if credited := s.count("SELECT count(*) FROM conversions"); credited != bought {
		t.Errorf("%d orders are credited to the campaign, %d were placed", credited, bought)
	}
	if strangers := s.count("SELECT count(*) FROM customers WHERE NOT anonymous") - 2*people; strangers != 0 {
		t.Errorf("%d buyers were not known", strangers)
	}
	s.untouched(people)

	if _, err := first.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	s.clock.Advance(10 * time.Second) // the second has left
	if over := s.play(first, 3); over {
		t.Error("it is over at once")
	}
	if st, err = first.Stop(t.Context()); err != nil || !st.Stopped || st.Playing {
		t.Errorf("%+v, %v", st, err)
	}
	if over := s.play(first, 1); !over {
		t.Error("they go on although they are stopped")
	}
}

// strangers are customers who come after the demonstration was made, with mail.
func (s *stageOf) strangers(n int) {
	s.t.Helper()
	_, err := s.app.DB.NewRaw(`WITH new AS (INSERT INTO customers (family_name, email)
			SELECT '鈴木', 'real' || g || '@example.com' FROM generate_series(1, ?) g RETURNING id, email),
		stats AS (INSERT INTO customer_stats (customer_id) SELECT id FROM new),
		keys AS (INSERT INTO identity_keys (kind, shop_id, value, customer_id) SELECT 'MAIL', 0, email, id FROM new)
		INSERT INTO consents (customer_id, channel, state, origin_shop_id, occurred_at, method, wording)
		SELECT new.id, 'MAIL', 'GIVEN', shops.id, now(), 'SIGN_UP_FORM', '受け取る' FROM new, shops`, n).Exec(s.t.Context())
	if err != nil {
		s.t.Fatal(err)
	}
}

// untouched: strangers got a mail, and nobody acted in their name.
func (s *stageOf) untouched(n int64) {
	s.t.Helper()
	const theirs = " m JOIN customers c ON c.id = m.customer_id WHERE c.email LIKE 'real%'"
	if got := s.count("SELECT count(*) FROM messages" + theirs); got != n {
		s.t.Fatalf("%d strangers got a mail: it shows nothing", got)
	}
	if acted := s.count("SELECT count(*) FROM messages" + theirs + " AND coalesce(opened_at, machine_opened_at, clicked_at, unsubscribed_at) IS NOT NULL"); acted != 0 {
		s.t.Errorf("somebody acted for %d strangers", acted)
	}
	if bought := s.count("SELECT count(*) FROM orders" + theirs); bought != 0 {
		s.t.Errorf("%d orders are invented for strangers", bought)
	}
}

// TestTheBuyersLeaveWhoTakesInHisOwnFiles: they end for good with the first one.
func TestTheBuyersLeaveWhoTakesInHisOwnFiles(t *testing.T) {
	made, token := campaignSite(t, 30)
	s := &stageOf{site: made, token: token, clock: &clock.Fixed{T: time.Now().Add(-time.Minute)}}
	if err := demo.Mark(t.Context(), s.app.DB, time.Now()); err != nil {
		t.Fatal(err)
	}
	buyers := s.buyers("first", true)
	s.send()
	s.clock.T = time.Now()
	if over := s.play(buyers, 3); over {
		t.Fatal("they do not begin")
	}
	s.sells() // a file of the merchant's
	if over := s.play(buyers, 1); !over {
		t.Error("they go on")
	}
	if st, err := buyers.Status(t.Context()); err != nil || !st.Ended || st.Playing {
		t.Errorf("%+v, %v", st, err)
	}
	if _, err := buyers.Start(t.Context()); !fault.Is(err, fault.Precondition) {
		t.Errorf("they are started again: %v", err)
	}
	if over := s.play(buyers, 1); !over {
		t.Error("they go on after that")
	}
}
