package access_test

import (
	"context"
	"net/netip"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/meguri-crm/meguri/crm/access"
	"github.com/meguri-crm/meguri/crm/clock"
	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/db"
	"github.com/meguri-crm/meguri/db/dbtest"
)

const (
	email    = "hanako@meguri.example"
	password = "a long enough password"
)

// world is a service on a database of its own, with a clock that tests move.
type world struct {
	*access.Service
	db       *db.DB
	clock    *clock.Fixed
	keys     *access.Keyring
	verifier *access.Verifier
	mail     *mailbag
	ctx      context.Context
}

func newWorld(t *testing.T) *world {
	t.Helper()
	d := dbtest.New(t)
	c := &clock.Fixed{T: time.Date(2026, 11, 22, 3, 0, 0, 0, time.UTC)}
	keys, err := access.NewKeyring("a secret for tests only")
	if err != nil {
		t.Fatal(err)
	}
	w := &world{
		Service: access.New(d, c, keys, access.NewHasher(2, time.Minute)), db: d, clock: c, keys: keys,
		verifier: access.NewVerifier(d, c, keys), mail: &mailbag{},
	}
	w.WithMail(access.Mail{Queue: w.mail, Post: w.mail, Base: "https://crm.example.com"})
	w.ctx = access.WithCaller(t.Context(), &access.Caller{IP: netip.MustParseAddr("192.0.2.7"), UserAgent: "test"})
	return w
}

func (w *world) staff(t *testing.T, email string, role access.Role) *db.Staff {
	t.Helper()
	ctx := access.As(w.ctx, access.Principal{Kind: access.ActorCommand})
	staff, err := w.Create(ctx, access.NewStaff{Email: email, Name: "Hanako", Role: role, Password: password})
	if err != nil {
		t.Fatal(err)
	}
	return staff
}

func code(err error) string {
	if f := (*fault.Error)(nil); asFault(err, &f) {
		return f.CodeOrKind()
	}
	return ""
}

func TestSignInGivesATokenThatTheVerifierAccepts(t *testing.T) {
	w := newWorld(t)
	staff := w.staff(t, email, access.RoleMarketer)
	grant, err := w.SignIn(w.ctx, "  HANAKO@meguri.example ", password)
	if err != nil {
		t.Fatal(err)
	}
	p, err := w.verifier.Verify(w.ctx, grant.AccessToken)
	if err != nil {
		t.Fatal(err)
	}
	if p.Kind != access.ActorStaff || p.ID != staff.ID || !p.Has(access.ScopeCampaignsSend) || p.Has(access.ScopeStaffWrite) {
		t.Errorf("principal = %+v", p)
	}
	if want := w.clock.Now().Add(access.AccessTTL); !p.ExpiresAt.Equal(want) {
		t.Errorf("expires at %v, want %v", p.ExpiresAt, want)
	}
	w.clock.Advance(access.AccessTTL)
	if _, err := w.verifier.Verify(w.ctx, grant.AccessToken); code(err) != "TOKEN_EXPIRED" {
		t.Errorf("after its time: %v, want TOKEN_EXPIRED", err)
	}
}

func TestSignInFailsAlikeForEveryReason(t *testing.T) {
	w := newWorld(t)
	w.staff(t, email, access.RoleOwner)
	gone := w.staff(t, "gone@meguri.example", access.RoleSupport)
	disabled := true
	ctx := access.As(w.ctx, access.Principal{Kind: access.ActorCommand})
	if _, err := w.Update(ctx, gone.ID, access.StaffChange{Disabled: &disabled}); err != nil {
		t.Fatal(err)
	}
	var texts []string
	for _, attempt := range [][2]string{{email, "wrong"}, {"nobody@meguri.example", password}, {gone.Email, password}} {
		_, err := w.SignIn(w.ctx, attempt[0], attempt[1])
		if code(err) != "SIGN_IN_FAILED" {
			t.Errorf("%s: %v, want SIGN_IN_FAILED", attempt[0], err)
			continue
		}
		texts = append(texts, err.Error())
	}
	if len(slices.Compact(texts)) != 1 {
		t.Errorf("the answers differ: %q", texts)
	}
}

func TestSignInIsThrottledPerAddressWhetherOrNotItExists(t *testing.T) {
	for name, address := range map[string]string{"known": email, "unknown": "nobody@meguri.example"} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			w.staff(t, email, access.RoleOwner)
			for range 10 {
				if _, err := w.SignIn(w.ctx, address, "wrong"); code(err) != "SIGN_IN_FAILED" {
					t.Fatalf("%v, want SIGN_IN_FAILED", err)
				}
			}
			if _, err := w.SignIn(w.ctx, address, password); !fault.Is(err, fault.Throttled) {
				t.Errorf("the eleventh: %v, want fault.Throttled", err)
			}
			w.clock.Advance(15 * time.Minute)
			_, err := w.SignIn(w.ctx, address, password)
			if known := address == email; known != (err == nil) || fault.Is(err, fault.Throttled) {
				t.Errorf("after the window: %v", err)
			}
		})
	}
}

