package access_test

import (
	"context"
	"errors"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/meguri-crm/meguri/crm/access"
	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/db"
)

func asFault(err error, f **fault.Error) bool { return errors.As(err, f) }

func (w *world) as(p *db.Staff) context.Context {
	return access.As(w.ctx, access.Principal{Kind: access.ActorStaff, ID: p.ID, Role: access.Role(p.Role)})
}

func TestTheLastOwnerStays(t *testing.T) {
	w := newWorld(t)
	a, b := w.staff(t, email, access.RoleOwner), w.staff(t, "taro@meguri.example", access.RoleOwner)
	disabled, manager := true, access.RoleManager
	// Both remove each other at the same moment: one of them must lose.
	errs := make([]error, 2)
	var wg sync.WaitGroup
	wg.Go(func() { _, errs[0] = w.Update(w.as(a), b.ID, access.StaffChange{Disabled: &disabled}) })
	wg.Go(func() { _, errs[1] = w.Update(w.as(b), a.ID, access.StaffChange{Role: &manager}) })
	wg.Wait()
	if (errs[0] == nil) == (errs[1] == nil) {
		t.Fatalf("errors = %v, want exactly one", errs)
	}
	for _, err := range errs {
		if err != nil && code(err) != "LAST_OWNER" {
			t.Errorf("%v, want LAST_OWNER", err)
		}
	}
}

// The database holds it too, for whatever comes past the service.
func TestTheDatabaseKeepsAnOwner(t *testing.T) {
	w := newWorld(t)
	a, b := w.staff(t, email, access.RoleOwner), w.staff(t, "taro@meguri.example", access.RoleOwner)
	statements := []string{"UPDATE staff SET role = 'MANAGER' WHERE id = ?", "UPDATE staff SET disabled_at = now() WHERE id = ?"}
	errs := make([]error, 2)
	var wg sync.WaitGroup
	for i, id := range []int64{a.ID, b.ID} {
		wg.Go(func() { _, errs[i] = w.db.Exec(statements[i], id) })
	}
	wg.Wait()
	refused := errs[0]
	if refused == nil {
		refused = errs[1]
	}
	if (errs[0] == nil) == (errs[1] == nil) || db.Constraint(refused) != "staff_last_owner" {
		t.Fatalf("errors = %v, want staff_last_owner once", errs)
	}
	if _, err := w.db.Exec("DELETE FROM staff WHERE role = 'OWNER'"); err == nil {
		t.Error("the last owner was deleted")
	}
}

func TestOnlyOwnersTouchOwners(t *testing.T) {
	w := newWorld(t)
	owner, manager := w.staff(t, email, access.RoleOwner), w.staff(t, "taro@meguri.example", access.RoleManager)
	ctx, up := w.as(manager), access.RoleOwner
	if _, err := w.Update(ctx, manager.ID, access.StaffChange{Role: &up}); code(err) != "OWNERS_ONLY" {
		t.Errorf("a manager makes himself owner: %v, want OWNERS_ONLY", err)
	}
	name := "Someone"
	if _, err := w.Update(ctx, owner.ID, access.StaffChange{Name: &name}); code(err) != "OWNERS_ONLY" {
		t.Errorf("a manager renames an owner: %v, want OWNERS_ONLY", err)
	}
	n := access.NewStaff{Email: "new@meguri.example", Name: "New", Role: access.RoleOwner, Password: password}
	if _, err := w.Create(ctx, n); code(err) != "OWNERS_ONLY" {
		t.Errorf("a manager creates an owner: %v, want OWNERS_ONLY", err)
	}
}

func TestCreateNamesTheFieldAtFault(t *testing.T) {
	w := newWorld(t)
	w.staff(t, email, access.RoleOwner)
	good := access.NewStaff{Email: "new@meguri.example", Name: "New", Role: access.RoleSupport, Password: password}
	for want, change := range map[string]func(*access.NewStaff){
		"EMAIL_TAKEN at email":           func(n *access.NewStaff) { n.Email = "HANAKO@meguri.example" },
		"EMAIL_INVALID at email":         func(n *access.NewStaff) { n.Email = "Hanako <hanako@meguri.example>" },
		"NAME_INVALID at name":           func(n *access.NewStaff) { n.Name = "  " },
		"INVALID at role":                func(n *access.NewStaff) { n.Role = "KING" },
		"PASSWORD_TOO_SHORT at password": func(n *access.NewStaff) { n.Password = "パスワード" },
	} {
		n := good
		change(&n)
		_, err := w.Create(access.As(w.ctx, access.Principal{Kind: access.ActorCommand}), n)
		f := (*fault.Error)(nil)
		if !asFault(err, &f) || f.CodeOrKind()+" at "+f.Field != want {
			t.Errorf("%v, want %s", err, want)
		}
	}
}

func TestChangePasswordEndsOtherSessions(t *testing.T) {
	w := newWorld(t)
	w.staff(t, email, access.RoleOwner)
	here, _ := w.SignIn(w.ctx, email, password)
	elsewhere, _ := w.SignIn(w.ctx, email, password)
	ctx := access.As(w.ctx, here.Principal)
	if err := w.ChangePassword(ctx, "wrong", "another long password"); code(err) != "WRONG_PASSWORD" {
		t.Fatalf("%v, want WRONG_PASSWORD", err)
	}
	if err := w.ChangePassword(ctx, password, "another long password"); err != nil {
		t.Fatal(err)
	}
	if _, err := w.verifier.Verify(w.ctx, elsewhere.AccessToken); code(err) != "SESSION_ENDED" {
		t.Errorf("the other session: %v, want SESSION_ENDED", err)
	}
	if _, err := w.verifier.Verify(w.ctx, here.AccessToken); err != nil {
		t.Errorf("this session: %v", err)
	}
	if _, err := w.SignIn(w.ctx, email, "another long password"); err != nil {
		t.Errorf("the new password: %v", err)
	}
}

