package server

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/meguri-crm/meguri/crm/customer"
	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/crm/mailchange"
	"github.com/meguri-crm/meguri/crm/message"
	"github.com/meguri-crm/meguri/crm/message/link"
	"github.com/meguri-crm/meguri/db"
)

// mailWorld is a merchant whose members change their mail addresses; jobs run when
// the test says so.
type mailWorld struct {
	*signUpWorld
	asked []mailchange.MailJob
	told  []mailchange.NoticeJob
}

func (w *mailWorld) Enqueue(_ context.Context, _ db.Tx, args interface{ Kind() string }) error {
	switch j := args.(type) {
	case mailchange.MailJob:
		w.asked = append(w.asked, j)
	case mailchange.NoticeJob:
		w.told = append(w.told, j)
	}
	return nil
}

func newMailWorld(t *testing.T) *mailWorld {
	t.Helper()
	w := &mailWorld{signUpWorld: newSignUpWorld(t)}
	w.app.MailChanges.Queue = w
	(&routes{app: w.app}).mailChanges(w.mux)
	if _, err := w.app.Customers.ChangeOwnRules(t.Context(), customer.OwnRules{Parts: map[customer.OwnPart]bool{customer.OwnMail: true}, Birthday: customer.BirthdayOnce}); err != nil {
		t.Fatal(err)
	}
	return w
}

// member is one who agreed to mails to an address by a form.
func (w *mailWorld) member(mail string) (id int64) {
	w.t.Helper()
	sent := hanako()
	sent.Set("mail", mail)
	sent.Set("phone", "")
	if got := w.do("POST", "/f/news", sent); got.Code != http.StatusSeeOther {
		w.t.Fatal(got.Code)
	}
	if got := w.do("POST", w.deliver(), nil); got.Code != http.StatusOK {
		w.t.Fatal(got.Code)
	}
	if err := w.app.DB.NewRaw(`SELECT id FROM customers WHERE email = ?`, mail).Scan(w.t.Context(), &id); err != nil {
		w.t.Fatal(err)
	}
	w.mails = nil
	return id
}

// ask gives another address, and answers with the code of the refusal and the link of
// the mail, "" where none was sent.
func (w *mailWorld) ask(who int64, mail string) (refused, path string) {
	w.t.Helper()
	w.asked, w.mails = nil, nil
	if err := w.app.MailChanges.Ask(w.t.Context(), who, mail, "ja"); err != nil {
		refused = codeOf(err)
	}
	for _, j := range w.asked {
		if err := w.app.MailChanges.Mail(w.t.Context(), j); err != nil {
			w.t.Fatal(err)
		}
	}
	if len(w.mails) > 0 {
		path = regexp.MustCompile(`/a/[\w-]+`).FindString(w.mails[0].Text)
	}
	return refused, path
}

func codeOf(err error) string {
	var f *fault.Error
	if !errors.As(err, &f) {
		return err.Error()
	}
	return f.CodeOrKind()
}

func (w *mailWorld) mailOf(who int64) (mail string) {
	w.t.Helper()
	if err := w.app.DB.NewRaw(`SELECT email FROM customers WHERE id = ?`, who).Scan(w.t.Context(), &mail); err != nil {
		w.t.Fatal(err)
	}
	return mail
}

func (w *mailWorld) shows(got *httptest.ResponseRecorder, status int, words string) {
	w.t.Helper()
	if got.Code != status || !strings.Contains(got.Body.String(), words) {
		w.t.Errorf("%d %s, want %d %s", got.Code, got.Body, status, words)
	}
}

