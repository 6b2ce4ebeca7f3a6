package access_test

import (
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/pquerna/otp/totp"

	"github.com/meguri-crm/meguri/crm/access"
	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/db"
)

// codeNow is what the app with the secret shows.
func (w *world) codeNow(t *testing.T, secret string) string {
	t.Helper()
	code, err := totp.GenerateCode(secret, w.clock.Now())
	if err != nil {
		t.Fatal(err)
	}
	return code
}

// enrol switches the second step on and moves to the next code.
func (w *world) enrol(t *testing.T, staff *db.Staff) (secret string, recovery []string) {
	t.Helper()
	ctx := w.as(staff)
	enrolment, err := w.StartTOTP(ctx, password)
	if err != nil {
		t.Fatal(err)
	}
	if recovery, err = w.ConfirmTOTP(ctx, w.codeNow(t, enrolment.Secret)); err != nil {
		t.Fatal(err)
	}
	w.clock.Advance(time.Minute)
	return enrolment.Secret, recovery
}

func (w *world) challenge(t *testing.T) string {
	t.Helper()
	g, err := w.SignIn(w.ctx, email, password)
	if err != nil || g.Challenge == "" || g.AccessToken != "" {
		t.Fatalf("%+v, %v; want a challenge and no session", g, err)
	}
	return g.Challenge
}

func TestTheSecondStepIsAskedForOnceConfirmed(t *testing.T) {
	w := newWorld(t)
	staff := w.staff(t, email, access.RoleOwner)
	elsewhere, _ := w.SignIn(w.ctx, email, password)
	enrolment, err := w.StartTOTP(w.as(staff), password)
	if err != nil || !strings.HasPrefix(enrolment.QR, "data:image/png;base64,") || !strings.Contains(enrolment.URL, "issuer=Meguri") {
		t.Fatalf("%+v, %v", enrolment, err)
	}
	if g, err := w.SignIn(w.ctx, email, password); err != nil || g.Challenge != "" {
		t.Fatalf("before it is confirmed: %+v, %v", g, err)
	}
	if _, err := w.ConfirmTOTP(w.as(staff), "000000"); code(err) != "CODE_WRONG" {
		t.Errorf("%v, want CODE_WRONG", err)
	}
	recovery, err := w.ConfirmTOTP(w.as(staff), w.codeNow(t, enrolment.Secret))
	if err != nil || len(recovery) != 10 {
		t.Fatalf("%v, %v", recovery, err)
	}
	if _, err := w.verifier.Verify(w.ctx, elsewhere.AccessToken); code(err) != "SESSION_ENDED" {
		t.Errorf("a session opened without it: %v, want SESSION_ENDED", err)
	}
	challenge := w.challenge(t)
	if _, err := w.verifier.Verify(w.ctx, challenge); code(err) != "TOKEN_INVALID" {
		t.Errorf("a challenge opens something: %v", err)
	}
	w.clock.Advance(time.Minute)
	g, err := w.CompleteSignIn(w.ctx, challenge, " "+w.codeNow(t, enrolment.Secret)+" ")
	if err != nil {
		t.Fatal(err)
	}
	if p, err := w.verifier.Verify(w.ctx, g.AccessToken); err != nil || p.ID != staff.ID {
		t.Errorf("%+v, %v", p, err)
	}
	if _, err := w.StartTOTP(w.as(staff), password); code(err) != "TOTP_ON" {
		t.Errorf("a second secret while one is on: %v, want TOTP_ON", err)
	}
}

func TestACodeWorksOnceAlsoAtTheSameMoment(t *testing.T) {
	w := newWorld(t)
	secret, _ := w.enrol(t, w.staff(t, email, access.RoleOwner))
	challenge, now := w.challenge(t), w.codeNow(t, secret)
	errs := make([]error, 3)
	var wg sync.WaitGroup
	for i := range errs {
		wg.Go(func() { _, errs[i] = w.CompleteSignIn(w.ctx, challenge, now) })
	}
	wg.Wait()
	passed := 0
	for _, err := range errs {
		if err == nil {
			passed++
		} else if code(err) != "CODE_WRONG" {
			t.Errorf("%v, want CODE_WRONG", err)
		}
	}
	if passed != 1 {
		t.Errorf("one code opened %d sessions", passed)
	}
}

