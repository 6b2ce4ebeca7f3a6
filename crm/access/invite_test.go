package access_test

import (
	"context"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/meguri-crm/meguri/crm/access"
	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/db"
)

// mailbag keeps the jobs that were enqueued and the letters that were sent.
type mailbag struct {
	mu      sync.Mutex
	jobs    []any
	letters []access.Letter
	to      []string
	refusal string
	err     error
}

func (m *mailbag) Enqueue(_ context.Context, _ db.Tx, args interface{ Kind() string }) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.jobs = append(m.jobs, args)
	return nil
}

func (m *mailbag) Send(_ context.Context, l access.Letter) (string, error) {
	if m.err != nil || m.refusal != "" {
		return m.refusal, m.err
	}
	m.letters, m.to = append(m.letters, l), append(m.to, l.To)
	return "", nil
}

// deliver does the jobs enqueued so far and answers the key in the last letter.
func (w *world) deliver(t *testing.T) string {
	t.Helper()
	jobs := w.mail.jobs
	w.mail.jobs = nil
	for _, job := range jobs {
		var err error
		switch j := job.(type) {
		case access.InviteJob:
			err = w.MailInvite(w.ctx, j)
		case access.ResetJob:
			err = w.MailReset(w.ctx, j)
		case access.NoticeJob:
			err = w.MailNotice(w.ctx, j)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if len(w.mail.letters) == 0 {
		return ""
	}
	_, key, _ := strings.Cut(w.mail.letters[len(w.mail.letters)-1].Path, "#")
	return key
}

var newcomer = access.NewInvite{Email: " Jiro@meguri.example", Role: access.RoleMarketer, Locale: "ja"}

func (w *world) invite(ctx context.Context, t *testing.T) *db.StaffInvite {
	t.Helper()
	invite, err := w.Invite(ctx, newcomer)
	if err != nil {
		t.Fatal(err)
	}
	return invite
}

func TestAnInvitationOpensAnAccountOnce(t *testing.T) {
	w := newWorld(t)
	owner := w.staff(t, email, access.RoleOwner)
	w.invite(w.as(owner), t)
	key := w.deliver(t)
	if l := w.mail.letters[0]; w.mail.to[0] != "jiro@meguri.example" || !strings.Contains(strings.Join(l.Body, ""), "Hanakoさんから、Meguriに「マーケター」として") {
		t.Errorf("to %v: %+v", w.mail.to, l)
	}
	grant, err := w.Accept(w.ctx, access.Acceptance{Key: key, Name: " 次郎 ", Password: password})
	if err != nil {
		t.Fatal(err)
	}
	if s := grant.Staff; s.Name != "次郎" || s.Role != "MARKETER" || s.Email != "jiro@meguri.example" {
		t.Errorf("account = %+v", s)
	}
	if p, err := w.verifier.Verify(w.ctx, grant.AccessToken); err != nil || p.Role != access.RoleMarketer {
		t.Errorf("signed in as %+v, %v", p, err)
	}
	if _, err := w.Accept(w.ctx, access.Acceptance{Key: key, Name: "次郎", Password: password}); code(err) != "KEY_INVALID" {
		t.Errorf("a second time: %v, want KEY_INVALID", err)
	}
	if open, err := w.Invites(w.ctx); err != nil || len(open) != 0 {
		t.Errorf("open invitations: %v, %v", open, err)
	}
}

func TestOfTwoWhoAcceptAtOnceOneIsFirst(t *testing.T) {
	w := newWorld(t)
	w.invite(w.as(w.staff(t, email, access.RoleOwner)), t)
	key := w.deliver(t)
	errs := make([]error, 2)
	var wg sync.WaitGroup
	for i := range errs {
		wg.Go(func() { _, errs[i] = w.Accept(w.ctx, access.Acceptance{Key: key, Name: "次郎", Password: password}) })
	}
	wg.Wait()
	if slices.Index(errs, nil) < 0 || code(errs[0])+code(errs[1]) != "KEY_INVALID" {
		t.Errorf("errors = %v, want KEY_INVALID once", errs)
	}
}

func TestKeysOfInvitationsStopWorking(t *testing.T) {
	for name, end := range map[string]func(*testing.T, *world, context.Context, *db.StaffInvite){
		"sent again": func(t *testing.T, w *world, ctx context.Context, i *db.StaffInvite) {
			if _, err := w.Resend(ctx, i.ID); err != nil {
				t.Fatal(err)
			}
		},
		"taken back": func(t *testing.T, w *world, ctx context.Context, i *db.StaffInvite) {
			if _, err := w.RevokeInvite(ctx, i.ID); err != nil {
				t.Fatal(err)
			}
		},
		"too old": func(_ *testing.T, w *world, _ context.Context, _ *db.StaffInvite) { w.clock.Advance(access.InviteTTL) },
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			ctx := w.as(w.staff(t, email, access.RoleOwner))
			invite := w.invite(ctx, t)
			key := w.deliver(t)
			if _, err := w.FindInvite(w.ctx, key); err != nil {
				t.Fatal(err)
			}
			end(t, w, ctx, invite)
			if _, err := w.FindInvite(w.ctx, key); code(err) != "KEY_INVALID" {
				t.Errorf("%v, want KEY_INVALID", err)
			}
			if _, err := w.Accept(w.ctx, access.Acceptance{Key: key, Name: "次郎", Password: password}); code(err) != "KEY_INVALID" {
				t.Errorf("accept: %v, want KEY_INVALID", err)
			}
		})
	}
}

