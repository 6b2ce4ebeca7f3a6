package server

import (
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/meguri-crm/meguri/crm/clock"
	"github.com/meguri-crm/meguri/crm/customer"
	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/crm/message"
	"github.com/meguri-crm/meguri/crm/message/channel"
	"github.com/meguri-crm/meguri/crm/message/link"
	"github.com/meguri-crm/meguri/crm/message/notice"
	"github.com/meguri-crm/meguri/crm/points"
	"github.com/meguri-crm/meguri/crm/property"
	"github.com/meguri-crm/meguri/crm/referral"
	"github.com/meguri-crm/meguri/crm/signup"
	"github.com/meguri-crm/meguri/db"
	"github.com/meguri-crm/meguri/db/dbtest"
)

// signUpWorld is a merchant with one open form; mails and jobs run at once.
type signUpWorld struct {
	app   *App
	mux   *http.ServeMux
	clock *clock.Fixed
	form  *signup.Form
	shop  db.Shop
	mails []channel.Mail
	jobs  []signup.MailJob
	t     *testing.T
}

func (w *signUpWorld) Send(_ context.Context, batch []channel.Mail) []channel.Outcome {
	w.mails = append(w.mails, batch...)
	return []channel.Outcome{{Verdict: channel.Accepted}}
}

func (w *signUpWorld) Enqueue(_ context.Context, _ db.Tx, args interface{ Kind() string }) error {
	if j, ok := args.(signup.MailJob); ok {
		w.jobs = append(w.jobs, j)
	}
	return nil
}

var wholeForm = signup.Content{
	Title: signup.Text{JA: "お知らせの登録", EN: "Newsletter"},
	Questions: []signup.Question{
		{Field: signup.Name, Required: true}, {Field: signup.BirthDate}, {Field: signup.Phone}, {Field: signup.Postcode},
	},
	Asks: []signup.Ask{
		{Channel: "MAIL", Wording: signup.Text{JA: "メールで受け取る", EN: "By mail"}},
		{Channel: "SMS", Wording: signup.Text{JA: "SMSで受け取る"}},
	},
	Joins: true, JoinPoints: 500,
}

func newSignUpWorld(t *testing.T) *signUpWorld {
	t.Helper()
	public, _ := url.Parse("https://crm.example")
	w := &signUpWorld{clock: &clock.Fixed{T: time.Date(2026, 11, 21, 3, 0, 0, 0, time.UTC)}, mux: http.NewServeMux(), t: t}
	d := dbtest.New(t)
	w.app = &App{
		Config: &Config{Secret: strings.Repeat("s", 40), PublicURL: public, Zone: time.UTC},
		Log:    slog.New(slog.DiscardHandler), Clock: w.clock, DB: d,
		Customers: customer.New(d, w.clock, nil), Points: points.New(d, w.clock, time.UTC),
	}
	w.app.Referrals = &referral.Service{DB: d, Clock: w.clock, Queue: w, Rewards: w.app.Points, Currency: "JPY", Zone: time.UTC}
	if err := w.app.composeMessages(); err != nil {
		t.Fatal(err)
	}
	w.app.Notices = &notice.Post{Senders: w.app.Messages.Senders, Domains: w.app.Messages.Domains, Clock: w.clock, Base: public, Wire: w}
	if err := w.app.composePrivacy(); err != nil {
		t.Fatal(err)
	}
	w.app.composeConsents()
	w.app.SignUps.Queue = w
	(&routes{app: w.app}).signUps(w.mux)
	if _, err := message.SaveSender(t.Context(), d, message.Sender{Name: "めぐり堂", Email: "news@shop.example", PostalAddress: "東京都", Contact: "03"}); err != nil {
		t.Fatal(err)
	}
	w.shop = db.Shop{Code: "site", Name: "本店", Mall: "OWN_SITE"}
	if _, err := d.NewInsert().Model(&w.shop).Exec(t.Context()); err != nil {
		t.Fatal(err)
	}
	var err error
	if w.form, err = w.app.SignUps.Create(t.Context(), w.shop.ID, "news", wholeForm); err != nil {
		t.Fatal(err)
	}
	return w
}

