package alert_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/meguri-crm/meguri/crm/access"
	"github.com/meguri-crm/meguri/crm/alert"
	"github.com/meguri-crm/meguri/crm/message/notice"
)

// post keeps what was sent, and fails where tests say.
type post struct {
	sent []notice.Notice
	fail map[string]error // by address
}

func (p *post) Send(_ context.Context, n notice.Notice) error {
	if err := p.fail[n.To.Email]; err != nil {
		return err
	}
	p.sent = append(p.sent, n)
	return nil
}

func (p *post) to() []string {
	var to []string
	for _, n := range p.sent {
		to = append(to, strings.TrimSuffix(n.To.Email, "@meguri.example"))
	}
	slices.Sort(to)
	return to
}

// employ makes a colleague of each role, named after it, in English.
func (w *world) employ() {
	w.t.Helper()
	for _, role := range access.Roles {
		_, err := w.DB.NewRaw(`INSERT INTO staff (email, name, role, password_hash, locale) VALUES (?, ?, ?, '', 'en')`,
			strings.ToLower(string(role))+"@meguri.example", role, role).Exec(w.t.Context())
		if err != nil {
			w.t.Fatal(err)
		}
	}
}

// choose has a colleague say whether he wants mails.
func (w *world) choose(role access.Role, wanted bool) {
	w.t.Helper()
	var id int64
	if err := w.DB.NewRaw(`SELECT id FROM staff WHERE role = ?`, role).Scan(w.t.Context(), &id); err != nil {
		w.t.Fatal(err)
	}
	ctx := access.As(w.t.Context(), access.Principal{Kind: access.ActorStaff, ID: id, Role: role, Scopes: role.Scopes()})
	if err := w.SetByMail(ctx, wanted); err != nil {
		w.t.Fatal(err)
	}
	if got, err := w.ByMail(ctx); err != nil || got != wanted {
		w.t.Errorf("%s chose %v and gets %v, %v", role, wanted, got, err)
	}
}

func TestWhoIsTold(t *testing.T) {
	w := newWorld(t)
	w.employ()
	w.check(failure(5, 1, alert.Critical))
	p := &post{}
	mailer := &alert.Mailer{Service: w.Service, Post: p}
	mail := func() {
		t.Helper()
		p.sent = nil
		if err := mailer.Mail(t.Context(), w.jobs.mails[len(w.jobs.mails)-1]); err != nil {
			t.Fatal(err)
		}
	}
	mail()
	if got := p.to(); !slices.Equal(got, []string{"manager", "owner"}) {
		t.Errorf("by default %v", got)
	}
	if n := p.sent[0]; n.Subject != "[Meguri] An import failed: orders.csv" || !strings.HasPrefix(n.Path, "/imports/") {
		t.Errorf("wrote %+v", n)
	}
	mail()
	if got := p.to(); len(got) != 0 {
		t.Errorf("told twice: %v", got)
	}
	w.choose(access.RoleOwner, false)
	w.choose(access.RoleMarketer, true)
	w.choose(access.RoleSupport, true) // may not see imports
	w.check(failure(6, 1, alert.Critical))
	mail()
	if got := p.to(); !slices.Equal(got, []string{"manager", "marketer"}) {
		t.Errorf("as they chose %v", got)
	}
	w.check(failure(7, 1, alert.Critical))
	w.check()
	mail()
	if got := p.to(); len(got) != 0 {
		t.Errorf("of what is over %v", got)
	}
}

func TestWhoWasToldIsLeftOutOfTheNextTry(t *testing.T) {
	w := newWorld(t)
	w.employ()
	w.check(failure(5, 1, alert.Critical))
	p := &post{fail: map[string]error{"manager@meguri.example": notice.ErrLater}}
	mailer := &alert.Mailer{Service: w.Service, Post: p}
	if err := mailer.Mail(t.Context(), w.jobs.mails[0]); !errors.Is(err, notice.ErrLater) {
		t.Fatalf("got %v", err)
	}
	p.fail["manager@meguri.example"] = notice.ErrRefused // for good: nobody tries again
	for range 2 {
		if err := mailer.Mail(t.Context(), w.jobs.mails[0]); err != nil {
			t.Fatal(err)
		}
	}
	if got := p.to(); !slices.Equal(got, []string{"owner"}) {
		t.Errorf("sent to %v", got)
	}
}