func TestSignInIsThrottledPerNetwork(t *testing.T) {
	w := newWorld(t)
	from := func(ip string) context.Context {
		return access.WithCaller(t.Context(), &access.Caller{IP: netip.MustParseAddr(ip)})
	}
	var err error
	for i := range 61 {
		_, err = w.SignIn(from("2001:db8:0:1::1"), string(rune('a'+i%26))+string(rune('a'+i/26))+"@meguri.example", "wrong")
	}
	if !fault.Is(err, fault.Throttled) {
		t.Fatalf("after 61 addresses: %v, want fault.Throttled", err)
	}
	if _, err := w.SignIn(from("2001:db8:0:1::2"), "x@meguri.example", "wrong"); !fault.Is(err, fault.Throttled) {
		t.Errorf("a neighbour in the same /64: %v, want fault.Throttled", err)
	}
	if _, err := w.SignIn(from("2001:db8:0:2::1"), "y@meguri.example", "wrong"); code(err) != "SIGN_IN_FAILED" {
		t.Errorf("another network: %v, want SIGN_IN_FAILED", err)
	}
}

func TestRefreshRotates(t *testing.T) {
	w := newWorld(t)
	w.staff(t, email, access.RoleOwner)
	first, err := w.SignIn(w.ctx, email, password)
	if err != nil {
		t.Fatal(err)
	}
	second, err := w.Refresh(w.ctx, first.RefreshToken)
	if err != nil {
		t.Fatal(err)
	}
	if second.RefreshToken == first.RefreshToken || second.Principal.SessionID != first.Principal.SessionID {
		t.Errorf("want a new token of the same session")
	}
	if _, err := w.Refresh(w.ctx, second.RefreshToken); err != nil {
		t.Errorf("the second token: %v", err)
	}
}

func TestReusedRefreshTokenEndsTheWholeSession(t *testing.T) {
	w := newWorld(t)
	w.staff(t, email, access.RoleOwner)
	first, _ := w.SignIn(w.ctx, email, password)
	second, err := w.Refresh(w.ctx, first.RefreshToken)
	if err != nil {
		t.Fatal(err)
	}
	w.clock.Advance(access.ReuseGrace + time.Second)
	for _, token := range []string{first.RefreshToken, second.RefreshToken} {
		if _, err := w.Refresh(w.ctx, token); code(err) != "SESSION_ENDED" {
			t.Errorf("%v, want SESSION_ENDED", err)
		}
	}
	if _, err := w.verifier.Verify(w.ctx, second.AccessToken); code(err) != "SESSION_ENDED" {
		t.Errorf("its access token: %v, want SESSION_ENDED", err)
	}
}

func TestTabsThatRefreshTogetherBothGoOn(t *testing.T) {
	w := newWorld(t)
	w.staff(t, email, access.RoleOwner)
	first, _ := w.SignIn(w.ctx, email, password)
	grants := make([]*access.Grant, 4)
	var wg sync.WaitGroup
	for i := range grants {
		wg.Go(func() {
			g, err := w.Refresh(w.ctx, first.RefreshToken)
			if err != nil {
				t.Errorf("tab %d: %v", i, err)
			}
			grants[i] = g
		})
	}
	wg.Wait()
	w.clock.Advance(time.Minute)
	for i, g := range grants {
		if g == nil {
			continue
		}
		if _, err := w.Refresh(w.ctx, g.RefreshToken); err != nil {
			t.Errorf("tab %d later: %v", i, err)
		}
	}
}

func TestSessionsEndByIdlenessAndAge(t *testing.T) {
	w := newWorld(t)
	w.staff(t, email, access.RoleOwner)
	idle, _ := w.SignIn(w.ctx, email, password)
	busy, _ := w.SignIn(w.ctx, email, password)
	var err error
	for range 5 {
		w.clock.Advance(6 * 24 * time.Hour)
		if busy, err = w.Refresh(w.ctx, busy.RefreshToken); err != nil {
			break
		}
	}
	if code(err) != "SESSION_ENDED" {
		t.Errorf("a busy session at 30 days: %v, want SESSION_ENDED", err)
	}
	if _, err := w.Refresh(w.ctx, idle.RefreshToken); code(err) != "SESSION_ENDED" {
		t.Errorf("an idle session: %v, want SESSION_ENDED", err)
	}
}

func TestSignOutEndsTheSessionEverywhere(t *testing.T) {
	w := newWorld(t)
	w.staff(t, email, access.RoleOwner)
	g, _ := w.SignIn(w.ctx, email, password)
	otherNode := access.NewVerifier(w.db, w.clock, w.keys)
	if _, err := otherNode.Verify(w.ctx, g.AccessToken); err != nil {
		t.Fatal(err)
	}
	if err := w.SignOut(w.ctx, g.RefreshToken); err != nil {
		t.Fatal(err)
	}
	w.clock.Advance(access.SessionCheckEvery)
	if _, err := otherNode.Verify(w.ctx, g.AccessToken); code(err) != "SESSION_ENDED" {
		t.Errorf("another node after %v: %v, want SESSION_ENDED", access.SessionCheckEvery, err)
	}
	if err := w.SignOut(w.ctx, "nobody's token"); err != nil {
		t.Errorf("an unknown token: %v", err)
	}
}

func TestRoleTakenAwayCountsForOpenTokens(t *testing.T) {
	w := newWorld(t)
	staff := w.staff(t, email, access.RoleManager)
	g, _ := w.SignIn(w.ctx, email, password)
	role := access.RoleAnalyst
	if _, err := w.Update(w.ctx, staff.ID, access.StaffChange{Role: &role}); err != nil {
		t.Fatal(err)
	}
	w.clock.Advance(access.SessionCheckEvery)
	p, err := w.verifier.Verify(w.ctx, g.AccessToken)
	if err != nil || p.Has(access.ScopeCustomersWrite) || !p.Has(access.ScopeCustomersRead) {
		t.Errorf("principal = %+v, %v; want the scopes of an analyst", p, err)
	}
}
