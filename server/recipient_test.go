package server

import (
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/meguri-crm/meguri/crm/clock"
	"github.com/meguri-crm/meguri/crm/message"
	"github.com/meguri-crm/meguri/crm/message/link"
	"github.com/meguri-crm/meguri/db"
	"github.com/meguri-crm/meguri/db/dbtest"
)

// recipientWorld is a merchant with one mail sent to one customer.
type recipientWorld struct {
	app *App
	mux *http.ServeMux
	ref link.Ref
}

const phone = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148"

func newRecipientWorld(t *testing.T) *recipientWorld {
	t.Helper()
	now := time.Date(2026, 11, 21, 3, 0, 0, 0, time.UTC)
	public, _ := url.Parse("https://crm.example")
	app := &App{
		Config: &Config{Secret: strings.Repeat("s", 40), PublicURL: public, Zone: time.UTC},
		Log:    slog.New(slog.DiscardHandler), Clock: &clock.Fixed{T: now}, DB: dbtest.New(t),
	}
	if err := app.composeMessages(); err != nil {
		t.Fatal(err)
	}
	w := &recipientWorld{app: app, mux: http.NewServeMux()}
	(&routes{app: app}).recipients(w.mux)

	campaign := db.Campaign{Name: "秋"}
	month := time.Date(2026, 11, 1, 0, 0, 0, 0, time.UTC)
	w.insert(t, &campaign)
	delivery := db.Delivery{CampaignID: &campaign.ID, DeliveryMonth: month, Content: []byte("{}")}
	w.insert(t, &delivery)
	shop := db.Shop{Code: "site", Name: "本店", Mall: "OWN_SITE"}
	w.insert(t, &shop)
	customer := db.Customer{FamilyName: "山田", Email: "hanako@example.com"}
	w.insert(t, &customer)
	variant := int64(3)
	w.ref = link.Ref{DeliveryMonth: month, DeliveryID: delivery.ID, CustomerID: customer.ID, VariantID: variant}
	w.insert(t, &db.Message{
		CustomerID: customer.ID, DeliveryID: delivery.ID, DeliveryMonth: month, CampaignID: &campaign.ID, VariantID: &variant,
		Mall: "OWN_SITE", OriginShopID: &shop.ID, OriginMall: "OWN_SITE", Status: "SENT", SentAt: &now,
	})
	w.insert(t, &db.TrackedLink{DeliveryID: delivery.ID, VariantID: variant, Position: 1, URL: "https://shop.example/sale?a=1&b=2"})
	w.insert(t, &db.Consent{
		CustomerID: customer.ID, Channel: "MAIL", State: "GIVEN", OriginShopID: shop.ID,
		OccurredAt: now.Add(-time.Hour), Method: "SIGN_UP_FORM", Wording: "お知らせを受け取る",
	})
	if _, err := message.SaveSender(t.Context(), app.DB, message.Sender{Name: "めぐり堂", Email: "news@shop.example", PostalAddress: "東京都", Contact: "03"}); err != nil {
		t.Fatal(err)
	}
	return w
}

func (w *recipientWorld) insert(t *testing.T, row any) {
	t.Helper()
	if _, err := w.app.DB.NewInsert().Model(row).Exec(t.Context()); err != nil {
		t.Fatal(err)
	}
}

func (w *recipientWorld) token(kind link.Kind, position int) string {
	ref := w.ref
	ref.Kind, ref.Position = kind, position
	return w.app.Messages.Signer.Token(ref)
}

