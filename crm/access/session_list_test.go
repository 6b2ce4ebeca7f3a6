package access_test

import (
	"context"
	"net/netip"
	"testing"
	"time"

	"github.com/meguri-crm/meguri/crm/access"
	"github.com/meguri-crm/meguri/crm/fault"
)

func TestSessionsAreListedAndEnded(t *testing.T) {
	w := newWorld(t)
	w.staff(t, email, access.RoleOwner)
	stranger := w.staff(t, "taro@meguri.example", access.RoleSupport)
	from := access.WithCaller(t.Context(), &access.Caller{IP: netip.MustParseAddr("203.0.113.77"), UserAgent: "Firefox/140.0 (Windows NT 10.0)"})
	first, _ := w.SignIn(from, email, password)
	w.clock.Advance(time.Minute)
	here, _ := w.SignIn(w.ctx, email, password)
	third, _ := w.SignIn(w.ctx, email, password)
	ctx := access.As(w.ctx, here.Principal)
	rows, err := w.Sessions(ctx)
	if err != nil || len(rows) != 3 || rows[2].ID != first.Principal.SessionID {
		t.Fatalf("%v, %v", rows, err)
	}
	if place, device := access.Place(rows[2].IP), access.DeviceOf(rows[2].UserAgent); place != "203.0.113.0/24" || device.Browser != "Firefox" || device.System != "Windows" {
		t.Errorf("%s, %+v", place, device)
	}
	if err := w.EndSession(w.as(stranger), first.Principal.SessionID); !fault.Is(err, fault.NotFound) {
		t.Errorf("somebody else's: %v, want fault.NotFound", err)
	}
	if err := w.EndSession(ctx, first.Principal.SessionID); err != nil {
		t.Fatal(err)
	}
	ended(t, w, first)
	if err := w.EndOtherSessions(ctx); err != nil {
		t.Fatal(err)
	}
	ended(t, w, third)
	if _, err := w.verifier.Verify(w.ctx, here.AccessToken); err != nil {
		t.Errorf("this session: %v", err)
	}
}

func ended(t *testing.T, w *world, g *access.Grant) {
	t.Helper()
	w.clock.Advance(access.SessionCheckEvery)
	if _, err := w.verifier.Verify(w.ctx, g.AccessToken); code(err) != "SESSION_ENDED" {
		t.Errorf("%v, want SESSION_ENDED", err)
	}
}

func TestSessionsOfAnotherAreEndedByWhoMay(t *testing.T) {
	w := newWorld(t)
	owner, manager := w.staff(t, email, access.RoleOwner), w.staff(t, "taro@meguri.example", access.RoleManager)
	open, _ := w.SignIn(w.ctx, email, password)
	end := func(ctx context.Context) error { _, err := w.EndSessionsOf(ctx, owner.ID); return err }
	if err := end(w.as(manager)); code(err) != "OWNERS_ONLY" {
		t.Errorf("%v, want OWNERS_ONLY", err)
	}
	if staff, err := w.Find(w.ctx, owner.ID); err != nil || staff.OpenSessions != 1 {
		t.Errorf("%+v, %v; want one open session", staff, err)
	}
	if err := end(w.as(owner)); err != nil {
		t.Fatal(err)
	}
	ended(t, w, open)
}

func TestPlacesAreShort(t *testing.T) {
	for ip, want := range map[string]string{
		"192.0.2.77": "192.0.2.0/24", "::ffff:192.0.2.77": "192.0.2.0/24", "2001:db8:1:2::3": "2001:db8:1::/48", "": "", "nonsense": "",
	} {
		if got := access.Place(ip); got != want {
			t.Errorf("%q: %q, want %q", ip, got, want)
		}
	}
}

func TestDevicesAreRecognised(t *testing.T) {
	for agent, want := range map[string]access.Device{
		"Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36 Edg/142.0": {Browser: "Edge", System: "Windows"},
		"Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Safari/604.1": {Browser: "Safari", System: "iOS"},
		"Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Mobile Safari/537.36":              {Browser: "Chrome", System: "Android"},
		"token":       {Token: true},
		"curl/8.11.0": {Browser: "curl"},
		"":            {},
	} {
		if got := access.DeviceOf(agent); got != want {
			t.Errorf("%q: %+v, want %+v", agent, got, want)
		}
	}
}