// Whoever may not invite any more has invited nobody: else he would come back by
// a key that he sent himself before.
func TestInvitationsEndWithWhatTheirSenderMayDo(t *testing.T) {
	disabled, marketer, manager := true, access.RoleMarketer, access.RoleManager
	for name, c := range map[string]struct {
		role   access.Role // that is given
		change access.StaffChange
		want   string
	}{
		"disabled":                 {access.RoleMarketer, access.StaffChange{Disabled: &disabled}, "KEY_INVALID"},
		"invites nobody any more":  {access.RoleMarketer, access.StaffChange{Role: &marketer}, "KEY_INVALID"},
		"makes no owners any more": {access.RoleOwner, access.StaffChange{Role: &manager}, "KEY_INVALID"},
		"still makes marketers":    {access.RoleMarketer, access.StaffChange{Role: &manager}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			owner, sender := w.staff(t, email, access.RoleOwner), w.staff(t, "taro@meguri.example", access.RoleOwner)
			_, err := w.Invite(w.as(sender), access.NewInvite{Email: "jiro@meguri.example", Role: c.role, Locale: "ja"})
			if err != nil {
				t.Fatal(err)
			}
			key := w.deliver(t)
			if _, err := w.Update(w.as(owner), sender.ID, c.change); err != nil {
				t.Fatal(err)
			}
			open, err := w.Invites(w.ctx)
			if err != nil || (len(open) == 0) != (c.want != "") {
				t.Errorf("open: %v, %v", open, err)
			}
			if _, err := w.Accept(w.ctx, access.Acceptance{Key: key, Name: "次郎", Password: password}); code(err) != c.want {
				t.Errorf("%v, want %q", err, c.want)
			}
			var noted int
			err = w.db.NewRaw("SELECT count(*) FROM audit_log WHERE action = 'staff.revoke_invite' AND actor_id = ?", owner.ID).Scan(w.ctx, &noted)
			if err != nil || (noted == 1) != (c.want != "") {
				t.Errorf("noted %d times, %v", noted, err)
			}
		})
	}
}

// An invitation that was written while its sender was being disabled opens
// nothing either, although nobody took it back.
func TestAnInvitationOfSomebodyDisabledOpensNothing(t *testing.T) {
	w := newWorld(t)
	w.staff(t, email, access.RoleOwner)
	sender := w.staff(t, "taro@meguri.example", access.RoleManager)
	w.invite(w.as(sender), t)
	key := w.deliver(t)
	if _, err := w.db.Exec("UPDATE staff SET disabled_at = now() WHERE id = ?", sender.ID); err != nil {
		t.Fatal(err)
	}
	if _, err := w.Accept(w.ctx, access.Acceptance{Key: key, Name: "次郎", Password: password}); code(err) != "KEY_INVALID" {
		t.Errorf("%v, want KEY_INVALID", err)
	}
}

