package access_test

import (
	"context"
	"net/netip"
	"strconv"
	"sync"
	"testing"
	"time"

	"github.com/meguri-crm/meguri/crm/access"
	"github.com/meguri-crm/meguri/crm/fault"
)

const another = "quite another long one"

func TestALostPasswordIsSetAnewByMail(t *testing.T) {
	w := newWorld(t)
	w.staff(t, email, access.RoleOwner)
	open, _ := w.SignIn(w.ctx, email, password)
	if err := w.RequestReset(w.ctx, " HANAKO@meguri.example"); err != nil {
		t.Fatal(err)
	}
	key := w.deliver(t)
	if err := w.CheckReset(w.ctx, key); err != nil {
		t.Fatal(err)
	}
	if err := w.ResetPassword(w.ctx, key, "short"); code(err) != "PASSWORD_TOO_SHORT" {
		t.Errorf("%v, want PASSWORD_TOO_SHORT", err)
	}
	if err := w.ResetPassword(w.ctx, key, another); err != nil {
		t.Fatal(err)
	}
	if _, err := w.verifier.Verify(w.ctx, open.AccessToken); code(err) != "SESSION_ENDED" {
		t.Errorf("the session that was open: %v, want SESSION_ENDED", err)
	}
	if _, err := w.SignIn(w.ctx, email, password); code(err) != "SIGN_IN_FAILED" {
		t.Errorf("the old password: %v, want SIGN_IN_FAILED", err)
	}
	if _, err := w.SignIn(w.ctx, email, another); err != nil {
		t.Errorf("the new password: %v", err)
	}
	if err := w.ResetPassword(w.ctx, key, password); code(err) != "KEY_INVALID" {
		t.Errorf("the key a second time: %v, want KEY_INVALID", err)
	}
	w.deliver(t)
	if last := w.mail.letters[len(w.mail.letters)-1]; last.Subject != "Meguriのパスワードが変更されました" {
		t.Errorf("the person was told: %q", last.Subject)
	}
}

func TestNobodyLearnsWhoHasAnAccount(t *testing.T) {
	w := newWorld(t)
	w.staff(t, email, access.RoleOwner)
	gone := w.staff(t, "gone@meguri.example", access.RoleSupport)
	disabled := true
	if _, err := w.Update(w.as(gone), gone.ID, access.StaffChange{Disabled: &disabled}); err != nil {
		t.Fatal(err)
	}
	for _, address := range []string{email, gone.Email, "nobody@meguri.example", "no address"} {
		if err := w.RequestReset(w.ctx, address); err != nil {
			t.Errorf("%s: %v", address, err)
		}
	}
	var rows, mine int
	err := w.db.NewRaw("SELECT count(*), count(staff_id) FROM password_resets").Scan(w.ctx, &rows, &mine)
	if err != nil || rows != 4 || mine != 1 || len(w.mail.jobs) != 4 {
		t.Errorf("%d rows of which %d with an account, %d jobs, %v; want the same work for all", rows, mine, len(w.mail.jobs), err)
	}
	if w.deliver(t); len(w.mail.letters) != 1 || w.mail.to[0] != email {
		t.Errorf("mails went to %v", w.mail.to)
	}
}

func TestRequestsForPasswordsAreThrottled(t *testing.T) {
	for name, address := range map[string]string{"known": email, "unknown": "nobody@meguri.example"} {
		w := newWorld(t)
		w.staff(t, email, access.RoleOwner)
		for range 3 {
			if err := w.RequestReset(w.ctx, address); err != nil {
				t.Fatal(err)
			}
		}
		if err := w.RequestReset(w.ctx, address); !fault.Is(err, fault.Throttled) {
			t.Errorf("%s, the fourth: %v, want fault.Throttled", name, err)
		}
		w.clock.Advance(time.Hour)
		if err := w.RequestReset(w.ctx, address); err != nil {
			t.Errorf("%s, an hour later: %v", name, err)
		}
	}
	w := newWorld(t)
	from := access.WithCaller(t.Context(), &access.Caller{IP: netip.MustParseAddr("198.51.100.7")})
	var err error
	for i := range 31 {
		err = w.RequestReset(from, strconv.Itoa(i)+"@meguri.example")
	}
	if !fault.Is(err, fault.Throttled) {
		t.Errorf("31 addresses from one network: %v, want fault.Throttled", err)
	}
}

func TestKeysForPasswordsEnd(t *testing.T) {
	for name, end := range map[string]func(*world, context.Context) error{
		"after an hour": func(w *world, _ context.Context) error { w.clock.Advance(access.ResetTTL); return nil },
		"when the password is changed": func(w *world, ctx context.Context) error {
			return w.ChangePassword(ctx, password, another)
		},
	} {
		w := newWorld(t)
		staff := w.staff(t, email, access.RoleOwner)
		if err := w.RequestReset(w.ctx, email); err != nil {
			t.Fatal(err)
		}
		key := w.deliver(t)
		if err := end(w, w.as(staff)); err != nil {
			t.Fatal(err)
		}
		if err := w.ResetPassword(w.ctx, key, another); code(err) != "KEY_INVALID" {
			t.Errorf("%s: %v, want KEY_INVALID", name, err)
		}
	}
}

func TestOfTwoWhoResetAtOnceOneIsFirst(t *testing.T) {
	w := newWorld(t)
	w.staff(t, email, access.RoleOwner)
	if err := w.RequestReset(w.ctx, email); err != nil {
		t.Fatal(err)
	}
	key := w.deliver(t)
	errs := make([]error, 2)
	var wg sync.WaitGroup
	for i := range errs {
		wg.Go(func() { errs[i] = w.ResetPassword(w.ctx, key, another+strconv.Itoa(i)) })
	}
	wg.Wait()
	if (errs[0] == nil) == (errs[1] == nil) || code(errs[0])+code(errs[1]) != "KEY_INVALID" {
		t.Errorf("errors = %v, want KEY_INVALID once", errs)
	}
}

func TestGuessablePasswordsAreRefused(t *testing.T) {
	w := newWorld(t)
	w.staff(t, email, access.RoleOwner)
	for _, guess := range []string{"aaaaaaaaaaaa", "abababababab", "hanako-meguri", "Meguri-Hanako1", "passwordpassword"} {
		n := access.NewStaff{Email: "hanako2@meguri.example", Name: "Hanako", Role: access.RoleSupport, Password: guess}
		if _, err := w.Create(access.As(w.ctx, access.Principal{Kind: access.ActorCommand}), n); code(err) != "PASSWORD_GUESSABLE" {
			t.Errorf("%q: %v, want PASSWORD_GUESSABLE", guess, err)
		}
	}
}

func TestTheCommandLineLetsBackIn(t *testing.T) {
	w := newWorld(t)
	staff := w.staff(t, email, access.RoleOwner)
	w.enrol(t, staff)
	if err := w.Recover(w.ctx, email, another); err != nil {
		t.Fatal(err)
	}
	if g, err := w.SignIn(w.ctx, email, another); err != nil || g.Challenge != "" {
		t.Errorf("%+v, %v; want a session without a second step", g, err)
	}
	if err := w.Recover(w.ctx, "nobody@meguri.example", another); !fault.Is(err, fault.NotFound) {
		t.Errorf("nobody: %v, want fault.NotFound", err)
	}
}
