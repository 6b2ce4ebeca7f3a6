package access_test

import (
	"net/netip"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/meguri-crm/meguri/crm/access"
	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/db"
)

// client sets a partner client up.
func (w *world) client(t *testing.T, name string, scopes ...access.Scope) (*db.APIClient, string) {
	t.Helper()
	client, secret, err := w.CreateClient(access.As(w.ctx, access.Principal{Kind: access.ActorCommand}), access.NewClient{Name: name, Scopes: scopes})
	if err != nil {
		t.Fatal(err)
	}
	return client, secret.Value
}

// grant asks for a token, which must be given.
func (w *world) grant(t *testing.T, client *db.APIClient, secret, scope string) string {
	t.Helper()
	grant, err := w.GrantClient(w.ctx, client.ClientID, secret, scope)
	if err != nil {
		t.Fatal(err)
	}
	return grant.AccessToken
}

func TestAClientGetsATokenOfItsScopes(t *testing.T) {
	w := newWorld(t)
	client, secret := w.client(t, "倉庫", access.ScopePointsWrite, access.ScopePointsRead)
	for asked, want := range map[string]string{"": "points:read points:write", "points:read": "points:read"} {
		p, err := w.verifier.Verify(w.ctx, w.grant(t, client, secret, asked))
		if err != nil || p.Kind != access.ActorClient || p.ID != client.ID || p.Scopes.String() != want || p.Allowance != access.DefaultAllowance {
			t.Errorf("asked for %q: %+v, %v; want %s", asked, p, err, want)
		}
	}
	for _, asked := range []string{"customers:read", "points:read customers:read", "points:raed", "me"} {
		if _, err := w.GrantClient(w.ctx, client.ClientID, secret, asked); code(err) != "SCOPE_INVALID" {
			t.Errorf("asked for %q: %v, want SCOPE_INVALID", asked, err)
		}
	}
	var stored string
	if err := w.db.NewRaw("SELECT string_agg(c::text || s::text, '') FROM api_clients c, api_client_secrets s").Scan(t.Context(), &stored); err != nil || strings.Contains(stored, secret) {
		t.Errorf("the database holds the secret: %v", err)
	}
}

func TestWrongCredentialsAreAnsweredAlike(t *testing.T) {
	w := newWorld(t)
	client, secret := w.client(t, "倉庫", access.ScopePointsRead)
	off, offSecret := w.client(t, "旧倉庫", access.ScopePointsRead)
	disabled := true
	if _, err := w.UpdateClient(w.ctx, off.ID, access.ClientChange{Disabled: &disabled}); err != nil {
		t.Fatal(err)
	}
	var texts []string
	for _, c := range [][2]string{{client.ClientID, "wrong"}, {client.ClientID, ""}, {"mc_nobody", secret}, {off.ClientID, offSecret}, {client.ClientID, offSecret}} {
		_, err := w.GrantClient(w.ctx, c[0], c[1], "")
		if code(err) != "CLIENT_INVALID" {
			t.Fatalf("%s: %v, want CLIENT_INVALID", c[0], err)
		}
		texts = append(texts, err.Error())
	}
	if len(slices.Compact(texts)) != 1 {
		t.Errorf("the answers differ: %q", texts)
	}
}

// Who tries secrets is stopped; the client itself, from elsewhere, is not.
func TestWrongSecretsAreThrottledByNetwork(t *testing.T) {
	w := newWorld(t)
	client, secret := w.client(t, "倉庫", access.ScopePointsRead)
	for range 20 {
		if _, err := w.GrantClient(w.ctx, client.ClientID, "wrong", ""); code(err) != "CLIENT_INVALID" {
			t.Fatal(err)
		}
	}
	if _, err := w.GrantClient(w.ctx, client.ClientID, secret, ""); !fault.Is(err, fault.Throttled) {
		t.Errorf("the right secret after 20 wrong ones: %v, want fault.Throttled", err)
	}
	elsewhere := access.WithCaller(t.Context(), &access.Caller{IP: netip.MustParseAddr("198.51.100.7")})
	if _, err := w.GrantClient(elsewhere, client.ClientID, secret, ""); err != nil {
		t.Errorf("from elsewhere: %v", err)
	}
	w.clock.Advance(15*time.Minute + time.Second)
	w.grant(t, client, secret, "")
}