// An address becomes the member's by the button behind the link of the mail to it, and
// by nothing else; the former one is told, consents stay, and what was done is noted.
func TestAMemberChangesHisMailAddress(t *testing.T) {
	w := newMailWorld(t)
	who := w.member("hanako@example.com")
	refused, path := w.ask(who, " Hanako.New@Example.com ")
	if refused != "" || path == "" || w.mails[0].To.Email != "hanako.new@example.com" {
		t.Fatalf("%q %q %+v", refused, path, w.mails)
	}
	if text := w.mails[0].Text; strings.Contains(text, "佐藤") || strings.Contains(text, "hanako@example.com") {
		t.Errorf("the mail tells a stranger who asked: %s", text)
	}
	w.shows(w.do("GET", path, nil), http.StatusOK, "変更を確定する")
	if got := w.mailOf(who); got != "hanako@example.com" {
		t.Errorf("a GET made it %s", got)
	}
	w.shows(w.do("POST", path, nil, "Sec-Fetch-Site", "cross-site"), http.StatusForbidden, "")
	for range 2 {
		w.shows(w.do("POST", path, nil), http.StatusOK, "メールアドレスを変更しました")
	}
	w.shows(w.do("GET", path, nil), http.StatusOK, "メールアドレスを変更しました")
	if got := w.mailOf(who); got != "hanako.new@example.com" || len(w.told) != 1 {
		t.Errorf("%s, %d notices", got, len(w.told))
	}
	w.mails = nil
	for range 2 {
		if err := w.app.MailChanges.Notify(t.Context(), w.told[0]); err != nil {
			t.Fatal(err)
		}
	}
	if len(w.mails) != 1 || w.mails[0].To.Email != "hanako@example.com" || strings.Contains(w.mails[0].Text+w.mails[0].HTML, "hanako.new@") {
		t.Errorf("to the former address: %+v", w.mails)
	}
	for query, want := range map[string]int{
		`SELECT count(*) FROM mail_changes WHERE address IS NULL AND former IS NULL AND confirmed_at IS NOT NULL`:                                                  1,
		`SELECT count(*) FROM events WHERE kind = 'member.mailChanged' AND customer_id = ?`:                                                                        1,
		`SELECT count(*) FROM audit_log WHERE action = 'customer.change_own_mail' AND actor_kind = 'CUSTOMER' AND object_id = ?`:                                   1,
		`SELECT count(*) FROM audit_log WHERE action = 'customer.ask_mail' AND object_id = ?`:                                                                      1,
		`SELECT count(*) FROM consents WHERE customer_id = ?`:                                                                                                      1,
		`SELECT count(*) FROM identity_keys WHERE kind = 'MAIL' AND value IN ('hanako@example.com', 'hanako.new@example.com') AND shop_id = 0 AND customer_id = ?`: 2,
	} {
		var n int
		q := w.app.DB.NewRaw(query)
		if strings.Contains(query, "?") {
			q = w.app.DB.NewRaw(query, who)
		}
		if err := q.Scan(t.Context(), &n); err != nil || n != want {
			t.Errorf("%s: %d, %v; want %d", query, n, err, want)
		}
	}
	if found, _ := w.ask(who, "hanako.new@example.com"); found != "MAIL_UNCHANGED" {
		t.Errorf("the same again: %s", found)
	}
}

// An address that somebody else has is answered for alike; whoever reads its mails may
// use it, nobody is merged, and staff has a pair to look at.
func TestAMailAddressOfSomebodyElse(t *testing.T) {
	w := newMailWorld(t)
	mine, other := w.member("mine@example.com"), w.member("family@example.com")
	refused, path := w.ask(mine, "family@example.com")
	if refused != "" || path == "" {
		t.Fatalf("%q %q: the answer tells that somebody has it", refused, path)
	}
	w.shows(w.do("POST", path, nil), http.StatusOK, "メールアドレスを変更しました")
	if a, b := w.mailOf(mine), w.mailOf(other); a != "family@example.com" || b != a {
		t.Errorf("%s and %s", a, b)
	}
	if n := w.count(`SELECT count(*) FROM customers WHERE merged_into IS NOT NULL`); n != 0 {
		t.Errorf("%d were merged", n)
	}
	if n := w.count(`SELECT count(*) FROM identity_keys WHERE kind = 'MAIL' AND value = 'family@example.com' AND shop_id = 0 AND customer_id = ?`, other); n != 1 {
		t.Error("the other is no longer known by his address")
	}
	if n := w.count(`SELECT count(*) FROM identity_candidates WHERE customer_id = ? AND other_id = ? AND status = 'OPEN'`, min(mine, other), max(mine, other)); n != 1 {
		t.Errorf("%d pairs for staff to look at", n)
	}
}