func (w *signUpWorld) do(method, path string, form url.Values, headers ...string) *httptest.ResponseRecorder {
	w.t.Helper()
	r := httptest.NewRequest(method, "https://crm.example"+path, strings.NewReader(form.Encode()))
	if method == http.MethodPost {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	recorder := httptest.NewRecorder()
	w.mux.ServeHTTP(recorder, r)
	return recorder
}

func hanako() url.Values {
	return url.Values{
		"version": {"1"}, "mail": {"hanako@example.com"}, "familyName": {"佐藤"}, "givenName": {"花子"}, "birthDate": {"1980-04-12"},
		"phone": {"090-1234-5678"}, "postalCode": {"604-8001"}, "agree": {"MAIL"},
	}
}

// deliver sends the mails that were asked for, and answers the link in the last.
func (w *signUpWorld) deliver() string {
	w.t.Helper()
	for _, j := range w.jobs {
		if err := w.app.SignUps.Mail(w.t.Context(), j); err != nil {
			w.t.Fatal(err)
		}
	}
	w.jobs = nil
	if len(w.mails) == 0 {
		w.t.Fatal("no mail")
	}
	return regexp.MustCompile(`/k/[\w-]+`).FindString(w.mails[len(w.mails)-1].Text)
}

func (w *signUpWorld) count(query string, args ...any) (n int) {
	w.t.Helper()
	if err := w.app.DB.NewRaw(query, args...).Scan(w.t.Context(), &n); err != nil {
		w.t.Fatal(err)
	}
	return n
}

func TestAFormLeadsThroughAMailToAConsentWithItsEvidence(t *testing.T) {
	w := newSignUpWorld(t)
	page := w.do("GET", "/f/news", nil)
	for _, want := range []string{"お知らせの登録", "メールで受け取る", `name="familyName"`, "500ポイント", `lang="ja"`} {
		if !strings.Contains(page.Body.String(), want) {
			t.Errorf("the form lacks %s", want)
		}
	}
	if strings.Contains(page.Body.String(), "<script") || strings.Contains(page.Body.String(), " checked") {
		t.Error("the form has a script, or is ticked beforehand")
	}
	sent := w.do("POST", "/f/news", hanako())
	if sent.Code != http.StatusSeeOther || w.count("SELECT count(*) FROM customers") != 0 {
		t.Fatalf("%d, %d customers before the address is confirmed", sent.Code, w.count("SELECT count(*) FROM customers"))
	}
	confirm := w.deliver()
	mail := w.mails[0]
	if mail.From.Name != "めぐり堂" || mail.To.Email != "hanako@example.com" || mail.UnsubscribeURL != "" || !strings.Contains(mail.Text, "メールで受け取る") {
		t.Errorf("the mail is %+v", mail)
	}
	if strings.Contains(mail.Text+mail.HTML+mail.Subject, "佐藤") {
		t.Error("the mail repeats what a stranger may have typed")
	}

	for range 3 { // as scanners do
		if got := w.do("GET", confirm, nil); got.Code != http.StatusOK || !strings.Contains(got.Body.String(), "登録を確定する") {
			t.Fatalf("%d", got.Code)
		}
	}
	w.do("HEAD", confirm, nil)
	if n := w.count("SELECT count(*) FROM customers") + w.count("SELECT count(*) FROM consents"); n != 0 {
		t.Fatalf("%d rows by looking at the page", n)
	}
	w.clock.T = w.clock.T.Add(time.Hour)
	for range 2 { // and again, which changes nothing
		if got := w.do("POST", confirm, nil); got.Code != http.StatusOK || !strings.Contains(got.Body.String(), "登録が確定しました") {
			t.Fatalf("%d", got.Code)
		}
	}
	var c db.Consent
	if err := w.app.DB.NewSelect().Model(&c).Scan(t.Context()); err != nil {
		t.Fatal(err)
	}
	var e customer.Evidenced
	if err := json.Unmarshal(c.Evidence, &e); err != nil {
		t.Fatal(err)
	}
	if c.Channel != "MAIL" || c.State != "GIVEN" || c.Method != "SIGN_UP_FORM" || c.Wording != "メールで受け取る" || c.OriginShopID != w.shop.ID ||
		e.FormVersion != 1 || e.Form != w.form.ID || e.SentFrom != "192.0.2.1" || e.ConfirmedAt == nil || e.ConfirmedAt.Sub(*e.SentAt) != time.Hour || e.Locale != "ja" {
		t.Errorf("the consent is %+v with %s", c, c.Evidence)
	}
	var who db.Customer
	if err := w.app.DB.NewSelect().Model(&who).Scan(t.Context()); err != nil {
		t.Fatal(err)
	}
	if who.Email != "hanako@example.com" || who.FamilyName != "佐藤" || who.Phone != "+819012345678" || who.PostalCode != "6048001" || who.MemberSince == nil {
		t.Errorf("the customer is %+v", who)
	}
	if n := w.count("SELECT coalesce(sum(available), 0) FROM point_accounts"); n != 500 {
		t.Errorf("%d points", n)
	}
	if n := w.count("SELECT count(*) FROM sign_ups WHERE answers IS NOT NULL OR customer_id IS NULL"); n != 0 {
		t.Error("the answers are kept beside the profile")
	}
}

// TestAFormAsksCustomProperties and keeps the answers with the form until they
// are the customer's, of whom what is known stays.
func TestAFormAsksCustomProperties(t *testing.T) {
	w := newSignUpWorld(t)
	kept := property.New(w.app.DB, w.clock)
	for _, d := range []property.Draft{
		{Key: "pet", Name: "ペット", Type: property.Choice, Options: []property.Option{{Value: "dog", Name: "犬"}, {Value: "cat", Name: "猫"}}},
		{Key: "visits", Name: "来店回数", Type: property.Number},
		{Key: "gone", Name: "使わない", Type: property.Text},
	} {
		if _, err := kept.Create(t.Context(), d); err != nil {
			t.Fatal(err)
		}
	}
	asking := wholeForm
	asking.Properties = []signup.PropertyQuestion{{Key: "pet", Required: true, Label: signup.Text{EN: "Your pet"}}, {Key: "visits"}, {Key: "gone", Required: true}}
	form, err := w.app.SignUps.Update(t.Context(), w.form.ID, 1, asking)
	if err != nil {
		t.Fatal(err)
	}
	asking.Properties = append(asking.Properties, signup.PropertyQuestion{Key: "never"})
	if _, err := w.app.SignUps.Update(t.Context(), w.form.ID, form.Version, asking); !fault.Is(err, fault.Invalid) {
		t.Errorf("a property that is not there is asked: %v", err)
	}
	list, err := kept.List(t.Context(), false)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := kept.Archive(t.Context(), list[2].ID); err != nil {
		t.Fatal(err)
	}

	page, english := w.do("GET", "/f/news", nil).Body.String(), w.do("GET", "/f/news?lang=en", nil).Body.String()
	if !strings.Contains(page, "<legend>ペット") || !strings.Contains(page, `value="cat"`) || strings.Contains(page, "使わない") || !strings.Contains(english, "<legend>Your pet") {
		t.Error("the form does not ask so")
	}
	in := hanako()
	in.Set("version", "2")
	for name, c := range map[string]url.Values{"missing": {}, "wrong": {"kept.pet": {"bird"}}, "no number": {"kept.pet": {"dog"}, "kept.visits": {"たくさん"}}} {
		spoilt := maps.Clone(in)
		maps.Copy(spoilt, c)
		if got := w.do("POST", "/f/news", spoilt); got.Code != http.StatusUnprocessableEntity || !strings.Contains(got.Body.String(), `id="w-kept-`) {
			t.Errorf("%s: %d", name, got.Code)
		}
	}
	in.Set("kept.pet", "cat")
	in.Set("kept.visits", "３")
	w.do("POST", "/f/news", in)
	if n := w.count(`SELECT count(*) FROM sign_ups WHERE answers->'kept' = '{"pet": "cat", "visits": 3}'`); n != 1 || w.count("SELECT count(*) FROM property_values") != 0 {
		t.Errorf("%d answers are kept with the form", n)
	}
	w.do("POST", w.deliver(), nil)
	if w.count("SELECT count(*) FROM property_values WHERE text = 'cat' OR number = 3") != 2 || w.count("SELECT count(*) FROM sign_ups WHERE answers IS NOT NULL") != 0 {
		t.Error("the answers are not the customer's")
	}
	in.Set("kept.pet", "dog")
	w.do("POST", "/f/news", in)
	w.do("POST", w.deliver(), nil)
	if w.count("SELECT count(*) FROM property_values WHERE text = 'cat'") != 1 {
		t.Error("a form overwrites what is known")
	}
}

func TestAFormTellsNobodyWhoIsKnown(t *testing.T) {
	w := newSignUpWorld(t)
	w.do("POST", "/f/news", hanako())
	w.do("POST", w.deliver(), nil)
	known, unknown, tooOften := w.do("POST", "/f/news", hanako()), hanako(), hanako()
	unknown.Set("mail", "nobody@example.com")
	tooOften.Set("website", "https://spam.example")
	answers := []*httptest.ResponseRecorder{known, w.do("POST", "/f/news", unknown), w.do("POST", "/f/news", tooOften)}
	for range 4 {
		answers = append(answers, w.do("POST", "/f/news", hanako()))
	}
	shape := func(r *httptest.ResponseRecorder) string {
		return r.Result().Status + regexp.MustCompile(`again=.*`).ReplaceAllString(r.Header().Get("Location"), "")
	}
	for i, a := range answers {
		if shape(a) != shape(answers[0]) {
			t.Errorf("answer %d is %s, not %s", i, shape(a), shape(answers[0]))
		}
	}
	before := len(w.mails)
	w.deliver()
	// One mail is out already: two more to her, one to nobody, none for the robot.
	if got := len(w.mails) - before; got != 3 {
		t.Errorf("%d mails, want 3", got)
	}
	if n := w.count("SELECT count(*) FROM customers"); n != 1 {
		t.Errorf("%d customers", n)
	}
}

func TestAStrangersNameAndPhoneLeadToNobodysAccount(t *testing.T) {
	w := newSignUpWorld(t)
	give := func(s string) *string { return &s }
	victim, err := w.app.Customers.Create(t.Context(), w.shop.ID, "M-1", customer.Profile{FamilyName: give("佐藤"), GivenName: give("花子"), Phone: give("090-1234-5678")})
	if err != nil {
		t.Fatal(err)
	}
	w.do("POST", "/f/news", hanako())
	w.do("POST", w.deliver(), nil)
	if n := w.count("SELECT count(*) FROM consents WHERE customer_id = ?", victim.ID) + w.count("SELECT count(*) FROM customers WHERE id = ? AND email <> ''", victim.ID); n != 0 {
		t.Error("a stranger's address has become the customer's")
	}
	if n := w.count("SELECT count(*) FROM identity_candidates"); n != 1 {
		t.Errorf("%d candidates for staff, want 1", n)
	}
}

func TestWhatIsWrongIsSaidAtItsField(t *testing.T) {
	w := newSignUpWorld(t)
	for field, value := range map[string]string{
		"mail": "hanako@example.com\r\nBcc: all@example.com", "familyName": "", "birthDate": "2100-01-01", "phone": "12", "postalCode": "604",
	} {
		in := hanako()
		in.Set(field, value)
		got := w.do("POST", "/f/news", in)
		if got.Code != http.StatusUnprocessableEntity || !strings.Contains(got.Body.String(), `id="w-`+field+`"`) || !strings.Contains(got.Body.String(), `role="alert"`) {
			t.Errorf("%s: %d", field, got.Code)
		}
	}
	sms := hanako()
	sms["agree"] = []string{"SMS", "LINE"}
	sms.Del("phone")
	if got := w.do("POST", "/f/news", sms); got.Code != http.StatusUnprocessableEntity || !strings.Contains(got.Body.String(), `id="w-phone"`) {
		t.Errorf("an SMS to no number: %d", got.Code)
	}
	evil := hanako()
	evil.Set("familyName", `<script>alert(1)</script>`+"\r\nBcc: all@example.com")
	evil.Set("mail", "bad")
	if got := w.do("POST", "/f/news", evil); strings.Contains(got.Body.String(), "<script") {
		t.Error("what was typed is not escaped")
	}
	if len(w.jobs) != 0 {
		t.Error("a mail goes out")
	}
	stale := hanako()
	stale.Set("version", "0")
	if got := w.do("POST", "/f/news", stale); got.Code != http.StatusUnprocessableEntity || !strings.Contains(got.Body.String(), "もう一度お読み") {
		t.Error("words nobody has read are agreed to")
	}
}

func TestTokensOfFormsCannotBeForgedAndExpire(t *testing.T) {
	w := newSignUpWorld(t)
	w.do("POST", "/f/news", hanako())
	confirm := w.deliver()
	token := strings.TrimPrefix(confirm, "/k/")
	other, err := link.NewSigner(strings.Repeat("x", 40), "https://crm.example")
	if err != nil {
		t.Fatal(err)
	}
	late := w.clock.T.Add(time.Hour)
	for name, forged := range map[string]string{
		"a changed letter": token[:12] + flipped(token[12]) + token[13:], "another key": other.Pass(link.Pass{Kind: link.Confirm, ID: 1, ExpiresAt: late}),
		"another kind":      w.app.Messages.Signer.Pass(link.Pass{Kind: link.Resend, ID: 1, ExpiresAt: late}),
		"a message's token": w.app.Messages.Signer.Token(link.Ref{Kind: link.Unsubscribe, DeliveryID: 1, CustomerID: 1}), "nothing": "x",
	} {
		for _, method := range []string{"GET", "POST"} {
			if got := w.do(method, "/k/"+forged, nil); got.Code != http.StatusNotFound {
				t.Errorf("%s, %s: %d", name, method, got.Code)
			}
		}
	}
	w.clock.T = w.clock.T.Add(signup.ConfirmWithin)
	got := w.do("POST", confirm, nil)
	if got.Code != http.StatusGone || w.count("SELECT count(*) FROM customers") != 0 {
		t.Fatalf("%d after its time", got.Code)
	}
	w.do("POST", "/f/news/again", url.Values{"token": {token}})
	if got := w.do("POST", w.deliver(), nil); got.Code != http.StatusOK || w.count("SELECT count(*) FROM consents") != 1 {
		t.Errorf("%d by the mail that was sent again", got.Code)
	}
}

func flipped(letter byte) string {
	if letter == 'A' {
		return "B"
	}
	return "A"
}

func TestOtherSitesAndFloodsAreKeptOut(t *testing.T) {
	w := newSignUpWorld(t)
	if got := w.do("POST", "/f/news", hanako(), "Sec-Fetch-Site", "cross-site"); got.Code != http.StatusForbidden || len(w.jobs) != 0 {
		t.Errorf("from another site: %d", got.Code)
	}
	last := 0
	for i := range int(signUpRate.burst) + 1 {
		in := hanako()
		in.Set("mail", "a"+strconv.Itoa(i)+"@example.com")
		last = w.do("POST", "/f/news", in).Code
	}
	if last != http.StatusTooManyRequests || len(w.jobs) != int(signUpRate.burst) {
		t.Errorf("%d after %d mails", last, len(w.jobs))
	}
	w.clock.T = w.clock.T.Add(8 * 24 * time.Hour)
	if err := w.app.SignUps.Sweep(t.Context()); err != nil || w.count("SELECT count(*) FROM sign_ups") != 0 {
		t.Errorf("what nobody confirmed is kept: %v", err)
	}
	if _, err := w.app.SignUps.Close(t.Context(), w.form.ID, true); err != nil {
		t.Fatal(err)
	}
	if got := w.do("GET", "/f/news", nil); got.Code != http.StatusNotFound || !strings.Contains(got.Body.String(), "受付を終了") {
		t.Errorf("a closed form answers %d", got.Code)
	}
}

func TestThePagesSayTheSameInBothLanguages(t *testing.T) {
	for key, words := range pageWords[japanese] {
		en, known := pageWords[english][key]
		if !known || en == "" || strings.Count(words, "%s") != strings.Count(en, "%s") {
			t.Errorf("%s: %q and %q", key, words, en)
		}
	}
	if len(pageWords[japanese]) != len(pageWords[english]) {
		t.Error("there are words in English only")
	}
}

func TestAFormIsNotPublishedInNobodysName(t *testing.T) {
	w := newSignUpWorld(t)
	if _, err := w.app.SignUps.Close(t.Context(), w.form.ID, true); err != nil {
		t.Fatal(err)
	}
	if _, err := w.app.DB.NewRaw(`UPDATE settings SET value = value || '{"postalAddress": " "}' WHERE key = 'sender'`).Exec(t.Context()); err != nil {
		t.Fatal(err)
	}
	reworded := wholeForm
	reworded.Title.JA = "会員の登録"
	for name, publish := range map[string]func() error{
		"a new one":     func() error { _, err := w.app.SignUps.Create(t.Context(), w.shop.ID, "other", wholeForm); return err },
		"a new version": func() error { _, err := w.app.SignUps.Update(t.Context(), w.form.ID, 1, reworded); return err },
		"opened again":  func() error { _, err := w.app.SignUps.Close(t.Context(), w.form.ID, false); return err },
	} {
		var refused *fault.Error
		if err := publish(); !errors.As(err, &refused) || refused.Code != "SENDER_NOT_SET" {
			t.Errorf("%s: %v", name, err)
		}
	}
	if n := w.count("SELECT count(*) FROM sign_up_form_versions") + w.count("SELECT count(*) FROM sign_up_forms WHERE archived_at IS NULL"); n != 1 {
		t.Errorf("%d versions and open forms, want the one closed version", n)
	}
}