func TestCodesOfClocksThatDifferCount(t *testing.T) {
	for drift, right := range map[time.Duration]bool{-time.Minute: false, -30 * time.Second: true, 30 * time.Second: true, time.Minute: false} {
		w := newWorld(t)
		secret, _ := w.enrol(t, w.staff(t, email, access.RoleOwner))
		w.clock.Advance(10 * time.Minute)
		shown, err := totp.GenerateCode(secret, w.clock.Now().Add(drift))
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.CompleteSignIn(w.ctx, w.challenge(t), shown); (err == nil) != right {
			t.Errorf("%v: %v", drift, err)
		}
	}
}

func TestRecoveryCodesWorkOnce(t *testing.T) {
	w := newWorld(t)
	staff := w.staff(t, email, access.RoleOwner)
	_, recovery := w.enrol(t, staff)
	typed := strings.ToLower(strings.ReplaceAll(recovery[3], "-", " "))
	if _, err := w.CompleteSignIn(w.ctx, w.challenge(t), typed); err != nil {
		t.Fatal(err)
	}
	if _, err := w.CompleteSignIn(w.ctx, w.challenge(t), recovery[3]); code(err) != "CODE_WRONG" {
		t.Errorf("a second time: %v, want CODE_WRONG", err)
	}
	if left, err := w.RecoveryCodesLeft(w.as(staff)); err != nil || left != 9 {
		t.Errorf("%d left, %v", left, err)
	}
}

func TestCodesCannotBeGuessed(t *testing.T) {
	w := newWorld(t)
	secret, _ := w.enrol(t, w.staff(t, email, access.RoleOwner))
	for range 5 {
		if _, err := w.CompleteSignIn(w.ctx, w.challenge(t), "000000"); code(err) != "CODE_WRONG" {
			t.Fatalf("%v, want CODE_WRONG", err)
		}
	}
	// A new sign-in with the right password gives no new attempts.
	if _, err := w.CompleteSignIn(w.ctx, w.challenge(t), w.codeNow(t, secret)); !fault.Is(err, fault.Throttled) {
		t.Errorf("the sixth: %v, want fault.Throttled", err)
	}
}

func TestChallengesEnd(t *testing.T) {
	w := newWorld(t)
	staff := w.staff(t, email, access.RoleOwner)
	secret, _ := w.enrol(t, staff)
	old := w.challenge(t)
	w.clock.Advance(access.ChallengeTTL)
	if _, err := w.CompleteSignIn(w.ctx, old, w.codeNow(t, secret)); code(err) != "CHALLENGE_ENDED" {
		t.Errorf("after its time: %v, want CHALLENGE_ENDED", err)
	}
	begun := w.challenge(t)
	if err := w.ChangePassword(w.as(staff), password, another); err != nil {
		t.Fatal(err)
	}
	if _, err := w.CompleteSignIn(w.ctx, begun, w.codeNow(t, secret)); code(err) != "CHALLENGE_ENDED" {
		t.Errorf("begun with the old password: %v, want CHALLENGE_ENDED", err)
	}
}

func TestTheSecondStepIsSwitchedOffByWhoMay(t *testing.T) {
	w := newWorld(t)
	owner, manager := w.staff(t, email, access.RoleOwner), w.staff(t, "taro@meguri.example", access.RoleManager)
	w.enrol(t, owner)
	if err := w.StopTOTP(w.as(owner), "wrong"); code(err) != "WRONG_PASSWORD" {
		t.Errorf("%v, want WRONG_PASSWORD", err)
	}
	if _, err := w.ClearTOTP(w.as(manager), owner.ID); code(err) != "OWNERS_ONLY" {
		t.Errorf("a manager, an owner's: %v, want OWNERS_ONLY", err)
	}
	if _, err := w.ClearTOTP(w.as(owner), owner.ID); code(err) != "OWN_SECOND_STEP" {
		t.Errorf("one's own without the password: %v, want OWN_SECOND_STEP", err)
	}
	if staff, err := w.Find(w.ctx, owner.ID); err != nil || !staff.SecondStep {
		t.Errorf("%+v, %v; want the second step on", staff, err)
	}
	other := w.staff(t, "jiro@meguri.example", access.RoleOwner)
	if staff, err := w.ClearTOTP(w.as(other), owner.ID); err != nil || staff.SecondStep {
		t.Errorf("%+v, %v", staff, err)
	}
	if g, err := w.SignIn(w.ctx, email, password); err != nil || g.Challenge != "" {
		t.Errorf("%+v, %v", g, err)
	}
}