// Links of other addresses, of yesterday and forged ones do nothing.
func TestAMailAddressIsConfirmedInTime(t *testing.T) {
	w := newMailWorld(t)
	who := w.member("hanako@example.com")
	_, first := w.ask(who, "first@example.com")
	w.clock.Advance(time.Minute)
	_, second := w.ask(who, "second@example.com")
	w.shows(w.do("POST", first, nil), http.StatusGone, "有効期限が切れています")
	w.clock.Advance(mailchange.ConfirmWithin)
	for _, method := range []string{"GET", "POST"} {
		w.shows(w.do(method, second, nil), http.StatusGone, "有効期限が切れています")
		w.shows(w.do(method, second[:len(second)-1], nil), http.StatusNotFound, "このリンクは無効です")
		other := mailchange.ConfirmPath + w.app.Messages.Signer.Pass(link.Pass{Kind: link.Confirm, ID: 1, ExpiresAt: w.clock.Now().Add(time.Hour)})
		w.shows(w.do(method, other, nil), http.StatusNotFound, "このリンクは無効です")
	}
	if got := w.mailOf(who); got != "hanako@example.com" {
		t.Errorf("it is %s", got)
	}
	w.clock.Advance(31 * 24 * time.Hour)
	if err := w.app.MailChanges.Sweep(t.Context()); err != nil {
		t.Fatal(err)
	}
	if n := w.count(`SELECT count(*) FROM mail_changes`); n != 0 {
		t.Errorf("%d are kept", n)
	}
}

// One address is sent three mails a day, one member asks five times; what is no
// address, and what the merchant does not let members change, is refused.
func TestMailAddressesAreAskedAFewTimes(t *testing.T) {
	w := newMailWorld(t)
	first, second := w.member("one@example.com"), w.member("two@example.com")
	for n, want := range []bool{true, true, true, false} {
		who := []int64{first, second}[n%2]
		if refused, path := w.ask(who, "victim@example.com"); refused != "" || (path != "") != want {
			t.Errorf("mail %d: %q %q", n+1, refused, path)
		}
	}
	for n, want := range []string{"", "", "", "TOO_MANY_MAILS"} {
		if refused, _ := w.ask(first, string(rune('a'+n))+"@shopper.example"); refused != want {
			t.Errorf("address %d of one member: %q, want %q", n+3, refused, want)
		}
	}
	w.clock.Advance(25 * time.Hour)
	if refused, path := w.ask(first, "victim@example.com"); refused != "" || path == "" {
		t.Errorf("a day later: %q %q", refused, path)
	}
	for _, none := range []string{"", "hanako", "x@fw.rakuten.ne.jp", "noreply@example.com"} {
		if refused, _ := w.ask(second, none); refused != "INVALID_EMAIL" {
			t.Errorf("%q: %q", none, refused)
		}
	}
	if _, err := w.app.Customers.ChangeOwnRules(t.Context(), customer.OwnRules{Birthday: customer.BirthdayOnce}); err != nil {
		t.Fatal(err)
	}
	if refused, _ := w.ask(second, "three@example.com"); refused != "NOT_CHANGEABLE" {
		t.Errorf("not let: %q", refused)
	}
}

// Who wanted no mails at the former address gets none at the new one, and who is
// merged meanwhile has it all the same.
func TestAnOptOutFollowsTheMember(t *testing.T) {
	w := newMailWorld(t)
	who := w.member("hanako@example.com")
	said := w.clock.Now().Add(-time.Hour)
	if _, err := w.app.DB.NewRaw(`INSERT INTO suppressions (channel, value_hash, reason, at, source, opted_out_at) VALUES ('MAIL', ?0, 'OPT_OUT', ?1, 'unsubscribe', ?1)`,
		message.AddressHash("hanako@example.com"), said).Exec(t.Context()); err != nil {
		t.Fatal(err)
	}
	_, path := w.ask(who, "new@example.com")
	var into int64
	if err := w.app.DB.NewRaw(`INSERT INTO customers (family_name) VALUES ('佐藤') RETURNING id`).Scan(t.Context(), &into); err != nil {
		t.Fatal(err)
	}
	if _, err := w.app.Customers.Merge(t.Context(), customer.MergeRequest{SurvivorID: into, MergedID: who}); err != nil {
		t.Fatal(err)
	}
	w.shows(w.do("POST", path, nil), http.StatusOK, "メールアドレスを変更しました")
	if got := w.mailOf(into); got != "new@example.com" {
		t.Errorf("the survivor has %s", got)
	}
	if n := w.count(`SELECT count(*) FROM suppressions WHERE channel = 'MAIL' AND value_hash = ? AND reason = 'OPT_OUT' AND opted_out_at = ?`, message.AddressHash("new@example.com"), said); n != 1 {
		t.Errorf("%d opt-outs at the new address", n)
	}
}