func TestFirstOwnerIsMadeOnce(t *testing.T) {
	w := newWorld(t)
	made := make([]bool, 4)
	passwords := make([]string, 4)
	var wg sync.WaitGroup
	for i := range made {
		wg.Go(func() {
			var err error
			if _, passwords[i], made[i], err = w.EnsureFirstOwner(w.ctx, "オーナー"); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	n := 0
	for i, m := range made {
		if !m {
			continue
		}
		n++
		if _, err := w.SignIn(w.ctx, access.FirstOwnerEmail, passwords[i]); err != nil {
			t.Errorf("the password that was returned: %v", err)
		}
	}
	if n != 1 {
		t.Errorf("made %d owners, want 1", n)
	}
}

func TestEveryChangeIsAudited(t *testing.T) {
	w := newWorld(t)
	staff := w.staff(t, email, access.RoleOwner)
	g, _ := w.SignIn(w.ctx, email, password)
	if _, err := w.SetLocale(access.As(w.ctx, g.Principal), "en"); err != nil {
		t.Fatal(err)
	}
	type entry struct {
		Action, ActorKind string
		ObjectID          int64
	}
	var got []entry
	if err := w.db.NewRaw("SELECT action, actor_kind, object_id FROM audit_log ORDER BY id").Scan(w.ctx, &got); err != nil {
		t.Fatal(err)
	}
	want := []entry{{"staff.create", "COMMAND", staff.ID}, {"staff.sign_in", "STAFF", staff.ID}, {"staff.set_locale", "STAFF", staff.ID}}
	if !slices.Equal(got, want) {
		t.Errorf("entries = %v, want %v", got, want)
	}
}

func TestTheLogIsNeverRewritten(t *testing.T) {
	w := newWorld(t)
	w.staff(t, email, access.RoleOwner)
	for _, statement := range []string{"UPDATE audit_log SET action = 'x'", "DELETE FROM audit_log"} {
		if _, err := w.db.Exec(statement); err == nil {
			t.Errorf("%s was let through", statement)
		}
	}
}

func TestTokensIssuedByHand(t *testing.T) {
	w := newWorld(t)
	staff := w.staff(t, email, access.RoleAnalyst)
	token, err := w.StaffToken(w.ctx, email, time.Hour)
	if err != nil {
		t.Fatal(err)
	}
	if p, err := w.verifier.Verify(w.ctx, token); err != nil || p.ID != staff.ID || p.Role != access.RoleAnalyst {
		t.Errorf("staff token: %+v, %v", p, err)
	}
	if _, err := w.CustomerToken(w.ctx, 4711, time.Hour); !fault.Is(err, fault.NotFound) {
		t.Errorf("a customer who is not there: %v, want fault.NotFound", err)
	}
	if _, err := w.db.Exec("INSERT INTO customers (id) VALUES (4711)"); err != nil {
		t.Fatal(err)
	}
	token, err = w.CustomerToken(w.ctx, 4711, time.Hour)
	if err != nil {
		t.Fatal(err)
	}
	p, err := w.verifier.Verify(w.ctx, token)
	if err != nil || p.Kind != access.ActorCustomer || p.ID != 4711 || p.Scopes.String() != "me" {
		t.Errorf("customer token: %+v, %v", p, err)
	}
	if _, err := w.StaffToken(w.ctx, email, access.MaxTokenTTL+1); !fault.Is(err, fault.Invalid) {
		t.Errorf("too long a life: %v, want fault.Invalid", err)
	}
}

func TestSweepForgetsWhatIsOver(t *testing.T) {
	w := newWorld(t)
	w.staff(t, email, access.RoleOwner)
	old, _ := w.SignIn(w.ctx, email, password)
	if err := w.SignOut(w.ctx, old.RefreshToken); err != nil {
		t.Fatal(err)
	}
	_, _ = w.SignIn(w.ctx, "nobody@meguri.example", "wrong")
	w.clock.Advance(31 * 24 * time.Hour)
	open, err := w.SignIn(w.ctx, email, password)
	if err != nil {
		t.Fatal(err)
	}
	if err := w.Sweep(w.ctx); err != nil {
		t.Fatal(err)
	}
	var left struct{ Sessions, Tokens, Throttles, Entries int }
	err = w.db.NewRaw(`SELECT (SELECT count(*) FROM staff_sessions) AS sessions, (SELECT count(*) FROM refresh_tokens) AS tokens,
		(SELECT count(*) FROM sign_in_throttles) AS throttles, (SELECT count(*) FROM audit_log) AS entries`).Scan(w.ctx, &left)
	if err != nil || left.Sessions != 1 || left.Tokens != 1 || left.Throttles > 1 || left.Entries != 4 {
		t.Errorf("left %+v, %v", left, err)
	}
	if _, err := w.Refresh(w.ctx, open.RefreshToken); err != nil {
		t.Errorf("the open session: %v", err)
	}
}