func TestSentAgainAnInvitationHasItsWholeTimeAndANewKey(t *testing.T) {
	w := newWorld(t)
	ctx := w.as(w.staff(t, email, access.RoleOwner))
	invite := w.invite(ctx, t)
	stale := w.mail.jobs
	w.clock.Advance(access.InviteTTL + time.Hour)
	again, err := w.Resend(ctx, invite.ID)
	if err != nil || !again.ExpiresAt.Equal(w.clock.Now().Add(access.InviteTTL)) {
		t.Fatalf("%+v, %v", again, err)
	}
	w.mail.jobs = append(stale, w.mail.jobs[1:]...)
	if key := w.deliver(t); len(w.mail.letters) != 1 {
		t.Errorf("%d letters, want the one with the new key", len(w.mail.letters))
	} else if _, err := w.FindInvite(w.ctx, key); err != nil {
		t.Error(err)
	}
}

func TestARefusedInvitationSaysSo(t *testing.T) {
	w := newWorld(t)
	w.invite(w.as(w.staff(t, email, access.RoleOwner)), t)
	w.mail.refusal = "550 5.1.1"
	w.deliver(t)
	open, err := w.Invites(w.ctx)
	if err != nil || len(open) != 1 || open[0].Refusal != "550 5.1.1" || open[0].MailedAt != nil {
		t.Errorf("%+v, %v", open, err)
	}
}

func TestWhoMayBeInvitedByWhom(t *testing.T) {
	w := newWorld(t)
	owner, manager := w.staff(t, email, access.RoleOwner), w.staff(t, "taro@meguri.example", access.RoleManager)
	w.invite(w.as(manager), t)
	for want, n := range map[string]access.NewInvite{
		"ALREADY_INVITED": {Email: "JIRO@meguri.example", Role: access.RoleSupport, Locale: "ja"},
		"EMAIL_TAKEN":     {Email: email, Role: access.RoleSupport, Locale: "ja"},
		"EMAIL_INVALID":   {Email: "jiro", Role: access.RoleSupport, Locale: "ja"},
		"OWNERS_ONLY":     {Email: "saburo@meguri.example", Role: access.RoleOwner, Locale: "ja"},
		"INVALID":         {Email: "saburo@meguri.example", Role: access.RoleSupport, Locale: "fr"},
	} {
		if _, err := w.Invite(w.as(manager), n); code(err) != want {
			t.Errorf("%+v: %v, want %s", n, err, want)
		}
	}
	invite, err := w.Invite(w.as(owner), access.NewInvite{Email: "saburo@meguri.example", Role: access.RoleOwner, Locale: "en"})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.Resend(w.as(manager), invite.ID); code(err) != "OWNERS_ONLY" {
		t.Errorf("a manager has an owner's key sent again: %v, want OWNERS_ONLY", err)
	}
}

// What opens an account lies neither in the database nor in the queue.
func TestKeysAreStoredAsHashesOnly(t *testing.T) {
	w := newWorld(t)
	w.invite(w.as(w.staff(t, email, access.RoleOwner)), t)
	if err := w.RequestReset(w.ctx, email); err != nil {
		t.Fatal(err)
	}
	w.deliver(t)
	for _, l := range w.mail.letters {
		_, key, _ := strings.Cut(l.Path, "#")
		var kept bool
		err := w.db.NewRaw(`SELECT EXISTS (SELECT FROM staff_invites i WHERE strpos(i::text, ?0) > 0 OR strpos(i::text, encode(?0::bytea, 'hex')) > 0)
			OR EXISTS (SELECT FROM password_resets r WHERE strpos(r::text, ?0) > 0 OR strpos(r::text, encode(?0::bytea, 'hex')) > 0)`, key).Scan(w.ctx, &kept)
		if err != nil || kept || len(key) < 40 {
			t.Errorf("%s: key of %d characters, kept %v, %v", l.Subject, len(key), kept, err)
		}
	}
}

func TestInvitationsAreBounded(t *testing.T) {
	w := newWorld(t)
	ctx := w.as(w.staff(t, email, access.RoleOwner))
	invite := w.invite(ctx, t)
	var err error
	for range 60 {
		_, err = w.Resend(ctx, invite.ID)
	}
	if !fault.Is(err, fault.Throttled) {
		t.Errorf("the 61st mail in an hour: %v, want fault.Throttled", err)
	}
}