func (w *recipientWorld) do(method, path, body string, headers ...string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(method, path, strings.NewReader(body))
	r.Header.Set("User-Agent", phone)
	if body != "" {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	recorder := httptest.NewRecorder()
	w.mux.ServeHTTP(recorder, r)
	return recorder
}

func (w *recipientWorld) message(t *testing.T) db.Message {
	t.Helper()
	if err := w.app.Messages.Responses.Flush(t.Context()); err != nil {
		t.Fatal(err)
	}
	var m db.Message
	if err := w.app.DB.NewSelect().Model(&m).Scan(t.Context()); err != nil {
		t.Fatal(err)
	}
	return m
}

func (w *recipientWorld) count(t *testing.T, query string, args ...any) int {
	t.Helper()
	var n int
	if err := w.app.DB.NewRaw(query, args...).Scan(t.Context(), &n); err != nil {
		t.Fatal(err)
	}
	return n
}

func TestATrackedLinkLeadsWhereItWasStoredToLead(t *testing.T) {
	w := newRecipientWorld(t)
	got := w.do("GET", "/t/c/"+w.token(link.Click, 1)+"?url=https://evil.example", "")
	if got.Code != http.StatusFound || got.Header().Get("Location") != "https://shop.example/sale?a=1&b=2" || !strings.Contains(got.Header().Get("Cache-Control"), "no-store") {
		t.Errorf("%d to %q", got.Code, got.Header().Get("Location"))
	}
	if w.message(t).ClickedAt == nil {
		t.Error("the click was not recorded")
	}
	for name, path := range map[string]string{
		"no such link": "/t/c/" + w.token(link.Click, 9), "another kind": "/t/c/" + w.token(link.Open, 0), "forged": "/t/c/AWNSBQkCACgdToEJ", "an address": "/t/c/https:%2F%2Fevil.example",
	} {
		if got := w.do("GET", path, ""); got.Code != http.StatusNotFound || got.Header().Get("Location") != "" || !strings.Contains(got.Body.String(), "このリンクは無効です") {
			t.Errorf("%s: %d to %q", name, got.Code, got.Header().Get("Location"))
		}
	}
}

func TestALinkIntoTheDemoMerchantsShopSaysWhereTheShopperWouldBe(t *testing.T) {
	w := newRecipientWorld(t)
	w.insert(t, &db.TrackedLink{DeliveryID: w.ref.DeliveryID, VariantID: w.ref.VariantID, Position: 2, URL: "https://www.rakuten.co.jp/chaho-meguri-demo/new"})
	got := w.do("GET", "/t/c/"+w.token(link.Click, 2), "")
	if got.Code != http.StatusOK || !strings.Contains(got.Body.String(), "https://www.rakuten.co.jp/chaho-meguri-demo/new") || !strings.Contains(got.Body.String(), "ここからお店のページです") {
		t.Errorf("%d: %s", got.Code, got.Body.String())
	}
	if w.message(t).ClickedAt == nil {
		t.Error("the click was not recorded")
	}
}

func TestMachinesAreToldFromPeople(t *testing.T) {
	w := newRecipientWorld(t)
	machines := map[string][]string{
		"Apple's privacy proxy": {"User-Agent", "Mozilla/5.0"},
		"Gmail's prefetch":      {"User-Agent", "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) " + gmailPrefetch},
		"a prefetch":            {"Sec-Purpose", "prefetch;prerender"},
		"a crawler":             {"User-Agent", "Mozilla/5.0 (compatible; Googlebot/2.1)"},
		"no name":               {"User-Agent", ""},
	}
	for name, header := range machines {
		if got := w.do("GET", "/t/o/"+w.token(link.Open, 0), "", header...); got.Code != 200 || got.Header().Get("Content-Type") != "image/gif" {
			t.Errorf("%s: %d", name, got.Code)
		}
		w.do("GET", "/t/c/"+w.token(link.Click, 1), "", header...)
	}
	w.do("HEAD", "/t/c/"+w.token(link.Click, 1), "")
	if m := w.message(t); m.OpenedAt != nil || m.ClickedAt != nil {
		t.Errorf("a machine counts as a person: opened %v, clicked %v", m.OpenedAt, m.ClickedAt)
	}
	w.do("GET", "/t/o/"+w.token(link.Open, 0), "", "User-Agent", "Mozilla/5.0 (Windows NT 5.1; rv:11.0) Gecko Firefox/11.0 (via ggpht.com GoogleImageProxy)")
	if w.message(t).OpenedAt == nil {
		t.Error("an open through Gmail's proxy was not recorded")
	}
	if got := w.do("GET", "/t/o/forged", ""); got.Code != 200 || got.Body.String() != pixel {
		t.Errorf("a forged pixel: %d", got.Code)
	}
}

func TestLookingAtTheUnsubscribePageChangesNothing(t *testing.T) {
	w := newRecipientWorld(t)
	for _, method := range []string{"GET", "HEAD"} {
		got := w.do(method, "/u/"+w.token(link.Unsubscribe, 0), "")
		if got.Code != 200 {
			t.Errorf("%s: %d", method, got.Code)
		}
		if body := got.Body.String(); method == "GET" && (!strings.Contains(body, "配信を停止する") || !strings.Contains(body, "めぐり堂") || !strings.Contains(body, "Stop receiving")) {
			t.Errorf("page %s", body)
		}
		if policy := got.Header().Get("Content-Security-Policy"); !strings.Contains(policy, "default-src 'none'") {
			t.Errorf("policy %q", policy)
		}
	}
	if n := w.count(t, "SELECT count(*) FROM consents WHERE state = 'WITHDRAWN'"); n != 0 {
		t.Errorf("%d withdrawals", n)
	}
	if got := w.do("GET", "/u/"+w.token(link.Unsubscribe, 0), "", "Accept-Language", "en-US,en;q=0.9"); !strings.Contains(got.Body.String(), `<html lang="en">`) {
		t.Error("no English page")
	}
}

func TestUnsubscribing(t *testing.T) {
	for method, body := range map[string]string{"ONE_CLICK": "List-Unsubscribe=One-Click", "UNSUBSCRIBE_LINK": "confirm=yes"} {
		t.Run(method, func(t *testing.T) {
			w := newRecipientWorld(t)
			for range 2 { // twice is as good as once
				if got := w.do("POST", "/u/"+w.token(link.Unsubscribe, 0), body); got.Code != 200 || !strings.Contains(got.Body.String(), "配信を停止しました") {
					t.Fatalf("%d %s", got.Code, got.Body)
				}
			}
			if n := w.count(t, "SELECT count(*) FROM consents WHERE state = 'WITHDRAWN' AND channel = 'MAIL' AND method = ?", method); n != 1 {
				t.Errorf("%d withdrawals", n)
			}
			if n := w.count(t, "SELECT count(*) FROM suppressions WHERE reason = 'OPT_OUT' AND value_hash = ?", message.AddressHash("hanako@example.com")); n != 1 {
				t.Errorf("%d suppressions", n)
			}
			if n := w.count(t, "SELECT count(*) FROM events WHERE kind = 'consent.withdrawn' AND customer_id = ?", w.ref.CustomerID); n != 1 {
				t.Errorf("%d events", n)
			}
			if w.message(t).UnsubscribedAt == nil {
				t.Error("the message does not show it")
			}
			verdicts, err := w.app.Messages.Gate.Check(t.Context(), w.app.DB, "MAIL", []message.Asked{{CustomerID: w.ref.CustomerID}})
			if err != nil || verdicts[0].Reason() != "LAW-03" {
				t.Errorf("the gate says %+v, %v", verdicts, err)
			}
		})
	}
}

func TestUnsubscribingFollowsAMerge(t *testing.T) {
	w := newRecipientWorld(t)
	survivor := db.Customer{Email: "hanako@example.com"}
	w.insert(t, &survivor)
	w.insert(t, &db.Consent{CustomerID: survivor.ID, Channel: "MAIL", State: "GIVEN", OriginShopID: 1, OccurredAt: time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC), Method: "STAFF", Wording: "x"})
	if _, err := w.app.DB.NewUpdate().Model((*db.Customer)(nil)).Set("merged_into = ?", survivor.ID).Where("id = ?", w.ref.CustomerID).Exec(t.Context()); err != nil {
		t.Fatal(err)
	}
	if got := w.do("POST", "/u/"+w.token(link.Unsubscribe, 0), "List-Unsubscribe=One-Click"); got.Code != 200 {
		t.Fatal(got.Code)
	}
	if n := w.count(t, "SELECT count(*) FROM consents WHERE state = 'WITHDRAWN' AND customer_id = ?", survivor.ID); n != 1 {
		t.Errorf("%d withdrawals of the one who is left", n)
	}
}

func TestAForgedUnsubscribeDoesNothing(t *testing.T) {
	w := newRecipientWorld(t)
	for _, token := range []string{"x", w.token(link.Click, 1), w.token(link.Unsubscribe, 0) + "A"} {
		if got := w.do("POST", "/u/"+token, "List-Unsubscribe=One-Click"); got.Code != http.StatusNotFound {
			t.Errorf("%s: %d", token, got.Code)
		}
	}
	if n := w.count(t, "SELECT count(*) FROM consents WHERE state = 'WITHDRAWN'"); n != 0 {
		t.Errorf("%d withdrawals", n)
	}
}
