package access_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/meguri-crm/meguri/crm/access"
	"github.com/meguri-crm/meguri/db"
)

// during sets another password while call, which has the old one, is under way:
// it reads the old hash, and comes to a halt at the account until the new one is
// committed.
func (w *world) during(t *testing.T, staff *db.Staff, call func() error) (err error) {
	t.Helper()
	done := make(chan error, 1)
	fresh, hashErr := access.NewHasher(1, time.Minute).Hash(w.ctx, another)
	if hashErr != nil {
		t.Fatal(hashErr)
	}
	txErr := db.RunInTx(w.ctx, w.db, func(ctx context.Context, tx db.Tx) error {
		if _, err := tx.NewRaw("UPDATE staff SET password_hash = ? WHERE id = ?", fresh, staff.ID).Exec(ctx); err != nil {
			return err
		}
		go func() { done <- call() }()
		for waiting := 0; waiting == 0; {
			select {
			case err := <-done:
				return fmt.Errorf("it did not look at the account again: %w", err)
			default:
			}
			err := w.db.NewRaw("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'").Scan(ctx, &waiting)
			if err != nil {
				return err
			}
		}
		return nil
	})
	if txErr != nil {
		t.Fatal(txErr)
	}
	return <-done
}

func (w *world) openSessions(t *testing.T, staff *db.Staff) int {
	t.Helper()
	row, err := w.Find(w.ctx, staff.ID)
	if err != nil {
		t.Fatal(err)
	}
	return row.OpenSessions
}

func TestASignInUnderWayEndsWithThePassword(t *testing.T) {
	w := newWorld(t)
	staff := w.staff(t, email, access.RoleOwner)
	err := w.during(t, staff, func() error { _, err := w.SignIn(w.ctx, email, password); return err })
	if code(err) != "SIGN_IN_FAILED" {
		t.Errorf("%v, want SIGN_IN_FAILED", err)
	}
	if n := w.openSessions(t, staff); n != 0 {
		t.Errorf("%d sessions are open", n)
	}
}

func TestASecondStepUnderWayEndsWithThePassword(t *testing.T) {
	w := newWorld(t)
	staff := w.staff(t, email, access.RoleOwner)
	secret, _ := w.enrol(t, staff)
	challenge, now := w.challenge(t), w.codeNow(t, secret)
	err := w.during(t, staff, func() error { _, err := w.CompleteSignIn(w.ctx, challenge, now); return err })
	if code(err) != "CHALLENGE_ENDED" {
		t.Errorf("%v, want CHALLENGE_ENDED", err)
	}
	if n := w.openSessions(t, staff); n != 0 {
		t.Errorf("%d sessions are open", n)
	}
}

func TestAChangeOfThePasswordUnderWayDoesNotUndoAnother(t *testing.T) {
	w := newWorld(t)
	staff := w.staff(t, email, access.RoleOwner)
	err := w.during(t, staff, func() error { return w.ChangePassword(w.as(staff), password, "what the thief would like") })
	if code(err) != "WRONG_PASSWORD" {
		t.Errorf("%v, want WRONG_PASSWORD", err)
	}
	if _, err := w.SignIn(w.ctx, email, another); err != nil {
		t.Errorf("the password that was set meanwhile: %v", err)
	}
}