func TestSecretsOverlapWhileTheyRotate(t *testing.T) {
	w := newWorld(t)
	client, first := w.client(t, "倉庫", access.ScopePointsRead)
	_, second, err := w.RotateClientSecret(w.ctx, client.ID)
	if err != nil {
		t.Fatal(err)
	}
	w.grant(t, client, first, "")
	w.grant(t, client, second.Value, "")
	if _, _, err := w.RotateClientSecret(w.ctx, client.ID); code(err) != "TOO_MANY_SECRETS" {
		t.Errorf("a third secret: %v, want TOO_MANY_SECRETS", err)
	}
	client, err = w.RevokeClientSecret(w.ctx, client.Secrets[0].ID)
	if err != nil || len(client.Secrets) != 1 || client.Secrets[0].LastUsedAt == nil {
		t.Fatalf("after revoking: %+v, %v", client.Secrets, err)
	}
	if _, err := w.GrantClient(w.ctx, client.ClientID, first, ""); code(err) != "CLIENT_INVALID" {
		t.Errorf("the revoked secret: %v, want CLIENT_INVALID", err)
	}
	w.grant(t, client, second.Value, "")
	if _, third, err := w.RotateClientSecret(w.ctx, client.ID); err != nil || third.Row.Slot != 1 {
		t.Errorf("the next one: %+v, %v; want the free slot", third, err)
	}
}

// What is taken away counts for tokens that are out, as soon as the node looks.
func TestATokenIsCutToWhatItsClientMayDoNow(t *testing.T) {
	w := newWorld(t)
	client, secret := w.client(t, "倉庫", access.ScopePointsRead, access.ScopePointsWrite)
	token := w.grant(t, client, secret, "")
	scopes := func() string {
		t.Helper()
		w.clock.Advance(access.SessionCheckEvery)
		p, err := w.verifier.Verify(w.ctx, token)
		if err != nil {
			return code(err)
		}
		return p.Scopes.String()
	}
	change := func(c access.ClientChange) {
		t.Helper()
		if _, err := w.UpdateClient(w.ctx, client.ID, c); err != nil {
			t.Fatal(err)
		}
	}
	less, more := []access.Scope{access.ScopePointsRead}, []access.Scope{access.ScopePointsRead, access.ScopeCustomersRead}
	on, off := false, true
	change(access.ClientChange{Scopes: &less})
	if got := scopes(); got != "points:read" {
		t.Errorf("a scope taken away: %s", got)
	}
	change(access.ClientChange{Scopes: &more})
	if got := scopes(); got != "points:read" {
		t.Errorf("a scope given later: %s; a token holds what it was given", got)
	}
	change(access.ClientChange{Disabled: &off})
	if got := scopes(); got != "CLIENT_ENDED" {
		t.Errorf("disabled: %s", got)
	}
	change(access.ClientChange{Disabled: &on})
	if got := scopes(); got != "points:read" {
		t.Errorf("enabled again: %s", got)
	}
	if _, err := w.EndClientTokens(w.ctx, client.ID); err != nil {
		t.Fatal(err)
	}
	if got := scopes(); got != "CLIENT_ENDED" {
		t.Errorf("its tokens ended: %s", got)
	}
	token = w.grant(t, client, secret, "")
	if got := scopes(); got != "customers:read points:read" {
		t.Errorf("a new token: %s", got)
	}
}

func TestWhatAClientCanBe(t *testing.T) {
	w := newWorld(t)
	w.client(t, "倉庫")
	for name, c := range map[string]struct {
		n    access.NewClient
		want string
	}{
		"no name":              {access.NewClient{Name: "  "}, "REQUIRED"},
		"a long name":          {access.NewClient{Name: strings.Repeat("あ", 81)}, "TOO_LONG"},
		"a name that is taken": {access.NewClient{Name: "倉庫"}, "NAME_TAKEN"},
		"a scope of staff":     {access.NewClient{Name: "x", Scopes: []access.Scope{access.ScopeStaffWrite}}, "SCOPE_UNKNOWN"},
		"a customer's scope":   {access.NewClient{Name: "x", Scopes: []access.Scope{access.ScopeMe}}, "SCOPE_UNKNOWN"},
		"no scope at all":      {access.NewClient{Name: "x", Scopes: []access.Scope{"points:raed"}}, "SCOPE_UNKNOWN"},
		"a tiny allowance":     {access.NewClient{Name: "x", Allowance: access.Allowance{Maximum: 10, Restore: 100}}, "OUT_OF_RANGE"},
	} {
		if _, _, err := w.CreateClient(w.ctx, c.n); code(err) != c.want {
			t.Errorf("%s: %v, want %s", name, err, c.want)
		}
	}
}
